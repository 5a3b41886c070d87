"""The track drawn: the world in equirectangular projection with the ground under every pass-bound strip."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cupola.model import Board, FlightSky, Production, Station, Strip, TrackPoint, Unit
from cupola.paper.markup import Child, Markup, el, number, path, svg
from cupola.paper.parts import land
from cupola.paper.strips import days_of_unit, slug
from cupola.paper.wording import clock_s, short_date, shot_of

NORTH, SOUTH, WIDTH = 76.0, -60.0, 1160.0
SCALE = WIDTH / 360
HEIGHT = (NORTH - SOUTH) * SCALE
AROUND = timedelta(minutes=7)
"""How much of the track is shown before and after a window, thinly."""

Spot = tuple[float, float]
"""Longitude and latitude in degrees, or x and y in the drawing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """A pass-bound strip over the ground: the track through its window, and the place of its roll."""

    strip: Strip
    before_after: tuple[Spot, ...]
    window: tuple[Spot, ...]
    roll: Spot
    sunlit: bool
    why: str


def passes(production: Production, board: Board, unit: Unit, flight: FlightSky) -> tuple[Pass, ...]:
    """Return every strip of a unit whose light comes once an orbit, with the ground under it."""
    found = []
    for day in days_of_unit(board, unit.id):
        for strip in day.strips:
            shot = shot_of(production.script.scene(strip.scene), strip)
            if strip.window is None or shot is None or not shot.light.is_pass_bound:
                continue
            window = strip.window
            found.append(
                Pass(
                    strip=strip,
                    before_after=track_between(flight.track, window.open_utc - AROUND, window.close_utc + AROUND),
                    window=track_between(flight.track, window.open_utc, window.close_utc),
                    roll=spot_at(flight.track, strip.roll_utc),
                    sunlit=not any(a <= strip.roll_utc < b for a, b in flight.nights),
                    why=f"{strip.id} · {window.why} · {short_date(day.date)} {clock_s(strip.roll_utc)} UTC",
                )
            )
    return tuple(found)


def spot_at(track: Sequence[TrackPoint], at: datetime) -> Spot:
    """Return longitude and latitude under the station at an instant, straight between two points of the track."""
    after = min(max(bisect.bisect_right(track, at, key=lambda point: point.at_utc), 1), len(track) - 1)
    a, b = track[after - 1], track[after]
    share = (at - a.at_utc) / (b.at_utc - a.at_utc)
    turn = (b.lon_deg - a.lon_deg + 180) % 360 - 180
    lon = (a.lon_deg + share * turn + 180) % 360 - 180
    return lon, a.lat_deg + share * (b.lat_deg - a.lat_deg)


def track_between(track: Sequence[TrackPoint], start: datetime, end: datetime) -> tuple[Spot, ...]:
    """Return the track from `start` to `end`, both ends on it; cut to what the track holds."""
    start, end = max(start, track[0].at_utc), min(end, track[-1].at_utc)
    inner = [(point.lon_deg, point.lat_deg) for point in track if start < point.at_utc < end]
    return (spot_at(track, start), *inner, spot_at(track, end)) if start < end else ()


def split_at_date_line(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Cut a line where it crosses longitude 180, so that no stroke runs across the map.

    >>> split_at_date_line([(178.0, 0.0), (-178.0, 4.0)])
    [[(178.0, 0.0), (180.0, 2.0)], [(-180.0, 2.0), (-178.0, 4.0)]]
    """
    lines: list[list[Spot]] = [[spot] for spot in spots[:1]]
    for (lon, lat), (lon2, lat2) in itertools.pairwise(spots):
        if abs(lon2 - lon) > 180:
            side = 180.0 if lon > 0 else -180.0
            way = (lon2 + 2 * side) - lon
            share = (side - lon) / way if way else 0.0
            middle = lat + share * (lat2 - lat)
            lines[-1].append((side, middle))
            lines.append([(-side, middle)])
        lines[-1].append((lon2, lat2))
    return lines


def on_map(spot: Spot) -> Spot:
    """Return x and y of a place in the drawing."""
    return (spot[0] + 180) * SCALE, (NORTH - spot[1]) * SCALE


def track_map(production: Production, board: Board, unit: Unit, flight: FlightSky) -> Markup:
    """Draw the world with targets, the anomaly, and the ground under every pass-bound strip of a unit."""
    assert unit.station is not None, f"unit {unit.id} has no station"
    station = unit.station.station
    shown = passes(production, board, unit, flight)
    labels = Labels()
    for shot in shown:
        labels.keep_clear(shot.window)
    label = f"World map: the ground under {len(shown)} pass-bound strips of {flight.station}"
    return svg(
        WIDTH,
        HEIGHT,
        world(),
        anomaly(station, labels),
        [_line(shot.before_after, "around") for shot in shown],
        [_line(shot.window, "window lit" if shot.sunlit else "window unlit") for shot in shown],
        [target_mark(target.name, (target.lon_deg, target.lat_deg), labels) for target in station.targets],
        [_roll(shot, labels) for shot in shown],
        el("rect", x=0.5, y=0.5, width=WIDTH - 1, height=HEIGHT - 1, class_="edge"),
        label=label,
        class_="chart map",
    )


def world() -> Child:
    """Draw the land and a grid of 30 degrees."""
    grid = [
        *(el("line", x1=0, x2=WIDTH, y1=y, y2=y, class_="grid") for lat in (-30, 0, 30, 60) for _, y in [on_map((0, lat))]),
        *(
            el("line", x1=x, x2=x, y1=0, y2=HEIGHT, class_="grid")
            for lon in range(-150, 180, 30)
            for x, _ in [on_map((lon, 0))]
        ),
    ]
    return [el("path", d=_land_path(), class_="land", fill_rule="evenodd"), grid]


def _land_path() -> str:
    """The land as one path of relative steps in tenths of a unit of the drawing."""
    rings = [ring for ring in land() if max(lat for _, lat in ring) > SOUTH]
    return "".join(_ring([on_map(spot) for spot in ring]) for ring in rings)


def _ring(spots: Sequence[Spot]) -> str:
    whole = [(round(x * 10), round(y * 10)) for x, y in spots]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(whole) if a != b]
    tail = " ".join(f"{number(dx / 10)} {number(dy / 10)}" for dx, dy in steps).replace(" -", "-")
    return f"M{number(whole[0][0] / 10)} {number(whole[0][1] / 10)}l{tail}Z"


def anomaly(station: Station, labels: Labels) -> Child:
    """The anomaly's outline, drawn again one turn away where it reaches over the date line."""
    if not station.saa:
        return None
    outline = unwrapped([(lon, lat) for lat, lon in station.saa])
    copies = [[(lon + turn, lat) for lon, lat in outline] for turn in (-360.0, 0.0, 360.0)]
    shown = [copy for copy in copies if max(lon for lon, _ in copy) > -180 and min(lon for lon, _ in copy) < 180]
    widest = max(shown, key=lambda copy: sum(-180 <= lon <= 180 for lon, _ in copy))
    x, y = on_map((sum(lon for lon, _ in widest) / len(widest), sum(lat for _, lat in widest) / len(widest)))
    labels.take("South Atlantic Anomaly", (x, y))
    return [
        [el("path", d=path(map(on_map, copy), closed=True), class_="saa") for copy in shown],
        el("text", "South Atlantic Anomaly", x=x, y=y, class_="saa-name", text_anchor="middle"),
    ]


def unwrapped(spots: Sequence[Spot]) -> list[Spot]:
    """Return an outline whose longitudes run on without a jump, the first in -180 to 180.

    >>> unwrapped([(300.0, 0.0), (350.0, 0.0), (5.0, 0.0)])
    [(-60.0, 0.0), (-10.0, 0.0), (5.0, 0.0)]
    """
    found: list[Spot] = []
    for lon, lat in spots:
        near = found[-1][0] if found else 0.0
        found.append((near + (lon - near + 180) % 360 - 180, lat))
    return found


def _line(spots: Sequence[Spot], class_: str) -> Child:
    return [el("path", d=path(map(on_map, line)), class_=class_) for line in split_at_date_line(spots)]


class Labels:
    """The labels already on a map: each new one takes the first free place beside its point."""

    PLACES = (
        (0, -9, "middle"),
        (0, 17, "middle"),
        (8, 3.5, "start"),
        (-8, 3.5, "end"),
        (9, -9, "start"),
        (9, 15, "start"),
        (-9, -9, "end"),
        (-9, 15, "end"),
    )

    def __init__(self) -> None:
        self.taken: list[tuple[float, float, float, float]] = []

    def place(self, text: str, at: Spot, glyph: float = 6.2) -> tuple[float, float, str]:
        """Return x, y and anchor for a text beside a point, clear of the others where there is room."""
        boxes = [(self._box(text, at, place, glyph), place) for place in self.PLACES]
        inside = [(box, place) for box, place in boxes if box[0] >= 0 and box[2] <= WIDTH] or boxes
        box, place = next(((box, place) for box, place in inside if not self._hits(box)), inside[0])
        self.taken.append(box)
        return at[0] + place[0], at[1] + place[1], place[2]

    def has_room(self, text: str, at: Spot, glyph: float = 6.2) -> bool:
        """Whether some place beside a point is free for a text."""
        boxes = (self._box(text, at, place, glyph) for place in self.PLACES)
        return any(box[0] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT and not self._hits(box) for box in boxes)

    def take(self, text: str, at: Spot, glyph: float = 5.5) -> None:
        """Keep later labels off a text that stands in the middle of `at`."""
        self.taken.append(self._box(text, at, (0, 0, "middle"), glyph))

    def keep_clear(self, spots: Sequence[Spot]) -> None:
        """Keep later labels off a line on the map."""
        for a, b in itertools.pairwise(spots):
            if abs(b[0] - a[0]) < 180:
                for share in (0.0, 0.25, 0.5, 0.75, 1.0):
                    x, y = on_map((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
                    self.taken.append((x - 3, y - 3, x + 3, y + 3))

    @staticmethod
    def _box(text: str, at: Spot, place: tuple[float, float, str], glyph: float) -> tuple[float, float, float, float]:
        width = len(text) * glyph
        left = at[0] + place[0] - {"start": 0, "middle": width / 2, "end": width}[place[2]]
        return left, at[1] + place[1] - 9, left + width, at[1] + place[1] + 2

    def _hits(self, box: tuple[float, float, float, float]) -> bool:
        return any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in self.taken)


def target_mark(name: str, spot: Spot, labels: Labels) -> Markup:
    """Draw a named target as a cross with its name beside it."""
    x, y = on_map(spot)
    text_x, text_y, anchor = labels.place(name, (x, y))
    return el(
        "g",
        el("path", d=f"M{number(x - 4)} {number(y)}h8M{number(x)} {number(y - 4)}v8", class_="target"),
        el("text", name, x=text_x, y=text_y, text_anchor=anchor, class_="target-name"),
    )


def _roll(shot: Pass, labels: Labels) -> Markup:
    x, y = on_map(shot.roll)
    text_x, text_y, anchor = labels.place(shot.strip.id, (x, y))
    return el(
        "a",
        el("title", shot.why),
        el("circle", cx=x, cy=y, r=3.4, class_="roll lit" if shot.sunlit else "roll unlit"),
        el("text", shot.strip.id, x=text_x, y=text_y, text_anchor=anchor, class_="shot-name"),
        href=f"#{slug(shot.strip.id)}",
    )
