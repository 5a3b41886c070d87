"""The day of the story: guessed from light and words of time, and what a note says wins."""

import pytest

from cupola.errors import ScriptError
from cupola.script import parse_script


def days(*headings: str) -> list[str]:
    text = "".join(f"{heading}\n\nIt rains.\n\n" for heading in headings)
    return [scene.script_day for scene in parse_script(text).scenes]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("INT. A - DAY", "INT. A - NIGHT", "EXT. B - MORNING"), ["D1", "N1", "D2"]),
        (("EXT. A - NIGHT", "EXT. B - NIGHT", "EXT. C - DAWN"), ["N1", "N1", "D2"]),
        (("EXT. A - DUSK", "EXT. B - NIGHT", "EXT. C - DAY"), ["D1", "N1", "D2"]),
        (("INT. A - DAY", "INT. B - MORNING"), ["D1", "D1"]),
        (("INT. A - AFTERNOON", "INT. B - MORNING"), ["D1", "D2"]),
        (("INT. A - DAY", "INT. A - NEXT DAY", "INT. A - THE FOLLOWING MORNING"), ["D1", "D2", "D3"]),
        (("INT. A - DAY", "INT. A - LATER THAT NIGHT", "INT. A - CONTINUOUS"), ["D1", "N1", "N1"]),
        (
            ("INT. A - DAY", "INT. A - NIGHT", "INT. A - LATER THAT NIGHT", "INT. A - THREE DAYS LATER"),
            ["D1", "N1", "N1", "N2"],
        ),
        (("INT. A - DAY 3", "INT. A - NIGHT 3", "INT. A - DAY"), ["D3", "N3", "D4"]),
        (("ИНТ. А - ДЕНЬ", "ИНТ. А - СЛЕДУЮЩИЙ ДЕНЬ", "ИНТ. А - НОЧЬ", "НАТ. А - УТРО"), ["D1", "D2", "N2", "D3"]),
        (("INT. A - NIGHT", "INT. A - DAY (FLASHBACK)", "INT. A - CONTINUOUS", "INT. A - NIGHT"), ["N1", "FB", "FB", "N1"]),
        (("INT. ISS - A - ORBITAL NIGHT", "INT. ISS - A - ORBITAL DAY", "INT. ISS - A - EVA-NIGHT"), ["D1", "D1", "D1"]),
        (("INT. DAY 7 BAR - DAY", "INT. ROOM - D 12 - NIGHT"), ["D1", "N1"]),
    ],
)
def test_days_are_guessed(headings: tuple[str, ...], expected: list[str]) -> None:
    assert days(*headings) == expected


def test_a_note_wins_and_the_count_goes_on_from_it() -> None:
    text = (
        "INT. A - DAY #1#\n\n[[script day: 5]]\n\nx\n\nINT. A - NIGHT #2#\n\nx\n\n"
        "INT. A - DAY #3#\n\n[[Story day: N2]]\n\nx\n\n"
        "INT. A - DAY #4#\n\n[[сценарный день: FB]]\n\nx\n\nINT. A - DAY #5#\n\nx\n\n"
    )
    scenes = parse_script(text).scenes
    assert [(scene.script_day, scene.script_day_guessed) for scene in scenes] == [
        ("D5", False), ("N5", True), ("N2", False), ("FB", False), ("D2", True)]  # fmt: skip


def test_a_title_on_the_screen_says_that_time_has_passed() -> None:
    text = "INT. A - DAY #1#\n\nx\n\nINT. A - DAY #2#\n\nSUPER: THREE WEEKS LATER\n\nx\n\n"
    text += "INT. A - DAY #3#\n\n> A YEAR LATER <\n\nx"
    assert [scene.script_day for scene in parse_script(text).scenes] == ["D1", "D2", "D3"]


def test_a_flashback_that_is_opened_and_closed_counts_nothing_on() -> None:
    closed = "INT. A - DAY\n\nBEGIN FLASHBACK:\n\nINT. B - NIGHT\n\nx\n\nINT. C - DAY\n\nEND FLASHBACK.\n\nINT. D - DAY\n\nx"
    assert [scene.script_day for scene in parse_script(closed).scenes] == ["D1", "FB", "FB", "D1"]
    left_open = "INT. A - DAY\n\nx\n\nFLASHBACK TO:\n\nINT. B - NIGHT\n\nx\n\nINT. C - DAY\n\nx\n\nINT. D - DAY\n\nx"
    assert [scene.script_day for scene in parse_script(left_open).scenes] == ["D1", "FB", "D1", "D1"]


@pytest.mark.parametrize("value", ["soon", "0", "", "D1000", "3 4"])
def test_a_script_day_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(f"INT. A - DAY #1#\n\n[[script day: {value}]]\n\nx", file="a.fountain")
    assert (caught.value.where, caught.value.value) == ("a.fountain:3", value)
    assert "[[script day: 3]]" in caught.value.remedy
