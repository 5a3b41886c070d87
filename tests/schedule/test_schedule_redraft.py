"""A board goes over to a new draft without a strip being lost: each is on its day, in the boneyard, or kept as cut."""

from __future__ import annotations

from dataclasses import replace

import invented
from hypothesis import given
from hypothesis import strategies as st

from cupola.model import Board, Production, Script
from cupola.model.work import works_of
from cupola.money import cost
from cupola.schedule import Stop, solve
from cupola.schedule.redraft import redrafted

PRODUCTION, WINDOWS = invented.feature(scenes=12, cast=5, weeks=2)
BOARD = solve(PRODUCTION, WINDOWS, stop=Stop(seconds=1, fuse=False), seed=1)
NUMBERS = [scene.number for scene in PRODUCTION.script.scenes]


def with_scenes(kept: list[str], renamed: dict[str, str] | None = None) -> Production:
    """The production without the scenes that are not in `kept`, the others under their new numbers."""
    names = {number: (renamed or {}).get(number, number) for number in kept}
    scenes = tuple(
        replace(
            scene,
            number=names[scene.number],
            shots=tuple(replace(shot, scene=names[scene.number]) for shot in scene.shots),
        )
        for scene in PRODUCTION.script.scenes
        if scene.number in names
    )
    script = Script(file="x", title="x", scenes=scenes, omitted=tuple(n for n in NUMBERS if n not in kept))
    place_of = tuple((names[number], place) for number, place in PRODUCTION.place_of if number in names)
    return replace(PRODUCTION, script=script, place_of=place_of, digest="new")


def where(board: Board) -> dict[str, tuple[str, str]]:
    return {strip.id: (day.unit, f"{day.date}") for day in board.days for strip in day.strips}


def test_the_same_draft_keeps_every_strip_where_it_is() -> None:
    after = redrafted(BOARD, PRODUCTION, {})
    assert (after.days, after.boneyard, after.omitted) == (BOARD.days, (), ())
    assert after.cost == BOARD.cost
    assert after.bounds == ()


def test_a_cut_scene_is_kept_beside_the_board_and_goes_back_to_its_day() -> None:
    cut = redrafted(BOARD, with_scenes(NUMBERS[1:]), {})
    assert [entry.strip.scene for entry in cut.omitted] == [NUMBERS[0]]
    assert NUMBERS[0] not in where(cut)
    back = redrafted(cut, PRODUCTION, {})
    assert where(back) == where(BOARD)
    assert [day.strips for day in back.days] == [day.strips for day in BOARD.days]


def test_a_cut_scene_goes_for_good_when_a_person_says_so() -> None:
    assert redrafted(BOARD, with_scenes(NUMBERS[1:]), {}, forget=(NUMBERS[0],)).omitted == ()


def test_a_new_scene_goes_to_the_boneyard() -> None:
    small = redrafted(BOARD, with_scenes(NUMBERS[2:]), {}, forget=NUMBERS[:2])
    again = redrafted(small, PRODUCTION, {})
    assert set(again.boneyard) == {work.id for work in works_of(PRODUCTION) if work.scene in NUMBERS[:2]}


@given(
    kept=st.sets(st.sampled_from(NUMBERS), min_size=1), new=st.dictionaries(st.sampled_from(NUMBERS), st.sampled_from("ABCDE"))
)
def test_nothing_is_lost(kept: set[str], new: dict[str, str]) -> None:
    names = {old: f"9{letter}" for old, letter in new.items() if list(new.values()).count(letter) == 1}
    production = with_scenes([number for number in NUMBERS if number in kept], names)
    after = redrafted(BOARD, production, names)
    works = {work.id for work in works_of(production)}
    placed = [strip.id for strip in after.strips]
    assert len(placed) == len(set(placed))
    assert set(placed) | set(after.boneyard) == works
    assert not set(placed) & set(after.boneyard)
    assert len(placed) + len(after.omitted) == len(BOARD.strips)
    assert after.cost == cost(production, after.days)
    assert all(day.strips for day in after.days)
    before = where(BOARD)
    old_of = {names.get(number, number): number for number in NUMBERS}
    for name, day in where(after).items():
        scene = next(strip.scene for strip in after.strips if strip.id == name)
        assert before[f"{old_of[scene]}{name.removeprefix(scene)}"] == day
