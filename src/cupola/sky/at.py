"""The sky at one instant: aboard a station, or at a place on the ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from cupola.errors import CupolaError
from cupola.model import Clause, Light, Pane, Place, Relay, Station, SunTimes, Target
from cupola.sky.almanac import Almanac
from cupola.sky.attitude import closed_spells, pane_frame, seen_margin
from cupola.sky.below import elevation_deg, nadir_sun_deg, sun_there_deg
from cupola.sky.bodies import bodies_of
from cupola.sky.contact import outside_saa, satellite_above_limb
from cupola.sky.exposure import Exposure, exposures
from cupola.sky.ground import (
    GroundView,
    altitude_deg,
    azimuth_deg,
    moon_altitude_deg,
    moon_azimuth_deg,
    moon_shows_deg,
    ray_to,
    sun_altitude_deg,
    sun_azimuth_deg,
    sun_shows_deg,
)
from cupola.sky.limb import disc_above_limb as disc
from cupola.sky.limb import moon_over_limb_deg, sun_edge_above_limb, sun_over_limb_deg
from cupola.sky.moon import elongation_deg, moon_lit_percent, phase_name
from cupola.sky.orbit import Ephemeris, ephemeris_of
from cupola.sky.stars import GALACTIC_CENTRE
from cupola.sky.sun import sun_times
from cupola.sky.timescale import Array
from cupola.sky.trust import Trust, trust_of
from cupola.sky.vectors import dot, norm
from cupola.sky.view import Sites, StationView
from cupola.sky.windows import windows_for
from cupola.sky.words import sun_off_bow
from cupola.sky.zone import zone_of

MEAN_RADIUS_KM = 6371.0
AHEAD = timedelta(hours=3)
"""How far ahead events are looked for: two revolutions."""
MOST_TARGETS = 3
NOW = np.array([0.0])

TURNS = (
    ("umbra", "the last of the Sun goes", "first light"),
    ("full sun", "the whole Sun is up", "the Sun begins to set"),
    ("outside saa", "leaves the South Atlantic Anomaly", "enters the South Atlantic Anomaly"),
    ("in contact", "AOS: contact begins", "LOS: contact ends"),
)
"""A condition, and what it is called when it begins and when it ends."""

TWILIGHTS = ((-0.833, "day"), (-6.0, "civil twilight"), (-12.0, "nautical twilight"), (-18.0, "astronomical twilight"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that is about to happen; `edge_s` is by how many seconds it may come early or late."""

    what: str
    at_utc: datetime
    edge_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PaneLight:
    """Sun and Moon as a pane has them: degrees off its normal; `sun_in` while the Sun shines in through open glass."""

    id: str
    name: str
    sun_off_deg: float
    moon_off_deg: float
    sun_in: bool
    moon_in: bool
    is_shut: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetBelow:
    """A named place on the ground: how far from the point below, how high the station stands there, and the Sun."""

    name: str
    distance_km: float
    elevation_deg: float
    sun_deg: float


@dataclass(frozen=True, kw_only=True, slots=True)
class SkyAboard:
    """The sky at one instant aboard; degrees, east longitude -180 to 180. `solar_h` is the Sun's own time at the point below.

    `illumination` is day, penumbra or umbra. `contacts` are the relays in line of sight; `in_saa` is None where no
    outline of the anomaly is known.
    """

    station: str
    at_utc: datetime
    illumination: str
    sun_over_limb_deg: float
    sun_bearing: str
    beta_deg: float
    moon_over_limb_deg: float
    moon_phase: str
    moon_lit_percent: float
    panes: tuple[PaneLight, ...]
    lat_deg: float
    lon_deg: float
    height_km: float
    sun_below_deg: float
    solar_h: float
    targets: tuple[TargetBelow, ...]
    contacts: tuple[str, ...]
    in_saa: bool | None
    events: tuple[Event, ...]
    exposures: tuple[Exposure, ...]
    trust: Trust


@dataclass(frozen=True, kw_only=True, slots=True)
class SkyOnGround:
    """The sky at one instant on the ground: true altitudes and azimuths in degrees, and the times of the local date.

    `sun_shows` and `moon_shows` are whether their upper edge is above the place's own horizon. `core` is the altitude and
    azimuth of the Milky Way's centre.
    """

    place: str
    at_utc: datetime
    tz: str
    phase: str
    sun_altitude_deg: float
    sun_azimuth_deg: float
    sun_shows: bool
    moon_altitude_deg: float
    moon_azimuth_deg: float
    moon_shows: bool
    moon_phase: str
    moon_lit_percent: float
    core_altitude_deg: float
    core_azimuth_deg: float
    times: SunTimes


def sky_aboard(station: Station, at_utc: datetime) -> SkyAboard:
    """Return the sky at an aware instant aboard a station; raises OrbitError where no orbit file covers it."""
    ephemeris = ephemeris_of(station, at_utc, at_utc + timedelta(seconds=1))
    view = StationView.of(station, ephemeris)
    latitude, longitude, height = (float(each[0]) for each in ephemeris.subpoint(NOW))
    trust = trust_of(Light(), NOW.repeat(2)[None, :], station, ephemeris)[0]
    sun_below = _one(nadir_sun_deg, view)
    lit = float(moon_lit_percent(NOW, ephemeris.almanac)[0])
    illumination = _illumination(view)
    return SkyAboard(
        station=station.name,
        at_utc=at_utc,
        illumination=illumination,
        sun_over_limb_deg=_one(sun_over_limb_deg, view),
        sun_bearing=sun_off_bow(ephemeris, NOW)[0],
        beta_deg=float(ephemeris.beta_deg(NOW)[0]),
        moon_over_limb_deg=_one(moon_over_limb_deg, view),
        moon_phase=phase_name(float(elongation_deg(NOW, ephemeris.almanac)[0])),
        moon_lit_percent=lit,
        panes=tuple(_pane(pane, station, ephemeris, view) for pane in station.panes),
        lat_deg=latitude,
        lon_deg=longitude,
        height_km=height,
        sun_below_deg=sun_below,
        solar_h=_solar_h(longitude, ephemeris.almanac),
        targets=_targets(station, ephemeris, latitude, longitude),
        contacts=_contacts(station, ephemeris),
        in_saa=_one(outside_saa, view) < 0 if station.saa else None,
        events=tuple(sorted(_events(station, at_utc), key=lambda event: event.at_utc)),
        exposures=exposures(sunlit=illumination != "umbra", sun_below_deg=sun_below, moon_lit_percent=lit),
        trust=trust,
    )


def sky_on_ground(place: Place, at_utc: datetime) -> SkyOnGround:
    """Return the sky at an aware instant at a place on Earth; raises LightError for an unknown time zone."""
    almanac = Almanac.over(at_utc, at_utc + timedelta(seconds=1), bodies_of(place.bodies))
    view = GroundView.of(place, almanac)
    core = ray_to(GALACTIC_CENTRE)(NOW, view)
    altitude = float(sun_altitude_deg(NOW, view)[0])
    return SkyOnGround(
        place=place.id,
        at_utc=at_utc,
        tz=place.tz,
        phase=day_phase(altitude),
        sun_altitude_deg=altitude,
        sun_azimuth_deg=float(sun_azimuth_deg(NOW, view)[0]),
        sun_shows=bool(sun_shows_deg(NOW, view)[0] > 0),
        moon_altitude_deg=float(moon_altitude_deg(NOW, view)[0]),
        moon_azimuth_deg=float(moon_azimuth_deg(NOW, view)[0]),
        moon_shows=bool(moon_shows_deg(NOW, view)[0] > 0),
        moon_phase=phase_name(float(elongation_deg(NOW, almanac)[0])),
        moon_lit_percent=float(moon_lit_percent(NOW, almanac)[0]),
        core_altitude_deg=float(altitude_deg(core, view)[0]),
        core_azimuth_deg=float(azimuth_deg(core, view)[0]),
        times=sun_times(place, at_utc.astimezone(zone_of(place)).date()),
    )


def day_phase(sun_altitude_deg: float) -> str:
    """Name the part of a day by the Sun's true altitude, golden and blue hour with it.

    >>> day_phase(30), day_phase(3), day_phase(-5), day_phase(-30)
    ('day', 'day, golden hour', 'civil twilight, blue hour', 'night')
    """
    name = next((name for least, name in TWILIGHTS if sun_altitude_deg > least), "night")
    hour = "golden hour" if -4 < sun_altitude_deg < 6 else "blue hour" if -6 < sun_altitude_deg <= -4 else ""
    return f"{name}, {hour}" if hour else name


def _one(margin: Callable[[Array, Any], Array], view: StationView) -> float:
    return float(np.ravel(margin(NOW, view))[0])


def _illumination(view: StationView) -> str:
    if _one(sun_edge_above_limb, view) <= 0:
        return "umbra"
    return "penumbra" if float(disc(NOW, view, part=-1.0)[0]) <= 0 else "day"


def _solar_h(longitude_deg: float, almanac: Almanac) -> float:
    """Return the Sun's own time at a longitude, in hours: 12 where it stands in the meridian."""
    x, y, _ = almanac.sun_fixed_km(NOW)[0]
    return float((12 + (longitude_deg - np.degrees(np.arctan2(y, x))) / 15) % 24)


def _pane(pane: Pane, station: Station, ephemeris: Ephemeris, view: StationView) -> PaneLight:
    frame = pane_frame(station, pane, ephemeris, NOW)
    here = ephemeris.position_km(NOW)
    sun, moon = ephemeris.almanac.sun_km(NOW) - here, ephemeris.almanac.moon_km(NOW) - here
    shut = closed_spells(pane, ephemeris.span)
    is_shut = bool(len(shut) and shut[0][0] <= 0)
    lit = _one(sun_edge_above_limb, view) > 0
    return PaneLight(
        id=pane.id,
        name=pane.name,
        sun_off_deg=_off_deg(frame, sun),
        moon_off_deg=_off_deg(frame, moon),
        sun_in=not is_shut and lit and bool(seen_margin(pane, frame, sun)[0] > 0),
        moon_in=not is_shut and _one(moon_over_limb_deg, view) > 0 and bool(seen_margin(pane, frame, moon)[0] > 0),
        is_shut=is_shut,
    )


def _off_deg(frame: Array, direction: Array) -> float:
    cosine = dot(frame[..., 2, :], direction) / norm(direction)
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1)))[0])


def _targets(station: Station, ephemeris: Ephemeris, lat: float, lon: float) -> tuple[TargetBelow, ...]:
    def below(target: Target) -> TargetBelow:
        view = StationView.of(station, ephemeris, Sites.of_targets((target,)))
        return TargetBelow(
            name=target.name,
            distance_km=_distance_km(lat, lon, target.lat_deg, target.lon_deg),
            elevation_deg=_one(elevation_deg, view),
            sun_deg=_one(sun_there_deg, view),
        )

    nearest = sorted(station.targets, key=lambda each: _distance_km(lat, lon, each.lat_deg, each.lon_deg))
    return tuple(below(target) for target in nearest[:MOST_TARGETS])


def _distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the way between two points on a round Earth."""
    a, b, turn = np.radians(lat), np.radians(lat2), np.radians(lon2 - lon)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(turn / 2) ** 2
    return float(2 * MEAN_RADIUS_KM * np.arcsin(np.sqrt(half)))


def _contacts(station: Station, ephemeris: Ephemeris) -> tuple[str, ...]:
    return tuple(relay.name for relay in station.relays if _hears(relay, station, ephemeris))


def _hears(relay: Relay, station: Station, ephemeris: Ephemeris) -> bool:
    if relay.lat_deg is None:
        return _one(satellite_above_limb, StationView.of(station, ephemeris, Sites.of_satellites((relay,)))) > 0
    view = StationView.of(station, ephemeris, Sites.of_stations((relay,)))
    return _one(elevation_deg, view) > relay.min_elevation_deg


def _events(station: Station, at_utc: datetime) -> Iterator[Event]:
    """Yield what begins and ends within the next two revolutions; nothing where the orbit is known no farther."""
    named = {Light(clauses=(Clause(condition=name),)): words for name, *words in _turns(station)}
    named |= {
        Light(clauses=(Clause(condition="over", argument=target.name),)): [f"pass over {target.name} begins", ""]
        for target in station.targets
    }
    try:
        found = windows_for(named, station, start=at_utc, end=at_utc + AHEAD)
    except CupolaError:
        return
    for light, (begins, ends) in named.items():
        for window in found[light]:
            if begins and window.open_utc > at_utc:
                yield Event(what=begins, at_utc=window.open_utc, edge_s=window.edge_s)
            if ends and window.close_utc < at_utc + AHEAD:
                yield Event(what=ends, at_utc=window.close_utc, edge_s=window.edge_s)


def _turns(station: Station) -> Iterator[tuple[str, str, str]]:
    """Yield the turns that can be asked of a station."""
    for turn in TURNS:
        if (turn[0] != "outside saa" or station.saa) and (turn[0] != "in contact" or station.relays):
            yield turn
