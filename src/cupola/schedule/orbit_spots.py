"""Where a piece of work aboard can stand: starts on the crew's grain, with the roll in a window of its light."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cupola.model import Pin, Unit, Window
from cupola.model.work import GRAIN_MIN, Work, local, stretch_on

SLOT_S = GRAIN_MIN * 60
DAY_SLOTS = 24 * 3600 // SLOT_S


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """One way to place a piece of work: `slot` on its date's grain, rolling at `roll_utc` in `window` (None: any light)."""

    day: int
    slot: int
    roll_utc: datetime
    window: Window | None


def at_slot(spot: Spot) -> int:
    """Return the slot of a spot, counted from the first date's midnight."""
    return spot.day * DAY_SLOTS + spot.slot


def slot_up(at: datetime, midnight: datetime) -> int:
    """Return the first whole slot that begins at an instant or after it."""
    return math.ceil((at - midnight).total_seconds() / SLOT_S)


def slot_down(at: datetime, midnight: datetime) -> int:
    """Return the slot that an instant is in."""
    return int((at - midnight).total_seconds() // SLOT_S)


def slots_of(unit: Unit, work: Work, day: date) -> int:
    """Return how many slots hold a piece of work; one more where its roll is fixed to the second."""
    whole = math.ceil(work.total_s(stretch_on(unit, day)) / SLOT_S)
    return whole if work.light.is_any else whole + 1


def spots_of(
    unit: Unit,
    work: Work,
    dates: Sequence[date],
    midnights: Sequence[datetime],
    blocks: Sequence[Sequence[tuple[int, int]]],
    windows: Sequence[Window],
    pin: Pin | None,
) -> tuple[Spot, ...]:
    """Return every spot of a piece of work in the blocks (in slots) of each date, in order; one for a date and slot."""
    found: dict[tuple[int, int], Spot] = {}
    for d, day in enumerate(dates):
        if pin is not None and pin.day != day:
            continue
        floor = slot_up(local(unit, day, pin.start), midnights[d]) if pin is not None and pin.start is not None else 0
        need = slots_of(unit, work, day)
        prep = timedelta(seconds=work.prepared_s(stretch_on(unit, day)))
        for a, b in blocks[d]:
            first, last = max(a, floor), b - need
            for slot, roll, window in _rolls_between(work, windows, midnights[d], prep, first, last):
                found.setdefault((d, slot), Spot(day=d, slot=slot, roll_utc=roll, window=window))
    return tuple(found.values())


def _rolls_between(
    work: Work, windows: Sequence[Window], midnight: datetime, prep: timedelta, first: int, last: int
) -> Iterator[tuple[int, datetime, Window | None]]:
    """Yield slot, roll and window of each start between two slots, both included."""
    if last < first:
        return
    if work.light.is_any:
        for slot in range(first, last + 1):
            yield slot, midnight + timedelta(seconds=slot * SLOT_S) + prep, None
        return
    begin, end = (midnight + timedelta(seconds=slot * SLOT_S) + prep for slot in (first, last + 1))
    for window, roll in _rolls(windows, work, midnight, begin, end):
        slot = slot_down(roll - prep, midnight)
        if first <= slot <= last:
            yield slot, roll, window


def _rolls(
    windows: Sequence[Window], work: Work, midnight: datetime, first: datetime, last: datetime
) -> Iterator[tuple[Window, datetime]]:
    """Yield instants to roll at: the middle of a brief window, each slot of a long one, edges given away."""
    roll = timedelta(seconds=work.roll_s)
    for window in windows:
        edge = timedelta(seconds=math.ceil(window.edge_s))
        opening, closing = _second_up(window.open_utc + edge), _second_down(window.close_utc - edge - roll)
        if closing < opening or closing < first or opening > last:
            continue
        on_grain = range(slot_up(opening, midnight), slot_down(closing, midnight) + 1)
        if work.light.is_pass_bound or not on_grain:
            yield window, _second_down(opening + (closing - opening) / 2)
        else:
            near = range(max(on_grain.start, slot_up(first, midnight)), min(on_grain.stop, slot_down(last, midnight) + 1))
            yield from ((window, midnight + timedelta(seconds=slot * SLOT_S)) for slot in near)


def _second_up(at: datetime) -> datetime:
    return at if at.microsecond == 0 else at.replace(microsecond=0) + timedelta(seconds=1)


def _second_down(at: datetime) -> datetime:
    return at.replace(microsecond=0)
