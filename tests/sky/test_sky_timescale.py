"""Time scales against IERS bulletins and Skyfield's own copy of them."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from cupola.sky.timescale import Span, elapsed_s, mjd, tai_utc_s, ut1_tai_s


def test_leap_seconds_are_those_of_bulletin_c():
    assert tai_utc_s(mjd(datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC))) == 36
    assert tai_utc_s(mjd(datetime(2017, 1, 1, tzinfo=UTC))) == 37
    assert tai_utc_s(mjd(datetime(1972, 1, 1, tzinfo=UTC))) == 10


def test_a_span_over_a_leap_second_is_a_second_longer_and_its_instants_come_back():
    start = datetime(2016, 12, 31, 23, 59, 58, tzinfo=UTC)
    span = Span(start_utc=start, end_utc=start + timedelta(seconds=10))
    assert span.length_s == 11
    assert elapsed_s(start + timedelta(seconds=5), start) == -6
    for seconds in (0, 1, 2, 5):
        at = start + timedelta(seconds=seconds)
        assert span.utc([span.seconds(at)]) == [at]


def test_instants_are_utc_whatever_the_zone_of_the_span():
    moscow = timezone(timedelta(hours=3))
    span = Span(start_utc=datetime(2021, 10, 5, 3, tzinfo=moscow), end_utc=datetime(2021, 10, 6, 3, tzinfo=moscow))
    assert span.utc([3600.0]) == [datetime(2021, 10, 5, 1, tzinfo=UTC)]


def test_a_span_refuses_naive_instants_and_an_end_before_its_start():
    noon = datetime(2021, 10, 5, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="aware"):
        Span(start_utc=noon.replace(tzinfo=None), end_utc=noon)
    with pytest.raises(ValueError, match="end after it starts"):
        Span(start_utc=noon, end_utc=noon)


@pytest.mark.parametrize("year", [1980, 2003, 2016, 2021])
def test_the_earths_clock_is_that_of_skyfield(skyfield, year):
    timescale, _ = skyfield
    at = datetime(year, 10, 5, tzinfo=UTC)
    ours = ut1_tai_s(np.array([mjd(at) + tai_utc_s(mjd(at)) / 86400])) + tai_utc_s(mjd(at))
    assert ours[0] == pytest.approx(timescale.from_datetime(at).dut1, abs=2e-3)


def test_beyond_the_table_the_last_value_of_the_earths_clock_is_held():
    far = ut1_tai_s(np.array([70000.0, 71000.0]))
    old = ut1_tai_s(np.array([30000.0]))
    assert far[0] == far[1]
    assert -40 < far[0] < -35
    assert -12 < old[0] < -9
