"""Breakdown sheets: one page for each scene, with everything that the scene needs, by category."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.model import Board, Day, Light, Place, Production, Scene, pages_text

CAST = "cast"


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A box of the sheet: a category and what is in it."""

    category: str
    things: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Takes:
    """A shot of the scene: its light, and how many takes of how many seconds (None: nobody has timed it)."""

    shot: str
    light: Light
    takes: int
    take_s: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BreakdownSheet:
    """One scene's sheet; `number` counts sheets in script order. `days` are those on which the board has it."""

    number: int
    scene: Scene
    place: Place
    unit: str
    pages: str
    minutes: int
    cast: tuple[tuple[str, str], ...]
    lists: tuple[Listed, ...]
    shots: tuple[Takes, ...]
    days: tuple[Day, ...]


def breakdown_sheets(production: Production, board: Board | None = None) -> tuple[BreakdownSheet, ...]:
    """Return a sheet for every scene of the script, in its order; with a board each says on which days it is shot."""
    where = dict(production.place_of)
    places = {place.id: place for place in production.places}
    numbers = {member.id: str(member.board_id) for member in production.cast}
    days: dict[str, list[Day]] = {}
    for day in board.days if board else ():
        for scene in dict.fromkeys(strip.scene for strip in day.strips):
            days.setdefault(scene, []).append(day)
    return tuple(
        _sheet(n, scene, places[where[scene.number]], numbers, tuple(days.get(scene.number, ())))
        for n, scene in enumerate(production.script.scenes, 1)
    )


def _sheet(number: int, scene: Scene, place: Place, numbers: dict[str, str], days: tuple[Day, ...]) -> BreakdownSheet:
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
        shots=tuple(Takes(shot=shot.id, light=shot.light, takes=shot.takes, take_s=shot.take_s) for shot in scene.shots),
        days=days,
    )
