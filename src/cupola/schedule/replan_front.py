"""Boards between the fewest changes and the cheapest: annealing from one to the other and back, with a toll on changes."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cupola.schedule.earth import EarthCase
from cupola.schedule.earth_search import EarthPlan, Round, search
from cupola.schedule.kernel_problem import Ints, packed
from cupola.schedule.replan_model import Slots, Task
from cupola.schedule.stop import Halt, moves_for

RUNGS = 8
"""At how many numbers of moved strips the cheapest board is looked for."""
FARTHEST = 0.6
"""The share of all strips at which the ladder ends: beyond it the annealing goes where it likes."""
TOLL = 0.5
"""What a strip costs that moved beyond a rung, in shooting days."""
UP, FAR, DOWN = 0.33, 0.15, 0.17
"""Shares of the limit for the way out, for the cheapest board, and for the way back."""
STEP = (Round(share=1.0, hot=0.05, warm=True),)
MEND, MEND_TOLLS = 0.06, (0.2, 0.1, 0.05, 0.0)
"""The share of the limit, and the tolls in shooting days, with which a board that broke is mended by annealing alone."""
MENDING = (Round(share=1.0, hot=0.2, soft=0.002, hard=0.1, warm=True),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ladder:
    """Looks for boards that move at most so many strips, rung by rung: each rung begins at the board of the one before."""

    task: Task
    seconds: float
    seed: int
    halt: Halt

    def boards(self, near: Slots) -> list[Slots]:
        """Return assignments that can be shot, found on the way from `near` to the cheapest and back, in no order."""
        now = np.array([near[i] for i in range(len(self.task.was))], np.int64)
        seen: list[EarthPlan] = []
        rungs = self.rungs(int(moved(self.task, now)))
        for n, rung in enumerate(rungs):
            now = self._step(now, rung, self.seconds * UP / len(rungs), n, seen)
        now = self._step(now, None, self.seconds * FAR, len(rungs), seen)
        for n, rung in enumerate(reversed(rungs), len(rungs) + 1):
            now = self._step(now, rung, self.seconds * DOWN / len(rungs), n, seen)
        return [dict(enumerate(slots)) for slots in dict.fromkeys(plan.slots for plan in seen if plan.bad == 0)]

    def mended(self, broken: Ints) -> Slots | None:
        """Return an assignment that can be shot and moves few strips, found from one that cannot; None where none was."""
        moves = moves_for(self.seconds * MEND, len(broken))
        for toll in MEND_TOLLS:
            case = tolled(self.task, 0, toll=toll)
            plan = search(case, moves=moves, seed=self.seed, halt=self.halt, start=broken, rounds=MENDING)
            if plan.bad == 0 and min(plan.slots) >= 0:
                now = self._step(np.array(plan.slots, np.int64), 0, self.seconds * MEND / 2, 1, [])
                return {i: int(slot) for i, slot in enumerate(now)}
        return None

    def rungs(self, least: int) -> list[int]:
        """Return numbers of strips above `least`, each so many times the one before."""
        strips = int(self.task.case.problem.strips.sum())
        most, base = max(least + 1, round(strips * FARTHEST)), max(1, least)
        return sorted({round(base * (most / base) ** (k / RUNGS)) for k in range(1, RUNGS + 1)} - {least})

    def _step(self, begin: Ints, rung: int | None, seconds: float, number: int, seen: list[EarthPlan]) -> Ints:
        case = self.task.case if rung is None else tolled(self.task, rung)
        moves = moves_for(seconds, len(case.works))
        seed = self.seed + 100 * number
        best = search(case, moves=moves, seed=seed, halt=self.halt, found=seen.append, start=begin, rounds=STEP)
        return np.array(best.slots, np.int64)


def tolled(task: Task, free: int, *, toll: float = TOLL) -> EarthCase:
    """Return the unit with a toll on each strip beyond `free` that is not where the agreed board has it."""
    case = task.case
    cents = round(toll * max(case.problem.unit_cents, 100))
    problem = case.problem._replace(was=old_slots(task), toll_cents=cents, toll_free=free)
    return dataclasses.replace(case, problem=problem, tables=packed(problem))


def old_slots(task: Task) -> Ints:
    """Return the slot of each piece on the agreed board, -1 where its date is no slot now."""
    return np.array([-1 if (slot := task.old_slot(i)) is None else slot for i in range(len(task.was))], np.int64)


def moved(task: Task, slots: Ints) -> int:
    """Return how many strips are on another date than on the agreed board."""
    return int(task.case.problem.strips[slots != old_slots(task)].sum())


def worth_showing(points: Sequence[tuple[int, int]], most: int) -> list[int]:
    """Return which of (changes, cents) no other beats, at most so many: both ends, then those that add most to the front.

    A point adds the area between it and its neighbours: what it saves against the one before it, over as many changes as the
    next one would ask for.
    """
    front: list[int] = []
    for n in sorted(range(len(points)), key=lambda n: points[n]):
        if not front or points[n][1] < points[front[-1]][1]:
            front.append(n)
    chosen = sorted({0, len(front) - 1}) if front else []
    while len(chosen) < min(most, len(front)):
        areas = []
        for here, there in itertools.pairwise(chosen):
            before, after = points[front[here]], points[front[there]]
            between = range(here + 1, there)
            areas += [((after[0] - points[front[k]][0]) * (before[1] - points[front[k]][1]), -k) for k in between]
        chosen = sorted([*chosen, -max(areas)[1]])
    return [front[k] for k in chosen]
