"""Light that is asked for, at a place or aboard a station, becomes the windows in which a take can be made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from cupola.model import Light, Place, Station, Window
from cupola.sky.intervals import at_least
from cupola.sky.known import Known, known_of
from cupola.sky.remarks import why
from cupola.sky.timescale import Span
from cupola.sky.trust import edges_of

SHORTEST_S = 1e-3


def find_windows(light: Light, where: Station | Place, *, start: datetime, end: datetime) -> tuple[Window, ...]:
    """Find the windows of one light between two aware UTC datetimes, in order of time.

    Every need is met throughout a window; a window is cut at `start` and `end`. Any light is one window over the whole
    span. Raises LightError for a light that cannot be asked there and OrbitError for a station without usable elements.
    """
    return windows_for((light,), where, start=start, end=end)[light]


def windows_for(
    lights: Iterable[Light], where: Station | Place, *, start: datetime, end: datetime
) -> dict[Light, tuple[Window, ...]]:
    """Find the windows of many lights at one place as `find_windows` does; what several ask for is searched once."""
    asked = tuple(dict.fromkeys(lights))
    span = Span(start_utc=start, end_utc=end)
    found = {light: _whole(span) for light in asked if light.is_any}
    for lights_there, known in known_of((light for light in asked if not light.is_any), where, start, end):
        found |= _windows_of(lights_there, known)
    return {light: found[light] for light in asked}


def _windows_of(lights: Sequence[Light], known: Known) -> dict[Light, tuple[Window, ...]]:
    """Return the windows of lights from what is known of their clauses."""
    times = {light: at_least(known.met(light), SHORTEST_S) for light in lights}
    lit = {light: each for light, each in times.items() if len(each)}
    whys = why(lit, known)
    span = known.span
    found: dict[Light, tuple[Window, ...]] = dict.fromkeys(lights, ())
    for light, each in lit.items():
        edges, firm = edges_of(light, each + known.around_s, known.where, known.sky)
        rows = zip(span.utc(each[:, 0]), span.utc(each[:, 1]), edges, firm, whys[light], strict=True)
        found[light] = tuple(
            Window(open_utc=a, close_utc=b, edge_s=edge, firm=sure, why=text) for a, b, edge, sure, text in rows
        )
    return found


def _whole(span: Span) -> tuple[Window, ...]:
    return (Window(open_utc=span.start_utc, close_utc=span.end_utc, edge_s=0.0, firm=True, why="any light"),)
