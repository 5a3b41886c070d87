"""Boards: Cupola and CP-SAT alone on the same film of 60 scenes, in one run.

    .venv/bin/python bench/schedule.py [--json]

CP-SAT gets the day-assignment model an engineer would write first (dates, places, hubs, moves, holds with one drop), both
cores, and sixty seconds to find a board as cheap as ours; it need not put a day in order. `missed` is 1 where it found none.
Our time is for board, bound, order of each day and pricing.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from ortools.sat.python import cp_model

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "schedule"))

from invented import feature

from _bench import Work, run
from cupola.model import ANY_LIGHT, Production
from cupola.model.work import works_of
from cupola.schedule import Stop, solve
from cupola.schedule.earth import earth_case

CAP_S = 60.0
EFFORT_S = 20.0


def film(seed: int) -> Production:
    """An invented film whose light any lamp can make, so that both engines have the same work."""
    production, _ = feature(scenes=60, cast=14, weeks=6, seed=seed)
    scenes = tuple(
        dataclasses.replace(s, shots=tuple(dataclasses.replace(shot, light=ANY_LIGHT) for shot in s.shots))
        for s in production.script.scenes
    )
    return dataclasses.replace(production, script=dataclasses.replace(production.script, scenes=scenes))


class Reached(cp_model.CpSolverSolutionCallback):
    """Ends the search at the first board that costs no more than the target."""

    def __init__(self, target: int) -> None:
        super().__init__()
        self.target, self.best = target, 0

    def on_solution_callback(self) -> None:
        self.best = int(self.objective_value)
        if self.best <= self.target:
            self.stop_search()


def by_cp_sat(production: Production, target: int) -> int:
    """Return the cost of the best board that CP-SAT alone finds, in minor units; it ends at the target."""
    p = earth_case(production, production.units[0], works_of(production), {}).problem
    n, T = p.ok.shape
    model = cp_model.CpModel()
    on = {(i, d): model.new_bool_var("") for i in range(n) for d in range(T) if p.ok[i, d]}
    hubs = sorted({int(h) for h in p.hub})
    used = [model.new_bool_var("") for _ in range(T)]
    here = [[model.new_bool_var("") for _ in range(T)] for _ in hubs]
    stay = [[model.new_bool_var("") for _ in range(T)] for _ in hubs]
    place = [[model.new_bool_var("") for _ in range(T)] for _ in p.hub]
    cost = []
    for i in range(n):
        model.add_exactly_one(on[i, d] for d in range(T) if (i, d) in on)
    for d in range(T):
        model.add(sum(h[d] for h in here) == used[d])
        model.add_exactly_one(s[d] for s in stay)
        for h, s in zip(here, stay, strict=True):
            model.add_implication(h[d], s[d])
        for l, hub in enumerate(p.hub):
            model.add_implication(place[l][d], here[hubs.index(int(hub))][d])
        todays = [(i, on[i, d]) for i in range(n) if (i, d) in on]
        for i, var in todays:
            model.add_implication(var, place[int(p.place[i])][d])
        moves = sum(row[d] for row in place) - used[d]
        minutes = sum(int(p.prep_s[i] + p.roll_s[i]) // 60 * var for i, var in todays)
        model.add(minutes + int(p.move_s) // 60 * moves <= int(p.day_s - p.meal_s) // 60)
        model.add(sum(row[d] for row in place) <= int(p.max_sets))
        cost += [int(p.unit_cents) * used[d], int(p.move_cents) * moves]
        cost += [int(p.place_cents[l]) * row[d] for l, row in enumerate(place)]
    for d in range(1, T):
        moved = model.new_bool_var("")
        for s in stay:
            model.add_bool_or(s[d].negated(), s[d - 1], moved)
        cost.append(int(p.move_cents) * moved)
    for a in range(len(p.work_cents)):
        own = [i for i in range(n) if a in p.cast[i]]
        paid, starts = [model.new_bool_var("") for _ in range(T)], [model.new_bool_var("") for _ in range(T)]
        for d in range(T):
            for i in own:
                if (i, d) in on:
                    model.add_implication(on[i, d], paid[d])
            before = paid[d - 1] if d else None
            model.add_bool_or(paid[d].negated(), starts[d], *([before] if before is not None else []))
            for k in range(d):
                if p.date_no[d] - p.date_no[k] <= p.drop_days[a]:
                    model.add_implication(starts[d], paid[k].negated())
            cost.append(int(p.work_cents[a]) * paid[d])
        model.add(sum(starts) <= 2)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = CAP_S
    reached = Reached(target)
    solver.solve(model, reached)
    return reached.best


def work(seed: int) -> Work:
    production = film(seed)
    target = solve(production, {}, stop=Stop(seconds=EFFORT_S, fuse=False), seed=1).cost.total_cents

    def missed(engine: str, answer: object) -> int:
        found = answer if isinstance(answer, int) else target
        if engine != "cupola":
            print(f"  {engine}, film {seed}: {100 * (found / target - 1):+.1f} % of our cost", file=sys.stderr)
        return int(not 0 < found <= target)

    return Work(
        name=f"film of 60 scenes, seed {seed}: a board as cheap",
        ours=lambda: solve(production, {}, stop=Stop(seconds=EFFORT_S, fuse=False), seed=1),
        peers={"CP-SAT alone": lambda: by_cp_sat(production, target)},
        missed=missed,
        runs=1,
    )


if __name__ == "__main__":
    run([work(seed) for seed in (0, 1)])
