"""The best order of one shooting day, compiled: by dynamic programming over which of its pieces are shot already.

A dispatcher that takes the soonest piece next is quick and mostly right. Where it misses a light or runs over the day, an
order that does neither may still exist: the set of the night scene left for last, the day exteriors before it. Every order
is searched, but for pieces of one set and one light: of these the longest comes first.
"""

from __future__ import annotations

import numpy as np

from cupola.schedule.kernel_problem import (
    CALL_S,
    CHOICES,
    DAY_S,
    FAR,
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
from cupola.schedule.kernel_run import between, roll_from, run_order

MOST_STATES = 1024
"""What may be shot already, at most: beyond, the dispatcher's order stands."""
LATEST_CALL = 82_800
CALLS = 12
"""Calls that are tried before the usual one and after it, each the first after the last that may do."""

FIRST, COUNT, STRIDE, BEFORE = 0, 1, 2, 3
"""Rows of `kinds` (4, m): the first piece of each kind, how many it has, its stride, the bits of kinds that come before it."""


@compiled
def best_order(const, piece, order, d, items, m, out):
    """Find an order and a call by which no piece misses its light and the day is no longer than it may be.

    Returns (whether there is one, call, wrap) and fills `out` as `run_day` does. From the usual call on the earliest that will
    do, else from midnight. The wrap grows with the call: if a day called at c wraps at w at the soonest, then one that is
    not too long is called no earlier than w less the length of a day.
    """
    row = np.empty(m, np.int64)
    kinds = np.empty((4, m), np.int64)
    count, states = kinds_of(const, piece, order, d, items, m, row, kinds)
    if states > MOST_STATES:
        return False, ZERO, ZERO
    ready = np.empty((states, count, 2), np.int64)
    came = np.empty((states, count, 2), np.int64)
    for half in range(2):
        call = const[CALL_S] if half == 0 else ZERO
        latest = ZERO + LATEST_CALL if half == 0 else const[CALL_S] - 300
        for _ in range(CALLS):
            call = earliest_call(const, piece, d, row, call, kinds, count)
            if call > latest:
                break
            wrap, last = soonest(const, piece, d, row, call, kinds, count, ready, came)
            if wrap >= FAR:
                break
            if last >= 0 and wrap - call <= const[DAY_S]:
                best = traced(row, m, last, kinds, came)
                missed, begun, ended = run_order(const, piece, d, best, m, call, out)
                if missed == 0 and ended - begun <= const[DAY_S]:
                    begun, ended = called_later(const, piece, d, best, m, begun, ended, out)
                    return True, begun, ended
            call = max(call + 300, (wrap - const[DAY_S] + 299) // 300 * 300)
    return False, ZERO, ZERO


@compiled
def are_alike(const, piece, d, i, j):
    """Whether two pieces are of one set and one light, and free to come in any order."""
    alike = piece[i, PLACE] == piece[j, PLACE] and piece[i, SET] == piece[j, SET] and piece[i, LAST_SET] == piece[j, LAST_SET]
    alike = alike and piece[i, TIED] == 0 and piece[j, TIED] == 0
    at = const[SPAN_AT] + d * 3 * CHOICES
    for k in range(2 * CHOICES):
        alike = alike and piece[i, at + k] == piece[j, at + k]
    return alike


@compiled
def kinds_of(const, piece, order, d, items, m, row, kinds):
    """Fill `row` with a day's pieces kind by kind, longest first, and `kinds`; returns how many kinds and states there are."""
    count = ZERO
    filled = ZERO
    for x in range(m):
        i = items[x]
        k = count
        for y in range(filled):
            if are_alike(const, piece, d, i, row[y]):
                k = kind_at(kinds, count, y)
                break
        if k == count:
            kinds[FIRST, k], kinds[COUNT, k], kinds[BEFORE, k] = filled, 0, 0
            count += 1
        at = filled
        first = kinds[FIRST, k]
        end = first + kinds[COUNT, k]
        while at > first and (
            at > end or piece[row[at - 1], PREP] + piece[row[at - 1], ROLL] < piece[i, PREP] + piece[i, ROLL]
        ):
            row[at] = row[at - 1]
            at -= 1
        row[at] = i
        filled += 1
        kinds[COUNT, k] += 1
        for other in range(count):
            if other != k and kinds[FIRST, other] > first:
                kinds[FIRST, other] += 1
    states = ONE
    for k in range(count):
        kinds[STRIDE, k] = states
        states *= kinds[COUNT, k] + 1
    for n in range(len(order)):
        for x in range(m):
            for y in range(m):
                if row[x] == order[n, 1] and row[y] == order[n, 0]:
                    kinds[BEFORE, kind_at(kinds, count, x)] |= 1 << kind_at(kinds, count, y)
    return count, states


@compiled
def kind_at(kinds, count, x):
    """The kind of the x-th piece of a row that has them kind by kind."""
    for k in range(count):
        if kinds[FIRST, k] <= x < kinds[FIRST, k] + kinds[COUNT, k]:
            return ZERO + k
    return -ONE


@compiled
def earliest_call(const, piece, d, row, call, kinds, count):
    """The first instant from `call` on, in whole five minutes, from which each kind by itself can end within a day."""
    k = 0
    while k < count and call < FAR:
        i = row[kinds[FIRST, k]]
        end = roll_from(const, piece, i, d, call + piece[i, PREP]) + piece[i, ROLL]
        for x in range(kinds[FIRST, k] + 1, kinds[FIRST, k] + kinds[COUNT, k]):
            end += piece[row[x], PREP] + piece[row[x], ROLL]
        if end - call > const[DAY_S]:
            call = (end - const[DAY_S] + 299) // 300 * 300
            k = 0
        else:
            k += 1
    return call


@compiled
def soonest(const, piece, d, row, call, kinds, count, ready, came):
    """The soonest wrap of a day called at `call` with no piece out of its light, and its last state.

    Where each order is too long, the state is -1 and the wrap no later than any; it is FAR where no order has its light.
    `ready[shot, last, meal]` is the soonest end with so many of each kind shot (by the strides), that kind last, and the meal
    had or not; `came` is the kind and the meal before, as 2 · kind + meal, -1 for none.
    """
    ready[:] = FAR
    states = len(ready)
    after = np.empty((count, count), np.int64)
    change = min(const[RELIGHT_S], const[MOVE_S])
    for last in range(count):
        i = row[kinds[FIRST, last]]
        change = change if piece[i, SET] == piece[i, LAST_SET] else 0
        for k in range(count):
            after[last, k] = between(const, piece, i, row[kinds[FIRST, k]])
    for k in range(count):
        if kinds[BEFORE, k] == 0:
            shoot_next(const, piece, d, row[kinds[FIRST, k]], call, ZERO, call, ready, came, kinds[STRIDE, k], k, -ONE)
    beyond = ZERO + FAR
    for shot in range(1, states - 1):
        done = ZERO
        left = ZERO
        for k in range(count):
            had = shot // kinds[STRIDE, k] % (kinds[COUNT, k] + 1)
            if had == kinds[COUNT, k]:
                done |= 1 << k
            for x in range(kinds[FIRST, k] + had, kinds[FIRST, k] + kinds[COUNT, k]):
                left += piece[row[x], PREP] + piece[row[x], ROLL]
        for last in range(count):
            if ready[shot, last, 0] >= FAR and ready[shot, last, 1] >= FAR:
                continue
            changes = changes_left(piece, row, kinds, count, done, last) * change
            for meal in range(2):
                t = ready[shot, last, meal]
                if t >= FAR:
                    continue
                wrap = t + left + changes
                if meal == 0 and wrap - call > const[MEAL_WITHIN_S]:
                    wrap += const[MEAL_S]
                if wrap - call > const[DAY_S]:
                    beyond = min(beyond, wrap)
                    continue
                for k in range(count):
                    if not done >> k & 1 and kinds[BEFORE, k] & ~done == 0:
                        i = row[kinds[FIRST, k] + shot // kinds[STRIDE, k] % (kinds[COUNT, k] + 1)]
                        state = ZERO + 2 * last + meal
                        then = shot + kinds[STRIDE, k]
                        shoot_next(const, piece, d, i, t + after[last, k], meal, call, ready, came, then, k, state)
    best_last = -ONE
    for last in range(count):
        for meal in range(2):
            if ready[states - 1, last, meal] < beyond:
                beyond, best_last = ready[states - 1, last, meal], ZERO + 2 * last + meal
    return beyond, best_last


@compiled
def changes_left(piece, row, kinds, count, done, last):
    """How many changes of set the kinds that are not done need at least after one of kind `last`."""
    changes = ZERO
    for k in range(count):
        own = piece[row[kinds[FIRST, k]], SET]
        new = not done >> k & 1 and own != piece[row[kinds[FIRST, last]], LAST_SET]
        for other in range(k):
            new = new and (done >> other & 1 or piece[row[kinds[FIRST, other]], SET] != own)
        changes += new
    return changes


@compiled
def shoot_next(const, piece, d, i, t, meal, call, ready, came, then, k, state):
    """Shoot piece i, of kind k, from instant t on, where its light allows that and nothing is known to end sooner."""
    start = t + piece[i, PREP]
    roll = roll_from(const, piece, i, d, start)
    had = meal
    if roll < FAR and meal == 0 and roll + piece[i, ROLL] - call > const[MEAL_WITHIN_S]:
        had = 1
        roll = roll_from(const, piece, i, d, start + const[MEAL_S])
    if roll < FAR and roll + piece[i, ROLL] < ready[then, k, had]:
        ready[then, k, had] = roll + piece[i, ROLL]
        came[then, k, had] = state


@compiled
def traced(row, m, state, kinds, came):
    """Return the order of the pieces that leads to a last state."""
    best = np.empty(m, np.int64)
    shot = len(came) - 1
    for n in range(m - 1, -1, -1):
        kind = state // 2
        best[n] = row[kinds[FIRST, kind] + shot // kinds[STRIDE, kind] % (kinds[COUNT, kind] + 1) - 1]
        state = came[shot, kind, state % 2]
        shot -= kinds[STRIDE, kind]
    return best


@compiled
def called_later(const, piece, d, row, m, call, wrap, out):
    """Call a day later where that only takes waiting out of it: returns (call, wrap), and fills `out` for them."""
    best_call, best_wrap = call, wrap
    step = (wrap - call) // 2 // 300 * 300
    while step >= 300:
        missed, begun, ended = run_order(const, piece, d, row, m, best_call + step, out)
        if missed == 0 and ended - begun < best_wrap - best_call:
            best_call, best_wrap = begun, ended
        step = step // 2 // 300 * 300
    run_order(const, piece, d, row, m, best_call, out)
    return best_call, best_wrap
