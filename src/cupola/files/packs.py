"""Rule packs that a production names: those that come with Cupola, and those written in its own folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cupola.files import folder as home
from cupola.files.documents import ProductionDoc
from cupola.files.folder import Toml
from cupola.files.locate import KeyPath
from cupola.model import Pack
from cupola.rules import is_country, is_pack_word, pack_names, pack_of, pack_remedy

NOT = "not "


def own_packs_of(folder: Path, doc: ProductionDoc, toml: Toml) -> tuple[tuple[Pack, ...], list[tuple[str, bytes]]]:
    """Return the packs written in a production's folder, in the order in which they are first named, and the bytes of each.

    Every word that names a pack is looked at. Raises ProductionError with file, line, value, rule and remedy.
    """
    found: dict[str, Pack] = {}
    parts: list[tuple[str, bytes]] = []
    for path, word in _words(doc):
        name = word.removeprefix(NOT)
        if name.endswith(".toml") and name not in found:
            own, raw = home.read_toml(home.inside(folder, name, toml, path))
            pack = pack_of(own.data, file=name, title=own.file, line=own.line)
            _check_own(pack, own)
            found[name] = pack
            parts.append((name, raw))
    for path, word in _words(doc):
        if not is_pack_word(tuple(found.values()), word):
            raise toml.wrong(path, "a rule pack is one that Cupola has", value=word, remedy=pack_remedy(word))
    return tuple(found.values()), parts


def _words(doc: ProductionDoc) -> Iterator[tuple[KeyPath, str]]:
    """Yield every word that names a pack, with where it stands."""
    yield from ((("production", "rules", n), word) for n, word in enumerate(doc.production.rules))
    for number, unit in enumerate(doc.unit):
        yield from ((("unit", number, "packs", n), word) for n, word in enumerate(unit.packs))
    for number, member in enumerate(doc.cast):
        yield from ((("cast", number, "packs", n), word) for n, word in enumerate(member.packs))


def _check_own(pack: Pack, own: Toml) -> None:
    """Refuse a pack with the name of one of Cupola's, and a country that has no calendar."""
    if pack.id in pack_names():
        rule, remedy = "a pack of your own has a name of its own", "choose another id; both hold if you name both"
        raise own.wrong(("pack", "id"), rule, value=pack.id, remedy=remedy)
    for article in pack.articles:
        country = article.text("country")
        if country and not is_country(country):
            rule, remedy = (
                "a country has a calendar of public holidays",
                'write its ISO code, such as "ES", or "ES-GA" for a part of it',
            )
            raise own.wrong((article.name, "country"), rule, value=country, remedy=remedy)
