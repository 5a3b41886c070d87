"""Whatever stands in a schedule, it is read or refused with our own error, and never hangs."""

import json
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import ScheduleError
from cupola.exchange.uss import parse_uss

HARBOUR = json.loads((Path(__file__).parent / "uss" / "harbour.uss").read_text(encoding="utf-8"))

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12)
ANYTHING = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


def spots(value, at=()):
    """Every place in a document, as a path of keys."""
    yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from spots(inner, (*at, key))


SPOTS = [spot for spot in spots(HARBOUR) if spot]


def read(data):
    with suppress(ScheduleError):
        parse_uss(data, file="a.uss")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SPOTS), ANYTHING)
def test_a_value_anywhere_is_read_or_refused(spot, value):
    film = deepcopy(HARBOUR)
    at = film
    for key in spot[:-1]:
        at = at[key]
    at[spot[-1]] = value
    read(json.dumps(film).encode())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | ANYTHING.map(lambda value: json.dumps({"universalScheduleStandard": value}).encode()))
def test_any_bytes_are_read_or_refused(data):
    read(data)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 12_000), st.binary(max_size=4))
def test_a_broken_file_is_read_or_refused(at, noise):
    text = json.dumps(HARBOUR).encode()
    read(text[:at] + noise + text[at + len(noise) :])
    read(text[:at])
