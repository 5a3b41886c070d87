"""What NASA writes into the remarks of the station's ephemeris: its mass, the number of its orbit, and events with burns.

Source of the layout: the public files ISS.OEM_J2K_EPH of 2022 to 2024 (NASA/JSC flight operations, trajectory office).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from cupola.model import Manoeuvre, OrbitEphemeris, TrajectoryEvent
from cupola.sky.states import DENSE_S

MASS = re.compile(r"\s*MASS\s*=\s*(\d+(?:\.\d+)?)\s*", re.ASCII)
FIRST_NODE = re.compile(r".{0,40}first asc\. node\s*:.{0,60}ORBIT\s*=\s*(\d{1,7})\b.*", re.ASCII)
EVENT = re.compile(
    r"\s*(\S.{0,60}?)\s+(\d{3}):(\d\d):(\d\d):(\d\d(?:\.\d{1,6})?)\s+(?:(\d{1,7})\s+)?"
    r"(-?\d{1,4}\.\d{1,3})\s+(\d{1,6}\.\d{1,3})\s+(\d{1,6}\.\d{1,3})\s*",
    re.ASCII,
)
"""Name, day of the year and time (UTC), orbit number if given, m/s, apogee and perigee in km."""
NEAR_S = 120.0


def mass_kg(comments: Iterable[str]) -> float | None:
    """Return the mass that the remarks give, None where they give none."""
    return next((float(found[1]) for found in map(MASS.fullmatch, comments) if found), None)


def first_revolution(comments: Iterable[str]) -> int:
    """Return the number of the orbit at the first ascending node, 0 where the remarks give none."""
    return next((int(found[1]) for found in map(FIRST_NODE.fullmatch, comments) if found), 0)


def events_of(comments: Iterable[str], start_utc: datetime) -> tuple[TrajectoryEvent, ...]:
    """Return the events that the remarks list, in their order; a day before the start is of the next year."""
    found = (EVENT.fullmatch(line) for line in comments)
    rows = [_event(line, start_utc) for line in found if line]
    return tuple(row for row in rows if row is not None)


def _event(found: re.Match[str], start_utc: datetime) -> TrajectoryEvent | None:
    name, day, hour, minute, second, _, dv, apogee, perigee = found.groups()
    clock = timedelta(days=int(day) - 1, hours=int(hour), minutes=int(minute), seconds=float(second))
    if not 1 <= int(day) <= 366 or int(hour) > 23 or int(minute) > 59 or float(second) >= 61:
        return None
    years = [datetime(start_utc.year + n, 1, 1, tzinfo=UTC) + clock for n in (-1, 0, 1)]
    at = min(years, key=lambda each: abs(each - start_utc))
    return TrajectoryEvent(name=name, at_utc=at, dv_m_s=float(dv), apogee_km=float(apogee), perigee_km=float(perigee))


def manoeuvres_of(ephemeris: OrbitEphemeris) -> tuple[Manoeuvre, ...]:
    """Return the burns that an ephemeris lists; each ends where its states stop coming every few seconds."""
    burns = list(_dense(ephemeris))
    source = f"ephemeris of {ephemeris.originator} made {ephemeris.created_utc:%Y-%m-%d %H:%M} UTC"
    return tuple(
        Manoeuvre(
            start_utc=event.at_utc,
            end_utc=next((b for a, b in burns if abs((a - event.at_utc).total_seconds()) <= NEAR_S), event.at_utc),
            dv_m_s=event.dv_m_s,
            note=event.name,
            source=source,
        )
        for event in ephemeris.events
        if event.dv_m_s
    )


def _dense(ephemeris: OrbitEphemeris) -> Iterable[tuple[datetime, datetime]]:
    """Yield when states come every few seconds."""
    for segment in ephemeris.segments:
        begun: float | None = None
        times = [row[0] for row in segment.rows]
        for a, b in pairwise([*times, float("inf")]):
            if b - a <= DENSE_S:
                begun = a if begun is None else begun
            elif begun is not None:
                yield segment.epoch_utc + timedelta(seconds=begun), segment.epoch_utc + timedelta(seconds=a)
                begun = None
