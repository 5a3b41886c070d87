"""What a board pays its cast on Earth: by the day, by the week, for the picture; overtime and journeys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cupola.model import CastMember, Day, Production, Strip, Unit
from cupola.model.budget import BudgetLine
from cupola.model.money import Deal
from cupola.model.work import workdays
from cupola.money.contracts import contracted
from cupola.money.deals import WEEK, Engagement, engagement, stays
from cupola.money.lines import line
from cupola.money.terms import DAY_DEAL, tenth_cents

TENTH_S = 360


class Worked(NamedTuple):
    """One day of a cast member: the hub the company is at, from the first of their strips to the last (seconds), and those."""

    day: date
    hub: str
    span_s: int
    strips: tuple[str, ...]


def cast_lines(production: Production, unit: Unit, days: Sequence[Day]) -> list[BudgetLine]:
    """Return the lines of all cast in a unit on Earth; `days` are its own, in order."""
    calendar = workdays(unit)
    worked = cast_days(production, days)
    lines: list[BudgetLine] = []
    for member in production.cast:
        if member.id in worked:
            lines += member_lines(contracted(production, member), worked[member.id], calendar)
    return lines


def cast_days(production: Production, days: Iterable[Day]) -> dict[str, list[Worked]]:
    """Return the days on which each cast member works, in order."""
    hubs = {place.id: place.hub for place in production.places}
    found: dict[str, list[Worked]] = {}
    for day in days:
        for name, worked in day_of_cast(day, hubs[day.strips[0].place] if day.strips else ""):
            found.setdefault(name, []).append(worked)
    return found


def day_of_cast(day: Day, hub: str) -> Iterator[tuple[str, Worked]]:
    """Yield everybody who works on a day, with their own part of it."""
    own: dict[str, list[Strip]] = {}
    for strip in day.strips:
        for name in dict.fromkeys(strip.cast):
            own.setdefault(name, []).append(strip)
    for name, strips in own.items():
        first, last = min(strip.start_utc for strip in strips), max(strip.end_utc for strip in strips)
        yield name, Worked(day.date, hub, round((last - first).total_seconds()), tuple(strip.id for strip in strips))


def member_lines(
    member: CastMember, worked: Sequence[Worked], calendar: Sequence[date], given: Engagement | None = None
) -> list[BudgetLine]:
    """Return the lines of one cast member in one unit, by the cheapest engagement or a given one."""
    made = given or engagement(member, [each.day for each in worked], calendar)
    deal, name = member.deal or DAY_DEAL, member.name or member.id
    strips = tuple(strip for each in worked for strip in each.strips)
    lines: list[BudgetLine] = []
    if deal.kind == "day":
        lines += line("work", member.id, f"{name}, work", len(made.work), "day", member.work, strips=strips, days=made.work)
        idle = len(made.holds) + made.guaranteed
        text = f"{name}, hold" + (" and guaranteed days" if made.guaranteed else "")
        lines += line("hold", member.id, text, idle, "day", member.hold, days=made.holds)
    elif deal.kind == "weekly":
        weeks = made.weeks(deal.guarantee_days)
        lines += line("week", member.id, f"{name}, by the week", weeks, "week", deal.week, strips=strips, days=made.work)
    lines += overtime_lines(member, deal, worked)
    hubs = [each.hub for each in worked]
    away = tuple(made.work[number] for number in stays(member, hubs))
    return lines + line("travel", member.id, f"{name}, travel", len(away), "journey", member.travel, days=away)


def overtime_lines(member: CastMember, deal: Deal, worked: Sequence[Worked]) -> list[BudgetLine]:
    """Return the line of the started tenths of an hour beyond what the deal calls a day."""
    if deal.overtime is None or not deal.straight_min:
        return []
    tenths = {each: -(-(each.span_s - deal.straight_min * 60) // TENTH_S) for each in worked}
    late = {each: count for each, count in tenths.items() if count > 0}
    rate = replace(deal.overtime, cents=tenth_cents(deal.overtime), quote=None)
    dates = tuple(each.day for each in late)
    strips = tuple(each.strips[-1] for each in late)
    text = f"{member.name or member.id}, overtime in tenths of an hour"
    return line("overtime", member.id, text, sum(late.values()), "tenth", rate, days=dates, strips=strips)


def flat_lines(production: Production) -> list[BudgetLine]:
    """Return what flat and run-of-picture deals cost: lines that no order of shooting changes."""
    lines: list[BudgetLine] = []
    for member in production.cast:
        deal, name = member.deal or DAY_DEAL, member.name or member.id
        if deal.kind == "flat":
            lines += line("fixed", member.id, f"{name}, flat", 1, "picture", deal.flat, account="1400")
        if deal.kind == "run":
            weeks = picture_weeks(production.units)
            lines += line("fixed", member.id, f"{name}, run of picture", weeks, "week", deal.week, account="1400")
    return lines


def picture_weeks(units: Iterable[Unit]) -> int:
    """Return the started weeks from the first day of the units on Earth to the last."""
    spans = [
        (_day(unit, unit.first_utc), _day(unit, unit.last_utc - timedelta(seconds=1))) for unit in units if not unit.is_orbit
    ]
    if not spans:
        return 0
    return -(-((max(last for _, last in spans) - min(first for first, _ in spans)).days + 1) // WEEK)


def _day(unit: Unit, at: datetime) -> date:
    return at.astimezone(ZoneInfo(unit.tz)).date()
