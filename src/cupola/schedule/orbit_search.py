"""The search for an orbit unit: a first placing by CP-SAT, then a few days at a time taken apart and put together better."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from ortools.sat.python import cp_model

from cupola.schedule.orbit import DAY_SLOTS, Model, OrbitCase, Placing, Spot, build, orbit_cents, placing_from
from cupola.schedule.stop import Halt, cp_solver

STEP_LIMIT = 0.35
"""Deterministic seconds for one step of the search."""
STEP_LEAST = 0.08
"""What a step counts at least: building and presolving take their time too."""
ROUNDING = 1.0002
"""The model divides costs to whole numbers, downwards; a cost this near its bound is the same cost."""


def first_placing(case: OrbitCase, *, limit: float, seed: int, halt: Halt) -> Placing | None:
    """Return any placing of all work, or None where none was found in the limit."""
    m = build(case)
    solver = cp_solver(limit=limit, seed=seed)
    solver.parameters.stop_after_first_solution = True
    status = halt.solve(solver, m.model)
    return placing_from(case, m, solver.value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def most_placed(case: OrbitCase, *, limit: float, seed: int, halt: Halt) -> Placing:
    """Return a placing of as much work as could be placed in the limit; the rest is for the boneyard."""
    m = build(case, all_work=False)
    m.model.maximize(sum(m.on.values()))
    solver = cp_solver(limit=limit, seed=seed)
    status = halt.solve(solver, m.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return placing_from(case, m, solver.value)
    return Placing(spots={}, rigs={})


def improve(
    case: OrbitCase,
    placing: Placing,
    *,
    limit: float,
    seed: int,
    halt: Halt,
    enough: int = 0,
    found: Callable[[Placing], None] = lambda _: None,
) -> Placing:
    """Return a cheaper placing after `limit` deterministic seconds: days, or one module's work, are freed in turn.

    The search ends where a placing costs no more than `enough` (a bound), the model's rounding given away.
    """
    R = random.Random(seed)
    best, spent = placing, 0.0
    while spent < limit and orbit_cents(case, best) > enough * ROUNDING and not halt():
        keep = _kept(case, best, R)
        m = build(case, keep=keep)
        _hint(m, best)
        solver = cp_solver(limit=STEP_LIMIT, seed=R.randrange(1 << 30))
        status = halt.solve(solver, m.model)
        spent += max(solver.response_proto.deterministic_time, STEP_LEAST) if status != cp_model.UNKNOWN else STEP_LIMIT
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            other = placing_from(case, m, solver.value)
            if orbit_cents(case, other) <= orbit_cents(case, best):
                if orbit_cents(case, other) < orbit_cents(case, best):
                    found(other)
                best = other
    return best


def _kept(case: OrbitCase, best: Placing, R: random.Random) -> Mapping[int, Spot]:
    """Return the work that stays where it is: all but that of some days, or of a module or two and a day."""
    days = sorted({spot.day for spot in best.spots.values()})
    if R.random() < 0.65:
        free_days = set(R.sample(days, min(len(days), R.choice([2, 3, 3, 4]))))
        free = {w for w, spot in best.spots.items() if spot.day in free_days}
    else:
        modules = set(R.sample(case.modules, min(len(case.modules), R.choice([1, 2]))))
        day = R.choice(days)
        free = {w for w, spot in best.spots.items() if case.works[w].place in modules or spot.day == day}
    return {w: spot for w, spot in best.spots.items() if w not in free}


def _hint(m: Model, best: Placing) -> None:
    for (w, d), on in m.on.items():
        m.model.add_hint(on, best.spots[w].day == d)
    for w, start in m.start.items():
        m.model.add_hint(start, best.spots[w].day * DAY_SLOTS + best.spots[w].slot)
    for (module, d), on in m.rig.items():
        m.model.add_hint(on, (module, d) in best.rigs)
    for key, slot in best.rigs.items():
        m.model.add_hint(m.rig_start[key], slot)


def orbit_bound(case: OrbitCase, *, limit: float, seed: int, halt: Halt) -> int:
    """Return a cost no placing can beat: the hours of each day shared, nothing asked of their order."""
    m = build(case, in_time=False)
    solver = cp_solver(limit=limit, seed=seed)
    # many small steps towards the optimum say nothing of the bound: look for the bound first
    solver.parameters.linearization_level = 2
    halt.solve(solver, m.model)
    return max(0, int(solver.best_objective_bound)) * m.scale
