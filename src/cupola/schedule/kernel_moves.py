"""What the search tries, compiled: moves of pieces between two slots, and moves of whole days."""

from __future__ import annotations

import numpy as np

from cupola.schedule.kernel_pair import try_pair
from cupola.schedule.kernel_problem import HUB, ONE, SET, ZERO, compiled
from cupola.schedule.kernel_range import try_range
from cupola.schedule.kernel_state import COUNT, MOVED, SOURCE

PIECE, EXCHANGE, COMPANY, SWAP_DAYS, TAKE_OUT, TURN, BLOCK, HUB_BLOCK = range(8)
"""The kinds of move: one piece; two exchanged; all of one set's pieces of a day; two days exchanged; one day put in elsewhere;
a range turned round; a block of days put in elsewhere; all neighbouring days of one hub put in elsewhere."""


@compiled
def draw(random, n):
    """A number in [0, n) from a 64-bit xorshift whose state lives in an array: the same on every machine and thread."""
    x = random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    random[0] = x
    return np.int64((x >> np.uint64(11)) % np.uint64(n))


@compiled
def near_piece(piece, day, random, i):
    """A piece of the same hub as piece i on another slot, where a few draws find one, else any."""
    j = draw(random, len(day))
    for _ in range(12):
        if piece[j, HUB] == piece[i, HUB] and day[j] != day[i]:
            break
        j = draw(random, len(day))
    return j


@compiled
def of_set(s, piece, d, i, row):
    """List the pieces on slot d of the set of piece i as ones that move; returns how many."""
    k = ZERO
    for x in range(s.slot[d, COUNT]):
        if piece[s.items[d, x], SET] == piece[i, SET]:
            s.room[MOVED + row, k] = s.items[d, x]
            k += 1
    return k


@compiled
def choose_days(s, kind, a, b):
    """Write into SOURCE a move of whole days that begins at slots a and b; returns its range, (0, 0) for none."""
    slot = s.slot
    T = len(slot)
    if kind == SWAP_DAYS:
        for d in range(min(a, b), max(a, b) + 1):
            slot[d, SOURCE] = d
        slot[a, SOURCE], slot[b, SOURCE] = b, a
        return min(a, b), max(a, b)
    if kind == TURN:
        high = min(T - 1, a + 1 + draw(s.random, ONE * 12))
        for d in range(a, high + 1):
            slot[d, SOURCE] = a + high - d
        return a, high
    first = a
    last = a if kind == TAKE_OUT else min(T - 1, a + 1 + draw(s.random, ONE * 8))
    if kind == HUB_BLOCK:
        hub = slot[a, 4]
        last = a
        while first > 0 and slot[first - 1, 4] in (-1, hub):
            first -= 1
        while last < T - 1 and slot[last + 1, 4] in (-1, hub):
            last += 1
        while slot[first, 4] < 0:
            first += 1
        while slot[last, 4] < 0:
            last -= 1
        if draw(s.random, ONE * 3) == 0:  # a part of the block
            first = a
    if first <= b <= last:
        return ZERO, ZERO
    # the block is taken out and put in to begin at b where it moves forward, to end there where it moves back
    low, high = min(first, b), max(last, b)
    width = last - first + 1
    for d in range(low, high + 1):
        x = d - low
        if b < first:
            slot[d, SOURCE] = first + x if x < width else d - width
        else:
            slot[d, SOURCE] = d + width if d + width <= high else first + d + width - high - 1
    return low, high


@compiled
def try_move(p, s, mix, limit, price):
    """Draw a move, and make it where it costs no more than `limit`; `mix` (8,) are the kinds' shares of 1024, added up."""
    n = len(s.day)
    T = len(s.slot)
    u = draw(s.random, ONE * 1024)
    kind = ZERO
    while mix[kind] <= u:
        kind += 1
    i = draw(s.random, n)
    a = s.day[i]
    if a < 0:
        return False
    if kind >= SWAP_DAYS:
        b = s.day[draw(s.random, n)] if draw(s.random, ONE * 2) == 0 else draw(s.random, T)
        if b < 0 or a == b:
            return False
        low, high = choose_days(s, kind, a, b)
        return low < high and try_range(p, s, low, high, limit, price)
    j = near_piece(p.piece, s.day, s.random, i)
    d = draw(s.random, T) if kind == PIECE and draw(s.random, ONE * 10) < 2 else s.day[j]
    if d == a or d < 0:
        return False
    k1, k2 = ONE, ZERO
    s.room[MOVED, 0] = i
    if kind == EXCHANGE:
        s.room[MOVED + 1, 0] = j
        k2 = ONE
    elif kind == COMPANY:
        k1 = of_set(s, p.piece, a, i, ZERO)
        if draw(s.random, ONE * 2) == 0:
            k2 = of_set(s, p.piece, d, j, ONE)
    return try_pair(p, s, a, d, k1, k2, limit, price)
