"""When a piece may roll on each date: its light, its place's hours and quiet, its minors, its pin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cupola.model import Place, Production, Unit, Window
from cupola.model.work import Work
from cupola.rules import MinorLimits, minor_limits
from cupola.schedule.kernel_problem import FAR

EARLIEST_S, LATEST_S = 2 * 3600, 33 * 3600
LONGEST_TAIL_S = 6 * 3600

Span = tuple[int, int]
"""Seconds from local midnight of a date, half-open."""

Minors = Mapping[str, Sequence[MinorLimits | None]]
"""What holds on each date for everybody under age, by cast id."""

ALWAYS: tuple[Span, ...] = ((0, FAR),)


def minutes_up(seconds: float) -> int:
    """Seconds rounded up to whole minutes: boards on Earth are read in minutes."""
    return -(-int(seconds) // 60) * 60


def clock_s(clock: time) -> int:
    """Seconds from midnight to a time of day."""
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def both(first: Sequence[Span], second: Sequence[Span]) -> tuple[Span, ...]:
    """Return where two lists of spans overlap; both are sorted."""
    found = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return tuple(sorted((a, b) for a, b in found if a < b))


def day_windows(windows: Sequence[Window], midnight: datetime) -> list[Span]:
    """Return the certain part of each window that meets a shooting day (02:00 to 09:00 the next morning), in seconds.

    A night belongs to the evening on which it begins: what is left of it after 02:00 is no window of the next date.
    """
    pieces: list[Span] = []
    first, last = midnight + timedelta(seconds=EARLIEST_S), midnight + timedelta(seconds=LATEST_S)
    for window in windows:
        tail_s = (window.close_utc - first).total_seconds()
        if window.open_utc < last and tail_s > (LONGEST_TAIL_S if window.open_utc < first else 0):
            opening = max((window.open_utc - midnight).total_seconds() + window.edge_s, EARLIEST_S)
            closing = min((window.close_utc - midnight).total_seconds() - window.edge_s, LATEST_S)
            pieces.append((minutes_up(-(-opening // 1)), int(closing) // 60 * 60))
    return [(a, b) for a, b in pieces if a < b]


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """The dates of a unit with their midnights, and what limits a roll on each."""

    production: Production
    unit: Unit
    dates: tuple[date, ...]
    midnights: tuple[datetime, ...]
    windows: Mapping[str, Sequence[Window]]
    minors: Minors

    def rolls(self, work: Work) -> list[tuple[Span, ...]]:
        """Return for each date the spans in which a piece may roll: all of the roll lies in one of them."""
        place = self.production.place(work.place)
        light = self._light(work)
        people = [self.minors[name] for name in work.cast if name in self.minors]
        starts = [pin.start for pin in self.production.pins if pin.strip == work.id and pin.start is not None]
        floor = max((clock_s(start) + work.prep_s for start in starts), default=0)
        plain = not people and floor == 0 and place.hours is None and place.quiet is None
        found = []
        for d, midnight in enumerate(self.midnights):
            spans = light(d)
            if not plain:
                spans = both(spans, ((floor, FAR),))
                spans = self._at_place(work, place, midnight, self.dates[d], spans)
                for limits in (own[d] for own in people):
                    if limits is not None:
                        first, last = clock_s(limits.earliest) + work.prep_s, limits.latest_min * 60 - work.reset_s
                        spans = both(spans, ((first, last),))
            found.append(spans)
        return found

    def _light(self, work: Work) -> Callable[[int], tuple[Span, ...]]:
        if work.light.is_any:
            return lambda _: ALWAYS
        windows = sorted(self.windows.get(work.shot, ()), key=lambda window: window.open_utc)
        opens = [window.open_utc for window in windows]
        longest = max((window.close_utc - window.open_utc for window in windows), default=timedelta())

        def on(d: int) -> tuple[Span, ...]:
            midnight = self.midnights[d]
            low = bisect_left(opens, midnight - longest)
            high = bisect_right(opens, midnight + timedelta(seconds=LATEST_S))
            return tuple(day_windows(windows[low:high], midnight))

        return on

    def _at_place(self, work: Work, place: Place, midnight: datetime, day: date, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        if place.hours is not None:
            first, last = self._local(place, midnight, day, place.hours)
            spans = both(spans, ((first + work.prep_s, last - work.reset_s),))
        if place.quiet is not None:
            first, last = self._local(place, midnight, day, place.quiet)
            loud = ((last - 86_400, first), (last, first + 86_400))
            spans = both(spans, loud)
        return spans

    def _local(self, place: Place, midnight: datetime, day: date, clocks: tuple[time, time]) -> Span:
        """Return clock times at a place as seconds from the unit's midnight; the second is after the first."""
        zone = ZoneInfo(place.tz)
        first, last = (datetime.combine(day, clock, tzinfo=zone) for clock in clocks)
        if last <= first:
            last = datetime.combine(day + timedelta(days=1), clocks[1], tzinfo=zone)
        return round((first - midnight).total_seconds()), round((last - midnight).total_seconds())


def minors_of(production: Production, unit: Unit, dates: Sequence[date]) -> Minors:
    """Return what holds on each date for everybody under age, by cast id."""
    found = {}
    for member in production.cast:
        if member.born is not None:
            limits = tuple(minor_limits(production, unit, member.id, day) for day in dates)
            if any(limits):
                found[member.id] = limits
    return found
