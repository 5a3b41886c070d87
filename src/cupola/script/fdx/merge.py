"""A screenplay written into the FDX file it came from: what did not change is not touched, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from cupola.script.elements import Heading, Paragraph, Screenplay, Synopsis
from cupola.script.fdx.beside import put_beside
from cupola.script.fdx.look import settings_of
from cupola.script.fdx.notes import length_of, range_of, starts_of
from cupola.script.fdx.pairs import paired, tail, wrapper
from cupola.script.fdx.properties import change_properties
from cupola.script.fdx.read import Document, read_fdx
from cupola.script.fdx.texts import texts_xml
from cupola.script.fdx.units import Dual, Found, Item, Key, Unit, grouped, key_of, units_of
from cupola.script.fdx.write import item_xml, note_lines, note_xml, runs_for, text_for, unit_xml
from cupola.script.fdx.xml import Splices, block, start_tag
from cupola.strangers import Node


def merged(document: Document, screenplay: Screenplay) -> bytes:
    """Return the bytes of a file with the paragraphs and all else that a screenplay says, but its tags."""
    merge = _Merge(document)
    old = grouped(document.found)
    new = grouped(Found(paragraph=paragraph) for paragraph in screenplay.paragraphs)
    merge.notes_above(_above(old), _above(new))
    old, new = _below(old), _below(new)
    merge.items(old, new, document.content)
    put_beside(merge.cut, document.root, document.screenplay, screenplay)
    data = merge.cut.applied()
    places = [place for start, place in sorted(merge.places.items()) if start not in merge.gone]
    return data if data is document.data or not places else _with_ranges(data, places)


def _above(items: list[Item]) -> Unit:
    """The notes above a script."""
    first = items[0] if items else None
    return first if isinstance(first, Unit) and not first.main else Unit(main=None)


def _below(items: list[Item]) -> list[Item]:
    return items[1:] if items and isinstance(items[0], Unit) and not items[0].main else items


class _Merge:
    """Changes to one file. `places` has, for every note that says which characters it is about, the item it now belongs to."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.cut = Splices(data=document.data)
        self.settings = settings_of(document.root)
        self.places: dict[int, tuple[int, int, int]] = {}
        self.gone: set[int] = set()
        self.starts: dict[int, int] = {}
        if document.root.first("ScriptNotes", "ScriptNote"):
            nodes, starts = starts_of(document.content)
            self.starts = {id(node): start for node, start in zip(nodes, starts, strict=True)}

    def items(self, old: Sequence[Item], new: Sequence[Item], container: Node) -> None:
        """Make what a container holds say `new` where it says `old`."""
        is_top = container is self.document.content
        writer = _Writer(self, container, new_page=self.settings.new_page)
        following = {id(one): next_one for one, next_one in pairwise(old)}
        matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in new])
        for code, i1, i2, j1, j2 in matcher.get_opcodes():
            pairs = zip(old[i1:i2], new[j1:j2], strict=True) if code == "equal" else paired(old[i1:i2], new[j1:j2])
            at = j1
            for one, other in pairs:
                if one and other and (code == "equal" or self.edit(one, other)):
                    self.place(one, at if is_top else -1)
                    writer.move_behind(tail(one, following.get(id(one)), is_top=is_top))
                else:
                    if one:
                        self.delete(one)
                    if other:
                        writer.put(other)
                at += other is not None
        writer.flush()

    def place(self, item: Item, at: int) -> None:
        """Remember which item the notes of a unit belong to, and how far into its text they begin."""
        for unit in units_of([item]):
            for aside in unit.asides:
                where = range_of(aside.node) if aside.node and aside.outer is aside.node else None
                if where and aside.node and unit.main and at >= 0:
                    start = self.starts.get(id(unit.main.outer), where[0])
                    self.places[aside.node.start] = (at, where[0] - start, where[1] - where[0])

    def delete(self, item: Item) -> None:
        units = list(units_of([item]))
        outer = units[0].main.outer if units[0].main else None
        if isinstance(item, Dual) and outer and wrapper(item):
            self.cut.remove(outer)
        for unit in units:
            for one in (unit.main, *unit.asides):
                if one and one.node:
                    self.remove(one.node)

    def remove(self, node: Node) -> None:
        self.gone.add(node.start)
        self.cut.remove(node)

    def edit(self, item: Item, other: Item) -> bool:
        """Change a unit, or speeches side by side, into another of its kind; False where it must be written anew."""
        if isinstance(item, Dual) and isinstance(other, Dual):
            group = wrapper(item)
            if group:
                self.items(item.units, other.units, group)
            return group is not None
        if not isinstance(item, Unit) or not isinstance(other, Unit) or not item.main or not other.main or not item.main.node:
            return False
        node, old, new = item.main.node, item.main.paragraph, other.main.paragraph
        attributes = self.attributes(item, other, node)
        rewritten = self.must_rewrite(item, other, node)
        if rewritten:
            inner = unit_xml(other, self.cut.indent(node)).partition(">")[2]
            self.cut.replace(node, start_tag(node.name, attributes) + inner)
            self.remove_own(item)
            return True
        self.cut.tag(node, attributes)
        if text_for(old) != text_for(new) or old.revision != new.revision:
            self.retext(node, old, new)
        if isinstance(old, Heading) and isinstance(new, Heading):
            change_properties(self.cut, node, item, other)
        self.notes(node, _notes(item), _notes(other))
        return True

    def must_rewrite(self, item: Unit, other: Unit, node: Node) -> bool:
        """Whether a paragraph has no room for its change: it is empty, or a scene that was cut and says something else now."""
        assert item.main
        assert other.main
        old, new = item.main.paragraph, other.main.paragraph
        if not node.content:
            return True
        if not isinstance(old, Heading) or not isinstance(new, Heading) or not (old.omitted or new.omitted):
            return False
        alike = replace(new, number=old.number)
        return (key_of(old), _keys(item.asides)) != (key_of(alike), _keys(other.asides))

    def remove_own(self, item: Unit) -> None:
        """Take out the notes of a paragraph that do not stand inside it."""
        for aside in item.asides:
            if aside.node and item.main and aside.outer is not item.main.outer:
                self.remove(aside.node)

    def attributes(self, item: Unit, other: Unit, node: Node) -> dict[str, str]:
        assert item.main
        assert other.main
        old, new, found = item.main.paragraph, other.main.paragraph, dict(node.attributes)
        if isinstance(old, Heading) and isinstance(new, Heading) and old.number != new.number:
            found.pop("Number", None)
            found = {"Number": new.number, **found} if new.number else found
        if item.breaks != other.breaks:
            found["StartsNewPage"] = "Yes" if other.breaks else "No"
        return found

    def retext(self, node: Node, old: Paragraph, new: Paragraph) -> None:
        texts = list(node.all("Text"))
        indent = f"\n{self.cut.indent(node)}  "
        xml = texts_xml(texts, runs_for(old), runs_for(new), new.revision)
        if not texts:
            self.cut.put_last(node, indent + indent.join(xml))
            return
        self.cut.replace(texts[0], indent.join(xml))
        for text in texts[1:]:
            self.cut.remove(text)

    def notes(self, node: Node, old: list[Found], new: list[Found]) -> None:
        """Change the notes of a paragraph: one that only says something else keeps its author, date and place."""
        indent = f"{self.cut.indent(node)}  "
        if _keys(old) == _keys(new):
            return
        if len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                if key_of(one.paragraph) != key_of(other.paragraph) and one.node:
                    self.renote(one.node, other)
            return
        wanted = _keys(new)
        for one in old:
            if key_of(one.paragraph) not in wanted and one.node:
                self.remove(one.node)
        had = _keys(old)
        added = [note_xml(one.paragraph, indent) for one in new if key_of(one.paragraph) not in had]
        if added:
            self.cut.put_first(node, "".join(f"\n{indent}{xml}" for xml in added))

    def renote(self, node: Node, other: Found) -> None:
        indent = self.cut.indent(node)
        attributes = node.attributes
        if node.name != "ScriptNote" or type(other.paragraph).__name__ == "Boneyard":
            self.cut.replace(node, note_xml(other.paragraph, indent))
            return
        self.cut.replace(node, block(node.name, attributes, note_lines(other.paragraph, f"{indent}  "), indent))

    def notes_above(self, old: Unit, new: Unit) -> None:
        """Change the notes above the script, which Final Draft keeps apart from it."""
        if _keys(old.asides) == _keys(new.asides):
            return
        for one in old.asides:
            if one.node:
                self.cut.remove(one.node)
        group = self.document.root.first("UnanchoredScriptNotes")
        indent = "    "
        xml = [note_xml(one.paragraph, indent) for one in new.asides]
        if group:
            self.cut.put_last(group, "".join(f"\n{indent}{one}" for one in xml))
        elif xml:
            self.cut.put_after(self.document.content, "\n\n  " + block("UnanchoredScriptNotes", {}, xml, "  "))


class _Writer:
    """Writes new items into a container, behind the last one that stays."""

    def __init__(self, merge: _Merge, container: Node, *, new_page: set[str]) -> None:
        self.cut = merge.cut
        self.container = container
        self.new_page = new_page
        self.behind: Node | None = None
        self.waiting: list[str] = []
        first = next(container.all("Paragraph"), None)
        self.indent = (self.cut.indent(first) if first else "") or f"{self.cut.indent(container)}  "

    def put(self, item: Item) -> None:
        self.waiting.append(f"\n{self.indent}{item_xml(item, self.indent, self.new_page)}")

    def move_behind(self, node: Node | None) -> None:
        self.flush()
        self.behind = node or self.behind

    def flush(self) -> None:
        xml = "".join(self.waiting)
        self.waiting = []
        if xml and self.behind:
            self.cut.put_after(self.behind, xml)
        elif xml:
            self.cut.put_first(self.container, xml)


def _keys(found: Iterable[Found]) -> list[Key]:
    return [key_of(one.paragraph) for one in found]


def _notes(unit: Unit) -> list[Found]:
    return [aside for aside in unit.asides if not isinstance(aside.paragraph, Synopsis)]


def _with_ranges(data: bytes, places: list[tuple[int, int, int]]) -> bytes:
    """Move the notes that stay to the characters where their paragraphs are now."""
    document = read_fdx(data, file="")
    beside = {id(one.node): one.node for one in document.found if one.node and one.node is one.outer and range_of(one.node)}
    items = _below(grouped(one for one in document.found if id(one.node) not in beside))
    starts = {id(node): start for node, start in zip(*starts_of(document.content), strict=True)}
    cut = Splices(data=data)
    notes = sorted(beside.values(), key=lambda node: node.start)
    for note, (at, offset, length) in zip(notes, places, strict=False):
        unit = next(iter(units_of(items[at : at + 1])), None)
        outer = unit.main.outer if unit and unit.main else None
        if outer and id(outer) in starts:
            is_last = at == len(items) - 1
            first = starts[id(outer)] + (offset if is_last else min(offset, length_of(outer)))
            if (first, first + length) != range_of(note):
                cut.tag(note, {**note.attributes, "Range": f"{first},{first + length}"})
    return cut.applied()


def put_anew(document: Document, screenplay: Screenplay) -> bytes:
    """Return the bytes of a file with every paragraph written anew, and all that is not a paragraph or a note carried along."""
    merge = _Merge(document)
    new = grouped(Found(paragraph=paragraph) for paragraph in screenplay.paragraphs)
    for one in document.found:
        if one.node and one.node.name == "ScriptNote":
            merge.cut.remove(one.node)
    for node in document.content.all("Paragraph"):
        merge.cut.remove(node)
    merge.notes_above(Unit(main=None), _above(new))
    merge.items([], _below(new), document.content)
    put_beside(merge.cut, document.root, document.screenplay, screenplay)
    return merge.cut.applied()
