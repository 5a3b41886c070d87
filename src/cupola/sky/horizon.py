"""The horizon that a place really has: mountains and roofs round the compass, and how far the air lifts light over them.

A profile is what a compass and a clinometer show: pairs of azimuth and altitude as seen. The almanacs' level horizon
lets the Sun's edge through while its centre is 0.833° below, 34' for the air and 16' for the disc; over a ridge the same
holds with the smaller lift of the air at that height.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite

import numpy as np

from cupola.errors import LightError
from cupola.sky.timescale import Array

REFRACTION_DEG = 34 / 60
"""The almanacs' lift of the air at a level horizon."""
DIP_DEG = 1.76 / 60
"""The sea's horizon from a height of 1 m, air included; it grows as the root of the height (The Nautical Almanac)."""
LOWEST_DEG = -2.0
COLUMNS = ("azimuth_deg", "altitude_deg")
FEWEST = 2

Profile = tuple[tuple[float, float], ...]
"""Pairs of azimuth and altitude in degrees, in order of azimuth, straight between; the last runs on to the first."""


def refraction_deg(seen_deg: Array) -> Array:
    """Return how far the air lifts what is seen at an altitude, degrees: 0.567 at 0, 0.09 at 10.

    Source: G. G. Bennett, Journal of Navigation 35 (1982) 255, scaled by 1.4 % to the almanacs' 34' at the horizon.
    """
    lift = _bennett(np.maximum(seen_deg, LOWEST_DEG))
    scaled: Array = lift * (REFRACTION_DEG / _bennett(np.array(0.0)))
    return scaled


def _bennett(seen_deg: Array) -> Array:
    lift: Array = 1 / np.tan(np.radians(seen_deg + 7.31 / (seen_deg + 4.4))) / 60
    return lift


def dip_deg(overlook_m: float) -> float:
    """Return by how much the horizon of sea or plain lies below level, seen from so many metres above it."""
    return DIP_DEG * float(np.sqrt(max(overlook_m, 0.0)))


def thresholds(profile: Profile, overlook_m: float = 0.0) -> tuple[Array, Array]:
    """Return azimuths (0 to 360, ends included) and the true altitude of a point that just shows there, in degrees.

    Without a profile the horizon is level, or dips as it does from `overlook_m` metres above the sea or plain round about.
    """
    if not profile:
        profile = ((0.0, -dip_deg(overlook_m)),)
    azimuth, seen = np.array(sorted(profile)).T
    low = seen - refraction_deg(seen)
    at = np.concatenate(([azimuth[-1] - 360.0], azimuth, [azimuth[0] + 360.0]))
    ring = np.concatenate(([low[-1]], low, [low[0]]))
    start = np.interp(0.0, at, ring)
    inside = (azimuth > 0) & (azimuth < 360)
    return np.concatenate(([0.0], azimuth[inside], [360.0])), np.concatenate(([start], low[inside], [start]))


def corner_deg(profile: Profile) -> float:
    """Return the least way in azimuth from one corner of a profile to the next, in degrees; 360 without one."""
    azimuth = np.unique([point[0] % 360 for point in profile])
    if len(azimuth) < FEWEST:
        return 360.0
    return float(np.diff(np.append(azimuth, azimuth[0] + 360.0)).min())


def as_profile(pairs: Iterable[Sequence[float]]) -> Profile:
    """Return pairs of azimuth and altitude in order; raises LightError for one that is no direction, or stands twice.

    >>> as_profile([(200, 4), (90, 12.5)])
    ((90.0, 12.5), (200.0, 4.0))
    """
    found: dict[float, float] = {}
    for azimuth, altitude in pairs:
        if not (isfinite(azimuth) and isfinite(altitude) and 0 <= azimuth <= 360 and -5 <= altitude < 90):
            rule = "a point of a horizon is an azimuth from 0 to 360 and an altitude from -5 to 90, in degrees"
            raise LightError(rule, value=f"{azimuth:g}, {altitude:g}", remedy="Measure it with a compass and a clinometer.")
        if found.setdefault(azimuth % 360, altitude) != altitude:
            rule = "a horizon has one altitude at each azimuth"
            remedy = "For a wall, write two azimuths a tenth of a degree apart."
            raise LightError(rule, value=f"{azimuth:g}°: {found[azimuth % 360]:g} and {altitude:g}", remedy=remedy)
    return tuple((float(azimuth), float(found[azimuth])) for azimuth in sorted(found))


def parse_horizon(text: str, *, file: str = "") -> Profile:
    """Read a horizon from CSV: a line `azimuth_deg,altitude_deg`, then a pair of numbers a line; `#` begins a remark.

    Raises LightError with the line of the first pair that cannot be read, and where there is none.
    """
    rows = [(number, line.split(",")) for number, line in enumerate(text.splitlines(), 1) if _counts(line)]
    pairs: list[tuple[float, float]] = []
    for number, row in rows:
        if tuple(cell.strip() for cell in row) == COLUMNS:
            continue
        pairs.append(_pair(row, file, number))
        _checked(pairs[-1:], file, number)
    if not pairs:
        rule, remedy = (
            "a horizon has at least one point",
            "Write azimuth_deg,altitude_deg, and below it a pair a line: 120,8.5.",
        )
        raise LightError(rule, remedy=remedy, file=file, line=1)
    return _checked(pairs, file, rows[-1][0])


def _checked(pairs: list[tuple[float, float]], file: str, line: int) -> Profile:
    try:
        return as_profile(pairs)
    except LightError as error:
        raise LightError(error.rule, value=error.value, remedy=error.remedy, file=file, line=line) from None


def _pair(row: list[str], file: str, line: int) -> tuple[float, float]:
    try:
        azimuth, altitude = map(float, row)
    except ValueError:
        rule = "a line of a horizon is an azimuth and an altitude"
        raise LightError(rule, value=",".join(row)[:80], remedy="Write 120,8.5.", file=file, line=line) from None
    return azimuth, altitude


def _counts(line: str) -> bool:
    """Whether a line of CSV says something: neither empty nor a remark."""
    return bool(line.strip(" ,\t")) and not line.lstrip().startswith("#")
