"""Fade In, Open Screenplay and Highland files read as screenplays; every file is told by its ending or its first bytes.

The Fade In document below has the elements and attributes of a file saved by Fade In 5.0.8, with words of our own.
"""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.errors import ScriptError
from cupola.script.elements import Action, Cue, Dialogue, Heading, Parenthetical, Transition
from cupola.script.formats import SCRIPT_SUFFIXES, parse_screenplay
from cupola.script.fountain import parse_fountain

OSF = """<?xml version="1.0" encoding="UTF-8"?>
<document type="Open Screenplay Format document" version="50">
  <info uuid="1" pagecount="1"/>
  <settings pages_locked="true" document_revision="2"/>
  <paragraphs>
    <para number="12A" page_number="9">
      <style basestyle="Scene Heading"/>
      <text>INT. МКС - CUPOLA - NIGHT</text>
    </para>
    <para><style basestyle="Action"/><text>She </text><text italic="1">never</text><text> looks * down.</text></para>
    <para><style basestyle="Character"/><text>Женя (V.O.)</text></para>
    <para><style basestyle="Parenthetical"/><text>тихо</text></para>
    <para><style basestyle="Dialogue"/><text>Ещё раз.</text></para>
    <para><style basestyle="Transition"/><text>FADE TO BLACK</text></para>
    <para><style basestyle="Shot"/><text>CLOSE ON THE HATCH</text></para>
    <para><style basestyle="Action"/><text></text></para>
  </paragraphs>
  <titlepage>
    <para><style basestyle="Normal Text"/><text></text></para>
    <para><style basestyle="Normal Text"/><text>The Long Way</text></para>
    <para><style basestyle="Normal Text"/><text>Written by</text></para>
    <para><style basestyle="Normal Text"/><text>A. Writer</text></para>
  </titlepage>
  <lists>
    <characters><character name="ЖЕНЯ"/></characters>
    <revision_colors>
      <revision_color name="White" index="0" color_name="White"/>
      <revision_color name="First" index="1" color_name="Blue"/>
      <revision_color name="Second" index="2" color_name="Pink"/>
      <revision_color name="Third" index="3" color_name="Yellow"/>
    </revision_colors>
  </lists>
</document>
""".encode()
FOUNTAIN = "INT. HALL - DAY #7#\n\nANNA\nYes.\n"


def zipped(**members: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return whole.getvalue()


FADEIN = zipped(**{"document.xml": OSF})
HIGHLAND = zipped(**{"The Long Way.textbundle__info.json": b"{}", "The Long Way.textbundle__text.md": FOUNTAIN.encode()})


def test_a_fade_in_file_is_a_screenplay() -> None:
    screenplay = parse_screenplay(FADEIN, file="x.fadein")
    heading, action, cue, aside, speech, transition, shot = screenplay.paragraphs
    assert isinstance(heading, Heading)
    assert (heading.text, heading.number, heading.page, heading.line) == ("INT. МКС - CUPOLA - NIGHT", "12A", "9", 6)
    assert isinstance(action, Action)
    assert action.text == "She *never* looks * down."
    assert isinstance(cue, Cue)
    assert (cue.name, cue.extensions) == ("Женя", ("V.O.",))
    assert isinstance(aside, Parenthetical)
    assert aside.text == "(тихо)"
    assert isinstance(speech, Dialogue)
    assert isinstance(transition, Transition)
    assert isinstance(shot, Action)
    assert (shot.text, shot.kind) == ("CLOSE ON THE HATCH", "Shot")


def test_what_fade_in_says_beside_the_text_is_kept() -> None:
    screenplay = parse_screenplay(FADEIN, file="x.fadein")
    assert [(entry.key, entry.lines) for entry in screenplay.title_page] == [
        ("Title", ("The Long Way",)),
        ("Credit", ("Written by",)),
        ("Author", ("A. Writer",)),
    ]
    assert screenplay.cast_list == ("ЖЕНЯ",)
    assert screenplay.pages_locked
    assert [(one.number, one.name, one.colour) for one in screenplay.revisions] == [(1, "First", "Blue"), (2, "Second", "Pink")]


def test_highland_holds_fountain() -> None:
    assert parse_screenplay(HIGHLAND, file="x.highland") == parse_fountain(FOUNTAIN, file="x.highland")
    assert parse_screenplay(FOUNTAIN.encode(), file="old.highland") == parse_fountain(FOUNTAIN, file="old.highland")


@pytest.mark.parametrize(("name", "data"), [("notes.txt", OSF), ("x", OSF), ("x.osf", OSF)])
def test_open_screenplay_is_known_by_its_first_bytes(name: str, data: bytes) -> None:
    assert parse_screenplay(data, file=name).headings[0].number == "12A"


def test_a_text_in_utf_16_is_read() -> None:
    assert parse_screenplay(FOUNTAIN.encode("utf-16"), file="x.txt").headings[0].number == "7"


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("x.fadein", zipped(**{"document.xml": bytes(65 * 2**20)}), "at most 64 MB"),
        ("x.fadein", b"PK\x03\x04 cut off", "is a zip archive"),
        ("x.fadein", zipped(**{"picture.png": b""}), "holds a script"),
        ("x.fadein", zipped(**{"document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "declares no document type"),
        ("x.osf", b"<document/>", "with <paragraphs>"),
        ("x.highland", zipped(**{"a.textbundle__text.md": b"INT. A - DAY\n\n\xff"}), "UTF-8"),
        ("x.docx", b"PK", "a script is one of"),
        ("x.celtx", b"PK", "a script is one of"),
        ("x.fountain", b"INT. A - DAY\n\n\xff", "UTF-8"),
        ("x.pdf", b"no pdf", "starts with %PDF-"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(name: str, data: bytes, rule: str) -> None:
    with pytest.raises(ScriptError, match=rule) as caught:
        parse_screenplay(data, file=name)
    assert caught.value.file == name
    assert caught.value.remedy


@given(data=st.binary(max_size=300), suffix=st.sampled_from(SCRIPT_SUFFIXES))
def test_no_bytes_raise_anything_but_our_error(data: bytes, suffix: str) -> None:
    with suppress(ScriptError):
        parse_screenplay(data, file="x" + suffix)
