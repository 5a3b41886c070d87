"""Merges, splits and cover sets as production.toml says them: read, planned, judged, and refused with line and remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cupola.errors import ProductionError
from cupola.files import read_production
from cupola.model import Split, Together
from cupola.model.work import works_of

TWO_HANDER = Path(__file__).parents[2] / "examples" / "two-hander"


def folder_with(tmp_path: Path, more: str, place: str = "") -> Path:
    """The example of one unit with more at the end of its production.toml, and in its first place."""
    folder = tmp_path / "film"
    shutil.copytree(TWO_HANDER, folder)
    file = folder / "production.toml"
    text = file.read_text().replace('id = "lighthouse"\n', f'id = "lighthouse"\n{place}', 1)
    file.write_text(f"{text}\n{more}")
    return folder


def test_a_merge_a_split_and_a_cover_set_are_read(tmp_path: Path) -> None:
    plain = {scene.number: scene.eighths for scene in read_production(TWO_HANDER).script.scenes}
    parts = (1, plain["5"] - 1)
    more = f'[[together]]\nscenes = ["13", "15"]\nwhy = "one set-up"\n\n[[split]]\nscene = "5"\neighths = {list(parts)}\n'
    production = read_production(folder_with(tmp_path, more, 'covers = ["harbour"]\n'))
    assert production.together == (Together(scenes=("13", "15"), why="one set-up"),)
    assert production.splits == (Split(scene="5", eighths=parts),)
    assert production.place("lighthouse").covers == ("harbour",)
    names = [work.id for work in works_of(production) if work.scene == "5"]
    assert names[0].startswith("5PT1")
    assert names[-1].startswith("5PT2")


@pytest.mark.parametrize(
    ("more", "place", "value", "remedy"),
    [
        ('[[together]]\nscenes = ["13", "XYZ"]', "", "XYZ", "script"),
        ('[[together]]\nscenes = ["13", "4"]', "", "harbour, lighthouse", "elsewhere"),
        ('[[together]]\nscenes = ["13", "15"]\n[[together]]\nscenes = ["15", "6"]', "", "15", "one [[together]]"),
        ('[[split]]\nscene = "5"\neighths = [1, 99]', "", 100, "eighths in all"),
        ('[[split]]\nscene = "500"\neighths = [1, 1]', "", "500", "script"),
        ("", 'covers = ["habour"]\n', "habour", "harbour"),
        ("", 'covers = ["lighthouse"]\n', "lighthouse", "unit main"),
    ],
)
def test_a_slip_says_where_and_what_to_do(tmp_path: Path, more: str, place: str, value: object, remedy: str) -> None:
    with pytest.raises(ProductionError) as caught:
        read_production(folder_with(tmp_path, more, place))
    assert caught.value.value == value
    assert remedy in caught.value.remedy
    assert caught.value.line
