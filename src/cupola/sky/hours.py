"""Hours of the local clock as times of a span, across the nights on which clocks change.

An hour that a clock skips is never; an hour that it shows twice is twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from cupola.sky.intervals import Intervals, as_intervals
from cupola.sky.timescale import Array, Span

DAY = timedelta(days=1)


def local_hours(first: time, last: time, zone: ZoneInfo, span: Span) -> Intervals:
    """Return when a local clock shows `first` or later and not yet `last`, in seconds of a span, two days wider than it.

    Past midnight where `last` is not after `first`; 00:00 to 00:00 is always.
    """
    pieces = [
        (span.seconds(start), span.seconds(end))
        for begins, ends, offset in _offsets(span.start_utc - 2 * DAY, span.end_utc + 2 * DAY, zone)
        for start, end in _clock_times(first, last, begins, ends, offset)
    ]
    return as_intervals(pieces)


def _clock_times(
    first: time, last: time, begins: datetime, ends: datetime, offset: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the hours asked for within one stretch of constant offset from UTC."""
    length = _since_midnight(last) - _since_midnight(first)
    length += DAY if length <= timedelta() else timedelta()
    day = (begins + offset).date() - DAY
    while day <= (ends + offset).date():
        start = datetime.combine(day, first, UTC) - offset
        if max(start, begins) < min(start + length, ends):
            yield max(start, begins), min(start + length, ends)
        day += DAY


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _offsets(begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Yield the stretches of a time in which a zone keeps one offset from UTC, to the second."""
    start = at = begins
    while at < ends:
        then = min(at + DAY, ends)
        if _offset(then, zone) != _offset(at, zone):
            change = _change(at, then, zone)
            yield start, change, _offset(at, zone)
            start = change
        at = then
    yield start, ends, _offset(ends, zone)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first whole second at which a zone no longer has the offset it had before."""
    was, seconds = _offset(before, zone), int((after - before).total_seconds()) + 1
    low, high = 0, seconds
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(before + timedelta(seconds=middle), zone) == was:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def into(t: Array, times: Intervals) -> Array:
    """Return how many seconds an instant lies within a set of times, from its nearer edge; negative outside.

    A margin with the edges of the set, and a slope of one second a second.
    """
    if not len(times):
        return np.full(np.shape(t), -np.inf)
    edges = times.ravel()
    after = np.searchsorted(edges, t, side="right")
    to_next = np.where(after < len(edges), edges[np.minimum(after, len(edges) - 1)] - t, np.inf)
    from_last = np.where(after > 0, t - edges[np.maximum(after - 1, 0)], np.inf)
    sign = np.where(after % 2 == 1, 1.0, -1.0)
    return sign * np.minimum(to_next, from_last)


def shortest_s(times: Intervals) -> float:
    """Return the shortest stretch between two edges of a set, in seconds; infinite with fewer than two edges."""
    return float(np.diff(times.ravel()).min()) if len(times) else np.inf
