"""The world moves: a launch slips, somebody is ill, a day is lost, a place is closed; each as a changed production."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from cupola.model import Dates, Production, Unit


def slipped(production: Production, unit_id: str, days: int) -> Production:
    """Return the production with a unit that begins and ends `days` later, and every date that hangs on its flight with it.

    Clock times stay. Pins on the unit's strips move with it.
    """
    by = timedelta(days=days)
    unit = production.unit(unit_id)
    own = {scene.number for scene in production.script.scenes if production.place_for(scene.number).unit == unit_id}
    return dataclasses.replace(
        _with_unit(production, dataclasses.replace(unit, first_utc=unit.first_utc + by, last_utc=unit.last_utc + by)),
        cast=tuple(
            dataclasses.replace(
                member,
                away=tuple(
                    dataclasses.replace(away, first=away.first + by, last=away.last + by) if away.flight == unit_id else away
                    for away in member.away
                ),
            )
            for member in production.cast
        ),
        pins=tuple(
            dataclasses.replace(pin, day=pin.day + by) if pin.strip.partition("/")[0].partition("-")[0] in own else pin
            for pin in production.pins
        ),
    )


def absent(production: Production, cast_id: str, first: date, last: date, why: str = "ill") -> Production:
    """Return the production in which a cast member cannot work from `first` to `last`, both included."""
    dates = Dates(first=first, last=last, why=why)
    cast = tuple(
        dataclasses.replace(member, away=(*member.away, dates)) if member.id == cast_id else member
        for member in production.cast
    )
    return dataclasses.replace(production, cast=cast)


def lost_day(production: Production, unit_id: str, day: date, why: str = "lost") -> Production:
    """Return the production in which a unit cannot shoot on a date."""
    unit = production.unit(unit_id)
    off = (*unit.dates_off, Dates(first=day, last=day, why=why))
    return _with_unit(production, dataclasses.replace(unit, dates_off=off))


def shut(production: Production, place_id: str, first: date, last: date, why: str = "closed") -> Production:
    """Return the production in which a place cannot be had from `first` to `last`, both included."""
    dates = Dates(first=first, last=last, why=why)
    places = tuple(
        dataclasses.replace(place, closed=(*place.closed, dates)) if place.id == place_id else place
        for place in production.places
    )
    return dataclasses.replace(production, places=places)


def _with_unit(production: Production, unit: Unit) -> Production:
    units = tuple(unit if other.id == unit.id else other for other in production.units)
    return dataclasses.replace(production, units=units)
