"""The search for an Earth unit: a first board by hand's rule, then annealing in rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from cupola.schedule.earth import EarthCase
from cupola.schedule.kernel import Ints, anneal, judge
from cupola.schedule.stop import Halt

CHUNK = 10_000
SHARES = (0.08, 0.31, 0.31, 0.3)
SHARES_LARGE = (0.03, 0.6, 0.37)
LARGE = 100
"""Pieces of work from which one long round is worth more than several short ones."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EarthPlan:
    """A slot for each piece of work (-1: boneyard), what it costs, and the minutes of violation left (0: legal)."""

    slots: tuple[int, ...]
    cents: int
    bad: int


def first_slots(case: EarthCase, seed: int) -> Ints:
    """Return a slot for each piece of work as an AD would lay them out: hub by hub, place by place, spread evenly."""
    rng = np.random.default_rng(seed)
    problem, works, T = case.problem, case.works, len(case.dates)
    order = list(rng.permutation(int(problem.hub.max()) + 1))
    rank = {int(h): k for k, h in enumerate(order)}
    rows = sorted(
        range(len(works)),
        key=lambda i: (rank[int(problem.hub[problem.place[i]])], int(problem.place[i]), str(works[i].light), i),
    )
    total = sum(int(problem.prep_s[i] + problem.roll_s[i]) for i in rows)
    most = min(T, max(1, round(1.25 * total / max(1, int(problem.day_s - problem.meal_s))) + 1))
    slots, done = np.zeros(len(works), np.int64), 0
    for i in rows:
        wanted = min(most - 1, done * most // max(1, total))
        done += int(problem.prep_s[i] + problem.roll_s[i])
        possible = np.flatnonzero(problem.ok[i])
        slots[i] = int(possible[np.argmin(np.abs(possible - wanted))]) if len(possible) else wanted
    return slots


def search(
    case: EarthCase, *, moves: int, seed: int, halt: Halt, found: Callable[[EarthPlan], None] = lambda _: None
) -> EarthPlan:
    """Return the best plan after `moves` moves of annealing; `found` hears of each better one.

    Rounds start from different layouts; the last starts warm from the best. A large board has one long round before that.
    The same seed and moves give the same plan.
    """
    best = EarthPlan(slots=(), cents=1 << 60, bad=1 << 40)
    shares = SHARES_LARGE if len(case.works) > LARGE else SHARES
    for number, share in enumerate(shares):
        warm = number == len(shares) - 1 and best.slots
        start = np.array(best.slots, np.int64) if warm else first_slots(case, seed + number)
        for plan in _round(case, start, max(2_000, round(moves * share)), seed * 31 + number, bool(warm), halt):
            if (plan.bad, plan.cents) < (best.bad, best.cents):
                best = plan
                found(best)
        if halt() and best.slots:
            break
    return best


def _round(case: EarthCase, slots: Ints, moves: int, seed: int, warm: bool, halt: Halt) -> Iterator[EarthPlan]:
    """Anneal once, and yield the best plan so far after each stretch of moves."""
    problem = case.problem
    cents, bad, *_ = judge(problem, slots)
    best, score = slots.copy(), np.array([cents, bad], np.int64)
    state = np.array([(seed * 2_654_435_761 + 88_172_645_463_325_252) % (1 << 63)], np.uint64)
    scale = float(max(problem.unit_cents, 100))
    hot = scale * (0.05 if warm else 0.12)
    for first in range(0, moves, CHUNK):
        if halt():
            break
        last = min(moves, first + CHUNK)
        anneal(problem, slots, best, score, state, first, last, moves, hot, scale * 0.001, scale / 480, scale / 15)
        yield EarthPlan(slots=tuple(int(slot) for slot in best), cents=int(score[0]), bad=int(score[1]))
    yield EarthPlan(slots=tuple(int(slot) for slot in best), cents=int(score[0]), bad=int(score[1]))


def warm(case: EarthCase) -> None:
    """Load the compiled search, or compile it where it never ran before (about half a minute, once)."""
    slots = first_slots(case, 0)
    score = np.array([0, 0], np.int64)
    anneal(case.problem, slots, slots.copy(), score, np.ones(1, np.uint64), 0, 0, 1, 1.0, 1.0, 1.0, 1.0)


def to_legal(case: EarthCase, plan: EarthPlan) -> EarthPlan:
    """Return the plan with as few pieces as possible in the boneyard, so that what is left breaks no rule."""
    slots = np.array(plan.slots, np.int64)
    while True:
        cents, bad, *_ = judge(case.problem, slots)
        if bad == 0:
            return EarthPlan(slots=tuple(int(slot) for slot in slots), cents=int(cents), bad=0)
        trials = []
        for i in np.flatnonzero(slots >= 0):
            kept, slots[i] = slots[i], -1
            left_cents, left_bad, *_ = judge(case.problem, slots)
            trials.append((int(left_bad), int(case.problem.roll_s[i]), -int(left_cents), int(i)))
            slots[i] = kept
        slots[min(trials)[3]] = -1


def pulled_forward(case: EarthCase, plan: EarthPlan) -> EarthPlan:
    """Return the same board as early as it can be for the same money: whole, then gap by gap, days move to earlier dates."""
    slots = np.array(plan.slots, np.int64)
    on = slots >= 0
    for first in [int(slots[on].min()), *sorted({int(slot) for slot in slots[on]})] if on.any() else []:
        later = on & (slots >= first)
        before = slots[on & (slots < first)]
        floor = int(before.max()) + 1 if len(before) else 0
        for earliest in range(floor, first):
            moved = np.where(later, slots - (first - earliest), slots)
            cents, bad, *_ = judge(case.problem, moved)
            if bad == plan.bad and cents <= plan.cents:
                slots = moved
                break
    cents, bad, *_ = judge(case.problem, slots)
    return EarthPlan(slots=tuple(int(slot) for slot in slots), cents=int(cents), bad=int(bad))
