"""Packs: all of them have clause and source; they combine, are taken out, and a bad one is told with its line."""

from __future__ import annotations

import contextlib
import dataclasses
import tomllib
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import MAIN, MONDAY, film, flown, shooting_day, strip

from cupola.errors import ProductionError
from cupola.model import CastMember, Pack
from cupola.rules import ARTICLES, check, is_pack_word, limits_of, pack_names, pack_of, packs_of, read_pack

HEAD = '[pack]\nid = "mine"\ntitle = "Mine"\ndate = "2027-01-01"\n'
REST = '[rest]\nmin_h = 13\nclause = "a clause"\nsource = "a source"\n'


def own(text: str) -> Pack:
    def line(path: tuple[str | int, ...]) -> int:
        lines = text.splitlines()
        return next((n for n, words in enumerate(lines, 1) if words.startswith(str(path[-1]))), 1)

    return pack_of(tomllib.loads(text), file="mine.toml", title="mine.toml", line=line)


@pytest.mark.parametrize("name", pack_names())
def test_every_article_of_a_pack_has_clause_and_source(name: str) -> None:
    pack = read_pack(name)
    assert pack.id == name
    assert pack.articles
    assert all(article.clause and article.source for article in pack.articles)


def test_every_article_is_in_some_pack() -> None:
    used = {article.name for name in pack_names() for article in read_pack(name).articles}
    assert used == set(ARTICLES)


NAMES = st.lists(st.sampled_from(["film-12h", "dga-iatse-rest", "eu-working-time", "ru-shift-12h", "week-5-day"]), unique=True)


@given(NAMES, NAMES)
def test_more_packs_are_never_less_strict(some: list[str], more: list[str]) -> None:
    few = limits_of(film([], packs=some)[0], MAIN)
    many = limits_of(film([], packs=[*some, *more])[0], MAIN)
    assert many.rest.minutes >= few.rest.minutes
    assert many.day.minutes <= few.day.minutes
    assert (many.week_rest.minutes if many.week_rest else 0) >= (few.week_rest.minutes if few.week_rest else 0)


def test_a_pack_or_an_article_is_taken_out_for_one_unit_or_person() -> None:
    production, _ = film([], packs=["film-12h", "eu-working-time"])
    unit = dataclasses.replace(MAIN, packs=("not film-12h",))
    assert [pack.id for pack in packs_of(production, unit)] == ["eu-working-time"]
    loose = dataclasses.replace(MAIN, packs=("not film-12h.rest", "dga-iatse-rest"))
    assert limits_of(production, loose).rest.minutes == 660, "eleven hours of the directive are left"
    assert limits_of(production, loose).day.minutes == 720, "film-12h still bounds the day"
    member = CastMember(id="ANA", board_id=1, packs=("not eu-working-time", "minors-eu"))
    assert [pack.id for pack in packs_of(production, MAIN, member)] == ["film-12h", "minors-eu"]


def test_a_pack_of_ones_own_counts_like_any_other() -> None:
    mine = own(HEAD + REST)
    production, _ = film([], packs=["film-12h", "mine.toml"])
    production = dataclasses.replace(production, own_packs=(mine,))
    assert limits_of(production, MAIN).rest.minutes == 780
    assert limits_of(production, MAIN).rest.clause == "a clause"
    assert is_pack_word((mine,), "not mine.toml.rest")
    assert not is_pack_word((), "mine.toml")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "a pack says what it is"),
        (HEAD.replace('title = "Mine"\n', ""), 1, "pack.title is a text"),
        (HEAD.replace("2027-01-01", "last year"), 4, "as of which date"),
        (HEAD + "[rests]\nmin_h = 1\n", 1, 'did you mean "rest"?'),
        (HEAD + REST.replace("min_h", "min_hours"), 6, 'did you mean "min_h"?'),
        (HEAD + REST.replace("13", '"13 h"'), 6, "rest.min_h is a number of hours from 0 to 336"),
        (HEAD + REST.replace("13", "-1"), 6, "found -1"),
        (HEAD + REST.replace("13", "nan"), 6, "found nan"),
        (HEAD + REST.replace("13", "true"), 6, "found True"),
        (HEAD + '[rest]\nclause = "a"\nsource = "b"\n', 1, "rest needs min_h"),
        (HEAD + "[rest]\nmin_h = 12\nsource = 'b'\n", 1, "rest.clause is a text"),
        (HEAD + "rest = 3\n", 5, "known: id, title, date"),
        (HEAD + '[forced_call]\nmost = "950 dollars"\nclause = "a"\nsource = "b"\n', 6, 'write "950 USD"'),
        (HEAD + '[week_rest]\nmin_h = 56\nlate_h = 54\nclause = "a"\nsource = "b"\n', 1, "late_h and late_call stand together"),
        (
            HEAD + '[overtime]\nstraight_h = 8\nafter_h = [8, 10]\nfactors = [1.5]\nstep_min = 6\nclause = "a"\nsource = "b"\n',
            8,
            "equally long",
        ),
    ],
)
def test_a_bad_pack_is_told_with_file_line_value_and_remedy(text: str, line: int, said: str) -> None:
    with pytest.raises(ProductionError) as caught:
        own(text)
    assert said in str(caught.value)
    assert caught.value.file == "mine.toml"
    assert caught.value.line == line
    assert caught.value.remedy


def kind_of(name: str) -> st.SearchStrategy[object]:
    numbers = {"hours": 336, "minutes": 600, "months": 300, "metres": 100, "level": 200}
    whole = {"days": (0, 366), "weeks": (1, 53), "count": (1, 1000), "step": (1, 600)}
    if name in numbers:
        return st.floats(0, numbers[name])
    if name in whole:
        return st.integers(*whole[name])
    return {
        "shift": st.floats(1, 24),
        "factor": st.floats(1, 10),
        "factors": st.lists(st.floats(1, 10), min_size=2, max_size=2),
        "hour list": st.lists(st.floats(0, 336), min_size=2, max_size=2),
        "month list": st.lists(st.integers(1, 12), min_size=1),
        "clock": st.times().map(lambda clock: f"{clock:%H:%M}"),
        "money": st.integers(0, 10**6).map(lambda units: f"{units} EUR"),
        "money list": st.lists(st.integers(0, 10**6).map(lambda units: f"{units}.50 EUR"), min_size=1),
        "text": st.just("overnight"),
        "texts": st.just(["Cupola", "Lab"]),
        "location": st.sampled_from(["overnight", "nearby exterior"]),
        "flag": st.booleans(),
    }[name]


def article_of(name: str) -> st.SearchStrategy[dict[str, object]]:
    keys = {key: kind_of(kind.rstrip("?")) for key, kind in ARTICLES[name].keys.items() if key != "country"}
    return st.fixed_dictionaries({**keys, "clause": st.just("a clause"), "source": st.just("a source")})


@settings(max_examples=60)
@given(st.sampled_from(sorted(ARTICLES)).flatmap(lambda name: article_of(name).map(lambda table: (name, table))))
def test_whatever_a_pack_may_say_a_board_can_be_judged_by_it(given_article: tuple[str, dict[str, object]]) -> None:
    name, table = given_article
    head = {"id": "mine", "title": "Mine", "date": "2027-01-01"}
    mine = pack_of({"pack": head, name: table}, file="mine.toml", title="mine.toml", line=lambda _: 1)
    days = [shooting_day(MONDAY + timedelta(days=n), 8, 26, strip(str(n), MONDAY, 8, 12)) for n in range(3)]
    for production, board in (film(days, packs=["mine.toml"]), flown([], packs=["mine.toml"])):
        for found in check(dataclasses.replace(production, own_packs=(mine,)), board, {}):
            assert found.message
            assert found.remedy


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda of: st.lists(of, max_size=3))


@given(st.dictionaries(st.sampled_from(["pack", *ARTICLES]), st.dictionaries(st.text(max_size=8), JSON, max_size=4) | JSON))
def test_a_stranger_s_pack_raises_nothing_but_our_error(data: dict[str, object]) -> None:
    with contextlib.suppress(ProductionError):
        pack_of({"pack": {"id": "a", "title": "b", "date": "2027-01-01"}, **data}, file="x", title="x", line=lambda _: 1)


def test_an_unknown_pack_is_refused_with_what_may_be_meant() -> None:
    with pytest.raises(ProductionError, match="film-12h"):
        read_pack("film-10h")
    with pytest.raises(ProductionError, match="known: adaptation, "):
        read_pack("qqq")
