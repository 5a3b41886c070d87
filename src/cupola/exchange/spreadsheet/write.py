"""A schedule → rows of a spreadsheet, by the columns of a mapping, of the sheet it came from, or of our own."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cupola.exchange.schedule_file import Item, Schedule, Sheet, StripBoard, UnitBoard
from cupola.exchange.sex import HEADING, facts_of, heading_of
from cupola.exchange.spreadsheet.cells import cast_cell, list_cell, minutes_cell, pages_cell
from cupola.exchange.spreadsheet.columns import KEEP, OWN, SCENE_FACTS, SKIP, Column, head_of
from cupola.exchange.spreadsheet.csv_table import write_csv
from cupola.exchange.spreadsheet.grid import column_of
from cupola.exchange.spreadsheet.mapping import ColumnMap, names_of
from cupola.exchange.spreadsheet.read import BANNER_FACTS, CARRIED
from cupola.script.categories import CATEGORY_TABLE

PLAIN = (
    "day", "date", "unit", "scene", "int/ext", "set", "day/night", "synopsis", "pages", "minutes", "cast", "location",
    "script day", "script page", "sequence", "comment", "banner",
)  # fmt: skip
"""The columns that Cupola writes where nobody says which; those of breakdown categories follow."""
BANNERS_OWN = frozenset(("day", "date", "unit", "minutes", KEEP))
"""What a row that is no scene says beside its text."""
SHEET = "Schedule"
WIDTHS: Mapping[str, float] = {
    "day": 5, "date": 11, "unit": 9, "scene": 8, "int/ext": 7, "set": 34, "day/night": 12, "synopsis": 52, "pages": 7,
    "minutes": 8, "cast": 30, "location": 24, "script day": 9, "script page": 9, "comment": 36, "banner": 24, "heading": 44,
}  # fmt: skip
_LINE = "\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """Rows of text below heads; `lost` are facts and categories of the schedule that no column has."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    head: int
    lost: tuple[str, ...]

    @property
    def lines(self) -> Iterator[tuple[str, ...]]:
        """Every row of the sheet, empty ones above the heads included."""
        if self.head:
            yield from ((),) * (self.head - 1)
            yield tuple(column.head for column in self.columns)
        yield from self.rows


def to_csv(schedule: Schedule, asked: ColumnMap | None = None) -> bytes:
    """Return a schedule as a CSV file, UTF-8 unless the mapping says otherwise: `parse_spreadsheet` reads it as the same."""
    asked = asked or ColumnMap()
    return write_csv(written(schedule, asked, is_csv=True).lines, separator=asked.separator or ",", encoding=asked.encoding)


def to_xlsx(schedule: Schedule, asked: ColumnMap | None = None) -> bytes:
    """Return a schedule as an Excel workbook of one sheet: text as text, days as numbers, dates as dates."""
    import xlsxwriter

    asked = asked or ColumnMap()
    made = written(schedule, asked, is_csv=False)
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": schedule.title, "created": datetime(2000, 1, 1)})
    sheet = book.add_worksheet(asked.sheet or SHEET)
    base = {"font_name": "Arial", "font_size": 9, "valign": "top"}
    looks = {
        "head": book.add_format({**base, "bold": True, "bottom": 1, "text_wrap": True}),
        "text": book.add_format({**base, "text_wrap": True, "quote_prefix": True}),
        "number": book.add_format(base),
        "date": book.add_format({**base, "num_format": "yyyy-mm-dd"}),
    }
    for at, column in enumerate(made.columns):
        sheet.set_column(at, at, WIDTHS.get(column.fact, 22))
    for number, row in enumerate(made.lines):
        is_head = number == made.head - 1
        for at, text in enumerate(row):
            _put(sheet, (number, at), text, "head" if is_head else made.columns[at].fact, looks)
    sheet.freeze_panes(made.head, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if made.head:
        sheet.repeat_rows(made.head - 1)
    book.close()
    return memory.getvalue()


def _put(sheet: Any, at: tuple[int, int], text: str, fact: str, looks: Mapping[str, Any]) -> None:
    if not text:
        return
    if fact == "date" and len(text) == 10 and date.fromisoformat(text).year >= 1901:
        sheet.write_datetime(*at, datetime.fromisoformat(text), looks["date"])
    elif fact in ("day", "minutes", "eighths") and text.replace(".", "", 1).isdigit():
        sheet.write_number(*at, float(text), looks["number"])
    else:
        sheet.write_string(*at, text, looks["head" if fact == "head" else "text"])


def written(schedule: Schedule, asked: ColumnMap, *, is_csv: bool) -> Written:
    """Return the rows of a schedule: a row for each sheet of its first board of several days, day by day, then those on no day.

    A schedule that came from a spreadsheet keeps the order of its rows where its days still stand in it.
    """
    return _Writer(schedule=schedule, asked=asked, is_csv=is_csv).written()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Where a sheet stands: its unit as a cell says it, the number of its day, and the date; 0 and None on no day."""

    unit: str = ""
    day: int = 0
    date: date | None = None


@dataclass(kw_only=True, slots=True)
class _Writer:
    schedule: Schedule
    asked: ColumnMap
    is_csv: bool
    items: dict[str, Item] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    names: tuple[str, ...] = ()
    facts: frozenset[str] = frozenset()

    def written(self) -> Written:
        self.items = {item.id: item for item in self.schedule.items}
        self.columns = self.chosen()
        self.names = names_of(self.columns)
        self.facts = frozenset(column.fact for column in self.columns)
        places = self.places()
        has_day_rows = (self.asked.days or self.carried_days()) == "rows"
        order = self.order(places, is_free=not has_day_rows)
        rows = self.with_day_rows(order, places) if has_day_rows else [self.row(one, places[one.id]) for one in order]
        head = 1 if self.asked.header_row is None else self.asked.header_row
        return Written(columns=self.columns, rows=tuple(rows), head=head, lost=tuple(self.lost(places, has_day_rows)))

    def chosen(self) -> tuple[Column, ...]:
        """Return the columns of the mapping, else those the schedule came with, else our own."""
        if self.asked.columns:
            pairs = list(enumerate(self.asked.columns))
            if self.asked.header_row == 0:
                places = {column_of(name) or 0: fact for _, (name, fact) in pairs}
                return tuple(Column(head="", fact=places.get(at, SKIP)) for at in range(max(places) + 1))
            heads = dict(enumerate(head for head, _ in _carried(self.schedule.header).get("columns", ())))
            return tuple(
                Column(head=heads.get(at, "") if column_of(name) == at else name, fact=fact) for at, (name, fact) in pairs
            )
        carried = _carried(self.schedule.header).get("columns")
        if carried:
            return tuple(Column(head=head, fact=fact) for head, fact in carried)
        used = {item.word: item.category for item in self.used() if item.word not in PLAIN and item.word != "cast"}
        names = {one.id: one.name for one in self.schedule.categories}
        known = [word for word in CATEGORY_TABLE if word in used and word not in (*SCENE_FACTS, "comment", "unit")]
        own = [f"{OWN}{names.get(id, id)}" for word, id in used.items() if word not in CATEGORY_TABLE and word]
        return tuple(Column(head=head_of(fact), fact=fact) for fact in (*PLAIN, *known, *dict.fromkeys(own)))

    def used(self) -> Iterator[Item]:
        needed = {name for sheet in self.schedule.sheets for name in sheet.items}
        return (item for item in self.schedule.items if item.id in needed)

    def carried_days(self) -> str:
        return str(_carried(self.schedule.header).get("days", "columns"))

    @property
    def board(self) -> StripBoard | None:
        """The first board of several days, else the first: a list in script order is no board."""
        boards = self.schedule.boards
        return next((board for board in boards if board.day_count > 1), next(iter(boards), None))

    def places(self) -> dict[str, _Place]:
        """Return where each sheet stands on the board."""
        found = {sheet.id: _Place() for sheet in self.schedule.sheets}
        if self.board is None:
            return found
        calendar = self.schedule.calendar_of(self.board)
        dates = calendar.workdays(self.board.day_count) if calendar else ()
        has_dates = "date" in self.facts or self.asked.days == "rows"
        shooting = self.board.shooting
        for unit in shooting:
            count = 0
            for at, day in enumerate(unit.days):
                count += bool(day)
                when = dates[at] if at < len(dates) else None
                number = count if when and has_dates else at + 1
                found |= {id: _Place(unit=self.unit_cell(unit, len(shooting)), day=number, date=when) for id in day}
        return found

    @staticmethod
    def unit_cell(unit: UnitBoard, count: int) -> str:
        """Return the name of a unit; none for the main one where there is no other."""
        if not unit.is_main:
            return unit.name
        own = unit.id.removeprefix("unit ") if unit.id.startswith("unit ") else "main"
        return own if count > 1 or own != "main" else ""

    def order(self, places: Mapping[str, _Place], *, is_free: bool) -> list[Sheet]:
        """Return the sheets in the order of the board, or in that of the sheet they came from where no day contradicts it."""
        sheets = {sheet.id: sheet for sheet in self.schedule.sheets}
        by_day = [id for id in self.by_day() if id in sheets]
        stood = {id: at for at, id in enumerate(by_day)}
        if is_free and "days" in _carried(self.schedule.header):
            last: dict[_Place, int] = {}
            rows = [sheet.id for sheet in self.schedule.sheets]
            if all(
                stood.get(id, -1) >= last.setdefault(places[id], -1) and not last.update({places[id]: stood.get(id, -1)})
                for id in rows
            ):
                return list(self.schedule.sheets)
        rest = [
            sheet for sheet in self.schedule.sheets if sheet.id not in stood and (self.board is None or sheet.kind == "scene")
        ]
        return [*(sheets[id] for id in by_day), *rest]

    def by_day(self) -> Iterator[str]:
        """Yield the sheets of the board: date by date with the units side by side, or unit by unit where rows end days."""
        if self.board is None:
            return
        shooting = self.board.shooting
        if (self.asked.days or self.carried_days()) == "rows":
            for unit in shooting:
                for day in unit.days:
                    yield from day
        else:
            for at in range(self.board.day_count):
                for unit in shooting:
                    yield from unit.days[at] if at < len(unit.days) else ()
        for unit in self.board.units:
            yield from unit.loose

    def with_day_rows(self, order: Sequence[Sheet], places: Mapping[str, _Place]) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = []
        open_place = _Place()
        for sheet in (*order, None):
            place = places[sheet.id] if sheet else _Place()
            if open_place.day and place != open_place:
                said = f" - {open_place.date}" if open_place.date else ""
                rows.append((f"End of day {open_place.day}{said}",))
            if sheet and not place.day and (open_place.day or (not rows and any(one.day for one in places.values()))):
                rows.append(("Boneyard",))
            open_place = place
            if sheet:
                rows.append(self.row(sheet, place))
        return rows

    def row(self, sheet: Sheet, place: _Place) -> tuple[str, ...]:
        kept = _carried(sheet.extra)
        own = [self.items[name] for name in sheet.items if name in self.items]
        cells = [
            self.cell(column, name, sheet, own, place, kept) for column, name in zip(self.columns, self.names, strict=True)
        ]
        if sheet.kind == "banner":
            self.put_banner(cells, sheet)
        return tuple(_plain(cell) for cell in cells)

    def put_banner(self, cells: list[str], sheet: Sheet) -> None:
        at = self.banner_at(sheet)
        if at is not None:
            cells[at] = sheet.text

    def banner_at(self, sheet: Sheet) -> int | None:
        """Return where the text of a banner may stand: one without a number also where the scenes have theirs."""
        places = (*BANNER_FACTS, KEEP, *(() if any(map(str.isdigit, sheet.text)) or "set" not in self.facts else ("scene",)))
        return next((at for fact in places for at, column in enumerate(self.columns) if column.fact == fact), None)

    def cell(self, column: Column, name: str, sheet: Sheet, own: Sequence[Item], place: _Place, kept: Mapping[str, Any]) -> str:
        fact = column.fact
        plain = {
            "scene": sheet.number,
            "synopsis": sheet.synopsis,
            "comment": _LINE.join([*([sheet.comments] if sheet.comments else []), *_names(own, "comment")]),
            "pages": pages_cell(sheet.eighths, is_csv=self.is_csv),
            "eighths": str(sheet.eighths or ""),
            "minutes": minutes_cell(sheet.minutes),
            "script page": sheet.script_page,
            "day": str(place.day or ""),
            "date": str(place.date or ""),
            "unit": place.unit,
            KEEP: str(kept.get(name, "")),
        }
        if sheet.kind == "banner":
            return plain[fact] if fact in BANNERS_OWN else ""
        if fact in plain:
            return plain[fact]
        sign = f"{self.asked.lists} " if self.asked.lists in (",", ";") else _LINE if self.asked.lists else ", "
        if fact == "heading":
            return _heading(own, str(kept.get(name, "")))
        if fact == "cast":
            return cast_cell(
                ((_number(item), "" if item.name == _number(item) else item.name) for item in own if item.word == "cast"),
                sign=sign,
            )
        if fact == "cast numbers":
            return list_cell((_number(item) or item.name for item in own if item.word == "cast"), sign=sign)
        if fact == "elements":
            return _LINE.join(self.elements(own))
        word = column.category or fact
        known = CATEGORY_TABLE.get(word)
        is_line = fact in SCENE_FACTS or (known is not None and known.kind == "prose")
        first = next(one for one in self.columns if (one.category or one.fact) == word)
        return list_cell(_names(own, word), sign=_LINE if is_line else sign) if column is first else ""

    def elements(self, own: Sequence[Item]) -> Iterator[str]:
        """Yield a line for each category that has no column of its own."""
        names = {one.word: one.name for one in self.schedule.categories}
        for word in dict.fromkeys(item.word for item in own):
            if word and not self.has(word):
                yield f"{names.get(word, word)}: {list_cell(name.replace(_LINE, ' ') for name in _names(own, word))}"

    def has(self, word: str) -> bool:
        """Whether things of a category have a column of their own."""
        if word in HEADING and "heading" in self.facts:
            return True
        return any(word in (column.category, column.fact) for column in self.columns) or (
            word == "cast" and "cast numbers" in self.facts
        )

    def lost(self, places: Mapping[str, _Place], has_day_rows: bool) -> Iterator[str]:
        """Yield what the schedule says and no column takes."""
        said = {
            "scene": any(sheet.number for sheet in self.schedule.scenes),
            "synopsis": any(sheet.synopsis for sheet in self.schedule.scenes),
            "comment": any(sheet.comments for sheet in self.schedule.scenes),
            "minutes": any(sheet.minutes for sheet in self.schedule.sheets),
            "script page": any(sheet.script_page for sheet in self.schedule.scenes),
            "unit": any(place.unit for place in places.values()),
            "pages": any(sheet.eighths for sheet in self.schedule.scenes) and "eighths" not in self.facts,
            "day": any(place.day for place in places.values()) and "date" not in self.facts and not has_day_rows,
            "banner": any(sheet.kind == "banner" and self.banner_at(sheet) is None for sheet in self.schedule.sheets),
        }
        yield from (fact for fact, is_said in said.items() if is_said and fact not in self.facts)
        if "elements" not in self.facts:
            yield from (
                word
                for word in dict.fromkeys(item.word for item in self.used())
                if word and word != "comment" and not self.has(word)
            )


def _carried(extra: Iterable[tuple[str, str]]) -> dict[str, Any]:
    value = next((json.loads(value) for key, value in extra if key == CARRIED), None)
    return value if isinstance(value, dict) else {}


def _names(own: Sequence[Item], word: str) -> list[str]:
    return [item.name for item in own if item.word == word]


def _number(item: Item) -> str:
    """Return the number of a role where a cell can say it."""
    id = item.board_id
    return (
        id
        if id.isascii()
        and id.isalnum()
        and id[:1].isdigit()
        and len(id) <= 5
        and id.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ").isdigit()
        else ""
    )


def _heading(own: Sequence[Item], kept: str) -> str:
    """Return a slugline as it came where it still says the same, else a new one."""
    facts = {word: names[0] for word in HEADING if (names := _names(own, word))}
    said = facts_of(kept) or {"set": kept} if kept else {}
    return kept if kept and all(said.get(word, "") == facts.get(word, "") for word in HEADING) else heading_of(facts)


def _plain(text: str) -> str:
    """Return a text as a cell can hold it: lines end in one sign, and nothing else is below the blank."""
    text = text.replace("\r\n", _LINE).replace("\r", _LINE)
    return "".join(sign if sign == _LINE or sign >= " " else " " for sign in text).strip()
