"""Every light on the ground against a scan of each second, written a second time from altitudes and azimuths alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from cupola.errors import LightError
from cupola.model import Clause, Light, Place
from cupola.model.conditions_ground import GROUND
from cupola.sky import find_windows
from cupola.sky.almanac import MOON_RADIUS_KM, Almanac
from cupola.sky.conditions import norm
from cupola.sky.earth import EARTH, tide_at
from cupola.sky.ground import (
    GroundView,
    altitude_deg,
    moon_altitude_deg,
    moon_azimuth_deg,
    moon_ray,
    ray_to,
    sun_altitude_deg,
    sun_azimuth_deg,
)
from cupola.sky.horizon import refraction_deg
from cupola.sky.intervals import contains
from cupola.sky.moon import elongation_deg, moon_lit_percent
from cupola.sky.spells import earth_spells
from cupola.sky.stars import GALACTIC_CENTRE, STARS

TIDES = tuple(
    (datetime(2027, 3, 25, 1, 10, tzinfo=UTC) + n * timedelta(hours=6, minutes=12.5), 0.4 if n % 2 else 3.1 + 0.05 * n)
    for n in range(24)
)
RIDGE = ((0.0, 2.0), (60.0, 1.0), (95.0, 9.5), (140.0, 14.0), (200.0, 3.0), (255.0, 6.0), (256.0, 0.5), (300.0, 4.0))
VALLEY = Place(
    id="valley",
    name="Chamonix",
    hub="",
    unit="",
    lat_deg=45.92,
    lon_deg=6.87,
    elevation_m=1035,
    tz="Europe/Paris",
    horizon=RIDGE,
    directions=(("Rue Paccard", 40.0), ("north face", 350.0)),
    tides=TIDES,
)
ARCTIC = replace(VALLEY, id="arctic", name="Tromsø", lat_deg=69.65, lon_deg=18.96, tz="Europe/Oslo", horizon=())
TROPIC = replace(VALLEY, id="tropic", name="Quito", lat_deg=-0.18, lon_deg=-78.47, tz="America/Guayaquil", horizon=())
SPANS = {
    "valley": (VALLEY, datetime(2027, 3, 26, 12, tzinfo=UTC)),
    "arctic": (ARCTIC, datetime(2027, 3, 26, 12, tzinfo=UTC)),
    "tropic": (TROPIC, datetime(2027, 3, 26, 7, tzinfo=UTC)),
}
DAYS = 3

ASKED = {
    "sun altitude": {"least": -3.0, "most": 17.0},
    "sun azimuth": {"least": 100.0, "most": 140.0},
    "sun along": {"argument": "Rue Paccard", "most": 60.0},
    "sun on facade": {"argument": "E", "least": 20.0, "most": 80.0},
    "backlight looking": {"argument": "SE"},
    "sidelight looking": {"argument": "135°"},
    "frontlight looking": {"argument": "north face"},
    "moon altitude": {"least": 5.0},
    "moon azimuth": {"least": 200.0, "most": 140.0},
    "moon toward": {"argument": "ESE", "most": 40.0},
    "moon lit": {"least": 60.0, "most": 70.0},
    "star": {"argument": "Arcturus", "least": 20.0},
    "tide": {"most": 0.9},
    "local time": {"argument": "22:30-02:30"},
}


def clause_of(name):
    return Clause(condition=name, **ASKED.get(name, {}))


class Sky:
    """What anybody could measure at a place at each instant, in degrees."""

    def __init__(self, place, almanac, t):
        view = GroundView.of(place, almanac)
        self.sun, self.sun_az = sun_altitude_deg(t, view), sun_azimuth_deg(t, view)
        self.moon, self.moon_az = moon_altitude_deg(t, view), moon_azimuth_deg(t, view)
        self.climbs = np.gradient(self.sun) > 0
        self.moon_climbs = np.gradient(self.moon) > 0
        self.lit, self.elongation = moon_lit_percent(t, almanac), elongation_deg(t, almanac)
        self.moon_radius = np.degrees(np.arcsin(MOON_RADIUS_KM / norm(moon_ray(t, view))))
        self.star = altitude_deg(ray_to(STARS["arcturus"])(t, view), view)
        self.core = altitude_deg(ray_to(GALACTIC_CENTRE)(t, view), view)
        self.tide = tide_at(place, almanac)[0](t, view)
        self.tide_rises = np.gradient(self.tide) > 0
        self.low_sun, self.low_moon = ridge_deg(place, self.sun_az), ridge_deg(place, self.moon_az)
        zone, start = ZoneInfo(place.tz), almanac.span.start_utc
        local = [(start + timedelta(seconds=s)).astimezone(zone) for s in t.tolist()]
        self.clock = np.array([at.hour + at.minute / 60 + at.second / 3600 for at in local])

    @property
    def sun_out(self):
        return self.sun + 0.833 - 34 / 60 > self.low_sun

    @property
    def moon_out(self):
        return self.moon + self.moon_radius > self.low_moon


def ridge_deg(place, azimuth):
    points = place.horizon or ((0.0, 0.0), (180.0, 0.0))
    at = np.array([p[0] for p in points])
    seen = np.array([p[1] for p in points])
    return np.interp(azimuth, at, seen - refraction_deg(seen), period=360)


def off(azimuth, direction):
    return np.abs((azimuth - direction + 180) % 360 - 180)


def wall_deg(sky, facing):
    alt, az = np.radians(sky.sun), np.radians(sky.sun_az - facing)
    return np.degrees(np.arccos(np.cos(alt) * np.cos(az)))


def band(low, high, half=""):
    def holds(sky):
        inside = (sky.sun > low) & (sky.sun < high)
        return inside & {"": True, "morning": sky.climbs, "evening": ~sky.climbs}[half]

    return holds


HOLDS = {
    "day": lambda sky: sky.sun > -0.833,
    "night": lambda sky: sky.sun < -6,
    "nautical night": lambda sky: sky.sun < -12,
    "astronomical night": lambda sky: sky.sun < -18,
    "dawn": band(-6, 6, "morning"),
    "dusk": band(-6, 6, "evening"),
    **{f"{half} {name}".strip(): band(*levels, half) for name, levels in {
        "golden hour": (-4, 6), "blue hour": (-6, -4), "civil twilight": (-6, -0.833),
        "nautical twilight": (-12, -6), "astronomical twilight": (-18, -12),
    }.items() for half in ("", "morning", "evening")},
    "polar day": lambda sky: np.zeros_like(sky.climbs),
    "polar night": lambda sky: np.zeros_like(sky.climbs),
    "direct sun": lambda sky: sky.sun_out,
    "sun clear of horizon": lambda sky: sky.sun - 0.833 + 34 / 60 > sky.low_sun,
    "sun altitude": lambda sky: (sky.sun > -3) & (sky.sun < 17),
    "sun azimuth": lambda sky: (sky.sun_az > 100) & (sky.sun_az < 140) & sky.sun_out,
    "sun along": lambda sky: (np.minimum(off(sky.sun_az, 40), off(sky.sun_az, 220)) < 60) & sky.sun_out,
    "sun on facade": lambda sky: (wall_deg(sky, 90) > 20) & (wall_deg(sky, 90) < 80) & sky.sun_out,
    "backlight looking": lambda sky: (off(sky.sun_az, 135) < 30) & sky.sun_out,
    "sidelight looking": lambda sky: (off(sky.sun_az, 135) > 60) & (off(sky.sun_az, 135) < 120) & sky.sun_out,
    "frontlight looking": lambda sky: (off(sky.sun_az, 170) < 30) & sky.sun_out,
    "moon up": lambda sky: sky.moon_out,
    "moon down": lambda sky: ~sky.moon_out,
    "moonlit night": lambda sky: sky.moon_out & (sky.sun < -12),
    "moonless night": lambda sky: ~sky.moon_out & (sky.sun < -12),
    "moonrise": lambda sky: sky.moon_out & sky.moon_climbs & (sky.moon + sky.moon_radius - sky.low_moon < 3),
    "moonset": lambda sky: sky.moon_out & ~sky.moon_climbs & (sky.moon + sky.moon_radius - sky.low_moon < 3),
    "moon altitude": lambda sky: sky.moon > 5,
    "moon azimuth": lambda sky: ((sky.moon_az > 200) | (sky.moon_az < 140)) & sky.moon_out,
    "moon toward": lambda sky: (off(sky.moon_az, 112.5) < 40) & sky.moon_out,
    "moon lit": lambda sky: (sky.lit > 60) & (sky.lit < 70),
    "waxing moon": lambda sky: sky.elongation < 180,
    "waning moon": lambda sky: sky.elongation > 180,
    "star": lambda sky: (sky.star > 20) & (sky.sun < -12),
    "milky way core": lambda sky: (sky.core > 10) & (sky.sun < -18) & (~sky.moon_out | (sky.lit < 20)),
    "tide": lambda sky: sky.tide < 0.9,
    "rising tide": lambda sky: sky.tide_rises,
    "falling tide": lambda sky: ~sky.tide_rises,
    "local time": lambda sky: (sky.clock >= 22.5) | (sky.clock < 2.5),
}  # fmt: skip


@pytest.fixture(scope="module")
def skies():
    """Place, almanac, each second of three days (the clocks of Europe change on the second), and what stands where."""
    found = {}
    for name, (place, start) in SPANS.items():
        almanac = Almanac.over(start, start + timedelta(days=DAYS))
        t = np.arange(0.0, DAYS * 86400.0)
        found[name] = (place, almanac, t, Sky(place, almanac, t))
    return found


def test_every_light_on_the_ground_is_scanned():
    assert set(HOLDS) == set(EARTH) == {each.name for each in GROUND}


@pytest.mark.parametrize("where", SPANS)
@pytest.mark.parametrize("name", HOLDS)
def test_a_light_holds_in_the_very_seconds_of_a_scan(skies, name, where):
    place, almanac, t, sky = skies[where]
    clause = clause_of(name)
    found = earth_spells([clause], place, almanac)[clause]
    wrong = np.flatnonzero(contains(found, t) != HOLDS[name](sky))
    edges = found.ravel()
    near = np.abs(edges[:, None] - t[wrong]).min(axis=0, initial=np.inf) if len(wrong) else np.empty(0)
    slack = (
        1.0
        if name in {"moonrise", "moonset", "rising tide", "falling tide"} or "ing " in name or name in {"dawn", "dusk"}
        else 2e-3
    )
    assert (near <= slack).all(), (name, where, t[wrong][near > slack][:5], found[:5])


def test_each_light_is_found_somewhere_in_these_days(skies):
    absent = {"polar day", "polar night", "waxing moon"}
    nowhere = {name for name in HOLDS if not any(HOLDS[name](sky).any() for *_, sky in skies.values())}
    assert nowhere == absent


@pytest.mark.parametrize("name", HOLDS)
def test_a_span_that_is_cut_short_keeps_the_same_times(skies, name):
    """Windows of a day inside are those of the three days, cut at its ends."""
    place, almanac, *_ = skies["valley"]
    clause = clause_of(name)
    start = almanac.span.start_utc + timedelta(hours=20, minutes=7)
    inner = Almanac.over(start, start + timedelta(days=1))
    found = earth_spells([clause], place, inner)[clause] + almanac.span.seconds(start)
    whole = earth_spells([clause], place, almanac)[clause]
    low, high = almanac.span.seconds(start), almanac.span.seconds(start) + 86400
    cut = np.clip(whole, low, high)
    cut = cut[cut[:, 1] - cut[:, 0] > 1e-3]
    slack = 0.1 if name == "moon lit" else 2e-3
    assert cut == pytest.approx(found[found[:, 1] - found[:, 0] > 1e-3], abs=slack)


# ---------------------------------------------------------------------------------------------------- polar day and night


def windows(place, start, end, *clauses):
    return find_windows(Light(clauses=tuple(clauses)), place, start=start, end=end)


def test_polar_day_begins_after_the_last_sunset_and_ends_before_the_next_of_skyfield(skyfield):
    from skyfield import almanac
    from skyfield.api import wgs84

    timescale, bodies = skyfield
    start, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
    (summer,) = windows(ARCTIC, start, end, Clause(condition="polar day"))
    seen_from = bodies["earth"] + wgs84.latlon(ARCTIC.lat_deg, ARCTIC.lon_deg)
    around = [timescale.from_datetime(at) for at in (start, end)]
    times, real = almanac.find_settings(seen_from, bodies["sun"], *around, horizon_degrees=-0.833)
    sunsets = [at for at, does in zip(times.utc_datetime(), real, strict=True) if does]
    gap = max(range(len(sunsets) - 1), key=lambda n: sunsets[n + 1] - sunsets[n])
    assert timedelta() < summer.open_utc - sunsets[gap] < timedelta(days=1.5)
    assert timedelta() < sunsets[gap + 1] - summer.close_utc < timedelta(days=1.5)
    assert not any(summer.open_utc < at < summer.close_utc for at in sunsets)


def test_at_the_pole_half_a_year_is_one_window_and_a_direction_still_comes_round():
    pole = Place(id="p", name="South Pole", hub="", unit="", lat_deg=-90.0, lon_deg=0.0)
    start, end = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 8, tzinfo=UTC)
    (day,) = windows(pole, start, end, Clause(condition="direct sun"))
    assert (day.open_utc, day.close_utc) == (start, end)
    assert windows(pole, start, end, Clause(condition="polar day"))[0].length_s == (end - start).total_seconds()
    looks = windows(pole, start, end, Clause(condition="backlight looking", argument="E"))
    assert len(looks) == 7
    assert all(window.length_s == pytest.approx(4 * 3600, abs=60) for window in looks)
    assert not windows(pole, start, end, Clause(condition="polar night"))
    assert not windows(pole, start, end, Clause(condition="night"))


# ------------------------------------------------------------------------------------------------------ the clock


def hours_found(place, start, end, hours):
    zone = ZoneInfo(place.tz)
    return [
        (w.open_utc.astimezone(zone), w.close_utc.astimezone(zone))
        for w in windows(place, start, end, Clause(condition="local time", argument=hours))
    ]


def test_an_hour_that_the_clock_skips_is_never_and_one_it_shows_twice_is_twice():
    """Paris: on 28 March 2027 02:00 becomes 03:00 at 01:00 UTC; on 31 October 03:00 becomes 02:00 at 01:00 UTC."""
    spring = hours_found(VALLEY, datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 3, 28, 12, tzinfo=UTC), "02:15-02:45")
    assert spring == []
    autumn = [
        (w.open_utc, w.close_utc)
        for w in windows(
            VALLEY,
            datetime(2027, 10, 30, 22, tzinfo=UTC),
            datetime(2027, 10, 31, 12, tzinfo=UTC),
            Clause(condition="local time", argument="02:15-02:45"),
        )
    ]
    assert autumn == [
        (datetime(2027, 10, 31, 0, 15, tzinfo=UTC), datetime(2027, 10, 31, 0, 45, tzinfo=UTC)),
        (datetime(2027, 10, 31, 1, 15, tzinfo=UTC), datetime(2027, 10, 31, 1, 45, tzinfo=UTC)),
    ]


def test_hours_round_a_change_of_clocks_keep_what_the_clock_shows():
    spring = hours_found(VALLEY, datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 3, 29, 12, tzinfo=UTC), "01:30-03:30")
    assert [(a.strftime("%d %H:%M"), b.strftime("%d %H:%M")) for a, b in spring] == [
        ("28 01:30", "28 03:30"),
        ("29 01:30", "29 03:30"),
    ]
    assert [(b - a.astimezone(UTC)) for a, b in spring] == [timedelta(hours=1), timedelta(hours=2)]


@pytest.mark.parametrize("hours", ["", "dawn", "06:00", "25:00-26:00", "06:00-", "6-9", "06:00+01:00-07:00"])
def test_hours_that_are_none_are_refused_with_an_example(hours):
    with pytest.raises(LightError, match="two times of day") as error:
        hours_found(VALLEY, datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 3, 29, tzinfo=UTC), hours)
    assert "06:00-09:30" in error.value.remedy


# ------------------------------------------------------------------------------------------------- directions and words


@pytest.mark.parametrize(("word", "azimuth"), [("rue  paccard", 40), ("WSW", 247.5), ("n", 0), ("135°", 135), ("-10", -10)])
def test_a_direction_is_a_name_of_the_place_a_wind_or_degrees(word, azimuth):
    from cupola.sky.daylight import direction_deg

    assert direction_deg(Clause(condition="sun along", argument=word), VALLEY) == azimuth


def test_an_unknown_direction_is_answered_with_the_places_own():
    with pytest.raises(LightError, match="direction of Chamonix") as error:
        windows(VALLEY, *SPAN, Clause(condition="sun along", argument="Main Street"))
    assert "Rue Paccard, north face" in error.value.remedy


SPAN = (datetime(2027, 3, 27, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC))


def test_a_noon_sun_that_runs_past_the_zenith_is_behind_a_narrow_wedge_for_its_seconds():
    """Quito at the equinox: the azimuth swings from east to west in minutes; a narrow wedge is not stepped over."""
    start = datetime(2027, 3, 15, tzinfo=UTC)
    almanac = Almanac.over(start, start + timedelta(days=12))
    t = np.arange(0.0, 12 * 86400.0)
    view = GroundView.of(TROPIC, almanac)
    azimuth, up = sun_azimuth_deg(t, view), sun_altitude_deg(t, view) > -0.833
    for direction in ("N", "S"):
        clause = Clause(condition="backlight looking", argument=direction, most=2.0)
        found = earth_spells([clause], TROPIC, almanac)[clause]
        scanned = (off(azimuth, 0 if direction == "N" else 180) < 2) & up
        assert (contains(found, t) == scanned).mean() > 1 - 30 / len(t)
        assert len(found) == np.count_nonzero(np.diff(scanned.astype(int)) == 1)
