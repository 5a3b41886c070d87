"""Comma-separated values, in and out: as Excel, Numbers, LibreOffice and Google write them in any country.

RFC 4180 with what is found in the wild: semicolons or tabs between the cells, a byte order mark or none, UTF-16, and files in
one byte a character. A text that a spreadsheet would take for a formula has an apostrophe before it, which is taken off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import islice

from cupola.errors import ScheduleError
from cupola.exchange.eight_bit import CYRILLIC, WESTERN, alphabet_of
from cupola.exchange.spreadsheet.grid import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Grid, Row, letters, trimmed

LARGEST = 16 * 2**20
LONGEST_LINE = 1_000_000
SEPARATORS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "utf-16", "windows-1251", "windows-1252", "cp866", "koi8-r", "mac-roman", "mac-cyrillic")
SAVE = "save the sheet anew as “CSV UTF-8”, or as .xlsx"

_NAMES = {CYRILLIC: "Cyrillic (Windows 1251)", WESTERN: "Western (Windows 1252)"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_ESCAPED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
_HINT = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE_ROWS = 60


def escaped(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; `unescaped` gives it back.

    >>> escaped("=1+1"), escaped("'=1"), escaped("O'Neil"), escaped("-")
    ("'=1+1", "''=1", "O'Neil", "'-")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """Return a text without the apostrophe that kept it from being a formula."""
    return text[1:] if _ESCAPED.match(text) else text


def read_csv(
    data: bytes, *, file: str, encoding: str = "", separator: str = "", likely: Callable[[Grid], int] | None = None
) -> Grid:
    """Return the rows of a CSV file; raises ScheduleError, and nothing else, with the line of a slip.

    `encoding` and `separator` are found where they are empty: of the separators, the one by which `likely` counts the most
    columns that it knows, else the one that makes the most columns.
    """
    if len(data) > LARGEST:
        rule, found = f"a CSV file holds at most {LARGEST // 2**20} MB", f"{len(data) / 2**20:.1f} MB"
        raise ScheduleError(rule, value=found, remedy="is this the right file?", file=file)
    text, notes = _text(data, encoding, file)
    _check_lines(text, file)
    skipped = 0
    if hint := _HINT.match(text):
        text, skipped, separator = text[hint.end() :], 1, separator or hint[1]
    text = text.removeprefix("\ufeff")
    if not separator:
        separator = max(SEPARATORS, key=lambda sign: _fit(text, sign, file, likely))
    rows = _rows(text, separator, file, skipped=skipped)
    guess = "" if encoding or not notes else alphabet_of([data]).replace("cp", "windows-")
    return Grid(file=file, name="", rows=tuple(rows), notes=notes, separator=separator, encoding=encoding or guess)


def _fit(text: str, separator: str, file: str, likely: Callable[[Grid], int] | None) -> tuple[int, int, int]:
    """Say how well a separator fits the beginning of a file: columns known, rows of several cells, cells."""
    sample: list[Row] = []
    with suppress(ScheduleError):
        sample.extend(islice(_rows(text, separator, file), _SAMPLE_ROWS))
    grid = Grid(file=file, name="", rows=tuple(sample))
    widths = [len(row.cells) for row in sample]
    return (likely(grid) if likely else 0, sum(width > 1 for width in widths), sum(widths))


def _text(data: bytes, encoding: str, file: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file, and a note where its alphabet is a guess."""
    name = encoding or next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if name == "utf-8":
        name = "utf-8-sig"
    if not name and data[:4].count(0) == 2:
        name = "utf-16-le" if data[1] == 0 else "utf-16-be"
    if name:
        return _decoded(data, name, file), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        alphabet = alphabet_of([data])
        note = f"The file is not UTF-8; it was read as {_NAMES[alphabet]}. Say encoding in the mapping if letters are wrong."
        return data.decode(alphabet, errors="replace"), (note,)


def _decoded(data: bytes, name: str, file: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        line, found = data.count(b"\n", 0, error.start) + 1, f"byte 0x{data[error.start]:02X}"
        shown = name.removesuffix("-sig")
        raise ScheduleError(f"the file is text in {shown}", value=found, remedy=SAVE, file=file, line=line) from None


def _check_lines(text: str, file: str) -> None:
    """Refuse a line that no person wrote before it is taken apart."""
    start, number = 0, 1
    while len(text) - start > LONGEST_LINE:
        end = text.find("\n", start, start + LONGEST_LINE + 1)
        end = end if end >= 0 else text.find("\r", start, start + LONGEST_LINE + 1)
        if end < 0:
            rule = f"a line has at most {LONGEST_LINE:,} characters"
            raise ScheduleError(rule, value=text[start : start + 40], remedy=SAVE, file=file, line=number)
        number += 1
        start = end + 1


def _rows(text: str, separator: str, file: str, *, skipped: int = 0) -> Iterable[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, line = skipped, 1
    while True:
        line = reader.line_num + skipped + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            rule = f"row {number + 1}: cells stand between quotation marks that close, or without any: {error}"
            raise ScheduleError(rule, remedy=SAVE, file=file, line=line) from None
        number += 1
        cells = trimmed([unescaped(cell) for cell in record])
        _check(cells, number, line, file)
        if cells:
            yield Row(number=number, cells=cells, line=line)


def _check(cells: Sequence[str], number: int, line: int, file: str) -> None:
    long = next((at for at, cell in enumerate(cells) if len(cell) > LONGEST_CELL), None)
    if number > MOST_ROWS:
        rule, value = f"a schedule has at most {MOST_ROWS:,} rows", number
    elif len(cells) > MOST_COLUMNS:
        rule, value = f"row {number}: a schedule has at most {MOST_COLUMNS:,} columns", len(cells)
    elif long is not None:
        rule = f"cell {letters(long)}{number}: a cell has at most {LONGEST_CELL:,} characters (is a quotation mark open?)"
        value = len(cells[long])
    else:
        return
    raise ScheduleError(rule, value=value, remedy=SAVE, file=file, line=line)


def write_csv(rows: Iterable[Sequence[str]], *, separator: str = ",", encoding: str = "") -> bytes:
    """Return rows as a CSV file: CRLF, UTF-8 with a byte order mark (Excel asks for it), no cell a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        writer.writerow([escaped(cell) for cell in row])
    name = {"": "utf-8-sig", "utf-8": "utf-8-sig"}.get(encoding, encoding)
    return out.getvalue().encode(name, errors="replace")
