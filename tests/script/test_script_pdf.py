"""A screenplay printed to PDF comes back as the screenplay it was; what is no such PDF is refused in one clear message.

The PDFs are set by typst, line by line where a page of a screenplay has them (The Hollywood Standard: 1.5 in to action, 2.5 in
to the dialogue, 3.7 in to the cue, six lines an inch), so that none of our own layout is in the loop.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import ScriptError
from cupola.script.breakdown import break_down
from cupola.script.elements import Action, Centred, Cue, Dialogue, Heading, Paragraph, Parenthetical, Transition
from cupola.script.pdf import parse_pdf

TEMPLATE = """
#set page(width: 8.5in, height: 11in, margin: 0in)
#set text(font: "DejaVu Sans Mono", size: 12pt * 0.997)
#let pages = json(bytes(sys.inputs.pages))
#for (number, lines) in pages.enumerate() {
  if number > 0 { pagebreak() }
  [#h(0pt)]
  for (x, y, words) in lines { place(top + left, dx: x * 1in, dy: y * 1pt, raw(words)) }
}
"""
HEADING, ACTION, DIALOGUE, ASIDE, CUE, RIGHT = 1.5, 1.5, 2.5, 3.1, 3.7, 6.0
Row = tuple[float, float, str]


def printed(pages: Sequence[Sequence[Row]]) -> bytes:
    data = typst.compile(TEMPLATE.encode(), sys_inputs={"pages": json.dumps(pages)})
    assert isinstance(data, bytes)
    return data


def page(*lines: tuple[float, str] | None, number: str = "") -> list[Row]:
    """Set lines one under the other from an inch below the top; None is an empty line."""
    rows: list[Row] = [(7.2, 40, f"{number}.")] if number else []
    rows += [(line[0], 72 + 12 * at, line[1]) for at, line in enumerate(lines) if line]
    return rows


def read(*pages: Sequence[Row]) -> list[Paragraph]:
    return list(parse_pdf(printed(pages), file="script.pdf").paragraphs)


def said(paragraphs: Sequence[Paragraph]) -> list[tuple[type, str]]:
    return [(type(one), getattr(one, "text", "") or getattr(one, "name", "")) for one in paragraphs]


SCENE = page(
    (HEADING, "INT. ISS - CUPOLA - ORBITAL SUNRISE"),
    None,
    (ACTION, "ЖЕНЯ floats to the glass and holds her breath, because what"),
    (ACTION, "comes over the limb is not yet light."),
    None,
    (CUE, "ЖЕНЯ (V.O.)"),
    (ASIDE, "(тихо)"),
    (DIALOGUE, "Nobody told me that it would"),
    (DIALOGUE, "be so quiet."),
    None,
    (RIGHT, "CUT TO:"),
    None,
    (HEADING, "EXT. STEPPE - DAY"),
    None,
    (ACTION, "A parachute."),
)


def test_what_stands_how_far_in_says_what_it_is() -> None:
    assert said(read(SCENE)) == [
        (Heading, "INT. ISS - CUPOLA - ORBITAL SUNRISE"),
        (Action, "ЖЕНЯ floats to the glass and holds her breath, because what comes over the limb is not yet light."),
        (Cue, "ЖЕНЯ"),
        (Parenthetical, "(тихо)"),
        (Dialogue, "Nobody told me that it would be so quiet."),
        (Transition, "CUT TO:"),
        (Heading, "EXT. STEPPE - DAY"),
        (Action, "A parachute."),
    ]


def test_a_pdf_breaks_down_into_scenes_with_page_labels() -> None:
    screenplay = parse_pdf(
        printed([SCENE, page((HEADING, "INT. BAR - NIGHT"), None, (ACTION, "Rain."), number="2A")]), file="x"
    )
    script = break_down(screenplay)
    assert [scene.number for scene in script.scenes] == ["1", "2", "3"]
    assert script.scenes[0].voices == ("ЖЕНЯ",)
    assert [heading.page for heading in screenplay.headings] == ["", "", "2A"]


def test_scene_numbers_stand_in_both_margins_and_revisions_in_the_right_one() -> None:
    rows: list[Row] = [
        (0.9, 72, "12A"),
        (1.5, 72, "INT. HOUSE - DAY"),
        (7.4, 72, "12A"),
        (1.5, 96, "Nothing moves."),
        (7.9, 96, "*"),
    ]
    heading, action = read(rows)
    assert isinstance(heading, Heading)
    assert (heading.number, heading.text, heading.revision) == ("12A", "INT. HOUSE - DAY", 0)
    assert (said([action]), action.revision) == ([(Action, "Nothing moves.")], 1)


def test_an_omitted_scene_keeps_its_number() -> None:
    rows: list[Row] = [
        (0.9, 72, "7"),
        (1.5, 72, "OMITTED"),
        (7.4, 72, "7"),
        (0.9, 108, "8"),
        (1.5, 108, "EXT. SEA - DAWN"),
        (7.4, 108, "8"),
    ]
    headings = [one for one in read(rows) if isinstance(one, Heading)]
    assert [(one.number, one.omitted) for one in headings] == [("7", True), ("8", False)]


def test_a_speech_goes_on_over_the_page() -> None:
    first = page((HEADING, "INT. A - DAY"), None, (CUE, "ANNA"), (DIALOGUE, "One thing."), (CUE, "(MORE)"))
    second = page((CUE, "ANNA (CONT'D)"), (DIALOGUE, "And another."), None, (ACTION, "She sits."), number="2")
    assert said(read(first, second))[1:] == [(Cue, "ANNA"), (Dialogue, "One thing. And another."), (Action, "She sits.")]


def test_two_columns_are_dual_dialogue() -> None:
    rows: list[Row] = [
        (1.5, 72, "INT. A - DAY"),
        (2.4, 96, "ANNA"),
        (5.2, 96, "BORIS (O.S.)"),
        (1.7, 108, "Now."),
        (4.5, 108, "(softly)"),
        (4.5, 120, "Never."),
    ]
    _, anna, now, boris, softly, never = read(rows)
    assert (said([anna, now]), said([softly, never])) == (
        [(Cue, "ANNA"), (Dialogue, "Now.")],
        [(Parenthetical, "(softly)"), (Dialogue, "Never.")],
    )
    assert isinstance(boris, Cue)
    assert (boris.name, boris.extensions, boris.dual) == ("BORIS", ("O.S.",), True)


def test_speech_may_be_double_spaced() -> None:
    rows: list[Row] = [(1.5, 72, "INT. A - DAY"), (3.7, 96, "ANNA"), (2.5, 120, "Stay for"), (2.5, 144, "the morning.")]
    rows += [(3.7, 168, "BORIS"), (2.5, 192, "No."), (1.5, 216, "HE GOES.")]
    speeches = [(Cue, "ANNA"), (Dialogue, "Stay for the morning."), (Cue, "BORIS"), (Dialogue, "No.")]
    assert said(read(rows)) == [(Heading, "INT. A - DAY"), *speeches, (Action, "HE GOES.")]


def test_a_title_page_and_running_heads_are_no_action() -> None:
    title: list[Row] = [
        (3.6, 250, "THE LONG WAY"),
        (3.9, 290, "Written by"),
        (3.8, 320, "A. Writer"),
        (1.5, 700, "Draft of 1 May"),
    ]
    scenes = [
        [*page((HEADING, f"INT. ROOM {n} - DAY"), None, (ACTION, "Rain."), number=str(n)), (1.5, 40, "THE LONG WAY  BLUE")]
        for n in range(2, 7)
    ]
    screenplay = parse_pdf(printed([title, *scenes]), file="x")
    assert [(entry.key, entry.lines) for entry in screenplay.title_page] == [
        ("Title", ("THE LONG WAY",)),
        ("Credit", ("Written by",)),
        ("Author", ("A. Writer",)),
        ("Contact", ("Draft of 1 May",)),
    ]
    assert [type(one) for one in screenplay.paragraphs] == [Heading, Action] * 5


def test_centred_words_and_words_cut_at_the_margin() -> None:
    rows = page(
        (HEADING, "INT. A - DAY"),
        None,
        (ACTION, "He takes a half-"),
        (ACTION, "empty glass that stands on the table by the window, and * waits"),
        None,
        (3.9, "The End"),
    )
    assert said(read(rows))[1:] == [
        (Action, "He takes a half-empty glass that stands on the table by the window, and * waits"),
        (Centred, "The End"),
    ]


def test_a_scanned_pdf_says_what_to_do() -> None:
    scan = typst.compile(b"#rect(width: 50%, height: 50%)")
    with pytest.raises(ScriptError) as caught:
        parse_pdf(scan, file="scan.pdf")
    assert str(caught.value) == "scan.pdf: this PDF has no text\n  export the script as FDX, Fountain or text PDF"


def test_a_pdf_of_something_else_is_refused() -> None:
    with pytest.raises(ScriptError, match="scene headings at its left margin"):
        read(page((1.5, "Dear Sir,"), None, (1.5, "please find enclosed")))


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    parse_pdf(printed([SCENE, SCENE]), file="x", progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


WHOLE = printed([SCENE])


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_pdf_raises_nothing_but_our_error(data: st.DataObject) -> None:
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(len(damaged) // 2, len(damaged)))
    try:
        screenplay = parse_pdf(bytes(damaged[:end]), file="x.pdf")
    except ScriptError:
        return
    assert screenplay.headings
