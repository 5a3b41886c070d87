"""A board with some strips on other dates and everything else as it was: what would follow, and what it would cost."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cupola.model import Board, Day, Production, Violation, Window
from cupola.model.work import works_of
from cupola.money import cost
from cupola.rules import broken, check
from cupola.schedule.earth import EarthCase, earth_case, earth_days
from cupola.schedule.neighbourhood import dates_on

Windows = Mapping[str, Sequence[Window]]


@dataclass(frozen=True, slots=True)
class Rearranger:
    """Puts strips of one Earth unit of a board on other dates. Days on which nothing changes stand as they did."""

    production: Production
    board: Board
    windows: Windows
    case: EarthCase

    def board_with(self, dates: Mapping[str, date]) -> Board:
        """Return the board with some strips on other dates (dates on which the unit does not work are left out)."""
        unit = self.case.unit.id
        now = {**dates_on(self.board, unit), **dates}
        slot = {day: d for d, day in enumerate(self.case.dates)}
        slots = [
            next((slot[now[part.id]] for part in piece.parts if now.get(part.id) in slot), -1) for piece in self.case.pieces
        ]
        old = {day.date: day for day in self.board.days if day.unit == unit}
        days: list[Day] = []
        for day in earth_days(self.case, self.production, slots):
            before = old.get(day.date)
            same = before is not None and {strip.id for strip in before.strips} == {strip.id for strip in day.strips}
            days.append(dataclasses.replace(before, number=day.number) if before is not None and same else day)
        others = [day for day in self.board.days if day.unit != unit]
        every = tuple(sorted((*others, *days), key=lambda day: (day.date, day.unit)))
        on_board = {strip.id for day in every for strip in day.strips}
        return dataclasses.replace(
            self.board,
            days=every,
            boneyard=tuple(work.id for work in works_of(self.production) if work.id not in on_board),
            cost=cost(self.production, every),
            bounds=(),
        )

    def new_faults(self, board: Board) -> tuple[Violation, ...]:
        """Return what a board breaks that this one does not."""
        known = {(fault.rule, fault.message) for fault in broken(check(self.production, self.board, self.windows))}
        found = broken(check(self.production, board, self.windows))
        return tuple(fault for fault in found if (fault.rule, fault.message) not in known)


def rearranger(production: Production, board: Board, windows: Windows, unit_id: str) -> Rearranger:
    """Return what puts strips of an Earth unit on other dates; pins are not asked."""
    unit = production.unit(unit_id)
    works = [work for work in works_of(production) if work.unit == unit_id]
    case = earth_case(dataclasses.replace(production, pins=()), unit, works, windows)
    return Rearranger(production, board, windows, case)
