"""FDX written and read: the same screenplay comes back, and what is not in a screenplay is carried along."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cupola.errors import ScriptError
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
    RevisionSet,
    Screenplay,
    Section,
    Synopsis,
    Tag,
    TitleEntry,
    Transition,
)
from cupola.script.emphasis import plain
from cupola.script.fdx import parse_fdx, to_fdx
from cupola.script.fdx.headings import is_card
from cupola.script.fdx.runs import Run, marked, styled
from cupola.script.fdx.tables import CATEGORY_NAMES
from cupola.script.fdx.units import key_of
from cupola.script.fountain import parse_cue, parse_fountain
from cupola.script.headings import is_heading

NOWHERE: dict[str, Any] = {"line": 0, "end_line": 0}

signs = st.sampled_from("aBcЖé日🚀 .,'-*_\\&<>\"#0")
words = st.text(signs, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
styles = st.sampled_from([(), (), ("Bold",), ("Italic",), ("Underline",), ("Bold", "Italic"), ("Bold", "Italic", "Underline")])
runs = st.lists(st.builds(lambda text, style: Run(text=text, styles=frozenset(style)), words, styles), min_size=1, max_size=3)


def with_spaces(found: list[Run]) -> list[Run]:
    return [each for run in found for each in (run, Run(text=" "))][:-1]


line = runs.map(with_spaces).map(marked)
lines = st.lists(line, min_size=1, max_size=3).map("\n".join)
revision = st.integers(0, 3)


def headings() -> st.SearchStrategy[Heading]:
    text = st.tuples(st.sampled_from(["INT. ", "EXT. ", "ИНТ. ", "INT./EXT. ", ""]), words).map("".join).map(literal)
    return st.builds(
        lambda text, **said: Heading(text=text, forced=not is_heading(text), **said, **NOWHERE),
        text.filter(lambda text: not is_card(text)),
        number=st.sampled_from(["", "1", "12A", "a1", "I-1-A"]),
        eighths=st.none() | st.integers(1, 60),
        page=st.sampled_from(["", "9", "9A"]),
        present=st.lists(st.sampled_from(["ANNA", "BORIS", "КОТ"]), unique=True, max_size=3).map(tuple),
        omitted=st.sampled_from([False, False, False, True]),
        revision=revision,
    )


def literal(text: str) -> str:
    return marked([Run(text=text)])


def cue(name: str, extensions: tuple[str, ...], dual: bool, number: int) -> Cue:
    text = " ".join([name, *(f"({each})" for each in extensions)])
    forced = parse_cue(text) is None or is_heading(text) or text[:1] in "=#!.@~>"
    return Cue(name=name, extensions=extensions, dual=dual, forced=forced, revision=number, **NOWHERE)


names = st.sampled_from(["ANNA", "BORIS", "Лёша", "ЛЁША", "MAN #2", "INT. VOICE", "R2-D2"])
cues = st.builds(cue, names, st.lists(st.sampled_from(["V.O.", "cont'd"]), max_size=2).map(tuple), st.just(False), revision)
said = st.one_of(
    st.builds(lambda text, number: Dialogue(text=text, revision=number, **NOWHERE), lines, revision),
    st.builds(lambda text: Parenthetical(text=literal(f"({text})"), **NOWHERE), words),
    st.builds(lambda text: Lyric(text=text, **NOWHERE), lines),
)
notes = st.builds(
    lambda kind, text: kind(text=text, **NOWHERE),
    st.sampled_from([NoteText, NoteText, Boneyard]),
    st.lists(words, min_size=1, max_size=2).map("\n".join),
)
synopses = st.lists(words.map(lambda text: Synopsis(text=text, **NOWHERE)), max_size=2, unique_by=lambda one: one.text)
scenes = st.tuples(headings(), synopses, st.lists(notes, max_size=1)).map(lambda found: [found[0], *found[1], *found[2]])
speeches = st.tuples(cues, st.lists(said, min_size=1, max_size=3)).map(lambda found: [found[0], *found[1]])


def side_by_side(left: list[Paragraph], right: list[Paragraph]) -> list[Paragraph]:
    first = right[0]
    assert isinstance(first, Cue)
    return [*left, replace(first, dual=True), *right[1:]]


others = st.one_of(
    st.builds(
        lambda text, kind, number: Action(text=text, kind=kind, revision=number, **NOWHERE),
        lines,
        st.sampled_from(["", "", "Shot", "General", "Cast List", "Act&Scene Break"]),
        revision,
    ),
    st.builds(
        lambda text, kind: Centred(text=text, kind=kind, **NOWHERE),
        lines,
        st.sampled_from(["", "General", "New Act", "End of Act"]),
    ),
    st.builds(
        lambda text, number: Transition(
            text=text, forced=not (text.isupper() and text.endswith("TO:")), revision=number, **NOWHERE
        ),
        words.map(literal) | st.just("CUT TO:"),
        revision,
    ),
    st.builds(lambda text, level: Section(text=text, level=level, **NOWHERE), words, st.integers(1, 6)),
)
free = st.tuples(others, synopses, st.lists(notes, max_size=1)).map(lambda found: [found[0], *found[1], *found[2]])
breaks = st.tuples(others).map(lambda found: [PageBreak(**NOWHERE), found[0]])
blocks = st.one_of(scenes, speeches, speeches, st.builds(side_by_side, speeches, speeches), free, breaks)


@st.composite
def screenplays(draw: st.DrawFn) -> Screenplay:
    start = draw(st.lists(notes, max_size=1))
    paragraphs = [*start, *draw(free), *(each for block in draw(st.lists(blocks, max_size=8)) for each in block)]
    count = sum(isinstance(each, Heading) for each in paragraphs)
    tag = st.builds(
        lambda category, name, scene: Tag(category=category, name=name, scene=scene, line=0),
        st.sampled_from([*CATEGORY_NAMES, "Drones"]),
        words,
        st.integers(0, count),
    )
    tags = draw(st.lists(tag, max_size=4, unique_by=lambda one: (one.scene, one.category, one.name)))
    entry = st.builds(
        lambda key, texts: TitleEntry(key=key, lines=tuple(texts), line=0),
        st.sampled_from(["Title", "Credit", "Author", "Authors", "Source", "Contact", "Draft date", "Notes", "Студия"]),
        st.lists(line, min_size=1, max_size=2),
    )
    colours = [("Blue", "Blue"), ("2nd Blue Rev. (1/2/26)", "Double Blue"), ("Second Revision", "Pink"), ("x", "White")]
    sets = [RevisionSet(number=at, name=name, colour=colour) for at, (name, colour) in enumerate(colours, 1)]
    return Screenplay(
        file="",
        title_page=tuple(draw(st.lists(entry, max_size=4))),
        paragraphs=tuple(paragraphs),
        tags=tuple(tags),
        revisions=tuple(sets[: draw(st.integers(0, 4))]),
        cast_list=tuple(draw(st.lists(names, unique=True, max_size=3))),
        pages_locked=draw(st.booleans()),
    )


def placeless(screenplay: Screenplay) -> Screenplay:
    """The same screenplay without lines and columns; tags stand in the order of their scenes and names."""
    tags = sorted((replace(tag, line=0) for tag in screenplay.tags), key=lambda tag: (tag.scene, tag.category, tag.name))
    return replace(
        screenplay,
        file="",
        title_page=tuple(replace(entry, line=0) for entry in screenplay.title_page),
        paragraphs=tuple(replace(one, line=0, end_line=0, column=1) for one in screenplay.paragraphs),
        tags=tuple(tags),
    )


SLOW = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SLOW
@given(screenplays())
def test_what_is_written_reads_the_same(screenplay: Screenplay) -> None:
    assert placeless(parse_fdx(to_fdx(screenplay))) == placeless(screenplay)


@SLOW
@given(screenplays())
def test_without_a_change_the_same_bytes_come_back(screenplay: Screenplay) -> None:
    data = to_fdx(screenplay)
    assert to_fdx(parse_fdx(data), like=data) is data


@settings(SLOW, max_examples=40)
@given(screenplays(), screenplays())
def test_any_screenplay_can_be_written_into_any_file(one: Screenplay, other: Screenplay) -> None:
    into = to_fdx(one)
    assert placeless(parse_fdx(to_fdx(other, like=into))) == placeless(other)


@settings(SLOW, max_examples=40)
@given(screenplays(), st.randoms(use_true_random=False))
def test_unknown_things_survive_anywhere(screenplay: Screenplay, chance: random.Random) -> None:
    data = with_strangers(to_fdx(screenplay).decode(), chance)
    read = parse_fdx(data.encode())
    assert to_fdx(read, like=data.encode()) == data.encode()
    changed = list(read.paragraphs)
    at = chance.randrange(len(changed))
    changed[at] = replace(one, text="Changed") if isinstance(one := changed[at], Action) else one
    after = to_fdx(replace(read, paragraphs=tuple(changed), pages_locked=not read.pages_locked), like=data.encode()).decode()
    assert set(re.findall(r"<Stranger[^>]*>|Odd=\"\d+\"", after)) >= kept_strangers(data)


def with_strangers(xml: str, chance: random.Random) -> str:
    """Put unknown elements, comments and attributes all over a file, none of them inside text."""
    count = 0

    def stranger(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        what = chance.randrange(4)
        if what == 0:
            return f'{found.group()}<Stranger N="{count}"><Text>&amp;</Text><!-- {count} --></Stranger>'
        if what == 1:
            return f'{found.group()[:-1]} Odd="{count}">'
        return found.group()

    return re.sub(
        r"<(?:FinalDraft|Content|TitlePage|SmartType|HeaderAndFooter|Header|TagData|Paragraph)(?: [^>]*[^/])?>", stranger, xml
    )


def kept_strangers(xml: str) -> set[str]:
    """The unknown things outside the paragraphs, title page and locked pages, none of which a change there may touch."""
    outside = re.sub(r"<Paragraph.*?</Paragraph>", "", xml, flags=re.DOTALL)
    return set(re.findall(r"<Stranger[^>]*>|Odd=\"\d+\"", outside))


@given(runs)
def test_marks_read_back_as_the_styles_they_were_written_for(found: list[Run]) -> None:
    text = marked(with_spaces(found))
    assert plain(text) == "".join(run.text for run in with_spaces(found))
    assert marked(styled(text)) == text


@given(st.text("ab *_\\\n", max_size=20))
def test_styled_text_is_what_plain_leaves(text: str) -> None:
    assert "".join(run.text for run in styled(text)) == plain(text)
    assert plain(marked(styled(text))) == plain(text)


PIECES = st.sampled_from(
    [
        "<FinalDraft>",
        "</FinalDraft>",
        "<Content>",
        "</Content>",
        '<Paragraph Type="Scene Heading" Number="1">',
        '<Paragraph Type="Character">',
        "</Paragraph>",
        '<Text Style="Bold" TagNumber="1" RevisionID="x">',
        "</Text>",
        "<DualDialogue>",
        "</DualDialogue>",
        "<OmittedScene>",
        "</OmittedScene>",
        '<SceneProperties Length="9 9/8"/>',
        '<ScriptNotes><ScriptNote Range="5,x">',
        "<!DOCTYPE a>",
        "&x;",
        "ANNA (",
        "**",
    ]
)


@given(st.binary(max_size=200) | st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode()))
def test_no_bytes_raise_anything_but_our_error(data: bytes) -> None:
    with suppress(ScriptError):
        parse_fdx(data)
    with suppress(ScriptError):
        to_fdx(Screenplay(file="", title_page=(), paragraphs=()), like=data)


FOUNTAIN = """Title: _**SALYUT**_
Credit: Written by
Author: Anna Berg

# The launch

= Anna goes up.

INT. ISS - CUPOLA - DAY #12A#

= She sees the Earth.

Anna *floats* in. 3 * 4 = 12_a.
    It is quiet. [[prop: lamp]]

ANNA (V.O.)
(softly)
Home.
\x20\x20
Far away.

BORIS ^
No.

>THE END<

CUT TO:

.INSIDE THE HATCH

@Лёша
~La la

===

НАТ. СТЕПЬ - РЕЖИМ #13#

!INT. is no heading here.
"""


def test_a_fountain_script_has_the_same_scenes_after_fdx() -> None:
    script = parse_fountain(FOUNTAIN)
    again = parse_fdx(to_fdx(script))
    assert [key_of(one) for one in again.headings] == [key_of(one) for one in script.headings]
    assert [key_of(one) for one in again.paragraphs] == [key_of(one) for one in script.paragraphs]
    assert placeless(again).title_page == placeless(script).title_page
