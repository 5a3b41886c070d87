"""Annealing over who starts after whom and who finishes before whom: a first order of scenes where nearly everybody waits.

A scene at the front saves the wages of all who have not started, one at the back of all who have finished. Given the order
in which people start and that in which they finish, each scene goes where it saves most: right behind the start of its last
person, or right before the finish of its first. What such an order costs is never more than the days less these savings, and
exactly that where nobody finishes before everybody has started, as in a film with large casts.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from cupola.schedule.talent.bits import Ints
from cupola.schedule.talent.sequence import draw

FRONT, BACK = 0, 1


@njit(cache=True, nogil=True)
def rank_scenes(people, casts, wages, low, high, top, new_top, new_saved):
    """Say what each scene saves a day with `people` in this order, and behind whom it stands (`top`, -1: before everybody).

    Only places from `low` to `high` of the order are new: a scene whose `top` was elsewhere stands there still.
    """
    count = len(people)
    rank = np.empty(count, np.int64)
    left = np.empty(count + 1, np.int64)  # the wages of all from a place on
    left[count] = 0
    for k in range(count - 1, -1, -1):
        rank[people[k]] = k
        left[k] = left[k + 1] + wages[people[k]]
    for s in range(len(casts)):
        k = top[s]
        if low <= k <= high:
            k = -1
            for x in range(casts.shape[1]):
                if casts[s, x] < 0:
                    break
                k = max(k, rank[casts[s, x]])
        new_top[s] = k
        new_saved[s] = left[k + 1]


@njit(cache=True, nogil=True)
def best_pair(days, saved, a, b):
    """Where two scenes save most whose first must come earlier: (what they save, end of the first, end of the second)."""
    best = days[a] * saved[FRONT, a] + days[b] * saved[BACK, b]
    first, then = FRONT, BACK
    front = days[a] * saved[FRONT, a] + days[b] * min(saved[FRONT, a], saved[FRONT, b])
    if front > best:
        best, first, then = front, FRONT, FRONT
    back = days[b] * saved[BACK, b] + days[a] * min(saved[BACK, a], saved[BACK, b])
    if back > best:
        best, first, then = back, BACK, BACK
    return best, first, then


@njit(cache=True, nogil=True)
def savings(days, saved, before):
    """What all scenes save at their better ends, less what each wish of order takes of that."""
    total = 0
    for s in range(len(days)):
        total += days[s] * max(saved[FRONT, s], saved[BACK, s])
    for k in range(len(before)):
        a, b = before[k, 0], before[k, 1]
        total += best_pair(days, saved, a, b)[0]
        total -= days[a] * max(saved[FRONT, a], saved[BACK, a]) + days[b] * max(saved[FRONT, b], saved[BACK, b])
    return total


@njit(cache=True, nogil=True)
def anneal_people(casts, days, wages, before, state, moves, hot, cold):
    """Anneal both orders of people from drawn ones: returns (savings, places, savings a day), the latter of (2, n) scenes."""
    n, count = len(days), len(wages)
    orders = np.empty((2, count), np.int64)
    top, saved = np.zeros((2, n), np.int64), np.zeros((2, n), np.int64)
    old_top, old_saved = np.empty(n, np.int64), np.empty(n, np.int64)
    people = np.empty(count, np.int64)
    for end in range(2):
        for k in range(count):
            j = draw(state, k + 1)
            orders[end, k] = orders[end, j]
            orders[end, j] = k
        rank_scenes(orders[end], casts, wages, 0, count, top[end], top[end], saved[end])
    now = savings(days, saved, before)
    best, best_top, best_saved = now, top.copy(), saved.copy()
    temperature = hot
    fall = (cold / hot) ** (100.0 / max(1, moves))
    for move in range(moves):
        if move % 100 == 99:
            temperature *= fall
        end, i, j = draw(state, 2), draw(state, count), draw(state, count)
        if i == j:
            continue
        people[:] = orders[end]
        one = people[i]
        if draw(state, 3) == 0:
            people[i] = people[j]
        elif i < j:
            for k in range(i, j):
                people[k] = people[k + 1]
        else:
            for k in range(i, j, -1):
                people[k] = people[k - 1]
        people[j] = one
        old_top[:], old_saved[:] = top[end], saved[end]
        rank_scenes(people, casts, wages, min(i, j), max(i, j), old_top, top[end], saved[end])
        new = savings(days, saved, before)
        if new < now + temperature * np.log((draw(state, 1 << 30) + 1) / (1 << 30)):
            top[end], saved[end] = old_top, old_saved
            continue
        now = new
        orders[end] = people
        if now > best:
            best = now
            best_top[:], best_saved[:] = top, saved
    return best, best_top, best_saved


def scenes_in_order(days: Ints, before: Ints, places: Ints, top: Ints, saved: Ints) -> list[int]:
    """Return the scenes as `anneal_people` places them: at the end where each saves most, by place where it is free."""
    end = np.where(saved[FRONT] >= saved[BACK], FRONT, BACK)
    scenes = np.arange(len(days))
    at = top[end, scenes]
    for a, b in before:
        _, end[a], end[b] = best_pair(days, saved, a, b)
        at[a], at[b] = top[end[a], a], top[end[b], b]
        if end[a] == end[b] == FRONT:
            at[b] = max(at[a], at[b])
        elif end[a] == end[b] == BACK:
            at[a] = max(at[a], at[b])
    order = sorted(range(len(days)), key=lambda s: (end[s], at[s] if end[s] == FRONT else -at[s], places[s], s))
    return _kept(order, before)


def _kept(order: list[int], before: Ints) -> list[int]:
    """Return the order with each scene that must come earlier pulled before what it must precede."""
    earlier: dict[int, list[int]] = {}
    for a, b in before:
        earlier.setdefault(int(b), []).append(int(a))
    kept: dict[int, None] = {}
    for s in order:
        stack = [s]
        while stack:
            missing = [a for a in earlier.get(stack[-1], ()) if a not in kept]
            if missing:
                stack.append(missing[0])
            else:
                kept[stack.pop()] = None
    return list(kept)
