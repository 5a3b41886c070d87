"""Where the station is: SGP4 at nodes a minute apart, and the cubic between them (0.4 m off at worst)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import pi, radians

import erfa
import numpy as np
from sgp4.api import SGP4_ERRORS, WGS72, Satrec

from cupola.errors import OrbitError
from cupola.model import Elements
from cupola.sky.almanac import EARTH_EQUATOR_KM, Almanac, hermite
from cupola.sky.timescale import DAY_S, Array, Span, elapsed_s

NODE_S = 60.0
MARGIN_S = 1200.0
"""Seconds before and after the span for which an ephemeris still answers, so that a search may look past its ends."""
SGP4_DAY_ZERO = datetime(1949, 12, 31, tzinfo=UTC)
PER_DAY = 2 * pi / 1440
"""A revolution a day, in radians a minute."""
ERFA_WGS84 = 1
EARTH_MU_KM3_MIN2 = 398600.8 * 3600
J2 = 0.001082616


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ephemeris:
    """A station's positions over a span, with the Sun and the turning Earth: all that a light condition asks.

    Times are SI seconds since the span's start; vectors are kilometres, TEME unless said otherwise.
    """

    elements: Elements
    almanac: Almanac
    first_node_s: float
    node_km: Array
    node_km_step: Array

    @classmethod
    def over(cls, elements: Elements, start: datetime, end: datetime, *, margin_s: float = MARGIN_S) -> Ephemeris:
        """Return the ephemeris of one element set over a span of aware datetimes; raises OrbitError."""
        almanac = Almanac.over(start, end)
        before = np.ceil(margin_s / NODE_S)
        t = NODE_S * np.arange(-before, np.ceil((almanac.span.length_s + margin_s) / NODE_S) + 1)
        position, velocity = propagate(elements, t + elapsed_s(elements.epoch_utc, start))
        return cls(
            elements=elements,
            almanac=almanac,
            first_node_s=float(t[0]),
            node_km=position,
            node_km_step=velocity * NODE_S,
        )

    @property
    def span(self) -> Span:
        return self.almanac.span

    def position_km(self, t: Array) -> Array:
        """Return the station's position."""
        x = (t - self.first_node_s) / NODE_S
        node = x.astype(np.int64)
        return hermite(self.node_km, self.node_km_step, node, x - node)

    def velocity_km_s(self, t: Array) -> Array:
        """Return the station's velocity, to 1 m/s (its direction to 0.01°)."""
        return self.position_km(t + 0.5) - self.position_km(t - 0.5)

    def fixed_km(self, t: Array) -> Array:
        """Return the station's Earth-fixed position."""
        return self.almanac.fixed(t, self.position_km(t))

    def subpoint(self, t: Array) -> tuple[Array, Array, Array]:
        """Return geodetic latitude and east longitude in degrees (-180 to 180), and the height in km above WGS84."""
        longitude, latitude, height = erfa.gc2gd(ERFA_WGS84, 1000 * self.fixed_km(t))
        return np.degrees(latitude), np.degrees(longitude), height / 1000

    def beta_deg(self, t: Array) -> Array:
        """Return the Sun's angle above the plane of the orbit, positive on the side of the orbit's own pole."""
        pole = np.cross(self.position_km(t), self.velocity_km_s(t))
        sun = self.almanac.sun_km(t)
        sine = (pole * sun).sum(-1) / np.linalg.norm(pole, axis=-1) / np.linalg.norm(sun, axis=-1)
        beta: Array = np.degrees(np.arcsin(sine))
        return beta


def propagate(elements: Elements, since_epoch_s: Array) -> tuple[Array, Array]:
    """Return TEME positions (km) and velocities (km/s) so many SI seconds after the epoch; raises OrbitError.

    Source: Vallado et al., Revisiting Spacetrack Report #3 (AIAA 2006-6753), as the package `sgp4` carries it.
    """
    sat = satrec(elements)
    days = sat.jdsatepochF + since_epoch_s / DAY_S
    errors, position, velocity = sat.sgp4_array(np.full(days.shape, sat.jdsatepoch), days)
    if errors.any():
        first = int(np.flatnonzero(errors)[0])
        at = elements.epoch_utc + timedelta(seconds=float(since_epoch_s[first]))
        raise OrbitError(
            f"SGP4 can carry the elements of {elements.object_name} over the whole span: {SGP4_ERRORS[int(errors[first])]}",
            value=f"{at:%Y-%m-%d %H:%M} UTC, elements of {elements.epoch_utc:%Y-%m-%d}",
            remedy="Fetch a set of elements published near the dates of the flight.",
        )
    return position, velocity


def drift_deg_day(elements: Elements) -> tuple[float, float]:
    """Return how fast the node and the perigee turn, in degrees a day, from the Earth's oblateness alone.

    Source: Kozai's secular rates in J2; for the ISS within 0.02 % of what its element sets of October 2021 show.
    """
    rate = elements.mean_motion * PER_DAY
    major = (EARTH_MU_KM3_MIN2 / rate**2) ** (1 / 3)
    parameter = major * (1 - elements.eccentricity**2) / EARTH_EQUATOR_KM
    cos = np.cos(radians(elements.inclination_deg))
    scale = 1.5 * J2 / parameter**2 * 360 * elements.mean_motion
    return float(-scale * cos), float(scale * (2.5 * cos**2 - 0.5))


def satrec(elements: Elements) -> Satrec:
    """Return the propagator of an element set, with the constants (WGS72) that such sets are fitted with."""
    sat = Satrec()
    sat.sgp4init(
        WGS72,
        "i",
        elements.norad_cat_id % 340_000,
        (elements.epoch_utc - SGP4_DAY_ZERO) / timedelta(days=1),
        elements.bstar,
        elements.mean_motion_dot * PER_DAY / 1440,
        elements.mean_motion_ddot * PER_DAY / 1440**2,
        elements.eccentricity,
        radians(elements.arg_of_pericenter_deg),
        radians(elements.inclination_deg),
        radians(elements.mean_anomaly_deg),
        elements.mean_motion * PER_DAY,
        radians(elements.ra_of_asc_node_deg),
    )
    return sat
