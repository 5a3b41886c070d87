"""The form of a daily production report as an Excel workbook: labels and values, then a table for each kind of row.

Its labels are the keys of the TOML form with blanks for `_`, so that both forms always have the same fields.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

from cupola.errors import CupolaError, ProductionError, ScheduleError
from cupola.exchange.spreadsheet.cells import parse_date
from cupola.exchange.spreadsheet.grid import Grid, Row
from cupola.exchange.spreadsheet.xlsx_table import read_xlsx
from cupola.files.documents_dpr import BackgroundDoc, CardDoc, CastTimeDoc, DelayDoc, FormDoc, SceneShotDoc
from cupola.files.entries import Document
from cupola.files.folder import Toml, read_limited
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath

SHEET = "DPR"
LIMIT = 8 * 2**20
TABLES: Mapping[str, type[Document]] = {
    "scene": SceneShotDoc,
    "cast": CastTimeDoc,
    "background": BackgroundDoc,
    "media": CardDoc,
    "delay": DelayDoc,
}
SINGLE = tuple(key for key in FormDoc.model_fields if key not in TABLES)
SAID = ("production", "date", "times")
"""Labels that tell people whose form it is; of these only the date is looked at."""
SPARE_ROWS = 5

_YES, _NO = ("yes", "true", "x", "1", "да"), ("no", "false", "0", "нет")
_CLOCK = re.compile(r"(?:(?:1900-01-01|1904-01-0[12]) )?(\d{1,2}):(\d{2})(?::(\d{2}))?")
"""A time past 24:00 is a day of its own to a workbook, the first of its count."""
_SERIAL = re.compile(r"[01]?\.\d+(?:e-\d+)?|\d(?:\.\d+)?e-\d+")
_DASH = re.compile(r"\s*[-–—]\s*")


@dataclass(frozen=True, kw_only=True)
class Workbook(Toml):
    """The entries of a form with the cell of each, so that an error can point at it."""

    grid: Grid
    cells: dict[KeyPath, tuple[Row, int | None]] = field(repr=False)

    def wrong(
        self, path: KeyPath, rule: str, *, value: object = None, remedy: str = "", kind: type[CupolaError] = ProductionError
    ) -> CupolaError:
        """Return an error that names the cell of an entry, or the row it should be in."""
        near = next((path[:size] for size in range(len(path), 0, -1) if path[:size] in self.cells), ())
        row, column = self.cells.get(near, (None, None))
        said = self.grid.wrong(row, column, rule)
        return kind(said.rule, value=value, remedy=remedy, file=self.file)


def read_workbook(path: Path, day: date) -> Workbook:
    """Read the form of a day; raises ProductionError with sheet and cell for a label or value that cannot be read."""
    try:
        grid = read_xlsx(read_limited(path, LIMIT), file=str(path), likely=_likeness)
    except ScheduleError as error:
        remedy = "save the form anew as .xlsx, or take it away and give the command again for an empty one"
        raise ProductionError(error.rule, value=error.value, remedy=remedy, file=str(path)) from None
    for note in grid.notes:
        head, _, _ = note.partition(":")
        is_formula = note.startswith("Formulas")
        rule = f"{head[0].lower()}{head[1:]}" if is_formula else "this workbook has more than one sheet that may be the form"
        remedy = "open the workbook and save it, or write the values" if is_formula else "leave one of them in it"
        raise _wrong(grid, None, None, rule, remedy=remedy)
    return _Reader(grid=grid, day=day).form()


def _likeness(grid: Grid) -> int:
    return sum(_key(row.at(0)) in (*SINGLE, *TABLES) for row in grid.rows)


def _wrong(
    grid: Grid, row: Row | None, column: int | None, rule: str, *, value: object = None, remedy: str = ""
) -> ProductionError:
    return ProductionError(grid.wrong(row, column, rule).rule, value=value, remedy=remedy, file=grid.file)


@dataclass(kw_only=True, slots=True)
class _Reader:
    """One walk down the sheet: values beside labels, then the rows of each table below its heads."""

    grid: Grid
    day: date
    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[KeyPath, tuple[Row, int | None]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    table: str = ""
    heads: tuple[str, ...] = ()

    def form(self) -> Workbook:
        for row in self.grid.rows:
            if len(row.filled) == 1 and _key(row.at(0)) in TABLES:
                self.start(row)
            elif not self.table:
                self.single(row)
            elif not self.heads:
                self.heads = self.keys(row)
            else:
                self.row(row)
        for key in _required(FormDoc):
            if key not in self.data:
                remedy = f"write {label(key)} in column A and its value beside it"
                raise _wrong(self.grid, None, None, f"missing: {label(key)}", remedy=remedy)
        return Workbook(file=self.grid.file, data=self.data, lines={}, grid=self.grid, cells=self.cells)

    def start(self, row: Row) -> None:
        self.table, self.heads = _key(row.at(0)), ()
        if self.table in self.data:
            raise _wrong(self.grid, row, 0, "this table stands twice", value=row.at(0), remedy="put its rows into one")
        self.data[self.table] = []

    def single(self, row: Row) -> None:
        key, text = _key(row.at(0)), row.at(1)
        if not key:
            remedy = "write the label, or take the value out"
            raise _wrong(self.grid, row, 0, "a value needs its label in column A", value=row.filled[0], remedy=remedy)
        if key not in (*SINGLE, *SAID):
            remedy = did_you_mean(row.at(0), (label(each) for each in (*SINGLE, *TABLES)))
            raise _wrong(self.grid, row, 0, "no label of this form", value=row.at(0), remedy=remedy)
        if key in self.seen:
            raise _wrong(self.grid, row, 0, "this label stands twice", value=row.at(0), remedy="leave one of them")
        self.seen.add(key)
        if len(row.cells) > 2:
            raise _wrong(self.grid, row, 2, "a label has one value, in column B", value=row.at(2), remedy="move it there")
        if key == "date" and text and parse_date(text, "dmy") != self.day:
            remedy = "look at the file's name; where the board has moved since, write the new date"
            raise _wrong(self.grid, row, 1, f"this day is {self.day} on the board", value=text, remedy=remedy)
        if key in SINGLE and text:
            self.data[key] = self.value(FormDoc, key, row, 1)
            self.cells[(key,)] = row, 1

    def keys(self, row: Row) -> tuple[str, ...]:
        """Return the keys of the columns that the heads of a table name."""
        known = TABLES[self.table].model_fields
        keys = tuple(_key(text) for text in row.cells)
        for at, key in enumerate(keys):
            if key and key not in known:
                remedy = did_you_mean(row.at(at), map(label, known))
                raise _wrong(self.grid, row, at, f"no column of {label(self.table)}", value=row.at(at), remedy=remedy)
            if key and key in keys[:at]:
                raise _wrong(self.grid, row, at, "this column stands twice", value=row.at(at), remedy="leave one of them")
        return keys

    def row(self, row: Row) -> None:
        document, items = TABLES[self.table], self.data[self.table]
        path: KeyPath = (self.table, len(items))
        item: dict[str, Any] = {}
        for at, text in enumerate(row.cells):
            key = self.heads[at] if at < len(self.heads) else ""
            if text and not key:
                raise _wrong(self.grid, row, at, "no head stands above this cell", value=text, remedy="take it out, or move it")
            if text:
                item[key] = self.value(document, key, row, at)
                self.cells[*path, key] = row, at
        for key in _required(document):
            if key not in item:
                column = self.heads.index(key) if key in self.heads else None
                remedy = "fill the cell, or empty its whole row" if column is not None else f"add a column {label(key)}"
                raise _wrong(self.grid, row, column, f"missing: {label(key)} of {label(self.table)}", remedy=remedy)
        self.cells[path] = row, None
        items.append(item)

    def value(self, document: type[Document], key: str, row: Row, column: int) -> object:
        text = row.at(column)
        read, rule, remedy = _KINDS[_kind(document, key)]
        found = read(text)
        if found is None:
            raise _wrong(self.grid, row, column, f"{label(key)} must be {rule}", value=text, remedy=remedy)
        return found


def _kind(document: type[Document], key: str) -> object:
    """Return the type of an entry, without the None of one that may be left out."""
    hint = get_type_hints(document)[key]
    return next((each for each in get_args(hint) if each is not NoneType), hint) if NoneType in get_args(hint) else hint


def _required(document: type[Document]) -> Iterable[str]:
    return (key for key, field in document.model_fields.items() if field.is_required())


def _key(text: str) -> str:
    return "_".join(text.rstrip(" :").casefold().replace("_", " ").split())


def label(key: str) -> str:
    """Return how a form names an entry.

    >>> label("first_after_meal")
    'First after meal'
    """
    return key.replace("_", " ").capitalize()


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else None


def _clock(text: str) -> time | None:
    """Read `8:40`, or the part of a day that a workbook keeps for it.

    >>> _clock("8:40"), _clock("0.75"), _clock("1900-01-01 00:30"), _clock("8"), _clock("25:00")
    (datetime.time(8, 40), datetime.time(18, 0), datetime.time(0, 30), None, None)
    """
    if _SERIAL.fullmatch(text):
        seconds = round(float(text) * 86_400) % 86_400
        return time(seconds // 3600, seconds % 3600 // 60)
    found = _CLOCK.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else None
    except ValueError:
        return None


def _span(text: str) -> str | None:
    clocks = [_clock(part) for part in _DASH.split(text.strip())]
    return "-".join(str(clock) for clock in clocks) if len(clocks) == 2 and None not in clocks else None


def _yes(text: str) -> bool | None:
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


_KINDS: Mapping[object, tuple[Callable[[str], object], str, str]] = {
    int: (_whole, "a whole number", "write it in digits alone, such as 12"),
    str: (str, "text", ""),
    bool: (_yes, "yes or no", "write yes or no"),
    time: (_clock, "a time of day", "write it as 08:40"),
    tuple[time, time]: (_span, "a span of the day", "write it as 13:00-14:00"),
    tuple[str, ...]: (_lines, "text", "write one a line"),
}
"""How a cell is read as each type of entry, and what to say where it cannot be: what must hold, and what to write."""


def form_workbook(data: Mapping[str, Any], *, title: str, day: date, zone: str) -> bytes:
    """Return a form with what is known of it, `data` as TOML has it, and room for the rest."""
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
    writer = _Writer(book)
    writer.all(data, title=title, day=day, zone=zone)
    book.close()
    return memory.getvalue()


class _Writer:
    def __init__(self, book: Any) -> None:
        base = {"font_name": "Arial", "font_size": 10, "valign": "top", "align": "left"}
        cell = {**base, "border": 1, "border_color": "#B0B0B0", "text_wrap": True}
        self.sheet = book.add_worksheet(SHEET)
        self.label = book.add_format({**base, "bold": True})
        self.table = book.add_format({**base, "bold": True, "font_size": 12, "bottom": 2})
        self.head = book.add_format({**base, "bold": True, "bg_color": "#E8E8E8", "border": 1, "border_color": "#B0B0B0"})
        self.text = book.add_format({**cell, "num_format": "@", "quote_prefix": True})
        self.number = book.add_format(cell)
        self.clock = book.add_format({**cell, "num_format": "hh:mm"})
        self.date = book.add_format({**base, "num_format": "yyyy-mm-dd"})

    def all(self, data: Mapping[str, Any], *, title: str, day: date, zone: str) -> None:
        sheet, row = self.sheet, len(SAID)
        for at, key in enumerate(SAID):
            sheet.write_string(at, 0, label(key), self.label)
        sheet.write_string(0, 1, title, self.label)
        sheet.write_datetime(1, 1, datetime.combine(day, time()), self.date)
        sheet.write_string(2, 1, f"of the place ({zone})", self.date)
        for key in SINGLE:
            sheet.write_string(row, 0, label(key), self.label)
            self.cell(row, 1, FormDoc, key, data.get(key))
            row += 1
        for name, document in TABLES.items():
            row = self.rows(row + 1, name, document, data.get(name, ()))
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 26)
        sheet.set_column(2, 5, 14)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def rows(self, row: int, name: str, document: type[Document], items: Iterable[Mapping[str, Any]]) -> int:
        """Write a table with some rows to spare; return the row below it."""
        self.sheet.write_string(row, 0, label(name), self.table)
        for at, key in enumerate(document.model_fields):
            self.sheet.write_string(row + 1, at, label(key), self.head)
        row += 2
        for item in (*items, *({} for _ in range(SPARE_ROWS))):
            for at, key in enumerate(document.model_fields):
                self.cell(row, at, document, key, item.get(key))
            row += 1
        return row

    def cell(self, row: int, column: int, document: type[Document], key: str, value: Any) -> None:
        kind = _kind(document, key)
        if kind is bool:
            self.sheet.data_validation(row, column, row, column, {"validate": "list", "source": ["yes", "no"]})
        elif kind is not str:
            self.sheet.data_validation(row, column, row, column, {"validate": "any", "input_message": _KINDS[kind][2]})
        look = self.clock if kind is time else self.number if kind is int else self.text
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, look)
        elif kind is time:
            self.sheet.write_datetime(row, column, time.fromisoformat(value) if isinstance(value, str) else value, look)
        elif kind is int:
            self.sheet.write_number(row, column, value, look)
        else:
            self.sheet.write_string(row, column, _said(value), look)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else "\n".join(value)
