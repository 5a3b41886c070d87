"""Drags on a board: a strip to a date, two dates swapped, a day to another date; each gives the days that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cupola.errors import BoardError
from cupola.model import Banner, Day, Production, Strip, Unit
from cupola.model.work import local


@dataclass(frozen=True, kw_only=True, slots=True)
class ToDate:
    """A strip to the end of the day its unit shoots on a date; where there is none, a new day begins at the unit's call."""

    strip: str
    to: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SwapDates:
    """Two dates of a unit change places, with all that is shot on them; a date without a day is an empty one."""

    unit: str
    first: date
    second: date


Move = ToDate | SwapDates
"""A day moved to a free date is a swap with that date."""


def moved(production: Production, days: Sequence[Day], move: Move) -> tuple[Day, ...]:
    """Return the days after a drag, unit by unit in order; what is not touched is the same value.

    Times of other strips stay: a strip that leaves makes its day no shorter, one that comes follows the last. A day without
    strips is gone, its banners with it. Raises BoardError for a strip or a unit that the board does not have.
    """
    unit, changed = changed_days(production, days, move)
    own = [day for day in days if day.unit == unit.id and day.date not in changed]
    kept = sorted([*own, *(day for day in changed.values() if day is not None)], key=lambda day: day.date)
    numbered = [day if day.number == number else replace(day, number=number) for number, day in enumerate(kept, 1)]
    return (*(day for day in days if day.unit != unit.id), *numbered)


def changed_days(production: Production, days: Iterable[Day], move: Move) -> tuple[Unit, dict[date, Day | None]]:
    """Return the unit of a drag, and what becomes of the dates it touches (None: no day)."""
    if isinstance(move, SwapDates):
        return _swapped(production, days, move)
    for day in days:
        for strip in day.strips:
            if strip.id == move.strip:
                return _to_date(production, [each for each in days if each.unit == day.unit], day, strip, move.to)
    raise BoardError("no such strip on a day of the board", value=move.strip, remedy="name one that is on a day")


def _swapped(production: Production, days: Iterable[Day], move: SwapDates) -> tuple[Unit, dict[date, Day | None]]:
    if move.unit not in [unit.id for unit in production.units]:
        known = ", ".join(unit.id for unit in production.units)
        raise BoardError("the production has no such unit", value=move.unit, remedy=f"known: {known}")
    at = {day.date: day for day in days if day.unit == move.unit}
    first, second = at.get(move.first), at.get(move.second)
    there = _shifted(first, move.second) if first else None
    here = _shifted(second, move.first) if second else None
    return production.unit(move.unit), {move.first: here, move.second: there}


def _to_date(
    production: Production, days: Sequence[Day], source: Day, strip: Strip, to: date
) -> tuple[Unit, dict[date, Day | None]]:
    unit = production.unit(source.unit)
    left = tuple(each for each in source.strips if each is not strip)
    before = replace(source, strips=left) if left else None
    target = before if to == source.date else next((day for day in days if day.date == to), None)
    start = max((each.end_utc for each in target.strips), default=target.call_utc) if target else local(unit, to, unit.call)
    last = strip_shifted(strip, start - strip.start_utc)
    if target is None:
        after = Day(unit=unit.id, date=to, number=0, call_utc=start, wrap_utc=last.end_utc, strips=(last,))
    else:
        after = replace(target, strips=(*target.strips, last), wrap_utc=max(target.wrap_utc, last.end_utc))
    return unit, {source.date: before, to: after}


def strip_shifted(strip: Strip, by: timedelta) -> Strip:
    """Return a strip at another time; its light is no longer known there."""
    times: dict[str, datetime] = {name: getattr(strip, name) + by for name in ("start_utc", "roll_utc", "cut_utc", "end_utc")}
    return replace(strip, **times, window=strip.window if not by else None)  # type: ignore[arg-type]


def _shifted(day: Day, to: date) -> Day:
    by = to - day.date
    return replace(
        day,
        date=to,
        call_utc=day.call_utc + by,
        wrap_utc=day.wrap_utc + by,
        strips=tuple(strip_shifted(strip, by) for strip in day.strips),
        banners=tuple(Banner(text=each.text, start_utc=each.start_utc + by, end_utc=each.end_utc + by) for each in day.banners),
    )
