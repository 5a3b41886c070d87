"""JSON from strangers, and its tables by key: every slip is one error that says where."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from cupola.errors import ScheduleError, shortened
from cupola.exchange.schedule_file import Extra

LARGEST = 32 * 2**20
DEEPEST = 40
MOST_ENTRIES = 10_000
LONGEST_TEXT = 20_000
LONGEST_ID = 200
SAVE = "Export the schedule anew, and leave the file as it came."

_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A JSON text and the file it is of."""

    file: str
    text: str = field(repr=False)

    def wrong(self, rule: str, *, value: object = None, remedy: str = SAVE, line: int | None = None) -> ScheduleError:
        """Return an error that points into the file."""
        return ScheduleError(rule, value=value, remedy=remedy, file=self.file, line=line)

    def line_of_id(self, name: object) -> int | None:
        """Return the line on which the object of an id says so; None where it does not."""
        if not isinstance(name, str) or not name:
            return None
        found = re.search(rf'"id"\s*:\s*{re.escape(json.dumps(name, ensure_ascii=False))}', self.text)
        return self.text.count("\n", 0, found.start()) + 1 if found else None


def read_json(data: bytes, *, file: str) -> tuple[dict[str, Any], Source]:
    """Return the JSON object that bytes hold; raises ScheduleError, and nothing else."""
    if len(data) > LARGEST:
        rule, found = f"a schedule holds at most {LARGEST // 2**20} MB", f"{len(data) / 2**20:.1f} MB"
        raise ScheduleError(rule, value=found, remedy="is this the right file?", file=file)
    source = Source(file=file, text=_text(data, file))

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
            raise source.wrong("a key stands once in an object", value=twice)
        return found

    def no_number(word: str) -> NoReturn:
        raise source.wrong("a number is written in digits", value=word)

    try:
        value = json.loads(source.text, object_pairs_hook=table, parse_constant=no_number)
    except json.JSONDecodeError as error:
        raise source.wrong(f"this is not JSON: {error.msg.lower()}", line=error.lineno) from None
    except RecursionError:
        raise source.wrong(f"objects and lists stand at most {DEEPEST} deep in each other") from None
    except ValueError:
        raise source.wrong("a number has at most 4000 digits") from None
    if not isinstance(value, dict):
        raise source.wrong("a schedule is a JSON object", value=shortened(value), line=1)
    if depth_of(value) > DEEPEST:
        raise source.wrong(f"objects and lists stand at most {DEEPEST} deep in each other")
    return value, source


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, found = data.count(b"\n", 0, error.start) + 1, f"byte 0x{data[error.start]:02X}"
        raise ScheduleError("a schedule is text in UTF-8", value=found, remedy=SAVE, file=file, line=line) from None


def depth_of(value: object) -> int:
    """Return how deep lists and objects stand in each other, without recursion."""
    level: list[object] = [value]
    depth = 0
    while level := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [inner for each in level for inner in (each.values() if isinstance(each, dict) else each)]
    return depth


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """An object of the file, and where it stands: `breakdowns[12]`. Keys with two spellings are given as `("new", "old")`."""

    at: str
    values: dict[str, Any] = field(repr=False)
    source: Source = field(repr=False)

    def wrong(self, key: str, rule: str, *, value: object = None, remedy: str = SAVE) -> ScheduleError:
        """Return an error that points at a key of this object, with the line of the object's id."""
        where = f"{self.at}.{key}" if self.at and key else self.at or key
        line = self.source.line_of_id(self.values.get("id"))
        return self.source.wrong(f"{where}: {rule}", value=value, remedy=remedy, line=line)

    def text(self, key: str) -> str:
        """Return a text; empty where it is missing or null."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise self.wrong(key, f"must be a text of at most {LONGEST_TEXT} characters", value=value)
        return whole(value)

    def id(self) -> str:
        """Return the id of this object."""
        return self._id("id", self.values.get("id"))

    def reference(self, key: str) -> str:
        """Return the id of another object; empty where it is missing or null."""
        value = self.values.get(key)
        return "" if value is None else self._id(key, value)

    def references(self, key: str) -> tuple[str, ...]:
        """Return a list of ids, each once."""
        return tuple(dict.fromkeys(self._id(key, value) for value in self.entries(key)))

    def _id(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value or len(value) > LONGEST_ID:
            raise self.wrong(key, f"an id is a text of 1 to {LONGEST_ID} characters", value=value)
        return whole(value)

    def number(self, key: str, *, most: float) -> float:
        """Return a number from 0 to `most`; 0 where it is missing or null."""
        value = self.values.get(key)
        if value is None:
            return 0.0
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most or not math.isfinite(value):
            raise self.wrong(key, f"must be a number from 0 to {most:g}", value=value)
        return float(value)

    def flag(self, key: str) -> bool:
        """Return true or false; true where it is missing or null, as the standard says."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, "must be true or false", value=value)
        return value is not False

    def entries(self, key: str) -> list[Any]:
        """Return a list; empty where it is missing or null."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(key, "must be a list", value=value)
        if len(value) > MOST_ENTRIES:
            raise self.wrong(key, f"a list has at most {MOST_ENTRIES} entries", value=len(value))
        return value

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the objects of a list."""
        for number, value in enumerate(self.entries(key)):
            if not isinstance(value, dict):
                raise self.wrong(f"{key}[{number}]", "must be an object", value=value)
            yield Table(at=f"{self.at}.{key}[{number}]".lstrip("."), values=value, source=self.source)

    def spelled(self, *keys: str) -> str:
        """Return which of several spellings of a key this object has; the first where it has none."""
        return next((key for key in keys if key in self.values), keys[0])

    def extra(self, known: Collection[str], asked: Mapping[str, Any] | None = None) -> Extra:
        """Return what stands beside the known keys, with its values as JSON, in the order of the keys.

        `asked` are keys that the standard wants, with what stands where the object does not have them.
        """
        beside = {**(asked or {}), **{whole(key): value for key, value in self.values.items() if key not in known}}
        return tuple((key, json.dumps(beside[key], sort_keys=True)) for key in sorted(beside))


def whole(text: str) -> str:
    """Return a text without halves of characters, which no file can hold."""
    return _HALVES.sub("\ufffd", text)


def unique(tables: Sequence[Table], ids: Iterable[str]) -> None:
    """Raise ScheduleError where an id stands twice among objects of one kind."""
    seen: dict[str, str] = {}
    for table, name in zip(tables, ids, strict=True):
        if name in seen:
            raise table.wrong("id", f"an id is one object's own, and {seen[name]} has it too", value=name)
        seen[name] = table.at
