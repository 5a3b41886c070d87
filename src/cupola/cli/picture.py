"""The windows of a production as a picture: what is drawn is gathered here, and drawn by the paper room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cupola.errors import CupolaError, PlaceToWriteError
from cupola.model import Clause, Light, Place, Station, Unit, Window

if TYPE_CHECKING:
    from cupola.cli.windows import Answer
    from cupola.model import Production
    from cupola.paper.picture import Drawing, Lane

Spans = tuple[tuple[datetime, datetime], ...]
SUFFIXES = (".svg", ".html")
TRACK_STEP_S = 30


def write_picture(production: Production, answers: Sequence[Answer], path: Path, *, scene: str = "", day: str = "") -> Path:
    """Write the windows of some shots as a picture: SVG or HTML, by the end of its name; raises PlaceToWriteError."""
    from cupola.files import write_bytes
    from cupola.paper.picture import picture_html, picture_svg

    if path.suffix.casefold() not in SUFFIXES:
        remedy = "write --picture windows.html, or --picture windows.svg"
        raise PlaceToWriteError("a picture of windows is SVG or HTML", value=path.name, remedy=remedy, file=str(path))
    groups = _groups(answers)
    if not groups:
        remedy = "name a scene that asks for light: see cupola windows"
        raise CupolaError("there is nothing to draw: no light is asked for", value=scene or production.title, remedy=remedy)
    drawings = [drawing for group in groups for drawing in _drawings(group, _date(day))]
    title = f"{production.title}, {f'scene {scene}' if scene else 'light'}"
    under = "; ".join(_under(group) for group in groups)
    write = picture_svg if path.suffix.casefold() == ".svg" else picture_html
    return write_bytes(path, write(title, under, drawings).encode())


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CupolaError("the day of a map is a date", value=text, remedy="write it as 2021-10-08") from None


def _groups(answers: Iterable[Answer]) -> list[list[Answer]]:
    """Return answers by where they are: a station, or a place on Earth."""
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        found.setdefault(answer.unit.id if answer.unit.is_orbit else f"{answer.unit.id}/{answer.place.id}", []).append(answer)
    return list(found.values())


def _under(group: Sequence[Answer]) -> str:
    """Say where a group is, and how many windows of how many lights it has."""
    lanes = _lanes(group)
    windows = sum(len(lane.windows) for lane in lanes)
    light = lanes[0].light if len(lanes) == 1 else f"{len(lanes)} lights"
    return f"{group[0].where.name}: {light}, {windows} window{'' if windows == 1 else 's'}"


def _lanes(group: Sequence[Answer]) -> tuple[Lane, ...]:
    from cupola.paper.picture import Lane

    lights = dict.fromkeys(answer.shot.light for answer in group)
    return tuple(
        Lane(
            light=str(light),
            shots=tuple(answer.shot.id for answer in group if answer.shot.light == light),
            windows=next(answer.spans for answer in group if answer.shot.light == light),
        )
        for light in lights
    )


def _drawings(group: Sequence[Answer], day: date | None) -> Iterator[Drawing]:
    from cupola.paper import svg_aboard, svg_ground

    where, unit, lanes = group[0].where, group[0].unit, _lanes(group)
    if isinstance(where, Place):
        from cupola.paper.picture import OnGround

        yield from svg_ground.timelines(
            OnGround(
                place=where.name,
                tz=where.tz,
                start_utc=unit.first_utc,
                end_utc=unit.last_utc,
                lanes=lanes,
                bands=tuple((css, _spans(name, where, unit) or ()) for css, name in _BANDS),
            )
        )
        return
    from cupola.paper.picture import Aboard
    from cupola.sky import flight_sky

    sky = Aboard(
        station=where,
        flight=flight_sky(where, start=unit.first_utc, end=unit.last_utc, track_step_s=TRACK_STEP_S),
        lanes=lanes,
        twilights=(*(_spans("orbital sunrise", where, unit) or ()), *(_spans("orbital sunset", where, unit) or ())),
        crew=tuple(_crew(unit)),
        contacts=_spans("in contact", where, unit) if where.relays else None,
        saa=_spans("inside saa", where, unit) if where.saa else None,
        day=day or _fullest(lanes, unit),
    )
    yield from svg_aboard.timelines(sky)
    yield svg_aboard.day_map(sky)


_BANDS = (("sunlit", "day"), ("golden", "golden hour"), ("blue", "blue hour"))


def _spans(condition: str, where: Station | Place, unit: Unit) -> Spans:
    """Return when a condition holds over the span of a unit."""
    from cupola.sky import find_windows

    light = Light(clauses=(Clause(condition=condition),))
    found = find_windows(light, where, start=unit.first_utc, end=unit.last_utc)
    return tuple((each.open_utc, each.close_utc) for each in found)


def _crew(unit: Unit) -> Iterator[tuple[datetime, datetime]]:
    """Yield the hours in which the camera may run aboard."""
    from cupola.model.work import crew_blocks, workdays

    assert unit.station is not None
    operators = tuple(member.id for member in unit.station.crew if member.operates)
    for day in workdays(unit):
        yield from crew_blocks(unit, day, operators)


def _fullest(lanes: Sequence[Lane], unit: Unit) -> date:
    """Return the first date, of those that the unit has whole, on which every light has a window; else the first of any."""
    zone = ZoneInfo(unit.tz if not unit.is_orbit else "UTC")

    def dates(windows: Iterable[Window]) -> set[date]:
        return {window.open_utc.astimezone(zone).date() for window in windows}

    first = unit.first_utc.astimezone(zone).date() + timedelta(days=1)
    every = [dates(lane.windows) for lane in lanes if lane.windows]
    shared = set.intersection(*every) if every else set()
    found = [day for day in sorted(shared or set.union(*every, set())) if day >= first]
    return found[0] if found else first
