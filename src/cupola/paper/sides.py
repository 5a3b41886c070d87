"""Sides: the script's pages of one shooting day, what is not shot that day struck through, as PDF.

A booklet is in the order of the call sheet, as most assistant directors hand it out, so a page stands twice where the day comes
back to it; in script order each page stands once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from cupola.errors import BoardError
from cupola.model import Board, Day, Production, pages_text
from cupola.paper.html_board import unit_title
from cupola.paper.pdf import Sheet, Standard, compiled
from cupola.paper.strips import StripLine, days_of_unit, strip_lines
from cupola.paper.wording import count_text, date_text

Order = Literal["shooting", "script"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SidesLine:
    """One line of a script page: its column counts characters from the edge of the action; `scene` is a number, or empty.

    `begins` marks the first line of a scene, where its number stands in both margins; `struck` is not shot that day.
    """

    text: str
    column: int
    scene: str
    begins: bool = False
    struck: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SidesPage:
    """A page of the script under its printed number; `revision` names its paper ("Blue Rev. 2021-09-20"), empty for white."""

    label: str
    lines: tuple[SidesLine, ...]
    revision: str = ""

    @property
    def scenes(self) -> frozenset[str]:
        return frozenset(line.scene for line in self.lines if line.scene)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """The sides of a day: its scenes in the order they are shot, and the pages to hand out."""

    title: str
    board: str
    unit: str
    number: int
    of: int
    date: str
    order: Order
    scenes: tuple[StripLine, ...]
    pages: tuple[SidesPage, ...]
    on_pages: Mapping[str, str]


def sides(production: Production, board: Board, day: Day, pages: Sequence[SidesPage], *, order: Order = "shooting") -> Sides:
    """Return the sides of a day from all pages of the script; raises BoardError for a scene that is on none of them."""
    lines: dict[str, StripLine] = {}
    for line in strip_lines(production, board, day):
        lines.setdefault(line.strip.scene, line)
    where = _where(pages)
    for number in lines:
        if number not in where:
            remedy = "plan again, or give the scene back to the script"
            raise BoardError("a scene on the board is not in the script", value=number, remedy=remedy)
    return Sides(
        title=production.title,
        board=board.title,
        unit=unit_title(production.unit(day.unit)),
        number=day.number,
        of=len(days_of_unit(board, day.unit)),
        date=date_text(day.date),
        order=order,
        scenes=tuple(lines.values()),
        pages=tuple(_in_order(pages, where, list(lines), order)),
        on_pages={number: _span(pages, where[number]) for number in lines},
    )


def _where(pages: Sequence[SidesPage]) -> dict[str, range]:
    """The pages of each scene, from first to last."""
    where: dict[str, range] = {}
    for index, page in enumerate(pages):
        for scene in page.scenes:
            where[scene] = range(where[scene].start if scene in where else index, index + 1)
    return where


def _span(pages: Sequence[SidesPage], where: range) -> str:
    first, last = pages[where.start].label, pages[where.stop - 1].label
    return first if first == last else f"{first}-{last}"


def _in_order(
    pages: Sequence[SidesPage], where: Mapping[str, range], scenes: Sequence[str], order: Order
) -> Iterator[SidesPage]:
    if order == "script":
        for index in sorted({index for number in scenes for index in where[number]}):
            yield _struck(pages[index], scenes)
        return
    for run in _runs(pages, where, scenes):
        for index in range(where[run[0]].start, where[run[-1]].stop):
            yield _struck(pages[index], run)


def _runs(pages: Sequence[SidesPage], where: Mapping[str, range], scenes: Sequence[str]) -> list[list[str]]:
    """Scenes of a day that follow each other down the same page are handed out together."""
    runs: list[list[str]] = []
    for number in scenes:
        shared = where[number].start
        if runs and where[runs[-1][-1]].stop - 1 == shared and _is_above(pages[shared], runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _is_above(page: SidesPage, one: str, other: str) -> bool:
    order = [line.scene for line in page.lines]
    return order.index(one) < order.index(other)


def _struck(page: SidesPage, open_scenes: Sequence[str]) -> SidesPage:
    """Strike what belongs to no scene of `open_scenes`; what stands above the first heading goes with the first scene."""
    first = next((line.scene for line in page.lines if line.scene), "")
    return replace(page, lines=tuple(replace(line, struck=(line.scene or first) not in open_scenes) for line in page.lines))


def sides_pdf(
    production: Production,
    board: Board,
    found: Sides,
    *,
    paper: Sheet = "us-letter",
    half: bool = False,
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return sides as a tagged PDF: a cover, over more pages on a long day, then the script's.

    `half` puts two pages side by side, to be cut and folded.
    """
    title = f"{production.title}, sides, {found.unit}, day {found.number}"
    values = {"half": half, "cover": _cover(found), "pages": [_page(page) for page in found.pages]}
    return compiled("sides.typ", title, board, paper, standards, values)


def _cover(found: Sides) -> dict[str, Any]:
    eighths = sum(line.scene.eighths for line in found.scenes)
    return {
        "film": found.title,
        "unit": found.unit,
        "day": f"Day {found.number} of {found.of}",
        "date": found.date,
        "board": found.board,
        "scenes": [_scene(line, found) for line in found.scenes],
        "total": f"{count_text(len(found.scenes), 'scene')} · {pages_text(eighths)} pages",
        "order": f"Pages in {found.order} order",
    }


def _scene(line: StripLine, found: Sides) -> dict[str, str]:
    return {
        "time": f"{line.start}-{line.end}",
        "scene": line.scene.number,
        "ie": line.int_ext,
        "set": line.set,
        "word": line.time_of_day,
        "pages": pages_text(line.scene.eighths),
        "on": found.on_pages[line.scene.number],
        "cast": _cast(line),
    }


MANY = 8
"""More roles than so many stand on the cover by their numbers."""


def _cast(line: StripLine) -> str:
    return line.cast_text if len(line.scene.cast) > MANY else ", ".join(line.scene.cast)


def _page(page: SidesPage) -> dict[str, Any]:
    return {
        "label": page.label,
        "revision": page.revision,
        "lines": [
            {
                "text": line.text,
                "column": line.column,
                "number": line.scene if line.begins else "",
                "struck": line.struck,
            }
            for line in page.lines
        ],
        "strokes": [list(stroke) for stroke in _strokes(page.lines)],
    }


def _strokes(lines: Sequence[SidesLine]) -> list[tuple[int, int]]:
    """Lines from which to which a stroke goes: over each struck scene, blank lines around it left out."""
    strokes: list[tuple[int, int]] = []
    scene = ""
    for index, line in enumerate(lines):
        if not line.struck or not line.text:
            continue
        if strokes and line.scene == scene and all(each.struck for each in lines[strokes[-1][1] : index]):
            strokes[-1] = (strokes[-1][0], index)
        else:
            strokes.append((index, index))
        scene = line.scene
    return strokes
