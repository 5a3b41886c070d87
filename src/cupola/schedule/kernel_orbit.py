"""A day of an orbit unit, compiled: a sequence of pieces of work and rigs, each as early as it can be after the one before.

With lengths that do not depend on the hour, a sequence can be kept at all if and only if it can be kept that way; so what is
searched are sequences, not hours (`kernel_fill`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cupola.schedule.kernel_moves import draw
from cupola.schedule.kernel_problem import Ints, Keys, bare

Bools = NDArray[np.bool_]
Shorts = NDArray[np.int16]
"""Slots of a date: small numbers, so that the tables of a flight stay in the fast memory of a core."""
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

    after: Shorts
    until: Shorts
    length: Shorts
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
    found no room, `gone` (n,) marks pieces that are thought away. Of each day as it is, `ends` and `starts` (D, any) are the
    earliest ends and latest starts of its items, `widest` (D,) is the longest gap between an end and the next start, `slots`
    (D,) what all its items take, `pieces` (M, D) counts those of a module.
    """

    items: Ints
    held: Ints
    day: Ints
    pool: Ints
    size: Ints
    trouble: Ints
    gone: Bools
    random: Keys
    ends: Ints
    starts: Ints
    widest: Ints
    slots: Ints
    pieces: Ints


def rooms(count: int, modules: int, dates: int, pool: Ints, seed: int) -> Rooms:
    """Return empty days, and pieces that wait for them: the last of `pool` comes first."""
    waiting = np.zeros(count, np.int64)
    waiting[: len(pool)] = pool
    width = count + modules + 2
    return Rooms(
        items=np.zeros((dates, width), np.int64),
        held=np.zeros(dates, np.int64),
        day=np.full(count, NOWHERE, np.int64),
        pool=waiting,
        size=np.array([len(pool)], np.int64),
        trouble=np.ones(count, np.int64),
        gone=np.zeros(count, np.bool_),
        random=np.array([seed * 2654435761 % (1 << 60) + 88172645463325252], np.uint64),
        ends=np.zeros((dates, width), np.int64),
        starts=np.zeros((dates, width), np.int64),
        widest=np.zeros(dates, np.int64),
        slots=np.zeros(dates, np.int64),
        pieces=np.zeros((modules, dates), np.int64),
    )


@bare
def copied(these, k, those):
    """Copy so many numbers, which a slice would not do without new memory."""
    for i in range(k):
        those[i] = these[i]


@bare
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


@bare
def widest_gap(p, d, items, k, ends, starts):
    """Write `ends` as early and `starts` as late as can be, `starts[k]` being the end of the date; return the longest gap
    between an end and the next start, -1 where the items find no room.
    """
    if not ends_early(p, d, items, k, ends):
        return NOWHERE
    late, widest = DAY, 0
    starts[k] = DAY
    for i in range(k - 1, -1, -1):
        widest = max(widest, late - ends[i])
        late = p.until[items[i], d, late - p.length[items[i], d]]
        starts[i] = late
    return max(widest, late)


@bare
def settle(p, s, d):
    """Work out the times and the sums of a day whose items have changed."""
    n = len(p.module)
    for m in range(len(s.pieces)):
        s.pieces[m, d] = 0
    slots = 0
    for i in range(s.held[d]):
        x = s.items[d, i]
        slots += p.length[x, d]
        if x < n:
            s.pieces[p.module[x], d] += 1
    s.slots[d] = slots
    s.widest[d] = widest_gap(p, d, s.items[d], s.held[d], s.ends[d], s.starts[d])


@bare
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


@bare
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


@bare
def find_place(p, s, d, items, k, w, ends, starts, widest, place):
    """Draw one of the places of a piece in a day: [position of a new rig or -1, position]; return how many there are.

    `ends`, `starts` and `widest` are of its items: what the piece has no gap for is not looked at.
    """
    found, rig, long = 0, len(p.module) + p.module[w], p.length[w, d]
    if long > widest or not p.may_rig[p.module[w], d] or p.after[w, d, 0] == NEVER:
        return found
    rigged = -1
    for i in range(k):
        if items[i] == rig:
            rigged = i
            break
    if rigged < 0 and p.length[rig, d] > widest:
        return found
    first, last = span_of(p, s, d, items, k, w)
    if first > last or (p.is_limited and not has_hours(p, d, items, k, w, 1 if rigged < 0 else 0)):
        return found
    if rigged >= 0:
        for i in range(max(first, rigged + 1), last + 1):
            at = ends[i - 1]
            if starts[i] - at < long:
                continue
            start = p.after[w, d, at]
            if start == NEVER:
                break
            if start + long <= starts[i]:
                found += 1
                if draw(s.random, found) == 0:
                    place[0], place[1] = -1, i
        return found
    for q in range(last + 1):
        at = ends[q - 1] if q > 0 else 0
        if starts[q] - at < p.length[rig, d]:
            continue
        start = p.after[rig, d, at]
        if start == NEVER:
            break
        at = start + p.length[rig, d]
        if at > starts[q]:
            continue
        for i in range(q, last + 1):
            if i > q:
                at = p.after[items[i - 1], d, at] + p.length[items[i - 1], d]
            if i < first or starts[i] - at < long:
                continue
            start = p.after[w, d, at]
            if start == NEVER:
                break
            if start + long <= starts[i]:
                found += 1
                if draw(s.random, found) == 0:
                    place[0], place[1] = q, i
    return found


@bare
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
    settle(p, s, d)


@bare
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


@bare
def keep(p, s, d, left, k):
    """Let a day have so many items of `left`."""
    copied(left, k, s.items[d])
    s.held[d] = k
    settle(p, s, d)
