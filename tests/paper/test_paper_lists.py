"""The shooting schedule, the days out of days and the lists against the board, read back by pdfplumber."""

import io
from dataclasses import replace

import pdfplumber
import sample

from cupola.model import pages_text
from cupola.paper.element_lists import LISTINGS
from cupola.paper.elements import CAST, categories_of, category_days, element_uses
from cupola.paper.pdf_boards import shooting_schedule_pdf
from cupola.paper.pdf_lists import dood_pdf, listing_pdf


def text_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return " ".join(" ".join((page.extract_text() or "").split()) for page in opened.pages)


def test_every_use_is_that_of_the_scenes_and_the_board() -> None:
    production, board = sample.production(), sample.board()
    shot = {(strip.scene, day.unit, day.date) for day in board.days for strip in day.strips}
    for use in element_uses(production, board):
        own = [scene for scene in production.script.scenes if scene.number in use.scenes]
        assert use.eighths == sum(scene.eighths for scene in own)
        assert set(use.days) == {(unit, on) for scene, unit, on in shot if scene in use.scenes}
        if use.category == CAST:
            assert use.scenes == tuple(s.number for s in production.script.scenes if use.name in s.cast)


def test_a_category_works_on_its_days_and_idles_between() -> None:
    """The trade's codes for what has no contract: S first, F last, W in use, I idle between, nothing before and after."""
    production, board = sample.production(), sample.board()
    for category in categories_of(element_uses(production, board)):
        for table in category_days(production, board, category):
            for row in table.rows:
                worked = [n for n, code in enumerate(row.codes) if "W" in code]
                assert len(worked) == row.work
                assert row.codes[worked[0]].startswith("S")
                assert row.codes[worked[-1]].endswith("F")
                idle = [n for n, code in enumerate(row.codes) if code == "I"]
                assert idle == [n for n in range(worked[0], worked[-1]) if n not in worked]
                assert not any(row.codes[: worked[0]])
                assert not any(row.codes[worked[-1] + 1 :])


def test_days_out_of_days_and_shooting_schedule_read_back() -> None:
    production, board = sample.production(), sample.board()
    dood = text_of(dood_pdf(production, board, standards=("ua-1",)))
    for category in categories_of(element_uses(production, board)):
        assert category.capitalize() in dood
    schedule = text_of(shooting_schedule_pdf(production, board, standards=("ua-1",)))
    for strip in board.strips:
        assert f" {strip.shot} " in schedule
    assert schedule.count("End of day") == len(board.days)


def test_every_list_is_read_back_with_everything_that_it_lists() -> None:
    production, board = sample.production(), sample.board()
    for name, listing in LISTINGS.items():
        made = listing(production, board)
        assert all(len(row.cells) == len(section.head) for section in made.sections for row in section.rows)
        read = text_of(listing_pdf(production, board, made, standards=("ua-1",))).replace(" ", "")
        for section in made.sections:
            for row in section.rows:
                for word in row.cells[section.bold].split():
                    assert word.replace(" ", "") in read, (name, word)


def test_lists_hold_every_scene_role_and_place_once() -> None:
    production, board = sample.production(), sample.board()
    scenes = LISTINGS["scenes"](production, board).sections[0]
    assert [row.cells[0] for row in scenes.rows] == [scene.number for scene in production.script.scenes]
    assert [row.cells[0] for row in scenes.rows if row.warn] == list(board.boneyard)
    assert scenes.total[5] == pages_text(sum(scene.eighths for scene in production.script.scenes))
    cast = LISTINGS["cast"](production, board).sections[0]
    assert [row.cells[1] for row in cast.rows] == [member.id for member in production.cast]
    places = [row.cells[0] for section in LISTINGS["locations"](production, board).sections for row in section.rows]
    assert sorted(places) == sorted(place.name for place in production.places)
    props = LISTINGS["props"](production, board).sections[0]
    named = {element.name for scene in production.script.scenes for element in scene.elements if element.category == "prop"}
    assert {row.cells[1] for row in props.rows} == named


def test_a_list_goes_on_with_forty_roles_and_the_longest_words() -> None:
    """Forty of the cast, each in sixty scenes, with a name of sixty letters: nothing is clipped."""
    production, board = sample.production(), sample.board()
    name = sample.LONG_SET
    cast = tuple(replace(production.cast[0], id=f"РОЛЬ-{n}", board_id=n, name=f"{name} {n}") for n in range(1, 41))
    scene = production.script.scenes[0]
    scenes = tuple(replace(scene, number=f"{n}A", cast=tuple(member.id for member in cast)) for n in range(1, 61))
    script = replace(production.script, scenes=scenes)
    film = replace(production, cast=cast, script=script, place_of=tuple((s.number, "rassvet") for s in scenes))
    empty = replace(board, days=(), boneyard=tuple(s.number for s in scenes))
    for make in LISTINGS.values():
        made = make(film, empty)
        with pdfplumber.open(io.BytesIO(listing_pdf(film, empty, made, standards=("ua-1",)))) as pdf:
            for page in pdf.pages:
                assert all(char["x0"] > 0 and char["x1"] < page.width - 20 for char in page.chars)
    read = text_of(listing_pdf(film, empty, LISTINGS["cast"](film, empty))).replace(" ", "")
    assert all(member.id in read for member in cast)
