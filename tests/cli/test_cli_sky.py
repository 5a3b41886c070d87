"""`cupola sky` as a person types it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cupola.cli import app
from cupola.cli.sky import is_land

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/the-challenge"


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def document(*words: object) -> dict:
    result = run("sky", *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_aboard_it_says_light_ground_and_what_comes_next():
    result = run("sky", "2021-10-08T10:36Z", EXAMPLE)
    assert result.exit_code == 0, result.output
    for said in ("penumbra", "46° to starboard of the bow", "51.59° S 116.58° W", "sea", "10:36:01 ±1 s  the whole Sun is up"):
        assert said in result.stdout
    assert "an estimate" in result.stdout


def test_on_the_ground_it_says_the_light_of_the_day():
    result = run("sky", "2022-06-08T20:36", EXAMPLE, "--place", "star-city")
    assert "golden hour" in result.stdout
    assert "Europe/Moscow" in result.stdout
    assert "Milky Way" in result.stdout


def test_without_an_offset_the_clock_is_that_of_the_place():
    local, utc = (document(at, EXAMPLE, "--place", "star-city") for at in ("2022-06-08T20:36", "2022-06-08T17:36Z"))
    assert local == utc
    assert document("2021-10-08 10:36", EXAMPLE)["at_utc"] == "2021-10-08T10:36:00Z"


def test_now_is_now():
    at = datetime.fromisoformat(document("now", EXAMPLE, "--place", "star-city")["at_utc"])
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)


def test_its_json_has_the_documented_keys():
    text = (ROOT / "docs/reference/json.md").read_text(encoding="utf-8")
    part = re.split(r"^## ", text.split("\n## sky\n", 1)[1], flags=re.MULTILINE)[0]
    known = set(re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE))
    for answer in (document("2021-10-08T10:36Z", EXAMPLE), document("2022-06-08T20:36", EXAMPLE, "--place", "star-city")):
        inner = {f"{key}[].{name}" for key, rows in answer.items() if isinstance(rows, list) for name in _names(rows)}
        assert set(answer) | inner <= known


def _names(rows: list) -> set[str]:
    return {name for row in rows if isinstance(row, dict) for name in row}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("yesterday", EXAMPLE), "an instant is a date and a time"),
        (("9999-01-01T00:00Z", EXAMPLE), "between 1900 and 2200"),
        (("2021-10-08T10:36Z", EXAMPLE, "--place", "star-cty"), "star-city"),
        (("2021-10-08T10:36Z", "nowhere"), "error: "),
    ],
)
def test_what_cannot_be_answered_is_one_clear_message(words, said):
    result = run("sky", *words)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [(55.75, 37.62, True), (0, -30, False), (-25, 134, True), (-51.6, -116.6, False), (24, 5, True), (35, 18, False)],
)
def test_land_and_sea_on_the_coarse_map(lat, lon, land):
    assert is_land(lat, lon) is land
