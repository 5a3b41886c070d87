"""What all CCSDS orbit messages have in common: lines, numbers, and instants in several time systems.

Source: CCSDS 502.0-B-3, sections 6 and 7 (orbit data messages: keyword = value notation, units, times).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import isfinite

import erfa
import numpy as np

from cupola.errors import OrbitError
from cupola.sky.timescale import DAY_S, TT_TAI_S, Array, leap_table

FETCH = "Fetch the file again, and leave it as it came."
LONGEST_TEXT = 64 * 2**20
LONGEST_LINE = 4096
GPS_TAI_S = -19.0
TIME_SYSTEMS = ("UTC", "TAI", "TT", "GPS", "TDB")
MJD_DAY_ZERO = date(1858, 11, 17).toordinal()
MJD_ZERO_JD = 2400000.5
CALENDAR = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2}(?:\.\d*)?)Z?", re.ASCII)
ORDINAL = re.compile(r"(\d{4})-(\d{3})T(\d{2}):(\d{2}):(\d{2}(?:\.\d*)?)Z?", re.ASCII)
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
EARLIEST_YEAR, LATEST_YEAR = 1957, 2200

Instant = tuple[int, float]
"""A modified Julian day and the second of it, in some time system."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """Keys and values as they stand in a file, and the line of each."""

    file: str
    line: int
    values: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def wrong(self, key: str, rule: str, *, remedy: str = FETCH) -> OrbitError:
        """Return an error that points at a key, or at the message where it is missing."""
        found = self.values.get(key)
        return OrbitError(rule, value=found, remedy=remedy, file=self.file, line=self.lines.get(key, self.line))

    def text(self, key: str) -> str:
        """Return the value of a key as text, empty where there is none."""
        found = self.values.get(key)
        return "" if found is None else str(found).strip()


def lines_of(text: str, file: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers; raises OrbitError for one that no program ever wrote."""
    checked_length(text, file)
    for number, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if len(line) > LONGEST_LINE:
            rule = f"a line of an orbit file has at most {LONGEST_LINE} characters"
            remedy = "This is another kind of file, or one made to do harm."
            raise OrbitError(rule, value=f"{len(line):,} characters", remedy=remedy, file=file, line=number)
        yield number, line


def checked_length(text: str, file: str) -> None:
    """Raise OrbitError for a text too long to be an orbit file."""
    if len(text) > LONGEST_TEXT:
        rule = f"an orbit file has at most {LONGEST_TEXT // 2**20} MB"
        raise OrbitError(rule, value=f"{len(text) / 2**20:.0f} MB", remedy="Is this the right file?", file=file)


def number_of(text: object) -> float:
    """Return a plain decimal number; NaN for anything else."""
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return float("nan")
    if isinstance(text, str) and not NUMBER.fullmatch(text.strip()):
        return float("nan")
    try:
        value = float(text)
    except (OverflowError, ValueError):
        return float("nan")
    return value if isfinite(value) else float("nan")


def instant_of(text: str) -> Instant | None:
    """Return a calendar or ordinal date with its time of day, None where it is neither; second 60 stands."""
    text = text.strip()
    calendar = CALENDAR.fullmatch(text)
    ordinal = None if calendar else ORDINAL.fullmatch(text)
    if calendar is None and ordinal is None:
        return None
    *numbers, hour, minute, second = (calendar or ordinal).groups()  # type: ignore[union-attr]
    year = int(numbers[0])
    last = 61 if (hour, minute) == ("23", "59") else 60
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or int(hour) > 23 or int(minute) > 59 or float(second) >= last:
        return None
    try:
        day = date(*map(int, numbers)) if calendar else date(year, 1, 1) + timedelta(days=int(numbers[1]) - 1)
    except ValueError:
        return None
    if day.year != year:
        return None
    return day.toordinal() - MJD_DAY_ZERO, int(hour) * 3600 + int(minute) * 60 + float(second)


def tai_s(instants: Sequence[Instant], system: str, origin: int) -> Array:
    """Return instants of a time system as SI seconds of TAI since a modified Julian day (its midnight in TAI)."""
    days = np.array([day for day, _ in instants], dtype=float)
    seconds = np.array([second for _, second in instants])
    since: Array = (days - origin) * DAY_S + seconds
    if system == "UTC":
        mjds, steps = leap_table()
        since += steps[np.maximum(np.searchsorted(mjds, days, side="right") - 1, 0)]
    elif system == "TDB":
        since -= TT_TAI_S + erfa.dtdb(MJD_ZERO_JD + days, seconds / DAY_S, 0.0, 0.0, 0.0, 0.0)
    else:
        since -= {"TAI": 0.0, "TT": TT_TAI_S, "GPS": GPS_TAI_S}[system]
    return since


def is_leap_second(instant: Instant) -> bool:
    """Whether an instant of UTC is, or may be, a second that clocks do not show: 23:59:60 on a day that has it."""
    day, second = instant
    return second < DAY_S or bool(np.isin(day + 1.0, leap_table()[0]))


def utc_of(instant: Instant) -> datetime:
    """Return an instant of UTC as a datetime, to the microsecond; a leap second is the start of the next day."""
    day, second = instant
    midnight = datetime.combine(date.fromordinal(day + MJD_DAY_ZERO), datetime.min.time(), tzinfo=UTC)
    return midnight + timedelta(microseconds=round(second * 1e6))
