"""Words that somebody tagged for the breakdown in a Final Draft file, sorted by the scene they stand in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cupola.errors import ScriptError
from cupola.model.script import Element
from cupola.script.categories import CATEGORY_TABLE, category_of, elements_of
from cupola.script.elements import Tag
from cupola.script.script_days import parse_script_day

_IN_HEADING = frozenset(("set", "int/ext", "day/night"))
"""What the heading says: a tag does not change it."""


@dataclass(kw_only=True, slots=True)
class SceneTags:
    """What the tags of one scene say; `script_day` is as `parse_script_day` gives it."""

    cast: list[str] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    script_day: tuple[str, int] | None = None


def tags_by_scene(tags: Iterable[Tag], *, file: str) -> dict[int, SceneTags]:
    """Return the tags of each scene by the count of its heading; those above the first heading are in no scene."""
    found: dict[int, SceneTags] = {}
    for tag in tags:
        if tag.scene and tag.name.strip():
            _put(found.setdefault(tag.scene, SceneTags()), tag, file=file)
    return found


def _put(scene: SceneTags, tag: Tag, *, file: str) -> None:
    category = category_of(tag.category) or " ".join(tag.category.casefold().split()) or "other"
    name = " ".join(tag.name.split())
    if category == "cast":
        scene.cast.append(name)
    elif category == "script day":
        scene.script_day = _script_day(name, tag, file=file) or scene.script_day
    elif category not in _IN_HEADING:
        known = CATEGORY_TABLE.get(category)
        one = [Element(category=category, name=name, line=tag.line)]
        scene.elements += elements_of(category, name, tag.line) if known and category == "background" else one


def _script_day(name: str, tag: Tag, *, file: str) -> tuple[str, int] | None:
    """Read a tagged day; one that says it in other words is left to the guess."""
    try:
        return parse_script_day(name, file=file, line=tag.line)
    except ScriptError:
        return None
