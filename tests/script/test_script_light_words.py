"""The word for the time of day and the light it asks for; the conditions are those of the model's tables."""

import pytest

from cupola.errors import LightError
from cupola.model.light import EARTH_CONDITIONS, ORBIT_CONDITIONS
from cupola.script import parse_light
from cupola.script.light_words import ASSUMED_WORDS, LIGHT_WORDS, SAME_WORDS, light_word, told_light


def told(int_ext: str, word: str, before: str = "") -> tuple[str, bool]:
    """The light of a heading, and whether the reader is told something."""
    found = told_light(int_ext=int_ext, time_of_day=word, before=before)
    return str(found.light), bool(found.note)


def test_every_word_of_the_table_is_a_condition_of_the_model() -> None:
    assert set(LIGHT_WORDS.values()) <= set(ORBIT_CONDITIONS) | set(EARTH_CONDITIONS)
    assert set(ASSUMED_WORDS) <= set(LIGHT_WORDS)
    assert not SAME_WORDS & set(LIGHT_WORDS)


@pytest.mark.parametrize(
    ("word", "light"),
    [
        ("DAY", "day"),
        ("MORNING", "day"),
        ("AFTERNOON", "day"),
        ("NIGHT", "night"),
        ("DAWN", "dawn"),
        ("SUNRISE", "dawn"),
        ("DUSK", "dusk"),
        ("SUNSET", "dusk"),
        ("MAGIC HOUR", "golden hour"),
        ("GOLDEN HOUR", "golden hour"),
        ("MORNING GOLDEN HOUR", "morning golden hour"),
        ("EVENING GOLDEN HOUR", "evening golden hour"),
        ("BLUE HOUR", "blue hour"),
        ("ДЕНЬ", "day"),
        ("УТРО", "day"),
        ("НОЧЬ", "night"),
        ("РЕЖИМ", "dusk"),
        ("РАССВЕТ", "dawn"),
    ],
)
@pytest.mark.parametrize("int_ext", ["EXT", "INT/EXT", "EST"])
def test_a_word_asks_its_light_outdoors(int_ext: str, word: str, light: str) -> None:
    assert told(int_ext, word) == (light, False)


@pytest.mark.parametrize("word", ["EVENING", "ВЕЧЕР"])
def test_evening_is_night_and_the_reader_is_told(word: str) -> None:
    assert told("EXT", word) == ("night", True)
    assert "read as night" in told_light(int_ext="EXT", time_of_day=word, before="").note


@pytest.mark.parametrize("word", ["DAY", "NIGHT", "EVENING", "MORNING", "НОЧЬ"])
def test_lamps_light_an_interior(word: str) -> None:
    assert told("INT", word) == ("any light", False)


@pytest.mark.parametrize(
    ("word", "light"), [("DAWN", "dawn"), ("DUSK", "dusk"), ("GOLDEN HOUR", "golden hour"), ("BLUE HOUR", "blue hour")]
)
def test_an_interior_at_a_brief_light_is_any_light_and_says_how_to_ask(word: str, light: str) -> None:
    found = told_light(int_ext="INT", time_of_day=word, before="")
    assert found.light.is_any
    assert f"[[light: {light}]]" in found.note


@pytest.mark.parametrize("word", ["ORBITAL DAY", "ORBITAL NIGHT", "ORBITAL SUNRISE", "ORBITAL SUNSET"])
@pytest.mark.parametrize("int_ext", ["INT", "EXT", "INT/EXT", ""])
def test_orbital_light_is_asked_behind_a_pane_too(int_ext: str, word: str) -> None:
    assert told(int_ext, word) == (word.lower(), False)


@pytest.mark.parametrize("word", sorted(SAME_WORDS))
def test_a_word_of_sameness_takes_the_word_before(word: str) -> None:
    assert told("EXT", word, before="DUSK") == ("dusk", False)
    assert told("EXT", word) == ("any light", True)


@pytest.mark.parametrize("word", ["", "TEATIME", "DAY FOR NIGHT", "DAY/NIGHT", "NIHGT"])
@pytest.mark.parametrize("int_ext", ["INT", "EXT"])
def test_a_missing_or_unknown_word_is_any_light_and_the_reader_is_told(int_ext: str, word: str) -> None:
    assert told(int_ext, word) == ("any light", True)


def test_a_misspelt_word_is_answered_with_the_nearest() -> None:
    assert "did you mean NIGHT?" in told_light(int_ext="EXT", time_of_day="NIHGT", before="").note


def test_neither_int_nor_ext_is_any_light_and_the_reader_is_told() -> None:
    assert told("", "NIGHT") == ("any light", True)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("DAY (1953)", "DAY"),
        ("[THE NEXT] MORNING", "MORNING"),
        ("(PRESENT) DAY", "DAY"),
        ("Late afternoon", "AFTERNOON"),
        ("LATER THAT NIGHT", "NIGHT"),
        ("THE NEXT DAY", "DAY"),
        ("NIGHT 2", "NIGHT"),
        ("DAY / DRIVING", "DAY"),
        ("NIGHT.", "NIGHT"),
        ("A FEW MOMENTS LATER", "LATER"),
        ("CONT’D", "CONT'D"),
        ("KITCHEN", ""),
        ("DAY ROOM", ""),
    ],
)
def test_words_beside_a_word_of_light_are_tolerated(text: str, word: str) -> None:
    assert light_word(text) == word


@pytest.mark.parametrize(
    ("text", "light"),
    [
        (
            "orbital sunrise, over Kamchatka, in contact, outside SAA",
            "orbital sunrise, over Kamchatka, in contact, outside saa",
        ),
        (" ORBITAL   Night ", "orbital night"),
        ("orbital-sunset", "orbital sunset"),
        ("over the Aral Sea", "over the Aral Sea"),
        ("Golden Hour, golden hour", "golden hour"),
        ("any", "any light"),
        ("any light", "any light"),
    ],
)
def test_a_light_note_is_read(text: str, light: str) -> None:
    assert str(parse_light(text)) == light


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("orbital sunrize", "Did you mean orbital sunrise?"),
        ("sunset", "Write dusk, or orbital sunset if it is seen from the station."),
        ("magic hour", "Write golden hour."),
        ("moonlight over the sea at ten", "Write one of: orbital day"),
        ("", "Write one of"),
        ("day,", "Write one of"),
        ("over", "over Kamchatka"),
        ("golden hour, in contact", "Keep the clauses of one of the two."),
    ],
)
def test_a_light_nobody_knows_is_refused_with_file_line_value_and_remedy(text: str, says: str) -> None:
    with pytest.raises(LightError) as caught:
        parse_light(text, file="a.fountain", line=7)
    assert caught.value.where == "a.fountain:7"
    assert caught.value.value is not None
    assert says in caught.value.remedy
