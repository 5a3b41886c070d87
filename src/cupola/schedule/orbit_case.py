"""An orbit unit as plain figures: pieces of work with their spots, the halves of its crew days, rigs and spacewalks.

Time is cut into the five minutes of a crew timeline, a *slot*. A crew day has two *halves*, before and after the longest
break of the operators; half `2 d + 1` is the second one of date d. A *cell* is where a piece of work is packed: a working
block of the operators inside, a half-day of a spacewalk outside.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cupola.model import Production, Rate, Spacewalks, Unit, Window
from cupola.model.work import GRAIN_MIN, Work, crew_blocks, local, stretch_on, workdays
from cupola.rules import flight_day_of, limits_of, packs_of, spacewalks_of, stretch_floor
from cupola.rules.limits import traffic
from cupola.rules.packs import articles_of
from cupola.schedule.orbit_spots import DAY_SLOTS, SLOT_S, Spot, at_slot, slot_down, slot_up, slots_of, spots_of

Slots = tuple[tuple[int, int], ...]
"""Spans of slots on one date, half-open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A working block of the operators, from slot `first` to slot `last` of its date; outside, a half-day without bounds."""

    day: int
    half: int
    first: int = 0
    last: int = 0
    is_out: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """How the unit goes outside: pairs by crew id, lengths in slots, what one spacewalk costs.

    `span[d]` are the slots of date d between which suits, spacewalk and the way back must lie; None where nobody may go out.
    """

    pairs: tuple[frozenset[str], ...]
    names: tuple[tuple[str, str], ...]
    longest: int
    before: int
    after: int
    spacing_days: int
    rest_days: int
    cents: int
    span: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OrbitCase:
    """An orbit unit ready to be solved.

    `spots[w]` are the ways to place work w; `slots[w][d]` how many slots it takes on date d, `seconds[w][d]` how long it
    is; `cents[w][d]` what its crew-hours cost there. `is_out[w]` says that it is outside, `frame[w]` who aboard is in
    its frame. `rig_cents` is one rig of the operators; `rig_starts[d]` where a rig may begin. `blocks[d]` are the working
    blocks of the operators, `midday[d]` the slot at which the second half begins. `work_s` is the longest that anybody may
    work in a crew day, `busy_s` work and rig (None: no limit). `restow_slots` is the time to put the camera away after a
    day's last strip. `cells` are in order of time, those outside last; `cell_at[w]` says which of them a spot of work w is
    in, by day and slot.
    """

    unit: Unit
    works: tuple[Work, ...]
    dates: tuple[date, ...]
    midnights: tuple[datetime, ...]
    modules: tuple[str, ...]
    names: Mapping[str, str]
    spots: tuple[tuple[Spot, ...], ...]
    slots: tuple[tuple[int, ...], ...]
    seconds: tuple[tuple[int, ...], ...]
    cents: tuple[tuple[int, ...], ...]
    is_out: tuple[bool, ...]
    frame: tuple[frozenset[str], ...]
    operators: frozenset[str]
    rig_slots: int
    rig_cents: int
    rig_starts: tuple[tuple[int, ...], ...]
    blocks: tuple[Slots, ...]
    midday: tuple[int, ...]
    work_s: int | None
    busy_s: int | None
    restow_slots: int
    order: tuple[tuple[int, int], ...]
    pinned: frozenset[str]
    outside: Outside | None
    cells: tuple[Cell, ...]
    cell_at: tuple[Mapping[tuple[int, int], int], ...]

    @property
    def day_slots(self) -> tuple[int, ...]:
        """How many slots of each date the operators can work."""
        return tuple(sum(b - a for a, b in blocks) for blocks in self.blocks)

    @property
    def day_cents(self) -> int:
        """What a crew day costs on which the camera runs."""
        return self.unit.day_rate.cents if self.unit.day_rate else 0

    @property
    def in_order(self) -> tuple[tuple[int, int], ...]:
        """Pairs of work of which the first ends before the second starts: wishes, and takes of one shot, which are alike."""
        takes = ((w, w + 1) for w in range(len(self.works) - 1) if self.works[w].shot == self.works[w + 1].shot)
        return (*self.order, *takes)

    def only(self, rows: Sequence[int]) -> OrbitCase:
        """Return the case with nothing but the work of some rows, numbered anew; orders with other work are left out."""
        new = {w: number for number, w in enumerate(rows)}
        return replace(
            self,
            works=tuple(self.works[w] for w in rows),
            modules=tuple(name for name in self.modules if any(self.works[w].place == name for w in rows)),
            spots=tuple(self.spots[w] for w in rows),
            slots=tuple(self.slots[w] for w in rows),
            seconds=tuple(self.seconds[w] for w in rows),
            cents=tuple(self.cents[w] for w in rows),
            cell_at=tuple(self.cell_at[w] for w in rows),
            is_out=tuple(self.is_out[w] for w in rows),
            frame=tuple(self.frame[w] for w in rows),
            order=tuple((new[a], new[b]) for a, b in self.order if a in new and b in new),
        )

    def part(self, rows: Sequence[int], days: Collection[int], best: Mapping[int, Spot]) -> OrbitCase:
        """Return the case of some rows on some dates alone, while the other work stays in its spots of `best`."""
        part, number = self.only(rows), {w: number for number, w in enumerate(rows)}
        low, high = [0] * len(rows), [len(self.dates) * DAY_SLOTS] * len(rows)
        for a, b in self.in_order:
            if b in number and a in best and a not in number:
                low[number[b]] = max(low[number[b]], at_slot(best[a]) + min(self.slots[a]))
            if a in number and b in best and b not in number:
                high[number[a]] = min(high[number[a]], at_slot(best[b]) - min(self.slots[a]))
        spots = (
            tuple(spot for spot in each if spot.day in days and low[n] <= at_slot(spot) <= high[n])
            for n, each in enumerate(part.spots)
        )
        return replace(part, spots=tuple(spots))

    def within(self, halves: Collection[int]) -> OrbitCase:
        """Return the case with the spots of some half-days alone."""
        spots = (tuple(spot for spot in each if self.half(w, spot) in halves) for w, each in enumerate(self.spots))
        return replace(self, spots=tuple(spots))

    def end(self, w: int, spot: Spot) -> int:
        """Return the slot at which a piece of work is over."""
        return spot.slot + self.slots[w][spot.day]

    def cell(self, w: int, spot: Spot) -> int:
        """Return the cell that a piece of work is packed in."""
        return self.cell_at[w][spot.day, spot.slot]

    def half(self, w: int, spot: Spot) -> int:
        """Return the half-day in which a piece of work ends."""
        return self.cells[self.cell(w, spot)].half


def orbit_case(production: Production, unit: Unit, works: Sequence[Work], windows: Mapping[str, Sequence[Window]]) -> OrbitCase:
    """Return an orbit unit as lists of spots; `windows` are by shot id."""
    station = unit.station
    assert station is not None, f"unit {unit.id} has no station"
    unit = _stretched(production, unit)
    day, walks = _CrewDays(production, unit), spacewalks_of(production, unit)
    hours = {member.id: member.hour for member in station.crew}
    operators = tuple(member.id for member in station.crew if member.operates)
    pins = {pin.strip: pin for pin in production.pins}
    is_out = tuple(production.place(work.place).outside for work in works)
    aboard = {member.id: member.aboard for member in production.cast}
    rig_slots = math.ceil(station.rig_min / GRAIN_MIN)
    outside = _outside(walks, day) if walks and any(is_out) else None
    blocks = day.blocks(operators)
    midday = tuple(_midday(each) for each in blocks)
    cells = _cells(blocks, midday, has_outside=outside is not None)
    slots = tuple(tuple(slots_of(unit, work, date) for date in day.dates) for work in works)
    spots = tuple(
        spots_of(unit, work, day.dates, day.midnights, _hours_of(work, out, outside, day), windows.get(work.shot, ()), pin)
        for work, out in zip(works, is_out, strict=True)
        for pin in [pins.get(work.id)]
    )
    return OrbitCase(
        unit=unit,
        works=tuple(works),
        dates=day.dates,
        midnights=day.midnights,
        modules=tuple(dict.fromkeys(work.place for work, out in zip(works, is_out, strict=True) if not out)),
        names={work.place: production.place(work.place).name for work in works},
        spots=spots,
        slots=slots,
        seconds=tuple(tuple(work.total_s(stretch_on(unit, date)) for date in day.dates) for work in works),
        cents=tuple(
            tuple(sum(_hour_cents(work.total_s(stretch_on(unit, date)), hours[who]) for who in work.crew) for date in day.dates)
            for work in works
        ),
        is_out=is_out,
        frame=tuple(frozenset(aboard[name] for name in work.cast if aboard.get(name)) for work in works),
        operators=frozenset(operators),
        rig_slots=rig_slots,
        rig_cents=sum(_hour_cents(rig_slots * SLOT_S, hours[who]) for who in operators),
        rig_starts=tuple(tuple(slot for a, b in each for slot in range(a, b - rig_slots + 1)) for each in blocks),
        blocks=blocks,
        midday=midday,
        work_s=day.work_s,
        busy_s=day.busy_s,
        restow_slots=day.restow_slots,
        order=_order(production, works),
        pinned=frozenset(pins),
        outside=outside,
        cells=cells,
        cell_at=tuple(_cell_at(cells, midday, *row) for row in zip(spots, slots, is_out, strict=True)),
    )


def _cells(blocks: Sequence[Slots], midday: Sequence[int], *, has_outside: bool) -> tuple[Cell, ...]:
    inside = [Cell(day=d, half=2 * d + (a >= midday[d]), first=a, last=b) for d, each in enumerate(blocks) for a, b in each]
    outside = [Cell(day=half // 2, half=half, is_out=True) for half in range(2 * len(blocks)) if has_outside]
    return (*inside, *outside)


def _cell_at(
    cells: Sequence[Cell], midday: Sequence[int], spots: Sequence[Spot], slots: Sequence[int], is_out: bool
) -> dict[tuple[int, int], int]:
    """Return the cell of each spot of a piece of work: the block it is in; outside, the half-day in which it ends."""
    blocks: dict[int, list[int]] = {}
    for k, cell in enumerate(cells):
        if cell.is_out == is_out:
            blocks.setdefault(cell.day, []).append(k)
    found: dict[tuple[int, int], int] = {}
    for spot in spots:
        end = spot.slot + slots[spot.day]
        if is_out:
            found[spot.day, spot.slot] = blocks[spot.day][end > midday[spot.day]]
        else:
            found[spot.day, spot.slot] = next(
                k for k in blocks[spot.day] if cells[k].first <= spot.slot and end <= cells[k].last
            )
    return found


def _stretched(production: Production, unit: Unit) -> Unit:
    """Return the unit with every flight day as slow as the packs ask."""
    assert unit.station is not None, f"unit {unit.id} has no station"
    first = unit.first_utc.astimezone(ZoneInfo(unit.tz)).date()
    days = range((workdays(unit)[-1] - first).days + 1) if workdays(unit) else range(1)
    stretch = tuple(stretch_floor(production, unit, first + timedelta(days=n)) for n in days)
    return replace(unit, station=replace(unit.station, stretch=stretch))


class _CrewDays:
    """The dates of a unit and the slots on them at which people may work: their blocks, awake, clear of the docking."""

    def __init__(self, production: Production, unit: Unit) -> None:
        self.production, self.unit, self.limits = production, unit, limits_of(production, unit)
        self.dates = workdays(unit)
        self.midnights = tuple(local(unit, day, datetime.min.time()) for day in self.dates)
        self.work_s = self.limits.work.minutes * 60 if self.limits.work else None
        self.restow_slots = math.ceil(self.limits.restow.minutes / GRAIN_MIN) if self.limits.restow else 0

    @property
    def busy_s(self) -> int | None:
        """Return how long anybody may film and rig in a crew day, so that the hours of exercise are left; None: no limit."""
        if self.limits.exercise is None or self.limits.awake is None:
            return None
        wake, lights_out = (datetime.combine(date(2000, 1, 1), clock) for clock in self.limits.awake)
        return int((lights_out - wake).total_seconds()) - self.limits.exercise.minutes * 60

    def awake(self, d: int) -> list[tuple[datetime, datetime]]:
        """Return the waking hours of a date in which the unit may film: in its span, clear of dockings."""
        clocks = self.limits.awake
        midnight = self.midnights[d]
        day = (
            [local(self.unit, self.dates[d], clock) for clock in clocks] if clocks else [midnight, midnight + timedelta(days=1)]
        )
        spans = [(max(day[0], self.unit.first_utc), min(day[1], self.unit.last_utc))]
        for start, end in self.limits.blackout:
            spans = [part for a, b in spans for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
        return [(a, b) for a, b in spans if a < b]

    def blocks(self, crew: tuple[str, ...]) -> tuple[Slots, ...]:
        """Return the whole slots of each date at which all of `crew` may work."""
        return tuple(self._slots(d, crew_blocks(self.unit, date, crew)) for d, date in enumerate(self.dates))

    def _slots(self, d: int, blocks: Sequence[tuple[datetime, datetime]]) -> Slots:
        midnight = self.midnights[d]
        cut = (
            (slot_up(max(a, first), midnight), slot_down(min(b, last), midnight))
            for a, b in blocks
            for first, last in self.awake(d)
        )
        return tuple((a, b) for a, b in cut if a < b)

    def is_clear(self, date: date) -> bool:
        """Whether a date is as far from every docking and undocking as the packs ask of a spacewalk."""
        near = [round(each.number("docking_days")) for each in articles_of(packs_of(self.production, self.unit), "spacewalk")]
        ships = [self.unit.first_utc, self.unit.last_utc, *(at for _, at in traffic(self.unit))]
        return all(abs((at.date() - date).days) >= max(near, default=0) for at in ships)

    def waking(self, d: int) -> tuple[int, int] | None:
        """Return the longest waking time of a date, in slots, whatever the template of the crew day says; or None."""
        return max(self._slots(d, self.awake(d)), key=lambda span: span[1] - span[0], default=None)


def _midday(blocks: Slots) -> int:
    """Return where the second half of a crew day begins: after the longest break, the first of equals."""
    breaks = [(after[0] - before[1], -after[0]) for before, after in itertools.pairwise(blocks)]
    return -max(breaks)[1] if breaks else max((b for _, b in blocks), default=0)


def _hours_of(work: Work, out: bool, outside: Outside | None, day: _CrewDays) -> tuple[Slots, ...]:
    """Return when a piece of work may stand: in blocks of its crew; outside, where a spacewalk can hold it.

    Outside, the template of the crew day does not bind the pair; whoever shoots through a pane keeps it.
    """
    if not out:
        return day.blocks(work.crew)
    if outside is None:
        return ((),) * len(day.dates)
    inside = {member.id for member in day.unit.station.crew if member.operates} if day.unit.station else set()
    at_pane = day.blocks(tuple(name for name in work.crew if name in inside)) if inside & set(work.crew) else None
    hours: list[Slots] = []
    for d, span in enumerate(outside.span):
        whole: Slots = ((span[0] + outside.before, span[1] - outside.after),) if span else ()
        hours.append(whole if at_pane is None else _both(whole, at_pane[d]))
    return tuple(hours)


def _both(these: Slots, those: Slots) -> Slots:
    return tuple((max(a, c), min(b, d)) for a, b in these for c, d in those if max(a, c) < min(b, d))


def _outside(walks: Spacewalks, day: _CrewDays) -> Outside:
    before, after = math.ceil(walks.before_min / GRAIN_MIN), math.ceil(walks.after_min / GRAIN_MIN)
    may = (flight_day_of(day.unit, date) >= walks.first_flight_day and day.is_clear(date) for date in day.dates)
    spans = [day.waking(d) if may_go else None for d, may_go in enumerate(may)]
    return Outside(
        pairs=tuple(frozenset(pair) for pair in walks.pairs),
        names=walks.pairs,
        longest=walks.longest_min // GRAIN_MIN,
        before=before,
        after=after,
        spacing_days=walks.spacing_days,
        rest_days=walks.rest_days,
        cents=_hour_cents(round(walks.overhead_h * 3600), walks.rate),
        span=tuple(span if span and span[1] - span[0] > before + after else None for span in spans),
    )


def _order(production: Production, works: Sequence[Work]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of work that stand in an order: the production's wishes."""
    return tuple(
        (a, b)
        for wish in production.order
        for a, first in enumerate(works)
        for b, then in enumerate(works)
        if first.scene == wish.first and then.scene == wish.then
    )


def _hour_cents(seconds: int, rate: Rate | None) -> int:
    """Price seconds by the hour, rounded down: what the bound may count on."""
    return seconds * rate.cents // 3600 if rate else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Walk:
    """A spacewalk of a placing: which pair is outside, from slot `out` to slot `back` of its date."""

    pair: int
    out: int
    back: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Placing:
    """A spot for each piece of work, by its row; a slot for each rig, by module and day; spacewalks and restows by day."""

    spots: Mapping[int, Spot]
    rigs: Mapping[tuple[str, int], int]
    walks: Mapping[int, Walk]
    restows: Mapping[int, int]


def orbit_cents(case: OrbitCase, placing: Placing) -> int:
    """What a placing costs, as the model counts it: days, crew-hours, rigs, restows, spacewalks."""
    days = {spot.day for spot in placing.spots.values()}
    hours = sum(case.cents[w][spot.day] for w, spot in placing.spots.items())
    walks = case.outside.cents * len(placing.walks) if case.outside else 0
    put_away = restow_cents(case) * len(placing.restows)
    return case.day_cents * len(days) + case.rig_cents * len(placing.rigs) + hours + walks + put_away


def restow_cents(case: OrbitCase) -> int:
    """What it costs to put the camera away once, by the hours of a rig."""
    return case.rig_cents * case.restow_slots // case.rig_slots if case.rig_slots else 0
