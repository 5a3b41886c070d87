"""Published ephemerides: interpolation against orbits known exactly, frames against Vallado, nodes against NASA's own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cupola.errors import OrbitError
from cupola.exchange.tle import parse_tle
from cupola.model import Manoeuvre, OrbitEphemeris, States, Station
from cupola.sky.course import change_over
from cupola.sky.elements import evenly, propagate
from cupola.sky.find import find_spells
from cupola.sky.frames import to_teme
from cupola.sky.orbit import Ephemeris, ephemeris_of, manoeuvre_between
from cupola.sky.states import Pieces
from cupola.sky.timescale import DAY_S, Span

MU = 398600.4418
RADIUS_KM = 6790.0
START = datetime(2022, 2, 11, 12, tzinfo=UTC)


def circle(t, *, radius_km=RADIUS_KM, phase=0.3, tilt=0.9):
    """A round orbit, known exactly: positions and velocities."""
    rate = np.sqrt(MU / radius_km**3)
    angle = rate * t + phase
    flat = np.stack((np.cos(angle), np.sin(angle) * np.cos(tilt), np.sin(angle) * np.sin(tilt)), axis=-1)
    ahead = np.stack((-np.sin(angle), np.cos(angle) * np.cos(tilt), np.cos(angle) * np.sin(tilt)), axis=-1)
    return radius_km * flat, radius_km * rate * ahead


def published(t, km, km_s, *, frame="TEME", useable=None, epoch=START, created=START):
    rows = tuple(tuple(row) for row in np.column_stack((t, km, km_s)).tolist())
    segment = States(frame=frame, epoch_utc=epoch, rows=rows, useable_s=useable or (rows[0][0], rows[-1][0]))
    return OrbitEphemeris(
        object_name="ISS", object_id="1998-067-A", created_utc=created, originator="test", segments=(segment,)
    )


def station_with(*ephemerides, **more):
    return Station(name="ISS", ephemerides=ephemerides, **more)


def test_between_states_four_minutes_apart_a_known_orbit_is_met_within_three_millimetres():
    nodes = np.arange(0, 12001, 240.0)
    t = np.linspace(240, 11760, 5000)
    km, km_s = Pieces.of(nodes, *circle(nodes)).at(t)
    exact, speed = circle(t)
    assert 1e6 * np.linalg.norm(km - exact, axis=1).max() < 3.0
    assert 1e6 * np.linalg.norm(km_s - speed, axis=1).max() < 0.2, "mm/s"


def test_a_jump_of_velocity_is_never_smoothed_over():
    """Two states of one instant: 5 m/s ahead, without length. Both arcs are known: the polynomial of each stays in it."""
    before, after = np.arange(0, 2401, 240.0), np.arange(2400, 6001, 240.0)
    here, speed = circle(np.array([2400.0]))
    boosted = speed[0] * (1 + 0.005 / np.linalg.norm(speed))
    arc = two_body(here[0], boosted, after - 2400)
    first = circle(before)
    pieces = Pieces.of(np.concatenate((before, after)), np.concatenate((first[0], arc[0])), np.concatenate((first[1], arc[1])))
    assert pieces.joints.tolist() == [2400.0]
    t = np.linspace(0, 2399.999, 999)
    assert 1e6 * np.linalg.norm(pieces.at(t)[0] - circle(t)[0], axis=1).max() < 100
    t = np.linspace(2400, 6000, 999)
    assert 1e6 * np.linalg.norm(pieces.at(t)[0] - two_body(here[0], boosted, t - 2400)[0], axis=1).max() < 100
    np.testing.assert_allclose(pieces.at(np.array([2400.0]))[1][0], boosted, atol=1e-12)


def two_body(km, km_s, t):
    """Kepler's path from a state, by the series of f and g in the eccentric anomaly (Bate, Mueller and White 1971)."""
    r0, energy = np.linalg.norm(km), km_s @ km_s / 2 - MU / np.linalg.norm(km)
    a = -MU / (2 * energy)
    n, sigma = np.sqrt(MU / a**3), (km @ km_s) / np.sqrt(MU)
    e = n * t
    for _ in range(30):
        off = e - (1 - r0 / a) * np.sin(e) + sigma / np.sqrt(a) * (1 - np.cos(e)) - n * t
        e = e - off / (1 - (1 - r0 / a) * np.cos(e) + sigma / np.sqrt(a) * np.sin(e))
    f = 1 - a / r0 * (1 - np.cos(e))
    g = t - (e - np.sin(e)) / n
    path = f[:, None] * km + g[:, None] * km_s
    r = np.linalg.norm(path, axis=1)
    df, dg = -np.sqrt(MU * a) * np.sin(e) / (r * r0), 1 - a / r * (1 - np.cos(e))
    return path, df[:, None] * km + dg[:, None] * km_s


def test_states_of_a_burn_every_two_seconds_are_a_piece_of_their_own():
    """As in NASA's file of 11 February 2022: four-minute states, then 2 s from ignition to cut-off, then four minutes again."""
    t = np.concatenate(
        (np.arange(0, 2401, 240.0), np.arange(2402, 2637, 2.0), [2636.869], 2636.869 + np.arange(240, 2000, 240))
    )
    pieces = Pieces.of(t, *circle(t))
    assert pieces.joints.tolist() == [2400.0, 2636.869]
    dense = np.linspace(0, t[-1], 4001)
    assert 1e6 * np.linalg.norm(pieces.at(dense)[0] - circle(dense)[0], axis=1).max() < 100, "at the ends of a piece"


def test_an_ephemeris_is_the_same_between_its_minute_nodes_and_across_a_jump():
    before, after = np.arange(0, 24001, 240.0), np.arange(24000, 48001, 240.0)
    here, speed = circle(np.array([24000.0]))
    boosted = speed[0] * (1 + 0.005 / np.linalg.norm(speed))
    arc, first = two_body(here[0], boosted, after - 24000), circle(before)
    both = (np.concatenate((before, after)), np.concatenate((first[0], arc[0])), np.concatenate((first[1], arc[1])))
    ephemeris = ephemeris_of(station_with(published(*both)), START + timedelta(hours=1), START + timedelta(hours=12))
    t = np.arange(0.0, 39600.0, 7.0)
    late = t + 3600 >= 24000
    exact = np.where(late[:, None], two_body(here[0], boosted, t + 3600 - 24000)[0], circle(t + 3600)[0])
    off = np.linalg.norm(ephemeris.position_km(t) - exact, axis=1)
    assert 1000 * off.max() < 0.5
    assert 1000 * off[np.abs(t + 3600 - 24000) < 30].max() < 5e-3, "the minute of the jump is asked of the states"


def test_what_an_ephemeris_does_not_cover_is_an_error_and_never_guessed():
    t = np.arange(0, DAY_S + 1, 240.0)
    ephemeris = published(t, *circle(t), useable=(3600.0, 80000.0))
    station = station_with(ephemeris)
    assert ephemeris_of(station, START + timedelta(seconds=3600), START + timedelta(seconds=80000))
    for first, last in ((3599, 80000), (3600, 80001), (-9e5, -8e5), (9e5, 10e5)):
        with pytest.raises(OrbitError, match="covers the whole span") as error:
            ephemeris_of(station, START + timedelta(seconds=first), START + timedelta(seconds=last))
        assert "2022-02-11 13:00 to 2022-02-12 10:13 UTC" in str(error.value)
    with pytest.raises(OrbitError, match="has orbital elements"):
        ephemeris_of(Station(name="ISS"), START, START + timedelta(days=1))


def test_a_gap_between_segments_is_an_error_too():
    t = np.arange(0, 7201, 240.0)
    (one,) = published(t, *circle(t)).segments
    two = replace(one, epoch_utc=START + timedelta(hours=3))
    ephemeris = replace(published(t, *circle(t)), segments=(one, two))
    with pytest.raises(OrbitError, match="nothing for 2022-02-11 14:00:00"):
        ephemeris_of(station_with(ephemeris), START, START + timedelta(hours=5))


def test_past_the_states_a_search_looks_on_within_ten_metres(elements):
    """The margin of a span: SGP4's own orbit is the referee, twenty minutes beyond its last state."""
    start = elements.epoch_utc
    t = np.arange(0, 6001, 240.0)
    ephemeris = published(t, *propagate(elements, t), epoch=start, created=start)
    found = ephemeris_of(station_with(ephemeris), start, start + timedelta(seconds=6000))
    for margin in (np.linspace(6000, 7190, 50), np.linspace(-1190, 0, 50)):
        assert np.linalg.norm(found.position_km(margin) - propagate(elements, margin)[0], axis=1).max() < 0.03


# -------------------------------------------------------------------------------------------------------------- frames

VALLADO = {
    "ITRF": (-1033.4793830, 7901.2952754, 6380.3565958),
    "EME2000": (5102.5096000, 6123.0115200, 6378.1363000),
    "TEME": (5094.1801621, 6127.6446595, 6380.3445327),
}
"""One place in three frames on 6 April 2004, 07:51:28.386009 UTC. Source: Vallado, Crawford, Hujsak and Kelso, Revisiting
Spacetrack Report #3 (AIAA 2006-6753), appendix C."""


@pytest.mark.parametrize(("frame", "metres"), [("EME2000", 5.0), ("ITRF", 20.0), ("TEME", 1e-6)])
def test_frames_are_turned_into_teme_as_vallado_turns_them(frame, metres):
    """Within what the models differ by: nutation of 1980 for that of 2000 (50 mas), and polar motion left out (15 m)."""
    at = datetime(2004, 4, 6, 7, 51, 28, 386009, tzinfo=UTC)
    span = Span(start_utc=at, end_utc=at + timedelta(days=1))
    km, _ = to_teme(frame, span, np.zeros(1), np.array([VALLADO[frame]]), np.zeros((1, 3)))
    assert 1000 * np.linalg.norm(km[0] - VALLADO["TEME"]) < metres


def test_gcrf_is_turned_into_teme_within_centimetres_of_skyfield(elements, skyfield):
    """Skyfield turns the same SGP4 orbit into GCRS, with the nutation of IAU 2000A: a milliarcsecond is 3 cm.

    About the pole it counts TEME from the sidereal time of 1982 and we from the equation of the equinoxes of 2000, as our
    Sun does: 45 mas, or 1.5 m along the orbit.
    """
    from sgp4.api import Satrec
    from skyfield.api import EarthSatellite

    timescale, _ = skyfield
    one = "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994"
    two = "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594"
    start = datetime(2021, 10, 5, tzinfo=UTC)
    span = Span(start_utc=start, end_utc=start + timedelta(days=1))
    t = np.arange(0.0, 86400.0, 3607.0)
    theirs = EarthSatellite.from_satrec(Satrec.twoline2rv(one, two), timescale).at(timescale.from_datetimes(span.utc(t)))
    km, km_s = to_teme("GCRF", span, t, theirs.xyz.km.T, theirs.velocity.km_per_s.T)
    position, velocity = propagate(elements, t + (start - elements.epoch_utc).total_seconds())
    assert 1000 * np.abs(km - position)[:, 2].max() < 0.03
    assert 1000 * np.linalg.norm(km - position, axis=1).max() < 1.6
    assert 1e6 * np.linalg.norm(km_s - velocity, axis=1).max() < 2, "mm/s"


def test_the_frame_of_j2000_is_the_frame_bias_away_from_gcrf():
    """23 mas, IERS Conventions (2010), chapter 5: 17 in the pole, 15 in the equinox."""
    span = Span(start_utc=START, end_utc=START + timedelta(days=1))
    km = RADIUS_KM * np.eye(3)
    apart = [to_teme(frame, span, np.zeros(3), km, km)[0] for frame in ("EME2000", "GCRF")]
    mas = np.degrees(np.linalg.norm(apart[0] - apart[1], axis=1) / RADIUS_KM) * 3.6e6
    np.testing.assert_allclose(mas, [22.1, 16.1, 17.9], atol=1.0)


def test_an_earth_fixed_ephemeris_gives_its_own_ground_back(elements):
    start = datetime(2021, 10, 5, tzinfo=UTC)
    direct = Ephemeris.over(elements, start, start + timedelta(hours=6))
    t = np.arange(-1080.0, 22681.0, 120.0)
    km = direct.fixed_km(t)
    km_s = direct.fixed_km(t + 0.5) - direct.fixed_km(t - 0.5)
    again = ephemeris_of(
        station_with(published(t, km, km_s, frame="ITRF", epoch=start, created=start)), start, start + timedelta(hours=6)
    )
    at = np.arange(0.0, 21600.0, 61.0)
    assert 1000 * np.linalg.norm(again.fixed_km(at) - direct.fixed_km(at), axis=1).max() < 2.0
    assert np.linalg.norm(again.velocity_km_s(at) - direct.velocity_km_s(at), axis=1).max() < 2e-3


# ------------------------------------------------------------------------------------------- NASA's own numbers

NASA_2022 = {
    datetime(2022, 2, 11, 12, tzinfo=UTC): """
      0 -4945.20488742583 -3625.97045086591 -2944.74334871861 1.19203952554952 -5.67286420497775 4.99593211898374
    240 -4483.21818856420 -4839.43742604381 -1653.18505906639 2.63479158884966 -4.37741488899716 5.70149741803236
    480 -3695.68393055846 -5701.46153805761 -241.260823962786 3.88824963580815 -2.76192821703326 5.99262621425395
    720 -2639.42585923830 -6148.89356392181 1188.23736548627 4.86029096014345 -0.94360525033047 5.84686291177633
    960 -1391.07323362063 -6148.78280243670 2530.98721271636 5.47911309663131 0.94466009346252 5.27409681809187
    """,
    datetime(2022, 2, 26, 11, 4, 56, 869000, tzinfo=UTC): """
      0 -5775.30931842147 3093.79182193175 -1824.30465427143 -3.70867870400331 -3.60181552382099 5.64611634367837
    240 -6444.84217324087 2127.49170676181 -419.287020703828 -1.83642570563807 -4.40171667176168 5.99081649524423
    480 -6645.96187387955 1006.57969106750 1016.27890788835 0.17086595312862 -4.88225392822026 5.89899540097391
    720 -6363.75903237220 -187.525716219113 2377.71882714433 2.16653234058082 -5.00786860357054 5.37684838971897
    960 -5618.65903545790 -1367.98442411718 3565.71009582230 4.00468952654217 -4.76922570810020 4.46247123476236
    """,
}
"""States round two ascending nodes, EME2000. Source: NASA/JSC, ISS.OEM_J2K_EPH.xml, made 2022-02-11 18:53 UTC."""


@pytest.mark.parametrize(
    ("start", "node_s", "longitude_deg", "ut1_utc_s"),
    [
        (datetime(2022, 2, 11, 12, tzinfo=UTC), 521.500, -84.71503, -0.1052),
        (datetime(2022, 2, 26, 11, 4, 56, 869000, tzinfo=UTC), 312.158, -158.91754, -0.1014),
    ],
)
def test_the_nodes_that_nasa_lists_in_the_head_of_its_file_are_found(start, node_s, longitude_deg, ut1_utc_s):
    """12:08:41.500 and 11:10:09.027 UTC, to a millisecond; NASA's longitudes take UT1 for UTC (values of UT1 from IERS)."""
    rows = np.array(NASA_2022[start].split(), dtype=float).reshape(-1, 7)
    station = station_with(published(rows[:, 0], rows[:, 1:4], rows[:, 4:], frame="EME2000", epoch=start, created=start))
    ephemeris = ephemeris_of(station, start, start + timedelta(seconds=960))
    (north,) = find_spells(lambda t, _row: ephemeris.position_km(t)[..., 2], rows=1, span_s=960, step_s=60)
    assert north[0, 0] == pytest.approx(node_s, abs=1e-3)
    longitude = ephemeris.subpoint(north[:1, 0])[1][0]
    assert longitude + 360 / 86164.1 * ut1_utc_s == pytest.approx(longitude_deg, abs=4e-5)


# --------------------------------------------------------------------------------------------- several orbit files


def test_of_a_long_span_the_nodes_between_those_of_sgp4_are_filled_within_three_millimetres(elements):
    t = 60.0 * np.arange(40 * 1440 + 2)
    km, km_s = evenly(elements, t)
    position, velocity = propagate(elements, t)
    assert 1e6 * np.linalg.norm(km - position, axis=1).max() < 3.0
    assert 1e6 * np.linalg.norm(km_s - velocity, axis=1).max() < 0.1, "mm/s"
    np.testing.assert_array_equal(evenly(elements, t[:20000])[0], position[:20000])


def test_an_eccentric_orbit_is_asked_at_every_node():
    """Molniya 2-14 of Vallado's verification set (catalogue number 8195)."""
    one = "1 08195U 75081A   06176.33215444  .00000099  00000-0  11873-3 0   813"
    two = "2 08195  64.1586 279.0717 6877146 264.7651  20.2257  2.00491383225656"
    (molniya,) = parse_tle(f"{one}\n{two}")
    t = 60.0 * np.arange(40 * 1440)
    np.testing.assert_array_equal(evenly(molniya, t)[0], propagate(molniya, t)[0])


@pytest.fixture
def later(elements):
    return replace(elements, epoch_utc=elements.epoch_utc + timedelta(days=4), mean_anomaly_deg=200.0)


def burn(elements, hours, minutes=5):
    start = elements.epoch_utc + timedelta(hours=hours)
    return Manoeuvre(start_utc=start, end_utc=start + timedelta(minutes=minutes), dv_m_s=1.0)


def test_each_instant_is_asked_of_the_nearest_set(elements, later):
    start = elements.epoch_utc
    ephemeris = ephemeris_of(Station(name="ISS", elements=(later, elements)), start, start + timedelta(days=5))
    t = np.linspace(0, 5 * DAY_S, 4001)
    nearer = t >= 2 * DAY_S
    exact = np.where(nearer[:, None], propagate(later, t - 4 * DAY_S)[0], propagate(elements, t)[0])
    assert 1000 * np.linalg.norm(ephemeris.position_km(t) - exact, axis=1).max() < 0.5
    np.testing.assert_allclose(ephemeris.age_days(t), np.minimum(t, np.abs(t - 4 * DAY_S)) / DAY_S, atol=1e-9)
    close = 2 * DAY_S + np.array([-0.001, 0.001])
    np.testing.assert_allclose(ephemeris.position_km(close)[0], propagate(elements, close[:1])[0][0], atol=1e-6)
    np.testing.assert_allclose(ephemeris.position_km(close)[1], propagate(later, close[1:] - 4 * DAY_S)[0][0], atol=1e-6)


@pytest.mark.parametrize(
    ("hours", "over"), [((10,), 10.083333), ((48,), 48.0), ((80,), 80.0), ((10, 80), 48.0), ((70, 80), 70.0)]
)
def test_a_set_is_not_carried_across_a_burn_while_another_is_on_the_right_side(elements, later, hours, over):
    """Halfway is 48 h; the change-over lies at the burn, or between the first and the last of several."""
    at = change_over(elements, later, [burn(elements, hour) for hour in hours])
    assert (at - elements.epoch_utc) / timedelta(hours=1) == pytest.approx(over, abs=1e-5)


def test_beyond_a_burn_that_no_set_knows_the_ephemeris_says_so(elements):
    start = elements.epoch_utc
    logged = burn(elements, 30)
    station = Station(name="ISS", elements=(elements,), manoeuvres=(logged,))
    ephemeris = ephemeris_of(station, start, start + timedelta(days=3))
    assert ephemeris.across_burn(np.array([0.0, 29.9, 30.01, 31, 60]) * 3600).tolist() == [False, False, True, True, True]
    assert manoeuvre_between(station, start, start + timedelta(hours=29)) is None
    assert manoeuvre_between(station, start, start + timedelta(hours=31)) == logged
    assert manoeuvre_between(station, start + timedelta(hours=31), start) == logged


def test_an_ephemeris_goes_before_sets_and_knows_its_own_burns(elements):
    start = elements.epoch_utc
    t = np.arange(0, 12 * 3600 + 1, 240.0)
    km, km_s = propagate(elements, t)
    from cupola.model import TrajectoryEvent

    planned = burn(elements, 4)
    shifted = published(t, km + 1.0, km_s, epoch=start, created=start)
    shifted = replace(shifted, events=(TrajectoryEvent(name="Reboost", at_utc=planned.start_utc, dv_m_s=1.0),))
    station = station_with(shifted, elements=(elements,), manoeuvres=(planned, burn(elements, 14)))
    ephemeris = ephemeris_of(station, start, start + timedelta(days=1))
    at = np.array([1.0, 5.0, 11.9, 12.1, 15.0]) * 3600
    off = np.linalg.norm(ephemeris.position_km(at) - propagate(elements, at)[0], axis=1)
    np.testing.assert_allclose(off, [3**0.5, 3**0.5, 3**0.5, 0, 0], atol=1e-3)
    assert ephemeris.across_burn(at).tolist() == [False, False, False, True, True]


def test_an_ephemeris_in_outline_numbers_its_revolutions_and_dates_itself():
    t = np.arange(0, 2 * DAY_S, 240.0)
    found = replace(published(t, *circle(t), created=START + timedelta(hours=6)), first_revolution=568)
    ephemeris = ephemeris_of(station_with(found), START, START + timedelta(days=1))
    assert ephemeris.elements.epoch_utc == START + timedelta(hours=6)
    assert ephemeris.elements.mean_motion == pytest.approx(DAY_S / (2 * np.pi) * np.sqrt(MU / RADIUS_KM**3), rel=1e-3)
    assert ephemeris.elements.inclination_deg == pytest.approx(np.degrees(0.9), abs=0.01)
    assert ephemeris.elements.rev_at_epoch == 570, "two whole turns after the first node, at 1 h 28 min"
    assert ephemeris.age_days(np.array([6 * 3600.0, DAY_S])).tolist() == pytest.approx([0.0, 0.75])
