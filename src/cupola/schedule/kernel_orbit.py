"""A day of an orbit unit, compiled: a sequence of pieces of work and rigs, each as early as it can be after the one before.

With lengths that do not depend on the hour, a sequence can be kept at all if and only if it can be kept that way; so what is
searched are sequences, not hours (`kernel_fill`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cupola.schedule.kernel_moves import draw
from cupola.schedule.kernel_problem import Ints, Keys, compiled

Bools = NDArray[np.bool_]
DAY = 288
"""Slots of a date."""
NEVER = 9999
NOWHERE = -1


class Orbit(NamedTuple):
    """Arrays of n pieces of work, M modules, D dates, P people; an item is a piece or, from n on, the rig of a module.

    `after` (items, D, 290) is the first start at a slot or later, NEVER if there is none; `until` the last one at a slot or
    earlier, -1 if there is none. `length` (items, D) is in slots. `module` (n,) is that of a piece, `may_rig` (M, D) says
    where it may be rigged. `before` (n, n) says that one piece comes before another, `tied` (n,) that a piece is in such a
    wish. `crew` (n, P) says whom a piece needs, for `seconds` (n, D); `work_s` (P, D) is how long somebody may work, `busy_s`
    how long with rigs, which take `rig_s` (P,); `is_limited` says whether anybody has such a limit. `most` (D,) is
    how many slots of a date anything can stand in.
    """

    after: Ints
    until: Ints
    length: Ints
    module: Ints
    may_rig: Bools
    before: Bools
    tied: Bools
    crew: Bools
    seconds: Ints
    work_s: Ints
    busy_s: Ints
    rig_s: Ints
    is_limited: bool
    most: Ints


class Rooms(NamedTuple):
    """Where the search stands: `items` (D, any) with `held` (D,) of them on each date, `day` (n,) of each piece, -1 for none.

    `pool` (n,) has the pieces on no day, `size` (1,) how many, the last one is next. `trouble` (n,) counts how often a piece
    found no room, `gone` (n,) marks pieces that are thought away.
    """

    items: Ints
    held: Ints
    day: Ints
    pool: Ints
    size: Ints
    trouble: Ints
    gone: Bools
    random: Keys


def rooms(count: int, modules: int, dates: int, pool: Ints, seed: int) -> Rooms:
    """Return empty days, and pieces that wait for them: the last of `pool` comes first."""
    waiting = np.zeros(count, np.int64)
    waiting[: len(pool)] = pool
    return Rooms(
        items=np.zeros((dates, count + modules + 1), np.int64),
        held=np.zeros(dates, np.int64),
        day=np.full(count, NOWHERE, np.int64),
        pool=waiting,
        size=np.array([len(pool)], np.int64),
        trouble=np.ones(count, np.int64),
        gone=np.zeros(count, np.bool_),
        random=np.array([seed * 2654435761 % (1 << 60) + 88172645463325252], np.uint64),
    )


@compiled
def ends_early(p, d, items, k, ends):
    """Write when each item of a day ends if all are as early as can be; False where one of them finds no start."""
    at = 0
    for i in range(k):
        start = p.after[items[i], d, at]
        if start == NEVER:
            return False
        at = start + p.length[items[i], d]
        ends[i] = at
    return True


@compiled
def starts_late(p, d, items, k, starts):
    """Write when each item of a day must have started if all are as late as can be; `starts[k]` is the end of the date."""
    starts[k] = DAY
    for i in range(k - 1, -1, -1):
        starts[i] = p.until[items[i], d, starts[i + 1] - p.length[items[i], d]]


@compiled
def has_hours(p, d, items, k, w, rigs):
    """Whether nobody of the crew of a piece works too long on a day, and the operators neither with so many more rigs."""
    n = len(p.module)
    for who in range(p.crew.shape[1]):
        worked = p.seconds[w, d] if p.crew[w, who] else 0
        busy = rigs * p.rig_s[who]
        for i in range(k):
            if items[i] >= n:
                busy += p.rig_s[who]
            elif p.crew[items[i], who]:
                worked += p.seconds[items[i], d]
        if worked > p.work_s[who, d] or worked + busy > p.busy_s[who, d]:
            return False
    return True


@compiled
def span_of(p, s, d, items, k, w):
    """Return between which positions of a day a piece keeps the wishes of order; none where the first is after the last."""
    first, last = 0, k
    if not p.tied[w]:
        return first, last
    for x in range(len(p.module)):
        if s.gone[x] or s.day[x] == NOWHERE:
            continue
        if (p.before[x, w] and s.day[x] > d) or (p.before[w, x] and s.day[x] < d):
            return 1, 0
    for i in range(k):
        if items[i] < len(p.module):
            if p.before[items[i], w]:
                first = i + 1
            if p.before[w, items[i]] and last == k:
                last = i
    return first, last


@compiled
def find_place(p, s, d, items, k, w, ends, starts, place):
    """Draw one of the places of a piece in a day: [position of a new rig or -1, position]; return how many there are."""
    found, rig = 0, len(p.module) + p.module[w]
    if not p.may_rig[p.module[w], d] or p.after[w, d, 0] == NEVER or not ends_early(p, d, items, k, ends):
        return found
    rigged = -1
    for i in range(k):
        if items[i] == rig:
            rigged = i
    first, last = span_of(p, s, d, items, k, w)
    if first > last or (p.is_limited and not has_hours(p, d, items, k, w, 1 if rigged < 0 else 0)):
        return found
    starts_late(p, d, items, k, starts)
    for q in range(k + 1 if rigged < 0 else 1):
        at = ends[q - 1] if q > 0 else 0
        if rigged < 0:
            start = p.after[rig, d, at]
            if start == NEVER:
                break
            at = start + p.length[rig, d]
            if at > starts[q]:
                continue
        for i in range(q, last + 1):
            if i > q:
                at = p.after[items[i - 1], d, at] + p.length[items[i - 1], d]
            if i < first or i <= rigged:
                continue
            start = p.after[w, d, at]
            if start == NEVER:
                break
            if start + p.length[w, d] <= starts[i]:
                found += 1
                if draw(s.random, found) == 0:
                    place[0], place[1] = q if rigged < 0 else -1, i
    return found


@compiled
def put(p, s, d, w, place):
    """Put a piece, and a rig for it if there must be one, into a day."""
    items = s.items[d]
    for x, position in ((w, place[1]), (len(p.module) + p.module[w], place[0])):
        if position >= 0:
            for i in range(s.held[d], position, -1):
                items[i] = items[i - 1]
            items[position] = x
            s.held[d] += 1
    s.day[w] = d


@compiled
def left_on(p, s, d, left):
    """Write what is left of a day without the pieces that are gone, and without rigs nobody needs; return how many items."""
    n, k = len(p.module), 0
    for i in range(s.held[d]):
        x = s.items[d, i]
        if x < n:
            stays = not s.gone[x]
        else:
            stays = False
            for y in range(i + 1, s.held[d]):
                z = s.items[d, y]
                if z < n and not s.gone[z] and p.module[z] == x - n:
                    stays = True
                    break
        if stays:
            left[k] = x
            k += 1
    return k


@compiled
def keep(s, d, left, k):
    """Let a day have so many items of `left`."""
    s.items[d, :k] = left[:k]
    s.held[d] = k
