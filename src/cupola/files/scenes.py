"""The script's scenes with what production.toml adds to them, and a light that their unit can find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cupola.errors import CupolaError, LightError, ProductionError
from cupola.files.documents import SceneDoc
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath
from cupola.model import ANY_LIGHT, CastMember, Clause, Light, Note, Place, Scene, Script, Shot, Station, Unit
from cupola.script import parse_light

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
        scene = scenes.get(key) or shots.get(key)
        if scene is None:
            remedy = did_you_mean(key, [*scenes, *shots], "write its number as the script does")
            raise toml.wrong(path, "the script has no such scene", value=key, remedy=remedy)
        if key not in scenes and (table.cast is not None or table.eighths is not None):
            remedy = f'write it in [scene."{scene.number}"]'
            raise toml.wrong(path, "cast and eighths belong to a whole scene", value=key, remedy=remedy)
        scenes[scene.number] = _overridden(scenes[scene.number], key, table, toml)
    return replace(script, scenes=tuple(scenes.values()))


def _overridden(scene: Scene, key: str, table: SceneDoc, toml: Toml) -> Scene:
    light = None
    if table.light is not None:
        light = parse_light(table.light, file=toml.file, line=toml.line(("scene", key, "light")))
    shots = tuple(_overridden_shot(shot, table, light) if shot.id == key else shot for shot in scene.shots)
    cast = scene.cast if table.cast is None else table.cast
    return replace(scene, shots=shots, cast=cast, eighths=table.eighths or scene.eighths)


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
    if unit.is_orbit and not light.is_any and not light.is_orbital:
        return _aboard(light), f"{light} is seen from a station; read as {_aboard(light)}"
    return light, ""


def _aboard(light: Light) -> Light:
    """Return the orbit's words for the ground's; those it has none for become the nearest of sunrise and sunset."""
    words = []
    for clause in light.clauses:
        nearest = "orbital sunrise" if "morning" in clause.condition else "orbital sunset"
        words.append(Clause(condition=ABOARD_WORDS.get(clause.condition, nearest)))
    return Light(clauses=tuple(dict.fromkeys(words)))


def _known_to(light: Light, unit: Unit, targets: Sequence[str], shot: Shot, file: str) -> None:
    station = unit.station.station if unit.station else None
    for clause in light.clauses:
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
