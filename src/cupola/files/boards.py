"""Saved boards: versioned JSON that comes back as the same value, and as the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cupola.errors import BoardError, ProductionError
from cupola.files.codec import MismatchError, decoded, encoded
from cupola.files.folder import BOARD_LIMIT, read_limited
from cupola.files.hints import did_you_mean
from cupola.files.write import make_folder, write_bytes
from cupola.model import Board, Production

SCHEMA = "cupola.board.3"
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: Mapping[str, Upgrade] = {
    "cupola.board.1": lambda document: {**document, "schema": "cupola.board.2", "omitted": []},
    "cupola.board.2": lambda document: {**document, "schema": "cupola.board.3", "launches": []},
}
"""From an older schema to a step that returns the document in a newer one."""


def to_json(board: Board) -> bytes:
    """Return a board as canonical JSON: the same board always gives the same bytes."""
    document = {"schema": SCHEMA, **encoded(board)}
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def write_board(board: Board, path: Path) -> Path:
    """Write a board as a whole file, its folder made where it is missing; raises PlaceToWriteError."""
    make_folder(path.parent)
    return write_bytes(path, to_json(board))


def read_board(path: Path, production: Production | None = None) -> Board:
    """Read a saved board; with a production, also check that the board speaks of it.

    Raises BoardError for a file that is none, a schema nobody knows, or units, places and scenes that the production does
    not have.
    """
    try:
        data = read_limited(path, BOARD_LIMIT)
    except ProductionError as error:
        remedy = "make one with: cupola plan" if "missing" in error.rule else error.remedy
        raise BoardError(error.rule, value=error.value, remedy=remedy, file=error.file) from None
    board = _board(upgraded(_document(data, path), path), path)
    if production is not None:
        _fits(board, production, path)
    return board


def upgraded(document: dict[str, Any], path: Path, upgrades: Mapping[str, Upgrade] = UPGRADES) -> dict[str, Any]:
    """Return a document in today's schema, by as many steps as it takes; raises BoardError for a schema nobody knows."""
    seen: set[object] = set()
    while document.get("schema") != SCHEMA:
        schema = document.get("schema")
        if schema in seen or not isinstance(schema, str) or schema not in upgrades:
            remedy = f"this Cupola reads {SCHEMA}: a newer board needs a newer Cupola"
            raise BoardError("a board says its schema", value=schema, remedy=remedy, file=str(path))
        seen.add(schema)
        document = upgrades[schema](document)
    return document


def _document(data: bytes, path: Path) -> dict[str, Any]:
    try:
        document = json.loads(data)
    except json.JSONDecodeError as error:
        rule, remedy = f"this is not JSON: {error.msg.lower()}", "make the board anew with: cupola plan"
        raise BoardError(rule, remedy=remedy, file=str(path), line=error.lineno) from None
    except (UnicodeDecodeError, RecursionError):
        raise BoardError("this is not JSON", remedy="make the board anew with: cupola plan", file=str(path)) from None
    if not isinstance(document, dict):
        raise BoardError("a board is a JSON object", remedy="make the board anew with: cupola plan", file=str(path))
    return document


def _board(document: dict[str, Any], path: Path) -> Board:
    content = {key: value for key, value in document.items() if key != "schema"}
    try:
        return decoded(Board, content)
    except MismatchError as error:
        rule = f"{error.path or 'the board'} {error.rule}"
        remedy = "undo the edit, or make the board anew with: cupola plan"
        raise BoardError(rule, value=error.value, remedy=remedy, file=str(path)) from None


def _fits(board: Board, production: Production, path: Path) -> None:
    known = {
        "unit": ([day.unit for day in board.days], [unit.id for unit in production.units]),
        "place": ([strip.place for strip in board.strips], [place.id for place in production.places]),
        "scene": ([strip.scene for strip in board.strips], [scene.number for scene in production.script.scenes]),
    }
    for noun, (used, ids) in known.items():
        for name in dict.fromkeys(used):
            if name not in ids:
                hint = did_you_mean(name, ids, " ")
                remedy = f"plan again: cupola plan{f' ({hint})' if hint.strip() else ''}"
                raise BoardError(f"the production has no such {noun}", value=name, remedy=remedy, file=str(path))


def is_stale(board: Board, production: Production) -> bool:
    """Whether the production's files have changed since the board was made."""
    return board.provenance.production_digest != production.digest
