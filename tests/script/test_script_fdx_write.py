"""FDX written into the file it came from: a change touches what changed, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cupola.script.elements import (
    Action,
    Boneyard,
    Cue,
    Dialogue,
    Heading,
    NoteText,
    Paragraph,
    RevisionSet,
    Screenplay,
    Synopsis,
    Tag,
    TitleEntry,
)
from cupola.script.fdx import parse_fdx, to_fdx

NOWHERE: dict[str, Any] = {"line": 0, "end_line": 0}

# Built after the files that Final Draft 12 and 13 write; every word is ours.
FILM = b"""<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<!-- kept -->
<FinalDraft DocumentType="Script" Template="No" Version="6">

  <DocumentRef DateTime="20260907T101512" id="b20b79b2"/>

  <Content>
    <Paragraph Number="1" Type="Scene Heading" id="p1">
      <SceneProperties Color="#AFAF" Length="4/8" Page="1" Title="">
        <SceneArcBeats>
          <CharacterArcBeat Name="ANNA">
            <Paragraph Alignment="Left"><Text>She wants the key.</Text></Paragraph>
          </CharacterArcBeat>
        </SceneArcBeats>
      </SceneProperties>
      <Text TagNumber="5">INT. </Text>
      <Text AdornmentStyle="-1" TagNumber="5">CASALINDA</Text>
      <Text> - DAY</Text>
    </Paragraph>
    <Paragraph Type="Action" id="p2">
      <Text>Anna lifts a </Text>
      <Text TagNumber="1">brass key</Text>
      <Text RevisionID="2" Style="Italic"> slowly</Text>
      <Text> from a </Text>
      <Text TagNumber="2">box</Text>
      <Text>.</Text>
    </Paragraph>
    <Paragraph id="p3">
      <DualDialogue>
        <Paragraph Type="Character" id="p4">
          <Text>Anna</Text>
        </Paragraph>
        <Paragraph Type="Dialogue" id="p5">
          <Text Font="Odd">Mine.</Text>
        </Paragraph>
        <Paragraph Type="Character" id="p6">
          <Text>Boris</Text>
        </Paragraph>
        <Paragraph Type="Dialogue" id="p7">
          <Text>Ours.</Text>
          <Alts Current="0"><AltId>4</AltId></Alts>
        </Paragraph>
      </DualDialogue>
    </Paragraph>
    <Paragraph Number="2" Type="Scene Heading" id="p8">
      <Text>Omitted</Text>
      <OmittedScene>
        <Paragraph Type="Scene Heading"><SceneProperties Length="2/8" Page="1"/><Text>EXT. YARD - DUSK</Text></Paragraph>
        <Paragraph Type="Action"><Text>Boris waits.</Text></Paragraph>
      </OmittedScene>
    </Paragraph>
    <Paragraph Number="3" Type="Scene Heading" id="p9">
      <Text>EXT. STREET - NIGHT</Text>
    </Paragraph>
    <Paragraph Type="Action" id="p10">
      <Text>Rain.</Text>
    </Paragraph>
  </Content>

  <ElementSettings Type="Character"><FontSpec Style="AllCaps"/></ElementSettings>
  <TargetScriptLength>120</TargetScriptLength>
  <LockedPages/>
  <Revisions ActiveSet="2">
    <Revision Color="#00000000FFFF" ID="1" Mark="*" Name="Blue" PageColor="#C6C6EDEDFEFE" Style="Bold"/>
    <Revision Color="#FFFF0000FFFF" ID="2" Mark="*" Name="Pink" PageColor="#FDFDCCCCD4D4" Style=""/>
  </Revisions>
  <SmartType>
    <Characters><Character>ANNA</Character><Character>BORIS</Character></Characters>
    <Extensions><Extension>(V.O.)</Extension></Extensions>
  </SmartType>
  <TagData>
    <TagCategories>
      <TagCategory Color="#940011000000" Id="05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa" Name="Props" Number="5" Style="Bold"/>
    </TagCategories>
    <TagDefinitions>
      <TagDefinition CatId="05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa" Id="d1" Label="brass key" Number="1"/>
      <TagDefinition CatId="05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa" Id="d2" Label="box" Number="2"/>
      <TagDefinition CatId="c5e89e4d-f83e-4c28-950c-92a63f1b5f26" Id="d3" Label="Casalinda" Number="3"/>
    </TagDefinitions>
    <Tags>
      <Tag Number="1">
        <DefId>d1</DefId>
      </Tag>
      <Tag Number="2">
        <DefId>d2</DefId>
      </Tag>
      <Tag Number="5">
        <DefId>d3</DefId>
      </Tag>
    </Tags>
  </TagData>
  <ScriptNotes>
    <ScriptNote Range="96,100" WriterName="Writer A" id="n1"><Paragraph><Text>More rain?</Text></Paragraph></ScriptNote>
  </ScriptNotes>

</FinalDraft>
"""

SCRIPT = parse_fdx(FILM)


def changed(change: Callable[[Paragraph], Paragraph | list[Paragraph]], **beside: Any) -> Screenplay:
    """The film with each paragraph put through a change."""
    found: list[Paragraph] = []
    for one in SCRIPT.paragraphs:
        new = change(one)
        found += new if isinstance(new, list) else [new]
    return replace(SCRIPT, paragraphs=tuple(found), **beside)


def written(screenplay: Screenplay) -> str:
    """The film with what a screenplay says; it must read as that screenplay."""
    data = to_fdx(screenplay, like=FILM)
    again = parse_fdx(data)
    nowhere = [replace(one, line=0, end_line=0, column=1) for one in again.paragraphs]
    assert nowhere == [replace(one, line=0, end_line=0, column=1) for one in screenplay.paragraphs]
    assert {(tag.scene, tag.category, tag.name) for tag in again.tags} == {
        (tag.scene, tag.category, tag.name) for tag in screenplay.tags
    }
    assert (again.revisions, again.cast_list, again.pages_locked) == (
        screenplay.revisions,
        screenplay.cast_list,
        screenplay.pages_locked,
    )
    return data.decode()


def touched(xml: str) -> tuple[str, str]:
    """What of the film is gone, and what stands there instead: the one stretch between the first and the last difference."""
    before = FILM.decode()
    front = next(at for at in range(len(before)) if before[at] != xml[at])
    back = 0
    while back < min(len(before), len(xml)) - front and before[-1 - back] == xml[-1 - back]:
        back += 1
    return before[front : len(before) - back], xml[front : len(xml) - back]


def retexted(old: str, new: str) -> Callable[[Paragraph], Paragraph]:
    return lambda one: replace(one, text=getattr(one, "text").replace(old, new)) if old in getattr(one, "text", "") else one  # type: ignore[call-arg]  # noqa: B009


def test_without_a_change_nothing_is_written() -> None:
    assert to_fdx(SCRIPT, like=FILM) is FILM
    assert to_fdx(replace(SCRIPT, file="elsewhere.fdx"), like=FILM) is FILM


def test_a_file_that_nobody_serialises_like_that_comes_back_too() -> None:
    head = b"\xef\xbb\xbf<?xml version='1.0'?>\r\n<FinalDraft\tA='1'  ><Content  >"
    odd = head + b"<Paragraph Type='Action'>\r\n<Text>x</Text ></Paragraph></Content>\r\n<!--c--></FinalDraft>\r\n"
    assert to_fdx(parse_fdx(odd), like=odd) == odd


def test_a_changed_word_leaves_runs_tags_and_marks_around_it() -> None:
    xml = written(changed(retexted("lifts a", "takes the")))
    for kept in (
        '<Text TagNumber="1">brass key</Text>',
        '<Text RevisionID="2" Style="Italic"> slowly</Text>',
        '<Text TagNumber="2">box</Text>',
        '<Paragraph Type="Action" id="p2">',
    ):
        assert kept in xml
    gone, new = touched(xml.replace('Range="98,102"', 'Range="96,100"'))
    assert "<Paragraph" not in gone + new


def test_notes_stay_on_their_words() -> None:
    xml = written(changed(retexted("Anna lifts", "Anna quickly lifts")))
    assert 'Range="104,108" WriterName="Writer A" id="n1"' in xml


def test_a_heading_keeps_its_beats_and_its_adornments() -> None:
    xml = written(
        changed(lambda one: replace(one, text="INT. CASALINDA - NIGHT", number="1A") if one is SCRIPT.headings[0] else one)
    )
    assert '<Text AdornmentStyle="-1" TagNumber="5">CASALINDA</Text>' in xml
    assert "She wants the key." in xml
    assert '<Paragraph Number="1A" Type="Scene Heading" id="p1">' in xml


def test_length_page_presence_and_synopsis() -> None:
    def change(one: Paragraph) -> Paragraph | list[Paragraph]:
        if one is not SCRIPT.headings[0]:
            return one
        assert isinstance(one, Heading)
        return [replace(one, eighths=11, page="1A", present=("ANNA", "CAT")), Synopsis(text="Anna finds the key.", **NOWHERE)]

    xml = written(changed(change))
    assert '<SceneProperties Color="#AFAF" Length="1 3/8" Page="1A" Title="">' in xml
    assert "She wants the key." in xml
    assert '<CharacterArcBeat Name="CAT">' in xml


def test_new_and_deleted_paragraphs_leave_the_others() -> None:
    def change(one: Paragraph) -> Paragraph | list[Paragraph]:
        if isinstance(one, Action) and one.text == "Rain.":
            return []
        return [one, Action(text="New line.", **NOWHERE)] if isinstance(one, Action) else one

    xml = written(replace(changed(change)))
    before = FILM.decode()
    for identifier in ("p1", "p2", "p3", "p8"):
        whole = re.compile(rf'    <Paragraph[^>]* ?id="{identifier}">.*?\n    </Paragraph>', re.DOTALL)
        assert whole.search(before).group() in xml  # type: ignore[union-attr]
    assert 'id="p10"' not in xml


def test_one_side_of_a_dual_dialogue_changes_alone() -> None:
    gone, new = touched(written(changed(retexted("Ours.", "It is ours."))))
    assert (gone.strip("<>"), new.strip("<>")) == ("O", "It is o")


def test_a_line_more_in_a_dual_dialogue() -> None:
    xml = written(
        changed(lambda one: [one, Dialogue(text="Really.", **NOWHERE)] if getattr(one, "text", "") == "Mine." else one)
    )
    assert xml.index("Really.") < xml.index("</DualDialogue>")
    assert '<Text Font="Odd">Mine.</Text>' in xml
    assert "<AltId>4</AltId>" in xml


def test_an_omitted_scene_keeps_what_was_cut() -> None:
    xml = written(changed(lambda one: replace(one, number="2A") if isinstance(one, Heading) and one.omitted else one))
    gone, new = touched(xml)
    assert (gone, new) == ("", "A")


def test_a_scene_is_omitted() -> None:
    def change(one: Paragraph) -> Paragraph | list[Paragraph]:
        if isinstance(one, Heading) and one.number == "3":
            return [replace(one, omitted=True), Boneyard(text="Rain.", **NOWHERE)]
        return [] if getattr(one, "text", "") in ("Rain.", "More rain?") else one

    xml = written(changed(change))
    assert re.search(r'Number="3".*?<Text>OMITTED</Text>\s*<OmittedScene>.*?EXT\. STREET - NIGHT.*?Rain\.', xml, re.DOTALL)


def test_tags_are_added_taken_off_and_kept() -> None:
    kept = tuple(tag for tag in SCRIPT.tags if tag.name != "box")
    new = (
        Tag(category="sound", name="Rain", scene=3, line=0),
        Tag(category="Drones", name="camera drone", scene=3, line=0),
        Tag(category="prop", name="key", scene=1, line=0),
    )
    xml = written(replace(SCRIPT, tags=(*kept, *new)))
    assert '<Text TagNumber="1">brass </Text>' in xml
    assert "<Text>box</Text>" in xml
    assert 'CatId="0ce7d308-096d-4603-8fe8-349f72cd89ff"' in xml
    assert 'Name="Drones"' in xml
    assert xml.count("<TagData>") == 1


def test_revision_marks_and_sets() -> None:
    third = RevisionSet(number=3, name="Double White", colour="Double White")
    screenplay = changed(
        lambda one: (
            replace(one, text="Rain, and wind.", revision=3) if isinstance(one, Action) and one.text == "Rain." else one
        ),
        revisions=(*SCRIPT.revisions, third),
    )
    xml = written(screenplay)
    assert '<Text>Rain</Text>\n      <Text RevisionID="3">, and wind</Text>\n      <Text>.</Text>' in xml
    assert '<Revision Color="#00000000FFFF" ID="1" Mark="*" Name="Blue" PageColor="#C6C6EDEDFEFE" Style="Bold"/>' in xml
    assert 'ID="3" Mark="*" Name="Double White" PageColor="#FFFFFFFFFFFF"' in xml


def test_locked_pages_cast_list_and_title_page() -> None:
    entries = (TitleEntry(key="Title", lines=("CASALINDA",), line=0), TitleEntry(key="Studio", lines=("Ours",), line=0))
    screenplay = replace(SCRIPT, pages_locked=True, cast_list=("ANNA", "CAT"), title_page=entries)
    xml = written(screenplay)
    assert [(entry.key, entry.lines) for entry in parse_fdx(xml.encode()).title_page] == [
        ("Title", ("CASALINDA",)),
        ("Studio", ("Ours",)),
    ]
    for kept in (
        "<Extension>(V.O.)</Extension>",
        "<TargetScriptLength>120</TargetScriptLength>",
        "<!-- kept -->",
        "<DocumentRef",
    ):
        assert kept in xml


def test_notes_change_and_keep_their_writer() -> None:
    xml = written(changed(retexted("More rain?", "Less rain.")))
    assert 'WriterName="Writer A" id="n1">' in xml
    added = written(
        changed(lambda one: [one, NoteText(text="Why?", **NOWHERE)] if getattr(one, "text", "") == "Mine." else one)
    )
    assert added.count("<ScriptNote ") == 2


def test_a_film_of_its_own_is_shaped_as_final_draft_shapes_it() -> None:
    screenplay = Screenplay(
        file="",
        title_page=(),
        paragraphs=(
            Heading(text="INT. HALL - DAY", number="12A", eighths=11, page="9A", present=("CAT",), **NOWHERE),
            Cue(name="ANNA", extensions=("V.O.",), **NOWHERE),
            Dialogue(text="*Home*.", **NOWHERE),
        ),
        tags=(Tag(category="prop", name="key", scene=1, line=0),),
    )
    xml = to_fdx(screenplay).decode()
    assert (
        """    <Paragraph Number="12A" Type="Scene Heading">
      <SceneProperties Length="1 3/8" Page="9A" Title="">
        <SceneArcBeats>
          <CharacterArcBeat Name="CAT">
            <Paragraph/>
          </CharacterArcBeat>
        </SceneArcBeats>
      </SceneProperties>
      <Text TagNumber="1">INT. HALL - DAY</Text>
    </Paragraph>
    <Paragraph Type="Character">
      <Text>ANNA (V.O.)</Text>
    </Paragraph>
    <Paragraph Type="Dialogue">
      <Text Style="Italic">Home</Text>
      <Text>.</Text>
    </Paragraph>
"""
        in xml
    )
    assert 'CatId="05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa"' in xml


@pytest.mark.parametrize("codec", ["utf-16", "iso-8859-5", "windows-1251"])
def test_other_encodings_are_read_and_written_as_utf8(codec: str) -> None:
    text = FILM.decode().replace('encoding="UTF-8"', f'encoding="{codec}"').replace("Rain.", "Дождь.")
    data = text.encode(codec)
    screenplay = parse_fdx(data)
    assert to_fdx(screenplay, like=data) is data
    again = to_fdx(replace(screenplay, pages_locked=True), like=data).decode("utf-8")
    assert "Дождь." in again
    assert 'encoding="UTF-8"' in again
