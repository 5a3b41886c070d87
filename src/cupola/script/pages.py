"""A screenplay laid out on pages as Final Draft lays it out.

US letter, 12-point Courier: 10 characters and 6 lines an inch, 9 inches of text, so 54 lines a page. `(MORE)` and the repeated
cue stand outside that count. Notes, boneyards, sections and synopses are not printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

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
from cupola.script.page_splits import FEWEST_LINES, Part, best_split, lines_of
from cupola.script.wrap import wrapped

LINES_A_PAGE = 54

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

_BLANK_LINES_ABOVE = {"heading": 2}
_FEWEST_TO_SPLIT_BELOW_HEADING = 5
_LONGEST_BLOCK = 3 * LINES_A_PAGE
_CHUNK = 12
_SAID = (Dialogue, Parenthetical, Lyric)
_PRINTED = (Heading, Action, Cue, *_SAID, Transition, Centred, PageBreak)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """What stands together on a page: a heading, a paragraph, a speech, or what a page has room for of one.

    `scene` counts headings: 1 under the first, 0 above it. `above` counts blank lines. `continued` is the
    repeated cue of a speech that began a page before; `is_continued_below` prints `(MORE)`.
    """

    scene: int
    kind: str
    lines: tuple[str, ...]
    above: int
    continued: str = ""
    is_continued_below: bool = False

    @property
    def height(self) -> int:
        """Lines that take room, blank ones above it included."""
        return self.above + len(self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page; `is_cut_short` where a page break or the end of the script leaves the rest of it empty."""

    number: int
    pieces: tuple[Piece, ...]
    is_cut_short: bool

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
            lines += ["(MORE)"] if piece.is_continued_below else []
        return tuple(lines)


def lay_out(screenplay: Screenplay) -> tuple[Page, ...]:
    """Lay a screenplay out on pages; one that prints nothing has no page."""
    setter = _Typesetter()
    blocks = list(_blocks([paragraph for paragraph in screenplay.paragraphs if isinstance(paragraph, _PRINTED)]))
    for index, block in enumerate(blocks):
        setter.put(block, blocks[index + 1] if index + 1 < len(blocks) else None)
    setter.end_page(is_cut_short=True)
    return tuple(setter.pages)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """What belongs together, before it has a page. `parts` are empty where it may only be cut between lines."""

    scene: int
    kind: str
    lines: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    above: int = 1
    cue: str = ""
    is_rest: bool = False

    @property
    def can_split(self) -> bool:
        return bool(self.parts)

    def piece(self, lines: tuple[str, ...], above: int, *, is_continued_below: bool = False) -> Piece:
        continued = self.cue if self.is_rest else ""
        more = is_continued_below and bool(self.cue)
        return Piece(scene=self.scene, kind=self.kind, lines=lines, above=above, continued=continued, is_continued_below=more)

    def rest(self, lines: tuple[str, ...], parts: tuple[Part, ...] = ()) -> _Block:
        return replace(self, lines=lines, parts=parts, above=0, is_rest=True)


class _Typesetter:
    """Puts block after block on the page that is open."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.pieces: list[Piece] = []
        self.used = 0

    @property
    def room(self) -> int:
        return LINES_A_PAGE - self.used

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
            self.add(block.piece(block.lines, above))
            return None
        split = best_split(block.parts, self.room - above, allow_short_end=self.is_below_heading) if block.can_split else None
        if split:
            self.add(block.piece(split.top, above, is_continued_below=True))
            self.end_page()
            return block.rest(split.bottom, split.below)
        if len(block.lines) > LINES_A_PAGE and self.room - above >= FEWEST_LINES:
            cut = self.room - above
            self.add(block.piece(block.lines[:cut], above, is_continued_below=True))
            self.end_page()
            return block.rest(block.lines[cut:])
        self.end_page(keep_last=block.kind == "transition")
        return block

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
            return len(following.lines) > LINES_A_PAGE and room >= FEWEST_LINES
        return best_split(following.parts, room, allow_short_end=True) is not None

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.used += piece.height

    def end_page(self, *, is_cut_short: bool = False, keep_last: bool = False) -> None:
        """Close the open page; `keep_last` takes its last piece along, so that a transition does not open the next one."""
        kept = self.pieces.pop() if keep_last and len(self.pieces) > 1 else None
        if self.pieces:
            self.pages.append(Page(number=len(self.pages) + 1, pieces=tuple(self.pieces), is_cut_short=is_cut_short))
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
        elif isinstance(paragraph, Heading | Action | Centred | Transition | Lyric | Dialogue | Parenthetical):
            yield from _in_chunks(_one(scene, type(paragraph).__name__.lower(), paragraph.text))
        at = end


def _in_chunks(block: _Block) -> Iterator[_Block]:
    """Cut a block of more than three pages at once, so that a text of one endless paragraph takes no endless time."""
    if len(block.lines) <= _LONGEST_BLOCK:
        yield block
        return
    for start in range(0, len(block.lines), _CHUNK):
        yield replace(block, lines=block.lines[start : start + _CHUNK], parts=(), above=0 if start else 1, cue="")


def _one(scene: int, kind: str, text: str) -> _Block:
    above = _BLANK_LINES_ABOVE.get(kind, 1)
    if kind != "action":
        return _Block(scene=scene, kind=kind, lines=tuple(wrapped(plain(text), WIDTHS[kind])), above=above)
    part = Part(kind=kind, text=plain(text), width=WIDTHS[kind])
    return _Block(scene=scene, kind=kind, lines=tuple(part.lines()), parts=(part,), above=above)


def _end_of_speech(printed: Sequence[Paragraph], at: int) -> int:
    end = at + 1
    while end < len(printed) and isinstance(printed[end], _SAID):
        end += 1
    return end


def _speech(scene: int, paragraphs: Sequence[Paragraph]) -> _Block:
    parts = _parts(paragraphs)
    cue = parts[0].text
    again = cue if "CONT" in cue.upper() else f"{cue} (CONT'D)"
    return _Block(scene=scene, kind="speech", lines=lines_of(parts), parts=parts, cue=again)


def _dual(scene: int, left: Sequence[Paragraph], right: Sequence[Paragraph]) -> _Block:
    width = WIDTHS["dual"]
    sides = (lines_of(_parts(left, width)), lines_of(_parts(right, width)))
    lines = tuple(f"{one:<{width + 2}}{other}".rstrip() for one, other in zip_longest(*sides, fillvalue=""))
    return _Block(scene=scene, kind="dual", lines=lines)


def _parts(paragraphs: Sequence[Paragraph], width: int = 0) -> tuple[Part, ...]:
    parts: list[Part] = []
    for paragraph in paragraphs:
        if isinstance(paragraph, Cue):
            text = " ".join([paragraph.name, *(f"({extension})" for extension in paragraph.extensions)])
            parts.append(Part(kind="cue", text=plain(text), width=width or WIDTHS["cue"]))
        elif isinstance(paragraph, Dialogue | Parenthetical | Lyric):
            kind = type(paragraph).__name__.lower()
            parts.append(Part(kind=kind, text=plain(paragraph.text), width=width or WIDTHS[kind]))
    return tuple(parts)
