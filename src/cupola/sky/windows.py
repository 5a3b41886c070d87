"""Light that is asked for, at a place or aboard a station, becomes the windows in which a take can be made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import numpy as np

from cupola.model import Clause, Elements, Light, Place, Station, Window
from cupola.sky.ageing import edge_s
from cupola.sky.almanac import Almanac
from cupola.sky.intervals import Intervals, at_least, intersect
from cupola.sky.orbit import Ephemeris
from cupola.sky.spells import check_clauses, earth_spells, orbit_spells
from cupola.sky.timescale import DAY_S, Span, elapsed_s
from cupola.sky.words import Aboard, OnGround

EARTH_EDGE_S = 30.0
"""Edges on the ground: refraction and a horizon that is not level move the light by about half a minute."""
SHORTEST_S = 1e-3


def find_windows(light: Light, where: Station | Place, *, start: datetime, end: datetime) -> tuple[Window, ...]:
    """Find the windows of one light between two aware UTC datetimes, in order of time.

    Every clause holds throughout a window; a window is cut at `start` and `end`. Aboard a station the first of its
    element sets is used. Any light is one window over the whole span. Raises LightError for a light that cannot be
    asked there and OrbitError for a station without usable elements.
    """
    return windows_for((light,), where, start=start, end=end)[light]


def windows_for(
    lights: Iterable[Light], where: Station | Place, *, start: datetime, end: datetime
) -> dict[Light, tuple[Window, ...]]:
    """Find the windows of many lights at one place as `find_windows` does, over one ephemeris."""
    asked = tuple(dict.fromkeys(lights))
    clauses = tuple(dict.fromkeys(clause for light in asked for clause in light.clauses))
    span = Span(start_utc=start, end_utc=end)
    if not clauses:
        return {light: _whole(span) for light in asked}
    check_clauses(clauses, where)
    if isinstance(where, Station):
        ephemeris = Ephemeris.over(where.elements[0], start, end)
        aboard = Aboard(station=where, ephemeris=ephemeris)
        spells = orbit_spells(clauses, where, ephemeris)
        return {light: windows_of(light, spells, aboard, span) for light in asked}
    almanac = Almanac.over(start, end)
    ground = OnGround(place=where, almanac=almanac)
    spells = earth_spells(clauses, where, almanac)
    return {light: windows_of(light, spells, ground, span) for light in asked}


def windows_of(light: Light, spells: Mapping[Clause, Intervals], seen: Aboard | OnGround, span: Span) -> tuple[Window, ...]:
    """Return the windows of a light from the spells of its clauses."""
    if light.is_any:
        return _whole(span)
    times = at_least(intersect(*(spells[clause] for clause in light.clauses)), SHORTEST_S)
    edges, firm = _trust(times, seen, span)
    remarks = [[f"{clause} ({fact})" for fact in seen.facts(clause, times)] for clause in light.clauses]
    whys = map(", ".join, zip(*remarks, strict=True))
    rows = zip(span.utc(times[:, 0]), span.utc(times[:, 1]), edges, firm, whys, strict=True)
    return tuple(Window(open_utc=a, close_utc=b, edge_s=edge, firm=sure, why=why) for a, b, edge, sure, why in rows)


def _whole(span: Span) -> tuple[Window, ...]:
    return (Window(open_utc=span.start_utc, close_utc=span.end_utc, edge_s=0.0, firm=True, why="any light"),)


def _trust(times: Intervals, seen: Aboard | OnGround, span: Span) -> tuple[list[float], list[bool]]:
    """Return for each spell how far its edges may be off, and whether the elements can be trusted that far."""
    if isinstance(seen, OnGround):
        return [EARTH_EDGE_S] * len(times), [True] * len(times)
    elements = seen.ephemeris.elements
    age = age_days(times, elements, span).max(axis=1)
    return np.round(edge_s(age, elements), 1).tolist(), (age <= seen.station.trust_days).tolist()


def age_days(times: Intervals, elements: Elements, span: Span) -> Intervals:
    """Return how many days each instant lies from the epoch of the elements, before or after."""
    return np.abs(times + elapsed_s(elements.epoch_utc, span.start_utc)) / DAY_S
