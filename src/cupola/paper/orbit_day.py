"""A crew day against its sky: nights, beta angle and windows as a call sheet and a timeline need them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cupola.model import Day, FlightSky, Revolution, Strip, Unit
from cupola.model.work import crew_blocks

Span = tuple[datetime, datetime]

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class OrbitDay:
    """The sky over one crew day, from `start_utc` to `end_utc` (whole hours, half-open).

    `nights` are the passes through the umbra, cut to that time; `blocks` the working hours of those who run the
    camera; `beta_deg` and `night_min` those of the revolution at mid-day; `age_days` the age of the elements at call.
    """

    station: str
    start_utc: datetime
    end_utc: datetime
    nights: tuple[Span, ...]
    blocks: tuple[Span, ...]
    breaks: tuple[Span, ...]
    beta_deg: float | None
    night_min: float | None
    elements_epoch_utc: datetime
    age_days: float

    def share(self, at: datetime) -> float:
        """Return where an instant stands on the band, 0 at its start and 1 at its end."""
        return (at - self.start_utc) / (self.end_utc - self.start_utc)


def orbit_day(flight: FlightSky, unit: Unit, day: Day) -> OrbitDay:
    """Return the sky of a crew day; the band holds call, wrap and every working block."""
    blocks = working_blocks(unit, day)
    times = [day.call_utc, day.wrap_utc, *(edge for block in blocks for edge in block)]
    start, end = whole_hour(min(times)), whole_hour(max(times) + HOUR - timedelta(microseconds=1))
    revolution = revolution_at(flight.revolutions, start + (end - start) / 2)
    return OrbitDay(
        station=flight.station,
        start_utc=start,
        end_utc=end,
        nights=clipped(flight.nights, start, end),
        blocks=blocks,
        breaks=tuple((a[1], b[0]) for a, b in itertools.pairwise(blocks)),
        beta_deg=revolution.beta_deg if revolution else None,
        night_min=revolution.night_min if revolution else None,
        elements_epoch_utc=flight.elements_epoch_utc,
        age_days=(day.call_utc - flight.elements_epoch_utc) / timedelta(days=1),
    )


def working_blocks(unit: Unit, day: Day) -> tuple[Span, ...]:
    """Return the hours of a crew day at which the camera may run: those that all its operators share."""
    if unit.station is None:
        return ()
    operators = tuple(member.id for member in unit.station.crew if member.operates)
    return crew_blocks(unit, day.date, operators)


def whole_hour(at: datetime) -> datetime:
    """Return the hour an instant is in."""
    return at.replace(minute=0, second=0, microsecond=0)


def clipped(spans: Sequence[Span], start: datetime, end: datetime) -> tuple[Span, ...]:
    """Return the parts of some spans that lie in [start, end)."""
    return tuple((max(a, start), min(b, end)) for a, b in spans if a < end and start < b)


def revolution_at(revolutions: Sequence[Revolution], at: datetime) -> Revolution | None:
    """Return the revolution an instant is in; None outside the flight."""
    return next((rev for rev in revolutions if rev.start_utc <= at < rev.end_utc), None)


def flight_of(flights: Sequence[FlightSky], unit: Unit) -> FlightSky | None:
    """Return the sky of a unit's station; None on Earth, or where that sky was not given."""
    if unit.station is None:
        return None
    return next((flight for flight in flights if flight.station == unit.station.station.name), None)


def windows_of(strips: Sequence[Strip]) -> tuple[Strip, ...]:
    """Return the strips that hang on a window, in the order of their windows."""
    timed = [(strip.window.open_utc, strip.id, strip) for strip in strips if strip.window is not None]
    return tuple(strip for _, _, strip in sorted(timed, key=lambda row: row[:2]))
