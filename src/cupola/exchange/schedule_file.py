"""A schedule of another program as one value: breakdown sheets, what they need, calendars, and boards of days.

Whatever format it came from, the trade keeps the same things. What a format has and Cupola does not use stands in `extra`, as
pairs of a key and its JSON text, so that it can be written back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Extra = tuple[tuple[str, str], ...]
"""What a file says beside what is read of it: keys and their values as JSON."""

BONEYARD = "boneyard"
MAIN = ("stripboard", "main")
LONGEST_CALENDAR_DAYS = 3000


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """A category of a breakdown, by our word for it (`set`, `cast`, `prop`; its own name where we have none).

    `ucid` is its Universal Category ID.
    """

    id: str
    word: str
    name: str
    ucid: int
    extra: Extra = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A date that a calendar or a person has: the start of shooting, a day off, or something with a name."""

    date: date
    kind: Literal["start", "day off", "event"]
    name: str = ""
    extra: Extra = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A person or thing that sheets need; `word` is that of its category, empty where that is unknown.

    `board_id` is text. A gap of `drop_days` calendar days between work days may be dropped where `may_drop`; idle days are
    held where `may_hold`. `days_off` are weekdays, 0 = Monday.
    """

    id: str
    category: str
    word: str
    name: str
    board_id: str = ""
    in_dood: bool = True
    may_hold: bool = True
    may_drop: bool = True
    drop_days: int = 0
    days_off: tuple[int, ...] = ()
    events: tuple[Event, ...] = ()
    extra: Extra = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A breakdown sheet: a scene with its eighths and its items by id, or a banner with its text.

    `minutes` are those of its estimated shooting time, 0 where nobody says.
    """

    id: str
    kind: Literal["scene", "banner"]
    number: str = ""
    text: str = ""
    synopsis: str = ""
    comments: str = ""
    eighths: int = 0
    minutes: float = 0.0
    script_page: str = ""
    items: tuple[str, ...] = ()
    extra: Extra = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitBoard:
    """The days of one unit, each the ids of its sheets in order; `loose` sheets stand on no day."""

    id: str
    name: str
    days: tuple[tuple[str, ...], ...] = ()
    loose: tuple[str, ...] = ()
    extra: Extra = ()

    @property
    def is_boneyard(self) -> bool:
        return self.name.strip().casefold() == BONEYARD

    @property
    def is_main(self) -> bool:
        return self.name.strip().casefold() in MAIN


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """When is shot: from `start` (None: nobody says), on no weekday of `days_off` (0 = Monday) and on no day-off event."""

    id: str
    name: str
    start: date | None
    days_off: tuple[int, ...] = ()
    events: tuple[Event, ...] = ()
    extra: Extra = ()

    @property
    def dates_off(self) -> tuple[date, ...]:
        """Single dates off, in order."""
        return tuple(sorted({event.date for event in self.events if event.kind == "day off"}))

    def workdays(self, count: int) -> tuple[date, ...]:
        """Return the first `count` dates on which is shot; fewer where eight years do not have so many."""
        return tuple(day for _, day in zip(range(count), self._workdays(), strict=False))

    def _workdays(self) -> Iterator[date]:
        off, day = frozenset(self.dates_off), self.start
        for _ in range(LONGEST_CALENDAR_DAYS if day else 0):
            assert day is not None
            if day.weekday() not in self.days_off and day not in off:
                yield day
            day += timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class StripBoard:
    """One way to shoot the film: a board for each unit, and the boneyard; `calendar` is the id of its calendar, or empty."""

    id: str
    name: str
    calendar: str
    units: tuple[UnitBoard, ...]
    extra: Extra = ()

    @property
    def shooting(self) -> tuple[UnitBoard, ...]:
        """The boards of units that shoot on some day, the main unit first."""
        found = [unit for unit in self.units if any(unit.days) and not unit.is_boneyard]
        return tuple(sorted(found, key=lambda unit: not unit.is_main))

    @property
    def day_count(self) -> int:
        """The number of days of the unit with the most."""
        return max((len(unit.days) for unit in self.shooting), default=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A schedule of another program.

    `header` is what it says of itself, as keys and JSON values. `notes` are what its reader should know.
    """

    file: str
    id: str
    name: str
    project: str
    header: Extra
    sheets: tuple[Sheet, ...]
    categories: tuple[Category, ...]
    items: tuple[Item, ...]
    boards: tuple[StripBoard, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The film, else the name of the schedule."""
        return " ".join((self.project or self.name).split())

    @property
    def scenes(self) -> tuple[Sheet, ...]:
        """The sheets that are no banners."""
        return tuple(sheet for sheet in self.sheets if sheet.kind == "scene")

    def calendar_of(self, board: StripBoard) -> Calendar | None:
        """Return the calendar of a board; None where it has none."""
        return next((calendar for calendar in self.calendars if calendar.id == board.calendar), None)
