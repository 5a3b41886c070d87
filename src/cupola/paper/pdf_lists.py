"""The days out of days and every list as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from cupola.model import Board, Production
from cupola.paper.callsheet_words import unit_words
from cupola.paper.dood import CODES, UnitDays, day_out_of_days
from cupola.paper.element_lists import Listing, Section
from cupola.paper.elements import CAST, categories_of, category_days, element_uses
from cupola.paper.pdf import Sheet, Standard, compiled, span_of
from cupola.paper.pdf_strips import category_words
from cupola.paper.phrases import ENGLISH, Phrases

COLUMNS = 34
"""Dates that a lying page holds; a longer span goes on below."""

CAST_SUMS, OTHER_SUMS = ("work", "hold", "paid", "start", "finish"), ("work", "idle", "start", "finish")


def dood_pdf(
    production: Production,
    board: Board,
    *,
    categories: Sequence[str] | None = None,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the day out of days of the cast, then of every other category (or of those asked for), as a tagged PDF."""
    asked = categories_of(element_uses(production, board)) if categories is None else categories
    parts = [part for category in asked for part in _parts(production, board, category, phrases)]
    known = [*CODES.items(), ("I", "idle, unpaid")]
    codes = [[code, phrases.first.word("dood", code) if phrases.is_russian else text] for code, text in known]
    values = {"film": production.title, "board": board.title, "parts": parts, "codes": codes}
    title = f"{production.title}, {phrases('dood').casefold()}"
    return compiled("dood.typ", title, board, paper, standards, values, phrases)


def _parts(production: Production, board: Board, category: str, say: Phrases) -> Iterator[dict[str, Any]]:
    is_cast = category == CAST
    tables = day_out_of_days(production, board).units if is_cast else category_days(production, board, category)
    for number, table in enumerate(tables):
        for first in range(0, len(table.dates), COLUMNS):
            part = slice(first, first + COLUMNS)
            dates = table.dates[part]
            yield {
                "title": f"{category_words(category, say)} · {unit_words(production.unit(table.unit), say)}",
                "break-before": number == 0 and first == 0 and is_cast,
                "span": say.first("from-to", first=dates[0], last=dates[-1]),
                "what": say("role") if is_cast else category_words(category, say),
                "dates": _dates(table, part, say),
                "sums": [say(f"sum-{name}") for name in (CAST_SUMS if is_cast else OTHER_SUMS)],
                "rows": _rows(table, part, is_cast, say),
            }


def _dates(table: UnitDays, part: slice, say: Phrases) -> list[list[str]]:
    return [
        [say.first.short_date(day), "" if number is None else str(number)]
        for day, number in zip(table.dates[part], table.numbers[part], strict=True)
    ]


def _rows(table: UnitDays, part: slice, is_cast: bool, say: Phrases) -> list[dict[str, Any]]:
    def day(on: date) -> str:
        return say.first.short_date(on).partition(" ")[2]

    return [
        {
            "number": str(row.board_id),
            "name": row.name or row.cast,
            "codes": list(row.codes[part]),
            "sums": [str(row.work), str(row.hold), *([str(row.total)] if is_cast else []), day(row.start), day(row.finish)],
        }
        for row in table.rows
    ]


def listing_pdf(
    production: Production,
    board: Board,
    listing: Listing,
    *,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return a list (elements, scenes, cast, locations, props, kit, data), made with the same `phrases`, as a tagged PDF."""
    values = {
        "film": production.title,
        "board": board.title,
        "what": listing.what,
        "span": span_of(board, phrases),
        "lying": listing.lying,
        "intro": list(listing.intro),
        "sections": [_section(section) for section in listing.sections],
    }
    title = f"{production.title}, {listing.what.casefold()}"
    return compiled("lists.typ", title, board, paper, standards, values, phrases)


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "note": section.note,
        "head": list(section.head),
        "widths": list(section.widths),
        "aligns": ["r" if column in section.right else "l" for column in range(len(section.head))],
        "bold": section.bold,
        "none": section.none,
        "total": list(section.total),
        "rows": [
            {
                "cells": list(row.cells),
                "fill": row.colour.fill if row.colour else "",
                "ink": row.colour.ink if row.colour else "",
                "warn": row.warn,
            }
            for row in section.rows
        ],
    }
