"""The stripboard and the breakdown sheets, read back by pdfplumber: what stands on paper is the value."""

import io

import pdfplumber
import pytest
import sample

from cupola.paper.breakdown_sheet import breakdown_sheets
from cupola.paper.pdf_boards import breakdown_pdf, stripboard_pdf
from cupola.paper.stripboard import BannerRow, StripRow, unit_boards
from cupola.paper.wording import count_text


def pages_of(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [" ".join((page.extract_text() or "").split()) for page in opened.pages]


def test_every_strip_stands_once_in_the_order_of_its_clock() -> None:
    production, board = sample.production(), sample.board()
    for unit in unit_boards(production, board):
        rows = [row.line.strip.id for day in unit.days for row in day.rows if isinstance(row, StripRow)]
        days = sorted((day for day in board.days if day.unit == unit.unit.id), key=lambda day: day.date)
        assert rows == [strip.id for day in days for strip in day.strips]
        banners = [row.banner.text for day in unit.days for row in day.rows if isinstance(row, BannerRow)]
        assert sorted(banners) == sorted(banner.text for day in days for banner in day.banners)


def test_the_cast_stands_in_its_columns() -> None:
    production, board = sample.production(), sample.board()
    numbers = {member.id: str(member.board_id) for member in production.cast}
    for unit in unit_boards(production, board):
        for day in unit.days:
            for row in day.rows:
                if isinstance(row, StripRow):
                    marked = {column.number for column, on in zip(unit.columns, row.in_columns, strict=True) if on}
                    assert marked | set(row.others) == {numbers.get(name, name) for name in row.line.strip.cast}


def test_weeks_end_where_the_calendar_says() -> None:
    """ISO 8601: a week ends on Sunday; a bar stands after the last shooting day before the next Monday."""
    production, board = sample.production(), sample.board()
    for unit in unit_boards(production, board):
        weeks = [day.head.day.date.isocalendar()[:2] for day in unit.days]
        bars = [bool(day.week) for day in unit.days]
        assert bars == [n == len(weeks) - 1 or weeks[n] != weeks[n + 1] for n in range(len(weeks))]
        assert sum(day.week.days for day in unit.days if day.week) == len(unit.days)


def test_the_stripboard_reads_back_and_is_accessible() -> None:
    """PDF/UA-1 is proven by typst as it writes."""
    production, board = sample.production(), sample.board()
    text = " ".join(pages_of(stripboard_pdf(production, board, standards=("ua-1",))))
    for unit in unit_boards(production, board):
        for day in unit.days:
            assert f"End of day {day.head.day.number} · {count_text(day.head.scenes, 'scene')} · {day.head.pages} pages" in text
            for row in day.rows:
                if isinstance(row, StripRow):
                    assert f"{row.line.start}-{row.line.end}" in text


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_a_breakdown_sheet_says_all_that_its_scene_needs(paper: str) -> None:
    production, board = sample.production(), sample.board()
    sheets = breakdown_sheets(production, board)
    assert [sheet.scene.number for sheet in sheets] == [scene.number for scene in production.script.scenes]
    text = " ".join(pages_of(breakdown_pdf(production, board, paper=paper, standards=("ua-1",))))  # type: ignore[arg-type]
    for sheet in sheets:
        assert f"Scene {sheet.scene.number} Sheet {sheet.number} of {len(sheets)}" in text
        for box in sheet.lists:
            for thing in box.things:
                assert " ".join(thing.split()[:2]) in text


def test_the_same_board_gives_the_same_bytes() -> None:
    production, board = sample.production(), sample.board()
    assert stripboard_pdf(production, board) == stripboard_pdf(production, board)
