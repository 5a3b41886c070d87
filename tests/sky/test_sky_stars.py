"""Stars and the heart of the Milky Way against Skyfield, and the table against Hipparcos as the Nautical Almanac has it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cupola.errors import LightError
from cupola.model import Place
from cupola.sky.almanac import Almanac
from cupola.sky.ground import GroundView, altitude_deg, azimuth_deg, ray_to
from cupola.sky.stars import GALACTIC_CENTRE, STARS, icrs_direction, star_named

ATACAMA = Place(id="a", name="San Pedro de Atacama", hub="", unit="", lat_deg=-22.91, lon_deg=-68.2, elevation_m=2400)
LOFOTEN = Place(id="l", name="Henningsvær", hub="", unit="", lat_deg=68.15, lon_deg=14.2)


def apparent(skyfield, place, star, times):
    from skyfield.api import Star, wgs84

    timescale, bodies = skyfield
    there = Star(
        ra_hours=star.ra_deg / 15,
        dec_degrees=star.dec_deg,
        ra_mas_per_year=star.motion_ra,
        dec_mas_per_year=star.motion_dec,
        epoch=2451545.0 + (star.epoch_year - 2000) * 365.25,
    )
    site = bodies["earth"] + wgs84.latlon(place.lat_deg, place.lon_deg, place.elevation_m)
    altitude, azimuth, _ = site.at(timescale.from_datetimes(times)).observe(there).apparent().altaz()
    return altitude.degrees, azimuth.degrees


@pytest.mark.parametrize("place", [ATACAMA, LOFOTEN], ids=lambda place: place.id)
@pytest.mark.parametrize("name", ["sirius", "rigil kentaurus", "polaris", "vega", "galactic centre"])
def test_a_star_stands_where_skyfield_has_it_within_two_arc_seconds(skyfield, place, name):
    star = STARS.get(name, GALACTIC_CENTRE)
    start = datetime(2021, 2, 1, tzinfo=UTC)
    almanac = Almanac.over(start, start + timedelta(days=300))
    t = np.arange(0, 300 * 86400.0, 13 * 3571.0)
    view = GroundView.of(place, almanac)
    ray = ray_to(star)(t, view)
    altitude, azimuth = apparent(skyfield, place, star, almanac.span.utc(t))
    assert 3600 * np.abs(altitude_deg(ray, view) - altitude).max() < 2
    turn = (azimuth_deg(ray, view) - azimuth + 180) % 360 - 180
    assert 3600 * np.abs(turn * np.cos(np.radians(altitude))).max() < 2


@pytest.mark.parametrize(
    ("name", "ra", "dec"),
    [
        ("Vega", 279.23473479, 38.78368896),
        ("Sirius", 101.28715533, -16.71611586),
        ("Polaris", 37.95456067, 89.26410897),
        ("Betelgeuse", 88.79293899, 7.40706400),
        ("Antares", 247.35191542, -26.43200261),
    ],
)
def test_the_table_is_hipparcos(name, ra, dec):
    """SIMBAD's ICRS places at epoch J2000 (from Hipparcos)."""
    x, y, z = icrs_direction(star_named(name), np.array([2000.0]))[0]
    assert np.degrees(np.arcsin(z)) == pytest.approx(dec, abs=0.6 / 3600)
    assert (np.degrees(np.arctan2(y, x)) % 360 - ra) * np.cos(np.radians(dec)) == pytest.approx(0, abs=0.9 / 3600)


def test_names_are_found_whatever_their_case_and_an_unknown_one_says_the_nearest():
    assert star_named(" rigil  KENTAURUS ").name == "Rigil Kentaurus"
    assert len(STARS) > 30
    with pytest.raises(LightError, match="by name") as error:
        star_named("Beetlejuice")
    assert "Betelgeuse" in error.value.remedy
