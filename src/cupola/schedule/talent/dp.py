"""Exact talent scheduling: dynamic programming from both ends over the scenes left, layer by layer.

A state is the scenes left in the middle, who is open from the front and who from the back; its value, the holds paid so far.
The next scene goes to the end whose open people are cheaper, so that both ends grow alike and states meet. A state and its
mirror image are one. A wide layer is made in parts, side by side: the scenes left of a state say which part it is in, so states
that are compared are in one part, and the parts, in their order, are the layer whatever the threads. Sources: Garcia de la
Banda, Stuckey and Chu, INFORMS J. Computing 23 (2011); Zhang, Qin, Liang and Lim, arXiv 1401.5869, for the scene that may go
at once and the scene that may wait; the bounds have their own page.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from cupola.schedule.talent.bits import Ints, Sets, U, first, price, rest
from cupola.schedule.talent.bounds import Case, Desk, bound, desk_for, neighbours, people_in

CHUNK = 4_000
"""States that are expanded between two looks at `halt`."""
PARTS, WIDE = 2, 1_000
"""Parts of a layer that is made from so many states or more; below that, threads cost more than they save."""
GRAVE_BITS = 14
"""States known to lead nowhere that a part remembers, as a power of two."""
FROM_BACK, MIRRORED = 64, 128
NOWHERE = 1 << 61
"""The value of a state that another makes needless."""


Ids = NDArray[np.int32]


class Layer(NamedTuple):
    """States with equally many scenes left: what they are, holds so far, bound, and how each was reached."""

    left: Sets
    front: Sets
    back: Sets
    held: Ints
    bound: Ints
    parent: Ids
    step: NDArray[np.uint8]


def room_for(states: int) -> Layer:
    return Layer(
        left=np.empty(states, np.uint64),
        front=np.empty(states, np.uint64),
        back=np.empty(states, np.uint64),
        held=np.empty(states, np.int64),
        bound=np.empty(states, np.int64),
        parent=np.empty(states, np.int32),
        step=np.empty(states, np.uint8),
    )


def rows_of(layer: Layer, rows: slice | Ints | NDArray[np.bool_]) -> Layer:
    """Some states of a layer."""
    return Layer(
        left=layer.left[rows],
        front=layer.front[rows],
        back=layer.back[rows],
        held=layer.held[rows],
        bound=layer.bound[rows],
        parent=layer.parent[rows],
        step=layer.step[rows],
    )


def written(layer: Layer, into: Layer) -> None:
    """Write a layer's states over the first ones of another."""
    n = len(layer.left)
    into.left[:n], into.front[:n], into.back[:n] = layer.left, layer.front, layer.back
    into.held[:n], into.bound[:n] = layer.held, layer.bound
    into.parent[:n], into.step[:n] = layer.parent, layer.step


def graves() -> Layer:
    """A table of states known to lead nowhere, each in the one place its hash gives; a later one may take the place."""
    dead = room_for(1 << GRAVE_BITS)
    dead.held[:] = NOWHERE
    return dead


@njit(cache=True, nogil=True, inline="always")
def mixed(x):
    """A hash of a set."""
    x *= U(0x9E3779B97F4A7C15)
    x ^= x >> U(29)
    x *= U(0xBF58476D1CE4E5B9)
    return x ^ (x >> U(32))


@njit(cache=True, nogil=True)
def place_of(layer, table, left):
    """Where the states with these scenes left begin in the table, or the free place for them."""
    mask = U(len(table) - 1)
    h = mixed(left) & mask
    while table[h] >= 0 and layer.left[table[h]] != left:
        h = (h + U(1)) & mask
    return h


@njit(cache=True, nogil=True)
def entered(layer, count, table, chain):
    """Enter the first `count` states of a layer into an empty table; `chain` leads on among those with the same scenes left."""
    for e in range(count):
        h = place_of(layer, table, layer.left[e])
        chain[e] = table[h]
        table[h] = e


@njit(cache=True, nogil=True, inline="always")
def no_more_open(front, back, other_front, other_back, mirror):
    """Whether nobody is open here who is not open there, at the same end; or at the other end for all."""
    if front & ~other_front == U(0) and back & ~other_back == U(0):
        return True
    return mirror and front & ~other_back == U(0) and back & ~other_front == U(0)


@njit(cache=True, nogil=True)
def steps(case, left, open_here, open_there, from_front, out):
    """List the scenes worth placing next at one end: returns how many.

    One alone where it costs nothing: everybody open is in it and it opens nobody for longer. A scene may wait if another
    contains its cast and adds nobody who would not be there: then putting that one first, or this one later, costs no more.
    Who has one scene left and is not open never waits, and counts in no cast.
    """
    once, twice = U(0), U(0)
    x = left
    while x:
        people = case.cast[first(x)]
        x = rest(x)
        twice |= once & people
        once |= people
    counts = twice | open_here | open_there
    early, late = (case.before, case.after) if from_front else (case.after, case.before)
    ready = U(0)
    x = left
    while x:
        s = first(x)
        x = rest(x)
        if early[s] & left == U(0):
            ready |= U(1) << U(s)
            people = case.cast[s]
            if open_here & ~people == U(0) and people & counts & ~open_here == U(0):
                out[0] = s
                return 1
    n = 0
    x = ready
    while x:
        s = first(x)
        x = rest(x)
        people = case.cast[s] & counts
        waits = False
        y = ready & ~(U(1) << U(s)) if late[s] & left == U(0) else U(0)
        while y:
            t = first(y)
            y = rest(y)
            others = case.cast[t] & counts
            if people & ~others == U(0) and others & ~(open_here | people) == U(0) and (others != people or t < s):
                waits = True
                break
        if not waits:
            out[n] = s
            n += 1
    return n


@njit(cache=True, nogil=True)
def expand(case, layer, begin, end, ceiling, part, parts, into, count, table, chain, dead, desk):
    """Expand states from `begin` on, as far as what comes of them is in a part.

    Returns (the state it came to, states in `into`); it ends early where `into` is full.
    """
    choice = np.empty(len(case.days), np.int64)
    for x in range(begin, end):
        if count + len(case.days) > len(into.left):
            return x, count
        left, front, back, held = layer.left[x], layer.front[x], layer.back[x], layer.held[x]
        if held + layer.bound[x] >= ceiling:
            continue
        at_front = price(case.table, front) <= price(case.table, back)
        here, there = (front, back) if at_front else (back, front)
        neighbours(case, left, people_in(case.cast, left), desk.near)
        for k in range(steps(case, left, here, there, at_front, choice)):
            s = choice[k]
            new_left = left & ~(U(1) << U(s))
            if mixed(new_left) >> U(56) & U(parts - 1) != part:
                continue
            new_held = held + case.days[s] * price(case.table, here & ~case.cast[s])
            if new_held >= ceiling:
                continue
            needed = people_in(case.cast, new_left)
            new_here = (here | case.cast[s]) & (needed | there)
            new_there = there & (needed | new_here)
            new_front, new_back = (new_here, new_there) if at_front else (new_there, new_here)
            step = s if at_front else s | FROM_BACK
            if case.free and new_front < new_back:
                new_front, new_back = new_back, new_front
                step |= MIRRORED
            h = place_of(into, table, new_left)
            e = table[h]
            worse = False
            while e >= 0 and not worse:
                if into.held[e] <= new_held:
                    worse = no_more_open(into.front[e], into.back[e], new_front, new_back, case.free)
                elif into.front[e] == new_front and into.back[e] == new_back:
                    into.held[e], into.parent[e], into.step[e] = new_held, x, step
                    worse = True
                e = chain[e]
            if worse:
                continue
            grave = mixed(new_left ^ (new_front << U(20)) ^ (new_back << U(40)) ^ (new_back >> U(24))) >> U(64 - GRAVE_BITS)
            if (
                dead.left[grave] == new_left
                and dead.front[grave] == new_front
                and dead.back[grave] == new_back
                and dead.held[grave] <= new_held
            ):
                continue
            neighbours(case, new_left, case.cast[s], desk.near)
            ahead = bound(case, new_left, new_front, new_back, needed, desk, ceiling - new_held)
            neighbours(case, left, case.cast[s], desk.near)
            if new_held + ahead >= ceiling:
                dead.left[grave], dead.front[grave], dead.back[grave] = new_left, new_front, new_back
                dead.held[grave] = new_held
                continue
            into.left[count], into.front[count], into.back[count] = new_left, new_front, new_back
            into.held[count], into.bound[count], into.parent[count], into.step[count] = new_held, ahead, x, step
            e = table[h]
            while e >= 0:
                if into.held[e] >= new_held and no_more_open(new_front, new_back, into.front[e], into.back[e], case.free):
                    into.held[e] = NOWHERE
                e = chain[e]
            chain[count] = table[h]
            table[h] = count
            count += 1
    return end, count


@cache
def hands() -> ThreadPoolExecutor:
    """Threads, as many as there are processors for them; the compiled parts run side by side in them."""
    return ThreadPoolExecutor(max_workers=min(PARTS, os.cpu_count() or 1), thread_name_prefix="talent")


@dataclass(slots=True)
class Part:
    """Those states of the next layer whose scenes left fall to one part, while they are found."""

    case: Case
    number: int
    parts: int
    limit: int
    dead: Layer
    desk: Desk
    into: Layer
    table: Ids = field(init=False)
    chain: Ids = field(init=False)
    count: int = 0
    floor: int = NOWHERE

    def __post_init__(self) -> None:
        self._enter()

    def take(self, layer: Layer, begin: int, end: int, ceiling: int) -> None:
        """Expand states of a layer."""
        while begin < end:
            held = self.into, self.count, self.table, self.chain, self.dead, self.desk
            begin, self.count = expand(self.case, layer, begin, end, ceiling, U(self.number), self.parts, *held)
            if begin < end:
                self._more_room()

    def found(self) -> Layer:
        return rows_of(self.into, slice(self.count))

    def _more_room(self) -> None:
        """Double the room; past twice the limit only the best stay, which fill half of it."""
        kept = self.found()
        if self.count > 2 * self.limit:
            kept, floor = best_of(kept, self.limit)
            self.floor = min(self.floor, floor)
        self.count = len(kept.left)
        self.into = room_for(2 * max(self.count, 1 << 11))
        written(kept, self.into)
        self._enter()

    def _enter(self) -> None:
        room = len(self.into.left)
        self.table = np.full(1 << (2 * room - 1).bit_length(), -1, np.int32)
        self.chain = np.empty(room, np.int32)
        entered(self.into, self.count, self.table, self.chain)


def best_of(layer: Layer, limit: int) -> tuple[Layer, int]:
    """Return the states that promise most, and the least that the others could have become."""
    value = layer.held + layer.bound
    ranked = np.argsort(value, kind="stable")
    return rows_of(layer, np.sort(ranked[:limit])), int(value[ranked[limit]])


@dataclass(slots=True)
class Search:
    """The layers of one search, and what it leaves behind: the best value, its order, a bound, and the states it kept.

    `ceiling` is the value to beat; `limit` the states a layer may have: beyond it only the best stay (a beam), and `floor` is
    the least that a state left out could have become.
    """

    case: Case
    ceiling: int
    limit: int
    halt: Callable[[], bool]
    states: int = 0
    floor: int = NOWHERE
    halted: bool = False
    trail: list[tuple[Ids, NDArray[np.uint8]]] = field(default_factory=list)
    dead: list[Layer] = field(default_factory=lambda: [graves() for _ in range(PARTS)])

    def run(self) -> tuple[int, ...] | None:
        """Return the best order below the ceiling, or nothing where there is none or the search was ended."""
        n = len(self.case.days)
        layer = room_for(1)
        layer.left[0], layer.front[0], layer.back[0], layer.held[0], layer.bound[0] = (1 << n) - 1, 0, 0, 0, 0
        for _ in range(n):
            grown = self._next(layer)
            if grown is None:
                return None
            layer = self._within(grown)
            self.states += len(layer.left)
            self.trail.append((layer.parent, layer.step))
            if not len(layer.left):
                return None
        return self._order(int(np.argmin(layer.held)))

    def _next(self, layer: Layer) -> Layer | None:
        """Expand a layer whole; nothing where the hand stopped it, and then the floor counts what was not expanded."""
        end = len(layer.left)
        parts = [self._part(k, end) for k in range(PARTS if end >= WIDE else 1)]
        for at in range(0, end, CHUNK):
            if self.halt():
                values = [layer.held[at:] + layer.bound[at:]] + [found.held + found.bound for found in map(Part.found, parts)]
                self.floor = min(self.floor, *(int(v.min(initial=NOWHERE)) for v in values), *(part.floor for part in parts))
                self.halted = True
                return None
            stop = min(end, at + CHUNK)
            if len(parts) == 1:
                parts[0].take(layer, at, stop, self.ceiling)
                continue
            for done in [hands().submit(part.take, layer, at, stop, self.ceiling) for part in parts]:
                done.result()
        self.floor = min(self.floor, *(part.floor for part in parts))
        return Layer(*(np.concatenate(rows) for rows in zip(*(part.found() for part in parts), strict=True)))

    def _part(self, number: int, states: int) -> Part:
        parts = PARTS if states >= WIDE else 1
        return Part(
            case=self.case,
            number=number,
            parts=parts,
            limit=-(-self.limit // parts),
            dead=self.dead[number],
            desk=desk_for(self.case),
            into=room_for(1 << max(11, min(20, (4 * states // parts).bit_length()))),
        )

    def _within(self, layer: Layer) -> Layer:
        """Only the states that another does not make needless, and as many as the limit allows."""
        layer = rows_of(layer, layer.held < NOWHERE)
        if len(layer.left) <= self.limit:
            return layer
        best, floor = best_of(layer, self.limit)
        self.floor = min(self.floor, floor)
        return best

    def _order(self, state: int) -> tuple[int, ...]:
        """Walk back to the root, then forward again: a mirrored state turns the ends round for all that comes after it."""
        taken = []
        for parents, steps_to in reversed(self.trail):
            taken.append(int(steps_to[state]))
            state = int(parents[state])
        front: list[int] = []
        back: list[int] = []
        turned = False
        for step in reversed(taken):
            (back if bool(step & FROM_BACK) != turned else front).append(step & 63)
            turned ^= bool(step & MIRRORED)
        return tuple(front + back[::-1])
