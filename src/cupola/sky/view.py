"""What a light aboard looks at: the station on its way, points that turn with the Earth, and the anomaly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import erfa
import numpy as np

from cupola.model import Relay, Station, Target
from cupola.sky.almanac import EARTH_EQUATOR_KM, EARTH_FLATTENING
from cupola.sky.find import Rows
from cupola.sky.orbit import ERFA_WGS84, Ephemeris
from cupola.sky.polygon import Polygon
from cupola.sky.timescale import Array

GEOSTATIONARY_KM = 42164.17


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
        return cls(at_km=at, up=upright(lat, lon), mask=np.sin(mask), daylight=np.sin(daylight))

    @classmethod
    def joined(cls, parts: Sequence[Sites]) -> Sites:
        """Return the sites of several sets as one set, in their order."""
        return cls(**{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(cls)})

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


def upright(lat_rad: Array, lon_rad: Array) -> Array:
    """Return the local vertical (Earth-fixed unit vectors) at geodetic latitudes and longitudes."""
    return np.stack((np.cos(lat_rad) * np.cos(lon_rad), np.cos(lat_rad) * np.sin(lon_rad), np.sin(lat_rad)), axis=-1)


def surface_km(up: Array) -> Array:
    """Return the points of WGS84, Earth-fixed, whose local verticals these are."""
    axes = np.array([EARTH_EQUATOR_KM, EARTH_EQUATOR_KM, EARTH_EQUATOR_KM * (1 - EARTH_FLATTENING)])
    scaled = up * axes
    found: Array = scaled * axes / np.linalg.norm(scaled, axis=-1, keepdims=True)
    return found
