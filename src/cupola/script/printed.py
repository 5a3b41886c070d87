"""The lines of a page as they are printed: each one with its column on the line and the scene it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cupola.script.pages import MORE, Page, Piece

COLUMNS: dict[str, int] = {"cue": 20, "parenthetical": 15, "dialogue": 10, "lyric": 10}
"""Characters from the left edge of the action, 1.5 inches in, as Final Draft's screenplay template indents them."""

_RIGHT_EDGE = 56
_MIDDLE = 30
_CAPITALS = frozenset({"heading", "cue", "transition"})


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedLine:
    """One line of a page, empty where it is blank; `begins` where it is the first line of a scene."""

    text: str
    column: int
    scene: int
    begins: bool = False


def printed_lines(page: Page) -> Iterator[PrintedLine]:
    """Yield the lines of a page from top to bottom; headings, cues and transitions are in capitals, as the format wants."""
    for piece in page.pieces:
        yield from (PrintedLine(text="", column=0, scene=piece.scene) for _ in range(piece.above))
        if piece.continued:
            yield _line(piece, "cue", piece.continued)
        for number, (style, text) in enumerate(zip(piece.styles, piece.lines, strict=True)):
            yield _line(piece, style, text, begins=piece.kind == "heading" and number == 0)
        if piece.is_continued_below:
            yield _line(piece, "cue", MORE)


def _line(piece: Piece, style: str, text: str, *, begins: bool = False) -> PrintedLine:
    shown = _capitals(text) if style in _CAPITALS else text
    return PrintedLine(text=shown, column=_column(style, shown), scene=piece.scene, begins=begins)


def _column(style: str, text: str) -> int:
    """Return the column of a line: a parenthesis hangs out, a transition ends at the right, a centred line is in the middle."""
    match style:
        case "transition":
            return max(0, _RIGHT_EDGE - len(text))
        case "centred":
            return max(0, _MIDDLE - len(text) // 2)
        case "parenthetical" if text.startswith("("):
            return COLUMNS[style] - 1
    return COLUMNS.get(style, 0)


def _capitals(text: str) -> str:
    """Return a text in capitals of the same length, so that a line which fits still fits ("ß" stays)."""
    return "".join(upper if len(upper := sign.upper()) == 1 else sign for sign in text)
