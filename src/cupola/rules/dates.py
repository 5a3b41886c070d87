"""Rules of dates and places: who is away, what is closed, where there is leave to work, when it must be quiet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cupola.model import Dates, Day, Place, Strip, Violation
from cupola.rules.case import Case
from cupola.rules.said import length, minutes_between
from cupola.rules.strips import cast_of


def check_cast_dates(case: Case) -> Iterator[Violation]:
    """Nobody is called on a date on which he or she is away, and no place on a date on which it is closed."""
    for day in case.board.days:
        unit = case.production.unit(day.unit)
        for name in sorted(cast_of(day)) if not unit.is_orbit else ():
            for away in case.production.member(name).away:
                if day.date in away:
                    yield Violation(
                        rule="cast dates",
                        message=f"{name} is away on {day.date} ({away.why or f'{away.first} to {away.last}'})",
                        who=name,
                        day=day.date,
                        strips=tuple(strip.id for strip in day.strips if name in strip.cast),
                        remedy=f"Shoot before {away.first} or after {away.last}.",
                    )
        for place in _places(case, day):
            for closed in place.closed:
                if day.date in closed:
                    yield Violation(
                        rule="cast dates",
                        message=f"{place.name} is closed on {day.date} ({closed.why or f'{closed.first} to {closed.last}'})",
                        who=place.name,
                        day=day.date,
                        strips=_strips_at(day, place),
                        remedy=f"Shoot before {closed.first} or after {closed.last}.",
                    )


def check_permits(case: Case) -> Iterator[Violation]:
    """A place that has permits is used on their dates only."""
    for day in case.board.days:
        for place in _places(case, day):
            if place.permits and not any(day.date in permit for permit in place.permits):
                yield Violation(
                    rule="permits",
                    message=f"{place.name} has no permit for {day.date}",
                    who=place.name,
                    day=day.date,
                    strips=_strips_at(day, place),
                    clause=f"permits of place {place.id} in production.toml",
                    remedy=f"Shoot there {_nearest(place.permits, day.date)}.",
                )


def _nearest(permits: tuple[Dates, ...], day: date) -> str:
    """Say the permit that lies nearest to a date."""
    best = min(permits, key=lambda permit: min(abs((permit.first - day).days), abs((permit.last - day).days)))
    why = f" ({best.why})" if best.why else ""
    return f"on {best.first}{why}" if best.first == best.last else f"from {best.first} to {best.last}{why}"


def check_place_hours(case: Case) -> Iterator[Violation]:
    """Nobody works at a place outside the hours in which it may be used."""
    for day in case.board.days:
        for strip in day.strips:
            place = case.production.place(strip.place)
            if place.hours is None:
                continue
            over = minutes_between(strip.start_utc, strip.end_utc) - _inside_min(
                place, place.hours, strip.start_utc, strip.end_utc
            )
            if over > 0:
                first, last = place.hours
                yield Violation(
                    rule="place hours",
                    message=f"strip {strip.id} at {_span(place, strip.start_utc, strip.end_utc)} is {length(over)} outside "
                    f"the hours of {place.name}, {first:%H:%M}-{last:%H:%M}",
                    strips=(strip.id,),
                    who=place.name,
                    day=day.date,
                    clause=f"hours of place {place.id} in production.toml",
                    remedy=f"Move it {length(over)}: begin it at {first:%H:%M} or later and end it by {last:%H:%M}.",
                )


def check_sound_curfew(case: Case) -> Iterator[Violation]:
    """No camera rolls at a place while it must be quiet."""
    for day in case.board.days:
        for strip in day.strips:
            place = case.production.place(strip.place)
            if place.quiet is None:
                continue
            over = _inside_min(place, place.quiet, strip.roll_utc, strip.cut_utc)
            if over > 0:
                first, last = place.quiet
                yield Violation(
                    rule="sound curfew",
                    message=f"strip {strip.id} rolls at {_span(place, strip.roll_utc, strip.cut_utc)}, {length(over)} of it in "
                    f"the quiet hours of {place.name}, {first:%H:%M}-{last:%H:%M}",
                    strips=(strip.id,),
                    who=place.name,
                    day=day.date,
                    clause=f"quiet of place {place.id} in production.toml",
                    remedy=_out_of_curfew(strip, first, last),
                )


def _out_of_curfew(strip: Strip, first: time, last: time) -> str:
    roll_min = minutes_between(strip.roll_utc, strip.cut_utc)
    cut_by = datetime.combine(date(2000, 1, 2), first) - timedelta(minutes=roll_min)
    return f"Roll at {cut_by:%H:%M} at the latest, or from {last:%H:%M} on."


def _inside_min(place: Place, span: tuple[time, time], start: datetime, end: datetime) -> float:
    """Return how many minutes of a time lie in local hours of a place, which may pass midnight."""
    zone, total = ZoneInfo(place.tz), timedelta(0)
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day <= end.astimezone(zone).date():
        opens = datetime.combine(day, span[0], tzinfo=zone)
        closes = datetime.combine(day + timedelta(days=span[1] <= span[0]), span[1], tzinfo=zone)
        total += max(timedelta(0), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total.total_seconds() / 60


def _span(place: Place, start: datetime, end: datetime) -> str:
    zone = ZoneInfo(place.tz)
    return f"{start.astimezone(zone):%H:%M}-{end.astimezone(zone):%H:%M}"


def _places(case: Case, day: Day) -> list[Place]:
    return [case.production.place(place) for place in sorted({strip.place for strip in day.strips})]


def _strips_at(day: Day, place: Place) -> tuple[str, ...]:
    return tuple(strip.id for strip in day.strips if strip.place == place.id)
