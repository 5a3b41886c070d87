"""Notes and boneyards are cut out of a screenplay, and every line that is left keeps its number in the source.

Whichever opens first wins: `/*` inside a note is text of the note, `[[` inside a boneyard is gone with it. One that never
closes is text. A note ends at the latest before an empty line; two spaces on that line keep it open (Fountain 1.1, "Notes").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cupola.script.elements import Boneyard, NoteText

Aside = NoteText | Boneyard

_OPENING = re.compile(r"/\*|\[\[")


@dataclass(kw_only=True, slots=True)
class Sheet:
    """The lines that are left. `numbers` has the source line of each; `asides` what was cut from a line or stood below it.

    The key of an aside is the index of its line, -1 where it stands above the first one.
    """

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    asides: dict[int, list[Aside]] = field(default_factory=dict)


def cut_asides(text: str) -> Sheet:
    """Take notes and boneyards out of a text whose lines end in `\\n`; a line that held nothing but notes goes with them."""
    if "[[" not in text and "/*" not in text:
        lines = text.split("\n")
        return Sheet(lines=lines, numbers=list(range(1, len(lines) + 1)))
    knife = _Knife(text)
    while knife.cut_next():
        pass
    return knife.rest()


class _Knife:
    """Walks once over the text; the searches for closing marks never look at the same stretch twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.number = 1
        self.sheet = Sheet()
        self.line = _Line(number=1)
        self.next_at: dict[str, int] = {}

    def cut_next(self) -> bool:
        """Cut the next aside that closes; False where there is none."""
        start = self.at
        while opening := _OPENING.search(self.text, start):
            start = opening.start()
            is_note = opening.group() == "[["
            end = self.end_of_note(start) if is_note else self.find("*/", start + 2)
            if end >= 0:
                self.keep(self.text[self.at : start])
                self.cut(start, end, NoteText if is_note else Boneyard)
                return True
            start += 2
        return False

    def find(self, mark: str, start: int) -> int:
        """Find a mark at or after `start`, -1 where there is none; `start` never goes back."""
        found = self.next_at.get(mark, -2)
        if found == -2 or 0 <= found < start:
            found = self.next_at[mark] = self.text.find(mark, start)
        return found

    def end_of_note(self, start: int) -> int:
        end = self.find("]]", start + 2)
        gap = self.find("\n\n", start + 2)
        return -1 if 0 <= gap < end else end

    def keep(self, text: str) -> None:
        """Add text to the line that is held open; every line that it ends goes on the sheet."""
        first, *others = text.split("\n")
        self.line.add(first)
        for other in others:
            self.put_line()
            self.number += 1
            self.line = _Line(number=self.number)
            self.line.add(other)

    def put_line(self) -> None:
        """Put the held line on the sheet, unless notes were all it had."""
        line, sheet = self.line, self.sheet
        if line.has_text or not any(isinstance(aside, NoteText) for aside in line.asides):
            sheet.lines.append("".join(line.pieces))
            sheet.numbers.append(line.number)
        if line.asides:
            sheet.asides.setdefault(len(sheet.lines) - 1, []).extend(line.asides)

    def cut(self, start: int, end: int, kind: type[Aside]) -> None:
        inside = self.text[start + 2 : end]
        end_line = self.number + inside.count("\n")
        self.line.asides.append(kind(text=inside.strip(), line=self.number, end_line=end_line))
        self.number = end_line
        self.at = end + 2

    def rest(self) -> Sheet:
        self.keep(self.text[self.at :])
        self.put_line()
        return self.sheet


@dataclass(kw_only=True, slots=True)
class _Line:
    """A line in pieces: what stood between its asides."""

    number: int
    pieces: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    has_text: bool = False

    def add(self, piece: str) -> None:
        """Add what follows an aside, with one space where both sides of it had their own."""
        if self.pieces and self.pieces[-1].endswith(" "):
            piece = piece.lstrip(" ")
        if piece:
            self.pieces.append(piece)
            self.has_text = self.has_text or not piece.isspace()
