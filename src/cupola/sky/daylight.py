"""The Sun over a place as margins of time: how high, from where, over which horizon, on which wall.

`SUNLIGHT` is the part of the table of lights on the ground that looks at the Sun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf, radians, sin

import numpy as np

from cupola.errors import LightError
from cupola.model import Clause, Place
from cupola.sky.almanac import Almanac
from cupola.sky.conditions import dot, norm
from cupola.sky.ground import (
    HORIZON_DEG,
    STEP_S,
    GroundView,
    Ray,
    azimuth_bounds,
    off_wedges,
    sun_altitude_deg,
    sun_clears_deg,
    sun_ray,
    sun_shows_deg,
    sun_sine,
    wedge,
)
from cupola.sky.measures import Line, Measure, Sight, between
from cupola.sky.timescale import DAY_S, Array

CLIMB_S = 30.0
SEASON_STEP_S = DAY_S / 4
WINDS = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")

Margin = Callable[[Array, GroundView], Array]


def sun_above(level_deg: float) -> Margin:
    """Return the function that is positive while the Sun is above an altitude."""
    return lambda t, view: sun_sine(t, view) - sin(radians(level_deg))


def sun_below(level_deg: float) -> Margin:
    """Return the function that is positive while the Sun is below an altitude."""
    return lambda t, view: sin(radians(level_deg)) - sun_sine(t, view)


def sun_climbs(t: Array, view: GroundView) -> Array:
    """Return how much the sine of the Sun's altitude grows in a minute."""
    return sun_sine(t + CLIMB_S, view) - sun_sine(t - CLIMB_S, view)


def sun_sinks(t: Array, view: GroundView) -> Array:
    """Return how much the sine of the Sun's altitude falls in a minute."""
    return -sun_climbs(t, view)


def sun_east(t: Array, view: GroundView) -> Array:
    """Return how many km the Sun is east of the meridian: noon is where this turns negative."""
    return dot(sun_ray(t, view), view.east)


def midnight_sun_deg(t: Array, view: GroundView) -> Array:
    """Return how far the Sun's upper edge is above a level horizon at the lowest of its daily round, in degrees."""
    return np.abs(view.lat_deg + _declination_deg(t, view)) - 90.0 - HORIZON_DEG


def noon_dark_deg(t: Array, view: GroundView) -> Array:
    """Return how far the Sun's upper edge is below a level horizon at the highest of its daily round, in degrees."""
    return np.abs(view.lat_deg - _declination_deg(t, view)) - 90.0 + HORIZON_DEG


def _declination_deg(t: Array, view: GroundView) -> Array:
    sun = view.almanac.sun_km(t)
    return np.degrees(np.arcsin(sun[..., 2] / norm(sun)))


def on_wall_deg(facing_deg: float) -> Margin:
    """Return the angle between the Sun's rays and the normal of an upright wall that faces an azimuth, in degrees."""
    sin_f, cos_f = sin(radians(facing_deg)), sin(radians(90 - facing_deg))

    def angle(t: Array, view: GroundView) -> Array:
        ray = sun_ray(t, view)
        along = (dot(ray, view.east) * sin_f + dot(ray, view.north) * cos_f) / norm(ray)
        return np.degrees(np.arccos(np.clip(along, -1.0, 1.0)))

    return angle


def direction_deg(clause: Clause, place: Place) -> float:
    """Return the azimuth that a clause names: a direction of the place, a point of the compass, or degrees.

    Raises LightError for another word.
    """
    word = " ".join(clause.argument.split())
    for name, azimuth in place.directions:
        if name.casefold() == word.casefold():
            return azimuth
    if word.upper() in WINDS:
        return 22.5 * WINDS.index(word.upper())
    try:
        azimuth = float(word.removesuffix("°"))
    except ValueError:
        azimuth = inf
    if abs(azimuth) <= 360.0:
        return azimuth
    named = ", ".join(name for name, _ in place.directions)
    raise LightError(
        f"“{clause.condition}” needs a direction of {place.name}",
        value=clause.argument,
        remedy=f"Write {f'one of its own ({named}), ' if named else ''}a point of the compass such as SW, or degrees such as "
        '"135°"; name one with directions = { "High Street" = 135 }.',
    )


def ground_measures(
    margins: Iterable[Margin], *, step_s: float = STEP_S, unit: str = "sine"
) -> tuple[Measure[GroundView], ...]:
    """Return margins as measures with one step and one unit."""
    return tuple(Measure(margin=margin, step_s=step_s, unit=unit) for margin in margins)


def shows(margin: Margin, view: GroundView) -> tuple[Measure[GroundView], ...]:
    """Return a margin over the place's own horizon as a measure: as fine a step as its corners need."""
    return ground_measures((margin,), step_s=view.low_step_s, unit="deg")


def bounded(value: Margin, clause: Clause) -> tuple[Measure[GroundView], ...]:
    """Return the measures of a value in degrees between the bounds of a clause."""
    return between(value, clause, step_s=STEP_S, unit="deg")


def _shown(*margins: Margin) -> Callable[[Clause, Place, Almanac], Sight]:
    def line(_clause: Clause, place: Place, almanac: Almanac) -> Sight:
        view = GroundView.of(place, almanac)
        return Sight(measures=tuple(measure for margin in margins for measure in shows(margin, view)), view=view)

    return line


def sun_altitude(clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek the Sun's altitude between bounds."""
    return Sight(measures=bounded(sun_altitude_deg, clause), view=GroundView.of(place, almanac))


def sun_azimuth(clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek the Sun's azimuth between bounds, clockwise from the first, with the Sun over the place's horizon."""
    view = GroundView.of(place, almanac)
    sides = ground_measures(wedge(sun_ray, *azimuth_bounds(*clause.bounds)))
    return Sight(measures=(*sides, *shows(sun_shows_deg, view)), view=view)


def sun_along(clause: Clause, place: Place, almanac: Almanac) -> list[Sight]:
    """Seek the Sun over either end of a street, within so many degrees of azimuth."""
    street = direction_deg(clause, place)
    return _off(sun_ray, (street, street + 180.0), clause, GroundView.of(place, almanac))


def sun_ahead(clause: Clause, place: Place, almanac: Almanac) -> list[Sight]:
    """Seek the Sun so many degrees of azimuth off where the camera looks."""
    return _off(sun_ray, (direction_deg(clause, place),), clause, GroundView.of(place, almanac))


def sun_behind(clause: Clause, place: Place, almanac: Almanac) -> list[Sight]:
    """Seek the Sun so many degrees of azimuth off what lies behind the camera."""
    return _off(sun_ray, (direction_deg(clause, place) + 180.0,), clause, GroundView.of(place, almanac))


def _off(ray: Ray, directions: Iterable[float], clause: Clause, view: GroundView) -> list[Sight]:
    over = shows(sun_shows_deg, view)
    wedges = [sides for azimuth in directions for sides in off_wedges(ray, azimuth, *clause.bounds)]
    return [Sight(measures=(*ground_measures(sides), *over), view=view) for sides in wedges]


def sun_on_facade(clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek the Sun on an upright wall: its rays so many degrees from the wall's normal, at most 90."""
    view = GroundView.of(place, almanac)
    angle = on_wall_deg(direction_deg(clause, place))
    lit = ground_measures((lambda t, seen: 90.0 - angle(t, seen),), unit="deg")
    return Sight(measures=(*lit, *bounded(angle, clause), *shows(sun_shows_deg, view)), view=view)


def _band(low_deg: float, high_deg: float) -> dict[str, tuple[Margin, ...]]:
    whole = (sun_above(low_deg), sun_below(high_deg))
    return {"": whole, "morning ": (*whole, sun_climbs), "evening ": (*whole, sun_sinks)}


def _bands(name: str, low_deg: float, high_deg: float) -> dict[str, Line]:
    """Return the lines of a band of altitudes, whole, in the morning and in the evening."""
    return {f"{half}{name}": ground_measures(margins) for half, margins in _band(low_deg, high_deg).items()}


SUNLIGHT: dict[str, Line] = {
    "day": ground_measures((sun_above(HORIZON_DEG),)),
    "night": ground_measures((sun_below(-6),)),
    "nautical night": ground_measures((sun_below(-12),)),
    "astronomical night": ground_measures((sun_below(-18),)),
    "dawn": ground_measures((sun_above(-6), sun_below(6), sun_climbs)),
    "dusk": ground_measures((sun_above(-6), sun_below(6), sun_sinks)),
    **_bands("golden hour", -4, 6),
    **_bands("blue hour", -6, -4),
    **_bands("civil twilight", -6, HORIZON_DEG),
    **_bands("nautical twilight", -12, -6),
    **_bands("astronomical twilight", -18, -12),
    "polar day": ground_measures((midnight_sun_deg,), step_s=SEASON_STEP_S, unit="deg"),
    "polar night": ground_measures((noon_dark_deg,), step_s=SEASON_STEP_S, unit="deg"),
    "direct sun": _shown(sun_shows_deg),
    "sun clear of horizon": _shown(sun_clears_deg),
    "sun altitude": sun_altitude,
    "sun azimuth": sun_azimuth,
    "sun along": sun_along,
    "sun on facade": sun_on_facade,
    "backlight looking": sun_ahead,
    "sidelight looking": sun_ahead,
    "frontlight looking": sun_behind,
}
"""What looks at the Sun, by the names of `cupola.model.conditions_ground`."""
