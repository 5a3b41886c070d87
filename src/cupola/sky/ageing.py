"""How far a window may be off, from the age of the orbital elements it was computed with, and from burns they do not know.

Source of the table: 493 successive element sets of the ISS, January to June 2017, each carried forward and compared with the
set then published: the along-track error in seconds, which is what moves the edge of a window. A production may bring its own.

A published ephemeris ages by the same table, counted from when it was made: the drag of the coming days is as hard to foretell
for its maker as for anybody, and nobody has published how well it was met. What it does better is to hold the planned burns.
"""

from __future__ import annotations

from math import log

import numpy as np

from cupola.model import AgeError, Elements, Station
from cupola.sky.timescale import DAY_S, Array

ISS_2017 = (
    AgeError(age_days=1, median_s=0.1, p95_s=1),
    AgeError(age_days=3, median_s=0.6, p95_s=26),
    AgeError(age_days=7, median_s=3.8, p95_s=107),
    AgeError(age_days=12, median_s=14, p95_s=227),
)
LEAST_S = 1.0
"""No edge is promised better than this: shadow model, rounding, and the hand on the button."""
AIR_S = 3.0
"""How well the air of a standard day foretells a sunrise through a grazing height; the weather up there is not known."""

USUAL_BURN_M_S = 0.5
"""A burn of unknown size counts as a usual reboost: that of October 2021 was 0.43 m/s (by the fall of the mean motion), the
one in NASA's ephemeris of 11 February 2022 is 0.4 m/s."""
PLANNED_SHARE = 0.05
"""By how much of itself a planned burn may be missed: an estimate."""
EARTH_KM3_S2 = 398600.4418


def edge_s(age_days: Array, elements: Elements, station: Station | None = None) -> Array:
    """Return by how many seconds either edge may be off: the planned quantile of the error at that age, and at least 1 s.

    The median unless the station says p95, because the tail is made by reboosts. Those are announced, and are met by
    re-timing from a fresh set; planning for them would rule out every sunrise after the fourth day.
    """
    by = "p95_s" if station and station.plan_with == "p95" else "median_s"
    return np.maximum(LEAST_S, _grown(age_days, by, elements, station))


def edge_p95_s(age_days: Array, elements: Elements, station: Station | None = None) -> Array:
    """Return the error that one forecast in twenty exceeds at that age, reboosts included; at least 1 s."""
    return np.maximum(LEAST_S, _grown(age_days, "p95_s", elements, station))


def burn_s(dv_m_s: float, since_s: Array, elements: Elements) -> Array:
    """Return how many seconds late or early a station comes so long after a burn along its path: 3 dv t / v.

    Source: the secular part of the Clohessy-Wiltshire equations; a burn across the path moves it less. Half a revolution at
    most.
    """
    turn_rad_s = elements.mean_motion * 2 * np.pi / DAY_S
    speed_m_s = 1000 * (EARTH_KM3_S2 * turn_rad_s) ** (1 / 3)
    late: Array = np.minimum(3 * abs(dv_m_s) * np.abs(since_s) / speed_m_s, _half_turn_s(elements))
    return late


def _grown(age_days: Array, by: str, elements: Elements, station: Station | None) -> Array:
    """Interpolate the logarithm of the error; past the table it grows as a power of age, to half a revolution."""
    rows = (station.error_table if station else ()) or ISS_2017
    days = np.array([row.age_days for row in rows])
    error_s = np.array([getattr(row, by) for row in rows])
    age = np.maximum(age_days, days[0])
    within = np.exp(np.interp(age, days, np.log(error_s)))
    power = log(error_s[-1] / error_s[-2]) / log(days[-1] / days[-2])
    beyond = np.maximum(age / days[-1], 1.0) ** power
    error: Array = np.minimum(within * beyond, _half_turn_s(elements))
    return error


def _half_turn_s(elements: Elements) -> float:
    return DAY_S / 2 / elements.mean_motion
