"""An Earth unit planned again: the fewest changes, and the cheapest board with so many, each proven where it can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from cupola.schedule.replan_count import Weights
from cupola.schedule.replan_cuts import Conflict, Judge
from cupola.schedule.replan_model import Pair, Part, Task
from cupola.schedule.stop import Halt, cp_solver

Slots = Mapping[int, int]
"""The slot of each piece, by its row."""

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
        """Return an assignment with the fewest changes; None where none was found within `limit` deterministic seconds."""
        part = self._part()
        part.model.minimize(part.changes(self.weights))
        rows = range(len(self.task.was))
        hint = {i: slot for i in rows if (slot := self.task.old_slot(i)) is not None}
        return self._settled(part, hint, _at_once(limit, self.seed), limit)

    def is_fewest(self, changes: int, *, limit: float) -> bool:
        """Say whether a solver set up otherwise, too, finds that fewer changes cannot be."""
        part = self._part()
        part.model.add(part.changes(self.weights) <= changes - 1)
        return changes <= 0 or self._is_refuted(part, limit)

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

    def _part(self, only: Mapping[int, Collection[int]] | None = None) -> Part:
        part = Part(cp_model.CpModel(), self.task, only)
        for conflict in self.refused:
            part.forbid(conflict.pairs, alone=conflict.alone)
        return part

    def _settled(self, part: Part, hint: Slots, solver: cp_model.CpSolver, limit: float) -> Found | None:
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
                part.forbid(conflict.pairs, alone=conflict.alone)
        return None

    def _is_refuted(self, part: Part, limit: float) -> bool:
        """Ask for the impossible with other settings: no relaxation, another seed, presolve where it was left out."""
        solver = _careful(limit, self.seed + 7)
        solver.parameters.linearization_level = 0
        status = self.halt.solve(solver, part.model)
        self.spent += max(LEAST_S, solver.response_proto.deterministic_time)
        return status == cp_model.INFEASIBLE


def _at_once(limit: float, seed: int) -> cp_model.CpSolver:
    """Return CP-SAT without presolve: most pieces stay where they are, and looking at all others first takes seconds."""
    solver = cp_solver(limit=limit, seed=seed)
    solver.parameters.cp_model_presolve = False
    return solver


def _careful(limit: float, seed: int) -> cp_model.CpSolver:
    """Return CP-SAT with the cheap part of its presolve."""
    solver = cp_solver(limit=limit, seed=seed)
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    return solver
