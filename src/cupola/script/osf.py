"""Fade In's `.fadein` (a zip with one document) and the Open Screenplay Format inside it → a screenplay.

Names of elements and attributes are those of a file saved by Fade In 5 and of version 1.2 of the format. No sample at hand has
scene numbers, dual dialogue or marks of revision: they are read under each name that is likely, and are the part to doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from cupola.errors import ScriptError
from cupola.script.elements import (
    Action,
    Centred,
    Cue,
    Dialogue,
    Heading,
    Lyric,
    NoteText,
    Paragraph,
    Parenthetical,
    RevisionSet,
    Screenplay,
    Synopsis,
    TitleEntry,
    Transition,
)
from cupola.script.fdx.runs import Run, Styles, marked
from cupola.script.fountain import parse_cue
from cupola.script.headings import is_heading, split_number
from cupola.strangers import Node, read_member, read_xml

KIND = "a Fade In file"
_STYLES = {"bold": "Bold", "italic": "Italic", "underline": "Underline"}
_NUMBERS = ("number", "scene_number", "scenenumber")
_DUAL = ("dual_dialogue", "dualdialogue", "dual")
_TITLE_KEYS = {"title": "Title", "written_by": "Author", "drafts": "Draft date", "copyright": "Copyright", "contact": "Contact"}


def parse_fadein(data: bytes, *, file: str = "") -> Screenplay:
    """Read a screenplay saved by Fade In; raises ScriptError for what is no such archive, is damaged, or would burst."""
    whole = read_member(data, lambda name: name.endswith((".xml", ".osf")), file=file, error=ScriptError, kind=KIND)
    return parse_osf(whole, file=file)


def parse_osf(data: bytes, *, file: str = "") -> Screenplay:
    """Read a screenplay in the Open Screenplay Format 1.2 or 2; raises ScriptError where it is none."""
    root = read_xml(data, file=file, error=ScriptError)
    body = root.first("paragraphs")
    if root.name != "document" or body is None:
        remedy = "export the script as Fountain or FDX"
        rule = "an Open Screenplay file is a <document> with <paragraphs>"
        raise ScriptError(rule, value=f"<{root.name}>", remedy=remedy, file=file, line=root.line)
    settings = root.first("settings")
    return Screenplay(
        file=file,
        title_page=tuple(_title_page(root)),
        paragraphs=tuple(_paragraphs(body)),
        revisions=tuple(_revisions(root)),
        cast_list=tuple(_names(root.first("lists", "characters"))),
        pages_locked=bool(settings and settings.attributes.get("pages_locked") == "true"),
    )


def _title_page(root: Node) -> Iterator[TitleEntry]:
    info = root.first("info")
    known = info.attributes if info else {}
    found = [(key, known[name]) for name, key in _TITLE_KEYS.items() if known.get(name, "").strip()]
    if info and found:
        yield from (TitleEntry(key=key, lines=(" ".join(value.split()),), line=info.line) for key, value in found)
        return
    page = root.first("titlepage")
    lines = [(para.line, text) for para in page.all("para") if (text := _text(para).strip())] if page else []
    for key, (line, text) in zip(("Title", "Credit", "Author"), lines, strict=False):
        yield TitleEntry(key=key, lines=(text,), line=line)
    if len(lines) > 3:
        yield TitleEntry(key="Contact", lines=tuple(text for _, text in lines[3:]), line=lines[3][0])


def _revisions(root: Node) -> Iterator[RevisionSet]:
    settings = root.first("settings")
    reached = _whole(settings.attributes.get("document_revision", "")) if settings else 0
    colours = root.first("lists", "revision_colors")
    for node in colours.all("revision_color") if colours else ():
        number = _whole(node.attributes.get("index", ""))
        if 0 < number <= reached:
            name = node.attributes.get("name", "")
            yield RevisionSet(number=number, name=name, colour=node.attributes.get("color_name", name))


def _names(node: Node | None) -> Iterator[str]:
    return (name for one in node.nodes if (name := one.attributes.get("name", "").strip())) if node else iter(())


def _paragraphs(body: Node) -> Iterator[Paragraph]:
    for para in body.all("para"):
        text = _text(para)
        if text.strip():
            yield _paragraph(para, text)
        for note in para.within():
            if note.name == "note" and note.text.strip():
                yield NoteText(text=note.text.strip(), line=note.line, end_line=note.end_line, column=note.column)


def _paragraph(para: Node, text: str) -> Paragraph:
    style = _style(para)
    line, column = para.line, para.column
    end_line, revision = para.end_line, _revision(para)
    bare = text.strip()
    match style:
        case "Scene Heading":
            return _heading(para, bare, revision)
        case "Character":
            name, extensions, dual = parse_cue("@" + bare) or (bare, (), False)
            dual = dual or _is_on(para, _DUAL)
            return Cue(
                name=name, extensions=extensions, dual=dual, line=line, end_line=end_line, column=column, revision=revision
            )
        case "Dialogue":
            return Dialogue(text=bare, line=line, end_line=end_line, column=column, revision=revision)
        case "Parenthetical":
            inside = bare if bare.startswith("(") else f"({bare})"
            return Parenthetical(text=inside, line=line, end_line=end_line, column=column, revision=revision)
        case "Transition":
            forced = not bare.endswith("TO:")
            return Transition(text=bare, forced=forced, line=line, end_line=end_line, column=column, revision=revision)
        case "Singing" | "Lyrics" | "Lyric":
            return Lyric(text=bare, line=line, end_line=end_line, column=column, revision=revision)
        case "Synopsis":
            return Synopsis(text=" ".join(bare.split()), line=line, end_line=end_line, column=column, revision=revision)
        case "Centered" | "Centred":
            return Centred(text=bare, line=line, end_line=end_line, column=column, revision=revision)
    kind = "" if style in {"", "Action", "Normal Text"} else style
    return Action(text=text.rstrip(), kind=kind, line=line, end_line=end_line, column=column, revision=revision)


def _heading(para: Node, text: str, revision: int) -> Heading:
    bare, number = split_number(text)
    said = next((value for node in _own(para) for key in _NUMBERS if (value := node.attributes.get(key, "").strip())), "")
    return Heading(
        text=bare,
        number=said or number,
        forced=not is_heading(bare),
        page=para.attributes.get("page_number", ""),
        omitted=_is_on(para, ("omitted",)) or bare.upper().strip(" .") == "OMITTED",
        line=para.line,
        end_line=para.end_line,
        column=para.column,
        revision=revision,
    )


def _style(para: Node) -> str:
    style = para.first("style")
    return (style.attributes.get("basestyle") or style.attributes.get("basestylename", "")) if style else ""


def _own(para: Node) -> Iterator[Node]:
    yield para
    yield from para.all("style")


def _is_on(para: Node, names: tuple[str, ...]) -> bool:
    return any(node.attributes.get(name, "").lower() in {"1", "true", "2", "right"} for node in _own(para) for name in names)


def _revision(para: Node) -> int:
    return max((_whole(node.attributes.get("revision", "")) for node in para.within()), default=0)


def _text(para: Node) -> str:
    runs = [Run(text=_cased(node), styles=_styles(node)) for node in para.all("text")]
    return marked(runs)


def _cased(node: Node) -> str:
    text = node.text.replace("\r\n", "\n").replace("\r", "\n")
    return text.upper() if node.attributes.get("allcaps") == "1" else text


def _styles(node: Node) -> Styles:
    return frozenset(style for name, style in _STYLES.items() if node.attributes.get(name) in {"1", "true"})


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
