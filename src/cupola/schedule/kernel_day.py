"""One shooting day, compiled: how its pieces run from call to wrap, and what it costs.

One function, `sequence`, puts the pieces of a day in order; the search and the finished board both use it, so a board
runs as it was costed.
"""

from __future__ import annotations

import numpy as np

from cupola.schedule.kernel_order import best_order
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
    UNIT_CENTS,
    ZERO,
    compiled,
)
from cupola.schedule.kernel_run import LATEST_CALL_S, between, is_free, run_day, run_free

JUDGED = 6
"""What is said of a day: cents, minutes of violation, call, wrap, hub, and by how many seconds it may begin later."""


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
    """Choose the call of a day and run it: returns (minutes of violation, call, wrap). `items` are in ascending order.

    The soonest piece first from the usual call, where that does; else the best order; where none keeps light and hours, the
    call from which the soonest first breaks least.
    """
    const, piece = p.const, p.piece
    usual = const[CALL_S]
    if is_free(const, piece, p.order, d, items.reshape((1, len(items))), ZERO, m):
        wrap = run_free(const, piece, items, m, out)
        return (max(0, wrap - usual - const[DAY_S]) + 59) // 60, usual, wrap
    missed, call, wrap = run_day(const, piece, p.order, d, items, m, usual, out)
    over = too_long(p, d, m, call, wrap, out)
    if (missed > 0 or over > 0) and m > 1 and least_s(const, piece, items, m) <= const[DAY_S]:
        found, call, wrap = best_order(const, piece, p.order, d, items, m, out)
        if found and too_long(p, d, m, call, wrap, out) == 0:
            return ZERO, call, wrap
    return soonest_first(p, d, items, m, out)


@compiled
def too_long(p, d, m, call, wrap, out):
    """Seconds that a day is too long, for the unit and for its minors."""
    over = max(ZERO, wrap - call - p.const[DAY_S])
    if p.const[ANY_MINOR]:
        over += minors_over(p.const, p.piece, p.person, d, m, out)
    return over


@compiled
def soonest_first(p, d, items, m, out):
    """Run a day with the soonest piece first from the best of the calls that its light suggests, as `sequence` does."""
    const, piece = p.const, p.piece
    usual = const[CALL_S]
    work = ZERO
    total = ZERO
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
    missed, call, wrap, over = ZERO, usual, usual, ZERO
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
        over = too_long(p, d, m, call, wrap, out)
        score = missed * 1e7 + over * 20.0 + (wrap - call) + abs(call - usual) * 0.25
        if score < best_score - 0.5:
            best_score, best_call = score, asked
        if missed == 0 and over == 0 and wrap - call <= work and call == usual:
            break
        c += 1
    return missed * 240 + (over + 59) // 60, call, wrap


@compiled
def least_s(const, piece, items, m):
    """Seconds that a day of these pieces takes at least, in any order: the work, a change for each further set, the meal."""
    seconds = ZERO
    change = min(const[RELIGHT_S], const[MOVE_S])
    for x in range(m):
        i = items[x]
        seconds += piece[i, PREP] + piece[i, ROLL]
        seen = x == 0 or piece[i, SET] != piece[i, LAST_SET]
        for y in range(x):
            seen = seen or piece[items[y], SET] == piece[i, SET] or piece[items[y], LAST_SET] == piece[i, SET]
        if not seen:
            seconds += change
    return seconds + (const[MEAL_S] if seconds > const[MEAL_WITHIN_S] else ZERO)


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
    """Write a day of ascending pieces `bags[row, :m]` to `result[d, at:]`: the columns `JUDGED` stands for."""
    const, piece = p.const, p.piece
    cents, bad, hub, seconds = lean_day(const, piece, bags, row, m)
    call, wrap, push = ZERO, ZERO, ZERO
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
        if bad == 0:
            push = push_of(const, piece, p.order, d, bags, row, m, call, wrap, out)
    result[d, at], result[d, at + 1], result[d, at + 2], result[d, at + 3], result[d, at + 4] = cents, bad, call, wrap, hub
    result[d, at + 5] = push


@compiled
def push_of(const, piece, order, d, bags, row, m, call, wrap, out):
    """By how many seconds a day may begin later as it stands, so that all rolls keep their light; in whole five minutes."""
    if is_free(const, piece, order, d, bags, row, m):
        return push_free(const, piece, d, bags, row, m, call, wrap)
    least = LATEST_CALL_S - 300 - call
    at = const[SPAN_AT] + d * 3 * CHOICES
    for x in range(m):
        i, roll = out[0, x], out[2, x]
        room = ZERO
        for k in range(CHOICES):
            if piece[i, at + k] <= roll:
                room = max(room, piece[i, at + CHOICES + k] - roll - piece[i, ROLL])
        least = min(least, room)
    return max(ZERO, least) // 300 * 300


@compiled
def push_free(const, piece, d, bags, row, m, call, wrap):
    """By how much a day may begin later whose pieces may be shot in any order: until the first of their windows closes."""
    least = LATEST_CALL_S - 300 - call
    for x in range(m):
        least = min(least, piece[bags[row, x], const[FREE_AT] + d] - wrap)
    return max(ZERO, least) // 300 * 300
