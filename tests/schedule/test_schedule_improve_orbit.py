"""Improve aboard: each step is priced by boards as a whole, and the steps add up to what was saved; proven by hand.

DIR is behind the camera, ACT before it; a crew day has one block of two hours. An hour of anybody costs 1200 cents, a crew day
100,000; a rig takes DIR 15 minutes, which is 300 cents.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import invented
import pytest

from cupola.model import (
    Board,
    CastMember,
    CrewMember,
    Day,
    Place,
    Production,
    Provenance,
    Rate,
    Scene,
    Script,
    Shot,
    Station,
    StationUnit,
    Unit,
)
from cupola.model.work import works_of
from cupola.money import cost
from cupola.rules import broken, check
from cupola.schedule import Stop
from cupola.schedule.improve import Improved, improved, steps_of
from cupola.schedule.neighbourhood import Neighbourhood
from cupola.schedule.orbit import Placing, orbit_case, orbit_days
from cupola.schedule.orbit_greedy import lay_out
from cupola.schedule.orbit_search import first_placing
from cupola.schedule.replan_count import changes_between
from cupola.schedule.stop import Halt

MIDNIGHT = datetime(2027, 5, 3, tzinfo=UTC)
EIGHT = 8 * 12
"""The slot of 08:00; a slot is five minutes."""
DAY_CENTS, RIG_CENTS = 100_000, 300


def rate(cents: int) -> Rate:
    return Rate(cents=cents, currency="EUR", source="invented")


def flight(modules: str, minutes: int, days: int) -> Production:
    """A flight of as many scenes as `modules` has letters, each with HERO, of so many minutes in that module."""
    block = ((time(8), time(10)),)
    crew = tuple(
        CrewMember(id=name, name=name, duty="", blocks=block, hour=rate(1200), operates=name == "DIR")
        for name in ("DIR", "ACT")
    )
    station = StationUnit(station=Station(name="ISS"), crew=crew, rig_min=15, prep_min=5, reset_min=0, stretch=(1.0,))
    scenes = tuple(
        Scene(
            number=str(n),
            heading="",
            int_ext="INT",
            hub="ISS",
            set=module,
            time_of_day="",
            eighths=1,
            cast=("HERO",),
            shots=(Shot(scene=str(n), work_min=minutes),),
            line=n,
            end_line=n,
        )
        for n, module in enumerate(modules, 1)
    )
    unit = Unit(
        id="orbit",
        kind="orbit",
        first_utc=MIDNIGHT,
        last_utc=MIDNIGHT + timedelta(days=days),
        days_off=(),
        day_rate=rate(DAY_CENTS),
        station=station,
    )
    return Production(
        title="Flight",
        folder="",
        currency="EUR",
        script=Script(file="", title="", scenes=scenes),
        units=(unit,),
        places=tuple(Place(id=name, name=name, hub="ISS", unit="orbit") for name in "AB"),
        cast=(CastMember(id="HERO", board_id=1, aboard="ACT"),),
        place_of=tuple((str(n), module) for n, module in enumerate(modules, 1)),
    )


def laid(production: Production, at: list[tuple[int, int]], rigs: dict[tuple[str, int], int]) -> Board:
    """The board with scene n on the day and slot `at[n - 1]`, and rigs by module and day at slots."""
    case = orbit_case(production, production.units[0], works_of(production), {})
    spots = {
        w: next(spot for spot in case.spots[w] if (spot.day, spot.slot) == (day, EIGHT + slot))
        for w, (day, slot) in enumerate(at)
    }
    placing = Placing(spots=spots, rigs={key: EIGHT + slot for key, slot in rigs.items()}, walks={}, restows={})
    board = board_of(production, orbit_days(case, placing))
    assert broken(check(production, board, {})) == ()
    return board


def board_of(production: Production, days: tuple[Day, ...]) -> Board:
    paper = Provenance(production_digest="", cupola_version="", seed=1, effort="")
    return Board(title="", days=days, cost=cost(production, days), provenance=paper)


def better(production: Production, board: Board, within: Neighbourhood | None = None) -> Improved:
    return improved(production, board, {}, stop=Stop(seconds=3, fuse=False), within=within)


def spread() -> tuple[Production, Board]:
    """Four strips of 30 min in A: two on the first day, one on the second, one on the third.

    A day holds three: 15 + 3 * 30 = 105 <= 120 min, and 15 + 4 * 30 = 135 > 120. So four strips need two days, and from three
    days to two it takes one strip that moves, 3 or 4, which saves a day and a rig.
    """
    production = flight("AAAA", 30, 4)
    return production, laid(production, [(0, 3), (0, 9), (1, 3), (2, 3)], {("A", d): 0 for d in range(3)})


def starts(board: Board) -> dict[str, datetime]:
    return {strip.id: strip.start_utc for strip in board.strips}


def test_each_day_that_a_step_closes_is_what_it_saved() -> None:
    # three strips of 30 min, one a day: 3 days, 3 rigs, 3 * 6 slots of two people. All fit on one day: 15 + 90 <= 120 min.
    # That day stays, two strips go to it, and each closes a day and a rig: 100,000 + 300 each, 200,600 in all.
    production = flight("AAA", 30, 3)
    board = laid(production, [(0, 3), (1, 3), (2, 3)], {("A", 0): 0, ("A", 1): 0, ("A", 2): 0})
    assert board.cost.total_cents == 3 * DAY_CENTS + 3 * RIG_CENTS + 3 * 6 * 200
    found = better(production, board)
    assert found.saved_cents == 2 * (DAY_CENTS + RIG_CENTS)
    steps = [step for step in found.steps if step.was != step.now]
    assert [step.saved_cents for step in steps] == [DAY_CENTS + RIG_CENTS] * 2
    assert all(step.was and step.now == found.board.days[0].date and len(step.strips) == 1 for step in steps)
    # the strip that stayed works as long as before: another time on its date saves nothing
    assert all(step.saved_cents == 0 for step in found.steps if step not in steps)


def test_steps_that_need_each_other_are_one() -> None:
    # four strips of 40 min, A and B on each day: 15 + 40 + 15 + 40 = 110 <= 120 min, four rigs. Four strips take 160 min, so it
    # stays two days; two modules want two rigs, so the best is A on one day and B on the other: two rigs less, 600.
    # With one of the two moves alone a day has three strips and two rigs: 150 > 120 min. So both are one step.
    production = flight("ABAB", 40, 2)
    rigs = {(module, day): slot for module, slot in (("A", 0), ("B", 11)) for day in (0, 1)}
    board = laid(production, [(0, 3), (0, 14), (1, 3), (1, 14)], rigs)
    found = better(production, board)
    assert found.saved_cents == 2 * RIG_CENTS
    (step,) = [step for step in found.steps if step.saved_cents]
    assert len(step.strips) == 2
    assert (step.saved_cents, step.was, step.now) == (2 * RIG_CENTS, None, None)
    assert step.text.count(" from ") == 2


def test_a_day_between_is_packed_anew_where_no_old_times_fit() -> None:
    # four strips of 25 min: 1 and 4 in A, 2 and 3 in B. Before, A and B on both days, four rigs; now A on the first day, B on
    # the second, two rigs. With 2 back on the first day alone, 2 stood where 1 is now, and 4 stands where 1 was; packed anew
    # they fit, 15 + 15 + 75 = 105 <= 120 min, with three rigs. So each of the two moves saved a rig: 300.
    production = flight("ABBA", 25, 2)
    rigs = {("A", 0): 0, ("B", 0): 8, ("B", 1): 0, ("A", 1): 8}
    old = laid(production, [(0, 3), (0, 11), (1, 3), (1, 11)], rigs)
    new = laid(production, [(0, 8), (1, 3), (1, 8), (0, 3)], {("A", 0): 0, ("B", 1): 0})
    steps = steps_of(production, {}, old, new, changes_between(old, new))
    assert [(step.strips, step.saved_cents) for step in steps] == [(("2",), RIG_CENTS), (("4",), RIG_CENTS)]
    assert old.cost.total_cents - new.cost.total_cents == 2 * RIG_CENTS


def test_a_strip_at_another_time_of_its_date_is_a_step() -> None:
    # nothing but time changed, and an hour costs the same at any time
    production = flight("AA", 25, 1)
    old = laid(production, [(0, 3), (0, 8)], {("A", 0): 0})
    new = laid(production, [(0, 8), (0, 3)], {("A", 0): 0})
    (step,) = steps_of(production, {}, old, new, changes_between(old, new))
    assert (step.strips, step.was, step.now, step.saved_cents) == (("2", "1"), MIDNIGHT.date(), MIDNIGHT.date(), 0)
    assert step.text == "2, 1 at other times on 2027-05-03"


def test_nothing_moves_that_need_not_move() -> None:
    production, board = spread()
    found = better(production, board)
    assert found.saved_cents == DAY_CENTS + RIG_CENTS
    assert len(found.changes.moved) == 1
    (moved,) = (move.strip for move in found.changes.moved)
    assert moved in ("3", "4")
    # the three others stand where they stood, to the minute: there is room behind them
    was, now = starts(board), starts(found.board)
    assert {name for name in was if was[name] != now[name]} == {moved}


def test_a_kept_day_stays_to_the_minute_and_nothing_comes() -> None:
    # with the first day kept, 3 goes to 4 or 4 to 3, though the first day has room
    production, board = spread()
    first = board.days[0]
    found = better(production, board, Neighbourhood(keep_days=frozenset({("orbit", first.date)})))
    assert found.board.days[0] == first
    assert found.saved_cents == DAY_CENTS + RIG_CENTS
    shot = better(production, board, Neighbourhood(frozen_before=board.days[1].date))
    assert shot.board.days[0] == first
    assert shot.saved_cents == DAY_CENTS + RIG_CENTS
    # with the first two days shot only 4 may move, and nobody else may come to it: nothing is saved
    assert better(production, board, Neighbourhood(frozen_before=board.days[2].date)).board.days == board.days


def test_a_pin_aboard_keeps_its_date() -> None:
    # 1, 3 and 4 pinned to their dates keep three days; with 1 and 3 pinned, 4 moves
    production, board = spread()
    assert better(production, board, Neighbourhood(pins=frozenset("134"))).saved_cents == 0
    found = better(production, board, Neighbourhood(pins=frozenset("13")))
    assert [move.strip for move in found.changes.moved] == ["4"]


def test_no_strip_leaves_the_company_of_its_day_where_only_days_may_change_places() -> None:
    production, board = spread()
    assert better(production, board, Neighbourhood(only_swap_days=True)).board.days == board.days


def test_the_order_of_days_is_kept_aboard() -> None:
    # two strips in A with one in B between them, a day each: 15 + 35 + 15 + 35 = 100 <= 120 min, all three with two rigs take
    # 135 > 120. The cheapest has both of A on one day: two days, two rigs. In the old order they cannot be on one day without
    # B between them: two days, three rigs; a day and no rig are saved
    production = flight("ABA", 35, 3)
    board = laid(production, [(0, 3), (1, 3), (2, 3)], {("A", 0): 0, ("B", 1): 0, ("A", 2): 0})
    assert better(production, board).saved_cents == DAY_CENTS + RIG_CENTS
    found = better(production, board, Neighbourhood(keep_order=True))
    assert found.saved_cents == DAY_CENTS
    at = starts(found.board)
    assert at["1"] < at["2"] < at["3"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_steps_from_any_board_to_any_other_add_up(seed: int) -> None:
    production, windows = invented.flight(scenes=14, days=8, seed=seed, page_min=60)
    case = orbit_case(production, production.units[0], works_of(production), windows)
    placings = (first_placing(case, limit=2, seed=seed, halt=Halt()), lay_out(case))
    one, other = (board_of(production, orbit_days(case, placing)) for placing in placings if placing)
    changes = changes_between(one, other)
    steps = steps_of(production, windows, one, other, changes)
    assert steps
    assert sum(step.saved_cents or 0 for step in steps) == one.cost.total_cents - other.cost.total_cents != 0
    names = [name for step in steps for name in step.strips]
    assert len(names) == len(set(names))
    assert {move.strip for move in changes.moved} <= set(names)
