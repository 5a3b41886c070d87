"""What the sky knows of a condition: functions of time with a safe step, in a view; or the times themselves.

A condition stands under its name in a table of the room (`conditions.ORBIT` aboard, `earth.EARTH` on the ground) as one of
two things: a tuple of measures, all positive where it holds, which look at nothing but the station or the place; or a function
`(clause, station, ephemeris)` or `(clause, place, almanac)` that returns what the clause seeks: a `Sight`, several of
them (any will do), or intervals in seconds of the span. `between` makes measures of a quantity and the clause's bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from cupola.model import Clause
from cupola.sky.find import Rows
from cupola.sky.intervals import Intervals
from cupola.sky.timescale import Array

V = TypeVar("V")
U = TypeVar("U", bound="View")


class View(Protocol):
    """What a measure looks at, and how to look from some of its rows."""

    def at(self: U, row: Rows, /) -> U: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure(Generic[V]):
    """A function of time and of what is seen, positive where a light holds; it turns at most once in `step_s`."""

    margin: Callable[[Array, V], Array]
    step_s: float
    unit: str


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sight:
    """Measures that must all be positive in one view; where the view has several rows, in any of them.

    Sights of the same measures whose views look at sites are searched together, so a table line should hold its tuple of
    measures once and put what differs (place, mask, bounds) into the view.
    """

    measures: Sequence[Measure[Any]]
    view: Any
    rows: int = 1


Sought: TypeAlias = Sight | Sequence[Sight] | Intervals
"""What a clause seeks: one sight, any of several, or the times at which it holds (seconds of the span, half-open)."""

Build: TypeAlias = Callable[[Clause, Any, Any], Sought]
"""Makes what a clause seeks, from (clause, station, ephemeris) or (clause, place, almanac)."""

Line: TypeAlias = tuple[Measure[Any], ...] | Build
"""What stands under the name of a condition."""


def between(value: Callable[[Array, V], Array], clause: Clause, *, step_s: float, unit: str) -> tuple[Measure[V], ...]:
    """Return the measures of a quantity within the bounds of a clause (its own, or else those of the condition).

    The quantity counts in the unit of the condition, for instance degrees.
    """
    low, high = clause.bounds
    found: list[Measure[V]] = []
    if low > -inf:
        found.append(Measure(margin=lambda t, view: value(t, view) - low, step_s=step_s, unit=unit))
    if high < inf:
        found.append(Measure(margin=lambda t, view: high - value(t, view), step_s=step_s, unit=unit))
    return tuple(found)
