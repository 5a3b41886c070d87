"""The compiled search for room: pieces of work of an orbit unit are put on days, whatever is in the way is taken out again.

What cannot be put anywhere is put where the least troublesome pieces must go for it, a piece being more troublesome each
time that it found no room (guided ejection, known from vehicle routing). In between, pieces change places at random.
"""

from __future__ import annotations

import numpy as np

from cupola.schedule.kernel_moves import draw
from cupola.schedule.kernel_orbit import NEVER, NOWHERE, copied, find_place, keep, left_on, put, settle, widest_gap
from cupola.schedule.kernel_problem import ONE, bare

SHAKES = 100
"""Moves at random after each piece that was put on a day."""
NEW_RIG = ONE * 16
"""One of so many moves at random may be to a day on which the module is not rigged."""
EXCHANGE = ONE * 4
"""One of so many moves at random is an exchange of two pieces."""


@bare
def take_out(p, s, w, left):
    """Take a piece off its day, to the pool."""
    s.gone[w] = True
    keep(p, s, s.day[w], left, left_on(p, s, s.day[w], left))
    s.gone[w], s.day[w] = False, NOWHERE
    s.pool[s.size[0]] = w
    s.size[0] += 1


@bare
def find_day(p, s, w, room):
    """Draw a day on which a piece has a place as things are, and write the place into `room[4]`; -1 for none."""
    found, best = 0, NOWHERE
    for d in range(len(s.held)):
        if find_place(p, s, d, s.items[d], s.held[d], w, s.ends[d], s.starts[d], s.widest[d], room[3]) > 0:
            found += 1
            if draw(s.random, found) == 0:
                best = d
                copied(room[3], 2, room[4])
    return best


@bare
def slots_with(p, d, items, k, w):
    """Return how many slots a day takes with one more piece, and with its rig where it has none: a look before a search."""
    rig = len(p.module) + p.module[w]
    slots = p.length[w, d] + p.length[rig, d]
    for i in range(k):
        if items[i] != rig:
            slots += p.length[items[i], d]
    return slots


@bare
def has_place(p, s, d, k, w, room):
    """Draw a place of a piece among k items in `room[2]`, those of a day as it would be; False where there is none."""
    widest = widest_gap(p, d, room[2], k, room[0], room[1])
    return find_place(p, s, d, room[2], k, w, room[0], room[1], widest, room[3]) > 0


@bare
def find_exchange(p, s, w, room):
    """Find the day on which up to three pieces of least trouble make room for a piece; write them into `room[5]`.

    The place goes into `room[4]`; -1 where no three pieces make room.
    """
    n, least, found, best = len(p.module), np.int64(1 << 60), 0, NOWHERE
    for d in range(len(s.held)):
        if not p.may_rig[p.module[w], d] or p.after[w, d, 0] == NEVER:
            continue
        k = s.held[d]
        for i in range(k):
            a = s.items[d, i]
            if a >= n or s.trouble[a] > least:
                continue
            s.gone[a] = True
            for j in range(i, k):
                b = s.items[d, j]
                two = s.trouble[a] + (s.trouble[b] if j > i else 0) if b < n else least + 1
                if two > least:
                    continue
                s.gone[b] = True
                for h in range(j, k if j > i else j + 1):
                    c = s.items[d, h]
                    three = two + (s.trouble[c] if h > j else 0) if c < n else least + 1
                    if three > least:
                        continue
                    s.gone[c] = True
                    left = left_on(p, s, d, room[2])
                    if slots_with(p, d, room[2], left, w) <= p.most[d] and has_place(p, s, d, left, w, room):
                        found = 1 if three < least else found + 1
                        least = three
                        if draw(s.random, found) == 0:
                            best = d
                            room[5, 0], room[5, 1], room[5, 2] = a, b, c
                            copied(room[3], 2, room[4])
                    s.gone[c] = c in (a, b)
                s.gone[b] = b == a
            s.gone[a] = False
    return best


@bare
def make_room(p, s, w, room):
    """Put the next piece, w, where others must go for it; False where it has no place even so."""
    s.trouble[w] += 1
    d = find_exchange(p, s, w, room)
    if d == NOWHERE:
        return make_way(p, s, w, room)
    s.size[0] -= 1
    out = room[5]
    s.gone[out[0]], s.gone[out[1]], s.gone[out[2]] = True, True, True
    keep(p, s, d, room[2], left_on(p, s, d, room[2]))
    s.gone[out[0]], s.gone[out[1]], s.gone[out[2]] = False, False, False
    put(p, s, d, w, room[4])
    for x in range(3):
        if s.day[out[x]] == d:
            s.day[out[x]] = NOWHERE
            s.pool[s.size[0]] = out[x]
            s.size[0] += 1
    return True


@bare
def make_way(p, s, w, room):
    """Take out what a piece is tied to by order, for it may stand in its way; False where there is nothing."""
    s.size[0] -= 1
    some = False
    for x in range(len(p.module)):
        if s.day[x] != NOWHERE and (p.before[x, w] or p.before[w, x]):
            take_out(p, s, x, room[2])
            some = True
    s.pool[s.size[0]] = w
    s.size[0] += 1
    return some


@bare
def needs_rig(p, s, w, d):
    """Whether a piece that goes to another day makes one more rig."""
    return s.pieces[p.module[w], d] == 0 and s.pieces[p.module[w], s.day[w]] > 1


@bare
def move(p, s, w, d, room):
    """Put a piece of one day into another, or elsewhere into its own, if it has a place there."""
    here = s.day[w]
    if d == here:
        s.gone[w] = True
        k = left_on(p, s, d, room[2])
        if has_place(p, s, d, k, w, room):
            keep(p, s, d, room[2], k)
            put(p, s, d, w, room[3])
        s.gone[w] = False
        return
    if draw(s.random, NEW_RIG) != 0 and needs_rig(p, s, w, d):
        return
    s.gone[w] = True
    if find_place(p, s, d, s.items[d], s.held[d], w, s.ends[d], s.starts[d], s.widest[d], room[3]) > 0:
        keep(p, s, here, room[2], left_on(p, s, here, room[2]))
        put(p, s, d, w, room[3])
    s.gone[w] = False


@bare
def slots_after(p, s, d, w, v):
    """Return how many slots a day takes with piece v in place of w, rigs counted."""
    slots = s.slots[d] - p.length[w, d] + p.length[v, d]
    if p.module[w] != p.module[v]:
        rig = p.length[len(p.module), d]
        slots += (rig if s.pieces[p.module[v], d] == 0 else 0) - (rig if s.pieces[p.module[w], d] == 1 else 0)
    return slots


@bare
def exchange(p, s, w, v, room):
    """Let two pieces of two days change places, if each has one."""
    d, e = s.day[w], s.day[v]
    if d == e or p.tied[w] or p.tied[v]:
        return
    if slots_after(p, s, d, w, v) > p.most[d]:
        return
    s.gone[w], s.gone[v] = True, True
    k = left_on(p, s, d, room[2])
    if has_place(p, s, d, k, v, room):
        copied(room[3], 2, room[4])
        copied(room[2], k, room[5])
        j = left_on(p, s, e, room[2])
        if has_place(p, s, e, j, w, room):
            keep(p, s, d, room[5], k)
            keep(p, s, e, room[2], j)
            put(p, s, d, v, room[4])
            put(p, s, e, w, room[3])
    s.gone[w], s.gone[v] = False, False


@bare
def fill(p, s, most, room):
    """Put every piece of the pool on a day; return the steps it took, at most `most`; negative: one has no place."""
    n, D = len(p.module), len(s.held)
    for d in range(D):
        settle(p, s, d)
    for step in range(most):
        if s.size[0] == 0:
            return step
        w = s.pool[s.size[0] - 1]
        d = find_day(p, s, w, room)
        if d != NOWHERE:
            s.size[0] -= 1
            put(p, s, d, w, room[4])
        elif not make_room(p, s, w, room):
            return -1 - step
        for _ in range(SHAKES):
            w = draw(s.random, n)
            if s.day[w] == NOWHERE:
                continue
            if draw(s.random, EXCHANGE) == 0:
                v = draw(s.random, n)
                if s.day[v] != NOWHERE:
                    exchange(p, s, w, v, room)
            else:
                move(p, s, w, draw(s.random, D), room)
    return most
