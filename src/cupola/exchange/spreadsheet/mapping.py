"""How a spreadsheet is read and written: which column is what, where the head stands, how its days are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cupola.exchange.spreadsheet.columns import ASKED, KEEP, NAMES, OWN, SKIP, Column, fact_of
from cupola.exchange.spreadsheet.grid import Grid, Row, column_of, letters
from cupola.script.names import folded

HEAD_WITHIN = 30
ORDERS = {"day month year": "dmy", "month day year": "mdy", "year month day": "ymd"}
LISTS = {"": "\n;,", ",": "\n,", ";": "\n;", "line": "\n"}
"""What stands between the names of a list, and the signs that may."""

_NUMBER_HEADS = frozenset(("no", "nr", "номер", "#", "№"))
_TIMES = frozenset(("day", "night", "dawn", "dusk", "morning", "evening", "d", "n", "день", "ночь", "утро", "вечер", "режим"))


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnMap:
    """How one spreadsheet is laid out; what is empty is found out.

    `columns` are pairs of a head, or the letters of a column, and what it holds. `header_row` 0 means that there is no head.
    `dates` is a key of ORDERS, `lists` one of LISTS. `days` says whether each row has its day, or rows of their own end days.
    `fill_down` are facts that count for the rows below until another stands there. `cast` are names by their numbers.
    """

    columns: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    header_row: int | None = None
    separator: str = ""
    encoding: str = ""
    dates: str = ""
    lists: str = ""
    days: Literal["", "columns", "rows"] = ""
    fill_down: tuple[str, ...] = ()
    cast: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """A sheet with its head found: the number of its row (0 without one), its columns, and those that nobody knows.

    `names` are what columns are carried under: their heads, no two alike.
    """

    head: int
    columns: tuple[Column, ...]
    unknown: tuple[int, ...]
    notes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return names_of(self.columns)

    def at(self, fact: str) -> int | None:
        """Return where a fact stands; None where no column has it."""
        return next((at for at, column in enumerate(self.columns) if column.fact == fact), None)


def names_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """Return the names under which columns are carried: their heads, made different where two are alike or empty."""
    found: list[str] = []
    for at, column in enumerate(columns):
        wish = column.head or f"column {letters(at)}"
        found.append(wish if wish not in found else f"{wish} ({letters(at)})")
    return tuple(found)


def likeness(grid: Grid, asked: ColumnMap | None = None) -> int:
    """Return how many columns of a sheet are known; 0 where none of its rows is the head of a schedule."""
    row = _head(grid, asked or ColumnMap())
    return 0 if row is None else _known(row, asked or ColumnMap())


def laid_out(grid: Grid, asked: ColumnMap) -> Laid:
    """Return what each column of a sheet holds; raises ScheduleError where no row is the head of a schedule."""
    if asked.header_row == 0:
        head, heads = 0, [""] * grid.width
    else:
        row = _head(grid, asked) if asked.header_row is None else _numbered(grid, asked.header_row)
        if row is None:
            raise _no_head(grid, asked)
        head, heads = row.number, [row.at(at) for at in range(grid.width)]
    below = [row for row in grid.rows if row.number > head]
    said = {folded(name): fact for name, fact in asked.columns}
    lettered = {column_of(name): fact for name, fact in asked.columns if folded(name) not in set(map(folded, heads))}
    columns = [_column(at, text, said, lettered) for at, text in enumerate(heads)]
    sure = [bool(one.head and folded(one.head) in said) or at in lettered for at, one in enumerate(columns)]
    columns = _second_thoughts(columns, sure, below)
    columns, notes = _each_once(columns)
    if not any(column.fact in ASKED for column in columns):
        raise _no_head(grid, asked)
    unknown = tuple(
        at for at, one in enumerate(columns) if one.head and not sure[at] and one.fact == KEEP and not fact_of(one.head)
    )
    missing = [
        name
        for name, fact in asked.columns
        if folded(name) not in set(map(folded, heads))
        and fact not in (KEEP, SKIP)
        and (column_of(name) or grid.width) >= grid.width
    ]
    if missing:
        notes.append(f"The mapping names columns that the sheet does not have: {', '.join(missing)}.")
    return Laid(head=head, columns=tuple(columns), unknown=unknown, notes=tuple(notes))


def _no_head(grid: Grid, asked: ColumnMap) -> Exception:
    rule = "a schedule has a row of heads, with one for the scene, its heading or its set among them"
    found = next((", ".join(row.filled[:6]) for row in grid.rows), "an empty sheet")
    remedy = "say in a mapping which column is what: cupola import FILE --write-mapping columns.toml writes one to fill in"
    if asked.header_row:
        remedy = f"the mapping says header_row = {asked.header_row}: is it another? {remedy}"
    return grid.wrong(None, None, rule, value=found, remedy=remedy)


def _numbered(grid: Grid, number: int) -> Row | None:
    return next((row for row in grid.rows if row.number == number), None)


def _head(grid: Grid, asked: ColumnMap) -> Row | None:
    """Return the row with the most columns that are known, of the first rows; None where none says where the scenes are."""
    best = max(grid.rows[:HEAD_WITHIN], key=lambda row: (_known(row, asked), -row.number), default=None)
    return best if best is not None and _known(best, asked) else None


def _known(row: Row, asked: ColumnMap) -> int:
    said = {folded(name): fact for name, fact in asked.columns}
    facts = [said.get(folded(cell)) or fact_of(cell) for cell in row.cells if cell and len(cell) <= 60]
    is_head = any(fact in ASKED for fact in facts) and len({fact for fact in facts if fact}) > 1
    return sum(bool(fact) for fact in facts) if is_head else 0


def _column(at: int, head: str, said: dict[str, str], lettered: dict[int | None, str]) -> Column:
    fact = (said.get(folded(head)) if head else None) or lettered.get(at) or (fact_of(head) if head else "")
    return Column(head=head, fact=fact or KEEP)


def _second_thoughts(columns: list[Column], sure: Sequence[bool], below: Sequence[Row]) -> list[Column]:
    """Take a column `Day` that has no number for day or night, and, where no column has scenes, one headed `#` for theirs."""
    found = list(columns)
    for at, column in enumerate(columns):
        texts = {row.at(at).casefold().strip(". ") for row in below} - {""}
        if column.fact == "day" and not sure[at] and texts and texts <= _TIMES:
            found[at] = replace(column, fact="day/night")
    if not any(column.fact == "scene" for column in found):
        for at, column in enumerate(found):
            if column.fact == KEEP and not sure[at] and (folded(column.head) in _NUMBER_HEADS or column.head in _NUMBER_HEADS):
                found[at] = replace(column, fact="scene")
                break
    return found


def _each_once(columns: Sequence[Column]) -> tuple[list[Column], list[str]]:
    """Let a fact stand in one column; things of one category may stand in several."""
    found: list[Column] = []
    notes: list[str] = []
    for column in columns:
        taken = column.fact in NAMES and column.fact != KEEP and any(one.fact == column.fact for one in found)
        if taken:
            first = next(one.head for one in found if one.fact == column.fact)
            notes.append(
                f"Columns “{first}” and “{column.head}” both look like {column.fact}; the first counts, the other is kept."
            )
        found.append(replace(column, fact=KEEP) if taken else column)
    return found, notes


def complete(laid: Laid, asked: ColumnMap, **more: object) -> ColumnMap:
    """Return a mapping that says of every column what it is, so that the same sheet is written as it was read."""
    counts = [sum(folded(one.head) == folded(each.head) for one in laid.columns) for each in laid.columns]
    keys = [column.head if column.head and counts[at] == 1 else letters(at) for at, column in enumerate(laid.columns)]
    pairs = tuple((key, column.fact) for key, column in zip(keys, laid.columns, strict=True))
    return replace(asked, columns=pairs, header_row=laid.head, **more)  # type: ignore[arg-type]


def own_name(fact: str) -> str:
    """Return the name of a category that is nobody's but the file's."""
    return fact.removeprefix(OWN).strip()
