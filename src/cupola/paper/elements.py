"""What the film needs and when: for each category its elements, the scenes that need them, and the days they stand by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cupola.model import Board, Production, Scene
from cupola.paper.dood import DoodRow, UnitDays
from cupola.paper.strips import days_of_unit

CAST, SETS, PLACES, BACKGROUND = "cast", "set", "location", "background"
"""Categories that need no note: roles, sets of the headings, places of production.toml, counted extras."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ElementUse:
    """One element of a category: its scenes in script order, and the dates on which it is needed, unit by unit."""

    category: str
    name: str
    number: str
    scenes: tuple[str, ...]
    eighths: int
    days: tuple[tuple[str, date], ...]

    @property
    def first(self) -> date | None:
        return min((day for _, day in self.days), default=None)

    @property
    def last(self) -> date | None:
        return max((day for _, day in self.days), default=None)


def element_uses(production: Production, board: Board) -> tuple[ElementUse, ...]:
    """Return every element of the script by category, cast by board number, the rest by name."""
    scenes: dict[tuple[str, str], list[Scene]] = {}
    where = dict(production.place_of)
    places = {place.id: place.name for place in production.places}
    for scene in production.script.scenes:
        for key in dict.fromkeys(_keys(scene, places[where[scene.number]])):
            scenes.setdefault(key, []).append(scene)
    days: dict[str, list[tuple[str, date]]] = {}
    for day in board.days:
        for strip in day.strips:
            days.setdefault(strip.scene, []).append((day.unit, day.date))
    numbers = {member.id: str(member.board_id) for member in production.cast}
    return tuple(
        ElementUse(
            category=category,
            name=name,
            number=numbers.get(name, "") if category == CAST else "",
            scenes=tuple(scene.number for scene in own),
            eighths=sum(scene.eighths for scene in own),
            days=tuple(sorted({day for scene in own for day in days.get(scene.number, ())}, key=lambda d: (d[1], d[0]))),
        )
        for (category, name), own in sorted(scenes.items(), key=lambda item: _rank(item[0], numbers))
    )


def _keys(scene: Scene, place: str) -> Iterable[tuple[str, str]]:
    yield from ((CAST, name) for name in scene.cast)
    yield SETS, scene.place_words
    yield PLACES, place
    yield from ((element.category, element.name) for element in scene.elements if element.category != CAST)


def _rank(key: tuple[str, str], numbers: dict[str, str]) -> tuple[int, str, int, str]:
    category, name = key
    order = (CAST, BACKGROUND, SETS, PLACES)
    return (order.index(category) if category in order else len(order), category, int(numbers.get(name, 10**6)), name)


def categories_of(uses: Iterable[ElementUse]) -> tuple[str, ...]:
    """Return the categories that a film has, in the order of its reports."""
    return tuple(dict.fromkeys(use.category for use in uses))


def category_days(production: Production, board: Board, category: str) -> tuple[UnitDays, ...]:
    """Return the day out of days of a category without contracts: W on days of use, I (idle, unpaid) between.

    For the cast use `day_out_of_days`, which knows holds, drops and pick-ups.
    """
    uses = [use for use in element_uses(production, board) if use.category == category]
    tables: list[UnitDays] = []
    for unit in production.units:
        numbers = {day.date: day.number for day in days_of_unit(board, unit.id)}
        dates = tuple(sorted(numbers))
        rows = []
        for n, use in enumerate(uses, 1):
            own = [day for unit_id, day in use.days if unit_id == unit.id]
            if own:
                codes = tuple(_code(day, own) for day in dates)
                rows.append(
                    DoodRow(
                        cast=use.name,
                        board_id=n,
                        name="",
                        codes=codes,
                        work=len(own),
                        hold=codes.count("I"),
                        start=own[0],
                        finish=own[-1],
                    )
                )
        if rows:
            tables.append(UnitDays(unit=unit.id, dates=dates, numbers=tuple(numbers[day] for day in dates), rows=tuple(rows)))
    return tuple(tables)


def _code(day: date, own: list[date]) -> str:
    if day in own:
        return ("S" if day == own[0] else "") + "W" + ("F" if day == own[-1] else "")
    return "I" if own[0] < day < own[-1] else ""
