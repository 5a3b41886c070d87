"""A board and everything that stands beside it → the budget: lines, accounts, top sheet figures, gross and net."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from cupola.errors import RateError
from cupola.model import Board, Day, Production
from cupola.model.budget import (
    NOTHING,
    AccountRange,
    Budget,
    BudgetAccount,
    BudgetLine,
    Chart,
    Credit,
    Estimate,
    Share,
)
from cupola.money.chart import film_chart, kind_key
from cupola.money.extras import charge_lines, fee_lines, hire_lines, per_diem_lines, place_extras, preparation_lines
from cupola.money.fringes import fringe_lines
from cupola.money.penalties import penalty_lines
from cupola.money.prices import direct_lines
from cupola.money.sums import percent_of

PRACTICE = "general practice"


def budget(production: Production, board: Board) -> Budget:
    """Return the budget of a production on a board.

    Its direct lines are those of `Board.cost`, cent by cent, with what on the board made them; beside them stand fees, per
    diems, penalties, hires, charges and fringes. Raises RateError for a line on an account that the chart does not have.
    """
    chart = production.budget.chart or film_chart()
    lines = [_booked(line, chart) for line in budget_lines(production, board.days, chart)]
    accounts = _accounts(lines, chart)
    made = Budget(
        title=production.title,
        board=board.title,
        currency=production.currency,
        lines=tuple(lines),
        accounts=accounts,
        spared=production.budget.spared,
    )
    return _with_shares(made, production)


def budget_lines(production: Production, days: Sequence[Day], chart: Chart) -> list[BudgetLine]:
    """Return all lines; those in percent come last, for they name the others by their places."""
    lines = list(direct_lines(production, days))
    lines += preparation_lines(production, chart)
    lines += per_diem_lines(production, days, chart)
    lines += penalty_lines(production, days, chart)
    lines += place_extras(production, days, chart)
    lines += hire_lines(production, days)
    lines += charge_lines(production, days)
    return lines + fee_lines(production, lines, chart) + fringe_lines(production, lines, chart)


def _booked(line: BudgetLine, chart: Chart) -> BudgetLine:
    """Return a line on the account that the chart has for it: its own where a person wrote it, else that of its kind."""
    by_hand = line.kind in ("charge", "hire", "fringe") or (line.kind == "fixed" and not line.who)
    number = line.account if by_hand else chart.booked("work" if line.kind == "fixed" else kind_key(line.kind))
    if chart.account(number) is None:
        rule, remedy = f"the chart {chart.id} has no such account", "add it to the chart, or book the line elsewhere"
        raise RateError(rule, value=f"{number} {line.text}", remedy=remedy, line=line.line or None)
    return line if number == line.account else replace(line, account=number)


def _accounts(lines: Sequence[BudgetLine], chart: Chart) -> tuple[BudgetAccount, ...]:
    found: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        account = chart.account(line.account)
        if account is not None:
            found.setdefault(account.number, []).append(number)
    return tuple(
        BudgetAccount(
            number=account.number,
            title=account.title,
            section=account.section,
            lines=tuple(sorted(found[account.number], key=lambda number: lines[number].account)),
            cost=_sum(lines[number].cost for number in found[account.number]),
        )
        for account in chart.accounts
        if account.number in found
    )


def _sum(costs: Iterable[Estimate]) -> Estimate:
    return sum(costs, NOTHING)


def _with_shares(made: Budget, production: Production) -> Budget:
    """Return a budget with what comes on top of its accounts, and what comes back."""
    plan = production.budget
    base = _sum(each.cost for each in made.accounts if not any(each.number in span for span in plan.spared))
    contingency = share("Contingency", plan.contingency_percent, base)
    overhead = share("Overhead", plan.overhead_percent, base)
    bond = share("Completion bond", plan.bond_percent, base + (contingency.cost if contingency else NOTHING))
    credits = tuple(each for credit in plan.credits if (each := credit_share(credit, made.lines)) is not None)
    return replace(made, contingency=contingency, overhead=overhead, bond=bond, credits=credits)


def share(text: str, percent: Fraction, base: Estimate) -> Share | None:
    """Return a percentage of a base; None where there is none."""
    if not percent:
        return None
    return Share(text=text, percent=percent, base=base, cost=percent_of(percent, base), source=PRACTICE)


def credit_share(credit: Credit, lines: Sequence[BudgetLine]) -> Share | None:
    """Return what a credit brings back of what is spent on its accounts; None where the spend is too small."""
    base = spent_on(lines, credit.accounts)
    if credit.least is not None and base.likely < credit.least.cents:
        return None
    cost, most = percent_of(credit.percent, base), credit.cap.cents if credit.cap else None
    if most is not None:
        cost = Estimate(low=min(cost.low, most), likely=min(cost.likely, most), high=min(cost.high, most))
    return Share(
        text=credit.text,
        percent=credit.percent,
        base=base,
        cost=cost,
        source=credit.source,
        accounts=credit.accounts,
        cap=most,
    )


def spent_on(lines: Iterable[BudgetLine], accounts: Sequence[AccountRange]) -> Estimate:
    """Return what the lines on some accounts cost."""
    return _sum(line.cost for line in lines if any(line.account in span for span in accounts))
