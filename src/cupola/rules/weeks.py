"""Rules of a unit's week: its rest, its hours, days in a row, nights, holidays."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from cupola.model import Article, Day, Unit, Violation
from cupola.rules.calendar import holiday_name
from cupola.rules.case import Case
from cupola.rules.limits import days_in_row, holiday_country, shortest
from cupola.rules.people import run_lengths
from cupola.rules.premiums import MEAL
from cupola.rules.said import clock, hours, length, minutes_between, weekday

SIX_DAYS = 6


def check_week_rest(case: Case) -> Iterator[Violation]:
    """Any seven dates in a row hold the weekly rest, from the wrap of one of their days to the next call."""
    for unit in case.production.units:
        days = case.days(unit)
        for article in case.articles(unit, "week_rest") if not unit.is_orbit else ():
            yield from _without_week_rest(unit, days, article)


def _without_week_rest(unit: Unit, days: Sequence[Day], article: Article) -> Iterator[Violation]:
    """Report each seventh date that is worked with no pause long enough since the first."""
    start = 0
    for n, (before, after) in enumerate(itertools.pairwise(days)):
        if _missing_min(unit, article, before, after) <= 0:
            start = n + 1
        elif (after.date - days[start].date).days >= SIX_DAYS:
            run = days[start : n + 2]
            missing, later = min((_missing_min(unit, article, a, b), b.date) for a, b in itertools.pairwise(run))
            yield Violation(
                rule="week rest",
                message=f"no rest of {hours(_week_rest_min(unit, article, after))} from {weekday(run[0].date)} "
                f"to {weekday(after.date)}",
                who=f"unit {unit.id}",
                day=after.date,
                clause=article.clause,
                remedy=f"Call {length(missing)} later on {weekday(later)}, or take a day off before {weekday(after.date)}.",
            )
            start = n + 1


def _missing_min(unit: Unit, article: Article, before: Day, after: Day) -> float:
    """Return by how many minutes a pause is too short to be the weekly rest; 0 or less where it is one."""
    return _week_rest_min(unit, article, after) - minutes_between(before.wrap_utc, after.call_utc)


def _week_rest_min(unit: Unit, article: Article, after: Day) -> int:
    """Return the weekly rest that a pause before a day needs: shorter in a six-day week, and before a late call."""
    if 7 - len(unit.days_off) >= SIX_DAYS and "six_day_h" in article:
        return article.minutes("six_day_h")
    late = article.clock("late_call")
    called = after.call_utc.astimezone(ZoneInfo(unit.tz)).time()
    return article.minutes("late_h") if late and called >= late else article.minutes("min_h")


def check_days_in_row(case: Case) -> Iterator[Violation]:
    """No more days in a row are worked than the contract allows; a sixth or seventh with a premium is priced for performers."""
    for unit in case.production.units:
        rows = [limit for limit in days_in_row(case.packs[unit.id]) if not limit.is_priced]
        days = case.days(unit)
        for day, number in zip(days, run_lengths(days), strict=True) if rows and not unit.is_orbit else ():
            limit = shortest(rows)
            if number > limit.minutes:
                first = day.date - timedelta(days=number - 1)
                yield Violation(
                    rule="days in row",
                    message=f"{day.date} is day {number} in a row, {limit.minutes} allowed",
                    who=f"unit {unit.id}",
                    day=day.date,
                    clause=limit.clause,
                    remedy=f"Take a day off between {weekday(first)} and {weekday(day.date)}.",
                )


def check_week_hours(case: Case) -> Iterator[Violation]:
    """A unit works no more hours a week than the law allows, meals left out, on average over the weeks that it says."""
    for unit in case.production.units:
        days = case.days(unit)
        for article in case.articles(unit, "week_hours") if not unit.is_orbit else ():
            weeks, allowed = round(article.number("over_weeks")), article.minutes("max_h")
            for day in days:
                worked = sum(_worked(each) for each in days if 0 <= (each.date - day.date).days < 7 * weeks)
                if worked > allowed * weeks:
                    until = day.date + timedelta(days=7 * weeks - 1)
                    over = f" on average over {weeks} weeks" if weeks > 1 else ""
                    yield Violation(
                        rule="week hours",
                        message=f"{hours(worked / weeks)} a week{over} from {day.date} to {until}, {hours(allowed)} allowed",
                        who=f"unit {unit.id}",
                        day=day.date,
                        clause=article.clause,
                        remedy=f"Take {hours(worked - allowed * weeks)} of work out of these {7 * weeks} days.",
                    )
                    break


def _worked(day: Day) -> float:
    meals = sum(minutes_between(banner.start_utc, banner.end_utc) for banner in day.banners if banner.text == MEAL)
    return minutes_between(day.call_utc, day.wrap_utc) - meals


def check_night_to_day(case: Case) -> Iterator[Violation]:
    """After a wrap past midnight, a call in the morning leaves the rest that turns a crew round."""
    for unit in case.production.units:
        limit, zone = case.limits[unit.id].night_rest, ZoneInfo(unit.tz)
        for before, after in itertools.pairwise(case.days(unit)) if limit and not unit.is_orbit else ():
            assert limit is not None
            have = minutes_between(before.wrap_utc, after.call_utc)
            is_night = before.wrap_utc.astimezone(zone).date() > before.date
            is_morning = after.call_utc.astimezone(zone).time() < case.limits[unit.id].night_call
            if is_night and is_morning and have < limit.minutes:
                noon = f"{case.limits[unit.id].night_call:%H:%M}"
                yield Violation(
                    rule="night to day",
                    message=f"wrap at {clock(unit, before.wrap_utc)} after the night of {before.date}, call at "
                    f"{clock(unit, after.call_utc)} on {after.date}: {hours(have)}, {hours(limit.minutes)} needed",
                    who=f"unit {unit.id}",
                    day=after.date,
                    clause=limit.clause,
                    remedy=f"Call at {noon} or later on {weekday(after.date)}, or put a day off before it.",
                )


def check_holidays(case: Case) -> Iterator[Violation]:
    """Nobody works on a public holiday of the country where the unit shoots, where no pack pays for it."""
    for unit in case.production.units:
        off = [article for article in case.articles(unit, "holiday") if "factor" not in article]
        for day in case.days(unit) if off and not unit.is_orbit else ():
            name = holiday_name(holiday_country(case.production, unit, day), day.date)
            if name:
                yield Violation(
                    rule="holidays",
                    message=f"{weekday(day.date)} is a public holiday: {name}",
                    who=f"unit {unit.id}",
                    day=day.date,
                    strips=tuple(strip.id for strip in day.strips),
                    clause=off[0].clause,
                    remedy=f"Take its strips to another day, or add {day.date} to dates_off of unit {unit.id} and plan again.",
                )
