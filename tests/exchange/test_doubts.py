"""Sets that disagree: the real ones of October 2021, and the same with one number edited."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from cupola.exchange.doubts import doubts, station_doubts
from cupola.exchange.omm import parse_omm
from cupola.model import Manoeuvre, OrbitEphemeris, States, Station
from cupola.sky.orbit import propagate

EXAMPLE = Path(__file__).parents[2] / "examples/the-challenge"


@pytest.fixture(scope="module")
def shoot():
    return tuple(one for name in ("orbit.json", "orbit-later.json") for one in parse_omm((EXAMPLE / name).read_text()))


def test_the_reboost_of_october_2021_is_the_only_thing_said_of_the_real_sets(shoot):
    """The mean motion fell from 15.48953 to 15.48693 between the sets of 8 and 15 October."""
    (sentence,) = doubts(reversed(shoot))
    assert "2021-10-08 17:31 and 2021-10-15 16:50" in sentence
    assert "falls by 0.00260" in sentence
    assert "raised" in sentence


def test_sets_that_agree_and_a_single_set_raise_no_doubt(shoot):
    assert doubts(shoot[:2]) == doubts(shoot[2:]) == doubts(shoot[:1]) == doubts(()) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ra_of_asc_node_deg": 142.3}, "the ascending node is +1.00°"),
        ({"inclination_deg": 51.70}, "the inclination changes by +0.0547°"),
        ({"rev_at_epoch": 30700}, "the revolution number grows by 141, and the mean motion makes it 60"),
        ({"mean_motion": 15.4920}, "more than drag explains"),
        ({"mean_anomaly_deg": 41.6}, "km apart"),
    ],
)
def test_one_edited_number_is_doubted(shoot, change, said):
    found = doubts((shoot[0], replace(shoot[1], **change)))
    assert any(said in sentence for sentence in found), found


def test_sets_of_two_objects_or_of_one_epoch_are_doubted(shoot):
    assert "2 objects" in doubts((shoot[0], replace(shoot[1], norad_cat_id=49043)))[0]
    assert "same epoch" in doubts((shoot[0], replace(shoot[0], bstar=0.0)))[0]
    assert doubts((shoot[0], shoot[0])) == ()


def test_a_set_alone_is_doubted_where_the_station_never_flew(shoot):
    """The ISS flies at 51.6°, 370 to 460 km in the years of its crews; Tiangong at 41.5°."""
    assert "inclination of 41.4700°" in doubts([replace(shoot[0], inclination_deg=41.47)])[0]
    (height,) = doubts([replace(shoot[0], mean_motion=14.9)])
    assert "and the International Space Station flies at 320 to 480 km" in height
    assert any("nothing stays in orbit there" in said for said in doubts([replace(shoot[0], mean_motion=16.6)]))
    assert doubts([replace(shoot[0], norad_cat_id=48274, inclination_deg=41.47)]) == ()


def test_a_logged_burn_explains_what_it_changes(shoot):
    """The push between the sets of 8 and 15 October 2021."""
    burn = Manoeuvre(start_utc=datetime(2021, 10, 12, tzinfo=UTC), end_utc=datetime(2021, 10, 12, 1, tzinfo=UTC))
    assert doubts(shoot, manoeuvres=[burn]) == ()
    assert station_doubts(Station(name="ISS", elements=shoot, manoeuvres=(burn,))) == ()
    assert len(station_doubts(Station(name="ISS", elements=shoot))) == 1


def test_a_set_that_is_not_where_the_ephemeris_is_is_doubted(shoot):
    start = shoot[0].epoch_utc
    t = np.arange(-2400.0, 2401.0, 240.0)
    rows = tuple(map(tuple, np.column_stack((t, *propagate(shoot[0], t))).tolist()))
    segment = States(frame="TEME", epoch_utc=start, rows=rows, useable_s=(-2400.0, 2400.0))
    made = OrbitEphemeris(object_name="ISS", object_id="", created_utc=start, originator="test", segments=(segment,))
    assert station_doubts(Station(name="ISS", elements=shoot[:1], ephemerides=(made,))) == ()
    elsewhere = replace(shoot[0], mean_anomaly_deg=45.0)
    (sentence,) = station_doubts(Station(name="ISS", elements=(elsewhere,), ephemerides=(made,)))
    assert "630 km from where the ephemeris has the station" in sentence
