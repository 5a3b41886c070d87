"""The calendar production plan as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from cupola.model import Board, Production
from cupola.paper.callsheet_words import timing, unit_words
from cupola.paper.kpp import PlannedObject, UnitPlan, calendar_plan
from cupola.paper.pdf import Sheet, Standard, compiled
from cupola.paper.phrases import ENGLISH, Phrases
from cupola.paper.wording import short_date

MANY = 6
"""More dates than so many are written as the first and the last."""


def kpp_pdf(
    production: Production,
    board: Board,
    *,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the calendar production plan of a board as a tagged PDF, lying pages."""
    values = {
        "film": production.title,
        "board": board.title,
        "units": [_unit(plan, phrases) for plan in calendar_plan(production, board)],
    }
    return compiled("kpp.typ", f"{production.title}, {phrases('kpp').casefold()}", board, paper, standards, values, phrases)


def _unit(plan: UnitPlan, say: Phrases) -> dict[str, Any]:
    return {
        "title": unit_words(plan.unit, say),
        "rows": [_row(each, number, say) for number, each in enumerate(plan.objects, 1)],
        "total": [
            "",
            say("total"),
            "",
            "",
            say.count(sum(len(each.scenes) for each in plan.objects), "scene"),
            timing(plan.eighths),
            str(plan.days),
            _norm(plan.eighths, Fraction(plan.days)),
            "",
        ],
    }


def _row(each: PlannedObject, number: int, say: Phrases) -> list[str]:
    return [
        str(number),
        each.place.name,
        each.set,
        say.word("ie", each.int_ext),
        ", ".join(f"{scene.number} ({timing(scene.eighths)})" for scene in each.scenes),
        timing(each.eighths),
        _decimal(each.shifts, say),
        _norm(each.eighths, each.shifts),
        _dates(each, say),
    ]


def _decimal(value: Fraction, say: Phrases) -> str:
    text = f"{float(value):.1f}"
    return text.replace(".", ",") if say.is_russian else text


def _norm(eighths: int, shifts: Fraction) -> str:
    """Minutes of film for each shift; a dash where nothing is planned."""
    return timing(round(eighths / shifts)) if shifts else "–"


def _dates(each: PlannedObject, say: Phrases) -> str:
    short = [say.first.short_date(day) if say.lang != "en" else short_date(day) for day in each.dates]
    text = f"{short[0]} … {short[-1]} ({len(short)})" if len(short) > MANY else ", ".join(short)
    missing = f"{say.first('no-day')}: {', '.join(each.unplanned)}" if each.unplanned else ""
    return "; ".join(part for part in (text, missing) if part)
