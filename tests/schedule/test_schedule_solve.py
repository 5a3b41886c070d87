"""The solver: true bounds against brute force, the same bytes twice, pins, halts, and why nothing fits."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date, time, timedelta

import invented
import numpy as np
import pytest

from cupola.errors import NothingFits
from cupola.model import Board, Clause, Dates, Light, Pin, Precedence, Production, Provenance, Together, Window
from cupola.model.money import Deal
from cupola.model.work import workdays, works_of
from cupola.money import cost
from cupola.rules import broken, check
from cupola.schedule import Halt, Progress, Stop, solve
from cupola.schedule.columns import hub_bound
from cupola.schedule.earth import earth_case, earth_days
from cupola.schedule.earth_search import search
from cupola.schedule.explain import shortest
from cupola.schedule.kernel import judge
from cupola.schedule.orbit import orbit_case, orbit_cents
from cupola.schedule.orbit_greedy import lay_out
from cupola.schedule.orbit_search import first_placing, improve, orbit_bound

Windows = dict[str, tuple[Window, ...]]
QUICK = Stop(seconds=2, fuse=False)


def small(scenes: int, seed: int) -> tuple[Production, Windows]:
    """An invented feature cut to its first scenes and a single week."""
    production, windows = invented.feature(scenes=16, cast=4, weeks=1, seed=seed)
    script = dataclasses.replace(production.script, scenes=production.script.scenes[:scenes])
    cast = tuple(dataclasses.replace(member, away=()) for member in production.cast)
    unit = dataclasses.replace(production.units[0], page_min=260.0, days_off=(3, 4, 5, 6))
    kept = {number: windows[number] for number in windows if int(number) <= scenes}
    place_of = tuple(pair for pair in production.place_of if int(pair[0]) <= scenes)
    return dataclasses.replace(production, script=script, cast=cast, units=(unit,), place_of=place_of), kept


def as_board(production: Production, days: tuple) -> Board:  # type: ignore[type-arg]
    made = Provenance(production_digest="", cupola_version="", seed=0, effort="")
    return Board(title="", days=days, cost=cost(production, days), provenance=made)


@pytest.mark.parametrize("seed", range(4))
def test_small_boards_are_optimal_and_the_bound_is_true_by_brute_force(seed: int) -> None:
    production, windows = small(6, seed)
    unit, works = production.units[0], works_of(production)
    case = earth_case(production, unit, works, windows)
    cheapest = None
    for slots in itertools.product(range(len(case.dates)), repeat=len(works)):
        days = earth_days(case, production, slots)
        board = as_board(production, days)
        if not check(production, board, windows):
            cheapest = min(cheapest or board.cost.total_cents, board.cost.total_cents)
    assert cheapest is not None
    board = solve(production, windows, stop=QUICK, seed=1)
    assert board.cost.total_cents == cheapest
    assert 0 < board.bound_cents <= cheapest


@pytest.mark.parametrize("seed", range(3))
def test_small_boards_with_every_wish_are_optimal_by_brute_force(seed: int) -> None:
    production, windows = small(6, seed)
    at = dict(production.place_of)
    numbers = [scene.number for scene in production.script.scenes]
    mates = next(((a, b) for a, b in itertools.combinations(numbers, 2) if at[a] == at[b]), None)
    places = tuple(
        dataclasses.replace(place, hours=(time(9), time(4)) if place.id == at["3"] else None) for place in production.places
    )
    cast = tuple(
        dataclasses.replace(member, travel=invented.rate(700), home_hub="HUB0", deal=Deal(guarantee_days=2))
        for member in production.cast
    )
    wished = dataclasses.replace(
        production,
        places=places,
        cast=cast,
        order=(Precedence(first=numbers[-1], then=numbers[0]),),
        together=(Together(scenes=mates),) if mates else (),
    )
    unit, works = wished.units[0], works_of(wished)
    case = earth_case(wished, unit, works, windows)
    costs = []
    for slots in itertools.product(range(len(case.dates)), repeat=len(case.works)):
        board = as_board(wished, earth_days(case, wished, slots))
        if not broken(check(wished, board, windows)):
            costs.append(board.cost.total_cents)
    board = solve(wished, windows, stop=QUICK, seed=1)
    assert broken(check(wished, board, windows)) == ()
    assert board.cost.total_cents == min(costs)
    assert board.bound_cents <= min(costs)


@pytest.mark.parametrize("seed", range(3))
def test_the_kernel_counts_what_money_counts(seed: int) -> None:
    production, windows = invented.feature(scenes=30, cast=8, weeks=4, seed=seed)
    case = earth_case(production, production.units[0], works_of(production), windows)
    plan = search(case, moves=60_000, seed=seed, halt=Halt())
    cents, bad, *_ = judge(case.problem, np.array(plan.slots))
    assert (cents, bad) == (plan.cents, plan.bad) == (plan.cents, 0)
    assert cost(production, earth_days(case, production, plan.slots)).total_cents == plan.cents


def test_one_scene_on_one_day_costs_its_day_and_its_bound_is_tight() -> None:
    # one scene, one cast member: unit day 90,000 + place 6,000 + wage of C0 (250 × 100 = 25,000); no cheaper board exists
    production, windows = small(1, 0)
    board = solve(production, windows, stop=QUICK, seed=1)
    wages = sum(m.work.cents for m in production.cast if m.work and m.id in board.strips[0].cast)
    assert board.cost.total_cents == 9_600_000 + wages
    assert 0 <= board.gap < 0.001  # pricing rounds to a twenty-thousandth of a day, always towards a lower bound


def test_same_seed_same_board(earth: tuple[Production, Windows, Board]) -> None:
    production, windows, board = earth
    again = solve(production, windows, stop=Stop(seconds=6, fuse=False), seed=3)
    assert again == board


def test_same_seed_same_flight(flight: tuple[Production, Windows, Board]) -> None:
    production, windows, board = flight
    assert solve(production, windows, stop=Stop(seconds=4, fuse=False), seed=3) == board


@pytest.mark.parametrize("which", ["earth", "flight"])
def test_bound_is_below_cost_and_the_gap_is_small(which: str, request: pytest.FixtureRequest) -> None:
    _, _, board = request.getfixturevalue(which)
    assert 0 < board.bound_cents <= board.cost.total_cents
    assert board.gap_controllable <= 0.35
    assert all(bound.method for bound in board.bounds)


def test_progress_only_gets_better(earth: tuple[Production, Windows, Board]) -> None:
    production, windows, _ = earth
    heard: list[Progress] = []
    solve(production, windows, stop=QUICK, seed=1, on_progress=heard.append)
    costs = [p.cost_cents for p in heard if p.cost_cents is not None]
    bounds = [p.bound_cents for p in heard if p.bound_cents is not None]
    assert costs
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)


def test_a_halt_keeps_the_best_board_and_says_why(earth: tuple[Production, Windows, Board]) -> None:
    production, windows, _ = earth
    halt = Halt()

    def at_first_board(progress: Progress) -> None:
        if progress.cost_cents is not None:
            halt.now("interrupted")

    board = solve(production, windows, stop=Stop(seconds=60), seed=1, on_progress=at_first_board, halt=halt)
    assert board.provenance.stopped == "interrupted"
    assert check(production, board, windows) == ()


def test_a_pinned_strip_stays_where_it_was_put(earth: tuple[Production, Windows, Board]) -> None:
    production, windows, _ = earth
    work = next(w for w in works_of(production) if w.light.is_any)
    day = workdays(production.units[0])[12]
    pinned = dataclasses.replace(production, pins=(Pin(strip=work.id, day=day),))
    board = solve(pinned, windows, stop=QUICK, seed=1)
    assert next(d.date for d in board.days for s in d.strips if s.id == work.id) == day
    assert next(s.pinned for s in board.strips if s.id == work.id)
    assert check(pinned, board, windows) == ()


def test_a_wish_of_order_is_kept(earth: tuple[Production, Windows, Board]) -> None:
    production, windows, board = earth
    last, first = board.days[-1].strips[-1].scene, board.days[0].strips[0].scene
    wished = dataclasses.replace(production, order=(Precedence(first=last, then=first),))
    other = solve(wished, windows, stop=QUICK, seed=1)
    assert check(wished, other, windows) == ()


def test_a_flight_bound_is_below_every_placing_and_the_search_never_loses() -> None:
    production, windows = invented.flight(scenes=14, days=4, page_min=50)
    case = orbit_case(production, production.units[0], works_of(production), windows)
    first = lay_out(case) or first_placing(case, limit=5, seed=1, halt=Halt())
    assert first is not None
    better = improve(case, first, limit=2, seed=1, halt=Halt())
    bound = orbit_bound(case, limit=3, seed=1, halt=Halt())
    assert 0 < bound <= orbit_cents(case, better) <= orbit_cents(case, first)


def test_a_longer_search_for_columns_never_lowers_the_bound() -> None:
    production, windows = invented.feature(scenes=24, cast=8, weeks=4, seed=5)
    case = earth_case(production, production.units[0], works_of(production), windows)
    short, long = (hub_bound(case, 0, limit=limit) for limit in (0.05, 5.0))
    assert 0 < short <= long


def test_the_wishes_that_clash_are_named_alone(earth: tuple[Production, Windows, Board]) -> None:
    production, windows, _ = earth
    name = production.script.scenes[0].cast[0]
    first, last = date(2027, 5, 1), date(2027, 12, 31)
    away = Dates(first=first, last=last, why="in orbit")
    cast = tuple(dataclasses.replace(m, away=(away,)) if m.id == name else m for m in production.cast)
    with pytest.raises(NothingFits) as caught:
        solve(dataclasses.replace(production, cast=cast), windows, stop=QUICK, seed=1)
    assert caught.value.wishes == (f"{name}'s dates: away 2027-05-01 to 2027-12-31 in orbit",)


def test_a_pin_against_the_light_names_both(flight: tuple[Production, Windows, Board]) -> None:
    production, windows, _ = flight
    work = next(w for w in works_of(production) if w.light.is_pass_bound)
    unit = production.units[0]
    day = workdays(unit)[1]
    one_day = {
        **windows,
        work.shot: tuple(w for w in windows[work.shot] if w.open_utc.date() != day),
    }
    pinned = dataclasses.replace(production, pins=(Pin(strip=work.id, day=day),))
    with pytest.raises(NothingFits) as caught:
        solve(pinned, one_day, stop=QUICK, seed=1)
    kinds = sorted(wish.split()[0] for wish in caught.value.wishes)
    assert kinds == ["strip", "the"]
    assert "pinned" in str(caught.value)
    assert "orbital sunrise" in str(caught.value)


def test_two_pins_in_one_day_too_many_are_the_clash() -> None:
    # four pieces of five hours pinned to one twelve-hour day: two fit (10 h and a meal), three do not
    production, _ = small(6, 0)
    unit = dataclasses.replace(production.units[0], page_min=2400.0)
    scenes = tuple(
        dataclasses.replace(
            scene, eighths=1, shots=tuple(dataclasses.replace(s, light=Light(), work_min=300) for s in scene.shots)
        )
        for scene in production.script.scenes[:4]
    )
    pins = tuple(Pin(strip=scene.number, day=workdays(unit)[0]) for scene in scenes)
    full = dataclasses.replace(
        production, script=dataclasses.replace(production.script, scenes=scenes), units=(unit,), pins=pins
    )
    with pytest.raises(NothingFits) as caught:
        solve(full, {}, stop=QUICK, seed=1)
    assert 2 <= len(caught.value.wishes) <= 4
    assert any("pinned" in wish for wish in caught.value.wishes)


def test_a_minimal_clash_is_found_among_many_wishes() -> None:
    # the planted clash is {3, 17, 40}: any set that holds all three is impossible
    planted = frozenset({("pin", "3"), ("pin", "17"), ("pin", "40")})
    asked = 0

    def can(kept: frozenset[tuple[str, str]]) -> bool:
        nonlocal asked
        asked += 1
        return not planted <= kept

    assert set(shortest([("pin", str(n)) for n in range(300)], can)) == planted
    assert asked < 60


def test_work_that_finds_no_room_is_in_the_boneyard_when_stopped_early() -> None:
    production, windows = small(6, 1)
    halt = Halt()
    halt.now("interrupted")
    board = solve(production, windows, stop=Stop(seconds=1), seed=1, halt=halt)
    on_board = {strip.id for strip in board.strips}
    assert on_board | set(board.boneyard) == {work.id for work in works_of(production)}
    assert all(violation.rule == "every scene" for violation in check(production, board, windows))


def test_light_clauses_reach_the_strip(flight: tuple[Production, Windows, Board]) -> None:
    production, windows, board = flight
    for strip in board.strips:
        if strip.window is not None:
            assert strip.window in windows[strip.shot]
            margin = timedelta(seconds=strip.window.edge_s)
            assert strip.window.open_utc + margin <= strip.roll_utc < strip.cut_utc <= strip.window.close_utc - margin
    lit = {shot.id for scene in production.script.scenes for shot in scene.shots if not shot.light.is_any}
    assert lit == {strip.shot for strip in board.strips if strip.window is not None}
    assert Clause(condition="orbital sunrise") in {c for s in production.script.scenes for c in s.shots[0].light.clauses}
