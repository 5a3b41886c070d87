"""What every bench shares: run us and our peers on the same work in one process, print a table or one JSON object.

    {work: {"ours_s": s, "peers": {name: s}, "ratio": {name: peer seconds / our seconds}, "missed": {name: n}}}

`missed` counts expected findings that an engine did not make ("cupola" is us). A peer that is not installed is left out.
"""

from __future__ import annotations

import argparse
import gc
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TypedDict


@dataclass(frozen=True, kw_only=True)
class Work:
    """One task. An engine is a call without arguments; `missed` counts what its answer lacks; it is timed `runs` times.

    An engine is asked once before it is timed, so that nothing is loaded or compiled meanwhile; with `once`
    only once in all.
    """

    name: str
    ours: Callable[[], object]
    peers: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    missed: Callable[[str, object], int] | None = None
    runs: int = 7
    once: bool = False


class Outcome(TypedDict):
    ours_s: float
    peers: dict[str, float]
    ratio: dict[str, float]
    missed: dict[str, int]


def run(works: Sequence[Work]) -> dict[str, Outcome]:
    """Run every work, print its outcome as `--json` asks on the command line, and return it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    as_json = parser.parse_args().json
    outcomes = {work.name: outcome(work) for work in works}
    print(json.dumps(outcomes) if as_json else table(outcomes))
    return outcomes


def outcome(work: Work) -> Outcome:
    """Time each engine of a work in turn, round after round, so that a busy machine is fair; the best round counts."""
    engines = {"cupola": work.ours, **work.peers}
    answers: dict[str, object] = {} if work.once else {name: engine() for name, engine in engines.items()}
    best = dict.fromkeys(engines, float("inf"))
    for _ in range(1 if work.once else work.runs):
        for name, engine in engines.items():
            taken, answers[name] = timed(engine)
            best[name] = min(best[name], taken)
    ours_s = best.pop("cupola")
    missed = {name: work.missed(name, answer) for name, answer in answers.items()} if work.missed else {}
    return {"ours_s": ours_s, "peers": best, "ratio": {name: s / ours_s for name, s in best.items()}, "missed": missed}


def seconds(engine: Callable[[], object]) -> float:
    return timed(engine)[0]


def timed(engine: Callable[[], object]) -> tuple[float, object]:
    """Return how long a call takes by the clock, and its answer."""
    gc.collect()
    start = perf_counter()
    answer = engine()
    return perf_counter() - start, answer


def table(outcomes: Mapping[str, Outcome]) -> str:
    rows = [f"{'work':44} {'engine':18} {'seconds':>10} {'x ours':>8} {'missed':>8}"]
    for name, found in outcomes.items():
        times = {"cupola": found["ours_s"], **found["peers"]}
        for engine, time_s in times.items():
            missed = found["missed"].get(engine, "")
            rows.append(f"{name:44} {engine:18} {time_s:10.4f} {time_s / found['ours_s']:8.2f} {missed:>8}")
    return "\n".join(rows)
