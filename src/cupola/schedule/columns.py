"""A bound for one hub of an Earth unit: its shooting days as columns, found by an exact compiled search.

A day stays in one hub, so the cheapest set of days for each hub alone is a part of any board. What is left out (holds, the
order of days) only ever costs more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from cupola.schedule.bound_counts import alone, by_cases, least_counts
from cupola.schedule.bound_master import WORK_PER_S, Counts, Day, Master
from cupola.schedule.bound_shop import Hub, day_room_s, hub_of
from cupola.schedule.earth import EarthCase

SHARE_COUNTS = 0.2
"""Share of a hub's effort that may go into the counts."""


def hub_bound(
    case: EarthCase,
    hub: int,
    *,
    seeds: Iterable[Day] = (),
    limit: float,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Return a cost in minor units below which the days of one hub cannot be had; `limit` in deterministic seconds.

    `seeds` are days of known boards (tuples of rows of `case.works`) to start from.
    """
    bound, _, _ = hub_columns(hub_of(case, hub), seeds=seeds, limit=limit, stopped=stopped)
    return bound


def hub_columns(
    hub: Hub, *, seeds: Iterable[Day] = (), limit: float, stopped: Callable[[], bool] = lambda: False
) -> tuple[int, Master, Counts]:
    """Return the bound of one hub, the program it was read from, and the counts that are true of every board."""
    counts, spent = least_counts(hub, limit=limit * SHARE_COUNTS, stopped=stopped)
    master = alone(hub, stopped=stopped)
    own = set(hub.items)
    master.add((0, tuple(sorted(day))) for day in seeds if day and set(day) <= own)
    best = by_cases(master, counts, limit=limit - spent, stopped=stopped, known=float(hours_bound(hub)))
    master.work += int(spent * WORK_PER_S)
    return whole_cents(best), master, counts


def whole_cents(bound: float) -> int:
    """Return a bound as whole minor units, a millionth given away to the rounding of the linear program."""
    return int(np.ceil(bound - 1e-6 * abs(bound)))


def hours_bound(hub: Hub) -> int:
    """What the hours alone say: so much work needs so many days, and so much of each person's work so many of theirs."""
    p = hub.case.problem
    longest = day_room_s(hub.case)
    seconds = {i: int(p.prep_s[i] + p.roll_s[i]) for i in hub.items}
    days = -(-sum(seconds.values()) // longest)
    cheapest_place = min(int(p.place_cents[p.place[i]]) for i in hub.items)
    wages = sum(-(-sum(s for i, s in seconds.items() if a in p.cast[i]) // longest) * int(hub.wage[a]) for a in hub.people)
    return days * (int(p.unit_cents) + cheapest_place) + wages
