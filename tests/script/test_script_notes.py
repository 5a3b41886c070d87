"""Breakdown notes between double square brackets: what they give a scene, and how a wrong one is refused."""

import pytest

from cupola.errors import LightError, ScriptError
from cupola.model.script import Scene, Shot
from cupola.script import parse_script
from cupola.script.notes import CATEGORIES

HEADING = "EXT. HOUSE - DAY #7#\n\n"


def scene(*notes: str) -> Scene:
    (one,) = parse_script(HEADING + "\n\n".join(notes)).scenes
    return one


def body(*notes: str) -> Shot:
    return scene(*notes).shots[0]


def test_a_scene_without_notes_has_one_shot_of_one_take_in_the_light_of_its_heading() -> None:
    (shot,) = scene("It rains.").shots
    assert (shot.id, shot.letter, str(shot.light), shot.takes, shot.take_s, shot.work_min, shot.line) == (
        "7",
        "",
        "day",
        1,
        None,
        None,
        1,
    )


def test_light_takes_seconds_and_minutes_are_those_of_the_body() -> None:
    shot = body("[[light: dusk]]", "[[Takes: 3]]", "It rains. [[seconds: 45]]", "[[MINUTES:90]]")
    assert (str(shot.light), shot.takes, shot.take_s, shot.work_min) == ("dusk", 3, 45, 90)


def test_a_light_note_answers_for_a_heading_that_says_none() -> None:
    script = parse_script("EXT. HOUSE #1#\n\n[[light: any]]\n\nIt rains.")
    assert script.scenes[0].shots[0].light.is_any
    assert script.notes == ()


def test_an_extra_shot_has_its_own_letter_light_takes_and_words() -> None:
    first, second, third = scene(
        "[[shot: A; light: golden hour; takes: 2; seconds: 45; the hand; on the rail]]", "[[shot: B2; wide: the sea]]"
    ).shots
    assert first.letter == ""
    assert (second.id, str(second.light), second.takes, second.take_s) == ("7/A", "golden hour", 2, 45)
    assert (second.text, second.line) == ("the hand; on the rail", 3)
    assert (third.id, str(third.light), third.takes, third.text) == ("7/B2", "day", 1, "wide: the sea")


def test_a_shot_note_of_another_tool_is_an_ordinary_note() -> None:
    assert len(scene("[[SHOT: wide on the house]]", "[[SHOT: ]]").shots) == 1


def test_elements_come_from_notes_with_their_lines_once_each() -> None:
    found = scene(
        "[[prop: lamp, Old  Rope]]", "It [[vehicle: tractor]] rains.", "[[Props: LAMP]]", "[[set dressing: nets]]"
    ).elements
    assert [(one.category, one.name, one.line) for one in found] == [
        ("prop", "lamp", 3), ("prop", "Old Rope", 3), ("vehicle", "tractor", 5), ("set dressing", "nets", 9)]  # fmt: skip


@pytest.mark.parametrize("word", sorted(CATEGORIES))
def test_every_word_of_the_table_is_a_category(word: str) -> None:
    (element,) = scene(f"[[{word}: x]]").elements
    assert element.category == CATEGORIES[word]


def test_other_notes_are_left_alone() -> None:
    script = parse_script(HEADING + "[[todo: more rain]]\n\n[[COLOR BLUE]]\n\n[[marker]]\n\n[[12:30]]")
    assert (script.scenes[0].elements, script.notes) == ((), ())


def test_a_misspelt_word_is_told_of() -> None:
    (note,) = parse_script(HEADING + "[[lihgt: dusk]]\n\nIt rains.").notes
    assert note.line == 3
    assert "did you mean light:?" in note.text


def test_a_note_above_the_first_heading_is_told_of() -> None:
    (note,) = parse_script("[[prop: lamp]]\n\n" + HEADING + "It rains.").notes
    assert note.line == 1
    assert "in no scene" in note.text


@pytest.mark.parametrize(
    ("note", "rule", "value"),
    [
        ("[[takes: x]]", "takes is a whole number from 1 to 99", "x"),
        ("[[takes: 0]]", "takes is a whole number from 1 to 99", "0"),
        ("[[takes: 1000000]]", "takes is a whole number from 1 to 99", "1000000"),
        ("[[seconds: -3]]", "seconds is a whole number from 1 to 3600", "-3"),
        ("[[seconds: 4.5]]", "seconds is a whole number from 1 to 3600", "4.5"),
        ("[[seconds: ４５]]", "seconds is a whole number from 1 to 3600", "４５"),
        ("[[minutes: ]]", "minutes is a whole number from 1 to 1440", ""),
        ("[[shot: A; takes: two]]", "takes is a whole number from 1 to 99", "two"),
        ("[[takes: 2]] [[takes: 3]]", "a scene has one takes note", "3"),
        ("[[light: day]] [[light: dusk]]", "a scene has one light note", "dusk"),
        ("[[shot: A; takes: 2; takes: 3]]", "a shot A has one takes note", "3"),
        ("[[shot: A; x]] [[shot: a; y]]", "each extra shot of a scene has a letter of its own", "a"),
    ],
)
def test_a_wrong_note_is_refused_with_file_line_value_rule_and_remedy(note: str, rule: str, value: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(HEADING + "It rains.\n\n" + note, file="a.fountain")
    error = caught.value
    assert (error.where, error.rule, error.value) == ("a.fountain:5", rule, value)
    assert error.remedy


@pytest.mark.parametrize("note", ["[[light: moonish]]", "[[shot: A; light: moonish]]"])
def test_an_unknown_light_is_refused_where_it_stands(note: str) -> None:
    with pytest.raises(LightError) as caught:
        parse_script(HEADING + note, file="a.fountain")
    assert (caught.value.where, caught.value.value) == ("a.fountain:3", "moonish")
