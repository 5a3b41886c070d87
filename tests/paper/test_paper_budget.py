"""A budget on paper: a workbook that LibreOffice reckons to our totals, a table, a PDF."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from cupola.files import read_board, read_production
from cupola.model import Board, Production, Rate
from cupola.model.budget import AccountRange, Actual, Budget, Charge, Credit, Estimate, Fringe
from cupola.model.money import Quote
from cupola.money import budget, cost_report, film_chart
from cupola.paper.budget_csv import budget_csv, report_csv
from cupola.paper.budget_pdf import budget_pdf
from cupola.paper.budget_xlsx import budget_xlsx
from cupola.paper.topsheet import top_sheet

ROOT = Path(__file__).parents[2]
SOFFICE = shutil.which("soffice")
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.com")')


def rub(cents: int) -> Rate:
    return Rate(cents=cents, currency="RUB", source="invented")


@pytest.fixture(scope="module")
def agreed() -> tuple[Production, Board]:
    production = read_production(ROOT / "examples/the-challenge")
    return production, read_board(ROOT / "examples/the-challenge/boards/agreed.json", production)


@pytest.fixture(scope="module")
def full(agreed) -> Budget:
    """The challenge with everything a workbook must reckon: ranges, dollars, cut-offs, odd fractions, credits, shares."""
    production, board = agreed
    quote = Quote(currency="USD", low=Fraction("0.13"), likely=Fraction("0.17"), high=Fraction("0.29"), per=Fraction("72.5"))
    odd = [
        Charge(account="2500", text=text, amount=(Fraction(n * 3331, 1000),), times=Fraction("1.5"), rate=rub(n * 733 + 1))
        for n, text in enumerate(HOSTILE, 1)
    ]
    dollars = Charge(account="8820", text="Range", amount=(Fraction(999),), rate=Rate(cents=1233, currency="RUB", quote=quote))
    cast = (AccountRange(first="1400", last="1499"), AccountRange(first="2500", last="2500"))
    plan = replace(
        production.budget,
        charges=(*production.budget.charges, *odd, dollars),
        fringes=(
            *production.budget.fringes,
            Fringe(id="x", text="Cut", percent=Fraction("21.705"), accounts=cast, cutoff=rub(90_000_001)),
        ),
        credits=(
            Credit(text="Capped", percent=Fraction(30), accounts=cast, cap=rub(1_234_567)),
            Credit(text="Free", percent=Fraction("12.5"), accounts=(AccountRange(first="2000", last="5999"),)),
        ),
        contingency_percent=Fraction("7.5"),
        bond_percent=Fraction("2.25"),
    )
    return budget(replace(production, budget=plan), board)


def cells(data: bytes) -> dict[str, dict[str, object]]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {sheet.title: {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row} for sheet in book}


@pytest.fixture(scope="module")
def reckoned(full, tmp_path_factory) -> dict[str, dict[str, object]]:
    """The workbook as LibreOffice saves it after reckoning every formula anew, from a copy that knows no result."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    blank = openpyxl.load_workbook(io.BytesIO(budget_xlsx(full)))  # openpyxl writes formulas without their values
    blank.save(folder / "budget.xlsx")
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", folder / "out", folder / "budget.xlsx"], check=True, capture_output=True, timeout=120)
    return cells((folder / "out/budget.xlsx").read_bytes())


def test_libreoffice_reckons_every_cell_to_our_cents(full, reckoned) -> None:
    ours = cells(budget_xlsx(full))
    wrong = {
        (sheet, at): (value, reckoned[sheet][at])
        for sheet, values in ours.items()
        for at, value in values.items()
        if isinstance(value, int | float) and at[0] != "C" * (sheet != "Top sheet") and reckoned[sheet][at] != value
    }
    assert wrong == {}
    assert sum(isinstance(value, float | int) for values in ours.values() for value in values.values()) > 1000


def test_the_totals_on_the_sheet_are_those_of_the_budget(full, reckoned) -> None:
    top = reckoned["Top sheet"]
    rows = {top[f"B{at[1:]}"]: (top[at], top[f"D{at[1:]}"], top[f"E{at[1:]}"]) for at in top if at[0] == "C"}
    for title, cost in (("Grand total", full.gross), ("Net", full.net), ("Below the line", full.below)):
        assert tuple(round(value * 100) for value in rows[title]) == (cost.likely, cost.low, cost.high)
    assert full.gross.is_range


def test_text_is_never_a_formula(full) -> None:
    book = openpyxl.load_workbook(io.BytesIO(budget_xlsx(full)))
    texts = {cell.value: cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in HOSTILE}
    assert texts == dict.fromkeys(HOSTILE, "s")
    column = [row[5] for row in csv.reader(io.StringIO(budget_csv(full)))]
    assert not [cell for cell in column if cell[:1] in ("=", "+", "-", "@")]
    assert {f"'{text}" for text in HOSTILE} <= set(column)


def test_the_same_budget_gives_the_same_bytes(full, agreed) -> None:
    assert budget_xlsx(full) == budget_xlsx(full)
    assert budget_pdf(agreed[1], full) == budget_pdf(agreed[1], full)


def test_the_top_sheet_adds_up(full) -> None:
    sheet = top_sheet(full)
    for _, rows in sheet.blocks:
        *accounts, total = rows
        assert total.cost.likely == sum(row.cost.likely for row in accounts)
    assert [row.title for row in sheet.foot[:3]] == ["Above the line", "Below the line", "Above and below the line"]
    assert sheet.foot[-1].cost == full.net
    assert sheet.is_range


def test_the_table_adds_up_to_the_total(full) -> None:
    rows = list(csv.DictReader(io.StringIO(budget_csv(full))))
    assert sum(round(float(row["cost"]) * 100) for row in rows) == full.net.likely
    assert sum(round(float(row["high"]) * 100) for row in rows) == full.net.high


def report(agreed):
    production, board = agreed
    books = [
        Actual(on=date(2022, 6, 1), account="1100", kind="actual", cents=2_400_000_000),
        Actual(on=date(2022, 6, 20), account="2000", kind="actual", cents=100),
        Actual(on=date(2022, 6, 13), account="2000", kind="actual", cents=50),
        Actual(on=date(2022, 6, 20), account="2010", kind="commitment", cents=30),
        Actual(on=date(2022, 6, 20), account="5100", kind="etc", cents=1_900_000_000),
        Actual(on=date(2022, 7, 1), account="5100", kind="actual", cents=7),
    ]
    return cost_report(budget(production, board), books, film_chart(), on=date(2022, 6, 20))


def test_a_cost_report_says_what_it_will_come_to(agreed) -> None:
    found = report(agreed)
    rows = {row.account: row for row in found.rows}
    assert (rows["1100"].to_date, rows["1100"].etc, rows["1100"].variance) == (2_400_000_000, 0, 0)
    # 20 June is the report's day: the 13th is a week before it and no longer in it
    unit = rows["2000"]
    assert (unit.to_date, unit.this_week, unit.commitments, unit.total_cost) == (150, 100, 30, 180)
    assert unit.efc == unit.budget
    # music was 18 M RUB, 19 M are asked for, and what is paid in July is not known in June
    assert (rows["5100"].efc, rows["5100"].variance) == (1_900_000_000, -100_000_000)
    assert found.total.variance == sum(row.variance for row in found.rows)
    assert found.total.efc == found.total.to_date + found.total.commitments + found.total.etc
    last = list(csv.DictReader(io.StringIO(report_csv(found))))[-1]
    assert round(float(last["variance"]) * 100) == found.total.variance


def test_the_pdf_has_every_account_total_and_source(agreed, full) -> None:
    with pdfplumber.open(io.BytesIO(budget_pdf(agreed[1], full, report=report(agreed)))) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    for account in full.accounts:
        assert account.title in text
    for words in ("Grand total", "Net", "Cost report of Monday 20 June 2022", "kinobusiness.com", *HOSTILE[:4]):
        assert words in text
    whole, rest = divmod(full.gross.likely, 100)
    assert f"{whole:,}.{rest:02d}" in text


@pytest.mark.parametrize("standard", ["ua-1", "a-2b"])
def test_the_pdf_keeps_a_standard(agreed, full, standard) -> None:
    assert budget_pdf(agreed[1], full, standards=[standard]).startswith(b"%PDF")


def test_a_currency_without_minor_units_has_no_decimals(full) -> None:
    yen = replace(full, currency="JPY")
    assert any(isinstance(cost, Estimate) for cost in (yen.gross,))
    assert cells(budget_xlsx(yen))["Top sheet"]["C5"] == next(a.cost.likely for a in yen.accounts)
