"""What a person behind a camera on the ground wants to know of each spell of light: Sun, Moon, stars and water, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cupola.model import BRIEF_CONDITIONS, Clause, Place
from cupola.sky.almanac import Almanac
from cupola.sky.daylight import SUNLIGHT
from cupola.sky.earth import tide_at
from cupola.sky.ground import (
    GroundView,
    altitude_deg,
    azimuth_deg,
    moon_altitude_deg,
    moon_azimuth_deg,
    ray_to,
    sun_altitude_deg,
    sun_azimuth_deg,
)
from cupola.sky.intervals import Intervals
from cupola.sky.moon import moon_lit_percent
from cupola.sky.nightlight import NIGHTLIGHT
from cupola.sky.stars import GALACTIC_CENTRE, Star, star_named
from cupola.sky.timescale import Array

Facts = list[str]
LEVELS = frozenset(name for name, line in SUNLIGHT.items() if isinstance(line, tuple)) - {"polar day", "polar night"}
"""Lights that ask for the Sun's altitude alone."""
PHASES = frozenset(("moon lit", "waxing moon", "waning moon"))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class OnGround:
    """What there is to say of the light at a place on Earth."""

    place: Place
    almanac: Almanac

    @property
    def view(self) -> GroundView:
        return GroundView.of(self.place, self.almanac)

    def facts(self, clause: Clause, spells: Intervals) -> Facts:
        """Return a remark on each spell: what is looked at as it is midway, or from end to end where the light is brief."""
        say = _facts_of(clause.condition)
        return say(self, clause, spells) if say and len(spells) else [""] * len(spells)

    def state(self, clause: Clause, at_s: float) -> str:
        """Return how things stand at one instant, for a clause that does not hold then; empty where there is nothing to see."""
        t, view = np.array([at_s]), self.view
        if clause.condition in SUNLIGHT:
            high = f"the Sun's centre is at {tenths(float(sun_altitude_deg(t, view)[0]))}°"
            return high if clause.condition in LEVELS else f"{high}, azimuth {sun_azimuth_deg(t, view)[0]:.0f}°"
        if clause.condition in PHASES:
            return f"the Moon is {moon_lit_percent(t, self.almanac)[0]:.0f}% lit"
        star = _star(clause)
        if star:
            ray = ray_to(star)(t, view)
            sun = tenths(float(sun_altitude_deg(t, view)[0]))
            return f"{star.name} is at {tenths(float(altitude_deg(ray, view)[0]))}° and the Sun at {sun}°"
        if clause.condition in NIGHTLIGHT:
            moon = tenths(float(moon_altitude_deg(t, view)[0]))
            return f"the Moon's centre is at {moon}°, azimuth {moon_azimuth_deg(t, view)[0]:.0f}°"
        if "tide" in clause.condition:
            return f"the water is at {self._water_m(t)[0]:.2f} m"
        return ""

    def _water_m(self, t: Array) -> Array:
        height, _ = tide_at(self.place, self.almanac)
        return height(t, self.view)


def _facts_of(condition: str) -> Callable[[OnGround, Clause, Intervals], Facts] | None:
    if condition in SUNLIGHT:
        return None if condition.startswith("polar") else _sun
    if condition in PHASES:
        return _phase
    if condition in ("star", "milky way core"):
        return _star_facts
    if condition in NIGHTLIGHT:
        return _moon
    return _water if "tide" in condition else None


def _sun(seen: OnGround, clause: Clause, spells: Intervals) -> Facts:
    return _course("Sun", sun_altitude_deg, sun_azimuth_deg, seen, clause, spells)


def _moon(seen: OnGround, clause: Clause, spells: Intervals) -> Facts:
    course = _course("Moon", moon_altitude_deg, moon_azimuth_deg, seen, clause, spells)
    return [f"{where}, {lit}" for where, lit in zip(course, _lit(seen, spells), strict=True)]


def _course(
    name: str,
    altitude: Callable[[Array, GroundView], Array],
    azimuth: Callable[[Array, GroundView], Array],
    seen: OnGround,
    clause: Clause,
    spells: Intervals,
) -> Facts:
    """Say how high something stands, midway or from end to end, and from where it comes."""
    view = seen.view
    bearings = [f"azimuth {angle:.0f}°" for angle in azimuth(spells.mean(axis=1), view).tolist()]
    if clause.condition in BRIEF_CONDITIONS:
        ends = zip(*(altitude(spells[:, end], view).tolist() for end in (0, 1)), bearings, strict=True)
        return [f"{name} {tenths(first)}° to {tenths(last)}°, midway at {at}" for first, last, at in ends]
    midway = zip(altitude(spells.mean(axis=1), view).tolist(), bearings, strict=True)
    return [f"{name} {tenths(high)}° midway, at {at}" for high, at in midway]


def _lit(seen: OnGround, spells: Intervals) -> Facts:
    return [f"{lit:.0f}% lit" for lit in moon_lit_percent(spells.mean(axis=1), seen.almanac).tolist()]


def _phase(seen: OnGround, _clause: Clause, spells: Intervals) -> Facts:
    return [f"{lit} midway" for lit in _lit(seen, spells)]


def _star(clause: Clause) -> Star | None:
    if clause.condition == "milky way core":
        return GALACTIC_CENTRE
    return star_named(clause.argument) if clause.condition == "star" else None


def _star_facts(seen: OnGround, clause: Clause, spells: Intervals) -> Facts:
    """Say how high a star stands midway, and for the Milky Way how much Moon there is."""
    star, view, midway = _star(clause), seen.view, spells.mean(axis=1)
    assert star is not None
    ray = ray_to(star)(midway, view)
    rows = zip(altitude_deg(ray, view).tolist(), azimuth_deg(ray, view).tolist(), strict=True)
    where = [f"{tenths(high)}° midway, at azimuth {at:.0f}°" for high, at in rows]
    if star is not GALACTIC_CENTRE:
        return where
    moons = zip(where, _lit(seen, spells), moon_altitude_deg(midway, view).tolist(), strict=True)
    return [f"{text}, Moon {lit} and {'up' if high > 0 else 'down'}" for text, lit, high in moons]


def _water(seen: OnGround, _clause: Clause, spells: Intervals) -> Facts:
    height, _ = tide_at(seen.place, seen.almanac)
    rows = (height(at, seen.view).tolist() for at in (spells[:, 0], spells.mean(axis=1), spells[:, 1]))
    return [f"water {first:.1f}, {middle:.1f}, {last:.1f} m" for first, middle, last in zip(*rows, strict=True)]


def tenths(value: float) -> str:
    """Return degrees to a tenth, a whole number without it, with a true minus sign.

    >>> tenths(-0.833), tenths(6.02)
    ('−0.8', '6')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text.replace("-", "−")
