"""What a board costs: every line from its days, strips and rates, in whole minor units."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from cupola.model import Cost, CostLine, Day, Production, Rate, Unit
from cupola.model.budget import BudgetLine
from cupola.model.work import workdays
from cupola.money.aboard import RIG, aboard_lines
from cupola.money.contracts import contracted
from cupola.money.deals import Engagement, engagement
from cupola.money.lines import ACCOUNTS, line
from cupola.money.people import cast_lines, flat_lines
from cupola.money.sums import priced, rate_estimate

__all__ = ["ACCOUNTS", "RIG", "company_moves", "cost", "days_of", "direct_lines", "engagements", "hour_cents", "unit_days"]


def cost(production: Production, days: Sequence[Day]) -> Cost:
    """Return what the days of a board cost, with the production's fixed lines.

    Lines with no rate or no amount are left out. Cents are whole minor units of `production.currency`; hours are priced by
    the second and rounded half up per line.
    """
    return Cost(currency=production.currency, lines=tuple(map(cost_line, direct_lines(production, days))))


def cost_line(made: BudgetLine) -> CostLine:
    """Return a line as a board keeps it: its likely figures."""
    amount = made.amount.numerator if made.amount.denominator == 1 else round(float(made.amount), 2)
    return CostLine(
        account=made.account,
        kind=made.kind,
        who=made.who,
        text=made.text,
        amount=float(made.amount) if made.kind == "fixed" else amount,
        unit=made.unit,
        rate_cents=made.rate.likely,
        cents=made.cost.likely,
        source=made.source,
    )


def direct_lines(production: Production, days: Sequence[Day]) -> tuple[BudgetLine, ...]:
    """Return the lines that a board costs directly: what the search makes small, and the fixed lines."""
    lines: list[BudgetLine] = []
    for unit in production.units:
        own = unit_days(unit, days)
        lines += unit_lines(unit, own)
        lines += place_lines(production, own)
        lines += aboard_lines(production, unit, own) if unit.is_orbit else earth_lines(production, unit, own)
    return (*lines, *flat_lines(production), *fixed_lines(production))


def unit_days(unit: Unit, days: Iterable[Day]) -> list[Day]:
    """Return the days of a unit, in order."""
    return sorted((day for day in days if day.unit == unit.id), key=lambda day: day.date)


def unit_lines(unit: Unit, days: Sequence[Day]) -> list[BudgetLine]:
    """Return the line of a unit's shooting days."""
    dates = tuple(day.date for day in days)
    return line("unit", unit.id, f"Shooting days of unit {unit.id}", len(days), "day", unit.day_rate, days=dates)


def place_lines(production: Production, days: Sequence[Day]) -> list[BudgetLine]:
    """Return a line for each place that the days of a unit use."""
    used: dict[str, dict[date, list[str]]] = {}
    for day in days:
        for strip in day.strips:
            used.setdefault(strip.place, {}).setdefault(day.date, []).append(strip.id)
    lines: list[BudgetLine] = []
    for place in production.places:
        on = used.get(place.id, {})
        strips = tuple(itertools.chain.from_iterable(on.values()))
        text = f"{place.name}, by the day"
        lines += line("place", place.id, text, len(on), "day", place.day_rate, days=tuple(on), strips=strips)
    return lines


def earth_lines(production: Production, unit: Unit, days: Sequence[Day]) -> list[BudgetLine]:
    """Return the company moves of a unit on Earth, and its cast."""
    moves = company_moves(production, days)
    lines = line("move", unit.id, f"Company moves of unit {unit.id}", len(moves), "move", unit.move_rate, days=moves)
    return lines + cast_lines(production, unit, days)


def days_of(cast_id: str, days: Iterable[Day]) -> list[date]:
    """Return the dates on which a cast member works, in order."""
    return sorted(day.date for day in days if any(cast_id in strip.cast for strip in day.strips))


def engagements(production: Production, unit: Unit, days: Sequence[Day]) -> tuple[Engagement, ...]:
    """Return the engagement of every cast member who works in a unit, in the order of the cast list."""
    own = [day for day in days if day.unit == unit.id]
    calendar = workdays(unit) if not unit.is_orbit else [day.date for day in own]
    return tuple(
        engagement(contracted(production, member), worked, calendar)
        for member in production.cast
        if (worked := days_of(member.id, own))
    )


def company_moves(production: Production, days: Sequence[Day]) -> tuple[date, ...]:
    """Return the date of each of the company's moves: to a further place within a day, to another hub from day to day."""
    hubs = {place.id: place.hub for place in production.places}
    moves: list[date] = []
    hub = None
    for day in days:
        places = [strip.place for strip in day.strips]
        if places:
            here = hubs[places[0]]
            within = sum(a != b for a, b in itertools.pairwise(places))
            moves += [day.date] * (within + (hub is not None and here != hub))
            hub = here
    return tuple(moves)


def hour_cents(seconds: int, rate: Rate) -> int:
    """Price seconds at an hourly rate, rounded half up to a whole minor unit."""
    return (2 * seconds * rate.cents + 3600) // 7200


def fixed_lines(production: Production) -> list[BudgetLine]:
    """Return the lines that no order of shooting changes."""
    return [
        BudgetLine(
            account=each.account,
            kind="fixed",
            who="",
            text=each.text,
            amount=(amount := Fraction(str(each.amount))),
            unit=each.unit,
            rate=rate_estimate(each.rate),
            cost=priced(amount, each.rate),
            source=each.rate.source,
            direct=True,
            quoted=each.rate,
            line=each.line,
        )
        for each in production.fixed
    ]
