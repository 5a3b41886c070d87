"""`cupola sides`: the script's pages of one shooting day as PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.cli.home import PLAN_NAME, AsJson, BoardName, board_path, folder_and_word, read_both
from cupola.cli.pages import PaperName, paper_named, read_screenplay
from cupola.cli.paper import WhichDay, days_named, file_word, told_files
from cupola.errors import BoardError

if TYPE_CHECKING:
    from cupola.model import Day, Script
    from cupola.paper.pdf import Sheet
    from cupola.paper.sides import SidesPage
    from cupola.script.elements import Screenplay
    from cupola.script.pages import Page, Paper

Where = Annotated[str, typer.Argument(metavar="DIR", help="The production's folder (default: here).")]
OutFile = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to write (default: DIR/paper/sides-….pdf).")]
InScriptOrder = Annotated[bool, typer.Option("--script-order", help="Pages in the order of the script, each of them once.")]
Half = Annotated[bool, typer.Option("--half", help="Half size, two pages on a sheet.")]

OMITTED = "omitted"
"""What stands for the number of an omitted scene that has lost its own."""


def sides(
    folder: Where = "",
    day: WhichDay = "",
    board: BoardName = PLAN_NAME,
    out: OutFile = None,
    script_order: InScriptOrder = False,
    half: Half = False,
    paper: PaperName = "letter",
    as_json: AsJson = False,
) -> None:
    """Write the script pages of a day as PDF, other scenes struck through."""
    from cupola.files import make_folder, write_bytes
    from cupola.paper.sides import sides as sides_of
    from cupola.paper.sides import sides_pdf

    home, word = folder_and_word(folder, day)
    production, found = read_both(home, board)
    days = days_named(production, found, word, file=str(board_path(home, board)))
    on = paper_named(paper)
    pages = script_pages(read_screenplay(Path(production.script.file), production), production.script, on)
    sheet: Sheet = "a4" if on == "a4" else "us-letter"
    if out and len(days) > 1:
        raise _several(days, word)
    files = []
    for each in days:
        handed = sides_of(production, found, each, pages, order="script" if script_order else "shooting")
        target = out or home / "paper" / f"sides-{file_word(each.unit)}-{each.number:02d}.pdf"
        make_folder(target.parent)
        files.append(write_bytes(target, sides_pdf(production, found, handed, paper=sheet, half=half)))
    told_files(files, as_json=as_json)


def _several(days: Sequence[Day], word: str) -> BoardError:
    named = " or ".join(f"{day.unit}:{day.number}" for day in days)
    return BoardError("a file holds the sides of one unit", value=word, remedy=f"name one: {named}, or leave --out away")


def script_pages(screenplay: Screenplay, script: Script, paper: Paper) -> list[SidesPage]:
    """Return all pages of a script as they are printed, each line with the number of its scene."""
    from cupola.script.eighths import page_labels
    from cupola.script.pages import lay_out

    pages = lay_out(screenplay, paper=paper)
    headings = screenplay.headings
    by_line = {scene.line: scene.number for scene in script.scenes}
    numbers = {count: by_line.get(one.line) or one.number or OMITTED for count, one in enumerate(headings, 1)}
    labels = page_labels(pages, headings)
    return [_page(page, label, numbers, screenplay) for page, label in zip(pages, labels, strict=True)]


def _page(page: Page, label: str, numbers: Mapping[int, str], screenplay: Screenplay) -> SidesPage:
    from cupola.paper.sides import SidesLine, SidesPage
    from cupola.script.printed import printed_lines

    lines = tuple(
        SidesLine(text=line.text, column=line.column, scene=numbers.get(line.scene, ""), begins=line.begins)
        for line in printed_lines(page)
    )
    newest = max(piece.revision for piece in page.pieces)
    revision = next((f"{one.colour} {one.name}".strip() for one in screenplay.revisions if one.number == newest), "")
    return SidesPage(label=label, lines=lines, revision=revision)
