"""How much of the Moon is lit, and whether it grows: the same for everybody on Earth and near it."""

from __future__ import annotations

import numpy as np

from cupola.sky.almanac import Almanac
from cupola.sky.timescale import Array
from cupola.sky.vectors import dot, norm

OBLIQUITY_RAD = np.radians(23.4366)
PHASES = (
    "new",
    "waxing crescent",
    "first quarter",
    "waxing gibbous",
    "full",
    "waning gibbous",
    "last quarter",
    "waning crescent",
)


def moon_lit_percent(t: Array, almanac: Almanac) -> Array:
    """Return how much of the Moon's disc is lit, seen from the Earth's centre: 0 to 100."""
    moon, sun = almanac.moon_km(t), almanac.sun_km(t)
    to_sun = sun - moon
    cosine = -dot(to_sun, moon) / (norm(to_sun) * norm(moon))
    lit: Array = 50.0 * (1 + cosine)
    return lit


def elongation_deg(t: Array, almanac: Almanac) -> Array:
    """Return how far the Moon is ahead of the Sun along the ecliptic: 0 new, 90 first quarter, 180 full, 270 last quarter."""
    moon, sun = (_ecliptic_longitude(body) for body in (almanac.moon_km(t), almanac.sun_km(t)))
    return np.degrees(moon - sun) % 360.0


def moon_grows(t: Array, almanac: Almanac) -> Array:
    """Return the sine of the Moon's way ahead of the Sun: positive while it waxes."""
    return np.sin(np.radians(elongation_deg(t, almanac)))


def phase_name(elongation: float) -> str:
    """Name a phase from the Moon's way ahead of the Sun; the four turns of a month hold for about a day.

    >>> phase_name(2), phase_name(45), phase_name(91), phase_name(200)
    ('new', 'waxing crescent', 'first quarter', 'waning gibbous')
    """
    quarter = elongation / 90.0
    nearest = round(quarter)
    if abs(quarter - nearest) < 0.07:
        return PHASES[2 * nearest % 8]
    return PHASES[2 * int(quarter) % 8 + 1]


def _ecliptic_longitude(body: Array) -> Array:
    """Return the longitude along the ecliptic of date, in radians, of a vector of the equator."""
    x, y, z = body[..., 0], body[..., 1], body[..., 2]
    longitude: Array = np.arctan2(y * np.cos(OBLIQUITY_RAD) + z * np.sin(OBLIQUITY_RAD), x)
    return longitude
