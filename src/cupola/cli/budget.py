"""`cupola budget`: what a board costs, from the top sheet down to every line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.home import PLAN_NAME, AsJson, BoardName, Folder, board_path, read_both
from cupola.cli.say import columns as screen_columns
from cupola.cli.say import print_json, print_table, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cupola.model import Board, Production
    from cupola.model.budget import Budget, BudgetLine, Estimate, Share
    from cupola.money import Comparison, CostReport, Drop

Xlsx = Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Write a workbook with live formulas.")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write every line as a table.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write top sheet and accounts as PDF.")]
Against = Annotated[
    list[str], typer.Option("--against", metavar="BOARD", help="Lay the budget of another board beside it; three at most.")
]
Account = Annotated[str, typer.Option("--account", metavar="NUMBER", help="Print the lines of one account.")]
Books = Annotated[bool, typer.Option("--report", help="Print the cost report: the budget against the books.")]

REPORT_WIDTH = 150
"""Columns that a cost report needs so that no account's title is broken."""


def budget(
    folder: Folder = Path(),
    board: BoardName = PLAN_NAME,
    account: Account = "",
    against: Against = [],  # noqa: B006 - typer needs a list, and nobody changes it
    books: Books = False,
    xlsx: Xlsx = None,
    csv: Csv = None,
    pdf: Pdf = None,
    as_json: AsJson = False,
) -> None:
    """Price a board: top sheet, accounts, lines, drops, and the books."""
    from cupola.money import budget as budget_of
    from cupola.money import compare_budgets, cost_report, film_chart

    production, found = read_both(folder, board)
    made = budget_of(production, found)
    plan = production.budget
    report = cost_report(made, plan.actuals, plan.chart or film_chart()) if plan.actuals or books else None
    others = [(name, budget_of(*read_both(folder, name))) for name in against]
    compared = compare_budgets([(board_path(folder, board).stem, made), *others]) if others else None
    files = [str(path) for path in _written(found, made, report, xlsx=xlsx, csv=csv, pdf=pdf)]
    breaks = _drops(production, found)
    if as_json:
        document = budget_document(made, breaks, compared, report)
        print_json({**document, "board_cents": found.cost.total_cents, "files": files})
        return
    if compared is not None:
        _print_comparison(compared)
    elif books and report is not None:
        _print_report(report)
    elif account:
        _print_account(made, account)
    else:
        _print_top(made)
        for each in breaks:
            say(f"{each.text} = {_money(each.saved_cents, made.currency)}")
    for path in files:
        say(path)


def _written(
    board: Board,
    made: Budget,
    report: CostReport | None,
    *,
    xlsx: Path | None,
    csv: Path | None,
    pdf: Path | None,
) -> list[Path]:
    from cupola.files import write_bytes
    from cupola.paper.budget_csv import budget_csv
    from cupola.paper.budget_pdf import budget_pdf
    from cupola.paper.budget_xlsx import budget_xlsx

    written = []
    if xlsx:
        written.append(write_bytes(xlsx, budget_xlsx(made)))
    if csv:
        written.append(write_bytes(csv, budget_csv(made).encode()))
    if pdf:
        written.append(write_bytes(pdf, budget_pdf(board, made, report=report)))
    return written


def _drops(production: Production, board: Board) -> list[Drop]:
    """Return the best break of everybody who has one, the dearest first."""
    from cupola.money import best_drop

    units = [unit for unit in production.units if not unit.is_orbit]
    found = [best_drop(production, unit, board.days, member.id) for unit in units for member in production.cast]
    return sorted((each for each in found if each is not None), key=lambda each: -each.saved_cents)


# ------------------------------------------------------------------------------------------------------------------- JSON


def budget_document(
    made: Budget, breaks: Sequence[Drop], compared: Comparison | None, report: CostReport | None
) -> dict[str, Any]:
    """Return a budget as JSON can hold it: money in minor units of its currency."""
    from cupola.files.codec import encoded
    from cupola.model.currency import MINOR_DIGITS

    return {
        "title": made.title,
        "board": made.board,
        "currency": made.currency,
        "minor_digits": MINOR_DIGITS[made.currency],
        **_three("total", made.gross),
        **_three("net", made.net),
        "above_cents": made.above.likely,
        "below_cents": made.below.likely,
        "accounts": [
            {"number": each.number, "title": each.title, "section": each.section, **_three("total", each.cost)}
            for each in made.accounts
        ],
        "lines": [_line(each) for each in made.lines],
        "on_top": [_share(each) for each in (made.contingency, made.overhead, made.bond) if each],
        "credits": [_share(each) for each in made.credits],
        "groups": [{"name": name, **_three("total", cost)} for name, cost in made.groups],
        "drops": [{**encoded(each), "text": each.text} for each in breaks],
        "compared": _compared(compared) if compared else None,
        "report": _report(report) if report else None,
    }


def _three(name: str, cost: Estimate) -> dict[str, int]:
    return {f"{name}_cents": cost.likely, f"{name}_low_cents": cost.low, f"{name}_high_cents": cost.high}


def _line(each: BudgetLine) -> dict[str, Any]:
    return {
        "account": each.account,
        "kind": each.kind,
        "who": each.who,
        "text": each.text,
        "amount": float(each.amount),
        "times": float(each.times),
        "unit": each.unit,
        "rate_cents": each.rate.likely,
        "cents": each.cost.likely,
        "low_cents": each.cost.low,
        "high_cents": each.cost.high,
        "source": each.source,
        "strip": list(each.strips),
        "days": [str(day) for day in each.days],
        "group": each.group,
        "direct": each.direct,
        "line": each.line or None,
    }


def _share(each: Share) -> dict[str, Any]:
    return {"text": each.text, "percent": float(each.percent), "base_cents": each.base.likely, **_three("total", each.cost)}


def _compared(found: Comparison) -> dict[str, Any]:
    return {
        "names": list(found.names),
        "accounts": [
            {"number": each.number, "title": each.title, "cents": [cost.likely for cost in each.costs], "more": list(each.more)}
            for each in found.accounts
        ],
        "total_cents": [cost.likely for cost in found.gross],
        "net_cents": [cost.likely for cost in found.net],
    }


def _report(found: CostReport) -> dict[str, Any]:
    rows = [
        {
            "account": row.account,
            "title": row.title,
            "budget_cents": row.budget,
            "to_date_cents": row.to_date,
            "this_week_cents": row.this_week,
            "commitments_cents": row.commitments,
            "total_cents": row.total_cost,
            "etc_cents": row.etc,
            "efc_cents": row.efc,
            "variance_cents": row.variance,
        }
        for row in (*found.rows, found.total)
    ]
    return {"on": str(found.on), "rows": rows[:-1], "total": rows[-1]}


# ------------------------------------------------------------------------------------------------------------------- text


def _money(cents: int, currency: str) -> str:
    from cupola.paper.wording import money_text

    return money_text(cents, currency)


def _print_top(made: Budget) -> None:
    from cupola.paper.topsheet import top_sheet
    from cupola.paper.wording import amount_text

    sheet = top_sheet(made)

    def figures(cost: Estimate) -> list[str]:
        likely, *spread = (amount_text(each, sheet.currency, minor=sheet.minor) for each in (cost.likely, cost.low, cost.high))
        return [likely, *(spread if cost.is_range else ["", ""])] if sheet.is_range else [likely]

    rows = []
    for row in sheet.rows:
        name = row.title.upper() if row.kind in ("total", "grand") else row.title
        rows.append([row.number, name, *figures(row.cost)])
        if row.kind == "sum":
            rows.append([""] * len(rows[-1]))
    head = ["Account", "", sheet.currency, "low", "high"] if sheet.is_range else ["Account", "", sheet.currency]
    print_table(f"{sheet.title}: {sheet.board}", head, rows, right=[2, 3, 4], whole=[2, 3, 4])


def _print_account(made: Budget, number: str) -> None:
    from cupola.errors import RateError
    from cupola.paper.topsheet import amount_words, from_words
    from cupola.paper.wording import amount_text

    account = next((each for each in made.accounts if each.number == number), None)
    if account is None:
        remedy = f"accounts with lines: {', '.join(each.number for each in made.accounts)}"
        raise RateError("the budget has no lines on this account", value=number, remedy=remedy)
    rows = []
    for place in account.lines:
        line = made.lines[place]
        rate, cost = (amount_text(each.likely, made.currency) for each in (line.rate, line.cost))
        rows.append([line.text, amount_words(line), rate, cost, line.source, from_words(line)])
    rows.append(["Total", "", "", amount_text(account.cost.likely, made.currency), "", ""])
    head = ["", "Amount", "Rate", made.currency, "Source", "From the board"]
    print_table(f"{account.number} {account.title}", head, rows, right=[2, 3], whole=[1, 2, 3])


def _print_comparison(found: Comparison) -> None:
    from cupola.paper.wording import amount_text

    def row(number: str, title: str, costs: Sequence[Estimate]) -> list[str]:
        more = [cost.likely - costs[0].likely for cost in costs[1:]]
        signed = [f"{'+' if each > 0 else ''}{amount_text(each, found.currency)}" if each else "" for each in more]
        return [number, title, *(amount_text(cost.likely, found.currency) for cost in costs), *signed]

    rows = [row(each.number, each.title, each.costs) for each in found.accounts]
    rows += [row("", "GRAND TOTAL", found.gross), row("", "NET", found.net)]
    head = ["Account", "", *found.names, *(f"{name} is more by" for name in found.names[1:])]
    columns = list(range(2, len(head)))
    print_table(f"Budgets in {found.currency}", head, rows, right=columns, whole=columns)


def _print_report(found: CostReport) -> None:
    from cupola.paper.topsheet import REPORT_HEAD, report_rows

    columns = list(range(2, len(REPORT_HEAD)))
    title = f"Cost report of {found.on}, {found.currency}"
    rows = [list(row) for row in report_rows(found)]
    print_table(title, list(REPORT_HEAD), rows, right=columns, whole=columns, width=max(screen_columns(), REPORT_WIDTH))
