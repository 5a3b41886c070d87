"""The most valuable shooting day of one hub, found exactly: a compiled search over sets, light and pieces of work.

A day is worth the prices of its pieces less what its places, moves and cast cost. For each group of sets that a day can hold
and each light that goes together, pieces are taken or left in order. What is still to come is bounded by a knapsack over
the hours left, in which each piece carries the share of its cast's day that its hours are of all the hours they can fill.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cupola.schedule.kernel import Ints

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Shop(NamedTuple):
    """Arrays of one hub: n pieces, A cast, G groups of sets, S sides of light, C cuts.

    `need` (n,) and `room` (G,) are hours in grains; `cast` (n, K) and `groups` (G, most sets) are padded with -1; `dates`
    (n, W) holds a bit for each date on which a piece can be shot; `sides` (S, n) are pieces whose light goes together.
    `fixed` (G,) is what the unit, the places of a group and the moves between them cost. A group of `loose` 1 need not be used
    whole.
    """

    need: Ints
    set_no: Ints
    cast: Ints
    clash: Bools
    dates: NDArray[np.uint64]
    groups: Ints
    room: Ints
    fixed: Floats
    loose: Ints
    sides: Bools


@njit(cache=True, nogil=True)
def dearest_days(shop, value, wage, cuts_of, fines, floor, spread, most, days, worth):  # type: ignore[no-untyped-def]
    """Fill `days` (rows of pieces, -1 padded) and `worth` with days worth more than `floor`, at most one a group and side.

    `value` (n,) prices pieces, `wage` (A,) people. A piece belongs to the cuts `cuts_of` (n, any; -1 padded); a day that holds
    two or more pieces of a cut pays its fine of `fines` (C,).
    Groups are searched for their best day above `floor` + `spread` × (best − floor). Returns (days found, a number that no
    day is worth more than, work done); where `most` work is done, what was not searched is bounded only.
    """
    n, A, G, S = len(shop.need), len(wage), len(shop.room), len(shop.sides)
    largest = 0
    for g in range(G):
        largest = max(largest, shop.room[g])
    W = shop.dates.shape[1]
    deepest = min(n, largest // shop.need.min() if shop.need.min() > 0 else n) + 1
    upper = np.zeros((n + 1, largest + 1))
    left_of = np.zeros((n + 1, A), np.int64)
    share_of = np.zeros(A)
    paid = np.zeros(A, np.int64)
    payroll = np.zeros(A, np.int64)
    K = shop.cast.shape[1]
    row = np.empty(n, np.int64)
    net = np.empty(n)
    key = np.empty(n)
    chosen = np.empty(deepest, np.int64)
    at = np.empty(deepest, np.int64)
    best_day = np.empty(deepest, np.int64)
    shared = np.zeros((deepest + 1, W), np.uint64)
    set_uses = np.zeros(shop.set_no.max() + 1, np.int64)
    held = np.zeros(len(fines), np.int64)
    in_group = np.zeros(shop.set_no.max() + 1, np.bool_)
    for w in range(W):
        for i in range(n):
            shared[0, w] |= shop.dates[i, w]
    found = 0
    best = floor
    ceiling = floor
    work = 0
    for g in range(G):
        room = shop.room[g]
        size = 0
        in_group[:] = False
        for s in shop.groups[g]:
            if s >= 0:
                in_group[s] = True
                size += 1
        if shop.loose[g] == 1:
            in_group[:] = True
        for side in range(S):
            m = 0
            total = 0.0
            for i in range(n):
                if in_group[shop.set_no[i]] and shop.sides[side, i] and shop.need[i] <= room and value[i] > 0.0:
                    row[m] = i
                    m += 1
                    total += value[i]
            threshold = floor + spread * (best - floor)
            if m == 0 or total - shop.fixed[g] <= threshold:
                continue
            # the hours each person can fill, and what an hour of theirs carries
            left_of[m, :] = 0
            for x in range(m):
                for a in shop.cast[row[x]]:
                    if a >= 0:
                        left_of[m, a] += shop.need[row[x]]
            for a in range(A):
                hours = min(room, left_of[m, a])
                share_of[a] = wage[a] / hours if hours > 0 else 0.0
            for x in range(m):
                i = row[x]
                net[x] = value[i]
                for a in shop.cast[i]:
                    if a >= 0:
                        net[x] -= share_of[a] * shop.need[i]
                key[x] = -net[x] / max(1, shop.need[i])
            order = np.argsort(key[:m], kind="mergesort")
            row[:m] = row[:m][order]
            net[:m] = net[:m][order]
            upper[m, : room + 1] = 0.0
            for x in range(m - 1, -1, -1):
                need = shop.need[row[x]]
                if net[x] <= 0.0:
                    upper[x, : room + 1] = upper[x + 1, : room + 1]
                    continue
                for c in range(room + 1):
                    keep = upper[x + 1, c]
                    if c >= need and upper[x + 1, c - need] + net[x] > keep:
                        keep = upper[x + 1, c - need] + net[x]
                    upper[x, c] = keep
            work += m * (room + 1)
            root = upper[0, room] - shop.fixed[g]
            if root <= threshold:
                continue
            if work > most:
                ceiling = max(ceiling, root)
                continue
            left_of[m, :] = 0
            for x in range(m - 1, -1, -1):
                left_of[x, :] = left_of[x + 1, :]
                for a in shop.cast[row[x]]:
                    if a >= 0:
                        left_of[x, a] += shop.need[row[x]]
            top = threshold
            top_size = 0
            depth = 0
            x = 0
            hours = room
            worthy = -shop.fixed[g]
            used = 0
            paid[:] = 0
            staff = 0
            given = 0.0
            held[:] = 0
            set_uses[:] = 0
            while True:
                descend = x < m and depth < deepest
                if descend:
                    reach = worthy + upper[x, hours]
                    work += 1
                    if reach <= top + 1e-9 < reach + given:  # what the paid may give back is looked at where it matters
                        for k in range(staff):
                            a = payroll[k]
                            reach += share_of[a] * min(hours, left_of[x, a])
                    descend = reach > top + 1e-9
                    if descend and work > most:
                        ceiling = max(ceiling, root)
                        break
                if not descend:
                    if depth == 0:
                        break
                    depth -= 1
                    i = chosen[depth]
                    x = at[depth] + 1
                    hours += shop.need[i]
                    worthy -= value[i]
                    for k in range(K - 1, -1, -1):
                        a = shop.cast[i, k]
                        if a >= 0:
                            paid[a] -= 1
                            if paid[a] == 0:
                                worthy += wage[a]
                                given -= wage[a]
                                staff -= 1
                    set_uses[shop.set_no[i]] -= 1
                    if set_uses[shop.set_no[i]] == 0:
                        used -= 1
                    for c in cuts_of[i]:
                        if c < 0:
                            break
                        held[c] -= 1
                        if held[c] == 1:
                            worthy += fines[c]
                    continue
                i = row[x]
                fits = shop.need[i] <= hours
                if fits:
                    common = False
                    for w in range(W):
                        shared[depth + 1, w] = shared[depth, w] & shop.dates[i, w]
                        common = common or shared[depth + 1, w] != np.uint64(0)
                    fits = common
                if fits:
                    for y in range(depth):
                        if shop.clash[i, chosen[y]]:
                            fits = False
                            break
                if fits:
                    chosen[depth] = i
                    at[depth] = x
                    depth += 1
                    hours -= shop.need[i]
                    worthy += value[i]
                    for k in range(K):
                        a = shop.cast[i, k]
                        if a >= 0:
                            if paid[a] == 0:
                                worthy -= wage[a]
                                given += wage[a]
                                payroll[staff] = a
                                staff += 1
                            paid[a] += 1
                    if set_uses[shop.set_no[i]] == 0:
                        used += 1
                    set_uses[shop.set_no[i]] += 1
                    for c in cuts_of[i]:
                        if c < 0:
                            break
                        held[c] += 1
                        if held[c] == 2:
                            worthy -= fines[c]
                    if worthy > top and (used == size or shop.loose[g] == 1):
                        top = worthy
                        top_size = depth
                        best_day[:depth] = chosen[:depth]
                x += 1
            if top_size > 0:
                best = max(best, top)
                if found < len(days):
                    days[found, :] = -1
                    days[found, :top_size] = best_day[:top_size]
                    worth[found] = top
                    found += 1
    return found, max(best, ceiling), work
