"""The colours of strips as a production may choose them, and what can be read on them."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#14171c"
PAPER = "#ffffff"
READABLE = 7.0
"""Contrast of text to its ground that everybody can read (WCAG 2.2, success criterion 1.4.6)."""

STRIP_KEYS = (
    "INT DAY",
    "EXT DAY",
    "INT NIGHT",
    "EXT NIGHT",
    "INT DAWN",
    "EXT DAWN",
    "INT DUSK",
    "EXT DUSK",
    "INT GOLDEN",
    "EXT GOLDEN",
    "INT BLUE",
    "EXT BLUE",
    "INT STATION",
    "ORBITAL DAY",
    "ORBITAL NIGHT",
    "ORBITAL SUNRISE",
    "ORBITAL SUNSET",
    "EVA",
)
"""What a strip can be: on Earth inside or outside by part of day, in orbit by light, or a spacewalk."""

PALETTES = ("standard", "colour-blind")


@dataclass(frozen=True, kw_only=True, slots=True)
class Colours:
    """A palette by name, and strips that have a colour of their own, as (key, #rrggbb)."""

    palette: str = "standard"
    strips: tuple[tuple[str, str], ...] = ()


STANDARD = Colours()


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def ink_on(fill: str) -> str | None:
    """Return the ink that can be read on a colour: dark, white, else pure black; None where no ink can (a middling colour)."""
    return next((ink for ink in (INK, PAPER, "#000000") if contrast(ink, fill) >= READABLE), None)
