"""An Earth unit as arrays, and how the kernel is compiled.

All times are whole seconds from local midnight of a slot's date; all money whole minor units.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
MAX_DAY = 32
CHOICES = 4
FAR = 1 << 40

_SOURCES = sorted(Path(__file__).parent.glob("kernel*.py"))
STAMP = tuple((source.name, source.stat().st_mtime_ns, source.stat().st_size) for source in _SOURCES)
"""What the compiled code on disk was made from: one file more than numba itself looks at."""


ZERO, ONE = np.int64(0), np.int64(1)
"""Numbers that the compiler does not take for literals: it compiles what it calls anew for each literal it is given."""


def compiled(function: Callable[..., Any]) -> Any:
    """Return a function compiled to machine code that runs without the interpreter's lock, kept on disk.

    numba throws kept code away when the function's own file changes, but not when one that it calls does: so the stamp of
    the kept code is that of all kernel files.
    """
    return _kept(njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)(function))


def bare(function: Callable[..., Any]) -> Any:
    """Return a compiled function that makes no array, and does not copy a slice, which numba does by way of a new array.

    Such code need not count who holds an array. That, and calls of small functions with many arrays, took five sixths of the
    time of the orbit unit's search: here every call is put in line.
    """
    flags = {"_nrt": False, "forceinline": True}
    return _kept(njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True, **flags)(function))


def _kept(dispatcher: Any) -> Any:
    kept = getattr(getattr(dispatcher, "_cache", None), "_cache_file", None)
    if kept is not None:
        kept._source_stamp = STAMP
    return dispatcher


class Problem(NamedTuple):
    """Arrays of one unit: n pieces of work, T slots (dates), A cast, P places, G cover sets.

    `open_s`, `close_s` (n, T, 4) are the windows of the roll, empty ones closed; `brief` (n, T, 4) where a window is worth a
    call of its own; `ok` (n, T) is 1 where cast, place, permit and pin allow the date; `free` (n, T) where the piece can be
    shot at any time of a day called at the usual hour: when its window closes, else 0. `cast` (n, K) and `sets` (n, S) are
    padded with -1; `set_no` is the first and `set_last` the last set of a piece. `key` (n, T) is a random number for the
    piece and its windows on that slot: pieces of a day, xor-ed, say whether the day was judged before.

    `order` (k, 2) are pieces that come before others; `cover` (n, G) is 1 for work at a cover set and 2 for the exteriors it
    stands by for; `tied` (n,) is 1 for pieces in either. `minor_set_s`, `minor_work_s` (A, T) are the longest times of a
    minor, -1 for none; school and meal (`minor_beside_s`) count as time on set. `given` (T, 4) are days that stay as they
    are: 1, cents, call, wrap. `idle` (T + 1,) counts the unit's work days before a slot. `rank` (n,) is the day of a piece in
    an order that must be kept, -1 where none is. `midnight_s` (T,) is absolute. Limits that do not hold are 0.

    A search around an agreed board may have a toll: `was` (n,) is the slot of a piece on that board (-1: none now), `strips`
    (n,) how many strips it stands for, and each strip elsewhere costs `toll_cents`, beyond `toll_free` of them.
    """

    prep_s: Ints
    roll_s: Ints
    open_s: Ints
    close_s: Ints
    brief: Ints
    ok: Ints
    free: Ints
    key: Keys
    place: Ints
    set_no: Ints
    set_last: Ints
    sets: Ints
    cast: Ints
    hub: Ints
    place_cents: Ints
    work_cents: Ints
    hold_cents: Ints
    travel_cents: Ints
    week_cents: Ints
    guarantee_days: Ints
    straight_s: Ints
    overtime_cents: Ints
    home: Ints
    drop_days: Ints
    minor_set_s: Ints
    minor_work_s: Ints
    minor_beside_s: Ints
    date_no: Ints
    idle: Ints
    midnight_s: Ints
    order: Ints
    cover: Ints
    tied: Ints
    rank: Ints
    was: Ints
    strips: Ints
    given: Ints
    call_s: int
    day_s: int
    rest_s: int
    night_rest_s: int
    night_call_s: int
    week_rest_s: int
    days_in_row: int
    meal_s: int
    meal_within_s: int
    relight_s: int
    move_s: int
    max_sets: int
    unit_cents: int
    move_cents: int
    any_overtime: int
    any_minor: int
    only_swap_days: int
    keep_order: int
    toll_cents: int = 0
    toll_free: int = 0


class Packed(NamedTuple):
    """A problem as five tables, which is what compiled functions hand on quickly; their columns have the names below.

    `const` are single figures; `piece` has a row for each piece (with its cast, its sets, and for each slot whether it may be
    there, whether it is free, its key, its windows), `person` for each cast member, `date` for each slot; `order` are pairs.
    """

    const: Ints
    piece: Ints
    person: Ints
    date: Ints
    order: Ints


PREP, ROLL, PLACE, SET, LAST_SET, TIED, RANK, HUB, PLACE_CENTS, WAS, STRIPS, CAST = range(12)
"""Columns of `piece`; from CAST on as many as the largest cast, and then others at places that `const` has."""

WORK, HOLD, TRAVEL, WEEK, GUARANTEE, STRAIGHT, OVERTIME, HOME, DROP, MINOR = range(10)
"""Columns of `person`; from MINOR on three for each slot: longest time on set, at work, beside work."""

DATE, MIDNIGHT, IDLE, IDLE_AFTER, GIVEN = range(5)
"""Columns of `date`; those of `given` are the last four."""

CONSTANTS = (
    "call_s",
    "day_s",
    "rest_s",
    "night_rest_s",
    "night_call_s",
    "week_rest_s",
    "days_in_row",
    "meal_s",
    "meal_within_s",
    "relight_s",
    "move_s",
    "max_sets",
    "unit_cents",
    "move_cents",
    "any_overtime",
    "any_minor",
    "keep_order",
    "toll_cents",
    "toll_free",
)
(
    CALL_S,
    DAY_S,
    REST_S,
    NIGHT_REST_S,
    NIGHT_CALL_S,
    WEEK_REST_S,
    DAYS_IN_ROW,
    MEAL_S,
    MEAL_WITHIN_S,
    RELIGHT_S,
    MOVE_S,
    MAX_SETS,
    UNIT_CENTS,
    MOVE_CENTS,
    ANY_OVERTIME,
    ANY_MINOR,
    KEEP_ORDER,
    TOLL_CENTS,
    TOLL_FREE,
    CASTS,
    SETS,
    COVERS,
    SETS_AT,
    COVER_AT,
    OK_AT,
    FREE_AT,
    KEY_AT,
    SPAN_AT,
) = range(len(CONSTANTS) + 9)
"""Places in `const`."""


def packed(p: Problem) -> Packed:
    """Return a problem as the kernel reads it."""
    n, T = p.ok.shape
    single = [
        p.prep_s,
        p.roll_s,
        p.place,
        p.set_no,
        p.set_last,
        p.tied,
        p.rank,
        p.hub[p.place],
        p.place_cents[p.place],
        p.was,
        p.strips,
    ]
    spans = np.concatenate([p.open_s, p.close_s, p.brief], axis=-1).reshape(n, -1)
    parts = [np.stack(single, axis=-1), p.cast, p.sets, p.cover, p.ok, p.free, p.key.view(np.int64), spans]
    at = np.cumsum([part.shape[1] for part in parts])
    counts = [p.cast.shape[1], p.sets.shape[1], p.cover.shape[1]]
    minors = np.stack([p.minor_set_s, p.minor_work_s, p.minor_beside_s], axis=-1).reshape(len(p.work_cents), 3 * T)
    prices = [
        p.work_cents,
        p.hold_cents,
        p.travel_cents,
        p.week_cents,
        p.guarantee_days,
        p.straight_s,
        p.overtime_cents,
        p.home,
        p.drop_days,
    ]
    return Packed(
        const=np.array([*(getattr(p, name) for name in CONSTANTS), *counts, *at[1:7]], np.int64),
        piece=_table(*parts),
        person=_table(np.stack(prices, axis=-1), minors),
        date=_table(np.stack([p.date_no, p.midnight_s, p.idle[:-1], p.idle[1:]], axis=-1), p.given),
        order=p.order,
    )


def _table(*parts: Ints) -> Ints:
    return np.ascontiguousarray(np.concatenate(parts, axis=-1), np.int64)
