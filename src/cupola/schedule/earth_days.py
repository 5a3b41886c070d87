"""An assignment of work to dates as days of a board, run by the kernel's own sequence."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from cupola.model import Banner, Day, Production, Strip
from cupola.model.work import Work
from cupola.schedule.kernel_day import sequence
from cupola.schedule.kernel_people import pushes
from cupola.schedule.kernel_problem import MAX_DAY, Ints
from cupola.schedule.kernel_state import judge_packed
from cupola.schedule.strips import strip_of

if TYPE_CHECKING:
    from cupola.schedule.earth import EarthCase


def earth_days(case: EarthCase, production: Production, assigned: Sequence[int]) -> tuple[Day, ...]:
    """Return the days of a board from a slot for each piece of work (-1: boneyard); days that are kept stand as they were."""
    pins = {pin.strip for pin in production.pins}
    names = {place.id: place.name for place in production.places}
    kept = {day.date: day for day in case.kept}
    days: list[Day] = []
    used = {int(slot) for slot in assigned if slot >= 0} | {d for d, day in enumerate(case.dates) if day in kept}
    later = _later(case, assigned)
    for d in sorted(used):
        number = len(days) + 1
        if case.dates[d] in kept:
            days.append(dataclasses.replace(kept[case.dates[d]], number=number))
            continue
        items = np.array([i for i, slot in enumerate(assigned) if slot == d], np.int64)
        days.append(_day(case, d, items, int(later[d]), number, pins, names))
    return tuple(days)


def fits(case: EarthCase, d: int, items: Sequence[int]) -> bool:
    """True where these pieces can be shot on slot d: in their light, within the day."""
    if not items or len(items) > MAX_DAY:
        return not items
    rows = np.array(sorted(items), np.int64)
    bad, _, _ = sequence(case.tables, d, rows, len(rows), np.empty((4, MAX_DAY), np.int64))
    return bool(bad == 0)


def _later(case: EarthCase, assigned: Sequence[int]) -> Ints:
    """Return by how many seconds each day is called later than its own best call, so that the unit has its rest."""
    _, _, judged, *_ = judge_packed(case.tables, np.array(assigned, np.int64))
    later = np.zeros(len(case.dates), np.int64)
    pushes(case.tables.const, case.tables.date, judged, later)
    return later


def _day(case: EarthCase, d: int, items: Ints, later_s: int, number: int, pins: set[str], names: Mapping[str, str]) -> Day:
    """Return one day of a board, called `later_s` after its own best call."""
    run = np.empty((4, MAX_DAY), np.int64)
    shot = min(len(items), MAX_DAY)
    _, call, wrap = sequence(case.tables, d, items, shot, run)
    order, start, roll, meal = run
    midnight = datetime.fromtimestamp(int(case.problem.midnight_s[d]), tz=case.unit.first_utc.tzinfo)

    def at(seconds: int) -> datetime:
        return midnight + timedelta(seconds=int(seconds) + later_s)

    strips = [strip for n in range(shot) for strip in _strips(case, order[n], at(start[n]), at(roll[n]), pins)]
    banners = []
    if meal[0] >= 0:
        banners.append(Banner(text="Meal", start_utc=at(meal[0]), end_utc=at(meal[0] + case.problem.meal_s)))
    for before, after in itertools.pairwise(strips):
        if before.place != after.place:
            begin = after.start_utc - timedelta(seconds=int(case.problem.move_s))
            banners.append(Banner(text=f"Company move to {names[after.place]}", start_utc=begin, end_utc=after.start_utc))
    return Day(
        unit=case.unit.id,
        date=case.dates[d],
        number=number,
        call_utc=at(call),
        wrap_utc=at(wrap),
        strips=tuple(strips),
        banners=tuple(sorted(banners, key=lambda banner: banner.start_utc)),
    )


def _strips(case: EarthCase, row: int, start: datetime, roll: datetime, pins: set[str]) -> list[Strip]:
    """Return the strips of a piece that starts and rolls at these times; the later parts of one follow on."""
    piece = case.pieces[row]
    begin = roll - timedelta(seconds=piece.work.prep_s)
    return [
        _strip(case, part, start if n == 0 else begin + timedelta(seconds=offset), begin, offset, pins)
        for n, (part, offset) in enumerate(zip(piece.parts, piece.offsets, strict=True))
    ]


def _strip(case: EarthCase, work: Work, start: datetime, begin: datetime, offset: int, pins: set[str]) -> Strip:
    roll = begin + timedelta(seconds=offset + work.prep_s)
    cut = roll + timedelta(seconds=work.roll_s)
    window = next((w for w in case.windows.get(work.shot, ()) if w.open_utc <= roll and cut <= w.close_utc), None)
    return strip_of(work, start=start, roll=roll, cut=cut, window=None if work.light.is_any else window, pinned=work.id in pins)
