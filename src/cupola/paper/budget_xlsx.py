"""A budget as a workbook with live formulas: lines, accounts, fringes and top sheet, each cell reckoned from the others."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cupola.model.budget import SECTIONS, Budget, BudgetAccount, BudgetLine, Section, Share
from cupola.model.money import Quote
from cupola.money.sums import exact_cents
from cupola.paper.topsheet import SECTION_TITLES, from_words, percent_text
from cupola.paper.wording import minor_places

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = tuple[str, int]
"""A sheet and a row (0-based)."""

HEAD = ("Account", "Description", "Amount", "Unit", "X", "Rate", "Cost", "Low", "High", "Source", "From the board", "Line")
WIDTHS = (8, 38, 9, 9, 5, 15, 16, 16, 16, 30, 42, 6)
AMOUNT, TIMES, RATE, COST, LOW, HIGH = 2, 4, 5, 6, 7, 8
TOP, RATES = "Top sheet", "Exchange"
MADE = datetime(2000, 1, 1)
"""When every workbook says it was made: the file must not know the clock."""


def budget_xlsx(budget: Budget) -> bytes:
    """Return a budget as XLSX: a top sheet, a sheet for each block, and the rates of exchange.

    Every cost is a formula of the cells beside it, every sum one of the costs; their values as Cupola reckons them are stored
    too. Text is never a formula. The same budget gives the same bytes.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": f"{budget.title}, budget", "author": "Cupola", "created": MADE})
    book.set_calc_mode("auto")
    _Book(book, budget).write()
    book.close()
    return out.getvalue()


class _Book:
    """One workbook on its way: where each line and account came to stand."""

    def __init__(self, book: Workbook, budget: Budget) -> None:
        self.budget, self.places = budget, minor_places(budget.currency)
        money = "#,##0" + ("." + "0" * self.places if self.places else "")
        base: dict[str, Any] = {"font_name": "Liberation Sans", "font_size": 9, "valign": "top"}
        self.text = book.add_format({**base, "text_wrap": True})
        self.quiet = book.add_format({**base, "text_wrap": True, "font_color": "#59616c", "indent": 1})
        self.money = book.add_format({**base, "num_format": money})
        self.number = book.add_format({**base, "num_format": "#,##0"})
        self.decimal = book.add_format({**base, "num_format": "#,##0.00##"})
        self.word = book.add_format({**base, "indent": 1})
        self.plain = book.add_format({**base, "font_color": "#59616c"})
        bold = {**base, "bold": True}
        self.bold = book.add_format(bold)
        self.title = book.add_format({**bold, "font_size": 16})
        self.head = book.add_format({**bold, "bottom": 1, "font_color": "#59616c"})
        self.head_right = book.add_format({**bold, "bottom": 1, "font_color": "#59616c", "align": "right"})
        self.sum_text = book.add_format({**bold, "top": 1})
        self.sum = book.add_format({**bold, "top": 1, "num_format": money})
        self.grand_text = book.add_format({**bold, "top": 1, "bottom": 6, "font_size": 11})
        self.grand = book.add_format({**bold, "top": 1, "bottom": 6, "font_size": 11, "num_format": money})
        self.lines: dict[int, Cell] = {}
        self.accounts: dict[str, Cell] = {}
        self.currencies: dict[str, int] = {}
        sections = [each for each in SECTIONS if any(account.section == each for account in budget.accounts)]
        self.top = book.add_worksheet(TOP)
        self.sheets = {each: book.add_worksheet(SECTION_TITLES[each]) for each in sections}
        self.quotes = {
            quote.currency: quote
            for line in budget.lines
            if line.quoted and (quote := line.quoted.quote) and quote.currency != budget.currency
        }
        self.rates = book.add_worksheet(RATES) if self.quotes else None

    def write(self) -> None:
        """Write all sheets; lines are placed first, so that formulas can name them."""
        self._place()
        self._exchange()
        for section in self.sheets:
            self._section(section)
        self._top()

    def units(self, cents: int) -> float:
        """Return minor units as the number a cell shows."""
        return float(cents / 10**self.places)

    def _number(self, sheet: Worksheet, row: int, column: int, value: Fraction) -> None:
        """Write a number exactly: as it is, or as a division where its decimals do not end."""
        text, shape = _ratio(value), self.number if value.denominator == 1 else self.decimal
        if text.startswith("("):
            sheet.write_formula(row, column, f"={text}", shape, float(value))
        else:
            sheet.write_number(row, column, float(value), shape)

    def _place(self) -> None:
        for section in self.sheets:
            row = 3
            for account in self._of(section):
                for number in account.lines:
                    row += 1
                    self.lines[number] = (SECTION_TITLES[section], row)
                row += 1
                self.accounts[account.number] = (SECTION_TITLES[section], row)
                row += 2

    def _of(self, section: Section) -> list[BudgetAccount]:
        return [each for each in self.budget.accounts if each.section == section]

    # ------------------------------------------------------------------------------------------------ rates of exchange

    def _exchange(self) -> None:
        sheet = self.rates
        if sheet is None:
            return
        _columns(sheet, (10, 18, 14))
        sheet.write_string(0, 0, f"One unit in {self.budget.currency}", self.title)
        for column, word in enumerate(("Currency", self.budget.currency, "Date")):
            sheet.write_string(2, column, word, self.head if column != 1 else self.head_right)
        for row, (code, quote) in enumerate(sorted(self.quotes.items()), 3):
            self.currencies[code] = row
            sheet.write_string(row, 0, code, self.text)
            self._number(sheet, row, 1, quote.per)
            sheet.write_string(row, 2, str(quote.on or ""), self.text)

    def _rate(self, line: BudgetLine, which: str) -> str:
        """Return a rate as the formula of its cell: a number, or a foreign amount times its rate of exchange."""
        quote: Quote | None = line.quoted.quote if line.quoted and line.kind != "overtime" else None
        if quote is None:
            return _ratio(Fraction(getattr(line.rate, which), 10**self.places))
        amount = _ratio(getattr(quote, which))
        if quote.currency in self.currencies:
            amount = f"{amount}*{RATES}!$B${self.currencies[quote.currency] + 1}"
        return amount if line.is_exact else f"ROUND({amount},{self.places})"

    # -------------------------------------------------------------------------------------------------------- one block

    def _section(self, section: Section) -> None:
        sheet = self.sheets[section]
        _columns(sheet, WIDTHS)
        sheet.freeze_panes(3, 2)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.write_string(0, 0, f"{self.budget.title} · {SECTION_TITLES[section]} · {self.budget.currency}", self.title)
        for column, word in enumerate(HEAD):
            sheet.write_string(2, column, word, self.head_right if column in (AMOUNT, *range(TIMES, HIGH + 1)) else self.head)
        for account in self._of(section):
            self._account(sheet, account)

    def _account(self, sheet: Worksheet, account: BudgetAccount) -> None:
        first, last = self.lines[account.lines[0]][1], self.lines[account.lines[-1]][1]
        sheet.write_string(first - 1, 0, account.number, self.bold)
        sheet.write_string(first - 1, 1, account.title, self.bold)
        for number in account.lines:
            self._line(sheet, self.lines[number][1], self.budget.lines[number])
        end = last + 1
        sheet.write_string(end, 1, f"Total {account.number}", self.sum_text)
        for column in range(AMOUNT, COST):
            sheet.write_blank(end, column, None, self.sum_text)
        for column, cents in ((COST, account.cost.likely), (LOW, account.cost.low), (HIGH, account.cost.high)):
            letter = _letter(column)
            formula = f"=SUM({letter}{first + 1}:{letter}{last + 1})"
            sheet.write_formula(end, column, formula, self.sum, self.units(cents))

    def _line(self, sheet: Worksheet, row: int, line: BudgetLine) -> None:
        here = row + 1
        sheet.write_string(row, 0, line.account, self.plain)
        sheet.write_string(row, 1, line.text, self.text)
        self._number(sheet, row, AMOUNT, line.amount)
        sheet.write_string(row, 3, line.unit, self.word)
        self._number(sheet, row, TIMES, line.times)
        rates = {
            which: self._base(line, which) if line.is_percent else self._rate(line, which)
            for which in ("likely", "low", "high")
        }
        shown = (
            float(exact_cents(line.quoted)[1] / 10**self.places)
            if line.is_exact and line.quoted
            else self.units(line.rate.likely)
        )
        sheet.write_formula(row, RATE, f"={rates['likely']}", self.money, shown)
        share = "/100" if line.is_percent else ""
        product = f"C{here}*E{here}*{{}}{share}"
        sheet.write_formula(
            row, COST, f"=ROUND({product.format(f'F{here}')},{self.places})", self.money, self.units(line.cost.likely)
        )
        for column, which in ((LOW, "low"), (HIGH, "high")):
            cents = getattr(line.cost, which)
            alike = rates[which] == rates["likely"]
            formula = f"=G{here}" if alike else f"=ROUND({product.format(f'({rates[which]})')},{self.places})"
            sheet.write_formula(row, column, formula, self.money, self.units(cents))
        sheet.write_string(row, 9, line.source, self.quiet)
        sheet.write_string(row, 10, from_words(line), self.quiet)
        if line.line:
            sheet.write_number(row, 11, line.line, self.quiet)

    def _base(self, line: BudgetLine, which: str) -> str:
        """Return what a percentage is taken of, as a formula of the lines it names."""
        if not line.of:
            return _ratio(Fraction(getattr(line.rate, which), 10**self.places))
        column = {"likely": COST, "low": LOW, "high": HIGH}[which]
        total = _sum_of((self.lines[number] for number in line.of), column)
        return total if line.cutoff is None else f"MIN({total},{_ratio(Fraction(line.cutoff, 10**self.places))})"

    # -------------------------------------------------------------------------------------------------------- top sheet

    def _top(self) -> None:
        sheet = self.top
        _columns(sheet, (9, 44, 18, 18, 18))
        sheet.fit_to_pages(1, 1)
        sheet.write_string(0, 0, self.budget.title, self.title)
        sheet.write_string(1, 0, f"{self.budget.board} · {self.budget.currency}", self.plain)
        for column, word in enumerate(("Account", "Description", "Likely", "Low", "High")):
            sheet.write_string(3, column, word, self.head if column < 2 else self.head_right)
        row, sums = 4, {}
        for section in self.sheets:
            first = row
            for account in self._of(section):
                sheet.write_string(row, 0, account.number, self.text)
                sheet.write_string(row, 1, account.title, self.text)
                name, at = self.accounts[account.number]
                self._figures(row, [f"='{name}'!{letter}{at + 1}" for letter in "GHI"], account.cost, self.money)
                row += 1
            sums[section] = row
            formulas = [f"=SUM({letter}{first + 1}:{letter}{row})" for letter in "CDE"]
            self._named(row, f"Total {SECTION_TITLES[section].lower()}", formulas, self.budget.section(section))
            row += 2
        self._foot(row, sums)

    def _foot(self, row: int, sums: dict[Section, int]) -> None:
        budget = self.budget

        def added(rows: Sequence[int]) -> list[str]:
            return ["=" + ("+".join(f"{letter}{each + 1}" for each in rows) or "0") for letter in "CDE"]

        above = [at for section, at in sums.items() if section == "above"]
        below = [at for section, at in sums.items() if section != "above"]
        self._named(row, "Above the line", added(above), budget.above)
        self._named(row + 1, "Below the line", added(below), budget.below)
        self._named(row + 2, "Above and below the line", added((row, row + 1)), budget.above + budget.below)
        lines, row = [row + 2], row + 3
        spared = [cell for number, cell in self.accounts.items() if any(number in span for span in budget.spared)]
        for share in (budget.contingency, budget.overhead, budget.bond):
            if share is not None:
                taken = [lines[0]] + ([lines[1]] if share is budget.bond and budget.contingency else [])
                self._share(row, share, taken, spared)
                lines.append(row)
                row += 1
        self._named(row, "Grand total", added(lines), budget.gross, grand=True)
        net = [row]
        for credit in budget.credits:
            row += 1
            self._credit(row, credit)
            net.append(row)
        if budget.credits:
            self._named(row + 1, "Net", added(net), budget.net, grand=True)

    def _share(self, row: int, share: Share, taken: Sequence[int], spared: Sequence[Cell]) -> None:
        formulas = []
        for column, letter in ((COST, "C"), (LOW, "D"), (HIGH, "E")):
            base = "+".join(f"{letter}{each + 1}" for each in taken)
            less = f"-{_sum_of(spared, column)}" if spared else ""
            formulas.append(f"=ROUND(({base}{less})*{_ratio(share.percent)}/100,{self.places})")
        self._figures(row, formulas, share.cost, self.money)
        self.top.write_string(row, 1, f"{share.text}, {percent_text(share.percent)}", self.text)

    def _credit(self, row: int, credit: Share) -> None:
        of = [
            cell
            for number, cell in self.lines.items()
            if any(self.budget.lines[number].account in span for span in credit.accounts)
        ]
        formulas = []
        for column in (COST, LOW, HIGH):
            cost = f"ROUND({_sum_of(of, column)}*{_ratio(credit.percent)}/100,{self.places})"
            most = "" if credit.cap is None else _ratio(Fraction(credit.cap, 10**self.places))
            formulas.append(f"=-MIN({cost},{most})" if most else f"=-{cost}")
        for column, (formula, cents) in enumerate(zip(formulas, _three(credit.cost), strict=True), 2):
            self.top.write_formula(row, column, formula, self.money, -self.units(cents))
        self.top.write_string(row, 1, f"{credit.text}, {percent_text(credit.percent)}", self.text)

    def _named(self, row: int, text: str, formulas: Sequence[str], cost: Any, *, grand: bool = False) -> None:
        self.top.write_blank(row, 0, None, self.grand_text if grand else self.sum_text)
        self.top.write_string(row, 1, text, self.grand_text if grand else self.sum_text)
        self._figures(row, formulas, cost, self.grand if grand else self.sum)

    def _figures(self, row: int, formulas: Sequence[str], cost: Any, shape: Any) -> None:
        for column, (formula, cents) in enumerate(zip(formulas, _three(cost), strict=True), 2):
            self.top.write_formula(row, column, formula, shape, self.units(cents))


def _three(cost: Any) -> tuple[int, int, int]:
    return cost.likely, cost.low, cost.high


def _columns(sheet: Worksheet, widths: Iterable[int]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _letter(column: int) -> str:
    return "ABCDEFGHIJKL"[column]


def _ratio(value: Fraction) -> str:
    """Write a fraction so that a sheet reads it exactly, or divides it out.

    >>> _ratio(Fraction(29, 2)), _ratio(Fraction(5)), _ratio(Fraction(1, 3))
    ('14.5', '5', '(1/3)')
    """
    if value.denominator == 1:
        return str(value.numerator)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return repr(float(value)) if rest == 1 and abs(value) < 10**12 else f"({value.numerator}/{value.denominator})"


def _sum_of(cells: Iterable[Cell], column: int) -> str:
    """Write the sum of a column's cells in some rows; neighbours as one span."""
    parts, letter = [], _letter(column)
    for sheet, group in groupby(sorted(cells), key=lambda cell: cell[0]):
        rows = [row for _, row in group]
        for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
            span = [row for _, row in run]
            parts.append(f"'{sheet}'!{letter}{span[0] + 1}:{letter}{span[-1] + 1}")
    sums = [f"SUM({','.join(parts[start : start + 200])})" for start in range(0, len(parts), 200)]
    return sums[0] if len(sums) == 1 else f"({'+'.join(sums) or '0'})"
