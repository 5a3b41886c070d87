"""The pages themselves: fresh, linked, in the index, in plain words; and the documented keys of every `--json`."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from docs_blocks import FENCE, cupola

ROOT = Path(__file__).parents[2]
PAGES = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"(?<!`)\[[^\[\]]*\]\(([^()\s]+)\)")
NEVER = {
    "a path of one machine": re.compile(r"(?<![\w.)])/(?:work|home|root|tmp|Users|opt|var|mnt)/|[A-Z]:\\"),
    "a registry": re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|repo\.maven|crates\.io"),
    "how the work was done": re.compile(r"\b(?:[Ss]essions?|[Hh]elpers?)\b"),
    "hype": re.compile(r"\b(?:powerful|seamless|blazing|revolutionary|cutting-edge|effortless)\b", re.IGNORECASE),
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["cli.md", "production.md", "light.md", "rules.md", "api.md", "errors.md"])
def test_the_generated_reference_is_fresh(generate, page):
    assert page in generate.PAGES
    written = (ROOT / "docs/reference" / page).read_text(encoding="utf-8")
    assert written == generate.text_of(page), "write it anew: python docs/generate.py"


def test_check_says_what_is_stale(generate, tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "docs/reference", tmp_path / "reference")
    shutil.copy(ROOT / "docs/meanings.toml", tmp_path)
    monkeypatch.setattr(generate, "HERE", tmp_path)
    assert generate.main(["--check"]) == 0
    (tmp_path / "reference/errors.md").write_text("old")
    assert generate.main(["--check"]) == 1
    assert "stale: docs/reference/errors.md" in capsys.readouterr().out
    assert (tmp_path / "reference/errors.md").read_text() == "old"
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_internal_links_lead_somewhere(path):
    for target in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_says_nothing_it_should_not(path):
    text = path.read_text(encoding="utf-8")
    assert {what: found[0] for what, pattern in NEVER.items() if (found := pattern.search(text))} == {}


def test_every_document_is_in_the_index():
    index = ROOT / "docs/README.md"
    listed = {(index.parent / target).resolve() for target in LINK.findall(index.read_text(encoding="utf-8"))}
    assert set((ROOT / "docs").rglob("*.md")) - {index} <= listed


# ------------------------------------------------------------------------------------------------------- keys of --json


def documented() -> dict[str, set[str]]:
    """The keys that json.md has, by the heading they stand under."""
    parts = re.split(r"^## (.+)$", (ROOT / "docs/reference/json.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        head: set(re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE))
        for head, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def keys(value: Any, at: str = "") -> Iterator[str]:
    """Every key of a document, with its path: `days[].strips[].id`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{at}{key}"
            yield from keys(inner, f"{at}{key}.")
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{at.removesuffix('.')}[].")


def printed(*words: str, code: int = 0) -> set[str]:
    ended, out, _ = cupola(*words, "--json")
    assert ended == code, out
    return set(keys(json.loads(out)))


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> Path:
    """The two-hander, planned; and beside its board one that lacks a day."""
    folder = tmp_path_factory.mktemp("film") / "film"
    shutil.copytree(ROOT / "examples/two-hander", folder, ignore=shutil.ignore_patterns("boards", "paper"))
    cupola("doctor", "--json")
    assert cupola("plan", str(folder), "--time", "2")[0] == 0
    board = json.loads((folder / "boards/plan.json").read_text(encoding="utf-8"))
    (folder / "boards/short.json").write_text(json.dumps({**board, "days": board["days"][1:]}), encoding="utf-8")
    return folder


def test_new_script_sheet_report_and_doctor_print_the_documented_keys(film):
    said = documented()
    assert printed("new", str(film.parent / "new")) == said["new"]
    assert printed("script", str(film)) == said["script"]
    assert printed("sheet", str(film), "main:1") == printed("report", str(film)) == said["sheet, report and export"]
    assert printed("export", "ics", str(film)) == said["sheet, report and export"]
    assert printed("doctor") == said["doctor"]


def test_import_prints_the_documented_keys(film):
    board = ROOT / "tests/exchange/uss/harbour.uss"
    assert printed("import", str(board), str(film.parent / "harbour")) == documented()["import"]


def test_revise_prints_the_documented_keys(film):
    copy = shutil.copytree(film, film.parent / "revised")
    assert printed("revise", str(film / "script.fountain"), str(copy), "--look") == documented()["revise"]


def test_windows_print_the_documented_keys(film):
    hopeless = shutil.copytree(film, film.parent / "hopeless")
    text = (hopeless / "production.toml").read_text(encoding="utf-8")
    (hopeless / "production.toml").write_text(f'{text}\n[scene."11"]\ntakes = 20\nseconds = 180\n', encoding="utf-8")
    assert printed("windows", str(film)) | printed("windows", str(hopeless)) == documented()["windows"]


def test_plan_and_check_print_the_documented_keys(film):
    said = documented()
    broken = printed("check", str(film), "short", code=1)
    of_violations = {key for key in said["plan and check"] if key.startswith("violations[]")}
    assert of_violations <= broken
    assert printed("check", str(film)) | broken == said["plan and check"] | said["check"]
    assert printed("plan", str(film), "--time", "1") | of_violations == said["plan and check"] | said["plan"]


def test_errors_and_clashes_print_the_documented_keys(film):
    said = documented()
    assert printed("check", str(film), "nowhere", code=2) == said["Errors"]
    clash = printed("plan", str(film), "--time", "1", "--pin", "9=2027-06-08", code=1)
    assert clash == said["Errors"] | said["Wishes that clash"]
