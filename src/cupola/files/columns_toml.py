"""The mapping file of a spreadsheet, columns.toml: to a value and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cupola.errors import ScheduleError
from cupola.exchange.spreadsheet.columns import FACTS, is_fact
from cupola.exchange.spreadsheet.csv_table import ENCODINGS
from cupola.exchange.spreadsheet.grid import column_of
from cupola.exchange.spreadsheet.mapping import LISTS, ORDERS, ColumnMap
from cupola.files.folder import Toml, read_toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath
from cupola.files.starter import quoted
from cupola.script.categories import CATEGORY_TABLE

KEYS = ("sheet", "header_row", "separator", "encoding", "dates", "lists", "days", "fill_down", "cast", "columns")
_CHOICES = {"encoding": ENCODINGS, "dates": tuple(ORDERS), "lists": tuple(LISTS), "days": ("columns", "rows")}
_TAB = {"tab": "\t"}


def read_columns(path: Path) -> ColumnMap:
    """Read a mapping file; raises ScheduleError or ProductionError with file, line, value, rule and remedy."""
    toml, _ = read_toml(path)
    for key in toml.data:
        if key not in KEYS:
            raise _wrong(toml, (key,), "a mapping has no such key", value=key, remedy=did_you_mean(key, KEYS))
    return ColumnMap(
        columns=tuple(_columns(toml)),
        sheet=_text(toml, "sheet"),
        header_row=_header_row(toml),
        separator=_separator(toml),
        encoding=_text(toml, "encoding"),
        dates=_text(toml, "dates"),
        lists=_text(toml, "lists"),
        days=_text(toml, "days"),  # type: ignore[arg-type]
        fill_down=tuple(_fill_down(toml)),
        cast=tuple(_cast(toml)),
    )


def facts_known() -> tuple[str, ...]:
    """Return every word that says what a column is."""
    return (*FACTS, *(word for word in CATEGORY_TABLE if word not in FACTS))


def _wrong(toml: Toml, path: KeyPath, rule: str, *, value: object = None, remedy: str = "") -> ScheduleError:
    return ScheduleError(rule, value=value, remedy=remedy, file=toml.file, line=toml.line(path))


def _text(toml: Toml, key: str) -> str:
    value = toml.data.get(key, "")
    if not isinstance(value, str):
        raise _wrong(toml, (key,), f"{key} is a text in quotation marks", value=value)
    known = _CHOICES.get(key)
    if value and known and value not in known:
        listed = ", ".join(quoted(one) for one in known if one)
        raise _wrong(toml, (key,), f"{key} is one of {listed}", value=value, remedy=did_you_mean(value, known, "choose one"))
    return value


def _header_row(toml: Toml) -> int | None:
    value = toml.data.get("header_row")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 20_000):
        remedy = "write 0 where no row has heads, and say the columns by their letters"
        raise _wrong(toml, ("header_row",), "header_row is the number of the row of heads", value=value, remedy=remedy)
    return value


def _separator(toml: Toml) -> str:
    value = _text(toml, "separator")
    sign = _TAB.get(value, value)
    if sign and (len(sign) != 1 or sign in "\r\n\"'" or sign.isalnum()):
        raise _wrong(toml, ("separator",), 'a separator is one sign, ";" or ",", or "tab"', value=value)
    return sign


def _table(toml: Toml, key: str) -> dict[str, Any]:
    value = toml.data.get(key, {})
    if not isinstance(value, dict):
        raise _wrong(toml, (key,), f"[{key}] is a table", value=value)
    return value


def _columns(toml: Toml) -> Iterator[tuple[str, str]]:
    for head, fact in _table(toml, "columns").items():
        path = ("columns", head)
        if not isinstance(fact, str) or not is_fact(" ".join(fact.split())):
            remedy = did_you_mean(str(fact), facts_known(), "an own category is written as: category Drones")
            raise _wrong(toml, path, "a column holds a fact of a scene or a breakdown category", value=fact, remedy=remedy)
        yield head, " ".join(fact.split())
    if toml.data.get("header_row") == 0:
        unlettered = next((head for head in _table(toml, "columns") if column_of(head) is None), None)
        if unlettered is not None or not _table(toml, "columns"):
            rule = "without a row of heads columns are said by their letters"
            raise _wrong(toml, ("columns", unlettered or ""), rule, value=unlettered, remedy='"A" = "scene"')


def _fill_down(toml: Toml) -> Iterator[str]:
    value = toml.data.get("fill_down", [])
    if not isinstance(value, list):
        raise _wrong(toml, ("fill_down",), 'fill_down is a list, such as ["day", "date"]', value=value)
    for number, fact in enumerate(value):
        if fact not in ("day", "date", "unit"):
            rule = "day, date and unit can count for the rows below"
            raise _wrong(toml, ("fill_down", number), rule, value=fact)
        yield fact


def _cast(toml: Toml) -> Iterator[tuple[str, str]]:
    for number, name in _table(toml, "cast").items():
        if not isinstance(name, str) or not name.strip():
            raise _wrong(toml, ("cast", number), 'a number of the cast has a name: 1 = "ANNA"', value=name)
        yield number, name.strip()


def columns_text(columns: ColumnMap, *, head: Sequence[str] = (), beside: Iterable[tuple[str, str]] = ()) -> str:
    """Return a mapping as TOML; `head` are lines of comment above it, `beside` comments by the key of a column."""
    said = dict(beside)
    lines = [f"# {line}".rstrip() for line in head]
    for key in ("sheet", "separator", "encoding", "dates", "lists", "days"):
        value = getattr(columns, key)
        if value:
            lines.append(f"{key} = {quoted('tab' if value == chr(9) else value)}")
    if columns.header_row is not None:
        lines.append(f"header_row = {columns.header_row}")
    if columns.fill_down:
        lines.append(f"fill_down = [{', '.join(map(quoted, columns.fill_down))}]")
    if columns.cast:
        lines += ["", "[cast]", *(f"{quoted(number)} = {quoted(name)}" for number, name in columns.cast)]
    lines += ["", "[columns]"]
    for key, fact in columns.columns:
        comment = f"  # {said[key]}" if key in said else ""
        lines.append(f"{quoted(key)} = {quoted(fact)}{comment}")
    return "\n".join(lines).lstrip("\n") + "\n"
