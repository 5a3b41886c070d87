"""`cupola report`: a board's documents, all of them with a page of contents, or those that are named."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from cupola.cli.home import PLAN_NAME, PRODUCTION_NAME, AsJson, BoardName, board_path, read_both
from cupola.cli.light import windows_of_production
from cupola.cli.paper import Language, OutFolder, phrases_of, told_files
from cupola.errors import CupolaError

if TYPE_CHECKING:
    from cupola.cli.paper_sky import PaperSky
    from cupola.model import Board, Production
    from cupola.paper.element_lists import Listing
    from cupola.paper.phrases import Phrases

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[DIR] [NAME]...", help="The production's folder (default: here), and documents by name (default: all)."
    ),
]


@dataclass(frozen=True, kw_only=True)
class Source:
    """What documents are made from; the sky is asked for once, and only by a document that prints it."""

    production: Production
    board: Board
    path: Path
    phrases: Phrases

    @cached_property
    def above(self) -> PaperSky:
        from cupola.cli.paper_sky import paper_sky

        return paper_sky(self.production, self.board.days)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document: its file, its group, what it is in a sentence, how it is made, and whether it needs a unit in orbit."""

    file: str
    group: str
    title: str
    says: str
    make: Callable[[Source], bytes]
    aboard: bool = False

    @property
    def stem(self) -> str:
        return self.file.rpartition(".")[0]


def _book(source: Source) -> bytes:
    from cupola.files import read_log
    from cupola.paper.html import report_html
    from cupola.rules import check

    production, board, above = source.production, source.board, source.above
    violations = check(production, board, windows_of_production(production))
    steps = read_log(source.path)
    text = report_html(production, board, flights=above.flights, suns=above.suns, violations=violations, progress=steps)
    return text.encode()


def _one_liner(source: Source) -> bytes:
    from cupola.paper.pdf_boards import one_liner_pdf

    return one_liner_pdf(source.production, source.board, phrases=source.phrases)


def _call_sheets(source: Source) -> bytes:
    from cupola.paper.callsheet_pdf import call_sheets_pdf

    above = source.above
    return call_sheets_pdf(
        source.production,
        source.board,
        suns=above.suns,
        flights=above.flights,
        passes=above.passes,
        rolls=above.rolls,
        phrases=source.phrases,
    )


def _stripboard(source: Source) -> bytes:
    from cupola.paper.pdf_boards import stripboard_pdf

    return stripboard_pdf(source.production, source.board, phrases=source.phrases)


def _breakdown(source: Source) -> bytes:
    from cupola.paper.pdf_boards import breakdown_pdf

    return breakdown_pdf(source.production, source.board, phrases=source.phrases)


def _shooting_schedule(source: Source) -> bytes:
    from cupola.paper.pdf_boards import shooting_schedule_pdf

    return shooting_schedule_pdf(source.production, source.board, phrases=source.phrases)


def _dood(source: Source) -> bytes:
    from cupola.paper.pdf_lists import dood_pdf

    return dood_pdf(source.production, source.board, phrases=source.phrases)


def _calendar_plan(source: Source) -> bytes:
    from cupola.paper.kpp_pdf import kpp_pdf

    return kpp_pdf(source.production, source.board, phrases=source.phrases)


def _listing(name: str) -> Callable[[Source], bytes]:
    def made(source: Source) -> bytes:
        from cupola.paper.element_lists import LISTINGS

        return _listed(source, LISTINGS[name](source.production, source.board, source.phrases))

    return made


def _listed(source: Source, listing: Listing) -> bytes:
    from cupola.paper.pdf_lists import listing_pdf

    return listing_pdf(source.production, source.board, listing, phrases=source.phrases)


def _procedures(source: Source) -> bytes:
    from cupola.paper.pdf_flight import procedures_pdf

    return procedures_pdf(source.production, source.board, phrases=source.phrases)


def _timeline(source: Source) -> bytes:
    from cupola.paper.pdf_flight import timeline_pdf

    return timeline_pdf(source.production, source.board, flights=source.above.flights, phrases=source.phrases)


def _kit(source: Source) -> bytes:
    from cupola.paper.flight_lists import kit_listing

    return _listed(source, kit_listing(source.production, source.phrases))


def _data(source: Source) -> bytes:
    from cupola.paper.flight_lists import data_listing

    return _listed(source, data_listing(source.production, source.board, source.phrases))


def _workbook(source: Source) -> bytes:
    from cupola.paper.workbook import board_xlsx

    return board_xlsx(source.production, source.board)


def _table(name: str) -> Callable[[Source], bytes]:
    def made(source: Source) -> bytes:
        from cupola.paper import tables

        if name == "costs":
            return tables.costs_csv(source.board).encode()
        writer = {"stripboard": tables.stripboard_csv, "dood": tables.dood_csv, "windows": tables.windows_csv}[name]
        return writer(source.production, source.board).encode()

    return made


BOARD, DAYS, LISTS, FLIGHT, TABLES = "The board", "Shooting days", "Lists", "The flight", "Tables"
PAPERS: tuple[Paper, ...] = tuple(
    Paper(file=file, group=group, title=title, says=says, make=make, aboard=group == FLIGHT)
    for file, group, title, says, make in (
        ("report.html", BOARD, "Production book", "Board, flight, days out of days and costs, for a browser.", _book),
        ("stripboard.pdf", BOARD, "Stripboard", "Every strip in its colour, cast in columns, light on the strip.", _stripboard),
        ("one-liner.pdf", BOARD, "One-liner", "A line for each strip, a bar for each day.", _one_liner),
        ("shooting-schedule.pdf", BOARD, "Shooting schedule", "The one-liner with what each scene needs.", _shooting_schedule),
        ("calendar-plan.pdf", BOARD, "Calendar plan", "The calendar production plan (КПП).", _calendar_plan),
        ("call-sheets.pdf", DAYS, "Call sheets", "All days, front and back.", _call_sheets),
        ("breakdown.pdf", LISTS, "Breakdown sheets", "A page for each scene.", _breakdown),
        ("dood.pdf", LISTS, "Day out of days", "Who and what is needed on which day.", _dood),
        ("elements.pdf", LISTS, "Element report", "Elements by category, with scenes and days.", _listing("elements")),
        ("scenes.pdf", LISTS, "Scene list", "Every scene in script order, and when it is shot.", _listing("scenes")),
        ("cast.pdf", LISTS, "Cast list", "Roles by board number, with scenes and days.", _listing("cast")),
        ("locations.pdf", LISTS, "Location list", "Places, their sets, and their days.", _listing("locations")),
        ("props.pdf", LISTS, "Prop list", "Props with scenes and days.", _listing("props")),
        ("procedures.pdf", FLIGHT, "Crew procedures", "Each setup step by step: when, where, by whom.", _procedures),
        ("timeline.pdf", FLIGHT, "Crew timeline", "Everybody's crew days, in steps of five minutes.", _timeline),
        ("kit.pdf", FLIGHT, "Mass and stowage list", "What flies, in which bag, on which ship.", _kit),
        ("data.pdf", FLIGHT, "Data and card plan", "Pictures by take, cards, copies, proxies.", _data),
        ("board.xlsx", TABLES, "Workbook", "Board, days out of days, elements, scenes, windows, costs.", _workbook),
        ("stripboard.csv", TABLES, "Board", "A row for each strip.", _table("stripboard")),
        ("dood.csv", TABLES, "Day out of days", "A row for each of the cast.", _table("dood")),
        ("costs.csv", TABLES, "Costs", "A row for each line.", _table("costs")),
        ("windows.csv", TABLES, "Windows", "The windows on the board.", _table("windows")),
    )
)  # fmt: skip
"""Every document, in the order of the contents."""


def report(
    words: Words = None,
    board: BoardName = PLAN_NAME,
    lang: Language = "en",
    out: OutFolder = None,
    as_json: AsJson = False,
) -> None:
    """Write a board's documents: all, with a page of contents, or those that are named."""
    from cupola.files import make_folder, write_bytes

    folder, names = folder_and_names(words or [])
    phrases = phrases_of(lang)
    asked = papers_named(names)
    production, found = read_both(folder, board)
    source = Source(production=production, board=found, path=board_path(folder, board), phrases=phrases)
    papers = _flown(asked, production, found) if asked else _of_film(production, found)
    made = {paper.file: paper.make(source) for paper in papers}
    target = make_folder(out or folder / "paper")
    files = [write_bytes(target / name, data) for name, data in made.items()]
    if not asked:
        others = others_in(target, [*made, INDEX])
        files.append(write_bytes(target / INDEX, contents(production, found, papers, others).encode()))
    told_files(files, as_json=as_json)


def folder_and_names(words: Sequence[str]) -> tuple[Path, list[str]]:
    """Tell the production's folder from the names of documents, in whatever order they stand.

    A word that is no document is the folder, unless the production is here.
    """
    folders = [word for word in words if (Path(word) / PRODUCTION_NAME).is_file()]
    here = (Path() / PRODUCTION_NAME).is_file()
    if not folders and not here:
        folders = [word for word in words if not _called(word)][:1]
    folder = folders[0] if folders else "."
    return Path(folder), [word for word in words if word != folder]


def _called(word: str) -> list[Paper]:
    """Return the document of a name: its file, else the first with that name before the point."""
    return [paper for paper in PAPERS if paper.file == word] or [paper for paper in PAPERS if paper.stem == word][:1]


def papers_named(names: Sequence[str]) -> tuple[Paper, ...]:
    """Return the documents that are named; raises CupolaError for a name that none has."""
    from cupola.files import did_you_mean

    for name in names:
        if not _called(name):
            known = [paper.stem if _called(paper.stem) == [paper] else paper.file for paper in PAPERS]
            near = did_you_mean(name, known, "take one of these:")
            raise CupolaError("no document has this name", value=name, remedy=f"{near} {', '.join(known)}")
    return tuple(dict.fromkeys(paper for name in names for paper in _called(name)))


def _flown(papers: Sequence[Paper], production: Production, board: Board) -> Sequence[Paper]:
    """Return the documents asked for; raises CupolaError for one of the flight where nobody flies."""
    for paper in papers:
        if paper.aboard and not _flies(production, board):
            rule = f"{paper.stem} is about a unit in orbit, and this board has no day of one"
            raise CupolaError(rule, value=paper.stem, remedy='give a unit kind = "orbit", and plan it')
    return papers


def _of_film(production: Production, board: Board) -> tuple[Paper, ...]:
    """Return the documents of a film; those of a flight only where one is flown."""
    return tuple(paper for paper in PAPERS if not paper.aboard or _flies(production, board))


def _flies(production: Production, board: Board) -> bool:
    orbit = {unit.id for unit in production.units if unit.is_orbit}
    return any(day.unit in orbit for day in board.days)


INDEX = "index.html"
ALSO = "Also in this folder"

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:3rem auto;padding:0 1rem;color:#14171c}"
    "h1{margin-bottom:0}h2{font-size:1rem;margin:2rem 0 .25rem;border-bottom:1px solid #14171c}p{margin:0;color:#59616c}"
    "table{border-collapse:collapse;width:100%}td{padding:.3rem .75rem .3rem 0;border-bottom:1px solid #c9cdd3}"
    "td:first-child{width:15rem;font-weight:600}td:last-child{width:4rem;color:#59616c;text-align:right}"
)


def others_in(folder: Path, known: Sequence[str]) -> tuple[str, ...]:
    """Return what else is in a folder of documents and those below it, such as exports and call sheets; nothing hidden."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(f"{at.as_posix()}" for at in found if str(at) not in known and not any(p[0] == "." for p in at.parts)))


def contents(production: Production, board: Board, papers: Sequence[Paper], others: Sequence[str] = ()) -> str:
    """Return the page of contents: every document with what it is, and what else is in its folder."""
    title = html.escape(f"{production.title} · {board.title}")
    head = f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    groups = dict.fromkeys(paper.group for paper in papers)
    tables = [_group(group, [paper for paper in papers if paper.group == group]) for group in groups]
    tables += [_others(others)] if others else []
    return "\n".join(
        [head, f"<h1>{html.escape(production.title)}</h1>\n<p>{html.escape(board.title)}</p>", *tables, "</html>\n"]
    )


def _others(names: Sequence[str]) -> str:
    from cupola.exchange.exporters import exporters

    says = {exporter.suffix: exporter.title for exporter in exporters().values()} | {".ics": "A calendar to subscribe to"}
    rows = [
        f'<tr><td><a href="{quote(name)}">{html.escape(name)}</a>'
        f"<td>{html.escape(next((text for suffix, text in says.items() if name.endswith(suffix)), ''))}"
        f"<td>{html.escape(Path(name).suffix[1:].upper())}"
        for name in names
    ]
    return "\n".join([f"<h2>{ALSO}</h2>\n<table>", *rows, "</table>"])


def _group(group: str, papers: Sequence[Paper]) -> str:
    rows = [
        f'<tr><td><a href="{html.escape(paper.file)}">{html.escape(paper.title)}</a><td>{html.escape(paper.says)}'
        f"<td>{paper.file.rpartition('.')[2].upper()}"
        for paper in papers
    ]
    return "\n".join([f"<h2>{html.escape(group)}</h2>\n<table>", *rows, "</table>"])
