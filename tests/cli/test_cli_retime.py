"""`cupola retime` as a person types it, on the gap of October 2021."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cupola.cli import app

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/the-challenge"


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "film"))


def documented(head: str) -> set[str]:
    """The keys of a verb in the reference."""
    text = (ROOT / "docs/reference/json.md").read_text(encoding="utf-8")
    part = re.split(r"^## ", text.split(f"\n## {head}\n", 1)[1], flags=re.MULTILINE)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE))


def keys(value: object, at: str = "") -> set[str]:
    if isinstance(value, dict):
        return {f"{at}{key}" for key in value} | {k for key, one in value.items() for k in keys(one, f"{at}{key}.")}
    if isinstance(value, list):
        return {key for one in value for key in keys(one, f"{at.removesuffix('.')}[].")}
    return set()


def test_it_says_of_each_take_whether_it_still_fits():
    result = run("retime", EXAMPLE, EXAMPLE / "orbit-later.json", "--board", "agreed")
    assert result.exit_code == 0, result.output
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.startswith(" ") and line.split()}
    assert "fits" in lines["78-1"]
    assert "OUTSIDE by 15.5 s; roll 10:36:16 (+34 s)" in lines["97-2"]
    assert "36 of 38 takes still fit their windows; outside: 97-2, 49-2." in result.stdout


def test_its_json_has_the_documented_keys_and_every_take():
    result = run("retime", EXAMPLE, EXAMPLE / "orbit-later.json", "--board", "agreed", "--json")
    document = json.loads(result.stdout)
    assert keys(document) == documented("retime")
    assert len(document["takes"]) == 38
    assert {take["strip"]: take["outside_s"] for take in document["takes"] if not take["fits"]}.keys() == set(
        document["outside"]
    )


def test_writing_makes_a_new_board_each_time_and_touches_no_other_file(film):
    before = {path: path.read_bytes() for path in film.rglob("*") if path.is_file()}
    for name in ("agreed-retimed.json", "agreed-retimed-2.json"):
        result = run("retime", film, film / "orbit-later.json", "--board", "agreed", "--write", "--json")
        document = json.loads(result.stdout)
        assert Path(document["written"]).name == name
        assert (document["rolled"], document["left"]) == (["97-2", "49-2"], [])
    assert {path: path.read_bytes() for path in before} == before
    assert {path.name for path in film.rglob("*") if path.is_file()} - {path.name for path in before} == {
        "agreed-retimed.json",
        "agreed-retimed-2.json",
    }


def test_the_written_board_stands_under_the_light_rule_once_the_file_is_in_force(film):
    run("retime", film, film / "orbit-later.json", "--board", "agreed", "--write")
    toml = (film / "production.toml").read_text(encoding="utf-8")
    (film / "production.toml").write_text(toml.replace('orbit = "orbit.json"', 'orbit = ["orbit.json", "orbit-later.json"]'))
    document = json.loads(run("check", film, "agreed-retimed", "--json").stdout)
    assert [each for each in document["violations"] if each["rule"] == "light"] == []


def test_alone_the_new_file_takes_the_place_of_the_old_ones(film):
    result = run("retime", film, film / "orbit-later.json", "--board", "agreed", "--alone", "--json")
    first = json.loads(result.stdout)["takes"][0]
    assert 0.5 < first["shift_s"] < 2


@pytest.mark.parametrize(
    ("content", "said"),
    [("1 25544U rubbish\n2 25544 rubbish\n", "bad.tle"), ("", "bad.tle"), ("{", "bad.tle")],
)
def test_a_file_that_is_no_orbit_is_one_clear_message(film, content, said):
    (film / "bad.tle").write_text(content)
    result = run("retime", film, film / "bad.tle", "--board", "agreed")
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_missing_file_and_a_film_on_earth_are_told(film):
    assert "missing" in run("retime", film, film / "none.tle", "--board", "agreed").output
    earth = ROOT / "examples/two-hander"
    board = next((earth / "boards").glob("*.json"), None)
    if board is not None:
        result = run("retime", earth, film / "orbit-later.json", "--board", board.stem)
        assert result.exit_code == 2
        assert "only a unit in orbit" in result.output
