"""The real horizon: refraction, dip, profiles and their files."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.errors import LightError
from cupola.model import Clause, Light, Place
from cupola.sky import find_windows
from cupola.sky.horizon import as_profile, corner_deg, dip_deg, parse_horizon, refraction_deg, thresholds

PLACE = Place(id="p", name="Aurland", hub="", unit="", lat_deg=60.9, lon_deg=7.19, tz="Europe/Oslo")
SPAN = {"start": datetime(2027, 5, 1, tzinfo=UTC), "end": datetime(2027, 5, 4, tzinfo=UTC)}

points = st.lists(
    st.tuples(st.integers(0, 359), st.floats(-2, 60)), min_size=1, max_size=30, unique_by=lambda point: point[0]
)  # fmt: skip


def windows(place, condition):
    return find_windows(Light(clauses=(Clause(condition=condition),)), place, **SPAN)


@pytest.mark.parametrize(("seen", "minutes"), [(0, 34.0), (5, 9.9), (10, 5.3), (20, 2.6), (45, 1.0)])
def test_refraction_is_that_of_the_nautical_almanac(seen, minutes):
    """The Nautical Almanac, altitude correction tables, standard air, to 0.2'."""
    assert 60 * refraction_deg(np.array(float(seen))) == pytest.approx(minutes, abs=0.2)


def test_dip_is_that_of_the_nautical_almanac():
    """The Nautical Almanac: 5.6' from 10 m, 17.6' from 100 m."""
    assert 60 * dip_deg(10) == pytest.approx(5.6, abs=0.1)
    assert 60 * dip_deg(100) == pytest.approx(17.6, abs=0.1)
    assert dip_deg(0) == 0


def test_over_a_level_horizon_direct_sun_is_day():
    def edges(condition):
        return [at for w in windows(PLACE, condition) for at in (w.open_utc, w.close_utc)]

    assert len(edges("day")) == len(edges("direct sun")) > 4
    assert max(abs(a - b) for a, b in zip(edges("day"), edges("direct sun"), strict=True)) < timedelta(milliseconds=2)


def test_a_level_profile_is_no_profile_and_a_ridge_takes_time_away():
    flat = replace(PLACE, horizon=tuple((float(a), 0.0) for a in range(0, 360, 45)))
    ridge = replace(PLACE, horizon=tuple((float(a), 12.0) for a in range(0, 360, 45)))
    level = windows(PLACE, "direct sun")
    for ours, theirs in zip(windows(flat, "direct sun"), level, strict=True):
        assert abs(ours.open_utc - theirs.open_utc) < timedelta(milliseconds=2)
    short = windows(ridge, "direct sun")
    assert sum(w.length_s for w in short) < sum(w.length_s for w in level) - 3 * 2 * 5000


def test_from_a_cliff_the_sun_rises_earlier_only_where_the_user_says_so():
    """100 m above the sea the horizon dips by 17.6': at 61° north in May a minute's climb is about 8'."""
    high = replace(PLACE, elevation_m=100)
    cliff = replace(PLACE, elevation_m=100, overlook_m=100)
    level, hill, over_sea = ([w.open_utc for w in windows(place, "direct sun")][1] for place in (PLACE, high, cliff))
    assert abs(hill - level) < timedelta(seconds=1)
    assert timedelta(minutes=2) < level - over_sea < timedelta(minutes=4)
    assert windows(cliff, "day")[1].open_utc == windows(high, "day")[1].open_utc


def test_a_slot_between_two_towers_is_found():
    """A gap of 1.5° in a wall of 70°: the Sun shows for minutes and no longer."""
    wall = ((0.0, 70.0), (149.0, 70.0), (149.1, 0.0), (150.6, 0.0), (150.7, 70.0), (359.0, 70.0))
    found = windows(replace(PLACE, horizon=wall), "direct sun")
    assert len(found) == 3
    assert all(240 < w.length_s < 480 for w in found)


@given(points)
def test_a_profile_keeps_its_points_whatever_their_order(pairs):
    profile = as_profile(pairs)
    assert as_profile(reversed(pairs)) == profile
    azimuth, low = thresholds(profile)
    assert azimuth[0] == 0
    assert azimuth[-1] == 360
    assert low[0] == low[-1]
    for at, seen in profile:
        assert np.interp(at, azimuth, low) == pytest.approx(seen - refraction_deg(np.array(seen)), abs=1e-9)
    assert corner_deg(profile) > 0
    text = "azimuth_deg,altitude_deg\n" + "".join(f"{a},{h!r}\n" for a, h in pairs)
    assert parse_horizon(text) == profile


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("azimuth_deg,altitude_deg\n10,5\n20,high\n", 3, "20,high"),
        ("10,5\n370,5\n", 2, "370, 5"),
        ("10,5\n20,95\n", 2, "20, 95"),
        ("10;5\n", 1, "10;5"),
        ("10,nan\n", 1, "10, nan"),
        ("10,5\n10,6\n", 2, "10°: 5 and 6"),
        ("# nothing\n", 1, None),
    ],
)
def test_a_slip_in_a_horizon_file_is_named_with_its_line(text, line, found):
    with pytest.raises(LightError) as error:
        parse_horizon(text, file="horizon.csv")
    assert (error.value.file, error.value.line, error.value.value) == ("horizon.csv", line, found)


@given(st.text(max_size=200))
def test_any_text_is_a_horizon_or_a_clear_refusal(text):
    with suppress(LightError):
        assert parse_horizon(text)
