"""A screenplay written as Fountain is read as the same screenplay, and a text in the canonical layout comes back byte for byte.

The authority for what is read is Fountain 1.1 (https://fountain.io/syntax), held by `test_script_fountain.py`.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.script import parse_fountain
from cupola.script.elements import (
    Action,
    Boneyard,
    Centred,
    Cue,
    Dialogue,
    Heading,
    Lyric,
    NoteText,
    PageBreak,
    Paragraph,
    Parenthetical,
    Screenplay,
    Section,
    Synopsis,
    TitleEntry,
    Transition,
)
from cupola.script.fountain_text import to_fountain
from cupola.script.sayable import as_fountain

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/script.fountain"))


def content(screenplay: Screenplay) -> tuple[object, ...]:
    """All of a screenplay but its file and where its paragraphs stand."""
    title = tuple((entry.key, entry.lines) for entry in screenplay.title_page)
    return title, tuple(replace(one, line=0, end_line=0, column=1) for one in screenplay.paragraphs)


def play(*paragraphs: Paragraph) -> Screenplay:
    return Screenplay(file="", title_page=(), paragraphs=paragraphs)


AT = {"line": 1, "end_line": 1}


# ------------------------------------------------------------------------------------------------ any text, any screenplay

PIECES = st.sampled_from(
    [
        "INT. HOUSE - DAY",
        "EXT. SEA #1#",
        "INT",
        ".X",
        ".*x*",
        "ANNA",
        "@a ^",
        "ANNA ^",
        "(b)",
        "(",
        ")",
        "[[",
        "]]",
        "[",
        "]",
        "/*",
        "*/",
        "~",
        ">",
        "<",
        "=",
        "===",
        "#",
        "# ",
        "# #",
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
        "CUT TO:",
        "*",
        "_",
        "\\",
        "Go.",
        "\ufeff",
        "\x0c",
        "\ud800",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, PIECES, st.text(max_size=4)), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_is_written_as_a_text_that_is_read_alike(text: str) -> None:
    screenplay = parse_fountain(text)
    written = to_fountain(screenplay)
    again = parse_fountain(written)
    assert content(as_fountain(screenplay)) == content(screenplay)
    assert content(again) == content(screenplay)
    assert to_fountain(again) == written
    assert not written or again.line_break == screenplay.line_break


LOOKALIKES = """\
INT. HOUSE - DAY;Go.;ANNA;anna;CUT TO:;(softly);(soft;ly);~la;===;= x;# x;#x;>x<;> x;.x;...;!x;@x;[[a]];[[;/*;*/;]]; x ;  ;\t;\
*a* \\;#1#;x #1#;Title: x;\\(x;\\[[;FADE OUT:"""
LINES = st.one_of(
    st.sampled_from(LOOKALIKES.split(";")),
    st.text(max_size=6),
    st.text(alphabet="[]/*\\(~=#> \nA!.@", max_size=6),
)
BLOCKS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
FLAGS = st.booleans()


def made(of: type[Paragraph], /, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Paragraph]:
    return st.builds(of, line=st.just(1), end_line=st.just(1), above=st.integers(-1, 2), **fields)


PARAGRAPHS = st.one_of(
    made(Heading, text=LINES, number=st.sampled_from(["", "1", "12 A", "1/2"]), forced=FLAGS, omitted=FLAGS),
    made(Action, text=BLOCKS, forced=FLAGS, kind=st.sampled_from(["", "Shot"])),
    made(Cue, name=LINES, extensions=st.lists(LINES, max_size=2).map(tuple), dual=FLAGS, forced=FLAGS),
    made(Dialogue, text=BLOCKS),
    made(Dialogue, text=BLOCKS, revision=st.integers(0, 2)),
    made(Parenthetical, text=BLOCKS),
    made(Lyric, text=BLOCKS),
    made(Transition, text=LINES, forced=FLAGS),
    made(Centred, text=BLOCKS),
    made(PageBreak),
    made(Section, text=LINES, level=st.integers(0, 8)),
    made(Synopsis, text=LINES),
    made(NoteText, text=BLOCKS),
    made(Boneyard, text=BLOCKS),
)
TITLES = st.lists(
    st.builds(TitleEntry, key=LINES, lines=st.lists(LINES, max_size=3).map(tuple), line=st.just(1)), max_size=3
).map(tuple)
SCREENPLAYS = st.builds(
    Screenplay,
    file=st.just(""),
    title_page=TITLES,
    paragraphs=st.lists(PARAGRAPHS, max_size=8).map(tuple),
    line_break=st.sampled_from(["\n", "\r\n", "\r"]),
)


@settings(max_examples=400, deadline=None)
@given(SCREENPLAYS)
def test_any_screenplay_is_written_as_far_as_fountain_can_say_it(screenplay: Screenplay) -> None:
    written = to_fountain(screenplay)
    said, again = as_fountain(screenplay), parse_fountain(written)
    assert content(again) == content(said)
    assert content(as_fountain(said)) == content(said)
    assert to_fountain(again) == written


# ------------------------------------------------------------------------------------------------------ the same bytes

SOME_WORDS = ["rain", "falls", "he", "*never*", "stops", "Женя", "ça", "_va_", "3", "\\*", "no."]
WORDS = st.lists(st.sampled_from(SOME_WORDS), min_size=1, max_size=6).map(" ".join)
CANONICAL = st.one_of(
    st.sampled_from(
        [
            "INT. HOUSE - DAY",
            "EXT. SEA - NIGHT #12A#",
            "INT. HALL [[prop: lamp]]",
            "ИНТ. ДОМ - ДЕНЬ",
            ".SNIPER SCOPE #I-1-A#",
            ".INT. FORCED THOUGH IT NEED NOT BE",
            "INT. HOUSE - DAY\n= Two of them wait.",
            "INT. HOUSE - DAY\n[[light: golden hour]]",
            "It rains.\n    It pours.",
            "!INT. NOT A SCENE",
            "!BANG\nBANG",
            "It rains. [[hardly]] [[or not]]",
            "... and then",
            "ANNA\nGo.",
            "ANNA (V.O.) (cont'd)\n(softly)\nGo.\n  \nNow.\n(louder)\n~La la\n~la",
            "@McAVOY\nNo.\n\nANNA (O.S.) ^\nNo.",
            "ANNA\n\\(Laughs.) No.",
            "CUT TO:",
            "> Fade to black.",
            "> THE END <\n> of it <",
            "~La la\n~la",
            "# Act One\n\n## Sequence\n= She wins.",
            "===",
            "[[One\n  \ntwo]]",
            "/*\nINT. HUT\n\nOld.\n*/",
            "It rains. /* hardly */",
            "\\[[no note]]",
        ]
    ),
    WORDS.map(lambda text: f"It is {text}"),
    WORDS.map(lambda text: f"ANNA\nSay {text}"),
)
TITLE_PAGES = st.sampled_from(["", "Title: Rain\n\n", "Title:\n    Rain\n    and Wind\nDraft date: 1/20/2021\nMood:\n\n"])
GAPS = st.sampled_from(["\n\n", "\n\n", "\n\n\n"])


@st.composite
def canonical_texts(draw: st.DrawFn) -> str:
    blocks = draw(st.lists(CANONICAL, min_size=1, max_size=8))
    body = blocks[0] + "".join(draw(GAPS) + block for block in blocks[1:])
    return (draw(TITLE_PAGES) + body + "\n").replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


@settings(max_examples=300, deadline=None)
@given(canonical_texts())
def test_a_text_in_the_canonical_layout_comes_back_byte_for_byte(text: str) -> None:
    assert to_fountain(parse_fountain(text)) == text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_scripts_of_the_examples_come_back_byte_for_byte(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert to_fountain(parse_fountain(text)) == text


# ----------------------------------------------------------------------------------------------- what needs a mark gets one

MARKED: dict[str, tuple[tuple[Paragraph, ...], str]] = {
    "heading without INT": ((Heading(**AT, text="KITCHEN"),), ".KITCHEN"),
    "heading in bold without INT": ((Heading(**AT, text="**KITCHEN**"),), ".**KITCHEN**"),
    "heading that ends like a number": ((Heading(**AT, text="INT. ROOM #5#"),), "INT. ROOM #5# # #"),
    "heading of quotes": ((Heading(**AT, text="«МКС»"),), ".МКС»"),
    "heading, omitted": ((Heading(**AT, text="INT. HUT", number="7", omitted=True),), ".OMITTED #7#"),
    "number with signs": ((Heading(**AT, text="INT. HUT", number="12 / A"),), "INT. HUT #12-A#"),
    "action like a heading": ((Action(**AT, text="INT. HOUSE - DAY"),), "!INT. HOUSE - DAY"),
    "action like a heading, line below": ((Action(**AT, text="INT. HOUSE\nIt rains."),), "INT. HOUSE\nIt rains."),
    "action like a transition": ((Action(**AT, text="CUT TO:"),), "!CUT TO:"),
    "action like a cue": ((Action(**AT, text="BANG\nBANG"),), "!BANG\nBANG"),
    "action in capitals alone": ((Action(**AT, text="BANG"),), "BANG"),
    "action like a title page": ((Action(**AT, text="Time: noon"),), "!Time: noon"),
    **{f"action with {sign}": ((Action(**AT, text=f"{sign}x"),), f"!{sign}x") for sign in ("!", "#", "=", ">", "~", ".")},
    "action with @": ((Action(**AT, text="@x"),), "@x"),
    "action with @, line below": ((Action(**AT, text="@x\ny"),), "!@x\ny"),
    "action with an empty line": ((Action(**AT, text="One.\n\nTwo."),), "One.\n!\nTwo."),
    "action with a lyric's sign below": ((Action(**AT, text="One.\n~two"),), "One.\n!~two"),
    "action with brackets": ((Action(**AT, text="[[x]] and /*y*/"),), "\\[[x]] and \\/*y*/"),
    "cue in lower case": ((Cue(**AT, name="Anna"), Dialogue(**AT, text="Go.")), "@Anna\nGo."),
    "cue like a heading": ((Cue(**AT, name="INT. VOICE"), Dialogue(**AT, text="Go.")), "@INT. VOICE\nGo."),
    "cue with a hash": ((Cue(**AT, name="#2"), Dialogue(**AT, text="Go.")), "@#2\nGo."),
    "cue with nothing said": ((Cue(**AT, name="ANNA"),), "ANNA\n  "),
    "dialogue with an empty line": ((Cue(**AT, name="ANNA"), Dialogue(**AT, text="Go.\n\nNow.")), "ANNA\nGo.\n  \nNow."),
    "dialogue like a parenthetical": ((Cue(**AT, name="ANNA"), Dialogue(**AT, text="(Hm.) Go.")), "ANNA\n\\(Hm.) Go."),
    "dialogue like a lyric": ((Cue(**AT, name="ANNA"), Dialogue(**AT, text="~10")), "ANNA\n\\~10"),
    "dialogue like a page break": ((Cue(**AT, name="ANNA"), Dialogue(**AT, text="====")), "ANNA\n\\===="),
    "dialogue that nobody speaks": ((Action(**AT, text="Rain."), Dialogue(**AT, text="Go.")), "Rain.\n\nGo."),
    "a note inside a speech": (
        (Cue(**AT, name="ANNA"), NoteText(**AT, text="angry"), Dialogue(**AT, text="Go.")),
        "ANNA\nGo.\n\n[[angry]]",
    ),
    "a note with its own brackets": ((NoteText(**AT, text="a]]b]"),), "[[a] ]b] ]]"),
    "transition in lower case": ((Transition(**AT, text="Fade out."),), "> Fade out."),
    "transition that ends like centred text": ((Transition(**AT, text="FADE <"),), "> FADE"),
    "spaces around text": ((Heading(**AT, text=" INT. HUT "), Action(**AT, text="  Rain.  ")), "INT. HUT\n\n  Rain."),
}


@pytest.mark.parametrize("name", MARKED)
def test_marks_are_set_where_they_are_needed(name: str) -> None:
    paragraphs, text = MARKED[name]
    written = to_fountain(play(*paragraphs))
    assert written == text + "\n"
    assert content(parse_fountain(written)) == content(as_fountain(play(*paragraphs)))


@pytest.mark.parametrize(
    ("entries", "text"),
    [
        ([("Title", ("Rain",)), ("Mood", ())], "Title: Rain\nMood:\n"),
        ([("Title", ("Rain", "and Wind"))], "Title:\n    Rain\n    and Wind\n"),
        ([("a:b", ("c",))], "a b: c\n"),
        ([("INT. HOUSE", ("x",))], "Note INT. HOUSE: x\n"),
        ([("FADE IN", ("x",))], "Note FADE IN: x\n"),
        ([("Title", ())], ""),
    ],
)
def test_a_title_page_of_any_keys_is_written(entries: list[tuple[str, tuple[str, ...]]], text: str) -> None:
    title = tuple(TitleEntry(key=key, lines=lines, line=1) for key, lines in entries)
    screenplay = Screenplay(file="", title_page=title, paragraphs=())
    assert to_fountain(screenplay) == text
    assert content(parse_fountain(text)) == content(as_fountain(screenplay))
