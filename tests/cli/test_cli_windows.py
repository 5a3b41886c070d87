"""`cupola windows`: why there are none, why edges are uncertain, and the picture."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cupola.cli import app

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/the-challenge"
BURN = """
[[manoeuvre]]
start = 2021-10-09T12:00:00Z
duration_s = 600
dv_m_s = 0.43
note = "reboost"
"""


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "film", ignore=shutil.ignore_patterns("boards")))


def test_each_window_says_what_makes_its_edges_uncertain():
    rows = json.loads(run("windows", EXAMPLE, "53", "--json").stdout)["windows"]
    assert rows[0]["edge_why"].startswith("elements 0.")
    assert rows[-1]["edge_why"] == "elements 12.2 days old, ±14.4 s"


def test_a_logged_burn_is_named_and_nothing_after_it_is_firm(film):
    with (film / "production.toml").open("a", encoding="utf-8") as file:
        file.write(BURN)
    result = run("windows", film, "53")
    assert "burn of 09 Oct 12:00 UTC of 0.43 m/s, not in the elements, ±109.4 s; elements 12.2 days old" in result.stdout
    rows = json.loads(run("windows", film, "53", "--json").stdout)["windows"]
    assert [row["firm"] for row in rows] == [row["close_utc"] < "2021-10-09T12" for row in rows]


def test_an_error_table_of_ones_own_moves_every_edge(film):
    text = (film / "production.toml").read_text(encoding="utf-8")
    table = "error_table = [{ age_days = 1, median_s = 5, p95_s = 9 }, { age_days = 20, median_s = 50, p95_s = 90 }]"
    (film / "production.toml").write_text(text.replace("[station]", f'[station]\n{table}\nplan_with = "p95"'), encoding="utf-8")
    rows = json.loads(run("windows", film, "53", "--json").stdout)["windows"]
    assert rows[0]["edge_s"] == pytest.approx(9, abs=0.1)
    assert rows[-1]["edge_s"] == pytest.approx(9 * 10 ** (11.15 / 19), rel=0.01)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[{ age_days = 1, median_s = 5, p95_s = 9 }]", "error_table"),
        (
            "[{ age_days = 1, median_s = 5, p95_s = 2 }, { age_days = 2, median_s = 5, p95_s = 9 }]",
            "p95_s is at least median_s",
        ),
        ("[{ age_days = 3, median_s = 5, p95_s = 9 }, { age_days = 2, median_s = 5, p95_s = 9 }]", "grow in age and in error"),
    ],
)
def test_an_error_table_that_cannot_be_is_refused(film, table, said):
    text = (film / "production.toml").read_text(encoding="utf-8")
    (film / "production.toml").write_text(text.replace("[station]", f"[station]\nerror_table = {table}"), encoding="utf-8")
    result = run("windows", film)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize(("scene", "name"), [("22", "a.svg"), ("22", "a.html"), ("10", "b.html")])
def test_a_picture_is_drawn_where_it_is_asked(tmp_path, scene, name):
    result = run("windows", EXAMPLE, scene, "--picture", tmp_path / name)
    assert result.exit_code == 0, result.output
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text.startswith("<?xml" if name.endswith("svg") else "<!DOCTYPE html>")
    assert text.count("<rect") > 300


def test_the_day_of_the_map_can_be_chosen(tmp_path):
    run("windows", EXAMPLE, "22", "--picture", tmp_path / "a.html", "--day", "2021-10-13")
    assert "The ground below on Wed 13 Oct" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "write it as 2021-10-08" in run("windows", EXAMPLE, "22", "--picture", tmp_path / "a.html", "--day", "soon").output


def test_a_picture_of_another_kind_or_of_nothing_is_refused(tmp_path):
    assert "SVG or HTML" in run("windows", EXAMPLE, "22", "--picture", tmp_path / "a.pdf").output
    assert "nothing to draw" in run("windows", EXAMPLE, "2", "--picture", tmp_path / "a.svg").output
    assert list(tmp_path.iterdir()) == []


def test_the_way_to_an_answer_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['cupola', 'sky', '2021-10-08T10:36Z', sys.argv[1]]\n"
        "from cupola.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numba', 'scipy', 'astropy', 'matplotlib', 'skyfield', 'ortools', 'jpype'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))"
    )
    out = subprocess.run([sys.executable, "-c", code, str(EXAMPLE)], capture_output=True, text=True, check=True).stdout
    assert out.rstrip().endswith("heavy: []")
