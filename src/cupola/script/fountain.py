"""Fountain 1.1 text → a screenplay with source lines (https://fountain.io/syntax).

Every text is a screenplay: what fits no rule is action. The reader looks at each line a fixed number of times.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import TypedDict

from cupola.errors import ScriptError
from cupola.script.asides import Sheet, cut_asides
from cupola.script.elements import (
    Action,
    Centred,
    Cue,
    Dialogue,
    Heading,
    Lyric,
    PageBreak,
    Paragraph,
    Parenthetical,
    Screenplay,
    Section,
    Synopsis,
    Transition,
)
from cupola.script.headings import is_heading, split_number
from cupola.script.title_page import read_title_page

LONGEST_TEXT = 64 * 2**20

_SPEECH = (Dialogue, Parenthetical, Lyric)
_PRINTED = (Action, Heading, Transition, Centred, PageBreak, *_SPEECH)
_FREES_NEXT_LINE = (Heading, PageBreak, Section, Synopsis)
_Found = tuple[list[Paragraph], int]
"""The paragraphs that start at a line, and the index of the first line behind them."""


class _Span(TypedDict):
    line: int
    end_line: int


def parse_fountain(text: str, *, file: str = "") -> Screenplay:
    """Read a screenplay in Fountain 1.1; lines may end in CRLF, CR or LF, tabs are four spaces, a byte-order mark is dropped.

    Raises ScriptError for a text of more than 64 MB; any other text is a screenplay, if only of action.
    """
    if len(text) > LONGEST_TEXT:
        remedy = "Split the file, or take out what is no screenplay."
        raise ScriptError("a screenplay has at most 64 MB", value=f"{len(text)} characters", remedy=remedy, file=file)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    sheet = cut_asides(text)
    title_page, start = read_title_page(sheet)
    return Screenplay(file=file, title_page=title_page, paragraphs=tuple(_Body(sheet).paragraphs_from(start)))


class _Body:
    """The lines of a screenplay below its title page, read from top to bottom."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.lines = sheet.lines
        self.bare = [line.strip() for line in sheet.lines]
        self.numbers = sheet.numbers
        self.found: list[Paragraph] = []
        self.is_fresh = True
        self.readers: dict[str, Callable[[int], _Found | None]] = {
            "=": self.read_equals,
            "#": self.read_section,
            "!": self.read_action,
            ".": self.read_forced_heading,
            "@": self.read_speech,
            "~": self.read_lyric,
            ">": self.read_angle,
        }

    def paragraphs_from(self, start: int) -> list[Paragraph]:
        self.found.extend(chain.from_iterable(self.sheet.asides.get(index, ()) for index in range(-1, start)))
        at = start
        while at < len(self.bare):
            if self.bare[at]:
                paragraphs, end = self.read_paragraph(at)
                self.is_fresh = isinstance(paragraphs[-1], _FREES_NEXT_LINE)
                self.found.extend(paragraphs)
            else:
                end, self.is_fresh = at + 1, True
            if self.sheet.asides:
                self.found.extend(chain.from_iterable(self.sheet.asides.get(index, ()) for index in range(at, end)))
            at = end
        return self.found

    def read_paragraph(self, at: int) -> _Found:
        """Read what starts at a line that is not blank; the line above it is where `is_fresh`."""
        bare = self.bare[at]
        reader = self.readers.get(bare[0])
        found = reader(at) if reader else None
        if not found and self.is_fresh:
            found = self.read_heading(at) or self.read_transition(at) or self.read_speech(at)
        return found or self.read_action(at)

    def span(self, at: int, end: int) -> _Span:
        return {"line": self.numbers[at], "end_line": self.numbers[end - 1]}

    def is_blank(self, at: int) -> bool:
        return at >= len(self.bare) or not self.bare[at]

    def read_equals(self, at: int) -> _Found:
        bare = self.bare[at]
        if len(bare) >= 3 and not bare.strip("="):
            return [PageBreak(**self.span(at, at + 1))], at + 1
        return [Synopsis(text=bare[1:].strip(), **self.span(at, at + 1))], at + 1

    def read_section(self, at: int) -> _Found | None:
        bare = self.bare[at]
        text = bare.lstrip("#")
        level = len(bare) - len(text)
        if level > 6 or not text or not (self.is_fresh or text[0] == " "):
            return None
        return [Section(text=text.strip(), level=level, **self.span(at, at + 1))], at + 1

    def read_heading(self, at: int) -> _Found | None:
        if not is_heading(self.bare[at]) or not self.is_closed(at + 1):
            return None
        return self.heading(at, self.bare[at], forced=False)

    def read_forced_heading(self, at: int) -> _Found | None:
        bare = self.bare[at]
        if not self.is_fresh or not bare[1:2].isalnum():
            return None
        return self.heading(at, bare[1:], forced=True)

    def heading(self, at: int, bare: str, *, forced: bool) -> _Found:
        text, number = split_number(bare)
        return [Heading(text=text, number=number, forced=forced, **self.span(at, at + 1))], at + 1

    def is_closed(self, at: int) -> bool:
        """Whether a heading may end above this line: it is blank, a synopsis, a section or a page break."""
        return self.is_blank(at) or self.bare[at][0] in "=#"

    def read_angle(self, at: int) -> _Found | None:
        if is_centred(self.bare[at]):
            return self.read_centred(at)
        bare = self.bare[at][1:].strip()
        if not self.is_fresh or not bare:
            return None
        return [Transition(text=bare, forced=True, **self.span(at, at + 1))], at + 1

    def read_centred(self, at: int) -> _Found:
        end = at + 1
        while not self.is_blank(end) and is_centred(self.bare[end]):
            end += 1
        text = "\n".join(bare[1:-1].strip() for bare in self.bare[at:end])
        return [Centred(text=text, **self.span(at, end))], end

    def read_lyric(self, at: int) -> _Found:
        end = at + 1
        while not self.is_blank(end) and self.bare[end][0] == "~":
            end += 1
        text = "\n".join(bare[1:].strip() for bare in self.bare[at:end])
        return [Lyric(text=text, **self.span(at, end))], end

    def read_transition(self, at: int) -> _Found | None:
        bare = self.bare[at]
        if not (bare.endswith("TO:") and bare.isupper() and self.is_blank(at + 1)):
            return None
        return [Transition(text=bare, **self.span(at, at + 1))], at + 1

    def read_action(self, at: int) -> _Found:
        end = at + 1
        while not self.is_blank(end) and not self.ends_action(end):
            end += 1
        lines = [line.rstrip() for line in self.lines[at:end]]
        text = "\n".join(bare[1:] if (bare := line.lstrip())[:1] == "!" else line for line in lines)
        return [Action(text=text, **self.span(at, end))], end

    def ends_action(self, at: int) -> bool:
        """Whether a line is no action though there is no blank line above it."""
        bare = self.bare[at]
        if bare[0] == "#":
            return bare.lstrip("#")[:1] == " "
        return bare[0] in "=~" or (bare[0] == ">" and is_centred(bare))

    def read_speech(self, at: int) -> _Found | None:
        """Read a cue and all that is said under it; None where the line is no cue."""
        bare = self.bare[at]
        if not self.is_fresh or self.is_end_of_speech(at + 1) or is_heading(bare):
            return None
        cue = parse_cue(bare)
        if not cue:
            return None
        end = at + 1
        while not self.is_end_of_speech(end):
            end += 1
        said = self.read_said(at + 1, end)
        name, extensions, has_caret = cue
        dual = has_caret and self.follows_speech()
        span = self.span(at, at + 1)
        start = Cue(name=name, extensions=extensions, dual=dual, forced=bare[0] == "@", **span)
        return ([start, *said], end) if said else None

    def follows_speech(self) -> bool:
        before = next((one for one in reversed(self.found) if isinstance(one, _PRINTED)), None)
        return isinstance(before, _SPEECH)

    def is_end_of_speech(self, at: int) -> bool:
        """Whether a speech ends above this line; a line of two spaces keeps it going."""
        if at >= len(self.bare):
            return True
        bare = self.bare[at]
        if not bare:
            return len(self.lines[at]) < 2
        return bare[0] == "=" and len(bare) >= 3 and not bare.strip("=")

    def read_said(self, at: int, end: int) -> list[Paragraph]:
        while end > at and not self.bare[end - 1]:
            end -= 1
        said: list[Paragraph] = []
        last_closing = next((index for index in range(end - 1, at - 1, -1) if self.bare[index].endswith(")")), -1)
        while at < end:
            kind = self.kind_of_said(at)
            stop = at + 1
            if kind is Parenthetical:
                while last_closing >= stop and not self.bare[stop - 1].endswith(")"):
                    stop += 1
            else:
                while stop < end and self.kind_of_said(stop) is kind:
                    stop += 1
            lines = (bare[1:].strip() if kind is Lyric else bare for bare in self.bare[at:stop])
            said.append(kind(text="\n".join(lines), **self.span(at, stop)))
            at = stop
        return said

    def kind_of_said(self, at: int) -> type[Dialogue | Parenthetical | Lyric]:
        bare = self.bare[at]
        if bare[:1] == "(":
            return Parenthetical
        return Lyric if bare[:1] == "~" else Dialogue


def is_centred(bare: str) -> bool:
    return len(bare) >= 2 and bare[0] == ">" and bare[-1] == "<"


def parse_cue(bare: str) -> tuple[str, tuple[str, ...], bool] | None:
    """Read a cue: its name, its extensions, and whether it has the caret of dual dialogue; None where the line is no cue.

    A name is in capitals of any alphabet and has at least one letter; `@` lets it be anything. Extensions keep their case.

    >>> parse_cue("MAN #2 (O.S.) (cont'd) ^")
    ('MAN #2', ('O.S.', "cont'd"), True)
    """
    is_forced = bare.startswith("@")
    text = bare[1:].strip() if is_forced else bare
    has_caret = text.endswith("^")
    if has_caret:
        text = text[:-1].rstrip()
    name, bracket, tail = text.partition("(")
    if tail.rpartition(")")[2].strip() and ")" in tail:
        name, bracket, tail = text, "", ""
    name = name.strip()
    if not name or not (is_forced or name.isupper()):
        return None
    groups = (group.strip(" )") for group in tail.split("(")) if bracket else ()
    return name, tuple(group for group in groups if group), has_caret
