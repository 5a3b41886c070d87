"""Sun and Moon from JPL's DE421, for a production that asks for them: the extra `arcsecond` brings the file and its reader.

Source: W. M. Folkner, J. G. Williams, D. H. Boggs, The planetary and lunar ephemeris DE 421, IPN Progress Report 42-178
(2009). It covers 29 July 1899 to 9 October 2053.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cupola.errors import LightError
from cupola.sky.timescale import DAY_S, Array

BARYCENTER, EARTH_MOON, SUN, MOON, EARTH = 0, 3, 10, 301, 399
PACKAGES = ("jplephem", "skyfield_data")


class Jpl:
    """The bodies of one JPL file; TDB is taken as TT, which is 2 ms off at most."""

    name = "jpl"

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel

    def sun_km(self, tt1: float, tt2: Array) -> tuple[Array, Array]:
        """Return the Sun, and the Earth's velocity about the solar system's centre; raises LightError outside the file."""
        sun, _ = self._state(BARYCENTER, SUN, tt1, tt2)
        pair, pair_speed = self._state(BARYCENTER, EARTH_MOON, tt1, tt2)
        earth, earth_speed = self._state(EARTH_MOON, EARTH, tt1, tt2)
        return sun - pair - earth, pair_speed + earth_speed

    def moon_km(self, tt1: float, tt2: Array) -> tuple[Array, Array]:
        """Return the Moon and its velocity about the Earth; raises LightError outside the file."""
        moon, moon_speed = self._state(EARTH_MOON, MOON, tt1, tt2)
        earth, earth_speed = self._state(EARTH_MOON, EARTH, tt1, tt2)
        return moon - earth, moon_speed - earth_speed

    def _state(self, centre: int, target: int, tt1: float, tt2: Array) -> tuple[Array, Array]:
        """Return one body about another, in km and km/s, shape (n, 3)."""
        from jplephem.exceptions import OutOfRangeError  # type: ignore[import-untyped]

        try:
            place, speed = self._kernel[centre, target].compute_and_differentiate(tt1, tt2)
        except OutOfRangeError:
            raise LightError(
                "JPL's DE421 knows Sun and Moon from 1899 to 2053",
                value=f"Julian date {tt1 + float(tt2[0]):.1f}",
                remedy='Leave out bodies = "jpl": the built-in formulas hold for other years.',
            ) from None
        return place.T, speed.T / DAY_S


@cache
def jpl_bodies() -> Jpl:
    """Return the bodies of the installed DE421; raises LightError where the extra `arcsecond` is not installed."""
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise LightError(
            'bodies = "jpl" needs the extra `arcsecond`',
            value=f"not installed: {', '.join(name.replace('_', '-') for name in missing)}",
            remedy='Install it with: pip install "cupola[arcsecond]"; or leave bodies out for the built-in formulas.',
        )
    from jplephem.spk import SPK  # type: ignore[import-untyped]

    return Jpl(SPK.open(_data_folder() / "de421.bsp"))


def _data_folder() -> Path:
    """Return the folder of the data package, found without importing it: its import warns of tables not used here."""
    spec = find_spec("skyfield_data")
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places or ("",)))) / "data"
