"""Spans of years, searched piece by piece, so that memory grows with what is found and not with the span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import numpy as np

from cupola.model import Clause, Place, Station
from cupola.sky.almanac import Almanac
from cupola.sky.intervals import Intervals, union
from cupola.sky.orbit import ephemeris_of
from cupola.sky.spells import check_clauses, spells_of
from cupola.sky.timescale import Span

PIECE_DAYS = 90.0


def long_spells(
    clauses: Sequence[Clause], where: Station | Place, *, start: datetime, end: datetime, piece_days: float = PIECE_DAYS
) -> dict[Clause, Intervals]:
    """Return when each clause holds between two aware UTC datetimes, in seconds from the first, over any number of years.

    A spell over the edge of two pieces is one spell. Raises LightError and OrbitError as `find_windows` does.
    """
    parts: dict[Clause, list[Intervals]] = {clause: [] for clause in clauses}
    for _, found in spells_by_piece(clauses, where, start=start, end=end, piece_days=piece_days):
        for clause, times in found.items():
            parts[clause].append(times)
    return {clause: union(*sets) if sets else np.empty((0, 2)) for clause, sets in parts.items()}


def spells_by_piece(
    clauses: Sequence[Clause], where: Station | Place, *, start: datetime, end: datetime, piece_days: float = PIECE_DAYS
) -> Iterator[tuple[tuple[float, float], dict[Clause, Intervals]]]:
    """Yield from when to when each piece of a span goes and when each clause holds in it, in seconds from the start.

    Nothing is kept of a piece that was yielded. A spell over the edge of two pieces is cut there: it ends at the very instant
    at which its rest begins. Raises as `long_spells` does.
    """
    check_clauses(clauses, where)
    whole = Span(start_utc=start, end_utc=end)
    at = start
    while at < end:
        upto = min(at + timedelta(days=piece_days), end)
        sky = ephemeris_of(where, at, upto) if isinstance(where, Station) else Almanac.over(at, upto)
        begins, ends = whole.seconds(at), whole.seconds(upto)
        found = spells_of(clauses, where, sky, sky.span.length_s)
        yield (begins, ends), {clause: _moved(times, sky.span.length_s, begins, ends) for clause, times in found.items()}
        at = upto


def _moved(times: Intervals, length_s: float, begins: float, ends: float) -> Intervals:
    moved = times + begins
    moved[times == length_s] = ends
    return moved
