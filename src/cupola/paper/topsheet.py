"""Top sheet, budget by account and cost report as values: rows that any writer can set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cupola.model.budget import NOTHING, SECTIONS, Budget, BudgetLine, Estimate, Section
from cupola.money import CostReport
from cupola.paper.wording import amount_text, has_minor

SECTION_TITLES: dict[Section, str] = {
    "above": "Above the line",
    "production": "Production",
    "orbit": "Orbit",
    "post": "Post-production",
    "other": "Other",
}
RowKind = Literal["account", "sum", "total", "share", "grand"]


@dataclass(frozen=True, kw_only=True, slots=True)
class TopRow:
    """One row of a top sheet: an account, the sum of a block, a total, a share on top or back, or a grand total."""

    kind: RowKind
    number: str
    title: str
    cost: Estimate


@dataclass(frozen=True, kw_only=True, slots=True)
class TopSheet:
    """The top sheet of a budget: blocks of accounts with their sums, then totals, what comes on top, and what comes back.

    `is_range` where any figure is one: then low and high stand beside the likely one. `minor` where decimals are needed.
    """

    title: str
    board: str
    currency: str
    blocks: tuple[tuple[Section, tuple[TopRow, ...]], ...]
    foot: tuple[TopRow, ...]

    @property
    def rows(self) -> tuple[TopRow, ...]:
        """All rows from top to bottom."""
        return (*(row for _, rows in self.blocks for row in rows), *self.foot)

    @property
    def is_range(self) -> bool:
        return any(row.cost.is_range for row in self.rows)

    @property
    def minor(self) -> bool:
        """True where the columns of amounts need their decimals."""
        costs = (figure for row in self.rows for figure in (row.cost.low, row.cost.likely, row.cost.high))
        return any(has_minor(cents, self.currency) for cents in costs)


def top_sheet(budget: Budget) -> TopSheet:
    """Return the top sheet of a budget; blocks without an account are left out."""
    blocks = tuple((section, tuple(_block(budget, section))) for section in SECTIONS)
    return TopSheet(
        title=budget.title,
        board=budget.board,
        currency=budget.currency,
        blocks=tuple((section, rows) for section, rows in blocks if rows),
        foot=tuple(_foot(budget)),
    )


def _block(budget: Budget, section: Section) -> Iterator[TopRow]:
    accounts = [each for each in budget.accounts if each.section == section]
    for each in accounts:
        yield TopRow(kind="account", number=each.number, title=each.title, cost=each.cost)
    if accounts:
        yield TopRow(kind="sum", number="", title=f"Total {SECTION_TITLES[section].lower()}", cost=budget.section(section))


def _foot(budget: Budget) -> Iterator[TopRow]:
    yield TopRow(kind="total", number="", title="Above the line", cost=budget.above)
    yield TopRow(kind="total", number="", title="Below the line", cost=budget.below)
    yield TopRow(kind="total", number="", title="Above and below the line", cost=budget.above + budget.below)
    for share in (budget.contingency, budget.overhead, budget.bond):
        if share is not None:
            yield TopRow(kind="share", number="", title=f"{share.text}, {percent_text(share.percent)}", cost=share.cost)
    yield TopRow(kind="grand", number="", title="Grand total", cost=budget.gross)
    for credit in budget.credits:
        title = f"{credit.text}, {percent_text(credit.percent)}"
        yield TopRow(kind="share", number="", title=title, cost=NOTHING - credit.cost)
    if budget.credits:
        yield TopRow(kind="grand", number="", title="Net", cost=budget.net)


def percent_text(percent: Fraction) -> str:
    """Write a percentage as it was entered.

    >>> percent_text(Fraction("31.4")), percent_text(Fraction(10))
    ('31.4 %', '10 %')
    """
    return f"{float(percent):g} %"


COUNTED = frozenset({"day", "week", "hour", "journey", "move", "tenth", "meal", "flight", "seat", "crew-hour", "person-week"})
"""Units that take an s."""


def amount_words(line: BudgetLine) -> str:
    """Write how much of what a line is for: `5 days`, `12.75 hours`, `31.4 %`.

    >>> amount_words(BudgetLine(account="", kind="", who="", text="", amount=Fraction(51, 4), unit="hour", rate=NOTHING,
    ...     cost=NOTHING, source=""))
    '12.75 hours'
    """
    if line.is_percent:
        return percent_text(line.amount)
    amount = f"{float(line.amount):,.2f}".rstrip("0").rstrip(".")
    times = "" if line.times == 1 else f" × {float(line.times):g}"
    unit = f"{line.unit}s" if line.unit in COUNTED and line.amount != 1 else line.unit
    return f"{amount} {unit}{times}"


def from_words(line: BudgetLine) -> str:
    """Write what on the board made a line: its strips where they are few, else how many, and its days."""
    days = sorted(set(line.days))
    span = "" if not days else str(days[0]) if len(days) == 1 else f"{len(days)} days {days[0]} to {days[-1]}"
    strips = ", ".join(line.strips) if len(line.strips) <= FEW else f"{len(line.strips)} strips"
    return "; ".join(part for part in (strips, span) if part)


FEW = 6
"""Strips that a cell names one by one."""

REPORT_HEAD = ("Account", "Title", "Budget", "To date", "This week", "Commitments", "Total", "To complete", "EFC", "Variance")


def report_rows(report: CostReport) -> tuple[tuple[str, ...], ...]:
    """Return a cost report as cells of text, its total last."""
    rows = (*report.rows, report.total)
    figures = [
        (row.budget, row.to_date, row.this_week, row.commitments, row.total_cost, row.etc, row.efc, row.variance)
        for row in rows
    ]
    minor = any(has_minor(cents, report.currency) for each in figures for cents in each)
    return tuple(
        (row.account, row.title, *(amount_text(cents, report.currency, minor=minor) for cents in each))
        for row, each in zip(rows, figures, strict=True)
    )
