"""What a board can be written as: a table of formats that a package may add to.

A format is a function `write(production, board) -> bytes` with a file suffix. An installed package adds its own under the
entry-point group `cupola.exporters`: the entry names an `Exporter`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points

from cupola.errors import BoardError
from cupola.exchange.board_schedule import schedule_of
from cupola.exchange.msd_write import to_msd
from cupola.exchange.omc import to_omc
from cupola.exchange.sex_write import to_sex
from cupola.exchange.spreadsheet.write import to_csv, to_xlsx
from cupola.exchange.timeline import timeline, to_edl, to_otio
from cupola.exchange.track import to_czml, to_geojson
from cupola.exchange.uss_write import to_uss
from cupola.model import Board, Production

GROUP = "cupola.exporters"


@dataclass(frozen=True, kw_only=True, slots=True)
class Exporter:
    """A format a board can be written in: what people call it, its file suffix, and what it is."""

    name: str
    suffix: str
    title: str
    write: Callable[[Production, Board], bytes]


BUILT_IN = (
    Exporter(
        name="otio",
        suffix=".otio",
        title="Scenes as clips in script order, windows as markers (OpenTimelineIO)",
        write=lambda production, board: to_otio(timeline(production, board)),
    ),
    Exporter(
        name="edl",
        suffix=".edl",
        title="The same as an edit decision list (CMX 3600)",
        write=lambda production, board: to_edl(timeline(production, board)),
    ),
    Exporter(
        name="omc", suffix=".omc.json", title="Scenes, roles, places and days for a studio's graph (OMC-JSON 2.8)", write=to_omc
    ),
    Exporter(
        name="uss",
        suffix=".uss",
        title="Sheets, elements, days and calendar for other schedules (Universal Schedule Standard 1.0.0)",
        write=lambda production, board: to_uss(schedule_of(production, board)),
    ),
    Exporter(
        name="sex",
        suffix=".sex",
        title="Scenes, lengths and elements for Movie Magic, without days (Scheduling Export)",
        write=lambda production, board: to_sex(schedule_of(production, board)),
    ),
    Exporter(
        name="msd",
        suffix=".msd",
        title="Sheets, boards and calendar in the form of Movie Magic Scheduling 6",
        write=lambda production, board: to_msd(schedule_of(production, board)),
    ),
    Exporter(
        name="csv",
        suffix=".csv",
        title="A row for each strip, day by day, for any spreadsheet (CSV)",
        write=lambda production, board: to_csv(schedule_of(production, board)),
    ),
    Exporter(
        name="xlsx",
        suffix=".xlsx",
        title="A row for each strip, day by day, as an Excel workbook",
        write=lambda production, board: to_xlsx(schedule_of(production, board)),
    ),
    Exporter(name="geojson", suffix=".geojson", title="Ground tracks, places and rolls for a map", write=to_geojson),
    Exporter(name="czml", suffix=".czml", title="The flight and its rolls for a globe", write=to_czml),
)


def exporters() -> dict[str, Exporter]:
    """Return every format by name: ours, then those of installed packages."""
    added = (entry.load() for entry in entry_points(group=GROUP))
    return {exporter.name: exporter for exporter in (*BUILT_IN, *(e for e in added if isinstance(e, Exporter)))}


def exporter_named(name: str) -> Exporter:
    """Return a format; raises BoardError for a name that is none."""
    known = exporters()
    if name not in known:
        raise BoardError(
            "a board is exported in a format that Cupola knows", value=name, remedy=f"known: ics, {', '.join(known)}"
        )
    return known[name]
