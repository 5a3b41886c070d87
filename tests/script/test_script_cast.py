"""Who is in a scene: one person however a cue spells the name, and who is only heard or only named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.script import parse_script
from cupola.script.names import case_forms, folded
from cupola.script.roles import Mentions


def scene_of(*cues: str, action: str = "It rains."):  # type: ignore[no-untyped-def]
    text = f"INT. A - DAY #1#\n\n{action}\n\n" + "".join(f"{cue}\nGo.\n\n" for cue in cues)
    return parse_script(text).scenes[0]


@pytest.mark.parametrize(
    ("cues", "cast", "voices"),
    [
        (("ANNA", "ANNA (CONT'D)", "@Anna", "ANNA (V.O.)"), ("ANNA",), ()),
        (("ANNA'S VOICE", "BORIS"), ("BORIS",), ("ANNA'S VOICE",)),
        (("ANNA", "BORIS", "ANNA'S VOICE"), ("ANNA", "BORIS"), ()),
        (("JAMES", "JAMES' VOICE", "THE VOICE OF JAMES"), ("JAMES",), ()),
        (("АННА", "АРТЁМ", "АРТЕМ (ПРОД.)", "ГОЛОС АННЫ"), ("АННА", "АРТЁМ"), ()),
        (("АННА (З.К.)", "ПАВЕЛ", "ГОЛОС ПАВЛА"), ("ПАВЕЛ",), ("АННА",)),
        (("DR. O'NEIL", "DR O’NEIL", "Dr. O'NEIL".upper()), ("DR. O'NEIL",), ()),
        (("COP #1", "COP 1", "COP 2"), ("COP #1", "COP 2"), ()),
        (("JOSÉ", "JOSE"), ("JOSÉ",), ()),
        (("ANNA", "BORIS", "ALL"), ("ANNA", "BORIS"), ()),
        (("АННА", "ВСЕ", "ОБА"), ("АННА",), ()),
    ],
)
def test_spellings_extensions_and_voices_are_one_person(
    cues: tuple[str, ...], cast: tuple[str, ...], voices: tuple[str, ...]
) -> None:
    scene = scene_of(*cues)
    assert (scene.cast, scene.voices) == (cast, voices)


def test_a_voice_elsewhere_belongs_to_who_has_a_cue() -> None:
    script = parse_script("INT. A - DAY #1#\n\nANNA\nGo.\n\nINT. B - DAY #2#\n\nANNA'S VOICE\nGo.\n\nГОЛОС\nДа.\n")
    assert [(scene.cast, scene.voices) for scene in script.scenes] == [(("ANNA",), ()), (("ГОЛОС",), ("ANNA",))]
    assert script.roles[0].spellings == ("ANNA", "ANNA'S VOICE")


def test_a_speaking_crowd_is_suggested_as_background_and_has_no_number() -> None:
    script = parse_script("INT. A - DAY #1#\n\nANNA\nGo.\n\nTHE CROWD\nHurrah!\n")
    assert [role.name for role in script.roles] == ["ANNA"]
    assert [(one.category, one.name) for one in script.scenes[0].suggestions] == [("background", "crowd")]


def test_who_is_named_in_the_action_and_says_nothing_is_mentioned() -> None:
    text = (
        "INT. A - DAY #1#\n\nANNA\nGo.\n\nYOUNG ANNA\nGo.\n\nOLD MAN\nGo.\n\nWILL\nGo.\n\n"
        "INT. B - DAY #2#\n\nYoung Anna's coat. The Old Man sleeps. An old man more. They will come. Annabel waits.\n\n"
        "INT. C - DAY #3#\n\nAnna and WILL.\n"
    )
    assert [scene.mentioned for scene in parse_script(text).scenes] == [(), ("YOUNG ANNA", "OLD MAN"), ("ANNA", "WILL")]


def test_russian_names_are_found_in_their_cases() -> None:
    names = ("АННА", "ПАВЕЛ", "ЖЕНЯ", "АНДРЕЙ", "БЕРЕЗИН", "ИННА МЕЗЕНЦЕВА", "ВАЛЕРИЙ", "ВАЛЕРИЯ")
    mentions = Mentions(names)

    def found(text: str) -> list[str]:
        return list(mentions.in_text(text))

    assert found("Анну ждут Павел и Женя.") == ["АННА", "ПАВЕЛ", "ЖЕНЯ"]
    assert found("За Павлом, к Андрею, без Жени, с Березиным.") == ["ПАВЕЛ", "АНДРЕЙ", "ЖЕНЯ", "БЕРЕЗИН"]
    assert found("Входят с Инной Мезенцевой.") == ["ИННА МЕЗЕНЦЕВА"]
    assert found("Валерии нет.") == []
    assert found("Валерия здесь, анна нет, Аннабель тоже.") == ["ВАЛЕРИЯ"]


@pytest.mark.parametrize(
    ("name", "forms"),
    [  # declension tables of the Russian grammar of 1980 (Shvedova), §§ 1182-1206
        ("анна", "анна анны анне анну анной"),
        ("мария", "мария марии марию марией"),
        ("игорь", "игорь игоря игорю игорем игоре"),
        ("лев", "лев льва льву львом льве"),
        ("толстой", "толстой толстого толстому толстым толстом"),
        ("каренина", "каренина карениной каренину"),
        ("ольга", "ольга ольги ольге ольгу ольгой"),
        ("отец", "отец отца отцу отцом отце"),
    ],
)
def test_the_cases_of_a_name_are_those_of_the_grammar(name: str, forms: str) -> None:
    assert set(forms.split()) <= case_forms(name)


SPELLINGS = st.sampled_from(
    ["ANNA", "@Anna", "ANNA (CONT'D)", "ANNA (O.S.)", "@anna (O.S.)", "ANNA (CONT’D)", "@ÁNNA", "@ANNA.", "@Anna (cont'd)"]
)


@given(st.lists(st.tuples(SPELLINGS, st.booleans()), min_size=1, max_size=8))
def test_the_same_person_is_there_however_the_cues_are_spelt(cues: list[tuple[str, bool]]) -> None:
    text = "INT. A - DAY #1#\n\nANNA\nGo.\n\nBORIS\nGo.\n\nINT. B - DAY #2#\n\n"
    text += "".join(f"{cue}\nGo.\n\n" + ("BORIS\nNo.\n\n" if too else "") for cue, too in cues)
    script = parse_script(text)
    plain = parse_script(text[: text.index("INT. B")] + "INT. B - DAY #2#\n\n" + "".join(
        "ANNA\nGo.\n\n" + ("BORIS\nNo.\n\n" if too else "") for _, too in cues))  # fmt: skip
    assert [(scene.number, scene.cast, scene.voices) for scene in script.scenes] == [
        (scene.number, scene.cast, scene.voices) for scene in plain.scenes
    ]
    assert [(role.board_id, role.name, role.scenes) for role in script.roles] == [
        (role.board_id, role.name, role.scenes) for role in plain.roles
    ]


@given(st.text(max_size=40))
def test_folding_a_name_twice_changes_nothing_more(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert folded(name.upper()) == folded(name.upper().lower().upper())
