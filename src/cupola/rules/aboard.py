"""Rules of a crew day aboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from cupola.model import Day, Strip, Unit, Violation
from cupola.model.work import crew_blocks, local
from cupola.rules.case import Case


def check_crew_day(case: Case) -> Iterator[Violation]:
    """Aboard, every strip and rig lies in a working block of everybody it needs, within the crew's waking day."""
    for unit in case.production.units:
        if unit.station is None:
            continue
        operators = tuple(member.id for member in unit.station.crew if member.operates)
        for day in case.days(unit):
            for strip in day.strips:
                crew = case.works[strip.id].crew if strip.id in case.works else operators
                yield from _in_crew_day(case, unit, day, strip, crew)
            for banner in day.banners:
                if not _inside(crew_blocks(unit, day.date, operators), banner.start_utc, banner.end_utc):
                    yield Violation(
                        rule="crew day",
                        message=f"“{banner.text}” at {banner.start_utc:%H:%M} UTC lies outside the operators' working hours",
                        day=day.date,
                        remedy="Move it into a working block.",
                    )
            yield from _worked(case, unit, day)


def _inside(blocks: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime) -> bool:
    return any(a <= start and end <= b for a, b in blocks)


def _in_crew_day(case: Case, unit: Unit, day: Day, strip: Strip, crew: tuple[str, ...]) -> Iterator[Violation]:
    limits = case.limits[unit.id]
    if not _inside(crew_blocks(unit, day.date, crew), strip.start_utc, strip.end_utc):
        yield Violation(
            rule="crew day",
            message=f"strip {strip.id} at {strip.start_utc:%H:%M}-{strip.end_utc:%H:%M} UTC lies outside "
            f"the hours of {', '.join(crew)}",
            strips=(strip.id,),
            day=day.date,
            who=", ".join(crew),
            clause="working blocks of the crew in production.toml",
            remedy="Move it into a block that all of them share.",
        )
    if limits.awake:
        wake, lights_out = (local(unit, day.date, clock) for clock in limits.awake)
        if strip.start_utc < wake or strip.end_utc > lights_out:
            yield Violation(
                rule="crew day",
                message=f"strip {strip.id} lies in the crew's sleep",
                strips=(strip.id,),
                day=day.date,
                clause=limits.awake_clause,
                remedy=f"Shoot between {wake:%H:%M} and {lights_out:%H:%M} UTC.",
            )


def _worked(case: Case, unit: Unit, day: Day) -> Iterator[Violation]:
    limit = case.limits[unit.id].work
    if limit is None or unit.station is None:
        return
    for member in unit.station.crew:
        spans = [strip for strip in day.strips if strip.id in case.works and member.id in case.works[strip.id].crew]
        minutes = sum((strip.end_utc - strip.start_utc).total_seconds() for strip in spans) / 60
        if minutes > limit.minutes:
            yield Violation(
                rule="crew day",
                message=f"{member.name} works {minutes / 60:.1f} h on {day.date}, {limit.minutes / 60:g} h allowed",
                who=member.id,
                day=day.date,
                clause=limit.clause,
                remedy=f"Take {minutes - limit.minutes:.0f} min to another day.",
            )
