"""Where Sun and Moon stand, as an authority says: the formulas of ERFA, which need no file, or JPL's numbers if asked for.

Vectors are kilometres from the Earth's centre along the axes of the ICRS, shape (n, 3); instants are Julian dates of
TT in two parts. An almanac takes either as its `bodies`.
"""

from __future__ import annotations

from typing import Protocol

import erfa
import numpy as np

from cupola.sky.timescale import DAY_S, Array

AU_KM = 149597870.7


class Bodies(Protocol):
    """What an almanac asks of an ephemeris: the Sun with the Earth's own speed, and the Moon with its speed."""

    @property
    def name(self) -> str:
        """What it is called in production.toml."""
        ...

    def sun_km(self, tt1: float, tt2: Array) -> tuple[Array, Array]:
        """Return the Sun (km), and the Earth's velocity about the solar system's centre (km/s)."""
        ...

    def moon_km(self, tt1: float, tt2: Array) -> tuple[Array, Array]:
        """Return the Moon (km) and its velocity about the Earth (km/s)."""
        ...

    def __hash__(self) -> int: ...


class Formulas:
    """ERFA's Earth (epv00, a few milliarcseconds of the Sun) and Moon (moon98 after Meeus, up to 20 arcseconds)."""

    name = "erfa"

    def sun_km(self, tt1: float, tt2: Array) -> tuple[Array, Array]:
        """Return the Sun, and the Earth's velocity about the solar system's centre."""
        heliocentric, barycentric = erfa.epv00(tt1, tt2)
        return -AU_KM * heliocentric["p"], (AU_KM / DAY_S) * barycentric["v"]

    def moon_km(self, tt1: float, tt2: Array) -> tuple[Array, Array]:
        """Return the Moon and its velocity about the Earth."""
        moon = np.atleast_1d(erfa.moon98(tt1, tt2))
        return AU_KM * moon["p"], (AU_KM / DAY_S) * moon["v"]


ERFA = Formulas()


def bodies_of(name: str) -> Bodies:
    """Return the ephemeris of a name of production.toml, `erfa` or `jpl`; raises LightError where JPL's is not installed."""
    if name == "jpl":
        from cupola.sky.jpl import jpl_bodies

        return jpl_bodies()
    return ERFA
