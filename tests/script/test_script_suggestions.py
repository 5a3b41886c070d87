"""What capitals in the action suggest, and what they never do. A first assistant director's list is the judge of each case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.script import parse_script


def suggested(action: str, *, more: str = "") -> list[tuple[str, str]]:
    text = f"INT. A - DAY #1#\n\n{action}\n\nINT. B - DAY #2#\n\n{more or 'x'}\n"
    return [(one.category, one.name) for one in parse_script(text).scenes[0].suggestions]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("He draws a SAMURAI SWORD.", [("prop", "samurai sword")]),
        ("On the table his STOPWATCH.", [("prop", "stopwatch")]),
        ("A phone RINGS.", [("sound", "phone rings")]),
        ("Then a CRASH. The birds CHIRP. Another CRASH.", [("sound", "crash"), ("sound", "birds chirp")]),
        ("The bomb EXPLODES in a ball of FIRE.", [("sfx", "explodes"), ("sfx", "fire")]),
        ("A MILITARY HELICOPTER lands beside TWO GOATS.", [("vehicle", "military helicopter"), ("animal", "two goats")]),
        ("They SCUFFLE.", [("stunt", "scuffle")]),
        ("Cheers from the VILLAGERS.", [("background", "villagers")]),
        ("A MOB of about 50 and a DOG.", [("animal", "dog"), ("background", "mob of about 50")]),
        ("A crowd of 200 waits.", [("background", "crowd of 200")]),
        ("Hundreds of people, then 300 soldiers.", [("background", "hundreds of people"), ("background", "300 soldiers")]),
        ("SCOTT'S PAINTINGS burn.", [("prop", "paintings")]),
        ("В руке СКАЛЬПЕЛЬ. За стеной ВЗРЫВ.", [("prop", "скальпель"), ("sfx", "взрыв")]),
        ("Вокруг толпа в 200 человек.", [("background", "толпа в 200 человек")]),
    ],
)
def test_things_sounds_and_crowds_are_suggested(action: str, expected: list[tuple[str, str]]) -> None:
    assert suggested(action) == expected


@pytest.mark.parametrize(
    "action",
    [
        "CLOSE ON the lamp. ANGLE ON Edward. We PUSH IN. We slowly TILT UP.",
        "SUPER: THREE DAYS LATER",
        "CUT TO BLACK.",
        "VASILY NAUMOV (64), shop coat. WILL, now 28. LIZA, AGE 3, listens.",
        "A STEWARDESS passes an OLD WOMAN and the CASHIER.",
        "Here is COLOSSUS. He nods at Colossus.",
        "Anna LAUGHS, GASPS and SCREAMS. Her voice CRACKS.",
        'He types: THYROID, ROUTINE. A sign: "GIVES NO CHANGE".',
        "A flashlight SWEEPS past. Her heart DROPS.",
        "The TV is on NASA TV. OK.",
        "It is IMPORTANT. He NEVER comes.",
        "Two men and five chairs.",
        "камера НАЕЗЖАЕТ. КРУПНЫЙ ПЛАН. МЕДСЕСТРА входит.",
        "no capitals at all",
    ],
)
def test_people_camera_and_shouted_words_are_not(action: str) -> None:
    assert suggested(action) == []


def test_the_cast_is_never_suggested() -> None:
    text = "INT. A - DAY\n\nA PING. It is PING, with DON PRICE and OLD PRICE.\n\nPING\nHello.\n\nDON PRICE\nHi.\n"
    assert parse_script(text).scenes[0].suggestions == ()


def test_suggestions_are_no_facts() -> None:
    scene = parse_script("EXT. A - DAY\n\nA crowd of 200. He draws a SWORD. A STUNT FIGHT.\n").scenes[0]
    assert scene.suggestions
    assert all(one.suggested for one in scene.suggestions)
    assert (scene.elements, scene.background, scene.minutes) == ((), None, 20)


def test_what_a_note_says_is_not_suggested_again() -> None:
    scene = parse_script("EXT. A - DAY\n\n[[prop: Old Sword]]\n\nHe draws a SWORD. A GUN too.\n").scenes[0]
    assert [one.name for one in scene.suggestions] == ["gun"]


def test_a_suggestion_knows_its_line() -> None:
    (one,) = parse_script("EXT. A - DAY\n\nIt rains.\nHe has a SWORD.\nThe SWORD falls.\n").scenes[0].suggestions
    assert one.line == 4


@given(st.text(alphabet="AB ÉЖabéж'’\"().,:;-&0123456789\n", max_size=200))
def test_any_action_gives_suggestions_that_are_written_in_it(action: str) -> None:
    text = f"EXT. A - DAY\n\n!{action}\n"
    script = parse_script(text)
    folded = text.casefold().replace("’", "'")
    assert all(word in folded for scene in script.scenes for one in scene.suggestions for word in one.name.split())
