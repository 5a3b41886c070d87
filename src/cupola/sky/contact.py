"""Who hears the station: geostationary relays over the limb, ground stations over their horizon, and the anomaly to avoid.

What is computed is the line of sight. Real relay time is less, by blockage, handover and booking: where there is a booked
schedule, ask `in timetable` as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from cupola.errors import LightError
from cupola.model import Clause, Relay, Station
from cupola.sky.below import STATION_SEEN, unknown_name
from cupola.sky.limb import limb_clearance
from cupola.sky.measures import Line, Measure, Sight
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import Array
from cupola.sky.view import Sites, StationView

RELAY_STEP_S = 300.0
"""A geostationary satellite over the limb turns as the Sun does, twice a revolution."""
SAA_STEP_S = 30.0
"""Seen from the track, the nearest edge of an outline changes at its corners, and those are minutes apart."""


def satellite_above_limb(t: Array, view: StationView) -> Array:
    """Return how far the relay satellite stands above the limb, in radians."""
    return limb_clearance(view.ephemeris.fixed_km(t), view.sites.at_km)


def outside_saa(t: Array, view: StationView) -> Array:
    """Return how many degrees the ground track is from the edge of the anomaly, positive outside."""
    latitude, longitude, _ = view.ephemeris.subpoint(t)
    return view.saa.distance_deg(latitude, longitude)


def inside_saa(t: Array, view: StationView) -> Array:
    """Return how many degrees the ground track is inside the edge of the anomaly."""
    return -outside_saa(t, view)


DISH_SEES = (STATION_SEEN,)
RELAY_SEES = (Measure(margin=satellite_above_limb, step_s=RELAY_STEP_S, unit="rad"),)
OUTSIDE_SAA = (Measure(margin=outside_saa, step_s=SAA_STEP_S, unit="deg"),)
INSIDE_SAA = (Measure(margin=inside_saa, step_s=SAA_STEP_S, unit="deg"),)


def in_contact(clause: Clause, station: Station, ephemeris: Ephemeris) -> list[Sight]:
    """Return the sights of the station from its relay satellites and from its dishes; raises LightError without any."""
    if not station.relays:
        raise LightError(
            f"“{clause.condition}” needs a relay satellite or ground station that {station.name} can be heard by",
            value=str(clause),
            remedy="Add at least one relay to the station: a longitude for a geostationary one, a latitude too for a dish.",
        )
    return _heard_by(station.relays, station, ephemeris)


def contact_with(clause: Clause, station: Station, ephemeris: Ephemeris) -> list[Sight]:
    """Return the sight of the station from the relay of a name; raises LightError for one it does not have."""
    wanted = clause.argument.casefold()
    relays = [relay for relay in station.relays if relay.name.casefold() == wanted]
    if not relays:
        raise unknown_name(clause, station, "relay", [relay.name for relay in station.relays])
    return _heard_by(relays, station, ephemeris)


def _heard_by(relays: Sequence[Relay], station: Station, ephemeris: Ephemeris) -> list[Sight]:
    seen = ((RELAY_SEES, Sites.of_satellites(relays)), (DISH_SEES, Sites.of_stations(relays)))
    return [
        Sight(measures=measures, view=StationView.of(station, ephemeris, sites), rows=len(sites))
        for measures, sites in seen
        if len(sites)
    ]


def clear_of_saa(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the anomaly from the ground track; raises LightError for a station without its outline."""
    return _of_saa(clause, station, ephemeris, OUTSIDE_SAA)


def in_saa(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the ground track inside the anomaly; raises LightError for a station without its outline."""
    return _of_saa(clause, station, ephemeris, INSIDE_SAA)


def _of_saa(clause: Clause, station: Station, ephemeris: Ephemeris, measures: Sequence[Measure[StationView]]) -> Sight:
    if not station.saa:
        raise LightError(
            f"“{clause.condition}” needs the outline of the South Atlantic Anomaly for {station.name}",
            value=str(clause),
            remedy="Give the station `saa` as a list of [latitude, east longitude] corners.",
        )
    return Sight(measures=measures, view=StationView.of(station, ephemeris))


LINES: dict[str, Line] = {
    "in contact": in_contact,
    "contact with": contact_with,
    "outside saa": clear_of_saa,
    "inside saa": in_saa,
}
