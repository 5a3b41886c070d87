"""The movie-shoot problem: scenes one after the other, holds, a fee for every visit of a location, wishes of order.

Source: Bomsdorf and Derigs, OR Spectrum 30 (2008), in the simplified form of the Udine course, one scene at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from cupola.errors import BoardError
from cupola.schedule.talent.bits import Ints, Sets, U, price_table
from cupola.schedule.talent.instance import WORD, Instance, Person
from cupola.schedule.talent.sequence import anneal
from cupola.schedule.talent.starts import anneal_people, scenes_in_order

HOT, WARM, COLD = 3.0, 0.25, 0.02
"""Temperatures of the scenes, from nothing and from an order, first and last, in twice the wage of an average person for an
average scene."""

PEOPLE_HOT, PEOPLE_COLD = 10.0, 0.02
"""First and last temperature of the order of people, in the same measure."""

PEOPLE_RUNS = 20
"""How often the order of people is searched, each time for a hundredth of the moves; the best order is worked on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequence:
    """An order of scenes and what it costs beyond work and one visit of each location."""

    order: tuple[int, ...]
    cost: int


def sequenced(
    instance: Instance, *, places: tuple[str, ...], fees: Mapping[str, int], moves: int = 4_000_000, seed: int = 1
) -> Sequence:
    """Return a cheap order by two searches side by side; `places` is each scene's location, `fees` what a visit costs.

    One anneals scenes from nothing, the other the order in which people start and finish, and from there the scenes. The same
    moves and seed give the same order. No bound is known. Raises BoardError for more than 64 people.
    """
    people = sorted({p for cast in instance.casts for p in cast}, key=str)
    if len(people) > WORD:
        raise BoardError(f"at most {WORD} people wait in one sequence", value=len(people), remedy="leave out who is never held")
    n = len(instance.casts)
    if n < 2:
        return Sequence(order=tuple(range(n)), cost=0)
    search = _Search(instance, people, places, fees)
    with ThreadPoolExecutor(max_workers=2) as pool:
        lanes = [pool.submit(search.from_nothing, moves, seed), pool.submit(search.from_people, moves, seed + 1_000)]
        orders = [tuple(int(s) for s in lane.result()) for lane in lanes]
    found = [Sequence(order=order, cost=cost_of(instance, places, fees, order)) for order in orders]
    return min(found, key=lambda one: one.cost)


class _Search:
    """An instance as arrays, and the two searches on it."""

    def __init__(self, instance: Instance, people: list[Person], places: tuple[str, ...], fees: Mapping[str, int]) -> None:
        number = {person: k for k, person in enumerate(people)}
        names = sorted(set(places))
        self.first = np.array(instance.first_order(), np.int64)
        rows = [sorted(number[p] for p in cast) for cast in instance.casts]
        self.casts = np.full((len(rows), max(1, *map(len, rows))), -1, np.int64)
        for s, row in enumerate(rows):
            self.casts[s, : len(row)] = row
        self.bits = np.array([sum(1 << k for k in row) for row in rows], U)
        self.wages = np.array([instance.wages[p] for p in people], np.int64)
        self.days = np.array(instance.days, np.int64)
        self.table = price_table(self.wages)
        self.places = np.array([names.index(place) for place in places], np.int64)
        self.fees = np.array([fees[name] for name in names], np.int64)
        self.before = np.array(instance.before, np.int64).reshape(-1, 2)
        self.scale = max(1.0, 2.0 * float(self.wages.mean() if people else 1) * float(self.days.mean()))

    def from_nothing(self, moves: int, seed: int) -> Ints:
        """Anneal scenes, hot, from an order that only keeps the wishes."""
        return self._scenes(self.first, _state(seed), moves, HOT)

    def from_people(self, moves: int, seed: int) -> Ints:
        """Anneal the order of people several times, and then scenes from the best, warm; all of it is half the moves."""
        state = _state(seed)
        order = self.first
        if len(self.wages) > 1:
            parts = (self.casts, self.days, self.wages, self.before)
            heat = PEOPLE_HOT * self.scale, PEOPLE_COLD * self.scale
            runs = [anneal_people(*parts, state, moves // 100, *heat) for _ in range(PEOPLE_RUNS)]
            _, top, saved = max(runs, key=lambda run: int(run[0]))
            order = np.array(scenes_in_order(self.days, self.before, self.places, top, saved), np.int64)
        return self._scenes(order, state, moves // 2, WARM)

    def _scenes(self, order: Ints, state: Sets, moves: int, hot: float) -> Ints:
        parts = (self.bits, self.days, self.table, self.places, self.fees, self.before, state)
        _, best = anneal(order, *parts, moves, hot * self.scale, max(0.5, COLD * self.scale))
        found: Ints = best
        return found


def _state(seed: int) -> Sets:
    return np.array([(seed * 2_654_435_761 + 88_172_645_463_325_252) % (1 << 62)], U)


def cost_of(instance: Instance, places: tuple[str, ...], fees: Mapping[str, int], order: tuple[int, ...]) -> int:
    """Return holds and the fees of every visit of a location but its first."""
    seen, fee, here = set[str](), 0, ""
    for s in order:
        if places[s] != here:
            here = places[s]
            fee += fees[here] if here in seen else 0
            seen.add(here)
    return fee + instance.wages_of(order) - instance.worked
