"""production.toml against its shape: the first entry that does not fit, in the user's words."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cupola.errors import CupolaError
from cupola.files.documents import ProductionDoc
from cupola.files.entries import Document
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath

D = TypeVar("D", bound=Document)


def shaped(toml: Toml) -> ProductionDoc:
    """Return the entries of production.toml; raises ProductionError at the topmost one that does not fit."""
    return shaped_as(ProductionDoc, toml)


def shaped_as(document: type[D], toml: Toml) -> D:
    """Return the entries of a file by their shape; raises ProductionError at the topmost one that does not fit."""
    try:
        return document.model_validate(toml.data)
    except ValidationError as error:
        problems = [_problem(toml, detail) for detail in _deepest(error.errors(include_url=False))]
        raise min(problems, key=lambda problem: problem.line or 0) from None


def _deepest(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what is said of a list or table only because something in it is wrong."""
    above = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    return [detail for detail in details if detail["loc"] not in above]


def entry_name(data: dict[str, Any], path: KeyPath) -> str:
    """Name an entry as a person would: `page_min of unit main`, `a key of [production]`."""
    owner, rest = _owner(data, path)
    keys = ".".join(str(key) for key in rest if not isinstance(key, int))
    return f"{keys} of {owner}" if keys and owner else keys or owner or "production.toml"


def _owner(data: dict[str, Any], path: KeyPath) -> tuple[str, KeyPath]:
    """Split a path into the table it is in, by its id where it has one, and the rest."""
    if len(path) < 2:
        return "", path
    table, key = str(path[0]), path[1]
    if isinstance(key, int):
        items = data.get(table)
        item = items[key] if isinstance(items, list) and key < len(items) else {}
        names = [item[word] for word in ("id", "name", "strip", "text") if isinstance(item, dict) and item.get(word)]
        return f"{table} {names[0] if names else f'number {key + 1}'}", path[2:]
    return (f"scene {key}", path[2:]) if table == "scene" else (f"[{table}]", path[1:])


def _problem(toml: Toml, detail: ErrorDetails) -> CupolaError:
    path = tuple(detail["loc"])
    context: dict[str, Any] = detail.get("ctx") or {}
    if detail["type"] == "unknown_key":
        path = (*path, context["key"])
        rule = f"unknown key: {entry_name(toml.data, path)}"
        return toml.wrong(path, rule, value=context["key"], remedy=context["remedy"])
    if detail["type"] == "slip":
        rule = f"{entry_name(toml.data, path)}: {context['rule']}"
        return toml.wrong(path, rule, value=_shown(detail["input"]), remedy=context["remedy"])
    if detail["type"] == "missing":
        return toml.wrong(path[:-1] or path, f"missing: {entry_name(toml.data, path)}", remedy=f"add {_sample(path)}")
    said = detail["msg"].replace("Input should", "must").replace("String should", "must").replace("Tuple should", "must")
    rule = f"{entry_name(toml.data, path)}: {said[0].lower()}{said[1:]}"
    return toml.wrong(path, rule, value=_shown(detail["input"]), remedy=_remedy(detail))


def _remedy(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx") or {}
    if kind == "literal_error":
        return did_you_mean(str(detail["input"]), re.findall(r"'([^']*)'", str(context["expected"])))
    if kind.startswith(("string", "model")):
        return 'write text in quotes, such as "main"' if kind.startswith("string") else "write a table: key = value"
    if kind.startswith(("greater", "less")):
        return "write a number within these bounds"
    if kind.startswith(("int", "float", "finite")):
        return "write a number within these bounds, without quotes"
    return "look at the examples that come with Cupola for its shape"


def _shown(value: object) -> object:
    """Return a value that fits on a line; a whole table is not shown."""
    return None if isinstance(value, (dict, list)) else value


def _sample(path: KeyPath) -> str:
    key = str(path[-1])
    samples = {
        "production": 'a table [production] with title = "..." and currency = "EUR"',
        "unit": "a table [[unit]], or the unit's id",
        "place": 'a table [[place]] with id = "...", unit = "..." and sets = ["*"]',
        "currency": 'currency = "EUR"',
        "first": "first = 2022-06-06",
        "last": "last = 2022-10-05",
        "rate": 'rate = "45000 EUR"',
        "blocks": 'blocks = ["08:00-12:30", "13:30-17:00"]',
    }
    return samples.get(key, f"{key} = ...")
