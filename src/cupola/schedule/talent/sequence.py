"""Annealing over orders of scenes, one after the other: holds, extra visits of a location, wishes of order.

A move changes a window of positions; who waits outside it stays as it was, so only the window is priced anew.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from cupola.schedule.talent.bits import U, price


@njit(cache=True, nogil=True, inline="always")
def draw(state, below):
    """The next number of a xorshift generator, from 0 to below it."""
    x = state[0]
    x ^= x << U(13)
    x ^= x >> U(7)
    x ^= x << U(17)
    state[0] = x
    return np.int64((x >> U(11)) % U(below))


@njit(cache=True, nogil=True, inline="always")
def visit(location, fee, before, scene):
    """What it costs to come to a scene's location, nothing where the scene before was there."""
    here = location[scene]
    return fee[here] if before < 0 or location[before] != here else 0


@njit(cache=True, nogil=True)
def settle(order, cast, days, table, location, fee, came, stays, costs):
    """Price every position of an order: who came by then, who is needed from then on, what the position costs."""
    n = len(order)
    seen = U(0)
    for t in range(n):
        seen |= cast[order[t]]
        came[t] = seen
    seen = U(0)
    total = 0
    for t in range(n - 1, -1, -1):
        s = order[t]
        seen |= cast[s]
        stays[t] = seen
        costs[t] = days[s] * price(table, came[t] & seen) + visit(location, fee, order[t - 1] if t else -1, s)
        total += costs[t]
    return total


@njit(cache=True, nogil=True)
def shift(order, trial, a, b, t):
    """Put the block from a to b so that it begins at t, into `trial`: returns the window (low, high)."""
    width = b - a + 1
    low, high = min(a, t), max(b, t + width - 1)
    k = low
    if t > a:
        for x in range(b + 1, high + 1):
            trial[k] = order[x]
            k += 1
    for x in range(a, b + 1):
        trial[k] = order[x]
        k += 1
    if t < a:
        for x in range(low, a):
            trial[k] = order[x]
            k += 1
    return low, high


@njit(cache=True, nogil=True)
def propose(order, trial, location, state):
    """Write a change of the order into a window of `trial`: returns (low, high), the same twice where nothing changes."""
    n = len(order)
    u = draw(state, 100)
    i = draw(state, n)
    near = n > 40 and draw(state, 2) == 0
    j = min(n - 1, max(0, i - 12 + draw(state, 25))) if near else draw(state, n)
    if i == j:
        return 0, 0
    if u < 35:
        return shift(order, trial, i, i, j)
    low, high = min(i, j), max(i, j)
    if u < 50:
        for x in range(low, high + 1):
            trial[x] = order[x]
        trial[low], trial[high] = order[high], order[low]
        return low, high
    if u < 72:
        a = b = i
        while a > 0 and location[order[a - 1]] == location[order[i]]:
            a -= 1
        while b < n - 1 and location[order[b + 1]] == location[order[i]]:
            b += 1
        t = draw(state, n)
        if t > b:
            while t < n - 1 and location[order[t + 1]] == location[order[t]]:
                t += 1
            t -= b - a
        elif t < a:
            while t > 0 and location[order[t - 1]] == location[order[t]]:
                t -= 1
        else:
            return 0, 0
        return shift(order, trial, a, b, t)
    if u < 85:
        b = min(n - 1, i + draw(state, 12))
        t = min(j, n - 1 - (b - i))
        return (0, 0) if t == i else shift(order, trial, i, b, t)
    if u < 90:  # whole locations turn round
        while low > 0 and location[order[low - 1]] == location[order[low]]:
            low -= 1
        while high < n - 1 and location[order[high + 1]] == location[order[high]]:
            high += 1
    else:
        high = min(high, low + 40)
    for x in range(low, high + 1):
        trial[x] = order[low + high - x]
    return low, high


@njit(cache=True, nogil=True)
def kept_wishes(trial, place, before, low, high):
    """Whether the window keeps every wish of order; `place` holds each scene's position and is changed by the window."""
    for x in range(low, high + 1):
        place[trial[x]] = x
    for k in range(len(before)):  # noqa: SIM110 (a generator does not compile)
        if place[before[k, 0]] > place[before[k, 1]]:
            return False
    return True


@njit(cache=True, nogil=True)
def anneal(start, cast, days, table, location, fee, before, state, moves, hot, cold):
    """Anneal an order that keeps every wish: returns (cost, order) of the best; temperature falls geometrically."""
    n = len(start)
    order, trial, best = start.copy(), start.copy(), start.copy()
    came, stays = np.empty(n, np.uint64), np.empty(n, np.uint64)
    costs, new_costs = np.empty(n, np.int64), np.empty(n, np.int64)
    new_came, new_stays = np.empty(n, np.uint64), np.empty(n, np.uint64)
    place = np.empty(n, np.int64)
    for t in range(n):
        place[order[t]] = t
    cost = settle(order, cast, days, table, location, fee, came, stays, costs)
    best_cost = cost
    temperature = hot
    fall = (cold / hot) ** (1000.0 / max(1, moves))
    for move in range(moves):
        if move % 1000 == 999:
            temperature *= fall
        low, high = propose(order, trial, location, state)
        if low == high:
            continue
        if len(before) and not kept_wishes(trial, place, before, low, high):
            for x in range(low, high + 1):
                place[order[x]] = x
            continue
        room = -temperature * np.log((draw(state, 1 << 30) + 1) / (1 << 30))
        after = high + 1
        last = visit(location, fee, order[high], order[after]) if after < n else 0
        last = visit(location, fee, trial[high], order[after]) - last if after < n else 0
        delta = float(last)
        for x in range(low, high + 1):
            delta -= costs[x]
        needed = stays[after] if after < n else U(0)
        for x in range(high, low - 1, -1):
            needed |= cast[trial[x]]
            new_stays[x] = needed
        seen = came[low - 1] if low else U(0)
        there, daily = U(0), np.int64(0)
        for x in range(low, high + 1):
            s = trial[x]
            seen |= cast[s]
            new_came[x] = seen
            if seen & new_stays[x] != there:
                there = seen & new_stays[x]
                daily = price(table, there)
            previous = trial[x - 1] if x > low else order[x - 1] if x else -1
            new_costs[x] = days[s] * daily + visit(location, fee, previous, s)
            delta += new_costs[x]
            if delta > room:
                break
        if delta > room:
            if len(before):
                for x in range(low, high + 1):
                    place[order[x]] = x
            continue
        for x in range(low, high + 1):
            order[x] = trial[x]
            came[x], stays[x], costs[x] = new_came[x], new_stays[x], new_costs[x]
        if after < n:
            costs[after] += last
        cost += np.int64(delta)
        if cost < best_cost:
            best_cost = cost
            best[:] = order
    return best_cost, best
