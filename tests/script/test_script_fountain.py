"""Every rule of Fountain 1.1 (https://fountain.io/syntax, the authority for all that is expected here) as text → paragraphs."""

import re
from pathlib import Path

import pytest

from cupola.errors import ScriptError
from cupola.script import parse_fountain
from cupola.script.elements import Cue, Heading, PageBreak, Paragraph, Section
from cupola.script.fountain import LONGEST_TEXT


def shown(paragraph: Paragraph) -> str:
    """A paragraph in one line: its kind, its text, and what else it carries."""
    kind = type(paragraph).__name__
    if isinstance(paragraph, PageBreak):
        return kind
    if isinstance(paragraph, Cue):
        return f"Cue {paragraph.name}{''.join(f'|{one}' for one in paragraph.extensions)}{' ^' * paragraph.dual}"
    text = f"{kind} {getattr(paragraph, 'text', '')}"
    if isinstance(paragraph, Heading) and paragraph.number:
        return f"{text} #{paragraph.number}"
    return f"{text} {paragraph.level}" if isinstance(paragraph, Section) else text


def read(text: str) -> list[str]:
    return [shown(paragraph) for paragraph in parse_fountain(text).paragraphs]


H, A, D = "Heading INT. HOUSE - DAY", "Action It rains.", "Dialogue Go."
RULES: dict[str, tuple[str, list[str]]] = {
    "file: byte-order mark is dropped": ("\ufeffINT. HOUSE - DAY\n\nIt rains.", [H, A]),
    "file: CRLF": ("INT. HOUSE - DAY\r\n\r\nIt rains.\r\n", [H, A]),
    "file: CR": ("INT. HOUSE - DAY\r\rIt rains.\r", [H, A]),
    "file: a tab is four spaces": ("\tIt rains.", ["Action     It rains."]),
    "file: byte-order marks within are dropped": ("It\ufeff rains.", [A]),
    "file: tabs before a heading": ("\tINT. HOUSE - DAY\n\n\tIt\trains.", [H, "Action     It    rains."]),
    "file: empty": ("", []),
    "file: spaces and empty lines alone": ("  \n\n   \n", []),
    "action: the default": ("It rains.", [A]),
    "action: line breaks are kept": ("It rains.\nIt pours.", ["Action It rains.\nIt pours."]),
    "action: initial spaces are kept": ("   It rains.\n It pours.", ["Action    It rains.\n It pours."]),
    "action: ends at a section, synopsis, lyric or centred line": (
        "It rains.\n# Act\n\nIt rains.\n= S\n\nIt rains.\n~la\n\nIt rains.\n> x <",
        [A, "Section Act 1", A, "Synopsis S", A, "Lyric la", A, "Centred x"],
    ),
    "action: an empty line with !": ("It rains.\n!\nIt pours.", ["Action It rains.\n\nIt pours."]),
    "action: forced": ("!BANG\nBANG", ["Action BANG\nBANG"]),
    "action: forced on every line": ("!BANG\n!BANG", ["Action BANG\nBANG"]),
    "action: forced heading-like": ("!INT. HOUSE - DAY", ["Action INT. HOUSE - DAY"]),
    "action: emphasis is kept": ("He *runs* **fast** _now_ \\*.", ["Action He *runs* **fast** _now_ \\*."]),
    "heading: INT.": ("INT. HOUSE - DAY", [H]),
    "heading: EXT.": ("EXT. HOUSE - DAY", ["Heading EXT. HOUSE - DAY"]),
    "heading: EST.": ("EST. HOUSE - DAY", ["Heading EST. HOUSE - DAY"]),
    "heading: INT./EXT.": ("INT./EXT. CAR - DAY", ["Heading INT./EXT. CAR - DAY"]),
    "heading: INT/EXT": ("INT/EXT CAR - DAY", ["Heading INT/EXT CAR - DAY"]),
    "heading: EXT/INT, as writers have it": ("EXT./INT. CAR - DAY", ["Heading EXT./INT. CAR - DAY"]),
    "heading: I/E": ("I/E. CAR - DAY\n\ni/e car", ["Heading I/E. CAR - DAY", "Heading i/e car"]),
    "heading: a space for the dot": ("INT HOUSE", ["Heading INT HOUSE"]),
    "heading: any case": ("int. house - day", ["Heading int. house - day"]),
    "heading: indented": ("   INT. HOUSE - DAY", [H]),
    "heading: a word that only begins so": (
        "INTERIOR OF A WHALE\n\nExternally calm.",
        ["Action INTERIOR OF A WHALE", "Action Externally calm."],
    ),
    "heading: needs a blank line above": ("It rains.\nINT. HOUSE - DAY", ["Action It rains.\nINT. HOUSE - DAY"]),
    "heading: needs a blank line below": ("INT. HOUSE - DAY\nIt rains.", ["Action INT. HOUSE - DAY\nIt rains."]),
    "heading: a synopsis may stand below": ("INT. HOUSE - DAY\n= Rain.\n\nIt rains.", [H, "Synopsis Rain.", A]),
    "heading: a note may stand below": ("INT. HOUSE - DAY\n[[rain]]\n\nIt rains.", [H, "NoteText rain", A]),
    "heading: forced": (".SNIPER SCOPE", ["Heading SNIPER SCOPE"]),
    "heading: forced, Cyrillic": (".МКС", ["Heading МКС"]),
    "heading: forced, in bold": (".**HOUSE**", ["Heading **HOUSE**"]),
    "heading: other languages": (
        "INNEN KÜCHE - TAG\n\nINTÉRIEUR CUISINE - JOUR\n\nINTERIOR. COCINA - DÍA\n\nINTERNO CUCINA - GIORNO",
        [
            "Heading INNEN KÜCHE - TAG",
            "Heading INTÉRIEUR CUISINE - JOUR",
            "Heading INTERIOR. COCINA - DÍA",
            "Heading INTERNO CUCINA - GIORNO",
        ],
    ),
    "heading: forced needs a letter or digit": ("... and then\n\n. and then", ["Action ... and then", "Action . and then"]),
    "heading: Russian": (
        "ИНТ. ДОМ - ДЕНЬ\n\nНАТ. СТЕПЬ - РЕЖИМ\n\nЭКСТ. ДОМ\n\nинт/нат. поезд\n\nИНТ./НАТ. ПОЕЗД",
        [
            "Heading ИНТ. ДОМ - ДЕНЬ",
            "Heading НАТ. СТЕПЬ - РЕЖИМ",
            "Heading ЭКСТ. ДОМ",
            "Heading инт/нат. поезд",
            "Heading ИНТ./НАТ. ПОЕЗД",
        ],
    ),
    **{
        f"number: #{number}#": (f"INT. HOUSE - DAY #{number}#", [f"{H} #{number}"])
        for number in ("1", "1A", "1a", "A1", "I-1-A", "110A", "1.", "12А")
    },
    "number: on a forced heading": (".HOUSE #7#", ["Heading HOUSE #7"]),
    "number: a note behind it": ("INT. HOUSE - DAY #5# [[todo]]", [f"{H} #5", "NoteText todo"]),
    "number: omitted": ("INT. HOUSE - DAY # #", [H]),
    "number: other signs are text": ("INT. HOUSE #1/2#", ["Heading INT. HOUSE #1/2#"]),
    "cue: capitals with a line below": ("ANNA\nGo.", ["Cue ANNA", D]),
    "cue: Cyrillic and accents": ("ЖЕНЯ\nGo.\n\nÉLODIE\nGo.", ["Cue ЖЕНЯ", D, "Cue ÉLODIE", D]),
    "cue: digits, but a letter at least": ("R2D2\nGo.\n\n23\nGo.", ["Cue R2D2", D, "Action 23\nGo."]),
    "cue: apostrophe, dot, hyphen, &, #": (
        "WILL'S DATE\nGo.\n\nMR. O-HARA & SON #2\nGo.",
        ["Cue WILL'S DATE", D, "Cue MR. O-HARA & SON #2", D],
    ),
    "cue: extension of any case": ("ANNA (on the radio)\nGo.", ["Cue ANNA|on the radio", D]),
    "cue: two extensions": ("ANNA (V.O.) (CONT'D)\nGo.", ["Cue ANNA|V.O.|CONT'D", D]),
    "cue: words behind the parentheses are none": ("ANNA (40) runs\nfast.", ["Action ANNA (40) runs\nfast."]),
    "cue: indented": ("      ANNA\n   Go.", ["Cue ANNA", D]),
    "cue: forced": ("@McAVOY\nGo.", ["Cue McAVOY", D]),
    "cue: forced, a sign first": ("@#2\nGo.", ["Cue #2", D]),
    "cue: forced with nothing below it is action": ("@anna\n\nGo.", ["Action @anna", "Action Go."]),
    "cue: two spaces below it say nothing": ("ANNA\n  \n\nIt rains.", ["Cue ANNA", A]),
    "cue: nothing below it is action": ("ANNA\n\nGo.", ["Action ANNA", "Action Go."]),
    "cue: needs a blank line above": ("It rains.\nANNA\nGo.", ["Action It rains.\nANNA\nGo."]),
    "dialogue: line breaks are kept": ("ANNA\nGo.\nNow.", ["Cue ANNA", "Dialogue Go.\nNow."]),
    "dialogue: a line of two spaces goes on": ("ANNA\nGo.\n  \nNow.", ["Cue ANNA", "Dialogue Go.\n\nNow."]),
    "dialogue: a blank line ends it": ("ANNA\nGo.\n\nNow.", ["Cue ANNA", D, "Action Now."]),
    "dialogue: a cue right below is spoken": ("ANNA\nGo.\nBORIS\nNo.", ["Cue ANNA", "Dialogue Go.\nBORIS\nNo."]),
    "dialogue: a backslash before ( or ~": ("ANNA\n\\(Hm.) Go.\n\\~5", ["Cue ANNA", "Dialogue (Hm.) Go.\n~5"]),
    "dialogue: emphasis is kept": ("ANNA\n*Go*, _now_.", ["Cue ANNA", "Dialogue *Go*, _now_."]),
    "parenthetical: below the cue": ("ANNA\n(softly)\nGo.", ["Cue ANNA", "Parenthetical (softly)", D]),
    "parenthetical: between lines": ("ANNA\nGo.\n(louder)\nNow.", ["Cue ANNA", D, "Parenthetical (louder)", "Dialogue Now."]),
    "parenthetical: over lines": ("ANNA\n(softly,\nto him)\nGo.", ["Cue ANNA", "Parenthetical (softly,\nto him)", D]),
    "parenthetical: never closed is one line": ("ANNA\n(softly\nGo.", ["Cue ANNA", "Parenthetical (softly", D]),
    "dual: a caret": ("ANNA\nGo.\n\nBORIS ^\nNo.", ["Cue ANNA", D, "Cue BORIS ^", "Dialogue No."]),
    "dual: behind an extension": ("ANNA\nGo.\n\nBORIS (O.S.)^\nNo.", ["Cue ANNA", D, "Cue BORIS|O.S. ^", "Dialogue No."]),
    "dual: with nobody before": ("It rains.\n\nBORIS ^\nNo.", [A, "Cue BORIS", "Dialogue No."]),
    "lyric: in a speech": ("ANNA\n~La la\n~la.", ["Cue ANNA", "Lyric La la\nla."]),
    "lyric: alone": ("~La la", ["Lyric La la"]),
    "transition: ends in TO:": ("It rains.\n\nCUT TO:\n\nIt rains.", [A, "Transition CUT TO:", A]),
    "transition: capitals only": ("He goes to:\n\nCut TO:", ["Action He goes to:", "Action Cut TO:"]),
    "transition: forced by > though in capitals": ("> CUT TO:", ["Transition CUT TO:"]),
    "transition: needs a blank line below": ("CUT TO:\nIt rains.", ["Cue CUT TO:", "Dialogue It rains."]),
    "transition: Cyrillic needs >": ("> ЗТМ.", ["Transition ЗТМ."]),
    "transition: forced": ("> Fade to black.", ["Transition Fade to black."]),
    "centred": ("> THE END <", ["Centred THE END"]),
    "centred: lines of one paragraph": (">THE<\n> END <", ["Centred THE\nEND"]),
    "note: alone": ("[[A note.]]", ["NoteText A note."]),
    "note: within a line": ("It [[hardly]] rains.", ["Action It rains.", "NoteText hardly"]),
    "note: over lines": ("It rains.[[One\ntwo]]", [A, "NoteText One\ntwo"]),
    "note: an empty line inside needs two spaces": ("[[One\n  \ntwo]]\n\nIt rains.", ["NoteText One\n  \ntwo", A]),
    "note: an empty line breaks it": ("[[One\n\nIt rains.]]", ["Action [[One", "Action It rains.]]"]),
    "note: between cue and speech": ("ANNA\n[[angry]]\nGo.", ["Cue ANNA", D, "NoteText angry"]),
    "note: over a heading's number": ("INT. HOUSE - DAY [[a]] #5#", [f"{H} #5", "NoteText a"]),
    "note: behind a backslash is text": ("\\[[It rains.]]", ["Action [[It rains.]]"]),
    "note: never closed is text": ("[[It rains.", ["Action [[It rains."]),
    "boneyard: a scene": ("It rains.\n\n/*\nINT. HUT\n\nOld.\n*/\n\nIt rains.", [A, "Boneyard \nINT. HUT\n\nOld.\n", A]),
    "boneyard: within a line": ("It /* really */ rains.", ["Action It rains.", "Boneyard  really "]),
    "boneyard: in a heading": ("INT. /* BIG */HOUSE - DAY", [H, "Boneyard  BIG "]),
    "boneyard: holds notes": ("/* [[cut]] */", ["Boneyard  [[cut]] "]),
    "boneyard: on a line of its own is a blank line": ("It rains.\n/*x*/\nIt pours.", [A, "Boneyard x", "Action It pours."]),
    "boneyard: over lines, in a sentence": ("It /*\n*/ rains.", [A, "Boneyard \n"]),
    "boneyard: behind a backslash is text": ("\\/* It rains. */", ["Action /* It rains. */"]),
    "boneyard: never closed is text": ("/* It rains.", ["Action /* It rains."]),
    "section: levels": ("# Act\n\n## Sequence\n\n###### Six", ["Section Act 1", "Section Sequence 2", "Section Six 6"]),
    "section: seven is none": ("####### Seven", ["Action ####### Seven"]),
    "synopsis": ("= She wins.", ["Synopsis She wins."]),
    "synopsis: no space": ("# Act\n=She wins.", ["Section Act 1", "Synopsis She wins."]),
    "page break: three or more": ("It rains.\n\n===\n\nIt rains.\n\n=====", [A, "PageBreak", A, "PageBreak"]),
    "page break: two are a synopsis": ("==", ["Synopsis ="]),
}


@pytest.mark.parametrize("rule", RULES)
def test_rule(rule: str) -> None:
    text, expected = RULES[rule]
    assert read(text) == expected


TITLES: dict[str, tuple[str, list[tuple[str, tuple[str, ...]]], list[str]]] = {
    "title page: a value on the line": (
        "Title: Rain\nAuthor: A. B.\n\nIt rains.",
        [("Title", ("Rain",)), ("Author", ("A. B.",))],
        [A],
    ),
    "title page: values below, indented": (
        "Title:\n    Rain\n\tand Wind\nSource: A: B",
        [("Title", ("Rain", "and Wind")), ("Source", ("A: B",))],
        [],
    ),
    "title page: unknown keys are kept": ("Mood: wet\n\nIt rains.", [("Mood", ("wet",))], [A]),
    "title page: Draft date": ("Draft date: 1/20/2021\n", [("Draft date", ("1/20/2021",))], []),
    "title page: only at the top": ("It rains.\n\nTitle: Rain", [], [A, "Action Title: Rain"]),
    "title page: FADE IN: is none": ("FADE IN:\n\nIt rains.", [], ["Action FADE IN:", A]),
    "title page: a heading with a colon is none": ("INT. HOUSE - 12:30\n\nIt rains.", [], ["Heading INT. HOUSE - 12:30", A]),
    "title page: a heading ends it": ("Title: Rain\nINT. HOUSE - DAY\n\nIt rains.", [("Title", ("Rain",))], [H, A]),
}


@pytest.mark.parametrize("rule", TITLES)
def test_title_page(rule: str) -> None:
    text, entries, paragraphs = TITLES[rule]
    screenplay = parse_fountain(text)
    assert [(entry.key, entry.lines) for entry in screenplay.title_page] == entries
    assert [shown(paragraph) for paragraph in screenplay.paragraphs] == paragraphs


def test_lines_of_the_source_are_kept_past_title_boneyard_and_notes() -> None:
    text = "Title: Rain\n\n/* one\n\ntwo */\n\nINT. HOUSE - DAY [[a\nb]]\n\nANNA\nGo.\nNow.\n"
    found = {type(one).__name__: (one.line, one.end_line) for one in parse_fountain(text).paragraphs}
    assert found == {"Boneyard": (3, 5), "Heading": (7, 7), "NoteText": (7, 8), "Cue": (10, 10), "Dialogue": (11, 12)}


COLUMNS: dict[str, tuple[str, list[tuple[int, int]]]] = {
    "at the margin": ("It rains.", [(1, 1)]),
    "indented": ("    INT. HOUSE - DAY\n\n   It rains.", [(1, 5), (3, 4)]),
    "a tab is one character": ("\t\tIt rains.\n\n\t ANNA\n\t(softly)\n\tGo.", [(1, 3), (3, 3), (4, 2), (5, 2)]),
    "a forcing mark is part of it": ("  .HOUSE\n\n @anna\n ~la", [(1, 3), (3, 2), (4, 2)]),
    "behind a note": ("[[a]] It rains.", [(1, 7), (1, 1)]),
    "behind two asides": ("/*a*/[[b]]  It rains.", [(1, 13), (1, 1), (1, 6)]),
    "behind a boneyard over lines": ("It pours.\n\n/*\n\n*/ It rains.", [(1, 1), (5, 4), (3, 1)]),
    "before a note": ("  It rains. [[a]]", [(1, 3), (1, 13)]),
    "behind a note, with tabs": ("\t[[a]]\tIt rains.", [(1, 8), (1, 2)]),
    "a note over lines": ("It rains.\n  [[a\n\tb]] It pours.", [(1, 1), (2, 3)]),
    "sections, synopses, breaks": (" # A\n  = b\n   ===\n> c <", [(1, 2), (2, 3), (3, 4), (4, 1)]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_column(name: str) -> None:
    text, places = COLUMNS[name]
    assert [(one.line, one.column) for one in parse_fountain(text).paragraphs] == places


def test_blank_lines_above_are_counted() -> None:
    text = "\nIt rains.\n\n\nANNA\nGo.\n[[a]] [[b]]\n\n/*c\n*/\nINT. HOUSE - DAY\n= D\n"
    above = [(type(one).__name__, one.above) for one in parse_fountain(text).paragraphs]
    assert above == [
        ("Action", 0),
        ("Cue", 2),
        ("Dialogue", 0),
        ("NoteText", 0),
        ("NoteText", -1),
        ("Boneyard", 1),
        ("Heading", 0),
        ("Synopsis", 0),
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_how_lines_end_is_kept(line_break: str) -> None:
    assert parse_fountain(f"It rains.{line_break}").line_break == line_break


def test_a_text_beyond_the_limit_is_refused_with_file_and_remedy() -> None:
    with pytest.raises(ScriptError, match=r"long\.fountain: .* 64 MB \(found '67108865 characters'\)\n  Split"):
        parse_fountain("x" * (LONGEST_TEXT + 1), file="long.fountain")


def test_the_reference_names_tests_that_are_here_and_all_cases_of_the_rules() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/fountain.md").read_text(encoding="utf-8")
    rows = page.partition("\n## ")[0].splitlines()
    named = {name for row in rows if row.startswith("|") for name in re.findall("`([^`]+)`", row.split(" | ")[-1])}
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    named |= set(re.findall(r"`(test_\w+)`", page))
    functions = {name for name in named if name.startswith("test_")}
    assert all(f"def {name}(" in tests for name in functions)
    assert named - functions <= {*RULES, *TITLES}
    assert {name.partition(":")[0] for name in named - functions} == {name.partition(":")[0] for name in (*RULES, *TITLES)}
