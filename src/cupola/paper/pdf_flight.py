"""Crew procedures and the crew's timeline as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cupola.model import Board, FlightSky, Production
from cupola.paper.flight import TITLES, ProcedureDay, Setup, Step, crew_key, day_title, procedures
from cupola.paper.flight_data import orbit_units
from cupola.paper.flight_lists import size_text
from cupola.paper.flight_timeline import CELLS, Run, TimelineDay, timeline
from cupola.paper.html_board import unit_title
from cupola.paper.orbit_day import flight_of
from cupola.paper.pdf import Sheet, Standard, compiled
from cupola.paper.wording import clock, clock_s, count_text, short_date

LANES = 3
LETTER = 0.0042
"""Width of a letter of a strip's name, as a share of the day."""


def procedures_pdf(production: Production, board: Board, *, paper: Sheet = "a4", standards: Sequence[Standard] = ()) -> bytes:
    """Return the crew procedures of every orbit unit as a tagged PDF, each crew day on a page of its own."""
    units = []
    for unit in orbit_units(production, board):
        found = procedures(production, board, unit)
        days = [_day(day, len(found.days)) for day in found.days]
        units.append({"title": unit_title(unit), "crew": [list(row) for row in crew_key(unit)], "days": days})
    values = {"film": production.title, "board": board.title, "units": units}
    return compiled("flight_procedures.typ", f"{production.title}, crew procedures", board, paper, standards, values)


def _day(day: ProcedureDay, of: int) -> dict[str, Any]:
    cards = f"{size_text(day.data.gb)} on {count_text(len(day.data.cards), 'card')}"
    copied = f"format from {clock(day.data.copied_utc)} UTC, {short_date(day.data.copied_utc.date())}"
    return {
        "title": day_title(day, of),
        "note": f"{count_text(len(day.setups), 'setup')}, {count_text(len(day.day.strips), 'strip')} · {cards}, {copied}",
        "times": f"{clock(day.day.call_utc)}-{clock(day.day.wrap_utc)} UTC",
        "setups": [_setup(setup) for setup in day.setups],
    }


def _setup(setup: Setup) -> dict[str, Any]:
    what = f"{'strip' if len(setup.strips) == 1 else 'strips'} {', '.join(setup.strips)}" if setup.strips else ""
    return {"title": setup.title, "what": what, "steps": [_step(step) for step in setup.steps]}


def _step(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "time": f"{_instant(step.start_utc)}{'' if step.end_utc is None else f'-{_instant(step.end_utc)}'}",
        "title": TITLES[step.kind],
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
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the crew's timeline as a tagged PDF: every crew day of a flight, a row for everybody, in steps of five minutes."""
    units = [
        {
            "title": unit_title(unit),
            "days": [_timeline_day(day) for day in timeline(production, board, unit, flight_of(flights, unit))],
        }
        for unit in orbit_units(production, board)
    ]
    values = {"film": production.title, "board": board.title, "units": units, "cells": CELLS}
    return compiled("flight_timeline.typ", f"{production.title}, crew timeline", board, paper, standards, values)


def _timeline_day(day: TimelineDay) -> dict[str, Any]:
    length = day.end_utc - day.start_utc
    return {
        "title": f"Flight day {day.number}, {short_date(day.date)} {day.date.year}",
        "note": f"shooting day {day.day.number}, {count_text(len(day.strips), 'strip')}" if day.day else "nothing is shot",
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
