"""Documents as PDF by typst: values go in as JSON, never as markup; the same board gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

from cupola.model import Board
from cupola.paper.parts import template
from cupola.paper.phrases import ENGLISH, Phrases

Sheet = Literal["a4", "us-letter"]
"""The paper to print on, in typst's words."""

Standard = Literal["ua-1", "a-2b", "a-3b"]
"""A standard to be proven by typst as it writes: accessibility (PDF/UA-1) or archives (PDF/A)."""


def compiled(
    name: str,
    title: str,
    board: Board,
    paper: Sheet,
    standards: Sequence[Standard],
    values: dict[str, Any],
    phrases: Phrases = ENGLISH,
) -> bytes:
    """Compile a template with values and the captions of a language; the document's date is the board's first day, so no
    clock is read.
    """
    import typst

    first = min((day.date for day in board.days), default=date(1970, 1, 1))
    made = {
        "title": title,
        "author": "Cupola",
        "paper": paper,
        "date": [first.year, first.month, first.day],
        "lang": phrases.code,
        "words": phrases.captions,
        "russian": phrases.is_russian,
        "wide": phrases.lang == "ru+en",
        "page-of": phrases.first("page-of", number="{number}", of="{of}"),
        **values,
    }
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


def span_of(board: Board, phrases: Phrases = ENGLISH) -> str:
    """Write from which date to which a board runs."""
    dates = sorted(day.date for day in board.days)
    return phrases.first("from-to", first=dates[0], last=dates[-1]) if dates else ""
