"""The algebra of times: sets of half-open intervals as sorted, disjoint (n, 2) arrays of seconds.

An interval `[a, b)` holds its start and not its end, so two that touch are one. Every function takes and returns
such a set in its one normal form: no empty interval, none that touch or overlap, in rising order.

>>> day, shift = as_intervals([(0, 60), (90, 150)]), as_intervals([(30, 100)])
>>> intersect(day, shift).tolist()
[[30.0, 60.0], [90.0, 100.0]]
>>> at_least(subtract(shift, day), 20).tolist()
[[60.0, 90.0]]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Intervals: TypeAlias = npt.NDArray[np.float64]
"""A set of times: shape (n, 2), seconds, half-open, sorted and disjoint."""

NEVER: Intervals = np.empty((0, 2))
"""The empty set of times."""
NEVER.flags.writeable = False


def as_intervals(pairs: Iterable[tuple[float, float]] | Intervals) -> Intervals:
    """Return any pairs of (start, end) as a set of times; pairs that end before they begin hold nothing."""
    table = np.array(pairs if isinstance(pairs, np.ndarray) else list(pairs), dtype=float).reshape(-1, 2)
    return _merged(table[table[:, 1] > table[:, 0]])


def union(*sets: Intervals) -> Intervals:
    """Return the times that are in any of the sets."""
    return _merged(np.concatenate(sets)) if sets else NEVER


def intersect(first: Intervals, *others: Intervals) -> Intervals:
    """Return the times that are in all of the sets; the smallest is cut first."""
    common, *rest = sorted((first, *others), key=len)
    for other in rest:
        common = _overlap(common, other)
    return common


def complement(times: Intervals, span: tuple[float, float]) -> Intervals:
    """Return the times of `span` that are not in the set."""
    inside = _overlap(times, as_intervals([span]))
    edges = np.concatenate(([span[0]], inside.ravel(), [span[1]])).reshape(-1, 2)
    return edges[edges[:, 1] > edges[:, 0]]


def subtract(times: Intervals, away: Intervals) -> Intervals:
    """Return the times of the first set that are not in the second."""
    if not len(times):
        return NEVER
    return _overlap(times, complement(away, (times[0, 0], times[-1, 1])))


def dilate(times: Intervals, by_s: float) -> Intervals:
    """Return the set with every interval made longer by `by_s` at both ends; a negative `by_s` erodes it."""
    wider = times + np.array([-by_s, by_s])
    return _merged(wider[wider[:, 1] > wider[:, 0]])


def erode(times: Intervals, by_s: float) -> Intervals:
    """Return the set with every interval made shorter by `by_s` at both ends; what is used up is gone."""
    return dilate(times, -by_s)


def at_least(times: Intervals, min_s: float) -> Intervals:
    """Return the intervals that last `min_s` seconds or longer."""
    return times[times[:, 1] - times[:, 0] >= min_s]


def before(times: Intervals, within_s: float) -> Intervals:
    """Return the times that are not in the set and whose next instant in it lies at most `within_s` ahead."""
    return subtract(_merged(times[:, :1] + np.array([-within_s, 0.0])), times)


def after(times: Intervals, within_s: float) -> Intervals:
    """Return the times that are not in the set and less than `within_s` past an end of it."""
    return subtract(_merged(times[:, 1:] + np.array([0.0, within_s])), times)


def first(times: Intervals, count: int, *, at_least_s: float = 0.0, after_s: float = -np.inf) -> Intervals:
    """Return the first `count` intervals of at least `at_least_s` from an instant on, which cuts the one it lies in.

    Where there are fewer than `count`, none: so many windows are a wish that is met or not.
    """
    rest = np.column_stack((np.maximum(times[:, 0], after_s), times[:, 1]))
    found = at_least(rest[rest[:, 1] > rest[:, 0]], at_least_s)
    return found[:count] if len(found) >= count else NEVER


def next_after(times: Intervals, at_s: float) -> Intervals:
    """Return the interval in which an instant lies, or else the next one, from that instant on; empty if there is none."""
    return first(times, 1, after_s=at_s)


def contains(times: Intervals, at_s: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Say of each instant whether it is in the set."""
    at = np.asarray(at_s, dtype=float)
    return np.searchsorted(times[:, 0], at, side="right") > np.searchsorted(times[:, 1], at, side="right")


def total_s(times: Intervals) -> float:
    """Return how many seconds the set holds."""
    return float((times[:, 1] - times[:, 0]).sum())


def _merged(table: Intervals) -> Intervals:
    """Return intervals of any order with those that touch or overlap made one."""
    if len(table) < 2:
        return table
    table = table[np.argsort(table[:, 0], kind="stable")]
    reach = np.maximum.accumulate(table[:, 1])
    is_first = np.concatenate(([True], table[1:, 0] > reach[:-1]))
    is_last = np.concatenate((is_first[1:], [True]))
    return np.column_stack((table[is_first, 0], reach[is_last]))


def _overlap(a: Intervals, b: Intervals) -> Intervals:
    """Return the intersection of two sets: each interval of `a` meets one run of neighbours in `b`."""
    if not len(a) or not len(b):
        return NEVER
    first = np.searchsorted(b[:, 1], a[:, 0], side="right")
    met = np.maximum(np.searchsorted(b[:, 0], a[:, 1], side="left") - first, 0)
    of_a = np.repeat(np.arange(len(a)), met)
    of_b = np.arange(met.sum()) + np.repeat(first - np.cumsum(met) + met, met)
    return np.column_stack((np.maximum(a[of_a, 0], b[of_b, 0]), np.minimum(a[of_a, 1], b[of_b, 1])))
