"""The production book: one file, well formed, without a way out, and with everything of the board in it."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import sample

from cupola.model import Cost
from cupola.paper import report_html, strip_lines
from cupola.paper.html_board import minutes_text
from cupola.paper.markup import VOID, el, escaped
from cupola.paper.strips import slug


@pytest.fixture(scope="module")
def book() -> str:
    return report_html(
        sample.production(),
        sample.board(),
        flights=[sample.flight()],
        suns=sample.suns(),
        violations=sample.violations(),
        progress=sample.progress(),
    )


class Reader(HTMLParser):
    """Reads a page: unbalanced tags, attributes, ids, and text without style and script."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def test_every_tag_is_closed(book: str) -> None:
    reader = read(book)
    assert (reader.open, reader.wrong) == ([], [])


def test_nothing_is_fetched(book: str) -> None:
    reader = read(book)
    fetching = {"src", "srcset", "action", "data", "poster", "background", "xlink:href", "formaction"}
    assert [a for a in reader.attributes if a[1] in fetching] == []
    assert {value[0] for _, name, value in reader.attributes if name == "href"} == {"#"}
    assert [a for a in reader.attributes if "http" in a[2].casefold() and a[2] != "Content-Security-Policy"] == []
    assert "url(" not in book
    assert "@import" not in book
    assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:") in (
        reader.attributes
    )


def test_every_link_leads_somewhere_and_ids_are_single(book: str) -> None:
    reader = read(book)
    ids = [value for _, name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for _, name, value in reader.attributes if name == "href"} <= set(ids)
    assert {slug(strip.id) for strip in sample.board().strips} <= set(ids)


def test_markup_in_a_script_stays_text(book: str) -> None:
    reader = read(book)
    assert sample.HOSTILE in "".join(reader.text)
    assert book.count("<script>") == 1
    assert "alert('42')</script>" not in book


def test_every_strip_shows_its_light_line(book: str) -> None:
    production, board = sample.production(), sample.board()
    titles = {value for _, name, value in read(book).attributes if name == "title"}
    lines = [line for day in board.days for line in strip_lines(production, board, day)]
    assert {line.light for line in lines if line.strip.window} <= titles
    text = "".join(read(book).text)
    assert all(line.set in text and line.synopsis in text for line in lines)


def test_headline_figures_are_those_of_the_board(book: str) -> None:
    board = sample.board()
    text = "".join(read(book).text)
    assert f"{board.gap_controllable * 100:.1f} %" in text
    assert f"{round(board.cost.total_cents / 100):,} RUB" in text
    assert f"proven: at least {round(board.bound_cents / 100):,}" in text


def test_the_same_board_gives_the_same_page(book: str) -> None:
    again = report_html(
        sample.production(),
        sample.board(),
        flights=[sample.flight()],
        suns=sample.suns(),
        violations=sample.violations(),
        progress=sample.progress(),
    )
    assert again == book


def test_drawings_have_no_broken_number(book: str) -> None:
    assert re.search(r'="(nan|inf|-inf)', book) is None
    assert "NaN" not in book


def test_an_earth_film_without_sky_or_progress_has_its_book() -> None:
    board = sample.board()
    production = replace(sample.production(), units=sample.units()[1:], facts=())
    earth = replace(board, days=board.days[3:], boneyard=(), bounds=())
    reader = read(report_html(production, earth))
    assert (reader.open, reader.wrong) == ([], [])
    ids = {value for tag, name, value in reader.attributes if tag == "section" and name == "id"}
    assert ids == {"board", "dood", "costs"}


def test_a_board_without_a_day_has_its_book() -> None:
    empty = replace(sample.board(), days=(), bounds=(), cost=Cost(currency="RUB", lines=()))
    reader = read(report_html(sample.production(), empty, flights=[sample.flight()], progress=[(1.0, None, None, "nothing")]))
    assert (reader.open, reader.wrong) == ([], [])
    assert "No board was found." in "".join(reader.text)


def test_text_and_attributes_are_escaped() -> None:
    hostile = "<b onclick='x'>&\"\x00"
    page = str(el("p", hostile, title=hostile))
    assert read(page).text == ["<b onclick='x'>&\"�"]
    assert read(page).attributes == [("p", "title", "<b onclick='x'>&\"�")]
    assert "<b" not in escaped(hostile)


def test_minutes() -> None:
    assert [minutes_text(n) for n in (5, 59, 60, 185)] == ["5 min", "59 min", "1 h 00", "3 h 05"]
