"""Eighths of a page: a page is 8/8 whatever it holds, its scenes share them by their lines, and no scene is below 1/8."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from cupola.script.elements import Heading
from cupola.script.pages import LINES_A_PAGE, Page, is_omitted

EIGHTHS_A_PAGE = 8

Word = Literal["counted", "file", "production"]
"""Whose word the eighths of a scene are: counted on the page, a length in the script's file, or a figure of the production."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageShare:
    """What a scene has of one page: its `lines` of the page's `of`, and what rounding gave it of the `page_eighths`.

    `page` is the page as printed ("9A").
    """

    page: str
    lines: int
    of: int
    page_eighths: int
    eighths: int

    @property
    def exact(self) -> Fraction:
        """Its share of the page in eighths, before rounding."""
        return Fraction(self.page_eighths * self.lines, self.of)


@dataclass(frozen=True, kw_only=True, slots=True)
class EighthsAccount:
    """How the eighths of a scene came about, page by page.

    `scene` counts headings from 1, `line` is its heading's, `number` as written. `file_eighths` is the length that the file
    gives, `final_draft` what Final Draft would say: all lines of the scene, rounded up to an eighth of a page.
    """

    scene: int
    line: int
    number: str
    omitted: bool
    shares: tuple[PageShare, ...]
    final_draft: int
    file_eighths: int | None = None

    @property
    def lines(self) -> int:
        return sum(share.lines for share in self.shares)

    @property
    def exact(self) -> Fraction:
        return sum((share.exact for share in self.shares), Fraction(0))

    @property
    def counted(self) -> int:
        """The eighths of its pages, before anybody else has a word."""
        return sum(share.eighths for share in self.shares)

    @property
    def eighths(self) -> int:
        """The file's own length, else what was counted; 0 only for a scene that is omitted."""
        return self.file_eighths or self.counted

    @property
    def word(self) -> Word:
        return "file" if self.file_eighths else "counted"


def page_eighths(page: Page) -> int:
    """Count the eighths of a page: eight, unless a page break or the end cuts it short; then what it holds, at least one."""
    if not page.is_cut_short:
        return EIGHTHS_A_PAGE
    return max(1, round(page.height * EIGHTHS_A_PAGE / page.room))


def scene_eighths(pages: Sequence[Page], headings: Sequence[Heading] = ()) -> dict[int, int]:
    """Count the eighths of each scene, by the count of its heading (1 for the first); a length in the file wins."""
    return {account.scene: account.eighths for account in eighths_accounts(pages, headings)}


def eighths_accounts(pages: Sequence[Page], headings: Sequence[Heading] = ()) -> tuple[EighthsAccount, ...]:
    """Count the eighths of each scene, and say how.

    On every page the scenes (and what stands above the first) share its eighths by largest remainder, so that a page adds up.
    It adds up to more only where more scenes end on it than it has eighths. A scene that is omitted may get none.
    """
    told = dict(enumerate(headings, 1))
    shares = _shares(pages, {scene for scene, heading in told.items() if is_omitted(heading)}, page_labels(pages, headings))
    room = pages[0].room if pages else LINES_A_PAGE
    return tuple(_account(scene, told.get(scene), shares[scene], room) for scene in sorted(shares) if scene)


def _account(scene: int, heading: Heading | None, shares: list[PageShare], room: int) -> EighthsAccount:
    lines = sum(share.lines for share in shares)
    return EighthsAccount(
        scene=scene,
        line=heading.line if heading else 0,
        number=heading.number if heading else "",
        omitted=heading is not None and is_omitted(heading),
        shares=tuple(shares),
        final_draft=math.ceil(lines * EIGHTHS_A_PAGE / room),
        file_eighths=heading.eighths if heading and not is_omitted(heading) else None,
    )


def _shares(pages: Sequence[Page], omitted: set[int], labels: Sequence[str]) -> dict[int, list[PageShare]]:
    last_page = {piece.scene: page.number for page in pages for piece in page.pieces}
    shares: dict[int, list[PageShare]] = {}
    for page, label in zip(pages, labels, strict=True):
        lines, whole = scene_lines(page), page_eighths(page)
        ending = {scene for scene in lines if scene and scene not in omitted and last_page[scene] == page.number}
        due = {scene for scene in ending if not any(share.eighths for share in shares.get(scene, ()))}
        for scene, eighths in shared_out(whole, lines, due).items():
            share = PageShare(page=label, lines=lines[scene], of=page.height, page_eighths=whole, eighths=eighths)
            shares.setdefault(scene, []).append(share)
    return shares


def scene_lines(page: Page) -> dict[int, int]:
    """Count the lines that each scene has on a page, blank ones above its paragraphs included; 0 is what no scene has."""
    lines: dict[int, int] = {}
    for piece in page.pieces:
        lines[piece.scene] = lines.get(piece.scene, 0) + piece.height
    return lines


def shared_out(eighths: int, lines: Mapping[int, int], due: set[int]) -> dict[int, int]:
    """Share eighths by lines, by largest remainder; each scene that is `due` gets at least one, even beyond `eighths`.

    >>> shared_out(8, {1: 30, 2: 20, 3: 4}, {3})
    {1: 4, 2: 3, 3: 1}
    """
    all_lines = sum(lines.values())
    given = {scene: max(eighths * count // all_lines, int(scene in due)) for scene, count in lines.items()}

    def too_much(scene: int) -> int:
        return given[scene] * all_lines - eighths * lines[scene]

    while sum(given.values()) < eighths:
        given[min(given, key=too_much)] += 1
    while sum(given.values()) > eighths:
        above_least = [scene for scene in given if given[scene] > (scene in due)]
        if not above_least:
            break
        given[max(above_least, key=too_much)] -= 1
    return given


def page_labels(pages: Sequence[Page], headings: Sequence[Heading] = ()) -> tuple[str, ...]:
    """Return the number printed on each page: "9A" where the file says so of the first scene that begins on it.

    Pages of which the file says nothing count on from the page before. No label stands twice.
    """
    said = {piece.scene: page.number for page in reversed(pages) for piece in page.pieces if piece.scene}
    first: dict[int, str] = {}
    for scene, heading in enumerate(headings, 1):
        if heading.page and scene in said:
            first.setdefault(said[scene], heading.page)
    return tuple(_labels(pages, first))


def _labels(pages: Sequence[Page], said: Mapping[int, str]) -> Iterator[str]:
    before = (0, "")
    for page in pages:
        label = said.get(page.number, "")
        found = _label_key(label)
        if found is None or found <= before:
            found, label = (before[0] + 1, ""), str(before[0] + 1)
        before = found
        yield label


def _label_key(label: str) -> tuple[int, str] | None:
    """Return a printed page number so that it can be compared; None for one that does not begin with a number."""
    digits = label[: len(label) - len(label.lstrip("0123456789"))]
    return (int(digits), label[len(digits) :]) if digits.isascii() and 0 < len(digits) < 9 else None
