"""`cupola script`: the table in any width, the legend, the suggestions and how they are accepted, and the whole as JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from cupola.cli import app
from cupola.cli.script import print_script
from cupola.files import read_script

EXAMPLE = Path(__file__).parents[2] / "examples" / "two-hander"

FILM = """\
Title: Probe

EXT. HARBOUR - QUAY - NIGHT #1#

[[background: 40 villagers]]
[[stunt: fall]]

A BOAT HORN. BRAIS has a HARPOON. A crowd of 200 watches.

ANNA
Coffee?

INT. HOUSE - KITCHEN - DAY #2#

[[minutes: 90]]

Anna is not here.

BORIS (V.O.)
No.
"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "probe.fountain"
    path.write_text(FILM, encoding="utf-8")
    return path


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_table_has_numbers_of_the_cast_days_and_minutes(film: Path) -> None:
    lines = run("script", film).stdout.splitlines()
    assert lines[2].split() == ["Scene", "I/E", "Set", "Time", "Day", "Pages", "Cast", "Min", "Light", "Line"]
    assert lines[4].split() == ["1", "EXT", "HARBOUR", "-", "QUAY", "NIGHT", "N1", "1/8", "1", "45", "night", "3"]
    assert lines[5].split() == ["2", "INT", "HOUSE", "-", "KITCHEN", "DAY", "D2", "1/8", "(2)", "90", "13"]
    assert lines[7] == "2 scenes, 2/8 pages, 2 roles; 2 h 15 min at 160 min a page"
    assert lines[9:11] == ["1 ANNA", "2 BORIS (heard)"]
    assert lines[12:15] == ["× 1.5 stunt: 1", "× 1.2 crowd: 1", "× 1.2 night exterior: 1"]
    assert lines[-1] == "3 suggestions for the breakdown: cupola script --suggest"


def test_suggestions_are_shown_with_what_accepts_them(film: Path) -> None:
    shown = run("script", film, "--suggest").stdout
    assert "harpoon" in shown
    assert '[scene."1"]\nelements = ["' in shown


def test_json_has_the_whole_breakdown(film: Path) -> None:
    document = json.loads(run("script", film, "--json").stdout)
    first, second = document["scenes"]
    assert [(role["number"], role["name"]) for role in document["roles"]] == [(1, "ANNA"), (2, "BORIS")]
    assert (first["path"], first["background"], first["script_day"], first["script_day_guessed"]) == (
        ["HARBOUR", "QUAY"], 40, "N1", True)  # fmt: skip
    assert [(each["category"], each["ucid"], each["name"]) for each in first["elements"]] == [
        ("background", 101, "40 villagers"), ("stunt", 102, "fall")]  # fmt: skip
    assert {each["name"] for each in first["suggestions"]} == {"boat horn", "harpoon", "crowd of 200"}
    assert (first["factor"], [each["word"] for each in first["slow"]]) == (2.16, ["stunt", "crowd", "night exterior"])
    assert second["mentioned"] == ["ANNA"]


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("alphabet", ["ENGLISH", "РУССКИЙ"])
def test_a_hundred_scenes_fit_every_width(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], width: int, alphabet: str
) -> None:
    place, cue = (
        ("INT. HARBOUR - THE OLD CUSTOMS HOUSE", "PERSON") if alphabet == "ENGLISH" else ("ИНТ. ГАВАНЬ - ТАМОЖНЯ", "РОЛЬ")
    )
    scenes = (f"{place} {n} - DAY #{n}#\n\n" + "".join(f"{cue} {n % 40 + k}\nx\n\n" for k in range(9)) for n in range(1, 101))
    path = tmp_path / "long.fountain"
    path.write_text("Title: Long\n\n" + "".join(scenes), encoding="utf-8")
    print_script(read_script(path), width=width)
    table, _, below = capsys.readouterr().out.partition("100 scenes")
    lines = table.rstrip().splitlines()
    assert max(map(cell_len, lines)) <= width
    starts = [line.split()[0] for line in lines[4:] if line[1:2].strip()]
    assert starts == [str(n) for n in range(1, 101)]
    assert all("…" not in line for line in lines)
    legend = below.splitlines()[2:]
    assert max(map(cell_len, legend)) <= width
    assert sum(line.count(cue) for line in legend) == 48


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "film"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("boards"))
    script = copy / "script.fountain"
    text = script.read_text(encoding="utf-8")
    at = text.index("\n\n", text.index("#1#"))
    script.write_text(text[:at] + "\n\nA HARPOON and a BOAT HORN, and a crowd of 200." + text[at:], encoding="utf-8")
    return copy


def first_scene(folder: Path, *lines: str) -> dict:
    toml = folder / "production.toml"
    toml.write_text("\n".join([toml.read_text(encoding="utf-8"), '[scene."1"]', *lines, ""]), encoding="utf-8")
    result = run("script", folder, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["scenes"][0]


def test_an_accepted_suggestion_is_a_fact_and_the_others_may_be_refused(folder: Path) -> None:
    scene = first_scene(
        folder, 'elements = ["prop: Harpoon", "extras: crowd of 200", "labour: diver, medic"]', 'refuse = ["*"]'
    )
    names = [(each["category"], each["name"]) for each in scene["elements"]]
    assert names[-4:] == [("prop", "Harpoon"), ("background", "crowd of 200"), ("labour", "diver"), ("labour", "medic")]
    assert (scene["background"], scene["suggestions"]) == (200, [])
    assert {each["word"] for each in scene["slow"]} >= {"large crowd"}


def test_one_suggestion_is_refused_by_its_name(folder: Path) -> None:
    scene = first_scene(folder, 'refuse = ["sound: boat horn", "harpoon"]')
    assert [each["name"] for each in scene["suggestions"]] == ["crowd of 200"]
    assert scene["background"] is None


@pytest.mark.parametrize(
    ("entry", "remedy"), [("prob: harpoon", '"prop"'), ("harpoon", "known: "), ("prop:", ""), ("cast: ANNA", "")]
)
def test_an_element_without_its_category_is_refused(folder: Path, entry: str, remedy: str) -> None:
    toml = folder / "production.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + f'\n[scene."1"]\nelements = ["{entry}"]\n', encoding="utf-8")
    result = run("script", folder, "--json")
    error = json.loads(result.stdout)["error"]
    assert (result.exit_code, error["kind"], error["value"]) == (2, "ProductionError", entry)
    assert remedy in (error["remedy"] or "")


def test_board_numbers_of_the_production_are_those_of_the_roles(folder: Path) -> None:
    toml = folder / "production.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("board_id = 1\n", "board_id = 7\n", 1), encoding="utf-8")
    roles = {role["name"]: role["number"] for role in json.loads(run("script", folder, "--json").stdout)["roles"]}
    assert roles["IRIA"] == 7
    assert len(set(roles.values())) == len(roles)
