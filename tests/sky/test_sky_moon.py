"""The Moon against Meeus' worked examples, the phases of the U.S. Naval Observatory, and JPL's DE421 through Skyfield."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from cupola.errors import LightError
from cupola.model import Clause, Light, Place
from cupola.sky import find_windows, sun_times
from cupola.sky.almanac import Almanac
from cupola.sky.bodies import ERFA, bodies_of
from cupola.sky.ground import GroundView, moon_altitude_deg, moon_azimuth_deg
from cupola.sky.moon import elongation_deg, moon_lit_percent
from cupola.sky.timescale import TT_TAI_S, mjd, tai_utc_s

PLACES = [
    Place(id="cadiz", name="Cádiz", hub="", unit="", lat_deg=36.53, lon_deg=-6.3, tz="Europe/Madrid"),
    Place(id="tromso", name="Tromsø", hub="", unit="", lat_deg=69.65, lon_deg=18.96, tz="Europe/Oslo"),
    Place(id="hobart", name="Hobart", hub="", unit="", lat_deg=-42.88, lon_deg=147.33, tz="Australia/Hobart"),
    Place(id="quito", name="Quito", hub="", unit="", lat_deg=-0.18, lon_deg=-78.47, elevation_m=2850, tz="America/Guayaquil"),
]


def meeus_instant():
    """12 April 1992, 0h of dynamical time, as UTC and seconds from it."""
    nominal = datetime(1992, 4, 12, tzinfo=UTC)
    return nominal, -(TT_TAI_S + tai_utc_s(mjd(nominal)))


@pytest.mark.parametrize("name", ["erfa", "jpl"])
def test_the_worked_example_of_meeus(name):
    """Astronomical Algorithms, example 47.a: apparent 134.688470°, 13.768368°, 368409.7 km. He promises 10" and 4"."""
    start, t = meeus_instant()
    almanac = Almanac.over(start, start + timedelta(days=1), bodies_of(name))
    x, y, z = almanac.moon_km(np.array([t]))[0]
    equinox_deg = 0.0042
    assert np.degrees(np.arctan2(y, x)) % 360 == pytest.approx(134.688470, abs=equinox_deg + 0.002)
    assert np.degrees(np.arcsin(z / np.sqrt(x * x + y * y + z * z))) == pytest.approx(13.768368, abs=0.0015)
    assert np.sqrt(x * x + y * y + z * z) == pytest.approx(368409.7, abs=10)


def test_the_lit_part_of_the_worked_example_of_meeus():
    """Astronomical Algorithms, example 48.a: 0.6786 of the disc is lit."""
    start, t = meeus_instant()
    almanac = Almanac.over(start, start + timedelta(days=1))
    assert moon_lit_percent(np.array([t]), almanac)[0] == pytest.approx(67.86, abs=0.02)


@pytest.mark.parametrize(
    ("ahead", "published"),
    [
        (0, datetime(2021, 10, 6, 11, 5, tzinfo=UTC)),
        (90, datetime(2021, 10, 13, 3, 25, tzinfo=UTC)),
        (180, datetime(2021, 10, 20, 14, 57, tzinfo=UTC)),
        (270, datetime(2021, 10, 28, 20, 5, tzinfo=UTC)),
    ],
)
def test_the_phases_of_october_2021_are_those_of_the_naval_observatory(ahead, published):
    """U.S. Naval Observatory, Phases of the Moon 2021, whole minutes of UT."""
    almanac = Almanac.over(published - timedelta(days=1), published + timedelta(days=1))
    elongation = elongation_deg(np.array([86400.0]), almanac)[0]
    minutes_off = ((elongation - ahead + 180) % 360 - 180) / (12.19 / 1440)
    assert abs(minutes_off) < 1.5


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
@pytest.mark.parametrize(("name", "arcsec"), [("erfa", 25.0), ("jpl", 1.0)])
def test_altitude_and_azimuth_are_those_of_skyfield(skyfield, place, name, arcsec):
    """Topocentric, a year of hours: Meeus' formulas within 25", DE421 read by us within 1" of DE421 read by Skyfield."""
    from skyfield.api import wgs84

    timescale, bodies = skyfield
    start = datetime(2021, 3, 1, tzinfo=UTC)
    almanac = Almanac.over(start, start + timedelta(days=365), bodies_of(name))
    view = GroundView.of(place, almanac)
    t = np.arange(0, 365 * 86400.0, 11 * 3607.0)
    site = bodies["earth"] + wgs84.latlon(place.lat_deg, place.lon_deg, place.elevation_m)
    altitude, azimuth, _ = site.at(timescale.from_datetimes(almanac.span.utc(t))).observe(bodies["moon"]).apparent().altaz()
    assert 3600 * np.abs(moon_altitude_deg(t, view) - altitude.degrees).max() < arcsec
    turn = (moon_azimuth_deg(t, view) - azimuth.degrees + 180) % 360 - 180
    assert 3600 * np.abs(turn * np.cos(altitude.radians)).max() < arcsec


def test_the_lit_part_is_that_of_skyfield(skyfield):
    from skyfield import almanac as theirs

    timescale, bodies = skyfield
    start = datetime(2026, 1, 1, tzinfo=UTC)
    almanac = Almanac.over(start, start + timedelta(days=60))
    t = np.arange(0, 60 * 86400.0, 7200.0)
    at = timescale.from_datetimes(almanac.span.utc(t))
    lit = 100 * theirs.fraction_illuminated(bodies, "moon", at)
    assert np.abs(moon_lit_percent(t, almanac) - lit).max() < 0.05
    ahead = theirs.moon_phase(bodies, at).degrees
    assert np.abs((elongation_deg(t, almanac) - ahead + 180) % 360 - 180).max() < 0.02


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_moonrise_and_moonset_are_those_of_skyfield_within_ten_seconds(skyfield, place):
    """Upper limb, 34' of refraction; Skyfield's own default for the Moon. Lost days of polar Moon included."""
    from skyfield import almanac
    from skyfield.api import wgs84

    timescale, bodies = skyfield
    start, end = datetime(2027, 6, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC)
    site = bodies["earth"] + wgs84.latlon(place.lat_deg, place.lon_deg, place.elevation_m)
    around = timescale.from_datetime(start), timescale.from_datetime(end)
    up = find_windows(Light(clauses=(Clause(condition="moon up"),)), place, start=start, end=end)
    for ours, find in (([w.open_utc for w in up], almanac.find_risings), ([w.close_utc for w in up], almanac.find_settings)):
        times, real = find(site, bodies["moon"], *around)
        theirs = [at for at, does in zip(times.utc_datetime(), real, strict=True) if does]
        inside = [at for at in ours if start < at < end]
        assert len(inside) == len(theirs)
        limit = 10 if abs(place.lat_deg) < 60 else 60
        assert max(abs((a - b).total_seconds()) for a, b in zip(inside, theirs, strict=True)) < limit


def test_the_call_sheets_moonrise_is_the_first_of_the_local_date():
    """Cádiz, summer 2027: rise and set follow each other by half a day; each is on its date or there is none."""
    days = [sun_times(PLACES[0], date(2027, 6, day)) for day in range(1, 29)]
    rises = [day.moonrise_utc for day in days if day.moonrise_utc]
    assert len(rises) in (26, 27)
    assert all(timedelta(hours=24) < b - a < timedelta(hours=50) for a, b in pairwise(rises))
    names = [day.moon_phase for day in days]
    assert [n for k, n in enumerate(names) if k == 0 or n != names[k - 1]] == [
        "waning crescent", "new", "waxing crescent", "first quarter", "waxing gibbous",
        "full", "waning gibbous", "last quarter", "waning crescent",
    ]  # fmt: skip


def test_formulas_and_jpl_differ_by_seconds_of_arc_and_of_time():
    """What the extra `arcsecond` buys: the Moon 12" at worst here, its rise under a second or two; the Sun nothing."""
    place = PLACES[0]
    start = datetime(2027, 1, 1, tzinfo=UTC)
    t = np.arange(0, 365 * 86400.0, 3600.0)
    almanacs = [Almanac.over(start, start + timedelta(days=365), bodies) for bodies in (ERFA, bodies_of("jpl"))]
    moons = [almanac.moon_km(t) / np.linalg.norm(almanac.moon_km(t), axis=-1)[:, None] for almanac in almanacs]
    suns = [almanac.sun_km(t) / np.linalg.norm(almanac.sun_km(t), axis=-1)[:, None] for almanac in almanacs]
    apart = [206265 * np.linalg.norm(a - b, axis=-1).max() for a, b in (moons, suns)]
    assert 1 < apart[0] < 25
    assert apart[1] < 0.1
    moonrise = Light(clauses=(Clause(condition="moonrise"),))
    edges = [
        [w.open_utc for w in find_windows(moonrise, each, start=start, end=start + timedelta(days=60))]
        for each in (place, replace(place, bodies="jpl"))
    ]
    assert len(edges[0]) == len(edges[1]) > 50
    worst = max(abs((a - b).total_seconds()) for a, b in zip(*edges, strict=True))
    assert 0 < worst < 2.5


def test_outside_jpls_file_the_years_are_named():
    start = datetime(2060, 1, 1, tzinfo=UTC)
    with pytest.raises(LightError, match="1899 to 2053"):
        Almanac.over(start, start + timedelta(days=1), bodies_of("jpl"))


def test_without_the_extra_the_remedy_is_to_install_it(monkeypatch):
    from cupola.sky import jpl

    monkeypatch.setattr(jpl, "PACKAGES", ("jplephem", "a_package_of_nobody"))
    with pytest.raises(LightError, match="arcsecond") as error:
        jpl.jpl_bodies.__wrapped__()
    assert "cupola[arcsecond]" in error.value.remedy
