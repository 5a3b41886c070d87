"""Rules of a performer under age: hours of the day, time on set, work, school, rest, week."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cupola.model import CastMember, Strip, Violation
from cupola.rules.case import Case
from cupola.rules.minors import MinorLimits, minor_limits
from cupola.rules.people import Stint, stints
from cupola.rules.said import clock, hours, length, minutes_between, weekday

Dated = tuple[Stint, MinorLimits]


def _days(case: Case, member: CastMember) -> list[Dated]:
    """Return a minor's days, each with what holds on it."""
    found = []
    for stint in stints(case.production, case.board.days, member.id):
        limits = minor_limits(case.production, stint.unit, member.id, stint.day.date)
        if limits is not None:
            found.append((stint, limits))
    return found


def check_minor_hours(case: Case) -> Iterator[Violation]:
    """A minor is on set only between the hours that the law allows."""
    for member in case.production.cast:
        for stint, limits in _days(case, member):
            earliest, latest = _hours(stint, limits)
            early_min, late_min = minutes_between(stint.start_utc, earliest), minutes_between(latest, stint.end_utc)
            if max(early_min, late_min) > 0:
                later = f"Begin with {member.id} {length(early_min)} later."
                sooner = f"Release {member.id} {length(late_min)} earlier: shoot their strips first."
                yield Violation(
                    rule="minor hours",
                    message=f"{member.id} is on set {clock(stint.unit, stint.start_utc)}-{clock(stint.unit, stint.end_utc)} on "
                    f"{weekday(stint.day.date)}, {limits.earliest:%H:%M}-{limits.latest:%H:%M} allowed",
                    who=member.id,
                    day=stint.day.date,
                    strips=_ids(stint, member),
                    clause=limits.work.clause,
                    remedy=later if early_min > late_min else sooner,
                )


def _hours(stint: Stint, limits: MinorLimits) -> tuple[datetime, datetime]:
    """Return the instants between which a minor may be on set."""
    zone = ZoneInfo(stint.unit.tz)
    until = stint.day.date + timedelta(days=limits.latest_min >= 1440)
    return datetime.combine(stint.day.date, limits.earliest, zone), datetime.combine(until, limits.latest, zone)


def check_minor_work(case: Case) -> Iterator[Violation]:
    """A minor works no more hours a day than the law allows at that age."""
    for member in case.production.cast:
        for stint, limits in _days(case, member):
            worked = _worked(stint, member)
            if worked > limits.work.minutes:
                yield Violation(
                    rule="minor work",
                    message=f"{member.id} works {length(worked)} on {weekday(stint.day.date)}, "
                    f"{length(limits.work.minutes)} allowed",
                    who=member.id,
                    day=stint.day.date,
                    strips=_ids(stint, member),
                    clause=limits.work.clause,
                    remedy=f"Take {length(worked - limits.work.minutes)} of {member.id}'s work to another day.",
                )


def check_minor_on_set(case: Case) -> Iterator[Violation]:
    """A minor's time on set, school and meal included, is no longer than the law allows."""
    for member in case.production.cast:
        for stint, limits in _days(case, member):
            gaps = minutes_between(stint.start_utc, stint.end_utc) - _worked(stint, member)
            beside = (limits.school.minutes if limits.school else 0) + limits.meal_min
            there = minutes_between(stint.start_utc, stint.end_utc) + max(0.0, beside - gaps)
            if there > limits.on_set.minutes:
                school = f", {hours(limits.school.minutes)} of school included" if limits.school else ""
                yield Violation(
                    rule="minor on set",
                    message=f"{member.id} is on set {hours(there)} on {weekday(stint.day.date)}{school}, "
                    f"{hours(limits.on_set.minutes)} allowed",
                    who=member.id,
                    day=stint.day.date,
                    strips=_ids(stint, member),
                    clause=limits.on_set.clause,
                    remedy=f"Put {member.id}'s strips {length(there - limits.on_set.minutes)} closer together, or on two days.",
                )


def check_minor_rest(case: Case) -> Iterator[Violation]:
    """A minor has the law's rest from one day to the next."""
    for member in case.production.cast:
        for (before, limits), (after, _) in itertools.pairwise(_days(case, member)):
            have = minutes_between(before.end_utc, after.start_utc)
            if limits.rest is not None and have < limits.rest.minutes:
                earliest = before.end_utc + timedelta(minutes=limits.rest.minutes)
                yield Violation(
                    rule="minor rest",
                    message=f"{member.id} has {hours(have)} of rest before {weekday(after.day.date)}, "
                    f"{hours(limits.rest.minutes)} needed",
                    who=member.id,
                    day=after.day.date,
                    clause=limits.rest.clause,
                    remedy=f"Begin with {member.id} at {clock(after.unit, earliest)} on {weekday(after.day.date)}.",
                )


def check_minor_week(case: Case) -> Iterator[Violation]:
    """A minor works no more hours in seven days than the law allows."""
    for member in case.production.cast:
        days = _days(case, member)
        for n, (first, limits) in enumerate(days):
            week = [(stint, each) for stint, each in days[n:] if (stint.day.date - first.day.date).days < 7]
            worked = sum(_worked(stint, member) for stint, _ in week)
            allowed = min(each.week.minutes for _, each in week if each.week) if limits.week else None
            if allowed is not None and worked > allowed:
                yield Violation(
                    rule="minor week",
                    message=f"{member.id} works {hours(worked)} in the seven days from {weekday(first.day.date)}, "
                    f"{hours(allowed)} allowed",
                    who=member.id,
                    day=first.day.date,
                    clause=limits.work.clause,
                    remedy=f"Take {length(worked - allowed)} of {member.id}'s work to another week.",
                )
                break


def _own(stint: Stint, member: CastMember) -> Sequence[Strip]:
    return [strip for strip in stint.day.strips if member.id in strip.cast]


def _worked(stint: Stint, member: CastMember) -> float:
    return sum(minutes_between(strip.start_utc, strip.end_utc) for strip in _own(stint, member))


def _ids(stint: Stint, member: CastMember) -> tuple[str, ...]:
    return tuple(strip.id for strip in _own(stint, member))
