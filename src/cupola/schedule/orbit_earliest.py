"""The earliest finish of an orbit unit: all work fits, over as early as can be, then with as few rigs as can be.

The goals are lexicographic. The finish is counted in half-days (before and after the crew's midday), so that it can be proven:
a half-day too few is refuted by packing first (hours shared, no order asked), by the whole model in time only where packing
does not tell.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from ortools.sat.python import cp_model

from cupola.schedule.orbit_case import OrbitCase, Placing
from cupola.schedule.orbit_greedy import lay_out
from cupola.schedule.orbit_model import build, placing_from
from cupola.schedule.orbit_search import first_placing, hint, refitted
from cupola.schedule.stop import Halt, cp_solver

FAILED = (cp_model.UNKNOWN, cp_model.MODEL_INVALID)
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
LOOK = 0.5
"""Share of the effort for one question, so that a hard one does not eat it all."""
KEPT = 0.2
"""Share of the effort that is kept for the proof and for the rigs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Earliest:
    """The earliest finish found, and what is proven of it.

    `half_days` counts the half-days of the unit's span up to the last in which the camera runs; no placing ends before
    half-day `bound`. `rigs` is how often a module is rigged; among placings that end in that half-day none has fewer than
    `rigs_bound`.
    """

    placing: Placing
    half_days: int
    bound: int
    rigs: int
    rigs_bound: int

    @property
    def proven(self) -> bool:
        """Whether no placing ends in an earlier half-day."""
        return self.half_days == self.bound


def finish_earliest(case: OrbitCase, *, limit: float, seed: int, halt: Halt) -> Earliest | None:
    """Return the earliest finish found in `limit` deterministic seconds; None where no placing of all work was found."""
    search = _Finish(case, limit, seed, halt)
    placing = lay_out(case, early=True) or lay_out(case) or first_placing(case, limit=limit * LOOK, seed=seed, halt=halt)
    if placing is None:
        return None
    bound = search.packed()
    best, bound = search.shortened(placing, bound)
    best, rigs_bound = search.fewer_rigs(best)
    return Earliest(
        placing=best,
        half_days=search.number(best),
        bound=min(bound, search.number(best)),
        rigs=len(best.rigs),
        rigs_bound=min(rigs_bound, len(best.rigs)),
    )


class _Finish:
    """One call of `finish_earliest`: the half-days of its case, and the effort that is left."""

    def __init__(self, case: OrbitCase, limit: float, seed: int, halt: Halt) -> None:
        self.case, self.left, self.limit, self.seed, self.halt = case, limit, limit, seed, halt
        self.halves = sorted({cell.half for cell in case.cells if not cell.is_out} | _halves_outside(case))

    def number(self, placing: Placing) -> int:
        """Return how many half-days a placing takes up, the empty ones before its end too."""
        last = max((self.case.half(w, spot) for w, spot in placing.spots.items()), default=-1)
        return sum(k <= last for k in self.halves)

    def end(self, number: int) -> int:
        """Return the half-day before which a placing of so many half-days must end."""
        return self.halves[number - 1] + 1

    def packed(self) -> int:
        """Return a number of half-days that no placing can do with less of: hours are shared, nothing asked of their order."""
        low, high = 1, len(self.halves)
        while low < high:
            middle = (low + high) // 2
            if self.refuted(middle, in_time=False):
                low = middle + 1
            else:
                high = middle
        return low

    def shortened(self, placing: Placing, bound: int) -> tuple[Placing, int]:
        """Return a placing that ends as early as was found, half-day by half-day, and the bound that was proven."""
        best, number = placing, self.number(placing)
        while number > bound and self.left > self.limit * KEPT and not self.halt():
            shorter = self.squeezed(best, number - 1)
            if shorter is None:
                break
            best, number = shorter, self.number(shorter)
        if number == bound + 1 and self.refuted(bound, in_time=True):
            bound = number
        return best, bound

    def squeezed(self, placing: Placing, number: int) -> Placing | None:
        """Return a placing in so many half-days, or None where none was found in half of the effort that is left for it."""
        R = random.Random(self.seed * 1000 + number)
        limit = (self.left - self.limit * KEPT) * LOOK
        found, seconds = refitted(self.case, placing, self.halves[:number], limit=limit, R=R, halt=self.halt)
        self.left -= seconds
        return found

    def fewer_rigs(self, placing: Placing) -> tuple[Placing, int]:
        """Return a placing with as few rigs as was found in the same half-days, and the fewest there can be."""
        m = build(self.case, halves=self.end(self.number(placing)))
        m.model.minimize(sum(m.rig.values()))
        hint(self.case, m, placing)
        solver = self._solver(self.left)
        status = self.halt.solve(solver, m.model)
        self.left -= solver.response_proto.deterministic_time if status not in FAILED else self.left
        if status not in FOUND:
            return placing, 0
        best = placing_from(self.case, m, solver.value)
        return min(best, placing, key=lambda each: len(each.rigs)), round(solver.best_objective_bound)

    def refuted(self, number: int, *, in_time: bool) -> bool:
        """Whether it is proven, by two searches set up differently, that so many half-days are too few."""
        for setup in (1, 0):
            m = build(self.case, in_time=in_time, halves=self.end(number))
            m.model.minimize(0)
            solver = self._solver(max(self.left, self.limit * 0.1) * LOOK, setup)
            status = self.halt.solve(solver, m.model)
            if status not in FAILED:
                self.left -= solver.response_proto.deterministic_time
            if status != cp_model.INFEASIBLE:
                return False
        return True

    def _solver(self, limit: float, setup: int = 0) -> cp_model.CpSolver:
        """Return a solver; the second setup draws other numbers and leaves symmetry alone."""
        solver = cp_solver(limit=limit, seed=self.seed + setup)
        if setup:
            solver.parameters.symmetry_level = 0
            solver.parameters.linearization_level = 2
        return solver


def _halves_outside(case: OrbitCase) -> set[int]:
    """Return the half-days in which work outside may end."""
    return {case.half(w, spot) for w, out in enumerate(case.is_out) if out for spot in case.spots[w]}
