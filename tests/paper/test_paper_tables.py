"""CSV tables: read back by the csv module, and no cell a spreadsheet would run."""

import csv
import io

import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from cupola.paper import costs_csv, dood_csv, stripboard_csv, windows_csv
from cupola.paper.tables import csv_text, safe_cell


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])
def test_formulas_are_made_text(cell: str) -> None:
    # OWASP, "CSV Injection": = + - @ tab and carriage return begin a formula.
    assert safe_cell(cell) == f"'{cell}"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1, max_size=5))
def test_cells_read_back(cells: list[str]) -> None:
    text = csv_text([f"c{n}" for n in range(len(cells))], [cells])
    back = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert [a if a == b else a.removeprefix("'") for a, b in zip(back, cells, strict=True)] == cells
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} for cell in back)


def test_stripboard_has_every_strip_and_all_pages() -> None:
    production, board = sample.production(), sample.board()
    found = rows(stripboard_csv(production, board))
    assert [row["strip"] for row in found] == [strip.id for strip in board.strips]
    shot = {strip.scene for strip in board.strips}
    assert sum(int(row["eighths"]) for row in found) == sum(s.eighths for s in production.script.scenes if s.number in shot)
    assert found[0]["start"] == "2021-10-08T08:30:00Z"


def test_dood_table() -> None:
    found = rows(dood_csv(sample.production(), sample.board()))
    fomin = next(row for row in found if row["role"] == "FOMIN")
    assert [fomin[f"2021-10-{day:02d}"] for day in (8, 9, 10)] == ["SW", "H", "WF"]
    assert (fomin["work"], fomin["hold"], fomin["total"]) == ("2", "1", "3")


def test_costs_add_up() -> None:
    board = sample.board()
    found = rows(costs_csv(board))
    assert sum(round(float(row["cost"]) * 100) for row in found) == board.cost.total_cents
    assert all(row["source"] for row in found)


def test_windows_are_those_of_the_strips() -> None:
    board = sample.board()
    found = rows(windows_csv(sample.production(), board))
    assert [row["strip"] for row in found] == [strip.id for strip in board.strips if strip.window]
    assert {row["strip"]: row["firm"] for row in found}["61"] == "no"
