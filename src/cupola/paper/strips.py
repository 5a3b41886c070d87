"""A strip with everything that paper says of it: one value for the board, the one-liner, the call sheet and the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cupola.model import ANY_LIGHT, Board, Day, Place, Production, Scene, Strip, pages_text
from cupola.paper.colours import StripColour, colours_of, strip_colour
from cupola.paper.wording import clock, light_line, line_of, shot_of

MEAL = "Meal"
"""The banner that is the company's meal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StripLine:
    """One strip as people read it; clocks are those of the place.

    `eighths` are counted once for each scene, on the first strip of its body; elsewhere they are 0 and `pages` is
    empty. `cast` holds board ids, or the role's name where it has none. `part` says which pass or part of several.
    """

    strip: Strip
    scene: Scene
    place: Place
    number: str
    int_ext: str
    set: str
    time_of_day: str
    part: str
    synopsis: str
    eighths: int
    pages: str
    cast: tuple[str, ...]
    start: str
    roll: str
    cut: str
    end: str
    minutes: int
    asked: str
    light: str
    line: int
    colour: StripColour

    @property
    def cast_text(self) -> str:
        return ", ".join(self.cast)


def strip_lines(
    production: Production, board: Board, day: Day, *, table: Mapping[str, StripColour] | None = None
) -> tuple[StripLine, ...]:
    """Return the strips of a day in the order they are shot, in the colours of `table`, else in the production's own."""
    counted = counted_strips(board)
    unit = production.unit(day.unit)
    board_ids = {member.id: str(member.board_id) for member in production.cast}
    zone = day_zone(production, day)
    colours = colours_of(production) if table is None else table
    return tuple(_line(production, strip, zone, unit.is_orbit, counted, board_ids, colours) for strip in day.strips)


def day_zone(production: Production, day: Day) -> str:
    """Return the zone of the clocks where a day is shot: that of its first place on Earth, the unit's own aboard."""
    unit = production.unit(day.unit)
    return unit.tz if unit.is_orbit or not day.strips else production.place(day.strips[0].place).tz


def _line(
    production: Production,
    strip: Strip,
    tz: str,
    aboard: bool,
    counted: frozenset[str],
    board_ids: Mapping[str, str],
    table: Mapping[str, StripColour],
) -> StripLine:
    scene = production.script.scene(strip.scene)
    shot = shot_of(scene, strip)
    light = shot.light if shot else ANY_LIGHT
    eighths = scene.eighths if strip.id in counted else 0
    return StripLine(
        strip=strip,
        scene=scene,
        place=production.place(strip.place),
        number=shot.id if shot else strip.scene,
        int_ext=scene.int_ext,
        set=scene.place_words,
        time_of_day=scene.time_of_day,
        part=f"{'pass' if light.is_pass_bound else 'part'} {strip.take} of {strip.takes}" if strip.takes > 1 else "",
        synopsis=(shot.text if shot and shot.letter and shot.text else scene.synopsis),
        eighths=eighths,
        pages=pages_text(eighths) if eighths else "",
        cast=tuple(board_ids.get(name, name) for name in sorted(strip.cast, key=lambda name: _rank(name, board_ids))),
        start=clock(strip.start_utc, tz),
        roll=clock(strip.roll_utc, tz),
        cut=clock(strip.cut_utc, tz),
        end=clock(strip.end_utc, tz),
        minutes=round((strip.end_utc - strip.start_utc).total_seconds() / 60),
        asked="" if light.is_any else str(light),
        light=light_line(scene, strip, tz),
        line=line_of(scene, strip),
        colour=strip_colour(scene, light, aboard=aboard, table=table),
    )


def _rank(name: str, board_ids: Mapping[str, str]) -> tuple[int, str]:
    return (int(board_ids[name]), "") if name in board_ids else (1_000_000, name)


def counted_strips(board: Board) -> frozenset[str]:
    """Return the strips that carry their scene's pages: of each scene the first of its body, else its first."""
    first: dict[str, tuple[bool, float, str]] = {}
    for strip in board.strips:
        extra = strip.shot not in ("", strip.scene)
        key = (extra, strip.start_utc.timestamp(), strip.id)
        first[strip.scene] = min(first.get(strip.scene, key), key)
    return frozenset(strip_id for _, _, strip_id in first.values())


def pages_of(lines: Sequence[StripLine]) -> str:
    """Write the pages of some strips together."""
    return pages_text(sum(line.eighths for line in lines))


def scenes_of(lines: Sequence[StripLine]) -> int:
    """Count the scenes that some strips are of."""
    return len({line.strip.scene for line in lines})


def days_in_order(production: Production, board: Board) -> tuple[Day, ...]:
    """Return a board's days unit by unit in the production's order, each by date."""
    rank = {unit.id: place for place, unit in enumerate(production.units)}
    return tuple(sorted(board.days, key=lambda day: (rank[day.unit], day.date)))


def days_of_unit(board: Board, unit_id: str) -> tuple[Day, ...]:
    """Return the days of one unit by date."""
    return tuple(sorted((day for day in board.days if day.unit == unit_id), key=lambda day: day.date))


def slug(strip_id: str) -> str:
    """Write a strip's id so that a link may use it; different ids never share one.

    >>> slug("42/A-2"), slug("12 A")
    ('s-42_2f_A-2', 's-12_20_A')
    """
    return "s-" + "".join(
        char if char.isascii() and (char.isalnum() or char == "-") else f"_{ord(char):x}_" for char in strip_id
    )
