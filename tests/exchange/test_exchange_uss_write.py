"""What is written is read again as the same schedule, and has every key that version 1.0.0 of the standard asks for."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.exchange.uss import parse_uss
from cupola.exchange.uss_write import to_uss

HERE = Path(__file__).parent / "uss"

KEYS = {
    # docs/docs.md of the standard: "Include All Keys"
    "breakdowns": "id bannerText comments created description elements pages scene scriptPage duration type",
    "categories": "id created name ucid",
    "elements": "id category created daysOff dropDayCount elementId events isDood isDrop isHold isIdLock linkedElements name",
    "stripboards": "id boards calendar name",
    "calendars": "id daysOff events name",
}


@pytest.mark.parametrize("name", ["harbour.uss", "harbour-old-spelling.uss"])
def test_a_schedule_comes_back_equal(name):
    read = parse_uss((HERE / name).read_bytes(), file="a.uss")
    again = parse_uss(to_uss(read), file="a.uss")
    assert replace(again, notes=()) == replace(read, notes=())
    assert to_uss(again) == to_uss(read)


def test_every_key_of_the_standard_is_there():
    bare = {
        "universalScheduleStandard": {
            "id": "x",
            "breakdowns": [{"id": "b", "type": "scene", "elements": ["e"]}],
            "categories": [{"id": "c", "ucid": 100, "name": "Cast"}],
            "elements": [{"id": "e", "category": "c", "name": "ANNA"}],
            "stripboards": [{"id": "s", "name": "", "boards": [{"id": "u", "name": "stripboard", "breakdownIds": [["b"]]}]}],
            "calendars": [{"id": "k", "name": "", "events": [{"type": "start", "date": "2026-03-02"}]}],
        }
    }
    root = json.loads(to_uss(parse_uss(json.dumps(bare).encode())))["universalScheduleStandard"]
    for name, keys in KEYS.items():
        assert set(root[name][0]) == set(keys.split()), name
    header = (
        "id author company created episode episodeName description name project schedColor schedDate scriptColor scriptDate"
    )
    assert set(root) == {*header.split(), "season", "source", "ussVersion", *KEYS}
    assert set(root["calendars"][0]["events"][0]) == {"id", "date", "type", "name"}


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(max_size=8).map("_{}".format), st.none() | st.integers() | st.text(max_size=8), max_size=4))
def test_keys_of_other_programs_come_back(extra):
    film = json.loads((HERE / "harbour.uss").read_text(encoding="utf-8"))
    root = film["universalScheduleStandard"]
    for table in (root, root["breakdowns"][2], root["elements"][3], root["stripboards"][1], root["calendars"][0]):
        table.update(extra)
    read = parse_uss(json.dumps(film).encode())
    assert parse_uss(to_uss(read)) == read
    assert extra.items() <= json.loads(to_uss(read))["universalScheduleStandard"]["elements"][3].items()
