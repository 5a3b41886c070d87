"""The colour of a strip: the trade's table for scenes on Earth, and hues of their own for scenes in orbit.

On Earth the defaults are those of Movie Magic's Singleton layout: INT DAY white, EXT DAY yellow, INT NIGHT blue,
EXT NIGHT green, dawn pink, dusk orange. `colours_of` is the table of a production, which may take the palette for colour-blind
readers and replace every entry; `ink` is chosen to be
read on `fill` at a contrast of 7:1 or more (WCAG 2.2, success criterion 1.4.6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cupola.model import Light, Production, Scene
from cupola.model.colours import INK, PAPER, ink_on


@dataclass(frozen=True, kw_only=True, slots=True)
class StripColour:
    """A strip's paper and ink as #rrggbb, with the key of the table it comes from."""

    key: str
    fill: str
    ink: str = INK


def _table(*rows: tuple[str, str] | tuple[str, str, str]) -> dict[str, StripColour]:
    return {row[0]: StripColour(key=row[0], fill=row[1], ink=row[2] if len(row) > 2 else INK) for row in rows}


STRIP_COLOURS: Mapping[str, StripColour] = _table(
    ("INT DAY", "#ffffff"),
    ("EXT DAY", "#fdee8c"),
    ("INT NIGHT", "#b4d3f5"),
    ("EXT NIGHT", "#b3dfb0"),
    ("INT DAWN", "#fbdde3"),
    ("EXT DAWN", "#f7bfcb"),
    ("INT DUSK", "#fbdcbd"),
    ("EXT DUSK", "#f7bd86"),
    ("INT GOLDEN", "#f8e3ae"),
    ("EXT GOLDEN", "#f2c75c"),
    ("INT BLUE", "#d3d6f3"),
    ("EXT BLUE", "#b3b9ec"),
    ("INT STATION", "#e4ebf1"),
    ("ORBITAL DAY", "#c9e4ee"),
    ("ORBITAL NIGHT", "#232c52", PAPER),
    ("ORBITAL SUNRISE", "#f7b3a2"),
    ("ORBITAL SUNSET", "#6b2f5e", PAPER),
    ("EVA", "#3a3f47", PAPER),
)
"""The standard table: key of a strip → its colour."""

COLOUR_BLIND: Mapping[str, StripColour] = _table(
    ("INT DAY", "#ffffff"),
    ("EXT DAY", "#f7ec7a"),
    ("INT NIGHT", "#d4ecfe"),
    ("EXT NIGHT", "#0a4a73", PAPER),
    ("INT DAWN", "#ddc2d3"),
    ("EXT DAWN", "#cc91b3"),
    ("INT DUSK", "#ffe3b9"),
    ("EXT DUSK", "#de941f"),
    ("INT GOLDEN", "#e2cb8f"),
    ("EXT GOLDEN", "#e3c83f"),
    ("INT BLUE", "#c3d5fe"),
    ("EXT BLUE", "#86b3f8"),
    ("INT STATION", "#e5ded5"),
    ("ORBITAL DAY", "#74b7de"),
    ("ORBITAL NIGHT", "#1a2350", PAPER),
    ("ORBITAL SUNRISE", "#e2a893"),
    ("ORBITAL SUNSET", "#6e3000", PAPER),
    ("EVA", "#33373c", PAPER),
)
"""Tints and shades near the hues of Okabe and Ito (Color Universal Design, 2008), moved until any two are told apart.

The nearest two are 11 apart in CIELAB (CIE 1976), five times a just noticeable difference, to a usual eye and to one
without green or red cones as Machado, Oliveira and Fernandes simulate it (IEEE TVCG 15(6), 2009, severity 1).
"""

TABLES: Mapping[str, Mapping[str, StripColour]] = {"standard": STRIP_COLOURS, "colour-blind": COLOUR_BLIND}


def colours_of(production: Production) -> Mapping[str, StripColour]:
    """Return the strip colours of a production: its palette, with the entries that it chose itself."""
    chosen = production.colours
    own = {key: StripColour(key=key, fill=fill, ink=ink_on(fill) or "#000000") for key, fill in chosen.strips}
    return {**TABLES[chosen.palette], **own}


PARTS_OF_DAY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("GOLDEN", ("golden", "magic hour", "золот")),
    ("BLUE", ("blue hour", "синий час")),
    ("DAWN", ("dawn", "sunrise", "рассвет")),
    ("DUSK", ("dusk", "sunset", "twilight", "evening", "закат", "сумерки", "вечер", "режим")),
    ("NIGHT", ("night", "midnight", "ноч")),
    ("DAY", ("day", "morning", "noon", "ден", "утро")),
)
"""Words of a heading or of a light, in the order they are looked for; DAY where none is found."""

OUTSIDE = ("eva", "spacewalk", "open space", "открытый космос")


def part_of_day(words: str) -> str:
    """Return DAY, NIGHT, DAWN, DUSK, GOLDEN or BLUE for a writer's word or a light.

    >>> part_of_day("evening golden hour"), part_of_day("НОЧЬ"), part_of_day("CONTINUOUS")
    ('GOLDEN', 'NIGHT', 'DAY')
    """
    folded = words.casefold()
    return next((part for part, hints in PARTS_OF_DAY if any(hint in folded for hint in hints)), "DAY")


def strip_key(scene: Scene, light: Light, *, aboard: bool) -> str:
    """Return the table's key for a scene shot under a light, on Earth or aboard a station.

    The light decides where the script asks for one; else the writer's word, or for CONTINUOUS that of the scene before.
    """
    asked = "" if light.is_any else str(light)
    return _orbit_key(scene, asked) if aboard else _earth_key(scene, asked)


def _earth_key(scene: Scene, asked: str) -> str:
    side = "EXT" if scene.int_ext.upper().startswith(("EXT", "НАТ")) else "INT"
    return f"{side} {part_of_day(asked or scene.light_word or scene.time_of_day)}"


def _orbit_key(scene: Scene, asked: str) -> str:
    words = scene.place_words.casefold()
    if any(hint in words.replace("-", " ").split() or (" " in hint and hint in words) for hint in OUTSIDE):
        return "EVA"
    wanted = (asked or scene.time_of_day).casefold()
    for hint in ("sunrise", "sunset", "night", "day"):
        if f"orbital {hint}" in wanted:
            return f"ORBITAL {hint.upper()}"
    return "ORBITAL DAY" if "over " in wanted else "INT STATION"


def strip_colour(scene: Scene, light: Light, *, aboard: bool, table: Mapping[str, StripColour] = STRIP_COLOURS) -> StripColour:
    """Return the colour of a scene's strip out of `table`."""
    return table[strip_key(scene, light, aboard=aboard)]


MODULE_HUES = ("#3b6ea8", "#c2703d", "#4f8a5b", "#8a5a9e", "#b2983a", "#3f8f98", "#a84c5b", "#6b7078")
"""Colours that tell the modules of a station apart, in the order in which a board uses them."""
