"""The price of a drag: what a board costs more or less when a strip or a day moves, without counting the board anew."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import attrgetter

from cupola.model import Board, Day, Production, Unit
from cupola.model.budget import BudgetLine
from cupola.model.work import workdays
from cupola.money.aboard import aboard_lines
from cupola.money.contracts import contracted
from cupola.money.lines import line
from cupola.money.moves import Move, changed_days
from cupola.money.people import Worked, day_of_cast, member_lines
from cupola.money.prices import unit_days


@dataclass(frozen=True, kw_only=True, slots=True)
class DeltaLine:
    """One line that a drag changes: what it cost before and costs after, and of how much."""

    account: str
    kind: str
    who: str
    text: str
    unit: str
    amount_before: float
    amount_after: float
    before_cents: int
    after_cents: int

    @property
    def cents(self) -> int:
        """By how much it becomes dearer; below zero, cheaper."""
        return self.after_cents - self.before_cents


@dataclass(frozen=True, kw_only=True, slots=True)
class Delta:
    """What a drag costs: the lines that change, none that stay."""

    currency: str
    lines: tuple[DeltaLine, ...]

    @property
    def cents(self) -> int:
        """By how much the board becomes dearer; below zero, cheaper."""
        return sum(each.cents for each in self.lines)


def price(production: Production, board: Board, move: Move) -> Delta:
    """Return what one drag costs; who asks for many builds a `Pricer` once."""
    return Pricer(production, board).price(move)


@dataclass(frozen=True, slots=True)
class _DayPart:
    """What the price of a day hangs on."""

    hub: str
    moves: int
    places: frozenset[str]
    cast: Mapping[str, Worked]


Key = tuple[str, str]
"""Kind and who."""


class _UnitPrice:
    """One unit of a board, ready to be priced with some of its dates changed."""

    def __init__(self, production: Production, unit: Unit, days: list[Day]) -> None:
        self.production, self.unit, self.days = production, unit, {day.date: day for day in days}
        self.hubs = {place.id: place.hub for place in production.places}
        self.parts = {day.date: self._part(day) for day in days}
        self.calendar = workdays(unit)
        self.members = {member.id: contracted(production, member) for member in production.cast}
        self.names = {place.id: place for place in production.places}
        self.worked: dict[str, list[Worked]] = {}
        for part in self.parts.values():
            for name, own in part.cast.items():
                self.worked.setdefault(name, []).append(own)
        everything = self._lines({}, frozenset(self.members), frozenset(self.names), with_aboard=True)
        self.lines = {(each.kind, each.who): each for each in everything}

    def _part(self, day: Day) -> _DayPart:
        places = [strip.place for strip in day.strips]
        hub = self.hubs[places[0]] if places else ""
        within = sum(a != b for a, b in itertools.pairwise(places))
        cast = {} if self.unit.is_orbit else dict(day_of_cast(day, hub))
        return _DayPart(hub, within, frozenset(places), cast)

    def changed(self, changes: Mapping[date, Day | None]) -> tuple[dict[Key, BudgetLine], dict[Key, BudgetLine]]:
        """Return the lines that may change, as they are and as they become."""
        parts = {on: self._part(day) for on, day in changes.items() if day}
        touched = [*parts.values(), *(self.parts[on] for on in changes if on in self.parts)]
        names = frozenset(name for part in touched for name in part.cast)
        places = frozenset(place for part in touched for place in part.places)
        gone = any(day is None and self.days[on].banners for on, day in changes.items() if on in self.days)
        made = self._lines({on: parts.get(on) for on in changes}, names, places, with_aboard=gone, changes=changes)
        after = {(each.kind, each.who): each for each in made}
        concerned = {
            key: each
            for key, each in self.lines.items()
            if each.kind in ("unit", "move")
            or (each.kind == "place" and each.who in places)
            or (each.kind in ("work", "hold", "week", "overtime", "travel") and each.who in names)
            or (gone and each.kind in ("crew hours", "rig", "spacewalk"))
        }
        return concerned, after

    def _lines(
        self,
        parts: Mapping[date, _DayPart | None],
        names: Iterable[str],
        places: Iterable[str],
        *,
        with_aboard: bool,
        changes: Mapping[date, Day | None] | None = None,
    ) -> list[BudgetLine]:
        merged = {**self.parts, **parts}
        ordered = [part for _, part in sorted(merged.items(), key=lambda each: each[0]) if part]
        unit = self.unit
        lines = line("unit", unit.id, f"Shooting days of unit {unit.id}", len(ordered), "day", unit.day_rate)
        for place in self.production.places:
            if place.id in places and place.day_rate:
                used = sum(place.id in part.places for part in ordered)
                lines += line("place", place.id, f"{place.name}, by the day", used, "day", place.day_rate)
        if unit.is_orbit:
            days = [day for day in {**self.days, **(changes or {})}.values() if day]
            return lines + (aboard_lines(self.production, unit, unit_days(unit, days)) if with_aboard else [])
        hubs = [part.hub for part in ordered if part.places]
        moves = sum(part.moves for part in ordered) + sum(a != b for a, b in itertools.pairwise(hubs))
        lines += line("move", unit.id, f"Company moves of unit {unit.id}", moves, "move", unit.move_rate)
        for name in names:
            lines += self._member(name, parts)
        return lines

    def _member(self, name: str, parts: Mapping[date, _DayPart | None]) -> list[BudgetLine]:
        own = [each for each in self.worked.get(name, ()) if each.day not in parts]
        own += [part.cast[name] for part in parts.values() if part and name in part.cast]
        own.sort(key=attrgetter("day"))
        return member_lines(self.members[name], own, self.calendar) if own and name in self.members else []


class Pricer:
    """A board ready to be asked what a drag would cost: built once, it prices a move by the days and people it touches."""

    def __init__(self, production: Production, board: Board) -> None:
        self.production, self.days = production, board.days
        self._units = {unit.id: _UnitPrice(production, unit, unit_days(unit, board.days)) for unit in production.units}

    def price(self, move: Move) -> Delta:
        """Return the lines of `Board.cost` that a move changes; equal to the difference of the two full costs.

        Raises BoardError for a strip or unit that the board does not have.
        """
        unit, changes = changed_days(self.production, self.days, move)
        before, after = self._units[unit.id].changed(changes)
        lines = [
            _delta(before.get(key), after.get(key))
            for key in {**before, **after}
            if _figures(before.get(key)) != _figures(after.get(key))
        ]
        return Delta(currency=self.production.currency, lines=tuple(lines))


def _figures(each: BudgetLine | None) -> tuple[Fraction, int] | None:
    return (each.amount, each.cost.likely) if each else None


def _delta(before: BudgetLine | None, after: BudgetLine | None) -> DeltaLine:
    one = after or before
    assert one is not None
    return DeltaLine(
        account=one.account,
        kind=one.kind,
        who=one.who,
        text=one.text,
        unit=one.unit,
        amount_before=float(before.amount) if before else 0.0,
        amount_after=float(after.amount) if after else 0.0,
        before_cents=before.cost.likely if before else 0,
        after_cents=after.cost.likely if after else 0,
    )
