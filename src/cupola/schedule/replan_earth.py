"""An Earth unit planned again: the fewest changes, and the cheapest board with so many, each proven where it can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from cupola.schedule.replan_count import Weights
from cupola.schedule.replan_cuts import Conflict, Judge
from cupola.schedule.replan_model import Pair, Part, Slots, Task
from cupola.schedule.replan_weigh import weight_of
from cupola.schedule.stop import Halt, cp_solver

LEAST_S = 0.1
"""Deterministic seconds that one solving counts at least: building takes its time too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An assignment that the kernel can shoot, what it weighs or costs by the model, and what none can be below."""

    slots: Slots
    value: int
    bound: int


@dataclass(slots=True)
class EarthReplan:
    """An Earth unit that is planned again, with everything the kernel has refused so far."""

    task: Task
    judge: Judge
    weights: Weights
    halt: Halt
    seed: int = 1
    refused: list[Conflict] = field(default_factory=list)
    surcharges: dict[tuple[Pair, ...], int] = field(default_factory=dict)
    spent: float = 0.0

    def fewest(self, *, limit: float) -> Found | None:
        """Return an assignment with few changes, and a bound; None where none was found within `limit` deterministic seconds.

        What the kernel refused once counts here as refused whatever else stands on the day: that finds the way quickly, but a
        day that a piece more would mend is missed. So the bound is a proof only with `fewer` beside it.
        """
        part = self._part(bold=True)
        part.model.minimize(part.changes(self.weights))
        rows = range(len(self.task.was))
        hint = {i: slot for i in rows if (slot := self.task.old_slot(i)) is not None}
        return self._settled(part, hint, _counting(limit, self.seed), limit, bold=True)

    def fewer(self, changes: int, *, limit: float) -> tuple[Found | None, bool]:
        """Look for fewer changes with another solver and without bold cuts: what was found, and whether none can be."""
        if changes <= 0:
            return None, True
        part = self._part()
        part.model.add(part.changes(self.weights) <= changes - 1)
        solver = _plain(limit, self.seed + 7)
        end = self.spent + limit
        while self.spent < end and not self.halt():
            solver.parameters.max_deterministic_time = max(LEAST_S, end - self.spent)
            status = self.halt.solve(solver, part.model)
            self.spent += max(LEAST_S, solver.response_proto.deterministic_time)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return None, status == cp_model.INFEASIBLE
            slots = {i: d for (i, d), on in part.on.items() if solver.value(on)}
            conflicts = self.judge.conflicts(slots)
            if not conflicts:
                self.judge.good.append(frozenset(slots.items()))
                return Found(slots=slots, value=weight_of(self.task, slots, self.weights), bound=0), False
            self.refuse(conflicts)
            for conflict in conflicts:
                self._forbid(part, conflict, bold=False)
        return None, False

    def cheapest(self, *, most: int, near: Slots, only: Mapping[int, Collection[int]] | None = None, limit: float) -> Found:
        """Return the cheapest assignment with at most `most` changes, as `near` has, its cost by the kernel, and a bound.

        `only` are slots that each piece may take; then the bound holds for those alone. What a day costs beyond the model's
        figures is learned, and the model asked again, until both say the same.
        """
        best = Found(slots=near, value=self.judge.cents(near)[0], bound=0)
        end = self.spent + limit
        while self.spent < end:
            part = self._part(only)
            part.model.add(part.changes(self.weights) <= most)
            part.model.minimize(part.cents(self.surcharges))
            found = self._settled(part, near, _careful(limit, self.seed), end - self.spent)
            if found is None:
                break
            cents, days = self.judge.cents(found.slots)
            bound = max(best.bound, found.bound)
            if cents < best.value:
                best = Found(slots=found.slots, value=cents, bound=bound)
            best = Found(slots=best.slots, value=best.value, bound=min(bound, best.value))
            learned = {pairs: extra for pairs, own in days.items() if (extra := own - part.day_cents(pairs)) > 0}
            if best.bound >= best.value or learned.items() <= self.surcharges.items():
                break
            self.surcharges |= learned
            near = found.slots
        return best

    def is_cheapest(self, cents: int, *, most: int, limit: float) -> bool:
        """Say whether a solver set up otherwise, too, finds that no assignment with so few changes costs less."""
        part = self._part()
        part.model.add(part.changes(self.weights) <= most)
        part.model.add(part.cents(self.surcharges) <= cents - 1)
        return self._is_refuted(part, limit)

    def refuse(self, conflicts: Sequence[Conflict]) -> None:
        """Remember what cannot be shot."""
        self.refused += [conflict for conflict in conflicts if conflict not in self.refused]

    def _part(self, only: Mapping[int, Collection[int]] | None = None, *, bold: bool = False) -> Part:
        part = Part(cp_model.CpModel(), self.task, only)
        for conflict in self.refused:
            self._forbid(part, conflict, bold=bold)
        return part

    def _forbid(self, part: Part, conflict: Conflict, *, bold: bool) -> None:
        bold = bold and not self.judge.is_doubtful(conflict)
        part.forbid(conflict.pairs, alone=conflict.alone, unless=() if bold else conflict.unless)

    def _settled(self, part: Part, hint: Slots, solver: cp_model.CpSolver, limit: float, *, bold: bool = False) -> Found | None:
        """Solve, let the kernel refuse, cut off what it refused, and solve again, until it refuses nothing."""
        end = self.spent + limit
        while self.spent < end and not self.halt():
            part.model.clear_hints()  # type: ignore[no-untyped-call]
            for (i, d), on in part.on.items():
                part.model.add_hint(on, hint.get(i) == d)
            solver.parameters.max_deterministic_time = max(LEAST_S, end - self.spent)
            status = self.halt.solve(solver, part.model)
            self.spent += max(LEAST_S, solver.response_proto.deterministic_time)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                return None
            hint = {i: d for (i, d), on in part.on.items() if solver.value(on)}
            conflicts = self.judge.conflicts(hint)
            if not conflicts:
                self.judge.good.append(frozenset(hint.items()))
                value = round(solver.objective_value)
                return Found(slots=hint, value=value, bound=min(value, round(solver.best_objective_bound)))
            self.refuse(conflicts)
            for conflict in conflicts:
                self._forbid(part, conflict, bold=bold)
        return None

    def _is_refuted(self, part: Part, limit: float) -> bool:
        """Ask for the impossible with other settings: no relaxation, no presolve, another seed, and nothing to minimize."""
        solver = _plain(limit, self.seed + 7)
        status = self.halt.solve(solver, part.model)
        self.spent += max(LEAST_S, solver.response_proto.deterministic_time)
        return status == cp_model.INFEASIBLE


def _counting(limit: float, seed: int) -> cp_model.CpSolver:
    """Return CP-SAT without its linear relaxation: of how few pieces move it says little, and it takes most of the time."""
    solver = _careful(limit, seed)
    solver.parameters.linearization_level = 0
    return solver


def _plain(limit: float, seed: int) -> cp_model.CpSolver:
    """Return CP-SAT with neither relaxation nor presolve."""
    solver = cp_solver(limit=limit, seed=seed)
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_presolve = False
    return solver


def _careful(limit: float, seed: int) -> cp_model.CpSolver:
    """Return CP-SAT with the cheap part of its presolve."""
    solver = cp_solver(limit=limit, seed=seed)
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    return solver
