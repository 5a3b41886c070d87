"""Page layout against the format itself: US letter, 12-point Courier (10 characters and 6 lines an inch), 1-inch margins
top and bottom, so 9 inches of 6 lines; widths and blank lines are those of Final Draft's screenplay template."""

from hypothesis import given
from hypothesis import strategies as st

from cupola.script import parse_fountain
from cupola.script.elements import Action, Screenplay
from cupola.script.pages import LINES_A_PAGE, LINES_ON, Page, Paper, lay_out
from cupola.script.printed import PrintedLine, printed_lines
from cupola.script.wrap import wrapped

NINE_INCHES_OF_SIX_LINES = 9 * 6
A4_LESS_TWO_INCHES = int((297 - 2 * 25.4) / 25.4 * 6)
HEADING = "INT. HOUSE - DAY"


def pages(*paragraphs: str) -> tuple[Page, ...]:
    return lay_out(parse_fountain("\n\n".join(paragraphs)))


def words(count: int, letter: str = "x") -> str:
    """So many lines of action: each word fills a line."""
    return " ".join([letter * 40] * count)


def test_a_page_has_nine_inches_of_six_lines_an_inch() -> None:
    assert LINES_A_PAGE == NINE_INCHES_OF_SIX_LINES
    full = pages(words(54))
    assert [page.height for page in full] == [54]


def test_action_is_61_wide_dialogue_35_a_parenthetical_26() -> None:
    action = "a" * 30 + " " + "b" * 30
    (page,) = pages(
        HEADING,
        action,
        action + "c",
        "ANNA\n(" + "d" * 24 + ")\n" + "e" * 17 + " " + "f" * 17,
        "BO\n(" + "d" * 12 + " " + "d" * 12 + ")\nGo.",
    )
    assert [len(piece.lines) for piece in page.pieces] == [1, 1, 2, 3, 4]


def test_two_blank_lines_stand_above_a_heading_one_above_all_else_none_at_the_top() -> None:
    (page,) = pages("It rains.", HEADING, "It pours.", "ANNA\nGo.", "CUT TO:", HEADING)
    assert [piece.above for piece in page.pieces] == [0, 2, 1, 1, 1, 2]
    assert page.text[:7] == ("It rains.", "", "", HEADING, "", "It pours.", "")


def test_notes_boneyards_sections_and_synopses_take_no_room() -> None:
    bare = pages(HEADING, "It rains.", "ANNA\nGo.")
    noted = pages("# Act", HEADING + " [[a]]", "= Rain.", "[[b]]", "It [[c]]rains./* d */", "ANNA\n[[e]]\nGo.")
    assert [page.text for page in noted] == [page.text for page in bare]


def test_emphasis_marks_take_no_room() -> None:
    (page,) = pages("**" + "a" * 30 + "** *" + "b" * 30 + "*")
    assert [len(piece.lines) for piece in page.pieces] == [1]


def test_a_heading_goes_to_the_next_page_with_what_follows() -> None:
    first, second = pages(words(51), HEADING, "It rains.")
    assert len(first.pieces) == 1
    assert second.text[0] == HEADING


def test_a_heading_stays_where_action_below_it_can_be_parted() -> None:
    first, second = pages(words(46), HEADING, " ".join(["y" * 39 + "."] * 8))
    assert [piece.kind for piece in first.pieces] == ["action", "heading", "action"]
    assert first.height == 54
    assert second.text == ("y" * 39 + ".",) * 4


def test_action_is_parted_behind_a_sentence_with_two_lines_on_either_side() -> None:
    sentence = "z" * 40 + " " + "z" * 39 + "."
    first, second = pages(words(47), f"{sentence} {sentence} {sentence} {sentence}")
    assert [len(page.pieces[-1].lines) for page in (first, second)] == [6, 2]


def test_action_without_a_sentence_to_part_at_moves_whole() -> None:
    first, second = pages(words(50), words(5, "z"))
    assert [first.height, second.height] == [50, 5]


def test_a_speech_that_is_parted_says_more_and_contd() -> None:
    said = " ".join(["Go on with it, will you please do it."] * 12)
    first, second = pages(words(46), f"ANNA (O.S.)\n{said}")
    assert first.text[-1] == "(MORE)"
    assert second.text[0] == "ANNA (O.S.) (CONT'D)"
    assert first.height <= 54
    top, bottom = first.pieces[-1].lines, second.pieces[0].lines
    assert top[0] == "ANNA (O.S.)"
    assert " ".join([*top[1:], *bottom]) == said
    assert top[-1].endswith(".")


def test_a_speech_that_was_continued_before_is_not_marked_twice() -> None:
    said = " ".join(["Go on with it, will you please do it."] * 12)
    _, second = pages(words(46), f"ANNA (CONT'D)\n{said}")
    assert second.text[0] == "ANNA (CONT'D)"


def test_a_transition_does_not_open_a_page() -> None:
    first, second = pages(words(50), "It rains.", "It pours.", "CUT TO:")
    assert first.text[-1] == "It rains."
    assert second.text == ("It pours.", "", "CUT TO:")


def test_dual_dialogue_stands_side_by_side() -> None:
    (page,) = pages(HEADING, "ANNA\nGo.\nNow.", "BORIS ^\nNo.")
    assert len(page.pieces) == 2
    assert len(page.pieces[1].lines) == 3
    assert page.pieces[1].lines[1].split() == ["Go.", "No."]


def test_a_page_break_ends_the_page_and_an_empty_page_is_none() -> None:
    first, second = pages("===", "It rains.", "===", "===", "It pours.")
    assert [first.text, second.text] == [("It rains.",), ("It pours.",)]
    assert first.is_cut_short


def test_lines_break_at_spaces_and_behind_hyphens() -> None:
    assert wrapped("aaaa bbbb cccc", 9) == ["aaaa bbbb", "cccc"]
    assert wrapped("aaaa bbbb-cccc", 11) == ["aaaa bbbb-", "cccc"]
    assert wrapped("aaaa bbbb--cccc", 11) == ["aaaa bbbb--", "cccc"]
    assert wrapped("aaaaaaaaa", 4) == ["aaaa", "aaaa", "a"]
    assert wrapped("aaaa\n\nbbbb", 9) == ["aaaa", "", "bbbb"]


@given(st.text(alphabet="ab -\n.", max_size=200), st.integers(min_value=1, max_value=30))
def test_wrapping_keeps_every_sign_but_spaces_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(len(line.rstrip("-")) <= width for line in lines)


MIXTURE = st.lists(
    st.sampled_from(
        [
            HEADING,
            "It rains.",
            words(5),
            words(20),
            words(200),
            "ANNA\n" + "Go on now. " * 30,
            "CUT TO:",
            "> in the middle <",
            "===",
        ]
    ),
    max_size=60,
)


def joined(text: str) -> str:
    return "".join(sign for sign in text if sign not in " \n<>=")


@given(MIXTURE, st.sampled_from(sorted(LINES_ON)))
def test_no_page_is_over_full_and_nothing_is_lost(paragraphs: list[str], paper: Paper) -> None:
    laid = lay_out(parse_fountain("\n\n".join(paragraphs)), paper=paper)
    assert all(0 < page.height <= LINES_ON[paper] == page.room for page in laid)
    assert joined("".join("".join(piece.lines) for page in laid for piece in page.pieces)) == joined("".join(paragraphs))


@given(MIXTURE)
def test_every_line_has_a_style_and_a_place_on_the_page(paragraphs: list[str]) -> None:
    for page in pages(*paragraphs):
        assert all(len(piece.lines) == len(piece.styles) for piece in page.pieces)
        printed = list(printed_lines(page))
        assert [line.text.casefold() for line in printed] == [line.casefold() for line in page.text]
        assert all(line.column >= 0 and line.column + len(line.text.rstrip("-")) <= 61 for line in printed)


def test_a4_has_room_for_58_lines() -> None:
    assert LINES_ON["a4"] == A4_LESS_TWO_INCHES == 58
    assert [page.height for page in lay_out(parse_fountain(words(58)), paper="a4")] == [58]


def test_general_text_has_no_blank_line_above() -> None:
    # "General" of Final Draft's screenplay template: SpaceBefore="0".
    rain = Action(line=1, end_line=1, text="It rains.")
    screenplay = Screenplay(
        file="", title_page=(), paragraphs=(rain, Action(line=2, end_line=2, text="1. Rain", kind="General"), rain)
    )
    (page,) = lay_out(screenplay)
    assert [piece.above for piece in page.pieces] == [0, 0, 1]


def test_printed_lines_stand_at_the_indents_of_the_template() -> None:
    # Final Draft's screenplay template, inches from the left edge of the paper, of which the action's 1.5 are taken off:
    # dialogue 2.5, parenthetical 3.0 hanging by 0.1, character 3.5, transition right-aligned to 7.1.
    (page,) = pages("int. house - day", "It rains.", "ANNA (O.S.)\n(to Bo)\nGo.", "CUT TO:", "> THE END <")
    found = [(line.text, line.column) for line in printed_lines(page) if line.text]
    assert found == [
        ("INT. HOUSE - DAY", 0),
        ("It rains.", 0),
        ("ANNA (O.S.)", 20),
        ("(to Bo)", 14),
        ("Go.", 10),
        ("CUT TO:", 56 - len("CUT TO:")),
        ("THE END", 30 - len("THE END") // 2),
    ]


def test_a_parted_speech_prints_more_and_its_cue_again() -> None:
    said = " ".join(["Go on with it, will you please do it."] * 12)
    first, second = pages(words(46), f"Anna\n{said}".replace("Anna", "ANNA"))
    assert list(printed_lines(first))[-1] == PrintedLine(text="(MORE)", column=20, scene=0)
    assert next(printed_lines(second)) == PrintedLine(text="ANNA (CONT'D)", column=20, scene=0)


def test_the_first_line_of_a_scene_is_marked_once() -> None:
    laid = pages(HEADING, words(60), HEADING, "It rains.")
    begun = [line.scene for page in laid for line in printed_lines(page) if line.begins]
    assert begun == [1, 2]
