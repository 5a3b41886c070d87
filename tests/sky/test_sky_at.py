"""The sky at one instant, against Skyfield with DE421, and against the windows of the same sky."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cupola.model import Clause, Light, Pane, Place
from cupola.sky import find_windows
from cupola.sky.at import day_phase, sky_aboard, sky_on_ground
from cupola.sky.exposure import ev_of_lux, exposures

AT = datetime(2021, 10, 8, 10, 36, tzinfo=UTC)
MOSCOW = Place(id="moscow", name="Moscow", hub="", unit="", lat_deg=55.75, lon_deg=37.62, tz="Europe/Moscow")
ATACAMA = Place(id="atacama", name="Atacama", hub="", unit="", lat_deg=-24.6, lon_deg=-70.4, tz="America/Santiago")


def time_of(scale, at):
    return scale.from_datetime(at)


@pytest.mark.parametrize("place", [MOSCOW, ATACAMA])
@pytest.mark.parametrize("at", [AT, datetime(2022, 6, 8, 17, 36, tzinfo=UTC), datetime(2024, 2, 29, 3, tzinfo=UTC)])
def test_sun_and_moon_on_the_ground_stand_where_skyfield_has_them(skyfield, place, at):
    scale, bodies = skyfield
    from skyfield.api import wgs84

    here = (bodies["earth"] + wgs84.latlon(place.lat_deg, place.lon_deg)).at(time_of(scale, at))
    ours = sky_on_ground(place, at)
    for name, altitude, azimuth in (
        ("sun", ours.sun_altitude_deg, ours.sun_azimuth_deg),
        ("moon", ours.moon_altitude_deg, ours.moon_azimuth_deg),
    ):
        theirs = here.observe(bodies[name]).apparent().altaz()
        assert altitude == pytest.approx(theirs[0].degrees, abs=0.02)
        assert math.cos(math.radians(altitude)) * (azimuth - theirs[1].degrees) == pytest.approx(0, abs=0.02)


def test_the_core_of_the_milky_way_is_overhead_in_the_atacama_in_june(skyfield):
    """Sagittarius A* culminates at 90° - |-29.0° + 24.6°| there; Skyfield agrees on where it is."""
    scale, bodies = skyfield
    from skyfield.api import Star, wgs84

    at = datetime(2022, 6, 20, 4, 40, tzinfo=UTC)
    here = (bodies["earth"] + wgs84.latlon(ATACAMA.lat_deg, ATACAMA.lon_deg)).at(time_of(scale, at))
    theirs = here.observe(Star(ra_hours=(17, 45, 40.04), dec_degrees=(-29, 0, 28.1))).apparent().altaz()
    ours = sky_on_ground(ATACAMA, at)
    assert ours.core_altitude_deg == pytest.approx(theirs[0].degrees, abs=0.02)
    assert ours.core_altitude_deg > 80


def test_the_point_below_and_its_sun_are_those_of_skyfield(skyfield, station):
    scale, bodies = skyfield
    from skyfield.api import EarthSatellite, wgs84

    elements = station.elements[0]
    lines = (
        "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994",
        "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594",
    )
    t = time_of(scale, AT)
    below = wgs84.geographic_position_of(EarthSatellite(*lines, "ISS", scale).at(t))
    ours = sky_aboard(station, AT)
    assert ours.lat_deg == pytest.approx(below.latitude.degrees, abs=0.005)
    assert ours.lon_deg == pytest.approx(below.longitude.degrees, abs=0.005)
    assert ours.height_km == pytest.approx(below.elevation.km, abs=0.1)
    sun = (bodies["earth"] + wgs84.latlon(below.latitude.degrees, below.longitude.degrees)).at(t)
    assert ours.sun_below_deg == pytest.approx(sun.observe(bodies["sun"]).apparent().altaz()[0].degrees, abs=0.01)
    hour_angle = sun.observe(bodies["sun"]).apparent().hadec()[0].hours
    assert ours.solar_h == pytest.approx((12 + hour_angle) % 24, abs=0.01)
    assert elements.norad_cat_id == 25544


@pytest.mark.parametrize(("condition", "illumination"), [("umbra", "umbra"), ("penumbra", "penumbra"), ("full sun", "day")])
def test_the_light_is_that_of_the_windows(station, condition, illumination):
    windows = find_windows(Light(clauses=(Clause(condition=condition),)), station, start=AT, end=AT + timedelta(hours=3))
    for window in windows:
        assert sky_aboard(station, window.open_utc + (window.close_utc - window.open_utc) / 2).illumination == illumination


def test_what_comes_next_is_what_the_windows_say(station):
    night = Light(clauses=(Clause(condition="umbra"),))
    (first, *_) = find_windows(night, station, start=AT, end=AT + timedelta(hours=3))
    events = {event.what: event for event in reversed(sky_aboard(station, AT).events)}
    assert events["the last of the Sun goes"].at_utc == first.open_utc
    assert events["first light"].at_utc == first.close_utc
    assert [event.at_utc for event in sky_aboard(station, AT).events] == sorted(
        e.at_utc for e in sky_aboard(station, AT).events
    )


def test_contacts_anomaly_and_targets_are_those_of_the_windows(station, asking):
    for hour in range(0, 12, 2):
        at = AT + timedelta(hours=hour, minutes=7 * hour)
        ours = sky_aboard(station, at)
        span = {"start": at, "end": at + timedelta(seconds=2)}
        assert bool(ours.contacts) is bool(find_windows(asking("in contact"), station, **span))
        assert ours.in_saa is not bool(find_windows(asking("outside saa"), station, **span))
        assert [t.distance_km for t in ours.targets] == sorted(t.distance_km for t in ours.targets)


def test_the_sun_is_as_far_off_two_opposite_panes_as_half_a_turn(station):
    panes = (Pane(id="down", look=(0, 0, 1)), Pane(id="up", look=(0, 0, -1), up=(1, 0, 0)))
    down, up = sky_aboard(replace(station, panes=panes), AT).panes
    assert down.sun_off_deg + up.sun_off_deg == pytest.approx(180)
    assert not (down.sun_in and up.sun_in)


def test_a_shut_pane_lets_nothing_in(station):
    pane = Pane(id="all", look=(0, 0, -1), up=(1, 0, 0), half_angle_deg=180)
    at = datetime(2021, 10, 8, 11, 10, tzinfo=UTC)
    shut = replace(pane, closed=((at - timedelta(minutes=1), at + timedelta(minutes=1)),))
    assert [sky_aboard(replace(station, panes=(one,)), at).panes[0].sun_in for one in (pane, shut)] == [True, False]


def test_a_station_with_nothing_named_is_answered_too(station):
    bare = replace(station, targets=(), relays=(), saa=())
    ours = sky_aboard(bare, AT)
    assert (ours.targets, ours.contacts, ours.in_saa) == ((), (), None)


@pytest.mark.parametrize(("sun", "phase"), [(40, "day"), (5, "day, golden hour"), (-3, "civil twilight, golden hour")])
def test_parts_of_the_day_by_the_suns_altitude(sun, phase):
    assert day_phase(sun) == phase
    assert [day_phase(low) for low in (-5, -8, -15, -20)] == [
        "civil twilight, blue hour",
        "nautical twilight",
        "astronomical twilight",
        "night",
    ]


def test_exposures_are_those_of_the_handbooks():
    """Sunny 16 is EV 15 for a grey card in 80 000 to 100 000 lx; full sunlight outside the air is 133 000 lx (IES)."""
    assert ev_of_lux(81_920) == pytest.approx(15)
    assert ev_of_lux(133_000) == pytest.approx(15.7, abs=0.01)
    found = {each.what: each.ev100 for each in exposures(sunlit=True, sun_below_deg=90, moon_lit_percent=5)}
    assert found["Earth below in sunlight"] == pytest.approx(15.4, abs=0.1)
    low, high = (exposures(sunlit=True, sun_below_deg=sun, moon_lit_percent=5)[1].ev100 for sun in (10, 60))
    assert low < high
