"""Body axes and panes, proved by hand: where each looks when the station flies level, and which way each turn goes."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from cupola.model import Attitude, Pane, Station
from cupola.sky.attitude import (
    NAMED,
    attitude_at,
    body_axes,
    closed_spells,
    lvlh_axes,
    pane_axis,
    pane_frame,
    pane_in_body,
    seen_margin,
    turned,
)
from cupola.sky.orbit import Ephemeris
from cupola.sky.stations import station_kinds

AHEAD, STARBOARD, NADIR = np.eye(3)
T = np.arange(0.0, 5600.0, 311.0)


@pytest.fixture(scope="module")
def ephemeris(elements):
    return Ephemeris.over(elements, elements.epoch_utc, elements.epoch_utc + timedelta(hours=12))


def turning(elements, *attitudes):
    return Station(name="ISS", elements=(elements,), attitudes=attitudes)


@pytest.mark.parametrize(
    ("angles", "axis", "looks"),
    [
        ({}, AHEAD, AHEAD),
        ({}, NADIR, NADIR),
        ({"yaw_deg": 90}, AHEAD, STARBOARD),
        ({"yaw_deg": 90}, STARBOARD, -AHEAD),
        ({"pitch_deg": 90}, AHEAD, -NADIR),
        ({"pitch_deg": 90}, NADIR, AHEAD),
        ({"roll_deg": 90}, STARBOARD, NADIR),
        ({"roll_deg": 90}, NADIR, -STARBOARD),
        ({"yaw_deg": 90, "pitch_deg": 90}, AHEAD, -NADIR),
        ({"yaw_deg": 90, "pitch_deg": 90}, NADIR, STARBOARD),
        ({"yaw_deg": 90, "roll_deg": 90}, NADIR, AHEAD),
        ({"pitch_deg": 90, "roll_deg": 90}, NADIR, -STARBOARD),
    ],
)
def test_yaw_then_pitch_then_roll_turn_nose_to_starboard_nose_up_and_starboard_down(angles, axis, looks):
    """Each line done with a model in the hand: yaw about z, pitch about the new y, roll about the new x."""
    np.testing.assert_allclose(axis @ turned(Attitude(**angles)), looks, atol=1e-12)


@pytest.mark.parametrize(("name", "axis"), [("+XVV", 0), ("-XVV", 0), ("+YVV", 1), ("-YVV", 1), ("+ZVV", 2), ("-ZVV", 2)])
def test_a_named_attitude_has_the_axis_of_its_name_ahead(name, axis):
    yaw, pitch, roll = NAMED[name]
    sign = 1 if name[0] == "+" else -1
    np.testing.assert_allclose(sign * turned(Attitude(yaw_deg=yaw, pitch_deg=pitch, roll_deg=roll))[axis], AHEAD, atol=1e-12)


def test_level_flight_has_x_ahead_y_to_starboard_and_z_to_the_earths_centre(elements, ephemeris):
    """Starboard is the side away from the orbit's pole: right of somebody who flies ahead with the Earth below."""
    axes = body_axes(turning(elements, Attitude()), ephemeris, T)
    position, velocity = ephemeris.position_km(T), ephemeris.velocity_km_s(T)
    down = -position / np.linalg.norm(position, axis=1)[:, None]
    pole = np.cross(position, velocity)
    np.testing.assert_allclose(axes[:, 2], down, atol=1e-12)
    assert ((axes[:, 0] * velocity).sum(1) > 7.6).all()
    np.testing.assert_allclose(axes[:, 1], -pole / np.linalg.norm(pole, axis=1)[:, None], atol=1e-9)
    np.testing.assert_allclose(axes @ axes.swapaxes(1, 2), np.broadcast_to(np.eye(3), axes.shape), atol=1e-12)
    assert (np.linalg.det(axes) > 0).all()


def test_the_cupola_looks_to_the_earth_kibo_to_port_and_its_picture_has_ahead_on_top(elements, ephemeris):
    station = turning(elements, Attitude())
    panes = {pane.id: pane for pane in station_kinds()["iss"].panes}
    position = ephemeris.position_km(T)
    down = -position / np.linalg.norm(position, axis=1)[:, None]
    local = lvlh_axes(ephemeris, T)
    np.testing.assert_allclose(pane_axis(station, panes["cupola"], ephemeris, T), down, atol=1e-12)
    frame = pane_frame(station, panes["cupola"], ephemeris, T)
    np.testing.assert_allclose(frame[:, 1], local[:, 0], atol=1e-12)
    np.testing.assert_allclose(frame[:, 0], local[:, 1], atol=1e-12, err_msg="face down, head ahead: right is starboard")
    np.testing.assert_allclose(pane_axis(station, panes["kibo-1"], ephemeris, T), -local[:, 1], atol=1e-12)


def test_every_pane_of_the_pack_is_a_right_handed_view_with_a_source_for_each_figure():
    kinds = station_kinds()
    panes = [pane for kind in kinds.values() for pane in kind.panes]
    assert {"cupola", "worf", "kibo-1", "kibo-2", "zvezda-9", "nauka"} <= {pane.id for pane in kinds["iss"].panes}
    assert sum(pane.module == "Cupola" for pane in kinds["iss"].panes) == 7
    for pane in panes:
        right, up, look = pane_in_body(pane)
        np.testing.assert_allclose(np.cross(look, up), right, atol=1e-9)
        said = dict(pane.sources)
        assert {"look", "half_angle_deg", "size_m"} <= set(said)
        assert all(word.startswith(("reported", "estimate")) for word in said.values())


def test_attitudes_follow_one_another_at_their_instants(elements, ephemeris):
    at = elements.epoch_utc + timedelta(seconds=1000)
    station = turning(elements, Attitude(name="usual"), Attitude(from_utc=at, yaw_deg=180, name="backwards"))
    assert attitude_at(station, at - timedelta(seconds=1)).name == "usual"
    assert attitude_at(station, at).name == "backwards"
    axes = body_axes(station, ephemeris, np.array([999.999, 1000.0]))
    ahead = lvlh_axes(ephemeris, np.array([999.999, 1000.0]))[:, 0]
    np.testing.assert_allclose((axes[:, 0] * ahead).sum(1), [1, -1], atol=1e-9)
    only = turning(elements, Attitude(from_utc=at, yaw_deg=180))
    np.testing.assert_allclose(body_axes(only, ephemeris, np.array([0.0]))[0], lvlh_axes(ephemeris, np.array([0.0]))[0])


def test_an_inertial_attitude_stands_still_and_xpop_keeps_its_x_on_the_pole_of_the_sunny_side(elements, ephemeris):
    still = body_axes(turning(elements, Attitude(hold="INERTIAL")), ephemeris, T)
    np.testing.assert_array_equal(still, np.broadcast_to(np.eye(3), still.shape))
    axes = body_axes(turning(elements, Attitude(hold="XPOP")), ephemeris, T)
    sun = ephemeris.almanac.sun_km(T)
    assert ((axes[:, 0] * sun).sum(1) > 0).all()
    np.testing.assert_allclose(np.abs((axes[:, 0] * lvlh_axes(ephemeris, T)[:, 1]).sum(1)), 1, atol=1e-9)
    np.testing.assert_allclose((axes[:, 1] * sun).sum(1), 0, atol=1e-3 * 1.5e8)
    assert ((axes[:, 2] * sun).sum(1) < 0).all()
    turn = np.degrees(np.arccos(np.clip(np.trace(axes[0].T @ axes[-1]) / 2 - 0.5, -1, 1)))
    assert turn < 0.5, "a revolution turns the plane and the Sun by a third of a degree"


PLAIN = Pane(id="p", half_angle_deg=40)


def seen(pane, right_deg, up_deg):
    """The margin, in degrees, of a direction so far right and up of the axis (frame of the pane itself)."""
    off = np.hypot(right_deg, up_deg)
    side = np.sin(np.radians(off)) / max(off, 1e-12)
    direction = np.array([[right_deg * side, up_deg * side, np.cos(np.radians(off))]])
    return float(np.degrees(seen_margin(pane, np.eye(3)[None], 7.0 * direction))[0])


def test_a_direction_is_seen_up_to_the_rim():
    assert seen(PLAIN, 0, 0) == pytest.approx(40)
    assert seen(PLAIN, 30, 0) == pytest.approx(10)
    assert seen(PLAIN, 0, -50) == pytest.approx(-10)
    assert seen(PLAIN, 0, 170) == pytest.approx(-130)


def test_a_mask_narrows_the_view_by_azimuth_from_up_through_right():
    """20° to the right, 40° elsewhere, straight lines between: 30° half way between up and right."""
    masked = replace(PLAIN, mask=((0, 40), (90, 20), (180, 40), (270, 40)))
    assert seen(masked, 15, 0) == pytest.approx(5)
    assert seen(masked, -15, 0) == pytest.approx(25)
    assert seen(masked, 10, 10) == pytest.approx(30 - 200**0.5)
    assert seen(masked, 0, 30) == pytest.approx(10)


def test_structure_before_a_pane_hides_what_lies_in_its_outline():
    """A beam 10° to 20° right, from the bottom to 15° up."""
    hidden = replace(PLAIN, hidden=(((10, -60), (20, -60), (20, 15), (10, 15)),))
    assert seen(hidden, 0, 0) == pytest.approx(10)
    assert seen(hidden, 13, 0) == pytest.approx(-3)
    assert seen(hidden, 15, 20) == pytest.approx(5)
    assert seen(hidden, 22, 0) == pytest.approx(2)


def test_shutters_are_closed_within_the_span_only(elements, ephemeris):
    at = elements.epoch_utc
    pane = replace(
        PLAIN, closed=((at - timedelta(hours=1), at + timedelta(hours=1)), (at + timedelta(hours=11), at + timedelta(days=1)))
    )
    assert closed_spells(pane, ephemeris.span).tolist() == [[0.0, 3600.0], [39600.0, 43200.0]]
