"""Two reports that Movie Magic prints, Breakdown and Shooting Schedule, as PDF → a schedule.

Of the Shooting Schedule are read the lines that start and end its days, and the numbers of the scenes between them; of the
Breakdown what each sheet says, its labels (`Scenes: 12A`) and its columns of elements (a category, its elements beneath). Both
come in any order; a sheet and a strip are the same where their scene numbers are. There is no standard for how these look: what
is read is what the reports that come with the program print.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePath

from cupola.errors import ScheduleError, ScriptError
from cupola.exchange.board_schedule import calendar_on
from cupola.exchange.mms_sheets import PdfSheet, read_sheets
from cupola.exchange.msd_names import category
from cupola.exchange.schedule_file import BONEYARD, Calendar, Category, Item, Schedule, Sheet, StripBoard, UnitBoard
from cupola.script.pdf_lines import PdfPage, read_lines

LARGEST = 32 * 2**20
MOST_DAYS = 1100
REPRINT = "print the Breakdown and the Shooting Schedule reports of Movie Magic to PDF, each to a file of its own"

_START = re.compile(r"(?:START\s+(?:OF\s+)?)?SHOOT(?:ING)?\s+DAY\s*#?\s*(\d{1,4})\b[\s\W]*(.*)", re.IGNORECASE)
_END = re.compile(r"END\s+(?:OF\s+)?(?:SHOOT(?:ING)?\s+)?DAY\s*#?\s*(\d{1,4})\b[\s\W]*(.*)", re.IGNORECASE)
_SCENE = re.compile(r"\bSCENES?\s*(?:#\s*:?|:)\s*(.*)", re.IGNORECASE)
_AGAIN = re.compile(r"\(?cont(?:inued|'d|\.)", re.IGNORECASE)
_NUMBERS = re.compile(r"[\w.-]*\d[\w.-]*(?:\s?(?:PT|PART)\.?\s?\d+)?(?:\s*,\s*[\w.-]*\d[\w.-]*)*", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")


@dataclass(kw_only=True, slots=True)
class _Day:
    number: int
    date: date | None
    scenes: list[str] = field(default_factory=list)


def parse_mms_pdfs(one: bytes, other: bytes, *, file: str = "", other_file: str = "") -> Schedule:
    """Parse the two reports, in either order; raises ScheduleError, and nothing else, saying which of them is amiss."""
    pages = [_pages(one, file), _pages(other, other_file)]
    days = [_days(found, name) for found, name in zip(pages, (file, other_file), strict=True)]
    if bool(days[0]) == bool(days[1]):
        rule = "one of the two PDFs is a Shooting Schedule with days, the other a Breakdown"
        found = "both have days" if days[0] else "neither has a line that ends a day"
        raise ScheduleError(rule, value=found, remedy=REPRINT, file=file)
    schedule, sheets = (days[0], pages[1]) if days[0] else (days[1], pages[0])
    read = read_sheets(sheets)
    if not read:
        rule, remedy = "a Breakdown report has sheets with scene numbers", REPRINT
        raise ScheduleError(rule, value="none", remedy=remedy, file=other_file if days[0] else file)
    return _Joined(days=schedule, sheets=read).schedule(file)


def _pages(data: bytes, file: str) -> tuple[PdfPage, ...]:
    if len(data) > LARGEST:
        rule, found = f"a report holds at most {LARGEST // 2**20} MB", f"{len(data) / 2**20:.1f} MB"
        raise ScheduleError(rule, value=found, remedy="is this the right file?", file=file)
    try:
        return read_lines(data, file=file)
    except ScriptError as error:
        raise ScheduleError(error.rule, value=error.value, remedy=REPRINT, file=file) from None


def _days(pages: Sequence[PdfPage], file: str) -> list[_Day]:
    """Return the days of a report with the numbers of their scenes, in order; none where it has no line that ends a day."""
    days: list[_Day] = []
    loose: list[str] = []
    open_day: _Day | None = None
    for above, line, below in _neighbours(pages):
        end, start, scene = _END.match(line), _START.match(line), _scene(above, line, below)
        if end:
            day = open_day or _Day(number=int(end[1]), date=None, scenes=loose)
            day.date = day.date or date_in(end[2])
            days.append(day)
            open_day, loose = None, []
        elif start and not (open_day and open_day.number == int(start[1])):
            open_day = _Day(number=int(start[1]), date=date_in(start[2]), scenes=loose)
            loose = []
        elif scene:
            own = open_day.scenes if open_day else loose
            if not (_AGAIN.search(line) and own[-1:] == [scene]):
                own.append(scene)
        if len(days) > MOST_DAYS:
            raise ScheduleError(f"a schedule has at most {MOST_DAYS} days", remedy="is this the right file?", file=file)
    return days if not (open_day and open_day.scenes) else [*days, open_day]


def _neighbours(pages: Sequence[PdfPage]) -> Iterator[tuple[str, str, str]]:
    """Yield each line with the one above and the one below it."""
    lines = ["", *(line.text.strip() for page in pages for line in page.lines), ""]
    yield from zip(lines, lines[1:], lines[2:], strict=False)


def _scene(above: str, line: str, below: str) -> str:
    """Return the scene numbers that a line is about: behind the word, else alone on the line below or above; empty if none."""
    found = _SCENE.search(line)
    if found is None:
        return ""
    if numbers := _NUMBERS.match(found[1].strip()):
        return " ".join(numbers.group().split())
    return next((" ".join(one.split()) for one in (below, above) if not found[1].strip() and _NUMBERS.fullmatch(one)), "")


def date_in(text: str) -> date | None:
    """Return the date in a line, its month in English; None where there is none.

    >>> date_in("Monday, October 27, 2025 -- Total Pages: 5 6/8"), date_in("Tue, 21 May 2024")
    (datetime.date(2025, 10, 27), datetime.date(2024, 5, 21))
    """
    if found := _MONTH_FIRST.search(text):
        month, day, year = found.groups()
    elif found := _DAY_FIRST.search(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        found_date = datetime.strptime(f"{day} {month[:3]} {year}", "%d %b %Y").date()
    except ValueError:
        return None
    return found_date if 1900 <= found_date.year <= 2200 else None


@dataclass(kw_only=True, slots=True)
class _Joined:
    """Days of the one report with the sheets of the other."""

    days: list[_Day]
    sheets: list[PdfSheet]
    items: dict[str, Item] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def schedule(self, file: str) -> Schedule:
        sheets = [self.sheet(number, one) for number, one in enumerate(self.sheets, 1)]
        of: dict[str, list[str]] = {}
        for sheet in sheets:
            of.setdefault(_key(sheet.number), []).append(sheet.id)
        days = [tuple(self.strip(number, of, sheets) for number in day.scenes) for day in self.days]
        placed = {id for day in days for id in day}
        units = (
            UnitBoard(id="days", name="stripboard", days=tuple(days)),
            UnitBoard(id="none", name=BONEYARD, loose=tuple(sheet.id for sheet in sheets if sheet.id not in placed)),
        )
        calendars = self.calendars()
        board = StripBoard(id="board", name="Movie Magic", calendar=calendars[0].id if calendars else "", units=units)
        return Schedule(
            file=file,
            id="mms-pdf",
            name=PurePath(file).stem,
            project="",
            header=(("_mms_pdf", json.dumps({"sheets": len(self.sheets), "days": len(self.days)})),),
            sheets=tuple(sheets),
            categories=tuple(self.categories.values()),
            items=tuple(self.items.values()),
            boards=(board,),
            calendars=calendars,
            notes=tuple(self.notes),
        )

    def sheet(self, number: int, read: PdfSheet) -> Sheet:
        own: dict[str, None] = {}
        for kind, said in read.needs:
            made = self.categories.setdefault(kind, category(kind, len(self.categories)))
            board_id, name = _board_id(said) if made.word == "cast" else ("", said)
            id = f"{kind}/{name}"
            if id not in self.items:
                self.items[id] = Item(id=id, category=kind, word=made.word, name=name, board_id=board_id, may_drop=False)
            own[id] = None
        return Sheet(
            id=f"sheet {number}",
            kind="scene",
            number=read.number,
            synopsis=read.synopsis,
            comments=read.comments,
            eighths=read.eighths,
            minutes=float(read.minutes),
            script_page=read.script_page,
            items=tuple(own),
        )

    def strip(self, number: str, of: dict[str, list[str]], sheets: list[Sheet]) -> str:
        """Return the sheet of a strip: of several with one number the next, and an empty one where the Breakdown has none."""
        found = of.get(_key(number), [])
        if found:
            return found.pop(0) if len(found) > 1 else found[0]
        self.notes.append(f"Scene {number} stands in the schedule and not in the breakdown: nothing is known of it.")
        made = Sheet(id=f"sheet {len(sheets) + 1}", kind="scene", number=number)
        sheets.append(made)
        of[_key(number)] = [made.id]
        return made.id

    def calendars(self) -> tuple[Calendar, ...]:
        """Return a calendar on which the days are shot on their dates; none where not all are dated, in order."""
        dates = [day.date for day in self.days]
        known = [day for day in dates if day]
        if len(known) < len(dates) or known != sorted(set(known)) or (known[-1] - known[0]).days > 3 * MOST_DAYS:
            self.notes.append("The days have no dates, or not in order: they are counted from the first day of shooting.")
            return ()
        return (calendar_on(known, id="dates", name="Shooting Schedule"),)


def _key(number: str) -> str:
    return "".join(number.casefold().split())


def _board_id(name: str) -> tuple[str, str]:
    """Take the number on the board off a name of the cast: `3. ANNA`."""
    found = re.match(r"(\d{1,4}[A-Z]?)\s*[.)]\s*(\S.*)", name)
    return (found[1], found[2]) if found else ("", name)
