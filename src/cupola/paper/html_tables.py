"""Day out of days, costs, bounds, violations and facts as HTML tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cupola.model import Board, CostLine, Production, Violation
from cupola.paper.costs import Account, CostTable, cost_table
from cupola.paper.dood import CODES, DoodRow, UnitDays, day_out_of_days
from cupola.paper.html_board import unit_title
from cupola.paper.markup import Child, Markup, el, join
from cupola.paper.wording import MONTHS, amount_text, money_text, share_text, short_date


def dood_html(production: Production, board: Board) -> Markup:
    """Return the day out of days, a table for each unit."""
    tables = day_out_of_days(production, board).units
    codes = el("ul", [el("li", el("b", code), text) for code, text in CODES.items()], class_="codes")
    return join([[_days_of(production, table) for table in tables], codes])


def _days_of(production: Production, table: UnitDays) -> Markup:
    head = el(
        "tr", el("th", "", colspan=2), [_month(month, span) for month, span in _months(table.dates)], el("th", "", colspan=5)
    )
    names = ["work", "hold", "paid", "start", "finish"]
    days = el(
        "tr",
        el("th", "No", scope="col"),
        el("th", "Role", scope="col", class_="name"),
        [_date(day, number) for day, number in zip(table.dates, table.numbers, strict=True)],
        [el("th", name, scope="col", class_="sum") for name in names],
    )
    body = [_row(row, table.numbers) for row in table.rows]
    dense = " dense" if len(table.dates) > 26 else ""
    return el(
        "div",
        el("h3", unit_title(production.unit(table.unit))),
        el("div", el("table", el("thead", head, days), el("tbody", body), class_=f"dood{dense}"), class_="wide"),
        class_="unit",
    )


def _months(dates: Sequence[date]) -> list[tuple[str, int]]:
    """Month names over the columns they cover."""
    found: list[tuple[str, int]] = []
    for day in dates:
        name = f"{MONTHS[day.month - 1]} {day.year}"
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + 1)
        else:
            found.append((name, 1))
    return found


def _month(name: str, span: int) -> Markup:
    short = name if span > 3 else f"{name[:3]}"
    return el("th", short, colspan=span, scope="colgroup", class_="month")


def _date(day: date, number: int | None) -> Markup:
    title = f"{short_date(day)}, {f'shooting day {number}' if number else 'nothing is shot'}"
    return el(
        "th",
        el("span", short_date(day)[:2], class_="weekday"),
        f"{day.day}",
        scope="col",
        title=title,
        class_="day" if number else "day idle",
    )


def _row(row: DoodRow, numbers: Sequence[int | None]) -> Markup:
    name = el("td", el("b", row.cast), el("small", f" {row.name}") if row.name else None, class_="name")
    cells = [
        el("td", code, class_=f"code {_tone(code)}{'' if number else ' idle'}")
        for code, number in zip(row.codes, numbers, strict=True)
    ]
    sums = [row.work, row.hold or "–", row.total, short_date(row.start)[4:], short_date(row.finish)[4:]]
    return el("tr", el("th", row.board_id, scope="row"), name, cells, [el("td", text, class_="sum") for text in sums])


def _tone(code: str) -> str:
    return "" if not code else "hold" if code == "H" else "edge" if code != "W" else "work"


def costs_html(production: Production, board: Board) -> Markup:
    """Return costs by account, what the order of shooting can change apart, the bounds, and the sources."""
    table = cost_table(board.cost)
    return join(
        [
            _split(board, table),
            el("div", _accounts(table), el("div", _bounds(production, board), _kinds(table)), class_="columns"),
            el("h3", "Sources"),
            el("ol", [el("li", source, id=f"source-{n}") for n, source in enumerate(table.sources, 1)], class_="sources"),
        ]
    )


def _split(board: Board, table: CostTable) -> Markup:
    """Two bars: the whole cost, and the part that the order of shooting can change."""
    fixed, loose = table.fixed_cents, table.controllable_cents
    proven = min(max(board.bound_cents - fixed, 0), loose) if board.bounds else 0
    parts = [
        ("fixed", "Fixed: no order of shooting changes it", fixed, fixed / (table.total_cents or 1), "of the whole"),
        ("proven", "Controllable, proven necessary", proven, proven / (loose or 1), "of the controllable"),
        ("open", "Controllable, not proven", loose - proven, (loose - proven) / (loose or 1), "of the controllable"),
    ]
    items = [
        el(
            "li",
            el("i", class_=name),
            el("span", text),
            el("b", money_text(cents, table.currency)),
            el("em", f"{share_text(share)} {of}"),
        )
        for name, text, cents, share, of in parts
    ]
    bars = [
        _share_bar("Whole cost", [(name, cents) for name, _, cents, _, _ in parts]),
        _share_bar("Controllable", [(name, cents) for name, _, cents, _, _ in parts[1:]]),
    ]
    return el("div", el("div", bars, class_="bars", aria_hidden="true"), el("ul", items), class_="split")


def _share_bar(name: str, parts: Sequence[tuple[str, int]]) -> list[Markup]:
    whole = sum(cents for _, cents in parts) or 1
    pieces = [el("i", class_=tone, style=f"width:{100 * cents / whole:.3f}%") for tone, cents in parts if cents > 0]
    return [el("span", name), el("div", pieces, class_="bar")]


def _accounts(table: CostTable) -> Markup:
    head = el(
        "tr",
        [
            el("th", name, scope="col", class_=tone)
            for name, tone in (("Account", ""), ("", ""), ("Amount", "num"), ("Rate", "num"), (table.currency, "num"))
        ],
    )
    bodies = [_account(account, table) for account in table.accounts]
    total = el(
        "tr",
        el("th", "Total", colspan=4, scope="row"),
        el("td", amount_text(table.total_cents, table.currency, minor=table.minor), class_="num"),
    )
    return el("div", el("table", el("thead", head), bodies, el("tfoot", total), class_="costs"), class_="wide")


def _account(account: Account, table: CostTable) -> Markup:
    head = el(
        "tr",
        el("th", account.number, scope="row"),
        el("th", account.title, colspan=3),
        el("td", amount_text(account.cents, table.currency, minor=table.minor), class_="num"),
        class_="account",
    )
    return el("tbody", head, [_cost_line(line, table) for line in account.lines])


def _cost_line(line: CostLine, table: CostTable) -> Markup:
    number = table.source_number(line)
    source = el("a", number, href=f"#source-{number}", title=line.source, class_="note")
    kind = el("small", " fixed") if line.kind == "fixed" else None
    return el(
        "tr",
        el("td"),
        el("td", line.text, source, kind),
        el("td", f"{line.amount:g} {line.unit}", class_="num"),
        el("td", amount_text(line.rate_cents, table.currency), class_="num"),
        el("td", amount_text(line.cents, table.currency, minor=table.minor), class_="num"),
    )


def _bounds(production: Production, board: Board) -> Child:
    if not board.bounds:
        return el("p", "No bound is known for this board.", class_="quiet")
    rows = [
        el(
            "tr",
            el("th", unit_title(production.unit(bound.unit)), scope="row"),
            el("td", amount_text(bound.cents, board.cost.currency), class_="num"),
            el("td", bound.method),
        )
        for bound in board.bounds
    ]
    head = el(
        "tr",
        el("th", "Bound", scope="col"),
        el("th", board.cost.currency, scope="col", class_="num"),
        el("th", "How it is known", scope="col"),
    )
    return el("div", el("table", el("thead", head), el("tbody", rows), class_="bounds"), class_="wide")


def _kinds(table: CostTable) -> Markup:
    rows = [
        el("tr", el("th", kind, scope="row"), el("td", amount_text(cents, table.currency, minor=table.minor), class_="num"))
        for kind, cents in table.kinds
    ]
    head = el("tr", el("th", "By kind", scope="col"), el("th", table.currency, scope="col", class_="num"))
    return el("div", el("table", el("thead", head), el("tbody", rows), class_="kinds"), class_="wide")


KIND_WORDS = {"priced": "allowed, at a price", "note": "to know"}
"""What stands below the name of a rule that is not broken."""


def violations_html(violations: Sequence[Violation]) -> Markup:
    """Return what a board breaks or owes: rule, what, clause, remedy."""
    if not violations:
        return el("p", "No rule is broken.", class_="quiet")
    rows = [
        el(
            "tr",
            el("th", found.rule, el("small", KIND_WORDS[found.kind]) if found.kind in KIND_WORDS else None, scope="row"),
            el("td", found.message, el("small", found.clause) if found.clause else None),
            el("td", found.remedy),
        )
        for found in violations
    ]
    head = el("tr", [el("th", name, scope="col") for name in ("Rule", "What is broken", "Remedy")])
    return el("div", el("table", el("thead", head), el("tbody", rows), class_="violations"), class_="wide")


def facts_html(production: Production) -> Markup:
    """Return the public facts a production rests on, each with its source."""
    return el("ol", [el("li", fact.text, el("cite", fact.source)) for fact in production.facts], class_="facts")
