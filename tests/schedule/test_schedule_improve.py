"""Improve: pins are never touched, what is kept stays to the minute, and each step is priced by undoing it."""

from __future__ import annotations

import dataclasses
from datetime import date

import invented
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cupola.model import Board, Production, Window
from cupola.rules import broken, check
from cupola.schedule import Stop, solve
from cupola.schedule.improve import improved
from cupola.schedule.neighbourhood import Neighbourhood
from cupola.schedule.replan_board import rearranger

Film = tuple[Production, dict[str, tuple[Window, ...]], Board]
QUICK = Stop(seconds=1, fuse=False)


@pytest.fixture(scope="module")
def film() -> Film:
    """A film and a board of it that was not searched for long."""
    production, windows = invented.feature(scenes=20, cast=6, weeks=4, seed=3)
    return production, windows, solve(production, windows, stop=Stop(seconds=0.3, fuse=False), seed=4)


def on(board: Board) -> dict[str, date]:
    return {strip.id: day.date for day in board.days for strip in day.strips}


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(picked=st.sets(st.integers(1, 20), max_size=8), seed=st.integers(1, 3))
def test_a_pin_is_never_touched(film: Film, picked: set[int], seed: int) -> None:
    production, windows, board = film
    pins = frozenset(strip.id for strip in board.strips if int(strip.scene) in picked)
    found = improved(production, board, windows, within=Neighbourhood(pins=pins), stop=QUICK, seed=seed)
    assert {strip: day for strip, day in on(found.board).items() if strip in pins} == {
        strip: day for strip, day in on(board).items() if strip in pins
    }
    assert found.board.cost.total_cents <= board.cost.total_cents
    assert broken(check(production, found.board, windows)) == ()


def test_what_a_step_saved_is_what_undoing_it_costs(film: Film) -> None:
    production, windows, board = film
    last = board.days[-1]
    # an extra day for one strip: a spoilt board that is easily made better
    mover = rearranger(production, board, windows, "main")
    spoilt = next(
        moved
        for day in reversed(mover.case.dates)
        if day not in {each.date for each in board.days}
        and not mover.new_faults(moved := mover.board_with({last.strips[0].id: day}))
    )
    found = improved(production, spoilt, windows, stop=QUICK)
    assert found.saved_cents >= spoilt.cost.total_cents - board.cost.total_cents
    assert {name for step in found.steps for name in step.strips} == {move.strip for move in found.changes.moved}
    back = rearranger(production, found.board, windows, "main")
    for step in found.steps:
        if step.saved_cents is not None and step.was is not None:
            undone = back.board_with(dict.fromkeys(step.strips, step.was))
            assert undone.cost.total_cents - found.board.cost.total_cents == step.saved_cents


def test_days_that_are_left_stay_to_the_minute(film: Film) -> None:
    production, windows, board = film
    days = board.days[:3]
    keep = frozenset((day.unit, day.date) for day in days)
    found = improved(production, board, windows, within=Neighbourhood(keep_days=keep), stop=QUICK)
    left = {(day.unit, day.date): (day.call_utc, day.wrap_utc, day.strips) for day in found.board.days}
    assert all(left[day.unit, day.date] == (day.call_utc, day.wrap_utc, day.strips) for day in days)


def test_where_nothing_is_gained_the_board_comes_back(film: Film) -> None:
    production, windows, board = film
    pins = frozenset(strip.id for strip in board.strips)
    found = improved(production, board, windows, within=Neighbourhood(pins=pins), stop=QUICK)
    assert found.saved_cents == 0
    assert found.steps == ()
    assert found.board.days == board.days
    unchanged = dataclasses.replace(found.board, bounds=board.bounds)
    assert unchanged.cost == board.cost
