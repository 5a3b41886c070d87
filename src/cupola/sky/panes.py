"""Lights through a pane of glass: Sun, Moon, stars, limb and glint in it or in a lens's frame, and how much Earth is there.

A pane looks where the station's attitude turns it, so each attitude of the station is searched apart and holds in its own time.
A direction is through the pane if it is within its half-angle and its mask, and no outline of structure hides it. A body is
in a frame with its centre, above the limb, through the pane.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import cos, inf, radians

import numpy as np

from cupola.errors import LightError
from cupola.model import Clause, Pane, Station
from cupola.sky.attitude import LEVEL, pane_frame
from cupola.sky.below import in_blocks, unknown_name
from cupola.sky.find import Rows
from cupola.sky.frame import Lens, clear_share, earth_share, parse_lens
from cupola.sky.glint import glint_at
from cupola.sky.hours import into
from cupola.sky.intervals import Intervals, as_intervals, complement
from cupola.sky.limb import STEP_S, disc_above_limb, limb_clearance, moon_clearance
from cupola.sky.measures import Line, Measure, Sight, between
from cupola.sky.orbit import Ephemeris
from cupola.sky.polygon import Polygon
from cupola.sky.stars import GALACTIC_CENTRE, Star, star_direction, star_named
from cupola.sky.timescale import Array, Span
from cupola.sky.vectors import angle_deg, dot, unit

GLASS_STEP_S = 30.0
"""In half a minute a body moves 2° across a pane, less than the outlines of structure are wide."""
SHARE_STEP_S = 60.0
"""The Earth comes into a frame and leaves it once in a turn of the station; the orbit's own breathing is slower still."""
GLINT_STEP_S = 60.0
TIME_STEP_S = 600.0
LIMB_SHARE = 0.001
"""The limb is in a frame while the Earth fills more than a thousandth of it, and less than all but a thousandth."""
SIDES = {
    "bow": (1.0, 0.0, 0.0),
    "stern": (-1.0, 0.0, 0.0),
    "starboard": (0.0, 1.0, 0.0),
    "port": (0.0, -1.0, 0.0),
    "nadir": (0.0, 0.0, 1.0),
    "zenith": (0.0, 0.0, -1.0),
}
"""The station's own axes, as it is turned."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class PaneView:
    """What is looked at through a pane; the station has one attitude here, as if it held all the time."""

    ephemeris: Ephemeris
    station: Station
    pane: Pane

    def at(self, _row: Rows) -> PaneView:
        """Return the view of a row: a pane is one."""
        return self

    def axes(self, t: Array) -> tuple[Array, Array, Array]:
        """Return right, up and look of a camera square behind the pane, TEME unit vectors."""
        right, up, look = np.moveaxis(pane_frame(self.station, self.pane, self.ephemeris, t), -2, 0)
        return right, up, look

    def in_camera(self, t: Array, direction: Array) -> Array:
        """Return a direction (TEME) as parts to the right, up, and ahead."""
        return np.stack([dot(direction, axis) for axis in self.axes(t)], axis=-1)


Direction = Callable[[Array, PaneView], Array]
Margin = Callable[[Array, PaneView], Array]


def to_sun(t: Array, view: PaneView) -> Array:
    """Return the direction of the Sun from the station, TEME."""
    return unit(view.ephemeris.almanac.sun_km(t) - view.ephemeris.position_km(t))


def to_moon(t: Array, view: PaneView) -> Array:
    """Return the direction of the Moon from the station, TEME."""
    return unit(view.ephemeris.almanac.moon_km(t) - view.ephemeris.position_km(t))


def to_star(star: Star) -> Direction:
    """Return the function of the direction of a star, TEME."""
    return lambda t, view: star_direction(t, view.ephemeris.almanac, star)


def to_glint(t: Array, view: PaneView) -> Array:
    """Return the direction of the sunglint from the station, TEME."""
    here, at = glint_at(t, view)  # type: ignore[arg-type]
    almanac = view.ephemeris.almanac
    turn = np.interp(t, almanac.node_s, almanac.node_turn_rad)
    ray = unit(at - here)
    sin, cosine = np.sin(turn), np.cos(turn)
    x, y = ray[..., 0], ray[..., 1]
    return np.stack((cosine * x - sin * y, sin * x + cosine * y, ray[..., 2]), axis=-1)


def off_look_deg(direction: Direction) -> Margin:
    """Return the function of the angle between a direction and the pane's normal, in degrees."""
    return lambda t, view: angle_deg(direction(t, view), view.axes(t)[2])


def in_lens(direction: Direction, lens: Lens) -> list[Measure[PaneView]]:
    """Return the measures of a direction inside a frame: one for each of its sides."""

    def inside(t: Array, view: PaneView, wall: Array) -> Array:
        return view.in_camera(t, direction(t, view)) @ wall - lens.rim

    return [Measure(margin=partial(inside, wall=wall), step_s=STEP_S, unit="sine") for wall in lens.walls]


def through_glass(direction: Direction, pane: Pane) -> list[Measure[PaneView]]:
    """Return the measures of a direction that the pane lets through: its half-angle, its mask, and each outline that hides."""
    half = cos(radians(pane.half_angle_deg))
    found: list[Measure[PaneView]] = [
        Measure(margin=lambda t, view: view.in_camera(t, direction(t, view))[..., 2] - half, step_s=STEP_S, unit="cosine")
    ]
    if pane.mask:
        found.append(
            Measure(
                margin=lambda t, view: mask_margin_deg(pane, view.in_camera(t, direction(t, view))),
                step_s=GLASS_STEP_S,
                unit="deg",
            )
        )
    for outline in pane.hidden:
        margin = partial(_clear_of, direction=direction, outline=_outline(outline))
        found.append(Measure(margin=margin, step_s=GLASS_STEP_S, unit="deg"))
    return found


def _clear_of(t: Array, view: PaneView, *, direction: Direction, outline: Polygon) -> Array:
    return hidden_margin_deg(outline, view.in_camera(t, direction(t, view)))


def _outline(corners: Sequence[tuple[float, float]]) -> Polygon:
    """Return an outline of structure as a region of the picture: right as longitude, up as latitude."""
    return Polygon.of([(up, right) for right, up in corners])


def mask_margin_deg(pane: Pane, camera: Array) -> Array:
    """Return how far a direction is inside the mask of a pane, in degrees."""
    azimuth, angle = _polar(camera)
    at, limit = np.array(sorted(pane.mask)).T
    margin: Array = np.interp(azimuth, at, limit, period=360.0) - angle
    return margin


def hidden_margin_deg(outline: Polygon, camera: Array) -> Array:
    """Return how far a direction is from an outline of structure, in degrees: negative behind it."""
    azimuth, angle = _polar(camera)
    right, up = angle * np.sin(np.radians(azimuth)), angle * np.cos(np.radians(azimuth))
    return outline.distance_deg(up, right)


def _polar(camera: Array) -> tuple[Array, Array]:
    """Return the azimuth of a direction, from up through right, and its angle from the middle, in degrees."""
    azimuth = np.degrees(np.arctan2(camera[..., 0], camera[..., 1])) % 360.0
    angle = np.degrees(np.arctan2(np.hypot(camera[..., 0], camera[..., 1]), camera[..., 2]))
    return azimuth, angle


def clearness(pane: Pane, turn: Array, distance: Array) -> Array:
    """Return 1 where a pane is clear and 0 where it is not, by turn from right to up and distance on the plane at 1."""
    camera = np.stack((distance * np.cos(turn), distance * np.sin(turn), np.ones_like(turn)), axis=-1)
    camera = unit(camera)
    clear = camera[..., 2] > cos(radians(pane.half_angle_deg))
    if pane.mask:
        clear &= mask_margin_deg(pane, camera) > 0
    for outline in pane.hidden:
        clear &= hidden_margin_deg(_outline(outline), camera) > 0
    return clear.astype(float)


def earth_percent(lens: Lens, pane: Pane) -> Margin:
    """Return the function of how much of a frame the Earth fills, in percent; what the pane hides is not Earth."""
    table = clear_share(partial(clearness, pane), lens)
    glass = None if bool((table[:, -1] == 1.0).all()) else table

    def share(t: Array, view: PaneView) -> Array:
        right, up, look = view.axes(t)
        return 100 * earth_share(view.ephemeris.position_km(t), right, up, look, lens, glass)

    return lambda t, view: in_blocks(lambda s: share(s, view), t)


def sun_is_up(t: Array, view: PaneView) -> Array:
    """Return how far the Sun's uppermost edge stands above the limb."""
    return disc_above_limb(t, view, part=1.0)  # type: ignore[arg-type]


def glint_is_there(t: Array, view: PaneView) -> Array:
    """Return how far the Sun's centre stands above the limb."""
    return disc_above_limb(t, view, part=0.0)  # type: ignore[arg-type]


def moon_is_up(t: Array, view: PaneView) -> Array:
    """Return how far the Moon's centre stands above the limb."""
    return moon_clearance(t, view)  # type: ignore[arg-type]


def star_is_up(star: Star) -> Margin:
    """Return the function of how far a star stands above the limb."""

    def margin(t: Array, view: PaneView) -> Array:
        here = view.ephemeris.position_km(t)
        return limb_clearance(here, here + 1e12 * star_direction(t, view.ephemeris.almanac, star))

    return margin


def pane_named(clause: Clause, station: Station, name: str) -> Pane:
    """Return the pane of an id; raises LightError for one that the station does not have."""
    pane = station.pane(name)
    if pane is None:
        asked = Clause(condition=clause.condition, argument=name)
        raise unknown_name(asked, station, "pane", [each.id for each in station.panes])
    return pane


def attitudes_of(station: Station, span: Span) -> list[tuple[Station, Intervals]]:
    """Return the station in each of its attitudes as if it held all the time, with the times of a span in which it does."""
    dated = sorted(station.attitudes, key=lambda one: -inf if one.from_utc is None else span.seconds(one.from_utc))
    if not dated or dated[0].from_utc is not None:
        dated = [LEVEL, *dated]
    starts = [-inf, *(span.seconds(one.from_utc) for one in dated[1:] if one.from_utc), span.length_s]
    found = []
    for attitude, start, end in zip(dated, starts, starts[1:], strict=False):
        times = as_intervals([(max(start, 0.0), min(end, span.length_s))])
        if len(times):
            found.append((replace(station, attitudes=(replace(attitude, from_utc=None),)), times))
    return found


def seen_through(pane: Pane, measures: Sequence[Measure[PaneView]], station: Station, ephemeris: Ephemeris) -> list[Sight]:
    """Return the sights of measures through a pane: one for each attitude, in its time, while the shutter is open."""
    span = (0.0, ephemeris.span.length_s)
    sights = []
    for turned, times in attitudes_of(station, ephemeris.span):
        closed = [(ephemeris.span.seconds(start), ephemeris.span.seconds(end)) for start, end in pane.closed]
        own = [*measures, *_while(times, span), *_while(complement(as_intervals(closed), span) if closed else None, span)]
        sights.append(Sight(measures=own, view=PaneView(ephemeris=ephemeris, station=turned, pane=pane)))
    return sights


def _while(times: Intervals | None, span: tuple[float, float]) -> list[Measure[PaneView]]:
    """Return the measure of being inside a set of times; none where that is the whole span."""
    if times is None or times.tolist() == [list(span)]:
        return []
    edges = np.concatenate(([span[0]], times.ravel(), [span[1]]))
    gaps = np.diff(edges)
    shortest = float(gaps[gaps > 0].min()) if (gaps > 0).any() else TIME_STEP_S
    step = min(TIME_STEP_S, max(shortest / 2, 0.5))
    return [Measure(margin=lambda t, _view: into(t, _beyond(times, span)), step_s=step, unit="s")]


def _beyond(times: Intervals, span: tuple[float, float]) -> Intervals:
    """Return a set of times with those that touch an end of the span drawn out past it."""
    wide = times.copy()
    wide[wide[:, 0] <= span[0], 0] -= 1e5
    wide[wide[:, 1] >= span[1], 1] += 1e5
    return wide


def sun_off_pane(clause: Clause, station: Station, ephemeris: Ephemeris) -> list[Sight]:
    """Return the sights of the Sun at an angle from the normal of a pane; whether it is up, or hidden, is not asked."""
    pane = pane_named(clause, station, clause.argument)
    return seen_through(pane, between(off_look_deg(to_sun), clause, step_s=STEP_S, unit="deg"), station, ephemeris)


def sun_off_axis(clause: Clause, station: Station, ephemeris: Ephemeris) -> list[Sight]:
    """Return the sights of the Sun at an angle from one of the station's own axes; raises LightError for another word."""
    if clause.argument.casefold() not in SIDES:
        remedy = f"Write one of: {', '.join(SIDES)}."
        raise LightError("the station has six axes", value=clause.argument, remedy=remedy)
    pane = side_pane(clause.argument.casefold())
    return seen_through(pane, between(off_look_deg(to_sun), clause, step_s=STEP_S, unit="deg"), station, ephemeris)


def side_pane(side: str) -> Pane:
    """Return a pane that looks along one of the station's own axes."""
    look = SIDES[side]
    return Pane(id=side, look=look, up=(1.0, 0.0, 0.0) if look[1] else (0.0, 1.0, 0.0))


def _body(measures_of: Callable[[Clause], tuple[Direction, Sequence[Measure[PaneView]]]]) -> tuple[Line, Line]:
    """Return the lines of a body in a pane, and in a frame; the last one or two names are lens and pane."""

    def in_pane(clause: Clause, station: Station, ephemeris: Ephemeris) -> list[Sight]:
        pane = pane_named(clause, station, clause.arguments[-1])
        direction, up = measures_of(clause)
        return seen_through(pane, [*up, *through_glass(direction, pane)], station, ephemeris)

    def in_frame(clause: Clause, station: Station, ephemeris: Ephemeris) -> list[Sight]:
        lens, pane = parse_lens(clause.arguments[-2]), pane_named(clause, station, clause.arguments[-1])
        direction, up = measures_of(clause)
        measures = [*up, *in_lens(direction, lens), *through_glass(direction, pane)]
        return seen_through(pane, measures, station, ephemeris)

    return in_pane, in_frame


def _up(margin: Margin, step_s: float = STEP_S) -> list[Measure[PaneView]]:
    return [Measure(margin=margin, step_s=step_s, unit="rad")]


def _star_of(clause: Clause) -> tuple[Direction, Sequence[Measure[PaneView]]]:
    star = star_named(clause.argument)
    return to_star(star), _up(star_is_up(star))


SUN_IN_PANE, SUN_IN_FRAME = _body(lambda _clause: (to_sun, _up(sun_is_up)))
MOON_IN_PANE, MOON_IN_FRAME = _body(lambda _clause: (to_moon, _up(moon_is_up)))
GLINT_IN_PANE, GLINT_IN_FRAME = _body(lambda _clause: (to_glint, _up(glint_is_there)))
_STAR_IN_PANE, STAR_IN_FRAME = _body(_star_of)
_CORE_IN_PANE, CORE_IN_FRAME = _body(lambda _clause: (to_star(GALACTIC_CENTRE), _up(star_is_up(GALACTIC_CENTRE))))


def no_sun_in_pane(clause: Clause, station: Station, ephemeris: Ephemeris) -> list[Sight]:
    """Return the sights of no Sun through a pane: it is down, or wide of the glass, or hidden, or the shutter is closed."""
    pane = pane_named(clause, station, clause.argument)
    against = [_negative(each) for each in (*_up(sun_is_up), *through_glass(to_sun, pane))]
    sights = [sight for measure in against for sight in seen_through(_open(pane), [measure], station, ephemeris)]
    closed = [(ephemeris.span.seconds(start), ephemeris.span.seconds(end)) for start, end in pane.closed]
    if closed:
        shut = _while(as_intervals(closed), (0.0, ephemeris.span.length_s))
        sights += [Sight(measures=shut, view=PaneView(ephemeris=ephemeris, station=station, pane=pane))]
    return sights


def _open(pane: Pane) -> Pane:
    return Pane(id=pane.id, look=pane.look, up=pane.up, half_angle_deg=pane.half_angle_deg)


def _negative(measure: Measure[PaneView]) -> Measure[PaneView]:
    return Measure(margin=lambda t, view: -measure.margin(t, view), step_s=measure.step_s, unit=measure.unit)


def earth_in_frame(clause: Clause, station: Station, ephemeris: Ephemeris) -> list[Sight]:
    """Return the sights of the Earth filling so many percent of a frame."""
    lens, pane = parse_lens(clause.arguments[-2]), pane_named(clause, station, clause.arguments[-1])
    measures = between(earth_percent(lens, pane), clause, step_s=SHARE_STEP_S, unit="%")
    return seen_through(pane, measures, station, ephemeris)


def limb_in_frame(clause: Clause, station: Station, ephemeris: Ephemeris) -> list[Sight]:
    """Return the sights of the Earth's edge in a frame: Earth and sky are both there."""
    lens, pane = parse_lens(clause.arguments[-2]), pane_named(clause, station, clause.arguments[-1])
    percent = earth_percent(lens, pane)
    clear = 100 * float(clear_share(partial(clearness, pane), lens)[:, -1].mean())
    some: Measure[PaneView] = Measure(margin=lambda t, view: percent(t, view) - 100 * LIMB_SHARE, step_s=SHARE_STEP_S, unit="%")
    not_all: Measure[PaneView] = Measure(
        margin=lambda t, view: clear - 100 * LIMB_SHARE - percent(t, view), step_s=SHARE_STEP_S, unit="%"
    )
    return seen_through(pane, [some, not_all], station, ephemeris)


LINES: dict[str, Line] = {
    "sun off pane": sun_off_pane,
    "sun off axis": sun_off_axis,
    "sun in pane": SUN_IN_PANE,
    "no sun in pane": no_sun_in_pane,
    "moon in pane": MOON_IN_PANE,
    "sun in frame": SUN_IN_FRAME,
    "moon in frame": MOON_IN_FRAME,
    "star in frame": STAR_IN_FRAME,
    "milky way in frame": CORE_IN_FRAME,
    "glint in frame": GLINT_IN_FRAME,
    "limb in frame": limb_in_frame,
    "earth in frame": earth_in_frame,
}
