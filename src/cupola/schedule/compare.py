"""Boards side by side: what moved, how many days and holds, and the money line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cupola.model import Board, Cost, Production
from cupola.model.work import workdays
from cupola.money import cost, engagements
from cupola.schedule.replan_count import Changes, changes_between


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One board of a comparison. `changes` are counted from the first one; `days` and `holds` are by unit."""

    name: str
    board: Board
    changes: Changes
    days: tuple[tuple[str, int], ...]
    holds: tuple[tuple[str, int], ...]
    cost: Cost

    @property
    def hold_days(self) -> int:
        """How many paid idle days there are, of all cast members."""
        return sum(count for _, count in self.holds)


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyLine:
    """A line of the budget on each board, in minor units (0 where a board does not have it)."""

    account: str
    kind: str
    text: str
    cents: tuple[int, ...]

    @property
    def differs(self) -> bool:
        """Whether the boards differ on it."""
        return len(set(self.cents)) > 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Boards side by side, and every line of their money by account."""

    sides: tuple[Side, ...]
    lines: tuple[MoneyLine, ...]


def compare(production: Production, boards: Mapping[str, Board]) -> Comparison:
    """Return boards side by side; each is priced by the production as it is now."""
    first = next(iter(boards.values()))
    calendars = {unit.id: workdays(unit) for unit in production.units}
    sides = tuple(
        Side(
            name=name,
            board=board,
            changes=changes_between(first, board, calendars=calendars),
            days=tuple((unit.id, sum(day.unit == unit.id for day in board.days)) for unit in production.units),
            holds=tuple((unit.id, _holds(production, board, unit.id)) for unit in production.units if not unit.is_orbit),
            cost=cost(production, board.days),
        )
        for name, board in boards.items()
    )
    return Comparison(sides=sides, lines=money_lines([side.cost for side in sides]))


def _holds(production: Production, board: Board, unit: str) -> int:
    return sum(len(each.holds) for each in engagements(production, production.unit(unit), board.days))


def money_lines(costs: Sequence[Cost]) -> tuple[MoneyLine, ...]:
    """Return the lines of several costs side by side, in the order of their accounts."""
    keys = {(line.account, line.kind, line.text): None for each in costs for line in each.lines}
    sums = [_sums(each) for each in costs]
    return tuple(
        MoneyLine(account=key[0], kind=key[1], text=key[2], cents=tuple(own.get(key, 0) for own in sums))
        for key in sorted(keys, key=lambda key: key[0])
    )


def _sums(each: Cost) -> dict[tuple[str, str, str], int]:
    sums: dict[tuple[str, str, str], int] = {}
    for line in each.lines:
        key = (line.account, line.kind, line.text)
        sums[key] = sums.get(key, 0) + line.cents
    return sums
