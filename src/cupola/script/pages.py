"""A screenplay laid out on pages as Final Draft lays it out.

12-point Courier: 10 characters and 6 lines an inch, an inch free above and below, so 54 lines on US letter and 58 on A4.
`(MORE)` and the repeated cue stand outside that count. Notes, boneyards, sections and synopses are not printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

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
    Transition,
)
from cupola.script.emphasis import plain
from cupola.script.page_splits import FEWEST_LINES, Part, best_split, set_in_lines

Paper = Literal["letter", "a4"]

LINES_ON: dict[Paper, int] = {"letter": 54, "a4": 58}
"""Lines of a page: what is left of 11 inches (ANSI A) and of 297 mm (ISO 216 A4) between margins of an inch."""

LINES_A_PAGE = LINES_ON["letter"]

WIDTHS: dict[str, int] = {
    "heading": 61,
    "action": 61,
    "centred": 61,
    "transition": 16,
    "cue": 38,
    "dialogue": 35,
    "parenthetical": 26,
    "lyric": 49,
    "dual": 29,
}
"""Characters in a line of each kind. Final Draft lets 61 into 6 inches and 26 into 2.5, and so does this."""

_BLANK_LINES_ABOVE = {"heading": 2, "General": 0}
_FEWEST_TO_SPLIT_BELOW_HEADING = 5
_LONGEST_BLOCK = 3 * LINES_A_PAGE
_CHUNK = 12
_OMITTED_WORDS = frozenset({"OMITTED", "OMIT", "ВЫЧЕРКНУТО"})
OMITTED = "OMITTED"
MORE = "(MORE)"
_SAID = (Dialogue, Parenthetical, Lyric)
_ALONE = (Action, Heading, Transition, Centred, *_SAID)
_PRINTED = (Cue, *_ALONE, PageBreak)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """What stands together on a page: a heading, a paragraph, a speech, or what a page has room for of one.

    `scene` counts headings: 1 under the first, 0 above it. `styles` has a word of `WIDTHS` for each line. `above` counts blank
    lines. `revision` is the newest revision set that marks it, 0 for none. `continued` is the repeated cue of a speech that
    began a page before; `is_continued_below` prints `(MORE)`.
    """

    scene: int
    kind: str
    lines: tuple[str, ...]
    styles: tuple[str, ...]
    above: int
    revision: int = 0
    continued: str = ""
    is_continued_below: bool = False

    @property
    def height(self) -> int:
        """Lines that take room, blank ones above it included."""
        return self.above + len(self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page of `room` lines; `is_cut_short` where a page break or the end of the script leaves the rest of it empty."""

    number: int
    pieces: tuple[Piece, ...]
    is_cut_short: bool
    room: int = LINES_A_PAGE

    @property
    def height(self) -> int:
        return sum(piece.height for piece in self.pieces)

    @property
    def text(self) -> tuple[str, ...]:
        """The lines as they are printed, not indented."""
        lines: list[str] = []
        for piece in self.pieces:
            lines += [""] * piece.above
            lines += [piece.continued] if piece.continued else []
            lines += piece.lines
            lines += [MORE] if piece.is_continued_below else []
        return tuple(lines)


def lay_out(screenplay: Screenplay, *, paper: Paper = "letter") -> tuple[Page, ...]:
    """Lay a screenplay out on pages; one that prints nothing has no page."""
    setter = _Typesetter(LINES_ON[paper])
    blocks = list(_blocks([paragraph for paragraph in screenplay.paragraphs if isinstance(paragraph, _PRINTED)]))
    for index, block in enumerate(blocks):
        setter.put(block, blocks[index + 1] if index + 1 < len(blocks) else None)
    setter.end_page(is_cut_short=True)
    return tuple(setter.pages)


@dataclass(kw_only=True, slots=True)
class _Block:
    """What belongs together, before it has a page. `parts` are empty where it may only be cut between lines."""

    scene: int
    kind: str
    lines: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    above: int = 1
    revision: int = 0
    cue: str = ""
    is_rest: bool = False

    @property
    def can_split(self) -> bool:
        return bool(self.parts)

    def piece(self, above: int, *, is_continued_below: bool = False) -> Piece:
        return Piece(
            scene=self.scene,
            kind=self.kind,
            lines=self.lines,
            styles=self.styles,
            above=above,
            revision=self.revision,
            continued=self.cue if self.is_rest else "",
            is_continued_below=is_continued_below and bool(self.cue),
        )

    def parted(self, above: tuple[Part, ...], below: tuple[Part, ...]) -> tuple[_Block, _Block]:
        return self._of_parts(above), replace(self._of_parts(below), above=0, is_rest=True)

    def _of_parts(self, parts: tuple[Part, ...]) -> _Block:
        lines, styles = set_in_lines(parts)
        return replace(self, lines=lines, styles=styles, parts=parts)

    def cut(self, count: int) -> tuple[_Block, _Block]:
        """The first `count` lines, and the others, wherever a sentence ends."""
        top = replace(self, lines=self.lines[:count], styles=self.styles[:count], parts=())
        rest = replace(self, lines=self.lines[count:], styles=self.styles[count:], parts=(), above=0, is_rest=True)
        return top, rest


class _Typesetter:
    """Puts block after block on the page that is open."""

    def __init__(self, lines_a_page: int) -> None:
        self.lines_a_page = lines_a_page
        self.pages: list[Page] = []
        self.pieces: list[Piece] = []
        self.used = 0

    @property
    def room(self) -> int:
        return self.lines_a_page - self.used

    def put(self, block: _Block, following: _Block | None) -> None:
        if block.kind == "page break":
            self.end_page(is_cut_short=True)
            return
        if block.kind == "heading" and self.used and not self.has_room_under(block, following):
            self.end_page()
        rest: _Block | None = block
        while rest:
            rest = self.put_some(rest)

    def put_some(self, block: _Block) -> _Block | None:
        """Put on the open page what it has room for; return what is left for the next one."""
        above = block.above if self.used else 0
        if above + len(block.lines) <= self.room:
            self.add(block.piece(above))
            return None
        split = best_split(block.parts, self.room - above, allow_short_end=self.is_below_heading) if block.can_split else None
        if split:
            return self.put_first(*block.parted(split.above, split.below), above)
        if len(block.lines) > self.lines_a_page and self.room - above >= FEWEST_LINES:
            return self.put_first(*block.cut(self.room - above), above)
        self.end_page(keep_last=block.kind == "transition")
        return block

    def put_first(self, first: _Block, rest: _Block, above: int) -> _Block:
        """Put what a page has room for of a block, and turn the page."""
        self.add(first.piece(above, is_continued_below=True))
        self.end_page()
        return rest

    @property
    def is_below_heading(self) -> bool:
        return bool(self.pieces) and self.pieces[-1].kind == "heading"

    def has_room_under(self, heading: _Block, following: _Block | None) -> bool:
        """Whether something of what follows stands on the same page as a heading."""
        room = self.room - heading.above - len(heading.lines)
        if room < 0 or not following or following.kind == "page break":
            return room >= 0
        room -= following.above
        if len(following.lines) <= room:
            return True
        if not following.can_split or len(following.lines) < _FEWEST_TO_SPLIT_BELOW_HEADING:
            return len(following.lines) > self.lines_a_page and room >= FEWEST_LINES
        return best_split(following.parts, room, allow_short_end=True) is not None

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.used += piece.height

    def end_page(self, *, is_cut_short: bool = False, keep_last: bool = False) -> None:
        """Close the open page; `keep_last` takes its last piece along, so that a transition does not open the next one."""
        kept = self.pieces.pop() if keep_last and len(self.pieces) > 1 else None
        if self.pieces:
            number, pieces = len(self.pages) + 1, tuple(self.pieces)
            self.pages.append(Page(number=number, pieces=pieces, is_cut_short=is_cut_short, room=self.lines_a_page))
        self.pieces, self.used = [], 0
        if kept:
            self.add(replace(kept, above=0))


def _blocks(printed: Sequence[Paragraph]) -> Iterator[_Block]:
    scene, at = 0, 0
    while at < len(printed):
        paragraph, end = printed[at], at + 1
        if isinstance(paragraph, Heading):
            scene += 1
        if isinstance(paragraph, PageBreak):
            yield _Block(scene=scene, kind="page break")
        elif isinstance(paragraph, Cue):
            end = _end_of_speech(printed, at)
            partner = printed[end] if end < len(printed) else None
            if isinstance(partner, Cue) and partner.dual:
                left, end = printed[at:end], _end_of_speech(printed, end)
                yield from _in_chunks(_dual(scene, left, printed[at + len(left) : end]))
            else:
                yield from _in_chunks(_speech(scene, printed[at:end]))
        elif isinstance(paragraph, _ALONE):
            yield from _in_chunks(_one(scene, paragraph))
        at = end


def _in_chunks(block: _Block) -> Iterator[_Block]:
    """Cut a block of more than three pages at once, so that a text of one endless paragraph takes no endless time."""
    if len(block.lines) <= _LONGEST_BLOCK:
        yield block
        return
    for start in range(0, len(block.lines), _CHUNK):
        lines, styles = block.lines[start : start + _CHUNK], block.styles[start : start + _CHUNK]
        yield replace(block, lines=lines, styles=styles, parts=(), above=0 if start else block.above, cue="")


def is_omitted(heading: Heading) -> bool:
    """Whether a scene was cut and only its number kept: the file says so, or the heading is the word."""
    return heading.omitted or heading.text.strip(" .").upper() in _OMITTED_WORDS


def _one(scene: int, paragraph: Heading | Action | Centred | Transition | Lyric | Dialogue | Parenthetical) -> _Block:
    kind = type(paragraph).__name__.lower()
    own = paragraph.kind if isinstance(paragraph, Action) else ""
    is_card = isinstance(paragraph, Heading) and paragraph.omitted
    part = Part(kind=kind, text=OMITTED if is_card else plain(paragraph.text), width=WIDTHS[kind])
    lines, styles = set_in_lines((part,))
    return _Block(
        scene=scene,
        kind=kind,
        lines=lines,
        styles=styles,
        parts=(part,) if kind == "action" else (),
        above=_BLANK_LINES_ABOVE.get(own or kind, 1),
        revision=paragraph.revision,
    )


def _end_of_speech(printed: Sequence[Paragraph], at: int) -> int:
    end = at + 1
    while end < len(printed) and isinstance(printed[end], _SAID):
        end += 1
    return end


def _speech(scene: int, paragraphs: Sequence[Paragraph]) -> _Block:
    parts = _parts(paragraphs)
    lines, styles = set_in_lines(parts)
    cue = parts[0].text
    again = cue if "CONT" in cue.upper() else f"{cue} (CONT'D)"
    return _Block(scene=scene, kind="speech", lines=lines, styles=styles, parts=parts, cue=again, revision=_newest(paragraphs))


def _dual(scene: int, left: Sequence[Paragraph], right: Sequence[Paragraph]) -> _Block:
    width = WIDTHS["dual"]
    sides = (set_in_lines(_parts(left, width))[0], set_in_lines(_parts(right, width))[0])
    lines = tuple(f"{one:<{width + 2}}{other}".rstrip() for one, other in zip_longest(*sides, fillvalue=""))
    styles = ("dual",) * len(lines)
    return _Block(scene=scene, kind="dual", lines=lines, styles=styles, revision=_newest([*left, *right]))


def _newest(paragraphs: Sequence[Paragraph]) -> int:
    return max(paragraph.revision for paragraph in paragraphs)


def _parts(paragraphs: Sequence[Paragraph], width: int = 0) -> tuple[Part, ...]:
    parts: list[Part] = []
    for paragraph in paragraphs:
        if isinstance(paragraph, Cue):
            text = " ".join([paragraph.name, *(f"({extension})" for extension in paragraph.extensions)])
            parts.append(Part(kind="cue", text=plain(text), width=width or WIDTHS["cue"]))
        elif isinstance(paragraph, _SAID):
            kind = type(paragraph).__name__.lower()
            parts.append(Part(kind=kind, text=plain(paragraph.text), width=width or WIDTHS[kind]))
    return tuple(parts)
