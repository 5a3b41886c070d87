"""What moves when an orbit unit is launched on another date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cupola.errors import ProductionError
from cupola.model.production import Dates, Launch, Production, Unit


def launch_of(unit: Unit) -> date:
    """Return the first date of a unit, in its own time zone."""
    return unit.first_utc.astimezone(ZoneInfo(unit.tz)).date()


def launches_of(unit: Unit) -> tuple[date, ...]:
    """Return the dates on which a unit may begin, in order: its candidates, or its own first date where it has none."""
    return unit.launches or (launch_of(unit),)


def at_launch(production: Production, unit_id: str, launch: date) -> Production:
    """Return the production as it is when an orbit unit begins on another date, its clock times unchanged.

    With it move the unit's last instant, every span of dates with its `flight` (quarantine, flight, rehabilitation, a closed
    landing site), and the pins of its strips, which keep their flight day. The station's own timetable, its elements and
    everybody else's calendar stay. Raises ProductionError for a unit that is not there, or not in orbit.
    """
    unit = next((each for each in production.units if each.id == unit_id), None)
    if unit is None or not unit.is_orbit:
        flown = ", ".join(each.id for each in production.units if each.is_orbit)
        rule, remedy = "only a unit in orbit is launched", f"units in orbit: {flown}" if flown else "no unit is in orbit"
        raise ProductionError(rule, value=unit_id, remedy=remedy, file=f"{production.folder}/production.toml")
    days = (launch - launch_of(unit)).days
    if days == 0:
        return production
    own = frozenset(number for number, place in production.place_of if production.place(place).unit == unit_id)
    return replace(
        production,
        units=tuple(_unit_moved(each, unit_id, days) for each in production.units),
        places=tuple(
            replace(each, closed=_moved(each.closed, unit_id, days), permits=_moved(each.permits, unit_id, days))
            for each in production.places
        ),
        cast=tuple(replace(each, away=_moved(each.away, unit_id, days)) for each in production.cast),
        pins=tuple(
            replace(pin, day=pin.day + timedelta(days=days)) if _scene_of(pin.strip) in own else pin for pin in production.pins
        ),
        launched=(*(each for each in production.launched if each.unit != unit_id), Launch(unit=unit_id, date=launch)),
    )


def _unit_moved(unit: Unit, flown: str, days: int) -> Unit:
    """Return a unit with the dates that move; the flown one with its span, by whole days of its own clock."""
    moved = replace(unit, dates_off=_moved(unit.dates_off, flown, days))
    if unit.id != flown:
        return moved
    zone = ZoneInfo(unit.tz)

    def later(at: datetime) -> datetime:
        return (at.astimezone(zone) + timedelta(days=days)).astimezone(at.tzinfo)

    return replace(moved, first_utc=later(unit.first_utc), last_utc=later(unit.last_utc))


def _moved(spans: Iterable[Dates], flown: str, days: int) -> tuple[Dates, ...]:
    by = timedelta(days=days)
    return tuple(replace(each, first=each.first + by, last=each.last + by) if each.flight == flown else each for each in spans)


def _scene_of(strip: str) -> str:
    """Return the scene of a strip: `42` of 42, 42-2, 42/A and 42/A-2."""
    return strip.partition("/")[0].rpartition("-")[0] or strip.partition("/")[0]
