"""Notes and boneyards are cut out of a screenplay, and every line that is left keeps its number in the source.

Whichever opens first wins: `/*` inside a note is text of the note, `[[` inside a boneyard is gone with it. One that never
closes is text, and so is one behind a backslash, which is dropped. A note ends at the latest before an empty line; two spaces
on that line keep it open (Fountain 1.1, "Notes").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from cupola.script.elements import Boneyard, NoteText

_OPENING = re.compile(r"\[\[|/\*")
TAB = "    "
_CLOSING = {"/*": "*/", "[[": "]]"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Aside:
    """A note or a boneyard, and where it stood; `shares_line` where text or another aside stands on its line too."""

    kind: type[NoteText | Boneyard]
    text: str
    line: int
    end_line: int
    column: int
    shares_line: bool


@dataclass(kw_only=True, slots=True)
class Sheet:
    """The lines that are left.

    `numbers` has the source line on which each starts. `columns` and `ends` say where a line starts and on which source line
    it ends, for those that asides move or stretch. `asides` has what was cut from a line or stood below it; its key is the
    index of the line, -1 above the first one. `typed` are the lines with their tabs, of which the others are made.
    """

    lines: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    numbers: Sequence[int] = ()
    columns: dict[int, int] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    asides: dict[int, list[Aside]] = field(default_factory=dict)


def escaped(text: str) -> str:
    """Write text so that `[[` and `/*` in it open nothing.

    >>> print(escaped("he types [[ and /*"))
    he types \\[[ and \\/*
    """
    if "[[" not in text and "/*" not in text:
        return text
    return re.sub(r"\[\[|/\*", r"\\\g<0>", text)


def cut_asides(text: str) -> Sheet:
    """Take notes and boneyards out of a text whose lines end in `\\n`; a line that held nothing but notes goes with them.

    A tab becomes four spaces.
    """
    if "[[" in text or "/*" in text:
        sheet = _Knife(text).sheet()
    else:
        lines = text.split("\n")
        sheet = Sheet(lines=lines, numbers=range(1, len(lines) + 1))
    sheet.typed = sheet.lines
    if "\t" in text:
        sheet.lines = [line.replace("\t", TAB) for line in sheet.lines]
    return sheet


class _Knife:
    """Walks once over the text; the searches for closing marks never look at the same stretch twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.number = 1
        self.line_start = 0
        self.lines: list[str] = []
        self.numbers: list[int] = []
        self.cut_sheet = Sheet(lines=self.lines, numbers=self.numbers)
        self.line = _Line(number=1)
        self.next_at: dict[str, int] = {}

    def sheet(self) -> Sheet:
        start = 0
        while opening := _OPENING.search(self.text, start):
            mark, found = opening.group(), opening.start()
            start = opening.end()
            if found > self.at and self.text[found - 1] == "\\":
                self.keep(found - 1)
                self.at = found
                continue
            end = self.end_of(mark, found)
            if end >= 0:
                self.keep(found)
                self.cut(found, end, NoteText if mark == "[[" else Boneyard)
                start = self.at
        self.keep(len(self.text))
        self.put_line()
        return self.cut_sheet

    def end_of(self, mark: str, start: int) -> int:
        """Find the index of the mark that closes an aside, -1 where there is none."""
        end = self.find(_CLOSING[mark], start + 2)
        gap = self.find("\n\n", start + 2) if mark == "[[" else -1
        return -1 if 0 <= gap < end else end

    def find(self, mark: str, start: int) -> int:
        """Find a mark at or after `start`, -1 where there is none; `start` never goes back."""
        found = self.next_at.get(mark, -2)
        if found == -2 or 0 <= found < start:
            found = self.next_at[mark] = self.text.find(mark, start)
        return found

    def keep(self, end: int) -> None:
        """Add text up to `end` to the line that is held open; every line that it ends goes on the sheet."""
        pieces = self.text[self.at : end].split("\n")
        self.line.add(pieces[0], number=self.number, column=self.at - self.line_start + 1)
        if len(pieces) == 1:
            return
        self.put_line()
        first = self.number + 1
        self.number += len(pieces) - 1
        self.lines += pieces[1:-1]
        self.numbers += range(first, self.number)
        self.line_start = end - len(pieces[-1])
        self.line = _Line(number=self.number)
        self.line.add(pieces[-1], number=self.number, column=1)

    def put_line(self) -> None:
        """Put the held line on the sheet, unless notes were all it had."""
        line, sheet = self.line, self.cut_sheet
        if line.has_text or not any(aside.kind is NoteText for aside in line.asides):
            if line.asides:
                sheet.columns[len(self.lines)], sheet.ends[len(self.lines)] = line.column, line.end
            self.lines.append("".join(line.pieces))
            self.numbers.append(line.number)
        if line.asides:
            sheet.asides.setdefault(len(self.lines) - 1, []).extend(line.asides_told())

    def cut(self, start: int, end: int, kind: type[NoteText | Boneyard]) -> None:
        """Take out the aside between two indices; what was before it is kept already."""
        inside = self.text[start + 2 : end]
        end_line = self.number + inside.count("\n")
        column = start - self.line_start + 1
        aside = Aside(kind=kind, text=inside, line=self.number, end_line=end_line, column=column, shares_line=False)
        self.line.asides.append(aside)
        if end_line > self.number:
            self.number, self.line_start = end_line, start + 2 + inside.rindex("\n") + 1
        self.at = end + 2


@dataclass(kw_only=True, slots=True)
class _Line:
    """A line in pieces: what stood between its asides; `number`, `column` and `end` are those of its text once it has some."""

    number: int
    column: int = 1
    end: int = 0
    pieces: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    has_text: bool = False

    def add(self, piece: str, *, number: int, column: int) -> None:
        """Add what follows an aside, with one space where both sides of it had their own."""
        if not piece:
            return
        bare = piece.lstrip()
        if bare and not self.has_text:
            self.has_text, self.number, self.column = True, number, column + len(piece) - len(bare)
        if bare:
            self.end = number
        if self.pieces and self.pieces[-1].endswith(" "):
            piece = piece.lstrip(" ")
        if piece:
            self.pieces.append(piece)

    def asides_told(self) -> Iterator[Aside]:
        """The asides of this line, which share it with its text or with each other."""
        for index, aside in enumerate(self.asides):
            yield replace(aside, shares_line=True) if index or self.has_text else aside
