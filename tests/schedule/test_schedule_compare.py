"""Boards side by side: changes counted from the first, and money that adds up to what `money` says."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import invented
import pytest

from cupola.model import Board, Production, Window
from cupola.money import cost
from cupola.schedule import Stop, solve
from cupola.schedule.compare import compare

Film = tuple[Production, dict[str, tuple[Window, ...]], Board]


@pytest.fixture(scope="module")
def film() -> Film:
    production, windows = invented.feature(scenes=14, cast=5, weeks=3, seed=2)
    return production, windows, solve(production, windows, stop=Stop(seconds=1, fuse=False), seed=1)


def test_the_lines_of_each_board_add_up_to_its_cost(film: Film) -> None:
    production, _, board = film
    short = dataclasses.replace(board, days=board.days[1:])
    found = compare(production, {"agreed": board, "short": short})
    for number, each in enumerate((board, short)):
        assert sum(line.cents[number] for line in found.lines) == cost(production, each.days).total_cents
    assert any(line.differs for line in found.lines)


def test_a_board_beside_itself_differs_in_nothing(film: Film) -> None:
    production, _, board = film
    found = compare(production, {"a": board, "b": board})
    assert not any(line.differs for line in found.lines)
    assert (found.sides[1].changes.scenes, found.sides[1].changes.calls, found.sides[1].changes.days) == (0, 0, 0)


def test_call_days_are_counted_when_they_come_and_when_they_go(film: Film) -> None:
    production, _, board = film
    # the last day moves by a week: everybody on it loses one call day and gets another
    last = board.days[-1]
    moved = dataclasses.replace(board, days=(*board.days[:-1], dataclasses.replace(last, date=last.date + timedelta(days=7))))
    found = compare(production, {"a": board, "b": moved}).sides[1].changes
    people = {name for strip in last.strips for name in strip.cast}
    assert found.calls == 2 * len(people)
    assert found.scenes == len(last.strips)
    assert found.days == 1
