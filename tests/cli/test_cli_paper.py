"""Call sheets in other languages, copies with a name, and the production report from its form, as a person asks for them."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cupola.cli import app

EXAMPLE = Path(__file__).parents[2] / "examples" / "two-hander"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film") / "film"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("paper", "dpr"))
    assert CliRunner().invoke(app, ["plan", str(folder), "--time", "1"]).exit_code == 0
    return folder


def files(*words: object) -> list[str]:
    result = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert result.exit_code == 0, result.output
    return [Path(file).name for file in json.loads(result.stdout)["files"]]


def test_a_sheet_in_another_language_and_a_copy_have_files_of_their_own(film: Path, tmp_path: Path) -> None:
    assert files("sheet", film, "main:1", "--lang", "ru+en", "--out", tmp_path) == ["call-sheet-main-01-ru-en.pdf"]
    assert files("sheet", film, "main:1", "--for", "A. Person", "--out", tmp_path) == ["call-sheet-main-01-A--Person.pdf"]


def test_an_unknown_language_is_told_with_those_there_are(film: Path) -> None:
    result = CliRunner().invoke(app, ["sheet", str(film), "main:1", "--lang", "fr", "--json"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["value"] == "fr"


def test_the_form_of_a_day_may_be_a_workbook(film: Path, tmp_path: Path) -> None:
    assert files("sheet", film, "main:2", "--dpr", "--form", "xlsx", "--out", tmp_path) == ["main-02.xlsx"]
    assert files("sheet", film, "main:2", "--dpr", "--out", tmp_path) == ["dpr-main-02.pdf"]


@pytest.mark.parametrize(("words", "value"), [(("--dpr", "--form", "xls"), "xls"), (("--form", "xlsx"), "xlsx")])
def test_a_form_that_nobody_writes_is_refused(film: Path, words: tuple[str, ...], value: str) -> None:
    result = CliRunner().invoke(app, ["sheet", str(film), "main:1", *words, "--json"])
    error = json.loads(result.stdout)["error"]
    assert (result.exit_code, error["value"], bool(error["remedy"])) == (2, value, True)


def test_the_first_report_of_a_day_is_its_form(film: Path, tmp_path: Path) -> None:
    assert files("sheet", film, "main:1", "--dpr", "--out", tmp_path) == ["main-01.toml"]
    assert files("sheet", film, "main:1", "--dpr", "--out", tmp_path) == ["dpr-main-01.pdf"]
    form = film / "dpr" / "main-01.toml"
    form.write_text(form.read_text("utf-8").replace("setups", "set-ups", 1), "utf-8")
    result = CliRunner().invoke(app, ["sheet", str(film), "main:1", "--dpr", "--json"])
    error = json.loads(result.stdout)["error"]
    assert (result.exit_code, error["line"] is not None) == (2, True)
    assert "did you mean setups" in error["remedy"].casefold() or "setups" in error["remedy"]
