"""Each light on the ground as plain functions of time, positive where it holds, in one table.

Altitudes are true ones: the Sun's centre, seen from the place, above the plane of its horizon, without refraction.
"Day" alone carries the almanacs' convention: 0.833° below, for 34' of refraction and 16' of the Sun's radius.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import radians, sin

import erfa
import numpy as np

from cupola.model import Place
from cupola.sky.almanac import Almanac
from cupola.sky.conditions import Measure, dot, sun_altitude_sine
from cupola.sky.find import Rows
from cupola.sky.orbit import ERFA_WGS84
from cupola.sky.timescale import Array

HORIZON_DEG = -0.833
STEP_S = 3600.0
CLIMB_S = 30.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class GroundView:
    """What a light on the ground may look at: the almanac, and the place with its east, north and up (Earth-fixed)."""

    almanac: Almanac
    at_km: Array
    east: Array
    north: Array
    up: Array

    @classmethod
    def of(cls, place: Place, almanac: Almanac) -> GroundView:
        """Return the view from a place; its height above sea level counts as height above WGS84."""
        lat, lon = radians(place.lat_deg), radians(place.lon_deg)
        east = np.array([-np.sin(lon), np.cos(lon), 0.0])
        up = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        at = erfa.gd2gc(ERFA_WGS84, lon, lat, place.elevation_m) / 1000
        return cls(almanac=almanac, at_km=at, east=east, north=np.cross(up, east), up=up)

    def at(self, _row: Rows) -> GroundView:
        """Return the view of a row: there is one place, so the same."""
        return self


def sun_sine(t: Array, view: GroundView) -> Array:
    """Return the sine of the Sun's altitude."""
    return sun_altitude_sine(view.almanac.sun_fixed_km(t), view.at_km, view.up)


def sun_altitude_deg(t: Array, view: GroundView) -> Array:
    """Return the Sun's altitude."""
    return np.degrees(np.arcsin(sun_sine(t, view)))


def sun_azimuth_deg(t: Array, view: GroundView) -> Array:
    """Return the Sun's azimuth, from north through east, 0 to 360."""
    ray = view.almanac.sun_fixed_km(t) - view.at_km
    return np.degrees(np.arctan2(dot(ray, view.east), dot(ray, view.north))) % 360.0


def sun_above(level_deg: float) -> Callable[[Array, GroundView], Array]:
    """Return the function that is positive while the Sun is above an altitude."""
    return lambda t, view: sun_sine(t, view) - sin(radians(level_deg))


def sun_below(level_deg: float) -> Callable[[Array, GroundView], Array]:
    """Return the function that is positive while the Sun is below an altitude."""
    return lambda t, view: sin(radians(level_deg)) - sun_sine(t, view)


def sun_climbs(t: Array, view: GroundView) -> Array:
    """Return how much the sine of the Sun's altitude grows in a minute."""
    return sun_sine(t + CLIMB_S, view) - sun_sine(t - CLIMB_S, view)


def sun_sinks(t: Array, view: GroundView) -> Array:
    """Return how much the sine of the Sun's altitude falls in a minute."""
    return -sun_climbs(t, view)


def sun_east(t: Array, view: GroundView) -> Array:
    """Return how many km the Sun is east of the meridian: noon is where this turns negative."""
    return dot(view.almanac.sun_fixed_km(t) - view.at_km, view.east)


def _measures(*margins: Callable[[Array, GroundView], Array]) -> tuple[Measure[GroundView], ...]:
    return tuple(Measure(margin=margin, step_s=STEP_S, unit="sine") for margin in margins)


EARTH: dict[str, tuple[Measure[GroundView], ...]] = {
    "day": _measures(sun_above(HORIZON_DEG)),
    "night": _measures(sun_below(-6)),
    "dawn": _measures(sun_above(-6), sun_below(6), sun_climbs),
    "dusk": _measures(sun_above(-6), sun_below(6), sun_sinks),
    "golden hour": _measures(sun_above(-4), sun_below(6)),
    "morning golden hour": _measures(sun_above(-4), sun_below(6), sun_climbs),
    "evening golden hour": _measures(sun_above(-4), sun_below(6), sun_sinks),
    "blue hour": _measures(sun_above(-6), sun_below(-4)),
    "morning blue hour": _measures(sun_above(-6), sun_below(-4), sun_climbs),
    "evening blue hour": _measures(sun_above(-6), sun_below(-4), sun_sinks),
}
