"""How rules say hours, clocks and dates, alike in every message and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cupola.model import Unit


def hours(minutes: float) -> str:
    """Write minutes as hours with one decimal, none where they are whole.

    >>> hours(690), hours(720)
    ('11.5 h', '12 h')
    """
    return f"{minutes / 60:.1f} h".replace(".0 h", " h")


def length(minutes: float) -> str:
    """Write a length of time: minutes below two hours, else hours.

    >>> length(35), length(150)
    ('35 min', '2.5 h')
    """
    whole = -int(-minutes // 1)
    return f"{whole} min" if whole < 120 else hours(whole)


def clock(unit: Unit, at: datetime) -> str:
    """Write an instant as the unit's own clock shows it; aboard that is UTC."""
    return f"{at:%H:%M} UTC" if unit.is_orbit else f"{at.astimezone(ZoneInfo(unit.tz)):%H:%M}"


def weekday(day: date) -> str:
    """Write a date with its day of the week.

    >>> weekday(date(2027, 6, 7))
    'Mon 2027-06-07'
    """
    return f"{day:%a} {day}"


def joined(words: Iterable[str]) -> str:
    """Write a list, each word once, in order."""
    return ", ".join(dict.fromkeys(words))


def minutes_between(start: datetime, end: datetime) -> float:
    """Return minutes from one instant to another."""
    return (end - start).total_seconds() / 60
