"""Every command, every program and every shown output of the documents, and every example in a docstring."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import shutil
from pathlib import Path

import pytest
from docs_blocks import Block, Reader, blocks_of, commands_of, is_like
from docs_blocks import cupola as run_cupola

import cupola

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = [each.name for each in pkgutil.walk_packages(cupola.__path__, "cupola.")]


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """The search compiled and loaded, as it is on a reader's second command."""
    folder = str(tmp_path_factory.mktemp("warm") / "film")
    assert run_cupola("new", folder)[0] == 0
    run_cupola("plan", folder, "--time", "1")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_says_happens(path, tmp_path, monkeypatch, warm):
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("paper"))
    monkeypatch.chdir(tmp_path)
    reader = Reader(home=tmp_path)
    for block in blocks_of(path):
        reader.follow(block)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_docstring_hold(name):
    module = importlib.import_module(name)
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0


def test_some_docstrings_have_examples():
    finder = doctest.DocTestFinder()
    assert sum(len(each.examples) for name in MODULES for each in finder.find(importlib.import_module(name))) > 10


def test_a_console_block_is_commands_with_their_outputs():
    text = "$ cupola plan film \\\n    --time 2\nNo rule is broken.\n$ ls\n"
    assert list(commands_of(text)) == [("cupola plan film     --time 2", "No rule is broken.\n"), ("ls", "")]


def test_an_output_may_differ_only_where_it_is_left_out():
    assert is_like(" Scene  Set \n ─────────\n 1   HOUSE\n 2  GARDEN\n", "Scene Set\n──\n1 HOUSE\n...")
    assert is_like("cost 12 EUR, gap 3 %\n", "cost ... EUR, gap ... %\n")
    assert not is_like("cost 12 EUR\n", "cost 13 EUR\n")
    assert not is_like("one\ntwo\n", "one\n")


def test_a_command_nobody_knows_is_refused(tmp_path):
    block = Block(where="here:1", language="console", options="", text="$ fly me\n")
    with pytest.raises(AssertionError, match="no document may ask for fly me"):
        Reader(home=tmp_path).follow(block)
