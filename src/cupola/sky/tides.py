"""The tide from a table that the user has, read and carried between its lines.

A table of high and low waters is joined by half cosines, as tide tables are read by hand; a table that follows the water
(a gauge, a forecast every few minutes) by straight lines. Nothing is known outside the table, and it says so.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from math import isfinite

import numpy as np

from cupola.errors import LightError
from cupola.sky.timescale import Array, Span

COLUMNS = ("time", "height_m")
FEWEST = 2
HIGHEST_M = 30.0
EXTREMES_APART_S = 10800.0
"""High and low waters follow one another by six hours or twelve: never by less than three."""

TideTable = tuple[tuple[datetime, float], ...]
"""Instants (UTC) and the height of the water in metres above the table's own zero, in order of time."""


def parse_tides(text: str, *, zone: tzinfo, file: str = "") -> TideTable:
    """Read a tide table from CSV: a line `time,height_m`, then ISO instants with heights in metres; `#` begins a remark.

    A time without an offset is local time of `zone`. Raises LightError with the line of the first slip.
    """
    found: list[tuple[datetime, float]] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split(",")]
        if not any(cells) or cells[0].startswith("#") or tuple(cells) == COLUMNS:
            continue
        at, height = _line(cells, zone, file, number)
        if found and at <= found[-1][0]:
            rule, remedy = (
                "the times of a tide table rise from line to line",
                "Sort the lines; write an offset where clocks change.",
            )
            raise LightError(rule, value=cells[0], remedy=remedy, file=file, line=number)
        found.append((at, height))
    if len(found) < FEWEST:
        remedy = "Write time,height_m, and below it a line for each high and low water: 2027-06-07T04:12,0.6."
        raise LightError("a tide table has at least two lines", value=f"{len(found)}", remedy=remedy, file=file, line=1)
    return tuple(found)


def _line(cells: list[str], zone: tzinfo, file: str, number: int) -> tuple[datetime, float]:
    try:
        at, height = datetime.fromisoformat(cells[0]), float(cells[1])
        at = (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
        is_sound = len(cells) == len(COLUMNS) and isfinite(height) and abs(height) <= HIGHEST_M
    except (ValueError, IndexError, OverflowError):
        is_sound = False
    if not is_sound:
        rule, shown = "a line of a tide table is an instant and a height in metres", ",".join(cells)[:80]
        raise LightError(rule, value=shown, remedy="Write 2027-06-07T04:12,0.6.", file=file, line=number)
    return at, height


def is_extremes(heights: Array, times_s: Array) -> bool:
    """Whether a table holds high and low waters by turns, hours apart."""
    turns = np.sign(np.diff(heights))
    by_turns = bool((turns[1:] == -turns[:-1]).all() and turns.all())
    return by_turns and bool((np.diff(times_s) >= EXTREMES_APART_S).all())


def table_seconds(table: TideTable, span: Span) -> tuple[Array, Array]:
    """Return a table as seconds of a span and heights."""
    return np.array([span.seconds(at) for at, _ in table]), np.array([height for _, height in table])


def tide_m(t: Array, times_s: Array, heights: Array) -> Array:
    """Return the height of the water, in metres; outside the table its first and last heights."""
    if not is_extremes(heights, times_s):
        return np.interp(t, times_s, heights)
    step = np.interp(t, times_s, np.arange(len(times_s), dtype=float))
    before = np.minimum(step.astype(np.int64), len(heights) - 2)
    share = (1 - np.cos(np.pi * (step - before))) / 2
    height: Array = heights[before] + share * (heights[before + 1] - heights[before])
    return height


def check_covers(table: TideTable, span: Span, name: str) -> None:
    """Raise LightError where a span is not within a table: no data is never an empty answer."""
    if not table:
        rule = f"the tide at {name} needs a table of high and low waters"
        raise LightError(rule, remedy='Give the place tides = "tides.csv", with the columns time and height_m.')
    first, last = table[0][0], table[-1][0]
    if first > span.start_utc or last < span.end_utc:
        raise LightError(
            f"the tide table of {name} covers the whole span",
            value=f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC",
            remedy=f"Add lines from {span.start_utc:%Y-%m-%d %H:%M} to {span.end_utc:%Y-%m-%d %H:%M} UTC.",
        )
