"""Breakdown sheets: one page for each scene, with everything that the scene needs, by category."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.model import Board, Place, Production, Scene, pages_text

CAST = "cast"


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A box of the sheet: a category and what is in it."""

    category: str
    things: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BreakdownSheet:
    """One scene's sheet; `number` counts sheets in script order. `days` say where the board has it: unit, day and date."""

    number: int
    scene: Scene
    place: Place
    unit: str
    pages: str
    minutes: int
    cast: tuple[tuple[str, str], ...]
    lists: tuple[Listed, ...]
    shots: tuple[tuple[str, str, str], ...]
    days: tuple[str, ...]


def breakdown_sheets(production: Production, board: Board | None = None) -> tuple[BreakdownSheet, ...]:
    """Return a sheet for every scene of the script, in its order; with a board each says on which days it is shot."""
    where = dict(production.place_of)
    places = {place.id: place for place in production.places}
    numbers = {member.id: str(member.board_id) for member in production.cast}
    days: dict[str, list[str]] = {}
    for day in board.days if board else ():
        for strip in day.strips:
            days.setdefault(strip.scene, []).append(f"{day.unit} day {day.number}, {day.date}")
    return tuple(
        _sheet(n, scene, places[where[scene.number]], numbers, tuple(dict.fromkeys(days.get(scene.number, ()))))
        for n, scene in enumerate(production.script.scenes, 1)
    )


def _sheet(number: int, scene: Scene, place: Place, numbers: dict[str, str], days: tuple[str, ...]) -> BreakdownSheet:
    boxes: dict[str, list[str]] = {}
    for element in scene.elements:
        if element.category != CAST:
            boxes.setdefault(element.category, []).append(element.name)
    ranked = sorted(scene.cast, key=lambda name: (int(numbers.get(name, 10**6)), name))
    return BreakdownSheet(
        number=number,
        scene=scene,
        place=place,
        unit=place.unit,
        pages=pages_text(scene.eighths),
        minutes=scene.minutes,
        cast=tuple((numbers.get(name, ""), name) for name in ranked),
        lists=tuple(Listed(category=category, things=tuple(things)) for category, things in sorted(boxes.items())),
        shots=tuple(
            (shot.id, "any light" if shot.light.is_any else str(shot.light), _takes(shot.takes, shot.take_s))
            for shot in scene.shots
        ),
        days=days,
    )


def _takes(takes: int, take_s: int | None) -> str:
    count = "1 take" if takes == 1 else f"{takes} takes"
    return f"{count} of {take_s} s" if take_s is not None else count if takes > 1 else ""
