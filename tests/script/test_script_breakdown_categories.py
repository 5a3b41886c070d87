"""Breakdown categories: the numbers and names are those of the Universal Schedule Standard 1.0.0, "Universal Category IDs"."""

import re
from pathlib import Path

import pytest

from cupola.script import parse_script
from cupola.script.breakdown import break_down
from cupola.script.categories import CATEGORIES, CATEGORY_TABLE, category_of, count_in, elements_of, ucid_of
from cupola.script.elements import Action, Heading, Screenplay, Tag

UCID = {
    0: "Set", 1: "INT/EXT", 2: "Day/Night", 3: "Script Day", 4: "Unit", 5: "Sequence", 6: "Location", 100: "Cast Members",
    101: "Background Actors", 102: "Stunts", 103: "Vehicles", 104: "Props", 105: "Special Effects", 106: "Wardrobe",
    107: "Makeup/Hair", 108: "Animals", 109: "Animal Wranglers", 110: "Camera", 111: "Grip", 112: "Electric", 113: "Sound",
    114: "Music", 115: "Art Department", 116: "Set Dressing", 117: "Greenery", 118: "Security", 119: "Special Equipment",
    120: "Additional Labor", 121: "Visual Effects", 122: "Mechanical Effects", 123: "Notes", 124: "Comments",
    125: "Miscellaneous", 126: "Other",
}  # fmt: skip


def test_every_category_has_the_number_and_the_name_of_the_standard() -> None:
    assert {category.ucid: category.name for category in CATEGORY_TABLE.values()} == UCID


def test_the_page_for_people_has_the_same_table() -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/breakdown.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in page.splitlines()
        if re.match(r"\| .* \| 1\d\d ", line)
    ]
    shown = {row[0]: (int(row[1]), row[2], row[3]) for row in rows}
    assert shown == {one.word: (one.ucid, one.name, one.mark) for one in CATEGORY_TABLE.values() if one.ucid >= 100}
    assert all(word in CATEGORY_TABLE[row[0]].words for row in rows for word in row[4].split(", "))


def test_a_word_means_one_category() -> None:
    words = [word for category in CATEGORY_TABLE.values() for word in category.words]
    assert len(words) == len(set(words))
    assert all(word == word.casefold() for word in words)


@pytest.mark.parametrize("category", [name for name, one in CATEGORY_TABLE.items() if one.ucid >= 101])
def test_every_category_of_things_is_written_in_english_and_by_its_own_word(category: str) -> None:
    assert category_of(category.upper()) == category
    assert CATEGORIES[category] == category


@pytest.mark.parametrize(
    ("note", "category"),
    [("реквизит", "prop"), ("Костюмы", "wardrobe"), ("ТРЮК", "stunt"), ("Массовка", "background"), ("Hand Props", "prop")],
)
def test_notes_are_read_in_two_languages_and_any_case(note: str, category: str) -> None:
    (scene,) = parse_script(f"EXT. A - DAY #1#\n\n[[{note}: лампа]]\n\nIt rains.").scenes
    assert [(one.category, one.name) for one in scene.elements] == [(category, "лампа")]


def test_a_note_of_text_is_not_split_at_its_commas() -> None:
    (scene,) = parse_script("EXT. A - DAY #1#\n\n[[note: low sun, long shadows, wind]]\n\nIt rains.").scenes
    assert [(one.category, one.name) for one in scene.elements] == [("note", "low sun, long shadows, wind")]


@pytest.mark.parametrize(
    ("text", "count"),
    [("40 villagers", 40), ("1,200 soldiers", 1200), ("20-30 guests", 30), ("two dozen cops", 24), ("толпа в 200 человек", 200),
     ("villagers", None), ("двадцать пять рабочих", 25), ("three hundred fifty", 350), ("five or six men", 6)],
)  # fmt: skip
def test_extras_are_counted_in_digits_and_words(text: str, count: int | None) -> None:
    assert count_in(text) == count


def test_background_is_the_sum_of_what_is_said() -> None:
    text = "EXT. A - DAY #1#\n\n[[background: 40 villagers, a dozen cops, dogs' owners]]\n\n[[extras: 12]]\n\nIt rains."
    (scene,) = parse_script(text).scenes
    assert scene.background == 64
    assert scene.elements[-1].name == "12 extras"


def test_nobody_says_how_many() -> None:
    scenes = parse_script(
        "EXT. A - DAY #1#\n\n[[extras: villagers]]\n\nIt rains.\n\nEXT. B - DAY #2#\n\nA crowd of 200."
    ).scenes
    assert [scene.background for scene in scenes] == [None, None]


def tagged(*tags: Tag) -> Screenplay:
    return Screenplay(
        file="a.fdx",
        title_page=(),
        paragraphs=(
            Heading(line=1, end_line=1, text="INT. A - DAY", number="1", present=("Vera", "ANNA")),
            Action(line=3, end_line=3, text="It rains."),
            Heading(line=5, end_line=5, text="INT. B - DAY", number="2", omitted=True),
            Heading(line=7, end_line=7, text="INT. C - DAY", number="3"),
        ),
        tags=tags,
    )


def test_tags_of_a_file_are_facts_of_their_scene() -> None:
    script = break_down(
        tagged(
            Tag(category="cast", name="Boris", scene=1, line=3),
            Tag(category="prop", name="Lamp, brass", scene=1, line=3),
            Tag(category="background", name="40 villagers", scene=3, line=9),
            Tag(category="script day", name="Day 4", scene=3, line=9),
            Tag(category="Drones", name="small one", scene=3, line=9),
            Tag(category="set", name="C", scene=3, line=9),
            Tag(category="prop", name="nowhere", scene=0, line=1),
        )
    )
    first, third = script.scenes
    assert (first.number, third.number) == ("1", "3")
    assert first.cast == ("BORIS", "VERA", "ANNA")
    assert [(one.category, one.name, ucid_of(one.category)) for one in first.elements] == [("prop", "Lamp, brass", 104)]
    assert [(one.category, one.name, ucid_of(one.category)) for one in third.elements] == [
        ("background", "40 villagers", 101),
        ("drones", "small one", None),
    ]
    assert (third.background, third.script_day, third.script_day_guessed) == (40, "D4", False)


def test_a_line_of_production_toml_is_read_as_a_note_is() -> None:
    assert [one.name for one in elements_of("prop", "lamp,  Old   Rope", 7)] == ["lamp", "Old Rope"]


def test_the_path_of_a_heading_runs_from_the_outside_in() -> None:
    scenes = parse_script("INT. ISS - NAUKA - CABIN - DAY #1#\n\nx\n\nINT. HOUSE - DAY #2#\n\nx\n\n.OVER THERE #3#\n\nx").scenes
    assert [scene.path for scene in scenes] == [("ISS", "NAUKA", "CABIN"), ("HOUSE",), ("OVER THERE",)]
