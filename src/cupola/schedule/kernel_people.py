"""What people and the calendar cost, compiled: work, holds, one drop, travel, rest, order and cover sets."""

from __future__ import annotations

import numpy as np

from cupola.schedule.kernel_problem import (
    COVER_AT,
    COVERS,
    DATE,
    DAYS_IN_ROW,
    DROP,
    GUARANTEE,
    HOLD,
    HOME,
    IDLE,
    IDLE_AFTER,
    MIDNIGHT,
    MOVE_CENTS,
    NIGHT_CALL_S,
    NIGHT_REST_S,
    RANK,
    REST_S,
    TOLL_CENTS,
    TOLL_FREE,
    TRAVEL,
    WEEK,
    WEEK_REST_S,
    WORK,
    ZERO,
    compiled,
)


@compiled
def pay_of(person, date, a, table, first, count, slot):
    """What cast member a is paid who works on slots `table[a, first:first + count]`, ascending; `slot` knows the hub of each.

    One gap is dropped: by the day that with most holds, by the week the longest.
    """
    if count == 0:
        return 0
    by_week = person[a, WEEK] != 0
    drop = person[a, DROP]
    holds = 0
    best = 0
    trips = 0
    hub = -1
    last = -1
    for x in range(first, first + count):
        d = table[a, x]
        if last >= 0:
            idle = date[d, IDLE] - date[last, IDLE_AFTER]
            gap = date[d, DATE] - date[last, DATE] - 1
            holds += idle
            if drop >= 0 and gap >= drop:
                best = max(best, gap if by_week else idle)
        last = d
        if person[a, TRAVEL] != 0 and slot[d, 4] != hub:
            hub = slot[d, 4]
            if hub != person[a, HOME]:
                trips += 1
    if by_week:
        days = date[last, DATE] - date[table[a, first], DATE] + 1 - best
        return (max(days, person[a, GUARANTEE]) + 6) // 7 * person[a, WEEK] + trips * person[a, TRAVEL]
    paid_idle = max(holds - best, person[a, GUARANTEE] - count)
    return count * person[a, WORK] + paid_idle * person[a, HOLD] + trips * person[a, TRAVEL]


@compiled
def pushed_by(const, rest, wrap, call, most):
    """By how many seconds the call of a day is pushed so that the unit has its rest, in whole five minutes, at most `most`.

    `rest` is the time since the last wrap; `wrap` and `call` each count from the midnight of their date. After a wrap past
    midnight a call before noon (or whatever hour is in force) needs the longer rest.
    """
    lacks = const[REST_S] - rest
    if wrap > 86400 and call < const[NIGHT_CALL_S] and const[NIGHT_REST_S] > const[REST_S]:
        lacks = max(lacks, min(const[NIGHT_REST_S] - rest, const[NIGHT_CALL_S] - call))
    return min(most, (max(ZERO, lacks) + 299) // 300 * 300)


@compiled
def between_days(const, date, slot):
    """Hub moves in cents, and minutes of rest that lack, over all slots.

    A day is called later where that gives the unit its rest and its pieces keep their light. A seventh date without a long
    pause since the first, or a day too many in a row, is a violation of two hours.
    """
    cents = 0
    bad = 0
    last = -1
    row = 0
    week = 0  # the first date worked since a long pause
    push = ZERO
    for d in range(len(date)):
        if slot[d, 4] < 0:
            continue
        if last < 0:
            row = 1
            week = date[d, DATE]
        else:
            if slot[d, 4] != slot[last, 4]:
                cents += const[MOVE_CENTS]
            wrap = slot[last, 3] + push
            rest = date[d, MIDNIGHT] + slot[d, 2] - date[last, MIDNIGHT] - wrap
            push = pushed_by(const, rest, wrap, slot[d, 2], slot[d, 5])
            rest += push
            late = wrap > 86400 and slot[d, 2] + push < const[NIGHT_CALL_S]
            need = max(const[REST_S], const[NIGHT_REST_S]) if late else const[REST_S]
            if rest < need:
                bad += (need - rest + 59) // 60
            row = row + 1 if date[d, DATE] == date[last, DATE] + 1 else 1
            if 0 < const[DAYS_IN_ROW] < row:
                bad += 120
            if rest >= const[WEEK_REST_S]:
                week = date[d, DATE]
            elif date[d, DATE] - week >= 6:
                bad += 120
        last = d
    return cents, bad


@compiled
def pushes(const, date, slot, later):
    """Write to `later` (T,) by how many seconds each day is called later than `slot` has it: as `between_days` reckons."""
    last = -1
    push = ZERO
    for d in range(len(date)):
        later[d] = 0
        if slot[d, 4] < 0:
            continue
        if last >= 0:
            wrap = slot[last, 3] + push
            rest = date[d, MIDNIGHT] + slot[d, 2] - date[last, MIDNIGHT] - wrap
            push = pushed_by(const, rest, wrap, slot[d, 2], slot[d, 5])
            later[d] = push
        last = d


@compiled
def order_broken(const, piece, order, day):
    """Minutes of violation for wishes of order and for cover sets.

    A piece is not on an earlier day than one it must follow (within a day, the day's own order sees to it); the last work at
    a cover set is not before the last exterior it stands by for.
    """
    bad = 0
    for k in range(len(order)):
        late = day[order[k, 0]] - day[order[k, 1]]
        if late > 0 and day[order[k, 1]] >= 0:
            bad += 60 + 10 * late
    for g in range(const[COVERS]):
        cover = -1
        outside = -1
        for i in range(len(day)):
            if piece[i, const[COVER_AT] + g] == 1:
                cover = max(cover, day[i])
            elif piece[i, const[COVER_AT] + g] == 2:
                outside = max(outside, day[i])
        if cover >= 0 and outside > cover:
            bad += 60 + 10 * (outside - cover)
    return bad


@compiled
def toll(const, moved):
    """What it costs beside all else that so many strips are not where the agreed board has them."""
    return const[TOLL_CENTS] * max(0, moved - const[TOLL_FREE])


@compiled
def keeps_order(piece, slots, day):
    """Whether no ranked piece is on an earlier day than one of a lower rank; there are so many slots."""
    first = np.full(slots, slots, np.int64)
    last = np.full(slots, -1, np.int64)
    for i in range(len(day)):
        if piece[i, RANK] >= 0 and day[i] >= 0:
            first[piece[i, RANK]] = min(first[piece[i, RANK]], day[i])
            last[piece[i, RANK]] = max(last[piece[i, RANK]], day[i])
    latest = -1
    for rank in range(slots):
        if first[rank] < latest:
            return False
        latest = max(latest, last[rank])
    return True
