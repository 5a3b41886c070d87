"""Tables for a spreadsheet: the board, the day out of days, the costs and the windows as CSV (RFC 4180).

A cell of text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from cupola.model import Board, Production
from cupola.paper.costs import account_title
from cupola.paper.dood import day_out_of_days
from cupola.paper.strips import days_in_order, strip_lines
from cupola.paper.wording import amount_text, shot_of

Cell = str | int | float | None

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(cell: Cell) -> str:
    """Write a cell so that no spreadsheet takes text for a formula; numbers stay numbers.

    >>> safe_cell("=1+1"), safe_cell("EXT. CUPOLA"), safe_cell(-3), safe_cell(None)
    ("'=1+1", 'EXT. CUPOLA', '-3', '')
    """
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else str(cell)


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write a head and rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _utc(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def stripboard_csv(production: Production, board: Board) -> str:
    """Write every strip of a board, unit by unit and day by day; times in UTC."""
    head = "unit,date,day,strip,scene,int_ext,set,time_of_day,part,eighths,cast,place,start,roll,cut,end,light,line,colour"
    rows: list[list[Cell]] = [
        [
            day.unit,
            day.date.isoformat(),
            day.number,
            line.strip.id,
            line.strip.scene,
            line.int_ext,
            line.set,
            line.time_of_day,
            line.part,
            line.eighths,
            line.cast_text,
            line.place.name,
            *map(_utc, (line.strip.start_utc, line.strip.roll_utc, line.strip.cut_utc, line.strip.end_utc)),
            line.asked or "any light",
            line.line,
            line.colour.key,
        ]
        for day in days_in_order(production, board)
        for line in strip_lines(production, board, day)
    ]
    return csv_text(head.split(","), rows)


def dood_csv(production: Production, board: Board) -> str:
    """Write the day out of days: a row for each member of each unit, a column for each date of any unit."""
    table = day_out_of_days(production, board)
    dates = sorted({day for unit in table.units for day in unit.dates})
    head = ["unit", "board_id", "role", "name", *(day.isoformat() for day in dates), "work", "hold", "total", "start", "finish"]
    rows: list[list[Cell]] = []
    for unit in table.units:
        for row in unit.rows:
            codes = dict(zip(unit.dates, row.codes, strict=True))
            totals: list[Cell] = [row.work, row.hold, row.total, row.start.isoformat(), row.finish.isoformat()]
            rows.append([unit.unit, row.board_id, row.cast, row.name, *(codes.get(day, "") for day in dates), *totals])
    return csv_text(head, rows)


def costs_csv(board: Board) -> str:
    """Write every cost line with its source; money in units of the currency."""
    head = ["account", "title", "kind", "who", "text", "amount", "unit", "rate", "cost", "currency", "source"]
    currency = board.cost.currency
    rows = [
        [
            line.account,
            account_title(line.account),
            line.kind,
            line.who,
            line.text,
            line.amount,
            line.unit,
            _plain(line.rate_cents, currency),
            _plain(line.cents, currency),
            currency,
            line.source,
        ]
        for line in board.cost.lines
    ]
    return csv_text(head, rows)


def _plain(cents: int, currency: str) -> int | float:
    text = amount_text(cents, currency).replace(",", "")
    return float(text) if "." in text else int(text)


def windows_csv(production: Production, board: Board) -> str:
    """Write the window of every strip that asks for light, with the strip's roll and cut in it."""
    head = ["strip", "scene", "unit", "date", "light", "why", "open", "close", "edge_s", "firm", "roll", "cut", "line"]
    rows: list[list[Cell]] = []
    for day in days_in_order(production, board):
        for line in strip_lines(production, board, day):
            window, shot = line.strip.window, shot_of(line.scene, line.strip)
            if window is None:
                continue
            light = str(shot.light) if shot else ""
            times: list[Cell] = [_utc(window.open_utc), _utc(window.close_utc), window.edge_s, "yes" if window.firm else "no"]
            run: list[Cell] = [_utc(line.strip.roll_utc), _utc(line.strip.cut_utc), line.line]
            rows.append([line.strip.id, line.strip.scene, day.unit, day.date.isoformat(), light, window.why, *times, *run])
    return csv_text(head, rows)
