"""What is known of the light at one place: when each clause holds, over a span and as far around it as lights reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from cupola.errors import OrbitError
from cupola.model import Clause, Light, Need, Place, Station
from cupola.sky.algebra import met, reach_s
from cupola.sky.almanac import Almanac
from cupola.sky.bodies import bodies_of
from cupola.sky.intervals import Intervals, dilate, intersect
from cupola.sky.orbit import Ephemeris, ephemeris_of
from cupola.sky.spells import Sky, check_clauses, spells_near, spells_of
from cupola.sky.timescale import Span
from cupola.sky.words import Aboard, OnGround

AROUND_S = (0.0, 7200.0, 86400.0, 8 * 86400.0, 40 * 86400.0)
"""How far around a span lights are looked for, in steps, so that what one light reaches for moves no edge of the others."""

KEPT = 24
"""So many spans of places are kept, with what was searched in them."""

Spot: TypeAlias = tuple[Clause, bytes]
"""A clause, and the bytes of the times within which it was looked for."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Known:
    """When each clause holds at a place, in seconds from the start of the span, from `around_s` before to as much after it.

    `sky` begins `around_s` before the span. `near` keeps what was searched within some times only, in seconds of `sky`.
    """

    where: Station | Place
    span: Span
    sky: Sky
    around_s: float
    spells: Mapping[Clause, Intervals]
    near: dict[Spot, Intervals]
    done: dict[Need, Intervals] = field(default_factory=dict)

    @property
    def seen(self) -> Aboard | OnGround:
        """What there is to say of the light; its times count from the start of `sky`."""
        if isinstance(self.where, Station):
            assert not isinstance(self.sky, Almanac)
            return Aboard(station=self.where, ephemeris=self.sky)
        assert isinstance(self.sky, Almanac)
        return OnGround(place=self.where, almanac=self.sky)

    def met(self, need: Need) -> Intervals:
        """Return when a need is met within the span."""
        return met(need, self.spells, self.span, around_s=self.around_s, done=self.done)

    def facts(self, clause: Clause, times: Intervals) -> list[str]:
        """Return a remark on each of some times at which a clause holds; empty where there is nothing to say."""
        return self.seen.facts(clause, times + self.around_s)


def known_of(
    lights: Iterable[Light], where: Station | Place, start: datetime, end: datetime
) -> Iterator[tuple[list[Light], Known]]:
    """Yield lights that reach equally far, with what is known of all their clauses.

    Raises as `find_windows` does.
    """
    asked = tuple(dict.fromkeys(lights))
    if not asked:
        return
    check_clauses((clause for light in asked for clause in light.leaves), where)
    groups: dict[float, list[Light]] = {}
    for light in asked:
        groups.setdefault(_around_s(light), []).append(light)
    for around_s, group in groups.items():
        clauses = tuple(dict.fromkeys(clause for light in group for clause in light.leaves))
        yield group, _known(clauses, where, Span(start_utc=start, end_utc=end), around_s)


def met_together(needs: Sequence[Need], where: Station | Place, start: datetime, end: datetime) -> tuple[Span, Intervals]:
    """Return when all of some needs are met in a span, in its seconds; each is searched only where those before it are met.

    So the one that is met least is best put first. Raises as `find_windows` does.
    """
    check_clauses((clause for need in needs for clause in need.leaves), where)
    span = Span(start_utc=start, end_utc=end)
    first = needs[0]
    known = _known(first.leaves, where, span, max(map(_around_s, needs)))
    times = known.met(first)
    for need in needs[1:]:
        if not len(times):
            break
        times = intersect(times, _met_near(need, known, times))
    return span, times


def _met_near(need: Need, known: Known, times: Intervals) -> Intervals:
    """Return when a need is met, right within some times; its clauses are searched as far around them as it reaches."""
    near = intersect(dilate(times, reach_s(need)) + known.around_s, np.array([[0.0, known.sky.span.length_s]]))
    spells = {}
    for clause in need.leaves:
        key = clause, near.tobytes()
        if key not in known.near:
            known.near[key] = spells_near(clause, known.where, known.sky, near)
        spells[clause] = known.near[key] - known.around_s
    return met(need, spells, known.span, around_s=known.around_s)


def ephemeris_over(station: Station, start: datetime, end: datetime) -> Ephemeris:
    """Return a station's ephemeris over a span, the same that the last search of the span used; raises OrbitError."""
    sky, _, _ = _searched(station, Span(start_utc=start, end_utc=end), 0.0)
    assert isinstance(sky, Ephemeris)
    return sky


def _around_s(need: Need) -> float:
    reach = reach_s(need)
    return next((step for step in AROUND_S if step >= reach), reach)


def _known(clauses: tuple[Clause, ...], where: Station | Place, span: Span, around_s: float) -> Known:
    """Search a span and what lies around it; an orbit file that ends within that is searched as far as the span goes."""
    try:
        sky, found, near = _searched(where, span, around_s)
    except OrbitError:
        if not around_s:
            raise
        sky, found, near = _searched(where, span, 0.0)
    missing = [clause for clause in clauses if clause not in found]
    begins = span.seconds(sky.span.start_utc)
    for clause, times in spells_of(missing, where, sky, sky.span.length_s).items():
        found[clause] = times + begins if begins else times
    return Known(where=where, span=span, sky=sky, around_s=-begins, spells=found, near=near)


@lru_cache(maxsize=KEPT)
def _searched(
    where: Station | Place, span: Span, around_s: float
) -> tuple[Sky, dict[Clause, Intervals], dict[Spot, Intervals]]:
    """Return the sky of a span, and tables that keep what has been searched in it: a hopeless light is asked again."""
    return _sky(where, span, around_s), {}, {}


def _sky(where: Station | Place, span: Span, around_s: float) -> Sky:
    around = timedelta(seconds=float(np.ceil(around_s)))
    start, end = span.start_utc - around, span.end_utc + around
    return ephemeris_of(where, start, end) if isinstance(where, Station) else Almanac.over(start, end, bodies_of(where.bodies))
