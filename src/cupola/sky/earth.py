"""Every light on the ground in one table: what looks at the Sun, at Moon and stars, at the water and at the clock.

Altitudes are true ones, without refraction. "Day" alone carries the almanacs' convention: the Sun's centre 0.833° below, for
34' of refraction and 16' of its radius. Lights that ask whether Sun or Moon shows look over the place's own horizon as it is
seen, air included; over a level one that is the same convention.
"""

from __future__ import annotations

from datetime import time

import numpy as np

from cupola.errors import LightError
from cupola.model import Clause, Place
from cupola.sky.almanac import Almanac
from cupola.sky.daylight import SUNLIGHT, Margin, ground_measures, sun_above, sun_below, sun_climbs, sun_east, sun_sinks
from cupola.sky.ground import HORIZON_DEG, STEP_S, GroundView, sun_altitude_deg, sun_azimuth_deg, sun_sine
from cupola.sky.hours import local_hours
from cupola.sky.intervals import Intervals
from cupola.sky.measures import Line, Sight, between
from cupola.sky.nightlight import NIGHTLIGHT
from cupola.sky.tides import check_covers, table_seconds, tide_m
from cupola.sky.timescale import Array
from cupola.sky.zone import zone_of

__all__ = [
    "EARTH",
    "HORIZON_DEG",
    "STEP_S",
    "GroundView",
    "sun_above",
    "sun_altitude_deg",
    "sun_azimuth_deg",
    "sun_below",
    "sun_climbs",
    "sun_east",
    "sun_sine",
    "sun_sinks",
]

TIDE_TURN_S = 60.0
"""The water rises where it is higher half a minute later than half a minute before."""


def tide(clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek the height of the water between bounds, in metres."""
    height, step_s = tide_at(place, almanac)
    return Sight(measures=between(height, clause, step_s=step_s, unit="m"), view=GroundView.of(place, almanac))


def rising_tide(_clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek rising water."""
    return _turning(place, almanac, 1.0)


def falling_tide(_clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek falling water."""
    return _turning(place, almanac, -1.0)


def tide_at(place: Place, almanac: Almanac) -> tuple[Margin, float]:
    """Return the height of the water as a function, and a step in which it turns once; raises LightError without a table."""
    check_covers(place.tides, almanac.span, place.name)
    times_s, heights = table_seconds(place.tides, almanac.span)
    return lambda t, _view: tide_m(t, times_s, heights), min(STEP_S, float(np.diff(times_s).min()))


def _turning(place: Place, almanac: Almanac, sign: float) -> Sight:
    height, step_s = tide_at(place, almanac)

    def rate(t: Array, view: GroundView) -> Array:
        return sign * (height(t + TIDE_TURN_S / 2, view) - height(t - TIDE_TURN_S / 2, view))

    return Sight(measures=ground_measures((rate,), step_s=step_s / 2, unit="m/min"), view=GroundView.of(place, almanac))


def local_time(clause: Clause, place: Place, almanac: Almanac) -> Intervals:
    """Return when the place's clock shows the hours asked for; raises LightError for what is no span of a day."""
    first, dash, last = clause.argument.replace("–", "-").replace("..", "-").partition("-")
    try:
        hours = time.fromisoformat(first.strip()), time.fromisoformat(last.strip())
    except ValueError:
        hours = None
    if not dash or hours is None or any(hour.tzinfo for hour in hours):
        raise LightError(
            "“local time” needs two times of day",
            value=clause.argument,
            remedy='Write local time "06:00-09:30"; past midnight is local time "22:00-02:00".',
        )
    return local_hours(*hours, zone_of(place), almanac.span)


EARTH: dict[str, Line] = {
    **SUNLIGHT,
    **NIGHTLIGHT,
    "tide": tide,
    "rising tide": rising_tide,
    "falling tide": falling_tide,
    "local time": local_time,
}
"""Every light on the ground, by the names of `cupola.model.conditions_ground`; a line may be a function, as aboard."""
