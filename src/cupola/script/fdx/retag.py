"""Breakdown tags written into an FDX file: onto the words they name, else onto the heading of their scene."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from itertools import pairwise

from cupola.script.elements import Tag
from cupola.script.fdx.look import number_of, type_of
from cupola.script.fdx.read import Document
from cupola.script.fdx.tables import CATEGORY_IDS, CATEGORY_NAMES
from cupola.script.fdx.tags import Tagged
from cupola.script.fdx.xml import Splices, block, leaf, start_tag
from cupola.strangers import Node

_SPACE = uuid.UUID("3f0c2f52-5f0b-4d7c-9f0e-6a2b5b1c7d11")
_TINT = "#940011000000"
_Spot = tuple[int, str, str]


def retagged(document: Document, tags: Iterable[Tag]) -> bytes:
    """Return the bytes of a file whose words are tagged as `tags` say; those that are already stay as they are."""
    wanted = {(tag.scene, tag.category, " ".join(tag.name.split())) for tag in tags}
    wanted = {one for one in wanted if one[1] and one[2]}
    given = {(tag.scene, tag.category, tag.name) for tag in document.screenplay.tags}
    if wanted == given:
        return document.data
    retagger = _Retagger(document)
    for tagged in document.tagged:
        retagger.take_off(tagged, wanted)
    for spot in sorted(wanted - given):
        retagger.put_on(spot)
    return retagger.applied()


class _Retagger:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.cut = Splices(data=document.data)
        self.numbers = {number: list(found) for number, found in document.table.numbers.items()}
        self.next_number = max((number_of(number) for number in self.numbers), default=0) + 1
        self.texts = _texts_by_scene(document)
        self.whole: dict[int, tuple[Node, list[str]]] = {}
        self.parts: dict[int, list[tuple[int, int, str]]] = {}
        self.new_categories: dict[str, str] = {}
        self.new_definitions: dict[str, tuple[str, str]] = {}
        self.new_numbers: dict[str, tuple[str, ...]] = {}
        self.given: dict[tuple[str, tuple[str, ...]], str] = {}

    def take_off(self, tagged: Tagged, wanted: set[_Spot]) -> None:
        found = self.numbers.get(tagged.number, [])
        kept = [one for one in found if (tagged.scene, *self.document.table.definitions[one]) in wanted]
        if kept != found:
            self.whole[tagged.text.start] = (tagged.text, kept)

    def put_on(self, spot: _Spot) -> None:
        scene, category, name = spot
        texts = [text for text in self.texts.get(scene, ()) if text.text.strip()]
        if not texts:
            return
        definition = self.definition(category, name)
        for text in texts:
            at = text.text.casefold().find(name.casefold())
            if at >= 0 and len(text.text.casefold()) == len(text.text):
                self.whole.setdefault(text.start, (text, self.definitions_of(text)))
                self.parts.setdefault(text.start, []).append((at, at + len(name), definition))
                return
        first = texts[0]
        self.whole.setdefault(first.start, (first, self.definitions_of(first)))
        self.parts.setdefault(first.start, []).append((0, len(first.text), definition))

    def definitions_of(self, text: Node) -> list[str]:
        numbers = text.attributes.get("TagNumber", "").replace(",", " ").split()
        return [one for number in numbers for one in self.numbers.get(number, [])]

    def definition(self, category: str, name: str) -> str:
        known = {label: identifier for identifier, label in self.document.table.definitions.items()}
        if found := known.get((category, name)):
            return found
        identifier = str(uuid.uuid5(_SPACE, f"{category}/{name}"))
        self.new_definitions[identifier] = (self.category(category), name)
        return identifier

    def category(self, word: str) -> str:
        known = {found: identifier for identifier, found in reversed(self.document.table.words.items())}
        if word in known:
            return known[word]
        standard = next((identifier for identifier, found in CATEGORY_IDS.items() if found == word), "")
        identifier = standard or str(uuid.uuid5(_SPACE, word))
        self.new_categories[identifier] = CATEGORY_NAMES.get(word, word)
        return identifier

    def number(self, text: Node, definitions: tuple[str, ...]) -> str:
        """The number that stands for these definitions where a text had another: its own one still, or a new one."""
        had = text.attributes.get("TagNumber", "")
        if had and definitions == tuple(self.definitions_of(text)):
            return had
        key = (had or str(text.start), definitions)
        if key not in self.given:
            self.given[key] = str(self.next_number)
            self.new_numbers[str(self.next_number)] = definitions
            self.next_number += 1
        return self.given[key]

    def applied(self) -> bytes:
        for start, (text, definitions) in self.whole.items():
            self.cut.replace(text, "".join(self.pieces(text, definitions, self.parts.get(start, []))))
        self.put_table()
        return self.cut.applied()

    def pieces(self, text: Node, definitions: list[str], parts: list[tuple[int, int, str]]) -> Iterable[str]:
        """Cut the text of a run where tags begin and end."""
        words = text.text
        edges = sorted({0, len(words), *(edge for first, last, _ in parts for edge in (first, last))})
        for first, last in pairwise(edges):
            here = [one for begin, end, one in parts if begin <= first and last <= end]
            every = tuple(dict.fromkeys([*definitions, *here]))
            attributes = {key: value for key, value in text.attributes.items() if key != "TagNumber"}
            yield leaf(
                text.name, {**attributes, "TagNumber": self.number(text, every)} if every else attributes, words[first:last]
            )

    def put_table(self) -> None:
        """Write what new tags stand for into the table of the file, made where there is none."""
        indent = "      "
        highest = len(self.document.table.words) + 1
        categories = [
            start_tag("TagCategory", {"Color": _TINT, "Id": one, "Name": name, "Number": str(at), "Style": "Bold"}, closed=True)
            for at, (one, name) in enumerate(self.new_categories.items(), highest)
        ]
        first = len(self.document.table.definitions) + 1
        definitions = [
            start_tag("TagDefinition", {"CatId": category, "Id": one, "Label": name, "Number": str(at)}, closed=True)
            for at, (one, (category, name)) in enumerate(self.new_definitions.items(), first)
        ]
        tags = [
            block("Tag", {"Number": number}, [leaf("DefId", {}, one) for one in found], indent)
            for number, found in self.new_numbers.items()
        ]
        groups = {"TagCategories": categories, "TagDefinitions": definitions, "Tags": tags}
        if not any(groups.values()):
            return
        data = self.document.root.first("TagData")
        if not data:
            xml = block("TagData", {}, [block(name, {}, lines, "    ") for name, lines in groups.items()], "  ")
            self.cut.put_last(self.document.root, f"\n\n  {xml}\n")
            return
        missing = [block(name, {}, lines, "    ") for name, lines in groups.items() if lines and not data.first(name)]
        if missing:
            self.cut.put_last(data, "".join(f"\n    {xml}" for xml in missing))
        for name, lines in groups.items():
            found = data.first(name)
            if found and lines:
                self.cut.put_last(found, "".join(f"\n{indent}{line}" for line in lines))


def _texts_by_scene(document: Document) -> dict[int, list[Node]]:
    """The stretches of text of each scene; those above the first heading under 0."""
    found: dict[int, list[Node]] = {}
    scene = 0
    for one in document.found:
        node = one.node
        if not node or node.name != "Paragraph":
            continue
        if type(one.paragraph).__name__ == "Heading":
            scene += 1
        cut = node.first("OmittedScene")
        inner = [text for paragraph in cut.all("Paragraph") for text in paragraph.all("Text")] if cut else []
        if type_of(node) != "note":
            found.setdefault(scene, []).extend([*node.all("Text"), *inner])
    return found
