"""The books of a production: a CSV of what is paid, ordered, and still to come."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cupola.errors import RateError
from cupola.files.folder import decoded, read_limited
from cupola.files.hints import did_you_mean
from cupola.files.rates import minor_units
from cupola.model.budget import Actual, ActualKind, Chart

BOOKS_LIMIT = 16 * 2**20
COLUMNS = ("date", "account", "kind", "amount", "text")
KINDS: tuple[ActualKind, ...] = ("actual", "commitment", "etc")


def read_actuals(path: Path, currency: str, chart: Chart) -> tuple[Actual, ...]:
    """Read the books: columns date, account, kind (actual, commitment, etc), amount and text.

    An amount without a currency is in the production's; one below zero is a refund. Raises RateError with file and line.
    """
    text = decoded(read_limited(path, BOOKS_LIMIT), path, RateError)
    return tuple(_actuals(text, str(path), currency, chart))


def _actuals(text: str, file: str, currency: str, chart: Chart) -> Iterator[Actual]:
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        head = [word.strip().casefold() for word in next(lines, [])]
        for column in COLUMNS[:4]:
            if column not in head:
                remedy = f"its first line is: {','.join(COLUMNS)}"
                raise RateError(f"the books need a column {column}", value=",".join(head), remedy=remedy, file=file, line=1)
        for row in lines:
            if any(cell.strip() for cell in row):
                line = lines.line_num
                entry = {column: cell.strip() for column, cell in zip(head, row, strict=False)}
                try:
                    yield _actual(entry, currency, chart, line)
                except RateError as error:
                    raise RateError(error.rule, value=error.value, remedy=error.remedy, file=file, line=line) from None
    except csv.Error as error:
        raise RateError(f"this is not CSV: {error}", remedy="save it again", file=file, line=lines.line_num) from None


def _actual(entry: dict[str, str], currency: str, chart: Chart, line: int) -> Actual:
    try:
        on = date.fromisoformat(entry.get("date", ""))
    except ValueError:
        remedy = "write it as 2022-06-06"
        raise RateError("an entry of the books has a date", value=entry.get("date", ""), remedy=remedy) from None
    kind = next((each for each in KINDS if each == entry.get("kind", "").casefold()), None)
    if kind is None:
        remedy = did_you_mean(entry.get("kind", ""), KINDS)
        raise RateError("an entry is actual, commitment or etc", value=entry.get("kind", ""), remedy=remedy)
    number = entry.get("account", "")
    if len(number) != 4 or chart.account(number) is None:
        raise RateError("the chart has no such account", value=number, remedy="book it on an account of the chart")
    return Actual(
        on=on, account=number, kind=kind, cents=_cents(entry.get("amount", ""), currency), text=entry.get("text", ""), line=line
    )


def _cents(text: str, currency: str) -> int:
    amount = text.removeprefix("-").strip()
    if amount and amount[-1].isdigit():
        amount = f"{amount} {currency}"
    cents = minor_units(amount, currency)
    return -cents if text.startswith("-") else cents
