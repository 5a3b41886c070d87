"""The movie-shoot sequence: against every order of a small film, and re-priced on a calendar."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.schedule.talent import Instance, sequenced

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
