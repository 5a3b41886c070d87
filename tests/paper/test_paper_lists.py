"""The shooting schedule and the days out of days against the board, read back by pdfplumber."""

import io

import pdfplumber
import sample

from cupola.paper.elements import CAST, categories_of, category_days, element_uses
from cupola.paper.pdf_lists import dood_pdf, shooting_schedule_pdf


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
