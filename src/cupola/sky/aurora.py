"""Where the aurora may be: the oval of a geomagnetic index Kp about the geomagnetic pole. An estimate, a degree or two good.

Source of the oval: G. V. Starkov, Mathematical model of the auroral boundaries, Geomagnetism and Aeronomy 34 (1994) 331,
with AL from Kp as F. Sigernes et al., J. Space Weather Space Clim. 1 (2011) A03, give it. Source of the pole: the centred
dipole of IGRF-13 for 2020. Latitudes are taken as those of the dipole, and local time as that from the Sun's meridian:
corrected geomagnetic coordinates differ by up to some degrees. The aurora is put at 110 km.
"""

from __future__ import annotations

from math import acos, degrees, log10

import numpy as np

from cupola.errors import LightError
from cupola.model import Clause, Station
from cupola.sky.almanac import EARTH_EQUATOR_KM
from cupola.sky.below import nadir_up
from cupola.sky.measures import Line, Measure, Sight
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import Array
from cupola.sky.vectors import dot, norm
from cupola.sky.view import StationView, upright

POLE_LAT_DEG, POLE_LON_DEG = 80.65, -72.68
POLE = upright(np.radians(np.array(POLE_LAT_DEG)), np.radians(np.array(POLE_LON_DEG)))
AURORA_KM = 110.0
USUAL_KP = 3.0
AL_OF_KP = (18.0, -12.3, 27.2, -2.0)
STEP_S = 60.0
"""From one edge of the oval to the other and back are minutes; the local time of the track turns slowest at the pole."""

POLEWARD = np.array(
    [
        [-0.07, 24.54, -12.53, 2.15],
        [-10.06, 19.83, -9.33, 1.24],
        [-4.44, 7.47, -3.01, 0.25],
        [-3.77, 7.90, -4.73, 0.91],
        [-6.61, 10.17, -5.80, 1.19],
        [6.37, -1.10, 0.34, -0.38],
        [-4.48, 10.16, -5.87, 0.98],
    ]
)
EQUATORWARD = np.array(
    [
        [3.44, 29.77, -16.38, 3.35],
        [-2.41, 7.89, -4.32, 0.87],
        [-0.74, 3.94, -3.09, 0.72],
        [-2.12, 3.24, -1.67, 0.31],
        [-1.68, -2.48, 1.58, -0.28],
        [8.69, -20.73, 13.03, -2.14],
        [8.61, -5.34, -1.36, 0.76],
    ]
)
"""The poleward edge of the oval, and the equatorward edge of the diffuse aurora, which is what a camera still sees.

Rows: amplitudes of the 0th to 3rd harmonic (degrees), phases of the 1st to 3rd (hours); columns: powers of log10 |AL|.
"""


def oval_colatitude_deg(table: Array, kp: float, local_hours: Array) -> Array:
    """Return how far from the geomagnetic pole an edge of the oval is, at magnetic local times in hours."""
    al = sum(factor * kp**power for power, factor in enumerate(AL_OF_KP))
    size, phase = np.split(table @ log10(abs(al)) ** np.arange(4), [4])
    harmonic = np.arange(1, 4)[:, None]
    waves = np.cos(np.radians(15 * (harmonic * np.ravel(local_hours) + phase[:, None])))
    edge = size[0] + size[1:] @ waves
    found: Array = np.maximum(edge, 0.0).reshape(np.shape(local_hours))
    return found


def magnetic(t: Array, view: StationView) -> tuple[Array, Array]:
    """Return the distance of the point below from the nearer geomagnetic pole (degrees), and its magnetic local time."""
    up = nadir_up(t, view)
    sine = dot(up, POLE)
    sun = view.ephemeris.almanac.sun_fixed_km(t)
    east = np.cross(POLE, sun)
    noon = np.cross(east, POLE)
    from_noon = np.arctan2(dot(up, east) / norm(east), dot(up, noon) / norm(noon))
    return np.degrees(np.arccos(np.clip(np.abs(sine), 0.0, 1.0))), (np.degrees(from_noon) / 15 + 12) % 24


def horizon_reach_deg(t: Array, view: StationView) -> Array:
    """Return how far round the Earth an aurora may be from the point below and still be seen over the limb, in degrees."""
    height = norm(view.ephemeris.position_km(t))
    dip = np.degrees(np.arccos(np.minimum(EARTH_EQUATOR_KM / height, 1.0)))
    return dip + degrees(acos(EARTH_EQUATOR_KM / (EARTH_EQUATOR_KM + AURORA_KM)))


def kp_of(clause: Clause) -> float:
    """Return the Kp that a clause names, 3 where it names none; raises LightError for what is no Kp."""
    words = clause.argument.casefold().removeprefix("kp").strip()
    try:
        kp = float(words) if words else USUAL_KP
    except ValueError:
        kp = -1.0
    if not 0 <= kp <= 9:
        remedy = "3 is a usual night, 5 a storm, 7 a great one: write aurora below kp 5."
        raise LightError("Kp is a number from 0 to 9", value=clause.argument, remedy=remedy)
    return kp


def aurora_below(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the point below inside the oval."""
    kp = kp_of(clause)

    def beyond_poleward(t: Array, view: StationView) -> Array:
        colatitude, hours = magnetic(t, view)
        return colatitude - oval_colatitude_deg(POLEWARD, kp, hours)

    def inside_equatorward(t: Array, view: StationView) -> Array:
        colatitude, hours = magnetic(t, view)
        return oval_colatitude_deg(EQUATORWARD, kp, hours) - colatitude

    measures = tuple(Measure(margin=margin, step_s=STEP_S, unit="deg") for margin in (beyond_poleward, inside_equatorward))
    return Sight(measures=measures, view=StationView.of(station, ephemeris))


def aurora_in_view(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of some of the oval over the limb, along the magnetic meridian."""
    kp = kp_of(clause)

    def within_reach(t: Array, view: StationView) -> Array:
        colatitude, hours = magnetic(t, view)
        return oval_colatitude_deg(EQUATORWARD, kp, hours) + horizon_reach_deg(t, view) - colatitude

    def not_past_the_pole(t: Array, view: StationView) -> Array:
        colatitude, hours = magnetic(t, view)
        return colatitude + horizon_reach_deg(t, view) - oval_colatitude_deg(POLEWARD, kp, hours)

    measures = tuple(Measure(margin=margin, step_s=STEP_S, unit="deg") for margin in (within_reach, not_past_the_pole))
    return Sight(measures=measures, view=StationView.of(station, ephemeris))


LINES: dict[str, Line] = {"aurora below": aurora_below, "aurora in view": aurora_in_view}
