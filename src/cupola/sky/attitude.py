"""How a station is turned, and what its panes see of the sky.

Body axes: x ahead (through Node 2 and on, at the ISS), y to starboard, z to nadir; those of NASA's drawings (SSP 30219). With
yaw, pitch and roll of 0 in LVLH the body flies level, x along the orbit and z to the Earth's centre. Yaw turns it about z, nose
to starboard; pitch then about its new y, nose up; roll then about its new x, starboard side down.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np

from cupola.model import Attitude, Pane, Station
from cupola.sky.intervals import Intervals, as_intervals
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import Array, Span

LEVEL = Attitude(name="level", source="default")
EQUINOX_AND_POLE = np.eye(3)
NAMED: dict[str, tuple[float, float, float]] = {
    "+XVV": (0.0, 0.0, 0.0),
    "-XVV": (180.0, 0.0, 0.0),
    "+YVV": (-90.0, 0.0, 0.0),
    "-YVV": (90.0, 0.0, 0.0),
    "+ZVV": (0.0, 90.0, 0.0),
    "-ZVV": (0.0, -90.0, 0.0),
}
"""Attitudes by the body axis that is ahead (the velocity vector, VV): yaw, pitch and roll in LVLH."""


def attitude_at(station: Station, at_utc: datetime) -> Attitude:
    """Return the attitude in force at an instant: the last that has begun, level flight where none has."""
    begun = [one for one in station.attitudes if one.from_utc is None or one.from_utc <= at_utc]
    return max(begun, key=_begins, default=LEVEL)


def body_axes(station: Station, ephemeris: Ephemeris, t: Array) -> Array:
    """Return the body's axes at instants as unit vectors in the frame of `position_km`: shape (…, 3, 3), rows x, y, z."""
    dated = sorted(station.attitudes, key=_begins)
    if not dated or dated[0].from_utc is not None:
        dated = [LEVEL, *dated]
    begins = [-np.inf, *(ephemeris.span.seconds(one.from_utc) for one in dated[1:] if one.from_utc)]
    force = np.searchsorted(np.array(begins), t, side="right") - 1
    axes = np.empty((*t.shape, 3, 3))
    for number in np.unique(force):
        these = force == number
        axes[these] = turned(dated[number]) @ _held(dated[number].hold, ephemeris, t[these])
    return axes


def turned(attitude: Attitude) -> Array:
    """Return the rotation from the frame that is held to the body: yaw about z, then pitch about y, then roll about x.

    Its rows are the body's axes in that frame.
    """
    yaw, pitch, roll = np.radians([attitude.yaw_deg, attitude.pitch_deg, attitude.roll_deg])
    about_z = np.array([[np.cos(yaw), np.sin(yaw), 0], [-np.sin(yaw), np.cos(yaw), 0], [0, 0, 1]])
    about_y = np.array([[np.cos(pitch), 0, -np.sin(pitch)], [0, 1, 0], [np.sin(pitch), 0, np.cos(pitch)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(roll), np.sin(roll)], [0, -np.sin(roll), np.cos(roll)]])
    rotation: Array = about_x @ about_y @ about_z
    return rotation


def lvlh_axes(ephemeris: Ephemeris, t: Array) -> Array:
    """Return the local frame at instants, rows: ahead in the plane of the orbit, to starboard, to the Earth's centre."""
    down = _unit(-ephemeris.position_km(t))
    starboard = _unit(np.cross(down, ephemeris.velocity_km_s(t)))
    return np.stack((np.cross(starboard, down), starboard, down), axis=-2)


def pane_frame(station: Station, pane: Pane, ephemeris: Ephemeris, t: Array) -> Array:
    """Return a pane's own axes at instants, shape (…, 3, 3), rows: right, up, and where it looks; frame of `position_km`."""
    return pane_in_body(pane) @ body_axes(station, ephemeris, t)


def pane_axis(station: Station, pane: Pane, ephemeris: Ephemeris, t: Array) -> Array:
    """Return where a pane looks at instants, as unit vectors in the frame of `position_km`."""
    return pane_frame(station, pane, ephemeris, t)[..., 2, :]


def pane_in_body(pane: Pane) -> Array:
    """Return a pane's axes in those of the body, rows: right, up, look; `up` is made square to `look`."""
    look = _unit(np.array(pane.look, dtype=float))
    up = np.array(pane.up, dtype=float)
    right = _unit(np.cross(look, up))
    return np.stack((right, np.cross(right, look), look))


def seen_margin(pane: Pane, frame: Array, direction: Array) -> Array:
    """Return by how many radians a direction lies inside what a pane sees: above 0 it is seen, at 0 it is on the edge.

    `frame` is what `pane_frame` gives, `direction` any vectors (…, 3) in the same frame, of any length. The edge is the rim
    of the pane, its mask, and the outlines of structure before it, whichever is nearest.
    """
    right, up, ahead = np.moveaxis((frame @ direction[..., None])[..., 0], -1, 0)
    off = np.arctan2(np.hypot(right, up), ahead)
    azimuth = np.degrees(np.arctan2(right, up)) % 360
    open_deg: Array = np.minimum(_mask_deg(pane, azimuth), pane.half_angle_deg)
    margin: Array = np.radians(open_deg) - off
    at = np.degrees(off)[..., None] * np.stack((np.sin(np.radians(azimuth)), np.cos(np.radians(azimuth))), axis=-1)
    for outline in pane.hidden:
        margin = np.minimum(margin, np.radians(_outside_deg(np.array(outline, dtype=float), at)))
    return margin


def closed_spells(pane: Pane, span: Span) -> Intervals:
    """Return when a pane's shutter is shut, seconds of a span, half-open, in order."""
    times = [(span.seconds(a), span.seconds(b)) for a, b in sorted(pane.closed)]
    return as_intervals([(max(a, 0.0), min(b, span.length_s)) for a, b in times if b > 0 and a < span.length_s])


def _held(hold: str, ephemeris: Ephemeris, t: Array) -> Array:
    """Return the frame that an attitude holds, rows x, y, z."""
    if hold == "LVLH":
        return lvlh_axes(ephemeris, t)
    if hold == "XPOP":
        return _xpop_axes(ephemeris, t)
    return np.broadcast_to(EQUINOX_AND_POLE, (*t.shape, 3, 3))


def _xpop_axes(ephemeris: Ephemeris, t: Array) -> Array:
    """Return x along the orbit's pole on the Sun's side, z in the plane away from the Sun: to the Earth at orbital noon."""
    local = lvlh_axes(ephemeris, t)
    sun = ephemeris.almanac.sun_km(t)
    pole = -local[..., 1, :]
    side = np.where((pole * sun).sum(-1, keepdims=True) >= 0, 1.0, -1.0)
    x = side * pole
    z = _unit((x * sun).sum(-1, keepdims=True) * x - sun)
    return np.stack((x, np.cross(z, x), z), axis=-2)


def _begins(attitude: Attitude) -> float:
    return -np.inf if attitude.from_utc is None else attitude.from_utc.timestamp()


def _mask_deg(pane: Pane, azimuth: Array) -> Array:
    if not pane.mask:
        return np.full_like(azimuth, 180.0)
    rows = sorted((a % 360, angle) for a, angle in pane.mask)
    return np.interp(azimuth, [a for a, _ in rows], [angle for _, angle in rows], period=360)


def _outside_deg(outline: Array, at: Array) -> Array:
    """Return how far points of a plane lie outside a polygon: negative inside."""
    nearest = np.full(at.shape[:-1], np.inf)
    inside = np.zeros(at.shape[:-1], dtype=bool)
    for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        edge = b - a
        share = np.clip(((at - a) @ edge) / max(float(edge @ edge), 1e-12), 0.0, 1.0)
        nearest = np.minimum(nearest, np.linalg.norm(at - a - share[..., None] * edge, axis=-1))
        spans = (a[1] > at[..., 1]) != (b[1] > at[..., 1])
        crossing = a[0] + (at[..., 1] - a[1]) * edge[0] / (edge[1] if edge[1] else 1.0)
        inside ^= spans & (at[..., 0] < crossing)
    return np.where(inside, -nearest, nearest)


def _unit(a: Array) -> Array:
    unit: Array = a / np.linalg.norm(a, axis=-1, keepdims=True)
    return unit
