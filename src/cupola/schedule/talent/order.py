"""The order of scenes, or of finished shooting days, with the fewest paid holds: annealing finds it, the DP proves it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cupola.schedule.talent.dp import Search
from cupola.schedule.talent.instance import WORD, Instance, Reduced, reduced
from cupola.schedule.talent.sequence import anneal

LIMIT_STATES = 8_000_000
"""States of a layer: about 0.8 GB at the widest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """An order of positions, what everybody is paid in it, and the least that any order pays, with how that is known."""

    order: tuple[int, ...]
    wages: int
    worked: int
    bound: int
    states: int
    method: str

    @property
    def proven(self) -> bool:
        """Whether no order is cheaper."""
        return self.bound >= self.wages

    @property
    def holds(self) -> int:
        """What is paid for waiting."""
        return self.wages - self.worked


@dataclass(frozen=True, kw_only=True, slots=True)
class ShootingDay:
    """A day whose work is settled: who is called, and the hub it is shot in."""

    cast: frozenset[str]
    hub: str = ""


def never() -> bool:
    return False


def best_order(
    instance: Instance, *, limit_states: int = LIMIT_STATES, halt: Callable[[], bool] = never, seed: int = 1
) -> Order:
    """Return the order with the lowest wages, and a bound that is true however early the search ended.

    `halt` is asked every few thousand states; where it says yes, the best order so far comes back with the bound of the states
    not yet looked at. A layer of more than `limit_states` keeps the most promising. The same inputs give the same order.
    """
    small = reduced(instance)
    n = len(small.groups)
    order = _annealed(instance, small, seed) if n else ()
    whole = small.whole(order)
    wages, worked = instance.wages_of(whole), instance.worked
    if wages == worked or n > WORD:
        method = "no holds" if wages == worked else "worked days"
        return Order(order=whole, wages=wages, worked=worked, bound=worked, states=0, method=method)
    search = Search(case=small.case, ceiling=_held(small, order), limit=limit_states, halt=halt)
    found = search.run()
    ceiling = search.ceiling if found is None else _held(small, found)
    if found is not None and instance.wages_of(small.whole(found)) < wages:
        whole = small.whole(found)
        wages = instance.wages_of(whole)
    bound = worked + min(search.floor, ceiling)
    ended = "DP, stopped" if search.halted else "DP, widest layer cut" if search.floor < ceiling else "DP"
    return Order(order=whole, wages=wages, worked=worked, bound=min(bound, wages), states=search.states, method=ended)


def order_days(
    days: Sequence[ShootingDay],
    *,
    hold: Mapping[str, int],
    before: Sequence[tuple[int, int]] = (),
    together: bool = True,
    limit_states: int = LIMIT_STATES,
    halt: Callable[[], bool] = never,
) -> Order:
    """Return finished shooting days in the order with the fewest paid holds; `wages` and `bound` are in the prices of `hold`.

    With `together`, the days of a hub follow one another: a hub is a person whose wait costs more than all holds.
    """
    casts = [day.cast for day in days]
    prices: dict[Hashable, int] = dict(hold.items())
    people = Instance(casts=tuple(casts), days=(1,) * len(days), wages=prices, before=tuple(before))
    if not together:
        return best_order(people, limit_states=limit_states, halt=halt)
    far = 1 + len(days) * sum(hold[p] for p in frozenset[str]().union(*casts))
    wages: dict[Hashable, int] = prices | {("hub", day.hub): far for day in days}
    both = Instance(
        casts=tuple(frozenset[Hashable](day.cast) | {("hub", day.hub)} for day in days),
        days=people.days,
        wages=wages,
        before=people.before,
    )
    found = best_order(both, limit_states=limit_states, halt=halt)
    paid = people.wages_of(found.order)
    bound = paid if found.proven else max(people.worked, found.bound - (found.wages - paid))
    return Order(order=found.order, wages=paid, worked=people.worked, bound=bound, states=found.states, method=found.method)


def warm() -> None:
    """Load the compiled kernel, or compile it where it never ran before (about ten seconds, once)."""
    days = [ShootingDay(cast=frozenset(cast)) for cast in ("AB", "BC", "AC")]
    order_days(days, hold=dict.fromkeys("ABC", 1))


def _held(small: Reduced, order: Sequence[int]) -> int:
    """The holds of an order of groups."""
    case = small.case
    came, stays, total = 0, [0] * len(order), 0
    for k in range(len(order) - 1, -1, -1):
        stays[k] = (stays[k + 1] if k + 1 < len(order) else 0) | int(case.cast[order[k]])
    for k, s in enumerate(order):
        came |= int(case.cast[s])
        waiting = came & stays[k] & ~int(case.cast[s])
        total += sum(int(case.hold[a, s]) for a in range(len(case.hold)) if waiting >> a & 1)
    return total


def _annealed(instance: Instance, small: Reduced, seed: int) -> tuple[int, ...]:
    """Return the best order of the groups that a few runs of annealing find; the larger the instance the longer they are."""
    case, n = small.case, len(small.groups)
    where = {s: g for g, group in enumerate(small.groups) for s in group}
    rank = {s: k for k, s in enumerate(instance.first_order())}
    start = np.array(sorted(range(n), key=lambda g: rank[small.groups[g][0]]), np.int64)
    before = np.array([(where[a], where[b]) for a, b in instance.before], np.int64).reshape(-1, 2)
    one_place, no_fee = np.zeros(n, np.int64), np.zeros(1, np.int64)
    scale = max(1.0, float(case.hold.mean())) if case.hold.size else 1.0
    runs, moves = effort(n)
    best: tuple[int, tuple[int, ...]] | None = None
    for run in range(runs):
        state = np.array([(seed * 1_000_003 + run) * 2_654_435_761 % (1 << 62) + 88_172_645_463_325_252], np.uint64)
        cost, order = anneal(
            start, case.cast, case.days, case.table, one_place, no_fee, before, state, moves, 2 * scale, 0.05 * scale
        )
        if best is None or cost < best[0]:
            best = int(cost), tuple(int(g) for g in order)
    assert best is not None
    return best[1]


def effort(n: int) -> tuple[int, int]:
    """Return how many runs of how many moves find the best order of n scenes nearly always."""
    return (3, 3_000) if n <= 20 else (4, min(250_000, round(25_000 * 1.3 ** (n - 20))))
