"""Scene headings counted against screenplain (MIT), an independent Fountain reader, on texts that it reads well."""

from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.script import parse_fountain
from cupola.script.elements import Cue, Transition

screenplain = pytest.importorskip("screenplain.parsers.fountain")

BLOCKS = [
    "INT. HOUSE - DAY",
    "EXT. SEA - NIGHT #12A#",
    "int. cellar",
    "I/E CAR - DUSK",
    "INT./EXT. TRAIN - DAY #3.#",
    "EST. TOWN - DAWN",
    ".SNIPER SCOPE",
    "... and then",
    "INTERIOR MINISTRY",
    "It rains.",
    "It rains.\nIt pours.",
    "ANNA\nGo.",
    "ANNA (V.O.)\n(softly)\nGo.\n  \nNow.",
    "ЖЕНЯ\nПоехали.",
    "CUT TO:",
    "> THE END <",
    "> FADE OUT.",
    "!INT. NOT A SCENE",
    "===",
]


def peer_kinds(text: str) -> list[str]:
    return [type(one).__name__ for one in screenplain.parse(StringIO(text))]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(BLOCKS), max_size=40))
def test_headings_speeches_and_transitions_are_as_many_as_screenplain_finds(blocks: list[str]) -> None:
    text = "\n\n".join(["It begins.", *blocks])
    theirs, ours = peer_kinds(text), parse_fountain(text)
    assert len(ours.headings) == theirs.count("Slug")
    assert sum(isinstance(one, Cue) for one in ours.paragraphs) == theirs.count("Dialog")
    assert sum(isinstance(one, Transition) for one in ours.paragraphs) == theirs.count("Transition")
