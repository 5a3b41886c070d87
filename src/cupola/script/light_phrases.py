"""A light in words, as a note or a file has it: conditions, their bounds and names, and what joins them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import NoReturn

from cupola.errors import LightError
from cupola.model import AnyOf, Clause, Condition, First, Lasting, Light, Near, Need, Not, Widened
from cupola.model.conditions import BUILT_IN, all_conditions, condition_named, plugged_in
from cupola.script.light_bounds import DURATION, bounds_pattern, read_bounds, read_seconds
from cupola.script.light_words import LIGHT_WORDS

DEEPEST, LONGEST = 30, 4000
"""How many brackets may stand in each other, and how many characters a light may have."""
EARLIEST, LATEST = 1900, 2200
"""Years between which an instant lies."""
_LONGEST_WORD, _LONGEST_CLAUSE, _MOST_NAMES = 60, 300, 24
_TOKEN = re.compile(r'"(?P<straight>[^"]*)"|“(?P<curly>[^”]*)”|(?P<mark>[,()])|(?P<word>[^\s,()"“]+)|(?P<stray>["“])')
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?(?:Z|UTC|[+-]\d\d:?\d\d)?", re.IGNORECASE)
_ENDS = frozenset(("and", "or", "not", "within", "widened", "narrowed"))
_SIDES = frozenset(("of", "before", "after"))
_WINDOWS = frozenset(("window", "windows", "time", "times", "spell", "spells"))
_NAME = "\ue000{}\ue000"
"""Stands in the text of a clause for a name in quotes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word, a mark or a name in quotes, and where it begins.

    `folded` is the word in lower case; empty for a name in quotes, which is never a word that joins.
    """

    text: str
    at: int
    folded: str = ""
    is_name: bool = False


def parse_light(text: str, *, file: str = "", line: int | None = None) -> Light:
    """Read a light as a note has it: conditions joined by commas, `and`, `or`, `not`, brackets, `within`, `for at least`.

    A comma joins last and asks for both sides; then `or`, then `and`, then `not`. `any` asks nothing. Raises LightError for
    a word that is no condition (SUNSET may be on the ground or in orbit, so a note must say which), for a sentence that does
    not end, and where light on the ground and light in orbit are asked of one take.

    >>> str(parse_light("Orbital sunrise, over Kamchatka, outside SAA"))
    'orbital sunrise, over Kamchatka, outside saa'
    >>> str(parse_light("orbital night for at least 25 min within 10 min of over Kamchatka"))
    'orbital night for at least 25 min, within 10 min of over Kamchatka'
    """
    phrase = Phrase(text, file=file, line=line)
    light = phrase.whole()
    check_one_world(light, text, file=file, line=line)
    return light


def check_one_world(light: Light, text: str, *, file: str, line: int | None) -> None:
    """Raise LightError where light on the ground and light in orbit are asked of one take."""
    if light.is_orbital and light.is_ground:
        rule = "one take is lit on the ground or in orbit, not both"
        raise LightError(rule, value=text.strip(), remedy="Keep the clauses of one of the two.", file=file, line=line)


class Phrase:
    """A light being read, word by word from the left."""

    def __init__(self, text: str, *, file: str, line: int | None) -> None:
        self.text, self.file, self.line = text, file, line
        self.at = self.depth = 0
        if len(text) > LONGEST:
            self.wrong(f"a light has at most {LONGEST} characters", text, "Say it in fewer words.")
        self.tokens = [_token(found) for found in _TOKEN.finditer(text)]
        stray = next((token for token in self.tokens if token.folded in ('"', "“")), None)
        if stray:
            self.wrong(f"a name in quotes ends with a quote (character {stray.at + 1})", text[stray.at :], "Close the quotes.")

    def wrong(self, rule: str, value: str, remedy: str) -> NoReturn:
        raise LightError(rule, value=value.strip(), remedy=remedy, file=self.file, line=self.line)

    @property
    def next(self) -> str:
        """The next word in lower case; empty at the end, and before a name in quotes."""
        return self.tokens[self.at].folded if self.at < len(self.tokens) else ""

    @property
    def left(self) -> str:
        """The text that has not been read."""
        return self.text[self.tokens[self.at].at :] if self.at < len(self.tokens) else ""

    def take(self, *words: str) -> bool:
        """Go past the words if they come next."""
        ahead = tuple(token.folded for token in self.tokens[self.at : self.at + len(words)])
        if ahead == words:
            self.at += len(words)
        return ahead == words

    def whole(self) -> Light:
        """Read all of it."""
        needs = self.needs()
        if self.at < len(self.tokens):
            self.wrong(f"what follows is joined to what stands before (character {self._column})", self.left, _JOIN)
        return needs[0] if len(needs) == 1 and isinstance(needs[0], Light) else Light(clauses=needs)

    @property
    def _column(self) -> int:
        return (self.tokens[self.at].at if self.at < len(self.tokens) else len(self.text)) + 1

    def needs(self) -> tuple[Need, ...]:
        """Read what commas join."""
        found = self.alternatives()
        while self.take(","):
            found += self.alternatives()
        return tuple(dict.fromkeys(found))

    def alternatives(self) -> list[Need]:
        """Read what `or` joins; without one, the needs that `and` joins."""
        first = self.together()
        if self.next != "or":
            return first
        choices = [_one(first)]
        while self.take("or"):
            choices.append(_one(self.together()))
        distinct = tuple(dict.fromkeys(choice for choice in choices if choice is not None))
        if len(distinct) < len(set(choices)):
            return []
        return list(distinct) if len(distinct) == 1 else [AnyOf(needs=distinct)]

    def together(self) -> list[Need]:
        """Read what `and` joins, or a `within` that follows without a comma."""
        found = self.need()
        while self.take("and") or self.next == "within":
            found += self.need()
        return found

    def need(self) -> list[Need]:
        """Read one need with what is said behind it; none for `any light`."""
        need = self.single()
        if need is None:
            return []
        while self.next in ("for", "widened", "narrowed"):
            if self.take("for"):
                self.take("at", "least")
                need = Lasting(need=need, at_least_s=self.seconds())
                continue
            sign = 1 if self.next == "widened" else -1
            self.at += 1
            self.take("by")
            need = Widened(need=need, by_s=sign * self.seconds())
        return [need]

    def single(self) -> Need | None:
        """Read a need without what is said behind it."""
        if self.take("not"):
            return Not(need=self.inner(self.single, "not"))
        if self.next == "within" or self._is_flank():
            return self.near()
        if self.next in ("first", "next"):
            return self.first()
        return self.bracket() if self.next == "(" else self.clause()

    def inner(self, read: Callable[[], Need | None], after: str) -> Need:
        """Read a need that another is made of."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.wrong(f"a light has at most {DEEPEST} needs within each other", self.left, "Say it more simply.")
        need = read()
        self.depth -= 1
        if need is None:
            self.wrong(f"“{after}” is followed by a condition", "any light", "Name the light that is meant.")
        return need

    def bracket(self) -> Need | None:
        """Read a need in brackets."""
        opened = self.left
        self.at += 1
        need = self.inner(lambda: _one(list(self.needs())) or Light(), "(")
        if not self.take(")"):
            self.wrong(f"every bracket that opens is closed (character {self._column})", opened, "Add a closing bracket.")
        return need if need != Light() else None

    def near(self) -> Need:
        """Read `within 10 min of`, `within 10 min before`, `10 min after` and the need that follows."""
        self.take("within")
        within_s = self.seconds()
        side = self.next
        if side not in _SIDES:
            self.wrong(
                "a time is within so long of, before or after a light", self.left, "Write: within 10 min of orbital sunrise."
            )
        self.at += 1
        return Near(need=self.inner(self._postfixed, side), within_s=within_s, side=side)

    def _is_flank(self) -> bool:
        """Whether a length of time with `before` or `after` comes next."""
        found = DURATION.match(self.left) if self.next[:1].isdigit() else None
        return bool(found and self.left[found.end() :].lstrip().casefold().startswith(("before ", "after ")))

    def _postfixed(self) -> Need | None:
        found = self.need()
        return found[0] if found else None

    def first(self) -> Need:
        """Read `first 3 windows of at least 25 min after 2021-10-07T12:00Z of orbital night`, or `next orbital sunrise`."""
        self.at += 1
        count = 1
        if self.next.isascii() and self.next.isdigit() and len(self.next) < 6:
            count = max(1, int(self.next))
            self.at += 1
        if self.next in _WINDOWS:
            self.at += 1
        least = self.seconds() if self.take("of", "at", "least") or self.take("lasting") else 0.0
        after = self.instant() if self.take("after") or self.take("from") else None
        self.take("of")
        need = self.inner(self._postfixed, "first")
        if after is None and (self.take("after") or self.take("from")):
            after = self.instant()
        return First(need=need, count=count, at_least_s=least, after_utc=after)

    def seconds(self) -> float:
        """Read a length of time."""
        found = DURATION.match(self.left)
        if not found:
            self.wrong("a length of time is a number with s, min or h", self.left, "Write it so: 90 s, 25 min, 1.5 h.")
        self._skip(found.end())
        seconds = read_seconds(found)
        if not 0 < seconds < 1e9:
            self.wrong("a length of time is more than nothing", found.group(), "Write it so: 90 s, 25 min, 1.5 h.")
        return seconds

    def instant(self) -> datetime:
        """Read an instant; one without an offset is UTC."""
        found = _INSTANT.match(self.left)
        try:
            assert found
            assert EARLIEST <= int(found.group()[:4]) <= LATEST
            at = datetime.fromisoformat(re.sub("(?i)utc$", "", found.group()).upper())
        except (AssertionError, ValueError):
            self.wrong("an instant is a date and a time", self.left, "Write it so: 2021-10-07T12:00Z.")
        self._skip(found.end())
        self.take("utc")
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    def _skip(self, length: int) -> None:
        """Go past so many characters of what is left."""
        end = self.tokens[self.at].at + length
        while self.at < len(self.tokens) and self.tokens[self.at].at < end:
            self.at += 1

    def clause(self) -> Clause | None:
        """Read a condition with its names and bounds; None for `any`."""
        begun = self.at
        while self.at < len(self.tokens) and not self._ends_clause():
            self.at += 1
        tokens = self.tokens[begun : self.at]
        names = [token.text for token in tokens if token.is_name]
        numbers = iter(range(len(names)))
        text = " ".join(_NAME.format(next(numbers)) if token.is_name else token.text for token in tokens)
        shown = " ".join(f'"{token.text}"' if token.is_name else token.text for token in tokens)
        if text.casefold().replace("-", " ") in {"any", "any light"}:
            return None
        if len(text) > _LONGEST_CLAUSE:
            self.wrong(f"a condition with its names has at most {_LONGEST_CLAUSE} characters", shown, _JOIN)
        found = _matched_own(text) or _matched(text, plugged_in().values())
        if not found:
            self.wrong(*(_unknown(text, shown) if text or len(self.tokens) < 2 else self._missing()))
        return self._clause_of(*found, names, shown)

    def _missing(self) -> tuple[str, str, str]:
        """Return rule, value and remedy where a mark or a joining word stands and a condition should."""
        return (
            f"a condition is missing (character {self._column})",
            self.text,
            _some_of([each.name for each in all_conditions()]),
        )

    def _ends_clause(self) -> bool:
        word = self.next
        if word in _ENDS or word in (",", "(", ")"):
            return True
        rest = [token.folded for token in self.tokens[self.at + 1 : self.at + 3]]
        if word == "for":
            return rest == ["at", "least"] or bool(rest and rest[0][:1].isdigit())
        return word in ("after", "from") and bool(rest and _INSTANT.match(rest[0]))

    def _clause_of(self, known: Condition, match: re.Match[str], names: Sequence[str], shown: str) -> Clause:
        """Make a clause of a phrase that matched a condition's."""
        parts = match.groupdict()
        given = [_name_in(parts[f"a{n}"], names) for n in range(len(known.kinds)) if parts[f"a{n}"]]
        least, most = read_bounds(parts.get("bounds") or "", known.unit)
        write = f"Write it so: {known.words}."
        if known.needs_bounds and least is None and most is None:
            self.wrong(f"“{known.name}” needs bounds", shown, write)
        if least is not None and most is not None and least >= most and not known.wraps:
            self.wrong(f"the bounds of “{known.name}” rise", shown, write)
        first, more = (given[0], tuple(given[1:])) if given else ("", ())
        return Clause(condition=known.name, argument=first, least=least, most=most, more=more)


_JOIN = "Put a comma (both), and, or, within … of, or for at least … between two conditions."


def _token(found: re.Match[str]) -> Token:
    name = found["straight"] if found["straight"] is not None else found["curly"]
    if name is not None:
        return Token(text=name, at=found.start(), is_name=True)
    return Token(text=found.group(), at=found.start(), folded=found.group().casefold())


def _one(needs: list[Need]) -> Need | None:
    """Return several needs as one; None for none."""
    distinct = tuple(dict.fromkeys(needs))
    if not distinct:
        return None
    return distinct[0] if len(distinct) == 1 else Light(clauses=distinct)


def _name_in(text: str, names: Sequence[str]) -> str:
    """Return an argument with the names in quotes put back."""
    return " ".join(re.sub("\ue000(\\d+)\ue000", lambda found: names[int(found[1])], text).split(" "))


def _matched(text: str, conditions: Iterable[Condition]) -> tuple[Condition, re.Match[str]] | None:
    """Return the condition whose phrase a text is: of several, the one that takes most of it for its own words."""
    found = [(each, match) for each in conditions if (match := _matcher(each).fullmatch(text))]
    return min(found, key=lambda each: sum(map(len, filter(None, each[1].groups()))), default=None)


@lru_cache(maxsize=1024)
def _matched_own(text: str) -> tuple[Condition, re.Match[str]] | None:
    """Return what `_matched` does for our own conditions; the lights of a film say the same few things again and again."""
    return _matched(text, _by_first_word().get(_first_word(text), ()))


def _first_word(text: str) -> str:
    return re.split(r"[\s-]", text, maxsplit=1)[0].casefold()


@cache
def _by_first_word() -> dict[str, list[Condition]]:
    """Return our own conditions by the first word of their phrases."""
    found: dict[str, list[Condition]] = {}
    for each in BUILT_IN.values():
        found.setdefault(_first_word(each.pattern), []).append(each)
    return found


@cache
def _matcher(known: Condition) -> re.Pattern[str]:
    """Return the pattern of a condition's phrase: its words in any case, hyphens or spaces between them."""
    text = ""
    for part in known.pattern.split():
        gap = r"\s+" if text else ""
        kind = part.strip("{}")
        if part == "{bounds}":
            text += rf"(?:{gap}(?P<bounds>{bounds_pattern(known.unit)}))?"
        elif part.startswith("{"):
            n = known.kinds.index(kind)
            name = rf"{gap}(?P<a{n}>\S.*?)"
            text += f"(?:{name})?" if known.arguments[n].endswith("?") else name
        else:
            text += (r"[\s-]+" if text else "") + r"[\s-]+".join(map(re.escape, part.split("-")))
    return re.compile(text, re.IGNORECASE)


def _unknown(text: str, shown: str) -> tuple[str, str, str]:
    """Return rule, value and remedy for words that are no condition."""
    folded = " ".join(text.casefold().replace("-", " ").split())
    begun = [each for each in all_conditions() if folded == each.name or folded.startswith(f"{each.name} ")]
    known = max(begun, key=lambda each: len(each.name), default=None)
    if known and known.name == "over":
        return "over needs the name of what lies below", shown, "Write the name of a target of the production: over Kamchatka."
    if known and known.pattern == known.name:
        return f"nothing follows “{known.name}” but what joins conditions", shown, _JOIN
    if known:
        return f"“{known.name}” is not asked like this", shown, f"Write it so: {known.words}."
    return "nobody knows this light", shown, _nearest(folded)


def _nearest(folded: str) -> str:
    meant = LIGHT_WORDS.get(folded.upper(), "")
    if meant:
        orbital = f"orbital {folded}"
        return f"Write {meant}, or {orbital} if it is seen from the station." if condition_named(orbital) else f"Write {meant}."
    names = [each.name for each in all_conditions()]
    near = get_close_matches(folded, names, 1) if len(folded) <= _LONGEST_WORD else []
    return f"Did you mean {near[0]}?" if near else _some_of(names)


def _some_of(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMES
    return f"Write one of: {', '.join(names[:_MOST_NAMES])}{f', or one of {rest} more' if rest > 0 else ''}."
