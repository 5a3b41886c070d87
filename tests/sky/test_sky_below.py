"""What lies below: passes against Orekit, areas against many points, glint against the law of reflection, Sun against SPA."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cupola.errors import LightError
from cupola.model import Area, Clause, Target
from cupola.sky.aurora import EQUATORWARD, POLEWARD, kp_of, oval_colatitude_deg
from cupola.sky.below import AreaView, area_sun_deg, area_tilt_deg, nadir_sun_deg, nadir_up, tilt_deg
from cupola.sky.glint import glint_km
from cupola.sky.intervals import intersect
from cupola.sky.land import land_mask
from cupola.sky.orbit import Ephemeris
from cupola.sky.polygon import Polygon
from cupola.sky.spells import orbit_spells
from cupola.sky.vectors import angle_deg, unit
from cupola.sky.view import Sites, StationView

START, END = datetime(2021, 10, 5, tzinfo=UTC), datetime(2021, 10, 17, tzinfo=UTC)
CORNERS = ((60, 150), (50, 155), (51, 170), (62, 168))


@pytest.fixture(scope="module")
def flight(elements):
    return Ephemeris.over(elements, START, END)


@pytest.fixture(scope="module")
def day(elements):
    return Ephemeris.over(elements, START, START + timedelta(days=1))


def asked(condition, station, ephemeris, **rest):
    clause = Clause(condition=condition, **rest)
    return orbit_spells((clause,), station, ephemeris)[clause]


def test_passes_over_kamchatka_are_34_and_31_by_day(station, flight):
    """October 2021, elevation over 30°; with the Sun over 10° there 31."""
    name = "Petropavlovsk-Kamchatsky"
    passes = asked("elevation at", station, flight, argument=name, least=30)
    lit = asked("sun at", station, flight, argument=name, least=10)
    assert len(passes) == 34
    assert len(intersect(passes, lit)) == 31
    np.testing.assert_allclose(intersect(passes, lit), asked("over", station, flight, argument=name), atol=1e-3)


def test_tilt_and_elevation_are_one_triangle(station, day):
    """sin(tilt) = cos(elevation) x R / r on a sphere; 30° of elevation is 54.3° of tilt from 420 km, oblateness within 0.5°."""
    high = asked("elevation at", station, day, argument="Baikonur", least=30)
    view = StationView.of(station, day, Sites.of_targets((station.target("Baikonur"),)))
    edges = high.ravel()
    np.testing.assert_allclose(tilt_deg(edges, view), 54.3, atol=0.5)
    near = asked("tilt to", station, day, argument="Baikonur", most=54.3)
    assert len(near) == len(high)
    np.testing.assert_allclose(near, high, atol=12)


def test_a_target_on_the_far_side_of_the_earth_is_not_below_however_small_the_tilt(station, day):
    far = replace(station, targets=(Target(name="Far", lat_deg=0, lon_deg=0),))
    for start, end in asked("tilt to", far, day, argument="Far", most=60):
        longitude = day.subpoint(np.array([(start + end) / 2]))[1]
        assert abs(longitude[0]) < 20


def test_the_least_tilt_to_an_area_is_that_of_the_nearest_of_many_points_in_it(station, day):
    """40,000 points of the region; the nearest that is over the horizon is as near as the edge says."""
    rng = np.random.default_rng(1)
    lat, lon = rng.uniform(49, 63, 60_000), rng.uniform(149, 171, 60_000)
    polygon = Polygon.of(CORNERS)
    inside = polygon.distance_deg(lat, lon) < 0
    rows = np.column_stack((lat[inside], lon[inside], np.zeros(inside.sum()), np.zeros(inside.sum())))
    sites = Sites.on_ground([tuple(row) for row in rows])
    view = AreaView.of((polygon,), day)
    t = np.arange(0, 86400.0, 45)
    ours = area_tilt_deg(t, view)
    checked = 0
    for at, tilt in zip(t, ours, strict=True):
        if not 0 < tilt < 62:
            continue
        here = day.fixed_km(np.array([at]))[0]
        ray = sites.at_km - here
        seen = (ray * sites.up).sum(1) < 0
        theirs = angle_deg(unit(ray[seen]), -nadir_up(np.array([at]), view)).min()
        assert tilt == pytest.approx(theirs, abs=1.0)
        assert tilt < theirs + 1e-3
        checked += 1
    assert checked > 20


def test_the_sun_of_an_area_is_that_below_while_the_station_is_above_it(station, day):
    here = replace(station, areas=(Area(name="Box", corners=CORNERS),))
    middle = asked("above", here, day, argument="Box").mean(axis=1)
    view = AreaView.of((Polygon.of(CORNERS),), day)
    np.testing.assert_allclose(area_sun_deg(middle, view), nadir_sun_deg(middle, StationView.of(here, day)), atol=1e-6)


def test_areas_of_one_name_are_one_region_and_clear_is_what_above_is_not(station, day):
    west = Area(name="Land", corners=((0, 0), (40, 0), (40, 30), (0, 30)))
    east = Area(name="land", corners=((-40, 100), (0, 100), (0, 150), (-40, 150)))
    both = replace(station, areas=(west, east))
    above = asked("above", both, day, argument="Land")
    parts = [asked("above", replace(station, areas=(one,)), day, argument="land") for one in (west, east)]
    assert len(above) == sum(map(len, parts))
    clear = asked("clear of", both, day, argument="LAND")
    assert (np.diff(above).sum() + np.diff(clear).sum()) == pytest.approx(86400, abs=0.1)


def test_the_sun_at_the_point_below_is_that_of_nrel(station, day):
    """NREL's SPA by pvlib, true altitude, at the place and the second; the point is at sea level."""
    import pandas as pd
    import pvlib

    t = np.arange(0, 86400.0, 1800)
    latitude, longitude, _ = day.subpoint(t)
    ours = nadir_sun_deg(t, StationView.of(station, day))
    for at, lat, lon, deg in zip(day.span.utc(t), latitude, longitude, ours, strict=True):
        sun = pvlib.solarposition.spa_python(pd.DatetimeIndex([at]), lat, lon, altitude=0, delta_t=69.3)
        assert deg == pytest.approx(float(sun["elevation"].iloc[0]), abs=0.003)


@pytest.mark.parametrize("sun", [(1, 0, 0), (0.9, 0.4, 0.1), (0.3, 0.9, -0.3), (0.0, 0.6, 0.8), (-0.2, 0.95, 0.2)])
def test_the_glint_mirrors_the_sun_about_the_vertical_of_the_ellipsoid(sun):
    """The law of reflection: the vertical halves the angle between Sun and station, and the point is on WGS84."""
    sun = unit(np.array([sun], dtype=float))
    here = np.array([[6378.137 + 420.0, 0.0, 0.0], [4500.0, 800.0, 5000.0]])
    at = glint_km(here, np.broadcast_to(sun, here.shape))
    axes = np.array([6378.137, 6378.137, 6356.752314])
    np.testing.assert_allclose(((at / axes) ** 2).sum(-1), 1, atol=1e-9)
    normal, view = unit(at / axes**2), unit(here - at)
    up = (sun * normal).sum(-1) > 0.05
    mirrored = unit(sun + view)
    assert angle_deg(mirrored, normal)[up].max(initial=0) < 1e-4


def test_the_glint_is_straight_below_when_the_sun_is_straight_above():
    here = np.array([[6798.0, 0.0, 0.0]])
    np.testing.assert_allclose(glint_km(here, unit(here)), [[6378.137, 0, 0]], atol=1e-3)


def test_no_point_of_the_sea_makes_a_shorter_way_from_sun_to_station_than_the_glint():
    """Fermat: of 20,000 points round about none has a shorter way."""
    rng = np.random.default_rng(2)
    here, sun = np.array([3000.0, 4000.0, 4600.0]), unit(np.array([0.7, 0.2, 0.6]))
    at = glint_km(here[None], sun[None])[0]
    axes = np.array([6378.137, 6378.137, 6356.752314])
    near = at + rng.normal(0, 50, (20_000, 3))
    near /= np.sqrt(((near / axes) ** 2).sum(1))[:, None]

    def way(points):
        return np.linalg.norm(here - points, axis=-1) - points @ sun

    assert way(at) <= way(near).min() + 1e-6


@pytest.mark.parametrize(
    ("lat", "lon", "sea"), [(55.75, 37.6, False), (0, -30, True), (53, 158, False), (-89, 10, False), (40, 179.99, True)]
)
def test_the_mask_knows_land_and_sea_wherever_longitude_is_counted_from(lat, lon, sea):
    for turn in (0, 360, -360):
        assert bool(land_mask().is_sea(np.array(lat), np.array(lon + turn))) is sea


def test_land_and_sea_share_the_day_as_they_share_the_earth_under_the_orbit(station, day):
    sea, land = (asked(name, station, day) for name in ("sea below", "land below"))
    assert np.diff(sea).sum() + np.diff(land).sum() == pytest.approx(86400, abs=0.01)
    assert 0.65 < np.diff(sea).sum() / 86400 < 0.8


@pytest.mark.parametrize(("kp", "midnight"), [(1, 64.5), (2, 62.4), (3, 60.4), (4, 58.3), (5, 56.3), (6, 54.2)])
def test_the_oval_reaches_as_far_at_midnight_as_noaa_says(kp, midnight):
    """NOAA's table of the magnetic latitude at which aurora is overhead at midnight (66.5 - 2.05 Kp); two models, 3° apart."""
    edge = 90 - oval_colatitude_deg(EQUATORWARD, kp, np.array([0.0]))[0]
    assert edge == pytest.approx(midnight, abs=3)
    assert oval_colatitude_deg(POLEWARD, kp, np.array([0.0]))[0] < 90 - edge


@pytest.mark.parametrize("word", ["high", "12", "-1", "kp"])
def test_what_is_no_kp_is_refused(word):
    clause = Clause(condition="aurora below", argument=word)
    if word == "kp":
        assert kp_of(clause) == 3
        return
    with pytest.raises(LightError, match="0 to 9"):
        kp_of(clause)


@pytest.mark.parametrize("condition", ["tilt to", "elevation at", "sun at", "city lights", "above", "clear of", "contact with"])
def test_a_name_that_the_station_does_not_have_is_an_error_with_the_nearest(station, day, condition):
    with pytest.raises(LightError, match=f"“{condition}” names an? "):
        asked(condition, station, day, argument="Moskow")
