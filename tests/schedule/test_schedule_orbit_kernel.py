"""What the compiled search for room keeps of each day, against the same told slowly from the spots of the case."""

from __future__ import annotations

import invented
import numpy as np
import pytest

from cupola.model.work import works_of
from cupola.schedule.kernel_fill import fill
from cupola.schedule.kernel_orbit import rooms
from cupola.schedule.orbit import OrbitCase, orbit_case
from cupola.schedule.orbit_fill import filled, hold
from cupola.schedule.stop import Halt


def starts_of(case: OrbitCase, item: int, d: int) -> list[int]:
    """The starts of a piece of work, or of the rig of a module, on a date."""
    if item >= len(case.works):
        return list(case.rig_starts[d])
    last = case.blocks[d][-1][1] - case.restow_slots
    return [spot.slot for spot in case.spots[item] if spot.day == d and case.end(item, spot) <= last]


def slots_of(case: OrbitCase, item: int, d: int) -> int:
    return case.rig_slots if item >= len(case.works) else case.slots[item][d]


@pytest.mark.parametrize("seed", range(4))
def test_times_and_sums_of_each_day_are_those_of_its_sequence(seed: int) -> None:
    production, windows = invented.flight(scenes=24, days=6, seed=seed, page_min=40)
    case = orbit_case(production, production.units[0], works_of(production), windows)
    space = hold(case, range(12))
    assert space is not None
    n, D = len(case.works), len(case.dates)
    days = rooms(n, len(case.modules), D, np.arange(n), seed)
    fill(space.orbit, days, 40, np.zeros((6, days.items.shape[1]), np.int64))
    assert days.held.sum() > 0
    for d in range(D):
        items = [int(item) for item in days.items[d, : days.held[d]]]
        at, ends = 0, []
        for item in items:
            at = min(slot for slot in starts_of(case, item, d) if slot >= at) + slots_of(case, item, d)
            ends.append(at)
        late, starts = 288, []
        for item in reversed(items):
            late = max(slot for slot in starts_of(case, item, d) if slot + slots_of(case, item, d) <= late)
            starts.insert(0, late)
        assert list(days.ends[d, : len(items)]) == ends
        assert list(days.starts[d, : len(items) + 1]) == [*starts, 288]
        assert days.widest[d] == max(b - a for a, b in zip([0, *ends], [*starts, 288], strict=True))
        assert days.slots[d] == sum(slots_of(case, item, d) for item in items)
        for m, module in enumerate(case.modules):
            own = [item for item in items if item < n and case.works[item].place == module]
            assert days.pieces[m, d] == len(own)
            assert items.count(n + m) == bool(own), "a module is rigged once where it is filmed in, and nowhere else"


def test_the_same_seed_gives_the_same_placing() -> None:
    production, windows = invented.flight(scenes=24, days=6, seed=1, page_min=40)
    case = orbit_case(production, production.units[0], works_of(production), windows)
    space = hold(case, range(12))
    assert space is not None
    one, other = (filled(space, steps=500, seed=7, halt=Halt()) for _ in range(2))
    assert one == other
    assert one[0] is not None
