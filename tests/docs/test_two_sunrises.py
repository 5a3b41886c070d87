"""The page that traces two sunrises by hand says what the product computes, step by step."""

from __future__ import annotations

import re
from math import acos, cos, radians, sin
from pathlib import Path

import pytest

from cupola.files import read_board, read_production
from cupola.model import Board, Production
from cupola.model.work import works_of
from cupola.paper import light_line
from cupola.rules import check
from cupola.sky import find_windows, flight_sky

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/explanation/two-sunrises.md").read_text(encoding="utf-8")
FOLDER = ROOT / "examples/the-challenge"


@pytest.fixture(scope="module")
def production() -> Production:
    return read_production(FOLDER)


@pytest.fixture(scope="module")
def board(production: Production) -> Board:
    return read_board(FOLDER / "boards/agreed.json", production)


def test_the_call_sheet_lines_are_those_of_the_board(production: Production, board: Board) -> None:
    block = re.search(r"```callsheet\n(.*?)```", PAGE, re.S)
    assert block
    strips = {strip.id: strip for strip in board.strips}
    quoted = [line.split(" ", 1) for line in block[1].splitlines()]
    assert [strip_id for strip_id, _ in quoted] == ["22-1", "22-2", "22-3", "75-1", "75-2", "75-3"]
    for strip_id, line in quoted:
        assert line == light_line(production.script.scene(strips[strip_id].scene), strips[strip_id])


def test_the_script_lines_are_where_the_page_says(production: Production) -> None:
    lines = (FOLDER / "script.fountain").read_text(encoding="utf-8").splitlines()
    for number, line in (("22", 828), ("75", 2743)):
        assert production.script.scene(number).line == line
        assert lines[line - 1] in PAGE


def test_the_work_is_what_the_page_reckons(production: Production) -> None:
    works = {work.id: work for work in works_of(production)}
    assert [(works[w].prep_s, works[w].prepared_s(1.4)) for w in ("22-1", "75-1")] == [(1260, 1764), (600, 840)]


def test_the_windows_are_as_many_and_as_long_as_by_hand(production: Production, board: Board) -> None:
    unit = production.unit("orbit")
    assert unit.station
    light = production.script.scene("22").shots[0].light
    windows = find_windows(light, unit.station.station, start=unit.first_utc, end=unit.last_utc)
    assert len(windows) == 179
    sky = flight_sky(unit.station.station, start=unit.first_utc, end=unit.last_utc)
    strips = {strip.id: strip for strip in board.strips}
    for strip_id, beta, length in (("22-1", -42.3, 112.1), ("22-3", -58.8, 188.2)):
        strip = strips[strip_id]
        assert strip.window in windows
        assert strip.window.length_s == pytest.approx(length, abs=0.06)
        now = next(rev for rev in sky.revolutions if rev.start_utc <= strip.roll_utc < rev.end_utc)
        assert now.beta_deg == pytest.approx(beta, abs=0.05)
        turn = acos(-0.345 / cos(radians(beta)))
        by_hand = 5 / (0.06454 * cos(radians(beta)) * sin(turn) / 0.9385)
        assert by_hand == pytest.approx(strip.window.length_s, abs=1.5)


def test_other_strips_are_shot_between_two_takes(board: Board) -> None:
    day = next(day for day in board.days if any(strip.id == "53-2" for strip in day.strips))
    ids = [strip.id for strip in day.strips]
    assert ids[ids.index("53-2") : ids.index("53-3") + 1] == ["53-2", "22-2", "53-3"]


def test_the_start_and_end_of_a_take_are_as_reckoned(board: Board) -> None:
    strip = next(strip for strip in board.strips if strip.id == "22-1")
    assert [f"{at:%H:%M:%S}" for at in (strip.start_utc, strip.end_utc)] == ["10:06:35", "10:39:59"]


def test_the_agreed_board_breaks_no_rule(production: Production, board: Board) -> None:
    from cupola.cli.light import windows_of_production

    assert check(production, board, windows_of_production(production)) == ()
