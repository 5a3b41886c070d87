"""What the scenes that are left must still cost in holds, whatever their order: integer lower bounds of one state.

A state is a set of scenes left in the middle, the people opened from the front, and those opened from the back. Each hold
of a person at a scene is charged at most once: `spare` is what is left of it. Three arguments share these charges.

- Opened at both ends: waits at every scene left without them.
- Two people opened at one end: one is done first, so the other waits at every scene that only the first is in. The cheaper
  case is charged, scene by scene; what the dearer one has over stays for the next pair. Source: the pairs of the matching
  bound, J. Industrial and Management Optimization (2016), doi 10.3934/jimo.2016013.
- A path of people from one end to the other, each sharing a scene with the next, of two, three (a 3-grouping in the same
  paper's words) or four: together they are there from end to end, so at every scene without them one of them waits.
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


@njit(cache=True, nogil=True)
def people_in(cast, left):
    """Everybody in a set of scenes."""
    people = U(0)
    while left:
        people |= cast[first(left)]
        left = rest(left)
    return people


@njit(cache=True, nogil=True)
def renew(case, spare, people):
    """Nothing of these people's holds is charged yet."""
    while people:
        a = first(people)
        people = rest(people)
        for s in range(len(case.days)):
            spare[a, s] = case.hold[a, s]


@njit(cache=True, nogil=True)
def charge(spare, person, scenes, amount):
    """Take an amount from a person's holds at scenes; smaller casts have lower numbers and are taken first."""
    while amount > 0:
        s = first(scenes)
        scenes = rest(scenes)
        taken = min(spare[person, s], amount)
        spare[person, s] -= taken
        amount -= taken


@njit(cache=True, nogil=True)
def who_is_done_first(case, left, people, spare, room):
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
            b_waits = 0
            x = of_a
            while x:
                b_waits += spare[b, first(x)]
                x = rest(x)
            if b_waits == 0:
                continue
            a_waits = 0
            x = of_b
            while x:
                a_waits += spare[a, first(x)]
                x = rest(x)
            amount = min(a_waits, b_waits)
            if amount > 0:
                charge(spare, b, of_a, amount)
                charge(spare, a, of_b, amount)
                total += amount
                if total >= room:
                    return total
    return total


@njit(cache=True, nogil=True)
def end_to_end(case, left, front, back, new, near, spare, room):
    """Charge paths from the front to the back at every scene: of two people, then of three."""
    total = 0
    while left:
        s = first(left)
        left = rest(left)
        out = ~case.cast[s]
        starts, ends, between = front & out, back & out, new & out
        if starts == U(0) or ends == U(0):
            continue
        x = starts
        while x:
            f = first(x)
            x = rest(x)
            y = near[f] & ends
            while y and spare[f, s] > 0:
                g = first(y)
                y = rest(y)
                amount = min(spare[f, s], spare[g, s])
                spare[f, s] -= amount
                spare[g, s] -= amount
                total += amount
        if total >= room:
            return total
        x = starts if between else U(0)
        while x:
            f = first(x)
            x = rest(x)
            z = near[f] & between
            while z and spare[f, s] > 0:
                c = first(z)
                z = rest(z)
                y = near[c] & ends
                while y and spare[f, s] > 0 and spare[c, s] > 0:
                    g = first(y)
                    y = rest(y)
                    amount = min(spare[f, s], spare[g, s], spare[c, s])
                    spare[f, s] -= amount
                    spare[g, s] -= amount
                    spare[c, s] -= amount
                    total += amount
    return total


@njit(cache=True, nogil=True)
def long_way(case, left, front, back, new, near, spare, room):
    """Charge paths of four people with what the shorter ones left."""
    total = 0
    while left and total < room:
        s = first(left)
        left = rest(left)
        out = ~case.cast[s]
        ends, between = back & out, new & out
        x = front & out if ends and between else U(0)
        while x:
            f = first(x)
            x = rest(x)
            z = near[f] & between
            while z and spare[f, s] > 0:
                c = first(z)
                z = rest(z)
                v = near[c] & between & ~(U(1) << U(c))
                while v and spare[f, s] > 0 and spare[c, s] > 0:
                    e = first(v)
                    v = rest(v)
                    y = near[e] & ends
                    while y and spare[f, s] > 0 and spare[c, s] > 0 and spare[e, s] > 0:
                        g = first(y)
                        y = rest(y)
                        amount = min(spare[f, s], spare[c, s], spare[e, s], spare[g, s])
                        spare[f, s] -= amount
                        spare[g, s] -= amount
                        spare[c, s] -= amount
                        spare[e, s] -= amount
                        total += amount
    return total


@njit(cache=True, nogil=True)
def neighbours(case, left, people, near):
    """Whom each of these people shares a scene with, among the scenes left."""
    while people:
        a = first(people)
        people = rest(people)
        near[a] = people_in(case.cast, left & case.scenes[a])


@njit(cache=True, nogil=True)
def bound(case, left, front, back, needed, spare, near, room):
    """A lower bound on the holds that a state still costs; it looks no further once `room` is reached.

    `needed` are the people of the scenes left, `near` whom each shares one with. Paths charge first: they find most.
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
    renew(case, spare, front | back | new)
    found += end_to_end(case, left, front, back, new, near, spare, room - found)
    if found < room:
        found += who_is_done_first(case, left, front, spare, room - found)
    if found < room:
        found += who_is_done_first(case, left, back, spare, room - found)
    if found < room:
        found += long_way(case, left, front, back, new, near, spare, room - found)
    return found


def spare_for(case: Case) -> tuple[Ints, Sets]:
    """Return the scratch arrays of `bound`."""
    return np.zeros_like(case.hold), np.zeros(64, np.uint64)
