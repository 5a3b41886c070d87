"""Crew procedures and the crew's timeline as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cupola.model import Board, FlightSky, Production
from cupola.paper.callsheet_words import unit_words
from cupola.paper.flight import ProcedureDay, Setup, Step, crew_key, day_title, procedures, size_text
from cupola.paper.flight_data import orbit_units
from cupola.paper.flight_timeline import CELLS, Run, TimelineDay, timeline
from cupola.paper.orbit_day import flight_of
from cupola.paper.pdf import Sheet, Standard, compiled
from cupola.paper.phrases import ENGLISH, Phrases
from cupola.paper.wording import clock, clock_s

LANES = 3
LETTER = 0.0042
"""Width of a letter of a strip's name, as a share of the day."""


def procedures_pdf(
    production: Production,
    board: Board,
    *,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the crew procedures of every orbit unit as a tagged PDF, each crew day on a page of its own."""
    units = []
    for unit in orbit_units(production, board):
        found = procedures(production, board, unit, phrases)
        days = [_day(day, len(found.days), phrases) for day in found.days]
        units.append({"title": unit_words(unit, phrases), "crew": [list(row) for row in crew_key(unit)], "days": days})
    values = {"film": production.title, "board": board.title, "units": units}
    title = f"{production.title}, {phrases('procedures').casefold()}"
    return compiled("flight_procedures.typ", title, board, paper, standards, values, phrases)


def _day(day: ProcedureDay, of: int, say: Phrases) -> dict[str, Any]:
    note = say(
        "day-setups",
        setups=lambda one: one.count(len(day.setups), "setup"),
        strips=lambda one: one.count(len(day.day.strips), "strip"),
        size=lambda one: size_text(day.data.gb, one),
        cards=lambda one: one.count(len(day.data.cards), "card"),
        clock=clock(day.data.copied_utc),
        date=lambda one: one.short_date(day.data.copied_utc.date()),
    )
    return {
        "title": day_title(day, of, say),
        "note": note,
        "times": f"{clock(day.day.call_utc)}-{clock(day.day.wrap_utc)} UTC",
        "setups": [_setup(setup, number, say) for number, setup in enumerate(day.setups, 1)],
    }


def _setup(setup: Setup, number: int, say: Phrases) -> dict[str, Any]:
    return {
        "number": say.first("setup-number", number=number),
        "title": setup.title,
        "what": f"{say('strips')}: {', '.join(setup.strips)}" if setup.strips else "",
        "steps": [_step(step, say) for step in setup.steps],
    }


def _step(step: Step, say: Phrases) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "time": f"{_instant(step.start_utc)}{'' if step.end_utc is None else f'-{_instant(step.end_utc)}'}",
        "title": say(f"step-{step.kind}"),
        "who": ", ".join(step.who),
        "where": step.where,
        "lines": list(step.lines),
    }


def _instant(at: datetime) -> str:
    """Write a clock to the second where it is not on the minute."""
    return clock_s(at) if at.second else clock(at)


def timeline_pdf(
    production: Production,
    board: Board,
    *,
    flights: Sequence[FlightSky] = (),
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the crew's timeline as a tagged PDF: every crew day of a flight, a row for everybody, in steps of five minutes."""
    units = [
        {
            "title": unit_words(unit, phrases),
            "days": [_timeline_day(day, phrases) for day in timeline(production, board, unit, flight_of(flights, unit))],
        }
        for unit in orbit_units(production, board)
    ]
    values = {"film": production.title, "board": board.title, "units": units, "cells": CELLS}
    title = f"{production.title}, {phrases('timeline').casefold()}"
    return compiled("flight_timeline.typ", title, board, paper, standards, values, phrases)


def _timeline_day(day: TimelineDay, say: Phrases) -> dict[str, Any]:
    length = day.end_utc - day.start_utc
    date = say.first.short_date(day.date)
    note = say("nothing-shot")
    if day.day:
        note = say("shooting-day-note", number=day.day.number, strips=lambda one: one.count(len(day.strips), "strip"))
    return {
        "title": say.first("flight-day", number=day.number, date=date, year=day.date.year),
        "note": note,
        "nights": [[(a - day.start_utc) / length, (b - day.start_utc) / length] for a, b in day.nights],
        "sky": bool(day.nights),
        "lanes": _lanes(day.strips),
        "rows": [
            {
                "who": row.who,
                "busy": f"{row.busy_min // 60}:{row.busy_min % 60:02d}" if row.busy_min else "",
                "runs": [[run.kind, run.first, run.end] for run in row.runs if run.kind != "free"],
            }
            for row in day.rows
        ],
    }


def _lanes(strips: Sequence[Run]) -> list[list[list[Any]]]:
    """Put the names of strips on lines so that none runs into the next; what finds no line of its own stands on the last."""
    lanes: list[list[list[Any]]] = []
    free: list[float] = []
    for run in strips:
        middle, half = (run.first + run.end) / 2 / CELLS, (len(run.text) + 1.5) * LETTER / 2
        at = next((n for n, edge in enumerate(free) if middle - half >= edge), None)
        if at is None and len(lanes) < LANES:
            lanes.append([])
            free.append(0.0)
            at = len(lanes) - 1
        at = len(lanes) - 1 if at is None else at
        middle = max(middle, free[at] + half)
        lanes[at].append([middle, run.text])
        free[at] = middle + half
    return lanes
