"""Documents as PDF by typst: values go in as JSON, never as markup; the same board gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

from cupola.model import Board, Production
from cupola.paper.html_board import unit_title
from cupola.paper.oneliner import OneLinerDay, one_liner
from cupola.paper.parts import template
from cupola.paper.strips import StripLine
from cupola.paper.wording import count_text, date_text

Sheet = Literal["a4", "us-letter"]
"""The paper to print on, in typst's words."""

Standard = Literal["ua-1", "a-2b", "a-3b"]
"""A standard to be proven by typst as it writes: accessibility (PDF/UA-1) or archives (PDF/A)."""


def one_liner_pdf(production: Production, board: Board, *, paper: Sheet = "a4", standards: Sequence[Standard] = ()) -> bytes:
    """Return the one-liner of a board as a tagged PDF; typst proves the `standards` asked for."""
    lines = one_liner(production, board)
    units = dict.fromkeys(line.unit.id for line in lines.days)
    values = {
        "film": lines.title,
        "board": lines.board,
        "span": span_of(board),
        "units": [
            {
                "title": unit_title(production.unit(unit)),
                "days": [_one_liner_day(line) for line in lines.days if line.unit.id == unit],
            }
            for unit in units
        ],
        "boneyard": ", ".join(lines.boneyard),
    }
    return compiled("one_liner.typ", f"{lines.title}, one-liner", board, paper, standards, values)


def compiled(name: str, title: str, board: Board, paper: Sheet, standards: Sequence[Standard], values: dict[str, Any]) -> bytes:
    """Compile a template with values; the document's date is the board's first day, so no clock is read."""
    import typst

    first = min((day.date for day in board.days), default=date(1970, 1, 1))
    made = {"title": title, "author": "Cupola", "paper": paper, "date": [first.year, first.month, first.day], **values}
    source = f"{template('common.typ')}\n{template(name)}"
    pdf = typst.compile(
        source.encode(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"data": json.dumps(made, ensure_ascii=False)},
        pdf_standards=[*standards],
        timestamp=int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def span_of(board: Board) -> str:
    """Write from which date to which a board runs."""
    dates = sorted(day.date for day in board.days)
    return f"{date_text(dates[0])} to {date_text(dates[-1])}" if dates else ""


def _strip(line: StripLine) -> dict[str, str]:
    return {
        "scene": line.number,
        "ie": line.int_ext,
        "set": line.set,
        "word": line.time_of_day,
        "part": line.part,
        "synopsis": line.synopsis,
        "pages": line.pages,
        "cast": line.cast_text,
        "start": line.start,
        "end": line.end,
        "light": line.light,
        "fill": line.colour.fill,
        "ink": line.colour.ink,
    }


def _one_liner_day(line: OneLinerDay) -> dict[str, Any]:
    return {
        "number": str(line.day.number),
        "of": str(line.of),
        "date": line.date,
        "places": " · ".join(line.places),
        "call": line.call,
        "wrap": line.wrap,
        "zone": line.zone,
        "strips": [_strip(strip) for strip in line.strips],
        "end": f"End of day {line.day.number} · {count_text(line.scenes, 'scene')} · {line.pages} pages",
    }
