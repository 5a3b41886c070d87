"""Headings and times of day in six languages, and a production's own words.

What they mean is what screenplays in these languages use them for: INT./EXT. and the words of the day in a dictionary.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cupola.errors import ProductionError
from cupola.files import read_production
from cupola.model.light import EARTH_CONDITIONS, ORBIT_CONDITIONS
from cupola.script import parse_fountain, parse_script
from cupola.script.fountain_text import to_fountain
from cupola.script.headings import Place, is_heading, split_heading
from cupola.script.light_words import told_light
from cupola.script.words import INSIDE_OR_OUT, WORDS

TWO_HANDER = Path(__file__).parents[2] / "examples/two-hander"


def light(heading: str) -> str:
    place = split_heading(heading)
    return str(told_light(int_ext=place.int_ext, time_of_day=place.time_of_day, before="").light)


def test_every_word_means_something_the_model_knows() -> None:
    assert set(WORDS.headings.values()) <= set(INSIDE_OR_OUT)
    assert set(WORDS.times.values()) <= set(ORBIT_CONDITIONS) | set(EARTH_CONDITIONS)
    assert WORDS.careful <= set(WORDS.headings)
    assert set(WORDS.told) | WORDS.names | WORDS.alone <= set(WORDS.times)
    assert not WORDS.same & set(WORDS.times)


@pytest.mark.parametrize(
    ("heading", "asked"),
    [
        ("НАТ. СТЕПЬ - РЕЖИМ", "dusk"),
        ("НАТ. СТЕПЬ - УТРО", "day"),
        ("ЭКСТ. УЛИЦА - РАССВЕТ", "dawn"),
        ("ИНТ./НАТ. ПОЕЗД - НОЧЬ", "night"),
        ("НАТУРА. СТЕПЬ. ДЕНЬ", "day"),
        ("AUSSEN. STRASSE - TAG", "day"),
        ("AUSSEN STRASSE - NACHT", "night"),
        ("AUSSEN STRASSE - MORGEN", "day"),
        ("AUSSEN STRASSE - ABEND", "night"),
        ("AUSSEN STRASSE - DÄMMERUNG", "dusk"),
        ("AUSSEN STRASSE - MORGENDÄMMERUNG", "dawn"),
        ("EXT. STRASSE / TAG", "day"),
        ("EXT. RUE - JOUR", "day"),
        ("EXTÉRIEUR RUE - NUIT", "night"),
        ("EXT. RUE - AUBE", "dawn"),
        ("EXT. RUE - CRÉPUSCULE", "dusk"),
        ("EXT. JOUR - RUE", "day"),
        ("EXT. CALLE - DÍA", "day"),
        ("EXTERIOR. CALLE - NOCHE", "night"),
        ("EXT. CALLE - AMANECER", "dawn"),
        ("EXT. CALLE - ATARDECER", "dusk"),
        ("ESTERNO STRADA - GIORNO", "day"),
        ("EST. STRADA - NOTTE", "night"),
        ("EXT. STRADA - ALBA", "dawn"),
        ("EXT. STRADA - TRAMONTO", "dusk"),
    ],
)
def test_a_heading_of_another_language_asks_its_light(heading: str, asked: str) -> None:
    assert parse_fountain(heading).headings[0].text == heading
    assert light(heading) == asked


@pytest.mark.parametrize(
    ("text", "int_ext"),
    [
        ("INNEN KÜCHE", "INT"),
        ("INNEN/AUSSEN AUTO", "INT/EXT"),
        ("INTÉRIEUR. CUISINE", "INT"),
        ("INTERIOR. COCINA", "INT"),
        ("INTERNO CUCINA", "INT"),
        ("ИНТЕРЬЕР. КУХНЯ", "INT"),
    ],
)
def test_inside_and_out_are_known(text: str, int_ext: str) -> None:
    assert split_heading(text).int_ext == int_ext


@pytest.mark.parametrize(
    "text",
    [
        "Innen ist es dunkel.",
        "Est parti.",
        "Нат вошёл.",
        "INTERIOR OF A WHALE",
        "Interno 5, recita la porta.",
        "Internal affairs.",
        "Estate walls.",
        "Exterior calm.",
    ],
)
def test_ordinary_words_that_begin_like_a_heading_are_action(text: str) -> None:
    assert not is_heading(text)


def test_est_in_capitals_or_before_a_dot_is_a_heading() -> None:
    assert is_heading("EST TOWN - DAY")
    assert is_heading("est. town - day")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INT. JOUR - CUISINE", Place(int_ext="INT", hub="CUISINE", set="CUISINE", time_of_day="JOUR")),
        ("INT. JOUR", Place(int_ext="INT", hub="", set="", time_of_day="JOUR")),
        ("INT. HOTEL - DAY ROOM - NIGHT", Place(int_ext="INT", hub="HOTEL", set="DAY ROOM", time_of_day="NIGHT")),
        ("INT. CASA - HOTEL ALBA", Place(int_ext="INT", hub="CASA", set="HOTEL ALBA", time_of_day="")),
        ("INT. HOTEL. ALBA", Place(int_ext="INT", hub="HOTEL. ALBA", set="HOTEL. ALBA", time_of_day="")),
        ("EXT. ALBA", Place(int_ext="EXT", hub="ALBA", set="ALBA", time_of_day="")),
        ("EXT. CANAL DU MIDI - JOUR", Place(int_ext="EXT", hub="CANAL DU MIDI", set="CANAL DU MIDI", time_of_day="JOUR")),
        ("INT. CHURCH - NICHE", Place(int_ext="INT", hub="CHURCH", set="NICHE", time_of_day="")),
    ],
)
def test_places_that_are_times_elsewhere_stay_places(text: str, place: Place) -> None:
    assert split_heading(text) == place


@pytest.mark.parametrize("word", ["SOIR", "ABEND", "SERA", "DÄMMERUNG", "CREPÚSCULO"])
def test_a_word_with_two_meanings_is_told_of(word: str) -> None:
    assert "read as" in told_light(int_ext="EXT", time_of_day=word, before="").note


OWN = WORDS.with_words(headings={"Maison": "INT", "FUORI": "EXT"}, times={"MADRUGADA": "dawn", "tarde": "dusk"})


def test_words_of_a_production_are_read_and_change_nothing_elsewhere() -> None:
    text = "MAISON DE THÉ - MADRUGADA\n\nFUORI. PIAZZA - TARDE\n"
    screenplay = parse_fountain(text, words=OWN)
    assert [heading.text for heading in screenplay.headings] == ["MAISON DE THÉ - MADRUGADA", "FUORI. PIAZZA - TARDE"]
    assert to_fountain(screenplay, words=OWN) == text
    assert to_fountain(screenplay).startswith(".MAISON")
    scenes = parse_script(text, words=OWN).scenes
    assert [(scene.int_ext, str(scene.shots[0].light)) for scene in scenes] == [("INT", "any light"), ("EXT", "dusk")]
    assert parse_fountain(text).headings == ()


@pytest.fixture
def production_with(tmp_path: Path) -> Callable[[str], Path]:
    def made(words: str) -> Path:
        folder = shutil.copytree(TWO_HANDER, tmp_path / "film")
        file = folder / "production.toml"
        file.write_text(file.read_text(encoding="utf-8") + f"\n[words]\n{words}\n", encoding="utf-8")
        return folder

    return made


def test_production_toml_adds_words(production_with: Callable[[str], Path]) -> None:
    folder = production_with('headings = { "DEDANS" = "INT" }\ntimes = { "MADRUGADA" = "dawn" }')
    script = folder / "script.fountain"
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("INT. LIGHTHOUSE - LAMP ROOM - GOLDEN HOUR", "DEDANS. LIGHTHOUSE - LAMP ROOM - MADRUGADA"))
    assert read_production(folder).script.scene("2").light_word == "MADRUGADA"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ('headings = { "DEDANS" = "IN" }', 'did you mean "INT"?'),
        ('times = { "MADRUGADA" = "dwan" }', 'did you mean "dawn"?'),
        ('headings = { "1X" = "INT" }', "made of letters"),
        ("time = 1", 'did you mean "times"?'),
    ],
)
def test_a_wrong_word_is_refused_at_its_line(production_with: Callable[[str], Path], words: str, says: str) -> None:
    folder = production_with(words)
    with pytest.raises(ProductionError) as caught:
        read_production(folder)
    lines = (folder / "production.toml").read_text(encoding="utf-8").splitlines()
    assert caught.value.line == lines.index(words) + 1
    assert says in str(caught.value)
