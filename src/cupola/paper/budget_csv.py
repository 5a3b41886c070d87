"""A budget and a cost report as CSV (RFC 4180)."""

from __future__ import annotations

from decimal import Decimal

from cupola.model.budget import Budget
from cupola.money import CostReport
from cupola.paper.tables import Cell, csv_text
from cupola.paper.wording import minor_places

HEAD = "account,title,section,kind,who,text,amount,times,unit,rate,cost,low,high,currency,source,strips,first,last,group,line"


def budget_csv(budget: Budget) -> str:
    """Write every line of a budget by account, then what comes on top and what comes back; money in units of the currency."""
    rows: list[list[Cell]] = []
    for account in budget.accounts:
        for number in account.lines:
            line = budget.lines[number]
            head: list[Cell] = [line.account, account.title, account.section, line.kind, line.who, line.text]
            rate = _plain(line.rate.likely, budget.currency)
            costs = [_plain(cents, budget.currency) for cents in (line.cost.likely, line.cost.low, line.cost.high)]
            days = sorted(line.days)
            ends: list[Cell] = [str(days[0]), str(days[-1])] if days else ["", ""]
            strips = " ".join(line.strips)
            amount: list[Cell] = [float(line.amount), float(line.times), line.unit, rate]
            rows.append([*head, *amount, *costs, budget.currency, line.source, strips, *ends, line.group, line.line or ""])
    for share, sign in (
        (budget.contingency, 1),
        (budget.overhead, 1),
        (budget.bond, 1),
        *((each, -1) for each in budget.credits),
    ):
        if share is not None:
            costs = [_plain(sign * cents, budget.currency) for cents in (share.cost.likely, share.cost.low, share.cost.high)]
            rate = _plain(share.base.likely, budget.currency)
            amount = [float(share.percent), 1.0, "%", rate]
            rows.append(
                ["", "", "", "share", "", share.text, *amount, *costs, budget.currency, share.source, "", "", "", "", ""]
            )
    return csv_text(HEAD.split(","), rows)


def report_csv(report: CostReport) -> str:
    """Write a cost report; money in units of the currency."""
    head = ["account", "title", "budget", "to_date", "this_week", "commitments", "total", "etc", "efc", "variance", "currency"]
    rows = []
    for row in (*report.rows, report.total):
        cents = (row.budget, row.to_date, row.this_week, row.commitments, row.total_cost, row.etc, row.efc, row.variance)
        figures: list[Cell] = [_plain(each, report.currency) for each in cents]
        rows.append([row.account, row.title, *figures, report.currency])
    return csv_text(head, rows)


def _plain(cents: int, currency: str) -> int | float:
    """Return units of a currency as a number that prints as many decimals as it needs."""
    places = minor_places(currency)
    whole, rest = divmod(cents, 10**places)
    return float(Decimal(cents).scaleb(-places)) if rest else whole
