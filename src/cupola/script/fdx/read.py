"""An FDX file taken apart: its paragraphs with the elements they stand in, its tags, and what stands beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from cupola.errors import ScriptError
from cupola.script.elements import (
    Action,
    Boneyard,
    Centred,
    Cue,
    Dialogue,
    Heading,
    Lyric,
    NoteText,
    PageBreak,
    Paragraph,
    Parenthetical,
    Screenplay,
    Section,
    Synopsis,
    Transition,
)
from cupola.script.fdx.beside import cast_list, revision_sets
from cupola.script.fdx.headings import is_card, said_of
from cupola.script.fdx.look import number_of, runs_in, settings_of, type_of
from cupola.script.fdx.notes import note_of, with_notes
from cupola.script.fdx.runs import marked
from cupola.script.fdx.tags import Tagged, TagTable, read_tag_table, tags_of
from cupola.script.fdx.title import read_fdx_title_page
from cupola.script.fdx.units import Found
from cupola.script.fdx.xml import LONGEST_FILE
from cupola.script.fountain import parse_cue
from cupola.script.headings import is_heading
from cupola.strangers import Node, read_xml

SAID_TYPES = frozenset({"parenthetical", "dialogue", "lyrics", "lyric", "singing"})

_OUTLINES = {f"outline {level}": level for level in range(1, 7)}
_SYNOPSES = frozenset({"summary", "outline body"})
_CENTRED_TYPES = frozenset({"new act", "end of act"})
_FOUNTAIN_SIGNS = tuple("=#!.@~>")


class _Span(TypedDict):
    line: int
    end_line: int
    column: int
    revision: int


@dataclass(kw_only=True, slots=True)
class Document:
    """An FDX file: the elements it is made of, the paragraphs found in them, and the screenplay they make."""

    data: bytes
    root: Node
    content: Node
    found: list[Found]
    tagged: list[Tagged]
    table: TagTable
    screenplay: Screenplay


def read_fdx(data: bytes, *, file: str) -> Document:
    """Take an FDX file apart; raises ScriptError for what is no such file, is larger than 64 MB, or was made to do harm."""
    if len(data) > LONGEST_FILE:
        remedy = "Is this the right file? Pictures inside can be taken out in Final Draft."
        raise ScriptError("an FDX file has at most 64 MB", value=f"{len(data):,} bytes", remedy=remedy, file=file)
    root = read_xml(data, file=file, error=ScriptError)
    content = root.first("Content")
    if root.name != "FinalDraft" or not content:
        rule, remedy = (
            "an FDX file is <FinalDraft> with a <Content>",
            "Save the script in Final Draft as FDX, and try that file.",
        )
        raise ScriptError(rule, value=f"<{root.name}>", remedy=remedy, file=file, line=root.line)
    reader = _Reader(root)
    found = reader.found_in(content)
    table = read_tag_table(root)
    screenplay = Screenplay(
        file=file,
        title_page=read_fdx_title_page(root),
        paragraphs=tuple(one.paragraph for one in found),
        tags=tags_of(reader.tagged, table),
        revisions=revision_sets(root),
        cast_list=cast_list(root),
        pages_locked=root.first("LockedPages", "LockedPage") is not None,
    )
    return Document(
        data=data, root=root, content=content, found=found, tagged=reader.tagged, table=table, screenplay=screenplay
    )


class _Reader:
    """Reads paragraph after paragraph; `scene` counts headings."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.settings = settings_of(root)
        self.found: list[Found] = []
        self.tagged: list[Tagged] = []
        self.scene = 0

    def found_in(self, content: Node) -> list[Found]:
        for node in content.nodes:
            if node.name == "Paragraph":
                self.read(node, node)
            elif node.name == "ScriptNote":
                self.put(note_of(node), node, node)
        return with_notes(self.root, content, self.found)

    def put(self, paragraph: Paragraph | None, node: Node | None, outer: Node) -> None:
        if paragraph:
            self.found.append(Found(paragraph=paragraph, node=node, outer=outer))

    def read(self, node: Node, outer: Node, *, dual: bool = False) -> None:
        """Read a paragraph and what stands inside it; `dual` for a speech that stands beside the one before."""
        if self.begins_page(node) and self.found:
            self.put(PageBreak(line=node.line, end_line=node.line, column=node.column), None, outer)
        side_by_side = list(node.all("DualDialogue"))
        for group in side_by_side:
            cues = 0
            for inner in group.all("Paragraph"):
                self.read(inner, outer, dual=cues > 0)
                cues += type_of(inner) == "character"
        if not side_by_side or "".join(text.text for text in node.all("Text")).strip():
            self.read_one(node, outer, dual=dual)
        for note in node.all("ScriptNote"):
            self.put(note_of(note), note, outer)

    def begins_page(self, node: Node) -> bool:
        said = node.attributes.get("StartsNewPage")
        return said == "Yes" if said else type_of(node) in self.settings.new_page

    def read_one(self, node: Node, outer: Node, *, dual: bool) -> None:
        kind = type_of(node)
        text = self.text_of(node)
        is_scene = kind == "scene heading" and bool(text.strip() or node.attributes.get("Number") or node.first("OmittedScene"))
        if is_scene:
            self.scene += 1
        self.note_tags(node)
        if is_scene:
            self.read_heading(node, outer, " ".join(text.split()))
        else:
            self.put(self.paragraph_of(node, kind, text, dual=dual), node, outer)

    def text_of(self, node: Node) -> str:
        return marked(runs_in(node, capitals=type_of(node) in self.settings.capitals))

    def note_tags(self, node: Node) -> None:
        for text in node.all("Text"):
            for number in text.attributes.get("TagNumber", "").replace(",", " ").split():
                self.tagged.append(Tagged(scene=self.scene, text=text, number=number))

    def span(self, node: Node) -> _Span:
        revisions = [number_of(text.attributes.get("RevisionID", "")) for text in node.all("Text") if text.content]
        return {"line": node.line, "end_line": node.end_line, "column": node.column, "revision": max(revisions, default=0)}

    def read_heading(self, node: Node, outer: Node, text: str) -> None:
        span = self.span(node)
        number = node.attributes.get("Number", "").strip()
        eighths, page, present, synopses = said_of(node)
        cut, omitted = node.first("OmittedScene"), is_card(text)
        rest = ""
        if cut:
            inner = next((one for one in cut.all("Paragraph") if type_of(one) == "scene heading"), None)
            rest = self.cut_text(cut, inner)
            if inner and (within := " ".join(self.text_of(inner).split())):
                text = within
                said = said_of(inner)
                eighths, page, present, synopses = (
                    eighths or said[0],
                    page or said[1],
                    present or said[2],
                    synopses or said[3],
                )
                number = number or inner.attributes.get("Number", "").strip()
        heading = Heading(
            text=text,
            number=number,
            forced=not is_heading(text),
            eighths=eighths,
            page=page,
            present=present,
            omitted=omitted or cut is not None,
            **span,
        )
        self.put(heading, node, outer)
        place = {"line": node.line, "end_line": node.end_line, "column": node.column}
        for synopsis in synopses:
            self.put(Synopsis(text=synopsis, **place), None, outer)
        if rest:
            self.put(Boneyard(text=rest, **place), cut, outer)

    def cut_text(self, cut: Node, heading: Node | None) -> str:
        """The text of a scene that was cut, below its heading; its tags count in the scene."""
        pieces: list[str] = []
        in_speech = False
        for node in cut.all("Paragraph"):
            self.note_tags(node)
            text = "".join(one.text for one in node.all("Text"))
            if node is heading or not text:
                continue
            is_said = type_of(node) in SAID_TYPES
            pieces += ["\n" if in_speech and is_said else "\n\n", text]
            in_speech = is_said or type_of(node) == "character"
        return "".join(pieces[1:])

    def paragraph_of(self, node: Node, kind: str, text: str, *, dual: bool) -> Paragraph | None:
        span = self.span(node)
        tidy, line = text.strip(), " ".join(text.split())
        if kind == "character" and (cue := parse_cue(f"@{line}")):
            name, extensions, _ = cue
            forced = not parse_cue(line) or is_heading(line) or line.startswith(_FOUNTAIN_SIGNS)
            return Cue(name=name, extensions=extensions, dual=dual, forced=forced, **span)
        if kind == "parenthetical" and line:
            return Parenthetical(text=tidy if tidy.startswith("(") else f"({tidy})", **span)
        if kind == "dialogue":
            return Dialogue(text=tidy, **span)
        if kind in SAID_TYPES and kind != "parenthetical":
            return Lyric(text=tidy, **span)
        if kind == "transition" and line:
            return Transition(text=line, forced=not (line.isupper() and line.endswith("TO:")), **span)
        if kind == "note" or kind in _SYNOPSES or kind in _OUTLINES:
            return self.outline(node, kind, span)
        return self.action(node, kind, text, span)

    def outline(self, node: Node, kind: str, span: _Span) -> Paragraph | None:
        """What is not printed, and so has no marks of emphasis; None where it is empty."""
        text = "".join(one.text for one in node.all("Text")).strip()
        if not text:
            return None
        if kind == "note":
            return NoteText(text=text, **span)
        line = " ".join(text.split())
        return Synopsis(text=line, **span) if kind in _SYNOPSES else Section(text=line, level=_OUTLINES[kind], **span)

    def action(self, node: Node, kind: str, text: str, span: _Span) -> Paragraph:
        """What is none of the above; a known type that is empty becomes an empty line of action."""
        said = (
            ""
            if kind in ("action", "character", "transition", "parenthetical", "scene heading")
            else node.attributes.get("Type", "")
        )
        if text.strip() and (node.attributes.get("Alignment") == "Center" or kind in _CENTRED_TYPES):
            return Centred(text="\n".join(line.strip() for line in text.strip().split("\n")), kind=said, **span)
        return Action(text=text.rstrip(), kind=said, **span)
