"""Each light aboard a station as plain functions of time, positive where it holds, in one table.

A `Measure` is one such function with the step on which it may be sampled without a turn being lost, and its unit.
A light holds where all its measures are positive: `ORBIT[condition]` is the tuple of them. A new light is a function
and a line in that table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import radians
from typing import Generic, TypeVar

import erfa
import numpy as np

from cupola.model import Relay, Station, Target
from cupola.sky.almanac import EARTH_EQUATOR_KM, EARTH_STRETCH, SUN_RADIUS_KM
from cupola.sky.find import Rows
from cupola.sky.orbit import ERFA_WGS84, Ephemeris
from cupola.sky.polygon import Polygon
from cupola.sky.timescale import Array

GEOSTATIONARY_KM = 42164.17
STRETCH = np.array([1.0, 1.0, EARTH_STRETCH])

V = TypeVar("V")


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure(Generic[V]):
    """A function of time and of what is seen, positive where a light holds; it turns at most once in `step_s`."""

    margin: Callable[[Array, V], Array]
    step_s: float
    unit: str


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sites:
    """Points that turn with the Earth: Earth-fixed kilometres, the local vertical, and sines of the least angles.

    `mask` is the least elevation of the station seen from there, `daylight` the least altitude of the Sun.
    """

    at_km: Array
    up: Array
    mask: Array
    daylight: Array

    @classmethod
    def of_targets(cls, targets: Sequence[Target]) -> Sites:
        """Return the sites of ground targets, at sea level."""
        return cls.on_ground([(t.lat_deg, t.lon_deg, t.min_elevation_deg, t.min_sun_deg) for t in targets])

    @classmethod
    def of_stations(cls, relays: Sequence[Relay]) -> Sites:
        """Return the sites of the ground stations among the relays."""
        return cls.on_ground([(r.lat_deg, r.lon_deg, r.min_elevation_deg, 0.0) for r in relays if r.lat_deg is not None])

    @classmethod
    def of_satellites(cls, relays: Sequence[Relay]) -> Sites:
        """Return the places of the geostationary satellites among the relays."""
        east = np.radians([r.lon_deg for r in relays if r.lat_deg is None])
        up = np.stack((np.cos(east), np.sin(east), np.zeros_like(east)), axis=-1)
        return cls(at_km=GEOSTATIONARY_KM * up, up=up, mask=np.zeros(len(up)), daylight=np.zeros(len(up)))

    @classmethod
    def on_ground(cls, rows: Sequence[tuple[float, float, float, float]]) -> Sites:
        """Return sites from rows of latitude, longitude, least elevation and least Sun, all in degrees."""
        lat, lon, mask, daylight = np.radians(np.array(rows, dtype=float).reshape(-1, 4)).T
        at = erfa.gd2gc(ERFA_WGS84, lon, lat, np.zeros_like(lat)) / 1000
        up = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=-1)
        return cls(at_km=at, up=up, mask=np.sin(mask), daylight=np.sin(daylight))

    def __len__(self) -> int:
        return len(self.at_km)

    def at(self, row: Rows) -> Sites:
        """Return the sites of these row numbers, in their shape."""
        return Sites(at_km=self.at_km[row], up=self.up[row], mask=self.mask[row], daylight=self.daylight[row])


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class StationView:
    """What a light aboard may look at: the station's ephemeris, sites below or relays above, and the anomaly."""

    ephemeris: Ephemeris
    sites: Sites
    saa: Polygon

    @classmethod
    def of(cls, station: Station, ephemeris: Ephemeris, sites: Sites | None = None) -> StationView:
        """Return the view of a station, without sites if none are given."""
        region = Polygon.of(station.saa) if station.saa else Polygon.nowhere()
        return cls(ephemeris=ephemeris, sites=Sites.of_targets(()) if sites is None else sites, saa=region)

    def at(self, row: Rows) -> StationView:
        """Return the view of the sites of these row numbers; a view without sites is one row."""
        if not len(self.sites):
            return self
        return StationView(ephemeris=self.ephemeris, sites=self.sites.at(row), saa=self.saa)


def limb_clearance(from_km: Array, to_km: Array, lift_rad: Array | float = 0.0) -> Array:
    """Return how far a point stands above the Earth's limb, in radians; `lift_rad` raises it first.

    The limb is that of the WGS84 ellipsoid without air. Zero is exact; elsewhere the angle is that seen in space
    stretched along the Earth's axis until the Earth is a sphere, at most 0.3 % off. Shapes (…, 3); frame with the
    Earth's axis as z.
    """
    ahead = to_km - from_km
    ahead = ahead / norm(ahead)[..., None]
    away = from_km - dot(from_km, ahead)[..., None] * ahead
    away = away / np.maximum(norm(away), 1e-9)[..., None]
    seen = (ahead + np.tan(lift_rad)[..., None] * away) * STRETCH
    down = from_km * STRETCH
    height = norm(down)
    from_nadir = np.arccos(np.clip(-dot(down, seen) / (height * norm(seen)), -1.0, 1.0))
    return from_nadir - np.arcsin(np.minimum(EARTH_EQUATOR_KM / height, 1.0))


def sun_clearance(t: Array, view: StationView, lift_rad: float = 0.0) -> Array:
    """Return how far the Sun's centre, raised by `lift_rad`, stands above the limb, in radians."""
    return limb_clearance(view.ephemeris.position_km(t), view.ephemeris.almanac.sun_km(t), lift_rad)


def sun_edge_above_limb(t: Array, view: StationView) -> Array:
    """Return how far the Sun's uppermost edge stands above the limb: negative in the umbra."""
    position, sun = view.ephemeris.position_km(t), view.ephemeris.almanac.sun_km(t)
    return limb_clearance(position, sun, SUN_RADIUS_KM / norm(sun - position))


def sun_edge_below_limb(t: Array, view: StationView) -> Array:
    """Return how deep the Sun's uppermost edge is below the limb: positive in the umbra."""
    return -sun_edge_above_limb(t, view)


def sun_above_minus_1(t: Array, view: StationView) -> Array:
    """Return how far the Sun's centre is above 1° below the limb."""
    return sun_clearance(t, view, radians(1))


def sun_below_plus_4(t: Array, view: StationView) -> Array:
    """Return how far the Sun's centre is below 4° above the limb."""
    return -sun_clearance(t, view, -radians(4))


def sun_climbs(t: Array, view: StationView) -> Array:
    """Return how fast the Sun's centre climbs from the limb, in radians a second."""
    return (sun_clearance(t + 1, view) - sun_clearance(t - 1, view)) / 2


def sun_sinks(t: Array, view: StationView) -> Array:
    """Return how fast the Sun's centre sinks to the limb, in radians a second."""
    return -sun_climbs(t, view)


def station_above_mask(t: Array, view: StationView) -> Array:
    """Return how many km the station is above the cone of the least elevation at the site."""
    here, site = view.ephemeris.fixed_km(t), view.sites
    height = dot(here, site.up) - dot(site.at_km, site.up)
    squared = dot(here, here) + dot(site.at_km, site.at_km) - 2 * dot(here, site.at_km)
    return height - site.mask * np.sqrt(squared)


def sun_above_site(t: Array, view: StationView) -> Array:
    """Return the sine of the Sun's true altitude at the site less that of the least it must have."""
    return sun_altitude_sine(view.ephemeris.almanac.sun_fixed_km(t), view.sites.at_km, view.sites.up) - view.sites.daylight


def sun_altitude_sine(sun_km: Array, at_km: Array, up: Array) -> Array:
    """Return the sine of the Sun's altitude over a place on Earth: its centre, without refraction, seen from there."""
    ray = dot(sun_km, up) - dot(at_km, up)
    squared = dot(sun_km, sun_km) + dot(at_km, at_km) - 2 * dot(sun_km, at_km)
    return ray / np.sqrt(squared)


def satellite_above_limb(t: Array, view: StationView) -> Array:
    """Return how far the relay satellite stands above the limb, in radians."""
    return limb_clearance(view.ephemeris.fixed_km(t), view.sites.at_km)


def outside_saa(t: Array, view: StationView) -> Array:
    """Return how many degrees the ground track is from the edge of the anomaly, positive outside."""
    latitude, longitude, _ = view.ephemeris.subpoint(t)
    return view.saa.distance_deg(latitude, longitude)


def north_of_equator(t: Array, view: StationView) -> Array:
    """Return how many km the station is north of the equator: an ascending node is where this turns positive."""
    return view.ephemeris.position_km(t)[..., 2]


def dot(a: Array, b: Array) -> Array:
    """Return the scalar product along the last axis; a row of times against a column of sites is one matrix product."""
    if a.ndim == b.ndim == 3 and a.shape[0] == b.shape[1] == 1:
        product: Array = b[:, 0] @ a[0].T
        return product
    return a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2]


def norm(a: Array) -> Array:
    """Return the length along the last axis."""
    return np.sqrt(dot(a, a))


ORBIT: dict[str, tuple[Measure[StationView], ...]] = {
    "orbital day": (Measure(margin=sun_edge_above_limb, step_s=300, unit="rad"),),
    "orbital night": (Measure(margin=sun_edge_below_limb, step_s=300, unit="rad"),),
    "orbital sunrise": (
        Measure(margin=sun_above_minus_1, step_s=300, unit="rad"),
        Measure(margin=sun_below_plus_4, step_s=300, unit="rad"),
        Measure(margin=sun_climbs, step_s=300, unit="rad/s"),
    ),
    "orbital sunset": (
        Measure(margin=sun_above_minus_1, step_s=300, unit="rad"),
        Measure(margin=sun_below_plus_4, step_s=300, unit="rad"),
        Measure(margin=sun_sinks, step_s=300, unit="rad/s"),
    ),
    "over": (
        Measure(margin=station_above_mask, step_s=120, unit="km"),
        Measure(margin=sun_above_site, step_s=3600, unit="sine"),
    ),
    "in contact": (Measure(margin=satellite_above_limb, step_s=300, unit="rad"),),
    "outside saa": (Measure(margin=outside_saa, step_s=30, unit="deg"),),
}
"""Every light aboard; all measures of one must be positive. `in contact` is asked of each relay satellite.

In a season without night the Sun sinks towards the limb and climbs again without setting: what of that lies between
1° below and 4° above still counts as sunset, then sunrise.
"""
