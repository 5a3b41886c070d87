"""The title page of an FDX file, where lines have a place and no keys, and of a screenplay, where they have keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cupola.script.elements import TitleEntry
from cupola.script.emphasis import plain
from cupola.script.fdx.runs import marked, runs_of, styled
from cupola.script.fdx.xml import block, leaf
from cupola.strangers import Node

_CREDIT = re.compile(
    r"(?:(?:an? )?(?:original )?(?:written|screenplay|story|teleplay|script|created|adapted|directed|revisions?)\b.*\bby|by|"
    r"автор(?:ы)?(?: сценария)?|сценарий|drehbuch(?: von)?|scénario(?: de)?|guion(?: de)?|sceneggiatura(?: di)?):?",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:based|adapted|inspired|from|по мотивам|nach|d'après|basado|tratto)\b.+", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))", re.IGNORECASE)
_DATE = re.compile(r"\bdraft\b|\brev(?:ised|ision|\.)|\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b", re.IGNORECASE)
_KEYED = re.compile(r"\*\*([^\W\d_][^*_\\:]{0,60}):\*\* ?(.*)")
_CENTRE = ("title", "credit", "author", "authors", "source")
_LONGEST_LINE = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    alignment: str
    text: str
    line: int = 0


@dataclass(kw_only=True, slots=True)
class _Entry:
    key: str
    lines: list[str]
    line: int


def read_fdx_title_page(root: Node) -> tuple[TitleEntry, ...]:
    """Return the title page of an FDX file with a key for each line, guessed from where the line stands and what it says."""
    content = root.first("TitlePage", "Content")
    return _entries(_rows(content.all("Paragraph"))) if content else ()


def _rows(paragraphs: Iterable[Node]) -> Iterator[_Row]:
    for paragraph in paragraphs:
        alignment = paragraph.attributes.get("Alignment", "Left")
        for line in marked(runs_of(list(paragraph.all("Text")))).split("\n"):
            left, _, right = line.partition("\t")
            yield _Row(alignment=alignment, text=left.strip(), line=paragraph.line)
            if right.strip():
                yield _Row(alignment="Right", text=right.strip(), line=paragraph.line)


def _entries(rows: Iterable[_Row]) -> tuple[TitleEntry, ...]:
    centre: list[_Entry] = []
    rest: list[_Entry] = []
    is_fresh = True
    for row in rows:
        if not row.text:
            is_fresh = True
            continue
        into, key, text = _place(row, centre, is_fresh=is_fresh), "", row.text
        if keyed := _KEYED.fullmatch(row.text):
            into, key, text = "", keyed.group(1), keyed.group(2).strip()
        entries = centre if into else rest
        key = key or into or _key_below(plain(row.text))
        if entries and entries[-1].key == key and (not is_fresh or not keyed):
            entries[-1].lines.append(text)
        else:
            entries.append(_Entry(key=key, lines=[text] if text else [], line=row.line))
        is_fresh = False
    return tuple(TitleEntry(key=one.key, lines=tuple(one.lines), line=one.line) for one in (*_named(centre), *rest))


def _place(row: _Row, centre: list[_Entry], *, is_fresh: bool) -> str:
    """The key of a line in the middle of the page; empty for one that stands elsewhere."""
    if row.alignment != "Center":
        return ""
    words, last = plain(row.text), centre[-1].key if centre else ""
    if not last:
        return "Title"
    if _CREDIT.fullmatch(words):
        return "Credit"
    if last == "Credit" or (last == "Author" and not is_fresh):
        return "Author"
    if _SOURCE.fullmatch(words) or last == "Source":
        return "Source"
    return "Title" if last == "Title" else "Notes"


def _key_below(words: str) -> str:
    """The key of a line at the foot of the page."""
    if _COPYRIGHT.match(words):
        return "Copyright"
    if len(words) > _LONGEST_LINE:
        return "Notes"
    return "Draft date" if _DATE.search(words) else "Contact"


def _named(entries: list[_Entry]) -> list[_Entry]:
    for entry in entries:
        if entry.key == "Author" and len(entry.lines) > 1:
            entry.key = "Authors"
    return entries


def title_page_xml(entries: tuple[TitleEntry, ...], indent: str) -> list[str]:
    """Lay a title page out as Final Draft's own: title in the middle, contact and dates at the foot.

    Where such a page would read otherwise, each line has its key before it, in bold.
    """
    wanted = [(entry.key, entry.lines) for entry in entries]
    for rows in (_laid_out(entries), _keyed(entries)):
        if [(one.key, one.lines) for one in _entries(rows)] == wanted:
            break
    return [_paragraph_xml(row, indent) for row in rows]


def _laid_out(entries: tuple[TitleEntry, ...]) -> list[_Row]:
    rows = [_Row(alignment="Left", text="")] * 18
    for entry in entries:
        is_centred = entry.key.casefold() in _CENTRE
        rows += [_Row(alignment="Center" if is_centred else "Left", text=line) for line in entry.lines]
        rows.append(_Row(alignment="Center" if is_centred else "Left", text=""))
    return rows


def _keyed(entries: tuple[TitleEntry, ...]) -> list[_Row]:
    rows: list[_Row] = []
    for entry in entries:
        rows += [_Row(alignment="Left", text=f"**{entry.key}:** {line}".rstrip()) for line in entry.lines or ("",)]
        rows.append(_Row(alignment="Left", text=""))
    return rows


def _paragraph_xml(row: _Row, indent: str) -> str:
    texts = [leaf("Text", {"Style": "+".join(sorted(run.styles))} if run.styles else {}, run.text) for run in styled(row.text)]
    return block("Paragraph", {"Alignment": row.alignment}, texts or ["<Text></Text>"], indent)
