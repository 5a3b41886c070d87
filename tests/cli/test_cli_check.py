"""`cupola check` on the committed board: what is broken ends with code 1, what is only priced does not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cupola.cli import app

EXAMPLE = Path(__file__).parents[2] / "examples/the-challenge"
NIGHT_WALK = """\
[pack]
id = "{name}"
title = "A pack of the test"
date = "2026-11-01"

{article}
clause = "the clause of the test"
source = "the test"
"""
OVERTIME = "[overtime]\nstraight_h = 8\nafter_h = [6]\nfactors = [1.5]\nstep_min = 6"
SHORT_DAY = "[day]\nmax_h = 3"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    folder = tmp_path / "film"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("paper"))
    return folder


def with_pack(film: Path, article: str) -> None:
    (film / "own.toml").write_text(NIGHT_WALK.format(name="own", article=article))
    file = film / "production.toml"
    file.write_text(file.read_text().replace('"station-crew-day"]', '"station-crew-day", "own.toml"]', 1))


def checked(film: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["check", str(film), "agreed", *options])


def test_what_is_only_priced_is_told_and_is_no_fault(film: Path) -> None:
    with_pack(film, OVERTIME)
    told = checked(film)
    assert told.exit_code == 0
    assert "Allowed, at a price" in told.stdout
    assert "overtime: the clause of the test" in told.stdout
    assert "No rule is broken." in told.stdout
    assert "on top of the day rates" in told.stdout


def test_json_has_the_price_of_each_finding_and_their_sum(film: Path) -> None:
    with_pack(film, OVERTIME)
    document = json.loads(checked(film, "--json").stdout)
    assert (document["status"], document["broken"]) == ("good", 0)
    assert {found["kind"] for found in document["violations"]} == {"priced"}
    assert document["premiums"] == sum(found["cost_cents"] or 0 for found in document["violations"]) > 0
    assert all(found["clause"] and found["remedy"] and found["who"] for found in document["violations"])


def test_what_is_broken_ends_with_code_one_and_names_a_fix(film: Path) -> None:
    with_pack(film, SHORT_DAY)
    told = checked(film)
    assert told.exit_code == 1
    assert "\nBroken\n" in told.stdout
    assert "day length: the clause of the test" in told.stdout
    assert "of work to another day" in told.stdout
    document = json.loads(checked(film, "--json").stdout)
    assert document["status"] == "broken"
    assert document["broken"] == len([found for found in document["violations"] if found["kind"] == "broken"]) > 0
