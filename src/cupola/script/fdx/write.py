"""Paragraphs of a screenplay written as Final Draft writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cupola.script.elements import (
    Action,
    Boneyard,
    Centred,
    Cue,
    Dialogue,
    Heading,
    Lyric,
    NoteText,
    Paragraph,
    Parenthetical,
    Section,
    Synopsis,
    Transition,
)
from cupola.script.fdx.headings import CARD, is_card, properties_xml
from cupola.script.fdx.notes import BONEYARD
from cupola.script.fdx.runs import Run, styled
from cupola.script.fdx.units import Item, Unit
from cupola.script.fdx.xml import block, leaf

_TYPES: dict[type[Paragraph], str] = {
    Heading: "Scene Heading",
    Action: "Action",
    Centred: "Action",
    Cue: "Character",
    Dialogue: "Dialogue",
    Parenthetical: "Parenthetical",
    Lyric: "Lyrics",
    Transition: "Transition",
    Synopsis: "Summary",
}
_OWN_CENTRE = frozenset({"new act", "end of act"})


def type_for(paragraph: Paragraph) -> str:
    """Return what Final Draft calls a paragraph."""
    if isinstance(paragraph, Section):
        return f"Outline {paragraph.level}"
    return getattr(paragraph, "kind", "") or _TYPES[type(paragraph)]


def text_for(paragraph: Paragraph) -> str:
    """Return the text of a paragraph with its marks, as it stands in the script; that of a cue with its extensions."""
    if isinstance(paragraph, Cue):
        return " ".join([paragraph.name, *(f"({extension})" for extension in paragraph.extensions)])
    return str(getattr(paragraph, "text", ""))


def runs_for(paragraph: Paragraph) -> list[Run]:
    """Return the text of a paragraph as runs; what is not emphasis (sections, synopses) in no style."""
    text = text_for(paragraph)
    return [Run(text=text)] if isinstance(paragraph, Section | Synopsis) else styled(text)


def attributes_for(paragraph: Paragraph, *, breaks: bool, new_page: Collection[str] = ()) -> dict[str, str]:
    """Return the attributes of a paragraph, in the order of the alphabet; types of `new_page` begin one unless they say no."""
    kind = type_for(paragraph)
    found: dict[str, str] = {}
    if isinstance(paragraph, Centred) and kind.casefold() not in _OWN_CENTRE:
        found["Alignment"] = "Center"
    if isinstance(paragraph, Heading) and paragraph.number:
        found["Number"] = paragraph.number
    if breaks or kind.casefold() in new_page:
        found["StartsNewPage"] = "Yes" if breaks else "No"
    return {**found, "Type": kind}


def run_xml(run: Run, revision: int) -> str:
    attributes = {"RevisionID": str(revision)} if revision and run.text else {}
    if run.styles:
        attributes["Style"] = "+".join(sorted(run.styles))
    return leaf("Text", attributes, run.text)


def item_xml(item: Item, indent: str, new_page: Collection[str] = ()) -> str:
    """Write a unit, or speeches side by side."""
    if isinstance(item, Unit):
        return unit_xml(item, indent, new_page)
    inner = f"{indent}    "
    return block(
        "Paragraph", {}, [block("DualDialogue", {}, [unit_xml(one, inner) for one in item.units], f"{indent}  ")], indent
    )


def unit_xml(unit: Unit, indent: str, new_page: Collection[str] = ()) -> str:
    """Write a paragraph with what Final Draft keeps inside it."""
    assert unit.main is not None, "notes above a script stand in no paragraph"
    paragraph, asides = unit.main.paragraph, [aside.paragraph for aside in unit.asides]
    inner = f"{indent}  "
    notes = [note_xml(aside, inner) for aside in asides if isinstance(aside, NoteText | Boneyard)]
    attributes = attributes_for(paragraph, breaks=unit.breaks, new_page=new_page)
    if isinstance(paragraph, Heading):
        return _heading_xml(paragraph, asides, attributes, indent)
    texts = [run_xml(run, paragraph.revision) for run in runs_for(paragraph)] or ["<Text></Text>"]
    return block("Paragraph", attributes, [*notes, *texts], indent)


def _heading_xml(heading: Heading, asides: list[Paragraph], attributes: dict[str, str], indent: str) -> str:
    inner = f"{indent}  "
    synopses = [aside.text for aside in asides if isinstance(aside, Synopsis)]
    properties = properties_xml(heading, synopses, inner)
    texts = [run_xml(run, heading.revision) for run in runs_for(heading)]
    notes: Iterable[Paragraph] = (aside for aside in asides if isinstance(aside, NoteText | Boneyard))
    cut: list[str] = []
    if heading.omitted:
        notes, body = _cut_body(list(notes))
        if body or not is_card(heading.text):
            properties = properties_xml(heading, synopses, f"{inner}    ")
            own = [properties, *texts] if properties else texts
            scene = [block("Paragraph", {"Type": "Scene Heading"}, own, f"{inner}  "), *body_xml(body, f"{inner}  ")]
            cut, properties = [block("OmittedScene", {}, scene, inner)], ""
            texts = [run_xml(Run(text=CARD), heading.revision)]
    children = [properties, *(note_xml(note, inner) for note in notes), *texts, *cut]
    return block("Paragraph", attributes, [child for child in children if child], indent)


def _cut_body(notes: list[Paragraph]) -> tuple[list[Paragraph], str]:
    """The first boneyard of a scene that was cut is its text."""
    body = next((note for note in notes if isinstance(note, Boneyard)), None)
    return [note for note in notes if note is not body], body.text if body else ""


def body_xml(text: str, indent: str) -> list[str]:
    """Write the text of a scene that was cut, a paragraph for each part between empty lines."""
    parts = text.split("\n\n") if text else []
    return [block("Paragraph", {"Type": "Action"}, [leaf("Text", {}, part)], indent) for part in parts]


def note_xml(note: Paragraph, indent: str) -> str:
    """Write a note; a boneyard is a note of that name, for Final Draft has none."""
    attributes = {"Name": BONEYARD} if isinstance(note, Boneyard) else {"Name": ""}
    return block("ScriptNote", attributes, note_lines(note, f"{indent}  "), indent)


def note_lines(note: Paragraph, indent: str) -> list[str]:
    lines = text_for(note).split("\n")
    return [block("Paragraph", {}, [leaf("Text", {}, line)], indent) for line in lines]
