"""What Fountain can say of a screenplay: for one that was read from Fountain, all of it.

Other files say more. Lengths, pages, tags, revisions and the names of Final Draft's own paragraphs are left out; notes inside a
speech go behind it; dialogue that nobody speaks becomes action. `docs/reference/fountain.md` lists the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cupola.script.asides import TAB
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
    TitleEntry,
    Transition,
)
from cupola.script.headings import is_heading
from cupola.script.marks import is_forced_heading, parse_cue
from cupola.script.title_page import starts_title_page
from cupola.script.words import WORDS, Words

_Said = Dialogue | Parenthetical | Lyric
_SAID = (Dialogue, Parenthetical, Lyric)
_ASIDES = (NoteText, Boneyard)


def as_fountain(screenplay: Screenplay, *, words: Words = WORDS) -> Screenplay:
    """Return a screenplay with nothing in it that Fountain cannot say; one that was read from Fountain comes back equal."""
    return Screenplay(
        file=screenplay.file,
        title_page=_title_page(screenplay.title_page, words),
        paragraphs=tuple(_Saying(words).paragraphs(screenplay.paragraphs)),
        line_break=screenplay.line_break,
    )


def _title_page(entries: Sequence[TitleEntry], words: Words) -> tuple[TitleEntry, ...]:
    said: list[TitleEntry] = []
    for entry in entries:
        lines = tuple(bare for line in entry.lines for bare in _lines(line) if bare)
        key = _one_line(entry.key).replace(":", " ").strip() or "Note"
        starts = starts_title_page(f"{key}: x", "", words) if not said else not is_heading(key + ":", words)
        said.append(replace(entry, key=key if starts else f"Note {key}", lines=lines))
    return () if len(said) == 1 and not said[0].lines else tuple(said)


class _Saying:
    """Goes through the paragraphs once; a speech is held until it ends."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.said: list[Paragraph] = []
        self.speech: list[_Said] | None = None
        self.behind: list[Paragraph] = []
        self.follows_speech = False

    def paragraphs(self, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        for paragraph in paragraphs:
            self.put(paragraph if not paragraph.revision else replace(paragraph, revision=0))
        self.end_speech()
        return self.said

    def put(self, one: Paragraph) -> None:
        if isinstance(one, _ASIDES):
            (self.said if self.speech is None else self.behind).append(_aside(one))
        elif isinstance(one, Cue):
            self.end_speech()
            self.put_cue(one)
        elif isinstance(one, _SAID) and self.speech is not None and not (isinstance(one, Lyric) and one.above > 0):
            self.speech.append(one)
        else:
            self.end_speech()
            self.put_plain(one)

    def put_cue(self, cue: Cue) -> None:
        caret = " ^" if cue.dual else ""
        text = _one_line(cue.name) + "".join(f" ({_one_line(each)})" for each in cue.extensions) + caret
        found = parse_cue("@" + text)
        if found:
            name, extensions, has_caret = found
            self.said.append(replace(cue, name=name, extensions=extensions, dual=has_caret and self.follows_speech))
            self.speech = []

    def end_speech(self) -> None:
        if self.speech is None:
            return
        self.said += _tidy_speech(self.speech)
        self.said += self.behind
        self.speech, self.behind, self.follows_speech = None, [], True

    def put_plain(self, one: Paragraph) -> None:
        said = self.plain(one)
        if said:
            self.said.append(said)
            if not isinstance(said, Section | Synopsis):
                self.follows_speech = isinstance(said, Lyric)

    def plain(self, one: Paragraph) -> Paragraph | None:
        """A paragraph outside a speech; None where nothing is left of it."""
        match one:
            case Heading():
                return self.heading(one)
            case Action():
                return replace(one, text=_kept(one.text), kind="")
            case Dialogue() | Parenthetical():
                return Action(line=one.line, end_line=one.end_line, column=one.column, text=_kept(one.text))
            case Lyric():
                return replace(one, text="\n".join(_lines(one.text)), above=max(1, one.above))
            case Centred():
                return replace(one, text="\n".join(_lines(one.text)), kind="")
            case Transition():
                text = _one_line(one.text).rstrip("< ")
                return replace(one, text=text) if text else None
            case Section():
                text = _one_line(one.text)
                return replace(one, text=text, level=min(6, max(1, one.level))) if text else None
            case Synopsis():
                return replace(one, text=_one_line(one.text))
            case _:
                return PageBreak(line=one.line, end_line=one.end_line, column=one.column, above=one.above)

    def heading(self, one: Heading) -> Heading:
        text = _one_line(one.text)
        if one.omitted:
            text = "OMITTED"
        forced = one.forced or not is_heading(text + " ", self.words)
        if forced and not is_forced_heading("." + text):
            text = text[next((at for at, sign in enumerate(text) if sign.isalnum()), len(text)) :] or "SCENE"
        number = "".join(sign if sign.isalnum() or sign in "-." else "-" for sign in "".join(one.number.split()))
        return replace(one, text=text, number=number, forced=forced, eighths=None, page="", present=(), omitted=False)


def _tidy_speech(speech: Sequence[_Said]) -> list[_Said]:
    """What is said, as lines under a cue: neighbours of a kind are one, and nothing is blank at the end."""
    said: list[_Said] = []
    for one in speech:
        text = "\n".join(_lines(one.text))
        if isinstance(one, Parenthetical) and not text:
            continue
        if said and type(said[-1]) is type(one) and not isinstance(one, Parenthetical):
            text = f"{said.pop().text}\n{text}"
        said.append(replace(one, text=text, above=0))
    while said and isinstance(said[-1], Dialogue) and not said[-1].text.rstrip("\n"):
        said.pop()
    if said and isinstance(said[-1], Dialogue):
        said[-1] = replace(said[-1], text=said[-1].text.rstrip("\n"))
    return _closed(said)


def _closed(said: Sequence[_Said]) -> list[_Said]:
    """Give parentheticals the parentheses that they need to end where they do; one that nothing below closes may stay open."""
    closed: list[_Said] = []
    is_closed_below = False
    for one in reversed(said):
        lines = one.text.split("\n")
        if isinstance(one, Parenthetical):
            lines[0] = lines[0] if lines[0].startswith("(") else f"({lines[0]}"
            if not lines[-1].endswith(")") and (len(lines) > 1 or is_closed_below):
                lines[-1] += ")"
            closes_early = any(line.endswith(")") for line in lines[:-1])
            one = replace(one, text=(" " if closes_early else "\n").join(lines))  # noqa: PLW2901
        closed.append(one)
        is_closed_below = is_closed_below or any(line.endswith(")") for line in lines)
    return closed[::-1]


def _aside(one: Paragraph) -> Paragraph:
    if isinstance(one, NoteText):
        text = _clean(one.text).strip()
        while "]]" in text:
            text = text.replace("]]", "] ]")
        return replace(one, text=text.replace("\n\n", "\n  \n").replace("\n\n", "\n  \n"))
    assert isinstance(one, Boneyard)
    return replace(one, text=_clean(one.text, tab="\t").replace("*/", "* /"))


def _clean(text: str, tab: str = TAB) -> str:
    """Line feeds alone, and no byte-order mark."""
    return text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", tab)


def _kept(text: str) -> str:
    return "\n".join([line.rstrip() for line in _clean(text).split("\n")])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _clean(text).split("\n")]


def _one_line(text: str) -> str:
    return " ".join(_lines(text)).strip() if "\n" in text or "\r" in text else _clean(text).strip()
