"""The way from the fewest changes to the cheapest board: what changes weigh, what a front shows, and that it has no hole."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import invented
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.model import Board, Production, Window
from cupola.model.work import workdays, works_of
from cupola.schedule import Stop, solve
from cupola.schedule.earth import EarthCase, earth_case, earth_days
from cupola.schedule.earth_search import slots_of
from cupola.schedule.kernel import judge
from cupola.schedule.replan import replan
from cupola.schedule.replan_change import absent
from cupola.schedule.replan_count import Weights, changes_between
from cupola.schedule.replan_front import Ladder, moved, worth_showing
from cupola.schedule.replan_model import Task, task_of
from cupola.schedule.replan_weigh import weight_of
from cupola.schedule.stop import Halt

Windows = dict[str, tuple[Window, ...]]
QUICK = Stop(seconds=2, fuse=False)


@pytest.fixture(scope="module")
def film() -> tuple[Production, Windows, Board, EarthCase, Task]:
    production, windows = invented.feature(scenes=40, cast=8, weeks=4, seed=3)
    agreed = solve(production, windows, stop=QUICK, seed=1)
    case = earth_case(production, production.units[0], works_of(production), windows)
    return production, windows, agreed, case, task_of(case, agreed)


Film = tuple[Production, Windows, Board, EarthCase, Task]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_an_assignment_weighs_is_what_its_board_does(film: Film, data: st.DataObject) -> None:
    production, _, agreed, case, task = film
    slots = {i: slot for i in range(len(case.works)) if (slot := task.old_slot(i)) is not None}
    for _ in range(data.draw(st.integers(0, 6))):  # strips move, and days as wholes
        if data.draw(st.booleans()):
            slots[data.draw(st.sampled_from(sorted(slots)))] = data.draw(st.integers(0, len(case.dates) - 1))
        else:
            low, by = data.draw(st.integers(0, len(case.dates) - 3)), data.draw(st.integers(1, 2))
            slots = {i: min(d + by, len(case.dates) - 1) if d >= low else d for i, d in slots.items()}
    weights = Weights(
        scenes=data.draw(st.integers(0, 3)), calls=data.draw(st.integers(0, 3)), days=data.draw(st.integers(0, 3))
    )
    days = earth_days(case, production, [slots[i] for i in range(len(case.works))])
    board = dataclasses.replace(agreed, days=days)
    changes = changes_between(agreed, board, calendars={"main": workdays(production.units[0])})
    assert weight_of(task, slots, weights) == changes.weighed(weights)


def test_every_board_of_the_ladder_can_be_shot_and_some_lie_in_the_middle(film: Film) -> None:
    production, windows, agreed, _, _ = film
    busiest = max((m.id for m in production.cast), key=lambda name: sum(name in strip.cast for strip in agreed.strips))
    day = next(day.date for day in agreed.days if any(busiest in strip.cast for strip in day.strips))
    changed = absent(production, busiest, day, day + timedelta(days=2))
    first = replan(changed, agreed, windows, stop=QUICK).options[0]
    case = earth_case(changed, changed.units[0], works_of(changed), windows)
    task = task_of(case, agreed)
    near = task_of(case, first.board)
    start = {i: near.old_slot(i) or 0 for i in range(len(case.works))}
    ladder = Ladder(task=task, seconds=4, seed=1, halt=Halt())
    found = [np.array([slots[i] for i in range(len(case.works))]) for slots in ladder.boards(start)]
    for slots in found:
        assert all(case.problem.ok[i, d] for i, d in enumerate(slots))
        assert judge(case.problem, slots)[1] == 0
    points = [(moved(task, slots), judge(case.problem, slots)[0]) for slots in found]
    front = [points[n] for n in worth_showing(points, 100)]
    assert len(front) >= 5
    assert front[0][0] == first.changes.scenes
    low, high = front[0][0], front[-1][0]
    assert any(0.25 <= (count - low) / (high - low) <= 0.75 for count, _ in front)


def test_a_board_that_broke_is_mended_by_annealing_alone(film: Film) -> None:
    production, windows, agreed, _, _ = film
    name = next(member.id for member in production.cast if any(member.id in strip.cast for strip in agreed.days[0].strips))
    changed = absent(production, name, agreed.days[0].date, agreed.days[0].date)
    case = earth_case(changed, changed.units[0], works_of(changed), windows)
    ladder = Ladder(task=task_of(case, agreed), seconds=10, seed=1, halt=Halt())
    broken = slots_of(case, agreed, 1)
    slots = ladder.mended(broken)
    assert slots is not None
    now = np.array([slots[i] for i in range(len(broken))])
    assert all(case.problem.ok[i, d] for i, d in enumerate(now))
    assert judge(case.problem, now)[1] == 0
    fewest = replan(changed, agreed, windows, stop=QUICK).options[0]
    assert fewest.is_fewest
    assert fewest.changes.scenes <= moved(ladder.task, now) < len(agreed.strips) / 2


def test_rungs_rise_evenly_in_proportion_and_never_repeat(film: Film) -> None:
    *_, task = film
    ladder = Ladder(task=task, seconds=1, seed=1, halt=Halt())
    assert ladder.rungs(3) == [4, 5, 7, 8, 11, 14, 19, 24]  # 3 x 8^(k/8), to 0.6 of the 40 strips
    assert ladder.rungs(0) == [1, 2, 3, 5, 7, 11, 16, 24]
    assert ladder.rungs(40) == [41]


def test_a_front_shows_its_ends_and_what_saves_most_between() -> None:
    points = [(0, 100), (1, 99), (5, 50), (6, 49), (10, 10), (12, 11), (3, 100)]
    assert worth_showing(points, 2) == [0, 4]
    assert worth_showing(points, 3) == [0, 2, 4]  # (10 - 5) x (100 - 50) is the largest area
    assert worth_showing(points, 9) == [0, 1, 2, 3, 4]  # what another beats never shows
    assert worth_showing(points[:1], 5) == [0]
    assert worth_showing([], 5) == []


@settings(max_examples=50, deadline=None)
@given(points=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=25), most=st.integers(2, 8))
def test_no_point_that_shows_is_beaten_and_both_ends_show(points: list[tuple[int, int]], most: int) -> None:
    shown = [points[n] for n in worth_showing(points, most)]
    assert len(shown) <= most
    assert shown == sorted(shown)
    for x, y in shown:
        assert not any((a <= x and b < y) or (a < x and b <= y) for a, b in points)
    if points:
        assert shown[0] == min(points)
        assert shown[-1][1] == min(y for _, y in points)
