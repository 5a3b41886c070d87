"""How far a window may be off, from the age of the orbital elements it was computed with.

Source: 493 successive element sets of the ISS, January to June 2017, each carried forward and compared with the set
then published: the along-track error in seconds, which is what moves the edge of a window.
"""

from __future__ import annotations

from math import log

import numpy as np

from cupola.model import Elements
from cupola.sky.timescale import Array

AGE_DAYS = np.array([1.0, 3.0, 7.0, 12.0])
MEDIAN_S = np.array([0.1, 0.6, 3.8, 14.0])
P95_S = np.array([1.0, 26.0, 107.0, 227.0])
LEAST_S = 1.0
"""No edge is promised better than this: shadow model, rounding, and the hand on the button."""


def edge_s(age_days: Array, elements: Elements) -> Array:
    """Return by how many seconds either edge may be off: the median error at that age, and at least 1 s.

    The median, because the tail is made by reboosts. Those are announced, and are met by re-timing from a fresh set;
    planning for them (`edge_p95_s`) would rule out every sunrise after the fourth day.
    """
    return np.maximum(LEAST_S, _grown(age_days, MEDIAN_S, elements))


def edge_p95_s(age_days: Array, elements: Elements) -> Array:
    """Return the error that one forecast in twenty exceeds at that age, reboosts included; at least 1 s."""
    return np.maximum(LEAST_S, _grown(age_days, P95_S, elements))


def _grown(age_days: Array, error_s: Array, elements: Elements) -> Array:
    """Interpolate the logarithm of the error; past the table it grows as a power of age, to half a revolution."""
    age = np.maximum(age_days, AGE_DAYS[0])
    within = np.exp(np.interp(age, AGE_DAYS, np.log(error_s)))
    power = log(error_s[-1] / error_s[-2]) / log(AGE_DAYS[-1] / AGE_DAYS[-2])
    beyond = np.maximum(age / AGE_DAYS[-1], 1.0) ** power
    error: Array = np.minimum(within * beyond, 43200.0 / elements.mean_motion)
    return error
