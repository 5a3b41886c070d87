"""Bright stars and the heart of the Milky Way: where each stands in the sky of a date.

Places and motions of the stars: the Hipparcos catalogue (ESA SP-1200, 1997), ICRS at its epoch 1991.25, to 1". The galactic
centre is Sagittarius A* (M. J. Reid and A. Brunthaler, ApJ 616 (2004) 872).
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from math import cos, radians, sin

import numpy as np

from cupola.errors import LightError
from cupola.sky.almanac import LIGHT_KM_S, Almanac, of_date, tt_of
from cupola.sky.bodies import Bodies
from cupola.sky.timescale import DAY_S, Array, Span

J2000_JD = 2451545.0
JULIAN_YEAR_DAYS = 365.25
MAS_PER_DEG = 3.6e6


@dataclass(frozen=True, kw_only=True, slots=True)
class Star:
    """A fixed star: ICRS right ascension and declination in degrees at an epoch, its own motion in milliarcseconds a year.

    The motion in right ascension is that along the sky (times the cosine of the declination).
    """

    name: str
    ra_deg: float
    dec_deg: float
    motion_ra: float
    motion_dec: float
    magnitude: float
    epoch_year: float = 1991.25


_TABLE = """
Sirius          06 45 09.3  -16 42 47   -546.0 -1223.1 -1.44
Canopus         06 23 57.1  -52 41 45     20.0    23.7 -0.62
Arcturus        14 15 40.3   19 11 14  -1093.5 -1999.4 -0.05
Rigil_Kentaurus 14 39 40.9  -60 50 07  -3678.2   481.8 -0.01
Vega            18 36 56.2   38 46 59    201.0   287.5  0.03
Capella         05 16 41.3   45 59 57     75.5  -427.1  0.08
Rigel           05 14 32.3  -08 12 06      1.9    -0.6  0.18
Procyon         07 39 18.5   05 13 39   -716.6 -1034.6  0.40
Betelgeuse      05 55 10.3   07 24 25     27.3    10.9  0.45
Achernar        01 37 42.8  -57 14 12     88.0   -40.1  0.45
Hadar           14 03 49.4  -60 22 23    -34.0   -25.1  0.61
Altair          19 50 46.7   08 52 03    536.8   385.5  0.76
Acrux           12 26 35.9  -63 05 57    -35.4   -14.7  0.77
Aldebaran       04 35 55.2   16 30 35     62.8  -189.4  0.87
Spica           13 25 11.6  -11 09 40    -42.5   -31.7  0.98
Antares         16 29 24.5  -26 25 55    -10.2   -23.2  1.06
Pollux          07 45 19.4   28 01 35   -625.7   -46.0  1.16
Fomalhaut       22 57 38.8  -29 37 19    329.2  -164.2  1.17
Deneb           20 41 25.9   45 16 49      1.6     1.6  1.25
Mimosa          12 47 43.3  -59 41 19    -48.2   -12.8  1.25
Regulus         10 08 22.5   11 58 02   -249.4     4.9  1.36
Adhara          06 58 37.6  -28 58 20      2.6     2.3  1.50
Castor          07 34 36.0   31 53 19   -206.3  -148.2  1.58
Gacrux          12 31 09.9  -57 06 45     27.9  -264.3  1.59
Shaula          17 33 36.5  -37 06 13     -8.9   -30.0  1.62
Bellatrix       05 25 07.9   06 20 59     -8.8   -13.3  1.64
Alnilam         05 36 12.8  -01 12 07      1.5    -1.1  1.69
Alnair          22 08 13.9  -46 57 38    127.6  -147.9  1.73
Alioth          12 54 01.6   55 57 35    111.7    -9.0  1.76
Dubhe           11 03 43.8   61 45 04   -136.5   -35.3  1.81
Polaris         02 31 47.1   89 15 51     44.2   -11.7  1.97
Alcyone         03 47 29.1   24 06 19     19.4   -43.1  2.85
"""


def _star(row: str) -> Star:
    name, h, m, s, degrees, minutes, seconds, motion_ra, motion_dec, magnitude = row.split()
    size = abs(int(degrees)) + int(minutes) / 60 + float(seconds) / 3600
    return Star(
        name=name.replace("_", " "),
        ra_deg=15 * (int(h) + int(m) / 60 + float(s) / 3600),
        dec_deg=-size if degrees.startswith("-") else size,
        motion_ra=float(motion_ra),
        motion_dec=float(motion_dec),
        magnitude=float(magnitude),
    )


STARS: dict[str, Star] = {star.name.casefold(): star for star in map(_star, _TABLE.strip().splitlines())}
"""The stars that can be named, by their names in lower case; Alcyone stands for the Pleiades, Alnilam for Orion's belt."""

GALACTIC_CENTRE = Star(
    name="galactic centre",
    ra_deg=15 * (17 + 45 / 60 + 40.0409 / 3600),
    dec_deg=-(29 + 28.118 / 3600),
    motion_ra=-3.151,
    motion_dec=-5.547,
    magnitude=0.0,
    epoch_year=2000.0,
)


def star_named(name: str) -> Star:
    """Return the star of a name, whatever its case; raises LightError with the nearest name for one that is not known."""
    star = STARS.get(" ".join(name.casefold().split()))
    if star:
        return star
    near = get_close_matches(name.casefold(), STARS, n=1, cutoff=0.6)
    hint = f"Did you mean {STARS[near[0]].name}? " if near else ""
    known = ", ".join(star.name for star in STARS.values())
    raise LightError("a star is one that Cupola knows by name", value=name, remedy=f"{hint}Known: {known}.")


def star_direction(t: Array, almanac: Almanac, star: Star) -> Array:
    """Return the unit vector to a star as it is seen from the Earth, TEME; 1" at best, for its table is no finer."""
    at, nodes = _nodes(almanac.span, almanac.bodies, star)
    return np.stack([np.interp(t, at, nodes[:, axis]) for axis in range(3)], axis=-1)


def icrs_direction(star: Star, year: Array) -> Array:
    """Return the unit vectors to a star at Julian years such as 2027.5, its own motion added."""
    ra, dec = radians(star.ra_deg), radians(star.dec_deg)
    home = np.array([cos(dec) * cos(ra), cos(dec) * sin(ra), sin(dec)])
    east, north = np.array([-sin(ra), cos(ra), 0.0]), np.array([-sin(dec) * cos(ra), -sin(dec) * sin(ra), cos(dec)])
    yearly = radians(star.motion_ra / MAS_PER_DEG) * east + radians(star.motion_dec / MAS_PER_DEG) * north
    moved = home + (year - star.epoch_year)[..., None] * yearly
    unit: Array = moved / np.linalg.norm(moved, axis=-1, keepdims=True)
    return unit


@lru_cache(maxsize=64)
def _nodes(span: Span, bodies: Bodies, star: Star) -> tuple[Array, Array]:
    """Return daily instants and the star's apparent direction at each: its motion, aberration, precession-nutation."""
    t = DAY_S * np.arange(-2.0, np.ceil(span.length_s / DAY_S) + 3)
    tt1, tt2 = tt_of(span, t)
    _, earth_speed = bodies.sun_km(tt1, tt2)
    seen = icrs_direction(star, 2000.0 + (tt1 - J2000_JD + tt2) / JULIAN_YEAR_DAYS) + earth_speed / LIGHT_KM_S
    return t, of_date(tt1, tt2, seen / np.linalg.norm(seen, axis=-1, keepdims=True))
