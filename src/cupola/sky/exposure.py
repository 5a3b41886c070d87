"""What a light meter is likely to read: a first guess at exposure, for whoever packs filters; all of it estimates.

Exposure values are for ISO 100: EV = log2(E / 2.5) for a surface that E lux fall on (incident light, constant 250 of
ISO 2720). Sunlight outside the air is 133 000 lx (IES Lighting Handbook). What reaches the ground below is less by the
air, 0.8 of it with the Sun overhead (ASHRAE's clear sky has about that), and falls with the sine of the Sun's altitude.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2, radians, sin

SUN_LUX = 133_000.0
AIR_PASSES = 0.8
CABIN_LUX = 200.0
"""Lamps of a module: 110 lx is the least that NASA asks for (SSP 50005), panels brought for a film give more."""
CITIES_EV, MOONLIT_EV, DARK_EV = 0.0, -3.0, -6.0
"""City lights, clouds under a full Moon (0.25 lx), and airglow, as crews expose them."""
SUNSET_LUX, TWILIGHT_EV_DEG = 400.0, 1.15
"""Under a clear sky: 400 lx with the Sun on the horizon, 3.4 lx with it 6° below (Seidelmann, Explanatory Supplement)."""
INCIDENT = 2.5
LOWEST_SUN_DEG = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Exposure:
    """A surface and the exposure value (ISO 100) that does it justice, an estimate."""

    what: str
    ev100: float


def ev_of_lux(lux: float) -> float:
    """Return the exposure value at ISO 100 of a surface on which so many lux fall.

    >>> round(ev_of_lux(133_000), 1)
    15.7
    """
    return log2(lux / INCIDENT)


def exposures(*, sunlit: bool, sun_below_deg: float, moon_lit_percent: float) -> tuple[Exposure, ...]:
    """Return what there is to expose for aboard: what the Sun strikes outside, the Earth below, and the cabin.

    `sun_below_deg` is the Sun's altitude at the point below, `moon_lit_percent` the lit share of the Moon.
    """
    found = [Exposure(what="sunlit structure outside", ev100=ev_of_lux(SUN_LUX))] if sunlit else []
    if sun_below_deg > 0:
        lux = SUN_LUX * AIR_PASSES * sin(radians(max(sun_below_deg, LOWEST_SUN_DEG)))
        found.append(Exposure(what="Earth below in sunlight", ev100=ev_of_lux(lux)))
    elif sun_below_deg > -6:
        found.append(Exposure(what="Earth below in twilight", ev100=ev_of_lux(SUNSET_LUX) + sun_below_deg * TWILIGHT_EV_DEG))
    else:
        moonlit = Exposure(what="clouds below by moonlight", ev100=MOONLIT_EV + log2(max(moon_lit_percent, 1.0) / 100))
        dark = Exposure(what="airglow over the dark limb", ev100=DARK_EV)
        found += [Exposure(what="city lights below", ev100=CITIES_EV), moonlit if moon_lit_percent > 30 else dark]
    return (*found, Exposure(what="cabin by its lamps", ev100=ev_of_lux(CABIN_LUX)))
