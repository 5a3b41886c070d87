"""Each light aboard a station as plain functions of time, positive where it holds, in one table.

A `Measure` is one such function with the step on which it may be sampled without a turn being lost, and its unit.
`ORBIT[condition]` is the tuple of measures that must all be positive, or a function that makes what a clause seeks out of
its arguments and bounds (see `measures`). A new light is a function, a line in the table of its module, and its words in
`cupola.model.conditions_aboard`.
"""

from __future__ import annotations

from cupola.sky import aurora, below, contact, crew_hours, glint, land, limb, panes, season
from cupola.sky.below import OVER, STATION_SEEN, station_above_mask, sun_above_site, sun_altitude_sine
from cupola.sky.contact import DISH_SEES, OUTSIDE_SAA, RELAY_SEES, outside_saa, satellite_above_limb
from cupola.sky.limb import limb_clearance, sun_clearance, sun_edge_above_limb, sun_edge_below_limb
from cupola.sky.measures import Line
from cupola.sky.timescale import Array
from cupola.sky.vectors import dot, norm
from cupola.sky.view import Sites, StationView

__all__ = [
    "DISH_SEES",
    "ORBIT",
    "OUTSIDE_SAA",
    "OVER",
    "RELAY_SEES",
    "STATION_SEEN",
    "Sites",
    "StationView",
    "dot",
    "limb_clearance",
    "norm",
    "north_of_equator",
    "outside_saa",
    "satellite_above_limb",
    "station_above_mask",
    "sun_above_site",
    "sun_altitude_sine",
    "sun_clearance",
    "sun_edge_above_limb",
    "sun_edge_below_limb",
]


def north_of_equator(t: Array, view: StationView) -> Array:
    """Return how many km the station is north of the equator: an ascending node is where this turns positive."""
    return view.ephemeris.position_km(t)[..., 2]


ORBIT: dict[str, Line] = {
    **limb.LINES,
    **below.LINES,
    **contact.LINES,
    **panes.LINES,
    **glint.LINES,
    **season.LINES,
    **aurora.LINES,
    **land.LINES,
    **crew_hours.LINES,
}
"""Every light aboard, by the names of `cupola.model.conditions_aboard`."""
