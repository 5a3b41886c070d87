"""Talent scheduling: published optima, brute force over all orders, true bounds however early the search ends."""

from __future__ import annotations

import itertools
import random
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import BoardError
from cupola.schedule.talent import Instance, Order, ShootingDay, best_order, dp, order_days
from cupola.schedule.talent.bounds import bound, desk_for, neighbours
from cupola.schedule.talent.instance import reduced

FILMS = tomllib.loads((Path(__file__).parents[2] / "bench" / "data" / "talent.toml").read_text())["film"]


def film(row: dict[str, object]) -> Instance:
    """A film of the data file: people are their numbers."""
    scenes, days, people = row["scenes"], row["days"], row["people"]
    return Instance(
        casts=tuple(frozenset(k for k, p in enumerate(people) if s + 1 in p["scenes"]) for s in range(scenes)),
        days=tuple(days.get(str(s + 1), 1) for s in range(scenes)),
        wages={k: p["wage"] for k, p in enumerate(people)},
    )


def day_by_day(instance: Instance, order: Iterable[int]) -> int:
    """Wages counted on a calendar: for each person the days from the first to the last on which they work."""
    calendar = [s for s in order for _ in range(instance.days[s])]
    total = 0
    for person, wage in instance.wages.items():
        own = [day for day, s in enumerate(calendar) if person in instance.casts[s]]
        total += wage * (own[-1] - own[0] + 1) if own else 0
    return total


def keeps(instance: Instance, order: tuple[int, ...]) -> bool:
    return all(order.index(a) < order.index(b) for a, b in instance.before)


def cheapest(instance: Instance) -> int:
    """Brute force over every order."""
    orders = itertools.permutations(range(len(instance.casts)))
    return min(day_by_day(instance, order) for order in orders if keeps(instance, order))


@st.composite
def instances(draw: st.DrawFn, scenes: int = 6, wishes: bool = False, people: int = 6) -> Instance:
    n, m = draw(st.integers(1, scenes)), draw(st.integers(1, people))
    casts = tuple(frozenset(draw(st.sets(st.integers(0, m - 1), max_size=m))) for _ in range(n))
    before = []
    if wishes and n > 1:
        rank = draw(st.permutations(range(n)))
        for a, b in draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=4)):
            if rank[a] < rank[b]:
                before.append((a, b))
    return Instance(
        casts=casts,
        days=tuple(draw(st.integers(1, 3)) for _ in range(n)),
        wages={k: draw(st.integers(0, 30)) for k in range(m)},
        before=tuple(before),
    )


def is_true(instance: Instance, found: Order) -> bool:
    """Whether an answer is an order of everything, costs what it says, and says no bound above itself."""
    return (
        sorted(found.order) == list(range(len(instance.casts)))
        and found.wages == day_by_day(instance, found.order)
        and instance.worked <= found.bound <= found.wages
        and keeps(instance, found.order)
    )


@pytest.mark.parametrize("row", FILMS, ids=lambda row: row["name"])
def test_classic_films_are_proven_at_their_known_optima(row: dict[str, object]) -> None:
    """Authority: MiniZinc benchmarks talent_scheduling/medium, CSPLib prob039 (MobStory = Film1, holds of 146 = 871 - 725)."""
    instance = film(row)
    found = best_order(instance)
    assert (found.wages, found.bound, found.method) == (row["wages"], row["wages"], "DP")
    assert is_true(instance, found)


def test_film1_waits_for_14600() -> None:
    """Authority: CSPLib prob039, Film1, optimal hold cost 14,600 in units of which the data keep the hundreds."""
    found = best_order(film(next(row for row in FILMS if row["name"] == "MobStory")))
    assert found.holds == 146


@settings(max_examples=120, deadline=None)
@given(instances())
def test_proven_orders_are_the_cheapest_of_all(instance: Instance) -> None:
    found = best_order(instance)
    assert is_true(instance, found)
    assert found.proven
    assert found.wages == cheapest(instance)


@settings(max_examples=120, deadline=None)
@given(instances(wishes=True))
def test_wishes_of_order_are_kept_at_the_least_cost(instance: Instance) -> None:
    found = best_order(instance)
    assert is_true(instance, found)
    assert found.proven
    assert found.wages == cheapest(instance)


@settings(max_examples=60, deadline=None)
@given(instances())
def test_an_order_and_its_mirror_cost_the_same(instance: Instance) -> None:
    found = best_order(instance)
    assert instance.wages_of(found.order) == instance.wages_of(found.order[::-1])


@settings(max_examples=40, deadline=None)
@given(instances(), st.permutations(range(6)))
def test_names_and_numbers_do_not_change_the_least_cost(instance: Instance, shuffle: list[int]) -> None:
    rows = [k for k in shuffle if k < len(instance.casts)]
    other = Instance(
        casts=tuple(frozenset(f"P{9 - int(str(p))}" for p in instance.casts[k]) for k in rows),
        days=tuple(instance.days[k] for k in rows),
        wages={f"P{9 - int(str(p))}": wage for p, wage in instance.wages.items()},
    )
    assert best_order(other).wages == best_order(instance).wages


@settings(max_examples=400, deadline=None)
@given(instances(scenes=7, people=10), st.integers(0, 1 << 16))
def test_a_states_bound_is_never_above_what_it_still_costs(instance: Instance, pick: int) -> None:
    """A state drawn at random: some scenes shot from the front, some from the back, every order of the rest tried."""
    small = reduced(instance)
    n = len(small.groups)
    ends = [(pick >> (2 * k)) & 3 for k in range(n)]
    left = [k for k in range(n) if ends[k] not in (1, 2)]
    casts = [int(c) for c in small.case.cast]

    def people(rows: Iterable[int]) -> int:
        found = 0
        for k in rows:
            found |= casts[k]
        return found

    front, back = people(k for k in range(n) if ends[k] == 1), people(k for k in range(n) if ends[k] == 2)
    front, back = front & (people(left) | back), back & (people(left) | front)

    def still(order: tuple[int, ...]) -> int:
        total = 0
        for at, k in enumerate(order):
            there = (front | people(order[: at + 1])) & (back | people(order[at:])) & ~casts[k]
            total += sum(int(small.case.hold[a, k]) for a in range(len(small.case.hold)) if there >> a & 1)
        return total

    least = min(still(order) for order in itertools.permutations(left))
    desk = desk_for(small.case)
    bits, needed = np.uint64(sum(1 << k for k in left)), np.uint64(people(left))
    neighbours(small.case, bits, needed, desk.near)
    assert bound(small.case, bits, np.uint64(front), np.uint64(back), needed, desk, 1 << 40) <= least


def test_two_scenes_beyond_a_person_who_is_open() -> None:
    """Hand proof: F is open from the front and shares a scene with X and one with Y; X and Y each have another one alone.

    X alone first: F (5) waits there, or Y (4) if F was done, having met Y. Y alone first: F (5) or X (3). So 3 at least; no
    pair of open people and no chain to the back is there to tell. The best of the 24 orders waits for 5.
    """
    casts = ({"F", "X"}, {"F", "Y"}, {"X"}, {"Y"}, {"F", "Z"}, {"Z"})
    wages = {"F": 5, "X": 3, "Y": 4, "Z": 1}
    small = reduced(Instance(casts=tuple(map(frozenset, casts)), days=(1,) * 6, wages=wages))
    at = {frozenset(casts[group[0]]): k for k, group in enumerate(small.groups)}
    shot = [at[frozenset("Z")], at[frozenset("FZ")]]
    left = sum(1 << k for k in range(len(small.groups)) if k not in shot)
    f = int(small.case.cast[shot[1]]) & int(small.case.cast[at[frozenset("FX")]])
    needed = f | int(small.case.cast[at[frozenset("X")]]) | int(small.case.cast[at[frozenset("Y")]])
    desk = desk_for(small.case)
    neighbours(small.case, np.uint64(left), np.uint64(needed), desk.near)
    assert bound(small.case, np.uint64(left), np.uint64(f), np.uint64(0), np.uint64(needed), desk, 1 << 40) == 3


class After:
    """A hand that stops the search at its nth look."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("looks", [0, 1, 3, 6, 9, 12])
@pytest.mark.parametrize("row", FILMS[:3], ids=lambda row: row["name"])
def test_a_stopped_search_still_tells_the_truth(row: dict[str, object], looks: int) -> None:
    instance = film(row)
    found = best_order(instance, halt=After(looks))
    assert is_true(instance, found)
    assert found.bound <= row["wages"] <= found.wages
    assert found.method == ("DP" if found.proven and found.states and "stopped" not in found.method else "DP, stopped")


@pytest.mark.parametrize("states", [1, 7, 40, 150])
@pytest.mark.parametrize("row", FILMS[:4], ids=lambda row: row["name"])
def test_a_layer_cut_for_room_still_tells_the_truth(row: dict[str, object], states: int) -> None:
    instance = film(row)
    found = best_order(instance, limit_states=states)
    assert is_true(instance, found)
    assert found.bound <= row["wages"] <= found.wages


def test_same_inputs_same_answer() -> None:
    instance = film(FILMS[2])
    assert best_order(instance) == best_order(instance)


def film_like(scenes: int, people: int, seed: int) -> Instance:
    """Two or three people a scene, the first ones in more scenes than the last."""
    rng = random.Random(seed)
    draw = [k for k in range(people) for _ in range(1 + 12 // (k + 1))]
    return Instance(
        casts=tuple(frozenset(rng.sample(draw, rng.choice([2, 3, 4]))) for _ in range(scenes)),
        days=(1,) * scenes,
        wages={k: 100 // (k + 1) + rng.randrange(9) for k in range(people)},
    )


@pytest.mark.parametrize("threads", [1, 3])
def test_threads_do_not_change_a_byte(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide layers are made in parts: the layers are the same, state by state, in one thread and in three."""
    case = reduced(film_like(19, 12, seed=4)).case

    def layers(threads: int) -> tuple[int, int, list[bytes]]:
        with ThreadPoolExecutor(threads) as pool:
            monkeypatch.setattr(dp, "hands", lambda: pool)
            search = dp.Search(case=case, ceiling=1 << 40, limit=3_000, halt=lambda: False)
            search.run()
        return search.states, search.floor, [parents.tobytes() + steps.tobytes() for parents, steps in search.trail]

    found = layers(threads)
    assert found == layers(2)
    assert max(map(len, found[2])) > 5 * dp.WIDE  # five bytes a state


def test_parts_and_one_whole_come_to_the_same_least_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = film_like(15, 9, seed=7)
    whole = best_order(instance)
    monkeypatch.setattr(dp, "WIDE", 2)
    parted = best_order(instance)
    assert is_true(instance, parted)
    assert parted.proven
    assert (parted.wages, parted.method) == (whole.wages, "DP")


@settings(max_examples=60, deadline=None)
@given(instances())
def test_layers_made_in_parts_prove_the_cheapest_order_too(instance: Instance) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dp, "WIDE", 1)
        found = best_order(instance)
    assert found.proven
    assert found.wages == cheapest(instance)


def test_more_people_than_a_word_has_bits_cost_what_a_calendar_says() -> None:
    casts = tuple(frozenset(p for p in range(90) if (p * 7 + s * 3) % 11 < 3 or p % 9 == s) for s in range(9))
    instance = Instance(casts=casts, days=(1,) * 9, wages=dict.fromkeys(range(90), 1))
    found = best_order(instance)
    assert is_true(instance, found)
    assert found.bound > instance.worked


def test_more_scenes_than_a_word_has_bits_have_an_order_and_the_plain_bound() -> None:
    casts = tuple(frozenset({s % 13, 13 + s % 7, 20 + s % 5}) for s in range(80))
    instance = Instance(casts=casts, days=(1,) * 80, wages=dict.fromkeys(range(30), 2))
    found = best_order(instance)
    assert is_true(instance, found)
    assert (found.bound, found.method) == (instance.worked, "worked days")


def test_nothing_to_order() -> None:
    assert best_order(Instance(casts=(), days=(), wages={})).order == ()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"days": (1,)}, "every cast has its days"),
        ({"days": (1, -2)}, "days are not negative"),
        ({"wages": {"A": 3}}, "everybody has a wage"),
        ({"before": ((0, 5),)}, "a wish of order names two positions"),
        ({"before": ((0, 1), (1, 0))}, "wishes of order form no circle"),
    ],
)
def test_what_does_not_fit_is_said(fault: dict[str, object], said: str) -> None:
    parts: dict[str, object] = {"casts": (frozenset("A"), frozenset("AB")), "days": (1, 1), "wages": {"A": 3, "B": 4}}
    with pytest.raises(BoardError, match=said):
        Instance(**{**parts, **fault})


DAYS = st.lists(
    st.builds(
        ShootingDay, cast=st.frozensets(st.sampled_from(["ANNA", "BORIS", "CLEO"])), hub=st.sampled_from(["TOWN", "COAST"])
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(DAYS)
def test_days_of_a_hub_stay_together_at_the_fewest_holds(days: list[ShootingDay]) -> None:
    hold = {"ANNA": 900, "BORIS": 250, "CLEO": 0}
    found = order_days(days, hold=hold)
    assert found.proven

    def visits(order: Iterable[int]) -> int:
        return len(list(itertools.groupby(days[k].hub for k in order)))

    def paid(order: tuple[int, ...]) -> int:
        own = {p: [at for at, k in enumerate(order) if p in days[k].cast] for p in hold}
        return sum(hold[p] * (at[-1] - at[0] + 1) for p, at in own.items() if at)

    orders = [order for order in itertools.permutations(range(len(days))) if visits(order) == len({d.hub for d in days})]
    assert visits(found.order) == len({d.hub for d in days})
    assert found.wages == paid(found.order) == min(map(paid, orders))


def test_free_days_may_leave_a_hub_and_come_back() -> None:
    """ANNA works in both hubs, BORIS in one: apart, ANNA waits for nobody; together, she waits while he works alone."""
    days = [
        ShootingDay(cast=frozenset({"ANNA"}), hub="TOWN"),
        ShootingDay(cast=frozenset({"BORIS"}), hub="COAST"),
        ShootingDay(cast=frozenset({"BORIS", "CLEO"}), hub="TOWN"),
        ShootingDay(cast=frozenset({"ANNA", "CLEO"}), hub="COAST"),
    ]
    hold = {"ANNA": 5, "BORIS": 5, "CLEO": 5}
    assert order_days(days, hold=hold, together=False).holds == 0
    assert order_days(days, hold=hold).holds > 0
