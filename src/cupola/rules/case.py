"""A board before its judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cupola.model import Board, Day, Production, Unit, Violation, Window
from cupola.model.work import Work
from cupola.rules.limits import Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A board before its judge: the production's own figures beside it, nothing of how the board was made.

    `windows` are the windows of each shot that asks for light, by shot id.
    """

    production: Production
    board: Board
    windows: Mapping[str, Sequence[Window]]
    works: Mapping[str, Work]
    limits: Mapping[str, Limits]

    def days(self, unit: Unit) -> list[Day]:
        """Return a unit's days in the order of their dates."""
        return sorted((day for day in self.board.days if day.unit == unit.id), key=lambda day: day.date)


Rule = Callable[[Case], Iterator[Violation]]
