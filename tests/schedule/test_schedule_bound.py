"""The bound of an Earth unit: every part of it against brute force, CP-SAT and boards that were found."""

from __future__ import annotations

import dataclasses
import itertools

import invented
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from cupola.model import Board, Dates, Production, Provenance, Window
from cupola.model.work import works_of
from cupola.money import cost
from cupola.rules import broken, check
from cupola.schedule.bound_counts import least_counts
from cupola.schedule.bound_orders import _count_of_rows, _rows_of_visits, weigh_rows
from cupola.schedule.bound_pricing import Shop, dearest_days
from cupola.schedule.bound_shop import hubs_of
from cupola.schedule.bound_unit import UnitBound, unit_bound
from cupola.schedule.bound_visits import fewest
from cupola.schedule.columns import hours_bound, hub_bound, hub_columns
from cupola.schedule.earth import EarthCase, earth_case, earth_days

Windows = dict[str, tuple[Window, ...]]


def cut(scenes: int, seed: int, *, dates: int, cast: int = 5, page_min: float = 260.0) -> tuple[Production, Windows]:
    """An invented film cut to its first scenes in two hubs, and its first dates; everybody but one is always there."""
    production, windows = invented.feature(scenes=24, cast=cast, weeks=1, seed=seed)
    kept = [scene for scene in production.script.scenes if scene.hub in {"HUB0", "HUB1"}][:scenes]
    numbers = {scene.number for scene in kept}
    members = tuple(
        dataclasses.replace(
            member,
            home_hub="HUB0" if a % 2 else "",
            travel=invented.rate(15_000) if a < 3 else None,
            drop_days=2,
            away=(Dates(first=invented.FIRST, last=invented.FIRST, why="elsewhere"),) if a == 1 else (),
        )
        for a, member in enumerate(production.cast)
    )
    unit = dataclasses.replace(production.units[0], page_min=page_min, days_off=tuple(range(dates, 7)))
    script = dataclasses.replace(production.script, scenes=tuple(kept))
    place_of = tuple(pair for pair in production.place_of if pair[0] in numbers)
    cut_down = dataclasses.replace(production, script=script, cast=members, units=(unit,), place_of=place_of)
    return cut_down, {number: spans for number, spans in windows.items() if number in numbers}


def case_of(production: Production, windows: Windows) -> EarthCase:
    return earth_case(production, production.units[0], works_of(production), windows)


def cheapest_board(production: Production, windows: Windows, case: EarthCase) -> int | None:
    """The cost of the cheapest board that breaks no rule, by trying every date for every piece."""
    made = Provenance(production_digest="", cupola_version="", seed=0, effort="")
    best = None
    for slots in itertools.product(range(len(case.dates)), repeat=len(case.works)):
        days = earth_days(case, production, slots)
        priced = cost(production, days)
        board = Board(title="", days=days, cost=priced, provenance=made)
        if (best is None or priced.total_cents < best) and not broken(check(production, board, windows)):
            best = priced.total_cents
    return best


@pytest.mark.parametrize(
    ("seed", "scenes", "dates"), [(0, 5, 3), (1, 5, 3), (2, 5, 3), (3, 3, 4), (4, 4, 3), (5, 5, 3), (6, 3, 5)]
)
def test_no_board_is_cheaper_than_any_stage_of_the_bound(seed: int, scenes: int, dates: int) -> None:
    production, windows = cut(scenes, seed, dates=dates)
    case = case_of(production, windows)
    cheapest = cheapest_board(production, windows, case)
    if cheapest is None:
        pytest.skip("no legal board to compare with")
    heard: list[UnitBound] = []
    bound = unit_bound(case, limit=0.5, on_bound=heard.append)
    assert [b.cents for b in heard] == sorted({b.cents for b in heard})
    assert heard[-1] == bound
    assert 0.6 * cheapest < bound.cents <= cheapest


@st.composite
def shops(draw: st.DrawFn) -> tuple[Shop, np.ndarray, np.ndarray, list[tuple[int, int, int]], np.ndarray]:
    """A small hub with prices: up to seven pieces, four people, three sets, two lights, dates and cuts."""
    n, people, sets = draw(st.integers(2, 7)), draw(st.integers(1, 4)), draw(st.integers(1, 3))

    def ints(low: int, high: int, count: int) -> list[int]:
        return draw(st.lists(st.integers(low, high), min_size=count, max_size=count))

    groups = [list(g) + [-1] * (2 - len(g)) for k in (1, 2) for g in itertools.combinations(range(sets), k)]
    room = draw(st.integers(4, 12))
    clash = np.zeros((n, n), np.bool_)
    for i, j in draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=3)):
        clash[i, j] = clash[j, i] = i != j
    triples = draw(st.lists(st.sets(st.integers(0, n - 1), min_size=3, max_size=3), max_size=2)) if n > 2 else []
    shop = Shop(
        need=np.array(ints(0, 6, n), np.int64),
        set_no=np.array([*range(sets), *ints(0, sets - 1, n)][:n] if n >= sets else ints(0, sets - 1, n), np.int64),
        cast=np.array(
            [[a, b if b != a else -1] for a, b in zip(ints(-1, people - 1, n), ints(-1, people - 1, n), strict=True)], np.int64
        ),
        clash=clash,
        dates=np.array([[b] for b in ints(1, 7, n)], np.uint64),
        groups=np.array(groups, np.int64),
        room=np.array([room - 2 * (sum(s >= 0 for s in g) - 1) for g in groups], np.int64),
        fixed=np.array([10.0 + 3 * sum(s >= 0 for s in g) for g in groups]),
        loose=np.zeros(len(groups), np.int64),
        sides=np.ones((1, n), np.bool_),
    )
    value, wage = np.array(ints(0, 30, n), np.float64), np.array(ints(0, 15, people), np.float64)
    return shop, value, wage, [tuple(sorted(t)) for t in triples], np.array(ints(1, 10, len(triples)), np.float64)  # type: ignore[misc]


def worth(
    shop: Shop, value: np.ndarray, wage: np.ndarray, cuts: list[tuple[int, int, int]], fines: np.ndarray, day: tuple[int, ...]
) -> float:
    """What a day is worth, or minus infinity where it cannot be."""
    sets = sorted({int(shop.set_no[i]) for i in day})
    dates = np.bitwise_and.reduce(shop.dates[list(day), 0])
    group = next((g for g, s in enumerate(shop.groups) if sorted(x for x in s if x >= 0) == sets), None)
    if group is None or not dates or any(shop.clash[i, j] for i in day for j in day):
        return -np.inf
    if shop.need[list(day)].sum() > shop.room[group]:
        return -np.inf
    people = {int(a) for i in day for a in shop.cast[i] if a >= 0}
    fine = sum(f for f, cut in zip(fines, cuts, strict=True) if len(set(cut) & set(day)) > 1)
    return float(value[list(day)].sum() - shop.fixed[group] - sum(wage[a] for a in people) - fine)


@settings(max_examples=150, deadline=None)
@given(shops())
def test_pricing_finds_the_day_of_most_worth(drawn: tuple) -> None:  # type: ignore[type-arg]
    shop, value, wage, cuts, fines = drawn
    n = len(shop.need)
    days = [day for k in range(1, n + 1) for day in itertools.combinations(range(n), k)]
    best = max(worth(shop, value, wage, cuts, fines, day) for day in days)
    cuts_of = np.array([[c for c, cut in enumerate(cuts) if i in cut] + [-1] * 3 for i in range(n)], dtype=object)
    padded = np.array([list(row[:3]) for row in ([*r, -1, -1, -1] for r in map(list, cuts_of))], np.int64)
    found, out = np.empty((64, n + 1), np.int64), np.empty(64)
    count, ceiling, _ = dearest_days(shop, value, wage, padded, fines, 0.0, 0.5, 1 << 40, found, out)
    assert ceiling == pytest.approx(max(best, 0.0))
    for k in range(count):
        day = tuple(int(x) for x in found[k] if x >= 0)
        assert worth(shop, value, wage, cuts, fines, day) == pytest.approx(out[k])


@settings(max_examples=60, deadline=None)
@given(shops())
def test_pricing_that_is_cut_short_still_bounds(drawn: tuple) -> None:  # type: ignore[type-arg]
    shop, value, wage, cuts, fines = drawn
    n = len(shop.need)
    days = [day for k in range(1, n + 1) for day in itertools.combinations(range(n), k)]
    best = max(worth(shop, value, wage, cuts, fines, day) for day in days)
    none = np.full((n, 1), -1, np.int64)
    found, out = np.empty((64, n + 1), np.int64), np.empty(64)
    _, ceiling, _ = dearest_days(shop, value, wage, none, fines, 0.0, 0.5, 20, found, out)
    assert ceiling >= best - 1e-6


def cheapest_days(case: EarthCase, items: tuple[int, ...]) -> int:
    """The least cost of the days of one hub, proven by CP-SAT: pieces into days that differ in nothing."""
    p, hub = case.problem, next(hub for hub in hubs_of(case) if hub.items == items)
    model, days = cp_model.CpModel(), range(min(6, len(items)))
    on = {(i, d): model.new_bool_var("") for i in items for d in days}
    clash = hub.shop.clash
    price = []
    for i in items:
        model.add_exactly_one(on[i, d] for d in days)
    for d in days:
        used, people = model.new_bool_var(""), {a: model.new_bool_var("") for a in hub.people}
        sets = {int(p.set_no[i]): model.new_bool_var("") for i in items}
        places = {int(p.place[i]): model.new_bool_var("") for i in items}
        for i in items:
            for yes in (used, sets[int(p.set_no[i])], places[int(p.place[i])], *(people[int(a)] for a in p.cast[i] if a >= 0)):
                model.add_implication(on[i, d], yes)
        for place in places.values():
            model.add_implication(place, used)
        for (x, i), (y, j) in itertools.combinations(enumerate(items), 2):
            if clash[x, y]:
                model.add_bool_or(on[i, d].negated(), on[j, d].negated())
        gaps = (sum(sets.values()) - sum(places.values())) * int(p.relight_s) + (sum(places.values()) - 1) * int(p.move_s)
        seconds = sum(int(p.prep_s[i] + p.roll_s[i]) * on[i, d] for i in items)
        model.add(seconds + gaps <= max(int(p.meal_within_s), int(p.day_s - p.meal_s))).only_enforce_if(used)
        model.add(sum(sets.values()) <= int(p.max_sets))
        price += [int(p.unit_cents - p.move_cents) * used, *(int(p.work_cents[a]) * yes for a, yes in people.items())]
        price += [int(p.place_cents[place] + p.move_cents) * yes for place, yes in places.items()]
    model.minimize(sum(price))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 20
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


@pytest.mark.parametrize("seed", range(3))
def test_a_hub_of_some_scenes_is_bounded_nearly_exactly(seed: int) -> None:
    production, windows = invented.film_like(scenes=80, weeks=4, seed=seed)
    case = case_of(production, windows)
    hub = min((hub for hub in hubs_of(case) if len(hub.items) >= 8), key=lambda hub: (len(hub.items), hub.number))
    least = cheapest_days(case, hub.items)
    bound = hub_bound(case, hub.number, limit=2.0)
    assert hours_bound(hub) <= bound <= least
    assert bound >= 0.95 * least


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_order_of_visits_costs_less_than_the_fewest(data: st.DataObject) -> None:
    hubs, stretches, move = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3)), data.draw(st.integers(0, 50))
    stays = [frozenset(c) for k in range(1, stretches + 1) for c in itertools.combinations(range(stretches), k)]
    least = [{stay: float(data.draw(st.integers(0, 100))) for stay in stays} for _ in range(hubs)]
    days = sorted(
        data.draw(st.lists(st.tuples(st.integers(0, stretches - 1), st.integers(0, hubs - 1)), max_size=9)), key=lambda d: d[0]
    )
    days += [(stretches - 1, hub) for hub in range(hubs) if hub not in {h for _, h in days}]
    moves = sum(a[1] != b[1] for a, b in itertools.pairwise(days))
    total = move * moves + sum(costs[frozenset(s for s, h in days if h == hub)] for hub, costs in enumerate(least))
    assert fewest(least, stretches, float(move)) <= total


def test_two_hubs_that_both_work_before_and_after_need_two_moves() -> None:
    # each hub must work in both stretches: before A, B; after B (carried over), A: two moves, and no board has fewer
    both = {frozenset({0, 1}): 100.0, frozenset({0}): 1000.0, frozenset({1}): 1000.0}
    assert fewest([both, both], 2, 10.0) == 220.0


def test_the_same_limit_gives_the_same_bound_and_a_halt_keeps_a_true_one() -> None:
    production, windows = invented.film_like(scenes=80, weeks=4, seed=1)
    case = case_of(production, windows)
    first = unit_bound(case, limit=0.6)
    assert unit_bound(case, limit=0.6) == first
    halted = unit_bound(case, limit=0.6, halt=lambda: True)
    assert 0 < halted.cents <= first.cents


def test_more_effort_never_weakens_a_hub() -> None:
    production, windows = invented.feature(scenes=30, cast=8, weeks=4, seed=1)
    hub = hubs_of(case_of(production, windows))[-1]
    bounds = [hub_columns(hub, limit=limit)[0] for limit in (0.01, 0.1, 1.0)]
    assert bounds == sorted(bounds)


@st.composite
def visited(draw: st.DrawFn) -> tuple[list[tuple[int, frozenset[int]]], list[int], list[int], list[bool], np.ndarray]:
    """Days in order, each a hub and who works; wages and holds of three people, who may be dropped, and shares of wages."""
    people, hubs = 3, draw(st.integers(2, 4))
    days = draw(
        st.lists(
            st.tuples(st.integers(0, hubs - 1), st.frozensets(st.integers(0, people - 1), max_size=people)),
            min_size=hubs,
            max_size=9,
        )
    )
    days += [(hub, frozenset({0})) for hub in range(hubs) if hub not in {h for h, _ in days}]
    wage = draw(st.lists(st.integers(1, 30), min_size=people, max_size=people))
    hold = draw(st.lists(st.integers(0, 40), min_size=people, max_size=people))
    drops = draw(st.lists(st.booleans(), min_size=people, max_size=people))
    shares = np.array([[draw(st.floats(0, 1)) * min(w, k) for _ in range(hubs)] for w, k in zip(wage, hold, strict=True)])
    return days, wage, hold, drops, shares


@settings(max_examples=400, deadline=None)
@given(visited(), st.integers(0, 30))
def test_no_days_in_order_cost_less_than_their_row_of_visits_is_weighed(drawn, move: int) -> None:  # type: ignore[no-untyped-def]
    days, wage, hold, drops, shares = drawn
    hubs, people = shares.shape[1], len(wage)
    here = [[cast for hub, cast in days if hub == h] for h in range(hubs)]
    works = np.array([[sum(a in cast for cast in own) for own in here] for a in range(people)])
    held = 0
    for a in range(people):
        at = [d for d, (_, cast) in enumerate(days) if a in cast]
        gaps = [later - earlier - 1 for earlier, later in itertools.pairwise(at)]
        held += hold[a] * (sum(gaps) - (max(gaps, default=0) if drops[a] else 0))
    row = [hub for hub, _ in itertools.groupby(hub for hub, _ in days)]
    cost = held + sum(wage[a] * works[a].sum() for a in range(people)) + move * (len(row) - 1)
    # what the hubs' programs say at these shares, here their very days, and what the row adds to it
    local, length = works > 0, np.array([len(own) for own in here])
    inside = np.where(local, 0.0, np.array(hold)[:, None] * length[None, :])
    outside = -shares * np.where(local, length[None, :] - works, 0)
    added = np.zeros(1)
    weigh_rows(np.array([row], np.int64), local, np.array(drops), inside, outside, added)
    at_shares = sum(
        (wage[a] - shares[a, h]) * works[a, h] + shares[a, h] * local[a, h] * length[h]
        for a in range(people)
        for h in range(hubs)
    )
    inside_at_least = np.where(local, (np.array(hold)[:, None] - shares) * (length[None, :] - works), inside)
    assert at_shares + added[0] + move * (len(row) - 1) <= cost + 1e-9
    weigh_rows(np.array([row], np.int64), local, np.array(drops), inside_at_least, outside, added)
    assert at_shares + added[0] + move * (len(row) - 1) <= cost + 1e-9


def test_an_actor_between_two_hubs_is_held_all_through_the_third() -> None:
    # ANN works a day in A and a day in C, BEN the three days of B. She is spared B only where B is first or last.
    local = np.array([[True, False, True], [False, True, False]])
    inside, outside = np.array([[0.0, 30.0, 0.0], [20.0, 0.0, 20.0]]), np.zeros((2, 3))
    rows, cents = np.array([[0, 1, 2], [0, 2, 1]]), np.zeros(2)
    weigh_rows(rows, local, np.array([False, False]), inside, outside, cents)
    assert cents.tolist() == [30.0, 0.0]
    weigh_rows(rows, local, np.array([True, True]), inside, outside, cents)  # one drop frees her of it
    assert cents.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(("hubs", "visits"), [(2, 2), (2, 5), (3, 3), (3, 5), (4, 6)])
def test_rows_of_visits_are_all_there_once_with_their_mirrors(hubs: int, visits: int) -> None:
    every = [
        row
        for row in itertools.product(range(hubs), repeat=visits)
        if set(row) == set(range(hubs)) and all(a != b for a, b in itertools.pairwise(row))
    ]
    rows = {tuple(int(h) for h in row) for row in _rows_of_visits(hubs, visits)}
    assert rows | {row[::-1] for row in rows} == set(every)
    palindromes = sum(row == row[::-1] for row in every)
    assert len(rows) == (len(every) + palindromes) // 2
    assert _count_of_rows(hubs, visits) in {len(every) // 2, -(-len(every) // 2)}


def test_a_hub_needs_whole_days() -> None:
    # three scenes of five hours, two of which never fit into one day: a linear program takes a day and a half, a board three
    production, _ = cut(3, 0, dates=5)
    scenes = tuple(dataclasses.replace(s, hub="HUB0", set="SET", eighths=16) for s in production.script.scenes)
    place = dataclasses.replace(production.places[0], id="SET", name="SET", hub="HUB0")
    production = dataclasses.replace(
        production,
        script=dataclasses.replace(production.script, scenes=scenes),
        places=(place,),
        place_of=tuple((s.number, "SET") for s in scenes),
        units=(dataclasses.replace(production.units[0], page_min=150),),
    )
    case = case_of(production, {})
    (hub,) = hubs_of(case)
    counts, _ = least_counts(hub, limit=1.0, stopped=lambda: False)
    assert counts.days[0] == 3
