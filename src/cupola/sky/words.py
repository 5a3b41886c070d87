"""What a person behind a camera wants to know of each spell of light, in words and degrees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cupola.model import Clause, Station
from cupola.sky.aboard_words import SAYS
from cupola.sky.conditions import (
    Sites,
    StationView,
    dot,
    norm,
    satellite_above_limb,
    station_above_mask,
    sun_altitude_sine,
    sun_clearance,
)
from cupola.sky.ground_words import OnGround
from cupola.sky.intervals import Intervals
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import Array

__all__ = ["Aboard", "Facts", "OnGround", "sun_off_bow"]

Facts = list[str]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Aboard:
    """What there is to say of the light aboard: the station and its ephemeris."""

    station: Station
    ephemeris: Ephemeris

    def facts(self, clause: Clause, spells: Intervals) -> Facts:
        """Return a remark on each spell of one clause, as it is midway."""
        if clause.condition in SAYS:
            return SAYS[clause.condition](clause, self.station, self.ephemeris, spells.mean(axis=1))
        say = ABOARD.get(clause.condition)
        return say(self, clause, spells.mean(axis=1)) if say else [""] * len(spells)

    def state(self, clause: Clause, at_s: float) -> str:
        """Return how things stand at one instant, for a clause that does not hold then; empty where nobody wrote the words."""
        t = np.array([at_s])
        if clause.condition in SAYS:
            return SAYS[clause.condition](clause, self.station, self.ephemeris, t)[0]
        if clause.condition.startswith("orbital"):
            angle = float(_sun_deg(self, t)[0])
            return f"the Sun's centre is {_against(angle, 'limb')}"
        if clause.condition == "over":
            elevation, sun = (float(angle[0]) for angle in _seen_from_target(self, clause, t))
            return f"the station is {_against(elevation, 'horizon')} there and the Sun {_against(sun, 'horizon')}"
        return AMISS.get(clause.condition, "")


def sun_off_bow(ephemeris: Ephemeris, t: Array) -> Facts:
    """Return where the Sun stands across the flight direction: degrees to port or starboard of bow or stern."""
    position, velocity, sun = ephemeris.position_km(t), ephemeris.velocity_km_s(t), ephemeris.almanac.sun_km(t)
    port = np.cross(position, velocity)
    ahead = np.cross(port, position)
    angle = np.degrees(np.arctan2(dot(sun, port) / norm(port), dot(sun, ahead) / norm(ahead)))
    return [_bearing(value) for value in angle.tolist()]


def _bearing(port_deg: float) -> str:
    side = "port" if port_deg > 0 else "starboard"
    off_bow = abs(port_deg)
    return f"{off_bow:.0f}° to {side} of the bow" if off_bow <= 90 else f"{180 - off_bow:.0f}° to {side} of the stern"


def _day(seen: Aboard, _clause: Clause, t: Array) -> Facts:
    return [f"Sun {angle:.0f}° over the limb midway" for angle in _sun_deg(seen, t).tolist()]


def _night(seen: Aboard, _clause: Clause, t: Array) -> Facts:
    return [f"Sun {-angle:.0f}° under the limb midway" for angle in _sun_deg(seen, t).tolist()]


def _sunrise(seen: Aboard, _clause: Clause, t: Array) -> Facts:
    return [f"Sun 1° below to 4° above the limb, {bearing}" for bearing in sun_off_bow(seen.ephemeris, t)]


def _sunset(seen: Aboard, _clause: Clause, t: Array) -> Facts:
    return [f"Sun 4° above to 1° below the limb, {bearing}" for bearing in sun_off_bow(seen.ephemeris, t)]


def _over(seen: Aboard, clause: Clause, t: Array) -> Facts:
    rows = zip(*(angle.tolist() for angle in _seen_from_target(seen, clause, t)), strict=True)
    return [f"passing {high:.0f}° high there, Sun {up:.0f}° high" for high, up in rows]


def _seen_from_target(seen: Aboard, clause: Clause, t: Array) -> tuple[Array, Array]:
    """Return how high the station and the Sun stand over the horizon of a target, in degrees."""
    target = seen.station.target(clause.argument)
    site = Sites.of_targets(() if target is None else (target,))
    ray = seen.ephemeris.fixed_km(t) - site.at_km
    sun = sun_altitude_sine(seen.ephemeris.almanac.sun_fixed_km(t), site.at_km, site.up)
    return np.degrees(np.arcsin(dot(ray, site.up) / norm(ray))), np.degrees(np.arcsin(sun))


def _contact(seen: Aboard, _clause: Clause, t: Array) -> Facts:
    relays = [relay for relay in seen.station.relays if relay.lat_deg is None]
    dishes = [relay for relay in seen.station.relays if relay.lat_deg is not None]
    heard = np.concatenate(
        (
            _row_margins(seen, Sites.of_satellites(relays), satellite_above_limb, t),
            _row_margins(seen, Sites.of_stations(dishes), station_above_mask, t),
        )
    )
    names = [relay.name for relay in (*relays, *dishes)]
    by = [", ".join(name for name, sees in zip(names, column, strict=True) if sees) for column in (heard.T > 0).tolist()]
    return [f"by {names_now}" for names_now in by]


def _row_margins(seen: Aboard, sites: Sites, margin: Callable[[Array, StationView], Array], t: Array) -> Array:
    """Return a margin at all times (columns) for all sites (rows)."""
    if not len(sites):
        return np.empty((0, len(t)))
    view = StationView.of(seen.station, seen.ephemeris, sites)
    return np.broadcast_to(margin(t[None, :], view.at(np.arange(len(sites))[:, None])), (len(sites), len(t)))


def _outside(_seen: Aboard, _clause: Clause, t: Array) -> Facts:
    return ["South Atlantic Anomaly"] * len(t)


def _sun_deg(seen: Aboard, t: Array) -> Array:
    return np.degrees(sun_clearance(t, StationView.of(seen.station, seen.ephemeris)))


def _against(angle_deg: float, edge: str) -> str:
    return f"{abs(angle_deg):.1f}° {'above' if angle_deg > 0 else 'below'} the {edge}"


ABOARD: dict[str, Callable[[Aboard, Clause, Array], Facts]] = {
    "orbital day": _day,
    "orbital night": _night,
    "orbital sunrise": _sunrise,
    "orbital sunset": _sunset,
    "over": _over,
    "in contact": _contact,
    "outside saa": _outside,
}

AMISS = {
    "in contact": "the Earth is between the station and every relay",
    "outside saa": "the ground track is inside the South Atlantic Anomaly",
    "sea below": "land is below",
    "land below": "sea is below",
    "crew day": "nobody who is asked for is at work",
    "in timetable": "no entry of the timetable is running",
    "out of timetable": "an entry of the timetable is running",
}
