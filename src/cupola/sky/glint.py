"""Sunglint: the point of the Earth's surface that mirrors the Sun into the lens.

There the angle of incidence is that of reflection about the local vertical of WGS84, on flat water. It is first found on a
sphere, in the plane of Sun and station, and then moved on the ellipsoid by Newton's method. It exists while the Sun's
centre is above the limb. Whether there is water is for `sea below` and the map to say.
"""

from __future__ import annotations

import numpy as np

from cupola.model import Clause, Station
from cupola.sky.almanac import EARTH_EQUATOR_KM
from cupola.sky.below import nadir_up
from cupola.sky.limb import disc_above_limb, measures
from cupola.sky.measures import Line, Sight, between
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import Array
from cupola.sky.vectors import angle_deg, dot, norm, unit
from cupola.sky.view import StationView, surface_km

GLINT_STEP_S = 120.0
"""The glint is nearest to straight down once in a day side, at the station's noon."""
HALVINGS = 24
NEWTON_STEPS = 6


def glint_km(here_km: Array, sun: Array) -> Array:
    """Return the point on WGS84 that mirrors the Sun to a station, Earth-fixed; `sun` are unit vectors, shapes (…, 3).

    Where the Sun's centre is below the limb it is the point of the limb that is nearest to it. Good to a metre elsewhere.
    """
    normal = _on_sphere(here_km, sun)
    for _ in range(NEWTON_STEPS):
        at = surface_km(normal)
        ray = here_km - at
        distance = norm(ray)
        view = ray / distance[..., None]
        both = sun + view
        off = both - dot(both, normal)[..., None] * normal
        normal = unit(normal + _step(off, view, normal, distance, dot(both, normal)))
    return surface_km(normal)


def _step(off: Array, view: Array, normal: Array, distance: Array, lift: Array) -> Array:
    """Return by how much to turn the vertical so that what is left of the mirrored ray beside it is gone.

    In the plane of incidence and across it the residual falls at its own rate: nearer ground turns the ray more.
    """
    along = view - dot(view, normal)[..., None] * normal
    size = norm(along)
    along = along / np.maximum(size, 1e-12)[..., None]
    across = np.cross(normal, along)
    cosine = np.maximum(dot(view, normal), 0.02)
    reach = EARTH_EQUATOR_KM / distance
    in_plane = dot(off, along) / (reach * cosine**2 + lift)
    beside = dot(off, across) / (reach + lift)
    turn: Array = np.clip(in_plane, -0.02, 0.02)[..., None] * along + np.clip(beside, -0.02, 0.02)[..., None] * across
    return turn


def _on_sphere(here_km: Array, sun: Array) -> Array:
    """Return the mirroring point's vertical on a sphere, by halving the arc from nadir to limb."""
    up = unit(here_km)
    ratio = norm(here_km) / EARTH_EQUATOR_KM
    height = np.arccos(np.clip(dot(up, sun), -1.0, 1.0))
    toward = sun - dot(sun, up)[..., None] * up
    toward = toward / np.maximum(norm(toward), 1e-12)[..., None]
    low, high = np.zeros_like(height), np.arccos(1 / ratio)
    for _ in range(HALVINGS):
        arc = (low + high) / 2
        seen_from = np.arctan2(ratio * np.sin(arc), ratio * np.cos(arc) - 1)
        beyond = seen_from + arc > height
        low, high = np.where(beyond, low, arc), np.where(beyond, arc, high)
    arc = (low + high) / 2
    return np.cos(arc)[..., None] * up + np.sin(arc)[..., None] * toward


def glint_at(t: Array, view: StationView) -> tuple[Array, Array]:
    """Return the station and the glint at times, Earth-fixed kilometres."""
    here = view.ephemeris.fixed_km(t)
    return here, glint_km(here, unit(view.ephemeris.almanac.sun_fixed_km(t)))


def glint_tilt_deg(t: Array, view: StationView) -> Array:
    """Return how far from straight down the lens is tilted to look into the glint, in degrees."""
    here, at = glint_at(t, view)
    return angle_deg(unit(at - here), -nadir_up(t, view))


def sun_up(t: Array, view: StationView) -> Array:
    """Return how far the Sun's centre stands above the limb: there is a glint while it does."""
    return disc_above_limb(t, view, part=0.0)


def glint(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the glint within a tilt of the lens."""
    tilted = between(glint_tilt_deg, clause, step_s=GLINT_STEP_S, unit="deg")
    return Sight(measures=(*measures(sun_up), *tilted), view=StationView.of(station, ephemeris))


LINES: dict[str, Line] = {"glint": glint}
