"""The Earth's edge from orbit: how far Sun and Moon stand over it, with air or without, on an oblate Earth.

Without air the limb is that of the WGS84 ellipsoid. With air a grazing height must be stated, because nobody sees the Sun
through the lowest kilometres: below it the air is as good as ground, and light that just passes is bent by
1.13° x exp(-height / 7.3 km), in and out. Bent light shows the Sun early, haze shows it late: from the orbit of the ISS
the first light comes 17 s early for a ray at sea level, and 11 s late for one at 30 km.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import exp, inf, radians
from typing import Any

import numpy as np

from cupola.errors import LightError
from cupola.model import Clause, Station
from cupola.sky.almanac import EARTH_EQUATOR_KM, EARTH_FLATTENING, SUN_RADIUS_KM
from cupola.sky.measures import Line, Measure, Sight, between
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import Array
from cupola.sky.vectors import dot, norm
from cupola.sky.view import StationView

EARTH_POLE_KM = EARTH_EQUATOR_KM * (1 - EARTH_FLATTENING)
BENDING_DEG = 1.13
BENDING_SCALE_KM = 7.3
"""Twice the almanacs' 34' of refraction at the horizon; the scale height of the air's density near the ground."""
HIGHEST_KM = 100.0
STEP_S = 300.0
"""A body over the limb turns at its highest and its deepest, half a revolution (46 min) apart in low orbit."""
RATE_S = 1.0

Margin = Callable[[Array, StationView], Array]


@dataclass(frozen=True, kw_only=True, slots=True)
class Limb:
    """The edge that is looked at: so many km above WGS84, and the angle by which light is bent that grazes it."""

    height_km: float = 0.0
    bending_rad: float = 0.0

    @classmethod
    def at_height(cls, height_km: float) -> Limb:
        """Return the limb for light that passes at least so many km above the sea, through the air.

        A model good to some 3 s of a sunrise: the air of a standard day, thinning with height.
        """
        return cls(height_km=height_km, bending_rad=radians(BENDING_DEG) * exp(-height_km / BENDING_SCALE_KM))

    @property
    def equator_km(self) -> float:
        return EARTH_EQUATOR_KM + self.height_km

    @property
    def stretch(self) -> Array:
        """Stretched by this along its axis, the Earth up to the limb is a sphere of its equatorial radius."""
        return np.array([1.0, 1.0, self.equator_km / (EARTH_POLE_KM + self.height_km)])


AIRLESS = Limb()


def limb_clearance(from_km: Array, to_km: Array, lift_rad: Array | float = 0.0, limb: Limb = AIRLESS) -> Array:
    """Return how far a point stands above the Earth's limb, in radians; `lift_rad` raises it first.

    Zero is exact; elsewhere the angle is that seen in space stretched along the Earth's axis until the Earth is a
    sphere, at most 0.3 % off. Shapes (…, 3); frame with the Earth's axis as z.
    """
    stretch = limb.stretch
    ahead = to_km - from_km
    ahead = ahead / norm(ahead)[..., None]
    away = from_km - dot(from_km, ahead)[..., None] * ahead
    away = away / np.maximum(norm(away), 1e-9)[..., None]
    seen = (ahead + np.tan(lift_rad + limb.bending_rad)[..., None] * away) * stretch
    down = from_km * stretch
    height = norm(down)
    from_nadir = np.arccos(np.clip(-dot(down, seen) / (height * norm(seen)), -1.0, 1.0))
    return from_nadir - np.arcsin(np.minimum(limb.equator_km / height, 1.0))


def sun_clearance(t: Array, view: StationView, lift_rad: float = 0.0, limb: Limb = AIRLESS) -> Array:
    """Return how far the Sun's centre, raised by `lift_rad`, stands above the limb, in radians."""
    return limb_clearance(view.ephemeris.position_km(t), view.ephemeris.almanac.sun_km(t), lift_rad, limb)


def disc_above_limb(t: Array, view: StationView, *, part: float, limb: Limb = AIRLESS) -> Array:
    """Return how far a part of the Sun's disc stands above the limb: its top (1), its centre (0) or its foot (-1)."""
    position, sun = view.ephemeris.position_km(t), view.ephemeris.almanac.sun_km(t)
    return limb_clearance(position, sun, part * SUN_RADIUS_KM / norm(sun - position), limb)


def disc_below_limb(t: Array, view: StationView, *, part: float, limb: Limb = AIRLESS) -> Array:
    """Return how deep a part of the Sun's disc is below the limb."""
    return -disc_above_limb(t, view, part=part, limb=limb)


def sun_edge_above_limb(t: Array, view: StationView) -> Array:
    """Return how far the Sun's uppermost edge stands above the limb: negative in the umbra."""
    return disc_above_limb(t, view, part=1.0)


def sun_edge_below_limb(t: Array, view: StationView) -> Array:
    """Return how deep the Sun's uppermost edge is below the limb: positive in the umbra."""
    return -disc_above_limb(t, view, part=1.0)


def sun_above(level_deg: float, limb: Limb = AIRLESS) -> Margin:
    """Return the function that is positive while the Sun's centre is so many degrees above the limb, or more."""
    return partial(sun_clearance, lift_rad=-radians(level_deg), limb=limb)


def sun_below(level_deg: float, limb: Limb = AIRLESS) -> Margin:
    """Return the function that is positive while the Sun's centre is less than so many degrees above the limb."""
    above = sun_above(level_deg, limb)
    return lambda t, view: -above(t, view)


def sun_climbs(t: Array, view: StationView) -> Array:
    """Return how fast the Sun's centre climbs from the limb, in radians a second."""
    return (sun_clearance(t + RATE_S, view) - sun_clearance(t - RATE_S, view)) / (2 * RATE_S)


def sun_sinks(t: Array, view: StationView) -> Array:
    """Return how fast the Sun's centre sinks to the limb, in radians a second."""
    return -sun_climbs(t, view)


def sun_over_limb_deg(t: Array, view: StationView) -> Array:
    """Return how far the Sun's centre stands above the limb, in degrees."""
    return np.degrees(sun_clearance(t, view))


def moon_clearance(t: Array, view: StationView) -> Array:
    """Return how far the Moon's centre stands above the limb, in radians."""
    return limb_clearance(view.ephemeris.position_km(t), view.ephemeris.almanac.moon_km(t))


def moon_over_limb_deg(t: Array, view: StationView) -> Array:
    """Return how far the Moon's centre stands above the limb, in degrees."""
    return np.degrees(moon_clearance(t, view))


def measures(*margins: Margin, unit: str = "rad") -> tuple[Measure[Any], ...]:
    """Return margins of a body over the limb as measures."""
    return tuple(Measure(margin=margin, step_s=STEP_S, unit=unit) for margin in margins)


def rising(limb: Limb = AIRLESS) -> tuple[Measure[Any], ...]:
    """Return the measures of a sunrise: the centre from 1° below to 4° above the limb, climbing."""
    return (*measures(sun_above(-1, limb), sun_below(4, limb)), *measures(sun_climbs, unit="rad/s"))


def setting(limb: Limb = AIRLESS) -> tuple[Measure[Any], ...]:
    """Return the measures of a sunset: the centre from 4° above to 1° below the limb, sinking."""
    return (*measures(sun_above(-1, limb), sun_below(4, limb)), *measures(sun_sinks, unit="rad/s"))


def day(limb: Limb = AIRLESS) -> tuple[Measure[Any], ...]:
    """Return the measure of some of the Sun's disc above the limb."""
    return measures(partial(disc_above_limb, part=1.0, limb=limb))


def night(limb: Limb = AIRLESS) -> tuple[Measure[Any], ...]:
    """Return the measure of no part of the Sun's disc above the limb."""
    return measures(partial(disc_below_limb, part=1.0, limb=limb))


def through_air(made: Callable[[Limb], tuple[Measure[Any], ...]]) -> Line:
    """Return the line of a light that is looked at through the air, from a grazing height on."""

    def build(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
        return Sight(measures=made(Limb.at_height(grazing_km(clause))), view=StationView.of(station, ephemeris))

    return build


def grazing_km(clause: Clause) -> float:
    """Return the grazing height that a clause asks for; raises LightError for one that no light passes at."""
    low, high = clause.bounds
    height = low if low > -inf else high
    if not 0 <= height <= HIGHEST_KM or (high < inf and high != low > -inf):
        raise LightError(
            f"“{clause.condition}” takes one height at which light grazes the Earth, from 0 to {HIGHEST_KM:.0f} km",
            value=str(clause),
            remedy=f"Write {clause.condition} >= 10 km: about the tops of the clouds.",
        )
    return height


def sun_over_limb(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the Sun's centre at a height over the limb."""
    return Sight(
        measures=between(sun_over_limb_deg, clause, step_s=STEP_S, unit="deg"), view=StationView.of(station, ephemeris)
    )


LINES: dict[str, Line] = {
    "orbital day": measures(sun_edge_above_limb),
    "orbital night": measures(sun_edge_below_limb),
    "orbital sunrise": rising(),
    "orbital sunset": setting(),
    "umbra": night(),
    "penumbra": measures(partial(disc_above_limb, part=1.0), partial(disc_below_limb, part=-1.0)),
    "full sun": measures(partial(disc_above_limb, part=-1.0)),
    "half sun": measures(partial(disc_above_limb, part=0.0)),
    "visible day": through_air(day),
    "visible night": through_air(night),
    "visible sunrise": through_air(rising),
    "visible sunset": through_air(setting),
    "sun over limb": sun_over_limb,
}
"""Lights that ask where the Sun stands against the Earth's edge.

In a season without night the Sun sinks towards the limb and climbs again without setting: what of that lies between
1° below and 4° above still counts as sunset, then sunrise.
"""
