"""The windows of a whole production: every shot that asks for light, at its place, over its unit's span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cupola.model import Place, Production, Shot, Station, Unit, Window


def windows_of_production(production: Production) -> dict[str, tuple[Window, ...]]:
    """Return the windows of each shot that asks for light, by shot id."""
    from cupola.sky import windows_for

    found: dict[str, tuple[Window, ...]] = {}
    for unit, where, shots in lit_shots(production):
        sky = windows_for((shot.light for shot in shots), where, start=unit.first_utc, end=unit.last_utc)
        found |= {shot.id: sky[shot.light] for shot in shots}
    return found


def lit_shots(production: Production) -> Iterator[tuple[Unit, Station | Place, list[Shot]]]:
    """Yield where light is asked for, with the shots that ask for it: each place on Earth, and each station once."""
    groups: dict[tuple[str, str], list[Shot]] = {}
    for scene in production.script.scenes:
        place = production.place_for(scene.number)
        unit = production.unit(place.unit)
        where = "" if unit.is_orbit else place.id
        groups.setdefault((unit.id, where), []).extend(shot for shot in scene.shots if not shot.light.is_any)
    for (unit_id, place_id), shots in groups.items():
        unit = production.unit(unit_id)
        if shots:
            yield unit, unit.station.station if unit.station else production.place(place_id), shots


def without_light(production: Production) -> Production:
    """Return the production with any light for every shot."""
    from cupola.model import ANY_LIGHT

    scenes = tuple(
        replace(scene, shots=tuple(replace(shot, light=ANY_LIGHT) for shot in scene.shots))
        for scene in production.script.scenes
    )
    return replace(production, script=replace(production.script, scenes=scenes))


def orbit_notes(units: Iterable[Unit]) -> list[str]:
    """Return remarks on each station's elements: no longer fresh over the unit's span, or at odds with each other."""
    from cupola.exchange.doubts import station_doubts
    from cupola.sky import age_note

    notes: list[str] = []
    for unit in {unit.id: unit for unit in units}.values():
        if unit.station:
            station = unit.station.station
            notes += [age_note(station, unit.first_utc, unit.last_utc) or "", *station_doubts(station)]
    return [note for note in notes if note]
