"""Sun times against Skyfield's almanac, at several places, zones and seasons."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cupola.errors import LightError
from cupola.model import Place
from cupola.sky import find_windows, sun_times

PLACES = {
    "Moscow": (55.75, 37.62, "Europe/Moscow"),
    "New York": (40.71, -74.01, "America/New_York"),
    "Kiritimati": (1.87, -157.4, "Pacific/Kiritimati"),
    "Reykjavík": (64.15, -21.94, "Atlantic/Reykjavik"),
    "Lord Howe": (-31.55, 159.08, "Australia/Lord_Howe"),
}
DAYS = [date(2022, 6, 21), date(2022, 10, 5), date(2022, 12, 21), date(2022, 3, 27), date(2022, 11, 6)]


def place_of(name):
    lat, lon, tz = PLACES[name]
    return Place(id=name, name=name, hub="", unit="", lat_deg=lat, lon_deg=lon, tz=tz)


def level_crossings(skyfield, place, level_deg, start, end):
    """Skyfield's rising and setting times of the Sun's centre through an altitude, as (datetime, rises)."""
    from skyfield import almanac
    from skyfield.api import wgs84

    timescale, bodies = skyfield
    site = wgs84.latlon(place.lat_deg, place.lon_deg, place.elevation_m)
    is_up = almanac.risings_and_settings(bodies, bodies["sun"], site, horizon_degrees=level_deg)
    is_up.step_days = 0.01
    times, up = almanac.find_discrete(timescale.from_datetime(start), timescale.from_datetime(end), is_up)
    return list(zip(times.utc_datetime(), (bool(value) for value in up), strict=True))


def local_day(place, day):
    zone = ZoneInfo(place.tz)
    return [datetime(at.year, at.month, at.day, tzinfo=zone).astimezone(UTC) for at in (day, day + timedelta(days=1))]


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_rise_set_and_twilight_are_within_a_second_of_skyfield(skyfield, name, day):
    place = place_of(name)
    ours = sun_times(place, day)
    start, end = local_day(place, day)
    for level, rise, fall in (
        (-0.833, ours.sunrise_utc, ours.sunset_utc),
        (-6.0, ours.civil_dawn_utc, ours.civil_dusk_utc),
    ):
        theirs = level_crossings(skyfield, place, level, start, end)
        for found, rising in ((rise, True), (fall, False)):
            expected = [at for at, is_rise in theirs if is_rise == rising]
            if not expected:
                assert found is None
            else:
                assert abs((found - expected[0]).total_seconds()) < 1.0


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_noon_is_the_meridian_passage_of_skyfield(skyfield, name, day):
    from skyfield import almanac
    from skyfield.api import wgs84

    timescale, bodies = skyfield
    place = place_of(name)
    ours = sun_times(place, day)
    site = wgs84.latlon(place.lat_deg, place.lon_deg)
    around = [timescale.from_datetime(ours.noon_utc + timedelta(hours=hours)) for hours in (-2, 2)]
    times, upper = almanac.find_discrete(*around, almanac.meridian_transits(bodies, bodies["sun"], site))
    assert list(upper) == [1]
    assert abs((times[0].utc_datetime() - ours.noon_utc).total_seconds()) < 1.0
    altitude = (bodies["earth"] + site).at(times[0]).observe(bodies["sun"]).apparent().altaz()[0]
    assert ours.noon_altitude_deg == pytest.approx(altitude.degrees, abs=1e-3)
    assert ours.noon_utc.astimezone(ZoneInfo(place.tz)).hour in (11, 12, 13)


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize(("condition", "low", "high"), [("golden hour", -4, 6), ("blue hour", -6, -4)])
def test_golden_and_blue_hour_open_and_close_within_a_second_of_skyfield(skyfield, asking, name, condition, low, high):
    place = place_of(name)
    start, end = datetime(2022, 3, 26, tzinfo=UTC), datetime(2022, 3, 29, tzinfo=UTC)
    windows = find_windows(asking(condition), place, start=start, end=end)
    edges = sorted(at for window in windows for at in (window.open_utc, window.close_utc) if start < at < end)
    theirs = sorted(at for level in (low, high) for at, _ in level_crossings(skyfield, place, level, start, end))
    assert len(edges) == len(theirs) > 8
    assert max(abs((a - b).total_seconds()) for a, b in zip(edges, theirs, strict=True)) < 1.0


def test_morning_and_evening_halves_make_the_whole_and_differ_in_the_suns_climb(asking):
    place = place_of("Moscow")
    start, end = datetime(2022, 6, 20, tzinfo=UTC), datetime(2022, 6, 24, tzinfo=UTC)
    for word in ("golden hour", "blue hour"):
        whole = find_windows(asking(word), place, start=start, end=end)
        halves = [find_windows(asking(f"{half} {word}"), place, start=start, end=end) for half in ("morning", "evening")]
        edges = sorted((w.open_utc, w.close_utc) for half in halves for w in half)
        assert edges == [(w.open_utc, w.close_utc) for w in whole]
        assert all(w.open_utc.astimezone(ZoneInfo(place.tz)).hour < 6 for w in halves[0])
        assert all(w.open_utc.astimezone(ZoneInfo(place.tz)).hour >= 20 for w in halves[1])


def test_where_the_sun_only_dips_the_evening_half_ends_at_its_lowest_and_the_morning_half_begins(asking):
    """Reykjavík at midsummer: the Sun goes 2.4° down and comes up again, golden all night."""
    place = place_of("Reykjavík")
    start, end = datetime(2022, 6, 21, 12, tzinfo=UTC), datetime(2022, 6, 22, 12, tzinfo=UTC)
    (whole,) = find_windows(asking("golden hour"), place, start=start, end=end)
    (evening,) = find_windows(asking("evening golden hour"), place, start=start, end=end)
    (morning,) = find_windows(asking("morning golden hour"), place, start=start, end=end)
    assert (whole.open_utc, whole.close_utc) == (evening.open_utc, morning.close_utc)
    assert evening.close_utc == morning.open_utc
    assert not find_windows(asking("night"), place, start=start, end=end)


def test_polar_day_and_polar_night_have_no_rise_and_no_set():
    """Tromsø: midnight Sun from 20 May to 22 July, polar night from 27 November to 15 January (Norwegian almanac)."""
    tromso = Place(id="t", name="Tromsø", hub="", unit="", lat_deg=69.65, lon_deg=18.96, tz="Europe/Oslo")
    summer, winter = sun_times(tromso, date(2022, 6, 21)), sun_times(tromso, date(2022, 12, 21))
    assert summer.sunrise_utc is summer.sunset_utc is summer.civil_dawn_utc is summer.civil_dusk_utc is None
    assert winter.sunrise_utc is winter.sunset_utc is None
    assert winter.civil_dawn_utc < winter.noon_utc < winter.civil_dusk_utc
    assert summer.noon_altitude_deg == pytest.approx(90 - 69.65 + 23.44, abs=0.05)
    assert winter.noon_altitude_deg < 0


def test_a_day_of_23_hours_keeps_its_own_times(skyfield):
    """Clocks in Oslo go forward on 27 March 2022: the local day lasts from 23:00 to 22:00 UTC."""
    oslo = Place(id="o", name="Oslo", hub="", unit="", lat_deg=59.91, lon_deg=10.75, tz="Europe/Oslo")
    before, on = sun_times(oslo, date(2022, 3, 26)), sun_times(oslo, date(2022, 3, 27))
    start, end = local_day(oslo, date(2022, 3, 27))
    assert end - start == timedelta(hours=23)
    ((rise, _), (sets, _)) = level_crossings(skyfield, oslo, -0.833, start, end)
    assert abs((on.sunrise_utc - rise).total_seconds()) < 1.0
    assert abs((on.sunset_utc - sets).total_seconds()) < 1.0
    hours = [day.sunrise_utc.astimezone(ZoneInfo("Europe/Oslo")).hour for day in (before, on)]
    assert hours == [6, 6]


def test_at_the_pole_the_sun_neither_rises_nor_sets_and_noon_is_that_of_the_longitude():
    pole = Place(id="p", name="South Pole", hub="", unit="", lat_deg=-90.0, lon_deg=0.0, tz="UTC")
    day = sun_times(pole, date(2022, 12, 21))
    assert day.sunrise_utc is day.sunset_utc is None
    assert day.noon_altitude_deg == pytest.approx(23.44, abs=0.01)
    assert abs((day.noon_utc - datetime(2022, 12, 21, 12, tzinfo=UTC)).total_seconds()) < 1000


def test_an_unknown_zone_is_named_with_what_to_write():
    with pytest.raises(LightError, match="IANA") as error:
        sun_times(Place(id="x", name="X", hub="", unit="", tz="Mars/Base"), date(2022, 1, 1))
    assert error.value.value == "Mars/Base"
    assert "Europe/Moscow" in error.value.remedy
