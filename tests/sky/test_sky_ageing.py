"""How far windows may be off: the age of elements, burns they do not know, air; and what is firm."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.model import AgeError, Clause, Light, Manoeuvre, OrbitEphemeris, Place, States, TrajectoryEvent
from cupola.sky import find_windows
from cupola.sky.ageing import AIR_S, USUAL_BURN_M_S, burn_s, edge_p95_s, edge_s
from cupola.sky.elements import propagate
from cupola.sky.freshness import age_note
from cupola.sky.trust import trusts_in

START = datetime(2021, 10, 5, tzinfo=UTC)
BURN = Manoeuvre(
    start_utc=START + timedelta(days=4), end_utc=START + timedelta(days=4, minutes=10), dv_m_s=0.43, note="reboost"
)
SUNRISE = Light(clauses=(Clause(condition="orbital sunrise"),))
MU_M3_S2 = 3.986004418e14


@pytest.mark.parametrize(("age", "median", "p95"), [(1, 1.0, 1.0), (3, 1.0, 26), (7, 3.8, 107), (12, 14, 227)])
def test_elements_age_as_493_sets_of_the_station_did(elements, age, median, p95):
    """January to June 2017, public sets of the ISS, each carried forward to the sets after it; never better than 1 s."""
    assert float(edge_s(np.array(age), elements)) == pytest.approx(median)
    assert float(edge_p95_s(np.array(age), elements)) == pytest.approx(p95)


@given(days=st.lists(st.floats(0, 4000), min_size=2, max_size=8))
def test_an_edge_never_gets_surer_with_age(days):
    ages = np.sort(np.array(days))
    elements = _any_elements()
    for grown in (edge_s(ages, elements), edge_p95_s(ages, elements)):
        assert (np.diff(grown) >= -1e-9).all()
        assert grown.max() <= 43200 / elements.mean_motion


def _any_elements():
    from pathlib import Path

    from cupola.exchange.omm import parse_omm

    return parse_omm((Path(__file__).parents[2] / "examples/the-challenge/orbit.json").read_text())[0]


def test_a_station_may_bring_its_own_table_and_choose_the_column(station):
    table = (AgeError(age_days=1, median_s=2, p95_s=4), AgeError(age_days=10, median_s=20, p95_s=40))
    own = replace(station, error_table=table)
    assert float(edge_s(np.array(10.0), own.elements[0], own)) == pytest.approx(20)
    wide = replace(own, plan_with="p95")
    assert float(edge_s(np.array(10.0), own.elements[0], wide)) == pytest.approx(40)
    last = find_windows(SUNRISE, wide, start=START + timedelta(days=9), end=START + timedelta(days=10))[-1]
    assert last.edge_s == pytest.approx(40, abs=1)


def test_a_burn_makes_late_by_three_times_its_speed(elements):
    """Against Kepler's third law: after a burn forward the orbit is higher, and its period longer."""
    rate = elements.mean_motion * 2 * np.pi / 86400
    axis = (MU_M3_S2 / rate**2) ** (1 / 3)
    speed = sqrt(MU_M3_S2 / axis)
    higher = 1 / (2 / axis - (speed + 0.43) ** 2 / MU_M3_S2)
    week = 7 * 86400.0
    late = week * (1 - (axis / higher) ** 1.5)
    assert float(burn_s(0.43, np.array(week), elements)) == pytest.approx(late, rel=1e-3)


def test_a_burn_of_unknown_size_counts_as_the_reboost_of_that_month():
    """Mean motions of the public sets of 8 and 15 October 2021: 15.48952913 and 15.48692786 revolutions a day."""
    assert pytest.approx(USUAL_BURN_M_S, abs=0.1) == 7660 / 3 * (15.48952913 - 15.48692786) / 15.4895


def test_a_logged_burn_leaves_nothing_behind_it_firm_and_is_named(station):
    windows = find_windows(SUNRISE, replace(station, manoeuvres=(BURN,)), start=START, end=START + timedelta(days=12))
    assert [window.firm for window in windows] == [window.close_utc <= BURN.start_utc for window in windows]
    plain = find_windows(SUNRISE, station, start=START, end=START + timedelta(days=12))
    days = (plain[-1].close_utc - BURN.start_utc) / timedelta(days=1)
    assert windows[-1].edge_s - plain[-1].edge_s == pytest.approx(3 * 0.43 * days * 86400 / 7660, rel=0.01)
    cause = trusts_in(windows, SUNRISE, replace(station, manoeuvres=(BURN,)))[-1].cause
    assert cause.startswith("burn of 09 Oct 00:00 UTC of 0.43 m/s, not in the elements, ±")
    assert "elements 12." in cause


def test_without_burns_and_air_the_cause_is_age_alone(station):
    windows = find_windows(SUNRISE, station, start=START + timedelta(days=9), end=START + timedelta(days=10))
    trust = trusts_in(windows, SUNRISE, station)[-1]
    assert trust.edge_s == windows[-1].edge_s
    assert trust.cause == f"elements {trust.age_days:.1f} days old, ±{trust.age_s:.1f} s"


def test_windows_older_than_they_can_be_trusted_are_not_firm(station):
    windows = find_windows(SUNRISE, replace(station, trust_days=6), start=START, end=START + timedelta(days=12))
    limit = station.elements[0].epoch_utc + timedelta(days=6)
    assert [window.firm for window in windows] == [window.close_utc <= limit for window in windows]


def test_light_through_the_air_is_not_known_to_the_second(station):
    seen = Light(clauses=(Clause(condition="visible sunrise", least=10.0),))
    (window, *_) = find_windows(seen, station, start=START, end=START + timedelta(hours=4))
    assert window.edge_s == pytest.approx(1.0 + AIR_S)
    assert "light through the air, ±3 s" in trusts_in((window,), seen, station)[0].cause


def published(elements, events=()):
    """An ephemeris made on 5 October: states four minutes apart for twelve days, as SGP4 has them."""
    t = np.arange(0, 12 * 86400 + 1.0, 240.0)
    since = (START - elements.epoch_utc).total_seconds()
    km, km_s = propagate(elements, t + since)
    rows = tuple(tuple(row) for row in np.column_stack((t, km, km_s)).tolist())
    states = States(frame="TEME", epoch_utc=START, rows=rows, useable_s=(0.0, float(t[-1])))
    return OrbitEphemeris(
        object_name="ISS",
        object_id="1998-067-A",
        created_utc=START,
        originator="test",
        segments=(states,),
        events=tuple(events),
    )


def test_a_burn_that_an_ephemeris_has_planned_leaves_its_windows_firm(station):
    event = TrajectoryEvent(name="reboost", at_utc=BURN.start_utc, dv_m_s=0.43)
    ephemeris = published(station.elements[0], [event])
    known = replace(station, elements=(), ephemerides=(ephemeris,), manoeuvres=(BURN,))
    begin, end = START + timedelta(days=9), START + timedelta(days=10)
    windows = find_windows(SUNRISE, known, start=begin, end=end)
    unknown = find_windows(SUNRISE, replace(known, ephemerides=(published(station.elements[0]),)), start=begin, end=end)
    assert all(window.firm for window in windows)
    assert not any(window.firm for window in unknown)
    trust = trusts_in(windows, SUNRISE, known)[-1]
    assert trust.burn_s == pytest.approx(0.05 * 3 * 0.43 * 6 * 86400 / 7660, rel=0.05)
    assert "planned for" in trust.cause
    assert "ephemeris 10.0 days old" in trust.cause


def test_an_ephemeris_that_gets_old_is_spoken_of(station):
    known = replace(station, elements=(), ephemerides=(published(station.elements[0]),))
    note = age_note(known, START, START + timedelta(days=8))
    assert note.startswith("The ephemeris made on 2021-10-05 is 8.0 days from the last window")


def test_of_several_sets_the_one_that_gets_oldest_is_spoken_of(station):
    first = station.elements[0]
    later = replace(first, epoch_utc=first.epoch_utc + timedelta(days=8))
    note = age_note(replace(station, elements=(first, later)), START, START + timedelta(days=9))
    assert "are 4.0 days from the windows of 2021-10-08" in note


def test_edges_on_the_ground_do_not_age(asking):
    moscow = Place(id="moscow", name="Moscow", hub="", unit="", lat_deg=55.75, lon_deg=37.62, tz="Europe/Moscow")
    windows = find_windows(asking("golden hour"), moscow, start=START, end=START + timedelta(days=2))
    assert {(window.edge_s, window.firm) for window in windows} == {(30.0, True)}
    assert trusts_in(windows, asking("golden hour"), moscow)[0].cause == "light through the air, ±30 s"
