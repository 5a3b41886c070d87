"""One shooting day, compiled: how its pieces run from call to wrap, and what it costs.

One function, `sequence`, puts the pieces of a day in order; the search and the finished board both use it, so a board
runs as it was costed.
"""

from __future__ import annotations

import numpy as np

from cupola.schedule.kernel_problem import (
    ANY_MINOR,
    ANY_OVERTIME,
    CALL_S,
    CAST,
    CASTS,
    CHOICES,
    DAY_S,
    FAR,
    FREE_AT,
    GIVEN,
    HUB,
    LAST_SET,
    MAX_DAY,
    MAX_SETS,
    MEAL_S,
    MEAL_WITHIN_S,
    MINOR,
    MOVE_CENTS,
    MOVE_S,
    ONE,
    OVERTIME,
    PLACE,
    PLACE_CENTS,
    PREP,
    RELIGHT_S,
    ROLL,
    SET,
    SETS,
    SETS_AT,
    SPAN_AT,
    STRAIGHT,
    TIED,
    UNIT_CENTS,
    ZERO,
    compiled,
)

LATEST_CALL_S = 26 * 3600
"""A day is called on its date: before 02:00 the next morning. Light that opens later may end it, but not begin it."""


@compiled
def between(const, piece, i, j):
    """Seconds from one piece of work to the next: nothing in one set, a relight in one place, else a company move."""
    if i < 0:
        return 0
    if piece[i, PLACE] != piece[j, PLACE]:
        return const[MOVE_S]
    return const[RELIGHT_S] if piece[i, LAST_SET] != piece[j, SET] else 0


@compiled
def roll_from(const, piece, i, d, ready):
    """The first instant at or after `ready` at which piece i can roll on slot d, or FAR."""
    at = const[SPAN_AT] + d * 3 * CHOICES
    for k in range(CHOICES):
        roll = max(ready, piece[i, at + k])
        if roll + piece[i, ROLL] <= piece[i, at + CHOICES + k]:
            return roll
    return FAR


@compiled
def latest_start(const, piece, i, d, ready):
    """The last instant at which piece i can start and still roll in the next window that `ready` leaves it, or -FAR."""
    at = const[SPAN_AT] + d * 3 * CHOICES
    for k in range(CHOICES):
        if max(ready, piece[i, at + k]) + piece[i, ROLL] <= piece[i, at + CHOICES + k]:
            return piece[i, at + CHOICES + k] - piece[i, ROLL] - piece[i, PREP]
    return -FAR


@compiled
def must_wait(piece, order, items, m, left, j):
    """Whether a piece still to be shot this day must come before piece j."""
    if piece[j, TIED] == 0:
        return False
    for k in range(len(order)):
        if order[k, 1] == j:
            for x in range(m):
                if left[x] and items[x] == order[k, 0]:
                    return True
    return False


@compiled
def next_piece(const, piece, d, items, m, open_now, before, t, call, meal):
    """The row of the piece to shoot next: the soonest, unless the piece with the first deadline would miss its light.

    `open_now` are the rows that are left and need not wait; -1 where there are none.
    """
    critical = -1
    critical_last = FAR * 2
    first_open = -1
    for x in range(m):
        if open_now[x]:
            if first_open < 0:
                first_open = x
            start = t + between(const, piece, before, items[x])
            last = latest_start(const, piece, items[x], d, start + piece[items[x], PREP])
            if start <= last < critical_last:
                critical, critical_last = x, last
    pick = -1
    pick_at = FAR * 2
    pick_key = FAR * 2
    for x in range(m):
        if not open_now[x]:
            continue
        i = items[x]
        gap = between(const, piece, before, i)
        roll = roll_from(const, piece, i, d, t + gap + piece[i, PREP])
        if roll >= FAR:
            continue
        start = roll - piece[i, PREP]
        if x != critical and critical >= 0:
            end = roll + piece[i, ROLL]
            pause = const[MEAL_S] if meal < 0 and end - call > const[MEAL_WITHIN_S] - 3600 else 0
            if end + between(const, piece, i, items[critical]) + pause > critical_last:
                continue
        key = start - t + gap
        if start < pick_at - 600 or (start <= pick_at + 600 and key < pick_key):
            pick, pick_at, pick_key = x, start, key
    if pick < 0:
        pick = critical
    return pick if pick >= 0 else first_open


@compiled
def run_day(const, piece, order, d, items, m, call, out):
    """Dispatch a day from its call: returns (pieces that miss their light, call, wrap).

    The call moves to the first piece where that has to wait. `out` (4, 32) gets order, starts and rolls, and the meal's start.
    """
    t = call
    before = -ONE
    missed = ZERO
    meal = -ONE
    left = np.ones(m, np.bool_)
    open_now = np.ones(m, np.bool_)
    for n in range(m):
        for x in range(m):
            open_now[x] = left[x] and not must_wait(piece, order, items, m, left, items[x])
        pick = next_piece(const, piece, d, items, m, open_now, before, t, call, meal)
        if pick < 0:  # a circle of wishes of order: any of them
            missed += 1
            for x in range(m):
                if left[x]:
                    pick = x
        i = items[pick]
        left[pick] = False
        gap = between(const, piece, before, i)
        ready = t + gap + piece[i, PREP]
        roll = roll_from(const, piece, i, d, ready)
        if before < 0 and roll < FAR:
            call = (roll - piece[i, PREP]) // 300 * 300
            t = call
            missed += call >= LATEST_CALL_S
        end = (roll if roll < FAR else ready) + piece[i, ROLL]
        if meal < 0 and end - call > const[MEAL_WITHIN_S]:
            meal = t
            ready += const[MEAL_S]
            roll = roll_from(const, piece, i, d, ready)
        if roll >= FAR:
            missed += 1
            roll = ready
        out[0, n], out[1, n], out[2, n] = i, roll - piece[i, PREP], roll
        t = roll + piece[i, ROLL]
        before = i
    out[3, 0] = meal
    return missed, call, t


@compiled
def is_free(const, piece, order, d, bags, row, m):
    """Whether the pieces `bags[row, :m]` of slot d may be shot in any order from the usual call."""
    tied = 0
    for x in range(m):
        if piece[bags[row, x], const[FREE_AT] + d] == 0:
            return False
        tied += piece[bags[row, x], TIED]
    return tied < 2 or len(order) == 0


@compiled
def run_free(const, piece, items, m, out):
    """Run a day whose pieces take any light: place by place, set by set; returns the wrap."""
    for x in range(m):
        i = items[x]
        at = x
        while at > 0:
            j = np.int64(out[0, at - 1])
            if (piece[j, PLACE], piece[j, SET]) <= (piece[i, PLACE], piece[i, SET]):
                break
            out[0, at] = j
            at -= 1
        out[0, at] = i
    t = const[CALL_S]
    meal = -1
    before = -ONE
    for x in range(m):
        i = out[0, x]
        start = t + between(const, piece, before, i)
        if meal < 0 and start + piece[i, PREP] + piece[i, ROLL] - const[CALL_S] > const[MEAL_WITHIN_S]:
            meal = t
            start += const[MEAL_S]
        out[1, x] = start
        out[2, x] = start + piece[i, PREP]
        t = out[2, x] + piece[i, ROLL]
        before = i
    out[3, 0] = meal
    return t


@compiled
def minors_over(const, piece, person, d, m, out):
    """Seconds that the minors of a day are too long on the set, school and meal included, or at work."""
    over = 0
    for a in range(len(person)):
        if person[a, MINOR + 3 * d] < 0:
            continue
        first = -1
        last = 0
        work = 0
        for x in range(m):
            for k in range(const[CASTS]):
                if piece[out[0, x], CAST + k] == a:
                    last = out[2, x] + piece[out[0, x], ROLL]
                    work += last - out[1, x]
                    if first < 0:
                        first = out[1, x]
        if first >= 0:
            span = last - first
            there = span + max(0, person[a, MINOR + 3 * d + 2] - (span - work))
            over += max(0, there - person[a, MINOR + 3 * d]) + max(0, work - person[a, MINOR + 3 * d + 1])
    return over


@compiled
def sequence(p, d, items, m, out):
    """Choose the call of a day and run it: returns (minutes of violation, call, wrap). `items` are in ascending order."""
    const, piece = p.const, p.piece
    usual = const[CALL_S]
    if is_free(const, piece, p.order, d, items.reshape((1, len(items))), ZERO, m):
        wrap = run_free(const, piece, items, m, out)
        return (max(0, wrap - usual - const[DAY_S]) + 59) // 60, usual, wrap
    work = 0
    total = 0
    before = -ONE
    for x in range(m):
        work += piece[items[x], PREP] + piece[items[x], ROLL]
        total += piece[items[x], PREP] + piece[items[x], ROLL] + between(const, piece, before, items[x])
        before = items[x]
    work += const[MEAL_S] if work > const[MEAL_WITHIN_S] else 0
    total += const[MEAL_S] if total > const[MEAL_WITHIN_S] else 0
    best_score = FAR * 4.0
    best_call = usual
    choices = 1 + 2 * CHOICES * m
    tried = np.empty(choices, np.int64)
    count = 0
    missed, call, wrap, over = 0, usual, usual, 0
    c = 0
    while c <= choices:  # the last run is that of the best call
        asked = usual if c == 0 else best_call
        if 0 < c < choices:
            i = items[(c - 1) // (2 * CHOICES)]
            at = const[SPAN_AT] + d * 3 * CHOICES + ((c - 1) // 2) % CHOICES
            asked = piece[i, at] - piece[i, PREP] if c % 2 else piece[i, at + CHOICES] - total
            asked = min(max(asked, 0), 82800) // 300 * 300
            again = piece[i, at + 2 * CHOICES] == 0 or piece[i, at + CHOICES] - piece[i, at] < piece[i, ROLL]
            for x in range(count):
                again = again or tried[x] == asked
            if again:
                c += 1
                continue
        tried[min(count, choices - 1)] = asked
        count += 1
        missed, call, wrap = run_day(const, piece, p.order, d, items, m, asked, out)
        over = max(0, wrap - call - const[DAY_S])
        if const[ANY_MINOR]:
            over += minors_over(const, piece, p.person, d, m, out)
        score = missed * 1e7 + over * 20.0 + (wrap - call) + abs(call - usual) * 0.25
        if score < best_score - 0.5:
            best_score, best_call = score, asked
        if missed == 0 and over == 0 and wrap - call <= work and call == usual:
            break
        c += 1
    return missed * 240 + (over + 59) // 60, call, wrap


@compiled
def lean_day(const, piece, bags, row, m):
    """What can be said of a day of pieces `bags[row, :m]` without its order: cents, minutes of violation, hub, seconds.

    The hub is that of the piece with the lowest number, -1 without work; the rest is what it is at least, exact on a free day.
    """
    if m == 0:
        return ZERO, ZERO, -ONE, ZERO
    first = bags[row, 0]
    for x in range(1, m):
        first = min(first, bags[row, x])
    hub = piece[first, HUB]
    cents = const[UNIT_CENTS]
    bad = 240 * max(ZERO, m - MAX_DAY)
    seconds = ZERO
    sets = ZERO
    places = ZERO
    for x in range(m):
        i = bags[row, x]
        seconds += piece[i, PREP] + piece[i, ROLL]
        if piece[i, HUB] != hub:
            bad += 240
        new_place = True
        new_set = True
        for y in range(x):
            new_place = new_place and piece[bags[row, y], PLACE] != piece[i, PLACE]
            new_set = new_set and piece[bags[row, y], SET] != piece[i, SET]
        if new_place:
            places += 1
            cents += piece[i, PLACE_CENTS]
        if new_set:
            sets += 1
    if const[SETS] == 1:
        seconds += const[RELIGHT_S] * (sets - places)
    else:
        sets = all_sets(const, piece, bags, row, m)
    cents += const[MOVE_CENTS] * (places - 1)
    seconds += const[MOVE_S] * (places - 1)
    if seconds > const[MEAL_WITHIN_S]:
        seconds += const[MEAL_S]
    bad += 60 * max(0, sets - const[MAX_SETS]) + (max(0, seconds - const[DAY_S]) + 59) // 60
    return cents, bad, hub, seconds


@compiled
def all_sets(const, piece, bags, row, m):
    """The sets of a day, where some pieces have several."""
    sets = 0
    at = const[SETS_AT]
    for x in range(m):
        for k in range(const[SETS]):
            one = piece[bags[row, x], at + k]
            seen = one < 0
            for y in range(x):
                for q in range(const[SETS]):
                    seen = seen or piece[bags[row, y], at + q] == one
            if not seen:
                sets += 1
    return sets


@compiled
def overtime(const, piece, person, m, out):
    """What the cast of a day is paid for the time on set beyond their straight hours, in started tenths of an hour."""
    cents = 0
    for a in range(len(person)):
        if person[a, OVERTIME] == 0:
            continue
        first = -1
        last = 0
        for x in range(m):
            for k in range(const[CASTS]):
                if piece[out[0, x], CAST + k] == a:
                    last = out[2, x] + piece[out[0, x], ROLL]
                    if first < 0:
                        first = out[1, x]
        if first >= 0 and last - first > person[a, STRAIGHT]:
            cents += person[a, OVERTIME] * ((last - first - person[a, STRAIGHT] + 359) // 360)
    return cents


@compiled
def judge_day(p, d, bags, row, m, out, result, at):
    """Write a day of ascending pieces `bags[row, :m]` to `result[d, at:]`: cents, minutes of violation, call, wrap, hub."""
    const, piece = p.const, p.piece
    cents, bad, hub, seconds = lean_day(const, piece, bags, row, m)
    call, wrap = ZERO, ZERO
    if m > 0 and p.date[d, GIVEN] == 1:
        cents, bad, call, wrap = p.date[d, GIVEN + 1], 0, p.date[d, GIVEN + 2], p.date[d, GIVEN + 3]
    elif m > 0:
        shot = min(m, ONE * MAX_DAY)
        late, call, wrap = sequence(p, d, bags[row], shot, out)
        bad += late - (max(0, seconds - const[DAY_S]) + 59) // 60
        for x in range(1, shot):
            seen = False
            for y in range(x):
                seen = seen or piece[out[0, y], PLACE] == piece[out[0, x], PLACE]
            if seen and piece[out[0, x - 1], PLACE] != piece[out[0, x], PLACE]:  # the company comes back to a place
                cents += const[MOVE_CENTS]
        if const[ANY_OVERTIME]:
            cents += overtime(const, piece, p.person, shot, out)
    result[d, at], result[d, at + 1], result[d, at + 2], result[d, at + 3], result[d, at + 4] = cents, bad, call, wrap, hub
