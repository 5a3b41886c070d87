"""The Sun over places on Earth against JPL's DE421 (Skyfield), NREL's worked case and pvlib."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from cupola.model import Place
from cupola.sky import sun_times
from cupola.sky.almanac import Almanac
from cupola.sky.earth import GroundView, sun_altitude_deg, sun_azimuth_deg
from cupola.sky.timescale import mjd, tai_utc_s, ut1_tai_s

PLACES = [
    Place(id="moscow", name="Moscow", hub="", unit="", lat_deg=55.75, lon_deg=37.62, elevation_m=150, tz="Europe/Moscow"),
    Place(id="baikonur", name="Baikonur", hub="", unit="", lat_deg=45.62, lon_deg=63.31, elevation_m=100, tz="Asia/Qyzylorda"),
    Place(id="tromso", name="Tromsø", hub="", unit="", lat_deg=69.65, lon_deg=18.96, tz="Europe/Oslo"),
    Place(id="queenstown", name="Queenstown", hub="", unit="", lat_deg=-45.03, lon_deg=168.66, tz="Pacific/Auckland"),
    Place(id="quito", name="Quito", hub="", unit="", lat_deg=-0.18, lon_deg=-78.47, elevation_m=2850, tz="America/Guayaquil"),
]
NREL = Place(
    id="nrel",
    name="Golden, Colorado",
    hub="",
    unit="",
    lat_deg=39.742476,
    lon_deg=-105.1786,
    elevation_m=1830.14,
    tz="Etc/GMT+7",
)


def earth_clock_s(at):
    """UT1 minus UTC."""
    return float(ut1_tai_s(np.array([mjd(at)]))[0]) + tai_utc_s(mjd(at))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
@pytest.mark.parametrize("year", [2003, 2016, 2021, 2025])
def test_altitude_and_azimuth_are_those_of_jpl_within_two_arc_seconds(skyfield, place, year):
    from skyfield.api import wgs84

    timescale, bodies = skyfield
    start = datetime(year, 1, 1, 3, 21, tzinfo=UTC)
    almanac = Almanac.over(start, start + timedelta(days=366))
    view = GroundView.of(place, almanac)
    t = np.arange(0, 366 * 86400.0, 37 * 3571.0)
    site = bodies["earth"] + wgs84.latlon(place.lat_deg, place.lon_deg, place.elevation_m)
    altitude, azimuth, _ = site.at(timescale.from_datetimes(almanac.span.utc(t))).observe(bodies["sun"]).apparent().altaz()
    assert np.abs(sun_altitude_deg(t, view) - altitude.degrees).max() < 2 / 3600
    turn = (sun_azimuth_deg(t, view) - azimuth.degrees + 180) % 360 - 180
    assert np.abs(turn * np.cos(altitude.radians)).max() < 2 / 3600


def test_the_worked_case_of_nrel():
    """Reda and Andreas, Solar Position Algorithm (NREL/TP-560-34302), table A5.1, and the output of their program.

    Their clock is UT1, so ours is asked that much later. True elevation 39.872046°, azimuth 194.340241°.
    """
    noon = datetime(2003, 10, 17, 19, 30, 30, tzinfo=UTC)
    view = GroundView.of(NREL, Almanac.over(noon, noon + timedelta(hours=1)))
    t = np.array([-earth_clock_s(noon)])
    assert sun_altitude_deg(t, view)[0] == pytest.approx(39.872046, abs=5e-5)
    assert sun_azimuth_deg(t, view)[0] == pytest.approx(194.340241, abs=5e-5)


def test_rise_transit_and_set_of_nrels_worked_case():
    """06:12:43, 11:46:05 and 17:20:19 (UT1, zone -7), whole seconds.

    The sunset their program prints is that of the UT day, which at -7 h is the evening before. They see the Sun from
    the Earth's centre; from the ground it rises up to 0.8 s later and sets as much earlier.
    """
    day = sun_times(NREL, date(2003, 10, 17))
    eve = sun_times(NREL, date(2003, 10, 16))
    for ours, hms in ((day.sunrise_utc, (6, 12, 43)), (day.noon_utc, (11, 46, 5)), (eve.sunset_utc, (17, 20, 19))):
        theirs = datetime(ours.astimezone(ZoneInfo(NREL.tz)).year, 10, ours.astimezone(ZoneInfo(NREL.tz)).day, *hms)
        clock = ours.astimezone(ZoneInfo(NREL.tz)).replace(tzinfo=None) + timedelta(seconds=earth_clock_s(ours))
        assert abs((clock - theirs).total_seconds()) < 1.4


@pytest.mark.parametrize("place", [place for place in PLACES if abs(place.lat_deg) < 60], ids=lambda place: place.id)
def test_altitude_is_that_of_the_spa_of_pvlib_across_dates(place):
    import pandas
    from pvlib.solarposition import spa_python

    start = datetime(2022, 1, 1, 5, tzinfo=UTC)
    almanac = Almanac.over(start, start + timedelta(days=365))
    t = np.arange(0, 365 * 86400.0, 71 * 3600.0)
    theirs = spa_python(
        pandas.DatetimeIndex(almanac.span.utc(t)), place.lat_deg, place.lon_deg, place.elevation_m, delta_t=69.3
    )
    ours = sun_altitude_deg(t - earth_clock_s(start), GroundView.of(place, almanac))
    assert np.abs(ours - theirs["elevation"].to_numpy()).max() < 5e-4
