"""An Earth unit as arrays for the kernel, and an assignment of work to dates as days of a board."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from cupola.model import Banner, CastMember, Day, Production, Strip, Unit, Window
from cupola.model.work import Work, local, workdays
from cupola.rules import limits_of
from cupola.schedule.kernel import CHOICES, FAR, MAX_DAY, Ints, Problem, sequence
from cupola.schedule.strips import strip_of

EARLIEST_S, LATEST_S = 2 * 3600, 33 * 3600
LONGEST_TAIL_S = 6 * 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class EarthCase:
    """One Earth unit ready to be solved: its work, its dates, and the same as arrays."""

    unit: Unit
    works: tuple[Work, ...]
    dates: tuple[date, ...]
    cast: tuple[CastMember, ...]
    places: tuple[str, ...]
    windows: Mapping[str, Sequence[Window]]
    problem: Problem


def earth_case(
    production: Production,
    unit: Unit,
    works: Sequence[Work],
    windows: Mapping[str, Sequence[Window]],
    *,
    busy: Mapping[str, frozenset[date]] | None = None,
) -> EarthCase:
    """Return an Earth unit as arrays. `windows` are by shot id; `busy` are dates on which cast work in another unit."""
    dates = workdays(unit)
    own = {name for work in works for name in work.cast}
    cast = tuple(member for member in production.cast if member.id in own)
    places = tuple(dict.fromkeys(work.place for work in works))
    hubs = list(dict.fromkeys(production.place(place).hub for place in places))
    sets = list(dict.fromkeys((work.place, work.set) for work in works))
    row = {member.id: a for a, member in enumerate(cast)}
    limits = limits_of(production, unit)
    midnights = [local(unit, day, time(0)) for day in dates]
    opens, closes = _roll_windows(production, works, midnights, windows)
    shape = max((len(work.cast) for work in works), default=1) or 1
    problem = Problem(
        prep_s=_ints([_minutes(work.prep_s) for work in works]),
        roll_s=_ints([_minutes(work.roll_s) for work in works]),
        open_s=opens,
        close_s=closes,
        brief=_brief(opens, closes, unit.call.hour * 3600 + unit.call.minute * 60),
        ok=_allowed(production, works, dates, opens, closes, busy or {}),
        place=_ints([places.index(work.place) for work in works]),
        set_no=_ints([sets.index((work.place, work.set)) for work in works]),
        cast=_ints([[row[n] for n in work.cast] + [-1] * (shape - len(work.cast)) for work in works]).reshape(-1, shape),
        hub=_ints([hubs.index(production.place(place).hub) for place in places]),
        place_cents=_ints([_cents(production.place(place).day_rate) for place in places]),
        work_cents=_ints([_cents(member.work) for member in cast]),
        hold_cents=_ints([_cents(member.hold) for member in cast]),
        travel_cents=_ints([_cents(member.travel) for member in cast]),
        home=_ints([hubs.index(member.home_hub) if member.home_hub in hubs else -2 for member in cast]),
        drop_days=_ints([-1 if member.drop_days is None else member.drop_days for member in cast]),
        date_no=_ints([day.toordinal() for day in dates]),
        midnight_s=_ints([round(at.timestamp()) for at in midnights]),
        order=_order(production, works),
        call_s=unit.call.hour * 3600 + unit.call.minute * 60,
        day_s=limits.day.minutes * 60,
        rest_s=limits.rest.minutes * 60,
        meal_s=max(unit.meal_min, limits.meal.minutes) * 60,
        meal_within_s=limits.meal_within.minutes * 60,
        relight_s=unit.relight_min * 60,
        move_s=unit.move_min * 60,
        max_sets=unit.max_sets,
        unit_cents=_cents(unit.day_rate),
        move_cents=_cents(unit.move_rate),
    )
    return EarthCase(unit=unit, works=tuple(works), dates=dates, cast=cast, places=places, windows=windows, problem=problem)


def _cents(rate: object) -> int:
    return int(getattr(rate, "cents", 0))


def _ints(values: object) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int64)


def _minutes(seconds: int) -> int:
    """Seconds rounded up to whole minutes: boards on Earth are read in minutes."""
    return -(-seconds // 60) * 60


def _roll_windows(
    production: Production,
    works: Sequence[Work],
    midnights: Sequence[datetime],
    windows: Mapping[str, Sequence[Window]],
) -> tuple[Ints, Ints]:
    """Return the opening and closing of each piece's windows on each slot, edges given away, on whole minutes."""
    opens = np.zeros((len(works), len(midnights), CHOICES), np.int64)
    closes = np.full((len(works), len(midnights), CHOICES), -1, np.int64)
    starts = {pin.strip: pin.start for pin in production.pins if pin.start is not None}
    for i, work in enumerate(works):
        at_least = starts.get(work.id)
        floor_s = 0 if at_least is None else at_least.hour * 3600 + at_least.minute * 60
        if work.light.is_any:
            opens[i, :, 0], closes[i, :, 0] = floor_s, FAR
            continue
        for d, midnight in enumerate(midnights):
            found = 0
            for opening, closing in day_windows(windows.get(work.shot, ()), midnight):
                if found < CHOICES and closing - max(opening, floor_s) >= _minutes(work.roll_s):
                    opens[i, d, found], closes[i, d, found] = max(opening, floor_s), closing
                    found += 1
    return opens, closes


def _brief(opens: Ints, closes: Ints, call_s: int) -> Ints:
    """Return which windows are worth a call of their own: those that a day called at the usual hour may miss."""
    return np.ascontiguousarray((closes - opens < 8 * 3600) | (opens > call_s + 3 * 3600), dtype=np.int64)


def day_windows(windows: Sequence[Window], midnight: datetime) -> list[tuple[int, int]]:
    """Return the certain part of each window that meets a shooting day (02:00 to 09:00 the next morning), in seconds.

    A night belongs to the evening on which it begins: what is left of it after 02:00 is no window of the next date.
    """
    pieces: list[tuple[int, int]] = []
    first, last = midnight + timedelta(seconds=EARLIEST_S), midnight + timedelta(seconds=LATEST_S)
    for window in windows:
        tail_s = (window.close_utc - first).total_seconds()
        if window.open_utc < last and tail_s > (LONGEST_TAIL_S if window.open_utc < first else 0):
            opening = max((window.open_utc - midnight).total_seconds() + window.edge_s, EARLIEST_S)
            closing = min((window.close_utc - midnight).total_seconds() - window.edge_s, LATEST_S)
            pieces.append((-(-int(np.ceil(opening)) // 60) * 60, int(closing) // 60 * 60))
    return [(a, b) for a, b in pieces if a < b]


def _allowed(
    production: Production,
    works: Sequence[Work],
    dates: Sequence[date],
    opens: Ints,
    closes: Ints,
    busy: Mapping[str, frozenset[date]],
) -> Ints:
    ok = np.zeros((len(works), len(dates)), np.int64)
    pinned = {pin.strip: pin.day for pin in production.pins}
    closed = {place.id: place.closed for place in production.places}
    away = {member.id: member.away for member in production.cast}
    for i, work in enumerate(works):
        lit = (closes[i] - opens[i] >= _minutes(work.roll_s)).any(axis=1)
        for d, day in enumerate(dates):
            ok[i, d] = (
                lit[d]
                and pinned.get(work.id, day) == day
                and not any(day in dates for dates in closed[work.place])
                and not any(day in dates for name in work.cast for dates in away[name])
                and not any(day in busy.get(name, ()) for name in work.cast)
            )
    return ok


def _order(production: Production, works: Sequence[Work]) -> Ints:
    pairs = [
        (a, b)
        for wish in production.order
        for a, first in enumerate(works)
        for b, then in enumerate(works)
        if first.scene == wish.first and then.scene == wish.then
    ]
    return _ints(pairs).reshape(-1, 2)


def earth_days(case: EarthCase, production: Production, assigned: Sequence[int]) -> tuple[Day, ...]:
    """Return the days of a board from a slot for each piece of work (-1: boneyard), run by the kernel's own sequence."""
    pins = {pin.strip for pin in production.pins}
    names = {place.id: place.name for place in production.places}
    days: list[Day] = []
    for d in sorted({slot for slot in assigned if slot >= 0}):
        items = _ints([i for i, slot in enumerate(assigned) if slot == d])
        days.append(_day(case, d, items, len(days) + 1, pins, names))
    return tuple(days)


def fits(case: EarthCase, d: int, items: Sequence[int]) -> bool:
    """True where these pieces can be shot on slot d: in their light, within the day."""
    if not items or len(items) > MAX_DAY:
        return not items
    outs = [np.empty(MAX_DAY, np.int64) for _ in range(3)]
    bad, _, _ = sequence(case.problem, d, _ints(items), len(items), *outs, np.empty(1, np.int64))
    return bool(bad == 0)


def _day(case: EarthCase, d: int, items: Ints, number: int, pins: set[str], names: Mapping[str, str]) -> Day:
    order, start, roll = (np.empty(MAX_DAY, np.int64) for _ in range(3))
    meal = np.empty(1, np.int64)
    _, call, wrap = sequence(case.problem, d, items, len(items), order, start, roll, meal)
    midnight = datetime.fromtimestamp(int(case.problem.midnight_s[d]), tz=case.unit.first_utc.tzinfo)

    def at(seconds: int) -> datetime:
        return midnight + timedelta(seconds=int(seconds))

    strips = [_strip(case, case.works[order[n]], at(start[n]), at(roll[n]), pins) for n in range(len(items))]
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


def _strip(case: EarthCase, work: Work, start: datetime, roll: datetime, pins: set[str]) -> Strip:
    cut = roll + timedelta(seconds=_minutes(work.roll_s))
    window = next((w for w in case.windows.get(work.shot, ()) if w.open_utc <= roll and cut <= w.close_utc), None)
    return strip_of(work, start=start, roll=roll, cut=cut, window=None if work.light.is_any else window, pinned=work.id in pins)
