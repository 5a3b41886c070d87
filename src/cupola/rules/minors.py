"""What holds for a person under age on a date: hours on set, hours of work, school, rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from cupola.model import Article, Production, Unit
from cupola.rules.calendar import is_school_day
from cupola.rules.limits import Limit, limit, longest, shortest
from cupola.rules.packs import articles_of, packs_of

NOON = time(12, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class MinorLimits:
    """What holds for a person under age on one date: local times between which they may be on set, and minutes a day.

    A `latest` before noon is of the next morning (00:30). `on_set` counts from arrival to release, meal of `meal_min` and
    `school` included; `rest` is to the next day's call, `week` the work of seven days.
    """

    earliest: time
    latest: time
    on_set: Limit
    work: Limit
    rest: Limit | None = None
    week: Limit | None = None
    school: Limit | None = None
    meal_min: int = 0

    @property
    def latest_min(self) -> int:
        """Minutes from midnight of the date to the latest release, beyond 1440 where that is the next morning."""
        return self.latest.hour * 60 + self.latest.minute + (1440 if self.latest < NOON else 0)


def minor_limits(production: Production, unit: Unit, cast_id: str, day: date) -> MinorLimits | None:
    """Return what holds for a cast member on a date, or None where they are of age, no birthday is known, or no pack speaks."""
    member = production.member(cast_id)
    if member.born is None:
        return None
    packs = packs_of(production, unit, member)
    age = months_old(member.born, day)
    bands = [band for band in articles_of(packs, "minor") if band.number("from_months") <= age < band.number("to_months")]
    if not bands:
        return None
    schools = articles_of(packs, "school")
    at_school = is_school_day(day, unit.tz, schools)
    before_school = is_school_day(day + timedelta(days=1), unit.tz, schools)
    return _strictest([_of_band(band, at_school=at_school, before_school=before_school) for band in bands])


def months_old(born: date, day: date) -> float:
    """Return an age in months; days of a month begun are thirtieths of it.

    >>> months_old(date(2010, 6, 15), date(2016, 6, 15)), months_old(date(2027, 6, 1), date(2027, 6, 16))
    (72.0, 0.5)
    """
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return months + min((day.day - born.day) % 31 / 30, 0.99)


def _of_band(band: Article, *, at_school: bool, before_school: bool) -> MinorLimits:
    """Return what one band of ages allows on a school day or a free one, and before either."""
    work = "work_h" if at_school or "free_work_h" not in band else "free_work_h"
    week = "week_h" if at_school or "free_week_h" not in band else "free_week_h"
    last = "last" if before_school or "free_last" not in band else "free_last"
    first, until = band.clock("first"), band.clock(last)
    assert first is not None, "the shape of an article asks for it"
    assert until is not None, "the shape of an article asks for it"
    return MinorLimits(
        earliest=first,
        latest=until,
        on_set=limit(band, "set_h"),
        work=limit(band, work),
        rest=limit(band, "rest_h"),
        week=limit(band, week),
        school=limit(band, "school_h") if at_school and "school_h" in band else None,
        meal_min=band.minutes("meal_min"),
    )


def _strictest(found: Sequence[MinorLimits]) -> MinorLimits:
    """Return what all packs together allow."""
    schools = [each.school for each in found if each.school]
    return MinorLimits(
        earliest=max(each.earliest for each in found),
        latest=min(found, key=lambda each: each.latest_min).latest,
        on_set=shortest([each.on_set for each in found]),
        work=shortest([each.work for each in found]),
        rest=longest([each.rest for each in found if each.rest]),
        week=shortest([each.week for each in found if each.week]),
        school=longest(schools) if schools else None,
        meal_min=max(each.meal_min for each in found),
    )
