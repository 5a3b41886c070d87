"""An orbit unit by CP-SAT: one camera, the crew day, a pass for each take, modules that must be rigged.

Time is cut into the five minutes of a crew timeline. Each piece of work has a list of spots: a start on that grain, and
with it, to the second, the roll inside a window of its light.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ortools.sat.python import cp_model

from cupola.model import Banner, Day, Production, Rate, Strip, Unit, Window
from cupola.model.work import GRAIN_MIN, Work, crew_blocks, local, stretch_on, workdays
from cupola.money import RIG
from cupola.rules import limits_of
from cupola.schedule.strips import strip_of

SLOT_S = GRAIN_MIN * 60
DAY_SLOTS = 24 * 3600 // SLOT_S


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """One way to place a piece of work: `slot` on its date's grain, rolling at `roll_utc` in `window` (None: any light)."""

    day: int
    slot: int
    roll_utc: datetime
    window: Window | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OrbitCase:
    """An orbit unit ready to be solved.

    `spots[w]` are the ways to place work w; `slots[w][d]` how many slots it takes on date d; `cents[w][d]` what its
    crew-hours cost there. `rig_cents` is one rig of the operators.
    """

    unit: Unit
    works: tuple[Work, ...]
    dates: tuple[date, ...]
    midnights: tuple[datetime, ...]
    modules: tuple[str, ...]
    names: Mapping[str, str]
    spots: tuple[tuple[Spot, ...], ...]
    slots: tuple[tuple[int, ...], ...]
    cents: tuple[tuple[int, ...], ...]
    rig_slots: int
    rig_cents: int
    rig_starts: tuple[tuple[int, ...], ...]
    day_slots: tuple[int, ...]
    order: tuple[tuple[int, int], ...]
    pinned: frozenset[str]


def orbit_case(production: Production, unit: Unit, works: Sequence[Work], windows: Mapping[str, Sequence[Window]]) -> OrbitCase:
    """Return an orbit unit as lists of spots; `windows` are by shot id."""
    station = unit.station
    assert station is not None, f"unit {unit.id} has no station"
    dates = workdays(unit)
    midnights = tuple(local(unit, day, datetime.min.time()) for day in dates)
    operators = tuple(member.id for member in station.crew if member.operates)
    hours = {member.id: member.hour for member in station.crew}
    rig_slots = math.ceil(station.rig_min / GRAIN_MIN)
    awake = limits_of(production, unit).awake
    blocks = {
        crew: tuple(_awake_blocks(unit, day, crew, awake) for day in dates)
        for crew in {work.crew for work in works} | {operators}
    }
    pins = {pin.strip: pin for pin in production.pins}
    modules = tuple(dict.fromkeys(work.place for work in works))
    return OrbitCase(
        unit=unit,
        works=tuple(works),
        dates=dates,
        midnights=midnights,
        modules=modules,
        names={module: production.place(module).name for module in modules},
        spots=tuple(
            _spots(unit, work, dates, midnights, blocks[work.crew], windows.get(work.shot, ()), pins.get(work.id))
            for work in works
        ),
        slots=tuple(tuple(_slots(unit, work, day) for day in dates) for work in works),
        cents=tuple(
            tuple(sum(_hour_cents(work.total_s(stretch_on(unit, day)), hours[who]) for who in work.crew) for day in dates)
            for work in works
        ),
        rig_slots=rig_slots,
        rig_cents=sum(_hour_cents(rig_slots * SLOT_S, hours[who]) for who in operators),
        rig_starts=tuple(
            tuple(slot for a, b in day_blocks for slot in range(_slot_up(a, midnight), _slot_down(b, midnight) - rig_slots + 1))
            for day_blocks, midnight in zip(blocks[operators], midnights, strict=True)
        ),
        day_slots=tuple(
            sum(_slot_down(b, midnight) - _slot_up(a, midnight) for a, b in day_blocks)
            for day_blocks, midnight in zip(blocks[operators], midnights, strict=True)
        ),
        order=tuple(
            (a, b)
            for wish in production.order
            for a, first in enumerate(works)
            for b, then in enumerate(works)
            if first.scene == wish.first and then.scene == wish.then
        ),
        pinned=frozenset(pins),
    )


def _awake_blocks(unit: Unit, day: date, crew: tuple[str, ...], awake: object) -> tuple[tuple[datetime, datetime], ...]:
    blocks = crew_blocks(unit, day, crew)
    if not isinstance(awake, tuple):
        return blocks
    wake, lights_out = local(unit, day, awake[0]), local(unit, day, awake[1])
    return tuple((max(a, wake), min(b, lights_out)) for a, b in blocks if max(a, wake) < min(b, lights_out))


def _hour_cents(seconds: int, rate: Rate | None) -> int:
    """Price seconds by the hour, rounded down: what the bound may count on."""
    return seconds * rate.cents // 3600 if rate else 0


def _slot_up(at: datetime, midnight: datetime) -> int:
    return math.ceil((at - midnight).total_seconds() / SLOT_S)


def _slot_down(at: datetime, midnight: datetime) -> int:
    return int((at - midnight).total_seconds() // SLOT_S)


def _slots(unit: Unit, work: Work, day: date) -> int:
    """How many slots hold a piece of work; one more where its roll is fixed to the second."""
    whole = math.ceil(work.total_s(stretch_on(unit, day)) / SLOT_S)
    return whole if work.light.is_any else whole + 1


def _spots(
    unit: Unit,
    work: Work,
    dates: Sequence[date],
    midnights: Sequence[datetime],
    blocks: Sequence[tuple[tuple[datetime, datetime], ...]],
    windows: Sequence[Window],
    pin: object,
) -> tuple[Spot, ...]:
    spots: list[Spot] = []
    for d, (day, midnight) in enumerate(zip(dates, midnights, strict=True)):
        if pin is not None and getattr(pin, "day", day) != day:
            continue
        start = getattr(pin, "start", None)
        floor = local(unit, day, start) if start is not None else midnight
        stretch, need = stretch_on(unit, day), _slots(unit, work, day)
        for a, b in blocks[d]:
            first, last = _slot_up(max(a, floor), midnight), _slot_down(b, midnight) - need
            if last < first:
                continue
            prep = timedelta(seconds=work.prepared_s(stretch))
            if work.light.is_any:
                spots += [
                    Spot(day=d, slot=slot, roll_utc=midnight + timedelta(seconds=slot * SLOT_S) + prep, window=None)
                    for slot in range(first, last + 1)
                ]
                continue
            for window, roll in _rolls(windows, work, midnight, a, b):
                slot = _slot_down(roll - prep, midnight)
                if first <= slot <= last:
                    spots.append(Spot(day=d, slot=slot, roll_utc=roll, window=window))
    return tuple({(spot.day, spot.slot): spot for spot in reversed(spots)}.values())[::-1]


def _rolls(
    windows: Sequence[Window], work: Work, midnight: datetime, first: datetime, last: datetime
) -> list[tuple[Window, datetime]]:
    """Return instants to roll at: the middle of a brief window, each slot of a long one, edges given away."""
    rolls: list[tuple[Window, datetime]] = []
    roll = timedelta(seconds=work.roll_s)
    for window in windows:
        edge = timedelta(seconds=math.ceil(window.edge_s))
        opening, closing = _second_up(window.open_utc + edge), _second_down(window.close_utc - edge - roll)
        if closing < opening or closing < first or opening > last:
            continue
        on_grain = range(_slot_up(opening, midnight), _slot_down(closing, midnight) + 1)
        if work.light.is_pass_bound or not on_grain:
            rolls.append((window, _second_down(opening + (closing - opening) / 2)))
        else:
            rolls += [(window, midnight + timedelta(seconds=slot * SLOT_S)) for slot in on_grain]
    return rolls


def _second_up(at: datetime) -> datetime:
    return at if at.microsecond == 0 else at.replace(microsecond=0) + timedelta(seconds=1)


def _second_down(at: datetime) -> datetime:
    return at.replace(microsecond=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Placing:
    """A spot for each piece of work, by its row, and a slot for each rig, by module and day."""

    spots: Mapping[int, Spot]
    rigs: Mapping[tuple[str, int], int]


@dataclass(slots=True)
class Model:
    """The CP-SAT model of an orbit unit, with the variables to read it by; costs are divided by `scale`."""

    model: cp_model.CpModel
    on: dict[tuple[int, int], cp_model.IntVar]
    start: dict[int, cp_model.IntVar]
    rig: dict[tuple[str, int], cp_model.IntVar]
    rig_start: dict[tuple[str, int], cp_model.IntVar]
    used: dict[int, cp_model.IntVar]
    scale: int


def orbit_cents(case: OrbitCase, placing: Placing) -> int:
    """What a placing costs, as the model counts it: days, crew-hours, rigs."""
    days = {spot.day for spot in placing.spots.values()}
    rate = case.unit.day_rate.cents if case.unit.day_rate else 0
    hours = sum(case.cents[w][spot.day] for w, spot in placing.spots.items())
    return rate * len(days) + case.rig_cents * len(placing.rigs) + hours


def build(case: OrbitCase, *, keep: Mapping[int, Spot] | None = None, in_time: bool = True, all_work: bool = True) -> Model:
    """Return the model of an orbit unit.

    Work in `keep` stays on its date and in its spot. Without `in_time` strips only share the hours of a day (a
    relaxation, for the bound): then no two are asked to stand one after the other. Without `all_work` some may stay out.
    """
    model = cp_model.CpModel()
    keep = keep or {}
    rate = case.unit.day_rate.cents if case.unit.day_rate else 0
    scale = max(1, max([rate, case.rig_cents, *(c for row in case.cents for c in row)]) // 100_000)
    used = {d: model.new_bool_var(f"used {d}") for d in range(len(case.dates))}
    rig = {(m, d): model.new_bool_var(f"rig {m} {d}") for m in case.modules for d in used}
    m = Model(model=model, on={}, start={}, rig=rig, rig_start={}, used=used, scale=scale)
    intervals: dict[int, list[cp_model.IntervalVar]] = {d: [] for d in used}
    if in_time:
        _add_rigs(case, m, intervals)
    for w in range(len(case.works)):
        _add_work(case, m, w, keep.get(w), intervals if in_time else None)
        choices = [on for (v, _), on in m.on.items() if v == w]
        if all_work:
            model.add_exactly_one(choices)
        else:
            model.add_at_most_one(choices)
    for d, day_used in used.items():
        model.add_no_overlap(intervals[d])
        load = sum(case.slots[w][e] * on for (w, e), on in m.on.items() if e == d)
        rigs = sum(case.rig_slots * rig[module, d] for module in case.modules)
        model.add(load + rigs <= case.day_slots[d] * day_used)
    for (_, d), on in rig.items():
        model.add_implication(on, used[d])
    if in_time:
        _add_order(case, m)
    model.minimize(
        sum(rate // scale * on for on in used.values())
        + sum(case.rig_cents // scale * on for on in rig.values())
        + sum(case.cents[w][d] // scale * on for (w, d), on in m.on.items())
    )
    return m


def _add_rigs(case: OrbitCase, m: Model, intervals: dict[int, list[cp_model.IntervalVar]]) -> None:
    for (module, d), on in m.rig.items():
        starts = case.rig_starts[d]
        if not starts:
            m.model.add(on == 0)
            continue
        start = m.model.new_int_var_from_domain(cp_model.Domain.from_values(list(starts)), "")
        m.rig_start[module, d] = start
        intervals[d].append(m.model.new_optional_fixed_size_interval_var(start, case.rig_slots, on, ""))


def _add_work(
    case: OrbitCase, m: Model, w: int, kept: Spot | None, intervals: dict[int, list[cp_model.IntervalVar]] | None
) -> None:
    """Post one piece of work: exactly one date, a spot on it, after its module is rigged."""
    spots = (kept,) if kept is not None else case.spots[w]
    by_day: dict[int, list[int]] = {}
    for spot in spots:
        by_day.setdefault(spot.day, []).append(spot.slot)
    place = case.works[w].place
    if intervals is not None and spots:
        every = [d * DAY_SLOTS + slot for d, slots in by_day.items() for slot in slots]
        m.start[w] = m.model.new_int_var_from_domain(cp_model.Domain.from_values(every), "")
    for d, slots in by_day.items():
        on = m.on[w, d] = m.model.new_bool_var("")
        m.model.add_implication(on, m.rig[place, d])
        if intervals is None or (place, d) not in m.rig_start:
            continue
        start = m.start[w] - d * DAY_SLOTS
        domain = cp_model.Domain.from_values(slots)
        m.model.add_linear_expression_in_domain(start, domain).only_enforce_if(on)
        intervals[d].append(m.model.new_optional_fixed_size_interval_var(start, case.slots[w][d], on, ""))
        m.model.add(start >= m.rig_start[place, d] + case.rig_slots).only_enforce_if(on)


def _add_order(case: OrbitCase, m: Model) -> None:
    """Takes of one shot in their order (they are alike), and the production's own wishes of order."""
    pairs = list(case.order)
    for w, work in enumerate(case.works):
        nxt = w + 1
        if nxt < len(case.works) and case.works[nxt].shot == work.shot:
            pairs.append((w, nxt))
    for a, b in pairs:
        need = min(case.slots[a])
        if a in m.start and b in m.start:
            m.model.add(m.start[b] >= m.start[a] + need)


def placing_from(case: OrbitCase, m: Model, value: Callable[[cp_model.IntVar], int]) -> Placing:
    """Read a solution of the model in time."""
    spots: dict[int, Spot] = {}
    for (w, d), on in m.on.items():
        if value(on):
            slot = value(m.start[w]) - d * DAY_SLOTS
            spots[w] = next(spot for spot in case.spots[w] if (spot.day, spot.slot) == (d, slot))
    needed = {(case.works[w].place, spot.day) for w, spot in spots.items()}
    return Placing(spots=spots, rigs={key: value(start) for key, start in m.rig_start.items() if key in needed})


def orbit_days(case: OrbitCase, placing: Placing) -> tuple[Day, ...]:
    """Return the days of a board from a placing; rigs move as late as free time before their first strip allows."""
    days: list[Day] = []
    placing = _rigged_late(case, placing)
    for d in sorted({spot.day for spot in placing.spots.values()}):
        own = sorted((w for w, spot in placing.spots.items() if spot.day == d), key=lambda w: placing.spots[w].slot)
        strips = tuple(_strip(case, case.works[w], placing.spots[w], case.dates[d]) for w in own)
        banners = tuple(
            _rig(case, module, d, slot)
            for (module, e), slot in sorted(placing.rigs.items(), key=lambda item: item[1])
            if e == d
        )
        days.append(
            Day(
                unit=case.unit.id,
                date=case.dates[d],
                number=len(days) + 1,
                call_utc=min([strip.start_utc for strip in strips] + [banner.start_utc for banner in banners]),
                wrap_utc=max(strip.end_utc for strip in strips),
                strips=strips,
                banners=banners,
            )
        )
    return tuple(days)


def _rigged_late(case: OrbitCase, placing: Placing) -> Placing:
    rigs = dict(placing.rigs)
    for d in {day for _, day in rigs}:
        own = [(w, spot) for w, spot in placing.spots.items() if spot.day == d]
        first = {m: min(s.slot for w, s in own if case.works[w].place == m) for m, day in rigs if day == d}
        taken = {slot for w, spot in own for slot in range(spot.slot, spot.slot + case.slots[w][d])}
        for module in sorted(first, key=lambda module: -rigs[module, d]):
            others = {s for m in first if m != module for s in range(rigs[m, d], rigs[m, d] + case.rig_slots)}
            for slot in reversed(case.rig_starts[d]):
                span = range(slot, slot + case.rig_slots)
                if slot + case.rig_slots <= first[module] and not (taken | others).intersection(span):
                    rigs[module, d] = slot
                    break
    return Placing(spots=placing.spots, rigs=rigs)


def _rig(case: OrbitCase, module: str, d: int, slot: int) -> Banner:
    begin = case.midnights[d] + timedelta(seconds=slot * SLOT_S)
    end = begin + timedelta(seconds=case.rig_slots * SLOT_S)
    return Banner(text=f"{RIG} {case.names[module]}", start_utc=begin, end_utc=end)


def _strip(case: OrbitCase, work: Work, spot: Spot, day: date) -> Strip:
    stretch = stretch_on(case.unit, day)
    cut = spot.roll_utc + timedelta(seconds=work.rolled_s(stretch))
    start = spot.roll_utc - timedelta(seconds=work.prepared_s(stretch))
    return strip_of(work, start=start, roll=spot.roll_utc, cut=cut, window=spot.window, pinned=work.id in case.pinned)
