"""Boards on the way from one board to another, each of which can be shot."""

from __future__ import annotations

import numpy as np

from cupola.schedule.earth import EarthCase
from cupola.schedule.kernel import judge
from cupola.schedule.replan_earth import Slots


def path_between(case: EarthCase, here: Slots, there: Slots) -> list[Slots]:
    """Return assignments on the way from one to another: at each step the pieces that go one way together, the cheapest first.

    Every one can be shot, by the kernel; the way ends where no further step can.
    """
    now = np.array([here[i] for i in range(len(case.works))], np.int64)
    found: list[Slots] = []
    ways: dict[tuple[int, int], list[int]] = {}
    for i, slot in there.items():
        if slot != now[i]:
            ways.setdefault((int(now[i]), slot), []).append(i)
    groups = [(rows, slot) for (_, slot), rows in ways.items()]
    while groups:
        trials = []
        for n, (rows, slot) in enumerate(groups):
            kept = now[rows].copy()
            now[rows] = slot
            cents, bad, *_ = judge(case.problem, now)
            now[rows] = kept
            if bad == 0:
                trials.append((int(cents), n))
        if not trials:
            break
        rows, slot = groups.pop(min(trials)[1])
        now[rows] = slot
        found.append({i: int(d) for i, d in enumerate(now)})
    return found
