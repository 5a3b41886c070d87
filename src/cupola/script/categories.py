"""Breakdown categories: one table of our words, the trade's numbers and names, and the words that start a note."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cupola.model.script import Element
from cupola.script.tables import read_table


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """A breakdown category: our `word`, its Universal Category ID, the trade's `name`, its colour or `mark` on a paper sheet.

    `kind` is "scene" for a fact of the heading, "prose" where a note is one text and not a list, else empty.
    """

    word: str
    ucid: int
    name: str
    mark: str = ""
    kind: str = ""
    words: tuple[str, ...] = ()


CATEGORY_TABLE: dict[str, Category] = {
    row["word"]: Category(**{**row, "words": tuple(row.get("words", ()))}) for row in read_table("categories")["category"]
}
"""Every category by our word for it, in the order of its number."""

CATEGORIES: dict[str, str] = {
    word: category.word
    for category in CATEGORY_TABLE.values()
    if category.kind != "scene" and category.word != "cast"
    for word in category.words
}
"""Words that start a note of what a scene needs, and the category each means."""

CAST_WORDS = frozenset(CATEGORY_TABLE["cast"].words)
DAY_WORDS = frozenset(CATEGORY_TABLE["script day"].words)

_COMMA = re.compile(r",(?!\d{3}(?!\d))")
_COUNT = re.compile(r"(?<![\w.])\d{1,3}(?:[,   ]\d{3})+(?!\d)|(?<![\w.])\d{1,6}(?![\w.]*\d)")
_NUMBER_WORDS: dict[str, int] = read_table("people")["numbers"]
_MULTIPLIERS = frozenset((12, 100, 1000))
_WORD = re.compile(r"[^\W\d_]+")


def ucid_of(category: str) -> int | None:
    """Return the Universal Category ID of a category; None for one that a file made up."""
    known = CATEGORY_TABLE.get(category)
    return known.ucid if known else None


def category_of(word: str) -> str:
    """Return the category that a word means, in any case; empty where there is none.

    >>> category_of("Props"), category_of("массовка"), category_of("weather")
    ('prop', 'background', '')
    """
    folded = " ".join(word.casefold().split())
    return CATEGORIES.get(folded, folded if folded in CATEGORY_TABLE else "")


def listed(value: str) -> list[str]:
    """Split what stands behind the colon of a note at its commas; those of `1,000 villagers` stay."""
    return [name for name in (" ".join(part.split()) for part in _COMMA.split(value)) if name]


def elements_of(category: str, value: str, line: int) -> list[Element]:
    """Return what a note or a line of production.toml names of one category; a bare number counts extras."""
    known = CATEGORY_TABLE.get(category)
    names = [" ".join(value.split())] if known and known.kind == "prose" else listed(value)
    if category == "background":
        names = [f"{name} extras" if name.isdigit() else name for name in names]
    return [Element(category=category, name=name, line=line) for name in names if name]


def count_in(name: str) -> int | None:
    """Read how many a name speaks of: the last of `20-30 guests`, a dozen as 12; None where it says no number.

    >>> count_in("a crowd of 1,200"), count_in("20-30 guests"), count_in("two dozen soldiers"), count_in("villagers")
    (1200, 30, 24, None)
    """
    digits = _COUNT.findall(name)
    if digits:
        return max(int(re.sub(r"\D", "", number)) for number in digits)
    total: int | None = None
    for number in filter(None, map(_NUMBER_WORDS.get, _WORD.findall(name.casefold()))):
        if total is None or (number >= total and number not in _MULTIPLIERS):
            total = number
        else:
            total = total * number if number >= total else total + number
    return total


def background_of(elements: tuple[Element, ...]) -> int | None:
    """Count the extras that the facts of a scene name; None where nobody says a number."""
    counts = [count_in(one.name) for one in elements if one.category == "background" and not one.suggested]
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
