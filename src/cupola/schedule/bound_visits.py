"""The bound of a whole Earth unit: all hubs' days in the stretches of one calendar, and the moves their visits need.

The dates are cut into a few stretches where the cast's and places' dates change most, and a date of each gets the price that
the linear program over all hubs gives it. At these prices every hub stands alone: its least cost is bounded for each set of
stretches in which it may work. Then every way to share the stretches among the hubs is tried with the fewest moves it needs.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from cupola.schedule.bound_counts import by_cases
from cupola.schedule.bound_master import Counts, Day, Master, Stretch
from cupola.schedule.earth import EarthCase

Stay = frozenset[int]
"""Stretches of the calendar in which a hub works."""

MOST_STRETCHES = 3
SHARE_JOINT = 0.35
"""Share of the effort that goes into the prices of dates."""
LEAST_CHANGE = 0.02
"""A date is an edge of a stretch only where at least this share of the work's hours changes between allowed and not."""


def stretches_of(case: EarthCase, most: int = MOST_STRETCHES) -> tuple[Stretch, ...]:
    """Return the dates as at most `most` stretches, cut where most work begins or ceases to be possible."""
    p = case.problem
    hours = (p.prep_s + p.roll_s).astype(np.float64)
    change = (np.abs(np.diff(p.ok, axis=1)) * hours[:, None]).sum(axis=0)
    order = [int(d) for d in np.argsort(-change, kind="stable") if change[d] >= LEAST_CHANGE * hours.sum()]
    edges = [0, *sorted(d + 1 for d in order[: most - 1]), p.ok.shape[1]]
    return tuple(Stretch(slots=tuple(range(a, b)), room=b - a) for a, b in itertools.pairwise(edges))


def visits_bound(
    case: EarthCase,
    masters: Sequence[Master],
    counts: Sequence[Counts],
    *,
    limit: float,
    stopped: Callable[[], bool],
    on_bound: Callable[[float], None] = lambda _: None,
) -> float:
    """Return cents below which all days of a unit and the moves between its hubs cannot be had.

    `masters` are the hubs' own programs, for their columns and cuts, and `counts` their whole numbers. Takes about `limit`
    deterministic seconds. Nought where the calendar has nothing to tell: every date is as good as another.
    """
    stretches = stretches_of(case)
    if len(stretches) == 1:
        return 0.0
    joint = Master([hub for own in masters for hub in own.hubs], stretches, stopped=stopped)
    for h, own in enumerate(masters):
        joint.count(h, counts[h])
        joint.add(_placed(case, own, stretches))
        joint.take_cuts(own.cuts)
    move = float(case.problem.move_cents)
    days = joint.bound(limit=limit * SHARE_JOINT)
    on_bound(days + move * (len(masters) - 1))
    date_cents = [0.0] * len(stretches) if joint.best is None else [float(cents) for cents in joint.best.date]
    weight = sum(len(own.items) for own in masters)
    least: list[dict[Stay, float]] = []
    for own, count in zip(masters, counts, strict=True):
        hub_limit = limit * (1 - SHARE_JOINT) * len(own.items) / weight
        least.append(_least_by_stay(case, own, count, stretches, date_cents, limit=hub_limit, stopped=stopped))
    paid = sum(stretch.room * cents for stretch, cents in zip(stretches, date_cents, strict=True))
    total = fewest(least, len(stretches), move) - paid
    return max(total, days + move * (len(masters) - 1))


def _least_by_stay(
    case: EarthCase,
    own: Master,
    counts: Counts,
    stretches: Sequence[Stretch],
    date_cents: Sequence[float],
    *,
    limit: float,
    stopped: Callable[[], bool],
) -> dict[Stay, float]:
    """Return what one hub's days cost at least, dates priced, for each set of stretches in which it may work."""
    master = Master(own.hubs, stretches, stopped=stopped, date_cents=date_cents)
    master.add(_placed(case, own, stretches))
    master.take_cuts(own.cuts)
    every = tuple(range(len(stretches)))
    stays = [frozenset(stay) for size in range(len(every), 0, -1) for stay in itertools.combinations(every, size)]
    least: dict[Stay, float] = {}
    for k, stay in enumerate(stays):
        master.close(frozenset((0, s) for s in every if s not in stay))
        known = max((least[wider] for wider in least if stay < wider), default=0.0)
        share = (limit - master.spent) / (len(stays) - k)
        least[stay] = by_cases(master, counts, limit=share, stopped=stopped, known=known) if share > 0 else known
    return least


def fewest(least: Sequence[Mapping[Stay, float]], stretches: int, move: float) -> float:
    """Return the least of hubs' costs and moves over every way to share the stretches among the hubs.

    `least` has, for each hub, its cost for each set of stretches it works in. A hub's stay in a stretch is a visit of its own,
    unless it is the one hub that is carried over the edge from the stretch before. Each edge is tried with each hub and with
    none; a stretch in which nobody works lets its edges fall together.
    """
    best = float("inf")
    for idle in _subsets(range(stretches)):
        lived = [s for s in range(stretches) if s not in idle]
        edges = list(itertools.pairwise(lived))
        for carried in itertools.product([None, *range(len(least))], repeat=len(edges)):
            total = -move
            for h, costs in enumerate(least):
                over = [edge for edge, who in zip(edges, carried, strict=True) if who == h]
                needed = {s for edge in over for s in edge}
                total += min(
                    (
                        cost + move * (len(stay) - len(over))
                        for stay, cost in costs.items()
                        if needed <= stay and not stay & idle
                    ),
                    default=float("inf"),
                )
                if total >= best:
                    break
            best = min(best, total)
    return best


def _subsets(values: Iterable[int]) -> list[Stay]:
    values = list(values)
    return [frozenset(chosen) for size in range(len(values)) for chosen in itertools.combinations(values, size)]


def _placed(case: EarthCase, own: Master, stretches: Sequence[Stretch]) -> Iterable[tuple[int, Day]]:
    """Return the days of a hub's own program in each stretch that has a date for them."""
    ok = case.problem.ok.astype(bool)
    for _, day in own.columns:
        dates = np.asarray(ok[list(day)].all(axis=0))
        for s, stretch in enumerate(stretches):
            if dates[list(stretch.slots)].any():
                yield s, day
