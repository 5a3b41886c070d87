"""improve, replan, why and compare as a person types them, with the documented keys of `--json`."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cupola.cli import app

ROOT = Path(__file__).parents[2]


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def answered(*words: object, code: int = 0) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two-hander with the board that `plan` finds in a moment."""
    folder = tmp_path_factory.mktemp("films") / "two-hander"
    shutil.copytree(ROOT / "examples/two-hander", folder, ignore=shutil.ignore_patterns("boards", "paper"))
    assert run("plan", folder, "--time", "1").exit_code == 0
    return folder


def documented(head: str) -> set[str]:
    parts = re.split(r"^## (.+)$", (ROOT / "docs/reference/json.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = dict(zip(parts[1::2], parts[2::2], strict=True))[head]
    return set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))


def keys(value: Any, at: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{at}{key}"
            yield from keys(inner, f"{at}{key}.")
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{at.removesuffix('.')}[].")


def own_keys(found: dict[str, Any], *elsewhere: str) -> set[str]:
    """The keys of a document without what lies below keys that are documented elsewhere."""
    return {key for key in keys(found) if not any(key.startswith(f"{name}[].") for name in elsewhere)}


def test_replan_writes_a_board_beside_the_agreed_one_and_says_its_keys(film: Path) -> None:
    agreed = (film / "boards/plan.json").read_bytes()
    day = answered("check", film)["days"][0]["date"]
    found = answered("replan", film, "--lost", day, "--time", "3")
    assert found["options"][0]["fewest_proven"]
    assert found["options"][0]["changes"]["scenes"] > 0
    assert found["misfits"]
    assert (film / "boards/plan.json").read_bytes() == agreed
    assert Path(found["board"]) == film / "boards/plan-replanned.json"
    assert own_keys(found, "options[].days", "misfits") <= documented("replan")
    assert all(row["date"] != day for row in found["options"][0]["days"])


def test_replan_says_what_it_cannot_read(film: Path) -> None:
    for words in (["--away", "NOBODY=2027-06-08"], ["--lost", "Tuesday"], ["--count", "hours"], ["--slip", "main=soon"]):
        result = run("replan", film, *words)
        assert result.exit_code == 2, words
        assert "Traceback" not in result.output


def test_why_has_every_date_and_what_if_its_price(film: Path) -> None:
    found = answered("why", film, "9")
    assert own_keys(found) <= documented("why")
    choices = found["strips"][0]["choices"]
    assert [row["verdict"] for row in choices].count("here") == 1
    never = next(row for row in choices if row["verdict"] == "never")
    assert any("BRAIS is away" in text for text in never["why"])
    asked = answered("why", film, "9", never["date"])
    assert asked["never"]
    assert own_keys(asked, "violations") <= documented("why, on another day")
    fits = next(row for row in choices if row["verdict"] == "fits")
    priced = answered("why", film, "9", fits["date"])
    assert priced["more"] == fits["more"] == sum(line["cents"][1] - line["cents"][0] for line in priced["lines"])
    assert run("why", film, "999").exit_code == 2


def test_what_a_repair_costs_is_said(film: Path) -> None:
    choices = answered("why", film, "3")["strips"][0]["choices"]
    clash = next(row for row in choices if row["verdict"] == "clash")
    asked = answered("why", film, "3", clash["date"])
    now = answered("check", film)["cost"]
    assert own_keys(asked, "violations") <= documented("why, on another day")
    assert asked["repair"]["more"] == asked["repair"]["cost"] - now
    said = run("why", film, "3", clash["date"]).stdout
    assert "With that the board would cost " in said


def test_a_pin_outside_the_span_is_told_with_the_span(film: Path) -> None:
    result = run("plan", film, "--pin", "3=2030-01-01", "--time", "1")
    assert result.exit_code == 1
    assert "strip 3 pinned to 2030-01-01, and unit main shoots from 2027-06-07 to 2027-07-02" in result.stderr
    assert "Change it, or give it up." in result.stderr


def test_improve_never_writes_over_the_board_and_says_its_keys(film: Path) -> None:
    before = (film / "boards/plan.json").read_bytes()
    found = answered("improve", film, "plan", "--time", "1", "--pin", "9", "--leave", "week 1")
    assert found["saved"] >= 0
    assert (film / "boards/plan.json").read_bytes() == before
    assert {"before", "saved", "changes", "steps", "board", "seed"} <= set(found)
    assert run("improve", film, "plan", "--only", "swap-dais").exit_code == 2
    assert run("improve", film, "plan", "--leave", "soon").exit_code == 2
    text = run("improve", film, "plan", "--time", "1", "--only", "order")
    assert "Nothing gained" in text.stdout or "saved" in text.stdout


def test_compare_puts_boards_side_by_side(film: Path) -> None:
    shutil.copy(film / "boards/plan.json", film / "boards/same.json")
    found = answered("compare", film, "plan", "same")
    assert own_keys(found) <= documented("compare")
    assert [side["board"] for side in found["boards"]] == ["plan", "same"]
    for number, side in enumerate(found["boards"]):
        assert sum(line["cents"][number] for line in found["lines"]) == side["cost"]
    assert run("compare", film, "plan").exit_code == 2
    assert "strips moved" in run("compare", film, "plan", "same").stdout
