"""`cupola sheet`: a day of a board on paper, and what the verbs that write papers share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli.home import PLAN_NAME, AsJson, BoardName, board_path, folder_and_word, read_both
from cupola.cli.say import print_json, say
from cupola.errors import BoardError, CupolaError

if TYPE_CHECKING:
    from cupola.model import Board, Day, Production
    from cupola.paper.phrases import Phrases

Where = Annotated[str, typer.Argument(metavar="DIR", help="The production's folder (default: here).")]
WhichDay = Annotated[str, typer.Argument(metavar="DAY", help="A shooting day: main:12, orbit:3, or a date.")]
Language = Annotated[str, typer.Option("--lang", metavar="LANG", help="en, ru, or ru+en for both side by side.")]
Recipient = Annotated[str, typer.Option("--for", metavar="NAME", help="Whose copy it is: the name across every page.")]
WithDpr = Annotated[
    bool,
    typer.Option("--dpr", help="The production report of the day, from DIR/dpr/UNIT-NN.toml or .xlsx; first write that form."),
]
FormKind = Annotated[str, typer.Option("--form", metavar="KIND", help="The form that the first --dpr writes: toml or xlsx.")]
OutFolder = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where to write (default: DIR/paper).")]


def sheet(
    folder: Where = "",
    day: WhichDay = "",
    board: BoardName = PLAN_NAME,
    lang: Language = "en",
    recipient: Recipient = "",
    dpr: WithDpr = False,
    form: FormKind = "",
    out: OutFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write the call sheet of a day as PDF, front and back; or what became of the day."""
    from cupola.cli.paper_sky import paper_sky
    from cupola.files import make_folder, write_bytes
    from cupola.paper.callsheet import sun_of
    from cupola.paper.callsheet_pdf import call_sheet_pdf

    phrases = phrases_of(lang)
    suffix = _form_suffix(form or "toml")
    if form and not dpr:
        raise CupolaError("--form says what form --dpr writes", value=form, remedy="add --dpr, or leave --form out")
    home, word = folder_and_word(folder, day)
    production, found = read_both(home, board)
    days = days_named(production, found, word, file=str(board_path(home, board)))
    if dpr:
        target = make_folder(out or home / "paper")
        files = [_dpr(home, production, found, each, phrases, target, suffix) for each in days]
        told_files(files, as_json=as_json)
        return
    above = paper_sky(production, days)
    target = make_folder(out or home / "paper")
    files = []
    for each in days:
        station = production.unit(each.unit).station
        name = station.station.name if station else ""
        pdf = call_sheet_pdf(
            production,
            found,
            each,
            sun=sun_of(production, each, above.suns),
            suns=above.suns,
            flight=next((sky for sky in above.flights if sky.station == name), None),
            passes=next((passes for passes in above.passes if passes.station == name), None),
            rolls=above.rolls,
            phrases=phrases,
            recipient=recipient,
        )
        files.append(write_bytes(target / sheet_name("call-sheet", each, lang, recipient), pdf))
    told_files(files, as_json=as_json)


def _dpr(home: Path, production: Production, board: Board, day: Day, phrases: Phrases, target: Path, suffix: str) -> Path:
    """Write a day's report from its form; the first time, the form to be filled."""
    from cupola.files import make_folder, write_bytes
    from cupola.files.dpr import form_bytes, form_path, found_form, read_forms
    from cupola.paper.dpr import daily_report
    from cupola.paper.dpr_pdf import dpr_pdf

    if found_form(home, day) is None:
        form = form_path(home, day, suffix)
        make_folder(form.parent)
        return write_bytes(form, form_bytes(production, board, day, suffix))
    report = daily_report(production, board, day, read_forms(home, production, board, day))
    pdf = dpr_pdf(production, board, report, phrases=phrases)
    return write_bytes(target / sheet_name("dpr", day, phrases.lang), pdf)


def _form_suffix(kind: str) -> str:
    from cupola.files import did_you_mean
    from cupola.files.dpr import TOML, XLSX

    kinds = {suffix.removeprefix("."): suffix for suffix in (TOML, XLSX)}
    if kind.casefold() not in kinds:
        raise CupolaError("a form is toml or xlsx", value=kind, remedy=did_you_mean(kind, kinds))
    return kinds[kind.casefold()]


def sheet_name(what: str, day: Day, lang: str, recipient: str = "") -> str:
    """Return the file of a day's sheet: `call-sheet-main-01.pdf`, `call-sheet-main-01-ru-en-Ivanova.pdf`."""
    words = [what, file_word(day.unit), f"{day.number:02d}", *([] if lang == "en" else [file_word(lang)])]
    return "-".join([*words, *([file_word(recipient)] if recipient else [])]) + ".pdf"


def phrases_of(lang: str) -> Phrases:
    """Return the words of a language; raises CupolaError for one that Cupola does not write."""
    from cupola.files import did_you_mean
    from cupola.paper.phrases import LANGUAGES, Phrases

    for known in LANGUAGES:
        if known == lang.casefold():
            return Phrases(lang=known)
    raise CupolaError("documents are in en, ru or ru+en", value=lang, remedy=did_you_mean(lang, LANGUAGES))


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


def file_word(word: str) -> str:
    """Return a unit's id as part of a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in word)


def told_files(files: Sequence[Path], *, as_json: bool) -> None:
    """Print which files were written."""
    if as_json:
        print_json({"files": [str(file) for file in files]})
        return
    for file in files:
        say(str(file))
