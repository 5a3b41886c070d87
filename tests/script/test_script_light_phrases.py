"""Lights in words and in tables: what is written reads back the same, and what nobody can mean is refused in its place."""

import tomllib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cupola.errors import LightError
from cupola.model import AnyOf, Clause, First, Lasting, Light, Near, Not, Widened, all_conditions
from cupola.model.light import KEYWORDS, changed, quoted
from cupola.script import parse_light
from cupola.script.light_tables import light_of_table, table_of_light

ABOARD = [each for each in all_conditions("aboard") if each.where == "aboard"]
GROUND = [each for each in all_conditions("ground") if each.where == "ground"]
names = st.one_of(
    st.sampled_from(["Kamchatka", "Area 51", "Port or Starboard", "Tokyo, Japan", "not here", "München", "cupola-7", "20..40"]),
    st.text(st.characters(categories=("L", "N", "P", "Zs"), exclude_characters='"“”\ue000'), min_size=1, max_size=12).map(
        lambda text: " ".join(text.split())
    ),
).filter(bool)
numbers = st.one_of(st.integers(-360, 360).map(float), st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: x + 0.0))
lengths = st.one_of(st.integers(1, 100_000).map(float), st.floats(1e-3, 1e6))


@st.composite
def clauses(draw, conditions):
    known = draw(st.sampled_from(conditions))
    given = [draw(names) for _ in known.kinds]
    while given and known.arguments[len(given) - 1].endswith("?") and draw(st.booleans()):
        given.pop()
    least = most = None
    if known.unit:
        low, high = sorted((draw(numbers), draw(numbers)))
        kind = draw(st.sampled_from(["both", "least", "most", *([] if known.needs_bounds else ["none"])]))
        least, most = {"both": (low, high), "least": (low, None), "most": (None, high), "none": (None, None)}[kind]
        if least is not None and least == most:
            most = least + 1
    return Clause(condition=known.name, argument=given[0] if given else "", more=tuple(given[1:]), least=least, most=most)


def needs(conditions):
    def grown(inner):
        several = st.lists(inner, min_size=2, max_size=3, unique=True).map(tuple)
        moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
        return st.one_of(
            several.map(lambda each: AnyOf(needs=each)),
            several.map(lambda each: Light(clauses=each)),
            inner.map(lambda need: Not(need=need)),
            st.builds(Near, need=inner, within_s=lengths, side=st.sampled_from(["of", "before", "after"])),
            st.builds(Lasting, need=inner, at_least_s=lengths),
            st.builds(Widened, need=inner, by_s=lengths | lengths.map(lambda x: -x)),
            st.builds(
                First,
                need=inner,
                count=st.integers(1, 99),
                at_least_s=st.just(0.0) | lengths,
                after_utc=st.none() | moments,
            ),
        )

    return st.recursive(clauses(conditions), grown, max_leaves=6)


lights = (
    st.sampled_from([ABOARD, GROUND])
    .flatmap(
        lambda conditions: st.lists(needs(conditions), max_size=3, unique=True).map(lambda each: Light(clauses=tuple(each)))
    )
    .filter(lambda light: not (len(light.clauses) == 1 and isinstance(light.clauses[0], Light)))
)


@given(lights)
@example(Light())
def test_a_light_reads_back_from_its_own_words(light):
    assert parse_light(str(light)) == light
    assert hash(parse_light(str(light))) == hash(light)


@given(lights)
def test_a_light_reads_back_from_its_table_and_from_toml(light):
    table = table_of_light(light)
    assert light_of_table(table) == light


@given(lights)
def test_every_clause_at_any_depth_is_a_leaf_once(light):
    leaves = light.leaves
    assert len(set(leaves)) == len(leaves)
    seen = []
    changed(light, lambda clause: seen.append(clause) or clause)
    assert set(seen) == set(leaves)


def light_or_error(read):
    """Return what is read, or the error; any other error is a fault."""
    try:
        return read()
    except LightError as error:
        return error


words = st.sampled_from([*sorted(KEYWORDS), "(", ")", ",", "5 min", "day", "dusk", '"', "of"])


@given(st.text(max_size=80) | st.lists(words).map(" ".join))
def test_any_text_is_a_light_or_a_light_error(text):
    found = light_or_error(lambda: parse_light(text, file="a.fountain", line=3))
    if isinstance(found, LightError):
        assert found.where == "a.fountain:3"
        assert found.remedy
    else:
        assert parse_light(str(found)) == found


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.sampled_from(["day", "dusk", "5 min"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["all", "any", "not", "of", "within", "before", "at_least", "first", "from", "al"]), inner
        )
    ),
    max_leaves=8,
)


@given(json)
def test_any_table_is_a_light_or_a_light_error(value):
    found = light_or_error(lambda: light_of_table(value))
    assert isinstance(found, Light) or found.remedy


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Orbital-Night for at least 25 min", "orbital night for at least 25 min"),
        ("orbital night for 25 minutes", "orbital night for at least 25 min"),
        ("orbital sunrise and in contact", "orbital sunrise, in contact"),
        ("orbital sunrise, over Kamchatka or over Moscow", "orbital sunrise, over Kamchatka or over Moscow"),
        ("orbital night within 300 s before orbital sunrise", "orbital night, within 5 min before orbital sunrise"),
        ("10 min after dusk", "within 10 min after dusk"),
        ("not in contact for at least 5 min", "(not in contact) for at least 5 min"),
        ("within 5 min of orbital night for at least 30 min", "within 5 min of (orbital night for at least 30 min)"),
        ("dusk narrowed by 90 sec", "dusk narrowed by 90 s"),
        ("next orbital sunrise after 2021-10-07 12:00 UTC", "first 1 window after 2021-10-07T12:00Z of orbital sunrise"),
        ("first 3 windows of at least 25 min of orbital night", "first 3 windows of at least 25 min of orbital night"),
        ("over “Port or Starboard”", 'over "Port or Starboard"'),
        ("(day, (not dusk))", "day, not dusk"),
        ("day, any", "day"),
        ("dusk or any light", "any light"),
        ("dusk, dusk", "dusk"),
        ("dusk or dusk", "dusk"),
    ],
)
def test_what_people_write_is_read_as_they_mean_it(written, meant):
    assert str(parse_light(written)) == meant


def test_bounds_stand_where_the_condition_has_them():
    for text in (
        "sun altitude 10..30°",
        "sun altitude from 10 to 30 deg",
        "Sun altitude 10 - 30 degrees",
        "sun altitude 10…30",
    ):
        assert parse_light(text).clauses == (Clause(condition="sun altitude", least=10.0, most=30.0),)
    for text in ("sun altitude >= -6°", "sun altitude above −6 deg", "sun altitude at least -6"):
        assert parse_light(text).clauses == (Clause(condition="sun altitude", least=-6.0),)
    assert parse_light("sun altitude below 4°").clauses == (Clause(condition="sun altitude", most=4.0),)


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("orbital day, or", "a condition is missing (character 14)", "orbital day, or"),
        ("(orbital day, in contact", "every bracket that opens is closed", "(orbital day, in contact"),
        ("orbital day) or in contact", "what follows is joined to what stands before (character 12)", ") or in contact"),
        ("within 5 of dusk", "a length of time is a number with s, min or h", "5 of dusk"),
        ("dusk for at least 0 min", "a length of time is more than nothing", "0 min"),
        ("within 5 min dusk", "a time is within so long of, before or after a light", "dusk"),
        ('over "Moscow', "a name in quotes ends with a quote", '"Moscow'),
        ("orbital day bright", "nothing follows “orbital day” but what joins conditions", "orbital day bright"),
        ("next dusk after 2021-13-07", "an instant is a date and a time", "2021-13-07"),
        ("sun altitude 30..10°", "the bounds of “sun altitude” rise", "sun altitude 30..10°"),
        ("not any", "“not” is followed by a condition", "any light"),
        ("(" * 40 + "day" + ")" * 40, "a light has at most 30 needs within each other", None),
    ],
)
def test_a_sentence_that_nobody_can_mean_is_refused_in_its_place(text, rule, value):
    with pytest.raises(LightError) as caught:
        parse_light(text)
    assert caught.value.rule.startswith(rule)
    assert value is None or caught.value.value == value
    assert caught.value.remedy


def test_a_table_says_the_same_as_a_phrase():
    toml = """
    a = { any = ["over Kamchatka", "over Moscow"], not = "orbital night", at_least = "2 min" }
    b = { all = ["orbital night", { within = "5 min", before = "orbital sunrise" }] }
    c = { first = 3, of = "orbital night", at_least = 1500, from = 2021-10-07T12:00:00Z }
    d = ["dusk", { any = ["day", "night"] }]
    e = { of = "dusk", narrowed_by = "30 s" }
    """
    phrases = {
        "a": "(over Kamchatka or over Moscow, not orbital night) for at least 2 min",
        "b": "orbital night, within 5 min before orbital sunrise",
        "c": "first 3 windows of at least 25 min after 2021-10-07T12:00Z of orbital night",
        "d": "dusk, day or night",
        "e": "dusk narrowed by 30 s",
    }
    for name, table in tomllib.loads(toml).items():
        assert light_of_table(table) == parse_light(phrases[name])


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"al": ["day"]}, "Did you mean all?"),
        ({"within": "5 min", "all": ["day"]}, "Put the rest beside it in all."),
        ({"before": "day"}, 'Add within = "10 min".'),
        ({"at_least": "5 min"}, "Add all, any, not or of."),
        ({"of": "day", "at_least": "soon"}, "25 min"),
        ({"of": "day", "at_least": "5 min", "widened_by": 3}, "under of"),
        ({"first": 0, "of": "day"}, "whole number"),
        ({"not": "any"}, "Name the light"),
        ({"any": []}, "Name the light"),
        ({"all": ["day", "orbital day"]}, "Keep the clauses of one of the two."),
        ({"of": "dya"}, "Did you mean day?"),
        (5, "Write a phrase"),
    ],
)
def test_a_table_that_nobody_can_mean_is_refused_with_file_line_and_remedy(table, says):
    with pytest.raises(LightError) as caught:
        light_of_table(table, file="production.toml", line=7)
    assert caught.value.where == "production.toml:7"
    assert says in caught.value.remedy


def test_no_condition_has_a_word_that_joins():
    for each in all_conditions():
        words = set(each.pattern.replace("-", " ").split())
        assert not words & (KEYWORDS - {"for", "after", "before"}), each.name
        assert each.name == each.name.casefold()
        assert set(each.kinds) == {part.strip("{}") for part in words if part.startswith("{")} - {"bounds"} or not each.phrase


def test_what_needs_a_pass_of_its_own_does_so_in_every_choice():
    bound = {
        "orbital sunrise": True,
        "orbital sunrise or orbital day": False,
        "orbital sunrise or over Moscow": True,
        "not orbital sunrise": False,
        "within 2 min of orbital sunrise": True,
        "orbital day, over Moscow": True,
    }
    assert {text: parse_light(text).is_pass_bound for text in bound} == bound
    brief = {"dusk": True, "dusk or day": False, "not dusk": False, "day, dusk": True, "dusk or dawn": True}
    assert {text: parse_light(text).is_brief for text in brief} == brief


@given(names)
def test_a_name_in_a_phrase_is_read_whole(name):
    assert parse_light(f"over {quoted(name)}").clauses == (Clause(condition="over", argument=name),)


def test_values_that_mean_nothing_cannot_be_made():
    day = Clause(condition="day")
    for make in (
        lambda: Near(need=day, within_s=0),
        lambda: Near(need=day, within_s=5, side="near"),
        lambda: Lasting(need=day, at_least_s=-1),
        lambda: Widened(need=day, by_s=0),
        lambda: First(need=day, count=0),
        lambda: First(need=day, after_utc=datetime(2021, 1, 1)),
    ):
        with pytest.raises(ValueError, match=r"not|aware"):
            make()
    assert First(need=day, after_utc=datetime(2021, 1, 1, tzinfo=UTC) + timedelta(days=1))
