"""OMC-JSON: every entity is named once and every name is known; against MovieLabs' own schema where its path is given.

The schema (github.com/MovieLabs/OMC, OMC-JSON/OMC-JSON-v2.8.schema.json) is not part of this project: set OMC_SCHEMA to it.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cupola.exchange.omc import to_omc
from cupola.files import read_board, read_production

CHALLENGE = Path(__file__).parents[2] / "examples" / "the-challenge"


@pytest.fixture(scope="module")
def entities() -> list[dict[str, Any]]:
    production = read_production(CHALLENGE)
    found = json.loads(to_omc(production, read_board(CHALLENGE / "boards" / "agreed.json", production)))
    assert isinstance(found, list)
    return found


def value(entity: dict[str, Any]) -> str:
    return str(entity["identifier"][0]["identifierValue"])


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if set(node) == {"identifier"}:
            yield value(node)
        for child in node.values():
            yield from references(child)
    elif isinstance(node, list):
        for child in node:
            yield from references(child)


def test_every_entity_is_named_once_and_every_name_is_known(entities: list[dict[str, Any]]) -> None:
    names = [value(entity) for entity in entities]
    assert len(names) == len(set(names))
    assert {name for entity in entities for name in references(entity)} <= set(names)


def test_scenes_and_strips_are_those_of_the_film(entities: list[dict[str, Any]]) -> None:
    production = read_production(CHALLENGE)
    board = read_board(CHALLENGE / "boards" / "agreed.json", production)
    kinds: dict[str, list[dict[str, Any]]] = {}
    for entity in entities:
        kinds.setdefault(entity["entityType"], []).append(entity)
    assert [e["sceneNumber"] for e in kinds["NarrativeScene"]] == [scene.number for scene in production.script.scenes]
    assert [e["sceneDescriptor"] for e in kinds["ProductionScene"]] == [s.id for day in board.days for s in day.strips]
    dates = [e["Context"][0]["contextProperties"]["shootDate"] for e in kinds["ProductionScene"]]
    assert dates == [day.date.isoformat() for day in board.days for _ in day.strips]


@pytest.mark.skipif("OMC_SCHEMA" not in os.environ, reason="OMC_SCHEMA names no file")
def test_movielabs_own_schema_finds_no_fault(entities: list[dict[str, Any]]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(Path(os.environ["OMC_SCHEMA"]).read_text(encoding="utf-8"))
    root = {**schema["$defs"]["core"]["properties"]["rootEntity"], "$defs": schema["$defs"]}
    validator = jsonschema.Draft201909Validator(root)
    for entity in entities:
        assert [error.message for error in validator.iter_errors(entity)] == []
