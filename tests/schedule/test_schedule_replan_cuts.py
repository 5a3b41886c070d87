"""What the kernel refuses of an assignment, and that no refusal cuts off what it can shoot with a strip more."""

from __future__ import annotations

import random

import invented
import numpy as np
import pytest

from cupola.model import Board, Provenance
from cupola.model.work import works_of
from cupola.money import cost
from cupola.schedule.earth import EarthCase, earth_case
from cupola.schedule.kernel import judge
from cupola.schedule.replan_cuts import Judge, kinds_of
from cupola.schedule.replan_model import Task, task_of

Pair = tuple[int, int]


@pytest.fixture(scope="module")
def film() -> tuple[EarthCase, Task]:
    production, windows = invented.film_like(scenes=80, seed=0)
    case = earth_case(production, production.units[0], works_of(production), windows)
    made = Provenance(production_digest="", cupola_version="", seed=0, effort="")
    return case, task_of(case, Board(title="", days=(), cost=cost(production, ()), provenance=made))


def bad(case: EarthCase, *pairs: Pair) -> int:
    slots = np.full(len(case.works), -1, np.int64)
    for i, d in pairs:
        slots[i] = d
    return int(judge(case.problem, slots)[1])


def drawn(case: EarthCase, draw: random.Random, most: int) -> list[int]:
    """Up to so many pieces of one hub, and one more of it."""
    p = case.problem
    hubs = p.hub[p.place]
    items = np.flatnonzero(hubs == draw.randrange(int(hubs.max()) + 1)).tolist()
    return draw.sample(items, min(len(items), draw.randint(2, most + 1)))


def test_a_day_that_is_refused_is_not_mended_by_one_strip_more(film: tuple[EarthCase, Task]) -> None:
    case, _ = film
    draw, refused = random.Random(3), 0
    for _ in range(3000):
        d = draw.randrange(len(case.dates))
        *items, more = drawn(case, draw, 6)
        pairs = [(i, d) for i in items]
        if bad(case, *pairs):
            refused += 1
            assert bad(case, *pairs, (more, d))
    assert refused > 500


def test_a_lack_of_rest_never_cuts_off_days_that_one_strip_more_mends(film: tuple[EarthCase, Task]) -> None:
    case, task = film
    draw, mended = random.Random(1), 0
    while mended < 5:
        d = draw.randrange(len(case.dates) - 1)
        first = [(i, d) for i in drawn(case, draw, 6)[1:]]
        *items, more = drawn(case, draw, 6)
        second, third = [(i, d + 1) for i in items if (i, d) not in first], (more, d + 1)
        pairs = [*first, *second]
        if not second or (more, d) in first or bad(case, *first) or bad(case, *second) or not bad(case, *pairs):
            continue
        found = Judge(task=task).conflicts(dict(pairs))
        assert any(one.alone or one.forbids(frozenset(pairs)) for one in found)
        if bad(case, *pairs, third) == 0:
            mended += 1
            assert not any(not one.alone and one.forbids(frozenset((*pairs, third))) for one in found)


def test_slots_of_a_kind_run_alike(film: tuple[EarthCase, Task]) -> None:
    case, _ = film
    kinds = kinds_of(case.problem)
    assert len(set(kinds)) < len(kinds) / 2
    draw = random.Random(2)
    for _ in range(300):
        items = draw.sample(range(len(case.works)), draw.randint(1, 4))
        d, e = draw.sample(range(len(kinds)), 2)
        if kinds[d] == kinds[e] and all(case.problem.ok[i, s] for i in items for s in (d, e)):
            assert bad(case, *((i, d) for i in items)) == bad(case, *((i, e) for i in items))
