"""Mean-elements messages as CSV: a line of keys, then a line for each set (Celestrak, Space-Track)."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from cupola.errors import OrbitError
from cupola.exchange.ccsds import FETCH, Message, lines_of


def is_csv(text: str) -> bool:
    """Whether a text begins with a line of keys with commas between them, the epoch and the mean motion among them."""
    head = text.lstrip("\ufeff \t\r\n")[:4096].split("\n", 1)[0]
    return {"EPOCH", "MEAN_MOTION"} <= {word.strip().strip('"').upper() for word in head.split(",")}


def csv_messages(text: str, file: str) -> Iterator[Message]:
    """Yield each line of a table as a message; raises OrbitError with the line of what is wrong."""
    rows = csv.reader((line for _, line in lines_of(text, file)), strict=True)
    keys: list[str] | None = None
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise OrbitError(f"this is not CSV: {error}", remedy=FETCH, file=file, line=rows.line_num) from None
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            continue
        if keys is None:
            keys = [cell.strip().upper() for cell in row]
            continue
        if len(row) != len(keys):
            rule = f"each line has as many cells as the first, {len(keys)}"
            raise OrbitError(rule, value=len(row), remedy=FETCH, file=file, line=rows.line_num)
        values: dict[str, object] = dict(zip(keys, (cell.strip() for cell in row), strict=True))
        yield Message(file=file, line=rows.line_num, values=values, lines=dict.fromkeys(keys, rows.line_num))
