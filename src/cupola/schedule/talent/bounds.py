"""What the scenes that are left must still cost in holds, whatever their order: integer lower bounds of one state.

A state is a set of scenes left in the middle, the people opened from the front, and those opened from the back. Each hold
of a person at a scene is charged at most once: the desk knows what is left of it. Four arguments share these charges.

- Opened at both ends: waits at every scene left without them.
- Two people opened at one end: one is done first, so the other waits at every scene that only the first is in. The cheaper
  case is charged, scene by scene; what the dearer one has over stays for the next pair. Source: the pairs of the matching
  bound, J. Industrial and Management Optimization (2016), doi 10.3934/jimo.2016013.
- A chain of people from one end to the other, each sharing a scene with the next (of three: a 3-grouping in the same paper's
  words): together they are there from end to end, so at every scene without them one of them waits.
- Two scenes: one comes first. A chain from an end into the later one is there at the earlier one, so one of it waits there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from cupola.schedule.talent.bits import Ints, Sets, U, first, price, rest


class Case(NamedTuple):
    """Arrays of a reduced instance: n scenes, m people, sets as bits.

    `cast` (n,), `days` (n,); `scenes` (m,) are a person's own; `hold` (m, n) is what waiting at a scene costs for a person;
    `table` prices sets; `before`, `after` (n,) are the scenes that must come earlier and later; `free`: there are none.
    """

    cast: Sets
    days: Ints
    scenes: Sets
    hold: Ints
    table: Ints
    before: Sets
    after: Sets
    free: bool


class Desk(NamedTuple):
    """Scratch of `bound`.

    `full` (n, m) is what waiting costs at a scene, `spare` (n, m) what of it is not charged yet, `idle` (n,) who has something
    left at a scene they are not in; `near` (64,) whom a person shares a scene with, `reach` (n,) whom chains from an end lead
    to at a scene; `ranks`, `chain`, `other` (65,) hold a chain.
    """

    full: Ints
    spare: Ints
    idle: Sets
    near: Sets
    reach: Sets
    ranks: Sets
    chain: Ints
    other: Ints


def desk_for(case: Case) -> Desk:
    """Return the scratch of `bound`."""
    n, full = len(case.days), np.ascontiguousarray(case.hold.T)
    return Desk(
        full=full,
        spare=np.zeros_like(full),
        idle=np.zeros(n, np.uint64),
        near=np.zeros(64, np.uint64),
        reach=np.zeros(n, np.uint64),
        ranks=np.zeros(65, np.uint64),
        chain=np.zeros(65, np.int64),
        other=np.zeros(65, np.int64),
    )


@njit(cache=True, nogil=True)
def people_in(cast, left):
    """Everybody in a set of scenes."""
    people = U(0)
    while left:
        people |= cast[first(left)]
        left = rest(left)
    return people


@njit(cache=True, nogil=True)
def neighbours(case, left, people, near):
    """Whom each of these people shares a scene with, among the scenes left."""
    while people:
        a = first(people)
        people = rest(people)
        near[a] = people_in(case.cast, left & case.scenes[a])


@njit(cache=True, nogil=True, inline="always")
def charge(desk, s, a, amount):
    """Take an amount from what a person's wait at a scene has left."""
    desk.spare[s, a] -= amount
    if desk.spare[s, a] == 0:
        desk.idle[s] &= ~(U(1) << U(a))


@njit(cache=True, nogil=True, inline="always")
def charge_scenes(desk, scenes, a, amount):
    """Take an amount from a person's holds at scenes; smaller casts have lower numbers and are taken first."""
    while amount > 0:
        s = first(scenes)
        scenes = rest(scenes)
        taken = min(desk.spare[s, a], amount)
        charge(desk, s, a, taken)
        amount -= taken


@njit(cache=True, nogil=True, inline="always")
def left_to_charge(desk, scenes, a):
    """What a person's holds at scenes have left."""
    total = 0
    while scenes:
        total += desk.spare[first(scenes), a]
        scenes = rest(scenes)
    return total


@njit(cache=True, nogil=True)
def who_is_done_first(case, left, people, desk, room):
    """Charge pairs opened at one end; ends early when `room` is reached."""
    total = 0
    while people:
        a = first(people)
        people = rest(people)
        others = people
        while others:
            b = first(others)
            others = rest(others)
            of_a = left & case.scenes[a] & ~case.scenes[b]
            of_b = left & case.scenes[b] & ~case.scenes[a]
            if of_a == U(0) or of_b == U(0):
                continue
            b_waits = left_to_charge(desk, of_a, b)
            if b_waits == 0:
                continue
            amount = min(left_to_charge(desk, of_b, a), b_waits)
            if amount > 0:
                charge_scenes(desk, of_a, b, amount)
                charge_scenes(desk, of_b, a, amount)
                total += amount
                if total >= room:
                    return total
    return total


@njit(cache=True, nogil=True)
def end_to_end(case, left, front, back, new, desk, room):
    """Charge chains from the front to the back at every scene: of two people, then of three. Every hold is whole before."""
    total = 0
    near = desk.near
    people = front | back | new
    while left:
        s = first(left)
        left = rest(left)
        idle = people & ~case.cast[s]
        spare, full = desk.spare[s], desk.full[s]
        for a in range(len(spare)):
            spare[a] = full[a]
        x = front & idle if back & idle else U(0)
        while x:
            f = first(x)
            x = rest(x)
            y = near[f] & back & idle
            while y and spare[f] > 0:
                g = first(y)
                y = rest(y)
                amount = min(spare[f], spare[g])
                spare[f] -= amount
                spare[g] -= amount
                total += amount
                idle &= ~(U(spare[g] == 0) << g)
            idle &= ~(U(spare[f] == 0) << f)
        x = front & idle if back & idle and new & idle else U(0)
        while x:
            f = first(x)
            x = rest(x)
            z = near[f] & new & idle
            while z and spare[f] > 0:
                c = first(z)
                z = rest(z)
                y = near[c] & back & idle
                while y and spare[f] > 0 and spare[c] > 0:
                    g = first(y)
                    y = rest(y)
                    amount = min(spare[f], spare[g], spare[c])
                    spare[f] -= amount
                    spare[g] -= amount
                    spare[c] -= amount
                    total += amount
                    idle &= ~(U(spare[g] == 0) << g)
                idle &= ~(U(spare[c] == 0) << c)
            idle &= ~(U(spare[f] == 0) << f)
        desk.idle[s] = idle
        if total >= room:
            return total
    return total


@njit(cache=True, nogil=True, inline="always")
def reached(starts, idle, near):
    """Everybody whom chains of shared scenes lead to from `starts`, over people in `idle`."""
    seen = starts
    todo = starts
    while todo:
        more = near[first(todo)] & idle & ~seen
        todo = rest(todo) | more
        seen |= more
    return seen


@njit(cache=True, nogil=True)
def route(starts, goal, idle, near, ranks, out):
    """Write a shortest chain from `starts` to `goal`, which there must be, over people in `idle`: how many are in it."""
    seen = starts
    ranks[0] = starts
    k = 0
    while ranks[k] & goal == U(0):
        x = ranks[k]
        more = U(0)
        while x:
            more |= near[first(x)]
            x = rest(x)
        more &= idle & ~seen
        seen |= more
        k += 1
        ranks[k] = more
    a = first(ranks[k] & goal)
    out[k] = a
    for j in range(k - 1, -1, -1):
        a = first(ranks[j] & near[a])
        out[j] = a
    return k + 1


@njit(cache=True, nogil=True)
def reach_from(left, ends, desk):
    """Find whom chains from an end lead to, at every scene left."""
    while left:
        s = first(left)
        left = rest(left)
        desk.reach[s] = reached(ends & desk.idle[s], desk.idle[s], desk.near)


@njit(cache=True, nogil=True)
def long_way(left, front, back, desk, room):
    """Charge chains of four people and more with what the shorter ones left; `reach` is then that of the front."""
    total = 0
    while left and total < room:
        s = first(left)
        left = rest(left)
        while True:
            idle = desk.idle[s]
            desk.reach[s] = reached(front & idle, idle, desk.near)
            if desk.reach[s] & back == U(0):
                break
            k = route(front & idle, back & idle, idle, desk.near, desk.ranks, desk.chain)
            amount = desk.spare[s, desk.chain[0]]
            for i in range(1, k):
                amount = min(amount, desk.spare[s, desk.chain[i]])
            for i in range(k):
                charge(desk, s, desk.chain[i], amount)
            total += amount
    return total


@njit(cache=True, nogil=True, inline="always")
def fork(case, s, t, ends, desk):
    """Charge a chain from an end into t that waits at s, and one into s that waits at t: returns how much."""
    idle, spare, reach = desk.idle, desk.spare, desk.reach
    k = route(ends & idle[s], case.cast[t] & idle[s], idle[s], desk.near, desk.ranks, desk.chain)
    j = route(ends & idle[t], case.cast[s] & idle[t], idle[t], desk.near, desk.ranks, desk.other)
    amount = spare[s, desk.chain[0]]
    for i in range(1, k):
        amount = min(amount, spare[s, desk.chain[i]])
    for i in range(j):
        amount = min(amount, spare[t, desk.other[i]])
    at_s, at_t = idle[s], idle[t]
    for i in range(k):
        charge(desk, s, desk.chain[i], amount)
    for i in range(j):
        charge(desk, t, desk.other[i], amount)
    if idle[s] != at_s:
        reach[s] = reached(ends & idle[s], idle[s], desk.near)
    if idle[t] != at_t:
        reach[t] = reached(ends & idle[t], idle[t], desk.near)
    return amount


@njit(cache=True, nogil=True)
def which_comes_first(case, left, ends, desk, room):
    """Charge pairs of scenes, by chains from one end whose `reach` is known; ends early when `room` is reached."""
    total = 0
    reach = desk.reach
    open_at = U(0)
    x = left
    while x:
        s = first(x)
        x = rest(x)
        open_at |= U(reach[s] != U(0)) << s
    while open_at:
        s = first(open_at)
        open_at = rest(open_at)
        y = open_at
        while y and reach[s]:
            t = first(y)
            y = rest(y)
            while reach[s] & case.cast[t] and reach[t] & case.cast[s]:
                total += fork(case, s, t, ends, desk)
                if total >= room:
                    return total
    return total


@njit(cache=True, nogil=True)
def bound(case, left, front, back, needed, desk, room):
    """A lower bound on the holds that a state still costs; it looks no further once `room` is reached.

    `needed` are the people of the scenes left, `desk.near` whom each shares one with. Short chains charge first: they find
    most for their time.
    """
    both = front & back
    found = 0
    x = left if both else U(0)
    while x:
        s = first(x)
        x = rest(x)
        found += case.days[s] * price(case.table, both & ~case.cast[s])
    if found >= room:
        return found
    new = needed & ~(front | back)
    front, back = front & ~both, back & ~both
    found += end_to_end(case, left, front, back, new, desk, room - found)
    if found < room:
        found += who_is_done_first(case, left, front, desk, room - found)
    if found < room:
        found += who_is_done_first(case, left, back, desk, room - found)
    if found < room:
        found += long_way(left, front, back, desk, room - found)
    if found < room:
        found += which_comes_first(case, left, front, desk, room - found)
    if found < room:
        reach_from(left, back, desk)
        found += which_comes_first(case, left, back, desk, room - found)
    return found
