"""The compiled heart of the Earth board: what a day costs and how it runs, and annealing over days.

All times are whole seconds from local midnight of a slot's date; all money whole minor units. One function,
`sequence`, puts the strips of a day in order; the annealer and the finished board both use it, so a board runs as it
was costed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
MAX_DAY = 24
CHOICES = 3
FAR = 1 << 40


class Problem(NamedTuple):
    """Arrays of one unit: n pieces of work, T slots, A cast, P places.

    `open_s`, `close_s` (n, T, 3) are the windows of the roll, empty ones closed; `ok` (n, T) is 1 where cast, place
    and pin allow the date; `brief` (n, T, 3) where a window is worth a call of its own; `cast` (n, K) lists cast
    members, padded with -1; `midnight_s` (T,) is absolute.
    """

    prep_s: Ints
    roll_s: Ints
    open_s: Ints
    close_s: Ints
    brief: Ints
    ok: Ints
    place: Ints
    set_no: Ints
    cast: Ints
    hub: Ints
    place_cents: Ints
    work_cents: Ints
    hold_cents: Ints
    travel_cents: Ints
    home: Ints
    drop_days: Ints
    date_no: Ints
    midnight_s: Ints
    order: Ints
    call_s: int
    day_s: int
    rest_s: int
    meal_s: int
    meal_within_s: int
    relight_s: int
    move_s: int
    max_sets: int
    unit_cents: int
    move_cents: int


@njit(cache=True, nogil=True, inline="always")
def between(p, i, j):
    """Seconds from one piece of work to the next: nothing in one set, a relight in one place, else a company move."""
    if i < 0:
        return 0
    if p.place[i] != p.place[j]:
        return p.move_s
    return p.relight_s if p.set_no[i] != p.set_no[j] else 0


@njit(cache=True, nogil=True)
def roll_from(p, i, d, ready):
    """The first instant at or after `ready` at which work i can roll on slot d, or FAR."""
    for k in range(CHOICES):
        at = max(ready, p.open_s[i, d, k])
        if at + p.roll_s[i] <= p.close_s[i, d, k]:
            return at
    return FAR


@njit(cache=True, nogil=True)
def latest_start(p, i, d, ready):
    """The last instant at which work i can start and still roll in the next window that `ready` leaves it, or -FAR."""
    for k in range(CHOICES):
        if max(ready, p.open_s[i, d, k]) + p.roll_s[i] <= p.close_s[i, d, k]:
            return p.close_s[i, d, k] - p.roll_s[i] - p.prep_s[i]
    return -FAR


@njit(cache=True, nogil=True)
def run_day(p, d, items, m, call, out_item, out_start, out_roll, out_meal):
    """Dispatch a day from its call: returns (pieces that miss their light, call, wrap).

    The call moves to the first piece where that has to wait. The outs hold order, start and roll, and the meal's start.
    """
    t = call
    before = -1
    missed = 0
    meal = -1
    left = np.ones(m, np.bool_)
    for n in range(m):
        critical = -1
        critical_last = FAR * 2
        for x in range(m):
            if left[x]:
                start = t + between(p, before, items[x])
                last = latest_start(p, items[x], d, start + p.prep_s[items[x]])
                if start <= last < critical_last:
                    critical, critical_last = x, last
        pick = -1
        pick_at = FAR * 2
        pick_key = FAR * 2
        for x in range(m):
            if not left[x]:
                continue
            i = items[x]
            gap = between(p, before, i)
            roll = roll_from(p, i, d, t + gap + p.prep_s[i])
            if roll >= FAR:
                continue
            start = roll - p.prep_s[i]
            if x != critical and critical >= 0:
                j = items[critical]
                pause = p.meal_s if meal < 0 and roll + p.roll_s[i] - call > p.meal_within_s - 3600 else 0
                if roll + p.roll_s[i] + between(p, i, j) + pause > critical_last:
                    continue
            key = start - t + gap
            if start < pick_at - 600 or (start <= pick_at + 600 and key < pick_key):
                pick, pick_at, pick_key = x, start, key
        if pick < 0:
            pick = critical
        if pick < 0:
            for x in range(m):
                if left[x]:
                    pick = x
                    break
        i = items[pick]
        left[pick] = False
        gap = between(p, before, i)
        ready = t + gap + p.prep_s[i]
        roll = roll_from(p, i, d, ready)
        if before < 0 and roll < FAR:
            call = (roll - p.prep_s[i]) // 300 * 300
            t = call
        end = (roll if roll < FAR else ready) + p.roll_s[i]
        if meal < 0 and end - call > p.meal_within_s:
            meal = t
            ready += p.meal_s
            roll = roll_from(p, i, d, ready)
        if roll >= FAR:
            missed += 1
            roll = ready
        out_item[n] = i
        out_start[n] = roll - p.prep_s[i]
        out_roll[n] = roll
        t = roll + p.roll_s[i]
        before = i
    out_meal[0] = meal
    return missed, call, t


@njit(cache=True, nogil=True)
def sequence(p, d, items, m, out_item, out_start, out_roll, out_meal):
    """Choose the call of a day and run it: returns (minutes of violation, call, wrap)."""
    total = 0
    for x in range(m):
        total += p.prep_s[items[x]] + p.roll_s[items[x]] + (between(p, items[x - 1], items[x]) if x > 0 else 0)
    if total > p.meal_within_s:
        total += p.meal_s
    best_score = FAR * 4.0
    best_call = p.call_s
    for c in range(1 + 2 * CHOICES * m):
        call = p.call_s
        if c > 0:
            i = items[(c - 1) // (2 * CHOICES)]
            k = ((c - 1) // 2) % CHOICES
            width = p.close_s[i, d, k] - p.open_s[i, d, k]
            if p.brief[i, d, k] == 0 or width < p.roll_s[i]:
                continue
            call = p.open_s[i, d, k] - p.prep_s[i] if c % 2 else p.close_s[i, d, k] - total
            call = min(max(call, 0), 82800) // 300 * 300
            if call == p.call_s:
                continue
        asked = call
        missed, call, wrap = run_day(p, d, items, m, asked, out_item, out_start, out_roll, out_meal)
        over = max(0, wrap - call - p.day_s)
        score = missed * 1e7 + over * 20.0 + (wrap - call) + abs(call - p.call_s) * 0.25
        if score < best_score - 0.5:
            best_score, best_call = score, asked
    missed, call, wrap = run_day(p, d, items, m, best_call, out_item, out_start, out_roll, out_meal)
    over = max(0, wrap - call - p.day_s)
    return missed * 240 + (over + 59) // 60, call, wrap


@njit(cache=True, nogil=True)
def judge_day(p, d, day, items, out_item, out_start, out_roll, out_meal, result):
    """Cost and violation of slot d into `result`: cents, minutes of violation, call, wrap, hub (-1: no work)."""
    m = 0
    extra = 0
    for i in range(len(day)):
        if day[i] == d:
            if m < MAX_DAY:
                items[m] = i
                m += 1
            else:
                extra += 1
    if m == 0:
        result[0], result[1], result[2], result[3], result[4] = 0, 0, 0, 0, -1
        return
    bad, call, wrap = sequence(p, d, items, m, out_item, out_start, out_roll, out_meal)
    bad += extra * 240
    cents = p.unit_cents
    sets = 0
    for x in range(m):
        i = out_item[x]
        new_set = True
        new_place = True
        for y in range(x):
            if p.set_no[out_item[y]] == p.set_no[i]:
                new_set = False
            if p.place[out_item[y]] == p.place[i]:
                new_place = False
        if new_set:
            sets += 1
        if new_place:
            cents += p.place_cents[p.place[i]]
        if x > 0 and p.place[out_item[x - 1]] != p.place[i]:
            cents += p.move_cents
        if p.hub[p.place[i]] != p.hub[p.place[out_item[0]]]:
            bad += 240
    if sets > p.max_sets:
        bad += 60 * (sets - p.max_sets)
    result[0], result[1], result[2], result[3], result[4] = cents, bad, call, wrap, p.hub[p.place[out_item[0]]]


@njit(cache=True, nogil=True)
def pay_of(p, a, works, hub_of):
    """What cast member a is paid: work days, holds less the best drop, journeys away from home."""
    count = 0
    holds = 0
    best = 0
    trips = 0
    last = -1
    hub = -1
    for d in range(len(p.date_no)):
        if works[a, d] > 0:
            count += 1
            if last >= 0:
                idle = d - last - 1
                holds += idle
                if p.drop_days[a] >= 0 and idle > best and p.date_no[d] - p.date_no[last] - 1 >= p.drop_days[a]:
                    best = idle
            if hub_of[d] != hub:
                hub = hub_of[d]
                if hub != p.home[a]:
                    trips += 1
            last = d
    return count * p.work_cents[a] + (holds - best) * p.hold_cents[a] + trips * p.travel_cents[a]


@njit(cache=True, nogil=True)
def between_days(p, judged):
    """Hub moves in cents, and minutes of rest that lack, over all slots."""
    cents = 0
    bad = 0
    last = -1
    for d in range(len(p.date_no)):
        if judged[d, 4] < 0:
            continue
        if last >= 0:
            if judged[d, 4] != judged[last, 4]:
                cents += p.move_cents
            rest = p.midnight_s[d] + judged[d, 2] - p.midnight_s[last] - judged[last, 3]
            if rest < p.rest_s:
                bad += (p.rest_s - rest + 59) // 60
        last = d
    return cents, bad


@njit(cache=True, nogil=True)
def order_broken(p, day):
    """Minutes of violation for wishes of order: each pair must stand on different days, first before then."""
    bad = 0
    for k in range(len(p.order)):
        late = day[p.order[k, 0]] - day[p.order[k, 1]]
        if late >= 0 and day[p.order[k, 1]] >= 0:
            bad += 60 + 10 * late
    return bad


@njit(cache=True, nogil=True)
def judge(p, day):
    """Cost and violation of a whole assignment of work to slots, from nothing."""
    T = len(p.date_no)
    A = len(p.work_cents)
    items = np.empty(MAX_DAY, np.int64)
    out_item, out_start, out_roll = np.empty(MAX_DAY, np.int64), np.empty(MAX_DAY, np.int64), np.empty(MAX_DAY, np.int64)
    out_meal = np.empty(1, np.int64)
    judged = np.zeros((T, 5), np.int64)
    works = np.zeros((A, T), np.int64)
    hub_of = np.full(T, -1, np.int64)
    for i in range(len(day)):
        for k in range(p.cast.shape[1]):
            if p.cast[i, k] >= 0 and day[i] >= 0:
                works[p.cast[i, k], day[i]] += 1
    cents = 0
    bad = order_broken(p, day)
    for d in range(T):
        judge_day(p, d, day, items, out_item, out_start, out_roll, out_meal, judged[d])
        hub_of[d] = judged[d, 4]
        cents += judged[d, 0]
        bad += judged[d, 1]
    for i in range(len(day)):
        if day[i] >= 0 and p.ok[i, day[i]] == 0:
            bad += 480
    pays = np.zeros(A, np.int64)
    for a in range(A):
        pays[a] = pay_of(p, a, works, hub_of)
        cents += pays[a]
    more, short = between_days(p, judged)
    return cents + more, bad + short, judged, works, hub_of, pays


@njit(cache=True, nogil=True, inline="always")
def draw(state, n):
    """A number in [0, n) from a 64-bit xorshift whose state lives in an array: the same on every machine and thread."""
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return np.int64((x >> np.uint64(11)) % np.uint64(n))


@njit(cache=True, nogil=True)
def propose(p, day, state, moved, to):
    """Draw a move: fills which pieces move and where; returns how many."""
    n = len(day)
    T = len(p.date_no)
    k = 0
    u = draw(state, 100)
    if u < 50:
        i = draw(state, n)
        d = draw(state, T)
        if draw(state, 10) < 7:
            j = draw(state, n)
            for _ in range(12):
                if p.hub[p.place[j]] == p.hub[p.place[i]]:
                    break
                j = draw(state, n)
            d = day[j]
        moved[0], to[0] = i, d
        return 1 if d != day[i] else 0
    if u < 68:
        i, j = draw(state, n), draw(state, n)
        if day[i] == day[j]:
            return 0
        moved[0], to[0], moved[1], to[1] = i, day[j], j, day[i]
        return 2
    a = day[draw(state, n)]
    b = day[draw(state, n)] if draw(state, 2) == 0 else draw(state, T)
    if a == b:
        return 0
    if u < 82:  # swap two days
        for i in range(n):
            if day[i] == a:
                moved[k], to[k] = i, b
                k += 1
            elif day[i] == b:
                moved[k], to[k] = i, a
                k += 1
        return k
    if u < 92:  # take a day out and put it in elsewhere
        for i in range(n):
            e = day[i]
            g = b if e == a else e - 1 if a < e <= b else e + 1 if b <= e < a else e
            if g != e:
                moved[k], to[k] = i, g
                k += 1
        return k
    if u < 96:  # turn a range round
        b = min(T - 1, a + 2 + draw(state, 12))
        for i in range(n):
            e = day[i]
            if a <= e <= b and a + b - e != e:
                moved[k], to[k] = i, a + b - e
                k += 1
        return k
    span = 2 + draw(state, 8)  # shift a block of days
    shift = draw(state, T) - a
    for i in range(n):
        e = day[i]
        if a <= e < a + span and 0 <= e + shift < T:
            moved[k], to[k] = i, e + shift
            k += 1
    return k if shift != 0 else 0


@njit(cache=True, nogil=True)
def anneal(p, day, best, best_score, state, first, last, total, hot, cold, soft, hard):
    """Anneal moves `first` to `last` of `total`, in place on `day`; `best` keeps the cheapest assignment without violation.

    `best_score` is [cents, minutes of violation]. Temperature falls from `hot` to `cold`, the price of a minute of
    violation rises from `soft` to `hard`.
    """
    n = len(day)
    T = len(p.date_no)
    A = len(p.work_cents)
    cents, bad, judged, works, hub_of, pays = judge(p, day)
    between_cents, between_bad = between_days(p, judged)
    order_bad = order_broken(p, day)
    items = np.empty(MAX_DAY, np.int64)
    out_item, out_start, out_roll = np.empty(MAX_DAY, np.int64), np.empty(MAX_DAY, np.int64), np.empty(MAX_DAY, np.int64)
    out_meal = np.empty(1, np.int64)
    moved, to, origin = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int64)
    day_touched, cast_touched = np.zeros(T, np.bool_), np.zeros(A, np.bool_)
    kept_days, kept_pays, kept_hub = judged.copy(), pays.copy(), hub_of.copy()
    for it in range(first, last):
        x = it / total
        temperature = hot * (1 - x) ** 2 + cold
        price = soft + (hard - soft) * x
        k = propose(p, day, state, moved, to)
        allowed = k > 0
        for q in range(k):
            if p.ok[moved[q], to[q]] == 0 and p.ok[moved[q], day[moved[q]]] != 0:
                allowed = False
                break
        if not allowed:
            continue
        day_touched[:] = False
        cast_touched[:] = False
        d_bad = 0
        for q in range(k):
            i = moved[q]
            origin[q] = day[i]
            day_touched[day[i]] = True
            day_touched[to[q]] = True
            d_bad += 480 * ((1 - p.ok[i, to[q]]) - (1 - p.ok[i, day[i]]))
            for c in range(p.cast.shape[1]):
                a = p.cast[i, c]
                if a >= 0:
                    works[a, day[i]] -= 1
                    works[a, to[q]] += 1
                    cast_touched[a] = True
            day[i] = to[q]
        d_cents = 0
        for d in range(T):
            if day_touched[d]:
                kept_days[d] = judged[d]
                kept_hub[d] = hub_of[d]
                judge_day(p, d, day, items, out_item, out_start, out_roll, out_meal, judged[d])
                hub_of[d] = judged[d, 4]
                d_cents += judged[d, 0] - kept_days[d, 0]
                d_bad += judged[d, 1] - kept_days[d, 1]
                if hub_of[d] != kept_hub[d]:
                    for a in range(A):
                        if works[a, d] > 0:
                            cast_touched[a] = True
        for a in range(A):
            if cast_touched[a]:
                kept_pays[a] = pays[a]
                pays[a] = pay_of(p, a, works, hub_of)
                d_cents += pays[a] - kept_pays[a]
        new_between, new_between_bad = between_days(p, judged)
        new_order = order_broken(p, day)
        d_cents += new_between - between_cents
        d_bad += new_between_bad - between_bad + new_order - order_bad
        delta = d_cents + price * d_bad
        if delta <= 0 or draw(state, 1 << 30) < np.exp(-delta / temperature) * (1 << 30):
            cents += d_cents
            bad += d_bad
            between_cents, between_bad, order_bad = new_between, new_between_bad, new_order
            if bad < best_score[1] or (bad == best_score[1] and cents < best_score[0]):
                best_score[0], best_score[1] = cents, bad
                best[:] = day
        else:
            for q in range(k - 1, -1, -1):
                i = moved[q]
                for c in range(p.cast.shape[1]):
                    a = p.cast[i, c]
                    if a >= 0:
                        works[a, to[q]] -= 1
                        works[a, origin[q]] += 1
                day[i] = origin[q]
            for d in range(T):
                if day_touched[d]:
                    judged[d] = kept_days[d]
                    hub_of[d] = kept_hub[d]
            for a in range(A):
                if cast_touched[a]:
                    pays[a] = kept_pays[a]
    return cents, bad
