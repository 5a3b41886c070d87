"""The search for an Earth unit: a first board by hand's rule, then annealing in rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cupola.model import Board
from cupola.schedule.earth import EarthCase
from cupola.schedule.kernel import MIX, MIX_DAYS, PATIENCE, Ints, anneal, started
from cupola.schedule.kernel_state import SUMS, judge_packed
from cupola.schedule.neighbourhood import dates_on
from cupola.schedule.stop import Halt

CHUNK = 1 << 15
"""Moves between two looks at the halt flag: a multiple of 256, so that it changes no answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EarthPlan:
    """A slot for each piece of work (-1: boneyard), what it costs, and the minutes of violation left (0: legal)."""

    slots: tuple[int, ...]
    cents: int
    bad: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """The smaller, the better: first with every piece on a day, then legal, then cheap."""
        return sum(slot < 0 for slot in self.slots), self.bad, self.cents


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One run of annealing: its share of all moves, its temperatures, and whether it begins at the best.

    The temperature falls from `hot` to `cold`, the price of a minute of violation rises from `soft` to `hard`; all four are in
    costs of a shooting day. Where days are very dear beside people it falls further: until single holds are told apart.
    """

    share: float
    hot: float
    cold: float = 0.001
    soft: float = 1 / 20
    hard: float = 1.0
    warm: bool = False


QUICK = Round(share=0.03, hot=0.2)
FINAL = Round(share=0.33, hot=0.05, warm=True)
ROUNDS = (QUICK, Round(share=0.32, hot=0.4), Round(share=0.32, hot=0.4), FINAL)
ROUNDS_LARGE = (QUICK, Round(share=0.64, hot=0.4), FINAL)
ROUNDS_FROM = (Round(share=0.5, hot=0.05, warm=True), Round(share=0.5, hot=0.02, warm=True))
COLD_PEOPLE = 0.4
"""The last temperature is at most this share of the cheapest day of anybody."""
LARGE = 100
"""Pieces of work from which one long round is worth more than several short ones."""


def first_slots(case: EarthCase, seed: int) -> Ints:
    """Return a slot for each piece of work as an AD would lay them out: hub by hub, place by place, spread evenly.

    A piece that no date allows is on none (-1).
    """
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
    slots, done = np.full(len(works), -1, np.int64), 0
    for i in rows:
        wanted = min(most - 1, done * most // max(1, total))
        done += int(problem.prep_s[i] + problem.roll_s[i])
        slots[i] = nearest(case, i, wanted)
    return slots


def nearest(case: EarthCase, i: int, wanted: int) -> int:
    """Return the slot nearest to the wanted one on which a piece may be shot, -1 where there is none."""
    possible = np.flatnonzero(case.problem.ok[i])
    return int(possible[np.argmin(np.abs(possible - wanted))]) if len(possible) else -1


def slots_of(case: EarthCase, board: Board, seed: int) -> Ints:
    """Return the slots of a board; what it does not hold, or holds where it may no longer be, is laid out near by."""
    dates = dates_on(board, case.unit.id)
    slot = {day: d for d, day in enumerate(case.dates)}
    slots = first_slots(case, seed)
    for i, piece in enumerate(case.pieces):
        on = next((dates[part.id] for part in piece.parts if part.id in dates), None)
        if on in slot:
            slots[i] = nearest(case, i, slot[on])
    return slots


def search(
    case: EarthCase,
    *,
    moves: int,
    seed: int,
    halt: Halt,
    found: Callable[[EarthPlan], None] = lambda _: None,
    start: Ints | None = None,
    rounds: Sequence[Round] | None = None,
) -> EarthPlan:
    """Return the best plan after `moves` moves of annealing; `found` hears of each better one.

    Rounds start from different layouts; the last starts warm from the best, and all do where a `start` is given. The same
    seed and moves give the same plan.
    """
    best = EarthPlan(slots=(), cents=1 << 60, bad=1 << 40) if start is None else judged(case, start)
    if start is not None:
        found(best)
    default = ROUNDS_FROM if start is not None else ROUNDS_LARGE if len(case.works) > LARGE else ROUNDS
    for number, one in enumerate(rounds or default):
        begins = np.array(best.slots, np.int64) if one.warm and best.slots else first_slots(case, seed + number)
        for plan in _round(case, begins, one, max(2_000, round(moves * one.share)), seed * 31 + number, halt):
            if plan.rank < best.rank:
                best = plan
                found(best)
        if halt() and best.slots:
            break
    return best


def _round(case: EarthCase, slots: Ints, one: Round, moves: int, seed: int, halt: Halt) -> Iterator[EarthPlan]:
    """Anneal once, and yield the best plan so far after each stretch of moves."""
    state = started(case.problem, slots, seed)
    best, score = slots.copy(), state.room[SUMS, :2].copy()
    mix = MIX_DAYS if case.problem.only_swap_days else MIX
    scale = float(max(case.problem.unit_cents, 100))
    cold = min(one.cold * scale, COLD_PEOPLE * _cheapest_day_of_anybody(case))
    for first in range(0, moves, CHUNK):
        if halt():
            break
        last = min(moves, first + CHUNK)
        prices = (one.hot * scale, cold, one.soft * scale, one.hard * scale)
        anneal(case.tables, state, mix, PATIENCE, best, score, first, last, moves, *prices)
        yield _plan(best, score)
    yield _plan(best, score)


def _cheapest_day_of_anybody(case: EarthCase) -> float:
    """Return the least of what a day of work or a hold costs, infinity where nobody costs anything."""
    cents = np.concatenate([case.problem.work_cents, case.problem.hold_cents])
    paid = cents[cents > 0]
    return float(paid.min()) if len(paid) else float("inf")


def _plan(slots: Ints, score: Ints) -> EarthPlan:
    return EarthPlan(slots=tuple(int(slot) for slot in slots), cents=int(score[0]), bad=int(score[1]))


def judged(case: EarthCase, slots: Ints) -> EarthPlan:
    """Return an assignment with its cost and violation, from nothing."""
    cents, bad, *_ = judge_packed(case.tables, np.asarray(slots, np.int64))
    return _plan(slots, np.array([cents, bad], np.int64))


def warm(case: EarthCase) -> None:
    """Load the compiled search, or compile it where it never ran before (about half a minute, once)."""
    for _ in _round(case, first_slots(case, 0), QUICK, 1, 0, Halt()):
        pass


def to_legal(case: EarthCase, plan: EarthPlan) -> EarthPlan:
    """Return the plan with as few pieces as possible in the boneyard, so that what is left breaks no rule."""
    slots = np.array(plan.slots, np.int64)
    while True:
        now = judged(case, slots)
        if now.bad == 0:
            return now
        trials = []
        for i in np.flatnonzero(slots >= 0):
            kept, slots[i] = slots[i], -1
            without = judged(case, slots)
            trials.append((without.bad, int(case.problem.roll_s[i]), -without.cents, int(i)))
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
            trial = judged(case, moved)
            if trial.bad == plan.bad and trial.cents <= plan.cents:
                slots = moved
                break
    return judged(case, slots)
