"""The notes of an FDX file, inside its paragraphs and beside them, and the characters they are about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from cupola.script.elements import Boneyard, NoteText
from cupola.script.fdx.units import Found
from cupola.strangers import Node

BONEYARD = "Boneyard"


def note_of(node: Node) -> NoteText | Boneyard | None:
    lines = ("".join(text.text for text in paragraph.all("Text")) for paragraph in node.all("Paragraph"))
    text = "\n".join(line.strip() for part in lines for line in part.split("\n") if line.strip())
    kind = Boneyard if node.attributes.get("Name") == BONEYARD else NoteText
    return kind(text=text, line=node.line, end_line=node.end_line, column=node.column) if text else None


def length_of(node: Node) -> int:
    """Return how many characters Final Draft counts a paragraph for: UTF-16 units, and two for what stands inside it."""
    text = "".join(one.text for one in node.all("Text"))
    inside = sum(one.name in ("DualDialogue", "OmittedScene") for one in node.nodes)
    return len(text) + sum(sign > "\uffff" for sign in text) + 2 * inside


def starts_of(content: Node) -> tuple[list[Node], list[int]]:
    """Return the paragraphs of a script and the character at which each starts; a paragraph ends with one more."""
    paragraphs, starts, at = list(content.all("Paragraph")), [], 0
    for node in paragraphs:
        starts.append(at)
        at += length_of(node) + 1
    return paragraphs, starts


def range_of(note: Node) -> tuple[int, int] | None:
    """The characters a note is about, first and last; None where it does not say."""
    parts = note.attributes.get("Range", "").split(",")
    if len(parts) != 2 or not all(part.strip().isascii() and part.strip().isdigit() and len(part) <= 12 for part in parts):
        return None
    first, last = sorted(int(part) for part in parts)
    return first, last


def with_notes(root: Node, content: Node, found: Sequence[Found]) -> list[Found]:
    """Put the notes that stand beside the script behind the paragraphs they are about, those about none above the script."""
    groups = (root.first("UnanchoredScriptNotes"), root.first("ScriptNotes"))
    notes = [note for group in groups if group for note in group.all("ScriptNote")]
    if not notes:
        return list(found)
    paragraphs, starts = starts_of(content)
    above: list[Found] = []
    behind: dict[int, list[Found]] = {}
    for note in notes:
        text, place = note_of(note), range_of(note)
        if text and place and paragraphs:
            outer = paragraphs[bisect_right(starts, place[0]) - 1]
            behind.setdefault(id(outer), []).append(Found(paragraph=text, node=note, outer=note))
        elif text:
            above.append(Found(paragraph=text, node=note, outer=note))
    return [*above, *_put_behind(found, behind)]


def _put_behind(found: Sequence[Found], behind: dict[int, list[Found]]) -> Iterable[Found]:
    for at, one in enumerate(found):
        yield one
        following = found[at + 1].outer if at + 1 < len(found) else None
        if one.outer is not None and one.outer is not following:
            yield from behind.pop(id(one.outer), ())
    for rest in behind.values():
        yield from rest
