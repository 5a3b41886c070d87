"""The tide from a table: the rule of twelfths, dense tables, and what a file may hold."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.errors import LightError
from cupola.model import Clause, Light, Place
from cupola.sky import find_windows
from cupola.sky.tides import is_extremes, parse_tides, tide_m

MADRID = ZoneInfo("Europe/Madrid")
TABLE = """# Camariñas, high and low waters
time,height_m
2027-06-06T22:00,3.4
2027-06-07T04:12,0.6
2027-06-07T10:24,3.2
2027-06-07T16:36,0.8
2027-06-07T22:48,3.4
2027-06-08T05:00,0.5
"""


def place(text=TABLE):
    return Place(
        id="c",
        name="Camariñas",
        hub="",
        unit="",
        lat_deg=43.13,
        lon_deg=-9.18,
        tz="Europe/Madrid",
        tides=parse_tides(text, zone=MADRID),
    )


def windows(condition, start, end, where=None, **bounds):
    return find_windows(Light(clauses=(Clause(condition=condition, **bounds),)), where or place(), start=start, end=end)


DAY = (datetime(2027, 6, 6, 22, tzinfo=UTC), datetime(2027, 6, 8, 2, tzinfo=UTC))


def test_between_low_and_high_water_the_tide_follows_the_rule_of_twelfths():
    """Reeds Nautical Almanac: in the six hours of a tide the water rises by 1, 2, 3, 3, 2, 1 twelfths of its range."""
    times, heights = np.array([0.0, 6, 12]) * 3600, np.array([0.0, 12.0, 0.0])
    risen = np.diff(tide_m(np.arange(7) * 3600.0, times, heights))
    assert risen == pytest.approx([1, 2, 3, 3, 2, 1], abs=0.25)


def test_low_water_holds_round_its_hour():
    found = windows("tide", *DAY, most=0.9)
    low = datetime(2027, 6, 7, 2, 12, tzinfo=UTC)
    assert len(found) == 3
    assert abs((found[0].open_utc - low) + (found[0].close_utc - low)) < timedelta(minutes=10)
    half = 6.2 * np.arccos(1 - 2 * (0.9 - 0.6) / (3.2 - 0.6)) / np.pi
    assert (found[0].close_utc - low) / timedelta(hours=1) == pytest.approx(half, abs=1e-4)


def test_rising_and_falling_turn_at_high_and_low_water():
    (first, second) = windows("rising tide", *DAY)
    waters = [at for window in (first, second) for at in (window.open_utc, window.close_utc)]
    table = [datetime(2027, 6, 7, *hm, tzinfo=UTC) for hm in ((2, 12), (8, 24), (14, 36), (20, 48))]
    assert max(abs(a - b) for a, b in zip(waters, table, strict=True)) < timedelta(seconds=1)
    falling = windows("falling tide", *DAY)
    assert abs(falling[0].close_utc - first.open_utc) < timedelta(milliseconds=1)


def test_a_table_every_ten_minutes_is_joined_by_straight_lines():
    rows = [(datetime(2027, 6, 7, tzinfo=UTC) + n * timedelta(minutes=10), float(1 + (n % 7) / 10)) for n in range(144)]
    text = "time,height_m\n" + "".join(f"{at.isoformat()},{height}\n" for at, height in rows)
    table = parse_tides(text, zone=MADRID)
    assert table == tuple(rows)
    times = np.array([(at - rows[0][0]).total_seconds() for at, _ in rows])
    heights = np.array([height for _, height in rows])
    assert not is_extremes(heights, times)
    found = windows("tide", datetime(2027, 6, 7, 2, tzinfo=UTC), datetime(2027, 6, 7, 6, tzinfo=UTC), place(text), least=1.55)
    t = np.arange(7200, 6 * 3600.0)
    assert sum(w.length_s for w in found) == pytest.approx(
        np.count_nonzero(np.interp(t, times, heights) > 1.55), abs=2 * len(found)
    )


def test_without_a_table_and_beyond_its_end_there_is_an_error_and_never_an_empty_answer():
    bare = Place(id="x", name="Dry Gulch", hub="", unit="")
    with pytest.raises(LightError, match="needs a table"):
        windows("tide", *DAY, bare, most=1.0)
    with pytest.raises(LightError, match="covers the whole span") as error:
        windows("tide", DAY[0], DAY[1] + timedelta(days=3), most=1.0)
    assert "2027-06-08 03:00" in error.value.value


def test_times_without_an_offset_are_local_and_with_one_are_as_they_say():
    assert place().tides[0][0] == datetime(2027, 6, 6, 20, tzinfo=UTC)
    there = parse_tides("2027-06-06T22:00Z,1\n2027-06-07T04:00-03:00,2\n", zone=MADRID)
    assert [at for at, _ in there] == [datetime(2027, 6, 6, 22, tzinfo=UTC), datetime(2027, 6, 7, 7, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("time,height_m\n2027-06-06T22:00,high\n", 2),
        ("2027-06-06T22:00,1\n2027-06-06T21:00,2\n", 2),
        ("2027-06-06T22:00,1\nyesterday,2\n", 2),
        ("2027-06-06T22:00,1\n2027-06-06T23:00,inf\n", 2),
        ("2027-06-06T22:00,1\n2027-06-06T23:00,400\n", 2),
        ("2027-06-06T22:00,1,2\n", 1),
        ("0001-01-01T00:00+14:00,1\n", 1),
        ("time,height_m\n", 1),
    ],
)
def test_a_slip_in_a_tide_table_is_named_with_its_line(text, line):
    with pytest.raises(LightError) as error:
        parse_tides(text, zone=MADRID, file="tides.csv")
    assert (error.value.file, error.value.line) == ("tides.csv", line)


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_a_clear_refusal(text):
    with suppress(LightError):
        assert parse_tides(text, zone=MADRID)


@given(st.lists(st.floats(0, 8), min_size=2, max_size=12), st.integers(0, 2**32))
def test_the_water_never_leaves_the_heights_it_lies_between(heights, seed):
    times = np.arange(len(heights)) * 21600.0
    t = np.random.default_rng(seed).uniform(0, times[-1], 50)
    found = tide_m(t, times, np.array(heights))
    before = np.minimum((t // 21600).astype(int), len(heights) - 2)
    low = np.minimum(np.array(heights)[before], np.array(heights)[before + 1])
    high = np.maximum(np.array(heights)[before], np.array(heights)[before + 1])
    assert ((found >= low - 1e-9) & (found <= high + 1e-9)).all()
