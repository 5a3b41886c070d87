"""The Sun over one day at a place on Earth, as a call sheet prints it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from cupola.errors import LightError
from cupola.model import Place, SunTimes
from cupola.sky.almanac import Almanac
from cupola.sky.earth import HORIZON_DEG, STEP_S, GroundView, sun_above, sun_altitude_deg, sun_east
from cupola.sky.find import find_spells
from cupola.sky.intervals import Intervals
from cupola.sky.timescale import Array

CIVIL_DEG = -6.0
SEEK_NOON_S = 46800.0
"""Half a day and an hour: one noon at least lies so near to local 12:00."""

Margin = Callable[[Array, GroundView], Array]


def sun_times(place: Place, day: date) -> SunTimes:
    """Return the Sun's times over one local date at a place, in UTC; None where an event does not happen.

    Sunrise and sunset are those of the upper limb on a level horizon (centre 0.833° below); civil dawn and dusk have
    the centre 6° below. Noon is the Sun's passage over the meridian that is nearest to local 12:00. Raises
    LightError for an unknown time zone.
    """
    zone = zone_of(place)
    start, end = (datetime.combine(at, time(), zone).astimezone(UTC) for at in (day, day + timedelta(days=1)))
    almanac = Almanac.over(start, end)
    view = GroundView.of(place, almanac)
    length = almanac.span.length_s
    up, civil = (_spells(sun_above(level), view, length) for level in (HORIZON_DEG, CIVIL_DEG))
    noon_s = _noon_s(view, almanac.span.seconds(datetime.combine(day, time(12), zone)))
    (noon,) = almanac.span.utc([noon_s])
    return SunTimes(
        place=place.id,
        date=day,
        tz=place.tz,
        civil_dawn_utc=_first(almanac, civil[:, 0], 0.0),
        sunrise_utc=_first(almanac, up[:, 0], 0.0),
        noon_utc=noon,
        noon_altitude_deg=float(sun_altitude_deg(np.array([noon_s]), view)[0]),
        sunset_utc=_first(almanac, up[:, 1], length),
        civil_dusk_utc=_first(almanac, civil[:, 1], length),
    )


def zone_of(place: Place) -> ZoneInfo:
    """Return the time zone of a place; raises LightError for a name that is not in the IANA list."""
    try:
        return ZoneInfo(place.tz)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise LightError(
            f"the time zone of {place.name} is a name of the IANA list",
            value=place.tz,
            remedy="Write it as continent and city, for instance Europe/Moscow.",
            line=place.line or None,
        ) from unknown


def _spells(margin: Margin, view: GroundView, span_s: float, *, from_s: float = 0.0) -> Intervals:
    """Return when a function of the Sun is positive within so many seconds of an instant, counted from there."""
    (found,) = find_spells(lambda t, _row: margin(t + from_s, view), rows=1, span_s=span_s, step_s=STEP_S)
    return found


def _noon_s(view: GroundView, local_noon_s: float) -> float:
    """Return when the Sun leaves the eastern half of the sky through the south, or north, nearest to a clock's noon."""
    from_s = local_noon_s - SEEK_NOON_S
    passages = _spells(sun_east, view, 2 * SEEK_NOON_S, from_s=from_s)[:, 1] + from_s
    return float(passages[np.argmin(np.abs(passages - local_noon_s))])


def _first(almanac: Almanac, edges: Array, cut_s: float) -> datetime | None:
    """Return the first edge that is an event of the Sun and not the cut at the end of the day."""
    (at,) = almanac.span.utc(edges[edges != cut_s][:1]) or (None,)
    return at
