"""A budget as PDF by typst: the top sheet, every account with its lines, and the cost report where there are books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cupola.model import Board
from cupola.model.budget import Budget, BudgetLine
from cupola.money import CostReport
from cupola.paper.pdf import Sheet, Standard, compiled, span_of
from cupola.paper.topsheet import REPORT_HEAD, SECTION_TITLES, TopRow, amount_words, from_words, report_rows, top_sheet
from cupola.paper.wording import amount_text, date_text


def budget_pdf(
    board: Board,
    budget: Budget,
    *,
    report: CostReport | None = None,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return a budget as a tagged PDF; the same budget gives the same bytes."""
    sheet = top_sheet(budget)
    sources = {text: number for number, text in enumerate(dict.fromkeys(_sources(budget)), 1)}

    def money(cents: int) -> str:
        return amount_text(cents, budget.currency, minor=sheet.minor).replace("-", "−")

    def row(each: TopRow) -> dict[str, Any]:
        likely, low, high = (money(cents) for cents in (each.cost.likely, each.cost.low, each.cost.high))
        spread = [low, high] if each.cost.is_range else ["", ""]
        return {"kind": each.kind, "number": each.number, "title": each.title, "figures": [likely, *spread]}

    def line(each: BudgetLine) -> dict[str, Any]:
        figures = [amount_words(each), money(each.rate.likely), money(each.cost.likely)]
        spread = f"{money(each.cost.low)} to {money(each.cost.high)}" if each.cost.is_range else ""
        source = str(sources[each.source]) if each.source in sources else ""
        return {"text": each.text, "figures": figures, "spread": spread, "from": from_words(each), "source": source}

    accounts = [
        {
            "number": each.number,
            "title": each.title,
            "section": SECTION_TITLES[each.section],
            "total": money(each.cost.likely),
            "lines": [line(budget.lines[number]) for number in each.lines],
        }
        for each in budget.accounts
    ]
    values = {
        "film": budget.title,
        "board": budget.board,
        "span": span_of(board),
        "currency": budget.currency,
        "is-range": sheet.is_range,
        "blocks": [{"title": SECTION_TITLES[name], "rows": [row(each) for each in rows]} for name, rows in sheet.blocks],
        "foot": [row(each) for each in sheet.foot],
        "accounts": accounts,
        "sources": [[str(number), text] for text, number in sources.items()],
        "report": None if report is None else _report(report),
    }
    return compiled("budget.typ", f"{budget.title}, budget", board, paper, standards, values)


def _sources(budget: Budget) -> list[str]:
    return [budget.lines[number].source for account in budget.accounts for number in account.lines]


def _report(report: CostReport) -> dict[str, Any]:
    rows = [[cell.replace("-", "−") if n > 1 else cell for n, cell in enumerate(row)] for row in report_rows(report)]
    return {"on": date_text(report.on), "head": list(REPORT_HEAD), "rows": rows}
