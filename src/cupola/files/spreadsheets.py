"""A production's board in somebody's own spreadsheet: the columns it came with, kept for the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import wrap

from cupola.errors import BoardError, ScheduleError
from cupola.exchange.board_schedule import schedule_of
from cupola.exchange.schedule_file import Schedule
from cupola.exchange.schedule_reader import is_spreadsheet
from cupola.exchange.spreadsheet.columns import FACTS, KEEP, Column, fact_of, known_heads
from cupola.exchange.spreadsheet.grid import Grid, letters
from cupola.exchange.spreadsheet.mapping import ColumnMap, Laid, complete, laid_out
from cupola.exchange.spreadsheet.read import CARRIED, parse_spreadsheet, read_grid, schedule_of_grid
from cupola.exchange.spreadsheet.write import to_csv, to_xlsx, written
from cupola.files.columns_toml import columns_text, facts_known, read_columns
from cupola.files.folder import read_limited
from cupola.files.hints import did_you_mean
from cupola.files.imported_script import imported_script, words_of
from cupola.model import Board, Production
from cupola.script.categories import CATEGORY_TABLE

__all__ = ["COLUMNS_FILE", "FORMATS", "board_spreadsheet", "kept_columns", "read_columns", "starter_columns"]

COLUMNS_FILE = "columns.toml"
FORMATS = ("csv", "xlsx")
LIMIT = 32 * 2**20


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """A mapping file: its text, and what to know of columns that nobody knows."""

    text: str
    notes: tuple[str, ...]


def kept_columns(path: Path, asked: ColumnMap | None) -> Columns | None:
    """Return the mapping by which a spreadsheet was read, every column said; None for a file of another kind."""
    data = read_limited(path, LIMIT)
    if not is_spreadsheet(data, str(path)):
        return None
    asked = asked or ColumnMap()
    grid = read_grid(data, file=str(path), asked=asked)
    laid = laid_out(grid, asked)
    schedule = schedule_of_grid(grid, laid, asked)
    head = (
        f"How {path.name} was read: what each of its columns holds. cupola export csv and export xlsx write a board by it.",
    )
    return Columns(text=columns_text(_complete(grid, laid, asked, schedule), head=head), notes=tuple(_unknown(laid)))


def _complete(grid: Grid, laid: Laid, asked: ColumnMap, schedule: Schedule) -> ColumnMap:
    """Return a mapping with all that was found out."""
    days = str(_layout(schedule).get("days", "columns"))
    separator = asked.separator or (grid.separator if grid.separator != "," else "")
    encoding, sheet = asked.encoding or grid.encoding, asked.sheet or grid.name
    return complete(laid, asked, days=days, separator=separator, encoding=encoding, sheet=sheet, fill_down=())


def _layout(schedule: Schedule) -> dict[str, object]:
    return next((dict(json.loads(value)) for key, value in schedule.header if key == CARRIED), {})


def _unknown(laid: Laid) -> Iterator[str]:
    for at in laid.unknown:
        head = laid.columns[at].head
        hint = did_you_mean(head, known_heads(), " ").strip()
        said = f"Column {letters(at)} “{head}” is carried as it is: nobody said what it holds"
        yield f"{said}; {hint}" if hint else f"{said}."


def starter_columns(path: Path, asked: ColumnMap | None = None) -> str:
    """Return a mapping file to be filled in for a spreadsheet: what is known of its columns, and what the rest may be."""
    asked = asked or ColumnMap()
    data = read_limited(path, LIMIT)
    grid = read_grid(data, file=str(path), asked=asked)
    found = _try_layout(grid, asked)
    rows = [row for row in grid.rows if row.number > found.head]
    beside = []
    for at, (key, fact) in enumerate(complete(found, asked).columns):
        sample = next((row.at(at) for row in rows if row.at(at)), "")
        head = found.columns[at].head
        hint = did_you_mean(head, known_heads(), " ").strip() if at in found.unknown else ""
        words = [part for part in (f"here: {sample[:40]!r}" if sample and fact == KEEP else "", hint) if part]
        if words:
            beside.append((key, "; ".join(words).replace("\n", " ")))
    own = [word for word in facts_known() if word in FACTS]
    categories = [word for word in CATEGORY_TABLE if word not in FACTS and CATEGORY_TABLE[word].kind != "scene"]
    head_lines = (
        f"What the columns of {path.name} hold. Put right what is wrong, then: cupola import {path.name} --mapping THIS",
        "",
        *wrap(f"A column is one of: {', '.join(own)}; or a breakdown category: {', '.join(categories)};", 116),
        "or one of your own, such as: category Drones.",
        "",
        'Further keys: header_row = 3, sheet = "Plan", separator = ";", encoding = "windows-1251",',
        'dates = "day month year", lists = ";" (between names), fill_down = ["day", "date"], [cast] 1 = "ANNA".',
    )
    return columns_text(complete(found, asked, sheet=asked.sheet or grid.name), head=head_lines, beside=beside)


def _try_layout(grid: Grid, asked: ColumnMap) -> Laid:
    """Lay a sheet out by its head; where none is known, by the first row with the most cells of the first thirty."""
    try:
        return laid_out(grid, asked)
    except ScheduleError:
        if not grid.rows:
            raise
        row = max(grid.rows[:30], key=lambda one: (len(one.filled), -one.number))
        heads = [row.at(at) for at in range(grid.width)]
        columns = tuple(Column(head=head, fact=fact_of(head) or KEEP) for head in heads)
        unknown = tuple(at for at, column in enumerate(columns) if column.head and column.fact == KEEP)
        return Laid(head=row.number, columns=columns, unknown=unknown, notes=())


def board_spreadsheet(
    form: str, production: Production, board: Board, folder: Path, mapping: Path | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """Return a board as a spreadsheet, and notes on what no column takes.

    Its columns are those of `mapping`, else of the folder's columns.toml, else our own. A production that came from a
    spreadsheet gets the cells back that were only carried, by scene. Raises BoardError, ScheduleError or ProductionError.
    """
    if form not in FORMATS:
        raise BoardError("a spreadsheet is csv or xlsx", value=form, remedy="choose one of them")
    own = folder / COLUMNS_FILE
    asked = read_columns(mapping) if mapping else read_columns(own) if own.is_file() else ColumnMap()
    schedule = _with_carried(schedule_of(production, board), folder, read_columns(own) if own.is_file() else None)
    lost = written(schedule, asked, is_csv=form == "csv").lost
    data = to_csv(schedule, asked) if form == "csv" else to_xlsx(schedule, asked)
    return data, (f"No column of the mapping takes {', '.join(lost)}: left out.",) if lost else ()


def _with_carried(schedule: Schedule, folder: Path, asked: ColumnMap | None) -> Schedule:
    """Give sheets what the spreadsheet of their folder has for their scenes in columns that nobody reads, and its own words.

    Its own words are those for interior and day where the board says the same in others: `НАТ`, `D`.
    """
    file = next((path for form in FORMATS if (path := folder / f"imported.{form}").is_file()), None)
    if file is None or asked is None:
        return schedule
    came = parse_spreadsheet(read_limited(file, LIMIT), file=str(file), asked=asked)
    numbers = {scene.sheet: scene.number for scene in imported_script(came, {}).scenes}
    by_number = {numbers[sheet.id]: sheet for sheet in came.scenes}
    items = {item.id: item for item in (*came.items, *schedule.items)}
    sheets = []
    for sheet in schedule.sheets:
        old = by_number.get(sheet.number) or by_number.get(sheet.number.rpartition("PT")[0])
        if sheet.kind == "scene" and old is not None:
            said = {words_of(items[name]): name for name in old.items if items[name].word in ("int/ext", "day/night")}
            own = tuple(said.get(words_of(items[name]), name) for name in sheet.items)
            sheet = replace(sheet, extra=old.extra, items=own)  # noqa: PLW2901 - the same sheet, with what it came with
        sheets.append(sheet)
    header = ((CARRIED, json.dumps({"columns": _layout(came).get("columns", [])})),)
    return replace(schedule, header=header, sheets=tuple(sheets), items=tuple(items.values()))
