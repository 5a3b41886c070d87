"""Texts that nobody should send: no one of them hangs, and none raises anything but an error of this room."""

from collections.abc import Callable
from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import CupolaError, LightError, ScriptError
from cupola.script import parse_fountain, parse_light, parse_script

MB = 2**20
SIZE = MB // 8
SCENE = "INT. HOUSE - DAY\n\n"

HOSTILE: dict[str, str] = {
    "one line of a megabyte": SCENE + "x" * MB,
    "one line of a million spaces": SCENE + " " * MB + "x",
    "one action of short sentences": SCENE + "A. " * (MB // 3),
    "one heading of a megabyte": "INT. " + "HALL - " * (MB // 7),
    "one cue of a megabyte": SCENE + "ANNA AND " * (MB // 9) + "\nGo.",
    "one cue of brackets": SCENE + "ANNA " + "(" * MB + "\nGo.",
    "one word of asterisks": SCENE + "*a " * (MB // 3),
    "asterisks and underscores": SCENE + "*_" * (SIZE // 2),
    "fifty thousand lines of (": "(\n" * 50_000,
    "fifty thousand lines of ( in a speech": SCENE + "ANNA\n" + "(\n" * 50_000,
    "a speech of short lines": SCENE + "ANNA\n" + "(a)\nb\n" * 50_000,
    "speeches to be parted": SCENE + ("ANNA\n" + "(a)\nb\n" * 80 + "\n") * 200,
    "actions to be parted": SCENE + ("A. " * 3300 + "\n\n") * 20,
    "notes that never close": SCENE + "[[" * (SIZE // 2),
    "notes that never close, line by line": SCENE + "[[a\n\n" * (SIZE // 5),
    "boneyards that never close": SCENE + "/*" * (SIZE // 2),
    "notes on one line": SCENE + "a[[b: c]]" * (SIZE // 9),
    "boneyards on one line": SCENE + "a /*b*/ " * (SIZE // 8),
    "notes with misspelt keys": SCENE + "[[propp: c]]\n" * (SIZE // 13),
    "a crowd of headings": "".join(f"INT. HOUSE {n} - DAYY\n\n" for n in range(SIZE // 22)),
    "headings that are none": SCENE + "INT. HOUSE\n" * (SIZE // 11),
    "carets": SCENE + "ANNA ^\nGo.\n\n" * (SIZE // 13),
    "carets far behind notes": SCENE + "[[a]]\n" * 50_000 + "ANNA ^\nGo.\n\n" * 2000,
    "transitions": SCENE + "CUT TO:\n\n" * (SIZE // 9),
    "hashes": SCENE + "INT. " + "#" * MB,
    "equals": "=" * MB,
    "a long title page": "Title: a\n" + "Key: b\n" * (SIZE // 7),
    "lone carriage returns": "INT. HOUSE - DAY\r\r" + "a\r" * (SIZE // 2),
    "lone surrogates and nulls": SCENE + "\ud800\x00\x0c\x85\u2028" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_in_time(name: str) -> None:
    start = perf_counter()
    with suppress(ScriptError):
        parse_script(HOSTILE[name])
    assert perf_counter() - start < 20, "a megabyte or less takes seconds, on a slow machine too"


PIECES = st.sampled_from(
    [
        "INT. HOUSE - DAY",
        "EXT. SEA - NIGHT #1#",
        ".X",
        "ИНТ. ДОМ",
        "ANNA",
        "@a ^",
        "(b)",
        "(",
        ")",
        "[[",
        "]]",
        "/*",
        "*/",
        "~",
        ">",
        "<",
        "=",
        "===",
        "#",
        "# ",
        "!",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "  ",
        "   ",
        "Title:",
        "Key: a",
        "TO:",
        "CUT TO:",
        "*",
        "**",
        "_",
        "\\",
        "[[takes: 2]]",
        "[[light: day]]",
        "[[shot: A; takes: x]]",
        "[[cast: a, b]]",
        "Go. ",
        "ß",
        "ǅ",
        "́",
        "\ufeff",
        "\ud800",
        "\x00",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_every_text_is_a_screenplay_whose_lines_are_in_the_file(text: str) -> None:
    screenplay = parse_fountain(text)
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for paragraph in screenplay.paragraphs:
        assert 1 <= paragraph.line <= paragraph.end_line <= last
    printed = [one.line for one in screenplay.paragraphs if type(one).__name__ not in {"NoteText", "Boneyard"}]
    assert printed == sorted(printed)


def caught(read: Callable[[], object]) -> CupolaError | None:
    try:
        read()
    except (ScriptError, LightError) as error:
        return error
    return None


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.booleans())
def test_breaking_a_text_down_raises_errors_of_ours_alone_with_a_place_and_a_remedy(text: str, has_scene: bool) -> None:
    text = SCENE * has_scene + text
    error = caught(lambda: parse_script(text, file="a.fountain"))
    assert error is None or (error.file == "a.fountain" and error.line and error.remedy)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_scenes_that_are_read_have_eighths_and_numbers_of_their_own(text: str) -> None:
    if caught(lambda: parse_script(SCENE + text)) is None:
        scenes = parse_script(SCENE + text).scenes
        assert all(scene.eighths >= 1 for scene in scenes)
        assert len({scene.number for scene in scenes}) == len(scenes)


@given(st.text(max_size=80))
def test_a_light_is_read_or_refused_with_a_remedy(text: str) -> None:
    error = caught(lambda: parse_light(text, file="a.fountain", line=3))
    assert error is None or (error.where == "a.fountain:3" and error.remedy)
