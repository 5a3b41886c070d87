"""`cupola export`: a board for other people's programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cupola.cli.home import PLAN_NAME, AsJson, BoardName, board_path, read_both
from cupola.cli.paper import file_word, told_files
from cupola.cli.say import whisper
from cupola.errors import BoardError

CALENDARS = "ics"
CALENDAR_FOLDER = "calendars"

Format = Annotated[
    str, typer.Argument(metavar="FORMAT", help="ics, csv, xlsx, uss, sex, msd, otio, edl, omc, geojson, czml, or a plug-in's.")
]
Where = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.", show_default=True)]
MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="What the columns of a spreadsheet hold (default: DIR/columns.toml).",
        show_default=False,
    ),
]
OutFolder = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where to write (default: DIR/paper).")]


def export(
    form: Format,
    folder: Where = Path(),
    board: BoardName = PLAN_NAME,
    mapping: MappingFile = None,
    out: OutFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write a board as calendars, a spreadsheet, a schedule, an edit, or tracks for a map or a globe."""
    from cupola.exchange.exporters import exporter_named
    from cupola.files import make_folder, write_bytes
    from cupola.files.spreadsheets import FORMATS, board_spreadsheet
    from cupola.paper.calendars import calendars

    if mapping is not None and form not in FORMATS:
        raise BoardError("only csv and xlsx have columns to map", value=form, remedy="leave --mapping out")
    exporter = None if form == CALENDARS else exporter_named(form)
    production, found = read_both(folder, board)
    if exporter is None:
        made = calendars(production, found, _sent((out or folder / "paper") / CALENDAR_FOLDER))
        contents = {f"{CALENDAR_FOLDER}/{name}": data for name, data in made.items()}
    elif form in FORMATS:
        data, notes = board_spreadsheet(form, production, found, folder, mapping)
        contents = {f"{file_word(board_path(folder, board).stem)}{exporter.suffix}": data}
        for note in notes:
            whisper(note)
    else:
        contents = {f"{file_word(board_path(folder, board).stem)}{exporter.suffix}": exporter.write(production, found)}
    target = make_folder(out or folder / "paper")
    for parent in {(target / name).parent for name in contents}:
        make_folder(parent)
    told_files([write_bytes(target / name, data) for name, data in contents.items()], as_json=as_json)


def _sent(folder: Path) -> dict[str, bytes]:
    """Return the calendars that a folder has from an earlier export."""
    from cupola.files.folder import read_limited
    from cupola.paper.calendars import is_calendar

    files = sorted(path for path in folder.glob("*.ics") if path.is_file() and is_calendar(path.name))
    return {path.name: read_limited(path, 4 * 2**20) for path in files}
