"""The light of the flight of October 2021, as it was, and of other flights."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from cupola.errors import OrbitError
from cupola.exchange.omm import parse_omm
from cupola.model import Station
from cupola.sky import flight_sky

LATER = Path(__file__).parents[2] / "examples/the-challenge/orbit-later.json"
DOCKED = datetime(2021, 10, 5, 12, 22, 31, tzinfo=UTC)
"""15:22:31 Moscow time (russianspaceweb.com, Soyuz MS-19)."""
UNDOCKED = datetime(2021, 10, 17, 1, 14, tzinfo=UTC)
"""04:14 Moscow time (TASS, 17 October 2021)."""


@pytest.fixture(scope="module")
def flight(station):
    return flight_sky(station, start=DOCKED, end=UNDOCKED)


def test_the_night_shrank_from_34_to_23_minutes_between_docking_and_undocking(flight):
    nights = [(close - opens).total_seconds() / 60 for opens, close in flight.nights]
    whole = nights[1:]
    assert flight.nights[0][0] == DOCKED
    assert len(whole) == 178
    assert whole[0] == pytest.approx(34.0, abs=0.05)
    assert min(whole) == pytest.approx(22.9, abs=0.05)
    assert sum(night >= 25 for night in whole) == 116
    assert max(opens for opens, close in flight.nights if (close - opens).total_seconds() >= 1500) < datetime(
        2021, 10, 14, tzinfo=UTC
    )


def test_beta_fell_from_minus_29_to_minus_60(flight, station):
    betas = [revolution.beta_deg for revolution in flight.revolutions]
    assert betas[0] == pytest.approx(-29.5, abs=0.1)
    assert min(betas) == pytest.approx(-60.3, abs=0.1)
    eve = flight_sky(station, start=datetime(2021, 10, 5, tzinfo=UTC), end=datetime(2021, 10, 5, 2, tzinfo=UTC))
    assert eve.revolutions[0].beta_deg > betas[0] - 3


def test_revolutions_follow_each_other_without_a_gap_and_cover_the_span(flight):
    assert flight.revolutions[0].start_utc <= DOCKED
    assert flight.revolutions[-1].end_utc >= UNDOCKED
    for before, after in pairwise(flight.revolutions):
        assert before.end_utc == after.start_utc
        assert after.number == before.number + 1
        assert (before.end_utc - before.start_utc).total_seconds() / 60 == pytest.approx(92.9, abs=0.1)


def test_each_revolution_carries_the_night_that_begins_in_it(flight):
    for revolution in flight.revolutions:
        assert revolution.start_utc <= revolution.night_open_utc < revolution.end_utc
        assert 22 < revolution.night_min < 35


def test_revolution_numbers_are_those_that_later_sets_carry(flight):
    later = parse_omm(LATER.read_text())
    found = {
        one.rev_at_epoch: revolution.number
        for one in later
        for revolution in flight.revolutions
        if revolution.start_utc <= one.epoch_utc < revolution.end_utc
    }
    assert found == {number: number for number in (30619, 30727, 30740)}


def test_the_track_steps_over_the_ground_in_light_and_shadow(flight):
    assert len(flight.track) == 16612
    assert {round((b.at_utc - a.at_utc).total_seconds()) for a, b in pairwise(flight.track)} == {60}
    for point in flight.track[::50]:
        assert abs(point.lat_deg) < 51.9
        assert -180 <= point.lon_deg <= 180
        assert 408 < point.altitude_km < 445
        assert point.sunlit == (not any(opens <= point.at_utc < close for opens, close in flight.nights))


def test_a_season_without_night_has_revolutions_without_night(elements):
    """57 to 132 hours at a time in a year, when beta passes 70°."""
    station = Station(name="ISS", elements=(elements,))
    start = datetime(2021, 12, 11, tzinfo=UTC)
    sky = flight_sky(station, start=start, end=start + timedelta(days=6, hours=12))
    assert sum(revolution.night_min == 0 for revolution in sky.revolutions) in (84, 85)
    assert all(abs(revolution.beta_deg) > 68 for revolution in sky.revolutions if revolution.night_min == 0)


def test_a_station_without_elements_has_no_sky():
    with pytest.raises(OrbitError, match="elements"):
        flight_sky(Station(name="ISS", elements=()), start=DOCKED, end=UNDOCKED)
