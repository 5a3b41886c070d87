"""The limb with air and without: Orekit's edges, a ray followed by hand, and the facts of the flight of October 2021."""

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from cupola.errors import LightError
from cupola.model import Clause
from cupola.sky.intervals import complement, contains, intersect, total_s, union
from cupola.sky.limb import Limb, sun_over_limb_deg
from cupola.sky.orbit import Ephemeris
from cupola.sky.season import nights_of, whole_nights
from cupola.sky.spells import orbit_spells
from cupola.sky.view import StationView

START, END = datetime(2021, 10, 5, tzinfo=UTC), datetime(2021, 10, 17, tzinfo=UTC)
OREKIT = Path(__file__).parents[2] / "authorities/orekit_edges_2021-10.csv"


@pytest.fixture(scope="module")
def flight(elements):
    return Ephemeris.over(elements, START, END)


@pytest.fixture(scope="module")
def when(station, flight):
    """When a light holds over the twelve days: `when("eclipse", least=25)`."""

    def times(condition, **bounds):
        clause = Clause(condition=condition, **bounds)
        return orbit_spells((clause,), station, flight)[clause]

    return times


def orekit(event, edge, flight):
    rows = csv.DictReader(line for line in OREKIT.read_text().splitlines() if not line.startswith("#"))
    times = [
        datetime.fromisoformat(row["utc"]).replace(tzinfo=UTC) for row in rows if (row["event"], row["edge"]) == (event, edge)
    ]
    return np.array([flight.span.seconds(at) for at in times])


def test_penumbra_and_umbra_begin_and_end_where_orekit_has_them(when, flight):
    """Orekit 13.1 on WGS84 with JPL's Sun: 742 edges, none 10 ms off."""
    full, umbra = when("full sun"), when("umbra")
    np.testing.assert_allclose(full[:, 0], orekit("penumbra", "ends", flight), atol=0.01)
    np.testing.assert_allclose(full[full[:, 1] < 12 * 86400, 1], orekit("penumbra", "begins", flight), atol=0.01)
    np.testing.assert_allclose(umbra[1:, 0], orekit("umbra", "begins", flight), atol=0.01)
    np.testing.assert_allclose(umbra[umbra[:, 1] < 12 * 86400, 1], orekit("umbra", "ends", flight), atol=0.01)


def test_umbra_penumbra_and_full_sun_share_the_day_out(when, flight):
    parts = [when(name) for name in ("umbra", "penumbra", "full sun")]
    assert total_s(union(*parts)) == pytest.approx(flight.span.length_s, abs=0.2)
    assert all(total_s(intersect(a, b)) < 0.2 for a, b in zip(parts, parts[1:] + parts[:1], strict=True))
    np.testing.assert_allclose(when("orbital night"), parts[0], atol=1e-3)
    np.testing.assert_allclose(complement(when("orbital day"), (0, flight.span.length_s)), parts[0], atol=1e-3)


def test_half_the_sun_is_on_the_limb_midway_through_the_penumbra(when, station, flight):
    half = when("half sun")
    inner = half[half > 0][:-1]
    clearance = sun_over_limb_deg(inner, StationView.of(station, flight))
    np.testing.assert_allclose(clearance, 0, atol=1e-5)
    penumbra = when("penumbra")
    middles = penumbra.mean(axis=1)
    assert np.abs(middles[:, None] - inner[None, :]).min(axis=1).max() < 0.5


def test_first_to_last_limb_of_a_sunrise_stretches_from_nine_to_twenty_three_seconds(when):
    """October 2021: beta falls from -30 to -60, sunrises lengthen from 9.6 to 22.7 s."""
    umbra, full = when("umbra"), when("full sun")
    last = np.searchsorted(full[:, 0], umbra[:-1, 1])
    sunrise = full[last, 0] - umbra[:-1, 1]
    assert sunrise.min() == pytest.approx(9.6, abs=0.1)
    assert sunrise.max() == pytest.approx(22.7, abs=0.1)


def test_twenty_five_minutes_of_night_are_there_until_13_october(when, flight):
    """From docking (5 October 12:22) to undocking (17 October 01:14) there are 178 nights, 116 of at least 25 minutes."""
    docked = (datetime(2021, 10, 5, 12, 22, tzinfo=UTC), datetime(2021, 10, 17, 1, 14, tzinfo=UTC))
    first = flight.span.seconds(docked[0])
    nights, long = when("orbital night"), when("eclipse", least=25)
    inside = nights[(nights[:, 0] >= first)]
    minutes = np.diff(inside, axis=1).ravel() / 60
    assert len(inside) in (177, 178, 179)
    assert minutes.max() == pytest.approx(34.0, abs=0.1)
    assert minutes.min() == pytest.approx(22.9, abs=0.2)
    assert len(long[long[:, 0] >= first]) == 116
    (last,) = flight.span.utc([long[-1, 1]])
    assert last.date() == datetime(2021, 10, 13, tzinfo=UTC).date()


def test_a_night_that_the_span_cuts_is_measured_whole(station, elements, when):
    """A span of two minutes in the middle of a night of 34 minutes is all of it a night of 34."""
    night = when("orbital night")[3]
    start = START + timedelta(seconds=float(night.mean()))
    short = Ephemeris.over(elements, start, start + timedelta(minutes=2))
    whole = whole_nights(nights_of(station, short), station, short)
    assert np.diff(whole)[0, 0] == pytest.approx(night[1] - night[0], abs=0.1)
    for least, found in ((33, 1), (35, 0)):
        clause = Clause(condition="eclipse", least=least)
        assert len(orbit_spells((clause,), station, short)[clause]) == found


@pytest.mark.parametrize(("height_km", "early_s"), [(0, 17), (10, 0.6), (30, -11)])
def test_air_brings_first_light_forward_and_haze_puts_it_off(station, elements, height_km, early_s):
    """At beta 0: a sine of 1.13° x exp(-h / 7.3 km) of bending against the limb's own rise, at 3.87° a minute."""
    level = replace(elements, ra_of_asc_node_deg=elements.ra_of_asc_node_deg + 33)
    ephemeris = Ephemeris.over(level, START, START + timedelta(hours=12))
    assert abs(ephemeris.beta_deg(np.array([0.0]))[0]) < 8
    bare, seen = Clause(condition="orbital day"), Clause(condition="visible day", least=height_km)
    found = orbit_spells((bare, seen), station, ephemeris)
    early = found[bare][1:, 0] - found[seen][1:, 0]
    np.testing.assert_allclose(early, early_s, atol=1.5)
    late = found[seen][:-1, 1] - found[bare][:-1, 1]
    np.testing.assert_allclose(late, early_s, atol=1.5)


def test_the_ray_of_first_light_grazes_at_the_height_that_was_asked_for(station, elements):
    """Turned up by the bending, the ray to the Sun's top touches the ellipsoid raised by 20 km: walked in steps of 1 km."""
    ephemeris = Ephemeris.over(elements, START, START + timedelta(hours=3))
    clause = Clause(condition="visible day", least=20)
    at = orbit_spells((clause,), station, ephemeris)[clause][1:2, 0]
    here, sun = ephemeris.position_km(at)[0], ephemeris.almanac.sun_km(at)[0]
    ray = sun - here
    lift = 695700 / np.linalg.norm(ray) + Limb.at_height(20).bending_rad
    ahead = ray / np.linalg.norm(ray)
    away = here - here @ ahead * ahead
    bent = ahead + np.tan(lift) * away / np.linalg.norm(away)
    points = here + np.arange(0, 4000.0, 0.5)[:, None] * bent / np.linalg.norm(bent)
    over = np.sqrt((points**2 / np.array([6398.137, 6398.137, 6376.7523]) ** 2).sum(axis=1)).min()
    assert (over - 1) * 6400 == pytest.approx(0, abs=0.05)


def test_visible_sunrise_and_sunset_keep_the_shape_of_the_orbital_ones(station, elements):
    ephemeris = Ephemeris.over(elements, START, START + timedelta(days=1))
    for name in ("sunrise", "sunset"):
        bare, seen = Clause(condition=f"orbital {name}"), Clause(condition=f"visible {name}", least=10)
        found = orbit_spells((bare, seen), station, ephemeris)
        assert len(found[bare]) == len(found[seen])
        np.testing.assert_allclose(found[bare], found[seen], atol=3)


@pytest.mark.parametrize("bounds", [{"least": -5}, {"least": 200}, {"least": 5, "most": 10}])
def test_a_grazing_height_that_is_none_is_refused(station, elements, bounds):
    ephemeris = Ephemeris.over(elements, START, START + timedelta(hours=2))
    clause = Clause(condition="visible sunrise", **bounds)
    with pytest.raises(LightError, match="one height"):
        orbit_spells((clause,), station, ephemeris)


def test_the_sun_over_the_limb_is_as_high_as_was_asked_for(station, flight, when):
    low = when("sun over limb", least=2, most=6)
    t = np.arange(0, 86400.0, 17)
    deg = sun_over_limb_deg(t, StationView.of(station, flight))
    np.testing.assert_array_equal(contains(low, t), (deg > 2) & (deg < 6))


def test_the_table_of_the_explanation_is_what_is_computed(when, flight):
    """Mean and worst difference from Orekit's umbra edges, as docs/explanation/light.md prints them for Cupola."""
    page = (Path(__file__).parents[2] / "docs/explanation/light.md").read_text(encoding="utf-8")
    true = np.sort(np.concatenate([orekit("umbra", edge, flight) for edge in ("begins", "ends")]))
    longer = np.where(np.arange(len(true)) % 2 == 0, 1.0, -1.0)
    for height in (0, 5, 10, 20, 30):
        edges = when("visible night", least=height).ravel()
        off = edges[(edges > 0) & (edges < flight.span.length_s)] - true
        assert f"| {(off * longer).mean():+.3f} | {np.abs(off).max():.3f} |" in page
