"""Saved boards come back as the same value and the same bytes, and a spoilt one is refused with the reason."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.errors import BoardError, PlaceToWriteError
from cupola.files import read_board, write_board
from cupola.files.boards import SCHEMA, to_json, upgraded
from cupola.files.codec import decoded, encoded
from cupola.model import Banner, Board, Bound, Cost, CostLine, Day, Provenance, Strip, Window

START = datetime(2021, 10, 9, 6, 12, 8, tzinfo=UTC)
WINDOW = Window(open_utc=START, close_utc=START + timedelta(seconds=77.25), edge_s=10.5, firm=True, why="orbital sunrise")
STRIP = Strip(
    id="42/A-2",
    scene="42",
    shot="42/A",
    take=2,
    takes=3,
    place="cupola",
    cast=("INNA", "ZIMIN"),
    start_utc=START - timedelta(minutes=20),
    roll_utc=START + timedelta(seconds=12),
    cut_utc=START + timedelta(seconds=57),
    end_utc=START + timedelta(minutes=5),
    window=WINDOW,
    pinned=True,
)
BOARD = Board(
    title="Вызов — plan",
    days=(
        Day(
            unit="orbit",
            date=date(2021, 10, 9),
            number=5,
            call_utc=START - timedelta(hours=1),
            wrap_utc=START + timedelta(hours=9),
            strips=(STRIP,),
            banners=(Banner(text="Rig Cupola", start_utc=START - timedelta(hours=1), end_utc=START - timedelta(minutes=30)),),
        ),
    ),
    boneyard=("7",),
    cost=Cost(
        currency="RUB",
        lines=(
            CostLine(
                account="1400",
                kind="work",
                who="INNA",
                text="Inna, work",
                amount=1.5,
                unit="day",
                rate_cents=100,
                cents=150,
                source="estimate",
            ),
        ),
    ),
    bounds=(Bound(unit="orbit", cents=120, method="columns"),),
    provenance=Provenance(production_digest="ab" * 32, cupola_version="0.1.0", seed=1, effort="60 s", stopped="limit"),
)


def test_a_board_comes_back_as_the_same_value_and_the_same_bytes(tmp_path):
    file = write_board(BOARD, tmp_path / "boards" / "plan.json")
    assert read_board(file) == BOARD
    assert to_json(read_board(file)) == file.read_bytes()


def test_instants_are_written_in_utc_with_seconds_and_microseconds_only_where_there_are_some():
    window = json.loads(to_json(BOARD))["days"][0]["strips"][0]["window"]
    assert window["open_utc"] == "2021-10-09T06:12:08Z"
    assert window["close_utc"] == "2021-10-09T06:13:25.250000Z"


words = st.text(max_size=12)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
windows = st.builds(
    lambda at, seconds, edge, firm, why: Window(
        open_utc=at, close_utc=at + timedelta(seconds=seconds), edge_s=edge, firm=firm, why=why
    ),
    instants,
    st.floats(0.001, 1e5),
    st.floats(0, 1e5),
    st.booleans(),
    words,
)
strips = st.builds(
    Strip,
    id=words,
    scene=words,
    shot=words,
    take=st.integers(1, 9),
    takes=st.integers(1, 9),
    place=words,
    cast=st.lists(words, max_size=3).map(tuple),
    start_utc=instants,
    roll_utc=instants,
    cut_utc=instants,
    end_utc=instants,
    window=st.none() | windows,
    pinned=st.booleans(),
)


@given(strips)
def test_any_strip_comes_back(strip):
    assert decoded(Strip, json.loads(json.dumps(encoded(strip)))) == strip


def spoilt(tmp_path, change):
    document = json.loads(to_json(BOARD))
    change(document)
    file = tmp_path / "spoilt.json"
    file.write_text(json.dumps(document))
    with pytest.raises(BoardError) as caught:
        read_board(file)
    return caught.value


def test_a_missing_entry_is_named(tmp_path):
    assert "days[0].strips[0].roll_utc is missing" in str(spoilt(tmp_path, lambda d: d["days"][0]["strips"][0].pop("roll_utc")))


def test_an_unknown_entry_is_named(tmp_path):
    assert "days[0].colour is unknown" in str(spoilt(tmp_path, lambda d: d["days"][0].update(colour="red")))


@pytest.mark.parametrize("value", ["yesterday", "2021-10-09T06:12:08", 5, None])
def test_an_instant_that_is_none_is_named(tmp_path, value):
    error = spoilt(tmp_path, lambda d: d["days"][0].update(call_utc=value))
    assert "days[0].call_utc" in error.rule


@pytest.mark.parametrize("value", ["1", 1.5, True, None])
def test_cents_are_whole_numbers(tmp_path, value):
    assert "bounds[0].cents must be of type int" in spoilt(tmp_path, lambda d: d["bounds"][0].update(cents=value)).rule


def test_a_window_that_closes_before_it_opens_is_refused(tmp_path):
    error = spoilt(tmp_path, lambda d: d["days"][0]["strips"][0]["window"].update(close_utc="2021-10-09T06:12:08Z"))
    assert "must open before it closes" in error.rule


def test_a_schema_from_the_future_is_refused(tmp_path):
    assert "newer Cupola" in spoilt(tmp_path, lambda d: d.update(schema="cupola.board.99")).remedy


def test_an_old_schema_is_upgraded_step_by_step(tmp_path):
    steps = {
        "cupola.board.-1": lambda d: {**d, "schema": "cupola.board.0", "a": 1},
        "cupola.board.0": lambda d: {**d, "schema": SCHEMA, "b": d["a"] + 1},
    }
    assert upgraded({"schema": "cupola.board.-1"}, tmp_path, steps) == {"schema": SCHEMA, "a": 1, "b": 2}


def test_upgrades_that_go_in_a_circle_end(tmp_path):
    with pytest.raises(BoardError):
        upgraded({"schema": "x"}, tmp_path, {"x": lambda d: d})


def test_a_file_that_is_not_json_says_the_line(tmp_path):
    file = tmp_path / "plan.json"
    file.write_text('{\n "schema": 1,\n oops\n}')
    with pytest.raises(BoardError, match="not JSON") as caught:
        read_board(file)
    assert caught.value.line == 3


@pytest.mark.parametrize("text", ["[]", "[" * 100_000, "\xff"])
def test_other_json_is_no_board(tmp_path, text):
    file = tmp_path / "plan.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(BoardError):
        read_board(file)


def test_a_missing_board_says_how_to_make_one(tmp_path):
    with pytest.raises(BoardError, match="cupola plan"):
        read_board(tmp_path / "none.json")


def test_a_board_needs_a_folder(tmp_path):
    (tmp_path / "boards").write_text("a file")
    with pytest.raises(PlaceToWriteError):
        write_board(BOARD, tmp_path / "boards" / "plan.json")
