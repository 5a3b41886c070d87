# mypy: disallow-untyped-defs=False, disallow-untyped-decorators=False, disallow-untyped-calls=False, check-untyped-defs=False
"""The search of `find` in machine code, for the lights that are asked most: the Sun on the limb, and targets below.

Optional: nothing imports it but `fast`. The same samples, turns and roots as in `find`, one row after the other, so that a
span of a year needs no arrays of a year. Answers differ from those of `find` by less than the tolerance of a root.
"""

from __future__ import annotations

from functools import partial
from math import acos, asin, cos, inf, sin, sqrt, tan
from typing import Any

import numpy as np
from numba import njit

from cupola.sky.almanac import SUN_RADIUS_KM
from cupola.sky.below import station_above_mask, sun_above_site
from cupola.sky.find import GOLDEN, REACH, ROOT_S, TINY, TURN_S, paired
from cupola.sky.intervals import Intervals
from cupola.sky.limb import AIRLESS, Limb, disc_above_limb, disc_below_limb, sun_edge_above_limb, sun_edge_below_limb
from cupola.sky.measures import Measure
from cupola.sky.orbit import NODE_S
from cupola.sky.timescale import DAY_S, Array
from cupola.sky.view import StationView

DISC, MASK, DAYLIGHT = 0, 1, 2
ALMANAC_NODES_BEFORE = 2.0


@njit(inline="always", cache=True)
def _cubic(value, slope, x):
    """The cubic between nodes, as `almanac.hermite` has it."""
    i = int(x)
    u = x - i
    u2 = u * u
    u3 = u2 * u
    a, b, c, d = 2 * u3 - 3 * u2 + 1, u3 - 2 * u2 + u, 3 * u2 - 2 * u3, u3 - u2
    return (
        a * value[i, 0] + b * slope[i, 0] + c * value[i + 1, 0] + d * slope[i + 1, 0],
        a * value[i, 1] + b * slope[i, 1] + c * value[i + 1, 1] + d * slope[i + 1, 1],
        a * value[i, 2] + b * slope[i, 2] + c * value[i + 1, 2] + d * slope[i + 1, 2],
    )


@njit(inline="always", cache=True)
def _turned(x, y, turn, t):
    """The x and y of a TEME vector in the frame of the turning Earth."""
    d = t / DAY_S + ALMANAC_NODES_BEFORE
    i = int(d)
    angle = turn[i] + (d - i) * (turn[i + 1] - turn[i])
    c, s = cos(angle), sin(angle)
    return c * x + s * y, c * y - s * x


@njit(inline="always", cache=True)
def _disc(t, shape, sky):
    """A part of the Sun's disc above the limb: `limb.disc_above_limb`."""
    sign, part, bending, equator, stretch = shape
    first, km, step, sun, sun_day, _ = sky
    x, y, z = _cubic(km, step, (t - first) / NODE_S)
    sx, sy, sz = _cubic(sun, sun_day, t / DAY_S + ALMANAC_NODES_BEFORE)
    ax, ay, az = sx - x, sy - y, sz - z
    far = sqrt(ax * ax + ay * ay + az * az)
    ax, ay, az = ax / far, ay / far, az / far
    along = x * ax + y * ay + z * az
    wx, wy, wz = x - along * ax, y - along * ay, z - along * az
    lift = tan(part * SUN_RADIUS_KM / far + bending) / max(sqrt(wx * wx + wy * wy + wz * wz), 1e-9)
    px, py, pz = ax + lift * wx, ay + lift * wy, (az + lift * wz) * stretch
    z *= stretch
    height = sqrt(x * x + y * y + z * z)
    cosine = -(x * px + y * py + z * pz) / (height * sqrt(px * px + py * py + pz * pz))
    return sign * (acos(min(1.0, max(-1.0, cosine))) - asin(min(equator / height, 1.0)))


@njit(inline="always", cache=True)
def _margin(kind, t, shape, site, sky):
    """The margin of a kind of light at one instant."""
    if kind == DISC:
        return _disc(t, shape, sky)
    first, km, step, sun, sun_day, turn = sky
    if kind == MASK:
        x, y, z = _cubic(km, step, (t - first) / NODE_S)
    else:
        x, y, z = _cubic(sun, sun_day, t / DAY_S + ALMANAC_NODES_BEFORE)
    x, y = _turned(x, y, turn, t)
    return _from_site(kind, x, y, z, site)


@njit(inline="always", cache=True)
def _from_site(kind, x, y, z, site):
    """The margin over a site: km above the mask's cone, or the sine of the Sun's altitude over the least."""
    x, y, z = x - site[0], y - site[1], z - site[2]
    height = x * site[3] + y * site[4] + z * site[5]
    far = sqrt(x * x + y * y + z * z)
    return height - site[6] * far if kind == MASK else height / far - site[7]


@njit(inline="always", cache=True)
def _next_share(a, b, c, f_a, f_b, f_c):
    """`find._next_share`: Chandrupatla's choice."""
    share = 0.5
    xi, phi = (a - b) / (c - b), (f_a - f_b) / (f_c - f_b) if f_c != f_b else inf
    if phi * phi < xi and (1 - phi) * (1 - phi) < 1 - xi:
        share = f_a / (f_b - f_a) * f_c / (f_b - f_c) + (c - a) / (b - a) * f_a / (f_c - f_a) * f_b / (f_c - f_b)
    least = 0.5 * ROOT_S / abs(b - a)
    return min(max(share, least), 1 - least)


@njit(cache=True)
def _root(kind, lo, hi, f_lo, f_hi, shape, site, sky):
    """`find.find_roots` for one bracket."""
    a, b, f_a, f_b = lo, hi, f_lo, f_hi
    share = min(max(f_a / (f_a - f_b) if f_a != f_b else 0.5, 0.02), 0.98)
    while True:
        x = a + share * (b - a)
        f_x = _margin(kind, x, shape, site, sky)
        if (f_x > 0) == (f_a > 0):
            c, f_c = a, f_a
        else:
            c, f_c = b, f_b
            b, f_b = a, f_a
        a, f_a = x, f_x
        if abs(b - a) <= ROOT_S or f_a == 0:
            return a if abs(f_a) < abs(f_b) else b
        share = _next_share(a, b, c, f_a, f_b, f_c)


@njit(cache=True)
def _turn(kind, lo, hi, is_trough, shape, site, sky):
    """`find.find_turns` for one bracket: the extremum and the value there, or an instant across zero."""
    sign = -1.0 if is_trough else 1.0
    a, b = lo, hi
    x1, x2 = b - GOLDEN * (b - a), a + GOLDEN * (b - a)
    f1 = sign * _margin(kind, x1, shape, site, sky)
    f2 = sign * _margin(kind, x2, shape, site, sky)
    while True:
        left = f1 > f2
        best, f_best = (x1, f1) if left else (x2, f2)
        if left:
            b, x2, f2 = x2, x1, f1
            x1 = b - GOLDEN * (b - a)
        else:
            a, x1, f1 = x1, x2, f2
            x2 = a + GOLDEN * (b - a)
        if f_best >= 0 or b - a <= TURN_S:
            return best, sign * f_best
        if left:
            f1 = sign * _margin(kind, x1, shape, site, sky)
        else:
            f2 = sign * _margin(kind, x2, shape, site, sky)


@njit(cache=True)
def _row_edges(kind, values, first_s, step_s, shape, site, sky, out, count):
    """Put the edges of one row into `out` from `count` on, in order of time; returns how many there are then."""
    for j in range(1, len(values)):
        b, t = values[j], first_s + j * step_s
        a = values[j - 1]
        if (a > 0) != (b > 0):
            out[count] = _root(kind, t - step_s, t, a, b, shape, site, sky)
            count += 1
        if j + 1 == len(values):
            break
        c = values[j + 1]
        up = b > 0
        if (b >= a) == (c >= b) or (b >= a) == up:
            continue
        bend = abs(a - 2 * b + c)
        if abs(b) > (a - c) * (a - c) / max(8 * bend, TINY) + REACH * bend:
            continue
        x, f_x = _turn(kind, t - step_s, t + step_s, up, shape, site, sky)
        if (f_x > 0) != up:
            out[count] = _root(kind, t - step_s, x, a, f_x, shape, site, sky)
            out[count + 1] = _root(kind, x, t + step_s, f_x, c, shape, site, sky)
            count += 2
    return count


@njit(cache=True)
def _edges(kind, samples, first_s, step_s, shape, sites, sky, out, ends, opens):
    """Find the edges of every row; `ends` gets where each row ends in `out`, `opens` whether it holds at both outer samples.

    Returns how many edges there are, or -1 where `out` is too short.
    """
    first, km, step, sun, sun_day, turn = sky
    seen = np.empty((samples, 3))
    values = np.empty(samples)
    for i in range(samples):
        t = first_s + i * step_s
        if kind == DISC:
            values[i] = _disc(t, shape, sky)
            continue
        if kind == MASK:
            x, y, z = _cubic(km, step, (t - first) / NODE_S)
        else:
            x, y, z = _cubic(sun, sun_day, t / DAY_S + ALMANAC_NODES_BEFORE)
        x, y = _turned(x, y, turn, t)
        seen[i, 0], seen[i, 1], seen[i, 2] = x, y, z
    count = 0
    for row in range(len(sites)):
        site = sites[row]
        if kind != DISC:
            for i in range(samples):
                values[i] = _from_site(kind, seen[i, 0], seen[i, 1], seen[i, 2], site)
        if count + 2 * samples > len(out):
            return -1
        count = _row_edges(kind, values, first_s, step_s, shape, site, sky, out, count)
        ends[row], opens[row, 0], opens[row, 1] = count, values[0] > 0, values[-1] > 0
    return count


def find(measure: Measure[Any], view: Any, rows: int, span_s: float) -> list[Intervals] | None:
    """Return what `find_spells` does for a measure, or None for one that is not compiled."""
    known = _kind(measure)
    if known is None or not isinstance(view, StationView) or view.ephemeris.rough is not None:
        return None
    kind, shape = known
    if kind == DISC and len(view.sites):
        return None
    sky = _sky(view)
    sites = np.zeros((rows, 8)) if kind == DISC else _sites(view)
    samples = int(np.ceil(span_s / measure.step_s)) + 3
    step_s = float(measure.step_s)
    ends, opens = np.zeros(rows, dtype=np.int64), np.zeros((rows, 2), dtype=np.bool_)
    size = 2 * samples + rows * (int(span_s / 2400) + 16)
    while True:
        out = np.empty(size)
        count = _edges(kind, samples, -step_s, step_s, shape, sites, sky, out, ends, opens)
        if count >= 0:
            break
        size *= 2
    of_row = np.repeat(np.arange(rows), np.diff(ends, prepend=0))
    before, after = (np.flatnonzero(opens[:, edge]) for edge in (0, 1))
    return paired(of_row, out[:count], before, after, rows, span_s)


def _kind(measure: Measure[Any]) -> tuple[int, tuple[float, ...]] | None:
    """Return which compiled margin a measure is, and its figures."""
    nothing = (0.0, 0.0, 0.0, 0.0, 0.0)
    margin = measure.margin
    if margin is station_above_mask:
        return MASK, nothing
    if margin is sun_above_site:
        return DAYLIGHT, nothing
    if margin is sun_edge_above_limb:
        return DISC, _shape(1.0, 1.0, AIRLESS)
    if margin is sun_edge_below_limb:
        return DISC, _shape(-1.0, 1.0, AIRLESS)
    if isinstance(margin, partial) and margin.func in (disc_above_limb, disc_below_limb) and not margin.args:
        sign = 1.0 if margin.func is disc_above_limb else -1.0
        return DISC, _shape(sign, float(margin.keywords["part"]), margin.keywords.get("limb", AIRLESS))
    return None


def _shape(sign: float, part: float, limb: Limb) -> tuple[float, ...]:
    return sign, part, float(limb.bending_rad), float(limb.equator_km), float(limb.stretch[2])


def _sky(view: StationView) -> tuple[float, Array, Array, Array, Array, Array]:
    ephemeris, almanac = view.ephemeris, view.ephemeris.almanac
    arrays = (ephemeris.node_km, ephemeris.node_km_step, almanac.node_sun_km, almanac.node_sun_km_day, almanac.node_turn_rad)
    km, step, sun, sun_day, turn = (np.ascontiguousarray(each) for each in arrays)
    return float(ephemeris.first_node_s), km, step, sun, sun_day, turn


def _sites(view: StationView) -> Array:
    sites = view.sites
    return np.ascontiguousarray(np.column_stack((sites.at_km, sites.up, sites.mask, sites.daylight)))
