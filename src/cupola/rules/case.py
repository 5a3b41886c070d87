"""A board before its judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cupola.model import Article, Board, Day, Pack, Production, Unit, Violation, Window
from cupola.model.work import Work
from cupola.rules.dues import Due
from cupola.rules.limits import Limits
from cupola.rules.packs import articles_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A board before its judge: the production's own figures beside it, nothing of how the board was made.

    `windows` are the windows of each shot that asks for light, by shot id; `limits` and `packs` are by unit id. `dues` are
    what the board owes performers beyond a day's pay.
    """

    production: Production
    board: Board
    windows: Mapping[str, Sequence[Window]]
    works: Mapping[str, Work]
    limits: Mapping[str, Limits]
    packs: Mapping[str, Sequence[Pack]]
    dues: Sequence[Due]

    def days(self, unit: Unit) -> list[Day]:
        """Return a unit's days in the order of their dates."""
        return sorted((day for day in self.board.days if day.unit == unit.id), key=lambda day: day.date)

    def articles(self, unit: Unit, name: str) -> tuple[Article, ...]:
        """Return the articles of a name that hold for a unit."""
        return articles_of(self.packs[unit.id], name)


Rule = Callable[[Case], Iterator[Violation]]
