"""Boards: Cupola and its peers on the same work, in one run.

    .venv/bin/python bench/schedule.py [--only talent|feature|movie|replan|orbit] [--quick] [--json]

    talent   the order of scenes with the least wages, to proof: CP-SAT and DIDP (schedule_talent.py)
    feature  a film of 80 and of 200 scenes, its cost and what is proven of it: CP-SAT alone (schedule_feature.py)
    movie    public movie-shoot sequences of 100, 200 and 300 scenes (schedule_movie.py)
    replan   what a slip of two, four and seven days costs, and how quickly a clash is found (schedule_replan.py)
    orbit    the earliest finish of a flight of twelve days: CP-SAT alone (schedule_orbit.py)

`--quick` takes a part of each, in minutes. What is measured, and against what, stands at the head of each file.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from importlib import import_module
from typing import Any

from _bench import outcome, table

PARTS = ("talent", "feature", "movie", "replan", "orbit")


def timed(name: str, quick: bool, as_json: bool) -> dict[str, Any]:
    """Run the rows of a part whose engines are timed side by side."""
    found = {work.name: outcome(work) for work in import_module(f"schedule_{name}").rows(quick=quick)}
    if not as_json and found:
        print(table(found))
    return dict(found)


def feature(quick: bool, as_json: bool) -> dict[str, Any]:
    """Run the films: each engine has the same time, and what it reaches is compared."""
    part = import_module("schedule_feature")
    found: dict[str, Any] = {}
    if not as_json:
        print(part.HEAD)
    for row in part.rows(quick=quick):
        found[row.work] = asdict(row)
        if not as_json:
            print(part.line(row), flush=True)
    return found


def replan(quick: bool, as_json: bool) -> dict[str, Any]:
    """Run the slips and the clash: figures of ours alone, against their goals."""
    part = import_module("schedule_replan")
    found: dict[str, Any] = {}
    for row in part.rows(quick=quick):
        found[row["work"]] = row
        if not as_json:
            print(part.text(row), flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", choices=PARTS, help="run this part alone")
    parser.add_argument("--quick", action="store_true", help="a part of each, in minutes")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    asked = parser.parse_args()
    found: dict[str, Any] = {}
    for name in (asked.only,) if asked.only else PARTS:
        run = {"feature": feature, "replan": replan}.get(name)
        found |= run(asked.quick, asked.json) if run else timed(name, asked.quick, asked.json)
    if asked.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
