"""One root finder for every light: the times at which smooth functions of time are positive, none stepped over.

A function is sampled on steps short enough that it turns at most once between two samples. A turn that may reach
across zero between samples is followed to its end, so that a grazing night of seconds is found as surely as a long
one. All brackets of all functions are then closed together (Chandrupatla 1997), until each is narrower than a
tolerance: a bracket that merely moves little is never taken for a root.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from cupola.sky.intervals import Intervals
from cupola.sky.timescale import Array

Rows = npt.NDArray[np.int64]
Margin = Callable[[Array, Rows], Array]
"""A function of times and row numbers (broadcast together), positive where what it stands for holds."""

MOST_SAMPLES = 4_000_000
ROOT_S = 1e-4
TURN_S = 0.05
TINY = np.finfo(float).tiny
GOLDEN = (5**0.5 - 1) / 2
REACH = 0.5
"""How far beyond its parabola a turn may reach, in second differences: 0.1 for smooth functions, 0.4 for a corner."""


def find_spells(margin: Margin, *, rows: int = 1, span_s: float, step_s: float) -> list[Intervals]:
    """Return for each row the times of [0, span_s) at which its margin is positive.

    `margin` must answer from one step before 0 to two steps after `span_s`. Edges are good to 0.1 ms; no spell that
    lasts a tenth of a second is missed where the margin turns at most once in `step_s`. Rows are searched in blocks of some
    million samples, so that memory does not grow with their number.
    """
    block = max(1, int(MOST_SAMPLES * step_s / (span_s + 3 * step_s)))
    found: list[Intervals] = []
    for first in range(0, rows, block):
        found += _spells_of_rows(margin, np.arange(first, min(first + block, rows)), span_s, step_s)
    return found


def _spells_of_rows(margin: Margin, numbers: Rows, span_s: float, step_s: float) -> list[Intervals]:
    """Return for each of some rows the times of [0, span_s) at which its margin is positive."""
    rows = len(numbers)
    t = step_s * np.arange(-1.0, np.ceil(span_s / step_s) + 2)
    values = np.broadcast_to(margin(t[None, :], numbers[:, None]), (rows, len(t)))
    row, lo, hi, f_lo, f_hi = _brackets(lambda s, which: margin(s, numbers[which]), t, values)
    edge = find_roots(lambda x, which: margin(x, numbers[row[which]]), lo, hi, f_lo, f_hi)
    return paired(row, edge, np.flatnonzero(values[:, 0] > 0), np.flatnonzero(values[:, -1] > 0), rows, span_s)


def paired(row: Rows, edge: Array, open_before: Rows, open_after: Rows, rows: int, span_s: float) -> list[Intervals]:
    """Pair edges, which take turns to open and close, into spells within [0, span_s), one set for each row."""
    of_row = np.concatenate((open_before, row, open_after))
    edges = np.concatenate((np.full(len(open_before), -np.inf), edge, np.full(len(open_after), np.inf)))
    order = np.lexsort((edges, of_row))
    of_row, table = of_row[order[::2]], np.clip(edges[order].reshape(-1, 2), 0.0, span_s)
    lasts = table[:, 1] > table[:, 0]
    return np.split(table[lasts], np.searchsorted(of_row[lasts], np.arange(1, rows)))


def _brackets(margin: Margin, t: Array, values: Array) -> tuple[Rows, Array, Array, Array, Array]:
    """Return (row, low, high, margin at low, margin at high) of every sign change, those between samples included."""
    up = values > 0
    row, at = _true_cells(up[:, 1:] != up[:, :-1])
    turn_row, turn_at = _turns(values, up)
    x, f_x = find_turns(
        lambda s, which: margin(s, turn_row[which]),
        t[turn_at - 1],
        t[turn_at + 1],
        up[turn_row, turn_at],
    )
    found = (f_x > 0) != up[turn_row, turn_at]
    k, j, x, f_x = turn_row[found], turn_at[found], x[found], f_x[found]
    return (
        np.concatenate((row, k, k)),
        np.concatenate((t[at], t[j - 1], x)),
        np.concatenate((t[at + 1], x, t[j + 1])),
        np.concatenate((values[row, at], values[k, j - 1], f_x)),
        np.concatenate((values[row, at + 1], f_x, values[k, j + 1])),
    )


def _turns(values: Array, up: npt.NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """Return (row, sample) of the peaks below zero and troughs above it that may cross zero between samples."""
    rises = values[:, 1:] >= values[:, :-1]
    row, at = _true_cells((rises[:, :-1] != rises[:, 1:]) & (rises[:, :-1] != up[:, 1:-1]))
    a, b, c = values[row, at], values[row, at + 1], values[row, at + 2]
    bend = np.abs(a - 2 * b + c)
    near = np.abs(b) <= (a - c) ** 2 / np.maximum(8 * bend, TINY) + REACH * bend
    return row[near], at[near] + 1


def _true_cells(table: npt.NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """Return (row, column) of the true cells; many times faster than `np.nonzero` where few are."""
    row, column = np.divmod(np.flatnonzero(table), table.shape[1])
    return row, column


def find_turns(f: Margin, lo: Array, hi: Array, is_trough: npt.NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return the instant of each extremum and the value there, by golden section; stops early across zero."""
    sign = np.where(is_trough, -1.0, 1.0)
    live = np.arange(len(lo))
    best, f_best = np.empty(len(lo)), np.empty(len(lo))
    a, b = lo.copy(), hi.copy()
    x1, x2 = b - GOLDEN * (b - a), a + GOLDEN * (b - a)
    f1, f2 = sign * f(x1, live), sign * f(x2, live)
    while live.size:
        left = f1 > f2
        best[live], f_best[live] = np.where(left, x1, x2), np.where(left, f1, f2)
        a, b = np.where(left, a, x1), np.where(left, x2, b)
        go = (f_best[live] < 0) & (b - a > TURN_S)
        live, left = live[go], left[go]
        a, b, x1, x2, f1, f2 = np.stack((a, b, x1, x2, f1, f2))[:, go]
        new = np.where(left, b - GOLDEN * (b - a), a + GOLDEN * (b - a))
        f_new = sign[live] * f(new, live)
        x1, x2 = np.where(left, new, x2), np.where(left, x1, new)
        f1, f2 = np.where(left, f_new, f2), np.where(left, f1, f_new)
    return best, sign * f_best


def find_roots(f: Margin, lo: Array, hi: Array, f_lo: Array, f_hi: Array, *, tol_s: float = ROOT_S) -> Array:
    """Return the instant of each sign change, all brackets closed together; `f` takes times and bracket numbers.

    Source: T. R. Chandrupatla, Advances in Engineering Software 28 (1997) 145-149.
    """
    root = (lo + hi) / 2
    live = np.arange(len(lo))
    a, b, f_a, f_b = lo, hi, f_lo, f_hi
    share = np.clip(f_a / np.where(f_a == f_b, 1.0, f_a - f_b), 0.02, 0.98)
    while live.size:
        x = a + share * (b - a)
        f_x = f(x, live)
        same = (f_x > 0) == (f_a > 0)
        c, f_c = np.where(same, a, b), np.where(same, f_a, f_b)
        b, f_b = np.where(same, b, a), np.where(same, f_b, f_a)
        a, f_a = x, f_x
        root[live] = np.where(np.abs(f_a) < np.abs(f_b), a, b)
        go = (np.abs(b - a) > tol_s) & (f_a != 0)
        live = live[go]
        a, b, c, f_a, f_b, f_c = np.stack((a, b, c, f_a, f_b, f_c))[:, go]
        share = _next_share(a, b, c, f_a, f_b, f_c, tol_s)
    return root


def _next_share(a: Array, b: Array, c: Array, f_a: Array, f_b: Array, f_c: Array, tol_s: float) -> Array:
    """Return how far from `a` to `b` to look next: inverse quadratic where it can be trusted, else the middle."""
    xi = (a - b) / (c - b)
    phi = (f_a - f_b) / (f_c - f_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        quadratic = f_a / (f_b - f_a) * f_c / (f_b - f_c) + (c - a) / (b - a) * f_a / (f_c - f_a) * f_b / (f_c - f_b)
    is_trusted = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi)
    least = 0.5 * tol_s / np.abs(b - a)
    return np.clip(np.where(is_trusted, quadratic, 0.5), least, 1 - least)
