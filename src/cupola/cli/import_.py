"""`cupola import`: a schedule of another program becomes a production's folder, with its boards."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.home import AsJson
from cupola.cli.new import Currency, first_day
from cupola.cli.paper import told_files
from cupola.cli.say import print_json, print_table, say, whisper

if TYPE_CHECKING:
    from cupola.files.imported import Imported
    from cupola.files.imported_boards import Figures

ScheduleFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A schedule: .uss, .csv, .xlsx, Movie Magic's .msd or .sex, or its Breakdown report as PDF."
    ),
]
NewFolder = Annotated[
    str, typer.Argument(metavar="DIR", help="The folder to make (default: the file's name).", show_default=False)
]
Board = Annotated[
    str,
    typer.Option("--board", metavar="NAME", help="The board whose calendar counts (default: the first).", show_default=False),
]
Beside = Annotated[
    Path | None,
    typer.Option(
        "--with", metavar="FILE", help="The Shooting Schedule report that goes with a Breakdown report.", show_default=False
    ),
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="What the columns of a spreadsheet hold.", show_default=False),
]
NewMapping = Annotated[
    Path | None,
    typer.Option(
        "--write-mapping",
        metavar="FILE",
        help="Write a mapping for a spreadsheet, to be filled in, and do no more.",
        show_default=False,
    ),
]
Start = Annotated[
    str,
    typer.Option(metavar="DATE", help="First day of shooting, where the file says none.", show_default=False),
]


def import_(
    file: ScheduleFile,
    folder: NewFolder = "",
    board: Board = "",
    start: Start = "",
    beside: Beside = None,
    mapping: MappingFile = None,
    write_mapping: NewMapping = None,
    currency: Currency = "USD",
    as_json: AsJson = False,
) -> None:
    """Make a production's folder of another program's schedule."""
    from cupola.files.imported import import_schedule
    from cupola.files.imported_boards import figures
    from cupola.files.rates import currency_code

    if write_mapping is not None:
        _write_mapping(file, write_mapping, mapping, as_json=as_json)
        return
    where = Path(folder or file.stem)
    made = import_schedule(
        file,
        where,
        start=first_day(start),
        board=board,
        currency=currency_code(currency),
        beside=beside,
        mapping=mapping,
    )
    counted = {path.stem: figures(made.production, one.days) for path, one in made.boards}
    if as_json:
        print_json(_document(made, counted))
        return
    for note in made.notes:
        whisper(note)
    _print(made, counted, where)


def _write_mapping(file: Path, target: Path, mapping: Path | None, *, as_json: bool) -> None:
    """Write a mapping of a spreadsheet that a person fills in, beside no file that is there already."""
    from cupola.errors import PlaceToWriteError
    from cupola.files import write_text
    from cupola.files.spreadsheets import read_columns, starter_columns

    if target.exists():
        raise PlaceToWriteError("this file is there already", value=str(target), remedy="choose another name", file=str(target))
    text = starter_columns(file, None if mapping is None else read_columns(mapping))
    told_files([write_text(target, text)], as_json=as_json)
    if not as_json:
        say(f"Look at what it says of each column, then: cupola import {file} --mapping {target}")


def _document(made: Imported, counted: dict[str, Figures]) -> dict[str, Any]:
    return {
        "files": [str(path) for path in made.files],
        "title": made.production.title,
        "scenes": len(made.production.script.scenes),
        "cast": len(made.production.cast),
        "boards": [
            {
                "name": path.stem,
                "title": board.title,
                "first": min((day.date for day in board.days), default=date.min).isoformat(),
                "last": max((day.date for day in board.days), default=date.min).isoformat(),
                "days": counted[path.stem].days,
                "strips": counted[path.stem].strips,
                "boneyard": list(board.boneyard),
                "eighths": counted[path.stem].eighths,
                "longest_eighths": counted[path.stem].longest_eighths,
                "cast": counted[path.stem].cast,
                "work_days": counted[path.stem].worked,
                "hold_days": counted[path.stem].held,
                "hold_days_without_drop": counted[path.stem].held_without_drop,
            }
            for path, board in made.boards
        ],
        "notes": list(made.notes),
    }


def _print(made: Imported, counted: dict[str, Figures], where: Path) -> None:
    rows = []
    for path, board in made.boards:
        one = counted[path.stem]
        rows.append(
            [
                path.stem,
                f"{board.days[0].date} to {board.days[-1].date}" if board.days else "",
                str(one.days),
                str(one.strips),
                f"{one.pages_a_day:.2f}",
                f"{one.longest_eighths / 8:g}",
                str(one.cast),
                str(one.worked),
                str(one.held_without_drop),
                str(one.held),
            ]
        )
    heads = ["Board", "Dates", "Days", "Strips", "Pages/day", "Most", "Cast", "Work days", "Hold days", "After drops"]
    production = made.production
    print_table(
        f"{production.title}: {len(production.script.scenes)} scenes, {len(production.cast)} roles",
        heads,
        rows,
        right=range(2, 10),
        whole=[1],
    )
    say(f"Every price in {made.files[0]} is a placeholder, and hours of the day are ours: the file says none.")
    if made.boards:
        say(f"Judge a board with: cupola check {where} {made.boards[0][0].stem}")
    say(f"Look for a better one with: cupola plan {where}")
