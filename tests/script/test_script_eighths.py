"""Eighths of a page: the rules are the trade's (Singleton, "Film Scheduling": a page is eight eighths, none is below one).

`FINAL_DRAFT` is what Final Draft itself wrote as `Length` into public FDX files, by the lines of the scene: 371 of the 372
scenes of unclebob/ScriptSchedule `script.fdx` and of cjliu2003/writersroom `silk_road_090825.fdx` and `sr_first_look_final.fdx`
follow it.
"""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.script import parse_script
from cupola.script.eighths import (
    EighthsAccount,
    PageShare,
    eighths_accounts,
    page_eighths,
    page_labels,
    scene_eighths,
    shared_out,
)
from cupola.script.elements import Heading, Screenplay
from cupola.script.fountain import parse_fountain
from cupola.script.pages import lay_out

LINE = "x" * 40
FINAL_DRAFT = {4: 1, 5: 2, 6: 2, 11: 2, 12: 3, 18: 3, 19: 4, 25: 4, 26: 5, 38: 6, 45: 7, 46: 8}
FINAL_DRAFT_AT_THE_TOP = {12: 2, 13: 2, 14: 3, 26: 4, 33: 5}


def scene(lines: int) -> str:
    return "INT. HOUSE - DAY\n\n" + " ".join([LINE] * lines) + "\n\n"


def test_half_a_page_is_four_eighths() -> None:
    (one,) = parse_script(scene(25)).scenes
    assert one.eighths == 4


def test_one_line_is_an_eighth() -> None:
    first, second = parse_script(scene(25) + scene(1)).scenes
    assert (first.eighths, second.eighths) == (4, 1)


def test_a_page_and_three_eighths_are_eleven() -> None:
    (one,) = parse_script("INT. HOUSE - DAY\n\n" + (LINE + "\n\n") * 36).scenes
    assert one.eighths == 11


def test_a_scene_knows_the_page_it_begins_on() -> None:
    assert [one.page for one in parse_script(scene(50) + scene(30) + scene(3)).scenes] == [1, 2, 2]


def test_text_above_the_first_heading_takes_its_own_share() -> None:
    script = parse_script(" ".join([LINE] * 24) + "\n\n" + scene(25) + scene(50))
    assert [one.eighths for one in script.scenes] == [4, 8]


def test_more_scenes_than_eighths_on_a_page_are_an_eighth_each() -> None:
    script = parse_script(scene(1) * 10 + scene(50))
    assert [one.eighths for one in script.scenes] == [1] * 10 + [8]


def test_a_page_cut_short_counts_what_it_holds() -> None:
    (page,) = lay_out(parse_fountain(scene(11)))
    assert page_eighths(page) == 2


def exact_shares(eighths: int, lines: dict[int, int]) -> dict[int, Fraction]:
    of = sum(lines.values())
    return {
        scene: PageShare(page="1", lines=count, of=of, page_eighths=eighths, eighths=0).exact for scene, count in lines.items()
    }


@given(st.dictionaries(st.integers(1, 30), st.integers(1, 54), min_size=1, max_size=20), st.integers(1, 8), st.data())
def test_a_share_adds_up_and_leaves_out_nobody_who_is_due(lines: dict[int, int], eighths: int, data: st.DataObject) -> None:
    due = data.draw(st.sets(st.sampled_from(sorted(lines))))
    given_out = shared_out(eighths, lines, due)
    fair = exact_shares(eighths, lines)
    assert sum(given_out.values()) == max(eighths, len(due))
    assert all(given_out[one] >= 1 for one in due)
    if not due:
        assert all(abs(given_out[one] - fair[one]) < 1 for one in lines)


@given(st.dictionaries(st.integers(1, 30), st.integers(1, 54), min_size=1, max_size=20), st.integers(1, 8), st.data())
def test_a_line_more_raises_the_exact_share_of_its_scene_and_of_no_other(
    lines: dict[int, int], eighths: int, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(sorted(lines)))
    before, after = exact_shares(eighths, lines), exact_shares(eighths, {**lines, one: lines[one] + 1})
    assert after[one] >= before[one]
    assert after[one] > before[one] or len(lines) == 1
    assert all(after[other] < before[other] for other in lines if other != one)
    assert sum(after.values()) == eighths


@given(st.lists(st.integers(1, 70), min_size=1, max_size=30))
def test_the_scenes_of_every_page_add_up_to_it(lengths: list[int]) -> None:
    pages = lay_out(parse_fountain("".join(scene(length) for length in lengths)))
    total = scene_eighths(pages)
    assert len(total) == len(lengths)
    assert min(total.values()) >= 1
    crowded = sum(max(0, len({piece.scene for piece in page.pieces}) - page_eighths(page)) for page in pages)
    assert 0 <= sum(total.values()) - sum(page_eighths(page) for page in pages) <= crowded


# --------------------------------------------------------------------------------------------- how an eighth came about


def accounts(text: str) -> tuple[EighthsAccount, ...]:
    screenplay = parse_fountain(text)
    return eighths_accounts(lay_out(screenplay), screenplay.headings)


def with_headings(screenplay: Screenplay, **said: object) -> Screenplay:
    paragraphs = tuple(replace(one, **said) if isinstance(one, Heading) else one for one in screenplay.paragraphs)
    return replace(screenplay, paragraphs=paragraphs)


@pytest.mark.parametrize(("lines", "eighths"), FINAL_DRAFT.items())
def test_final_draft_rounds_all_lines_of_a_scene_up(lines: int, eighths: int) -> None:
    last = accounts("It rains.\n\n" + scene(lines - 2))[-1]
    assert last.lines == lines + 2, "the blank lines above its heading are the scene's"
    assert last.final_draft == eighths


@pytest.mark.parametrize(("lines", "eighths"), FINAL_DRAFT_AT_THE_TOP.items())
def test_blank_lines_that_a_page_turn_swallows_are_nobodys(lines: int, eighths: int) -> None:
    (only,) = accounts(scene(lines - 2))
    assert (only.lines, only.final_draft) == (lines, eighths)


def test_an_account_has_a_share_for_each_page() -> None:
    one, two = accounts(scene(30) + scene(40))
    assert [(share.page, share.lines, share.of, share.eighths) for share in one.shares] == [("1", 32, 32, 8)]
    assert [share.page for share in two.shares] == ["2"]
    assert two.exact == Fraction(two.counted) == 6


def test_a_length_in_the_file_wins() -> None:
    screenplay = with_headings(parse_fountain(scene(25)), eighths=7)
    (one,) = eighths_accounts(lay_out(screenplay), screenplay.headings)
    assert (one.counted, one.file_eighths, one.eighths, one.word) == (4, 7, 7, "file")
    assert scene_eighths(lay_out(screenplay), screenplay.headings) == {1: 7}


def test_a_scene_without_a_length_is_counted() -> None:
    (one,) = accounts(scene(25))
    assert (one.eighths, one.word) == (4, "counted")


def test_an_omitted_scene_prints_a_card_and_is_owed_nothing() -> None:
    screenplay = with_headings(parse_fountain("INT. HOUSE - DAY #2#\n\n" + scene(49)), omitted=False)
    cut = replace(screenplay, paragraphs=(replace(screenplay.headings[0], omitted=True), *screenplay.paragraphs[1:]))
    pages = lay_out(cut)
    first, second = eighths_accounts(pages, cut.headings)
    assert pages[0].text[0] == "OMITTED"
    assert (first.omitted, first.eighths, second.eighths) == (True, 0, 8)


@given(st.lists(st.integers(1, 70), min_size=1, max_size=30))
def test_accounts_agree_with_their_pages(lengths: list[int]) -> None:
    screenplay = parse_fountain("".join(scene(length) for length in lengths))
    pages = lay_out(screenplay)
    found = eighths_accounts(pages, screenplay.headings)
    assert min(one.counted for one in found) >= 1
    for page in pages:
        shares = [share for one in found for share in one.shares if share.page == str(page.number)]
        assert sum(share.lines for share in shares) == page.height == shares[0].of
        assert sum(share.exact for share in shares) == page_eighths(page)
        assert sum(share.eighths for share in shares) == max(page_eighths(page), sum(share.eighths > 0 for share in shares))
    for one in found:
        whole = sum(share.exact for share in one.shares)
        assert one.exact == whole
        assert abs(one.counted - whole) < len(one.shares) + 1


def test_a_page_has_the_number_that_the_file_prints_on_it() -> None:
    screenplay = parse_fountain(scene(50) + scene(50) + scene(120) + scene(50))
    said = dict(zip([one.line for one in screenplay.headings], ["9", "9A", "10", "14"], strict=True))
    named = replace(
        screenplay,
        paragraphs=tuple(
            replace(one, page=said[one.line]) if isinstance(one, Heading) else one for one in screenplay.paragraphs
        ),
    )
    assert page_labels(lay_out(named), named.headings) == ("9", "9A", "10", "11", "12", "14")
    assert page_labels(lay_out(named)) == ("1", "2", "3", "4", "5", "6")


@given(st.lists(st.sampled_from(["", "1", "2", "9A", "9B", "100", "0", "xx", "٣", "9" * 30]), min_size=1, max_size=12))
def test_no_page_number_stands_twice(said: list[str]) -> None:
    screenplay = parse_fountain(scene(50) * len(said))
    headings = tuple(replace(one, page=page) for one, page in zip(screenplay.headings, said, strict=True))
    labels = page_labels(lay_out(screenplay), headings)
    assert len(set(labels)) == len(labels) == len(said)
