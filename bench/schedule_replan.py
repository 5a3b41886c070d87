"""Replan and why, in figures: what a slip of two, four and seven days costs, and how quickly a clash is found.

    .venv/bin/python bench/schedule_replan.py [--json] [--quick]

A feature of 200 scenes is agreed; the dates on which its second lead cannot work move. `ours_s` is CPU time of this process.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "schedule"))

import invented
import test_schedule_why as planted_case

from cupola.model import Board, Dates, Production
from cupola.model.work import works_of
from cupola.schedule import Halt, Stop, solve
from cupola.schedule.earth import earth_case
from cupola.schedule.explain import clash_of
from cupola.schedule.replan import replan
from cupola.schedule.replan_count import Weights, changes_between
from cupola.schedule.replan_cuts import Judge
from cupola.schedule.replan_earth import EarthReplan
from cupola.schedule.replan_model import task_of

SLIPS = (2, 4, 7)
FLYER = "C1"


def film(slip: int, *, scenes: int) -> tuple[Production, Any]:
    """A feature whose second lead is away from day 21 to day 47, `slip` days later."""
    production, windows = invented.feature(scenes=scenes, cast=24, weeks=12, seed=0)
    first, last = (invented.FIRST + timedelta(days=n + slip) for n in (21, 47))
    away = Dates(first=first, last=last, why="flight", flight="orbit")
    cast = tuple(dataclasses.replace(member, away=(away,)) if member.id == FLYER else member for member in production.cast)
    return dataclasses.replace(production, cast=cast), windows


def rows(*, quick: bool) -> list[dict[str, Any]]:
    """Return a row for each slip and one for the clash among 300 wishes."""
    scenes, effort = (80, 5.0) if quick else (200, 30.0)
    production, windows = film(0, scenes=scenes)
    agreed = solve(production, windows, stop=Stop(seconds=effort, fuse=False), seed=1)
    found = [_slip(slip, agreed, scenes=scenes, effort=effort) for slip in (SLIPS[:1] if quick else SLIPS)]
    return [*found, _clash()]


def _slip(slip: int, agreed: Board, *, scenes: int, effort: float) -> dict[str, Any]:
    changed, windows = film(slip, scenes=scenes)
    unit, works = changed.units[0], works_of(changed)
    began = process_time()
    case = earth_case(changed, unit, works, windows)
    task = task_of(case, agreed)
    run = EarthReplan(task=task, judge=Judge(task=task), weights=Weights(), halt=Halt())
    fewest = run.fewest(limit=4)
    proven = fewest is not None and run.is_fewest(fewest.value, limit=4)
    fewest_s = process_time() - began
    began = process_time()
    front = replan(changed, agreed, windows, stop=Stop(seconds=effort, fuse=False)).options
    front_s = process_time() - began
    anew = solve(changed, windows, stop=Stop(seconds=effort, fuse=False), seed=1)
    moved = changes_between(agreed, anew).scenes
    return {
        "work": f"slip of {slip} days, {scenes} scenes",
        "ours_s": round(fewest_s, 2),
        "fewest": fewest.value if fewest else None,
        "proven": proven,
        "front": [(option.changes.scenes, option.cents) for option in front],
        "front_s": round(front_s, 1),
        "cheapest_proven": front[0].is_cheapest,
        "full_solve_moves": moved,
        "full_solve_cents": anew.cost.total_cents,
        "share_of_full": round(fewest.value / moved, 3) if fewest and moved else None,
    }


def _clash() -> dict[str, Any]:
    production, windows = planted_case.planted(300, 1)
    began = process_time()
    found = clash_of(production, production.units[0], works_of(production), windows)
    spent = process_time() - began
    return {
        "work": "clash among 300 wishes",
        "ours_s": round(spent, 2),
        "core": [list(wish) for wish in found[0]] if found else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="a film of 80 scenes and one slip")
    asked = parser.parse_args()
    found = rows(quick=asked.quick)
    if asked.json:
        print(json.dumps({row["work"]: row for row in found}))
        return
    for row in found:
        print(row.pop("work"))
        for key, value in row.items():
            print(f"  {key:18} {value}")


if __name__ == "__main__":
    main()
