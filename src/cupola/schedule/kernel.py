"""The compiled heart of the Earth board: annealing over days.

The parts: what a unit is (`kernel_problem`), how a day runs (`kernel_day`), what people and the calendar cost
(`kernel_people`), where a search stands (`kernel_state`), and its moves (`kernel_pair`, `kernel_range`, `kernel_moves`).
"""

from __future__ import annotations

import math

import numpy as np

from cupola.schedule.kernel_day import sequence
from cupola.schedule.kernel_moves import draw, try_move
from cupola.schedule.kernel_problem import CHOICES, FAR, MAX_DAY, ONE, Ints, Keys, Packed, Problem, compiled, packed
from cupola.schedule.kernel_state import SUMS, State, begin, fresh_state, judge, judge_packed

__all__ = [
    "CHOICES",
    "FAR",
    "MAX_DAY",
    "MIX",
    "MIX_DAYS",
    "Ints",
    "Keys",
    "Packed",
    "Problem",
    "State",
    "anneal",
    "fresh_state",
    "is_kept",
    "judge",
    "packed",
    "sequence",
    "started",
]


def _shares(*parts: int) -> Ints:
    return np.cumsum(np.array(parts, np.int64))


MIX = _shares(480, 200, 60, 90, 70, 40, 44, 40)
MIX_DAYS = _shares(0, 0, 0, 400, 250, 100, 124, 150)
"""How many of 1024 moves are of each kind (see `kernel_moves`): all of them, and those of whole days."""

PATIENCE = np.array([round(-math.log((k + 0.5) / 4096), 6) for k in range(4096)])
"""-ln of an even draw, from a table: the same on every machine, whatever its library of mathematics."""


@compiled
def anneal(p, s, mix, patience, best, best_score, first, last, total, hot, cold, soft, hard):
    """Anneal moves `first` to `last` of `total` on a state; `best` keeps the cheapest assignment without violation.

    `best_score` is [cents, minutes of violation]. Temperature falls from `hot` to `cold`, the price of a minute of
    violation rises from `soft` to `hard`. Returns how many moves were made.
    """
    made = 0
    temperature, price = hot, soft
    for it in range(first, last):
        if it % 256 == 0 or it == first:
            x = it / total
            temperature = hot * (1 - x) ** 2 + cold
            price = soft + (hard - soft) * x
        limit = temperature * patience[draw(s.random, ONE * 4096)]
        if try_move(p, s, mix, limit, price):
            made += 1
            cents, bad = s.room[SUMS, 0], s.room[SUMS, 1]
            if bad < best_score[1] or (bad == best_score[1] and cents < best_score[0]):
                best_score[0], best_score[1] = cents, bad
                best[:] = s.day
    return made


def is_kept() -> bool:
    """Whether the compiled search is on disk already, from the sources as they are: else the first search compiles it."""
    kept = getattr(getattr(anneal, "_cache", None), "_cache_file", None)
    return kept is None or bool(kept._load_index())


def started(p: Problem, day: Ints, seed: int) -> State:
    """Return a state of search at an assignment."""
    state = fresh_state(p, seed)
    tables, slots = packed(p), np.asarray(day, np.int64)
    begin(tables, state, *judge_packed(tables, slots), slots)
    return state
