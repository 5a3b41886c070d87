"""Board numbers: 1 is the lead, every role has one of its own, and what is fixed stays."""

from hypothesis import given
from hypothesis import strategies as st

from cupola.model.script import Scene
from cupola.script import parse_script
from cupola.script.roles import roles_of, with_numbers


def scene(number: int, cast: tuple[str, ...], voices: tuple[str, ...] = ()) -> Scene:
    return Scene(number=str(number), heading="INT. A - DAY", int_ext="INT", hub="A", set="A", time_of_day="DAY", eighths=1,
                 cast=cast, voices=voices, shots=(), line=1, end_line=1)  # fmt: skip


def test_the_lead_is_in_most_scenes_and_ties_go_to_who_comes_first() -> None:
    roles = roles_of([scene(1, ("ANNA",), ("RADIO",)), scene(2, ("BORIS", "CARL")), scene(3, ("BORIS",))])
    assert [(role.board_id, role.name, role.scenes) for role in roles] == [
        (1, "BORIS", 2), (2, "ANNA", 1), (3, "RADIO", 1), (4, "CARL", 1)]  # fmt: skip


def test_fixed_numbers_stay_and_new_roles_take_the_next_free_ones() -> None:
    scenes = [scene(1, ("ANNA", "BORIS", "CARL")), scene(2, ("DORA",)), scene(3, ("DORA",))]
    roles = roles_of(scenes, fixed={"CARL": 1, "ANNA": 3, "GONE": 2})
    assert [(role.board_id, role.name) for role in roles] == [(1, "CARL"), (3, "ANNA"), (4, "DORA"), (5, "BORIS")]


def test_a_script_is_renumbered_with_its_spellings() -> None:
    script = parse_script("INT. A - DAY #1#\n\nANNA\nGo.\n\nBORIS\nGo.\n\n@Anna\nGo.\n")
    renumbered = with_numbers(script, {"BORIS": 1})
    assert [(role.board_id, role.name, role.spellings) for role in renumbered.roles] == [
        (1, "BORIS", ("BORIS",)), (2, "ANNA", ("ANNA", "Anna"))]  # fmt: skip


NAMES = st.sampled_from(["ANNA", "BORIS", "CARL", "DORA", "EVA", "FRED"])
SCENES = st.lists(st.tuples(st.lists(NAMES, unique=True), st.lists(NAMES, unique=True)), max_size=8)


def scenes_of(drawn: list[tuple[list[str], list[str]]]) -> list[Scene]:
    return [
        scene(n, tuple(cast), tuple(name for name in voices if name not in cast)) for n, (cast, voices) in enumerate(drawn, 1)
    ]


@given(SCENES, st.dictionaries(NAMES, st.integers(1, 9)))
def test_numbers_and_roles_are_one_to_one(drawn: list[tuple[list[str], list[str]]], wanted: dict[str, int]) -> None:
    fixed = {name: number for number, name in {number: name for name, number in wanted.items()}.items()}
    scenes = scenes_of(drawn)
    roles = roles_of(scenes, fixed=fixed)
    assert {role.name for role in roles} == {name for one in scenes for name in (*one.cast, *one.voices)}
    assert len({role.board_id for role in roles}) == len(roles)
    assert all(fixed.get(role.name, role.board_id) == role.board_id for role in roles)
    assert [role.board_id for role in roles] == sorted(role.board_id for role in roles)


@given(SCENES, st.lists(NAMES, unique=True))
def test_a_scene_at_the_end_moves_no_fixed_number(drawn: list[tuple[list[str], list[str]]], more: list[str]) -> None:
    before = roles_of(scenes_of(drawn))
    fixed = {role.name: role.board_id for role in before}
    after = roles_of([*scenes_of(drawn), scene(99, tuple(more))], fixed=fixed)
    assert {role.name: role.board_id for role in after}.items() >= fixed.items()
    assert [role.board_id for role in after] == list(range(1, len(after) + 1))
