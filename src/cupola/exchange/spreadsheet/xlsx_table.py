"""Excel workbooks (.xlsx) → a sheet as text: values as they are shown to mean, dates as dates, merged days filled down.

Read are the sheets' names, the texts they share, which formats are dates, and the cells (ECMA-376, part 1, 18). A formula
counts as the value that was last computed. Nothing outside the file is ever opened, and what would burst is refused first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from cupola.errors import ScheduleError
from cupola.exchange.spreadsheet.grid import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Grid, Row, column_of, letters, trimmed
from cupola.strangers import Node, read_member, read_xml

MAGIC = b"PK\x03\x04"
KIND = "an Excel workbook"
SAVE = "save the workbook anew as .xlsx, or its sheet as CSV UTF-8"
LONGEST_PART = 24 * 2**20
MOST_NODES = 600_000
MOST_SHEETS = 40
MOST_EXACT = 1e15
"""Numbers of this size and more are no whole numbers in a workbook any more."""
MOST_FILLED = 500_000

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Number formats that every Excel has and that mean a date or a time (18.8.30)."""
_BESIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SECONDS = 86_400


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a zip archive, as every workbook is."""
    return data.startswith(MAGIC)


def read_xlsx(data: bytes, *, file: str, sheet: str = "", likely: Callable[[Grid], int] | None = None) -> Grid:
    """Return a sheet of a workbook by its name; without one the sheet in which `likely` counts the most columns that it knows.

    Raises ScheduleError, and nothing else.
    """
    book = _Book(data=data, file=file)
    names = book.sheets()
    if sheet:
        path = next((path for name, path in names if name.casefold() == sheet.casefold()), "")
        if not path:
            listed = ", ".join(name for name, _ in names[:12])
            raise ScheduleError("the workbook has no such sheet", value=sheet, remedy=f"it has: {listed}", file=file)
        return book.grid(next(name for name, one in names if one == path), path)
    if len(names) == 1 or likely is None:
        return book.grid(*names[0])
    grids = [book.grid(name, path) for name, path in names]
    best = max(grids, key=likely)
    if sum(likely(grid) == likely(best) for grid in grids) > 1:
        said = f"Read was sheet “{best.name}”, the first that may be it; say sheet in the mapping if it is another."
        best = replace(best, notes=(*best.notes, said))
    return best


@dataclass(kw_only=True, slots=True)
class _Book:
    data: bytes
    file: str
    shared: list[str] | None = None
    dates: frozenset[int] | None = None
    is_1904: bool = False
    unpacked: int = 0

    def part(self, name: str, *, what: str) -> bytes:
        wanted = name.lstrip("/").casefold()
        found = read_member(
            self.data,
            lambda one: one.lstrip("/").casefold() == wanted,
            file=self.file,
            error=ScheduleError,
            kind=KIND,
            what=what,
            remedy=SAVE,
            most=LONGEST_PART,
        )
        self.unpacked += len(found)
        if self.unpacked > 2 * LONGEST_PART:
            rule = f"the sheets of {KIND} have at most {2 * LONGEST_PART // 2**20} MB together"
            raise ScheduleError(rule, value=name, remedy="say which sheet in the mapping", file=self.file)
        return found

    def xml(self, name: str, *, what: str) -> Node:
        return read_xml(self.part(name, what=what), file=f"{self.file}/{name}", error=ScheduleError, most_nodes=MOST_NODES)

    def optional(self, name: str) -> Node | None:
        """Return a part that a workbook may do without."""
        try:
            return self.xml(name, what="that part")
        except ScheduleError as error:
            if error.rule == f"{KIND} holds that part":
                return None
            raise

    def sheets(self) -> list[tuple[str, str]]:
        """Return the names of the sheets that people see, with the parts they are in."""
        root = self.xml("xl/workbook.xml", what="sheets")
        links = self.xml("xl/_rels/workbook.xml.rels", what="sheets")
        targets = {one.attributes.get("Id", ""): one.attributes.get("Target", "") for one in links.nodes}
        self.is_1904 = any(_is_on(one.attributes.get("date1904")) for one in _all(root, "workbookPr"))
        found = []
        for one in _all(root, "sheet"):
            link = next((value for key, value in one.attributes.items() if key.rpartition(":")[2] == "id"), "")
            target = targets.get(link, "")
            is_seen = one.attributes.get("state", "visible") == "visible"
            if target.endswith(".xml") and "worksheets/" in target and is_seen:
                path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                found.append((one.attributes.get("name", ""), path))
        if not found or len(found) > MOST_SHEETS:
            rule = f"{KIND} has 1 to {MOST_SHEETS} sheets that can be seen"
            raise ScheduleError(rule, value=len(found), remedy=SAVE, file=self.file)
        return found

    def grid(self, name: str, path: str) -> Grid:
        if self.shared is None:
            root = self.optional("xl/sharedStrings.xml")
            self.shared = [_text(one) for one in _all(root, "si")] if root else []
            styles = self.optional("xl/styles.xml")
            self.dates = _date_styles(styles) if styles else frozenset()
        root = self.xml(path, what="that sheet")
        sheet = _Sheet(grid=Grid(file=self.file, name=name, rows=()), book=self)
        for one in _all(root, "row"):
            sheet.row(one)
        sheet.merge([one.attributes.get("ref", "") for one in _all(root, "mergeCell")])
        return sheet.done()


@dataclass(kw_only=True, slots=True)
class _Sheet:
    grid: Grid
    book: _Book
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    last: int = 0
    uncomputed: list[str] = field(default_factory=list)

    def row(self, node: Node) -> None:
        said = node.attributes.get("r", "")
        number = int(said) if said.isascii() and said.isdigit() and len(said) <= 7 else self.last + 1
        self.last, column = number, -1
        for one in _children(node, "c"):
            at = _CELL.fullmatch(one.attributes.get("r", ""))
            column = (column_of(at[1]) or 0) if at else column + 1
            text = self.text(one, f"{letters(column)}{number}")
            if text:
                self.put(number, column, text)

    def put(self, number: int, column: int, text: str) -> None:
        cells = self.rows.setdefault(number, {})
        if column >= MOST_COLUMNS or len(self.rows) > MOST_ROWS or len(text) > LONGEST_CELL:
            rule = (
                f"a sheet has at most {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns, "
                f"a cell at most {LONGEST_CELL:,} characters"
            )
            raise self.grid.wrong(
                Row(number=number, cells=()), column, rule, value=text[:40], remedy="is this the right sheet?"
            )
        cells[column] = text

    def text(self, cell: Node, where: str) -> str:
        kind = cell.attributes.get("t", "n")
        inline = next(_children(cell, "is"), None)
        if kind == "inlineStr" or inline is not None:
            return _text(inline).strip() if inline else ""
        value = next(_children(cell, "v"), None)
        said = value.text.strip() if value else ""
        if not said:
            if any(True for _ in _children(cell, "f")):
                self.uncomputed.append(where)
            return ""
        if kind == "s":
            shared = self.book.shared or []
            at = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else len(shared)
            return shared[at].strip() if at < len(shared) else ""
        if kind == "b":
            return "yes" if said == "1" else "no"
        if kind in ("str", "e"):
            return _decoded(said).strip()
        return self.number(said, cell.attributes.get("s", ""))

    def number(self, said: str, style: str) -> str:
        try:
            value = float(said)
        except ValueError:
            return said
        if style.isascii() and style.isdigit() and int(style[:9]) in (self.book.dates or ()):
            return _moment(value, is_1904=self.book.is_1904) or said
        if not abs(value) < MOST_EXACT:
            return said
        return str(int(value)) if value == int(value) else repr(value)

    def merge(self, refs: Sequence[str]) -> None:
        """Write the text of cells that are merged downwards into every row they cover: a day that stands beside its strips."""
        numbers, filled = sorted(self.rows), 0
        for ref in refs:
            first, _, last = ref.partition(":")
            a, b = _CELL.fullmatch(first), _CELL.fullmatch(last)
            text = self.rows.get(int(a[2]), {}).get(column_of(a[1]) or 0, "") if a and b else ""
            if not a or not b or not text:
                continue
            covered = numbers[bisect_right(numbers, int(a[2])) : bisect_right(numbers, int(b[2]))]
            filled += len(covered)
            if filled > MOST_FILLED:
                return
            for number in covered:
                self.rows[number].setdefault(column_of(a[1]) or 0, text)

    def done(self) -> Grid:
        rows = []
        for number in sorted(self.rows):
            cells = self.rows[number]
            rows.append(Row(number=number, cells=trimmed([cells.get(at, "") for at in range(max(cells) + 1)])))
        notes: tuple[str, ...] = ()
        if self.uncomputed:
            shown = ", ".join(self.uncomputed[:5]) + (", …" if len(self.uncomputed) > 5 else "")
            notes = (
                f"Formulas that were never computed are empty ({shown}): open the workbook, save it, and import it again.",
            )
        return replace(self.grid, rows=tuple(row for row in rows if row.cells), notes=notes)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _all(root: Node, name: str) -> Iterator[Node]:
    return (one for one in root.within() if _local(one.name) == name)


def _children(node: Node, name: str) -> Iterator[Node]:
    return (one for one in node.nodes if _local(one.name) == name)


def _is_on(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _text(node: Node) -> str:
    """Return the text of a string, of all its runs, without the reading aids of Japanese (18.4.4)."""
    parts = [node.text for node in _children(node, "t")]
    parts += [one.text for run in _children(node, "r") for one in _children(run, "t")]
    return _decoded("".join(parts))


def _decoded(text: str) -> str:
    """Undo Excel's way to write signs that XML cannot hold: `_x000D_`."""
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _date_styles(root: Node) -> frozenset[int]:
    """Return the numbers of the cell formats that show dates or times."""
    own = {
        one.attributes.get("numFmtId", ""): _BESIDE.sub("", one.attributes.get("formatCode", ""))
        for one in _all(root, "numFmt")
    }
    formats = [one.attributes.get("numFmtId", "") for cells in _all(root, "cellXfs") for one in _children(cells, "xf")]
    return frozenset(
        at
        for at, id in enumerate(formats)
        if (re.search("[dmyhs]", own[id], re.IGNORECASE) if id in own else id.isdigit() and int(id[:6]) in _DATES)
    )


def _moment(value: float, *, is_1904: bool) -> str:
    """Return a serial number as `2027-04-01`, as `01:30` where it is a time only, with both where it has both.

    Day 60 of the count from 1900 is a day that never was (18.17.4.1).
    """
    if not 0 <= value < 2_958_466:
        return ""
    seconds = round(value * _SECONDS)
    days, rest = divmod(seconds, _SECONDS)
    clock = f"{rest // 3600:02d}:{rest % 3600 // 60:02d}"
    if not days and not is_1904:
        return clock
    start = date(1904, 1, 1) if is_1904 else date(1899, 12, 30 if days >= 60 else 31)
    day = datetime(start.year, start.month, start.day) + timedelta(days=days)
    return f"{day:%Y-%m-%d} {clock}" if rest else f"{day:%Y-%m-%d}"
