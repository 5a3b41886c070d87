"""`cupola revise` on a folder: the old script stays, overrides and pins follow their scenes, a bad draft changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cupola.errors import CupolaError, ProductionError
from cupola.files import read_board, read_production
from cupola.files.drafts import boards_of, draft_of, write_draft
from cupola.files.starter import starter_toml
from cupola.files.write import write_text
from cupola.schedule import Stop, solve
from cupola.schedule.redraft import redrafted
from cupola.script import parse_script

SCRIPT = """Title: A Test

INT. KITCHEN - DAY

[[prop: cup]]

Anna pours a coffee and looks at the clock above the stove.

INT. HALL - DAY

Boris takes his coat off the hook and puts it back again.

EXT. GARDEN - DAY

Nobody. A gate that will not shut, and the wind at it.
"""
EXTRA = """
[scene."2"]
eighths = 5

[[pin]]
strip = "3"
day = 2027-05-04

[[order]]
first = "1"
then = "2"
"""
START = "first = 2027-05-03"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    from datetime import date

    film = tmp_path / "film"
    film.mkdir()
    toml = starter_toml(
        parse_script(SCRIPT), script_file="script.fountain", title="A Test", currency="EUR", start=date(2027, 5, 3)
    )
    write_text(film / "script.fountain", SCRIPT)
    write_text(film / "production.toml", toml + EXTRA)
    return film


def given(tmp_path: Path, text: str, name: str = "new.fountain") -> Path:
    return write_text(tmp_path / name, text)


def revise(folder: Path, path: Path, *forget: str) -> None:
    draft = draft_of(folder, path, forget=forget)
    renamed = {change.old: change.number for change in draft.revision.changes if change.is_renumbered}
    boards = boards_of(draft, lambda board, production: redrafted(board, production, renamed, forget=forget))
    write_draft(draft, boards)


def test_scenes_keep_their_numbers_overrides_notes_and_pins(folder: Path, tmp_path: Path) -> None:
    new = SCRIPT.replace("[[prop: cup]]\n\n", "").replace("INT. HALL", "INT. CAR - DAY\n\nRain on the roof.\n\nINT. HALL")
    revise(folder, given(tmp_path, new))
    production = read_production(folder)
    assert [scene.number for scene in production.script.scenes] == ["1", "1A", "2", "3"]
    assert production.script.scene("2").eighths == 5
    assert [element.name for element in production.script.scene("1").elements] == ["cup"]
    assert [pin.strip for pin in production.pins] == ["3"]
    assert (production.colour, production.script.scene("1A").revision, production.script.scene("2").revision) == (
        "Blue",
        "Blue",
        "",
    )
    assert (folder / "script.fountain").read_text() == SCRIPT


def test_a_draft_with_other_numbers_takes_everything_along(folder: Path, tmp_path: Path) -> None:
    numbered = SCRIPT.replace("KITCHEN - DAY", "KITCHEN - DAY #10#").replace("HALL - DAY", "HALL - DAY #20#")
    revise(folder, given(tmp_path, numbered.replace("GARDEN - DAY", "GARDEN - DAY #30B#")))
    production = read_production(folder)
    assert production.script.scene("20").eighths == 5
    assert [pin.strip for pin in production.pins] == ["30B"]
    assert [(wish.first, wish.then) for wish in production.order] == [("10", "20")]


def test_what_is_said_of_a_cut_scene_waits_until_it_is_back(folder: Path, tmp_path: Path) -> None:
    without = SCRIPT.partition("INT. HALL")[0] + "EXT. GARDEN" + SCRIPT.partition("EXT. GARDEN")[2]
    revise(folder, given(tmp_path, without))
    cut = read_production(folder)
    assert (cut.script.omitted, cut.order) == (("2",), ())
    assert '[scene."2"]' in (folder / "production.toml").read_text()
    revise(folder, given(tmp_path, SCRIPT.replace("HALL - DAY", "HALL - DAY #2#"), "third.fountain"))
    assert read_production(folder).script.scene("2").eighths == 5


def test_boards_follow_and_their_old_selves_are_kept(folder: Path, tmp_path: Path) -> None:
    production = read_production(folder)
    from cupola.cli.light import windows_of_production
    from cupola.files import write_board

    board = solve(production, windows_of_production(production), stop=Stop(seconds=1, fuse=False), seed=1)
    write_board(board, folder / "boards" / "plan.json")
    revise(folder, given(tmp_path, SCRIPT.partition("EXT. GARDEN")[0]))
    after = read_board(folder / "boards" / "plan.json", read_production(folder))
    assert [entry.strip.scene for entry in after.omitted] == ["3"]
    assert read_board(folder / "boards" / "before" / "white" / "plan.json") == board


def test_only_an_omitted_scene_is_taken_out_for_good(folder: Path, tmp_path: Path) -> None:
    path = given(tmp_path, SCRIPT.partition("EXT. GARDEN")[0])
    with pytest.raises(ProductionError, match="only a scene that is omitted"):
        draft_of(folder, path, forget=("1",))
    assert [change.kind for change in draft_of(folder, path, forget=("3",)).revision.changes] == ["same", "same", "taken out"]
    revise(folder, path, "3")
    assert read_production(folder).script.omitted == ()


@pytest.mark.parametrize("text", ["", "no scene at all", "INT. A - DAY\n\n[[light: no such light]]\n\nRain.\n"])
def test_a_draft_that_cannot_be_read_changes_nothing(folder: Path, tmp_path: Path, text: str) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(CupolaError):
        draft_of(folder, given(tmp_path, text))
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_an_fdx_draft_stays_fdx_and_a_fade_in_draft_becomes_fountain(folder: Path, tmp_path: Path) -> None:
    from cupola.script.fdx import parse_fdx, to_fdx
    from cupola.script.fountain import parse_fountain

    path = tmp_path / "new.fdx"
    path.write_bytes(to_fdx(parse_fountain(SCRIPT.replace("INT. HALL", "INT. CAR - DAY\n\nRain.\n\nINT. HALL"))))
    revise(folder, path)
    assert [heading.number for heading in parse_fdx((folder / "new.fdx").read_bytes()).headings] == ["1", "1A", "2", "3"]
    assert [scene.number for scene in read_production(folder).script.scenes] == ["1", "1A", "2", "3"]
