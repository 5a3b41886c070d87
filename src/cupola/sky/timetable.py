"""Timetables from strangers: a CSV or a TOML file of starts and ends, such as AOS and LOS of a relay, or keep-out times."""

from __future__ import annotations

import csv
import io
import tomllib
from datetime import UTC, date, datetime

from cupola.errors import LightError

LONGEST_BYTES = 5_000_000
MOST_ROWS = 100_000
HEADS = frozenset({"start", "start_utc", "aos", "begin", "from"})
REMEDY = "Write start and end in UTC: 2021-10-05T09:00:00Z,2021-10-05T09:41:30Z."

Spans = tuple[tuple[datetime, datetime], ...]


def parse_intervals(text: str, file: str = "") -> Spans:
    """Return the spans of a timetable, aware UTC datetimes, half-open, in order of their starts.

    CSV: a row `start,end` with anything after it, a heading or not, `#` begins a remark; semicolons or tabs will do. TOML
    (a name that ends in `.toml`): tables `[[interval]]` with `start` and `end`. Instants without an offset are UTC.
    Raises LightError with the line of what cannot be read, and for a span that ends before it starts.
    """
    if len(text) > LONGEST_BYTES:
        rule = f"a timetable has at most {LONGEST_BYTES // 1_000_000} million characters"
        raise LightError(rule, value=len(text), remedy="Give the times of this flight only.", file=file)
    rows = _toml_rows(text, file) if file.casefold().endswith(".toml") else _csv_rows(text, file)
    spans = [_span(start, end, file, line) for start, end, line in rows]
    if not spans:
        raise LightError("a timetable has at least one span", remedy=REMEDY, file=file, line=1)
    return tuple(sorted(spans))


def _csv_rows(text: str, file: str) -> list[tuple[object, object, int]]:
    found: list[tuple[object, object, int]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        mark = next((each for each in ("\t", ";", ",") if each in line), ",")
        try:
            cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=mark), [])]
        except csv.Error as error:
            raise LightError("a timetable is CSV", value=str(error), remedy=REMEDY, file=file, line=number) from None
        if not found and cells and cells[0].casefold() in HEADS:
            continue
        if len(cells) < 2:
            raise LightError("a row of a timetable is a start and an end", value=line, remedy=REMEDY, file=file, line=number)
        found.append((cells[0], cells[1], number))
        if len(found) > MOST_ROWS:
            rule = f"a timetable has at most {MOST_ROWS} rows"
            raise LightError(rule, remedy="Give the times of this flight only.", file=file, line=number)
    return found


def _toml_rows(text: str, file: str) -> list[tuple[object, object, int]]:
    try:
        tables = tomllib.loads(text).get("interval")
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        remedy = 'Write [[interval]], then start = "2021-10-05T09:00:00Z" and end.'
        raise LightError("a timetable is TOML", value=str(error), remedy=remedy, file=file) from None
    if not isinstance(tables, list) or len(tables) > MOST_ROWS or not all(isinstance(table, dict) for table in tables):
        rule = "a timetable in TOML is a list of tables [[interval]]"
        raise LightError(rule, remedy='Write [[interval]], then start = "2021-10-05T09:00:00Z" and end.', file=file)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[interval]]")]
    return [(table.get("start"), table.get("end"), lines[n] if n < len(lines) else 1) for n, table in enumerate(tables)]


def _span(start: object, end: object, file: str, line: int) -> tuple[datetime, datetime]:
    first, last = (_instant(value, file, line) for value in (start, end))
    if not first < last:
        rule = "a span of a timetable ends after it starts"
        raise LightError(rule, value=f"{start} … {end}", remedy="Swap the two, or look at the dates.", file=file, line=line)
    return first, last


def _instant(value: object, file: str, line: int) -> datetime:
    """Return an instant as an aware UTC datetime; raises LightError."""
    try:
        if isinstance(value, datetime):
            at = value
        elif isinstance(value, date):
            at = datetime(value.year, value.month, value.day)
        else:
            at = datetime.fromisoformat(str(value).strip().removesuffix(" UTC"))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise LightError(
            "an instant of a timetable is a date and a time", value=value, remedy=REMEDY, file=file, line=line
        ) from None
