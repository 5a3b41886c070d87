"""What the rules make dearer: overtime, meal penalties, forced calls, sixth and seventh days, as lines of the budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from cupola.model import Day, Production
from cupola.model.budget import BudgetLine, Chart
from cupola.money.sums import certain
from cupola.rules import Due, dues


def penalty_lines(production: Production, days: Sequence[Day], chart: Chart) -> list[BudgetLine]:
    """Return the premiums and penalties that the rules find on a board, one line for each kind and person.

    What no rate of exchange can price is left out.
    """
    found: dict[tuple[str, str], list[Due]] = {}
    for due in dues(production, days):
        if due.cents:
            found.setdefault((due.who, due.kind), []).append(due)
    by_day = {(day.unit, day.date): day for day in days}
    names = {member.id: member.name or member.id for member in production.cast}
    return [_line(names[who], entries, by_day, chart) for (who, _), entries in found.items()]


def _line(name: str, entries: Sequence[Due], by_day: Mapping[tuple[str, date], Day], chart: Chart) -> BudgetLine:
    who, kind = entries[0].who, entries[0].kind
    total = certain(sum(due.cents or 0 for due in entries))
    strips = tuple(strip.id for due in entries for strip in by_day[due.unit, due.day].strips if who in strip.cast)
    return BudgetLine(
        account=chart.booked("penalty"),
        kind="penalty",
        who=who,
        text=f"{name}, {kind}" + (f", {len(entries)} times" if len(entries) > 1 else ""),
        amount=Fraction(1),
        unit="allow",
        rate=total,
        cost=total,
        source=entries[0].clause,
        strips=strips,
        days=tuple(due.day for due in entries),
    )
