"""`cupola import` as a person types it; the hold days are counted by hand in tests/files/test_files_imported.py."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from cupola.cli import app

HARBOUR = Path(__file__).parents[1] / "exchange" / "uss" / "harbour.uss"


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_it_makes_a_production_whose_boards_are_judged_and_printed(tmp_path):
    film = tmp_path / "film"
    made = run("import", HARBOUR, film)
    assert made.exit_code == 0, made.output
    assert "first-pass   2026-03-02 to 2026-03-18     12       13" in made.stdout
    judged = run("check", film, "first-pass", "--json")
    assert judged.exit_code == 1
    assert [one["strips"] for one in json.loads(judged.stdout)["violations"]] == [["13"]]
    sheet = run("sheet", film, "main:1", "--board", "first-pass", "--json")
    assert sheet.exit_code == 0, sheet.output


def test_its_json_has_the_figures_of_each_board(tmp_path):
    made = run("import", HARBOUR, tmp_path / "film", "--json")
    found = json.loads(made.stdout)
    assert (found["title"], found["scenes"], found["cast"]) == ("Harbour Lights", 14, 4)
    (board,) = found["boards"]
    assert (board["name"], board["first"], board["last"]) == ("first-pass", "2026-03-02", "2026-03-18")
    assert (board["work_days"], board["hold_days_without_drop"], board["hold_days"]) == (13, 21, 7)
    assert board["boneyard"] == ["13"]
    assert len(found["notes"]) == 3


def test_a_file_that_is_no_schedule_is_one_clear_message(tmp_path):
    (tmp_path / "film.uss").write_text('{"universalScheduleStandard": {"id": "x", "breakdowns": 3}}')
    made = run("import", tmp_path / "film.uss", tmp_path / "film")
    assert made.exit_code == 2
    assert "breakdowns: must be a list (found 3)" in made.stderr
    assert not (tmp_path / "film").exists()


def test_a_file_that_is_missing_is_said_to_be(tmp_path):
    made = run("import", tmp_path / "film.uss", "--json")
    assert made.exit_code == 2
    assert json.loads(made.stdout)["error"]["rule"] == "this file is missing"
