"""What a board costs: every line from its days, strips and rates, in whole minor units."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date

from cupola.model import Banner, Cost, CostLine, Day, Production, Rate, Strip, Unit
from cupola.model.work import workdays
from cupola.money.deals import Engagement, engagement, journeys

ACCOUNTS = {
    "work": "1400",
    "hold": "1400",
    "travel": "1500",
    "unit": "2000",
    "move": "3500",
    "place": "3600",
    "crew hours": "8100",
    "rig": "8110",
}
"""Where each derived line is booked; 8000-8999 are the lines that only a station has."""

RIG = "Rig"
"""The first word of a banner whose time is rigging a module."""


def cost(production: Production, days: Sequence[Day]) -> Cost:
    """Return what the days of a board cost, with the production's fixed lines.

    Lines with no rate or no amount are left out. Cents are whole minor units of `production.currency`; hours are priced by
    the second and rounded half up per line.
    """
    lines: list[CostLine] = []
    for unit in production.units:
        own = sorted((day for day in days if day.unit == unit.id), key=lambda day: day.date)
        lines += _unit_lines(unit, own)
        lines += _place_lines(production, own)
        lines += _aboard_lines(production, unit, own) if unit.is_orbit else _earth_lines(production, unit, own)
    lines += _fixed_lines(production)
    return Cost(currency=production.currency, lines=tuple(lines))


def _line(kind: str, who: str, text: str, amount: int, unit: str, rate: Rate | None) -> list[CostLine]:
    if rate is None or amount == 0:
        return []
    return [
        CostLine(
            account=ACCOUNTS[kind],
            kind=kind,
            who=who,
            text=text,
            amount=amount,
            unit=unit,
            rate_cents=rate.cents,
            cents=amount * rate.cents,
            source=rate.source,
        )
    ]


def _unit_lines(unit: Unit, days: Sequence[Day]) -> list[CostLine]:
    return _line("unit", unit.id, f"Shooting days of unit {unit.id}", len(days), "day", unit.day_rate)


def _place_lines(production: Production, days: Sequence[Day]) -> list[CostLine]:
    lines: list[CostLine] = []
    for place in production.places:
        used = sum(any(strip.place == place.id for strip in day.strips) for day in days)
        lines += _line("place", place.id, f"{place.name}, by the day", used, "day", place.day_rate)
    return lines


def _earth_lines(production: Production, unit: Unit, days: Sequence[Day]) -> list[CostLine]:
    calendar = workdays(unit)
    moves = company_moves(production, days)
    lines = _line("move", unit.id, f"Company moves of unit {unit.id}", moves, "move", unit.move_rate)
    hubs = {day.date: production.place(day.strips[0].place).hub for day in days if day.strips}
    for member in production.cast:
        worked = days_of(member.id, days)
        deal = engagement(member, worked, calendar)
        name = member.name or member.id
        lines += _line("work", member.id, f"{name}, work", len(deal.work), "day", member.work)
        lines += _line("hold", member.id, f"{name}, hold", len(deal.holds), "day", member.hold)
        away = journeys(member, [hubs[day] for day in worked])
        lines += _line("travel", member.id, f"{name}, travel", len(away), "journey", member.travel)
    return lines


def days_of(cast_id: str, days: Iterable[Day]) -> list[date]:
    """Return the dates on which a cast member works, in order."""
    return sorted(day.date for day in days if any(cast_id in strip.cast for strip in day.strips))


def engagements(production: Production, unit: Unit, days: Sequence[Day]) -> tuple[Engagement, ...]:
    """Return the engagement of every cast member who works in a unit, in the order of the cast list."""
    own = [day for day in days if day.unit == unit.id]
    calendar = workdays(unit) if not unit.is_orbit else [day.date for day in own]
    return tuple(engagement(member, worked, calendar) for member in production.cast if (worked := days_of(member.id, own)))


def company_moves(production: Production, days: Sequence[Day]) -> int:
    """Count the company's moves: to a further place within a day, and to another hub from one day to the next."""
    moves, hub = 0, None
    for day in days:
        places = [strip.place for strip in day.strips]
        moves += sum(a != b for a, b in itertools.pairwise(places))
        if places:
            here = production.place(places[0]).hub
            moves += hub is not None and here != hub
            hub = here
    return moves


def _aboard_lines(production: Production, unit: Unit, days: Sequence[Day]) -> list[CostLine]:
    assert unit.station is not None, f"unit {unit.id} has no station"
    roles = {role.id: role.aboard for role in production.cast}
    lines: list[CostLine] = []
    for member in unit.station.crew:
        strips = [
            strip
            for day in days
            for strip in day.strips
            if member.operates or any(roles.get(role) == member.id for role in strip.cast)
        ]
        rigs = [banner for day in days for banner in day.banners if banner.text.startswith(RIG) and member.operates]
        lines += _hours("crew hours", member.id, f"{member.name}, before and behind the camera", strips, member.hour)
        lines += _hours("rig", member.id, f"{member.name}, rigging modules", rigs, member.hour)
    return lines


def _hours(kind: str, who: str, text: str, spans: Sequence[Strip] | Sequence[Banner], rate: Rate | None) -> list[CostLine]:
    if rate is None or not spans:
        return []
    seconds = sum(round((span.end_utc - span.start_utc).total_seconds()) for span in spans)
    return [
        CostLine(
            account=ACCOUNTS[kind],
            kind=kind,
            who=who,
            text=text,
            amount=round(seconds / 3600, 2),
            unit="hour",
            rate_cents=rate.cents,
            cents=hour_cents(seconds, rate),
            source=rate.source,
        )
    ]


def hour_cents(seconds: int, rate: Rate) -> int:
    """Price seconds at an hourly rate, rounded half up to a whole minor unit."""
    return (2 * seconds * rate.cents + 3600) // 7200


def _fixed_lines(production: Production) -> list[CostLine]:
    return [
        CostLine(
            account=line.account,
            kind="fixed",
            who="",
            text=line.text,
            amount=line.amount,
            unit=line.unit,
            rate_cents=line.rate.cents,
            cents=round(line.amount * line.rate.cents),
            source=line.rate.source,
        )
        for line in production.fixed
    ]
