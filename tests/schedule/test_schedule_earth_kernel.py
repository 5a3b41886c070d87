"""The kernel keeps up to date what it would find from nothing, and stays inside what it was told to leave."""

from __future__ import annotations

import dataclasses
from datetime import time

import invented
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.model import Precedence, Production, Together, Window
from cupola.model.work import works_of
from cupola.schedule.earth import EarthCase, earth_case
from cupola.schedule.earth_search import first_slots
from cupola.schedule.kernel import MIX, MIX_DAYS, PATIENCE, anneal, judge, packed, started
from cupola.schedule.kernel_day import JUDGED
from cupola.schedule.kernel_state import COUNT, KEY, PAY, SLOTS, SUMS, WORKED

Windows = dict[str, tuple[Window, ...]]


def everything(seed: int) -> tuple[Production, Windows]:
    """A feature in which every rule of the kernel has something to say."""
    production, windows = invented.feature(scenes=24, cast=8, weeks=3, seed=seed)
    at = dict(production.place_of)
    numbers = [scene.number for scene in production.script.scenes]
    first, mate = next((a, b) for a in numbers for b in numbers if a < b and at[a] == at[b])
    outside = tuple(
        dataclasses.replace(scene, int_ext="EXT") if int(scene.number) % 3 == 0 else scene for scene in production.script.scenes
    )
    places = tuple(
        dataclasses.replace(
            place,
            hours=(time(7), time(23)) if k % 4 == 1 else None,
            quiet=(time(22), time(6)) if k % 4 == 2 else None,
            covers=(production.places[0].id,) if k == 3 else (),
        )
        for k, place in enumerate(production.places)
    )
    cast = tuple(
        dataclasses.replace(member, travel=invented.rate(500), home_hub="HUB0" if k % 2 else "HUB1")
        for k, member in enumerate(production.cast)
    )
    return (
        dataclasses.replace(
            production,
            script=dataclasses.replace(production.script, scenes=outside),
            places=places,
            cast=cast,
            order=(Precedence(first="5", then="2"), Precedence(first="9", then="11")),
            together=(Together(scenes=(first, mate)),),
        ),
        windows,
    )


def case_of(seed: int) -> EarthCase:
    production, windows = everything(seed)
    return earth_case(production, production.units[0], works_of(production), windows)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 50), moves=st.integers(1, 3_000), days_only=st.booleans(), free=st.integers(-1, 20))
def test_after_any_moves_the_sums_are_those_from_nothing(seed: int, moves: int, days_only: bool, free: int) -> None:
    case = case_of(seed % 5)
    if free >= 0:  # a toll on strips that are not where another board has them
        problem = case.problem._replace(was=first_slots(case, seed + 1), toll_cents=3_000_000, toll_free=free)
        case = dataclasses.replace(case, problem=problem, tables=packed(problem))
    state = started(case.problem, first_slots(case, seed), seed)
    score = np.array([1 << 60, 1 << 40], np.int64)
    mix = MIX_DAYS if days_only else MIX
    anneal(case.tables, state, mix, PATIENCE, state.day.copy(), score, 0, moves, moves, 5e6, 1e5, 2e4, 1e5)
    cents, bad, slot, works, _, pays = judge(case.problem, state.day)
    assert (int(state.room[SUMS, 0]), int(state.room[SUMS, 1])) == (cents, bad)
    assert (state.slot[:, :JUDGED] == slot[:, :JUDGED]).all()
    assert (state.works == works).all()
    assert (state.people[:, PAY] == pays).all()
    again = started(case.problem, state.day, seed)
    assert (state.slot[:, [COUNT, KEY]] == again.slot[:, [COUNT, KEY]]).all()
    for a in range(len(pays)):
        count = int(state.people[a, WORKED])
        assert list(state.people[a, SLOTS : SLOTS + count]) == list(np.flatnonzero(works[:, a]))


def test_a_toll_is_paid_for_each_strip_that_moved_beyond_those_that_are_free() -> None:
    case = case_of(2)
    slots = first_slots(case, 2)
    rows = np.flatnonzero(slots >= 0)[:3]
    was = slots.copy()
    was[rows] = -1
    strips = sum(len(case.pieces[i].parts) for i in rows)
    plain = judge(case.problem, slots)[0]
    for free in range(strips + 2):
        dear = case.problem._replace(was=was, toll_cents=7, toll_free=free)
        assert judge(dear, slots)[0] - plain == 7 * max(0, strips - free)


@pytest.mark.parametrize("seed", range(3))
def test_no_piece_ever_stands_where_it_may_not(seed: int) -> None:
    case = case_of(seed)
    state = started(case.problem, first_slots(case, seed), seed)
    best, score = state.day.copy(), np.array([1 << 60, 1 << 40], np.int64)
    anneal(case.tables, state, MIX, PATIENCE, best, score, 0, 20_000, 20_000, 5e6, 1e5, 2e4, 1e5)
    for i, d in enumerate(state.day):
        assert case.problem.ok[i, d] if d >= 0 else not case.problem.ok[i].any()


def test_the_same_moves_in_pieces_of_any_size_give_the_same_board() -> None:
    case = case_of(1)
    boards = []
    for chunk in (256, 2_048, 8_192):
        state = started(case.problem, first_slots(case, 1), 7)
        best, score = state.day.copy(), np.array([1 << 60, 1 << 40], np.int64)
        for first in range(0, 8_192, chunk):
            anneal(case.tables, state, MIX, PATIENCE, best, score, first, first + chunk, 8_192, 5e6, 1e5, 2e4, 1e5)
        boards.append(best.tolist())
    assert boards[0] == boards[1] == boards[2]
