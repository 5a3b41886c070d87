"""The script's scenes with what production.toml adds to them, and a light that their unit can find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cupola.errors import CupolaError, LightError, ProductionError
from cupola.files.documents import SceneDoc
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath
from cupola.model import (
    ANY_LIGHT,
    CastMember,
    Clause,
    Element,
    Light,
    Note,
    Place,
    Scene,
    Script,
    Shot,
    Station,
    Unit,
    condition_named,
)
from cupola.model.light import changed
from cupola.script.categories import CATEGORY_TABLE, category_of, elements_of
from cupola.script.complexity import with_facts
from cupola.script.light_tables import light_of_table
from cupola.script.roles import with_numbers

ABOARD_WORDS = {"day": "orbital day", "night": "orbital night", "dawn": "orbital sunrise", "dusk": "orbital sunset"}
"""What a word of the ground means outside a station."""


def with_overrides(script: Script, tables: Mapping[str, SceneDoc], toml: Toml) -> Script:
    """Return the script with each `[scene."42"]` or `[scene."42/A"]` in place of what its text says.

    Raises ProductionError for a scene that the script does not have, LightError for an unknown light.
    """
    shots = {shot.id: scene for scene in script.scenes for shot in scene.shots}
    scenes = {scene.number: scene for scene in script.scenes}
    for key, table in tables.items():
        path: KeyPath = ("scene", key)
        if key.partition("/")[0] in script.omitted:
            continue
        scene = scenes.get(key) or shots.get(key)
        if scene is None:
            remedy = did_you_mean(key, [*scenes, *shots], "write its number as the script does")
            raise toml.wrong(path, "the script has no such scene", value=key, remedy=remedy)
        if key not in scenes and (table.cast is not None or table.eighths is not None or table.elements or table.refuse):
            remedy = f'write it in [scene."{scene.number}"]'
            raise toml.wrong(path, "cast, eighths and elements belong to a whole scene", value=key, remedy=remedy)
        scenes[scene.number] = with_facts(_overridden(scenes[scene.number], key, table, toml))
    return with_numbers(replace(script, scenes=tuple(scenes.values())), {})


def _overridden(scene: Scene, key: str, table: SceneDoc, toml: Toml) -> Scene:
    light = None
    if table.light is not None:
        light = light_of_table(table.light, file=toml.file, line=toml.line(("scene", key, "light")))
    shots = tuple(_overridden_shot(shot, table, light) if shot.id == key else shot for shot in scene.shots)
    cast = scene.cast if table.cast is None else table.cast
    said = [each for number, entry in enumerate(table.elements) for each in _elements(entry, (key, "elements", number), toml)]
    refused = {_category_and_name(entry)[1].casefold() for entry in table.refuse}
    names = {each.name.casefold() for each in (*scene.elements, *said)}
    return replace(
        scene,
        shots=shots,
        cast=cast,
        eighths=table.eighths or scene.eighths,
        elements=(*scene.elements, *(each for each in said if each not in scene.elements)),
        suggestions=tuple(
            each for each in scene.suggestions if each.name.casefold() not in names | refused and "*" not in table.refuse
        ),
    )


def _elements(entry: str, at: KeyPath, toml: Toml) -> list[Element]:
    word, name = _category_and_name(entry)
    category = category_of(word)
    path: KeyPath = ("scene", *at)
    if not category or category in {"cast", "script day"} or not name:
        rule = 'an element is a category and what it is, such as "prop: scalpel"'
        raise toml.wrong(path, rule, value=entry, remedy=did_you_mean(word, CATEGORY_TABLE))
    return elements_of(category, name, toml.line(path))


def _category_and_name(entry: str) -> tuple[str, str]:
    """Split `prop: scalpel`; a name alone has no category."""
    before, colon, behind = entry.partition(":")
    word, name = (before, behind) if colon else ("", before)
    return word.strip(), " ".join(name.split())


def _overridden_shot(shot: Shot, table: SceneDoc, light: Light | None) -> Shot:
    return replace(
        shot,
        light=shot.light if light is None else light,
        takes=table.takes or shot.takes,
        take_s=table.seconds or shot.take_s,
        work_min=table.minutes or shot.work_min,
    )


def with_light_of_units(
    script: Script, place_of: Mapping[str, Place], units: Mapping[str, Unit], targets: Sequence[str]
) -> Script:
    """Return the script with lights that the unit of each scene can find, and a note for each one that was changed.

    On Earth a light of the orbit is made by lamps, so any light will do; outside a station the words of the ground mean
    those of the orbit. Raises LightError for a target, a relay or an anomaly that the production does not have.
    """
    notes: list[Note] = []
    scenes = []
    for scene in script.scenes:
        unit = units[place_of[scene.number].unit]
        shots = []
        for shot in scene.shots:
            light, note = _found_by(shot.light, unit)
            _known_to(light, unit, targets, shot, script.file)
            shots.append(replace(shot, light=light))
            notes += [Note(line=shot.line or scene.line, text=f"scene {shot.id}: {note}")] if note else []
        scenes.append(replace(scene, shots=tuple(shots)))
    ordered = sorted([*script.notes, *notes], key=lambda note: note.line)
    return replace(script, scenes=tuple(scenes), notes=tuple(ordered))


def _found_by(light: Light, unit: Unit) -> tuple[Light, str]:
    if light.is_orbital and not unit.is_orbit:
        return ANY_LIGHT, f"{light} is asked of unit {unit.id} on Earth; lamps make it, so any light will do"
    if unit.is_orbit and light.is_ground:
        return _aboard(light), f"{light} is seen from a station; read as {_aboard(light)}"
    return light, ""


def _aboard(light: Light) -> Light:
    """Return the orbit's words for the ground's; those it has none for become the nearest of sunrise and sunset."""
    read = changed(light, _aboard_clause)
    assert isinstance(read, Light)
    return read


def _aboard_clause(clause: Clause) -> Clause:
    known = condition_named(clause.condition)
    if known is None or known.is_at("aboard"):
        return clause
    nearest = "orbital sunrise" if "morning" in clause.condition else "orbital sunset"
    return Clause(condition=ABOARD_WORDS.get(clause.condition, nearest))


def _known_to(light: Light, unit: Unit, targets: Sequence[str], shot: Shot, file: str) -> None:
    station = unit.station.station if unit.station else None
    for clause in light.leaves:
        error = _unknown(clause, station, targets)
        if error:
            rule, remedy = error
            raise LightError(rule, value=str(clause), remedy=remedy, file=file, line=shot.line or None)


def _unknown(clause: Clause, station: Station | None, targets: Sequence[str]) -> tuple[str, str] | None:
    if station is None:
        return None
    if clause.condition == "over" and station.target(clause.argument) is None:
        remedy = did_you_mean(clause.argument, targets, "add a [[target]] of that name to production.toml")
        return "a light over a place on the ground needs a target of that name", remedy
    if clause.condition == "in contact" and not station.relays:
        return "contact needs something that hears the station", "add a [[relay]] to production.toml"
    if clause.condition == "outside saa" and not station.saa:
        return "the anomaly needs an outline", "add [saa] with a polygon to production.toml"
    return None


def nobody_aboard(script: Script, place_of: Mapping[str, Place], units: Mapping[str, Unit], cast: Sequence[CastMember]) -> None:
    """Raise ProductionError at the first scene aboard that has a role which nobody aboard plays."""
    aboard = {member.id for member in cast if member.aboard}
    for scene in script.scenes:
        unit = units[place_of[scene.number].unit]
        for name in scene.cast if unit.is_orbit else ():
            if name not in aboard:
                raise _stranded(scene, name, unit, script.file)


def _stranded(scene: Scene, name: str, unit: Unit, file: str) -> CupolaError:
    crew = ", ".join(member.id for member in unit.station.crew) if unit.station else ""
    return ProductionError(
        f"scene {scene.number} is shot aboard, and nobody aboard plays {name}",
        value=scene.heading,
        remedy=f'add aboard = "…" to the [[cast]] of {name} (aboard: {crew}), or mark the cue (V.O.)',
        file=file,
        line=scene.line,
    )
