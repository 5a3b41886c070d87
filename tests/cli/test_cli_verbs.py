"""The verbs as a person types them: what they print, what they write, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from cupola.cli import app
from cupola.cli.say import verb

EXAMPLE = Path(__file__).parents[2] / "examples" / "two-hander"
COMMAND = [sys.executable, "-c", "from cupola.cli import main; main()"]
TLE_2021 = """\
1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994
2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594
"""
"""The station's elements on the eve of the flight of October 2021, as public repositories keep them."""

FILM = """\
Title: Probe

INT. HOUSE - KITCHEN - DAY #1#

ANNA pours. She pours again. The cup runs over, and she lets it.

ANNA
Coffee?

EXT. HOUSE - GARDEN - DUSK #2#

BORIS waits.

BORIS
No.

INT. HOUSE - KITCHEN - NIGHT #3#

ANNA and BORIS, one cup.

ANNA
Stay.
"""


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def answered(*words: object, code: int = 0) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A production made by `cupola new`, planned."""
    folder = tmp_path_factory.mktemp("films") / "probe"
    script = folder.parent / "probe.fountain"
    script.write_bytes(FILM.replace("\n", "\r\n").encode())
    assert run("new", folder, "--script", script, "--start", "2027-06-07", "--currency", "EUR").exit_code == 0
    assert run("plan", folder, "--time", "1").exit_code == 0
    return folder


@pytest.fixture
def film(tmp_path) -> Path:
    """A production that a test may spoil."""
    folder = tmp_path / "probe"
    (tmp_path / "probe.fountain").write_text(FILM)
    assert run("new", folder, "--script", tmp_path / "probe.fountain", "--start", "2027-06-07").exit_code == 0
    return folder


def test_new_copies_the_script_byte_for_byte(home):
    assert (home / "probe.fountain").read_bytes() == (home.parent / "probe.fountain").read_bytes()


def test_new_without_a_script_plans_too(tmp_path):
    assert run("new", tmp_path / "film", "--title", 'The "Film" \\ 2').exit_code == 0
    found = answered("script", tmp_path / "film")
    assert len(found["scenes"]) == 3
    text = (tmp_path / "film" / "production.toml").read_text()
    assert 'title = "The \\"Film\\" \\\\ 2"' in text


def test_new_never_writes_over_a_production(home):
    before = (home / "production.toml").read_bytes()
    assert answered("new", home, code=2)["error"]["rule"] == "a production is here already"
    assert (home / "production.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "kind", "remedy"),
    [
        (["--currency", "EURO"], "RateError", 'did you mean "EUR"?'),
        (["--start", "tomorrow"], "ProductionError", "2027-06-07"),
        (["--script", "nowhere.fountain"], "ProductionError", "name and folder"),
    ],
)
def test_new_refuses_what_it_cannot_read_and_makes_nothing(tmp_path, words, kind, remedy):
    error = answered("new", tmp_path / "film", *words, code=2)["error"]
    assert error["kind"] == kind
    assert remedy in error["remedy"]
    assert not (tmp_path / "film").exists()


def test_script_has_the_documented_keys(home):
    scene = answered("script", home)["scenes"][1]
    assert {"number", "int_ext", "set", "time_of_day", "eighths", "cast", "line"} <= set(scene)
    assert (scene["number"], scene["int_ext"], scene["set"], scene["time_of_day"]) == ("2", "EXT", "GARDEN", "DUSK")
    assert scene["cast"] == ["BORIS"]
    assert scene["line"] == 10


def test_script_reads_a_file_as_well_as_a_folder(home):
    assert answered("script", home / "probe.fountain")["scenes"] == answered("script", home)["scenes"]


def test_windows_have_the_documented_keys(home):
    found = answered("windows", home)["windows"]
    assert {row["shot"] for row in found} == {"2"}
    assert {"shot", "open_utc", "close_utc", "edge_s", "firm", "why"} <= set(found[0])
    assert found == answered("windows", home, "2")["windows"]
    assert answered("windows", home, "1")["windows"] == []


def test_windows_are_local_where_people_read_them(home):
    result = run("windows", home, "2")
    assert "Opens (Europe/London)" in result.stdout
    assert "07 Jun 2027" in result.stdout


def test_an_unknown_scene_is_said(home):
    assert answered("windows", home, "22", code=2)["error"]["value"] == "22"


def test_plan_and_check_have_the_documented_keys(home):
    keys = {"status", "cost", "currency", "bound", "gap", "gap_controllable", "violations", "days"}
    planned = answered("plan", home, "--time", "1", "--out", "again")
    checked = answered("check", home, "again")
    assert keys <= set(planned)
    assert keys <= set(checked)
    assert planned["status"] in ("optimal", "feasible")
    assert checked["status"] == "good"
    assert planned["days"] == checked["days"]
    assert planned["bound"] <= planned["cost"] == checked["cost"]
    strips = [strip for day in planned["days"] for strip in day["strips"]]
    assert {strip["scene"] for strip in strips} == {"1", "2", "3"}
    assert (home / "boards" / "again.json").is_file()


def test_the_same_seed_gives_the_same_bytes(home):
    assert run("plan", home, "--time", "1", "--out", "a").exit_code == 0
    first = (home / "boards" / "a.json").read_bytes()
    assert run("plan", home, "--time", "1", "--out", "a").exit_code == 0
    assert (home / "boards" / "a.json").read_bytes() == first


def test_a_pin_is_kept(home):
    planned = answered("plan", home, "--time", "1", "--pin", "1=2027-06-09", "--out", "pinned")
    day = next(day for day in planned["days"] if any(strip["id"] == "1" for strip in day["strips"]))
    assert day["date"] == "2027-06-09"


def test_wishes_that_clash_are_listed(home):
    found = answered("plan", home, "--time", "1", "--pin", "1=2027-06-13", "--out", "sunday", code=1)
    assert found["status"] == "infeasible"
    assert any("1" in wish for wish in found["clash"])
    assert not (home / "boards" / "sunday.json").exists()


def test_any_light_asks_nothing_of_the_sun(home):
    planned = answered("plan", home, "--time", "1", "--light", "any", "--out", "lamps")
    assert all(strip["window"] is None for day in planned["days"] for strip in day["strips"])
    assert answered("plan", home, "--light", "red", code=2)["error"]["kind"] == "LightError"


def test_a_broken_board_names_the_rule(home, tmp_path):
    document = json.loads((home / "boards" / "plan.json").read_text())
    document["days"] = document["days"][:-1]
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document))
    found = answered("check", home, broken, code=1)
    assert found["status"] == "broken"
    assert {violation["rule"] for violation in found["violations"]} == {"every scene"}
    text = run("check", home, broken)
    assert text.exit_code == 1
    assert "every scene\n" in text.stdout


def test_a_board_that_is_missing_says_how_to_make_one(home):
    error = answered("check", home, "none", code=2)["error"]
    assert error["kind"] == "BoardError"
    assert "cupola plan" in error["remedy"]


def test_a_board_older_than_its_production_is_said(film):
    assert run("plan", film, "--time", "1").exit_code == 0
    with (film / "production.toml").open("a") as file:
        file.write("# changed\n")
    assert answered("check", film)["stale"] is True
    assert "have changed since" in run("check", film).stdout


@pytest.mark.parametrize("word", ["main:1", "1", "date"])
def test_a_sheet_is_found_by_number_or_date(home, tmp_path, word):
    board = json.loads((home / "boards" / "plan.json").read_text())
    word = board["days"][0]["date"] if word == "date" else word
    (file,) = answered("sheet", home, word, "--out", tmp_path)["files"]
    assert Path(file).name == "call-sheet-main-01.pdf"
    assert Path(file).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("word", ["main:99", "orbit:1", "someday", "2020-01-01", ""])
def test_a_day_that_is_not_on_the_board_is_said(home, word):
    error = answered("sheet", home, word, code=2)["error"]
    assert "main:1" in error["remedy"]


def test_a_report_writes_every_paper(home, tmp_path):
    files = [Path(file) for file in answered("report", home, "--out", tmp_path / "out")["files"]]
    names = {file.name for file in files}
    assert {"report.html", "one-liner.pdf", "call-sheets.pdf", "stripboard.csv", "costs.csv", "index.html"} <= names
    assert all(file.stat().st_size > 100 for file in files)
    assert all(name in (tmp_path / "out" / "index.html").read_text() for name in names - {"index.html"})


def test_a_place_that_cannot_be_written_is_said_before_the_search(film):
    (film / "boards").write_text("a file stands here")
    began = time.monotonic()
    error = answered("plan", film, "--time", "60", code=2)["error"]
    assert error["kind"] == "PlaceToWriteError"
    assert time.monotonic() - began < 20
    error = answered("report", film, "--out", film / "boards" / "x", code=2)["error"]
    assert error["kind"] == "BoardError"


def orbital(film: Path, *, first: str, last: str, extra: str = "") -> None:
    """Turn a production into one aboard a station on the elements of October 2021."""
    (film / "orbit.tle").write_text(TLE_2021)
    script = film / "probe.fountain"
    script.write_text(script.read_text().replace("EXT. HOUSE - GARDEN - DUSK", "INT. ISS - CUPOLA - ORBITAL SUNSET"))
    text = (film / "production.toml").read_text()
    text = text.replace('rules = ["film-12h"]', 'rules = ["film-12h"]\norbit = "orbit.tle"')
    text = text.replace('id = "BORIS"', 'id = "BORIS"\naboard = "PILOT"')
    text += f"""
[station]
name = "ISS"

[[unit]]
id = "orbit"
kind = "orbit"
first = {first}
last = {last}
days_off = []

[[crew]]
id = "PILOT"
name = "The pilot"
blocks = ["08:00-13:00", "14:00-19:30"]
operates = true

[[place]]
id = "cupola"
unit = "orbit"
sets = ["CUPOLA"]
{extra}"""
    (film / "production.toml").write_text(text)


def test_elements_three_years_old_give_windows_that_are_not_firm_said_in_words(film):
    orbital(film, first="2024-10-05T12:00:00Z", last="2024-10-05T18:00:00Z")
    found = answered("windows", film)
    assert found["windows"]
    assert not any(row["firm"] for row in found["windows"])
    assert "3.0 years old" in found["notes"][0]
    assert "no window is firm" in run("windows", film).stdout


def test_light_that_never_comes_is_explained(film):
    orbital(
        film,
        first="2021-10-05T12:22:31Z",
        last="2021-10-05T15:00:00Z",
        extra='[scene."2"]\nlight = "over Kamchatka"\n\n[[target]]\nname = "Kamchatka"\nlat_deg = 53.05\nlon_deg = 158.65\n',
    )
    found = answered("windows", film, "2")
    assert found["windows"] == []
    assert "never" in found["none"][0]["why"]
    assert "never" in run("windows", film, "2").stdout


def test_a_wrong_checksum_says_file_and_line(film):
    orbital(film, first="2021-10-05T12:22:31Z", last="2021-10-05T15:00:00Z")
    (film / "orbit.tle").write_text(TLE_2021.replace("9994", "9995"))
    error = answered("windows", film, code=2)["error"]
    assert (error["kind"], error["file"], error["line"]) == ("OrbitError", str(film / "orbit.tle"), 1)


def test_an_error_is_one_clear_message_on_stderr(film):
    text = (film / "production.toml").read_text()
    (film / "production.toml").write_text(text.replace("page_min", "page_mni"))
    result = run("plan", film)
    assert result.exit_code == 2
    assert result.stdout == ""
    line = text[: text.index("page_min")].count("\n") + 1
    assert f"production.toml:{line}:" in result.stderr
    assert 'did you mean "page_min"?' in result.stderr
    assert "Traceback" not in result.output


def test_a_script_cannot_steer_the_terminal(tmp_path):
    (tmp_path / "a.fountain").write_text("INT. \x1b[31mRED\x07 - DAY #1#\n\nBANG.\n")
    result = run("script", tmp_path / "a.fountain")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout


@pytest.mark.parametrize("words", [[], ["fly"], ["plan", "--seed", "x"], ["sheet"], ["plan", "nowhere"]])
def test_wrong_use_ends_with_2(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_inside_its_folder_a_production_needs_no_name(home, monkeypatch):
    monkeypatch.chdir(home)
    assert answered("windows", "2")["windows"]
    assert answered("check")["status"] == "good"
    assert answered("check", "plan")["status"] == "good"
    assert answered("sheet", "main:1")["files"] == ["paper/call-sheet-main-01.pdf"]


def test_doctor_finds_all_well():
    found = answered("doctor")
    assert found["works"] is True
    assert {check["check"] for check in found["checks"]} >= {"versions", "sky", "search", "PDF and fonts"}


def test_help_imports_nothing_heavy():
    code = "import sys, cupola.cli; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"numpy", "pydantic", "ortools", "numba", "rich", "typst", "erfa", "sgp4", "tomllib"}


def test_every_verb_is_on_the_help():
    result = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=True)
    for word in ("new", "script", "windows", "plan", "check", "sheet", "report", "doctor"):
        assert f"\n  {word} " in result.stdout


def test_a_closed_pipe_is_no_fault():
    command = f"{sys.executable} -c 'from cupola.cli import main; main()' script {EXAMPLE} --json | head -c 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert result.stdout == "{"
    assert result.stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("hand", [[signal.SIGINT], [signal.SIGINT] * 2, [signal.SIGTERM]], ids=["once", "impatient", "end"])
def test_ctrl_c_keeps_the_best_board(tmp_path, hand):
    shutil.copytree(EXAMPLE, tmp_path / "film", ignore=shutil.ignore_patterns("boards", "paper"))
    words = [*COMMAND, "plan", str(tmp_path / "film"), "--time", "120", "--out", "stopped"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while "best" not in process.stderr.readline():
            assert process.poll() is None
        for number in hand:
            process.send_signal(number)
            time.sleep(0.05)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Stopped by hand" in out
    assert answered("check", tmp_path / "film", "stopped")["status"] == "good"


def test_ctrl_c_before_there_is_anything_says_so():
    def stopped() -> None:
        raise KeyboardInterrupt

    one = Typer()
    one.command()(verb(stopped))
    result = CliRunner().invoke(one, [])
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "stopped by hand; nothing was written\n")


def test_a_board_that_the_clock_stopped_says_so(tmp_path):
    # the fuse burns at one and a half times the limit, and no flight is laid out in a seventh of a second
    shutil.copytree(EXAMPLE, tmp_path / "film", ignore=shutil.ignore_patterns("boards", "paper"))
    result = run("plan", tmp_path / "film", "--time", "0.1")
    stopped = json.loads((tmp_path / "film" / "boards" / "plan.json").read_text())["provenance"]["stopped"]
    assert ("Stopped by the clock before the 0.1 s of effort" in result.stdout) == (stopped == "clock")


def test_the_version_is_said_without_a_command():
    result = run("--version")
    assert (result.exit_code, result.stdout.split()[0]) == (0, "cupola")
