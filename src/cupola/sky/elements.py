"""SGP4: element sets to positions and velocities, one by one or at even steps.

Source: Vallado et al., Revisiting Spacetrack Report #3 (AIAA 2006-6753), as the package `sgp4` carries it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import pi, radians

import numpy as np
from sgp4.api import SGP4_ERRORS, WGS72, Satrec

from cupola.errors import OrbitError
from cupola.model import Elements
from cupola.sky.almanac import EARTH_EQUATOR_KM
from cupola.sky.states import lagrange_weights
from cupola.sky.timescale import DAY_S, Array

SGP4_DAY_ZERO = datetime(1949, 12, 31, tzinfo=UTC)
PER_DAY = 2 * pi / 1440
"""A revolution a day, in radians a minute."""
EARTH_MU_KM3_MIN2 = 398600.8 * 3600
J2 = 0.001082616
SPARSE, AROUND, MANY = 4, 12, 30 * 1440
"""Of very many evenly spaced nodes SGP4 is asked for every fourth. Between them goes the polynomial through twelve: at 240 s
it is 3 mm off."""
ROUND, SPARSE_TURN = 0.02, 0.045
"""An orbit more eccentric than this, or one that turns by more of a revolution between sparse nodes, is asked at every node."""


def propagate(elements: Elements, since_epoch_s: Array) -> tuple[Array, Array]:
    """Return TEME positions (km) and velocities (km/s) so many SI seconds after the epoch; raises OrbitError."""
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


def evenly(elements: Elements, since_epoch_s: Array) -> tuple[Array, Array]:
    """Return what `propagate` does for instants of even step; of a month and more quicker. Raises OrbitError.

    The velocities are SGP4's own, as there, although they are up to 2 cm/s off the rate of its positions.
    """
    if len(since_epoch_s) < MANY:
        return propagate(elements, since_epoch_s)
    return _filled(elements, since_epoch_s)


def _filled(elements: Elements, since_epoch_s: Array) -> tuple[Array, Array]:
    """Return positions and velocities at even steps, from those at every fourth."""
    count = len(since_epoch_s)
    first, step_s = float(since_epoch_s[0]), SPARSE * float(since_epoch_s[1] - since_epoch_s[0])
    if elements.eccentricity > ROUND or step_s * elements.mean_motion / DAY_S > SPARSE_TURN:
        return propagate(elements, since_epoch_s)
    runs = count // SPARSE + 1
    before = AROUND // 2 - 1
    known = propagate(elements, first + step_s * np.arange(-before, runs + AROUND - before - 1, dtype=float))
    weights, _ = lagrange_weights(np.arange(float(AROUND)), before + np.arange(SPARSE) / SPARSE)
    dense = [weights @ np.stack([each[k : k + runs] for k in range(AROUND)]).reshape(AROUND, -1) for each in known]
    km, km_s = (each.reshape(SPARSE, runs, 3).swapaxes(0, 1).reshape(-1, 3)[:count] for each in dense)
    return km, km_s


def drift_deg_day(elements: Elements) -> tuple[float, float]:
    """Return how fast the node and the perigee turn, in degrees a day, from the Earth's oblateness alone.

    Source: Kozai's secular rates in J2; for the ISS within 0.02 % of what its element sets of October 2021 show.
    """
    parameter = major_km(elements) * (1 - elements.eccentricity**2) / EARTH_EQUATOR_KM
    cos = np.cos(radians(elements.inclination_deg))
    scale = 1.5 * J2 / parameter**2 * 360 * elements.mean_motion
    return float(-scale * cos), float(scale * (2.5 * cos**2 - 0.5))


def major_km(elements: Elements) -> float:
    """Return the semi-major axis that the mean motion means, without the Earth's oblateness (at a station 2 km less)."""
    return float((EARTH_MU_KM3_MIN2 / (elements.mean_motion * PER_DAY) ** 2) ** (1 / 3))


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
