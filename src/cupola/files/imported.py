"""A schedule of another program becomes a production's folder: script, production.toml, and its boards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from cupola.errors import PlaceToWriteError, ScheduleError
from cupola.exchange.schedule_file import Calendar, Item, Schedule, StripBoard
from cupola.exchange.schedule_reader import parse_schedule
from cupola.exchange.spreadsheet.mapping import ColumnMap
from cupola.files.boards import write_board
from cupola.files.folder import PRODUCTION_FILE, read_limited
from cupola.files.hints import did_you_mean
from cupola.files.imported_boards import can_be_days, fitting_pace, imported_board
from cupola.files.imported_script import MAIN_UNIT, ImportedScript, fountain_of, imported_script, line_of_text
from cupola.files.imported_toml import Frame, toml_of
from cupola.files.production import parsed_script, read_production
from cupola.files.spreadsheets import COLUMNS_FILE, kept_columns, read_columns
from cupola.files.starter import span_days
from cupola.files.write import make_folder, write_bytes, write_text
from cupola.model import Board, Production, Script
from cupola.model.work import longest_piece_min, shooting_minutes
from cupola.script.names import folded

SCHEDULE_LIMIT = 32 * 2**20
SCRIPT_NAME = "script.fountain"
LONGEST_DAYS = 500
"""A production's span is at most 1100 days; this leaves room for boards before and after the first."""
_APART = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an import made: the production, its boards by file, the scene number of each sheet, and what to know of it."""

    production: Production
    boards: tuple[tuple[Path, Board], ...]
    files: tuple[Path, ...]
    notes: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chosen:
    """A board that becomes a board of the production: its own calendar, and our unit for each of the file's."""

    board: StripBoard
    calendar: Calendar
    units: Mapping[str, str]

    @property
    def dates(self) -> tuple[date, ...]:
        return self.calendar.workdays(self.board.day_count)

    @property
    def unit_of(self) -> dict[str, str]:
        """The unit of each sheet that is not the main one's."""
        units = [unit for unit in self.board.shooting if self.units[unit.id] != MAIN_UNIT]
        return {sheet: self.units[unit.id] for unit in units for day in unit.days for sheet in day}


def read_schedule(path: Path, beside: Path | None = None, columns: ColumnMap | None = None) -> Schedule:
    """Read a schedule of another program, with the second of two printed reports `beside` it, or a spreadsheet by `columns`.

    Raises ScheduleError, or ProductionError where a file cannot be read.
    """
    other = None if beside is None else read_limited(beside, SCHEDULE_LIMIT)
    data, other_file = read_limited(path, SCHEDULE_LIMIT), "" if beside is None else str(beside)
    return parse_schedule(data, file=str(path), other=other, other_file=other_file, columns=columns)


def import_schedule(
    path: Path,
    folder: Path,
    *,
    start: date,
    board: str = "",
    currency: str = "USD",
    beside: Path | None = None,
    mapping: Path | None = None,
) -> Imported:
    """Make a production's folder of a schedule: its sheets as scenes, and each board that goes by the calendar of `board`.

    `board` is a name of the file (default: its first with days); `start` is the first day of shooting where no calendar says
    one; `beside` is the second of two printed reports, `mapping` says what the columns of a spreadsheet are. Raises
    ScheduleError, PlaceToWriteError, or ProductionError.
    """
    if (folder / PRODUCTION_FILE).exists():
        rule, remedy = "a production is here already", "choose another folder"
        raise PlaceToWriteError(rule, value=str(folder), remedy=remedy, file=str(folder / PRODUCTION_FILE))
    asked = None if mapping is None else read_columns(mapping)
    schedule = read_schedule(path, beside, asked)
    chosen, notes = _chosen(schedule, board, start)
    script = imported_script(schedule, chosen[0].unit_of if chosen else {})
    numbers = {scene.sheet: scene.number for scene in script.scenes}
    kept = folder / f"imported{path.suffix.casefold()}"
    production = _written(schedule, script, chosen, folder, source=path.name, currency=currency, start=start)
    write_bytes(kept, read_limited(path, SCHEDULE_LIMIT))
    second = () if beside is None else (folder / f"imported-2{beside.suffix.casefold()}",)
    for file in second:
        write_bytes(file, read_limited(beside or path, SCHEDULE_LIMIT))
    columns = kept_columns(path, asked)
    laid = (write_text(folder / COLUMNS_FILE, columns.text),) if columns else ()
    boards = []
    for name, one in zip(_file_names([one.board.name for one in chosen]), chosen, strict=True):
        made = imported_board(production, schedule, one.board, one.dates, numbers=numbers, units=one.units)
        boards.append((write_board(made, folder / "boards" / f"{name}.json"), made))
    return Imported(
        production=production,
        boards=tuple(boards),
        files=(folder / PRODUCTION_FILE, folder / SCRIPT_NAME, kept, *second, *laid, *(file for file, _ in boards)),
        notes=tuple(dict.fromkeys((*schedule.notes, *(columns.notes if columns else ()), *notes, *script.notes))),
        numbers=tuple(numbers.items()),
    )


def _chosen(schedule: Schedule, name: str, start: date) -> tuple[tuple[_Chosen, ...], list[str]]:
    """Return the boards to import, the named one first, and why others are left out."""
    able = {board.id: board for board in schedule.boards if board.shooting and can_be_days(schedule, board)}
    notes = [
        f"Board “{each.name}” has no day breaks: it is no board of days." for each in schedule.boards if each.id not in able
    ]
    first = _named(schedule, list(able.values()), name)
    if first is None:
        return (), notes
    lead = _with_calendar(schedule, first, start)
    chosen = [lead]
    for board in able.values():
        if board.id == first.id:
            continue
        try:
            other = _with_calendar(schedule, board, start)
        except ScheduleError as error:
            notes.append(f"Board “{board.name}” is left out: {error.rule}.")
            continue
        why = _why_not(schedule, other, lead)
        if why:
            notes.append(f"Board “{board.name}” {why}; make a production of its own of it with --board.")
        else:
            chosen.append(other)
    return tuple(chosen), notes


def _named(schedule: Schedule, boards: Sequence[StripBoard], name: str) -> StripBoard | None:
    if not name:
        return boards[0] if boards else None
    found = [board for board in boards if folded(board.name) == folded(name)]
    if not found:
        remedy = did_you_mean(name, [board.name for board in boards], "leave --board out to see what there is")
        raise ScheduleError("the file has no such board with days", value=name, remedy=remedy, file=schedule.file)
    return found[0]


def _with_calendar(schedule: Schedule, board: StripBoard, start: date) -> _Chosen:
    said = schedule.calendar_of(board) or Calendar(id="", name="", start=None, days_off=(5, 6))
    calendar = said if said.start else replace(said, start=start)
    dates = calendar.workdays(board.day_count)
    if len(dates) < board.day_count or (dates[-1] - dates[0]).days > LONGEST_DAYS:
        rule = f"board “{line_of_text(board.name)}” has {board.day_count} work days within {LONGEST_DAYS} days of its calendar"
        found = f"{dates[0]} to {dates[-1]}" if dates else "no day"
        remedy = "take days off out of the calendar, and export the schedule anew"
        raise ScheduleError(rule, value=found, remedy=remedy, file=schedule.file)
    names = _Slugs()
    units = {unit.id: names.slug(unit.name, "unit") for unit in board.shooting}
    main = next((unit.id for unit in board.shooting if unit.is_main), board.shooting[0].id)
    return _Chosen(board=board, calendar=calendar, units={**units, main: MAIN_UNIT})


def _why_not(schedule: Schedule, one: _Chosen, lead: _Chosen) -> str:
    """Say why a board cannot share the production of another; empty where it can."""
    if (one.calendar.days_off, one.calendar.dates_off) != (lead.calendar.days_off, lead.calendar.dates_off):
        return "goes by a calendar with other days off"
    if max(abs((a - b).days) for a in (one.dates[0], one.dates[-1]) for b in (lead.dates[0], lead.dates[-1])) > LONGEST_DAYS:
        return "is shot years before or after"
    scenes = {sheet.id for sheet in schedule.scenes}
    ours, theirs = ({sheet: unit for sheet, unit in each.unit_of.items() if sheet in scenes} for each in (one, lead))
    placed = {sheet for unit in one.board.shooting for day in unit.days for sheet in day}
    if any(ours.get(sheet) != theirs.get(sheet) for sheet in placed & scenes):
        return "gives scenes to other units"
    return ""


class _Slugs:
    """Names for files and units, no two alike."""

    def __init__(self) -> None:
        self.used = {MAIN_UNIT}

    def slug(self, text: str, otherwise: str) -> str:
        wish = _APART.sub("-", text.casefold()).strip("-")[:60] or otherwise
        name, number = wish, 2
        while name in self.used:
            name, number = f"{wish}-{number}", number + 1
        self.used.add(name)
        return name


def _file_names(names: Sequence[str]) -> list[str]:
    slugs = _Slugs()
    return [slugs.slug(name, "board") for name in names]


def _written(
    schedule: Schedule,
    script: ImportedScript,
    chosen: Sequence[_Chosen],
    folder: Path,
    *,
    source: str,
    currency: str,
    start: date,
) -> Production:
    """Write script and production.toml, and return what they say: once with a standard pace, then with the one that fits."""
    text = fountain_of(schedule.title or "Untitled", source, script.scenes)
    plain = parsed_script(text.encode(), folder / SCRIPT_NAME)
    frame = _frame(schedule, chosen, plain, source=source, currency=currency, start=start)
    items = {item.id: item for item in schedule.items}
    roles: dict[str, Item] = {role: items[item] for item, role in script.roles}
    make_folder(folder)
    write_text(folder / SCRIPT_NAME, text)
    write_text(folder / PRODUCTION_FILE, toml_of(frame, script.scenes, script.places, roles, None))
    rough = read_production(folder)
    numbers = {scene.sheet: scene.number for scene in script.scenes}
    frame = replace(frame, page_min=fitting_pace(rough, schedule, [one.board for one in chosen], numbers))
    unit = replace(rough.units[0], page_min=float(frame.page_min))
    longest = longest_piece_min(unit)
    whole = frozenset(
        scene.number
        for scene in rough.script.scenes
        if scene.shots[0].work_min is None and shooting_minutes(scene, scene.shots[0], unit) > longest
    )
    frame = replace(frame, whole=whole, whole_min=longest)
    write_text(folder / PRODUCTION_FILE, toml_of(frame, script.scenes, script.places, roles, rough.script))
    return read_production(folder)


def _frame(schedule: Schedule, chosen: Sequence[_Chosen], script: Script, *, source: str, currency: str, start: date) -> Frame:
    dates = [day for one in chosen for day in one.dates]
    calendar = chosen[0].calendar if chosen else Calendar(id="", name="", start=start, days_off=(5, 6))
    first = min(dates, default=start)
    units = [MAIN_UNIT, *(name for one in chosen for name in one.units.values())]
    sets = {sheet.id: scene.place_words for sheet, scene in zip(schedule.scenes, script.scenes, strict=True)}
    days = [day for one in chosen for unit in one.board.shooting for day in unit.days]
    return Frame(
        title=schedule.title or "Untitled",
        source=source,
        currency=currency,
        units=tuple(dict.fromkeys(units)),
        calendar=calendar,
        first=first,
        last=max(dates, default=first + timedelta(days=span_days(script) - 1)),
        max_sets=min(50, max([4, *(len({sets[name] for name in day if name in sets}) for day in days)])),
        lit=frozenset(scene.number for scene in script.scenes if not scene.shots[0].light.is_any),
    )
