"""Time as the sky counts it: a span in SI seconds, leap seconds, and how far the Earth's clock (UT1) is from ours.

The tables are those of the installed package `astropy-iers-data` (IERS Bulletins A and C); nothing is fetched.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import astropy_iers_data
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

DAY_S = 86400.0
MJD_ZERO = datetime(1858, 11, 17, tzinfo=UTC)
TT_TAI_S = 32.184


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A time from `start_utc` to `end_utc`; inside it time is SI seconds since the start.

    Raises ValueError for naive datetimes and for an end that is not after the start.
    """

    start_utc: datetime
    end_utc: datetime

    def __post_init__(self) -> None:
        if self.start_utc.tzinfo is None or self.end_utc.tzinfo is None:
            raise ValueError(f"a span needs aware UTC datetimes, not {self.start_utc} and {self.end_utc}")
        if not self.start_utc < self.end_utc:
            raise ValueError(f"a span must end after it starts: {self.start_utc} … {self.end_utc}")

    @property
    def length_s(self) -> float:
        return self.seconds(self.end_utc)

    def seconds(self, at_utc: datetime) -> float:
        """Return the SI seconds from the start to an instant, leap seconds counted."""
        return elapsed_s(self.start_utc, at_utc)

    def utc(self, at_s: npt.ArrayLike) -> list[datetime]:
        """Return the instants that lie so many SI seconds after the start, to the microsecond."""
        t = np.asarray(at_s, dtype=float)
        start = self.start_utc.astimezone(UTC)
        micro = np.rint((t - self._leaps_before(t)) * 1e6).astype(np.int64)
        return [start + timedelta(microseconds=count) for count in micro.tolist()]

    def mjd_tai(self, at_s: Array) -> tuple[float, Array]:
        """Return instants as a modified Julian date of TAI in two parts, whole and fraction."""
        start = mjd(self.start_utc)
        whole = float(np.floor(start))
        return whole, (start - whole) + (at_s + tai_utc_s(start)) / DAY_S

    def _leaps_before(self, t: Array) -> Array:
        """Count the leap seconds inserted between the start and each instant."""
        mjds, _ = leap_table()
        start = mjd(self.start_utc)
        after = mjds[mjds > start]
        ends = (after - start) * DAY_S + np.arange(1, len(after) + 1)
        return np.searchsorted(ends, t, side="right").astype(float)


def elapsed_s(first: datetime, then: datetime) -> float:
    """Return the SI seconds from one UTC instant to another, leap seconds counted."""
    return (then - first).total_seconds() + _tai_utc_at(then) - _tai_utc_at(first)


def mjd(at_utc: datetime) -> float:
    """Return a UTC instant as a modified Julian date."""
    return (at_utc - MJD_ZERO) / timedelta(days=1)


def tai_utc_s(mjd_utc: float) -> float:
    """Return TAI minus UTC, in whole seconds; before 1972 the value of 1972 is held."""
    mjds, seconds = leap_table()
    return float(seconds[max(0, int(np.searchsorted(mjds, mjd_utc, side="right")) - 1)])


def ut1_tai_s(mjd_tai: Array) -> Array:
    """Return UT1 minus TAI at instants of TAI, in seconds; outside the table its first and last values are held.

    Source: IERS finals2000A: measured to last week, foretold for a year. The Earth gains or loses under a second in
    several years on a held value.
    """
    mjds, seconds = _ut1_table(int(np.floor(mjd_tai.min())) - 2, int(np.ceil(mjd_tai.max())) + 2)
    return np.interp(mjd_tai, mjds, seconds)


@cache
def leap_table() -> tuple[Array, Array]:
    """Return the modified Julian dates (UTC) from which each value of TAI minus UTC holds, and the values."""
    text = Path(astropy_iers_data.IERS_LEAP_SECOND_FILE).read_text(encoding="ascii")
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return np.array([float(row[0]) for row in rows]), np.array([float(row[4]) for row in rows])


@cache
def _leap_dates() -> tuple[list[datetime], list[float]]:
    mjds, seconds = leap_table()
    return [MJD_ZERO + timedelta(days=day) for day in mjds.tolist()], seconds.tolist()


def _tai_utc_at(at_utc: datetime) -> float:
    """Return what `tai_utc_s` does for an instant."""
    dates, seconds = _leap_dates()
    return seconds[max(0, bisect_right(dates, at_utc) - 1)]


@cache
def _ut1_table(first_mjd: int, last_mjd: int) -> tuple[Array, Array]:
    """Return UT1 minus TAI on the days from one to another, as far as they are in the table, and at least one day."""
    text = Path(astropy_iers_data.IERS_A_FILE).read_bytes()
    width = text.index(b"\n") + 1
    begins, count = int(float(text[7:15])), len(text) // width
    while not text[count * width - width + 58 : count * width - width + 68].strip():
        count -= 1
    first = min(max(first_mjd - begins, 0), count - 1)
    last = min(max(last_mjd - begins, 0), count - 1)
    starts = range(first * width, (last + 1) * width, width)
    mjds = np.array([float(text[at + 7 : at + 15]) for at in starts])
    ut1_utc = np.array([float(text[at + 58 : at + 68]) for at in starts])
    return mjds, ut1_utc - np.array([tai_utc_s(day) for day in mjds])
