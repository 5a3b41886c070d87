"""A strip's colour follows the light of its scene."""

from __future__ import annotations

from cupola.paper.colours import strip_key
from cupola.script import parse_script


def test_continuous_keeps_the_colour_of_the_scene_before() -> None:
    script = parse_script("INT. HALL - NIGHT\n\nA door.\n\nINT. STAIRS - CONTINUOUS\n\nSteps.\n")
    keys = [strip_key(scene, scene.shots[0].light, aboard=False) for scene in script.scenes]
    assert keys == ["INT NIGHT", "INT NIGHT"]
