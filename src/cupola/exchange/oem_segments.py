"""What an ephemeris says, from either notation, as values: times in one scale, frames known, states in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import cast

import numpy as np

from cupola.errors import OrbitError
from cupola.exchange.ccsds import (
    FETCH,
    MJD_DAY_ZERO,
    TIME_SYSTEMS,
    Instant,
    Message,
    instant_of,
    is_leap_second,
    tai_s,
    utc_of,
)
from cupola.exchange.manoeuvres import events_of, first_revolution, mass_kg
from cupola.model import OrbitEphemeris, States
from cupola.model.orbit import StateRow
from cupola.sky.published import EARTH_MU_KM3_S2
from cupola.sky.timescale import DAY_S, Array, tai_utc_s

FRAMES = {
    "TEME": "TEME",
    "EME2000": "EME2000",
    "J2000": "EME2000",
    "GCRF": "GCRF",
    "ICRF": "GCRF",
    "TOD": "TOD",
    "TDR": "",
    "ITRF": "ITRF",
}
"""The names of frames in files, and what they are here; an Earth-fixed frame may carry its year (ITRF2000, ITRF-97)."""
LEAST_KM, MOST_KM, MOST_KM_S = 6400.0, 2_000_000.0, 16.0
SLACK_S = 1e-3
FARTHEST_RAD = 1.05
EARTH = "Cupola flies about the Earth: fetch an ephemeris with CENTER_NAME = EARTH."
INTERPOLATIONS = ("HERMITE", "LAGRANGE", "LINEAR")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One state as it stands: its instant in words, six numbers, and its line."""

    epoch: str
    numbers: list[float]
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One segment as it stands in a file."""

    meta: Message
    rows: list[Row] = field(default_factory=list)


def ephemeris_of_blocks(header: Message, blocks: Sequence[Block], comments: Sequence[str]) -> OrbitEphemeris:
    """Return an ephemeris from its header, segments and remarks; raises OrbitError with the line of what is wrong."""
    if not blocks:
        raise OrbitError("an ephemeris has at least one segment", remedy=FETCH, file=header.file)
    created = instant_of(header.text("CREATION_DATE"))
    if created is None:
        raise header.wrong("CREATION_DATE", "CREATION_DATE is an instant like 2022-02-11T18:53:27 (UTC)")
    if not header.text("ORIGINATOR"):
        raise header.wrong("ORIGINATOR", "an ephemeris names who made it (ORIGINATOR)")
    names = {(block.meta.text("OBJECT_NAME"), block.meta.text("OBJECT_ID")) for block in blocks}
    if len(names) > 1:
        raise blocks[-1].meta.wrong("OBJECT_NAME", "all segments of an ephemeris are of one object")
    segments = tuple(map(_segment, blocks))
    name, identity = names.pop()
    start = segments[0].epoch_utc + timedelta(seconds=segments[0].rows[0][0])
    return OrbitEphemeris(
        object_name=name,
        object_id=identity,
        created_utc=utc_of(created),
        originator=header.text("ORIGINATOR"),
        segments=segments,
        mass_kg=mass_kg(comments),
        first_revolution=first_revolution(comments),
        events=events_of(comments, start),
        comments=tuple(comments),
        source=header.file,
    )


def _segment(block: Block) -> States:
    meta = block.meta
    if not meta.text("OBJECT_NAME"):
        raise meta.wrong("OBJECT_NAME", "a segment names its object (OBJECT_NAME)")
    if meta.text("CENTER_NAME").upper() != "EARTH":
        raise meta.wrong("CENTER_NAME", "the centre of an orbit is EARTH", remedy=EARTH)
    frame, system = _frame(meta), _time_system(meta)
    _interpolation(meta)
    if len(block.rows) < 2:
        raise OrbitError("a segment has two states at least", remedy=FETCH, file=meta.file, line=meta.line)
    instants = [_row_instant(row, system, meta.file) for row in block.rows]
    day = instants[0][0]
    midnight = datetime.combine(date.fromordinal(day + MJD_DAY_ZERO), datetime.min.time(), tzinfo=UTC)
    origin_s = tai_utc_s(float(day))
    t = tai_s(instants, system, day) - origin_s
    _in_order(t, block)
    numbers = np.array([row.numbers for row in block.rows])
    _near_the_earth(numbers, block)
    _close_together(t, numbers, block)
    rows = tuple(cast(StateRow, tuple(row)) for row in np.column_stack((t, numbers)).tolist())
    return States(frame=frame, epoch_utc=midnight, rows=rows, useable_s=_useable(block, system, day, origin_s, t))


def _frame(meta: Message) -> str:
    name = meta.text("REF_FRAME").upper()
    known = FRAMES.get(name.rstrip("-0123456789") if name.startswith("ITRF") else name, "")
    if not known:
        allowed = ", ".join(sorted(name for name, frame in FRAMES.items() if frame))
        raise meta.wrong("REF_FRAME", f"the frame of an ephemeris is one of {allowed}")
    if known == "TOD" and meta.text("REF_FRAME_EPOCH"):
        raise meta.wrong("REF_FRAME_EPOCH", "a frame of date moves with its dates; one held at an epoch is not read")
    return known


def _time_system(meta: Message) -> str:
    system = {"TDT": "TT"}.get(meta.text("TIME_SYSTEM").upper(), meta.text("TIME_SYSTEM").upper())
    if system not in TIME_SYSTEMS:
        raise meta.wrong("TIME_SYSTEM", f"the time system of an ephemeris is one of {', '.join(TIME_SYSTEMS)}")
    return system


def _interpolation(meta: Message) -> None:
    """Check the hint on interpolation; Cupola always takes degree seven, as positions and velocities allow."""
    method, degree = meta.text("INTERPOLATION").upper(), meta.text("INTERPOLATION_DEGREE")
    if method and method not in INTERPOLATIONS:
        raise meta.wrong("INTERPOLATION", f"INTERPOLATION is one of {', '.join(INTERPOLATIONS)}")
    if degree and not (degree.isascii() and degree.isdigit() and 0 < int(degree[:6]) < 100):
        raise meta.wrong("INTERPOLATION_DEGREE", "INTERPOLATION_DEGREE is a whole number from 1 to 99")
    if method and not degree and method != "LINEAR":
        raise meta.wrong("INTERPOLATION", f"INTERPOLATION = {method} comes with INTERPOLATION_DEGREE")


def _row_instant(row: Row, system: str, file: str) -> Instant:
    found = instant_of(row.epoch)
    if found is None or (found[1] >= DAY_S and (system != "UTC" or not is_leap_second(found))):
        rule = f"a state begins with an instant like 2022-02-11T12:00:00.000 ({system})"
        raise OrbitError(rule, value=row.epoch, remedy=FETCH, file=file, line=row.line)
    return found


def _in_order(t: Array, block: Block) -> None:
    falls = np.flatnonzero(np.diff(t) < 0)
    if len(falls):
        row = block.rows[int(falls[0]) + 1]
        rule = "states are in order of time"
        raise OrbitError(rule, value=row.epoch, remedy=FETCH, file=block.meta.file, line=row.line)
    if t[-1] == t[0]:
        raise OrbitError("a segment lasts", remedy=FETCH, file=block.meta.file, line=block.meta.line)


def _close_together(t: Array, numbers: Array, block: Block) -> None:
    """Refuse states so far apart that no polynomial knows the path between them."""
    low = np.linalg.norm(numbers[:, :3], axis=1)
    turn = np.diff(t) * np.sqrt(EARTH_MU_KM3_S2 / np.minimum(low[1:], low[:-1]) ** 3)
    far = np.flatnonzero(turn > FARTHEST_RAD)
    if len(far):
        at = int(far[0])
        rule = "states follow each other within a sixth of a revolution, or the path between them is not known"
        found = f"{(t[at + 1] - t[at]) / 60:.0f} minutes"
        remedy = "Fetch the file as it was made: NASA's has a state every four minutes."
        raise OrbitError(rule, value=found, remedy=remedy, file=block.meta.file, line=block.rows[at + 1].line)


def _near_the_earth(numbers: Array, block: Block) -> None:
    """Refuse states in metres, inside the Earth, or faster than anything that stays with it."""
    far, fast = np.linalg.norm(numbers[:, :3], axis=1), np.linalg.norm(numbers[:, 3:], axis=1)
    odd = np.flatnonzero((far < LEAST_KM) | (far > MOST_KM) | (fast > MOST_KM_S))
    if len(odd):
        row = block.rows[int(odd[0])]
        rule = f"a state is {LEAST_KM:,.0f} to {MOST_KM:,.0f} km from the Earth's centre and at most {MOST_KM_S:g} km/s fast"
        value = f"{far[odd[0]]:,.3f} km, {fast[odd[0]]:,.3f} km/s"
        remedy = "Are these metres? An ephemeris is in km and km/s."
        raise OrbitError(rule, value=value, remedy=remedy, file=block.meta.file, line=row.line)


def _useable(block: Block, system: str, day: int, origin_s: float, t: Array) -> tuple[float, float]:
    """Return between which seconds a segment may be used: its useable span, else its whole span."""
    meta = block.meta
    found: dict[str, float] = {}
    for key in ("START_TIME", "STOP_TIME", "USEABLE_START_TIME", "USEABLE_STOP_TIME"):
        if not meta.text(key):
            if not key.startswith("USEABLE"):
                raise meta.wrong(key, f"a segment has {key}")
            continue
        instant = instant_of(meta.text(key))
        if instant is None:
            raise meta.wrong(key, f"{key} is an instant like 2022-02-11T12:00:00.000 ({system})")
        found[key] = float(tai_s([instant], system, day)[0]) - origin_s
    start, stop = found["START_TIME"], found["STOP_TIME"]
    first, last = found.get("USEABLE_START_TIME", start), found.get("USEABLE_STOP_TIME", stop)
    if not start - SLACK_S <= first < last <= stop + SLACK_S:
        key = "USEABLE_START_TIME" if "USEABLE_START_TIME" in found else "STOP_TIME"
        raise meta.wrong(key, "the useable span of a segment is a time within its START_TIME and STOP_TIME")
    if first < t[0] - SLACK_S or last > t[-1] + SLACK_S:
        key = "USEABLE_STOP_TIME" if last > t[-1] + SLACK_S else "USEABLE_START_TIME"
        raise meta.wrong(
            key if key in found else key.removeprefix("USEABLE_"), "states cover the whole useable span of a segment"
        )
    return max(first, float(t[0])), min(last, float(t[-1]))


def tai_text(segment: States, at_s: float) -> str:
    """Return an instant of a segment in TAI, with as many digits as its number has."""
    day = segment.epoch_utc.toordinal()
    whole, rest = divmod(at_s + tai_utc_s(float(day - MJD_DAY_ZERO)), DAY_S)
    minutes, second = divmod(rest, 60.0)
    hour, minute = divmod(int(minutes), 60)
    return f"{date.fromordinal(day + int(whole)):%Y-%m-%d}T{hour:02d}:{minute:02d}:{second:013.10f}"
