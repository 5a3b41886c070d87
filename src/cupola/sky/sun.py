"""Sun and Moon over one day at a place on Earth, as a call sheet prints them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from cupola.model import Place, SunTimes
from cupola.sky.almanac import MOON_RADIUS_KM, Almanac
from cupola.sky.bodies import bodies_of
from cupola.sky.conditions import norm
from cupola.sky.daylight import Margin, sun_above, sun_east
from cupola.sky.find import find_spells
from cupola.sky.ground import HORIZON_DEG, STEP_S, GroundView, altitude_deg, moon_ray, sun_altitude_deg
from cupola.sky.horizon import REFRACTION_DEG
from cupola.sky.intervals import Intervals, subtract
from cupola.sky.moon import elongation_deg, moon_lit_percent, phase_name
from cupola.sky.timescale import DAY_S, Array
from cupola.sky.zone import zone_of

__all__ = ["sun_times", "zone_of"]

CIVIL_DEG, NAUTICAL_DEG, ASTRONOMICAL_DEG = -6.0, -12.0, -18.0
GOLDEN_DEG, BLUE_DEG = (-4.0, 6.0), (-6.0, -4.0)
SEEK_NOON_S = 46800.0
"""Half a day and an hour: one noon at least lies so near to local 12:00."""


def sun_times(place: Place, day: date) -> SunTimes:
    """Return the times of Sun and Moon over one local date at a place, in UTC; None where an event does not happen.

    Rise and set are those of the upper limb on a level horizon (the Sun's centre 0.833° below, the Moon's 34' and its own
    radius); civil, nautical and astronomical twilight have the Sun 6°, 12° and 18° below; the deeper two are those before and
    after noon, even past midnight. Noon is the Sun's passage over
    the meridian that is nearest to local 12:00. Raises LightError for an unknown time zone.
    """
    zone = zone_of(place)
    start, end = (datetime.combine(at, time(), zone).astimezone(UTC) for at in (day, day + timedelta(days=1)))
    almanac = Almanac.over(start, end, bodies_of(place.bodies))
    view = GroundView.of(place, almanac)
    length = almanac.span.length_s
    (sunrise, sunset), (dawn, dusk) = (
        _edges(_spells(sun_above(level), view, length), almanac) for level in (HORIZON_DEG, CIVIL_DEG)
    )
    moonrise, moonset = _edges(_spells(moon_over_level_deg, view, length), almanac)
    noon_s = _noon_s(view, almanac.span.seconds(datetime.combine(day, time(12), zone)))
    (noon,) = almanac.span.utc([noon_s])
    deep = [_about_noon(level, view, noon_s) for level in (NAUTICAL_DEG, ASTRONOMICAL_DEG)]
    at = np.array([noon_s])
    return SunTimes(
        place=place.id,
        date=day,
        tz=place.tz,
        civil_dawn_utc=dawn,
        sunrise_utc=sunrise,
        noon_utc=noon,
        noon_altitude_deg=float(sun_altitude_deg(at, view)[0]),
        sunset_utc=sunset,
        civil_dusk_utc=dusk,
        astronomical_dawn_utc=deep[1][0],
        nautical_dawn_utc=deep[0][0],
        nautical_dusk_utc=deep[0][1],
        astronomical_dusk_utc=deep[1][1],
        golden_utc=_between(*GOLDEN_DEG, view),
        blue_utc=_between(*BLUE_DEG, view),
        moonrise_utc=moonrise,
        moonset_utc=moonset,
        moon_lit_percent=float(moon_lit_percent(at, almanac)[0]),
        moon_phase=phase_name(float(elongation_deg(at, almanac)[0])),
    )


def moon_over_level_deg(t: Array, view: GroundView) -> Array:
    """Return how far the Moon's upper edge is above a level horizon, 34' of refraction included, in degrees."""
    ray = moon_ray(t, view)
    return altitude_deg(ray, view) + np.degrees(np.arcsin(MOON_RADIUS_KM / norm(ray))) + REFRACTION_DEG


def _spells(margin: Margin, view: GroundView, span_s: float, *, from_s: float = 0.0) -> Intervals:
    """Return when a function is positive within so many seconds of an instant, counted from there."""
    (found,) = find_spells(lambda t, _row: margin(t + from_s, view), rows=1, span_s=span_s, step_s=STEP_S)
    return found


def _between(low_deg: float, high_deg: float, view: GroundView) -> tuple[tuple[datetime, datetime], ...]:
    """Return when the Sun's centre is between two altitudes."""
    length, utc = view.almanac.span.length_s, view.almanac.span.utc
    times = subtract(_spells(sun_above(low_deg), view, length), _spells(sun_above(high_deg), view, length))
    return tuple(zip(utc(times[:, 0]), utc(times[:, 1]), strict=True))


def _noon_s(view: GroundView, local_noon_s: float) -> float:
    """Return when the Sun leaves the eastern half of the sky through the south, or north, nearest to a clock's noon."""
    from_s = local_noon_s - SEEK_NOON_S
    passages = _spells(sun_east, view, 2 * SEEK_NOON_S, from_s=from_s)[:, 1] + from_s
    return float(passages[np.argmin(np.abs(passages - local_noon_s))])


def _about_noon(level_deg: float, view: GroundView, noon_s: float) -> tuple[datetime | None, datetime | None]:
    """Return the last rise through an altitude before noon and the first set after it, each within half a day."""
    from_s = noon_s - DAY_S / 2
    times = _spells(sun_above(level_deg), view, DAY_S, from_s=from_s)
    light = times[(times[:, 0] <= DAY_S / 2) & (times[:, 1] > DAY_S / 2)] + from_s
    rise, fall = _first(view.almanac, light[:, 0], from_s), _first(view.almanac, light[:, 1], from_s + DAY_S)
    return rise, fall


def _edges(times: Intervals, almanac: Almanac) -> tuple[datetime | None, datetime | None]:
    """Return the first start and the first end that are events of the sky and not the cuts at the ends of the day."""
    return _first(almanac, times[:, 0], 0.0), _first(almanac, times[:, 1], almanac.span.length_s)


def _first(almanac: Almanac, edges: Array, cut_s: float) -> datetime | None:
    (at,) = almanac.span.utc(edges[edges != cut_s][:1]) or (None,)
    return at
