"""What changes slowly along a flight: the Sun's angle to the orbit's plane, the length of the nights, the Moon."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import numpy as np

from cupola.errors import OrbitError
from cupola.model import Clause, Station
from cupola.sky.find import find_spells
from cupola.sky.intervals import Intervals
from cupola.sky.limb import STEP_S, moon_over_limb_deg, sun_edge_below_limb
from cupola.sky.measures import Line, Sight, between
from cupola.sky.moon import moon_lit_percent
from cupola.sky.orbit import Ephemeris, ephemeris_of
from cupola.sky.timescale import Array
from cupola.sky.view import StationView

MINUTE_S = 60.0
BEYOND = timedelta(hours=1)
"""No night in low orbit lasts longer, so one that the span cuts is whole in an hour more."""
TOUCHES_S = 1.0
MOON_STEP_S = 86400.0
"""The lit share of the Moon turns at new and at full."""


def beta_deg(t: Array, view: StationView) -> Array:
    """Return the Sun's angle above the plane of the orbit as it is at the instant, in degrees.

    The plane nods by some 0.01° twice a revolution, so a bound may be crossed several times in a few hours.
    """
    return view.ephemeris.beta_deg(t)


def beta(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the beta angle."""
    return Sight(measures=between(beta_deg, clause, step_s=STEP_S, unit="deg"), view=StationView.of(station, ephemeris))


def moon_over_limb(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the Moon's centre at a height over the limb."""
    measures = between(moon_over_limb_deg, clause, step_s=STEP_S, unit="deg")
    return Sight(measures=measures, view=StationView.of(station, ephemeris))


def moon_lit(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the Moon with so much of its disc lit."""

    def lit(t: Array, view: StationView) -> Array:
        return moon_lit_percent(t, view.ephemeris.almanac)

    return Sight(measures=between(lit, clause, step_s=MOON_STEP_S, unit="%"), view=StationView.of(station, ephemeris))


def eclipse(clause: Clause, station: Station, ephemeris: Ephemeris) -> Intervals:
    """Return the nights whose whole length, in minutes, is within bounds; a night that the span cuts is measured beyond it."""
    nights = nights_of(station, ephemeris)
    low, high = clause.bounds
    minutes = np.diff(whole_nights(nights, station, ephemeris), axis=1).ravel() / MINUTE_S
    return nights[(minutes >= low) & (minutes <= high)]


def nights_of(station: Station, ephemeris: Ephemeris) -> Intervals:
    """Return the passes through the umbra within the span of an ephemeris, in its seconds."""
    view = StationView.of(station, ephemeris)
    margin = partial(_umbra, view)
    return find_spells(margin, span_s=ephemeris.span.length_s, step_s=STEP_S)[0]


def _umbra(view: StationView, t: Array, _row: object) -> Array:
    return sun_edge_below_limb(t, view)


def whole_nights(nights: Intervals, station: Station, ephemeris: Ephemeris) -> Intervals:
    """Return nights with those that an end of the span cuts drawn out to where they really begin and end."""
    whole = nights.copy()
    if len(whole) and whole[0, 0] <= 0:
        whole[0, 0] = _reach(station, ephemeris, 0.0)[0]
    if len(whole) and whole[-1, 1] >= ephemeris.span.length_s:
        whole[-1, 1] = _reach(station, ephemeris, ephemeris.span.length_s)[1]
    return whole


def _reach(station: Station, ephemeris: Ephemeris, at_s: float) -> tuple[float, float]:
    """Return where the night at an end of the span begins and ends; the end itself where no orbit is known beyond."""
    (at,) = ephemeris.span.utc([at_s])
    try:
        around = ephemeris_of(station, at - BEYOND, at + BEYOND)
    except OrbitError:
        return at_s, at_s
    begins = around.span.seconds(at)
    nights = nights_of(station, around)
    here = nights[(nights[:, 0] <= begins + TOUCHES_S) & (begins - TOUCHES_S <= nights[:, 1])]
    return (float(here[0, 0]) - begins + at_s, float(here[-1, 1]) - begins + at_s) if len(here) else (at_s, at_s)


LINES: dict[str, Line] = {
    "beta": beta,
    "eclipse": eclipse,
    "moon over limb": moon_over_limb,
    "moon lit": moon_lit,
}
