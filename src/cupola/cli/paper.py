"""`cupola sheet` and `cupola report`: a board on paper."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli.home import PLAN_NAME, AsJson, BoardName, Folder, board_path, folder_and_word, read_both
from cupola.cli.light import windows_of_production
from cupola.cli.say import print_json, say
from cupola.errors import BoardError

if TYPE_CHECKING:
    from cupola.model import Board, Day, FlightSky, Production, SunTimes

Where = Annotated[str, typer.Argument(metavar="DIR", help="The production's folder (default: here).")]
WhichDay = Annotated[str, typer.Argument(metavar="DAY", help="A shooting day: main:12, orbit:3, or a date.")]
OutFolder = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where to write (default: DIR/paper).")]


def sheet(
    folder: Where = "", day: WhichDay = "", board: BoardName = PLAN_NAME, out: OutFolder = None, as_json: AsJson = False
) -> None:
    """Write the call sheet of a day as PDF."""
    from cupola.files import make_folder, write_bytes
    from cupola.paper.pdf import call_sheet_pdf

    home, word = folder_and_word(folder, day)
    production, found = read_both(home, board)
    days = days_named(production, found, word, file=str(board_path(home, board)))
    suns, flights = suns_of(production, days), flights_of(production, days)
    target = make_folder(out or home / "paper")
    files = []
    for each in days:
        station = production.unit(each.unit).station
        sun = next((sun for sun in suns if each.strips and (sun.place, sun.date) == (each.strips[0].place, each.date)), None)
        flight = next((sky for sky in flights if station and sky.station == station.station.name), None)
        pdf = call_sheet_pdf(production, found, each, sun=sun, flight=flight)
        files.append(write_bytes(target / f"call-sheet-{file_word(each.unit)}-{each.number:02d}.pdf", pdf))
    told_files(files, as_json=as_json)


def report(folder: Folder = Path(), board: BoardName = PLAN_NAME, out: OutFolder = None, as_json: AsJson = False) -> None:
    """Write a board as a book, a one-liner, call sheets and tables."""
    from cupola.files import make_folder, read_log, write_bytes
    from cupola.paper import tables
    from cupola.paper.html import report_html
    from cupola.paper.pdf import call_sheets_pdf, one_liner_pdf
    from cupola.paper.pdf_boards import breakdown_pdf, stripboard_pdf
    from cupola.paper.pdf_lists import dood_pdf, shooting_schedule_pdf
    from cupola.paper.workbook import board_xlsx
    from cupola.rules import check

    production, found = read_both(folder, board)
    suns, flights = suns_of(production, found.days), flights_of(production, found.days)
    violations = check(production, found, windows_of_production(production))
    steps = read_log(board_path(folder, board))
    book = report_html(production, found, flights=flights, suns=suns, violations=violations, progress=steps)
    contents = {
        "report.html": ("The production book: board, flight, days out of days, costs", book.encode()),
        "one-liner.pdf": ("One-liner", one_liner_pdf(production, found)),
        "call-sheets.pdf": ("Call sheets of all days", call_sheets_pdf(production, found, suns=suns, flights=flights)),
        "stripboard.pdf": ("Stripboard", stripboard_pdf(production, found)),
        "shooting-schedule.pdf": ("Shooting schedule", shooting_schedule_pdf(production, found)),
        "dood.pdf": ("Day out of days of every category", dood_pdf(production, found)),
        "breakdown.pdf": ("Breakdown sheets", breakdown_pdf(production, found)),
        "board.xlsx": (
            "The board, days out of days, elements, scenes, windows and costs as a workbook",
            board_xlsx(production, found),
        ),
        "stripboard.csv": ("The board as a table", tables.stripboard_csv(production, found).encode()),
        "dood.csv": ("Day out of days as a table", tables.dood_csv(production, found).encode()),
        "costs.csv": ("Costs as a table", tables.costs_csv(found).encode()),
        "windows.csv": ("The windows on the board as a table", tables.windows_csv(production, found).encode()),
    }
    target = make_folder(out or folder / "paper")
    files = [write_bytes(target / name, data) for name, (_, data) in contents.items()]
    words = {name: text for name, (text, _) in contents.items()}
    files.append(write_bytes(target / "index.html", _index(production, found, words).encode()))
    told_files(files, as_json=as_json)


def days_named(production: Production, board: Board, word: str, *, file: str) -> list[Day]:
    """Return the days that a word names: `main:12` (unit and number), `12` where there is one unit, or a date.

    Raises BoardError where the board has no such day.
    """
    unit, colon, number = word.rpartition(":")
    if number.isdigit():
        units = {day.unit for day in board.days}
        found = [
            day for day in board.days if day.number == int(number) and (day.unit == unit or (not colon and len(units) == 1))
        ]
    else:
        try:
            asked = date.fromisoformat(word)
        except ValueError:
            remedy = "write main:12, orbit:3, or a date such as 2022-06-14"
            raise BoardError("a shooting day is a unit and a number, or a date", value=word, remedy=remedy, file=file) from None
        found = [day for day in board.days if day.date == asked]
    if not found:
        spans = ", ".join(_span_text(unit.id, board) for unit in production.units if any(d.unit == unit.id for d in board.days))
        raise BoardError("the board has no such day", value=word, remedy=f"there are: {spans}", file=file)
    return found


def _span_text(unit: str, board: Board) -> str:
    days = [day for day in board.days if day.unit == unit]
    return f"{unit}:1 to {unit}:{len(days)} ({min(day.date for day in days)} to {max(day.date for day in days)})"


def suns_of(production: Production, days: Sequence[Day]) -> list[SunTimes]:
    """Return the Sun over every place on Earth that a day uses."""
    from cupola.sky import sun_times

    asked = {(strip.place, day.date) for day in days if not production.unit(day.unit).is_orbit for strip in day.strips}
    return [sun_times(production.place(place), on) for place, on in sorted(asked)]


def flights_of(production: Production, days: Sequence[Day]) -> list[FlightSky]:
    """Return the sky of the whole flight for every station that a day uses."""
    from cupola.sky import flight_sky

    units = [unit for unit in production.units if any(day.unit == unit.id for day in days)]
    return [flight_sky(u.station.station, start=u.first_utc, end=u.last_utc) for u in units if u.station]


def file_word(word: str) -> str:
    """Return a unit's id as part of a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in word)


def _index(production: Production, board: Board, words: dict[str, str]) -> str:
    title = html.escape(f"{production.title} · {board.title}")
    rows = "\n".join(f'<li><a href="{html.escape(name)}">{html.escape(text)}</a></li>' for name, text in words.items())
    style = "body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}"
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
    return f"{head}\n<h1>{html.escape(production.title)}</h1>\n<ul>\n{rows}\n</ul>\n"


def told_files(files: Sequence[Path], *, as_json: bool) -> None:
    """Print which files were written."""
    if as_json:
        print_json({"files": [str(file) for file in files]})
        return
    for file in files:
        say(str(file))
