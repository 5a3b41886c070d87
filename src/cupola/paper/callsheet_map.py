"""The ground under the pane on one crew day: land, the day's track, the anomaly, and where each strip has its window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cupola.model import FlightSky, Station
from cupola.paper.markup import Child, Markup, el, path
from cupola.paper.orbit_day import OrbitDay
from cupola.paper.strips import StripLine
from cupola.paper.svg_map import (
    HEIGHT,
    WIDTH,
    Labels,
    Spot,
    on_map,
    split_at_date_line,
    spot_at,
    track_between,
    unwrapped,
    world,
)

SHORT_S = 900.0
"""Longer windows are half a track, and only their roll is marked."""
GLYPH = 10.0
STYLE = (
    ".land{fill:#dfe3e8}.grid{stroke:#c9cdd3;stroke-width:.7}.saa{fill:#c8501e;fill-opacity:.13;stroke:#c8501e;"
    "stroke-opacity:.5}.track{fill:none;stroke:#59616c;stroke-width:1.1}.window{fill:none;stroke:#c8501e;stroke-width:5;"
    "stroke-linecap:round}.roll{fill:#14171c;stroke:#fff;stroke-width:1.4}.target{stroke:#14171c;stroke-width:1.4}"
    ".edge{fill:none;stroke:#c9cdd3}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class GroundMap:
    """What lies on the world, drawn without words, and its words: text, x and y as shares of the drawing, and their anchor."""

    svg: str
    labels: tuple[tuple[str, float, float, str], ...]


def ground_map(flight: FlightSky, station: Station, orbit: OrbitDay, lines: Sequence[StripLine]) -> GroundMap:
    """Draw the ground under a crew day."""
    labels, words = Labels(), []
    rolled = [(line, line.strip.window) for line in lines if line.strip.window is not None]
    short = [window for _, window in rolled if window and window.length_s <= SHORT_S]
    under = [track_between(flight.track, window.open_utc, window.close_utc) for window in short]
    asked = " ".join(line.asked for line in lines).casefold()
    for track in under:
        labels.keep_clear(track)
    targets = [target for target in station.targets if target.name.casefold() in asked]
    spots = [(line.strip.id, spot_at(flight.track, line.strip.roll_utc)) for line, _ in rolled]
    for name, spot in [*spots, *((target.name, (target.lon_deg, target.lat_deg)) for target in targets)]:
        if not labels.has_room(name, on_map(spot), GLYPH):
            continue  # its dot stands on the map, its times in the table
        x, y, anchor = labels.place(name, on_map(spot), GLYPH)
        words.append((name, x / WIDTH, y / HEIGHT, anchor))
    body: list[Child] = [
        _anomaly(station),
        _lines([track_between(flight.track, orbit.start_utc, orbit.end_utc)], "track"),
        _lines(under, "window"),
        [_cross(on_map((target.lon_deg, target.lat_deg))) for target in targets],
        [el("circle", cx=x, cy=y, r=5, class_="roll") for _, spot in spots for x, y in [on_map(spot)]],
        el("rect", x=0.5, y=0.5, width=WIDTH - 1, height=HEIGHT - 1, class_="edge"),
    ]
    return GroundMap(svg=_svg(body), labels=tuple(words))


@cache
def world_svg() -> str:
    """Draw land and grid, once for all sheets of a book."""
    return _svg([world()])


def _svg(body: list[Child]) -> str:
    box = f"0 0 {WIDTH:.2f} {HEIGHT:.2f}"
    style = el("style", Markup(STYLE))
    return el("svg", style, *body, xmlns="http://www.w3.org/2000/svg", viewBox=box, width=WIDTH, height=HEIGHT)


def _lines(tracks: Sequence[Sequence[Spot]], class_: str) -> Child:
    return [el("path", d=path(map(on_map, part)), class_=class_) for track in tracks for part in split_at_date_line(track)]


def _anomaly(station: Station) -> Child:
    outline = unwrapped([(lon, lat) for lat, lon in station.saa]) if station.saa else []
    copies = [[(lon + turn, lat) for lon, lat in outline] for turn in (-360.0, 0.0, 360.0)] if outline else []
    shown = [copy for copy in copies if max(lon for lon, _ in copy) > -180 and min(lon for lon, _ in copy) < 180]
    return [el("path", d=path(map(on_map, copy), closed=True), class_="saa") for copy in shown]


def _cross(spot: Spot) -> Child:
    x, y = spot
    return el("path", d=f"M{x - 6:.1f} {y:.1f}h12M{x:.1f} {y - 6:.1f}v12", class_="target")
