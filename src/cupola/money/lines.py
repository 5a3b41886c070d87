"""One line that the board makes: its account, amount, rate and where it comes from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from cupola.model import Rate
from cupola.model.budget import BudgetLine
from cupola.money.sums import rate_estimate, scaled

ACCOUNTS = {
    "work": "1400",
    "hold": "1400",
    "week": "1400",
    "overtime": "1400",
    "travel": "1500",
    "unit": "2000",
    "move": "3500",
    "place": "3600",
    "crew hours": "8100",
    "rig": "8110",
    "spacewalk": "8700",
}
"""Where each line of a board's cost is booked; 8000-8999 are the lines that only a station has."""


def line(
    kind: str,
    who: str,
    text: str,
    amount: Fraction | int,
    unit: str,
    rate: Rate | None,
    *,
    strips: tuple[str, ...] = (),
    days: tuple[date, ...] = (),
    account: str = "",
    direct: bool = True,
) -> list[BudgetLine]:
    """Return a line of whole minor units; none where there is no rate or no amount."""
    if rate is None or amount == 0:
        return []
    each = rate_estimate(rate)
    return [
        BudgetLine(
            account=account or ACCOUNTS[kind],
            kind=kind,
            who=who,
            text=text,
            amount=Fraction(amount),
            unit=unit,
            rate=each,
            cost=scaled(Fraction(amount), each),
            source=rate.source,
            direct=direct,
            strips=strips,
            days=days,
            quoted=rate,
            line=rate.line,
        )
    ]
