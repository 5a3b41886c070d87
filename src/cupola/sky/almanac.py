"""Where Sun and Moon stand and how far the Earth has turned, over a span, seen from the Earth's centre.

Vectors are kilometres in TEME, the frame of SGP4 (true equator, mean equinox), or Earth-fixed (turned about the true
pole by UT1; polar motion, under 15 m on the ground, is left out). The last axis of an array of vectors is x, y, z.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import erfa
import numpy as np

from cupola.sky.bodies import ERFA, Bodies
from cupola.sky.timescale import DAY_S, TT_TAI_S, Array, Span, ut1_tai_s

LIGHT_KM_S = 299792.458
SUN_RADIUS_KM = 695700.0
MOON_RADIUS_KM = 1737.4
EARTH_EQUATOR_KM = 6378.137
EARTH_FLATTENING = 1 / 298.257223563
EARTH_STRETCH = 1 / (1 - EARTH_FLATTENING)
"""Stretched by this along the axis, the Earth (WGS84) is a sphere of the equatorial radius."""
MJD_ZERO_JD = 2400000.5
MOON_NODE_S = 21600.0
"""The cubic between nodes six hours apart leaves the Moon within 0.01 arcsecond."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Almanac:
    """Sun, Moon and the Earth's turn at nodes; holds from a day before the span to a day after it.

    The Moon is reckoned when it is first asked for. `bodies` is the authority: ERFA's formulas unless another is given.
    """

    span: Span
    node_s: Array
    node_sun_km: Array
    node_sun_km_day: Array
    node_turn_rad: Array
    bodies: Bodies = ERFA

    @classmethod
    def over(cls, start: datetime, end: datetime, bodies: Bodies = ERFA) -> Almanac:
        """Return the almanac of a span of aware UTC datetimes."""
        span = Span(start_utc=start, end_utc=end)
        t = DAY_S * np.arange(-2.0, np.ceil(span.length_s / DAY_S) + 3)
        sun = apparent_sun_km(span, t, bodies)
        return cls(
            span=span,
            node_s=t,
            node_sun_km=sun,
            node_sun_km_day=np.gradient(sun, axis=0, edge_order=2),
            node_turn_rad=earth_turn_rad(span, t),
            bodies=bodies,
        )

    def sun_km(self, t: Array) -> Array:
        """Return the apparent Sun from the Earth's centre, TEME."""
        x = t / DAY_S + 2.0
        node = x.astype(np.int64)
        return hermite(self.node_sun_km, self.node_sun_km_day, node, x - node)

    def moon_km(self, t: Array) -> Array:
        """Return the apparent Moon from the Earth's centre, TEME."""
        value, slope = _moon_nodes(self.span, self.bodies)
        x = t / MOON_NODE_S + DAY_S / MOON_NODE_S
        node = x.astype(np.int64)
        return hermite(value, slope, node, x - node)

    def fixed(self, t: Array, teme: Array) -> Array:
        """Turn TEME vectors into Earth-fixed ones."""
        turn = np.interp(t, self.node_s, self.node_turn_rad)
        cos, sin = np.cos(turn), np.sin(turn)
        x, y = teme[..., 0], teme[..., 1]
        return np.stack(np.broadcast_arrays(cos * x + sin * y, cos * y - sin * x, teme[..., 2]), axis=-1)

    def sun_fixed_km(self, t: Array) -> Array:
        """Return the apparent Sun from the Earth's centre, Earth-fixed."""
        return self.fixed(t, self.sun_km(t))


def apparent_sun_km(span: Span, t: Array, bodies: Bodies = ERFA) -> Array:
    """Return the Sun as it is seen from the Earth's centre, in TEME.

    Annual aberration, and precession-nutation by IAU 2000B (1 mas, or 4 µs of an edge). Sunlight is 8.3 minutes old,
    but the Sun moves only 7 km about the solar system's centre in that time.
    """
    tt1, tt2 = tt_of(span, t)
    sun, earth_speed = bodies.sun_km(tt1, tt2)
    distance = np.linalg.norm(sun, axis=-1, keepdims=True)
    seen = sun + distance / LIGHT_KM_S * earth_speed
    seen *= distance / np.linalg.norm(seen, axis=-1, keepdims=True)
    return of_date(tt1, tt2, seen)


def apparent_moon_km(span: Span, t: Array, bodies: Bodies = ERFA) -> tuple[Array, Array]:
    """Return the Moon as it is seen from the Earth's centre, and its velocity in km/s, in TEME.

    Moonlight is 1.3 seconds old. The aberration that the Earth's own path would add is undone by the Earth's way in
    that time: both travel together.
    """
    tt1, tt2 = tt_of(span, t)
    moon, speed = bodies.moon_km(tt1, tt2)
    seen = moon - np.linalg.norm(moon, axis=-1, keepdims=True) / LIGHT_KM_S * speed
    return of_date(tt1, tt2, seen), of_date(tt1, tt2, speed)


def of_date(tt1: float, tt2: Array, icrs: Array) -> Array:
    """Turn vectors of the ICRS into TEME: precession and nutation (IAU 2000B), then the equation of the equinoxes."""
    x, y, z = np.einsum("nij,nj->ni", erfa.pnm00b(tt1, tt2), icrs).T
    equinox = erfa.ee00b(tt1, tt2)
    cos, sin = np.cos(equinox), np.sin(equinox)
    return np.stack((cos * x + sin * y, cos * y - sin * x, z), axis=-1)


@lru_cache(maxsize=8)
def _moon_nodes(span: Span, bodies: Bodies) -> tuple[Array, Array]:
    """Return the Moon at its nodes, from a day before the span to a day after, and its way from node to node."""
    t = MOON_NODE_S * np.arange(-DAY_S / MOON_NODE_S, np.ceil((span.length_s + DAY_S) / MOON_NODE_S) + 2)
    place, speed = apparent_moon_km(span, t, bodies)
    return place, speed * MOON_NODE_S


def tt_of(span: Span, t: Array) -> tuple[float, Array]:
    """Return instants as a Julian date of TT in two parts."""
    whole, fraction = span.mjd_tai(t)
    return MJD_ZERO_JD + whole, fraction + TT_TAI_S / DAY_S


def earth_turn_rad(span: Span, t: Array) -> Array:
    """Return Greenwich mean sidereal time (IAU 1982, of UT1), growing without wrap."""
    whole, fraction = span.mjd_tai(t)
    ut1 = fraction + ut1_tai_s(whole + fraction) / DAY_S
    turn: Array = np.unwrap(erfa.gmst82(MJD_ZERO_JD + whole, ut1)) + 2 * np.pi * np.arange(len(t))
    return turn


def hermite(value: Array, slope: Array, node: np.ndarray, share: Array) -> Array:
    """Return the cubic between nodes `node` and `node + 1`, `share` of the way; slopes are per step."""
    u = share[..., None]
    v = 1 - u
    y0, y1 = np.take(value, node, axis=0), np.take(value, node + 1, axis=0)
    bend = v * np.take(slope, node, axis=0) - u * np.take(slope, node + 1, axis=0)
    return y0 + u * (u * (3 - 2 * u) * (y1 - y0) + v * bend)
