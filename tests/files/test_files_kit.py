"""Kit, recording and strip colours as production.toml has them, and what is said of a slip."""

from __future__ import annotations

import pytest

from cupola.errors import ProductionError
from cupola.files import read_production
from cupola.model import Colours, KitItem

KIT = """
[[kit]]
id = "CAM"
name = "Camera"
mass_kg = 2.4
count = 2
kind = "camera"
bag = "Bag 1"
up = "Progress MS-17"

[stowage.limits_kg]
"Progress MS-17" = 13.75

[recording]
tb_per_h = 2.5
copies = 3

[colours]
palette = "colour-blind"
"EXT DAY" = "#FFD000"
"""


def added(folder, text):
    file = folder / "production.toml"
    file.write_text(file.read_text() + text)


def test_kit_limits_recording_and_colours_are_read(folder):
    added(folder, KIT)
    production = read_production(folder)
    (item,) = production.kit.items
    expected = KitItem(
        id="CAM", name="Camera", mass_kg=2.4, count=2, kind="camera", bag="Bag 1", up="Progress MS-17", line=item.line
    )
    assert item == expected
    assert item.line > 1
    assert item.total_kg == 4.8
    assert production.kit.limits_kg == (("Progress MS-17", 13.75),)
    assert (production.kit.recording.tb_per_h, production.kit.recording.copies) == (2.5, 3)
    assert production.colours == Colours(palette="colour-blind", strips=(("EXT DAY", "#ffd000"),))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"EXT DAY"', '"EXT DAI"', 'did you mean "EXT DAY"?'),
        ('"#FFD000"', '"#808080"', "choose a lighter or a darker one"),
        ('"#FFD000"', '"yellow"', 'write it as "#fdee8c"'),
        ('"colour-blind"', '"colourblind"', 'did you mean "colour-blind"?'),
        ('"Progress MS-17" = 13', '"Progress MS-71" = 13', 'did you mean "Progress MS-17"?'),
        ("copies = 3", "copies = 1", "write a number within these bounds"),
        ('"camera"', '"camara"', 'did you mean "camera"?'),
    ],
)
def test_a_slip_is_said_with_its_remedy(folder, before, after, said):
    added(folder, KIT.replace(before, after))
    with pytest.raises(ProductionError) as error:
        read_production(folder)
    assert said in error.value.remedy
    assert error.value.line > 1


def test_two_pieces_of_one_id_are_refused(folder):
    piece = '[[kit]]\nid = "CAM"\nname = "Camera"\nmass_kg = 1\n'
    added(folder, piece + piece)
    with pytest.raises(ProductionError, match="each kit has a name of its own"):
        read_production(folder)
