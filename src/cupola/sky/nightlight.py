"""Moon and stars over a place as margins of time: `NIGHTLIGHT` is their part of the table of lights on the ground."""

from __future__ import annotations

from collections.abc import Callable

from cupola.model import Clause, Place
from cupola.sky.almanac import Almanac
from cupola.sky.daylight import Margin, bounded, direction_deg, ground_measures, shows, sun_below
from cupola.sky.ground import (
    GroundView,
    altitude_deg,
    azimuth_bounds,
    moon_altitude_deg,
    moon_ray,
    moon_shows_deg,
    off_wedges,
    ray_to,
    wedge,
)
from cupola.sky.measures import Line, Measure, Sight, between
from cupola.sky.moon import moon_grows, moon_lit_percent
from cupola.sky.stars import GALACTIC_CENTRE, Star, star_named
from cupola.sky.timescale import DAY_S, Array

CLIMB_S = 30.0
PHASE_STEP_S = DAY_S / 4
MOONRISE_DEG = 3.0
"""A rising Moon is a rising Moon until it is so high."""
DIM_PERCENT = 20.0
"""A Moon lit less than this leaves the Milky Way to be seen."""
STARS_DEG, MILKY_WAY_DEG = -12.0, -18.0


def moon_hides_deg(t: Array, view: GroundView) -> Array:
    """Return how far the Moon's upper edge is below the place's own horizon, in degrees."""
    return -moon_shows_deg(t, view)


def moon_climbs(t: Array, view: GroundView) -> Array:
    """Return how many degrees the Moon climbs in a minute."""
    return moon_altitude_deg(t + CLIMB_S, view) - moon_altitude_deg(t - CLIMB_S, view)


def moon_sinks(t: Array, view: GroundView) -> Array:
    """Return how many degrees the Moon sinks in a minute."""
    return -moon_climbs(t, view)


def moon_lit(t: Array, view: GroundView) -> Array:
    """Return how much of the Moon is lit, in percent."""
    return moon_lit_percent(t, view.almanac)


def moon_waxes(t: Array, view: GroundView) -> Array:
    """Return the sine of the Moon's way ahead of the Sun."""
    return moon_grows(t, view.almanac)


def moon_wanes(t: Array, view: GroundView) -> Array:
    """Return the sine of the Moon's way behind the Sun."""
    return -moon_grows(t, view.almanac)


def moon_dim(t: Array, view: GroundView) -> Array:
    """Return how many percent of its disc the Moon is under what would drown the Milky Way."""
    return DIM_PERCENT - moon_lit(t, view)


def star_altitude_deg(star: Star) -> Margin:
    """Return the function that gives the altitude of a star, in degrees."""
    ray = ray_to(star)
    return lambda t, view: altitude_deg(ray(t, view), view)


def _seen(*margins: Margin, below_deg: float | None = None) -> Callable[[Clause, Place, Almanac], Sight]:
    """Return a line of margins over the place's own horizon, with the Sun below an altitude if one is given."""
    dark = () if below_deg is None else ground_measures((sun_below(below_deg),))

    def line(_clause: Clause, place: Place, almanac: Almanac) -> Sight:
        view = GroundView.of(place, almanac)
        return Sight(measures=(*(measure for margin in margins for measure in shows(margin, view)), *dark), view=view)

    return line


def _low(turn: Margin) -> Callable[[Clause, Place, Almanac], Sight]:
    """Return the line of a Moon that rises, or sets: its edge out, less than 3° high above the level, and on its way."""

    def line(_clause: Clause, place: Place, almanac: Almanac) -> Sight:
        view = GroundView.of(place, almanac)
        low = ground_measures((lambda t, seen: MOONRISE_DEG - moon_shows_deg(t, seen),), step_s=view.low_step_s, unit="deg")
        return Sight(measures=(*shows(moon_shows_deg, view), *low, *ground_measures((turn,), unit="deg/min")), view=view)

    return line


def moon_altitude(clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek the Moon's altitude between bounds."""
    return Sight(measures=bounded(moon_altitude_deg, clause), view=GroundView.of(place, almanac))


def moon_azimuth(clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek the Moon's azimuth between bounds, clockwise from the first, with the Moon over the place's horizon."""
    view = GroundView.of(place, almanac)
    sides = ground_measures(wedge(moon_ray, *azimuth_bounds(*clause.bounds)))
    return Sight(measures=(*sides, *shows(moon_shows_deg, view)), view=view)


def moon_toward(clause: Clause, place: Place, almanac: Almanac) -> list[Sight]:
    """Seek the Moon so many degrees of azimuth off a direction, over the place's horizon."""
    view = GroundView.of(place, almanac)
    over = shows(moon_shows_deg, view)
    wedges = off_wedges(moon_ray, direction_deg(clause, place), *clause.bounds)
    return [Sight(measures=(*ground_measures(sides), *over), view=view) for sides in wedges]


def moon_phase(clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek the lit part of the Moon's disc between bounds, in percent."""
    measures = between(moon_lit, clause, step_s=PHASE_STEP_S, unit="%")
    return Sight(measures=measures, view=GroundView.of(place, almanac))


def star_up(clause: Clause, place: Place, almanac: Almanac) -> Sight:
    """Seek a star's altitude between bounds in the dark (Sun below -12°)."""
    value = star_altitude_deg(star_named(clause.argument))
    measures: tuple[Measure[GroundView], ...] = (*bounded(value, clause), *ground_measures((sun_below(STARS_DEG),)))
    return Sight(measures=measures, view=GroundView.of(place, almanac))


def milky_way(clause: Clause, place: Place, almanac: Almanac) -> list[Sight]:
    """Seek the galactic centre's altitude between bounds in full night, the Moon below the horizon or a thin crescent."""
    view = GroundView.of(place, almanac)
    core = (*bounded(star_altitude_deg(GALACTIC_CENTRE), clause), *ground_measures((sun_below(MILKY_WAY_DEG),)))
    dim = ground_measures((moon_dim,), step_s=PHASE_STEP_S, unit="%")
    return [Sight(measures=(*core, *moon), view=view) for moon in (shows(moon_hides_deg, view), dim)]


NIGHTLIGHT: dict[str, Line] = {
    "moon up": _seen(moon_shows_deg),
    "moon down": _seen(moon_hides_deg),
    "moonlit night": _seen(moon_shows_deg, below_deg=STARS_DEG),
    "moonless night": _seen(moon_hides_deg, below_deg=STARS_DEG),
    "moonrise": _low(moon_climbs),
    "moonset": _low(moon_sinks),
    "moon altitude": moon_altitude,
    "moon azimuth": moon_azimuth,
    "moon toward": moon_toward,
    "moon lit": moon_phase,
    "waxing moon": ground_measures((moon_waxes,), step_s=PHASE_STEP_S),
    "waning moon": ground_measures((moon_wanes,), step_s=PHASE_STEP_S),
    "star": star_up,
    "milky way core": milky_way,
}
"""What looks at Moon and stars, by the names of `cupola.model.conditions_ground`."""
