"""Rules of a spacewalk: who goes, how long, what stands before and after, and how far apart they are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

from cupola.model import Day, Spacewalks, Unit, Violation
from cupola.model.outside import RESTOW, Outing, outings
from cupola.model.work import local
from cupola.rules.case import Case
from cupola.rules.limits import flight_day_of, spacewalks_of, traffic
from cupola.rules.said import length, minutes_between

Dated = tuple[Day, Outing]


def check_spacewalk(case: Case) -> Iterator[Violation]:
    """Outside there is a pair that may be one, no longer than its suits last, with prebreathing before and a rest day after."""
    for unit in case.production.units:
        terms = spacewalks_of(case.production, unit)
        walks = [(day, outing) for day in case.days(unit) for outing in outings(day.banners)]
        clause = (
            "; ".join(each.clause for each in case.articles(unit, "spacewalk"))
            or f"spacewalks of unit {unit.id} in production.toml"
        )
        if not unit.is_orbit:
            continue
        yield from _nobody_outside(case, unit, clause)
        if terms is None:
            continue
        for day, outing in walks:
            found = [
                *_figures(terms, outing),
                *_people(case, unit, terms, day, outing),
                *_dates(case, unit, terms, day, outing),
            ]
            for message, remedy in found:
                yield Violation(
                    rule="spacewalk", message=message, who=", ".join(outing.pair), day=day.date, clause=clause, remedy=remedy
                )
        for (before, _), (after, outing) in itertools.pairwise(walks):
            apart = (after.date - before.date).days
            if apart < terms.spacing_days:
                yield Violation(
                    rule="spacewalk",
                    message=f"spacewalks on {before.date} and {after.date}, {terms.spacing_days} days apart needed",
                    who=", ".join(outing.pair),
                    day=after.date,
                    clause=clause,
                    remedy=f"Go outside on {before.date + timedelta(days=terms.spacing_days)} or later.",
                )


def _nobody_outside(case: Case, unit: Unit, clause: str) -> Iterator[Violation]:
    """Report each strip beyond the hatch at a time when those whom it shows are not outside together."""
    for day in case.days(unit):
        for strip in day.strips:
            if not case.production.place(strip.place).outside:
                continue
            aboard = {case.production.member(name).aboard for name in strip.cast}
            if not any(
                aboard <= set(outing.pair) and outing.out_utc <= strip.start_utc and strip.end_utc <= outing.in_utc
                for outing in outings(day.banners)
            ):
                yield Violation(
                    rule="spacewalk",
                    message=f"strip {strip.id} is beyond the hatch with no spacewalk of {' and '.join(sorted(aboard))}",
                    strips=(strip.id,),
                    who=", ".join(sorted(aboard)),
                    day=day.date,
                    clause=clause,
                    remedy="Move it into a spacewalk of theirs, or plan again.",
                )


def _figures(terms: Spacewalks, outing: Outing) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the lengths of a spacewalk, and what to do."""
    outside = minutes_between(outing.out_utc, outing.in_utc)
    before, after = minutes_between(outing.suits_utc, outing.out_utc), minutes_between(outing.in_utc, outing.back_utc)
    if outside > terms.longest_min:
        over = length(outside - terms.longest_min)
        yield f"{length(outside)} outside, {length(terms.longest_min)} allowed", f"Come back {over} earlier."
    if before < terms.before_min:
        late = length(terms.before_min - before)
        yield f"{length(before)} to prebreathe and suit up, {length(terms.before_min)} needed", f"Begin it {late} earlier."
    if after < terms.after_min:
        yield f"{length(after)} to come back in, {length(terms.after_min)} needed", f"Leave {length(terms.after_min)} free."


def _people(case: Case, unit: Unit, terms: Spacewalks, day: Day, outing: Outing) -> Iterator[tuple[str, str]]:
    """Yield who may not be that pair, and what else they are asked to do meanwhile."""
    if not any(set(pair) == set(outing.pair) for pair in terms.pairs):
        may = " or ".join(" and ".join(pair) for pair in terms.pairs)
        yield f"{' and '.join(outing.pair) or 'nobody'} outside, who are no pair", f"Send {may}."
    for strip in day.strips:
        crew = set(case.works[strip.id].crew if strip.id in case.works else ()) & set(outing.pair)
        meets = strip.start_utc < outing.back_utc and outing.suits_utc < strip.end_utc
        if crew and meets and not case.production.place(strip.place).outside:
            yield (
                f"strip {strip.id} needs {' and '.join(sorted(crew))}, who is on a spacewalk from {outing.suits_utc:%H:%M} UTC",
                f"Move it before {outing.suits_utc:%H:%M} or after {outing.back_utc:%H:%M} UTC.",
            )

    operators = {member.id for member in unit.station.crew if member.operates} if unit.station else set()
    for banner in day.banners if operators & set(outing.pair) else ():
        is_camera = banner.text == RESTOW or banner.text.startswith("Rig ")
        if is_camera and banner.start_utc < outing.back_utc and outing.suits_utc < banner.end_utc:
            yield (
                f"“{banner.text}” needs an operator who is on a spacewalk from {outing.suits_utc:%H:%M} UTC",
                f"Move it before {outing.suits_utc:%H:%M} or after {outing.back_utc:%H:%M} UTC.",
            )


def _dates(case: Case, unit: Unit, terms: Spacewalks, day: Day, outing: Outing) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the date of a spacewalk: too early in the flight, too near a docking, no rest after."""
    flight_day, packs = flight_day_of(unit, day.date), case.articles(unit, "spacewalk")
    awake = case.limits[unit.id].awake
    if awake and (outing.suits_utc < local(unit, day.date, awake[0]) or local(unit, day.date, awake[1]) < outing.back_utc):
        yield (
            f"a spacewalk from {outing.suits_utc:%H:%M} to {outing.back_utc:%H:%M} UTC reaches into the crew's sleep",
            f"Keep it between {awake[0]:%H:%M} and {awake[1]:%H:%M} UTC, suits and the way back included.",
        )
    if flight_day < terms.first_flight_day and not case.articles(unit, "adaptation"):
        first = day.date + timedelta(days=terms.first_flight_day - flight_day)
        yield (
            f"a spacewalk on flight day {flight_day}, none before day {terms.first_flight_day}",
            f"Go outside on {first} or later.",
        )
    near = max((round(article.number("docking_days")) for article in packs), default=0)
    for at in [unit.first_utc, unit.last_utc, *(at for _, at in traffic(unit))] if near else ():
        if abs((at.date() - day.date).days) < near or outing.suits_utc < at < outing.back_utc:
            yield (
                f"a spacewalk within {near} day of the docking or undocking of {at:%Y-%m-%d %H:%M} UTC",
                "Go outside on another day.",
            )
    for other in case.days(unit):
        if 0 < (other.date - day.date).days <= terms.rest_days:
            for strip in other.strips:
                crew = set(case.works[strip.id].crew if strip.id in case.works else ()) & set(outing.pair)
                if crew:
                    yield (
                        f"strip {strip.id} on {other.date} needs {' and '.join(sorted(crew))}, who rests after the spacewalk",
                        f"Shoot it after {day.date + timedelta(days=terms.rest_days)}.",
                    )
