"""Rule packs as values: those that come with Cupola, those a user wrote, and which hold for whom."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from cupola.errors import ProductionError
from cupola.model import Article, CastMember, Figure, Pack, Production, Unit
from cupola.rules.articles import ARTICLES, KINDS

NOT = "not "
"""Before the name of a pack, or of one of its articles: it does not hold here."""

HEAD = ("id", "title", "date")
"""What a pack says of itself."""

KeyPath = tuple[str | int, ...]
"""Where an entry of a TOML file stands."""


@cache
def pack_names() -> tuple[str, ...]:
    """Return the ids of the packs that come with Cupola."""
    folder = files("cupola.rules") / "packs"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def read_pack(name: str) -> Pack:
    """Return a pack that comes with Cupola; raises ProductionError where there is no such pack."""
    if name not in pack_names():
        raise ProductionError("a rule pack is one that Cupola has", value=name, remedy=pack_remedy(name))
    text = (files("cupola.rules") / "packs" / f"{name}.toml").read_text(encoding="utf-8")
    return pack_of(tomllib.loads(text), file="", title=f"{name}.toml", line=lambda _: 0)


def pack_remedy(word: str) -> str:
    """Return what to write instead of a pack's name that nobody knows."""
    near = get_close_matches(word.removeprefix(NOT).partition(".")[0], pack_names(), n=1)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"known: {', '.join(pack_names())}; or a .toml file of your own in the production's folder"


def pack_of(data: Mapping[str, object], *, file: str, title: str, line: Callable[[KeyPath], int]) -> Pack:
    """Return the tables of a TOML file as a pack.

    `file` is its name in the production's folder (empty for a pack of Cupola's own), `title` how an error names it, `line` the
    line of an entry. Raises ProductionError with file, line, value, rule and remedy.
    """
    reader = _Reader(title=title, line=line)
    head = data.get("pack")
    if not isinstance(head, Mapping):
        raise reader.wrong(
            ("pack",), "a pack says what it is", None, 'start with [pack], id = "…", title = "…", date = "2026-11-01"'
        )
    for key in head:
        if key not in HEAD:
            raise reader.wrong(("pack", key), "[pack] has no such entry", key, _meant(key, HEAD))
    return Pack(
        id=reader.text(head, ("pack", "id")),
        title=reader.text(head, ("pack", "title")),
        date=reader.date(head),
        articles=tuple(reader.articles(data)),
        file=file,
    )


class _Reader:
    """Reads the tables of one pack, and knows where each stands."""

    def __init__(self, *, title: str, line: Callable[[KeyPath], int]) -> None:
        self.title, self.line = title, line

    def wrong(self, path: KeyPath, rule: str, value: object, remedy: str) -> ProductionError:
        return ProductionError(rule, value=value, remedy=remedy, file=self.title, line=self.line(path) or None)

    def text(self, table: Mapping[str, object], path: KeyPath) -> str:
        value = table.get(str(path[-1]))
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(path, f"{'.'.join(map(str, path))} is a text", value, f'add {path[-1]} = "…"')
        return value

    def date(self, head: Mapping[str, object]) -> str:
        value = str(head.get("date", ""))
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise self.wrong(("pack", "date"), "a pack says as of which date it holds", value, 'write date = "2026-11-01"')
        return value

    def articles(self, data: Mapping[str, object]) -> Iterator[Article]:
        for name, found in data.items():
            if name == "pack":
                continue
            if name not in ARTICLES:
                raise self.wrong((name,), "a pack has only articles that a rule reads", name, _meant(name, list(ARTICLES)))
            tables = found if isinstance(found, list) else [found]
            if len(tables) > 1 and not ARTICLES[name].many:
                raise self.wrong((name, 1), f"a pack has one article {name}", name, "keep one of them")
            for number, table in enumerate(tables):
                path: KeyPath = (name, number) if isinstance(found, list) else (name,)
                if not isinstance(table, Mapping):
                    raise self.wrong(path, f"{name} is a table", table, f"write [{name}] and its figures below")
                yield self.article(name, table, path)

    def article(self, name: str, table: Mapping[str, object], path: KeyPath) -> Article:
        shape = ARTICLES[name]
        for key in table:
            if key not in shape.keys and key not in ("clause", "source"):
                raise self.wrong(
                    (*path, key), f"{name} has no such figure", key, _meant(key, [*shape.keys, "clause", "source"])
                )
        for key, kind in shape.keys.items():
            if key not in table and not kind.endswith("?"):
                raise self.wrong(path, f"{name} needs {key}", None, f"add {key}: {KINDS[kind][1]}")
        for one, other in shape.pairs:
            self.paired(table, path, one, other)
        return Article(
            name=name,
            figures=tuple((key, self.figure(name, key, table[key], path)) for key in shape.keys if key in table),
            clause=self.text(table, (*path, "clause")),
            source=self.text(table, (*path, "source")),
            line=self.line(path),
        )

    def paired(self, table: Mapping[str, object], path: KeyPath, one: str, other: str) -> None:
        """Refuse one of two keys that belong together without the other, or lists of them that are not equally long."""
        a, b = table.get(one), table.get(other)
        if (a is None) != (b is None):
            raise self.wrong(path, f"{one} and {other} stand together", a or b, f"add {other if b is None else one}")
        if isinstance(a, list) and isinstance(b, list) and len(a) != len(b):
            raise self.wrong((*path, other), f"{one} and {other} are equally long", b, f"give each of {one} its own")

    def figure(self, name: str, key: str, value: object, path: KeyPath) -> Figure:
        fits, called, remedy = KINDS[ARTICLES[name].keys[key].rstrip("?")]
        if not fits(value):
            raise self.wrong((*path, key), f"{name}.{key} is {called}", value, remedy)
        return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]  # its kind was just looked at


def _meant(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f'did you mean "{near[0]}"?' if near else f"known: {', '.join(known)}"


def pack_named(production: Production, name: str) -> Pack:
    """Return a pack by its word: one written in the production's folder, else one that comes with Cupola."""
    return next((pack for pack in production.own_packs if pack.name == name), None) or read_pack(name)


def packs_of(production: Production, unit: Unit | None = None, member: CastMember | None = None) -> tuple[Pack, ...]:
    """Return the packs that hold: the production's, then the unit's, then the person's, less those that a `not` takes out.

    `not film-12h` takes out a whole pack, `not film-12h.rest` one of its articles, for this unit or person.
    """
    words = [*production.packs, *(unit.packs if unit else ()), *(member.packs if member else ())]
    out = {word.removeprefix(NOT) for word in words if word.startswith(NOT)}
    names = dict.fromkeys(word for word in words if not word.startswith(NOT) and word not in out)
    return tuple(_without(pack_named(production, name), name, out) for name in names)


def _without(pack: Pack, name: str, out: set[str]) -> Pack:
    if not any(word.startswith(f"{name}.") for word in out):
        return pack
    kept = tuple(article for article in pack.articles if f"{name}.{article.name}" not in out)
    return Pack(id=pack.id, title=pack.title, date=pack.date, articles=kept, file=pack.file)


def articles_of(packs: Sequence[Pack], name: str) -> tuple[Article, ...]:
    """Return the articles of a name in all packs, in order."""
    return tuple(article for pack in packs for article in pack.named(name))


def is_pack_word(own_packs: Sequence[Pack], word: str) -> bool:
    """Whether a word names a pack, or takes one (or one of its articles) out."""
    known = {*pack_names(), *(pack.name for pack in own_packs)}
    stem = word.removeprefix(NOT)
    name, _, article = stem.rpartition(".")
    return stem in known or (word.startswith(NOT) and name in known and article in ARTICLES)
