"""Replan: the fewest changes against brute force, the front, frozen days, whole-day shifts, and a slipped flight."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date, timedelta

import invented
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cupola.errors import NothingFits
from cupola.model import Board, Dates, Production, Provenance, Window
from cupola.model.work import workdays, works_of
from cupola.money import cost
from cupola.rules import broken, check
from cupola.schedule import Stop, solve
from cupola.schedule.earth import earth_case, earth_days
from cupola.schedule.replan import replan
from cupola.schedule.replan_change import absent, lost_day, shut, slipped
from cupola.schedule.replan_count import Weights, changes_between

Windows = dict[str, tuple[Window, ...]]
QUICK = Stop(seconds=3, fuse=False)


def small(scenes: int, seed: int) -> tuple[Production, Windows]:
    """An invented feature cut to its first scenes and a week of three days."""
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


def every_board(production: Production, windows: Windows) -> list[Board]:
    """All boards of a small production that break no rule, by trying every date for every strip."""
    unit, works = production.units[0], works_of(production)
    case = earth_case(production, unit, works, windows)
    boards = (
        as_board(production, earth_days(case, production, slots))
        for slots in itertools.product(range(len(case.dates)), repeat=len(works))
    )
    return [board for board in boards if not broken(check(production, board, windows))]


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 5),
    who=st.integers(0, 3),
    day=st.integers(0, 2),
    weights=st.sampled_from([(1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 1, 3)]),
)
def test_the_fewest_changes_are_those_of_brute_force(seed: int, who: int, day: int, weights: tuple[int, int, int]) -> None:
    production, windows = small(5, seed)
    agreed = min(every_board(production, windows), key=lambda board: board.cost.total_cents)
    ill = workdays(production.units[0])[day]
    changed = absent(production, f"C{who}", ill, ill)
    counted = Weights(scenes=weights[0], calls=weights[1], days=weights[2])
    calendars = {"main": workdays(production.units[0])}
    left = every_board(changed, windows)
    if not left:
        with pytest.raises(NothingFits):
            replan(changed, agreed, windows, weights=counted, stop=QUICK)
        return
    weighed = {}
    for board in left:
        weight = changes_between(agreed, board, calendars=calendars).weighed(counted)
        weighed.setdefault(weight, []).append(board.cost.total_cents)
    found = replan(changed, agreed, windows, weights=counted, stop=QUICK)
    first = found.options[0]
    assert first.is_fewest
    assert first.weight == min(weighed)
    assert first.cents == min(weighed[first.weight]) or not first.is_cheapest
    assert first.cents >= min(weighed[first.weight])
    for option in found.options:
        assert broken(check(changed, option.board, windows)) == ()


@pytest.fixture(scope="module")
def film() -> tuple[Production, Windows, Board]:
    production, windows = invented.feature(scenes=20, cast=6, weeks=3, seed=5)
    return production, windows, solve(production, windows, stop=QUICK, seed=1)


def test_the_front_is_clean_and_no_board_on_it_is_beaten(film: tuple[Production, Windows, Board]) -> None:
    production, windows, agreed = film
    busiest = max(
        {name for strip in agreed.strips for name in strip.cast}, key=lambda n: sum(n in s.cast for s in agreed.strips)
    )
    day = next(day.date for day in agreed.days if any(busiest in strip.cast for strip in day.strips))
    changed = absent(production, busiest, day, day + timedelta(days=1))
    found = replan(changed, agreed, windows, stop=QUICK)
    assert found.misfits
    assert found.options[0].is_fewest
    costs, weights = [o.cents for o in found.options], [o.weight for o in found.options]
    assert costs == sorted(costs, reverse=True)
    assert weights == sorted(weights)
    assert len(set(weights)) == len(weights)
    for option in found.options:
        assert broken(check(changed, option.board, windows)) == ()
        assert option.changes == changes_between(agreed, option.board, calendars={"main": workdays(production.units[0])})
    again = replan(changed, agreed, windows, stop=QUICK)
    assert again == found


def test_days_that_are_shot_stay_to_the_minute(film: tuple[Production, Windows, Board]) -> None:
    production, windows, agreed = film
    since = agreed.days[2].date
    later = [day for day in agreed.days if day.date >= since]
    changed = lost_day(production, "main", later[1].date)
    found = replan(changed, agreed, windows, since=since, stop=QUICK)
    shot = [day for day in agreed.days if day.date < since]
    assert shot
    for option in found.options:
        assert [day for day in option.board.days if day.date < since] == shot
        assert all(day.date != later[1].date for day in option.board.days)


def test_nothing_changes_where_nothing_has_to(film: tuple[Production, Windows, Board]) -> None:
    production, windows, agreed = film
    first = replan(production, agreed, windows, stop=QUICK).options[0]
    assert first.weight == 0
    assert first.board.days == agreed.days
    assert first.is_fewest


def test_a_place_that_is_closed_sends_its_strips_elsewhere_only(film: tuple[Production, Windows, Board]) -> None:
    production, windows, agreed = film
    place, day = agreed.days[0].strips[0].place, agreed.days[0].date
    changed = shut(production, place, day, day)
    first = replan(changed, agreed, windows, stop=QUICK).options[0]
    there = {strip.id for strip in agreed.days[0].strips if strip.place == place}
    assert there <= {move.strip for move in first.changes.moved}
    assert all(strip.place != place for each in first.board.days if each.date == day for strip in each.strips)


def test_a_week_pushed_by_a_day_is_one_decision() -> None:
    production, windows = small(5, 1)
    board = every_board(production, windows)[0]
    later = dataclasses.replace(
        board,
        days=tuple(dataclasses.replace(day, date=day.date + timedelta(days=1)) for day in board.days),
    )
    changes = changes_between(board, later)
    assert changes.scenes == len(board.strips)
    assert changes.days == 1
    assert changes_between(board, board).weighed(Weights(scenes=1, calls=1, days=1)) == 0


def test_a_slip_moves_the_unit_its_pins_and_the_dates_that_hang_on_the_flight() -> None:
    production, _ = invented.flight(scenes=8, days=4, page_min=50)
    away = Dates(first=date(2027, 5, 1), last=date(2027, 5, 9), flight="orbit")
    fixed = Dates(first=date(2027, 6, 1), last=date(2027, 6, 2))
    cast = (dataclasses.replace(production.cast[0], away=(away, fixed)), *production.cast[1:])
    later = slipped(dataclasses.replace(production, cast=cast), "orbit", 3)
    assert later.units[0].first_utc - production.units[0].first_utc == timedelta(days=3)
    assert later.cast[0].away[0].first == date(2027, 5, 4)
    assert later.cast[0].away[1] == fixed


def test_a_slipped_flight_keeps_its_days_and_replaces_only_what_lost_its_light() -> None:
    production, windows = invented.flight(scenes=8, days=4, page_min=50)
    agreed = solve(production, windows, stop=Stop(seconds=2, fuse=False), seed=1)
    by = timedelta(days=2)
    # an orbit of 92.97 min comes 0.34 of a period earlier two days on: windows two days later, moved by some minutes
    moved = {
        shot: tuple(
            dataclasses.replace(
                w, open_utc=w.open_utc + by - timedelta(minutes=7), close_utc=w.close_utc + by - timedelta(minutes=7)
            )
            for w in own
        )
        for shot, own in windows.items()
    }
    changed = slipped(production, "orbit", 2)
    found = replan(changed, agreed, moved, slips={"orbit": 2}, stop=QUICK)
    first = found.options[0]
    assert broken(check(changed, first.board, moved)) == ()
    assert first.changes.scenes == 0  # every pass comes seven minutes earlier, on the same crew day
    assert first.is_fewest
    same = replan(
        changed,
        agreed,
        {
            s: tuple(dataclasses.replace(w, open_utc=w.open_utc + by, close_utc=w.close_utc + by) for w in own)
            for s, own in windows.items()
        },
        slips={"orbit": 2},
        stop=QUICK,
    )
    assert same.options[0].changes.retimed == ()
