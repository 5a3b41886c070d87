"""The words of scene headings as one value: those that start one, those that say when, in the languages of the word table.

The table is `data/words.toml`; a production adds words of its own in `[words]` of production.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cupola.script.tables import read_table, words_of

INSIDE_OR_OUT = ("INT", "EXT", "INT/EXT", "EST")
"""What a word that starts a heading can mean."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Words:
    """Words of scene headings, in capitals.

    `headings` maps a word to INT, EXT, INT/EXT or EST; those in `careful` count in capitals or before a dot. `times` maps a
    word to a condition of light; `names` of them count only by themselves behind a dash, `alone` may stand without a place,
    and a misspelling is looked for among `guessed`. The other fields are those of the table.
    """

    headings: Mapping[str, str]
    careful: frozenset[str]
    times: Mapping[str, str]
    names: frozenset[str]
    alone: frozenset[str]
    guessed: tuple[str, ...]
    same: frozenset[str]
    beside: frozenset[str]
    hints: frozenset[str]
    told: Mapping[str, str]

    @cached_property
    def start(self) -> re.Pattern[str]:
        """What matches the start of a heading: the word, what stands for its dot, and the spaces behind."""
        longest_first = sorted(self.headings, key=len, reverse=True)
        return re.compile("|".join(map(self._pattern, longest_first)))

    def _pattern(self, word: str) -> str:
        bare = re.escape(word.rstrip(".")).replace("/", r"\.? ?/ ?")
        any_case = f"(?i:{bare})"
        if word.endswith("."):
            return rf"{any_case}\.[. ]*"
        if word in self.careful:
            return rf"(?:{any_case}\.|{bare}(?=[. ]))[. ]*"
        return rf"{any_case}(?=[. ])[. ]*"

    @cached_property
    def initials(self) -> frozenset[str]:
        """The letters that a heading may start with, in both cases."""
        return frozenset(sign for word in self.headings for sign in (word[0].upper(), word[0].lower()))

    @cached_property
    def kinds(self) -> dict[str, str]:
        """INT, EXT, INT/EXT or EST for each word as it is written without its dots and spaces, in capitals."""
        return {word.replace(".", "").upper(): kind for word, kind in self.headings.items()}

    def with_words(self, *, headings: Mapping[str, str], times: Mapping[str, str]) -> Words:
        """Return these words and a production's own, which win; they count in any case."""
        own_headings = {_tidy(word): kind for word, kind in headings.items()}
        own_times = {_tidy(word): light for word, light in times.items()}
        return replace(
            self,
            headings={**self.headings, **own_headings},
            careful=self.careful - own_headings.keys(),
            times={**self.times, **own_times},
            names=self.names - own_times.keys(),
            same=self.same - own_times.keys(),
            told={word: text for word, text in self.told.items() if word not in own_times},
        )


def _tidy(word: str) -> str:
    return " ".join(word.upper().replace("’", "'").split())


def _read() -> Words:
    table = read_table("words")
    languages = [part for name, part in table.items() if name != "table"]

    def every(key: str) -> frozenset[str]:
        return frozenset[str]().union(*(words_of(part.get(key, "")) for part in languages))

    return Words(
        headings={word: kind for part in languages for word, kind in part["headings"].items()},
        careful=every("careful"),
        times={word: light for part in languages for word, light in _times(part)},
        names=every("names"),
        alone=every("alone"),
        guessed=tuple(word for part in languages if part.get("is_guessed") for word, _ in _times(part)),
        same=every("same"),
        beside=every("beside"),
        hints=every("hints"),
        told={word: text for part in languages for word, text in part.get("told", {}).items()},
    )


def _times(language: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for light, text in language["times"].items():
        for word in text.split():
            yield word.replace("_", " "), light


WORDS = _read()
"""The words that Cupola knows by itself."""
