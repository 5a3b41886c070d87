"""The sheets of a printed Breakdown report: labels with what stands behind them, and elements under their categories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cupola.exchange.msd_names import STANDARD
from cupola.script.categories import CATEGORY_TABLE
from cupola.script.pdf_lines import Field, Line, PdfPage

MOST_SHEETS = 10_000
SAME_COLUMN_PT = 12.0

_LABELS: Mapping[str, str] = {
    r"sheet\s*(?:no\.?|number)?": "sheet",
    r"scenes?\s*(?:no\.?|numbers?)?": "scene",
    r"int\s*/\s*ext|i/e": "INT/EXT",
    r"set": "Set",
    r"day\s*/\s*night|d/n": "Day/Night",
    r"location": "Location",
    r"script\s+day": "Script Day",
    r"unit": "Unit",
    r"sequence": "Sequence",
    r"pages?|page\s+count|pgs": "pages",
    r"script\s+pages?": "script page",
    r"est(?:\.|imated)?\s+time": "time",
    r"synopsis|description": "synopsis",
    r"comments?": "comments",
}
_FACTS = ("INT/EXT", "Set", "Day/Night", "Location", "Script Day", "Unit", "Sequence")
_ORDER = sorted(_LABELS, key=len, reverse=True)
_LABEL = re.compile(
    rf"(?:^|(?<=\s))(?:{'|'.join(f'(?P<l{n}>{words})' for n, words in enumerate(_ORDER))})"
    r"(?:\(s\))?\s*(?:#\s*:?|:)",
    re.IGNORECASE,
)
_PAGES = re.compile(r"(?:(\d{1,3})(?!\s*/))?\s*(?:([0-9])\s*/\s*8)?")
_TIME = re.compile(r"(\d{1,3}):(\d{2})")
_FOOT = re.compile(r"page\s+\d+(?:\s+of\s+\d+)?|printed\s+(?:on|at)\b.*|breakdown\s+sheets?", re.IGNORECASE)
_WORDS = frozenset(name.casefold() for name in (*STANDARD, *(one.name for one in CATEGORY_TABLE.values())))


@dataclass(kw_only=True, slots=True)
class PdfSheet:
    """What a printed sheet says; `needs` are categories with elements, in the order they stand."""

    said: dict[str, str] = field(default_factory=dict)
    elements: list[tuple[str, str]] = field(default_factory=list)

    @property
    def number(self) -> str:
        return self.said.get("scene", "")

    @property
    def synopsis(self) -> str:
        return self.said.get("synopsis", "")

    @property
    def comments(self) -> str:
        return self.said.get("comments", "")

    @property
    def script_page(self) -> str:
        return self.said.get("script page", "")

    @property
    def eighths(self) -> int:
        """The pages in eighths: `2 4/8`, `4/8`, `3`."""
        found = _PAGES.match(self.said.get("pages", "").strip())
        return int(found[1] or 0) * 8 + int(found[2] or 0) if found else 0

    @property
    def minutes(self) -> int:
        found = _TIME.search(self.said.get("time", ""))
        return int(found[1]) * 60 + int(found[2]) if found else 0

    @property
    def needs(self) -> Iterator[tuple[str, str]]:
        for fact in _FACTS:
            if self.said.get(fact):
                yield fact, self.said[fact]
        yield from self.elements


@dataclass(kw_only=True, slots=True)
class _Column:
    left_pt: float
    category: str


def read_sheets(pages: Sequence[PdfPage]) -> list[PdfSheet]:
    """Return the sheets of a report that have a scene number."""
    found: list[PdfSheet] = []
    columns: list[_Column] = []
    sheet, last = PdfSheet(), ""
    running = _running(pages)
    for line in (line for page in pages for line in page.lines):
        pairs = list(_pairs(line))
        if (line.text in running and not pairs) or _FOOT.fullmatch(line.text.strip()):
            continue
        if pairs:
            if any(label in sheet.said for label, _ in pairs if label in ("sheet", "scene")):
                found.append(sheet)
                sheet, columns = PdfSheet(), []
            for label, text in pairs:
                sheet.said.setdefault(label, text)
            last = pairs[-1][0] if len(pairs) == 1 else ""
            continue
        heads = [one for one in line.fields if _category(one.text)]
        if heads and len(heads) == len(line.fields):
            columns = _columns(columns, heads)
            last = ""
        elif columns:
            for one in line.fields:
                _put(sheet, columns, one)
        elif last in ("synopsis", "comments") and sheet.said.get(last):
            sheet.said[last] += f" {line.text}"
        if len(found) > MOST_SHEETS:
            break
    return [one for one in (*found, sheet) if one.number]


def _running(pages: Sequence[PdfPage]) -> frozenset[str]:
    """Return the lines that stand at the head of most pages: the title of the film, the name of the report."""
    heads = Counter(text for page in pages for text in {line.text for line in page.lines[:2]})
    return frozenset(text for text, count in heads.items() if count >= max(2, len(pages) / 2))


def _pairs(line: Line) -> Iterator[tuple[str, str]]:
    """Yield the labels of a line, each with the text up to the next."""
    text = line.text
    labels = list(_LABEL.finditer(text))
    if not labels or text[: labels[0].start()].strip():
        return
    ends = [one.start() for one in labels[1:]] + [len(text)]
    for one, end in zip(labels, ends, strict=True):
        words = _ORDER[next(n for n in range(len(_ORDER)) if one.group(f"l{n}"))]
        yield _LABELS[words], " ".join(text[one.end() : end].split())


def _category(text: str) -> bool:
    """Whether a text is the name of a category, as the trade prints it."""
    return text.strip(" :").casefold() in _WORDS


def _columns(before: Sequence[_Column], heads: Sequence[Field]) -> list[_Column]:
    """Return the columns that stand now: heads of one line side by side, in place of those above them."""
    found = [_Column(left_pt=one.left_pt, category=one.text.strip(" :")) for one in heads]
    kept = [one for one in before if all(abs(one.left_pt - new.left_pt) > SAME_COLUMN_PT for new in found)]
    return sorted([*kept, *found], key=lambda one: one.left_pt) if len(found) < len(before) else found


def _put(sheet: PdfSheet, columns: Sequence[_Column], one: Field) -> None:
    """Add an element to the column it stands in: the last that starts no further right."""
    own = [column for column in columns if column.left_pt <= one.left_pt + SAME_COLUMN_PT]
    if own and one.text.strip():
        sheet.elements.append((own[-1].category, one.text.strip()))
