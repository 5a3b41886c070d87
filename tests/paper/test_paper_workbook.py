"""The workbook, read back by openpyxl."""

import io
from typing import Any

import openpyxl
import sample

from cupola.paper.strips import days_in_order, strip_lines
from cupola.paper.workbook import board_xlsx


def read() -> Any:
    return openpyxl.load_workbook(io.BytesIO(board_xlsx(sample.production(), sample.board())))


def rows(book: Any, name: str) -> list[dict[str, Any]]:
    head, *body = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_every_strip_reads_back() -> None:
    production, board = sample.production(), sample.board()
    found = rows(read(), "Stripboard")
    lines = [line for day in days_in_order(production, board) for line in strip_lines(production, board, day)]
    assert [(row["Strip"], row["Set"], row["Pages"] or "") for row in found] == [(e.strip.id, e.set, e.pages) for e in lines]


def test_costs_add_up_to_the_board() -> None:
    board = sample.board()
    assert round(sum(row["Cost"] for row in rows(read(), "Costs")) * 100) == board.cost.total_cents


def test_no_cell_is_a_formula() -> None:
    """OWASP, CSV injection: what a script or a name says never becomes a formula."""
    for sheet in read():
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_the_same_board_gives_the_same_bytes() -> None:
    assert board_xlsx(sample.production(), sample.board()) == board_xlsx(sample.production(), sample.board())
