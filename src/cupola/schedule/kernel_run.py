"""How the pieces of one shooting day run from its call, compiled: in a given order, or the soonest first."""

from __future__ import annotations

import numpy as np

from cupola.schedule.kernel_problem import (
    CALL_S,
    CHOICES,
    FAR,
    FREE_AT,
    LAST_SET,
    MEAL_S,
    MEAL_WITHIN_S,
    MOVE_S,
    ONE,
    PLACE,
    PREP,
    RELIGHT_S,
    ROLL,
    SET,
    SPAN_AT,
    TIED,
    ZERO,
    compiled,
)

LATEST_CALL_S = 26 * 3600
"""A day is called on its date: before 02:00 the next morning. Light that opens later may end it, but not begin it."""


@compiled
def between(const, piece, i, j):
    """Seconds from one piece of work to the next: nothing in one set, a relight in one place, else a company move."""
    if i < 0:
        return 0
    if piece[i, PLACE] != piece[j, PLACE]:
        return const[MOVE_S]
    return const[RELIGHT_S] if piece[i, LAST_SET] != piece[j, SET] else 0


@compiled
def roll_from(const, piece, i, d, ready):
    """The first instant at or after `ready` at which piece i can roll on slot d, or FAR."""
    at = const[SPAN_AT] + d * 3 * CHOICES
    for k in range(CHOICES):
        roll = max(ready, piece[i, at + k])
        if roll + piece[i, ROLL] <= piece[i, at + CHOICES + k]:
            return roll
    return FAR


@compiled
def latest_start(const, piece, i, d, ready):
    """The last instant at which piece i can start and still roll in the next window that `ready` leaves it, or -FAR."""
    at = const[SPAN_AT] + d * 3 * CHOICES
    for k in range(CHOICES):
        if max(ready, piece[i, at + k]) + piece[i, ROLL] <= piece[i, at + CHOICES + k]:
            return piece[i, at + CHOICES + k] - piece[i, ROLL] - piece[i, PREP]
    return -FAR


@compiled
def must_wait(piece, order, items, m, left, j):
    """Whether a piece still to be shot this day must come before piece j."""
    if piece[j, TIED] == 0:
        return False
    for k in range(len(order)):
        if order[k, 1] == j:
            for x in range(m):
                if left[x] and items[x] == order[k, 0]:
                    return True
    return False


@compiled
def next_piece(const, piece, d, items, m, open_now, before, t, call, meal):
    """The row of the piece to shoot next: the soonest, unless the piece with the first deadline would miss its light.

    `open_now` are the rows that are left and need not wait; -1 where there are none.
    """
    critical = -1
    critical_last = FAR * 2
    first_open = -1
    for x in range(m):
        if open_now[x]:
            if first_open < 0:
                first_open = x
            start = t + between(const, piece, before, items[x])
            last = latest_start(const, piece, items[x], d, start + piece[items[x], PREP])
            if start <= last < critical_last:
                critical, critical_last = x, last
    pick = -1
    pick_at = FAR * 2
    pick_key = FAR * 2
    for x in range(m):
        if not open_now[x]:
            continue
        i = items[x]
        gap = between(const, piece, before, i)
        roll = roll_from(const, piece, i, d, t + gap + piece[i, PREP])
        if roll >= FAR:
            continue
        start = roll - piece[i, PREP]
        if x != critical and critical >= 0:
            end = roll + piece[i, ROLL]
            pause = const[MEAL_S] if meal < 0 and end - call > const[MEAL_WITHIN_S] - 3600 else 0
            if end + between(const, piece, i, items[critical]) + pause > critical_last:
                continue
        key = start - t + gap
        if start < pick_at - 600 or (start <= pick_at + 600 and key < pick_key):
            pick, pick_at, pick_key = x, start, key
    if pick < 0:
        pick = critical
    return pick if pick >= 0 else first_open


@compiled
def shoot(const, piece, d, i, n, t, call, before, meal, out):
    """Shoot piece i as the n-th of a day from instant t: returns (instant after it, call, the meal's start, misses).

    The call moves to the first piece where that has to wait. A piece that misses its light rolls when it is ready, and counts.
    """
    missed = ZERO
    ready = t + between(const, piece, before, i) + piece[i, PREP]
    roll = roll_from(const, piece, i, d, ready)
    if before < 0 and roll < FAR:
        call = (roll - piece[i, PREP]) // 300 * 300
        t = call
        missed += call >= LATEST_CALL_S
    end = (roll if roll < FAR else ready) + piece[i, ROLL]
    if meal < 0 and end - call > const[MEAL_WITHIN_S]:
        meal = t
        ready += const[MEAL_S]
        roll = roll_from(const, piece, i, d, ready)
    if roll >= FAR:
        missed += 1
        roll = ready
    out[0, n], out[1, n], out[2, n] = i, roll - piece[i, PREP], roll
    return roll + piece[i, ROLL], call, meal, missed


@compiled
def run_day(const, piece, order, d, items, m, call, out):
    """Dispatch a day from its call: returns (pieces that miss their light, call, wrap).

    `out` (4, 32) gets order, starts and rolls, and the meal's start.
    """
    t = call
    before = -ONE
    missed = ZERO
    meal = -ONE
    left = np.ones(m, np.bool_)
    open_now = np.ones(m, np.bool_)
    for n in range(m):
        for x in range(m):
            open_now[x] = left[x] and not must_wait(piece, order, items, m, left, items[x])
        pick = next_piece(const, piece, d, items, m, open_now, before, t, call, meal)
        if pick < 0:  # a circle of wishes of order: any of them
            missed += 1
            for x in range(m):
                if left[x]:
                    pick = x
        left[pick] = False
        t, call, meal, late = shoot(const, piece, d, items[pick], n, t, call, before, meal, out)
        missed += late
        before = items[pick]
    out[3, 0] = meal
    return missed, call, t


@compiled
def run_order(const, piece, d, row, m, call, out):
    """Run a day in a given order, pieces `row[:m]`, from its call: returns what `run_day` does."""
    t = call
    before = -ONE
    missed = ZERO
    meal = -ONE
    for n in range(m):
        t, call, meal, late = shoot(const, piece, d, row[n], n, t, call, before, meal, out)
        missed += late
        before = row[n]
    out[3, 0] = meal
    return missed, call, t


@compiled
def is_free(const, piece, order, d, bags, row, m):
    """Whether the pieces `bags[row, :m]` of slot d may be shot in any order from the usual call."""
    tied = 0
    for x in range(m):
        if piece[bags[row, x], const[FREE_AT] + d] == 0:
            return False
        tied += piece[bags[row, x], TIED]
    return tied < 2 or len(order) == 0


@compiled
def run_free(const, piece, items, m, out):
    """Run a day whose pieces take any light: place by place, set by set; returns the wrap."""
    for x in range(m):
        i = items[x]
        at = x
        while at > 0:
            j = np.int64(out[0, at - 1])
            if (piece[j, PLACE], piece[j, SET]) <= (piece[i, PLACE], piece[i, SET]):
                break
            out[0, at] = j
            at -= 1
        out[0, at] = i
    t = const[CALL_S]
    meal = -1
    before = -ONE
    for x in range(m):
        i = out[0, x]
        start = t + between(const, piece, before, i)
        if meal < 0 and start + piece[i, PREP] + piece[i, ROLL] - const[CALL_S] > const[MEAL_WITHIN_S]:
            meal = t
            start += const[MEAL_S]
        out[1, x] = start
        out[2, x] = start + piece[i, PREP]
        t = out[2, x] + piece[i, ROLL]
        before = i
    out[3, 0] = meal
    return t
