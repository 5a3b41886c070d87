"""Movie Magic's names of breakdown categories, and our word for each."""

from __future__ import annotations

from collections.abc import Mapping

from cupola.exchange.schedule_file import Category
from cupola.script.categories import CATEGORY_TABLE, category_of, ucid_of

CUSTOM_UCID = 500
"""Universal Category IDs from here on are a program's own."""

STANDARD: Mapping[str, str] = {
    "Cast Members": "cast",
    "Extras": "background",
    "Stunts": "stunt",
    "Vehicles": "vehicle",
    "Props": "prop",
    "Special Effects": "sfx",
    "Costumes": "wardrobe",
    "Makeup": "makeup",
    "Livestock": "animal",
    "Animal Handler": "wrangler",
    "Music": "music",
    "Sound": "sound",
    "Set Dressing": "set dressing",
    "Greenery": "greenery",
    "Special Equipment": "special equipment",
    "Security": "security",
    "Additional Labor": "labour",
    "Optical FX": "vfx",
    "Mechanical FX": "mechanical",
    "Miscellaneous": "misc",
    "Notes": "note",
}
"""The 21 categories that Movie Magic writes into every .sex file, in its order, and our words for them."""

_WORDS = {
    **{name.casefold(): word for name, word in STANDARD.items()},
    **{category.name.casefold(): category.word for category in CATEGORY_TABLE.values()},
    "i/e": "int/ext",
    "d/n": "day/night",
    "background": "background",
    "special fx": "sfx",
    "visual fx": "vfx",
}


def word_of(name: str) -> str:
    """Return our word for a category of that name; the name itself, in small letters, where we have none.

    >>> word_of("Livestock"), word_of("Cast Members"), word_of("Weather  Cover")
    ('animal', 'cast', 'weather cover')
    """
    folded = " ".join(name.casefold().split())
    return _WORDS.get(folded) or category_of(folded) or folded


def category(name: str, number: int, *, id: str = "") -> Category:
    """Return a category by its name; `number` makes an ID of our own for one that the trade has none for."""
    word = word_of(name)
    ucid = ucid_of(word)
    return Category(id=id or name, word=word, name=name, ucid=CUSTOM_UCID + number if ucid is None else ucid)
