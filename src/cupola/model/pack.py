"""A rule pack: figures of a contract or a law, each under its clause, with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

Figure = str | int | float | bool | tuple[str, ...] | tuple[float, ...]
"""What a key of a pack holds; times of day and money stand as text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One table of a pack: figures by key, the clause that makes them so, and where that is published.

    `line` is 1-based in the pack's file; 0 for a pack that comes with Cupola.
    """

    name: str
    figures: tuple[tuple[str, Figure], ...]
    clause: str
    source: str
    line: int = 0

    def __contains__(self, key: str) -> bool:
        return any(name == key for name, _ in self.figures)

    def number(self, key: str, default: float = 0.0) -> float:
        """Return a number; the default where the key is left out."""
        found = dict(self.figures).get(key, default)
        return float(found) if isinstance(found, int | float) else default

    def minutes(self, key: str, default: int = 0) -> int:
        """Return hours (a key that ends in `_h`) or minutes as whole minutes."""
        return round(self.number(key, default / 60) * 60) if key.endswith("_h") else round(self.number(key, default))

    def text(self, key: str, default: str = "") -> str:
        """Return a text; the default where the key is left out."""
        return str(dict(self.figures).get(key, default))

    def clock(self, key: str) -> time | None:
        """Return a time of day; None where the key is left out."""
        found = self.text(key)
        return time.fromisoformat(found) if found else None

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where the key is left out."""
        found = dict(self.figures).get(key, ())
        return tuple(str(word) for word in found) if isinstance(found, tuple) else (str(found),)

    def numbers(self, key: str) -> tuple[float, ...]:
        """Return a list of numbers; empty where the key is left out."""
        found = dict(self.figures).get(key, ())
        return tuple(float(each) for each in found) if isinstance(found, tuple) else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """A rule pack: what it is called, as of when, and its articles. `file` is its name in the production's folder, if any."""

    id: str
    title: str
    date: str
    articles: tuple[Article, ...]
    file: str = ""

    @property
    def name(self) -> str:
        """The word by which a production names it."""
        return self.file or self.id

    def named(self, article: str) -> Iterator[Article]:
        """Yield its articles of a name, in order."""
        return (each for each in self.articles if each.name == article)
