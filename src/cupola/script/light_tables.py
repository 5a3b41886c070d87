"""A light as a table of a TOML file, the same as its phrase: `{ all = […], any = […], not = …, at_least = "25 min" }`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, NoReturn

from cupola.errors import LightError
from cupola.model import AnyOf, Clause, First, Lasting, Light, Near, Need, Not, Widened
from cupola.model.light import instant_text, seconds_text
from cupola.script.light_bounds import DURATION, read_seconds
from cupola.script.light_phrases import DEEPEST, EARLIEST, LATEST, check_one_world, parse_light

NEEDS = ("all", "any", "not", "of", "before", "after")
"""Keys that hold needs: phrases or tables, alone or, for `all` and `any`, in a list."""
LENGTHS = ("within", "at_least", "widened_by", "narrowed_by")
"""Keys that hold a length of time, such as `"25 min"`, or seconds."""
KEYS = (*NEEDS, *LENGTHS, "first", "from")


def light_of_table(value: object, *, file: str = "", line: int | None = None) -> Light:
    """Read a light from a phrase or a table; a list is all of what it holds. Raises LightError.

    >>> str(light_of_table({"any": ["over Kamchatka", "over Moscow"], "not": "orbital night", "at_least": "2 min"}))
    '(over Kamchatka or over Moscow, not orbital night) for at least 2 min'
    """
    if isinstance(value, str):
        return parse_light(value, file=file, line=line)
    reader = _Reader(file=file, line=line)
    need = reader.need(value, 0)
    light = need if isinstance(need, Light) else Light(clauses=(need,))
    check_one_world(light, str(light), file=file, line=line)
    return light


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reader:
    """Reads one table, and says file and line of what is wrong in it."""

    file: str
    line: int | None

    def wrong(self, rule: str, value: object, remedy: str) -> NoReturn:
        raise LightError(rule, value=value, remedy=remedy, file=self.file, line=self.line)

    def need(self, value: object, depth: int) -> Need:
        """Read a phrase, a list or a table as one need."""
        if depth > DEEPEST:
            self.wrong(f"a light has at most {DEEPEST} needs within each other", "a deeper table", "Say it more simply.")
        if isinstance(value, str):
            return _plain(parse_light(value, file=self.file, line=self.line))
        if isinstance(value, list | tuple):
            return _plain(Light(clauses=_flat(self.need(each, depth + 1) for each in value)))
        if not isinstance(value, Mapping):
            self.wrong("a light is a phrase or a table", value, 'Write a phrase such as "orbital sunrise".')
        return self.table(value, depth)

    def table(self, table: Mapping[str, Any], depth: int) -> Need:
        """Read a table as one need."""
        self.known(table)
        if "within" in table:
            return self.near(table, depth)
        if "before" in table or "after" in table:
            self.wrong("before and after go with a time", ", ".join(table), 'Add within = "10 min".')
        need = _plain(Light(clauses=_flat(self.parts(table, depth))))
        if "first" in table:
            return self.first(table, need)
        if "from" in table:
            self.wrong("from goes with first", ", ".join(table), "Add first = 1.")
        if need == Light() and len(table) > 0 and set(table) & set(LENGTHS):
            self.wrong("a length of time goes with a light", ", ".join(table), "Add all, any, not or of.")
        return self.lengths(table, need)

    def known(self, table: Mapping[str, Any]) -> None:
        for key in table:
            if key not in KEYS:
                near = get_close_matches(str(key)[:40], KEYS, 1)
                self.wrong(
                    "a light's table has no such key", key, f"Did you mean {near[0]}?" if near else f"Known: {', '.join(KEYS)}."
                )

    def parts(self, table: Mapping[str, Any], depth: int) -> list[Need]:
        """Read what all must be met: `of`, everything of `all`, one of `any`, and that `not` is not."""
        found = [self.need(table[key], depth + 1) for key in ("of", "all") if key in table]
        if "any" in table:
            given = table["any"] if isinstance(table["any"], list | tuple) else [table["any"]]
            choices = tuple(dict.fromkeys(self.need(each, depth + 1) for each in given))
            if Light() not in choices:
                found.append(AnyOf(needs=choices) if len(choices) > 1 else choices[0] if choices else self.empty("any"))
        if "not" in table:
            need = self.need(table["not"], depth + 1)
            found.append(Not(need=need) if need != Light() else self.empty("not"))
        return found

    def empty(self, key: str) -> NoReturn:
        self.wrong(f"{key} is followed by a light", "nothing, or any light", "Name the light that is meant.")

    def near(self, table: Mapping[str, Any], depth: int) -> Need:
        """Read `{ within = "10 min", of = … }`, or `before` or `after` in place of `of`."""
        sides = [key for key in ("of", "before", "after") if key in table]
        if len(sides) != 1 or len(table) != 2:
            self.wrong(
                "within has one of: of, before, after; and nothing else", ", ".join(table), "Put the rest beside it in all."
            )
        need = self.need(table[sides[0]], depth + 1)
        if need == Light():
            self.empty(sides[0])
        return Near(need=need, within_s=self.seconds(table["within"], "within"), side=sides[0])

    def first(self, table: Mapping[str, Any], need: Need) -> Need:
        """Read `{ first = 3, of = …, at_least = "25 min", from = 2021-10-07T12:00:00Z }`."""
        count, after = table["first"], table.get("from")
        if not isinstance(count, int) or isinstance(count, bool) or not 0 < count < 100_000:
            self.wrong("first is how many windows", count, "Write a whole number from 1.")
        if isinstance(after, str):
            try:
                after = datetime.fromisoformat(after)
            except ValueError:
                after = 0
        if after is not None and not (isinstance(after, datetime) and EARLIEST <= after.year <= LATEST):
            self.wrong("from is an instant", table["from"], "Write it so: 2021-10-07T12:00:00Z.")
        if need == Light():
            self.empty("first")
        if "widened_by" in table or "narrowed_by" in table:
            self.wrong("first goes with at_least and from", ", ".join(table), "Put the rest into the table under of.")
        at_least_s = self.seconds(table["at_least"], "at_least") if "at_least" in table else 0.0
        at = after if after is None or after.tzinfo else after.replace(tzinfo=UTC)
        return First(need=need, count=count, at_least_s=at_least_s, after_utc=at)

    def lengths(self, table: Mapping[str, Any], need: Need) -> Need:
        """Read at most one of `at_least`, `widened_by`, `narrowed_by`, which are of the whole table."""
        given = [key for key in LENGTHS if key in table]
        if len(given) > 1:
            self.wrong("one table has one length of time", ", ".join(given), "Put one of them into a table under of.")
        if not given:
            return need
        seconds = self.seconds(table[given[0]], given[0])
        if given[0] == "at_least":
            return Lasting(need=need, at_least_s=seconds)
        return Widened(need=need, by_s=seconds if given[0] == "widened_by" else -seconds)

    def seconds(self, value: object, key: str) -> float:
        """Read `"25 min"`, or a number of seconds."""
        found = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
        seconds = read_seconds(found) if found else 0.0
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e9:
            seconds = float(value)
        if not 0 < seconds < 1e9:
            self.wrong(f"{key} is a length of time", value, 'Write it so: "90 s", "25 min", "1.5 h".')
        return seconds


def _plain(light: Light) -> Need:
    """Return a light of one need as that need."""
    return light.clauses[0] if len(light.clauses) == 1 else light


def _flat(needs: Any) -> tuple[Need, ...]:
    """Return needs that all must be met, each once; what asks nothing is left out."""
    return tuple(dict.fromkeys(need for need in needs if need != Light()))


def table_of_light(light: Light) -> dict[str, Any]:
    """Write a light as a table that `light_of_table` reads back; `{"all": []}` is any light.

    >>> table_of_light(parse_light("orbital night for at least 25 min, not in contact"))
    {'all': [{'of': 'orbital night', 'at_least': '25 min'}, {'not': 'in contact'}]}
    """
    return {"all": [_written(need) for need in light.clauses]}


def _written(need: Need) -> str | dict[str, Any]:
    if isinstance(need, Clause):
        return str(need)
    if isinstance(need, Light):
        return table_of_light(need)
    if isinstance(need, AnyOf):
        return {"any": [_written(each) for each in need.needs]}
    inner = _written(need.need)
    if isinstance(need, Not):
        return {"not": inner}
    if isinstance(need, Near):
        return {"within": seconds_text(need.within_s), need.side: inner}
    if isinstance(need, Lasting):
        return {"of": inner, "at_least": seconds_text(need.at_least_s)}
    if isinstance(need, Widened):
        return {"of": inner, "widened_by" if need.by_s > 0 else "narrowed_by": seconds_text(abs(need.by_s))}
    least = {"at_least": seconds_text(need.at_least_s)} if need.at_least_s else {}
    start = {"from": instant_text(need.after_utc)} if need.after_utc else {}
    return {"first": need.count, **least, **start, "of": inner}
