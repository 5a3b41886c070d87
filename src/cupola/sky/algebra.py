"""From when each clause holds to when a whole light is met: and, or, not, within, for at least, first.

What a light asks beside a take (a sunrise within ten minutes, a night of 25) may lie before or after the span, so
clauses are asked for over a wider one: `reach_s` says by how much, and `met` cuts what it returns to the span.
"""

from __future__ import annotations

from collections.abc import Mapping

from cupola.model import AnyOf, Clause, First, Lasting, Light, Near, Need, Not, Widened
from cupola.sky import intervals
from cupola.sky.intervals import Intervals, as_intervals, intersect, union
from cupola.sky.timescale import Span

Spells = Mapping[Clause, Intervals]
"""When each clause holds, in seconds from the start of the span, over the span and as far around it as is reached for."""


def reach_s(need: Need) -> float:
    """Return how far before and after a span its clauses must be known, so that the need is known within it."""
    if isinstance(need, Clause):
        return 0.0
    if isinstance(need, AnyOf | Light):
        return max(map(reach_s, need.needs if isinstance(need, AnyOf) else need.clauses), default=0.0)
    inner = reach_s(need.need)
    if isinstance(need, Near):
        return inner + need.within_s
    if isinstance(need, Lasting):
        return inner + need.at_least_s
    return inner + abs(need.by_s) if isinstance(need, Widened) else inner


def met(
    light: Need, spells: Spells, span: Span, *, around_s: float = 0.0, done: dict[Need, Intervals] | None = None
) -> Intervals:
    """Return when a need is met within the span, from spells that are known `around_s` before and after it too.

    What was worked out for its parts is put into `done`, for the next light of the same spells and span.
    """
    length_s = span.length_s
    known = (-around_s, length_s + around_s)
    return intersect(_met(light, spells, span, known, {} if done is None else done), as_intervals([(0.0, length_s)]))


def _met(need: Need, spells: Spells, span: Span, known: tuple[float, float], done: dict[Need, Intervals]) -> Intervals:
    """Return when a need is met over all of `known`; near its ends that may be wrong by what the need reaches for."""
    if isinstance(need, Clause):
        return spells[need]
    if need not in done:
        done[need] = _joined(need, spells, span, known, done)
    return done[need]


def _joined(need: Need, spells: Spells, span: Span, known: tuple[float, float], done: dict[Need, Intervals]) -> Intervals:
    """Work out a need from those it is made of."""
    assert not isinstance(need, Clause)
    if isinstance(need, AnyOf):
        return union(*(_met(each, spells, span, known, done) for each in need.needs))
    if isinstance(need, Light):
        return intersect(as_intervals([known]), *(_met(each, spells, span, known, done) for each in need.clauses))
    inner = _met(need.need, spells, span, known, done)
    if isinstance(need, Not):
        return intervals.complement(inner, known)
    if isinstance(need, Near):
        return {"of": intervals.dilate, "before": intervals.before, "after": intervals.after}[need.side](inner, need.within_s)
    if isinstance(need, Lasting):
        return intervals.at_least(inner, need.at_least_s)
    if isinstance(need, Widened):
        return intervals.dilate(inner, need.by_s)
    return _first(need, inner, span)


def _first(need: First, times: Intervals, span: Span) -> Intervals:
    """Return the first spells within the span itself, or from a later instant on."""
    start_s = 0.0 if need.after_utc is None else max(0.0, span.seconds(need.after_utc))
    inside = intersect(times, as_intervals([(0.0, span.length_s)]))
    return intervals.first(inside, need.count, at_least_s=need.at_least_s, after_s=start_s)
