"""Land or sea below, from a mask of the whole Earth with cells of 1/120° (0.9 km), if it is installed (extra `land`).

The mask (package global-land-mask, after GLOBE elevations) counts most lakes as land. It is read in bands of one bit a cell,
116 MB in all, so that a gigabyte is never in memory. The track is looked at every second, 7.2 km: a spell of a second or longer
is found, a smaller island may be stepped over.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cupola.errors import LightError
from cupola.model import Clause, Station
from cupola.sky.find import Rows, find_spells
from cupola.sky.intervals import Intervals, as_intervals
from cupola.sky.measures import Line
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import DAY_S, Array
from cupola.sky.view import StationView

STEP_S = 1.0
CELLS_A_DEGREE = 120
ROWS, COLUMNS = 180 * CELLS_A_DEGREE, 360 * CELLS_A_DEGREE
BAND_ROWS = 60
MASK = "globe_combined_mask_compressed.npz"

Bits = npt.NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LandMask:
    """Sea cells as bits, rows from the north pole, columns from the date line eastward."""

    sea: Bits

    def is_sea(self, lat_deg: Array, lon_deg: Array) -> npt.NDArray[np.bool_]:
        """Say of each point whether there is sea; longitudes of any turn."""
        row = np.clip(((90.0 - lat_deg) * CELLS_A_DEGREE).astype(np.int64), 0, ROWS - 1)
        column = np.clip((np.mod(lon_deg + 180.0, 360.0) * CELLS_A_DEGREE).astype(np.int64), 0, COLUMNS - 1)
        bit: npt.NDArray[np.bool_] = (self.sea[row, column >> 3] >> (7 - (column & 7)) & 1).astype(bool)
        return bit


@cache
def land_mask() -> LandMask:
    """Return the mask; raises LightError where the package is not installed."""
    spec = find_spec("global_land_mask")
    if spec is None or spec.origin is None:
        raise LightError(
            "land or sea below needs a map of the land",
            value="global-land-mask is not installed",
            remedy="Install the extra: pip install 'cupola[land]'.",
        )
    sea = np.empty((ROWS, COLUMNS // 8), dtype=np.uint8)
    with zipfile.ZipFile(Path(spec.origin).with_name(MASK)) as archive, archive.open("mask.npy") as cells:
        np.lib.format.read_magic(cells)
        np.lib.format.read_array_header_1_0(cells)
        for first in range(0, ROWS, BAND_ROWS):
            band = np.frombuffer(cells.read(BAND_ROWS * COLUMNS), dtype=np.uint8)
            sea[first : first + BAND_ROWS] = np.packbits(band.reshape(BAND_ROWS, COLUMNS), axis=1)
    return LandMask(sea=sea)


def sea_sign(t: Array, view: StationView) -> Array:
    """Return 1 where the point below is sea, -1 where it is land."""
    latitude, longitude, _ = view.ephemeris.subpoint(t)
    return np.where(land_mask().is_sea(latitude, longitude), 1.0, -1.0)


def sea_below(_clause: Clause, station: Station, ephemeris: Ephemeris) -> Intervals:
    """Return when the point below is sea."""
    return _sampled(StationView.of(station, ephemeris), 1.0)


def land_below(_clause: Clause, station: Station, ephemeris: Ephemeris) -> Intervals:
    """Return when the point below is land, lakes included."""
    return _sampled(StationView.of(station, ephemeris), -1.0)


def _sampled(view: StationView, sign: float) -> Intervals:
    """Return when a mask shows one of its two sides, day by day so that memory stays small."""
    length = view.ephemeris.span.length_s
    parts = []
    for first in np.arange(0.0, length, DAY_S):
        margin = partial(_sign_after, view=view, sign=sign, from_s=float(first))
        parts.append(first + find_spells(margin, span_s=min(DAY_S, length - first), step_s=STEP_S)[0])
    return as_intervals(np.concatenate(parts)) if parts else np.empty((0, 2))


def _sign_after(t: Array, _row: Rows, *, view: StationView, sign: float, from_s: float) -> Array:
    return sign * sea_sign(t + from_s, view)


LINES: dict[str, Line] = {"sea below": sea_below, "land below": land_below}
