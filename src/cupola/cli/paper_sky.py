"""The sky that call sheets print, asked of the sky room: Sun over places, flights, contacts, and the Sun at each roll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cupola.errors import OrbitError

if TYPE_CHECKING:
    from cupola.model import Day, FlightSky, Place, Production, Station, Strip, SunTimes, Unit
    from cupola.paper.callsheet_sky import Passes, RollSky


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSky:
    """Everything above the days of a sheet or a book."""

    suns: tuple[SunTimes, ...]
    flights: tuple[FlightSky, ...]
    passes: tuple[Passes, ...]
    rolls: dict[str, RollSky]


def paper_sky(production: Production, days: Sequence[Day]) -> PaperSky:
    """Return the sky of some days of a board."""
    units = [unit for unit in production.units if unit.station and any(day.unit == unit.id for day in days)]
    return PaperSky(
        suns=tuple(suns_of(production, days)),
        flights=tuple(flights_of(production, days)),
        passes=tuple(_passes(unit, days) for unit in units),
        rolls={strip.id: roll for day in days for strip in day.strips if (roll := _roll(production, day, strip))},
    )


def suns_of(production: Production, days: Sequence[Day]) -> list[SunTimes]:
    """Return the Sun over every place on Earth that a day uses."""
    from cupola.sky import sun_times

    asked = {(strip.place, day.date) for day in days if not production.unit(day.unit).is_orbit for strip in day.strips}
    return [sun_times(production.place(place), on) for place, on in sorted(asked)]


def flights_of(production: Production, days: Sequence[Day]) -> list[FlightSky]:
    """Return the sky of the whole flight for every station that a day uses."""
    from cupola.sky import flight_sky

    units = [unit for unit in production.units if any(day.unit == unit.id for day in days)]
    return [flight_sky(u.station.station, start=u.first_utc, end=u.last_utc) for u in units if u.station]


def _passes(unit: Unit, days: Sequence[Day]) -> Passes:
    """Return contacts and anomaly of a unit's days, from an hour before the first to a day after the last."""
    from cupola.model import Clause, Light
    from cupola.paper.callsheet_sky import Passes
    from cupola.sky import windows_for

    assert unit.station is not None, f"unit {unit.id} has no station"
    station = unit.station.station
    by_relay = {relay.name: Light(clauses=(Clause(condition="contact with", argument=relay.name),)) for relay in station.relays}
    anomaly = Light(clauses=(Clause(condition="inside saa"),)) if station.saa else None
    start, end = _span(unit, days)
    lights = [*by_relay.values(), *([anomaly] if anomaly else [])]
    found = windows_for(lights, station, start=start, end=end) if lights else {}
    spans = {light: tuple((window.open_utc, window.close_utc) for window in windows) for light, windows in found.items()}
    return Passes(
        station=station.name,
        contacts={name: spans[light] for name, light in by_relay.items()},
        saa=spans[anomaly] if anomaly else None,
    )


def _span(unit: Unit, days: Sequence[Day]) -> tuple[datetime, datetime]:
    """Return a unit's days with half a day around them, where the crew's hours may lie."""
    own = [day for day in days if day.unit == unit.id]
    around = timedelta(hours=12)
    first, last = min(day.call_utc for day in own) - around, max(day.wrap_utc for day in own) + around
    return max(first, unit.first_utc), min(last, unit.last_utc)


def _roll(production: Production, day: Day, strip: Strip) -> RollSky | None:
    """Return the Sun at the roll of a strip that waits for light, or that is shot in the open; None for others."""
    station = production.unit(day.unit).station
    place = production.place(strip.place)
    if station is not None:
        return _roll_aboard(station.station, strip) if strip.window is not None or place.outside else None
    in_the_open = "EXT" in production.script.scene(strip.scene).int_ext
    if not (place.lat_deg or place.lon_deg) or (strip.window is None and not in_the_open):
        return None
    return _roll_on_ground(place, strip)


def _roll_aboard(station: Station, strip: Strip) -> RollSky | None:
    """Return None where no orbit file covers the roll."""
    from cupola.paper.callsheet_sky import RollSky
    from cupola.sky.at import sky_aboard

    try:
        sky = sky_aboard(station, strip.roll_utc)
    except OrbitError:
        return None
    return RollSky(
        strip=strip.id,
        sun_deg=sky.sun_over_limb_deg,
        aboard=True,
        bearing=sky.sun_bearing,
        panes=tuple((pane.id, pane.sun_off_deg) for pane in sky.panes if pane.sun_in),
        exposures=tuple((each.what, each.ev100) for each in sky.exposures),
    )


def _roll_on_ground(place: Place, strip: Strip) -> RollSky:
    from cupola.paper.callsheet_sky import RollSky
    from cupola.sky.at import sky_on_ground

    sky = sky_on_ground(place, strip.roll_utc)
    return RollSky(strip=strip.id, sun_deg=sky.sun_altitude_deg, aboard=False, azimuth_deg=sky.sun_azimuth_deg)
