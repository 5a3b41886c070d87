"""`cupola report`: all documents with a page of contents, or those that are named, wherever the folder stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cupola.cli import app
from cupola.cli.report import PAPERS, papers_named
from cupola.errors import CupolaError

EXAMPLES = Path(__file__).parents[2] / "examples"
FLOWN = EXAMPLES / "the-challenge"
BOARD = ("--board", "agreed")


def answered(*words: object, code: int = 0) -> dict:
    result = CliRunner().invoke(app, [str(word) for word in (*words, "--json")])
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def names(*words: object) -> list[str]:
    return [Path(file).name for file in answered("report", *words)["files"]]


def test_documents_are_written_by_name_in_the_order_asked(tmp_path):
    assert names(FLOWN, "kit", "dood.csv", *BOARD, "--out", tmp_path) == ["kit.pdf", "dood.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dood.csv", "kit.pdf"]
    assert names("scenes", FLOWN, *BOARD, "--out", tmp_path) == ["scenes.pdf"]


def test_a_name_alone_is_enough_where_the_production_is_here(tmp_path, monkeypatch):
    monkeypatch.chdir(FLOWN)
    assert names("props", *BOARD, "--out", tmp_path) == ["props.pdf"]
    error = answered("report", "prosp", *BOARD, code=2)["error"]
    assert error["remedy"].startswith('did you mean "props"?')


def test_an_unknown_name_gets_every_known_one(tmp_path):
    error = answered("report", FLOWN, "weather", *BOARD, "--out", tmp_path, code=2)["error"]
    for paper in PAPERS:
        assert paper.stem in error["remedy"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.file)
def test_every_document_has_a_name_of_its_own(paper):
    assert papers_named([paper.file]) == (paper,)
    (found,) = papers_named([paper.stem])
    assert found.stem == paper.stem


def test_a_folder_that_is_none_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert answered("report", "nothing", code=2)["error"]["kind"] == "ProductionError"


def test_a_film_on_earth_has_no_papers_of_a_flight(tmp_path):
    film = EXAMPLES / "two-hander"
    if not list((film / "boards").glob("*.json")):
        import shutil

        shutil.copytree(film, tmp_path / "film")
        film = tmp_path / "film"
        answered("plan", film, "--time", "1")
    board = sorted((film / "boards").glob("*.json"))[0].stem
    out = tmp_path / "out"
    written = names(film, "--board", board, "--out", out)
    assert "procedures.pdf" not in written
    assert "elements.pdf" in written
    contents = (out / "index.html").read_text()
    for paper in PAPERS:
        assert (f'href="{paper.file}"' in contents) == (paper.file in written) == (not paper.aboard)
        assert paper.aboard or paper.says in contents
    assert "Also in this folder" not in contents
    answered("export", "uss", film, "--board", board, "--out", out)
    (out / ".hidden").touch()
    names(film, "--board", board, "--out", out)
    also = (out / "index.html").read_text().partition("Also in this folder")[2]
    assert [part.partition('"')[0] for part in also.split('href="')[1:]] == [f"{board}.uss"]
    error = answered("report", film, "timeline", "--board", board, code=2)["error"]
    assert "orbit" in error["rule"]


def test_a_name_that_no_document_has_is_an_error_of_ours():
    with pytest.raises(CupolaError, match="no document has this name"):
        papers_named(["dood", "nonsense"])
