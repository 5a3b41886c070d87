"""The breakdown tags of an FDX file: words of the text with a number, and what the number stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cupola.script.elements import Tag
from cupola.script.fdx.tables import category_word
from cupola.strangers import Node


@dataclass(frozen=True, kw_only=True, slots=True)
class Tagged:
    """A stretch of text with the number of a tag, in the scene it stands in."""

    scene: int
    text: Node
    number: str


@dataclass(kw_only=True, slots=True)
class TagTable:
    """What `TagData` says: categories by identifier, definitions by identifier as (category, name), definitions by number."""

    words: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, tuple[str, str]] = field(default_factory=dict)
    numbers: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_tag_table(root: Node) -> TagTable:
    """Return the breakdown table of an FDX file, empty where it has none; numbers that stand for nothing are left out."""
    table = TagTable()
    data = root.first("TagData")
    if not data:
        return table
    for node in _children(data, "TagCategories", "TagCategory"):
        identifier = node.attributes.get("Id", "")
        table.words[identifier] = category_word(identifier, node.attributes.get("Name", ""))
    for node in _children(data, "TagDefinitions", "TagDefinition"):
        category = node.attributes.get("CatId", "")
        label = " ".join(node.attributes.get("Label", "").split())
        if label:
            word = table.words.get(category) or category_word(category, "")
            table.definitions[node.attributes.get("Id", "")] = (word, label)
    for node in _children(data, "Tags", "Tag"):
        identifiers = tuple(one.text.strip() for one in node.all("DefId"))
        table.numbers[node.attributes.get("Number", "")] = tuple(one for one in identifiers if one in table.definitions)
    return table


def _children(data: Node, group: str, name: str) -> Iterable[Node]:
    found = data.first(group)
    return found.all(name) if found else ()


def tags_of(tagged: Iterable[Tagged], table: TagTable) -> tuple[Tag, ...]:
    """Return the tags of a script in the order of the text; what is tagged again in the same scene counts once."""
    found: dict[tuple[int, str, str], Tag] = {}
    for one in tagged:
        for identifier in table.numbers.get(one.number, ()):
            category, name = table.definitions[identifier]
            tag = Tag(category=category, name=name, scene=one.scene, line=one.text.line)
            found.setdefault((one.scene, category, name), tag)
    return tuple(found.values())
