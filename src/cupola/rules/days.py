"""Rules of a day and a person: rest, length, meal, dates."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from cupola.model import Day, Violation
from cupola.rules.case import Case
from cupola.rules.strips import cast_of


def check_turnaround(case: Case) -> Iterator[Violation]:
    """From wrap to the next call there is the rest of the contract."""
    for unit in case.production.units:
        rest = case.limits[unit.id].rest
        for before, after in itertools.pairwise(case.days(unit)):
            have = (after.call_utc - before.wrap_utc).total_seconds() / 60
            if not unit.is_orbit and have < rest.minutes:
                yield Violation(
                    rule="turnaround",
                    message=f"{have / 60:.1f} h from wrap on {before.date} to call on {after.date}, "
                    f"{rest.minutes / 60:g} h needed",
                    who=f"unit {unit.id}",
                    day=after.date,
                    clause=rest.clause,
                    remedy=f"Call at {before.wrap_utc + timedelta(minutes=rest.minutes):%H:%M} UTC, or leave a day between.",
                )


def check_day_length(case: Case) -> Iterator[Violation]:
    """No day is longer than the contract's, and call and wrap hold all of its strips."""
    for unit in case.production.units:
        limit = case.limits[unit.id].day
        for day in case.days(unit):
            length = (day.wrap_utc - day.call_utc).total_seconds() / 60
            if not unit.is_orbit and length > limit.minutes:
                yield Violation(
                    rule="day length",
                    message=f"{day.date} is {length / 60:.1f} h from call to wrap, {limit.minutes / 60:g} h allowed",
                    who=f"unit {unit.id}",
                    day=day.date,
                    clause=limit.clause,
                    remedy=f"Take {length - limit.minutes:.0f} min of work to another day.",
                )
            for strip in day.strips:
                if strip.start_utc < day.call_utc or strip.end_utc > day.wrap_utc:
                    yield Violation(
                        rule="day length",
                        message=f"strip {strip.id} lies outside call {day.call_utc:%H:%M} and wrap {day.wrap_utc:%H:%M} UTC",
                        strips=(strip.id,),
                        day=day.date,
                        remedy="Call earlier or wrap later.",
                    )


def check_meal(case: Case) -> Iterator[Violation]:
    """A day longer than the meal limit has a meal that nothing else stands on."""
    for unit in case.production.units:
        limits = case.limits[unit.id]
        for day in case.days(unit):
            if unit.is_orbit or (day.wrap_utc - day.call_utc).total_seconds() / 60 <= limits.meal_within.minutes:
                continue
            meals = [banner for banner in day.banners if banner.text == "Meal"]
            if not any(_free(day, meal.start_utc, meal.end_utc, limits.meal.minutes) for meal in meals):
                yield Violation(
                    rule="meal",
                    message=f"{day.date} has no free meal of {limits.meal.minutes} min",
                    who=f"unit {unit.id}",
                    day=day.date,
                    clause=limits.meal_within.clause,
                    remedy=f"Leave {limits.meal.minutes} min between two strips.",
                )


def _free(day: Day, start: datetime, end: datetime, minutes: int) -> bool:
    long_enough = (end - start).total_seconds() / 60 >= minutes
    return long_enough and all(strip.end_utc <= start or end <= strip.start_utc for strip in day.strips)


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
        for place_id in sorted({strip.place for strip in day.strips}):
            place = case.production.place(place_id)
            for closed in place.closed:
                if day.date in closed:
                    yield Violation(
                        rule="cast dates",
                        message=f"{place.name} is closed on {day.date} ({closed.why or f'{closed.first} to {closed.last}'})",
                        who=place.name,
                        day=day.date,
                        strips=tuple(strip.id for strip in day.strips if strip.place == place_id),
                        remedy=f"Shoot before {closed.first} or after {closed.last}.",
                    )
