"""Relays and the anomaly in October 2021, timetables from strangers, the crew's day."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.errors import CupolaError, LightError
from cupola.model import Clause, Shift, Timetable
from cupola.sky.intervals import total_s, union
from cupola.sky.orbit import Ephemeris
from cupola.sky.spells import orbit_spells
from cupola.sky.timetable import parse_intervals

START, END = datetime(2021, 10, 5, tzinfo=UTC), datetime(2021, 10, 17, tzinfo=UTC)
HOUR_S = 3600.0


@pytest.fixture(scope="module")
def flight(elements):
    return Ephemeris.over(elements, START, END)


def asked(condition, station, ephemeris, argument=""):
    clause = Clause(condition=condition, argument=argument)
    return orbit_spells((clause,), station, ephemeris)[clause]


def test_two_relays_see_the_station_94_to_95_percent_of_the_time(station, flight):
    """TDRS at 41 W and 174 W in October 2021; each alone sees it for over half."""
    each = [asked("contact with", station, flight, name) for name in ("tdrs-e", "TDRS-W")]
    assert all(0.5 < total_s(times) / flight.span.length_s < 0.8 for times in each)
    assert 0.94 < total_s(union(*each)) / flight.span.length_s < 0.955
    two = replace(station, relays=station.relays[:2])
    np.testing.assert_allclose(union(*each), asked("in contact", two, flight), atol=1e-3)


def test_the_anomaly_takes_seven_percent_of_the_time(station, flight):
    """Hubble's model 7 takes 7.1 %."""
    inside = asked("inside saa", station, flight)
    assert total_s(inside) / flight.span.length_s == pytest.approx(0.071, abs=0.002)
    assert total_s(asked("outside saa", station, flight)) + total_s(inside) == pytest.approx(flight.span.length_s, abs=0.1)


def test_the_crew_day_is_the_hours_of_all_or_of_one(station, elements):
    day = Ephemeris.over(elements, START, START + timedelta(days=2))
    shifts = (
        Shift(name="Lead", blocks=((time(8), time(12)), (time(13), time(17)))),
        Shift(name="Commander", blocks=((time(11), time(14)),), tz="Europe/Moscow"),
    )
    crew = replace(station, shifts=shifts)
    one = asked("crew day", crew, day, "commander")
    np.testing.assert_allclose(one / HOUR_S, [[8, 11], [32, 35]])
    np.testing.assert_allclose(asked("crew day", crew, day) / HOUR_S, [[8, 12], [13, 17], [32, 36], [37, 41]])
    with pytest.raises(LightError, match="Known crew members: Lead, Commander"):
        asked("crew day", crew, day, "Cook")
    with pytest.raises(LightError, match="working hours"):
        asked("crew day", station, day)


def test_a_timetable_is_when_it_says_and_out_of_it_is_the_rest(station, elements):
    day = Ephemeris.over(elements, START, START + timedelta(days=1))
    text = "aos,los,orbit\n2021-10-04T23:00Z,2021-10-05T01:00Z,1\n# pass 2\n2021-10-05 05:00:00+03:00;2021-10-05 04:00:00;2\n"
    booked = replace(station, timetables=(Timetable(name="Ku", spans=parse_intervals(text, "ku.csv")),))
    np.testing.assert_allclose(asked("in timetable", booked, day, "ku") / HOUR_S, [[0, 1], [2, 4]])
    np.testing.assert_allclose(asked("out of timetable", booked, day, "Ku") / HOUR_S, [[1, 2], [4, 24]])
    with pytest.raises(LightError, match="Known timetables: Ku"):
        asked("in timetable", booked, day, "S band")


def test_toml_and_csv_say_the_same():
    toml = '[[interval]]\nstart = "2021-10-05T09:00:00Z"\nend = 2021-10-05T09:41:30Z\nwhy = "relay"\n'
    assert parse_intervals(toml, "ku.TOML") == parse_intervals("2021-10-05T09:00:00Z\t2021-10-05T09:41:30", "ku.csv")


@pytest.mark.parametrize(
    ("text", "file", "line"),
    [
        ("", "a.csv", 1),
        ("start,end\n2021-10-05T09:00Z\n", "a.csv", 2),
        ("2021-10-05T09:00Z,2021-10-05T08:00Z\n", "a.csv", 1),
        ("# head\n\n2021-10-05T09:00Z,soon\n", "a.csv", 3),
        ("0001-01-01T00:00+14:00,2021-10-05\n", "a.csv", 1),
        ('[[interval]]\nstart = "x"\nend = "y"\n', "a.toml", 1),
        ('[[interval]]\nstart = "2021-10-05"\n', "a.toml", 1),
        ("interval = 3\n", "a.toml", None),
        ("[[[", "a.toml", None),
        ("a" * 5_000_001, "a.csv", None),
    ],
)
def test_a_slip_in_a_timetable_is_one_message_with_its_line(text, file, line):
    with pytest.raises(LightError) as slip:
        parse_intervals(text, file)
    assert (slip.value.file, slip.value.line) == (file, line)
    assert slip.value.remedy


@given(st.text(), st.sampled_from(["a.csv", "a.toml"]))
def test_strangers_text_is_read_or_refused_and_nothing_else(text, file):
    try:
        spans = parse_intervals(text, file)
    except CupolaError:
        return
    assert all(start < end for start, end in spans)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**5)), min_size=1, max_size=20))
def test_a_timetable_that_is_written_reads_back(rows):
    spans = sorted((START + timedelta(seconds=a), START + timedelta(seconds=a + long)) for a, long in rows)
    text = "\n".join(f"{start.isoformat()},{end.isoformat()}" for start, end in spans)
    assert parse_intervals(text) == tuple(spans)
