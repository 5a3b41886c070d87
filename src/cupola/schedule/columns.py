"""A bound for an Earth unit that needs no calendar: shooting days as columns, hub by hub.

A day stays in one hub, so the cheapest set of days for each hub alone is a part of any board. Columns are possible
shooting days; the linear program over them is solved by GLOP and priced by CP-SAT. At every step Farley's ratio and the
Lagrangian give a bound that holds even where pricing was stopped early (Farley 1990; Lübbecke and Desrosiers 2005).
What is left out (holds, light by date, the order of days) only ever costs more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from cupola.schedule.earth import EarthCase

PRICING_LIMIT = 1.5
"""Deterministic seconds that one pricing may take."""


def hub_bound(
    case: EarthCase,
    hub: int,
    *,
    seeds: Iterable[tuple[int, ...]] = (),
    limit: float,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Return a cost in minor units below which the days of one hub cannot be had; `limit` in deterministic seconds.

    `seeds` are days of known boards (tuples of rows of `case.works`) to start from.
    """
    problem = case.problem
    items = [i for i in range(len(case.works)) if problem.hub[problem.place[i]] == hub]
    pricer = _Pricer(case, items)
    columns = {(i,) for i in items} | {tuple(sorted(day)) for day in seeds if day and set(day) <= set(items)}
    cheapest = int(problem.unit_cents) + min(int(problem.place_cents[problem.place[i]]) for i in items)
    best, best_duals = float(hours_bound(case, items)), None
    while pricer.spent < limit and not stopped():
        lower, duals = _restricted_master(case, items, columns)
        asked = duals if best_duals is None else {i: 0.7 * best_duals[i] + 0.3 * duals[i] for i in items}
        found, reduced = pricer.price(asked)
        bound = _bound(asked, reduced, cheapest, len(items))
        if bound > best:
            best, best_duals = bound, asked
        new = {day for day in found if column_cents(case, day) < sum(duals[i] for i in day) - 1} - columns
        if not new and asked is not duals:
            found, reduced = pricer.price(duals)
            bound = _bound(duals, reduced, cheapest, len(items))
            if bound > best:
                best, best_duals = bound, duals
            new = {day for day in found if column_cents(case, day) < sum(duals[i] for i in day) - 1} - columns
        columns |= new
        if not new or lower - best < 1e-4 * lower:
            break
    return int(np.ceil(best - 1e-6 * abs(best)))


def hours_bound(case: EarthCase, items: Sequence[int]) -> int:
    """What the hours alone say: so much work needs so many days, and so much of each person's work so many of theirs."""
    p = case.problem
    longest = max(int(p.meal_within_s), int(p.day_s - p.meal_s))
    seconds = {i: int(p.prep_s[i] + p.roll_s[i]) for i in items}
    days = -(-sum(seconds.values()) // longest)
    cheapest_place = min(int(p.place_cents[p.place[i]]) for i in items)
    cast = {int(a) for i in items for a in p.cast[i] if a >= 0}
    own = {a: sum(seconds[i] for i in items if a in p.cast[i]) for a in cast}
    wages = sum(-(-own[a] // longest) * int(p.work_cents[a]) for a in cast)
    return days * (int(p.unit_cents) + cheapest_place) + wages


def _bound(duals: dict[int, float], reduced: float, cheapest: int, most_days: int) -> float:
    """The better of Farley's ratio and the Lagrangian with at most `most_days` days; `reduced` ≤ every reduced cost."""
    total, worst = sum(duals.values()), min(0.0, reduced)
    farley = total * cheapest / (cheapest - worst) if cheapest - worst > 0 else 0.0
    return max(farley, total + most_days * worst)


def column_cents(case: EarthCase, day: Sequence[int]) -> int:
    """What a day of these pieces costs at least: unit, places, moves between them, and the cast's work."""
    problem = case.problem
    places = {int(problem.place[i]) for i in day}
    cast = {int(a) for i in day for a in problem.cast[i] if a >= 0}
    return (
        int(problem.unit_cents)
        + sum(int(problem.place_cents[place]) for place in places)
        + int(problem.move_cents) * (len(places) - 1)
        + sum(int(problem.work_cents[a]) for a in cast)
    )


def _restricted_master(case: EarthCase, items: Sequence[int], columns: set[tuple[int, ...]]) -> tuple[float, dict[int, float]]:
    solver = pywraplp.Solver.CreateSolver("GLOP")
    ordered = sorted(columns)
    share = [solver.NumVar(0, solver.infinity(), "") for _ in ordered]
    rows = {i: solver.Constraint(1, solver.infinity()) for i in items}
    objective = solver.Objective()
    for day, variable in zip(ordered, share, strict=True):
        for i in day:
            rows[i].SetCoefficient(variable, 1)
        objective.SetCoefficient(variable, column_cents(case, day))
    solver.Solve()
    return objective.Value(), {i: max(0.0, row.dual_value()) for i, row in rows.items()}


class _Pricer:
    """Finds the day worth most against its cost; one CP-SAT model, a new objective each time."""

    def __init__(self, case: EarthCase, items: Sequence[int]) -> None:
        p = case.problem
        self.items, self.spent, self.case = items, 0.0, case
        self.scale = max(1, int(p.unit_cents) // 20_000)
        self.model = model = cp_model.CpModel()
        self.on = {i: model.new_bool_var("") for i in items}
        self.place = {l: model.new_bool_var("") for l in sorted({int(p.place[i]) for i in items})}
        self.cast = {int(a): model.new_bool_var("") for i in items for a in p.cast[i] if a >= 0}
        sets = {s: model.new_bool_var("") for s in sorted({int(p.set_no[i]) for i in items})}
        for i in items:
            model.add_implication(self.on[i], self.place[int(p.place[i])])
            model.add_implication(self.on[i], sets[int(p.set_no[i])])
            for a in p.cast[i]:
                if a >= 0:
                    model.add_implication(self.on[i], self.cast[int(a)])
        place_of = {int(p.set_no[i]): int(p.place[i]) for i in items}
        for s, used in sets.items():
            model.add_implication(used, self.place[place_of[s]])
        model.add_at_least_one(self.on.values())
        model.add(sum(sets.values()) <= int(p.max_sets))
        relights = sum(sets.values()) - sum(self.place.values())
        model.add(
            sum(int(p.prep_s[i] + p.roll_s[i]) // 60 * self.on[i] for i in items)
            + int(p.relight_s) // 60 * relights
            + int(p.move_s) // 60 * (sum(self.place.values()) - 1)
            <= max(int(p.meal_within_s), int(p.day_s - p.meal_s)) // 60
        )
        for i, j in _clashes(case, items):
            model.add_bool_or(self.on[i].negated(), self.on[j].negated())

    def price(self, duals: dict[int, float]) -> tuple[set[tuple[int, ...]], float]:
        """Return days worth adding and a number no reduced cost is below."""
        p, scale, model = self.case.problem, self.scale, self.model
        model.clear_objective()  # type: ignore[no-untyped-call]
        # prices rounded so that the model's optimum is never above the true one: values up, costs down
        model.maximize(
            sum(int(np.ceil(duals[i] / scale)) * on for i, on in self.on.items())
            - sum(int(p.place_cents[l] + p.move_cents) // scale * used for l, used in self.place.items())
            - sum(int(p.work_cents[a]) // scale * used for a, used in self.cast.items())
        )
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.catch_sigint_signal = False
        solver.parameters.max_deterministic_time = PRICING_LIMIT
        days = _Days(self.on)
        solver.solve(model, days)
        self.spent += max(0.02, solver.response_proto.deterministic_time)
        best_value = solver.best_objective_bound * scale
        return set(days.found[-8:]), float(p.unit_cents - p.move_cents) - best_value


class _Days(cp_model.CpSolverSolutionCallback):
    """Keeps every day that pricing comes across."""

    def __init__(self, on: dict[int, cp_model.IntVar]) -> None:
        super().__init__()
        self.on = on
        self.found: list[tuple[int, ...]] = []

    def on_solution_callback(self) -> None:
        self.found.append(tuple(i for i, var in self.on.items() if self.boolean_value(var)))


def _clashes(case: EarthCase, items: Sequence[int]) -> list[tuple[int, int]]:
    """Return pairs that no date can hold together: by cast, place and pin, or by their light."""
    ok = case.problem.ok.astype(bool)
    return [
        (i, j)
        for x, i in enumerate(items)
        for j in items[x + 1 :]
        if not (ok[i] & ok[j] & (_one_after_other(case, i, j) | _one_after_other(case, j, i))).any()
    ]


def _one_after_other(case: EarthCase, i: int, j: int) -> NDArray[np.bool_]:
    """Say for each slot whether some windows let i roll, then j, within a day's length (meals and waits left out)."""
    p = case.problem
    gap = 0 if p.set_no[i] == p.set_no[j] else p.relight_s if p.place[i] == p.place[j] else p.move_s
    least = p.roll_s[i] + gap + p.prep_s[j]
    most = p.day_s - p.roll_s[j] - p.prep_s[i]
    first_open, first_close = p.open_s[i][:, :, None], p.close_s[i][:, :, None] - p.roll_s[i]
    then_open, then_close = p.open_s[j][:, None, :], p.close_s[j][:, None, :] - p.roll_s[j]
    possible = (first_open <= first_close) & (then_open <= then_close)
    earliest, latest = np.maximum(then_open - first_close, least), np.minimum(then_close - first_open, most)
    return np.asarray((possible & (earliest <= latest)).any(axis=(1, 2)))
