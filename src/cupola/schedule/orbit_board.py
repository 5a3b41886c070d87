"""A placing of an orbit unit as the days of a board: strips, rigs, spacewalks, restows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from cupola.model import Banner, Day, Strip
from cupola.model.outside import RESTOW, Outing, outing_banners
from cupola.model.work import Work, stretch_on
from cupola.money import RIG
from cupola.schedule.orbit_case import OrbitCase, Placing
from cupola.schedule.orbit_spots import SLOT_S, Spot
from cupola.schedule.strips import strip_of


def orbit_days(case: OrbitCase, placing: Placing) -> tuple[Day, ...]:
    """Return the days of a board from a placing; rigs move as late as free time before their first strip allows."""
    placing = _rigged_late(case, placing)
    dates = sorted({spot.day for spot in placing.spots.values()})
    return tuple(_day(case, placing, d, number) for number, d in enumerate(dates, 1))


def _day(case: OrbitCase, placing: Placing, d: int, number: int) -> Day:
    own = sorted((w for w, spot in placing.spots.items() if spot.day == d), key=lambda w: placing.spots[w].slot)
    strips = tuple(_strip(case, case.works[w], placing.spots[w], case.dates[d]) for w in own)
    banners = tuple(sorted(_banners(case, placing, d), key=lambda banner: banner.start_utc))
    return Day(
        unit=case.unit.id,
        date=case.dates[d],
        number=number,
        call_utc=min([strip.start_utc for strip in strips] + [banner.start_utc for banner in banners]),
        wrap_utc=max([strip.end_utc for strip in strips] + [banner.end_utc for banner in banners]),
        strips=strips,
        banners=banners,
    )


def _banners(case: OrbitCase, placing: Placing, d: int) -> list[Banner]:
    found = [
        _banner(case, d, f"{RIG} {case.names[module]}", slot, slot + case.rig_slots)
        for (module, e), slot in placing.rigs.items()
        if e == d
    ]
    if d in placing.restows:
        found.append(_banner(case, d, RESTOW, placing.restows[d], placing.restows[d] + case.restow_slots))
    if d in placing.walks and case.outside is not None:
        walk, outside = placing.walks[d], case.outside
        found += outing_banners(
            Outing(
                number=sorted(placing.walks).index(d) + 1,
                pair=outside.names[walk.pair],
                suits_utc=_at(case, d, walk.out - outside.before),
                out_utc=_at(case, d, walk.out),
                in_utc=_at(case, d, walk.back),
                back_utc=_at(case, d, walk.back + outside.after),
            )
        )
    return found


def _at(case: OrbitCase, d: int, slot: int) -> datetime:
    return case.midnights[d] + timedelta(seconds=slot * SLOT_S)


def _banner(case: OrbitCase, d: int, text: str, begin: int, end: int) -> Banner:
    return Banner(text=text, start_utc=_at(case, d, begin), end_utc=_at(case, d, end))


def _rigged_late(case: OrbitCase, placing: Placing) -> Placing:
    rigs = dict(placing.rigs)
    for d in {day for _, day in rigs}:
        own = [(w, spot) for w, spot in placing.spots.items() if spot.day == d]
        first = {m: min(s.slot for w, s in own if case.works[w].place == m) for m, day in rigs if day == d}
        taken = {slot for w, spot in own for slot in range(spot.slot, case.end(w, spot))} | _away(case, placing, d)
        for module in sorted(first, key=lambda module: -rigs[module, d]):
            others = {s for m in first if m != module for s in range(rigs[m, d], rigs[m, d] + case.rig_slots)}
            for slot in reversed(case.rig_starts[d]):
                span = range(slot, slot + case.rig_slots)
                if slot + case.rig_slots <= first[module] and not (taken | others).intersection(span):
                    rigs[module, d] = slot
                    break
    return replace(placing, rigs=rigs)


def _away(case: OrbitCase, placing: Placing, d: int) -> set[int]:
    """Return the slots of a date at which an operator is outside, in a suit or on the way."""
    walk = placing.walks.get(d)
    if walk is None or case.outside is None or not case.outside.pairs[walk.pair] & case.operators:
        return set()
    return set(range(walk.out - case.outside.before, walk.back + case.outside.after))


def _strip(case: OrbitCase, work: Work, spot: Spot, day: date) -> Strip:
    stretch = stretch_on(case.unit, day)
    cut = spot.roll_utc + timedelta(seconds=work.rolled_s(stretch))
    start = spot.roll_utc - timedelta(seconds=work.prepared_s(stretch))
    return strip_of(work, start=start, roll=spot.roll_utc, cut=cut, window=spot.window, pinned=work.id in case.pinned)
