"""What a reader of a script should know though it is no error: lines that look like something they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cupola.model.script import Note
from cupola.script.elements import Action, Cue, Dialogue, NoteText, Paragraph
from cupola.script.headings import is_heading
from cupola.script.notes import key_of, nearly_a_key

_OPENINGS = frozenset({"FADE IN", "ИЗ ЗТМ"})


def told_of_head(head: list[Paragraph]) -> Iterator[Note]:
    """Tell of text and breakdown notes above the first heading: they are in no scene."""
    for one in head:
        if isinstance(one, NoteText) and key_of(one):
            text = f"[[{one.text[:60]}]] stands above the first scene heading and is in no scene; put it below a heading"
            yield Note(line=one.line, text=text)
    text_lines = [one.line for one in head if isinstance(one, Cue) or (isinstance(one, Action) and not _is_opening(one))]
    if text_lines:
        text = "what stands above the first scene heading is in no scene; give it a heading of its own if it is shot"
        yield Note(line=text_lines[0], text=text)


def told_of_text(paragraphs: Iterable[Paragraph]) -> Iterator[Note]:
    """Tell of headings that are none, of marks that never close, and of notes whose first word is misspelt."""
    for one in paragraphs:
        if isinstance(one, NoteText):
            meant = nearly_a_key(one)
            if meant:
                yield Note(line=one.line, text=f"[[{one.text[:60]}]] is read as an ordinary note; did you mean {meant}:?")
        elif isinstance(one, Action | Dialogue):
            yield from _told_of_lines(one.text.split("\n"), one.line)


def _told_of_lines(lines: list[str], first: int) -> Iterator[Note]:
    for number, line in enumerate(lines, first):
        bare = line.strip()
        if bare[:3].isupper() and is_heading(bare):
            text = f"{bare[:60]} is no scene: a heading needs a blank line above and below"
            yield Note(line=number, text=text)
        for opening, closing in (("[[", "]]"), ("/*", "*/")):
            if opening in bare and closing not in bare:
                yield Note(line=number, text=f"{opening} never closes, so it is read as text; write {closing} behind it")


def _is_opening(action: Action) -> bool:
    return action.text.strip("* .:_").upper() in _OPENINGS
