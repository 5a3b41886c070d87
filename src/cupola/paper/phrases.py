"""What documents say, in English, in Russian, or in both side by side; the words are data, `data/phrases.toml`."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from cupola.paper import wording

Lang = Literal["en", "ru", "ru+en"]
"""English, Russian, or Russian and English side by side."""

LANGUAGES: tuple[Lang, ...] = get_args(Lang)
BOTH = " / "


@cache
def tables() -> Mapping[str, Any]:
    """Return everything in the file of phrases."""
    return tomllib.loads(files("cupola.paper").joinpath("data", "phrases.toml").read_text("utf-8"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrases:
    """The words of one document.

    Where it is in both languages Russian stands first, and what is the same in both stands once.
    """

    lang: Lang = "en"

    @property
    def is_russian(self) -> bool:
        """Whether a document is laid out as the Russian trade does."""
        return self.lang == "ru"

    @property
    def code(self) -> str:
        """The language of a document in the sense of ISO 639."""
        return "en" if self.lang == "en" else "ru"

    @property
    def captions(self) -> dict[str, str]:
        """Every caption that needs no value, for a template."""
        return {key: self(key) for key, (english, _) in tables()["caption"].items() if "{" not in english}

    def __call__(self, key: str, **values: object) -> str:
        """Return a caption; values are written as the language does (dates, decimals). Raises KeyError.

        A value that is a function is given the words of one language, and returns its text in it.
        """
        english, russian = tables()["caption"][key]
        return self._both(
            english.format(**{name: _english(value) for name, value in values.items()}),
            russian.format(**{name: _russian(value) for name, value in values.items()}),
        )

    def date(self, day: dt.date) -> str:
        """Write a date in full.

        >>> Phrases(lang="ru+en").date(dt.date(2021, 10, 5))
        'вторник, 5 октября 2021 / Tuesday 5 October 2021'
        """
        return self._both(_english(day), _russian(day))

    def short_date(self, day: dt.date) -> str:
        """Write a date for a column.

        >>> Phrases(lang="ru").short_date(dt.date(2021, 10, 5))
        'вт 5 окт'
        """
        names = tables()["calendar"]
        russian = f"{names['short-weekdays'][day.weekday()]} {day.day} {names['short-months'][day.month - 1]}"
        return self._both(wording.short_date(day), russian)

    def decimal(self, value: float, places: int) -> str:
        """Write a number with so many decimals.

        >>> Phrases(lang="ru").decimal(-13.75, 2)
        '−13,75'
        """
        text = f"{value:.{places}f}".replace("-", "−")
        return self._both(text, text.replace(".", ","))

    def count(self, count: int, noun: str) -> str:
        """Write how many there are of something; raises KeyError for a noun without forms.

        >>> [Phrases(lang="ru").count(n, "scene") for n in (1, 3, 5, 11, 21)]
        ['1 сцена', '3 сцены', '5 сцен', '11 сцен', '21 сцена']
        """
        one, many, *forms = tables()["count"][noun]
        return self._both(f"{count} {one if count == 1 else many}", f"{count} {forms[_form(count)]}")

    def word(self, table: str, text: str) -> str:
        """Return a word of the production or the board; what the table does not know stays as it is.

        A key that ends in a blank is the beginning of longer ones.

        >>> Phrases(lang="ru").word("light", "over Patagonia"), Phrases(lang="ru").word("category", "prop")
        ('над Patagonia', 'реквизит')
        """
        return self._both(text, _translated(table, text))

    def why(self, text: str) -> str:
        """Return what a window is for; remarks in brackets stay in English, and out of a Russian document.

        >>> Phrases(lang="ru").why("orbital sunrise (Sun 1° below to 4° above the limb), outside saa")
        'орбитальный восход, вне аномалии'
        """
        heads = re.sub(r" \([^()]*\)", "", text)
        return self._both(text, ", ".join(_translated("light", head) for head in heads.split(", ")))

    def bearing(self, text: str) -> str:
        """Return which way the Sun stands, seen from a station.

        >>> Phrases(lang="ru").bearing("64° to starboard of the stern")
        '64° вправо от кормы'
        """
        russian = text
        for english, word in tables()["word"]["bearing"].items():
            russian = russian.replace(english, word)
        return self._both(text, russian)

    @property
    def first(self) -> Phrases:
        """The words of the first language alone, for lines that have no room for two."""
        return ENGLISH if self.lang == "en" else RUSSIAN

    @property
    def figures(self) -> Phrases:
        """The words beside figures (s, min): one language is enough for them."""
        return RUSSIAN if self.is_russian else ENGLISH

    def _both(self, english: str, russian: str) -> str:
        if self.lang == "en" or english == russian:
            return english
        return russian if self.lang == "ru" else f"{russian}{BOTH}{english}"


ENGLISH = Phrases()
RUSSIAN = Phrases(lang="ru")


def _translated(table: str, text: str) -> str:
    known: Mapping[str, str] = tables()["word"][table]
    if text in known:
        return known[text]
    begin = next((key for key in known if key.endswith(" ") and text.startswith(key)), "")
    return known[begin] + text[len(begin) :] if begin else text


def _english(value: object) -> str:
    if callable(value):
        return str(value(ENGLISH))
    if isinstance(value, dt.date):
        return wording.date_text(value)
    return f"{value:.1f}".replace("-", "−") if isinstance(value, float) else str(value)


def _russian(value: object) -> str:
    if callable(value):
        return str(value(RUSSIAN))
    if isinstance(value, dt.date):
        names = tables()["calendar"]
        return f"{names['weekdays'][value.weekday()]}, {value.day} {names['months'][value.month - 1]} {value.year}"
    return f"{value:.1f}".replace("-", "−").replace(".", ",") if isinstance(value, float) else str(value)


def _form(count: int) -> int:
    """Return which of the three forms of a Russian noun goes with a number (CLDR: one, few, many)."""
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2
