"""The two examples are whole productions, and the first one rests on the flight of October 2021 as it was.

Docking 15:22:31 MSK: russianspaceweb.com/soyuz-ms-19.html; separation 04:14 MSK: rossaprimavera.ru/news/ae8d168e.
Kit sent ahead: nsn.fm.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cupola.files import read_production
from cupola.model import Production

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def challenge() -> Production:
    return read_production(EXAMPLES / "the-challenge")


@pytest.fixture(scope="module")
def two_hander() -> Production:
    return read_production(EXAMPLES / "two-hander")


def test_the_docked_span_is_that_of_the_flight(challenge):
    orbit = challenge.unit("orbit")
    assert orbit.first_utc == datetime(2021, 10, 5, 12, 22, 31, tzinfo=UTC)
    assert orbit.last_utc == datetime(2021, 10, 17, 1, 14, tzinfo=UTC)
    assert (
        timedelta(days=11, hours=12, minutes=51) <= orbit.last_utc - orbit.first_utc < timedelta(days=11, hours=12, minutes=52)
    )


def test_the_earth_is_shot_from_june_to_october_2022(challenge):
    main = challenge.unit("main")
    assert main.first_utc.date() >= date(2022, 6, 1)
    assert main.last_utc.date() <= date(2022, 10, 5)


def test_three_flew_two_hosts_and_an_escort_help_and_one_camera_is_behind_all(challenge):
    crew = challenge.unit("orbit").station.crew
    assert {"OPERATOR", "LEAD", "COMMANDER", "HOST-1", "HOST-2"} < {member.id for member in crew}
    assert [member.id for member in crew if member.operates] == ["OPERATOR"]
    assert "OPERATOR" not in {member.aboard for member in challenge.cast}


def test_the_screenplay_is_a_feature_half_aboard(challenge):
    scenes = challenge.script.scenes
    aboard = [scene for scene in scenes if challenge.unit_for(scene.number).is_orbit]
    assert len(scenes) >= 90
    assert len(aboard) >= 35
    assert sum(scene.eighths for scene in scenes) >= 55 * 8
    assert {challenge.place_for(scene.number).id for scene in aboard} == {
        "zvezda",
        "nauka",
        "rassvet",
        "poisk",
        "cupola",
        "soyuz",
    }


def test_the_kit_sent_ahead_weighs_what_it_weighed(challenge):
    assert [line.amount for line in challenge.fixed if "sent ahead" in line.text] == [13.75]


def test_every_price_says_where_it_comes_from_and_none_is_a_persons_fee(challenge):
    rates = [rate for member in challenge.cast for rate in (member.work, member.hold, member.travel) if rate]
    rates += [line.rate for line in challenge.fixed]
    rates += [place.day_rate for place in challenge.places if place.day_rate]
    rates += [member.hour for member in challenge.unit("orbit").station.crew if member.hour]
    assert all(rate.source and rate.line and rate.currency == "RUB" for rate in rates)
    assert all("estimate" in rate.source for member in challenge.cast for rate in (member.work, member.hold) if rate)


def test_the_planning_elements_were_known_on_the_eve(challenge):
    elements = challenge.unit("orbit").station.station.elements
    launch = datetime(2021, 10, 5, 8, 55, 2, tzinfo=UTC)
    assert [set_.norad_cat_id for set_ in elements] == [25544]
    assert timedelta() < launch - elements[0].epoch_utc < timedelta(days=1)


def test_the_small_example_stays_on_earth(two_hander):
    assert len(two_hander.script.scenes) == 20
    assert len(two_hander.cast) == 4
    assert len(two_hander.places) == 3
    assert not any(unit.is_orbit for unit in two_hander.units)
    assert any("golden hour" in str(shot.light) for scene in two_hander.script.scenes for shot in scene.shots)
