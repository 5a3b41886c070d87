"""A sheet of a spreadsheet as text: rows of cells by their numbers, whatever file they came from."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.errors import ScheduleError

MOST_ROWS = 20_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row with its 1-based number in the sheet, and the line of a text file on which it starts (None in a workbook)."""

    number: int
    cells: tuple[str, ...]
    line: int | None = None

    def at(self, column: int) -> str:
        """Return the text of a cell; empty where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that are not empty."""
        return tuple(cell for cell in self.cells if cell)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A sheet: its name (empty in a CSV file), its rows that have text, in order, and what its reader should know.

    `separator` and `encoding` are those that a CSV file turned out to have, the latter empty for Unicode.
    """

    file: str
    name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    separator: str = ""
    encoding: str = ""

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)

    def wrong(self, row: Row | None, column: int | None, rule: str, *, value: object = None, remedy: str = "") -> ScheduleError:
        """Return an error that names a cell: `cell B17`, with the sheet where there are several."""
        place = "" if row is None else f"row {row.number}" if column is None else f"cell {letters(column)}{row.number}"
        where = " of ".join(part for part in (place, f"sheet “{self.name}”" if self.name else "") if part)
        said = f"{where}: {rule}" if where else rule
        return ScheduleError(said, value=value, remedy=remedy, file=self.file, line=row.line if row else None)


def letters(column: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int | None:
    """Return the column that letters name, counted from 0; None for what are no such letters.

    >>> column_of("A"), column_of("aa"), column_of("Scene"), column_of("7")
    (0, 26, None, None)
    """
    if not (name.isascii() and name.isalpha() and len(name) <= 3):
        return None
    found = 0
    for sign in name.upper():
        found = found * 26 + ord(sign) - 64
    return found - 1


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """Return cells without blanks around their text and without empty ones at the end."""
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
