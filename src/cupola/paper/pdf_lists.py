"""The shooting schedule, the days out of days and every list as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cupola.model import Board, Production
from cupola.paper.dood import CODES, UnitDays, day_out_of_days
from cupola.paper.element_lists import Listing, Section
from cupola.paper.elements import CAST, categories_of, category_days, element_uses
from cupola.paper.html_board import unit_title
from cupola.paper.oneliner import OneLinerDay, one_liner
from cupola.paper.pdf import Sheet, Standard, compiled, span_of
from cupola.paper.strips import StripLine
from cupola.paper.wording import count_text, short_date

COLUMNS = 34
"""Dates that a lying page holds; a longer span goes on below."""


def dood_pdf(
    production: Production,
    board: Board,
    *,
    categories: Sequence[str] | None = None,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the day out of days of the cast, then of every other category (or of those asked for), as a tagged PDF."""
    asked = categories_of(element_uses(production, board)) if categories is None else categories
    parts = [part for category in asked for part in _parts(production, board, category)]
    codes = "  ".join(f"{code} {text}" for code, text in (*CODES.items(), ("I", "idle, unpaid")))
    values = {"film": production.title, "board": board.title, "parts": parts, "codes": codes}
    return compiled("dood.typ", f"{production.title}, day out of days", board, paper, standards, values)


def _parts(production: Production, board: Board, category: str) -> Iterator[dict[str, Any]]:
    is_cast = category == CAST
    tables = day_out_of_days(production, board).units if is_cast else category_days(production, board, category)
    for number, table in enumerate(tables):
        for first in range(0, len(table.dates), COLUMNS):
            part = slice(first, first + COLUMNS)
            yield {
                "title": f"{category.capitalize()}, {unit_title(production.unit(table.unit))}",
                "break-before": number == 0 and first == 0 and is_cast,
                "span": f"{short_date(table.dates[part][0])} to {short_date(table.dates[part][-1])}",
                "what": "Role" if is_cast else category.capitalize(),
                "dates": _dates(table, part),
                "sums": ["work", "hold", "paid", "start", "finish"] if is_cast else ["work", "idle", "start", "finish"],
                "rows": _rows(table, part, is_cast),
            }


def _dates(table: UnitDays, part: slice) -> list[list[str]]:
    return [
        [short_date(day), "" if number is None else str(number)]
        for day, number in zip(table.dates[part], table.numbers[part], strict=True)
    ]


def _rows(table: UnitDays, part: slice, is_cast: bool) -> list[dict[str, Any]]:
    return [
        {
            "number": str(row.board_id),
            "name": row.name or row.cast,
            "codes": list(row.codes[part]),
            "sums": [
                str(row.work),
                str(row.hold),
                *([str(row.total)] if is_cast else []),
                short_date(row.start)[4:],
                short_date(row.finish)[4:],
            ],
        }
        for row in table.rows
    ]


def shooting_schedule_pdf(
    production: Production, board: Board, *, paper: Sheet = "a4", standards: Sequence[Standard] = ()
) -> bytes:
    """Return the shooting schedule as a tagged PDF: the one-liner with everything that each scene needs."""
    lines = one_liner(production, board)
    units = dict.fromkeys(line.unit.id for line in lines.days)
    values = {
        "film": lines.title,
        "board": lines.board,
        "span": span_of(board),
        "units": [
            {
                "title": unit_title(production.unit(unit)),
                "days": [_day(production, line) for line in lines.days if line.unit.id == unit],
            }
            for unit in units
        ],
    }
    return compiled("shooting_schedule.typ", f"{lines.title}, shooting schedule", board, paper, standards, values)


def _day(production: Production, line: OneLinerDay) -> dict[str, Any]:
    return {
        "number": str(line.day.number),
        "of": str(line.of),
        "date": line.date,
        "places": " · ".join(line.places),
        "call": line.call,
        "wrap": line.wrap,
        "zone": line.zone,
        "strips": [_strip(production, strip) for strip in line.strips],
        "end": f"End of day {line.day.number} · {count_text(line.scenes, 'scene')} · {line.pages} pages",
    }


def _strip(production: Production, line: StripLine) -> dict[str, Any]:
    numbers = {member.id: str(member.board_id) for member in production.cast}
    boxes: dict[str, list[str]] = {}
    if line.strip.cast:
        ranked = sorted(line.strip.cast, key=lambda name: (int(numbers.get(name, 10**6)), name))
        boxes["Cast"] = [f"{numbers[name]}. {name}" if name in numbers else name for name in ranked]
    boxes["Location"] = [line.place.name]
    for element in line.scene.elements:
        if element.category != CAST:
            boxes.setdefault(element.category.capitalize(), []).append(element.name)
    return {
        "start": line.start,
        "end": line.end,
        "scene": line.number,
        "part": line.part,
        "ie": line.int_ext,
        "set": line.set,
        "word": line.time_of_day,
        "pages": line.pages,
        "synopsis": line.synopsis,
        "light": line.light if line.strip.window else "",
        "fill": line.colour.fill,
        "ink": line.colour.ink,
        "lists": [{"title": title, "things": ", ".join(things)} for title, things in boxes.items()],
    }


def listing_pdf(
    production: Production, board: Board, listing: Listing, *, paper: Sheet = "a4", standards: Sequence[Standard] = ()
) -> bytes:
    """Return a list (elements, scenes, cast, locations, props, kit, data) as a tagged PDF."""
    values = {
        "film": production.title,
        "board": board.title,
        "what": listing.what,
        "span": span_of(board),
        "lying": listing.lying,
        "intro": list(listing.intro),
        "sections": [_section(section) for section in listing.sections],
    }
    return compiled("lists.typ", f"{production.title}, {listing.what}", board, paper, standards, values)


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
