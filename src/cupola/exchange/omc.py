"""The film for a studio's graph: MovieLabs OMC-JSON 2.8, one array of entities that name each other by identifier.

Scenes of the script are narrative scenes, strips are production scenes, sets are narrative locations, places production
locations, roles characters; what a scene needs are narrative objects. Contexts join them and carry the shooting days.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cupola.model import Board, Day, Place, Production, Scene, Strip

SCHEMA = "https://movielabs.com/omc/json/schema/v2.8"
SCOPE = "cupola"

Entity = dict[str, Any]

OBJECTS = {
    "prop": "narrativeProp",
    "vehicle": "narrativeVehicle",
    "greenery": "narrativeGreenery",
    "set dressing": "narrativeSetDressing",
}
"""Categories of our breakdown that OMC has a type of object for; other things are plain narrative objects."""


def to_omc(production: Production, board: Board) -> bytes:
    """Write a production and one board as OMC-JSON; identifiers are what people say: scene numbers, role and place ids."""
    entities = [
        _work(production),
        *(_entity("Character", "character", member.id, member.name or member.id, characterName=_character(member.id))
          for member in production.cast),
        *_sets(production),
        *_objects(production),
        *(_place(place, is_orbit=production.unit(place.unit).is_orbit) for place in production.places),
        *(_scene(scene) for scene in production.script.scenes),
        *(_strip(production, day, strip) for day in board.days for strip in day.strips),
    ]  # fmt: skip
    return (json.dumps(entities, ensure_ascii=False, indent=1) + "\n").encode()


def _identifier(kind: str, value: str) -> list[Entity]:
    return [{"identifierScope": SCOPE, "identifierValue": f"{kind}/{value}"}]


def _named(kind: str, value: str) -> Entity:
    """Name another entity of the file."""
    return {"identifier": _identifier(kind, value)}


def _entity(type_: str, kind: str, value: str, name: str, **more: Any) -> Entity:
    head = {"schemaVersion": SCHEMA, "entityType": type_, "identifier": _identifier(kind, value), "name": name}
    return {**head, **{key: item for key, item in more.items() if item not in ("", None, [])}}


def _work(production: Production) -> Entity:
    title = [{"titleName": production.title, "titleType": "working"}]
    return _entity("CreativeWork", "work", production.title, production.title, creativeWorkTitle=title)


def _character(cue: str) -> Entity:
    return {"scriptName": cue}


def _sets(production: Production) -> Iterator[Entity]:
    for words in dict.fromkeys(scene.place_words for scene in production.script.scenes):
        yield _entity("NarrativeLocation", "set", words, words, narrativeType="narrativeLocation")


def _objects(production: Production) -> Iterator[Entity]:
    things = dict.fromkeys((e.category, e.name) for scene in production.script.scenes for e in scene.elements)
    for category, name in things:
        if category != "cast":
            kind = OBJECTS.get(category, "narrativeObject")
            yield _entity("NarrativeObject", category, name, name, narrativeType=kind, description=category)


def _place(place: Place, *, is_orbit: bool) -> Entity:
    located: Entity | None = None
    if not is_orbit and (place.lat_deg or place.lon_deg):
        where = {"latitude": place.lat_deg, "longitude": place.lon_deg}
        located = _entity("Location", "coordinates", place.id, place.name, coordinates=where)
    return _entity("ProductionLocation", "place", place.id, place.name, locationType="shooting", Location=located)


def _scene(scene: Scene) -> Entity:
    slug = [
        ("INT/EXT", scene.int_ext),
        ("set", scene.place_words),
        ("time", scene.time_of_day),
        ("pages", f"{scene.eighths}/8"),
    ]
    objects = [_named(e.category, e.name) for e in scene.elements if e.category != "cast"]
    features = {
        "Character": [_named("character", name) for name in scene.cast],
        "NarrativeLocation": [_named("set", scene.place_words)],
        "NarrativeObject": objects,
    }
    context = _entity(
        "Context",
        "context",
        f"scene {scene.number}",
        f"Scene {scene.number} features",
        contextType="narrative",
        features={key: value for key, value in features.items() if value},
    )
    return _entity(
        "NarrativeScene",
        "scene",
        scene.number,
        scene.heading,
        description=scene.synopsis,
        narrativeType="narrativeScene",
        sceneNumber=scene.number,
        slugline=[{"title": title, "text": text} for title, text in slug if text],
        Context=[context],
    )


def _strip(production: Production, day: Day, strip: Strip) -> Entity:
    scene = production.script.scene(strip.scene)
    context = _entity(
        "Context",
        "context",
        f"strip {strip.id}",
        f"Unit {day.unit}, day {day.number}",
        contextType="shootDay",
        contextProperties={"shootDay": str(day.number), "shootDate": day.date.isoformat()},
        represents={"NarrativeScene": [_named("scene", strip.scene)]},
        uses={"ProductionLocation": [_named("place", strip.place)]},
    )
    return _entity(
        "ProductionScene",
        "strip",
        strip.id,
        f"{strip.id} {scene.heading}",
        sceneHeader=scene.heading,
        sceneDescriptor=strip.id,
        sceneNumber=strip.scene,
        Context=[context],
    )
