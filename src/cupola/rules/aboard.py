"""Rules of a crew day aboard: working blocks, sleep, work, exercise, dockings, the first days."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from cupola.model import Banner, CrewMember, Day, Strip, Unit, Violation
from cupola.model.outside import BACK, OUT, SUITS, outings
from cupola.model.work import crew_blocks, local, stretch_on
from cupola.rules.case import Case
from cupola.rules.limits import flight_day_of, stretch_floor
from cupola.rules.said import hours, length, minutes_between


def check_crew_day(case: Case) -> Iterator[Violation]:
    """Aboard, every strip and rig lies in a working block of everybody it needs, within the crew's waking day."""
    for unit in case.production.units:
        if unit.station is None:
            continue
        operators = tuple(member.id for member in unit.station.crew if member.operates)
        for day in case.days(unit):
            for strip in day.strips:
                yield from _in_crew_day(case, unit, day, strip, _bound_by_blocks(case, day, strip, operators))
            blocks = crew_blocks(unit, day.date, operators)
            for banner in day.banners:
                if not _is_of_outing(banner) and not _inside(blocks, banner.start_utc, banner.end_utc):
                    yield Violation(
                        rule="crew day",
                        message=f"“{banner.text}” at {banner.start_utc:%H:%M} UTC lies outside the operators' working hours",
                        day=day.date,
                        remedy=f"Move it into a working block: {_blocks_text(blocks)}.",
                    )
            yield from _worked_too_long(case, unit, day)


def _bound_by_blocks(case: Case, day: Day, strip: Strip, operators: tuple[str, ...]) -> tuple[str, ...]:
    """Return whose working blocks a strip must lie in: all that it needs, but not the pair that is outside on a spacewalk."""
    crew = case.works[strip.id].crew if strip.id in case.works else operators
    pair = {who for outing in outings(day.banners) for who in outing.pair}
    outside = case.production.place(strip.place).outside
    return tuple(who for who in crew if not (outside and who in pair))


def _is_of_outing(banner: Banner) -> bool:
    return banner.text in (SUITS, BACK) or banner.text.startswith(f"{OUT} ")


def _inside(blocks: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime) -> bool:
    return any(a <= start and end <= b for a, b in blocks)


def _blocks_text(blocks: Sequence[tuple[datetime, datetime]]) -> str:
    return ", ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in blocks) + " UTC" if blocks else "there is none on this date"


def _in_crew_day(case: Case, unit: Unit, day: Day, strip: Strip, crew: tuple[str, ...]) -> Iterator[Violation]:
    limits = case.limits[unit.id]
    blocks = crew_blocks(unit, day.date, crew)
    if crew and not _inside(blocks, strip.start_utc, strip.end_utc):
        yield Violation(
            rule="crew day",
            message=f"strip {strip.id} at {strip.start_utc:%H:%M}-{strip.end_utc:%H:%M} UTC lies outside "
            f"the hours of {', '.join(crew)}",
            strips=(strip.id,),
            day=day.date,
            who=", ".join(crew),
            clause="working blocks of the crew in production.toml",
            remedy=f"Move it into a block that all of them share: {_blocks_text(blocks)}.",
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


def _worked_too_long(case: Case, unit: Unit, day: Day) -> Iterator[Violation]:
    limit = case.limits[unit.id].work
    if limit is None or unit.station is None:
        return
    for member in unit.station.crew:
        minutes = sum(minutes_between(strip.start_utc, strip.end_utc) for strip in _strips_of(case, day, member))
        if minutes > limit.minutes:
            yield Violation(
                rule="crew day",
                message=f"{member.name} works {hours(minutes)} on {day.date}, {hours(limit.minutes)} allowed",
                who=member.id,
                day=day.date,
                clause=limit.clause,
                remedy=f"Take {length(minutes - limit.minutes)} to another day.",
            )


def _strips_of(case: Case, day: Day, member: CrewMember) -> list[Strip]:
    return [strip for strip in day.strips if strip.id in case.works and member.id in case.works[strip.id].crew]


def check_exercise(case: Case) -> Iterator[Violation]:
    """A crew day leaves everybody the hours of exercise and of the meal, outside strips and rigs."""
    for unit in case.production.units:
        limits = case.limits[unit.id]
        if unit.station is None or limits.exercise is None or limits.awake is None:
            continue
        awake = minutes_between(*(local(unit, date(2000, 1, 1), clock) for clock in limits.awake))
        for day in case.days(unit):
            for member in unit.station.crew:
                busy = sum(minutes_between(strip.start_utc, strip.end_utc) for strip in _strips_of(case, day, member))
                rigs = [banner for banner in day.banners if member.operates and not _is_of_outing(banner)]
                busy += sum(minutes_between(banner.start_utc, banner.end_utc) for banner in rigs)
                short = limits.exercise.minutes - (awake - busy)
                if short > 0:
                    yield Violation(
                        rule="exercise",
                        message=f"{member.name} has {length(awake - busy)} of the waking day beside the camera on {day.date}, "
                        f"{length(limits.exercise.minutes)} needed",
                        who=member.id,
                        day=day.date,
                        clause=limits.exercise.clause,
                        remedy=f"Take {length(short)} of {member.name}'s work to another day.",
                    )


def check_blackout(case: Case) -> Iterator[Violation]:
    """Nobody films or rigs right after a docking or right before an undocking."""
    for unit in case.production.units:
        limits = case.limits[unit.id]
        for day in case.days(unit):
            named: list[tuple[str, Strip | Banner]] = [(f"strip {strip.id}", strip) for strip in day.strips]
            named += [(f"“{banner.text}”", banner) for banner in day.banners]
            for (name, thing), (start, end) in itertools.product(named, limits.blackout):
                if thing.start_utc < end and start < thing.end_utc:
                    yield Violation(
                        rule="blackout",
                        message=f"{name} at {thing.start_utc:%H:%M} UTC is in the blackout of {start:%F %H:%M}-{end:%H:%M}",
                        strips=(thing.id,) if isinstance(thing, Strip) else (),
                        day=day.date,
                        clause=limits.blackout_clause,
                        remedy=_out_of(unit, start, end, thing.end_utc - thing.start_utc),
                    )


def _out_of(unit: Unit, start: datetime, end: datetime, long: timedelta) -> str:
    """Say when a strip may begin instead, on the side of the blackout that lies in the unit's span."""
    before, after = f"end it by {start:%H:%M} UTC", f"begin it at {end:%H:%M} UTC or later"
    ways = [before] * (start - long >= unit.first_utc) + [after] * (end + long <= unit.last_utc)
    said = " or ".join(ways)
    return f"{said[:1].upper()}{said[1:]}." if ways else "Take it to another day."


def check_adaptation(case: Case) -> Iterator[Violation]:
    """In the first days in weightlessness work has the time that newcomers need, and nobody goes outside."""
    for unit in case.production.units:
        articles = case.articles(unit, "adaptation")
        for day in case.days(unit) if articles else ():
            flight_day, own = flight_day_of(unit, day.date), stretch_on(unit, day.date)
            asked = stretch_floor(case.production, unit, day.date)
            for strip in day.strips:
                work = case.works.get(strip.id)
                have = minutes_between(strip.start_utc, strip.end_utc)
                need = work.total_s(asked) / 60 if work else 0.0
                if work and asked > own and work.total_s(own) <= have * 60 < need * 60:
                    yield Violation(
                        rule="adaptation",
                        message=f"strip {strip.id} has {length(have)} on flight day {flight_day}, {length(need)} needed "
                        f"(x{asked:g})",
                        strips=(strip.id,),
                        day=day.date,
                        clause=articles[0].clause,
                        remedy=f"Give it {length(need - have)} more: raise stretch in [station], and plan again.",
                    )
            first = max(round(article.number("walk_day")) for article in articles)
            for outing in outings(day.banners) if flight_day < first else ():
                yield Violation(
                    rule="adaptation",
                    message=f"a spacewalk of {' and '.join(outing.pair)} on flight day {flight_day}, none before day {first}",
                    who=", ".join(outing.pair),
                    day=day.date,
                    clause=articles[0].clause,
                    remedy=f"Go outside on {day.date + timedelta(days=first - flight_day)} or later.",
                )
