"""The cost report: the budget against what is paid, ordered and still to come, account by account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cupola.errors import RateError
from cupola.model.budget import Actual, Budget, Chart, Section

WEEK_DAYS = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportRow:
    """One account of a cost report, in minor units.

    `to_date` is paid until the report's day, `this_week` in the seven days up to it; `commitments` are ordered and not paid;
    `etc` is the estimate to complete.
    """

    account: str
    title: str
    section: Section
    budget: int
    to_date: int
    this_week: int
    commitments: int
    etc: int

    @property
    def total_cost(self) -> int:
        """Paid and ordered."""
        return self.to_date + self.commitments

    @property
    def efc(self) -> int:
        """The estimated final cost."""
        return self.total_cost + self.etc

    @property
    def variance(self) -> int:
        """What is left of the budget in the end; below zero it is overspent."""
        return self.budget - self.efc


@dataclass(frozen=True, kw_only=True, slots=True)
class CostReport:
    """All accounts on one day, and their sums as a row of their own."""

    currency: str
    on: date
    rows: tuple[ReportRow, ...]
    total: ReportRow


def cost_report(made: Budget, actuals: Sequence[Actual], chart: Chart, on: date | None = None) -> CostReport:
    """Return the cost report of a budget on a day (default: that of the last entry).

    The estimate to complete of an account is its last `etc` entry, else what is left of its budget, never below zero. Later
    entries are left out. What stands on the foot of the top sheet (contingency, overhead, bond) is a row each, never spent.
    Raises RateError for an account that the chart does not have.
    """
    day = on or max((each.on for each in actuals), default=None)
    if day is None:
        raise RateError("a cost report needs the books", remedy='add actuals = "actuals.csv" to [budget]')
    entries: dict[str, list[Actual]] = {}
    for each in actuals:
        account = chart.account(each.account)
        if account is None:
            rule, remedy = f"the chart {chart.id} has no such account", "book it on an account of the chart"
            raise RateError(rule, value=each.account, remedy=remedy, line=each.line or None)
        if each.on <= day:
            entries.setdefault(account.number, []).append(each)
    budgets = {each.number: each.cost.likely for each in made.accounts}
    rows = [
        _row(each.number, each.title, each.section, budgets.get(each.number, 0), entries.get(each.number, []), day)
        for each in chart.accounts
        if each.number in budgets or each.number in entries
    ]
    for share in (made.contingency, made.overhead, made.bond):
        if share is not None:
            rows.append(_row("", share.text, "other", share.cost.likely, [], day))
    return CostReport(currency=made.currency, on=day, rows=tuple(rows), total=_total(rows))


def _row(number: str, title: str, section: Section, budget: int, entries: Sequence[Actual], day: date) -> ReportRow:
    paid = [each for each in entries if each.kind == "actual"]
    to_date = sum(each.cents for each in paid)
    commitments = sum(each.cents for each in entries if each.kind == "commitment")
    asked = max((each for each in entries if each.kind == "etc"), key=lambda each: each.on, default=None)
    return ReportRow(
        account=number,
        title=title,
        section=section,
        budget=budget,
        to_date=to_date,
        this_week=sum(each.cents for each in paid if each.on > day - timedelta(days=WEEK_DAYS)),
        commitments=commitments,
        etc=asked.cents if asked else max(0, budget - to_date - commitments),
    )


def _total(rows: Iterable[ReportRow]) -> ReportRow:
    all_rows = tuple(rows)
    return ReportRow(
        account="",
        title="Total",
        section="other",
        budget=sum(row.budget for row in all_rows),
        to_date=sum(row.to_date for row in all_rows),
        this_week=sum(row.this_week for row in all_rows),
        commitments=sum(row.commitments for row in all_rows),
        etc=sum(row.etc for row in all_rows),
    )
