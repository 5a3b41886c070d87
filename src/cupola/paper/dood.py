"""The day out of days: who works, is held, dropped and picked up on which day of a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cupola.model import Board, Day, Production, Unit
from cupola.money import Engagement, engagements
from cupola.paper.strips import days_of_unit

CODES: Mapping[str, str] = {
    "SW": "start work",
    "W": "work",
    "WF": "work, finish",
    "SWF": "start, work and finish",
    "H": "hold: paid and idle",
    "WD": "work, then drop",
    "PW": "pick up, work",
    "SWD": "start, work, then drop",
    "PWF": "pick up, work and finish",
}
"""The trade's codes; a blank is a day without pay."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DoodRow:
    """One cast member in one unit: a code for each day of the table, and the totals.

    `start` and `finish` are the first and last day of work.
    """

    cast: str
    board_id: int
    name: str
    codes: tuple[str, ...]
    work: int
    hold: int
    start: date
    finish: date

    @property
    def total(self) -> int:
        """Paid days."""
        return self.work + self.hold


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitDays:
    """One unit's table: its dates, the number of each shooting day (None: nothing is shot), and a row for each
    member."""

    unit: str
    dates: tuple[date, ...]
    numbers: tuple[int | None, ...]
    rows: tuple[DoodRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayOutOfDays:
    """The day out of days of a whole board, unit by unit."""

    title: str
    units: tuple[UnitDays, ...]

    def code(self, cast_id: str, unit_id: str, day: date) -> str:
        """Return the code of a cast member on a unit's date; blank where there is none."""
        for table in self.units:
            if table.unit == unit_id and day in table.dates:
                at = table.dates.index(day)
                return next((row.codes[at] for row in table.rows if row.cast == cast_id), "")
        return ""


def day_out_of_days(production: Production, board: Board) -> DayOutOfDays:
    """Return the day out of days of a board.

    Holds, drops and pick-ups are those that `money.engagements` pays: a hold is a work day of the unit, paid and
    idle, between a member's first and last day of work; one gap of at least `drop_days` calendar days is dropped.
    """
    tables = [_unit_table(production, unit, days_of_unit(board, unit.id)) for unit in production.units]
    return DayOutOfDays(title=board.title, units=tuple(table for table in tables if table.dates))


def _unit_table(production: Production, unit: Unit, days: Sequence[Day]) -> UnitDays:
    deals = engagements(production, unit, days)
    numbers = {day.date: day.number for day in days}
    dates = tuple(sorted({*numbers, *(held for deal in deals for held in deal.holds)}))
    rows = sorted((_row(production, deal, dates) for deal in deals), key=lambda row: (row.board_id, row.cast))
    return UnitDays(unit=unit.id, dates=dates, numbers=tuple(numbers.get(day) for day in dates), rows=tuple(rows))


def _row(production: Production, deal: Engagement, dates: Sequence[date]) -> DoodRow:
    member = production.member(deal.cast)
    return DoodRow(
        cast=member.id,
        board_id=member.board_id,
        name=member.name,
        codes=tuple(_code(deal, day) for day in dates),
        work=len(deal.work),
        hold=len(deal.holds),
        start=deal.work[0],
        finish=deal.work[-1],
    )


def _code(deal: Engagement, day: date) -> str:
    if day in deal.holds:
        return "H"
    if day not in deal.work:
        return ""
    first, last = day == deal.work[0], day == deal.work[-1]
    before = "S" if first else "P" if day == deal.picked_up else ""
    after = "F" if last else "D" if day == deal.dropped_after else ""
    return f"{before}W{after}"
