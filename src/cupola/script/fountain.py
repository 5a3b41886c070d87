"""Fountain 1.1 text → a screenplay with source lines and columns (https://fountain.io/syntax).

Every text is a screenplay: what fits no rule is action. The reader looks at each line a fixed number of times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from cupola.errors import ScriptError
from cupola.script.asides import TAB, Aside, Sheet, cut_asides
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
from cupola.script.headings import is_heading, split_number
from cupola.script.marks import (
    closes_heading,
    ends_action,
    is_centred,
    is_forced_heading,
    is_page_break,
    is_transition,
    parse_cue,
    section_level,
    unescaped_in_speech,
)
from cupola.script.title_page import read_title_page
from cupola.script.words import WORDS, Words

__all__ = ["LONGEST_TEXT", "parse_cue", "parse_fountain"]

LONGEST_TEXT = 64 * 2**20

_SPEECH = (Cue, Dialogue, Parenthetical, Lyric)
_OUTLINE = (Section, Synopsis)
_FREES_NEXT_LINE = (Heading, PageBreak, *_OUTLINE)
_Found = tuple[list[Paragraph], int]
"""The paragraphs that start at a line, and the index of the first line behind them."""


class _Span(TypedDict):
    line: int
    end_line: int
    column: int
    above: int


def parse_fountain(text: str, *, file: str = "", words: Words = WORDS) -> Screenplay:
    """Read a screenplay in Fountain 1.1; `words` are those that start a scene heading.

    Lines may end in CRLF, CR or LF, a tab is four spaces, byte-order marks are dropped. Raises ScriptError for a text of more
    than 64 MB; any other text is a screenplay, if only of action.
    """
    if len(text) > LONGEST_TEXT:
        remedy = "Split the file, or take out what is no screenplay."
        raise ScriptError("a screenplay has at most 64 MB", value=f"{len(text)} characters", remedy=remedy, file=file)
    line_break = _line_break(text)
    sheet = cut_asides(text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n"))
    title_page, start = read_title_page(sheet, words)
    paragraphs = _Body(sheet, words).paragraphs_from(start)
    return Screenplay(file=file, title_page=title_page, paragraphs=tuple(paragraphs), line_break=line_break)


def _line_break(text: str) -> str:
    """How the first line of a text ends; a line feed where it has but one."""
    at = min((found for found in (text.find("\r"), text.find("\n")) if found >= 0), default=-1)
    return "\r\n" if text[at : at + 2] == "\r\n" else text[at] if at >= 0 else "\n"


class _Body:
    """The lines of a screenplay below its title page, read from top to bottom."""

    def __init__(self, sheet: Sheet, words: Words) -> None:
        self.sheet = sheet
        self.words = words
        self.lines = sheet.lines
        self.bare = [line.strip() for line in sheet.lines]
        self.numbers = sheet.numbers
        self.found: list[Paragraph] = []
        self.last_line = 0
        self.is_fresh = True
        self.follows_speech = False
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
        bare, found, asides = self.bare, self.found, self.sheet.asides
        self.last_line = self.end(start) if start else 0
        for index in range(-1, start) if asides else ():
            self.put_asides(index)
        at = start
        while at < len(bare):
            if not bare[at]:
                end, self.is_fresh = at + 1, True
            else:
                paragraphs, end = self.read_paragraph(at)
                last = paragraphs[-1]
                self.is_fresh = isinstance(last, _FREES_NEXT_LINE)
                self.follows_speech = isinstance(last, _SPEECH) or (
                    self.follows_speech and isinstance(last, Section | Synopsis)
                )
                found += paragraphs
                self.last_line = self.end(end)
            if asides:
                for index in range(at, end):
                    self.put_asides(index)
            at = end
        return found

    def put_asides(self, index: int) -> None:
        """Put the asides of a line behind what was read of it."""
        for aside in self.sheet.asides.get(index, ()):
            self.found.append(self.aside(aside))
            self.last_line = max(self.last_line, aside.end_line)

    def aside(self, aside: Aside) -> NoteText | Boneyard:
        text = aside.text.strip().replace("\t", TAB) if aside.kind is NoteText else aside.text
        above = -1 if aside.shares_line and self.last_line else self.above(aside.line)
        return aside.kind(text=text, line=aside.line, end_line=aside.end_line, column=aside.column, above=above)

    def read_paragraph(self, at: int) -> _Found:
        """Read what starts at a line that is not blank; the line above it is where `is_fresh`."""
        bare = self.bare[at]
        reader = self.readers.get(bare[0])
        found = reader(at) if reader else None
        if not found and self.is_fresh:
            found = self.read_heading(at) or self.read_transition(at) or self.read_speech(at)
        return found or self.read_action(at)

    def end(self, behind: int) -> int:
        """The source line on which the line before an index ends."""
        return self.sheet.ends.get(behind - 1) or self.numbers[behind - 1]

    def above(self, line: int) -> int:
        """The blank lines between what was read last and a source line; none above the first."""
        return max(0, line - 1 - self.last_line) if self.last_line else 0

    def span(self, at: int, end: int) -> _Span:
        """Where the lines from one index to another stand in the source."""
        line, sheet = self.numbers[at], self.sheet
        typed = sheet.typed[at]
        if at in sheet.columns:
            column = sheet.columns[at]
        else:
            column = 1 if typed is self.bare[at] else len(typed) - len(typed.lstrip()) + 1
        end_line = self.end(end) if sheet.ends else self.numbers[end - 1]
        above = line - 1 - self.last_line if self.last_line else 0
        return {"line": line, "end_line": end_line, "column": column, "above": above if above > 0 else 0}

    def is_blank(self, at: int) -> bool:
        return at >= len(self.bare) or not self.bare[at]

    def below(self, at: int) -> str:
        """The line below another without the spaces around it; empty below the last."""
        return self.bare[at + 1] if at + 1 < len(self.bare) else ""

    def read_equals(self, at: int) -> _Found:
        bare = self.bare[at]
        if is_page_break(bare):
            return [PageBreak(**self.span(at, at + 1))], at + 1
        return self.one_line(at, Synopsis, bare[1:].strip())

    def read_section(self, at: int) -> _Found | None:
        bare = self.bare[at]
        level = section_level(bare, is_fresh=self.is_fresh)
        if not level:
            return None
        return [Section(text=bare[level:].strip(), level=level, **self.span(at, at + 1))], at + 1

    def one_line(self, at: int, kind: type[Synopsis | Transition], text: str) -> _Found:
        return [kind(text=text, **self.span(at, at + 1))], at + 1

    def read_heading(self, at: int) -> _Found | None:
        if not is_heading(self.bare[at], self.words) or not closes_heading(self.below(at)):
            return None
        return self.heading(at, self.bare[at], forced=False)

    def read_forced_heading(self, at: int) -> _Found | None:
        bare = self.bare[at]
        if not self.is_fresh or not is_forced_heading(bare):
            return None
        return self.heading(at, bare[1:], forced=True)

    def heading(self, at: int, bare: str, *, forced: bool) -> _Found:
        text, number = split_number(bare)
        return [Heading(text=text, number=number, forced=forced, **self.span(at, at + 1))], at + 1

    def read_angle(self, at: int) -> _Found | None:
        if is_centred(self.bare[at]):
            return self.read_centred(at)
        text = self.bare[at][1:].strip()
        if not self.is_fresh or not text:
            return None
        return [Transition(text=text, forced=True, **self.span(at, at + 1))], at + 1

    def read_centred(self, at: int) -> _Found:
        end = at + 1
        while not self.is_blank(end) and is_centred(self.bare[end]):
            end += 1
        text = "\n".join(bare[1:-1].strip() for bare in self.bare[at:end])
        return [Centred(text=text, **self.span(at, end))], end

    def read_lyric(self, at: int) -> _Found:
        """Read lyrics outside a speech."""
        end = at + 1
        while not self.is_blank(end) and self.bare[end][0] == "~":
            end += 1
        text = "\n".join(bare[1:].strip() for bare in self.bare[at:end])
        span = self.span(at, end)
        span["above"] = max(1, span["above"]) if self.last_line else 0
        return [Lyric(text=text, **span)], end

    def read_transition(self, at: int) -> _Found | None:
        bare = self.bare[at]
        return self.one_line(at, Transition, bare) if is_transition(bare) and not self.below(at) else None

    def read_action(self, at: int) -> _Found:
        end = at + 1
        while not self.is_blank(end) and not ends_action(self.bare[end]):
            end += 1
        lines = zip(self.lines[at:end], self.bare[at:end], strict=True)
        text = "\n".join([bare[1:] if bare[0] == "!" else line.rstrip() for line, bare in lines])
        forced = self.bare[at][0] == "!"
        return [Action(text=text, forced=forced, **self.span(at, end))], end

    def read_speech(self, at: int) -> _Found | None:
        """Read a cue and all that is said under it; None where the line is no cue.

        Nothing needs to be said under a cue if the line below it has two spaces.
        """
        bare = self.bare[at]
        if not self.is_fresh or self.is_end_of_speech(at + 1) or is_heading(bare, self.words):
            return None
        cue = parse_cue(bare)
        if not cue:
            return None
        end = at + 1
        while not self.is_end_of_speech(end):
            end += 1
        name, extensions, has_caret = cue
        start = Cue(
            name=name,
            extensions=extensions,
            dual=has_caret and self.follows_speech,
            forced=bare[0] == "@",
            **self.span(at, at + 1),
        )
        return [start, *self.read_said(at + 1, end)], end

    def is_end_of_speech(self, at: int) -> bool:
        """Whether a speech ends above this line; a line of two spaces keeps it going."""
        if at >= len(self.bare):
            return True
        bare = self.bare[at]
        return (bare[0] == "=" and is_page_break(bare)) if bare else len(self.lines[at]) < 2

    def read_said(self, at: int, end: int) -> list[Paragraph]:
        while end > at and not self.bare[end - 1]:
            end -= 1
        said: list[Paragraph] = []
        last_closing: int | None = None
        while at < end:
            kind = kind_of_said(self.bare[at])
            stop = at + 1
            if kind is Parenthetical:
                if last_closing is None:
                    last_closing = next((at for at in range(end - 1, at - 1, -1) if self.bare[at].endswith(")")), -1)
                while last_closing >= stop and not self.bare[stop - 1].endswith(")"):
                    stop += 1
            else:
                while stop < end and kind_of_said(self.bare[stop]) is kind:
                    stop += 1
            lines = self.bare[at:stop]
            lines = [bare[1:].strip() for bare in lines] if kind is Lyric else [unescaped_in_speech(bare) for bare in lines]
            span = self.span(at, stop)
            span["above"] = 0
            said.append(kind(text="\n".join(lines), **span))
            at = stop
        return said


def kind_of_said(bare: str) -> type[Dialogue | Parenthetical | Lyric]:
    """What a line of a speech is by its first sign."""
    if bare[:1] == "(":
        return Parenthetical
    return Lyric if bare[:1] == "~" else Dialogue
