"""Universal Schedule Standard (.uss) → a schedule.

The standard is version 1.0.0, with Universal Category IDs; its own full sample spells three keys otherwise than its text does,
and both spellings are read. What a file has beside what is read of it is carried in `extra`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from cupola.exchange.schedule_file import Calendar, Category, Event, Item, Schedule, Sheet, StripBoard, UnitBoard
from cupola.exchange.uss_json import SAVE, Source, Table, read_json, unique
from cupola.exchange.uss_keys import CREATED, HEADER, ITEM, ROOT, event_id
from cupola.script.categories import CATEGORY_TABLE, category_of

MOST_PAGES = 500.0
MOST_MS = 30 * 86_400_000.0
MOST_DAYS = 1100
NOON = time(12)

_SHEET_KEYS = ("id", "type", "scene", "bannerText", "description", "comments", "pages", "duration", "scriptPage", "elements")
_ITEM_KEYS = ("id", "category", "name", "elementId", "isDood", "isHold", "isDrop", "daysOff", "events")
_KINDS: Mapping[str, Literal["scene", "banner"]] = {"scene": "scene", "strip": "scene", "banner": "banner"}
_EVENTS: Mapping[str, Literal["start", "day off", "event"]] = {"start": "start", "dayOff": "day off", "event": "event"}
_WORDS = {category.ucid: category.word for category in CATEGORY_TABLE.values()}
_LISTS = ("breakdowns", "categories", "elements", "stripboards", "calendars")


def parse_uss(data: bytes, *, file: str = "") -> Schedule:
    """Parse a Universal Schedule Standard file; raises ScheduleError, and nothing else, with where the slip is."""
    document, source = read_json(data, file=file)
    if not isinstance(document.get(ROOT), dict):
        rule, remedy = f"a .uss file holds one object {ROOT}", "is this a Universal Schedule Standard file?"
        raise source.wrong(rule, value=", ".join(list(document)[:5]) or "an empty object", remedy=remedy, line=1)
    return _Reader(Table(at="", values=document[ROOT], source=source)).schedule()


class _Reader:
    """Reads one file, and keeps what its reader should know."""

    def __init__(self, root: Table) -> None:
        self.root = root
        self.notes: list[str] = []

    @property
    def source(self) -> Source:
        return self.root.source

    def schedule(self) -> Schedule:
        root = self.root
        categories = self._categories()
        words = {category.id: category.word for category in categories}
        items = self._items(words)
        sheets = self._sheets({item.id for item in items})
        calendars = self._calendars()
        header = root.extra(("id", "name", "project", *_LISTS), HEADER)
        self._version()
        return Schedule(
            file=self.source.file,
            id=root.id(),
            name=root.text("name"),
            project=root.text("project"),
            header=header,
            sheets=sheets,
            categories=categories,
            items=items,
            boards=self._boards({sheet.id for sheet in sheets}, {calendar.id for calendar in calendars}),
            calendars=calendars,
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _version(self) -> None:
        version = self.root.text("ussVersion")
        if not version.startswith("1."):
            self.notes.append(f"The file is of version {version or 'unknown'} of the standard; it was read as version 1.")

    def _tables(self, key: str) -> list[Table]:
        tables = list(self.root.tables(key))
        unique(tables, [table.id() for table in tables])
        return tables

    def _categories(self) -> tuple[Category, ...]:
        return tuple(
            Category(
                id=table.id(),
                word=_word(round(table.number("ucid", most=1e6)), table.text("name")),
                name=table.text("name"),
                ucid=round(table.number("ucid", most=1e6)),
                extra=table.extra(("id", "name", "ucid"), CREATED),
            )
            for table in self._tables("categories")
        )

    def _items(self, words: Mapping[str, str]) -> tuple[Item, ...]:
        return tuple(self._item(table, words) for table in self._tables("elements"))

    def _item(self, table: Table, words: Mapping[str, str]) -> Item:
        drop = table.spelled("dropDayCount", "doodDayCount")
        category, name = table.reference("category"), table.text("name")
        if category not in words:
            self.notes.append(f"“{name}” is in no category of the file and is left out of the breakdown, as the standard says.")
        return Item(
            id=table.id(),
            category=category,
            word=words.get(category, ""),
            name=name,
            board_id=table.text("elementId").strip(),
            in_dood=table.flag("isDood"),
            may_hold=table.flag("isHold"),
            may_drop=table.flag("isDrop"),
            drop_days=round(table.number(drop, most=366)),
            days_off=_weekdays(table),
            events=self._events(table),
            extra=table.extra((*_ITEM_KEYS, drop), ITEM),
        )

    def _sheets(self, items: set[str]) -> tuple[Sheet, ...]:
        tables = self._tables("breakdowns")
        if not any(_kind(table) == "scene" for table in tables):
            raise self.root.wrong("breakdowns", "a schedule has at least one scene", value=f"{len(tables)} sheets")
        return tuple(self._sheet(table, items) for table in tables)

    def _sheet(self, table: Table, items: set[str]) -> Sheet:
        asked = table.references("elements")
        said = table.text("scene") or table.id()
        if len(asked) > len([name for name in asked if name in items]):
            self.notes.append(f"Sheet {said} names elements that the file does not have; they are left out.")
        return Sheet(
            id=table.id(),
            kind=_kind(table),
            number=table.text("scene"),
            text=table.text("bannerText"),
            synopsis=table.text("description"),
            comments=table.text("comments"),
            eighths=self._eighths(table, said),
            minutes=table.number("duration", most=MOST_MS) / 60_000,
            script_page=table.text("scriptPage"),
            items=tuple(name for name in asked if name in items),
            extra=table.extra(_SHEET_KEYS, CREATED),
        )

    def _eighths(self, table: Table, said: str) -> int:
        pages = table.number("pages", most=MOST_PAGES)
        eighths = round(pages * 8)
        if abs(pages * 8 - eighths) > 1e-6:
            self.notes.append(f"Sheet {said} has {pages:g} pages, read as {eighths}/8.")
        return eighths

    def _calendars(self) -> tuple[Calendar, ...]:
        return tuple(self._calendar(table) for table in self._tables("calendars"))

    def _calendar(self, table: Table) -> Calendar:
        events = self._events(table)
        starts = [event.date for event in events if event.kind == "start"]
        if len(starts) > 1:
            self.notes.append(f"Calendar “{table.text('name')}” starts {len(starts)} times; the first counts.")
        for event in events:
            if event.kind == "event" and event.name.casefold() == "holiday":
                said = f"Calendar “{table.text('name')}” has a holiday on {event.date}"
                self.notes.append(f"{said} as an event and not as a day off: it is shot on.")
        return Calendar(
            id=table.id(),
            name=table.text("name"),
            start=starts[0] if starts else None,
            days_off=_weekdays(table),
            events=events,
            extra=table.extra(("id", "name", "daysOff", "events")),
        )

    def _events(self, table: Table) -> tuple[Event, ...]:
        return tuple(self._event(entry) for entry in table.tables("events"))

    def _event(self, table: Table) -> Event:
        kind = table.text("type")
        if kind not in _EVENTS:
            raise table.wrong("type", "an event is a start, a dayOff or an event", value=kind)
        day, was_moved = _date(table)
        if was_moved:
            self.notes.append(f"{table.text('date')} was read as {day}: the midnight it is nearest to.")
        extra = table.extra(("date", "type", "name"), {"id": event_id(_EVENTS[kind], day)})
        return Event(date=day, kind=_EVENTS[kind], name=table.text("name"), extra=extra)

    def _boards(self, sheets: set[str], calendars: set[str]) -> tuple[StripBoard, ...]:
        return tuple(self._board(table, sheets, calendars) for table in self._tables("stripboards"))

    def _board(self, table: Table, sheets: set[str], calendars: set[str]) -> StripBoard:
        calendar, name = table.reference("calendar"), table.text("name")
        if calendar and calendar not in calendars:
            self.notes.append(f"Board “{name}” names a calendar that the file does not have.")
            calendar = ""
        units = tuple(self._unit(entry, name, sheets) for entry in table.tables("boards"))
        return StripBoard(
            id=table.id(), name=name, calendar=calendar, units=units, extra=table.extra(("id", "name", "calendar", "boards"))
        )

    def _unit(self, table: Table, board: str, sheets: set[str]) -> UnitBoard:
        key = table.spelled("breakdownIds", "breakdownArrays")
        entries = table.entries(key)
        is_in_days = any(isinstance(entry, list) for entry in entries)
        if is_in_days and any(isinstance(entry, str) for entry in entries):
            self.notes.append(f"Board “{board}” has sheets between its days; each is a day of its own.")
        days = [self._day(table, f"{key}[{number}]", entry) for number, entry in enumerate(entries)]
        if is_in_days and len(days) > MOST_DAYS:
            raise table.wrong(key, f"a board has at most {MOST_DAYS} days", value=len(days))
        lost = sum(name not in sheets for day in days for name in day)
        if lost:
            self.notes.append(f"Board “{board}” names {lost} sheets that the file does not have; they are left out.")
        known = [tuple(name for name in day if name in sheets) for day in days]
        return UnitBoard(
            id=table.id(),
            name=table.text("name"),
            days=tuple(known) if is_in_days else (),
            loose=() if is_in_days else tuple(name for day in known for name in day),
            extra=table.extra(("id", "name", key)),
        )

    @staticmethod
    def _day(table: Table, at: str, entry: object) -> Sequence[str]:
        names = [entry] if isinstance(entry, str) else entry
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise table.wrong(at, "a day is a list of the ids of its sheets", value=entry)
        return names


def _word(ucid: int, name: str) -> str:
    """Return our word for a category: by its number, else by its name, else the name itself."""
    if ucid in _WORDS:
        return _WORDS[ucid]
    folded = " ".join(name.casefold().split())
    return category_of(folded) or folded


def _kind(table: Table) -> Literal["scene", "banner"]:
    kind = table.text("type")
    if kind not in _KINDS:
        raise table.wrong("type", "a sheet is a scene or a banner", value=kind)
    return _KINDS[kind]


def _weekdays(table: Table) -> tuple[int, ...]:
    """Return days off as weekdays from Monday = 0; the standard counts from Sunday = 0."""
    return tuple(sorted({(day - 1) % 7 for day in _checked_weekdays(table)}))


def _checked_weekdays(table: Table) -> Iterator[int]:
    for day in table.entries("daysOff"):
        if isinstance(day, bool) or not isinstance(day, int) or not 0 <= day <= 6:
            raise table.wrong("daysOff", "a day of the week is a number from 0 (Sunday) to 6", value=day)
        yield day


def _date(table: Table) -> tuple[date, bool]:
    """Return the date of an event, and whether it is not the one that is written.

    Programs write a local midnight in UTC: west of Greenwich that is the morning of the same date, east of it the evening of
    the date before. So the date is that of the nearest midnight.
    """
    text = table.text("date")
    try:
        at = datetime.fromisoformat(text)
        written = at.date()
        at = at if at.tzinfo is None else at.astimezone(UTC)
        day = at.date() + timedelta(days=at.time() > NOON)
    except (ValueError, OverflowError):
        rule = "a date is written as in 2022-06-24T08:00:00.000Z"
        raise table.wrong("date", rule, value=text, remedy=SAVE) from None
    if not 1900 <= day.year <= 2200:
        raise table.wrong("date", "a date is one of the years 1900 to 2200", value=text)
    return day, day != written
