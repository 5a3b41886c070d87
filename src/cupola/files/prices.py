"""Price packs: published price lists as data, those that come with Cupola and those in a production's folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from cupola.errors import RateError
from cupola.files.documents_money import PriceDoc, PricePackDoc
from cupola.files.folder import Toml, inside, read_toml
from cupola.files.locate import KeyPath
from cupola.files.rates import quoted
from cupola.files.shape import shaped_as


@dataclass(frozen=True, kw_only=True, slots=True)
class PricePack:
    """A price list: its name, whose it is, as of when, and its entries by id."""

    name: str
    title: str
    on: date
    source: str
    prices: tuple[PriceDoc, ...]

    def price(self, name: str) -> PriceDoc | None:
        """Return the entry of an id."""
        return next((each for each in self.prices if each.id == name), None)


def shipped_packs() -> Iterator[PricePack]:
    """Yield the price packs that come with Cupola, by name."""
    folder = Path(str(files("cupola.money") / "packs"))
    for path in sorted(folder.glob("*.toml")):
        yield price_pack(read_toml(path)[0], path.stem)


def price_packs(folder: Path, names: tuple[str, ...], toml: Toml) -> Mapping[str, PricePack]:
    """Return all packs a production can name: those of Cupola, and the files of its own folder that `[budget] prices` lists."""
    packs = {pack.name: pack for pack in shipped_packs()}
    for number, name in enumerate(names):
        path: KeyPath = ("budget", "prices", number)
        own = inside(folder, name, toml, path)
        packs[own.stem] = price_pack(read_toml(own)[0], own.stem)
    return packs


def price_pack(toml: Toml, name: str) -> PricePack:
    """Return a pack from its file; raises ProductionError at the first entry that does not fit."""
    doc = shaped_as(PricePackDoc, toml)
    seen: set[str] = set()
    for number, each in enumerate(doc.price):
        if each.id in seen:
            raise toml.wrong(("price", number), "each price has an id of its own", value=each.id, remedy="rename one")
        seen.add(each.id)
        try:
            quoted(each.rate.rate, each.rate.rate.split()[-1])
        except RateError as error:
            path: KeyPath = ("price", number, "rate")
            raise toml.wrong(path, error.rule, value=error.value, remedy=error.remedy, kind=RateError) from None
    return PricePack(name=name, title=doc.title, on=doc.date, source=doc.source, prices=doc.price)
