"""Days come whole: how many a hub needs, how many each person works in it, and a bound by cases on these numbers.

A linear program over shooting days takes two and a half days where three are needed, and half a day of an actor. So the fewest
days of a hub, and of each person's work in it, are bounded first by programs of their own and rounded up; then the program
with prices is split into cases (no more than two days, or at least three) until the numbers of its cheapest case are whole.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from cupola.schedule.bound_master import ANY, Counts, Master, Range, Stretch
from cupola.schedule.bound_shop import DAY, Hub, days_of

ROUNDS = 12
"""Rounds of cuts at most."""
LEAST_GAIN = 2e-4
"""A round of cuts goes on only where the last one raised the bound by this share."""
WHOLE = 1e-4
"""How far from a whole number a count may be to pass for one; a wrong guess only ends a case early."""


class _Case(NamedTuple):
    """A case still open: nothing in it costs less than `bound`. Cases of one bound are taken in the order they came."""

    bound: float
    order: int
    counts: Counts


def least_counts(hub: Hub, *, limit: float, stopped: Callable[[], bool]) -> tuple[Counts, float]:
    """Return the fewest days of a hub and of each person in it, and the deterministic seconds that it took."""
    questions = [days_of(hub), *(days_of(hub, a) for a in hub.people)]
    weight = sum(len(asked.items) for asked in questions)
    spent, least = 0.0, []
    for asked in questions:
        master = alone(asked, stopped=stopped)
        bound = cut_down(master, limit=limit * len(asked.items) / weight, stopped=stopped)
        least.append(max(1, math.ceil(bound / DAY - WHOLE)))
        spent += master.spent
    ranges: list[Range] = [(float(days), ANY[1]) for days in least]
    return Counts(days=ranges[0], person=tuple(ranges[1:])), spent


def alone(hub: Hub, *, stopped: Callable[[], bool]) -> Master:
    """Return the program of one hub in one stretch, with a day for each piece to start from."""
    T = hub.case.problem.ok.shape[1]
    master = Master((hub,), (Stretch(slots=tuple(range(T)), room=T),), stopped=stopped)
    master.add((0, (i,)) for i in hub.items)
    return master


def cut_down(master: Master, *, limit: float, stopped: Callable[[], bool]) -> float:
    """Return the bound of a program after rounds of cuts, in about `limit` deterministic seconds."""
    until = master.spent + limit
    best = master.bound(limit=limit)
    for _ in range(ROUNDS):
        if stopped() or master.spent >= until or not master.cut():
            break
        before, best = best, max(best, master.bound(limit=until - master.spent))
        if best - before < LEAST_GAIN * best:
            break
    return best


def by_cases(master: Master, counts: Counts, *, limit: float, stopped: Callable[[], bool], known: float = 0.0) -> float:
    """Return cents below which the days of the one hub of a program cannot be had; `known` is such a bound already.

    The program is left with `counts`, which must be true of every board.
    """
    until, order = master.spent + limit, 0
    best = known
    cases = [_Case(known, 0, counts)]
    while cases and not stopped() and master.spent < until:
        case = heapq.heappop(cases)
        master.count(0, case.counts)
        bound = max(case.bound, cut_down(master, limit=until - master.spent, stopped=stopped))
        split = _split(master, case.counts)
        if not split:
            heapq.heappush(cases, case._replace(bound=bound))
            best = max(best, cases[0].bound)
            if cases[0].counts is case.counts:
                break  # the cheapest case has whole numbers: no case is cheaper
            continue
        for part in split:
            order += 1
            heapq.heappush(cases, _Case(bound, order, part))
        best = max(best, cases[0].bound)
    master.count(0, counts)
    return best


def _split(master: Master, counts: Counts) -> tuple[Counts, ...]:
    """Return the two cases in which the count that is dearest to leave broken is whole; none where all are."""
    hub = master.hubs[0]
    days, people = master.counted(0)
    ranges = (counts.days, *(counts.stretch or (ANY,) * (len(days) - 1)))
    staff = counts.person or (ANY,) * len(people)
    # what a count lacks of its least is idle, bought by the program
    days = [max(value, least) for value, (least, _) in zip(days, ranges, strict=True)]
    people = [max(value, least) for value, (least, _) in zip(people, staff, strict=True)]
    broken = [(hub.least_day_cents * _off(value), -k) for k, value in enumerate(days) if _off(value) > WHOLE]
    if broken:
        k = -max(broken)[1]
        low, high = _parted(ranges[k], days[k])
        if k == 0:
            return replace(counts, days=low), replace(counts, days=high)
        parts = ((*ranges[1:k], part, *ranges[k + 1 :]) for part in (low, high))
        return tuple(replace(counts, stretch=part) for part in parts)
    broken = [
        (hub.wage[a] * _off(value), -x)
        for x, (a, value) in enumerate(zip(hub.people, people, strict=True))
        if _off(value) > WHOLE
    ]
    if not broken or max(broken)[0] <= 0:
        return ()
    x = -max(broken)[1]
    return tuple(replace(counts, person=(*staff[:x], part, *staff[x + 1 :])) for part in _parted(staff[x], people[x]))


def _off(value: float) -> float:
    """Return how far a number is from a whole one."""
    return abs(value - round(value))


def _parted(count: Range, value: float) -> tuple[Range, Range]:
    return (count[0], float(math.floor(value))), (float(math.ceil(value)), count[1])
