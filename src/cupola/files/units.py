"""Units and places of production.toml as values: spans in UTC, rates in minor units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cupola.files.documents import PlaceDoc, ProductionDoc, UnitDoc
from cupola.files.flights import launches_of, spacewalks_of
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath
from cupola.files.people import Priced, crew_of, dates
from cupola.files.station import OrbitFiles, station_of
from cupola.model import Place, StationUnit, Unit

LONGEST_SPAN_DAYS = 1100


def units_of(doc: ProductionDoc, orbit: OrbitFiles, priced: Priced, toml: Toml) -> tuple[Unit, ...]:
    """Return the units with their spans in UTC.

    Raises ProductionError for a span that is none, or an orbit unit without a station.
    """
    return tuple(_unit(unit, number, doc, orbit, priced, toml) for number, unit in enumerate(doc.unit))


def _unit(unit: UnitDoc, number: int, doc: ProductionDoc, orbit: OrbitFiles, priced: Priced, toml: Toml) -> Unit:
    path: KeyPath = ("unit", number)
    zone = ZoneInfo(unit.tz)
    first, last = _from(unit.first, zone), _until(unit.last, zone)
    if not first < last:
        raise toml.wrong((*path, "last"), f"unit {unit.id} ends after it starts", value=unit.last, remedy="swap the two")
    if last - first > timedelta(days=LONGEST_SPAN_DAYS):
        rule = f"a unit's span is at most {LONGEST_SPAN_DAYS} days"
        raise toml.wrong((*path, "last"), rule, value=f"{(last - first).days} days", remedy="look at the years")
    return Unit(
        id=unit.id,
        kind=unit.kind,
        first_utc=first,
        last_utc=last,
        tz=unit.tz,
        call=unit.call,
        day_min=unit.day_min,
        meal_min=unit.meal_min,
        rest_min=unit.rest_min,
        page_min=unit.page_min,
        relight_min=unit.relight_min,
        move_min=unit.move_min,
        max_sets=unit.max_sets,
        days_off=tuple(sorted(set(unit.days_off))),
        dates_off=dates(unit.dates_off),
        day_rate=priced(unit.day_rate, (*path, "day_rate")),
        move_rate=priced(unit.move_rate, (*path, "move_rate")),
        station=_station(unit, path, doc, orbit, priced, toml) if unit.kind == "orbit" else None,
        launches=launches_of(unit, path, toml),
        packs=unit.packs,
        line=toml.line(path),
    )


def _from(value: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the start of a span: the instant, or the first midnight of the date in its zone."""
    local = value if isinstance(value, datetime) else datetime.combine(value, time(), tzinfo=zone)
    return local.astimezone(UTC)


def _until(value: date | datetime, zone: ZoneInfo) -> datetime:
    """Return the end of a span: the instant, or the midnight after the date in its zone."""
    return _from(value if isinstance(value, datetime) else value + timedelta(days=1), zone)


def _station(unit: UnitDoc, path: KeyPath, doc: ProductionDoc, orbit: OrbitFiles, priced: Priced, toml: Toml) -> StationUnit:
    if doc.station is None:
        remedy = 'add a table [station] with name = "ISS"'
        raise toml.wrong(path, f"unit {unit.id} is in orbit and needs a station", remedy=remedy)
    if not orbit:
        remedy = 'add orbit = "orbit.json" to [production]'
        raise toml.wrong(path, f"unit {unit.id} is in orbit and needs the station's elements", remedy=remedy)
    if not doc.crew:
        rule, remedy = f"unit {unit.id} is in orbit and needs somebody aboard", "add a [[crew]] with id, name and blocks"
        raise toml.wrong(path, rule, remedy=remedy)
    return StationUnit(
        station=station_of(doc.station, doc, orbit, toml),
        crew=crew_of(doc.crew, priced),
        rig_min=doc.station.rig_min,
        prep_min=doc.station.prep_min,
        reset_min=doc.station.reset_min,
        stretch=doc.station.stretch,
        spacewalks=spacewalks_of(doc.station.spacewalks, doc.crew, priced, toml),
    )


def places_built(doc: ProductionDoc, units: Sequence[Unit], priced: Priced, toml: Toml) -> tuple[Place, ...]:
    """Return the places; raises ProductionError for one whose unit does not exist."""
    zones = {unit.id: unit.tz for unit in units}
    for number, place in enumerate(doc.place):
        if place.unit not in zones:
            remedy = did_you_mean(place.unit, zones)
            raise toml.wrong(
                ("place", number, "unit"), f"place {place.id} needs a unit that exists", value=place.unit, remedy=remedy
            )
    return tuple(_place(place, number, zones[place.unit], priced, toml) for number, place in enumerate(doc.place))


def _place(place: PlaceDoc, number: int, zone: str, priced: Priced, toml: Toml) -> Place:
    path: KeyPath = ("place", number)
    return Place(
        id=place.id,
        name=place.name or place.id,
        hub=place.hub or place.id,
        unit=place.unit,
        sets=place.sets,
        lat_deg=place.lat_deg or 0.0,
        lon_deg=place.lon_deg or 0.0,
        elevation_m=place.elevation_m,
        tz=place.tz or zone,
        day_rate=priced(place.day_rate, (*path, "day_rate")),
        closed=dates(place.closed),
        permits=dates(place.permits),
        hours=place.hours,
        quiet=place.quiet,
        covers=place.covers,
        outside=place.outside,
        address=place.address,
        hospital=place.hospital,
        parking=place.parking,
        base=place.base,
        line=toml.line(path),
    )
