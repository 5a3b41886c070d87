"""A new draft against the old one: nothing is lost, numbers are locked, and each scene is known by what stayed of it.

The order of papers is the Writers Guild's and Final Draft's: white, blue, pink, yellow, green, goldenrod, buff, salmon, cherry,
tan, then the same again, doubled. Expected matches are written out by hand.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.script.breakdown import numbers_of
from cupola.script.elements import Action, Heading, NoteText, Paragraph, Screenplay, Tag
from cupola.script.revision import Change, Revision, colour_after, revised

WORDS = ("harbour", "lamp", "rope", "stone", "river", "glass", "winter", "letter", "engine", "orchard", "copper", "thunder")


def scene(heading: str, text: str, *, number: str = "", notes: tuple[str, ...] = ()) -> list[Paragraph]:
    at = {"line": 1, "end_line": 1}
    body = [NoteText(text=note, **at) for note in notes]
    return [Heading(text=heading, number=number, omitted=heading == "OMITTED", **at), *body, Action(text=text, **at)]


def play(*scenes: list[Paragraph], tags: tuple[Tag, ...] = ()) -> Screenplay:
    return Screenplay(file="x", title_page=(), paragraphs=tuple(one for each in scenes for one in each), tags=tags)


def revision(old: Screenplay, new: Screenplay) -> Revision:
    return revised(old, numbers_of(old), new, colour="Blue")


def told(found: Revision) -> list[tuple[str, str, str, str]]:
    return [(change.old, change.new, change.kind, change.by) for change in found.changes]


A = scene("INT. HALL - DAY", "Anna waits by the window for a letter that does not come.")
B = scene("EXT. PIER - NIGHT", "Boris counts the boats, and one of them is missing tonight.")
C = scene("EXT. PAD - DAWN", "The rocket stands in floodlight and breathes out white steam.")
NEW = scene("INT. CAR - DAY", "Rain. Nobody speaks, the wipers do all the talking for them.")


def test_a_scene_is_known_by_its_number_then_its_heading_then_its_words() -> None:
    old = play(A, B, C)
    new = play(
        scene("INT. HALL - NIGHT", "All other words here.", number="1"),
        scene("EXT. QUAY - NIGHT", "Boris counts the boats, and one of them is missing."),
        scene("EXT. PAD - DAWN", "The rocket is white."),
    )
    numbered = play(*(replace_number(each, str(n)) for n, each in enumerate((A, B, C), 1)))
    two = [("3", "3", "same", "heading"), ("1", "1", "omitted", ""), ("2", "2", "same", "heading")]
    assert sorted(told(revision(old, play(C, B)))) == sorted(two)
    assert told(revision(numbered, new)) == [
        ("1", "1", "changed", "number"),
        ("2", "2", "changed", "content"),
        ("3", "3", "changed", "heading"),
    ]


def replace_number(paragraphs: list[Paragraph], number: str) -> list[Paragraph]:
    heading = paragraphs[0]
    assert isinstance(heading, Heading)
    return [replace(heading, number=number), *paragraphs[1:]]


def test_a_new_scene_takes_the_number_before_it_and_a_letter() -> None:
    found = revision(play(A, B), play(NEW, A, scene("INT. CAR - NIGHT", "Stars."), scene("INT. CAR - DAWN", "Fog."), B))
    assert [change.new for change in found.changes] == ["A1", "1", "1A", "1B", "2"]
    assert [heading.number for heading in found.screenplay.headings] == ["A1", "1", "1A", "1B", "2"]


def test_numbers_of_the_new_draft_are_kept_as_they_are_written() -> None:
    found = revision(play(A, B), play(replace_number(A, "10"), replace_number(NEW, "10aB"), replace_number(B, "20")))
    assert told(found) == [("1", "10", "same", "heading"), ("", "10aB", "new", ""), ("2", "20", "same", "heading")]
    assert (found.is_renumbered, found.now("2"), found.now("7")) == (True, "20", "7")


def test_a_number_that_went_to_another_scene_is_not_believed() -> None:
    numbered = [replace_number(each, str(n)) for n, each in enumerate((A, B, C), 1)]
    shifted = [replace_number(each, str(n)) for n, each in enumerate((NEW, A, B, C), 1)]
    assert told(revision(play(*numbered), play(*shifted))) == [
        ("", "1", "new", ""),
        ("1", "2", "same", "heading"),
        ("2", "3", "same", "heading"),
        ("3", "4", "same", "heading"),
    ]


def test_a_cut_scene_stays_omitted_where_it_stood_until_it_is_back() -> None:
    old = play(A, B, C)
    cut = revision(old, play(A, C))
    assert told(cut)[1] == ("2", "2", "omitted", "")
    assert [(one.text, one.number, one.omitted) for one in cut.screenplay.headings][1] == ("OMITTED", "2", True)
    again = revision(cut.screenplay, play(A, C))
    assert told(again)[1] == ("2", "2", "still omitted", "")
    back = revision(again.screenplay, play(A, replace_number(B, "2"), C))
    assert told(back)[1] == ("2", "2", "restored", "number")


def test_breakdown_notes_and_tags_go_with_their_scene() -> None:
    tag = Tag(category="prop", name="Letter", scene=1, line=1)
    noted = scene("INT. HALL - DAY", "Anna waits by the window.", notes=("prop: lamp", "ask the writer about this"))
    found = revision(play(noted, tags=(tag,)), play(NEW, scene("INT. HALL - DAY", "Anna waits by the door.")))
    notes = [one.text for one in found.screenplay.paragraphs if isinstance(one, NoteText)]
    assert notes == ["revision: Blue", "revision: Blue", "prop: lamp"]
    assert [(one.scene, one.name) for one in found.screenplay.tags] == [(2, "Letter")]


def test_only_what_changed_is_on_new_paper() -> None:
    first = revision(play(A, B), play(A, scene("EXT. PIER - NIGHT", "Boris counts the boats, and all of them are there.")))
    assert [one.text for one in first.screenplay.paragraphs if isinstance(one, NoteText)] == ["revision: Blue"]
    changed = [one for one in first.screenplay.paragraphs if not isinstance(one, NoteText)]
    third = replace(
        first.screenplay, paragraphs=(*changed[:-1], replace(changed[-1], text="Boris counts the boats, and leaves."))
    )
    second = revised(first.screenplay, numbers_of(first.screenplay), third, colour="Pink")
    assert [one.text for one in second.screenplay.paragraphs if isinstance(one, NoteText)] == ["revision: Pink"]


def test_a_scene_that_moved_is_told_as_moved_and_the_others_are_not() -> None:
    found = revision(play(A, B, C, NEW), play(B, C, NEW, A))
    assert [(change.number, change.moved) for change in found.changes] == [
        ("2", False),
        ("3", False),
        ("4", False),
        ("1", True),
    ]


@pytest.mark.parametrize(
    ("colour", "following"),
    [
        ("White", "Blue"),
        ("blue", "Pink"),
        ("Pink", "Yellow"),
        ("Yellow", "Green"),
        ("Green", "Goldenrod"),
        ("Goldenrod", "Buff"),
        ("Buff", "Salmon"),
        ("Salmon", "Cherry"),
        ("Cherry", "Tan"),
        ("Tan", "Double White"),
        ("Double White", "Double Blue"),
        ("a colour of our own", "Blue"),
    ],
)
def test_papers_come_in_the_order_of_the_trade(colour: str, following: str) -> None:
    assert colour_after(colour) == following


headings = st.sampled_from(["INT. HALL - DAY", "EXT. PIER - NIGHT", "EXT. PAD - DAWN", "INT. HALL - NIGHT", "OMITTED"])
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
bare = st.builds(scene, headings, texts)


@st.composite
def plays(draw: st.DrawFn) -> Screenplay:
    scenes = draw(st.lists(bare, min_size=1, max_size=7))
    numbers = draw(st.lists(st.sampled_from(["", "1", "2", "3", "4A", "I-1"]), min_size=len(scenes), max_size=len(scenes)))
    seen: set[str] = set()
    whole = []
    for paragraphs, number in zip(scenes, numbers, strict=True):
        whole.append(replace_number(paragraphs, "" if number in seen else number))
        seen.add(number)
    return play(*whole)


def only_once(names: list[str]) -> bool:
    return len(names) == len(set(names))


@given(plays(), plays())
def test_nothing_is_lost_and_no_number_stands_twice(old: Screenplay, new: Screenplay) -> None:
    numbers = numbers_of(old)
    found = revised(old, numbers, new, colour="Blue")
    there = [change for change in found.changes if change.kind not in {"omitted"} or change.by]
    assert sorted(change.old for change in found.changes if change.old) == sorted(number for number in numbers if number)
    assert len(found.screenplay.headings) == len(found.changes)
    assert [heading.number for heading in found.screenplay.headings] == [change.new for change in found.changes]
    assert only_once([change.new for change in found.changes])
    assert len(there) >= len(new.headings)
    kept = [one for one in found.screenplay.paragraphs if not isinstance(one, Heading | NoteText)]
    assert kept == [one for one in new.paragraphs if not isinstance(one, Heading | NoteText)]
    assert all(heading.number in {"", change_at(found, at).new} for at, heading in enumerate(new.headings))


def change_at(found: Revision, at: int) -> Change:
    """The change of the heading that the new draft has at a place: those that were put in are left out."""
    put_in = [
        change for change in found.changes if not (change.kind in {"omitted", "still omitted"} and change.old and not change.by)
    ]
    return put_in[at]


@given(plays())
def test_the_same_draft_again_changes_nothing(draft: Screenplay) -> None:
    found = revision(draft, draft)
    assert all(change.kind in {"same", "still omitted"} and not change.moved for change in found.changes)
    assert not found.is_renumbered
