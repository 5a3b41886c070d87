"""What a search that begins at a board may change of it: pins on strips, days, orders and units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cupola.model import Board, Day


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbourhood:
    """The limits of a search around a board; without any, the board is only where the search begins.

    `pins` are strips that keep their date. `keep_days` are days (unit, date) that stay as they are: nothing leaves, nothing
    comes, not a minute moves. With `only_swap_days` whole days change places and no strip leaves its day's company; with
    `keep_order` no strip comes before one that was on an earlier day. Days before `frozen_before` are shot: they stay as
    they are, and nothing else is put there. `units` are the units that may change at all (None: every one).
    """

    pins: frozenset[str] = frozenset()
    keep_days: frozenset[tuple[str, date]] = frozenset()
    only_swap_days: bool = False
    keep_order: bool = False
    frozen_before: date | None = None
    units: frozenset[str] | None = None

    def may_change(self, unit: str) -> bool:
        """Whether anything of a unit may change."""
        return self.units is None or unit in self.units

    def keeps(self, day: Day) -> bool:
        """Whether a day of the board stays as it is, to the minute."""
        shot = self.frozen_before is not None and day.date < self.frozen_before
        return shot or (day.unit, day.date) in self.keep_days or not self.may_change(day.unit)

    def is_closed(self, unit: str, on: date) -> bool:
        """Whether nothing may be put on a date of a unit."""
        shot = self.frozen_before is not None and on < self.frozen_before
        return shot or (unit, on) in self.keep_days or not self.may_change(unit)


FREE = Neighbourhood()
"""Everything may change."""


def dates_on(board: Board, unit: str) -> Mapping[str, date]:
    """Return the date of each strip of a unit on a board."""
    return {strip.id: day.date for day in board.days if day.unit == unit for strip in day.strips}


def kept_days(board: Board | None, within: Neighbourhood, unit: str) -> tuple[Day, ...]:
    """Return the days of a unit that stay as they are."""
    return () if board is None else tuple(day for day in board.days if day.unit == unit and within.keeps(day))
