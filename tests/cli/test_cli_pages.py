"""`cupola pages` and `cupola sides` as a person types them."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pdfplumber
import pytest
from typer.testing import CliRunner

from cupola.cli import app

ROOT = Path(__file__).parents[2]
CHALLENGE = ROOT / "examples" / "the-challenge"
TWO = ROOT / "examples" / "two-hander"

FDX = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5"><Content>
<Paragraph Number="12A" Type="Scene Heading"><SceneProperties Length="1 3/8" Page="9A"/><Text>INT. HOUSE</Text></Paragraph>
<Paragraph Type="Action"><Text>It rains.</Text></Paragraph>
</Content></FinalDraft>
"""


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def answered(*words: object, code: int = 0) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def film(tmp_path) -> Path:
    folder = tmp_path / "film"
    shutil.copytree(TWO, folder, ignore=shutil.ignore_patterns("boards", "paper"))
    return folder


def test_pages_say_where_every_eighth_comes_from():
    found = answered("pages", CHALLENGE)
    assert found["lines_a_page"] == 54
    assert found["page_eighths"] == found["eighths"] == sum(scene["eighths"] for scene in found["scenes"])
    for scene in found["scenes"]:
        assert scene["word"] == "counted"
        assert scene["counted"] == scene["eighths"] == sum(page["eighths"] for page in scene["pages"])
        assert scene["exact"] == pytest.approx(sum(page["exact"] for page in scene["pages"]), abs=0.02)
        assert scene["final_draft"] >= 1


def keys(value: object, at: str = "") -> set[str]:
    if isinstance(value, dict):
        return {found for key, inner in value.items() for found in ({f"{at}{key}"} | keys(inner, f"{at}{key}."))}
    if isinstance(value, list):
        return {found for inner in value for found in keys(inner, f"{at.removesuffix('.')}[].")}
    return set()


def test_pages_print_the_documented_keys():
    text = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    section = text.split("\n## pages\n")[1].split("\n## ")[0]
    assert keys(answered("pages", TWO)) == set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


def test_pages_agree_with_the_breakdown():
    told = {scene["number"]: scene["eighths"] for scene in answered("script", TWO)["scenes"]}
    assert {scene["number"]: scene["eighths"] for scene in answered("pages", TWO)["scenes"]} == told


def test_pages_of_a_lone_script_are_those_of_its_production():
    alone, whole = answered("pages", TWO / "script.fountain"), answered("pages", TWO)
    assert alone["scenes"] == whole["scenes"]


def test_a_figure_of_the_production_wins_and_says_its_line(film):
    toml = film / "production.toml"
    before = toml.read_text(encoding="utf-8")
    toml.write_text(before + '\n[scene."5"]\neighths = 20\n', encoding="utf-8")
    scene = answered("pages", film, "5")["scenes"][0]
    assert (scene["word"], scene["eighths"], scene["counted"]) == ("production", 20, 9)
    line = toml.read_text(encoding="utf-8").splitlines()[scene["own_line"] - 1]
    assert line == "eighths = 20"
    assert f"production.toml:{scene['own_line']}; counted 1 1/8" in run("pages", film, "5").stdout


def test_a_length_of_final_draft_wins(tmp_path):
    script = tmp_path / "script.fdx"
    script.write_text(FDX, encoding="utf-8")
    (scene,) = answered("pages", script)["scenes"]
    assert (scene["number"], scene["word"], scene["eighths"], scene["counted"]) == ("12A", "file", 11, 1)
    assert scene["pages"][0]["page"] == "9A"
    assert "length in the file; counted 1/8" in run("pages", script).stdout


def test_one_scene_is_shown_page_by_page():
    result = run("pages", CHALLENGE, "58")
    assert result.exit_code == 0
    assert "Beside it on the page" in result.stdout
    assert len(answered("pages", CHALLENGE, "58")["scenes"]) == 1


def test_a4_pages_are_longer():
    assert answered("pages", TWO, "--paper", "a4")["lines_a_page"] == 58
    assert answered("pages", TWO, "--paper", "a4")["pages"] < answered("pages", TWO)["pages"]


@pytest.mark.parametrize(
    ("words", "rule", "remedy"),
    [
        (["58B"], "the script has no such scene", "58"),
        (["--paper", "legal"], "a script's paper is letter or a4", "--paper a4"),
    ],
)
def test_pages_refuse_what_is_not_there(words, rule, remedy):
    error = answered("pages", CHALLENGE, *words, code=2)["error"]
    assert error["rule"] == rule
    assert remedy in error["remedy"]


def typed(page) -> str:
    """What stands between the margins of a script page, without spaces."""
    middle = page.crop((100, 65, 551, page.height - 45))
    return "".join((middle.extract_text() or "").split())


def words_of(scene: dict, script: list[str]) -> list[str]:
    """The words of a scene that are printed, its heading first."""
    printed = [line for line in script[scene["line"] : scene["end_line"]] if not line.startswith(("[[", "=", "#", "/*"))]
    words = " ".join(printed).replace("*", "").split()
    return [*scene["heading"].upper().split(), *(word for word in words if word not in {">", "<"})]


@pytest.mark.parametrize("day", ["main:3", "orbit:3"])
def test_every_word_of_the_days_scenes_is_on_its_sides_in_order(tmp_path, day):
    file = tmp_path / "sides.pdf"
    assert answered("sides", CHALLENGE, day, "--board", "agreed", "--out", file)["files"] == [str(file)]
    board = json.loads((CHALLENGE / "boards" / "agreed.json").read_text(encoding="utf-8"))
    days = {f"{one['unit']}:{one['number']}": one["strips"] for one in board["days"]}
    scenes = {scene["number"]: scene for scene in answered("script", CHALLENGE)["scenes"]}
    script = (CHALLENGE / "script.fountain").read_text(encoding="utf-8").splitlines()
    with pdfplumber.open(io.BytesIO(file.read_bytes())) as pdf:
        text = "".join(typed(page) for page in pdf.pages[1:])
        assert all(char["x0"] > 0 and char["x1"] < page.width for page in pdf.pages for char in page.chars)
        assert all(strip["scene"] in pdf.pages[0].extract_text() for strip in days[day])
    for number in dict.fromkeys(strip["scene"] for strip in days[day]):
        words = words_of(scenes[number], script)
        at = text.index("".join(scenes[number]["heading"].upper().split()))
        for word in words:
            at = text.index(word, at) + len(word)


def test_sides_of_a_whole_board_are_written_beside_the_call_sheets(film):
    assert run("plan", film, "--time", "1").exit_code == 0
    (file,) = answered("sides", film, "main:1")["files"]
    assert file == str(film / "paper" / "sides-main-01.pdf")
    assert Path(file).read_bytes().startswith(b"%PDF")
    half = film / "half.pdf"
    answered("sides", film, "main:1", "--half", "--script-order", "--paper", "a4", "--out", half)
    with pdfplumber.open(half) as pdf:
        assert pdf.pages[0].width > pdf.pages[0].height


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["main:99", "--board", "agreed"], "the board has no such day"),
        (["someday", "--board", "agreed"], "a shooting day is a unit and a number, or a date"),
        (["main:1", "--board", "nowhere"], "this board is missing"),
    ],
)
def test_sides_refuse_what_is_not_there(words, rule):
    assert answered("sides", CHALLENGE, *words, code=2)["error"]["rule"] == rule
