"""Where Sun, Moon and stars stand in the sky of a place: altitudes, azimuths, and the horizon they rise over.

Altitudes are true ones: of the centre, seen from the place, above the plane of its horizon, without refraction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, radians, tan

import erfa
import numpy as np

from cupola.model import Place
from cupola.sky.almanac import MOON_RADIUS_KM, Almanac
from cupola.sky.conditions import dot, norm, sun_altitude_sine
from cupola.sky.find import Rows
from cupola.sky.horizon import corner_deg, thresholds
from cupola.sky.orbit import ERFA_WGS84
from cupola.sky.stars import Star, star_direction
from cupola.sky.timescale import Array

HORIZON_DEG = -0.833
SUN_RADIUS_DEG = 0.833 - 34 / 60
"""What the almanacs' horizon leaves for the disc: 16'."""
STEP_S = 3600.0
SHORTEST_STEP_S = 10.0
SKY_DEG_S = 15 / 3600


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class GroundView:
    """What a light on the ground may look at: the almanac, and the place with its east, north and up (Earth-fixed).

    `low_azimuth` and `low_deg` say round the compass how high a point truly stands that just shows over the place's own
    horizon; `low_step_s` is a time in which nothing passes more than one of its corners.
    """

    almanac: Almanac
    at_km: Array
    east: Array
    north: Array
    up: Array
    low_azimuth: Array
    low_deg: Array
    low_step_s: float
    lat_deg: float

    @classmethod
    def of(cls, place: Place, almanac: Almanac) -> GroundView:
        """Return the view from a place; its height above sea level counts as height above WGS84."""
        lat, lon = radians(place.lat_deg), radians(place.lon_deg)
        east = np.array([-np.sin(lon), np.cos(lon), 0.0])
        up = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        at = erfa.gd2gc(ERFA_WGS84, lon, lat, place.elevation_m) / 1000
        azimuth, low = thresholds(place.horizon, place.overlook_m)
        return cls(
            almanac=almanac,
            at_km=at,
            east=east,
            north=np.cross(up, east),
            up=up,
            low_azimuth=azimuth,
            low_deg=low,
            low_step_s=_corner_step_s(place),
            lat_deg=place.lat_deg,
        )

    def at(self, _row: Rows) -> GroundView:
        """Return the view of a row: there is one place, so the same."""
        return self


def _corner_step_s(place: Place) -> float:
    """Return half the shortest time in which a body passes from one corner of the horizon to the next."""
    corner = corner_deg(place.horizon)
    if corner == 360.0:
        return STEP_S
    highest = max(altitude for _, altitude in place.horizon)
    fastest = SKY_DEG_S * (1 + tan(radians(max(highest, 0.0))))
    return float(np.clip(corner / fastest / 2, SHORTEST_STEP_S, STEP_S))


Ray = Callable[[Array, GroundView], Array]
"""From the place towards something in the sky, Earth-fixed, of any length: shape (…, 3)."""


def sun_ray(t: Array, view: GroundView) -> Array:
    """Return the way to the Sun, in km."""
    ray: Array = view.almanac.sun_fixed_km(t) - view.at_km
    return ray


def moon_ray(t: Array, view: GroundView) -> Array:
    """Return the way to the Moon, in km."""
    ray: Array = view.almanac.fixed(t, view.almanac.moon_km(t)) - view.at_km
    return ray


def ray_to(star: Star) -> Ray:
    """Return the function that gives the direction of a star."""
    return lambda t, view: view.almanac.fixed(t, star_direction(t, view.almanac, star))


def sine_of(ray: Array, view: GroundView) -> Array:
    """Return the sine of the altitude of a ray."""
    sine: Array = dot(ray, view.up) / norm(ray)
    return sine


def altitude_deg(ray: Array, view: GroundView) -> Array:
    """Return the altitude of a ray."""
    return np.degrees(np.arcsin(sine_of(ray, view)))


def azimuth_deg(ray: Array, view: GroundView) -> Array:
    """Return the azimuth of a ray, from north through east, 0 to 360."""
    return np.degrees(np.arctan2(dot(ray, view.east), dot(ray, view.north))) % 360.0


def sun_sine(t: Array, view: GroundView) -> Array:
    """Return the sine of the Sun's altitude."""
    return sun_altitude_sine(view.almanac.sun_fixed_km(t), view.at_km, view.up)


def sun_altitude_deg(t: Array, view: GroundView) -> Array:
    """Return the Sun's altitude."""
    return np.degrees(np.arcsin(sun_sine(t, view)))


def sun_azimuth_deg(t: Array, view: GroundView) -> Array:
    """Return the Sun's azimuth, from north through east, 0 to 360."""
    return azimuth_deg(sun_ray(t, view), view)


def moon_altitude_deg(t: Array, view: GroundView) -> Array:
    """Return the Moon's altitude."""
    return altitude_deg(moon_ray(t, view), view)


def moon_azimuth_deg(t: Array, view: GroundView) -> Array:
    """Return the Moon's azimuth, from north through east, 0 to 360."""
    return azimuth_deg(moon_ray(t, view), view)


def over_horizon_deg(ray: Array, view: GroundView) -> Array:
    """Return how far a point stands above the place's own horizon as it is seen there, air included, in degrees."""
    low = np.interp(azimuth_deg(ray, view), view.low_azimuth, view.low_deg)
    return altitude_deg(ray, view) - low


def sun_shows_deg(t: Array, view: GroundView) -> Array:
    """Return how far the Sun's upper edge is above the place's own horizon, in degrees."""
    return over_horizon_deg(sun_ray(t, view), view) + SUN_RADIUS_DEG


def sun_clears_deg(t: Array, view: GroundView) -> Array:
    """Return how far the Sun's lower edge is above the place's own horizon, in degrees."""
    return over_horizon_deg(sun_ray(t, view), view) - SUN_RADIUS_DEG


def moon_shows_deg(t: Array, view: GroundView) -> Array:
    """Return how far the Moon's upper edge is above the place's own horizon, in degrees."""
    ray = moon_ray(t, view)
    return over_horizon_deg(ray, view) + np.degrees(np.arcsin(MOON_RADIUS_KM / norm(ray)))


def wedge(ray: Ray, low_deg: float, high_deg: float) -> tuple[Ray, ...]:
    """Return the functions that are all positive while a ray's azimuth is between two, going clockwise from the first.

    Each is the horizontal part of the ray across one edge of the wedge: smooth, and one swing a day, even where the body passes
    near the zenith and its azimuth runs round in seconds.
    """
    width = high_deg - low_deg if high_deg >= low_deg else (high_deg - low_deg) % 360.0
    edges = _across(ray, low_deg, 1.0), _across(ray, high_deg, -1.0)
    if width >= 360.0:
        return ()
    if width <= 180.0:
        return edges
    return (lambda t, view: np.maximum(edges[0](t, view), edges[1](t, view)),)


def _across(ray: Ray, azimuth: float, sign: float) -> Ray:
    """Return the function that is positive while a ray lies less than half a turn clockwise of an azimuth."""
    sin, cos = sign * np.sin(radians(azimuth)), sign * np.cos(radians(azimuth))

    def margin(t: Array, view: GroundView) -> Array:
        towards = ray(t, view)
        across: Array = (dot(towards, view.east) * cos - dot(towards, view.north) * sin) / norm(towards)
        return across

    return margin


def off_wedges(ray: Ray, direction_deg: float, least: float, most: float) -> tuple[tuple[Ray, ...], ...]:
    """Return wedges, any of which holds a ray that is between so many degrees of azimuth off a direction, to either side."""
    least, most = max(least, 0.0), min(most, 180.0)
    if least == 0.0:
        return (wedge(ray, direction_deg - most, direction_deg + most),)
    right = wedge(ray, direction_deg + least, direction_deg + most)
    return right, wedge(ray, direction_deg - most, direction_deg - least)


def azimuth_bounds(least: float, most: float) -> tuple[float, float]:
    """Return bounds in azimuth where one or both may be missing: from north, or once round."""
    return (0.0 if least == -inf else least), (360.0 if most == inf else most)
