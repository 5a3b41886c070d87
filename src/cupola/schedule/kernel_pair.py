"""A move between two slots, compiled: pieces go from one to the other, or are exchanged."""

from __future__ import annotations

from cupola.schedule.kernel_day import JUDGED, lean_day
from cupola.schedule.kernel_people import between_days, keeps_order, order_broken, pay_of, toll
from cupola.schedule.kernel_problem import (
    CAST,
    CASTS,
    KEEP_ORDER,
    KEY_AT,
    MAX_DAY,
    OK_AT,
    ONE,
    STRIPS,
    TIED,
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
    MOVED,
    NEW,
    NEW_PAY,
    NEW_WORKED,
    PAY,
    SLOTS,
    SUMS,
    TOUCHED,
    WORKED,
    judge_known,
)


@compiled
def bag_after(s, d, side, k_out, k_in):
    """Put the pieces that slot d will have into bag `side`: one list of MOVED leaves, the other comes; returns how many."""
    room = s.room
    m = ZERO
    for x in range(s.slot[d, COUNT]):
        i = s.items[d, x]
        stays = True
        for q in range(k_out):
            stays = stays and room[MOVED + side, q] != i
        if stays:
            room[side, m] = i
            m += 1
    for q in range(k_in):
        room[side, m] = room[MOVED + 1 - side, q]
        m += 1
    return m


@compiled
def touch(people, a, touched):
    """Note a person as touched by the move; returns how many are."""
    for x in range(touched):
        if people[x, TOUCHED] == a:
            return touched
    people[touched, TOUCHED] = a
    return touched + 1


@compiled
def note_cast(p, s, d1, d2, k1, k2, hubs_change):
    """Note in CHANGE what the move does to the cast on the two slots; returns how many people are touched.

    Where the slots change hubs, everybody who travels and works there is touched.
    """
    people, room = s.people, s.room
    touched = ZERO
    for side in range(2):
        for q in range(k1 if side == 0 else k2):
            i = room[MOVED + side, q]
            for c in range(p.const[CASTS]):
                a = p.piece[i, CAST + c]
                if a < 0:
                    break
                touched = touch(people, a, touched)
                people[a, CHANGE + side] -= 1
                people[a, CHANGE + 1 - side] += 1
    if hubs_change:
        for a in range(len(p.person)):
            if p.person[a, TRAVEL] != 0 and s.works[d1, a] + s.works[d2, a] > 0:
                touched = touch(people, a, touched)
    return touched


@compiled
def slots_after(s, a, d1, d2):
    """Write the slots of person a after a move; returns how many, or -1 where they are the same."""
    people = s.people
    is1 = s.works[d1, a] + people[a, CHANGE] > 0
    is2 = s.works[d2, a] + people[a, CHANGE + 1] > 0
    if is1 == (s.works[d1, a] > 0) and is2 == (s.works[d2, a] > 0):
        return -1
    low, high = min(d1, d2), max(d1, d2)
    has_low = is1 if d1 < d2 else is2
    has_high = is2 if d1 < d2 else is1
    new = SLOTS + len(s.slot)
    m = ZERO
    for x in range(people[a, WORKED]):
        d = people[a, SLOTS + x]
        if has_low and d >= low:
            people[a, new + m] = low
            m += 1
            has_low = False
        if has_high and d >= high:
            people[a, new + m] = high
            m += 1
            has_high = False
        if d not in (low, high):
            people[a, new + m] = d
            m += 1
    if has_low:
        people[a, new + m] = low
        m += 1
    if has_high:
        people[a, new + m] = high
        m += 1
    return m


@compiled
def pay_touched(p, s, d1, d2, touched, hubs_change):
    """Pay the touched people as they will work; returns the difference in cents."""
    people = s.people
    cents = ZERO
    for x in range(touched):
        a = people[x, TOUCHED]
        m = slots_after(s, a, d1, d2)
        people[a, NEW_WORKED] = m
        people[a, NEW_PAY] = people[a, PAY]
        if m >= 0 or (hubs_change and p.person[a, TRAVEL] != 0):
            first = ZERO + SLOTS + (len(s.slot) if m >= 0 else 0)
            count = m if m >= 0 else people[a, WORKED]
            people[a, NEW_PAY] = pay_of(p.person, p.date, a, people, first, count, s.slot)
        cents += people[a, NEW_PAY] - people[a, PAY]
    return cents


@compiled
def order_after(p, s, d1, d2, k1, k2):
    """Violation of order as it will be, or -1 where an order that must be kept is not; as it is where nothing of it moves."""
    room = s.room
    tied = p.const[KEEP_ORDER] == 1
    for side in range(2):
        for q in range(k1 if side == 0 else k2):
            tied = tied or p.piece[room[MOVED + side, q], TIED] == 1
    if not tied:
        return room[SUMS, 4]
    order = ZERO
    for there in range(2):  # move, look, and move back
        for q in range(k1):
            s.day[room[MOVED, q]] = d2 if there == 0 else d1
        for q in range(k2):
            s.day[room[MOVED + 1, q]] = d1 if there == 0 else d2
        if there == 0:
            order = order_broken(p.const, p.piece, p.order, s.day)
            if p.const[KEEP_ORDER] == 1 and not keeps_order(p.piece, len(p.date), s.day):
                order = -ONE
    return order


@compiled
def strips_leaving(p, s, d1, d2, k1, k2):
    """How many strips more the move has elsewhere than on the agreed board."""
    more = ZERO
    for side in range(2):
        here, there = (d1, d2) if side == 0 else (d2, d1)
        for q in range(k1 if side == 0 else k2):
            was = p.piece[s.room[MOVED + side, q], WAS]
            if was == here:
                more += p.piece[s.room[MOVED + side, q], STRIPS]
            elif was == there:
                more -= p.piece[s.room[MOVED + side, q], STRIPS]
    return more


@compiled
def forget_cast(people, touched):
    """Clear what `note_cast` noted."""
    for x in range(touched):
        a = people[x, TOUCHED]
        people[a, CHANGE] = 0
        people[a, CHANGE + 1] = 0


@compiled
def try_pair(p, s, d1, d2, k1, k2, limit, price):
    """Move `room[MOVED, :k1]` from slot d1 to d2 and `room[MOVED + 1, :k2]` back where all that costs no more than `limit`.

    A minute of violation costs `price`. Returns whether the move was made. What is cheap to know is asked first: a move that
    is too dear by what its days cost at least never has them put in order.
    """
    slot, room, people = s.slot, s.room, s.people
    ok = p.const[OK_AT]
    for side in range(2):
        for q in range(k1 if side == 0 else k2):
            if p.piece[room[MOVED + side, q], ok + (d2 if side == 0 else d1)] == 0:
                return False
    cents = -slot[d1, 0] - slot[d2, 0]
    moved = room[SUMS, 5]
    if p.const[TOLL_CENTS] > 0:
        moved += strips_leaving(p, s, d1, d2, k1, k2)
        cents += toll(p.const, moved) - toll(p.const, room[SUMS, 5])
    bad = -slot[d1, 1] - slot[d2, 1]
    m1, m2, hub1, hub2 = ZERO, ZERO, ZERO, ZERO
    for side in range(2):
        d = d1 if side == 0 else d2
        m = bag_after(s, d, side, k1 if side == 0 else k2, k2 if side == 0 else k1)
        if m > MAX_DAY:
            return False
        lean_cents, lean_bad, hub, _ = lean_day(p.const, p.piece, room, side, m)
        cents += lean_cents
        bad += lean_bad
        slot[d, NEW], slot[d, NEW + 1] = lean_cents, lean_bad
        if side == 0:
            m1, hub1 = m, hub
        else:
            m2, hub2 = m, hub
    # people read their hubs from the slots, which show the new ones while the cast is paid
    old_hub1, old_hub2 = slot[d1, 4], slot[d2, 4]
    hubs_change = hub1 != old_hub1 or hub2 != old_hub2
    touched = note_cast(p, s, d1, d2, k1, k2, hubs_change)
    slot[d1, 4], slot[d2, 4] = hub1, hub2
    cents += pay_touched(p, s, d1, d2, touched, hubs_change)
    slot[d1, 4], slot[d2, 4] = old_hub1, old_hub2
    made = False
    if cents + price * bad <= limit:
        order = order_after(p, s, d1, d2, k1, k2)
        if order >= 0 and cents + price * (bad + order - room[SUMS, 4]) <= limit:
            bad += order - room[SUMS, 4]
            made = finish_pair(p, s, d1, d2, m1, m2, k1, k2, touched, cents, bad, order, limit, price)
            if made:
                room[SUMS, 5] = moved
    forget_cast(people, touched)
    return made


@compiled
def finish_pair(p, s, d1, d2, m1, m2, k1, k2, touched, cents, bad, order, limit, price):
    """The second half of `try_pair`: judge the two days to the minute, and what lies between days; then make the move."""
    slot, room, people = s.slot, s.room, s.people
    at = p.const[KEY_AT]
    key1, key2 = slot[d1, KEY], slot[d2, KEY]
    for side in range(2):
        for q in range(k1 if side == 0 else k2):
            key1 ^= p.piece[room[MOVED + side, q], at + d1]
            key2 ^= p.piece[room[MOVED + side, q], at + d2]
    same = True
    for side in range(2):
        d = d1 if side == 0 else d2
        cents -= slot[d, NEW]
        bad -= slot[d, NEW + 1]
        judge_known(p, s, d, side, m1 if side == 0 else m2, key1 if side == 0 else key2)
        cents += slot[d, NEW]
        bad += slot[d, NEW + 1]
        for k in range(JUDGED):
            same = same and (k < 2 or slot[d, k] == slot[d, NEW + k])
            slot[d, k], slot[d, NEW + k] = slot[d, NEW + k], slot[d, k]
    between_cents, between_bad = room[SUMS, 2], room[SUMS, 3]
    if not same:
        between_cents, between_bad = between_days(p.const, p.date, slot)
        cents += between_cents - room[SUMS, 2]
        bad += between_bad - room[SUMS, 3]
    if cents + price * bad > limit:
        for k in range(JUDGED):
            slot[d1, k], slot[d2, k] = slot[d1, NEW + k], slot[d2, NEW + k]
        return False
    room[SUMS, 0] += cents
    room[SUMS, 1] += bad
    room[SUMS, 2], room[SUMS, 3], room[SUMS, 4] = between_cents, between_bad, order
    slot[d1, KEY], slot[d2, KEY] = key1, key2
    for x in range(touched):
        a = people[x, TOUCHED]
        people[a, PAY] = people[a, NEW_PAY]
        if people[a, NEW_WORKED] >= 0:
            people[a, WORKED] = people[a, NEW_WORKED]
            for y in range(people[a, WORKED]):
                people[a, SLOTS + y] = people[a, SLOTS + len(slot) + y]
        s.works[d1, a] += people[a, CHANGE]
        s.works[d2, a] += people[a, CHANGE + 1]
    for side in range(2):
        d = d1 if side == 0 else d2
        slot[d, COUNT] = m1 if side == 0 else m2
        for x in range(slot[d, COUNT]):
            s.items[d, x] = room[side, x]
            s.day[room[side, x]] = d
    return True
