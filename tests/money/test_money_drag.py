"""The price of a drag is the difference of two full costs, whatever is dragged where, under every kind of deal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from time import process_time

import invented
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laid_out import laid_out

from cupola.errors import BoardError
from cupola.model import Board, Production, Rate, Window
from cupola.model.money import Deal
from cupola.money import Pricer, SwapDates, ToDate, cost, moved, price

Solved = tuple[Production, dict[str, tuple[Window, ...]], Board]
PICK = st.integers(0, 10**6)


def eur(units: int) -> Rate:
    return Rate(cents=units * 100, currency="EUR", source="invented")


def dealt(production: Production) -> Production:
    """The same cast under every kind of deal, each with a home and a fare."""
    kinds = (
        Deal(),
        Deal(kind="weekly", week=eur(40_000)),
        Deal(guarantee_days=12),
        Deal(straight_min=240, overtime=eur(333)),
        Deal(kind="weekly", week=eur(31_000), guarantee_days=20, straight_min=300, overtime=eur(77)),
        Deal(kind="flat", flat=eur(250_000)),
        Deal(kind="run", week=eur(9_000)),
    )
    cast = [
        replace(member, deal=kinds[n % len(kinds)], travel=eur(700), home_hub="HUB0" if n % 2 else "")
        for n, member in enumerate(production.cast)
    ]
    return replace(production, cast=tuple(cast))


@pytest.fixture(scope="module")
def ready() -> tuple[Production, Board, Pricer, int]:
    production = dealt(invented.feature(scenes=60, cast=12, weeks=5)[0])
    board = laid_out(production, each=4)
    return production, board, Pricer(production, board), cost(production, board.days).total_cents


@settings(max_examples=150)
@given(PICK, PICK)
def test_a_strip_dragged_to_a_date_costs_the_difference(ready, a: int, b: int) -> None:
    production, board, pricer, before = ready
    strip = board.strips[a % len(board.strips)]
    to = min(day.date for day in board.days) + timedelta(days=b % 35 - 3)
    move = ToDate(strip=strip.id, to=to)
    after = cost(production, moved(production, board.days, move)).total_cents
    assert pricer.price(move).cents == after - before


@settings(max_examples=100)
@given(PICK, PICK)
def test_two_dates_swapped_cost_the_difference(ready, a: int, b: int) -> None:
    production, board, pricer, before = ready
    first = board.days[a % len(board.days)].date
    second = min(day.date for day in board.days) + timedelta(days=b % 35 - 3)
    move = SwapDates(unit="main", first=first, second=second)
    after = cost(production, moved(production, board.days, move)).total_cents
    assert pricer.price(move).cents == after - before


@settings(max_examples=60)
@given(PICK, PICK, st.booleans())
def test_a_drag_aboard_costs_the_difference(flight: Solved, a: int, b: int, swap: bool) -> None:
    production, _, board = flight
    day = board.days[a % len(board.days)]
    to = board.days[b % len(board.days)].date
    strip = day.strips[b % len(day.strips)]
    move = SwapDates(unit=day.unit, first=day.date, second=to) if swap else ToDate(strip=strip.id, to=to)
    after = cost(production, moved(production, board.days, move)).total_cents
    assert price(production, board, move).cents == after - board.cost.total_cents


def test_every_line_that_changes_is_told_and_no_other(ready) -> None:
    production, board, pricer, _ = ready
    days = sorted(board.days, key=lambda day: day.date)
    move = ToDate(strip=days[0].strips[0].id, to=days[-1].date)
    after = cost(production, moved(production, board.days, move))
    before = {(line.kind, line.who): line.cents for line in cost(production, board.days).lines}
    behind = {(line.kind, line.who): line.cents for line in after.lines}
    changed = {key for key in {*before, *behind} if before.get(key) != behind.get(key)}
    told = {(line.kind, line.who): (line.before_cents, line.after_cents) for line in pricer.price(move).lines}
    assert changed <= set(told)
    assert all(told[key] == (before.get(key, 0), behind.get(key, 0)) for key in told)


def test_a_drag_to_where_it_is_costs_nothing(ready) -> None:
    _, board, pricer, _ = ready
    day = board.days[0]
    assert pricer.price(SwapDates(unit="main", first=day.date, second=day.date)).cents == 0


def test_two_swaps_are_none(ready) -> None:
    production, board, _, _ = ready
    first, second = board.days[0].date, board.days[-1].date
    swap = SwapDates(unit="main", first=first, second=second)
    there = moved(production, board.days, swap)
    back = moved(production, there, swap)
    assert [[s.id for s in d.strips] for d in back] == [[s.id for s in d.strips] for d in board.days]
    assert cost(production, back) == cost(production, board.days)


def test_a_strip_that_is_on_no_day_is_refused(ready) -> None:
    _, _, pricer, _ = ready
    with pytest.raises(BoardError, match="no such strip"):
        pricer.price(ToDate(strip="nowhere", to=date(2027, 5, 3)))
    with pytest.raises(BoardError, match="no such unit"):
        pricer.price(SwapDates(unit="nobody", first=date(2027, 5, 3), second=date(2027, 5, 4)))


def test_a_price_is_there_before_a_finger_lets_go() -> None:
    production = dealt(invented.feature(scenes=200, cast=20, weeks=12)[0])
    board = laid_out(production)
    assert len(board.strips) >= 200
    pricer = Pricer(production, board)
    last = max(day.date for day in board.days)
    moves = [ToDate(strip=strip.id, to=last) for strip in board.strips]
    start = process_time()
    for move in moves:
        pricer.price(move)
    assert (process_time() - start) / len(moves) < 0.005
