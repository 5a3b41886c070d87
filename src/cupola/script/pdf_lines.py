"""The lines of text of a PDF: what stands on one baseline, with how far in from the left each part of it starts.

The text and its positions come from pypdf; a page that was scanned has none.
"""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cupola.errors import ScriptError

POINTS_AN_INCH = 72
PITCH = 0.6
"""The width of a character of Courier, in font sizes; wider than nearly every letter of other fonts."""
MOST_PAGES = 2_000
MOST_SEGMENTS = 60_000
"""On one page: ten times a full page whose every letter is set by itself."""
_SAME_BASELINE_PT = 3.0
_FIELD_GAP = 2.6
"""Empty characters between two parts of a line, such as a scene number in the margin and the heading beside it."""

NO_TEXT = "this PDF has no text"
NO_TEXT_REMEDY = "export the script as FDX, Fountain or text PDF"

Progress = Callable[[int, int], None]
"""Told how many pages are read, and of how many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A part of a line without a wide gap in it; points from the left edge of the page."""

    left_pt: float
    right_pt: float
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """What stands on one baseline, its fields from left to right, of which there is at least one."""

    fields: tuple[Field, ...]

    @property
    def left_pt(self) -> float:
        return self.fields[0].left_pt

    @property
    def right_pt(self) -> float:
        return self.fields[-1].right_pt

    @property
    def text(self) -> str:
        return " ".join(field.text for field in self.fields)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line(Printed):
    """A line of a page; `down_pt` from the top of the page, `size_pt` of its letters."""

    down_pt: float
    size_pt: float


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfPage:
    """The lines of a page from top to bottom, and its size in points."""

    number: int
    width_pt: float
    height_pt: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Segment:
    left_pt: float
    down_pt: float
    size_pt: float
    text: str

    @property
    def right_pt(self) -> float:
        return self.left_pt + PITCH * self.size_pt * len(self.text)


def read_lines(data: bytes, *, file: str, progress: Progress | None = None) -> tuple[PdfPage, ...]:
    """Return the pages of a PDF with their lines.

    Raises ScriptError for what is no PDF, is locked with a password, is damaged, has no text or too much of it.
    """
    try:
        return _pages(data, file, progress)
    except ScriptError:
        raise
    except Exception as fault:  # whatever a damaged PDF makes of its reader
        rule = f"this PDF is damaged: {type(fault).__name__}"
        raise ScriptError(rule, remedy=f"print it to PDF anew, or {NO_TEXT_REMEDY}", file=file) from None


def _pages(data: bytes, file: str, progress: Progress | None) -> tuple[PdfPage, ...]:
    from pypdf import PdfReader  # takes 0.2 s

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a flaw that can be read over is no news to a user
    if b"%PDF-" not in data[:1024]:
        raise ScriptError("a PDF starts with %PDF-", remedy="is this the right file?", file=file)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ScriptError("this PDF is locked with a password", remedy="save it without one", file=file)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise ScriptError(f"a script has at most {MOST_PAGES} pages", value=count, remedy="is this the right file?", file=file)
    pages = []
    for number, page in enumerate(reader.pages, 1):
        pages.append(_page(page, number, file))
        if progress:
            progress(number, count)
    if not any(page.lines for page in pages):
        raise ScriptError(NO_TEXT, remedy=NO_TEXT_REMEDY, file=file)
    return tuple(pages)


def _page(page: Any, number: int, file: str) -> PdfPage:
    box = page.mediabox
    left, top = float(box.left), float(box.top)
    found: list[_Segment] = []

    def visit(text: str, outer: list[float], inner: list[float], _font: Any, size: float) -> None:
        text = text.replace("\n", "").replace("\xa0", " ").replace("\x00", "")
        if not text:
            return
        if len(found) >= MOST_SEGMENTS:
            rule = "a page of a script is a page of text"
            raise ScriptError(rule, value=f"page {number}", remedy="is this the right file?", file=file)
        a, b, _, d, x, y = _product(inner, outer)
        if abs(b) <= 0.1 * abs(a):  # a watermark runs across the page
            letter = abs(d) * float(size)
            found.append(_Segment(left_pt=x - left, down_pt=top - y, size_pt=letter or 12.0, text=text))

    page.extract_text(visitor_text=visit)
    width, height = float(box.width), float(box.height)
    return PdfPage(number=number, width_pt=width, height_pt=height, lines=tuple(_lines(found)))


def _product(inner: list[float], outer: list[float]) -> tuple[float, ...]:
    """Return the place and scale of text: its own matrix within that of the page."""
    a, b, c, d, e, f = map(float, inner)
    g, h, i, j, k, m = map(float, outer)
    product = (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
    return product if all(map(math.isfinite, product)) else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _lines(segments: Iterable[_Segment]) -> list[Line]:
    rows: list[list[_Segment]] = []
    for segment in sorted(segments, key=lambda one: (one.down_pt, one.left_pt)):
        if rows and segment.down_pt - rows[-1][0].down_pt <= _SAME_BASELINE_PT:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    lines = (_line(sorted(row, key=lambda one: one.left_pt)) for row in rows)
    return [line for line in lines if line.fields]


def _line(row: list[_Segment]) -> Line:
    fields: list[Field] = []
    left, right, text = row[0].left_pt, row[0].left_pt, ""
    for segment in row:
        gap = (segment.left_pt - right) / (PITCH * segment.size_pt)
        if text.strip() and gap >= _FIELD_GAP:
            fields.append(_field(left, right, text))
            left, text = segment.left_pt, ""
        elif text and gap > 0.35:
            text += " " * max(1, round(gap))
        elif not text:
            left = segment.left_pt
        text += segment.text
        right = max(right, segment.right_pt)
    fields.append(_field(left, right, text))
    size = max(segment.size_pt for segment in row)
    return Line(down_pt=row[0].down_pt, size_pt=size, fields=tuple(_split(fields, size)))


def _field(left: float, right: float, text: str) -> Field:
    return Field(left_pt=left, right_pt=right, text=text)


def _split(fields: list[Field], size_pt: float) -> Iterable[Field]:
    """Cut fields at runs of spaces as wide as a gap, and trim them: spaces may be letters like any other."""
    width = PITCH * size_pt
    for field in fields:
        at = 0
        for part in field.text.replace("    ", "\t").split("\t"):
            bare = part.strip()
            if bare:
                start = field.text.index(bare, at)
                at = start + len(bare)
                yield Field(left_pt=field.left_pt + width * start, right_pt=field.left_pt + width * at, text=bare)
