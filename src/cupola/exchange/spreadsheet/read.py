"""A sheet of a spreadsheet → a schedule: its rows as breakdown sheets, in their days where the rows or rows between say so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath

from cupola.exchange.msd_names import CUSTOM_UCID, word_of
from cupola.exchange.schedule_file import Calendar, Category, Extra, Item, Schedule, Sheet, StripBoard
from cupola.exchange.sex import facts_of, heading_of
from cupola.exchange.spreadsheet.cells import order_of, parse_date, parse_minutes, parse_pages, split_cast, split_list
from cupola.exchange.spreadsheet.columns import KEEP, SCENE_FACTS, Column
from cupola.exchange.spreadsheet.csv_table import read_csv
from cupola.exchange.spreadsheet.days import ENDS, LOOSE, MAIN_UNITS, MOST_DAYS, STARTS, Mark, When, board_of, whens_of
from cupola.exchange.spreadsheet.grid import Grid, Row
from cupola.exchange.spreadsheet.mapping import LISTS, ORDERS, ColumnMap, Laid, laid_out, likeness
from cupola.exchange.spreadsheet.xlsx_table import is_workbook, read_xlsx
from cupola.script.categories import CATEGORY_TABLE, category_of

CARRIED = "_table"
"""The key under which a schedule carries what only its spreadsheet says: columns that are kept, and how it was laid out."""
BANNER_FACTS = ("banner", "synopsis", "comment")
"""Where the text of a banner stands, the first of them that there is."""
MOST_MINUTES = 30 * 1440

_TOTAL = re.compile(r"\W*(?:(?:grand\s+)?totals?|итого|всего)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}")
_ELEMENT = re.compile(r"([^:\"]{1,40}):\s*(.*)")
_CATEGORIES = re.compile(r';\s*(?=[^:;"]{1,40}:)')


def read_grid(data: bytes, *, file: str, asked: ColumnMap) -> Grid:
    """Return the sheet of a CSV file or workbook that a mapping means, or the one most like a schedule."""

    def likely(grid: Grid) -> int:
        return likeness(grid, asked)

    if is_workbook(data):
        return read_xlsx(data, file=file, sheet=asked.sheet, likely=likely)
    return read_csv(data, file=file, encoding=asked.encoding, separator=asked.separator, likely=likely)


def parse_spreadsheet(data: bytes, *, file: str = "", asked: ColumnMap | None = None) -> Schedule:
    """Parse a CSV file or an Excel workbook, by a mapping where there is one; raises ScheduleError, and nothing else.

    What no column of the mapping means, and nobody's trade word is, is carried for each row.
    """
    asked = asked or ColumnMap()
    grid = read_grid(data, file=file, asked=asked)
    return schedule_of_grid(grid, laid_out(grid, asked), asked)


def schedule_of_grid(grid: Grid, laid: Laid, asked: ColumnMap) -> Schedule:
    """Return the rows below the head of a sheet as a schedule."""
    return _Reader(grid=grid, laid=laid, asked=asked).schedule()


@dataclass(kw_only=True, slots=True)
class _Reader:
    grid: Grid
    laid: Laid
    asked: ColumnMap
    order: str = "dmy"
    sheets: list[Sheet] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    """For each sheet its unit and its day."""
    open_from: int = 0
    open_day: tuple[int, date | None] = (0, None)
    has_day_rows: bool = False
    is_loose: bool = False
    notes: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)

    def schedule(self) -> Schedule:
        rows = [row for row in self.grid.rows if row.number > self.laid.head]
        self.order = self.date_order(rows)
        self.names = {**self.cast_names(rows), **dict(self.asked.cast)}
        for row in rows:
            self.row(row)
        if not any(sheet.kind == "scene" for sheet in self.sheets):
            raise self.grid.wrong(
                None, None, "a schedule has at least one scene", value="none", remedy="is this the right sheet?"
            )
        stem = PurePath(self.grid.file.replace("\\", "/")).stem
        board, calendars = self.board(stem)
        used = [(item.category, item.word) for item in self.items.values()]
        days = "rows" if self.has_day_rows else "columns"
        layout = {"columns": [[column.head, column.fact] for column in self.laid.columns], "days": days}
        return Schedule(
            file=self.grid.file,
            id="table",
            name=stem,
            project="",
            header=((CARRIED, json.dumps(layout, sort_keys=True)),),
            sheets=tuple(self.sheets),
            categories=tuple(_categories(used)),
            items=tuple(self.items.values()),
            boards=(board,) if board else (),
            calendars=calendars if board else (),
            notes=tuple(dict.fromkeys((*self.grid.notes, *self.laid.notes, *self.notes))),
        )

    def date_order(self, rows: Sequence[Row]) -> str:
        if self.asked.dates:
            return ORDERS[self.asked.dates]
        at = self.laid.at("date")
        order, is_sure = order_of(row.at(at) for row in rows if at is not None)
        if not is_sure:
            self.notes.append("Dates were read as month/day/year; say dates in the mapping if the day stands first.")
        return order

    def cast_names(self, rows: Sequence[Row]) -> dict[str, str]:
        """Return the name of each number of the cast that stands beside it somewhere in the sheet."""
        names: dict[str, str] = {}
        at, numbers = self.laid.at("cast"), self.laid.at("cast numbers")
        for row in rows:
            for number, name in self.cast_of(row, at, numbers):
                if number and name and names.setdefault(number, name) != name:
                    self.notes.append(f"Number {number} of the cast is {names[number]} and {name}; the first counts.")
        return names

    def cast_of(self, row: Row, at: int | None, numbers: int | None) -> list[tuple[str, str]]:
        """Return the cast of a row: names with the numbers that stand with them, or in a column of their own."""
        cast = split_cast(row.at(at), LISTS[self.asked.lists]) if at is not None else []
        alone = split_list(row.at(numbers), LISTS[self.asked.lists]) if numbers is not None else []
        if len(alone) == len(cast):
            return [(number or own, name) for (own, name), number in zip(cast, alone, strict=True)]
        return cast or [(number, "") for number in alone]

    def fact(self, row: Row, fact: str) -> str:
        at = self.laid.at(fact)
        text = row.at(at) if at is not None else ""
        if fact in self.asked.fill_down:
            text = self.above[fact] = text or self.above.get(fact, "")
        return text

    def row(self, row: Row) -> None:
        """Take in a row: a scene, a banner, a line that ends a day, or one that is no part of the schedule."""
        if self.laid.head and row.cells == self.head_cells():
            return
        text = row.filled[0]
        is_alone = not [cell for at, cell in enumerate(row.cells) if cell not in ("", text) and at not in self.quiet()]
        if self.day_row(row, text, is_alone=is_alone):
            return
        has_scene = any(self.fact_here(row, fact) for fact in ("scene", "heading", "set")) and not self.is_title(row)
        if not any(self.fact_here(row, fact) for fact in ("set", "heading", "banner")) and _TOTAL.match(text):
            self.notes.append(f"Row {row.number} is a total (“{text[:40]}”) and is left out.")
            return
        unit = self.unit(row)
        number, day = self.day(row) if not self.is_loose else (0, None)
        sheet = self.scene(row) if has_scene else self.banner(row)
        if sheet is not None:
            self.sheets.append(sheet)
            self.rows.append(row)
            self.marks.append(Mark(unit, *((number, day) if number or day else self.open_day)))

    def unit(self, row: Row) -> str:
        """Return the unit that shoots a row; empty for the main one."""
        said = self.fact(row, "unit")
        return "" if said.casefold() in MAIN_UNITS else said

    def is_title(self, row: Row) -> bool:
        """Whether a row has words in the scene's column and nothing else, as a banner across a sheet has."""
        number = self.fact_here(row, "scene")
        return len(row.filled) == 1 and bool(number) and self.laid.at("set") is not None and not any(map(str.isdigit, number))

    def head_cells(self) -> tuple[str, ...]:
        heads = [column.head for column in self.laid.columns]
        while heads and not heads[-1]:
            heads.pop()
        return tuple(heads)

    def fact_here(self, row: Row, fact: str) -> str:
        at = self.laid.at(fact)
        return row.at(at) if at is not None else ""

    def day_row(self, row: Row, text: str, *, is_alone: bool) -> bool:
        """Take in a row that ends or starts a day, or says that what follows stands on none."""
        if self.asked.days == "columns" or (self.laid.at("banner") is not None and self.fact_here(row, "banner")):
            return False
        ends, starts = ENDS.fullmatch(text), STARTS.fullmatch(text)
        if is_alone and LOOSE.fullmatch(text):
            self.is_loose, self.open_day, self.open_from = True, (0, None), len(self.sheets)
        elif ends:
            number = int(ends[1]) if ends[1] else self.open_day[0] or 1 + max((mark.number for mark in self.marks), default=0)
            self.end_day(number, parse_date(" ".join(row.filled), self.order) or self.open_day[1])
        elif starts and is_alone:
            self.open_day = int(starts[1]), parse_date(" ".join(row.filled), self.order)
            self.open_from, self.is_loose = len(self.sheets), False
        else:
            return False
        self.has_day_rows = True
        return True

    def end_day(self, number: int, day: date | None) -> None:
        """Put what stands since the last line of its kind on a day."""
        for at in range(self.open_from, len(self.sheets)):
            mark = self.marks[at]
            own = mark.number in (0, number)
            self.marks[at] = Mark(mark.unit, mark.number or number, mark.date or (day if own else None))
        self.open_day, self.open_from = (0, None), len(self.sheets)

    def day(self, row: Row) -> tuple[int, date | None]:
        """Return the number and the date of the day that a row says of itself: 0 and None where it says none."""
        said = self.fact(row, "day")
        text = self.fact(row, "date")
        day = parse_date(text, self.order) if text else parse_date(said, self.order)
        if text and day is None:
            rule, remedy = "a date is written as 2027-04-01, 1.4.2027 or 1 April 2027", "or say dates in the mapping"
            raise self.grid.wrong(row, self.laid.at("date"), rule, value=text, remedy=remedy)
        if not said or LOOSE.fullmatch(said) or parse_date(said, self.order):
            return 0, day
        number = _NUMBER.search(said)
        if number is None or not int(number[0]):
            rule, remedy = "a shooting day is a number from 1, or a date", "leave it empty where the scene stands on no day"
            raise self.grid.wrong(row, self.laid.at("day"), rule, value=said, remedy=remedy)
        return int(number[0]), day

    def banner(self, row: Row) -> Sheet | None:
        """Return a row that is no scene as a banner: the text of its own column, else the first beside day, date and unit."""
        loud = [at for at, cell in enumerate(row.cells) if cell and at not in self.quiet()]
        at = next((at for at in (self.laid.at(fact) for fact in BANNER_FACTS) if at is not None and row.at(at)), None)
        at = next(iter(loud), None) if at is None else at
        if at is None:
            self.notes.append(f"Row {row.number} names no scene and is left out.")
            return None
        id = str(len(self.sheets) + 1)
        return Sheet(id=id, kind="banner", text=row.at(at), minutes=self.minutes(row), extra=self.extra(row, but=at))

    def quiet(self) -> set[int | None]:
        """Where stands what a banner may say beside its text."""
        return {self.laid.at(fact) for fact in ("day", "date", "unit", "minutes", "pages", "eighths")}

    def scene(self, row: Row) -> Sheet:
        heading = self.fact_here(row, "heading")
        return Sheet(
            id=str(len(self.sheets) + 1),
            kind="scene",
            number=self.fact_here(row, "scene"),
            synopsis=self.fact_here(row, "synopsis"),
            comments=self.fact_here(row, "comment"),
            eighths=self.eighths(row),
            minutes=self.minutes(row),
            script_page=self.fact_here(row, "script page"),
            items=tuple(dict.fromkeys(self.needs(row, heading))),
            extra=self.extra(row),
        )

    def eighths(self, row: Row) -> int:
        at = self.laid.at("pages")
        text = row.at(at) if at is not None else ""
        if not text:
            at = self.laid.at("eighths")
            text = row.at(at) if at is not None else ""
            if text.isdigit() and len(text) < 5:
                return int(text)
            if not text:
                return 0
        found = parse_pages(text)
        if found is None:
            rule, remedy = "pages are written as 1 3/8, 3/8 or 1.375", "write the length of the scene, or leave the cell empty"
            raise self.grid.wrong(row, at, rule, value=text, remedy=remedy)
        if abs(found - round(found)) > 0.05:
            self.notes.append(f"Row {row.number} has {text} pages, read as {round(found)}/8.")
        return round(found)

    def minutes(self, row: Row) -> float:
        text = self.fact_here(row, "minutes")
        found = parse_minutes(text) if text else 0.0
        if found is None or found > MOST_MINUTES:
            rule = "a time is written as 90, 1:30 or 1 h 30 min, of at most 30 days"
            raise self.grid.wrong(row, self.laid.at("minutes"), rule, value=text, remedy="or leave the cell empty")
        return found

    def needs(self, row: Row, heading: str) -> Iterator[str]:
        """Yield the ids of what a row needs, in the order of its columns."""
        from_heading = facts_of(heading) if heading else {}
        if heading and not from_heading:
            from_heading = {"set": heading}
        for at, column in enumerate(self.laid.columns):
            text = row.at(at)
            if column.fact == "heading":
                have = {one.fact for n, one in enumerate(self.laid.columns) if row.at(n)}
                yield from (self.item(word, name) for word, name in from_heading.items() if word not in have)
            elif not text:
                continue
            elif column.fact in SCENE_FACTS:
                yield from (self.item(column.fact, name) for name in split_list(text, "\n"))
            elif column.fact in ("cast", "cast numbers"):
                yield from self.cast(row, column)
            elif column.fact == "elements":
                yield from self.elements(text)
            elif column.category:
                known = CATEGORY_TABLE.get(column.category)
                signs = "\n" if known and known.kind == "prose" else LISTS[self.asked.lists]
                name = column.category_name
                yield from (self.item(column.category, each, name) for each in split_list(text, signs))

    def cast(self, row: Row, column: Column) -> Iterator[str]:
        at, numbers = self.laid.at("cast"), self.laid.at("cast numbers")
        if column.fact == "cast numbers" and at is not None and row.at(at):
            return
        for number, said in self.cast_of(row, at, numbers):
            name = said or self.names.get(number, number)
            yield self.item("cast", name, number=number)

    def elements(self, text: str) -> Iterator[str]:
        """Yield things of any category: `prop: umbrella, lamp; vehicle: tram`, or one category a line."""
        word, own = "misc", ""
        for line in text.split("\n"):
            for part in _CATEGORIES.split(line):
                found = _ELEMENT.fullmatch(part.strip())
                if found:
                    own = " ".join(found[1].split())
                    word = word_of(own) if word_of(own) in CATEGORY_TABLE else category_of(own) or own.casefold()
                yield from (self.item(word, name, own) for name in split_list(found[2] if found else part, ";,"))

    def item(self, word: str, name: str, own: str = "", *, number: str = "") -> str:
        id = f"{word}/{name}"
        known = CATEGORY_TABLE.get(word)
        category = word if known else own or word
        old = self.items.get(id)
        if old is None:
            self.items[id] = Item(id=id, category=category, word=word, name=name, board_id=number, may_drop=False)
        elif number and not old.board_id:
            self.items[id] = replace(old, board_id=number)
        elif number and old.board_id != number:
            self.notes.append(f"{name} has the numbers {old.board_id} and {number}; the first counts.")
        return id

    def extra(self, row: Row, *, but: int | None = None) -> Extra:
        """Carry the cells of columns that are only kept, and a slugline that says more than its parts."""
        kept = {
            name: row.at(at)
            for at, (name, column) in enumerate(zip(self.laid.names, self.laid.columns, strict=True))
            if row.at(at)
            and at != but
            and (column.fact == KEEP or (column.fact == "heading" and heading_of(facts_of(row.at(at))) != row.at(at)))
        }
        return ((CARRIED, json.dumps(kept, ensure_ascii=False, sort_keys=True)),) if kept else ()

    def board(self, name: str) -> tuple[StripBoard | None, tuple[Calendar, ...]]:
        """Return the days of the sheet as one board, by dates where they are known; None where no row says a day."""
        whens, notes = whens_of(self.marks)
        self.notes += notes
        keys = {when for when in whens if when is not None}
        if not keys:
            return None, ()
        if len(keys) > MOST_DAYS:
            rule = f"a board has at most {MOST_DAYS} days"
            raise self.grid.wrong(None, None, rule, value=len(keys), remedy="is this the right column?")
        self.check_span(sorted(key for key in keys if isinstance(key, date)), whens)
        units = [mark.unit for mark in self.marks]
        return board_of(name, [(s.id, unit, when) for s, unit, when in zip(self.sheets, units, whens, strict=True)])

    def check_span(self, dates: Sequence[date], whens: Sequence[When]) -> None:
        """Refuse dates that are years apart: one of them is a slip of the pen."""
        if dates and (dates[-1] - dates[0]).days > MOST_DAYS:
            middle = dates[len(dates) // 2]
            far = max((dates[0], dates[-1]), key=lambda one: abs((one - middle).days))
            row = self.rows[next(at for at, when in enumerate(whens) if when == far)]
            rule = f"the days of a board lie within {MOST_DAYS} days of each other"
            raise self.grid.wrong(row, self.laid.at("date"), rule, value=str(far), remedy=f"most are near {middle}")


def _categories(used: Sequence[tuple[str, str]]) -> Iterator[Category]:
    """Yield the categories of things, those of the trade in its order, then the file's own as they come."""
    words = dict(used)
    for word, known in CATEGORY_TABLE.items():
        if word in words:
            yield Category(id=word, word=word, name=known.name, ucid=known.ucid)
    own = [(id, word) for id, word in words.items() if id not in CATEGORY_TABLE]
    for number, (id, word) in enumerate(own):
        yield Category(id=id, word=word, name=id, ucid=CUSTOM_UCID + number)
