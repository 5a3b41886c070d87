"""FDX read: each feature as Final Draft 8 to 13 writes it.

The shapes of the XML are those of files that Final Draft wrote, as they stand in public repositories (rsdoiel/fdx,
SimonGZ/jumpcut, wildwinter/screenplay-tools, Yasirdora/draftfirst); the words are ours.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

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
    Transition,
)
from cupola.script.emphasis import plain
from cupola.script.fdx import parse_fdx
from cupola.script.fdx.headings import eighths_of, is_card
from cupola.script.fdx.tables import paper_of


def fdx(content: str, beside: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<FinalDraft DocumentType="Script" Version="5">\n'
    return f"{head}<Content>\n{content}\n</Content>\n{beside}</FinalDraft>\n".encode()


def read(content: str, beside: str = "") -> Screenplay:
    return parse_fdx(fdx(content, beside), file="film.fdx")


def bare(screenplay: Screenplay) -> list[Paragraph]:
    return [replace(one, line=0, end_line=0, column=1) for one in screenplay.paragraphs]


def one(content: str, beside: str = "") -> Paragraph:
    (paragraph,) = bare(read(content, beside))
    return paragraph


def paragraph(kind: str, text: str, attributes: str = "") -> str:
    return f'<Paragraph {attributes} Type="{kind}"><Text>{text}</Text></Paragraph>'


NOWHERE: dict[str, Any] = {"line": 0, "end_line": 0}


def test_runs_are_one_text_and_styles_are_marks() -> None:
    content = (
        '<Paragraph Type="Action"><Text>He </Text><Text Style="Italic">nev</Text>'
        '<Text AdornmentStyle="-1" Style="Italic">er </Text>'
        '<Text Style="Bold+Underline">swims</Text><Text>.</Text></Paragraph>'
    )
    assert one(content) == Action(text="He *never* _**swims**_.", **NOWHERE)


def test_literal_stars_and_lines_survive() -> None:
    for text in ("snake_case_name", "*stars*", "3 * 4 * 5", r"C:\*", "**", r"\\"):
        found = one(f'<Paragraph Type="Action"><Text>{text}</Text><Text Style="Bold"> x</Text></Paragraph>')
        assert isinstance(found, Action)
        assert plain(found.text) == f"{text} x"


def test_capitals_are_read_as_final_draft_shows_them() -> None:
    settings = '<ElementSettings Type="Character"><FontSpec Style="AllCaps"/></ElementSettings>'
    assert one(paragraph("Character", "Anna"), settings) == Cue(name="ANNA", **NOWHERE)
    assert one(paragraph("Character", "Anna")) == Cue(name="Anna", forced=True, **NOWHERE)
    assert one('<Paragraph Type="Action"><Text>A </Text><Text Style="AllCaps">horn</Text></Paragraph>') == Action(
        text="A HORN", **NOWHERE
    )


@pytest.mark.parametrize("number", ["12A", "a1", "I-1-A", "110.5", "12 ПРИЛ"])
def test_scene_numbers_are_text(number: str) -> None:
    heading = one(paragraph("Scene Heading", "INT. HALL - DAY", f'Number="{number}"'))
    assert isinstance(heading, Heading)
    assert heading.number == number


@pytest.mark.parametrize(
    ("length", "eighths"),
    [
        ("1 3/8", 11),
        ("1", 8),
        ("3/8", 3),
        ("2 4/8", 20),
        ("12/8", 12),
        ("1/2", 4),
        ("1 0/8", 8),
        ("0", None),
        ("", None),
        ("0/8", None),
        ("3/7", None),
        ("1,5", None),
        ("-1", None),
        ("1 1 1/8", None),
        ("²/8", None),
        ("9" * 400, None),
    ],
)
def test_length_is_eighths(length: str, eighths: int | None) -> None:
    assert eighths_of(length) == eighths


def test_scene_properties() -> None:
    content = """<Paragraph Number="9" Type="Scene Heading">
      <SceneProperties Length="1 3/8" Page="9A" Title="The key">
        <Summary><Paragraph Alignment="Left"><Text Font="Arial">Anna finds </Text><Text>the key.</Text></Paragraph></Summary>
        <SceneArcBeats>
          <CharacterArcBeat Name="ANNA"><Paragraph Alignment="Left"/></CharacterArcBeat>
          <CharacterArcBeat Name="THE CAT"/>
        </SceneArcBeats>
      </SceneProperties>
      <Text>INT. HALL - DAY</Text>
    </Paragraph>"""
    assert bare(read(content)) == [
        Heading(text="INT. HALL - DAY", number="9", eighths=11, page="9A", present=("ANNA", "THE CAT"), **NOWHERE),
        Synopsis(text="The key", **NOWHERE),
        Synopsis(text="Anna finds the key.", **NOWHERE),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("Action", "  He runs.", Action(text="  He runs.", **NOWHERE)),
        ("Character", "ANNA (V.O.) (CONT'D)", Cue(name="ANNA", extensions=("V.O.", "CONT'D"), **NOWHERE)),
        ("Parenthetical", "(softly)", Parenthetical(text="(softly)", **NOWHERE)),
        ("Parenthetical", "softly", Parenthetical(text="(softly)", **NOWHERE)),
        ("Dialogue", "Yes.\n\nNo.", Dialogue(text="Yes.\n\nNo.", **NOWHERE)),
        ("Transition", "CUT TO:", Transition(text="CUT TO:", **NOWHERE)),
        ("Transition", "Fade out.", Transition(text="Fade out.", forced=True, **NOWHERE)),
        ("Lyrics", "La la", Lyric(text="La la", **NOWHERE)),
        ("Singing", "La la", Lyric(text="La la", **NOWHERE)),
        ("Shot", "CLOSE ON THE KEY", Action(text="CLOSE ON THE KEY", kind="Shot", **NOWHERE)),
        ("General", "Some words", Action(text="Some words", kind="General", **NOWHERE)),
        ("Cast List", "(Anna, Boris)", Action(text="(Anna, Boris)", kind="Cast List", **NOWHERE)),
        ("New Act", "ACT ONE", Centred(text="ACT ONE", kind="New Act", **NOWHERE)),
        ("End of Act", "END OF ACT ONE", Centred(text="END OF ACT ONE", kind="End of Act", **NOWHERE)),
        ("Outline 2", "The heist", Section(text="The heist", level=2, **NOWHERE)),
        ("Outline Body", "They steal it", Synopsis(text="They steal it", **NOWHERE)),
        ("Note", "Ask the producer", NoteText(text="Ask the producer", **NOWHERE)),
        ("Act&amp;Scene Break", "* * *", Action(text="* * *", kind="Act&Scene Break", **NOWHERE)),
        ("Scene Heading", "INSIDE THE WHALE", Heading(text="INSIDE THE WHALE", forced=True, **NOWHERE)),
        ("Scene Heading", "", Action(text="", **NOWHERE)),
        ("Character", "", Action(text="", **NOWHERE)),
    ],
)
def test_types_of_paragraph(kind: str, text: str, expected: Paragraph) -> None:
    assert one(paragraph(kind, text)) == expected


def test_centred_paragraphs_keep_their_type() -> None:
    assert one(paragraph("General", "THE END", 'Alignment="Center"')) == Centred(text="THE END", kind="General", **NOWHERE)


def test_the_look_of_a_whole_heading_is_no_emphasis() -> None:
    content = '<Paragraph Type="Scene Heading"><Text Style="Bold">INT. </Text><Text Style="Bold+Italic">ARK</Text></Paragraph>'
    assert one(content) == Heading(text="INT. *ARK*", **NOWHERE)


def test_dual_dialogue() -> None:
    inner = "".join(
        paragraph(kind, text)
        for kind, text in (
            ("Character", "ANNA"),
            ("Dialogue", "Yes."),
            ("Character", "BORIS"),
            ("Parenthetical", "(at once)"),
            ("Dialogue", "No."),
        )
    )
    assert bare(read(f"<Paragraph><DualDialogue>{inner}</DualDialogue><Text></Text></Paragraph>")) == [
        Cue(name="ANNA", **NOWHERE),
        Dialogue(text="Yes.", **NOWHERE),
        Cue(name="BORIS", dual=True, **NOWHERE),
        Parenthetical(text="(at once)", **NOWHERE),
        Dialogue(text="No.", **NOWHERE),
    ]


def test_page_breaks() -> None:
    settings = '<ElementSettings Type="New Act"><ParagraphSpec StartsNewPage="Yes"/></ElementSettings>'
    content = paragraph("New Act", "ONE") + paragraph("Action", "x") + paragraph("New Act", "TWO")
    content += paragraph("New Act", "THREE", 'StartsNewPage="No"') + paragraph("Action", "y", 'StartsNewPage="Yes"')
    kinds = [type(each).__name__ for each in read(content, settings).paragraphs]
    assert kinds == ["Centred", "Action", "PageBreak", "Centred", "Centred", "PageBreak", "Action"]
    assert PageBreak.__name__ == "PageBreak"


def test_notes_inside_a_heading_and_beside_the_script() -> None:
    heading = (
        '<Paragraph Type="Scene Heading"><ScriptNote Color="#0"><Paragraph><Text>Too long?</Text></Paragraph></ScriptNote>'
        "<Text>INT. HALL - DAY</Text></Paragraph>"
    )
    # Final Draft 13 counts characters and one for the end of each paragraph: the heading is 0-15, the action 16-24.
    beside = (
        '<ScriptNotes><ScriptNote Range="16,18" WriterName="Writer A"><Paragraph><Text>Faster.</Text></Paragraph><Paragraph/>'
        "<Paragraph><Text>Please.</Text></Paragraph></ScriptNote></ScriptNotes>"
        "<UnanchoredScriptNotes><ScriptNote><Paragraph><Text>All of it.</Text></Paragraph></ScriptNote></UnanchoredScriptNotes>"
    )
    assert bare(read(heading + paragraph("Action", "He runs.") + paragraph("Action", "He falls."), beside)) == [
        NoteText(text="All of it.", **NOWHERE),
        Heading(text="INT. HALL - DAY", **NOWHERE),
        NoteText(text="Too long?", **NOWHERE),
        Action(text="He runs.", **NOWHERE),
        NoteText(text="Faster.\nPlease.", **NOWHERE),
        Action(text="He falls.", **NOWHERE),
    ]


TAG_DATA = """<TagData>
  <TagCategories>
    <TagCategory Color="#940011000000" Id="05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa" Name="Requisiten" Number="5" Style="Bold"/>
    <TagCategory Id="9f000000-0000-0000-0000-000000000001" Name="Drones" Number="40"/>
    <TagCategory Id="9f000000-0000-0000-0000-000000000002" Name="Set Dressing" Number="41"/>
  </TagCategories>
  <TagDefinitions>
    <TagDefinition CatId="05c556eb-6bc1-4a3a-b09f-f8b5ba1b6afa" Id="d1" Label="brass key" Number="1"/>
    <TagDefinition CatId="9f000000-0000-0000-0000-000000000001" Id="d2" Label="Camera drone" Number="2"/>
    <TagDefinition CatId="9f000000-0000-0000-0000-000000000002" Id="d3" Label="old clock" Number="3"/>
    <TagDefinition CatId="0377dbe6-77a3-41af-bda8-86eb2468fdbf" Id="d4" Label="fall" Number="4"/>
  </TagDefinitions>
  <Tags>
    <Tag Number="1"><DefId>d1</DefId></Tag>
    <Tag Number="7"><DefId>d2</DefId><DefId>d3</DefId></Tag>
    <Tag Number="8"><DefId>d4</DefId><DefId>gone</DefId></Tag>
  </Tags>
</TagData>
"""


def test_tags_have_the_category_of_their_identifier() -> None:
    content = (
        paragraph("Scene Heading", "INT. HALL - DAY")
        + '\n<Paragraph Type="Action"><Text>A </Text><Text TagNumber="1">brass</Text>\n'
        '<Text Style="Bold" TagNumber="1"> key</Text>'
        '<Text TagNumber="7">it</Text></Paragraph>'
        + paragraph("Scene Heading", "EXT. YARD - DAY")
        + '<Paragraph Type="Action"><Text TagNumber="8">Falls</Text><Text TagNumber="99">x</Text></Paragraph>'
    )
    screenplay = read(content, TAG_DATA)
    assert [(tag.scene, tag.category, tag.name) for tag in screenplay.tags] == [
        (1, "prop", "brass key"),
        (1, "Drones", "Camera drone"),
        (1, "set dressing", "old clock"),
        (2, "stunt", "fall"),
    ]
    assert [tag.line for tag in screenplay.tags] == [5, 6, 6, 6]


def test_revisions_have_marks_and_colours() -> None:
    sets = (
        '<Revisions ActiveSet="1"><Revision ID="1" Mark="*" Name="Blue Rev. (3/14/26)" PageColor="#C6C6EDEDFEFE"/>'
        '<Revision ID="2" Mark="*" Name="Second Revision" PageColor="#FDFDCCCCD4D4"/></Revisions>'
    )
    screenplay = read('<Paragraph Type="Action"><Text>a</Text><Text RevisionID="2">b</Text></Paragraph>', sets)
    assert screenplay.paragraphs[0].revision == 2
    assert screenplay.revisions == (
        RevisionSet(number=1, name="Blue Rev. (3/14/26)", colour="Blue"),
        RevisionSet(number=2, name="Second Revision", colour="Pink"),
    )


@pytest.mark.parametrize(
    ("name", "tint", "colour"),
    [
        ("Goldenrod", "", "Goldenrod"),
        ("2nd White Rev. (mm/dd/yy)", "#FFFFFFFFFFFF", "Double White"),
        ("Double Pink", "", "Double Pink"),
        ("Rev 3", "#FFFFC0C0CBCB", "Pink"),
        ("First Revision", "#FFFFFFFFFFFF", "White"),
        ("Rev 4", "#000000000000", ""),
        ("Rev 4", "blue", ""),
    ],
)
def test_colours_of_revised_pages(name: str, tint: str, colour: str) -> None:
    assert paper_of(name, tint) == colour


def test_locked_pages_and_cast_list() -> None:
    beside = (
        "<SmartType><Characters><Character>ANNA</Character><Character> boris  b </Character></Characters></SmartType>"
        '<Cast><Narrator Actor="Man 1"/><Member Actor="Man 1" Character="ANNA"/><Member Actor="Man 1" Character="CAT"/></Cast>'
    )
    locked = '<LockedPages><LockedPage Deleted="0" LevelIndex="0" LockLevel="0" PageNumber="1" Position="0"/></LockedPages>'
    assert read("", beside).cast_list == ("ANNA", "boris b", "CAT")
    assert not read("", "<LockedPages/>").pages_locked
    assert read("", locked).pages_locked


def test_omitted_scenes_keep_their_number() -> None:
    cut = """<Paragraph Number="21" Type="Scene Heading">
      <Text>Omitted</Text>
      <OmittedScene>
        <Paragraph Type="Scene Heading"><SceneProperties Length="2/8" Page="14"/><Text>EXT. YARD - DUSK</Text></Paragraph>
        <Paragraph Type="Action"><Text>Anna waits.</Text></Paragraph>
        <Paragraph Type="Character"><Text>ANNA</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Where is he?</Text></Paragraph>
      </OmittedScene>
    </Paragraph>"""
    assert bare(read(cut + paragraph("Scene Heading", "OMITTED", 'Number="22"') + paragraph("Action", "x"))) == [
        Heading(text="EXT. YARD - DUSK", number="21", eighths=2, page="14", omitted=True, **NOWHERE),
        Boneyard(text="Anna waits.\n\nANNA\nWhere is he?", **NOWHERE),
        Heading(text="OMITTED", number="22", omitted=True, forced=True, **NOWHERE),
        Action(text="x", **NOWHERE),
    ]


@pytest.mark.parametrize("text", ["OMITTED", "Omitted.", "SCENES 12-14 OMITTED", "OMITTED 12 - 14", "SCENE OMITTED", "ОПУЩЕНО"])
def test_cards_of_scenes_that_were_cut(text: str) -> None:
    assert is_card(text)


@pytest.mark.parametrize("text", ["INT. OMITTED FILES - DAY", "EXT. YARD", "", "THE OMITTED"])
def test_headings_that_are_no_cards(text: str) -> None:
    assert not is_card(text)


def test_title_page_has_keys() -> None:
    lines = [
        ("Left", ""),
        ("Center", "SALYUT"),
        ("Center", ""),
        ("Center", "Written by"),
        ("Center", ""),
        ("Center", "Anna Berg"),
        ("Center", "Boris Ivanov"),
        ("Center", ""),
        ("Center", "Based on the novel by C. D."),
        ("Left", "First Draft"),
        ("Right", "14 March 2026"),
        ("Left", "Copyright (c) 2026"),
        ("Left", "anna@example.org"),
    ]
    page = "".join(f'<Paragraph Alignment="{where}"><Text>{text}</Text></Paragraph>' for where, text in lines)
    found = read("", f"<TitlePage><Content>{page}</Content></TitlePage>").title_page
    assert [(entry.key, entry.lines) for entry in found] == [
        ("Title", ("SALYUT",)),
        ("Credit", ("Written by",)),
        ("Authors", ("Anna Berg", "Boris Ivanov")),
        ("Source", ("Based on the novel by C. D.",)),
        ("Draft date", ("First Draft", "14 March 2026")),
        ("Copyright", ("Copyright (c) 2026",)),
        ("Contact", ("anna@example.org",)),
    ]


def test_unicode() -> None:
    content = paragraph("Scene Heading", "ИНТ. МКС - КУПОЛ - ДЕНЬ") + paragraph("Character", "ЛЁША (З.К.)")
    heading, cue = bare(read(content + paragraph("Dialogue", "Летим 🚀"), ""))[:2]
    assert heading == Heading(text="ИНТ. МКС - КУПОЛ - ДЕНЬ", **NOWHERE)
    assert cue == Cue(name="ЛЁША", extensions=("З.К.",), **NOWHERE)
    utf16 = fdx(content).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert parse_fdx(utf16).headings[0].text == "ИНТ. МКС - КУПОЛ - ДЕНЬ"


def test_lines_and_columns_are_those_of_the_file() -> None:
    screenplay = read(f"{paragraph('Action', 'x')}\n   <Paragraph Type='Action'>\n<Text>y</Text>\n</Paragraph>")
    assert [(each.line, each.end_line, each.column) for each in screenplay.paragraphs] == [(4, 4, 1), (5, 7, 4)]


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "' + b"b" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (BOMB + b"<FinalDraft><Content>&c;</Content></FinalDraft>", "no document type"),
        (OUTSIDE + b"<FinalDraft><Content>&x;</Content></FinalDraft>", "no document type"),
        (b"<FinalDraft><Content>" + b"<Paragraph>" * 70, "at most 64 deep"),
        (b" " * (64 * 2**20 + 1), "at most 64 MB"),
        (b"<html><Content/></html>", "<FinalDraft> with a <Content>"),
        (b"<FinalDraft/>", "<FinalDraft> with a <Content>"),
        (b"", "not sound XML"),
        (b"\x00\x01PK", "not sound XML"),
    ],
)
def test_what_harms_or_is_no_script_is_refused(data: bytes, rule: str) -> None:
    with pytest.raises(ScriptError, match=rule) as refused:
        parse_fdx(data, file="film.fdx")
    assert str(refused.value).startswith("film.fdx")
    assert refused.value.remedy
