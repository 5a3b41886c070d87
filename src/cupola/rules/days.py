"""Rules of a unit's day: rest before it, its length, its meal."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from cupola.model import Day, Unit, Violation
from cupola.rules.case import Case
from cupola.rules.limits import Limit, longest, meals_within, rests, shortest
from cupola.rules.premiums import MEAL
from cupola.rules.said import clock, hours, length, minutes_between, weekday


def check_turnaround(case: Case) -> Iterator[Violation]:
    """From wrap to the next call there is the rest of the contract; one that money buys off is a performer's forced call."""
    for unit in case.production.units:
        hard = [rest for rest in rests(unit, case.packs[unit.id]) if not rest.is_priced]
        for before, after in itertools.pairwise(case.days(unit)) if not unit.is_orbit else ():
            rest = longest(hard)
            have = minutes_between(before.wrap_utc, after.call_utc)
            if have < rest.minutes:
                earliest = before.wrap_utc + timedelta(minutes=rest.minutes)
                said = f"{hours(have)} from wrap on {before.date} to call on {after.date}"
                if have < 0:
                    said = f"the day of {before.date} wraps {length(-have)} after the call on {after.date}, no rest between"
                yield Violation(
                    rule="turnaround",
                    message=f"{said}, {hours(rest.minutes)} needed",
                    who=f"unit {unit.id}",
                    day=after.date,
                    clause=rest.clause,
                    remedy=f"Call at {clock(unit, earliest)} on {weekday(after.date)} ({length(rest.minutes - have)} later), "
                    f"wrap {length(rest.minutes - have)} earlier on {weekday(before.date)}, or leave a day between.",
                )


def check_day_length(case: Case) -> Iterator[Violation]:
    """No day is longer than the contract's, and call and wrap hold all of its strips."""
    for unit in case.production.units:
        limit = case.limits[unit.id].day
        for day in case.days(unit):
            have = minutes_between(day.call_utc, day.wrap_utc)
            if not unit.is_orbit and have > limit.minutes:
                yield Violation(
                    rule="day length",
                    message=f"{day.date} is {hours(have)} from call to wrap, {hours(limit.minutes)} allowed",
                    who=f"unit {unit.id}",
                    day=day.date,
                    clause=limit.clause,
                    remedy=_lighter(day, have - limit.minutes),
                )
            for strip in day.strips:
                if strip.start_utc < day.call_utc or strip.end_utc > day.wrap_utc:
                    yield Violation(
                        rule="day length",
                        message=f"strip {strip.id} lies outside call {clock(unit, day.call_utc)} "
                        f"and wrap {clock(unit, day.wrap_utc)}",
                        strips=(strip.id,),
                        day=day.date,
                        remedy=f"Call at {clock(unit, min(day.call_utc, strip.start_utc))} and "
                        f"wrap at {clock(unit, max(day.wrap_utc, strip.end_utc))}.",
                    )


def _lighter(day: Day, minutes: float) -> str:
    """Say what to take to another day: the shortest strip that is long enough, else how many minutes."""
    long_enough = [strip for strip in day.strips if minutes_between(strip.start_utc, strip.end_utc) >= minutes]
    least = min(long_enough, key=lambda strip: strip.end_utc - strip.start_utc, default=None)
    which = f": strip {least.id} is {length(minutes_between(least.start_utc, least.end_utc))}" if least else ""
    return f"Take {length(minutes)} of work to another day{which}."


def check_meal(case: Case) -> Iterator[Violation]:
    """A day longer than the meal limit has a meal that nothing else stands on, begun in time."""
    for unit in case.production.units:
        hard = [within for within in meals_within(unit, case.packs[unit.id]) if not within.is_priced]
        for day in case.days(unit) if hard and not unit.is_orbit else ():
            yield from _meal_of(case, unit, day, shortest(hard))


def _meal_of(case: Case, unit: Unit, day: Day, within: Limit) -> Iterator[Violation]:
    if minutes_between(day.call_utc, day.wrap_utc) <= within.minutes:
        return
    long = case.limits[unit.id].meal.minutes
    latest = day.call_utc + timedelta(minutes=within.minutes)
    free = [banner for banner in day.banners if banner.text == MEAL and _free(day, banner.start_utc, banner.end_utc, long)]
    if not free:
        yield Violation(
            rule="meal",
            message=f"{day.date} has no free meal of {long} min",
            who=f"unit {unit.id}",
            day=day.date,
            clause=within.clause,
            remedy=f"Leave {long} min between two strips, to begin by {clock(unit, latest)}.",
        )
    elif min(meal.start_utc for meal in free) > latest:
        first = min(meal.start_utc for meal in free)
        yield Violation(
            rule="meal",
            message=f"the meal of {day.date} begins {hours(minutes_between(day.call_utc, first))} after call, "
            f"{hours(within.minutes)} allowed",
            who=f"unit {unit.id}",
            day=day.date,
            clause=within.clause,
            remedy=f"Begin it by {clock(unit, latest)}, {length(minutes_between(latest, first))} earlier.",
        )


def _free(day: Day, start: datetime, end: datetime, minutes: int) -> bool:
    long_enough = minutes_between(start, end) >= minutes
    return long_enough and all(strip.end_utc <= start or end <= strip.start_utc for strip in day.strips)
