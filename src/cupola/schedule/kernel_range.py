"""A move of whole days, compiled: days change places, and what each holds stays together."""

from __future__ import annotations

from cupola.schedule.kernel_day import JUDGED
from cupola.schedule.kernel_people import between_days, keeps_order, order_broken, pay_of, toll
from cupola.schedule.kernel_problem import (
    COVERS,
    GIVEN,
    KEEP_ORDER,
    KEY_AT,
    OK_AT,
    ONE,
    STRIPS,
    TOLL_CENTS,
    TRAVEL,
    WAS,
    ZERO,
    compiled,
)
from cupola.schedule.kernel_state import (
    CHANGE,
    COUNT,
    KEY,
    MARK,
    NEW,
    NEW_KEY,
    NEW_PAY,
    NEW_WORKED,
    PAY,
    SLOTS,
    SOURCE,
    SUMS,
    WORKED,
    judge_known,
    sort,
)


@compiled
def try_range(p, s, low, high, limit, price):
    """Give each slot d from `low` to `high` the pieces of slot `slot[d, SOURCE]` where all that costs no more than `limit`.

    SOURCE has each of them once. A minute of violation costs `price`. Returns whether the move was made.
    """
    slot, room = s.slot, s.room
    for d in range(low, high + 1):
        e = slot[d, SOURCE]
        if e != d:
            for x in range(slot[e, COUNT]):
                if p.piece[s.items[e, x], p.const[OK_AT] + d] == 0:
                    return False
    cents, bad = judge_range(p, s, low, high)
    moved = room[SUMS, 5]
    if p.const[TOLL_CENTS] > 0:
        moved += strips_leaving(p, s, low, high)
        cents += toll(p.const, moved) - toll(p.const, room[SUMS, 5])
    swap_judged(slot, low, high)
    between_cents, between_bad = between_days(p.const, p.date, slot)
    cents += between_cents - room[SUMS, 2]
    bad += between_bad - room[SUMS, 3]
    order = room[SUMS, 4]
    kept = True
    if len(p.order) > 0 or p.const[COVERS] > 0 or p.const[KEEP_ORDER] == 1:
        move_days(s, low, high, True)
        order = order_broken(p.const, p.piece, p.order, s.day)
        kept = p.const[KEEP_ORDER] == 0 or keeps_order(p.piece, len(p.date), s.day)
        move_days(s, low, high, False)
        bad += order - room[SUMS, 4]
    cents += pay_range(p, s, low, high)
    if not kept or cents + price * bad > limit:
        swap_judged(slot, low, high)
        return False
    room[SUMS, 0] += cents
    room[SUMS, 1] += bad
    room[SUMS, 2], room[SUMS, 3], room[SUMS, 4], room[SUMS, 5] = between_cents, between_bad, order, moved
    make_range(s, low, high)
    return True


@compiled
def strips_leaving(p, s, low, high):
    """How many strips more a move of days has elsewhere than on the agreed board."""
    more = ZERO
    for d in range(low, high + 1):
        e = s.slot[d, SOURCE]
        for x in range(s.slot[e, COUNT] if e != d else ZERO):
            was = p.piece[s.items[e, x], WAS]
            if was == e:
                more += p.piece[s.items[e, x], STRIPS]
            elif was == d:
                more -= p.piece[s.items[e, x], STRIPS]
    return more


@compiled
def swap_judged(slot, low, high):
    """Exchange what slots of a range are and what they will be."""
    for d in range(low, high + 1):
        for k in range(JUDGED):
            slot[d, k], slot[d, NEW + k] = slot[d, NEW + k], slot[d, k]


@compiled
def judge_range(p, s, low, high):
    """Judge the slots of a range as they will be, into NEW; returns the difference in cents and violation."""
    slot = s.slot
    cents = ZERO
    bad = ZERO
    for d in range(low, high + 1):
        e = slot[d, SOURCE]
        key = ZERO
        for x in range(slot[e, COUNT]):
            key ^= p.piece[s.items[e, x], p.const[KEY_AT] + d]
            s.room[0, x] = s.items[e, x]
        slot[d, NEW_KEY] = key
        if e == d or (key == slot[e, KEY] and p.date[d, GIVEN] == 0 and p.date[e, GIVEN] == 0):
            for k in range(JUDGED):
                slot[d, NEW + k] = slot[e, k]
        else:
            judge_known(p, s, d, ZERO, slot[e, COUNT], key)
        cents += slot[d, NEW] - slot[d, 0]
        bad += slot[d, NEW + 1] - slot[d, 1]
    return cents, bad


@compiled
def pay_range(p, s, low, high):
    """Pay everybody who works in a range of slots as it will be (the slots show it already); returns the difference."""
    people, slot = s.people, s.slot
    new = SLOTS + len(slot)
    cents = ZERO
    for d in range(low, high + 1):
        slot[slot[d, SOURCE], MARK] = d
    for a in range(len(people)):
        first = -ONE
        last = -ONE
        moves = False
        for x in range(people[a, WORKED]):
            d = people[a, SLOTS + x]
            if low <= d <= high:
                first = x if first < 0 else first
                last = x
                moves = moves or slot[d, MARK] != d
                d = slot[d, MARK]
            people[a, new + x] = d
        people[a, NEW_WORKED] = -1
        if first < 0 or (not moves and p.person[a, TRAVEL] == 0):
            continue
        sort(people, a, new + first, new + last + 1)
        people[a, NEW_WORKED] = people[a, WORKED]
        people[a, NEW_PAY] = pay_of(p.person, p.date, a, people, new, people[a, WORKED], slot)
        cents += people[a, NEW_PAY] - people[a, PAY]
    return cents


@compiled
def move_days(s, low, high, forth):
    """Give the pieces of a range their new slots, or take them back."""
    for d in range(low, high + 1):
        e = s.slot[d, SOURCE]
        for x in range(s.slot[e, COUNT]):
            s.day[s.items[e, x]] = d if forth else e


@compiled
def make_range(s, low, high):
    """Make the move that `try_range` has judged."""
    slot, people = s.slot, s.people
    move_days(s, low, high, True)
    for a in range(len(people)):
        if people[a, NEW_WORKED] >= 0:
            people[a, PAY] = people[a, NEW_PAY]
            for x in range(people[a, WORKED]):
                people[a, SLOTS + x] = people[a, SLOTS + len(slot) + x]
    for d in range(low, high + 1):
        slot[d, MARK] = slot[d, COUNT]
        for x in range(slot[d, COUNT]):
            s.spare[d, x] = s.items[d, x]
    for d in range(low, high + 1):
        e = slot[d, SOURCE]
        slot[d, KEY] = slot[d, NEW_KEY]
        slot[d, COUNT] = slot[e, MARK]
        for x in range(slot[d, COUNT]):
            s.items[d, x] = s.spare[e, x]
    count_works(s, low, high)


@compiled
def count_works(s, low, high):
    """Give each slot of a range the counts of work of its source: along each circle of the exchange, so that none is lost."""
    slot, works, people = s.slot, s.works, s.people
    for d in range(low, high + 1):
        slot[d, MARK] = 0
    for d in range(low, high + 1):
        if slot[d, MARK] == 1 or slot[d, SOURCE] == d:
            continue
        for a in range(len(people)):
            people[a, CHANGE] = works[d, a]
        at = d
        while slot[at, SOURCE] != d:
            slot[at, MARK] = 1
            for a in range(len(people)):
                works[at, a] = works[slot[at, SOURCE], a]
            at = slot[at, SOURCE]
        slot[at, MARK] = 1
        for a in range(len(people)):
            works[at, a] = people[a, CHANGE]
            people[a, CHANGE] = 0
