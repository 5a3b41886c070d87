"""Replan and why, in figures: what a slip of two, four and seven days costs, and how quickly a clash is found.

    .venv/bin/python bench/schedule.py --only replan [--quick] [--json]

A feature of 200 scenes is agreed; its lead is away in orbit for four weeks of eight. Then the flight slips: the lead comes
back so many days after the first day that the agreed board has work for them, and leaves as much later. `fewest_s` is what the
fewest changes take with both proofs of them, `front_s` the whole front, in CPU seconds of this process; a new board from
nothing has the same limit of effort as the front. `missed` counts the goals that a row misses.

| work | goals |
|---|---|
| a slip, 200 scenes | fewest changes proven in 5 s; at most a seventh of what a new board moves; at least five boards in 30 s |
| a clash among 300 wishes | named in 2 s, none too many |
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "schedule"))

import invented
import test_schedule_why as planted_case

from cupola.model import Board, Dates, Production, Window
from cupola.model.work import works_of
from cupola.rules import broken, check
from cupola.schedule import Halt, Stop, solve
from cupola.schedule.earth import earth_case
from cupola.schedule.earth_search import warm
from cupola.schedule.explain import clash_of
from cupola.schedule.replan import FEWEST_LEAST, replan
from cupola.schedule.replan_count import Weights, changes_between
from cupola.schedule.replan_cuts import Judge
from cupola.schedule.replan_earth import EarthReplan
from cupola.schedule.replan_model import task_of

Windows = dict[str, tuple[Window, ...]]

SLIPS = (2, 4, 7)
LEAD = "C0"
GOAL_S, GOAL_SHARE, GOAL_BOARDS, GOAL_FRONT_S, GOAL_CLASH_S = 5.0, 1 / 7, 5, 30.0, 2.0


def rows(*, quick: bool) -> Iterator[dict[str, Any]]:
    """Yield a row for each slip and one for the clash among 300 wishes, as soon as it is there."""
    scenes, effort = (80, 5.0) if quick else (200, 30.0)
    production, windows = invented.film_like(scenes=scenes, seed=0)
    agreed = solve(production, windows, stop=Stop(seconds=effort, fuse=False), seed=1)
    for slip in SLIPS[:1] if quick else SLIPS:
        yield _slip(slip, _slipped(production, agreed, slip), windows, agreed, effort)
    yield _clash()


def _slipped(production: Production, agreed: Board, slip: int) -> Production:
    """Return the film with its flight that many days later; the lead's first day back was as early as could be."""
    flight = next(member for member in production.cast if member.id == LEAD).away[0]
    back = min(day.date for day in agreed.days if day.date > flight.last and any(LEAD in strip.cast for strip in day.strips))
    later = Dates(first=flight.first + timedelta(days=slip), last=back + timedelta(days=slip - 1), why="flight")
    cast = tuple(dataclasses.replace(m, away=(later,)) if m.id == LEAD else m for m in production.cast)
    return dataclasses.replace(production, cast=cast)


def _slip(slip: int, changed: Production, windows: Windows, agreed: Board, effort: float) -> dict[str, Any]:
    unit, works = changed.units[0], works_of(changed)
    warm(earth_case(changed, unit, works, windows))
    began = process_time()
    task = task_of(earth_case(changed, unit, works, windows), agreed)
    run = EarthReplan(task=task, judge=Judge(task=task), weights=Weights(), halt=Halt())
    fewest = run.fewest(limit=FEWEST_LEAST)
    proven = fewest is not None and fewest.bound == fewest.value and run.fewer(fewest.value, limit=FEWEST_LEAST)[1]
    fewest_s = process_time() - began
    began = process_time()
    front = replan(changed, agreed, windows, stop=Stop(seconds=effort, fuse=False)).options
    front_s = process_time() - began
    assert all(broken(check(changed, option.board, windows)) == () for option in front)
    anew = solve(changed, windows, stop=Stop(seconds=effort, fuse=False), seed=1)
    moved = changes_between(agreed, anew).scenes
    least = front[0].changes.scenes
    return {
        "work": f"slip of {slip} days, {len(works)} strips",
        "fewest": least,
        "proven": proven and front[0].is_fewest,
        "fewest_s": round(fewest_s, 1),
        "cheapest_proven": front[0].is_cheapest,
        "anew_moves": moved,
        "share": round(least / moved, 3) if moved else None,
        "boards": len(front),
        "front_s": round(front_s, 1),
        "front": [[option.changes.scenes, option.cents] for option in front],
        "anew_cents": anew.cost.total_cents,
        "missed": (not proven or fewest_s > GOAL_S) + (least > moved * GOAL_SHARE) + (len(front) < GOAL_BOARDS)
        + (front_s > GOAL_FRONT_S),
    }  # fmt: skip


def _clash() -> dict[str, Any]:
    production, windows = planted_case.planted(300, 1)
    began = process_time()
    found = clash_of(production, production.units[0], works_of(production), windows)
    spent = process_time() - began
    core = [list(wish) for wish in found[0]] if found else []
    return {
        "work": "clash among 300 wishes",
        "seconds": round(spent, 2),
        "core": core,
        "missed": (not core) + (spent > GOAL_CLASH_S),
    }


def text(row: dict[str, Any]) -> str:
    """Return a row as a person reads it."""
    if "front" not in row:
        return f"{row['work']:28} {len(row['core'])} wishes named in {row['seconds']:.2f} s   missed {row['missed']}"
    proof = "proven" if row["proven"] else "not proven"
    head = (
        f"{row['work']:28} fewest {row['fewest']} {proof} in {row['fewest_s']} s, {row['share']:.1%} of the {row['anew_moves']}"
        f" of a new board; front of {row['boards']} in {row['front_s']} s   missed {row['missed']}"
    )
    units = [f"{'moved':>10} {'cost':>12}", *(f"{count:10} {cents // 100:12,}" for count, cents in row["front"])]
    return "\n".join([head, *units, f"{row['anew_moves']:10} {row['anew_cents'] // 100:12,}  a new board from nothing"])
