"""The board as one workbook: stripboard, one-liner, day out of days, elements, scenes, windows and costs, each on a sheet.

Text is written as text, so no spreadsheet takes it for a formula; colours are those of the strips.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from cupola.model import Board, Production, pages_text
from cupola.paper.costs import account_title
from cupola.paper.dood import day_out_of_days
from cupola.paper.elements import CAST, categories_of, category_days, element_uses
from cupola.paper.oneliner import one_liner
from cupola.paper.strips import days_in_order, strip_lines
from cupola.paper.wording import amount_text, shot_of

Value = str | int | float | date | datetime | None


@dataclass(slots=True)
class _Book:
    """A workbook being written, and its formats by what they look like."""

    book: Any
    formats: dict[tuple[tuple[str, Any], ...], Any]

    def look(self, **looks: Any) -> Any:
        key = tuple(sorted(looks.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": "Arial", "font_size": 9, "valign": "top", **looks})
        return self.formats[key]

    def sheet(self, name: str, head: Sequence[str], widths: Sequence[float], *, frozen: int = 1) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, frozen)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, (word, width) in enumerate(zip(head, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, word, self.look(bold=True, bottom=1))
        return sheet

    def write(self, sheet: Any, row: int, values: Iterable[Value], **looks: Any) -> None:
        for column, value in enumerate(values):
            if isinstance(value, datetime):
                sheet.write_datetime(
                    row, column, value.replace(tzinfo=None), self.look(num_format="yyyy-mm-dd hh:mm:ss", **looks)
                )
            elif isinstance(value, date):
                moment = datetime(value.year, value.month, value.day)
                sheet.write_datetime(row, column, moment, self.look(num_format="ddd d mmm yyyy", **looks))
            elif isinstance(value, int | float):
                sheet.write_number(row, column, value, self.look(**looks))
            elif value:
                sheet.write_string(row, column, value, self.look(**looks))
            elif looks:
                sheet.write_blank(row, column, None, self.look(**looks))


def board_xlsx(production: Production, board: Board) -> bytes:
    """Return a board as a workbook; the same board gives the same bytes. Times of windows and rolls are UTC."""
    memory = io.BytesIO()
    first = min((day.date for day in board.days), default=date(1970, 1, 1))
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": production.title, "subject": board.title, "created": datetime(first.year, first.month, first.day)}
    )
    made = _Book(book=book, formats={})
    writers: tuple[Callable[[_Book, Production, Board], None], ...] = (
        _stripboard, _one_liner, _dood, _elements, _scenes, _windows, _costs,
    )  # fmt: skip
    for write in writers:
        write(made, production, board)
    book.close()
    return memory.getvalue()


def _stripboard(book: _Book, production: Production, board: Board) -> None:
    head = (
        "Unit",
        "Day",
        "Date",
        "Strip",
        "Scene",
        "I/E",
        "Set",
        "D/N",
        "Pages",
        "Cast",
        "Place",
        "Start",
        "End",
        "Light",
        "Line",
    )
    sheet = book.sheet("Stripboard", head, (8, 5, 15, 9, 7, 6, 38, 17, 7, 16, 24, 7, 7, 52, 6), frozen=4)
    row = 1
    for day in days_in_order(production, board):
        for line in strip_lines(production, board, day):
            values = (
                day.unit, day.number, day.date, line.strip.id, line.strip.scene, line.int_ext, line.set, line.time_of_day,
                line.pages, line.cast_text, line.place.name, line.start, line.end, line.light, line.line,
            )  # fmt: skip
            book.write(sheet, row, values, bg_color=line.colour.fill, font_color=line.colour.ink)
            row += 1


def _one_liner(book: _Book, production: Production, board: Board) -> None:
    head = ("Scene", "I/E", "Set", "D/N", "Synopsis", "Pages", "Cast", "Time")
    sheet = book.sheet("One-liner", head, (9, 6, 38, 17, 60, 7, 18, 13), frozen=0)
    row = 1
    for line in one_liner(production, board).days:
        title = (
            f"{line.unit.id} day {line.day.number} of {line.of}, {line.date}, call {line.call}, wrap {line.wrap} {line.zone}"
        )
        book.write(sheet, row, [title, *[""] * 7], bold=True, bg_color="#f1f2f4")
        for strip in line.strips:
            row += 1
            cells = (
                strip.number, strip.int_ext, strip.set, strip.time_of_day, strip.synopsis, strip.pages, strip.cast_text,
                f"{strip.start}-{strip.end}",
            )  # fmt: skip
            book.write(sheet, row, cells, bg_color=strip.colour.fill, font_color=strip.colour.ink)
        end = f"End of day {line.day.number}: {line.scenes} scenes, {line.pages} pages"
        book.write(sheet, row + 1, [end, *[""] * 7], bold=True, bg_color="#14171c", font_color="#ffffff")
        row += 2


def _dood(book: _Book, production: Production, board: Board) -> None:
    cast = [(CAST, table) for table in day_out_of_days(production, board).units]
    others = [category for category in categories_of(element_uses(production, board)) if category != CAST]
    tables = [*cast, *((category, table) for category in others for table in category_days(production, board, category))]
    dates = sorted({day for _, table in tables for day in table.dates})
    head = ("Category", "Unit", "No", "Name", *(f"{day:%d %b}" for day in dates), "Work", "Hold or idle", "Start", "Finish")
    sheet = book.sheet("Day out of days", head, (11, 8, 5, 32, *[6.5] * len(dates), 6, 10, 15, 15), frozen=4)
    row = 1
    for category, table in tables:
        for entry in table.rows:
            codes = dict(zip(table.dates, entry.codes, strict=True))
            values: tuple[Value, ...] = (
                category, table.unit, entry.board_id, entry.name or entry.cast, *(codes.get(day, "") for day in dates),
                entry.work, entry.hold, entry.start, entry.finish,
            )  # fmt: skip
            book.write(sheet, row, values)
            row += 1


def _elements(book: _Book, production: Production, board: Board) -> None:
    head = ("Category", "No", "Name", "Scenes", "Pages", "Days", "First", "Last")
    sheet = book.sheet("Elements", head, (12, 5, 36, 60, 8, 6, 15, 15), frozen=3)
    for row, use in enumerate(element_uses(production, board), 1):
        days = len({day for _, day in use.days})
        scenes = ", ".join(use.scenes)
        book.write(sheet, row, (use.category, use.number, use.name, scenes, pages_text(use.eighths), days, use.first, use.last))


def _scenes(book: _Book, production: Production, board: Board) -> None:
    head = (
        "Scene",
        "Heading",
        "Script day",
        "Page",
        "Pages",
        "Eighths",
        "Minutes",
        "Cast",
        "Place",
        "Unit",
        "Shot on",
        "Synopsis",
        "Line",
    )
    sheet = book.sheet("Scenes", head, (8, 52, 9, 6, 8, 8, 8, 40, 24, 8, 24, 60, 6))
    shot: dict[str, list[str]] = {}
    for day in board.days:
        for strip in day.strips:
            shot.setdefault(strip.scene, []).append(f"{day.unit} {day.number}")
    for row, scene in enumerate(production.script.scenes, 1):
        place = production.place_for(scene.number)
        values: tuple[Value, ...] = (
            scene.number, scene.heading, scene.script_day, scene.page, pages_text(scene.eighths), scene.eighths, scene.minutes,
            ", ".join(scene.cast), place.name, place.unit, ", ".join(dict.fromkeys(shot.get(scene.number, ()))), scene.synopsis,
            scene.line,
        )  # fmt: skip
        book.write(sheet, row, values)


def _windows(book: _Book, production: Production, board: Board) -> None:
    head = ("Strip", "Unit", "Light", "Why", "Opens, UTC", "Closes, UTC", "Edge, s", "Firm", "Roll, UTC", "Cut, UTC")
    sheet = book.sheet("Windows", head, (9, 8, 36, 36, 19, 19, 8, 6, 19, 19))
    row = 1
    for day in days_in_order(production, board):
        for line in strip_lines(production, board, day):
            window, shot = line.strip.window, shot_of(line.scene, line.strip)
            if window is not None:
                values = (
                    line.strip.id, day.unit, str(shot.light) if shot else "", window.why, _whole(window.open_utc),
                    _whole(window.close_utc), round(window.edge_s, 1), "yes" if window.firm else "no",
                    _whole(line.strip.roll_utc), _whole(line.strip.cut_utc),
                )  # fmt: skip
                book.write(sheet, row, values)
                row += 1


def _whole(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _costs(book: _Book, _: Production, board: Board) -> None:
    head = ("Account", "Title", "Kind", "Who", "Text", "Amount", "Unit", "Rate", "Cost", "Currency", "Source")
    sheet = book.sheet("Costs", head, (8, 22, 11, 14, 44, 9, 9, 15, 17, 9, 60))
    for row, line in enumerate(board.cost.lines, 1):
        rate, cents = (
            float(amount_text(value, board.cost.currency).replace(",", "")) for value in (line.rate_cents, line.cents)
        )
        values = (
            line.account, account_title(line.account), line.kind, line.who, line.text, line.amount, line.unit, rate, cents,
            board.cost.currency, line.source,
        )  # fmt: skip
        book.write(sheet, row, values, num_format="#,##0.00")
