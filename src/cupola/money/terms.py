"""What a day of a cast member costs, as plain figures: the only prices that the search knows of people."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.model import CastMember, Production, Rate, Unit
from cupola.model.money import Deal
from cupola.money.contracts import contracted

DAY_DEAL = Deal()
"""What holds for a cast member of whom nothing is said but the day rates."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """Prices of one cast member in one unit, in minor units of the production's currency.

    A day deal has `work` and `hold` cents a day; at least `guarantee_days` are paid, and a guaranteed day without work is a
    paid idle day: a hold. A weekly deal has `week` cents for each started week of the calendar days from first to last work day
    (a dropped gap left out), `guarantee_days` at least, and no day prices. A flat or run-of-picture deal has none of them,
    for no order changes it. A gap of at least `drop_days` calendar days may be dropped once (-1: never). Beyond
    `straight_min` from the start of the first strip of a day to the end of the last, every started tenth of an hour costs
    `overtime` cents (0 minutes: never).
    """

    work: int = 0
    hold: int = 0
    travel: int = 0
    week: int = 0
    guarantee_days: int = 0
    drop_days: int = -1
    straight_min: int = 0
    overtime: int = 0


def terms(production: Production, member: CastMember, unit: Unit) -> Terms:
    """Return the prices of a cast member in a unit; none aboard, where the hours of the crew are paid."""
    if unit.is_orbit:
        return Terms()
    deal, drop_days = member.deal or DAY_DEAL, contracted(production, member).drop_days
    by_day, by_week = deal.kind == "day", deal.kind == "weekly"
    return Terms(
        work=_cents(member.work) if by_day else 0,
        hold=_cents(member.hold) if by_day else 0,
        travel=_cents(member.travel),
        week=_cents(deal.week) if by_week else 0,
        guarantee_days=deal.guarantee_days if by_day or by_week else 0,
        drop_days=-1 if drop_days is None else drop_days,
        straight_min=deal.straight_min if deal.overtime else 0,
        overtime=tenth_cents(deal.overtime) if deal.overtime and deal.straight_min else 0,
    )


def _cents(rate: Rate | None) -> int:
    return rate.cents if rate else 0


def tenth_cents(hour: Rate) -> int:
    """Return a tenth of an hour's price, rounded half up."""
    return (hour.cents + 5) // 10
