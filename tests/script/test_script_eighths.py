"""Eighths of a page: the rules are the trade's (Singleton, "Film Scheduling": a page is eight eighths, none is below one)."""

from hypothesis import given
from hypothesis import strategies as st

from cupola.script import parse_script
from cupola.script.eighths import page_eighths, scene_eighths, shared_out
from cupola.script.fountain import parse_fountain
from cupola.script.pages import lay_out

LINE = "x" * 40


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


@given(st.dictionaries(st.integers(1, 30), st.integers(1, 54), min_size=1, max_size=20), st.integers(1, 8), st.data())
def test_a_share_adds_up_and_leaves_out_nobody_who_is_due(lines: dict[int, int], eighths: int, data: st.DataObject) -> None:
    due = data.draw(st.sets(st.sampled_from(sorted(lines))))
    given_out = shared_out(eighths, lines, due)
    assert sum(given_out.values()) == max(eighths, len(due))
    assert all(given_out[one] >= 1 for one in due)
    fair = {one: eighths * count / sum(lines.values()) for one, count in lines.items()}
    if not due:
        assert all(abs(given_out[one] - fair[one]) < 1 for one in lines)


@given(st.lists(st.integers(1, 70), min_size=1, max_size=30))
def test_the_scenes_of_every_page_add_up_to_it(lengths: list[int]) -> None:
    pages = lay_out(parse_fountain("".join(scene(length) for length in lengths)))
    total = scene_eighths(pages)
    assert len(total) == len(lengths)
    assert min(total.values()) >= 1
    crowded = sum(max(0, len({piece.scene for piece in page.pieces}) - page_eighths(page)) for page in pages)
    assert 0 <= sum(total.values()) - sum(page_eighths(page) for page in pages) <= crowded
