"""Lines that a board makes but the search does not weigh: fees, per diems, rehearsals, strike and restore, hires, charges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from cupola.model import CastMember, Day, Production
from cupola.model.budget import NOTHING, BudgetLine, Charge, Chart, Hire
from cupola.model.work import workdays
from cupola.money.chart import kind_key
from cupola.money.contracts import contracted
from cupola.money.deals import WEEK, days_away, engagement
from cupola.money.lines import line
from cupola.money.measures import product
from cupola.money.people import cast_days
from cupola.money.prices import unit_days
from cupola.money.sums import percent_of, priced, rate_estimate
from cupola.money.terms import DAY_DEAL

PAY = frozenset({"work", "hold", "week", "overtime", "rehearsal", "fitting", "penalty"})
"""Kinds of line that are somebody's pay: an agent's fee and fringes come on top of them. A flat deal is pay too."""

FOUR_DAYS = 4


def is_pay(each: BudgetLine) -> bool:
    """Whether a line is the pay of a cast member."""
    return bool(each.who) and each.kind in PAY | {"fixed"}


def preparation_lines(production: Production, chart: Chart) -> list[BudgetLine]:
    """Return rehearsal and fitting days of the cast, as their deals have them."""
    lines: list[BudgetLine] = []
    for member in production.cast:
        deal, name = member.deal or DAY_DEAL, member.name or member.id
        for kind, days, rate in (
            ("rehearsal", deal.rehearsal_days, deal.rehearsal),
            ("fitting", deal.fitting_days, deal.fitting),
        ):
            account = chart.booked(kind)
            lines += line(kind, member.id, f"{name}, {kind}", days, "day", rate, account=account, direct=False)
    return lines


def per_diem_lines(production: Production, days: Sequence[Day], chart: Chart) -> list[BudgetLine]:
    """Return the living of those who are away from home, holds and days off between included."""
    lines: list[BudgetLine] = []
    for unit in production.units:
        if unit.is_orbit:
            continue
        calendar, worked = workdays(unit), cast_days(production, unit_days(unit, days))
        for member in production.cast:
            rate = (member.deal or DAY_DEAL).per_diem
            if rate is None or member.id not in worked:
                continue
            deal = engagement(contracted(production, member), [each.day for each in worked[member.id]], calendar)
            away = days_away(member, deal, [each.hub for each in worked[member.id]])
            text, account = f"{member.name or member.id}, per diem", chart.booked("per-diem")
            lines += line("per diem", member.id, text, len(away), "day", rate, days=away, account=account, direct=False)
    return lines


def fee_lines(production: Production, lines: Sequence[BudgetLine], chart: Chart) -> list[BudgetLine]:
    """Return agents' and loan-out companies' fees: percents of a member's pay, which are `lines` by their places."""
    made: list[BudgetLine] = []
    for member in production.cast:
        deal = member.deal or DAY_DEAL
        made += _fee("agency", member, deal.agency_percent, lines, chart)
        made += _fee("loan-out", member, deal.loan_out_percent or Fraction(0), lines, chart)
    return made


def _fee(kind: str, member: CastMember, percent: Fraction, lines: Sequence[BudgetLine], chart: Chart) -> list[BudgetLine]:
    of = tuple(number for number, each in enumerate(lines) if each.who == member.id and is_pay(each))
    if not percent or not of:
        return []
    base = sum((lines[number].cost for number in of), NOTHING)
    return [
        BudgetLine(
            account=chart.booked(kind_key(kind)),
            kind=kind,
            who=member.id,
            text=f"{member.name or member.id}, {kind} fee",
            amount=percent,
            unit="%",
            rate=base,
            cost=percent_of(percent, base),
            source="the deal",
            of=of,
            line=member.line,
        )
    ]


def place_extras(production: Production, days: Iterable[Day], chart: Chart) -> list[BudgetLine]:
    """Return preparing, striking and restoring the places that a board uses."""
    used: dict[str, list[str]] = {}
    for day in days:
        for strip in day.strips:
            used.setdefault(strip.place, []).append(strip.id)
    lines: list[BudgetLine] = []
    for terms in production.budget.places:
        if terms.place not in used:
            continue
        name, strips = production.place(terms.place).name, tuple(used[terms.place])
        for kind, done, amount, unit, rate in (
            ("prep", "prepared", terms.prep_days, "day", terms.prep),
            ("strike", "struck", terms.strike_days, "day", terms.strike),
            ("restore", "restored as it was", 1, "allow", terms.restore),
        ):
            account = chart.booked(kind)
            text = f"{name}, {done}"
            lines += line(kind, terms.place, text, amount, unit, rate, strips=strips, account=account, direct=False)
    return lines


def hire_lines(production: Production, days: Sequence[Day]) -> list[BudgetLine]:
    """Return gear and stages kept from the first to the last of their days."""
    lines: list[BudgetLine] = []
    for hire in production.budget.hires:
        used = [
            day.date
            for day in days
            if day.unit == hire.unit and (not hire.places or any(strip.place in hire.places for strip in day.strips))
        ]
        if used and hire.group not in production.budget.without:
            lines.append(_hire(hire, sorted(used)))
    return lines


def _hire(hire: Hire, used: Sequence[date]) -> BudgetLine:
    kept = tuple(used[0] + timedelta(days=n) for n in range((used[-1] - used[0]).days + 1))
    amount = Fraction(hired(hire, len(kept)))
    return BudgetLine(
        account=hire.account,
        kind="hire",
        who=hire.unit,
        text=hire.text,
        amount=amount,
        unit="week" if hire.by == "week" else "day",
        rate=rate_estimate(hire.rate),
        cost=priced(amount, hire.rate),
        source=hire.rate.source,
        days=kept,
        group=hire.group,
        quoted=hire.rate,
        line=hire.line,
    )


def hired(hire: Hire, days: int) -> int:
    """Return how many days, or weeks, are paid for gear kept so many calendar days."""
    if hire.by == "week":
        return -(-days // WEEK)
    weeks, rest = divmod(days, WEEK)
    return weeks * FOUR_DAYS + min(rest, FOUR_DAYS) if hire.by == "4-day week" else days


def charge_lines(production: Production, days: Sequence[Day]) -> list[BudgetLine]:
    """Return the lines entered by hand whose amount may follow the board; those that come to nothing are left out."""
    known = dict(production.budget.globals)
    made = [_charge(each, product(each.amount, known, production, days), days) for each in production.budget.charges]
    return [each for each in made if each.amount and each.group not in production.budget.without]


def _charge(each: Charge, amount: Fraction, days: Sequence[Day]) -> BudgetLine:
    units = {factor.partition(".")[2] for factor in each.amount if isinstance(factor, str)}
    return BudgetLine(
        account=each.account,
        kind="charge",
        who=each.who,
        text=each.text,
        amount=amount,
        times=each.times,
        unit=each.unit,
        rate=rate_estimate(each.rate),
        cost=priced(amount * each.times, each.rate),
        source=each.rate.source,
        days=tuple(day.date for day in days if day.unit in units),
        group=each.group,
        quoted=each.rate,
        line=each.line,
    )
