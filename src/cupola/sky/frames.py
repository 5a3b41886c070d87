"""From the frames in which orbits are published into TEME, the frame of SGP4 and of every light condition.

The Earth's axis moves by IAU 2000B precession-nutation (1 mas of IAU 2000A: 3 cm at a station). TEME is the true equator
with its x turned back by the equation of the equinoxes of 2000, as for the Sun, so that station and Sun stand right to each
other. Earth-fixed frames turn with the mean sidereal time of 1982 (1.5 m from that of 2000), polar motion (under 15 m) left
out, as everywhere in this room.
"""

from __future__ import annotations

from collections.abc import Callable

import erfa
import numpy as np

from cupola.sky.almanac import earth_turn_rad
from cupola.sky.timescale import DAY_S, TT_TAI_S, Array, Span

Matrices = Callable[[float, Array], Array]

STEP_S = 3600.0
"""Between matrices an hour apart the straight line is 0.01 mas off."""
MJD_ZERO_JD = 2400000.5
FRAMES = ("TEME", "EME2000", "GCRF", "TOD", "ITRF")


def to_teme(frame: str, span: Span, t: Array, km: Array, km_s: Array) -> tuple[Array, Array]:
    """Turn positions (km) and velocities (km/s) of instants (SI seconds of the span) from a frame into TEME.

    Shapes (n,), (n, 3), (n, 3). Frames are those of `FRAMES`; GCRF stands for ICRF too. Raises KeyError for another.
    """
    if frame == "TEME" or not len(t):
        return km, km_s
    if frame == "ITRF":
        return _from_fixed(span, t, km, km_s)
    turn = _between(span, t, MATRICES[frame])
    return np.einsum("nij,nj->ni", turn, km), np.einsum("nij,nj->ni", turn, km_s)


def _between(span: Span, t: Array, matrices: Matrices) -> Array:
    """Return rotations at instants, from those at whole hours."""
    first, last = np.floor(t.min() / STEP_S), np.floor(t.max() / STEP_S) + 1
    nodes = STEP_S * np.arange(first, last + 1)
    known = matrices(*_tt(span, nodes))
    node = (t / STEP_S - first).astype(np.int64)
    share = (t / STEP_S - first - node)[:, None, None]
    between: Array = known[node] * (1 - share) + known[node + 1] * share
    return between


def _tt(span: Span, t: Array) -> tuple[float, Array]:
    whole, fraction = span.mjd_tai(t)
    return MJD_ZERO_JD + whole, fraction + TT_TAI_S / DAY_S


def _equinox(tt1: float, tt2: Array) -> Array:
    """Return the rotation from the true equinox of date to the mean one, about the true pole."""
    angle = erfa.ee00b(tt1, tt2)
    cos, sin, zero = np.cos(angle), np.sin(angle), np.zeros_like(angle)
    rows = [[cos, sin, zero], [-sin, cos, zero], [zero, zero, zero + 1]]
    return np.moveaxis(np.array(rows), -1, 0)


def _from_j2000(tt1: float, tt2: Array) -> Array:
    *_, precession, _, nutation, _ = erfa.pn00b(tt1, tt2)
    turn: Array = _equinox(tt1, tt2) @ nutation @ precession
    return turn


def _from_gcrf(tt1: float, tt2: Array) -> Array:
    turn: Array = _equinox(tt1, tt2) @ erfa.pnm00b(tt1, tt2)
    return turn


MATRICES = {"EME2000": _from_j2000, "GCRF": _from_gcrf, "TOD": _equinox}


def _from_fixed(span: Span, t: Array, km: Array, km_s: Array) -> tuple[Array, Array]:
    """Turn Earth-fixed states, whose velocities are those over the ground, into TEME."""
    days = DAY_S * np.arange(np.floor(t.min() / DAY_S) - 1, np.ceil(t.max() / DAY_S) + 2)
    turns = earth_turn_rad(span, days)
    angle = np.interp(t, days, turns)
    rate = (turns[-1] - turns[0]) / (days[-1] - days[0])
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]

    def turned(a: Array) -> Array:
        x, y, z = a[:, :1], a[:, 1:2], a[:, 2:]
        return np.hstack((cos * x - sin * y, sin * x + cos * y, z))

    position = turned(km)
    swept = rate * np.column_stack((-position[:, 1], position[:, 0], np.zeros(len(t))))
    return position, turned(km_s) + swept
