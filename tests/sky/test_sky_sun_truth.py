"""The Sun's events against NREL's algorithm across the latitudes, what two ISS cameras logged, and edges of JPL's Sun."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from cupola.model import Clause, Light, Place
from cupola.sky import find_windows, sun_times
from cupola.sky.almanac import Almanac
from cupola.sky.bodies import bodies_of
from cupola.sky.earth import GroundView, sun_altitude_deg
from cupola.sky.find import find_spells
from cupola.sky.limb import limb_clearance
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import mjd, tai_utc_s, ut1_tai_s

START, END = datetime(2021, 10, 5, tzinfo=UTC), datetime(2021, 10, 17, tzinfo=UTC)
DELTA_T = 69.3


def place_at(lat, lon=18.96, tz="Europe/Oslo"):
    return Place(id="p", name=f"{lat}°", hub="", unit="", lat_deg=lat, lon_deg=lon, tz=tz)


def ut1_utc_s(at):
    return float(ut1_tai_s(np.array([mjd(at)]))[0]) + tai_utc_s(mjd(at))


def spa_elevation(place, times):
    """NREL's SPA as pvlib has it: the true elevation from the ground, of instants whose clock is UT1."""
    import pandas
    from pvlib.solarposition import spa_python

    index = pandas.DatetimeIndex(times)
    return spa_python(index, place.lat_deg, place.lon_deg, place.elevation_m, delta_t=DELTA_T)["elevation"].to_numpy()


def spa_crossings(place, start, end, level_deg):
    """Instants (UTC) at which SPA's Sun crosses an altitude: five minutes, and the straight line between seconds there."""
    shift = timedelta(seconds=ut1_utc_s(start))
    steps = [start + timedelta(minutes=5 * n) for n in range(int((end - start) / timedelta(minutes=5)) + 1)]
    above = spa_elevation(place, [at + shift for at in steps]) > level_deg
    found = []
    for n in np.flatnonzero(above[1:] != above[:-1]):
        seconds = [steps[n] + timedelta(seconds=s) for s in range(301)]
        height = spa_elevation(place, [at + shift for at in seconds]) - level_deg
        k = int(np.flatnonzero(np.sign(height[1:]) != np.sign(height[:-1]))[0])
        found.append(seconds[k] + timedelta(seconds=height[k] / (height[k] - height[k + 1])))
    return found


@pytest.mark.parametrize("lat", [-54.8, -33.9, 0.0, 40.4, 59.9, 65.0, 66.6, 69.65])
@pytest.mark.parametrize("day", [date(2021, 3, 20), date(2021, 6, 21), date(2021, 11, 14)], ids=str)
def test_every_event_of_a_day_is_within_a_second_of_spa(lat, day):
    place = place_at(lat)
    start, end = (datetime.combine(at, time(), ZoneInfo(place.tz)).astimezone(UTC) for at in (day, day + timedelta(days=1)))
    ours = sun_times(place, day)
    golden = [at for spell in ours.golden_utc for at in spell]
    for level, found in (
        (-0.833, [ours.sunrise_utc, ours.sunset_utc]),
        (-6.0, [ours.civil_dawn_utc, ours.civil_dusk_utc]),
    ):
        assert_same(sorted(at for at in found if at), spa_crossings(place, start, end, level))
    theirs = sorted(at for level in (-4.0, 6.0) for at in spa_crossings(place, start, end, level))
    assert_same([at for at in golden if at not in (start, end)], theirs)


def assert_same(ours, theirs):
    assert len(ours) == len(theirs)
    assert max((abs((a - b).total_seconds()) for a, b in zip(ours, theirs, strict=True)), default=0.0) < 1.0


@pytest.mark.parametrize("lat", [65.0, 66.2, 67.4, 68.6, 69.65])
@pytest.mark.parametrize("condition", ["day", "night"])
def test_grazing_days_of_the_north_keep_every_event_of_spa(lat, condition):
    """Late May and early June: nights that shrink to minutes and vanish. An edge is as exact as the Sun's altitude, 0.3"."""
    place = place_at(lat)
    start, end = datetime(2021, 5, 12, tzinfo=UTC), datetime(2021, 5, 30, tzinfo=UTC)
    level = {"day": -0.833, "night": -6.0}[condition]
    windows = find_windows(Light(clauses=(Clause(condition=condition),)), place, start=start, end=end)
    ours = sorted(at for window in windows for at in (window.open_utc, window.close_utc) if start < at < end)
    theirs = spa_crossings(place, start, end, level)
    assert len(ours) == len(theirs)
    for a, b in zip(ours, theirs, strict=True):
        climb = abs(np.diff(spa_elevation(place, [b - timedelta(seconds=5), b + timedelta(seconds=5)]))[0]) / 10
        assert abs((a - b).total_seconds()) < max(1.0, 1e-4 / climb)


# ------------------------------------------------------------------------------------------ what two cameras in orbit logged

ASTRO_PI = [
    ("04:30:21", -25.122, 171.587, 20.60), ("04:45:18", -51.621, -122.955, -33.70), ("04:52:26", -43.672, -84.934, -57.74),
    ("04:59:34", -26.092, -60.451, -70.79), ("05:06:42", -5.087, -43.489, -55.89), ("05:13:50", 16.435, -27.751, -31.52),
    ("05:28:35", 50.161, 26.634, 22.23), ("05:36:17", 48.127, 70.981, 49.37), ("05:43:58", 31.620, 101.904, 69.81),
    ("05:51:41", 9.421, 121.572, 60.43), ("05:59:23", -13.857, 138.430, 34.80), ("06:07:06", -35.421, 159.481, 6.97),
    ("06:14:25", -49.521, -168.551, -19.86), ("06:21:32", -49.660, -127.278, -45.17), ("06:28:40", -36.188, -95.677, -66.70),
    ("06:35:48", -16.499, -75.654, -66.77), ("06:42:55", 4.963, -59.954, -45.29), ("06:50:03", 25.995, -42.996, -19.88),
    ("06:57:21", 43.959, -17.782, 6.96), ("07:05:04", 51.570, 24.073, 34.88), ("07:12:46", 41.613, 63.820, 60.62),
    ("07:20:27", 21.669, 88.226, 70.08), ("07:28:09", -1.371, 105.694, 49.50),
]  # fmt: skip
"""Astro Pi at a window of the ISS, 24 April 2021: UTC, nadir and the Sun's elevation there, as logged aboard.

Source: `jpalau-edu/AstroPi2021`, `Jupiter/jupiter_data.csv`. The log's own program (ephem) added refraction, up to 0.1° where
the Sun is low, and rounded the clock to the second: 0.07° of the ground.
"""


@pytest.mark.parametrize(("clock", "lat", "lon", "logged"), ASTRO_PI)
def test_the_sun_below_the_station_is_as_high_as_the_astro_pi_logged(clock, lat, lon, logged):
    at = datetime.combine(date(2021, 4, 24), time.fromisoformat(clock), UTC)
    view = GroundView.of(place_at(lat, lon), Almanac.over(at, at + timedelta(hours=1)))
    assert sun_altitude_deg(np.array([0.0]), view)[0] == pytest.approx(logged, abs=0.15 if abs(logged) < 10 else 0.08)


# ------------------------------------------------------------------------------------------------------- JPL's own Sun


def test_umbra_and_penumbra_edges_of_twelve_days_are_those_of_jpls_sun_within_a_tenth_of_a_second(elements):
    """371 umbra and as many penumbra edges of the ISS of October 2021, with ERFA's Sun and with that of DE421."""
    ephemeris = Ephemeris.over(elements, START, END)
    jpl = Almanac.over(START, END, bodies_of("jpl"))

    def edges(almanac, sign):
        def margin(t, _row):
            position, sun = ephemeris.position_km(t), almanac.sun_km(t)
            return limb_clearance(position, sun, sign * 695_700.0 / np.linalg.norm(sun - position, axis=-1))

        (lit,) = find_spells(margin, span_s=ephemeris.span.length_s, step_s=300)
        return lit.ravel()

    for sign in (1.0, -1.0):
        ours, theirs = edges(ephemeris.almanac, sign), edges(jpl, sign)
        assert len(ours) == len(theirs) > 350
        assert np.abs(ours - theirs).max() < 0.01
