"""A strip's colour follows the light of its scene, can be read and told apart, and may be chosen."""

from __future__ import annotations

import io
import itertools
import math
from dataclasses import replace

import openpyxl
import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from cupola.model import Colours
from cupola.model.colours import INK, PALETTES, PAPER, READABLE, STRIP_KEYS, contrast, ink_on, luminance
from cupola.paper import one_liner, report_html, strip_lines
from cupola.paper.colours import COLOUR_BLIND, TABLES, colours_of, strip_key
from cupola.paper.stripboard import StripRow, unit_boards
from cupola.paper.workbook import board_xlsx
from cupola.script import parse_script


def test_continuous_keeps_the_colour_of_the_scene_before() -> None:
    script = parse_script("INT. HALL - NIGHT\n\nA door.\n\nINT. STAIRS - CONTINUOUS\n\nSteps.\n")
    keys = [strip_key(scene, scene.shots[0].light, aboard=False) for scene in script.scenes]
    assert keys == ["INT NIGHT", "INT NIGHT"]


DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
"""Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15(6),
2009: severity 1, on linear RGB."""

USUAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
SRGB_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
"""IEC 61966-2-1, D65."""
JUST_NOTICEABLE = 2.3
"""A just noticeable difference in CIELAB (Mahy, Van Eycken and Oosterlinck, Color Research and Application 19(2), 1994)."""


def applied(matrix, values):
    return [sum(m * v for m, v in zip(row, values, strict=True)) for row in matrix]


def lab(colour: str, eye) -> list[float]:
    """Return CIELAB (CIE 15:2004) of #rrggbb as an eye sees it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    seen = [min(1.0, max(0.0, c)) for c in applied(eye, linear)]
    white = applied(SRGB_TO_XYZ, [1.0, 1.0, 1.0])
    shares = [a / b for a, b in zip(applied(SRGB_TO_XYZ, seen), white, strict=True)]
    f = [s ** (1 / 3) if s > 216 / 24389 else (24389 / 27 * s + 16) / 116 for s in shares]
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]


@pytest.mark.parametrize("eye", [USUAL, DEUTERANOPIA, PROTANOPIA], ids=["usual", "no green cones", "no red cones"])
def test_any_two_strips_of_the_colour_blind_palette_are_told_apart(eye) -> None:
    for one, other in itertools.combinations(COLOUR_BLIND.values(), 2):
        assert math.dist(lab(one.fill, eye), lab(other.fill, eye)) > 4.5 * JUST_NOTICEABLE, (one.key, other.key)


@pytest.mark.parametrize("palette", PALETTES)
def test_every_strip_can_be_read_at_seven_to_one(palette: str) -> None:
    """WCAG 2.2, success criterion 1.4.6."""
    table = TABLES[palette]
    assert tuple(table) == STRIP_KEYS
    assert all(contrast(colour.fill, colour.ink) >= READABLE for colour in table.values())


def test_contrast_is_that_of_the_standard() -> None:
    """#767676 on white is 4.54 and #595959 is 7.00 (WebAIM contrast checker, to two decimals cut)."""
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#595959", "#ffffff") == pytest.approx(7.00, abs=0.005)


@given(st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}"))
def test_an_ink_is_readable_or_there_is_none(fill: str) -> None:
    """Black reads on everything of luminance 0.3 and above, white on 0.1 and below; between them nothing does."""
    ink = ink_on(fill)
    if ink is None:
        assert 0.1 < luminance(fill) < 0.3
    else:
        assert contrast(ink, fill) >= READABLE


def test_chosen_colours_reach_stripboard_one_liner_workbook_and_book() -> None:
    chosen = Colours(palette="colour-blind", strips=(("INT DAY", "#ffd000"), ("EXT NIGHT", "#101010")))
    production, board = replace(sample.production(), colours=chosen), sample.board()
    table = colours_of(production)
    assert (table["INT DAY"].fill, table["INT DAY"].ink) == ("#ffd000", INK)
    assert (table["EXT NIGHT"].fill, table["EXT NIGHT"].ink) == ("#101010", PAPER)
    assert table["ORBITAL DAY"] == COLOUR_BLIND["ORBITAL DAY"]
    for line in one_liner(production, board).days:
        assert all(strip.colour == table[strip.colour.key] for strip in line.strips)
    for unit in unit_boards(production, board):
        assert all(
            row.line.colour == table[row.line.colour.key] for d in unit.days for row in d.rows if isinstance(row, StripRow)
        )
    sheet = openpyxl.load_workbook(io.BytesIO(board_xlsx(production, board)))["Stripboard"]
    fills = {row[0].fill.fgColor.rgb[2:].casefold() for row in sheet.iter_rows(min_row=2)}
    used = {line.colour.fill[1:] for day in board.days for line in strip_lines(production, board, day)}
    assert fills == used
    assert "background:#ffd000" in report_html(production, board)
