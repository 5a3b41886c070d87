"""The movie-shoot problem: scenes one after the other, holds, a fee for every visit of a location, wishes of order.

Source: Bomsdorf and Derigs, OR Spectrum 30 (2008), in the simplified form of the Udine course, one scene at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cupola.errors import BoardError
from cupola.schedule.talent.bits import U, price_table
from cupola.schedule.talent.instance import WORD, Instance, Person
from cupola.schedule.talent.sequence import anneal

HOT, COLD = 3.0, 0.02
"""First and last temperature, in twice the wage of an average person for an average scene."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequence:
    """An order of scenes and what it costs beyond work and one visit of each location."""

    order: tuple[int, ...]
    cost: int


def sequenced(
    instance: Instance, *, places: tuple[str, ...], fees: Mapping[str, int], moves: int = 5_000_000, seed: int = 1
) -> Sequence:
    """Return a cheap order by annealing; `places` is each scene's location, `fees` what a visit costs.

    The same moves and seed give the same order. No bound is known. Raises BoardError for more than 64 people.
    """
    people = sorted({p for cast in instance.casts for p in cast}, key=str)
    if len(people) > WORD:
        raise BoardError(f"at most {WORD} people wait in one sequence", value=len(people), remedy="leave out who is never held")
    n = len(instance.casts)
    if n < 2:
        return Sequence(order=tuple(range(n)), cost=0)
    bit: dict[Person, int] = {person: 1 << k for k, person in enumerate(people)}
    names = sorted(set(places))
    wages, days = np.array([instance.wages[p] for p in people], np.int64), np.array(instance.days, np.int64)
    scale = max(1.0, 2.0 * float(wages.mean() if people else 1) * float(days.mean()))
    _, order = anneal(
        np.array(instance.first_order(), np.int64),
        np.array([sum(bit[p] for p in cast) for cast in instance.casts], U),
        days,
        price_table(wages),
        np.array([names.index(place) for place in places], np.int64),
        np.array([fees[name] for name in names], np.int64),
        np.array(instance.before, np.int64).reshape(-1, 2),
        np.array([(seed * 2_654_435_761 + 88_172_645_463_325_252) % (1 << 62)], U),
        moves,
        HOT * scale,
        max(0.5, COLD * scale),
    )
    best = tuple(int(s) for s in order)
    return Sequence(order=best, cost=cost_of(instance, places, fees, best))


def cost_of(instance: Instance, places: tuple[str, ...], fees: Mapping[str, int], order: tuple[int, ...]) -> int:
    """Return holds and the fees of every visit of a location but its first."""
    seen, fee, here = set[str](), 0, ""
    for s in order:
        if places[s] != here:
            here = places[s]
            fee += fees[here] if here in seen else 0
            seen.add(here)
    return fee + instance.wages_of(order) - instance.worked
