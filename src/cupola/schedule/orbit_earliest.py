"""The earliest finish of an orbit unit: all work fits, over as early as can be, then with as few rigs as can be.

The goals are lexicographic. The finish is counted in half-days (before and after the crew's midday), so that it can be proven.
Half-days that are too few are first refuted by counting alone; then everything is put into the fewest that are left, from there
upwards; what is still open is asked of the whole model, without time and in time.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from ortools.sat.python import cp_model

from cupola.schedule.orbit_case import OrbitCase, Placing
from cupola.schedule.orbit_counting import is_too_few, least_rigs
from cupola.schedule.orbit_fill import filled, hold, without_rig
from cupola.schedule.orbit_greedy import lay_out
from cupola.schedule.orbit_model import build
from cupola.schedule.orbit_search import first_placing, refitted
from cupola.schedule.stop import Halt, cp_solver

LOOK = 0.5
"""Share of the effort for one question, so that a hard one does not eat it all."""
KEPT = 0.2
"""Share of the effort that is kept for the rigs."""
STEPS_PER_S = 48_000
"""Steps of the search for room that one deterministic second stands for."""
RIG_STEPS = 6_000
"""Steps to do without one rig."""


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
    placing = lay_out(case, early=True) or lay_out(case) or search.whole()
    if placing is None:
        return None
    bound = search.counted(search.number(placing))
    best = search.shortened(placing, bound)
    bound = search.raised(bound, search.number(best))
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

    def whole(self) -> Placing | None:
        """Return a placing in all half-days, or None where none was found."""
        return self.filled(len(self.halves), self.limit * LOOK) or first_placing(
            self.case, limit=self.limit * LOOK, seed=self.seed, halt=self.halt
        )

    def counted(self, number: int) -> int:
        """Return a number of half-days that no placing can do with less of: counted, at most `number`."""
        low, high = 1, number
        while low < high:
            middle = (low + high) // 2
            if is_too_few(self.case, self.end(middle), halt=self.halt, seed=self.seed):
                low = middle + 1
            else:
                high = middle
        return low

    def shortened(self, placing: Placing, bound: int) -> Placing:
        """Return a placing in the fewest half-days that one was found in, from the bound upwards."""
        best = placing
        for number in range(bound, self.number(placing)):
            found = self.filled(number, (self.left - self.limit * KEPT) * LOOK)
            if found is not None:
                best = found
                break
        while self.case.outside is not None and self.number(best) > bound and self.left > self.limit * KEPT and not self.halt():
            shorter = self.squeezed(best, self.number(best) - 1)
            if shorter is None:
                break
            best = shorter
        return best

    def filled(self, number: int, limit: float) -> Placing | None:
        """Return a placing in so many half-days, or None where none was found in `limit` deterministic seconds."""
        space, steps = hold(self.case, self.halves[:number]), round(limit * STEPS_PER_S)
        found = None
        if space is not None:
            found, made = filled(space, steps=steps, seed=self.seed, halt=self.halt)
            self.left -= made / STEPS_PER_S
        return found

    def squeezed(self, placing: Placing, number: int) -> Placing | None:
        """Return a placing in so many half-days with other spacewalks, or None where none was found."""
        R = random.Random(self.seed * 1000 + number)
        limit = (self.left - self.limit * KEPT) * LOOK
        found, seconds = refitted(self.case, placing, self.halves[:number], limit=limit, R=R, halt=self.halt)
        self.left -= seconds
        return found

    def raised(self, bound: int, number: int) -> int:
        """Return a bound that may be higher than what was counted: half-day by half-day, asked of the whole model."""
        while bound < number and self.left > self.limit * KEPT and not self.halt():
            if not self.refuted(bound, in_time=False) and not self.refuted(bound, in_time=True):
                break
            bound += 1
        return bound

    def fewer_rigs(self, placing: Placing) -> tuple[Placing, int]:
        """Return a placing with as few rigs as was found in the same half-days, and a number that none has less of."""
        number = self.number(placing)
        space, least = hold(self.case, self.halves[:number]), least_rigs(self.case, self.end(number))
        best, steps = placing, round(max(self.left, self.limit * KEPT) * STEPS_PER_S)
        asked: set[tuple[str, int]] = set()
        while space is not None and steps > 0 and len(best.rigs) > least and not self.halt():
            rigs = sorted(best.rigs.keys() - asked, key=lambda rig: (self._load(best, rig), rig))
            if not rigs:
                break
            asked.add(rigs[0])
            fewer, made = without_rig(space, best, rigs[0], steps=min(steps, RIG_STEPS), seed=self.seed)
            steps -= made
            if fewer is not None:
                best, asked = fewer, set()
        return best, least

    def _load(self, placing: Placing, rig: tuple[str, int]) -> int:
        """Return how many slots of work a rig is for."""
        return sum(
            self.case.slots[w][spot.day]
            for w, spot in placing.spots.items()
            if (self.case.works[w].place, spot.day) == rig and not self.case.is_out[w]
        )

    def refuted(self, number: int, *, in_time: bool) -> bool:
        """Whether it is proven, by two searches set up differently, that so many half-days are too few."""
        for setup in (1, 0):
            m = build(self.case, in_time=in_time, halves=self.end(number))
            m.model.minimize(0)
            solver = self._solver(max(self.left - self.limit * KEPT, self.limit * 0.1) * LOOK * LOOK, setup)
            status = self.halt.solve(solver, m.model)
            if not self.halt():
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
