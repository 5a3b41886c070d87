"""Where a search stands, compiled: which piece is on which slot, and everything that follows from it, kept up to date."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cupola.schedule.kernel_day import JUDGED, judge_day, lean_day, push_free
from cupola.schedule.kernel_people import between_days, order_broken, pay_of, toll
from cupola.schedule.kernel_problem import (
    ANY_OVERTIME,
    CALL_S,
    CAST,
    CASTS,
    GIVEN,
    KEY_AT,
    MAX_DAY,
    OK_AT,
    STRIPS,
    WAS,
    ZERO,
    Ints,
    Keys,
    Problem,
    compiled,
    packed,
)
from cupola.schedule.kernel_run import is_free

CACHE = 1 << 15
"""Days that were judged are remembered, so many at a time; a power of two."""

COUNT, KEY, SOURCE, NEW, NEW_KEY, MARK, COLUMNS = 6, 7, 8, 9, 15, 16, 18
"""Columns of `slot` (T, 18): what is said of the day (`JUDGED`); pieces; key; what a move of days puts there; the first six as
they will be; the key as it will be; room."""

WORKED, PAY, NEW_WORKED, NEW_PAY, TOUCHED, CHANGE, SLOTS = 0, 1, 2, 3, 4, 5, 8
"""Columns of `people` (A, 8 + 2T): on how many slots, paid what; both as they will be; room; what a move changes on two slots;
the slots in order, and as they will be."""

BAG, MOVED, SUMS = 0, 2, 4
"""Rows of `room`: two bags of pieces, two lists of pieces that move; cents, violation, both between days, order, strips
that moved from the agreed board."""


class State(NamedTuple):
    """An assignment `day` (n,) of pieces to slots, -1 for none, and what follows from it.

    `items` (T, n) are the pieces of each slot in any order; `works` (T, A) counts a person's pieces on a slot; `kept` are
    days judged before, by key; `random` is the state of the drawing; `spare` and `out` are room to work in.
    """

    day: Ints
    slot: Ints
    items: Ints
    spare: Ints
    works: Ints
    people: Ints
    room: Ints
    kept: Ints
    out: Ints
    random: Keys


def fresh_state(p: Problem, seed: int) -> State:
    """Return room for a search of a problem; `begin` fills it."""
    n, T = p.ok.shape
    A = len(p.work_cents)

    def ints(*shape: int) -> Ints:
        return np.zeros(shape, np.int64)

    return State(
        day=ints(n),
        slot=ints(T, COLUMNS),
        items=ints(T, n),
        spare=ints(T, n),
        works=ints(T, A),
        people=ints(A, SLOTS + 2 * T),
        room=ints(5, n + T + 8),
        kept=ints(CACHE, JUDGED + 1),
        out=ints(4, MAX_DAY),
        random=np.array([(seed * 2_654_435_761 + 88_172_645_463_325_252) % (1 << 63)], np.uint64),
    )


@compiled
def sort(table, row, first, end):
    """Put the numbers `first` to `end` of a row in ascending order, in place."""
    for x in range(first + 1, end):
        value = table[row, x]
        at = x
        while at > first and table[row, at - 1] > value:
            table[row, at] = table[row, at - 1]
            at -= 1
        table[row, at] = value


@compiled
def strips_moved(piece, day):
    """How many strips are not where the agreed board has them."""
    moved = ZERO
    for i in range(len(piece)):
        if day[i] != piece[i, WAS]:
            moved += piece[i, STRIPS]
    return moved


@compiled
def judge_packed(p, day):
    """Cost and violation of a whole assignment of pieces to slots, from nothing.

    Returns cents, minutes of violation, and per slot what is said of the day and its pieces, pieces by slot and person,
    pay. It keeps nothing and knows no short cut: what the search keeps up to date is tested against it.
    """
    n, T, A = len(p.piece), len(p.date), len(p.person)
    slot = np.zeros((T, JUDGED + 1), np.int64)
    works = np.zeros((T, A), np.int64)
    pays = np.zeros(A, np.int64)
    items = np.empty((1, n + 1), np.int64)
    out = np.empty((4, MAX_DAY), np.int64)
    cents = 0
    bad = order_broken(p.const, p.piece, p.order, day)
    for d in range(T):
        m = ZERO
        for i in range(n):
            if day[i] == d:
                items[0, m] = i
                m += 1
                if p.piece[i, p.const[OK_AT] + d] == 0:
                    bad += 480
                for k in range(p.const[CASTS]):
                    if p.piece[i, CAST + k] >= 0:
                        works[d, p.piece[i, CAST + k]] += 1
        judge_day(p, d, items, ZERO, m, out, slot, ZERO)
        slot[d, COUNT] = m
        cents += slot[d, 0]
        bad += slot[d, 1]
    slots = np.empty((A, T), np.int64)
    for a in range(A):
        m = ZERO
        for d in range(T):
            if works[d, a] > 0:
                slots[a, m] = d
                m += 1
        pays[a] = pay_of(p.person, p.date, a, slots, ZERO, m, slot)
        cents += pays[a]
    more, short = between_days(p.const, p.date, slot)
    return cents + more + toll(p.const, strips_moved(p.piece, day)), bad + short, slot, works, pays


def judge(p: Problem, day: Ints) -> tuple[int, int, Ints, Ints, Ints, Ints]:
    """Return what an assignment costs, its minutes of violation, and both per slot, pieces by slot and person, hubs, pay."""
    cents, bad, slot, works, pays = judge_packed(packed(p), np.asarray(day, np.int64))
    return int(cents), int(bad), slot, works, slot[:, 4].copy(), pays


@compiled
def begin(p, s, cents, bad, slot, works, pays, day):
    """Fill a state from an assignment and what `judge_packed` says of it."""
    s.day[:] = day
    s.slot[:] = 0
    s.slot[:, :JUDGED] = slot[:, :JUDGED]
    s.works[:] = works
    s.people[:] = 0
    s.people[:, PAY] = pays
    for i in range(len(p.piece)):
        d = day[i]
        if d >= 0:
            s.items[d, s.slot[d, COUNT]] = i
            s.slot[d, COUNT] += 1
            s.slot[d, KEY] ^= p.piece[i, p.const[KEY_AT] + d]
    for a in range(len(p.person)):
        for d in range(len(p.date)):
            if works[d, a] > 0:
                s.people[a, SLOTS + s.people[a, WORKED]] = d
                s.people[a, WORKED] += 1
    s.room[SUMS, 0], s.room[SUMS, 1] = cents, bad
    s.room[SUMS, 2], s.room[SUMS, 3] = between_days(p.const, p.date, slot)
    s.room[SUMS, 4] = order_broken(p.const, p.piece, p.order, day)
    s.room[SUMS, 5] = strips_moved(p.piece, day)


@compiled
def judge_known(p, s, d, row, m, key):
    """Judge slot d with pieces `room[row, :m]` into NEW, as `judge_day` does, or by what it said of them before."""
    const, slot, room = p.const, s.slot, s.room
    plain = p.date[d, GIVEN] == 0
    if m == 0 or (plain and const[ANY_OVERTIME] == 0 and is_free(const, p.piece, p.order, d, room, row, m)):
        cents, bad, hub, seconds = lean_day(const, p.piece, room, row, m)
        call = const[CALL_S] if m > 0 else 0
        slot[d, NEW], slot[d, NEW + 1], slot[d, NEW + 2], slot[d, NEW + 3], slot[d, NEW + 4] = (
            cents,
            bad,
            call,
            call + seconds,
            hub,
        )
        slot[d, NEW + 5] = push_free(const, p.piece, d, room, row, m, call, call + seconds) if m > 0 and bad == 0 else ZERO
        return
    at = key & (CACHE - 1)
    if plain and s.kept[at, JUDGED] == key:
        for k in range(JUDGED):
            slot[d, NEW + k] = s.kept[at, k]
        return
    sort(room, row, ZERO, m)
    judge_day(p, d, room, row, m, s.out, slot, ZERO + NEW)
    if plain:
        s.kept[at, JUDGED] = key
        for k in range(JUDGED):
            s.kept[at, k] = slot[d, NEW + k]
