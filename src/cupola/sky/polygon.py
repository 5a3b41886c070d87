"""A region on the map as a polygon of latitude and longitude, wherever the map is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cupola.errors import LightError
from cupola.sky.timescale import Array


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Polygon:
    """Corners in degrees, longitudes running on without a jump; straight edges on a map of equal degrees."""

    lat_deg: Array
    lon_deg: Array

    @classmethod
    def of(cls, corners: Sequence[tuple[float, float]]) -> Polygon:
        """Return the polygon of (latitude, east longitude) corners, each edge the short way round.

        Longitudes may be counted from -180 or from 0. Raises LightError for fewer than three corners and for a
        region that goes all the way round the Earth.
        """
        if len(corners) < 3:
            raise LightError(
                "a region on the map has at least three corners",
                value=len(corners),
                remedy="Give it as a list of [latitude, east longitude] pairs.",
            )
        lat, lon = np.array(corners, dtype=float).T
        around = np.unwrap(np.append(lon, lon[0]), period=360.0)
        if abs(around[-1] - around[0]) > 1.0:
            raise LightError(
                "a region on the map does not go round a pole",
                value=corners,
                remedy="Give it as a region that leaves some longitude free.",
            )
        return cls(lat_deg=lat, lon_deg=around[:-1])

    @classmethod
    def nowhere(cls) -> Polygon:
        """Return the region without a point: everything is outside it."""
        return cls(lat_deg=np.empty(0), lon_deg=np.empty(0))

    def distance_deg(self, lat_deg: Array, lon_deg: Array) -> Array:
        """Return how far points are from the edge, in degrees of the map: positive outside, negative inside."""
        middle = (self.lon_deg.min() + self.lon_deg.max()) / 2 if len(self.lon_deg) else 0.0
        x = middle + np.mod(lon_deg - middle + 180.0, 360.0) - 180.0
        y = np.asarray(lat_deg)
        nearest = np.full(np.broadcast(x, y).shape, np.inf)
        inside = np.zeros(nearest.shape, dtype=bool)
        corners = list(zip(self.lon_deg, self.lat_deg, strict=True))
        for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
            dx, dy = x2 - x1, y2 - y1
            length = dx * dx + dy * dy
            along = np.clip(((x - x1) * dx + (y - y1) * dy) / length, 0.0, 1.0) if length else 0.0
            np.minimum(nearest, (x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2, out=nearest)
            if dy:
                inside ^= ((y1 > y) != (y2 > y)) & (x < x1 + (y - y1) * (dx / dy))
        distance: Array = np.where(inside, -1.0, 1.0) * np.sqrt(nearest)
        return distance

    def outline(self, spacing_deg: float) -> tuple[Array, Array]:
        """Return points all round the edge, latitudes and longitudes, no farther apart on the map than `spacing_deg`."""
        lat, lon = np.append(self.lat_deg, self.lat_deg[:1]), np.append(self.lon_deg, self.lon_deg[:1])
        way = np.maximum(np.abs(np.diff(lat)), np.abs(np.diff(lon)))
        pieces = np.maximum(np.ceil(way / spacing_deg), 1)
        share = np.concatenate([edge + np.arange(count) / count for edge, count in enumerate(pieces)])
        corner = np.arange(len(lat), dtype=float)
        return np.interp(share, corner, lat), np.interp(share, corner, lon)


def distance_to_any_deg(polygons: Sequence[Polygon], lat_deg: Array, lon_deg: Array) -> Array:
    """Return how far points are from a region of several pieces, in degrees of the map: positive outside all of them."""
    distance = polygons[0].distance_deg(lat_deg, lon_deg)
    for polygon in polygons[1:]:
        distance = np.minimum(distance, polygon.distance_deg(lat_deg, lon_deg))
    return distance
