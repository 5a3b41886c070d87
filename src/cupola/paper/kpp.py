"""The calendar production plan (КПП): objects with their scenes, useful minutes, shifts and dates, unit by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cupola.model import Board, Day, Place, Production, Scene, Unit
from cupola.paper.strips import days_of_unit


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedObject:
    """A set at a place: interior or exterior as the headings say, its scenes in script order, and the dates it is shot on.

    `shifts` are days of the unit, a day at several objects shared by the time each of them takes. `unplanned` scenes stand on
    no day.
    """

    place: Place
    set: str
    int_ext: str
    scenes: tuple[Scene, ...]
    shifts: Fraction
    dates: tuple[date, ...]
    unplanned: tuple[str, ...]

    @property
    def eighths(self) -> int:
        return sum(scene.eighths for scene in self.scenes)


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitPlan:
    """One unit's plan: objects by the first date on which they are shot, those without a date last."""

    unit: Unit
    objects: tuple[PlannedObject, ...]
    days: int

    @property
    def eighths(self) -> int:
        return sum(each.eighths for each in self.objects)


def calendar_plan(production: Production, board: Board) -> tuple[UnitPlan, ...]:
    """Return the calendar production plan of a board, unit by unit in the order of the production."""
    return tuple(plan for unit in production.units if (plan := _unit_plan(production, board, unit)).objects)


Key = tuple[str, str, str]
"""Place, set, and INT or EXT."""


def _unit_plan(production: Production, board: Board, unit: Unit) -> UnitPlan:
    days = days_of_unit(board, unit.id)
    scenes: dict[Key, list[Scene]] = {}
    keys: dict[str, Key] = {}
    for scene in production.script.scenes:
        place = production.place_for(scene.number)
        if place.unit == unit.id:
            keys[scene.number] = (place.id, scene.place_words, scene.int_ext)
            scenes.setdefault(keys[scene.number], []).append(scene)
    shares = [(day, _shares(day, keys)) for day in days]
    on_board = {strip.scene for day in days for strip in day.strips}
    objects = [_object(production, key, own, shares, on_board) for key, own in scenes.items()]
    ordered = sorted(objects, key=lambda each: (not each.dates, each.dates[:1], each.scenes[0].line))
    return UnitPlan(unit=unit, objects=tuple(ordered), days=len(days))


def _shares(day: Day, keys: dict[str, Key]) -> dict[Key, Fraction]:
    """Return how much of a day each object takes, by the time of its strips; they come to 1."""
    took: dict[Key, int] = {}
    for strip in day.strips:
        if strip.scene in keys:
            seconds = round((strip.end_utc - strip.start_utc).total_seconds())
            took[keys[strip.scene]] = took.get(keys[strip.scene], 0) + seconds
    whole = sum(took.values())
    return {key: Fraction(seconds, whole) for key, seconds in took.items()} if whole else {}


def _object(
    production: Production,
    key: Key,
    scenes: Sequence[Scene],
    shares: Sequence[tuple[Day, dict[Key, Fraction]]],
    on_board: set[str],
) -> PlannedObject:
    place, words, int_ext = key
    return PlannedObject(
        place=production.place(place),
        set=words,
        int_ext=int_ext,
        scenes=tuple(scenes),
        shifts=sum((share[key] for _, share in shares if key in share), Fraction(0)),
        dates=tuple(day.date for day, share in shares if key in share),
        unplanned=tuple(scene.number for scene in scenes if scene.number not in on_board),
    )
