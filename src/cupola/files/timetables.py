"""What a station's lights ask of its production besides its orbit: areas below, the crew's hours, timetables from files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cupola.errors import LightError
from cupola.files import folder as home
from cupola.files.documents import ProductionDoc
from cupola.files.folder import Toml
from cupola.files.locate import KeyPath
from cupola.model import Area, Shift, Timetable, Unit

Parts = list[tuple[str, bytes]]
"""Names and contents of the files that were read, for the digest of the production."""


def with_timetables(folder: Path, doc: ProductionDoc, units: Sequence[Unit], toml: Toml) -> tuple[tuple[Unit, ...], Parts]:
    """Return the units, those in orbit with areas, hours and timetables, and the files that were read for them.

    Raises ProductionError for a file that is missing or outside the folder, or an area that cannot be; LightError with the
    line of a slip in a timetable.
    """
    parts: Parts = []
    areas = tuple(Area(name=entry.name, corners=_corners(doc, number, toml)) for number, entry in enumerate(doc.area))
    timetables = tuple(_timetable(folder, doc, number, toml, parts) for number in range(len(doc.timetable)))
    return tuple(_equipped(unit, areas, timetables) for unit in units), parts


def _equipped(unit: Unit, areas: tuple[Area, ...], timetables: tuple[Timetable, ...]) -> Unit:
    if unit.station is None:
        return unit
    shifts = tuple(Shift(name=member.id, blocks=member.blocks, tz=unit.tz) for member in unit.station.crew)
    station = replace(unit.station.station, areas=areas, shifts=shifts, timetables=timetables)
    return replace(unit, station=replace(unit.station, station=station))


def _corners(doc: ProductionDoc, number: int, toml: Toml) -> tuple[tuple[float, float], ...]:
    from cupola.sky.polygon import Polygon

    corners = doc.area[number].polygon
    try:
        Polygon.of(corners)
    except LightError as error:
        raise toml.wrong(("area", number, "polygon"), error.rule, value=error.value, remedy=error.remedy) from None
    return corners


def _timetable(folder: Path, doc: ProductionDoc, number: int, toml: Toml, parts: Parts) -> Timetable:
    from cupola.sky.timetable import parse_intervals

    entry = doc.timetable[number]
    key: KeyPath = ("timetable", number, "file")
    path = home.inside(folder, entry.file, toml, key)
    data = home.read_limited(path, home.ORBIT_LIMIT)
    parts.append((entry.file, data))
    spans = parse_intervals(home.decoded(data, path), str(path))
    return Timetable(name=entry.name, spans=spans, source=entry.file)
