"""A script broken down: numbers, places, cast, synopses, lines, and what the reader is told."""

import pytest

from cupola.errors import ScriptError
from cupola.model.script import Script
from cupola.script import parse_script

RAIN = "\n\nIt rains.\n\n"


def numbers(*headings: str) -> list[str]:
    return [scene.number for scene in parse_script("".join(heading + RAIN for heading in headings)).scenes]


def told(script: Script) -> list[tuple[int, str]]:
    return [(note.line, note.text) for note in script.notes]


def speech(cue: str) -> str:
    return f"{cue}\nGo.\n\n"


def test_numbers_of_the_script_are_kept_with_their_case() -> None:
    assert numbers("INT. A - DAY #12A#", "INT. B - DAY #12a#", "INT. C - DAY #3#") == ["12A", "12a", "3"]


def test_scenes_without_a_number_are_counted_past_those_with_one_and_one_note_says_so() -> None:
    assert numbers("INT. A - DAY", "INT. B - DAY", "INT. C - DAY") == ["1", "2", "3"]
    assert numbers("INT. A - DAY", "INT. B - DAY #1#", "INT. C - DAY", "INT. D - DAY #3#") == ["2", "1", "4", "3"]
    script = parse_script(f"INT. A - DAY #1#{RAIN}INT. B - DAY{RAIN}INT. C - DAY{RAIN}")
    ((line, text),) = told(script)
    assert line == 5
    assert text.startswith("2 scenes are not numbered; counted in order, 2 to 3")


def test_two_scenes_of_one_number_are_refused() -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(f"INT. A - DAY #5#{RAIN}INT. B - DAY #5#{RAIN}", file="a.fountain")
    assert (caught.value.where, caught.value.value) == ("a.fountain:5", "5")
    assert caught.value.remedy == "Line 1 has it already; give one of the two another, such as 5A."


@pytest.mark.parametrize(
    ("text", "value", "remedy"),
    [
        ("", "no text", "Start a scene with INT. or EXT."),
        ("  \n\n", "no text", "Start a scene with INT. or EXT."),
        ("It rains.\nIt pours.", "It rains.", "Start a scene with INT. or EXT."),
        (
            '<?xml version="1.0"?>\n<FinalDraft/>',
            '<?xml version="1.0"?>',
            "This looks like Final Draft XML; export it as Fountain.",
        ),
    ],
)
def test_a_text_without_a_scene_is_refused(text: str, value: str, remedy: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(text, file="a.fountain")
    assert (caught.value.where, caught.value.value) == ("a.fountain:1", value)
    assert caught.value.remedy.startswith(remedy)


def test_an_omitted_scene_keeps_its_number_and_is_not_shot() -> None:
    script = parse_script(f"INT. A - DAY #1#{RAIN}.OMITTED #2#\n\nINT. B - DAY{RAIN}")
    assert [scene.number for scene in script.scenes] == ["1", "3"]
    assert (5, "scene 2 is omitted: nothing to shoot") in told(script)


def test_a_heading_becomes_hub_set_and_time_of_day() -> None:
    (scene,) = parse_script(f"INT. ISS - CUPOLA - ORBITAL SUNRISE #42#{RAIN}").scenes
    assert (scene.heading, scene.int_ext) == ("INT. ISS - CUPOLA - ORBITAL SUNRISE", "INT")
    assert (scene.hub, scene.set, scene.place_words) == ("ISS", "CUPOLA", "ISS - CUPOLA")
    assert (scene.time_of_day, str(scene.shots[0].light)) == ("ORBITAL SUNRISE", "orbital sunrise")


def test_a_scene_knows_its_lines_and_a_section_below_it_is_not_its_own() -> None:
    text = "Title: Rain\n\nINT. A - DAY\n\nIt rains.\nIt pours.\n\n# Act Two\n\nINT. B - DAY\n\nIt [[a\nb]]"
    assert [(scene.line, scene.end_line) for scene in parse_script(text).scenes] == [(3, 6), (10, 13)]


def test_continuous_takes_the_word_of_the_scene_before_from_scene_to_scene() -> None:
    headings = ("EXT. A - DUSK", "INT. B - CONTINUOUS", "EXT. C - LATER", "EXT. D", "EXT. E - SAME")
    script = parse_script("".join(f"{heading} #{number}#{RAIN}" for number, heading in enumerate(headings)))
    assert [str(scene.shots[0].light) for scene in script.scenes] == ["dusk", "any light", "dusk", "any light", "any light"]
    assert [scene.time_of_day for scene in script.scenes] == ["DUSK", "CONTINUOUS", "LATER", "", "SAME"]
    assert [scene.light_word for scene in script.scenes] == ["DUSK", "DUSK", "DUSK", "", ""]
    assert [line for line, _ in told(script)] == [5, 13, 17]


def test_the_cast_speaks_and_is_merged_over_extensions() -> None:
    text = "INT. A - DAY\n\n" + speech("ANNA") + speech("BORIS (O.S.)") + speech("ANNA (CONT'D)") + speech("@McAVOY")
    assert parse_script(text).scenes[0].cast == ("ANNA", "BORIS", "McAVOY")


def test_a_cast_note_adds_the_silent_spelt_as_their_cue_or_in_capitals() -> None:
    text = f"INT. A - DAY\n\n{speech('ANNA')}[[cast: mcavoy, Old  Man, Anna]]\n\nINT. B - DAY\n\n{speech('@McAVOY')}"
    assert parse_script(text).scenes[0].cast == ("ANNA", "McAVOY", "OLD MAN")


def test_two_who_speak_as_one_are_two_where_each_has_a_cue() -> None:
    text = (
        "INT. A - DAY\n\n"
        + speech("ANNA")
        + "INT. B - DAY\n\n"
        + speech("BORIS")
        + speech("ANNA & BORIS")
        + speech("SMITH & SON")
    )
    assert [scene.cast for scene in parse_script(text).scenes] == [("ANNA",), ("BORIS", "ANNA", "SMITH & SON")]


def test_who_is_only_heard_is_a_voice_and_not_on_the_set() -> None:
    text = (
        "INT. A - DAY\n\n"
        + speech("ANNA (V.O.)")
        + speech("BORIS (ON SCREEN)")
        + speech("VERA (radio)")
        + speech("GLEB (O.S.)")
    )
    scene = parse_script(text + speech("BORIS") + "[[cast: Vera]]").scenes[0]
    assert scene.cast == ("GLEB", "BORIS", "VERA")
    assert scene.voices == ("ANNA",)


def test_the_synopsis_is_the_equals_line_else_the_first_sentence_in_ninety_signs() -> None:
    long = "The " + "very " * 30 + "end."
    text = (
        f"INT. A - DAY\n\n= She wins.\n\nIt rains.\n\nINT. B - DAY\n\nIt *rains* on\nAnna. It pours.\n\nINT. C - DAY\n\n{long}"
    )
    first, second, third = (scene.synopsis for scene in parse_script(text).scenes)
    assert (first, second) == ("She wins.", "It rains on Anna.")
    assert len(third) <= 90
    assert third.endswith("very…")


def test_the_title_is_taken_from_the_title_page_without_emphasis() -> None:
    assert parse_script(f"Title:\n    _**HARD**_\n    RAIN\n\nINT. A - DAY{RAIN}").title == "HARD RAIN"
    assert parse_script(f"INT. A - DAY{RAIN}").title == ""


@pytest.mark.parametrize(
    ("below", "line", "says"),
    [
        ("It rains.\nINT. SHED - DAY\n\n", 4, "INT. SHED - DAY is no scene: a heading needs a blank line above and below"),
        ("CUT TO:\nINT. SHED - DAY\n\n", 4, "INT. SHED - DAY is no scene"),
        ("It rains. [[prop: lamp\n\n", 3, "[[ never closes"),
        ("It rains. /* cut\n\n", 3, "/* never closes"),
    ],
)
def test_what_looks_like_something_it_is_not_is_told_of(below: str, line: int, says: str) -> None:
    ((found, text),) = told(parse_script("INT. A - DAY #1#\n\n" + below))
    assert found == line
    assert text.startswith(says)


def test_text_above_the_first_heading_is_told_of_but_fade_in_is_not() -> None:
    assert told(parse_script(f"FADE IN:\n\nINT. A - DAY #1#{RAIN}")) == []
    ((line, text),) = told(parse_script(f"FADE IN:\n\nA river.\n\nINT. A - DAY #1#{RAIN}"))
    assert line == 3
    assert text.startswith("what stands above the first scene heading is in no scene")


def test_a_russian_script_is_broken_down() -> None:
    text = (
        "ИНТ. МКС - КУПОЛ - ОРБИТАЛЬНЫЙ ВОСХОД #1#\n\nЖЕНЯ (З.К.)\nПоехали.\n\nАНТОН\nДа.\n\nНАТ. СТЕПЬ - РЕЖИМ #2#\n\nВетер.\n"
    )
    first, second = parse_script(text).scenes
    assert (first.hub, first.set, first.cast, first.voices) == ("МКС", "КУПОЛ", ("АНТОН",), ("ЖЕНЯ",))
    assert [str(scene.shots[0].light) for scene in (first, second)] == ["orbital sunrise", "dusk"]


def test_the_last_page_counts_what_it_holds() -> None:
    assert parse_script("INT. A - DAY\n\n" + "It rains.\n\n" * 53).pages == 2.0
    assert parse_script(f"INT. A - DAY{RAIN}").pages == 1 / 8
