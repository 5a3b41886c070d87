"""The movie-shoot sequence: against every order of a small film, and re-priced on a calendar."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.schedule.talent import Instance, sequenced
from cupola.schedule.talent.starts import anneal_people, scenes_in_order

FEES = {"ARENA": 7, "BEACH": 0, "CAVE": 40}


def priced(instance: Instance, places: tuple[str, ...], order: tuple[int, ...]) -> int:
    """Holds on a calendar, and the fee of each run of a location but its first."""
    calendar = [s for s in order for _ in range(instance.days[s])]
    total = 0
    for person, wage in instance.wages.items():
        own = [day for day, s in enumerate(calendar) if person in instance.casts[s]]
        total += wage * (own[-1] - own[0] + 1 - len(own)) if own else 0
    runs = [place for place, _ in itertools.groupby(places[s] for s in order)]
    return total + sum(FEES[place] * (runs.count(place) - 1) for place in set(runs))


@st.composite
def shoots(draw: st.DrawFn) -> tuple[Instance, tuple[str, ...]]:
    n = draw(st.integers(1, 6))
    rank = draw(st.permutations(range(n)))
    pairs = draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=3))
    instance = Instance(
        casts=tuple(frozenset(draw(st.sets(st.sampled_from("ABCD")))) for _ in range(n)),
        days=tuple(draw(st.integers(1, 3)) for _ in range(n)),
        wages={p: draw(st.integers(0, 9)) for p in "ABCD"},
        before=tuple((a, b) for a, b in sorted(pairs) if rank[a] < rank[b]),
    )
    return instance, tuple(draw(st.sampled_from(sorted(FEES))) for _ in range(n))


@settings(max_examples=80, deadline=None)
@given(shoots())
def test_a_small_film_is_ordered_at_the_least_cost(shoot: tuple[Instance, tuple[str, ...]]) -> None:
    instance, places = shoot
    found = sequenced(instance, places=places, fees=FEES, moves=30_000)
    orders = [
        order
        for order in itertools.permutations(range(len(places)))
        if all(order.index(a) < order.index(b) for a, b in instance.before)
    ]
    assert found.order in orders
    assert found.cost == priced(instance, places, found.order) == min(priced(instance, places, order) for order in orders)


def test_same_seed_same_order() -> None:
    casts = tuple(frozenset("ABCDEFG"[k % 7] + "HIJKLMN"[k * k % 5]) for k in range(40))
    instance = Instance(casts=casts, days=(1, 2) * 20, wages={p: 3 + ord(p) % 5 for p in "ABCDEFGHIJKLMN"})
    places = tuple(sorted(FEES)[k % 3] for k in range(40))
    first, second = (sequenced(instance, places=places, fees=FEES, moves=20_000, seed=5) for _ in range(2))
    assert first == second
    assert first.cost == priced(instance, places, first.order)


def placed(instance: Instance, moves: int) -> tuple[int, tuple[int, ...]]:
    """What the order of people promises at most of holds, and the order of scenes that it stands for; all are at one place."""
    casts = np.full((len(instance.casts), 4), -1, np.int64)
    for s, cast in enumerate(instance.casts):
        casts[s, : len(cast)] = sorted("ABCD".index(str(p)) for p in cast)
    days, wages = np.array(instance.days), np.array([instance.wages[p] for p in "ABCD"])
    before, places = np.array(instance.before, np.int64).reshape(-1, 2), np.zeros(len(days), np.int64)
    saves, top, saved = anneal_people(casts, days, wages, before, np.array([88_172_645], np.uint64), moves, 50.0, 0.1)
    promise = int(wages.sum() * days.sum()) - int(saves) - instance.worked
    return promise, tuple(scenes_in_order(days, before, places, top, saved))


@settings(max_examples=80, deadline=None)
@given(shoots())
def test_an_order_of_people_gives_scenes_that_cost_no_more_and_keep_wishes(shoot: tuple[Instance, tuple[str, ...]]) -> None:
    instance, places = shoot
    _, order = placed(instance, 200)
    assert sorted(order) == list(range(len(places)))
    assert all(order.index(a) < order.index(b) for a, b in instance.before)
    free = Instance(casts=instance.casts, days=instance.days, wages=instance.wages)
    promise, order = placed(free, 200)
    assert priced(free, ("ARENA",) * len(places), order) <= promise


def starts_before_finishes(casts: tuple[frozenset[object], ...], order: tuple[int, ...]) -> bool:
    own = [[t for t, s in enumerate(order) if p in casts[s]] for p in "ABCD"]
    return max(min(days) for days in own) <= min(max(days) for days in own)


@settings(max_examples=60, deadline=None)
@given(shoots())
def test_no_order_in_which_all_start_before_one_finishes_beats_the_best_order_of_people(
    shoot: tuple[Instance, tuple[str, ...]],
) -> None:
    instance, _ = shoot
    casts = (*instance.casts[:5], frozenset("ABCD"))  # all stand together once, so nobody finishes before all have started
    free = Instance(casts=casts, days=(*instance.days[:5], 1), wages=instance.wages)
    promise, _ = placed(free, 20_000)
    orders = list(itertools.permutations(range(len(casts))))
    assert all(starts_before_finishes(casts, order) for order in orders)
    assert promise == min(priced(free, ("ARENA",) * len(casts), order) for order in orders)
