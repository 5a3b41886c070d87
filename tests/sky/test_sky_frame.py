"""Shares of a frame against chance and against geometry done by hand; directions in a frame against Skyfield."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import LightError
from cupola.model import Clause, Pane
from cupola.sky.frame import clear_share, earth_share, parse_lens
from cupola.sky.intervals import contains
from cupola.sky.orbit import Ephemeris
from cupola.sky.panes import clearness
from cupola.sky.spells import orbit_spells

START = datetime(2021, 10, 5, tzinfo=UTC)
WGS84 = np.array([6378.137, 6378.137, 6356.7523142])
STATION_KM = np.array([[6378.137 + 420.0, 0.0, 0.0]])


def facing(look, up=(0.0, 0.0, 1.0)):
    """Right, up and look of a camera, each (1, 3)."""
    ahead = np.array(look) / np.linalg.norm(look)
    right = np.cross(ahead, up) / np.linalg.norm(np.cross(ahead, up))
    return [axis[None, :] for axis in (right, np.cross(right, ahead), ahead)]


def hits_earth(here, rays):
    """Whether rays from a point meet the ellipsoid ahead: the discriminant of the intersection, in axes of length 1."""
    p, d = here / WGS84, rays / WGS84
    b = (p * d).sum(-1)
    return (b < 0) & (b * b >= (d * d).sum(-1) * ((p * p).sum(-1) - 1))


def by_chance(here, axes, lens, rng, count=400_000):
    """The share of a frame's picture whose rays meet the Earth, of so many points thrown at it."""
    wide = np.tan(np.radians(lens.across_deg))
    high = wide if lens.is_round else np.tan(np.radians(lens.up_deg))
    x, y = rng.uniform(-wide, wide, count), rng.uniform(-high, high, count)
    if lens.is_round:
        inside = np.hypot(x, y) < wide
        x, y = x[inside], y[inside]
    right, up, look = (axis[0] for axis in axes)
    return hits_earth(here, look + x[:, None] * right + y[:, None] * up).mean()


@pytest.mark.parametrize("word", ["54x38", "35 mm", "20 deg", "120x90", "6x4", "70"])
@pytest.mark.parametrize("tilt_deg", [0, 40, 60, 68, 72, 95, 150])
def test_the_share_of_earth_is_that_of_points_thrown_at_the_frame(word, tilt_deg):
    rng = np.random.default_rng(tilt_deg)
    lens = parse_lens(word)
    for here in (STATION_KM, np.array([[2500.0, 3700.0, 5100.0]])):
        nadir = -here[0] / np.linalg.norm(here)
        side = np.cross(nadir, (0.3, 0.2, 0.9))
        look = np.cos(np.radians(tilt_deg)) * nadir + np.sin(np.radians(tilt_deg)) * side / np.linalg.norm(side)
        axes = facing(look, up=(0.1, 0.9, 0.2))
        assert earth_share(here, *axes, lens)[0] == pytest.approx(by_chance(here[0], axes, lens, rng), abs=0.003)


def test_a_lens_that_looks_at_the_limb_of_a_level_horizon_is_half_earth():
    """Eastward from the equator the limb falls away on both sides of the middle, as y = -x² tan(dip) / 2.

    On the plane at distance 1, y is where (sin dip - y cos dip)² = sin² dip (1 + x² + y²): near the middle that parabola.
    """
    dip = np.arccos(6378.137 / STATION_KM[0, 0])
    look = np.array([-np.sin(dip), np.cos(dip), 0.0])
    share = earth_share(STATION_KM, *facing(look, up=(1.0, 0.0, 0.0)), parse_lens("6x4"))[0]
    wide, high = np.tan(np.radians([3, 2]))
    assert share == pytest.approx(0.5 - wide**2 / 6 * np.tan(dip) / (2 * high), abs=0.003)


def test_a_round_field_on_the_nadir_wider_than_the_earth_shows_the_earth_as_a_disc():
    """From the pole the limb is a circle: the share is the square of the ratio of the tangents of the two half-angles."""
    height = 6356.7523142 + 420.0
    here = np.array([[0.0, 0.0, height]])
    tangent = 6378.137 / np.sqrt(height**2 - 6356.7523142**2)
    lens = parse_lens("74 deg")
    share = earth_share(here, *facing((0.0, 0.0, -1.0), up=(1.0, 0.0, 0.0)), lens)[0]
    assert share == pytest.approx((tangent / np.tan(np.radians(74))) ** 2, abs=1e-6)


@given(st.floats(0, 180), st.floats(0, 360), st.floats(2, 70), st.floats(2, 70))
@settings(max_examples=60)
def test_the_share_and_that_of_the_frame_turned_half_round_are_the_same(tilt, roll, across, up):
    lens = parse_lens(f"{2 * across:.3f}x{2 * up:.3f}")
    t, r = np.radians([tilt, roll])
    axes = facing((-np.cos(t), np.sin(t) * np.cos(r), np.sin(t) * np.sin(r)), up=(0.3, 0.8, -0.4))
    upside_down = [-axes[0], -axes[1], axes[2]]
    share = earth_share(STATION_KM, *axes, lens)[0]
    assert 0 <= share <= 1 + 1e-12
    assert share == pytest.approx(earth_share(STATION_KM, *upside_down, lens)[0], abs=1e-9)


def test_what_structure_hides_is_not_earth():
    """A pane whose right half is hidden, looking straight down with Earth all over: half a frame."""
    lens = parse_lens("40x30")
    pane = Pane(id="p", half_angle_deg=89, hidden=(((0, -80), (80, -80), (80, 80), (0, 80)),))
    table = clear_share(lambda turn, far: clearness(pane, turn, far), lens)
    share = earth_share(STATION_KM, *facing((-1.0, 0.0, 0.0)), lens, table)[0]
    assert share == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("word", ["", "wide", "0x10", "200x20", "-3", "1e400", "10x", "0 mm", "80 deg"])
def test_a_word_that_is_no_lens_is_refused_with_what_to_write(word):
    with pytest.raises(LightError, match="54x38"):
        parse_lens(word)


@pytest.mark.parametrize("body", ["sun", "moon", "Sirius"])
def test_a_body_in_a_round_frame_is_within_its_angle_by_skyfield(station, elements, skyfield, body):
    """The directions of Sun, Moon and Sirius are Skyfield's (DE421, Hipparcos), from the station as Skyfield flies it."""
    from sgp4.api import Satrec
    from skyfield.api import EarthSatellite, Star

    timescale, bodies = skyfield
    lines = (
        "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994",
        "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594",
    )
    satellite = EarthSatellite.from_satrec(Satrec.twoline2rv(*lines), timescale)
    hours = 12
    seconds = np.arange(0.0, hours * 3600, 20.0)
    at = timescale.from_datetimes([START + timedelta(seconds=float(s)) for s in seconds])
    here, there = satellite.at(at), (bodies["earth"] + satellite).at(at)
    if body == "Sirius":
        ray = there.observe(Star(ra_hours=(6, 45, 8.9173), dec_degrees=(-16, 42, 58.017))).apparent().position.km.T
    else:
        ray = there.observe(bodies[body]).apparent().position.km.T
    p, v = here.position.km.T, here.velocity.km_per_s.T
    off = np.degrees(np.arccos((ray * v).sum(1) / np.linalg.norm(ray, axis=1) / np.linalg.norm(v, axis=1)))
    inside = (off < 38) & ~hits_earth(p, ray)
    ephemeris = Ephemeris.over(elements, START, START + timedelta(hours=hours))
    panes = (Pane(id="bow", look=(1, 0, 0), up=(0, 0, -1), half_angle_deg=80),)
    name, first = (body, ()) if body != "Sirius" else ("star", ("Sirius",))
    names = (*first, "38 deg", "bow")
    clause = Clause(condition=f"{name} in frame", argument=names[0], more=names[1:])
    spells = orbit_spells((clause,), replace(station, panes=panes), ephemeris)[clause]
    differ = np.flatnonzero(contains(spells, seconds) != inside)
    if len(differ):
        edges = spells.ravel()
        assert np.abs(seconds[differ][:, None] - edges).min(axis=1).max() < 6
    assert 0.02 < inside.mean() < 0.9
