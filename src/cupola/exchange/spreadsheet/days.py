"""The days of a spreadsheet: rows that end or start one, and the board that units and days of its rows make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cupola.exchange.board_schedule import calendar_on
from cupola.exchange.schedule_file import BONEYARD, MAIN, Calendar, StripBoard, UnitBoard

MOST_DAYS = 1100
MAIN_UNITS = frozenset((*MAIN, "main unit", "1st unit", "first unit", "1", "основная", "основная группа", ""))
"""What a cell says of the unit that is everybody's."""

_DAY_WORD = r"(?:shoot(?:ing)?\s+day|day|съ[её]мочный\s+день|день|смен[аы]|дня|съ[её]мочного\s+дня)"
ENDS = re.compile(rf"\W*(?:end|конец)\s+(?:of\s+)?{_DAY_WORD}\s*(?:#|№)?\s*(\d{{1,4}})?\b(.*)", re.IGNORECASE)
STARTS = re.compile(rf"\W*(?:start\s+(?:of\s+)?|начало\s+)?{_DAY_WORD}\s*(?:#|№)?\s*(\d{{1,4}})\b(.*)", re.IGNORECASE)
LOOSE = re.compile(r"\W*(?:boneyard|unscheduled|not\s+scheduled|не\s+распределен\w*|запас)\W*", re.IGNORECASE)

When = date | int | None
"""A shooting day by its date, or by its number where no date is known."""


class Mark(NamedTuple):
    """What a row says of its day: its unit (empty: main), the number of the day (0: none), its date."""

    unit: str
    number: int = 0
    date: date | None = None


def whens_of(marks: Sequence[Mark]) -> tuple[list[When], list[str]]:
    """Return the day of each row, and what to know of it: all by their dates, else all by their numbers.

    A row without a date has that of the others with its number; where some have none even so, numbers count.
    """
    known = {(mark.unit, mark.number): mark.date for mark in reversed(marks) if mark.number and mark.date}
    dates = [mark.date or known.get((mark.unit, mark.number)) for mark in marks]
    placed = [bool(mark.number or mark.date) for mark in marks]
    without = [mark for mark, day, is_placed in zip(marks, dates, placed, strict=True) if is_placed and day is None]
    if not any(dates) or not without:
        return [day or mark.number or None for day, mark in zip(dates, marks, strict=True)], []
    said = f"Day {without[0].number} has no date while others have"
    if all(mark.number for mark, is_placed in zip(marks, placed, strict=True) if is_placed):
        return [mark.number or None for mark in marks], [f"{said}: days are counted one after the other from the first."]
    return [*dates], [f"{said}: what stands on days without a date is left on none."]


def board_of(name: str, rows: Sequence[tuple[str, str, When]]) -> tuple[StripBoard, tuple[Calendar, ...]]:
    """Return the board, and its calendar where days are dates, of rows: the id of a sheet, its unit (empty: main), its day.

    All units go by the same days; one that does not shoot on a day has it empty.
    """
    keys = sorted({when for _, _, when in rows if when is not None}, key=_rank)
    dates = [key for key in keys if isinstance(key, date)]
    units: dict[str, dict[When, list[str]]] = {}
    loose: list[str] = []
    for id, unit, when in rows:
        (loose if when is None else units.setdefault(unit, {}).setdefault(when, [])).append(id)
    made = [
        UnitBoard(id=f"unit {unit or 'main'}", name=unit or MAIN[0], days=tuple(tuple(own.get(key, ())) for key in keys))
        for unit, own in sorted(units.items(), key=lambda pair: bool(pair[0]))
    ]
    bone = UnitBoard(id=f"{BONEYARD} of the board", name=BONEYARD, loose=tuple(loose))
    calendars = (calendar_on(dates, id="calendar", name=name),) if dates else ()
    return StripBoard(id="board", name=name, calendar="calendar" if dates else "", units=(*made, bone)), calendars


def _rank(when: date | int) -> int:
    return when.toordinal() if isinstance(when, date) else when
