"""Default minutes: eighths at the standard pace, times what makes a scene slow. The figures are those of the data file."""

import math
from dataclasses import replace

import pytest

from cupola.model.script import Scene
from cupola.script import parse_script
from cupola.script.complexity import FACTORS, MOST, PAGE_MIN, complexity_of, default_minutes, is_eva, minutes_text, with_facts
from cupola.script.tables import read_table


def scene(heading: str, *notes: str, eighths: int = 28) -> Scene:
    (one,) = parse_script(f"{heading}\n\n" + "\n\n".join(notes or ("It rains.",))).scenes
    return with_facts(replace(one, eighths=eighths))


@pytest.mark.parametrize(
    ("heading", "notes", "words"),
    [
        ("INT. A - DAY", (), []),
        ("INT. A - NIGHT", (), []),
        ("EXT. A - NIGHT", (), ["night exterior"]),
        ("НАТ. А - НОЧЬ", (), ["night exterior"]),
        ("EXT. ISS - CUPOLA - ORBITAL NIGHT", (), []),
        ("INT. A - DAY", ("[[stunt: fall]]", "[[vfx: sky]]"), ["stunt", "VFX"]),
        ("INT. A - DAY", ("[[sfx: rain]]", "[[animal: cow]]", "[[vehicle: tractor]]"), ["SFX", "animals", "vehicles"]),
        ("INT. A - DAY", ("[[background: 24 villagers]]",), []),
        ("INT. A - DAY", ("[[background: 25 villagers]]",), ["crowd"]),
        ("INT. A - DAY", ("[[background: 100 villagers]]",), ["large crowd"]),
        ("INT. A - DAY", ("[[special equipment: wire rig]]",), ["weightless wire"]),
        ("INT. A - DAY", ("[[labour: intimacy coordinator]]",), ["intimacy"]),
        ("INT. A - DAY", ("[[cast: LITTLE GIRL]]",), ["minors"]),
        ("INT. A - DAY", ("GIRL (V.O.)\nYes.",), []),
        ("EXT. ISS - EVA - DAY", (), ["EVA"]),
        ("EXT. ISS - HULL - EVA-NIGHT", ("[[stunt: wire]]",), ["EVA", "stunt"]),
        ("INT. EVA'S HOUSE - DAY", ("EVA\nYes.",), []),
        ("EXT. RIVER / UNDERWATER - DAY", (), ["water"]),
    ],
)
def test_facts_make_a_scene_slow(heading: str, notes: tuple[str, ...], words: list[str]) -> None:
    factor, reasons = complexity_of(scene(heading, *notes))
    assert [reason.word for reason in reasons] == words
    assert factor == pytest.approx(math.prod(row.factor for row in FACTORS if row.word in words))
    assert all(reason.why for reason in reasons)


def test_minutes_and_their_text() -> None:
    plain = scene("INT. A - DAY")
    assert (PAGE_MIN, plain.minutes, minutes_text(plain)) == (160, 560, "3 4/8")
    slow = scene("INT. A - DAY", "[[stunt: fall]]", "[[background: 40 villagers]]")
    assert (slow.minutes, minutes_text(slow)) == (1010, "3 4/8 × 1.5 stunt × 1.2 crowd")  # 560 × 1.8 = 1008
    assert scene("INT. A - DAY", eighths=1).minutes == 20


def test_no_scene_is_slower_than_the_table_allows() -> None:
    slowest = scene("EXT. ISS - EVA - NIGHT", "[[stunt: x]]", "[[animal: x]]", "[[sfx: x]]", "[[vehicle: x]]", "[[vfx: x]]")
    assert complexity_of(slowest)[0] == MOST
    assert minutes_text(slowest).endswith("at most × 4")


def test_every_figure_has_a_source_and_is_called_an_estimate() -> None:
    assert all(row.source.startswith("estimate: ") and 1 < row.factor <= 2 for row in FACTORS)
    table = read_table("complexity")
    assert table["table"]["date"]
    assert table["pace"]["source"].startswith("estimate: ")


@pytest.mark.parametrize("heading", ["EXT. ISS - EVA-DAY", "EXT. ISS - HULL - EVA-NIGHT", "НАТ. МКС - ВКД-ДЕНЬ"])
def test_eva_day_and_eva_night_are_orbital_light_and_an_eva(heading: str) -> None:
    one = scene(heading)
    night = "NIGHT" in heading
    assert str(one.shots[0].light) == ("orbital night" if night else "orbital day")
    assert is_eva(one)
    assert default_minutes(one) == 1120


def test_over_a_place_is_a_light_of_orbit() -> None:
    def light(heading: str) -> str:
        return str(scene(heading).shots[0].light)

    assert light("INT. ISS - CUPOLA - OVER KAMCHATKA") == "over Kamchatka"
    assert light("INT. ISS - CUPOLA - ORBITAL SUNRISE, over Lake Baikal") == "orbital sunrise, over Lake Baikal"
    assert light("EXT. HOUSE - OVER THE SHOULDER") == "any light"
