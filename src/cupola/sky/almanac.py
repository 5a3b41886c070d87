"""Where the Sun stands and how far the Earth has turned, over a span, seen from the Earth's centre.

Vectors are kilometres in TEME, the frame of SGP4 (true equator, mean equinox), or Earth-fixed (turned about the true
pole by UT1; polar motion, under 15 m on the ground, is left out). The last axis of an array of vectors is x, y, z.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import erfa
import numpy as np

from cupola.sky.timescale import DAY_S, TT_TAI_S, Array, Span, ut1_tai_s

AU_KM = 149597870.7
LIGHT_KM_S = 299792.458
SUN_RADIUS_KM = 695700.0
EARTH_EQUATOR_KM = 6378.137
EARTH_FLATTENING = 1 / 298.257223563
EARTH_STRETCH = 1 / (1 - EARTH_FLATTENING)
"""Stretched by this along the axis, the Earth (WGS84) is a sphere of the equatorial radius."""
MJD_ZERO_JD = 2400000.5


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Almanac:
    """The Sun and the Earth's turn at daily nodes; holds from a day before the span to a day after it."""

    span: Span
    node_s: Array
    node_sun_km: Array
    node_sun_km_day: Array
    node_turn_rad: Array

    @classmethod
    def over(cls, start: datetime, end: datetime) -> Almanac:
        """Return the almanac of a span of aware UTC datetimes."""
        span = Span(start_utc=start, end_utc=end)
        t = DAY_S * np.arange(-2.0, np.ceil(span.length_s / DAY_S) + 3)
        sun = apparent_sun_km(span, t)
        return cls(
            span=span,
            node_s=t,
            node_sun_km=sun,
            node_sun_km_day=np.gradient(sun, axis=0, edge_order=2),
            node_turn_rad=earth_turn_rad(span, t),
        )

    def sun_km(self, t: Array) -> Array:
        """Return the apparent Sun from the Earth's centre, TEME."""
        x = t / DAY_S + 2.0
        node = x.astype(np.int64)
        return hermite(self.node_sun_km, self.node_sun_km_day, node, x - node)

    def fixed(self, t: Array, teme: Array) -> Array:
        """Turn TEME vectors into Earth-fixed ones."""
        turn = np.interp(t, self.node_s, self.node_turn_rad)
        cos, sin = np.cos(turn), np.sin(turn)
        x, y = teme[..., 0], teme[..., 1]
        return np.stack(np.broadcast_arrays(cos * x + sin * y, cos * y - sin * x, teme[..., 2]), axis=-1)

    def sun_fixed_km(self, t: Array) -> Array:
        """Return the apparent Sun from the Earth's centre, Earth-fixed."""
        return self.fixed(t, self.sun_km(t))


def apparent_sun_km(span: Span, t: Array) -> Array:
    """Return the Sun as it is seen from the Earth's centre, in TEME.

    ERFA's Earth (epv00), annual aberration, and precession-nutation by IAU 2000B (1 mas, or 4 µs of an edge).
    Sunlight is 8.3 minutes old, but the Sun moves only 7 km about the solar system's centre in that time.
    """
    whole, fraction = span.mjd_tai(t)
    tt1, tt2 = MJD_ZERO_JD + whole, fraction + TT_TAI_S / DAY_S
    heliocentric, barycentric = erfa.epv00(tt1, tt2)
    sun = -AU_KM * heliocentric["p"]
    distance = np.linalg.norm(sun, axis=-1, keepdims=True)
    seen = sun + distance * (AU_KM / DAY_S / LIGHT_KM_S) * barycentric["v"]
    seen *= distance / np.linalg.norm(seen, axis=-1, keepdims=True)
    of_date = np.einsum("nij,nj->ni", erfa.pnm00b(tt1, tt2), seen)
    equinox = erfa.ee00b(tt1, tt2)
    cos, sin = np.cos(equinox), np.sin(equinox)
    x, y, z = of_date.T
    return np.stack((cos * x + sin * y, cos * y - sin * x, z), axis=-1)


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
