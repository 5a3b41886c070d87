"""Printing a book of call sheets: Cupola (typst), ReportLab and WeasyPrint on the same thirty days of six scenes, in one run.

    .venv/bin/python bench/paper.py [--json]

Ours is sixty pages, front and back, tagged. The peers set the same strips and cast in the plainest tables. `missed` counts sets
and light lines that cannot be read back from the page, a fifth of the sets being Cyrillic. A peer that cannot
be loaded is left out, with a word on how to install it.
"""

from __future__ import annotations

import html
import io
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from time import process_time

import pdfplumber

from _bench import Work, run
from cupola.model import (
    Board,
    CastMember,
    Clause,
    Cost,
    Day,
    Light,
    Place,
    Production,
    Provenance,
    Scene,
    Script,
    Shot,
    Strip,
    Unit,
    Window,
)
from cupola.paper import CallSheet, call_sheets, call_sheets_pdf

DAYS, EACH, PAGES, GOAL_S = 30, 6, 60, 2.0
FIRST = date(2022, 6, 1)
SETS = ("HALL", "HARBOUR", "СТЕПЬ", "KITCHEN", "LAMP ROOM")


def made_scene(number: int) -> Scene:
    shot = Shot(scene=str(number), light=Light(clauses=(Clause(condition="dusk"),)), line=20 * number)
    return Scene(
        number=str(number),
        heading="",
        int_ext="EXT",
        hub="TOWN",
        set=f"{SETS[number % 5]} {number}",
        time_of_day="DUSK",
        eighths=1 + number % 12,
        cast=("ANNA", "BORIS"),
        shots=(shot,),
        synopsis="She waits; he lifts a key against the window.",
        line=20 * number,
        end_line=20 * number + 18,
    )


def made_strip(scene: Scene, start: datetime) -> Strip:
    cut = start + timedelta(minutes=50)
    window = Window(
        open_utc=start - timedelta(minutes=5), close_utc=cut + timedelta(minutes=9), edge_s=30, firm=True, why="dusk"
    )
    times = {"start_utc": start, "roll_utc": start, "cut_utc": cut, "end_utc": cut}
    return Strip(
        id=scene.number,
        scene=scene.number,
        shot=scene.number,
        take=1,
        takes=1,
        place="town",
        cast=scene.cast,
        window=window,
        **times,
    )


def made_day(number: int, scenes: tuple[Scene, ...]) -> Day:
    call = datetime.combine(FIRST + timedelta(days=number), time(8), tzinfo=UTC)
    strips = tuple(made_strip(scene, call + timedelta(hours=1 + n)) for n, scene in enumerate(scenes))
    return Day(
        unit="main", date=call.date(), number=number + 1, call_utc=call, wrap_utc=call + timedelta(hours=8), strips=strips
    )


def made() -> tuple[Production, Board]:
    """Make a film of twenty days and its board."""
    scenes = tuple(made_scene(number) for number in range(1, DAYS * EACH + 1))
    span = (datetime(2022, 6, 1, tzinfo=UTC), datetime(2022, 7, 1, tzinfo=UTC))
    production = Production(
        title="A Made Film",
        folder="",
        currency="EUR",
        script=Script(file="", title="A Made Film", scenes=scenes),
        units=(Unit(id="main", kind="earth", first_utc=span[0], last_utc=span[1], days_off=()),),
        places=(Place(id="town", name="Town", hub="Town", unit="main"),),
        cast=tuple(CastMember(id=name, board_id=n) for n, name in enumerate(("ANNA", "BORIS"), 1)),
    )
    days = tuple(made_day(n, scenes[n * EACH : (n + 1) * EACH]) for n in range(DAYS))
    made_from = Provenance(production_digest="", cupola_version="", seed=1, effort="")
    return production, Board(title="Made", days=days, cost=Cost(currency="EUR", lines=()), provenance=made_from)


def by_reportlab(sheets: tuple[CallSheet, ...]) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

    styles, style = (
        getSampleStyleSheet(),
        TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.lightgrey), ("FONTSIZE", (0, 0), (-1, -1), 8)]),
    )
    story: list[object] = []
    for sheet in sheets:
        story.append(
            Paragraph(f"{sheet.title}, day {sheet.day.number} of {sheet.of}, {sheet.date}, call {sheet.call}", styles["Title"])
        )
        rows = [
            row
            for s in sheet.strips
            for row in (
                [s.start, s.number, s.int_ext, s.set, s.time_of_day, s.pages, s.cast_text],
                ["", "", "", s.light, "", "", ""],
            )
        ]
        story.append(Table(rows, style=style))
        story.append(Table([[c.board_id, c.role, c.status, c.call, c.on_set, c.wrap] for c in sheet.cast], style=style))
        story.append(PageBreak())
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()


def by_weasyprint(sheets: tuple[CallSheet, ...]) -> bytes:
    from weasyprint import HTML

    def table(rows: list[list[str]]) -> str:
        return "<table>" + "".join(f"<tr>{''.join(f'<td>{html.escape(c)}' for c in row)}" for row in rows) + "</table>"

    style = (
        "@page{size:A4;margin:13mm}body{font:9pt serif}section{break-after:page}td{border-bottom:.4pt solid #ccc;padding:2pt}"
    )
    parts = [f"<!doctype html><meta charset=utf-8><style>{style}</style>"]
    for sheet in sheets:
        title = html.escape(f"{sheet.title}, day {sheet.day.number} of {sheet.of}, {sheet.date}, call {sheet.call}")
        rows = [
            row
            for s in sheet.strips
            for row in (
                [s.start, s.number, s.int_ext, s.set, s.time_of_day, s.pages, s.cast_text],
                ["", "", "", s.light, "", "", ""],
            )
        ]
        cast = [[c.board_id, c.role, c.status, c.call, c.on_set, c.wrap] for c in sheet.cast]
        parts.append(f"<section><h1>{title}</h1>{table(rows)}{table(cast)}</section>")
    pdf = HTML(string="".join(parts)).write_pdf()
    assert isinstance(pdf, bytes)
    return pdf


HOW = {
    "reportlab": "uv sync --group bench",
    "weasyprint": "uv sync --group bench, and on Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
}


def is_there(name: str) -> bool:
    """Say whether a peer can be loaded; WeasyPrint raises OSError where a library of the system is missing."""
    try:
        import_module(name)
    except (ImportError, OSError) as error:
        print(f"{name} is left out: {str(error).splitlines()[0]}\n  install it: {HOW[name]}", file=sys.stderr)
        return False
    return True


def peers_of(production: Production, board: Board) -> dict[str, Callable[[], bytes]]:
    """Return the peers that can be loaded, and say on stderr how to install the others."""

    def by(engine: Callable[[tuple[CallSheet, ...]], bytes]) -> Callable[[], bytes]:
        return lambda: engine(call_sheets(production, board, board.days))

    engines = {"reportlab": by_reportlab, "weasyprint": by_weasyprint}
    return {name: by(engine) for name, engine in engines.items() if is_there(name)}


def cpu_s(work: Callable[[], object]) -> float:
    """Return the processor's seconds, which other work on the machine does not lengthen."""
    start = process_time()
    work()
    return process_time() - start


def main() -> None:
    production, board = made()
    sheets = call_sheets(production, board, board.days)

    def missed(_: str, answer: object) -> int:
        assert isinstance(answer, bytes)
        with pdfplumber.open(io.BytesIO(answer)) as pdf:
            text = "".join("".join((page.extract_text() or "").split()) for page in pdf.pages)
        told = [words for sheet in sheets for line in sheet.strips for words in (line.set, line.light)]
        return sum("".join(words.split()) not in text for words in told)

    def ours() -> bytes:
        return call_sheets_pdf(production, board)

    with pdfplumber.open(io.BytesIO(ours())) as pdf:
        assert len(pdf.pages) == PAGES, f"the book has {len(pdf.pages)} pages"
    name = f"{PAGES} pages of call sheets, PDF"
    run([Work(name=name, ours=ours, peers=peers_of(production, board), missed=missed, runs=3)])
    spent = min(cpu_s(ours) for _ in range(3))
    print(f"{spent:.2f} s of one processor; the goal is {GOAL_S} s", file=sys.stderr)
    if spent > GOAL_S:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
