"""The data and card plan of a flight: what each take records, on which cards, when its copies exist, and the proxies."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from cupola.model import Board, Day, Production, Recording, Strip, Unit
from cupola.paper.strips import days_of_unit
from cupola.paper.wording import shot_of

SECONDS_OF_AN_EIGHTH = Fraction(60, 8)
"""A page is a minute of the film."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeData:
    """What one strip records: seconds of picture, GB, and the cards it lies on, by number."""

    strip: Strip
    seconds: int
    gb: float
    cards: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayData:
    """A crew day's takes; its cards may be formatted from `copied_utc` on, when every copy exists.

    `proxy_min` is the time on the link for its proxies.
    """

    day: Day
    takes: tuple[TakeData, ...]
    seconds: int
    gb: float
    cards: tuple[int, ...]
    copied_utc: datetime
    proxy_min: float


@dataclass(frozen=True, kw_only=True, slots=True)
class DataPlan:
    """The whole flight: `cards` in rotation, `drives` in each of as many bags as there are copies."""

    unit: Unit
    recording: Recording
    days: tuple[DayData, ...]
    seconds: int
    gb: float
    cards: int
    drives: int
    proxy_gb: float
    proxy_min: float


def data_plan(production: Production, board: Board, unit: Unit) -> DataPlan:
    """Return the data plan of an orbit unit.

    Each crew day starts on fresh cards and fills them one after the other. After its wrap they are copied, one copy after the
    other; no card is used again before its last copy is done.
    """
    recording = production.kit.recording
    days: list[DayData] = []
    free: dict[int, datetime] = {}
    for day in days_of_unit(board, unit.id):
        days.append(_day(production, recording, day, free, days[-1].copied_utc if days else day.wrap_utc))
    seconds = sum(day.seconds for day in days)
    gb = gb_of(seconds, recording)
    return DataPlan(
        unit=unit,
        recording=recording,
        days=tuple(days),
        seconds=seconds,
        gb=gb,
        cards=max(free, default=0),
        drives=math.ceil(gb / recording.drive_gb),
        proxy_gb=seconds * recording.proxy_mbit_s / 8 / 1000,
        proxy_min=proxy_min(seconds, recording),
    )


def _day(production: Production, recording: Recording, day: Day, free: dict[int, datetime], busy_until: datetime) -> DayData:
    """Return a day's data; `free` says from when each card may be formatted, and is kept."""
    strips = sorted(day.strips, key=lambda strip: strip.roll_utc)
    takes: list[TakeData] = []
    used: list[int] = []
    room = 0.0
    for strip in strips:
        seconds = recorded_s(production, strip)
        rest, cards = gb_of(seconds, recording), list(used[-1:] if room > 0 and seconds else ())
        rest, room = (rest - room, 0.0) if rest > room else (0.0, room - rest)
        while rest > 1e-9:
            used.append(_free_card(free, used, strip.roll_utc))
            cards.append(used[-1])
            rest, room = max(0.0, rest - recording.card_gb), max(0.0, recording.card_gb - rest)
        takes.append(TakeData(strip=strip, seconds=seconds, gb=gb_of(seconds, recording), cards=tuple(cards)))
    total = sum(take.seconds for take in takes)
    copied = max(day.wrap_utc, busy_until) + copying(gb_of(total, recording), recording)
    free.update(dict.fromkeys(used, copied))
    return DayData(
        day=day,
        takes=tuple(takes),
        seconds=total,
        gb=gb_of(total, recording),
        cards=tuple(used),
        copied_utc=copied,
        proxy_min=proxy_min(total, recording),
    )


def _free_card(free: dict[int, datetime], used: Sequence[int], at: datetime) -> int:
    """Return the lowest card that may be formatted at an instant, else a new one."""
    ready = [card for card, since in free.items() if since <= at and card not in used]
    return min(ready, default=max([*free, *used], default=0) + 1)


def recorded_s(production: Production, strip: Strip) -> int:
    """Return the seconds that the camera runs on a strip, never more than from roll to cut.

    Takes that the script times count as they are; a pass is recorded whole; elsewhere the strip's share of the scene's length
    times the shooting ratio.
    """
    most = math.ceil((strip.cut_utc - strip.roll_utc).total_seconds())
    scene = production.script.scene(strip.scene)
    shot = shot_of(scene, strip)
    if shot is None or shot.light.is_pass_bound or (shot.letter and shot.take_s is None):
        return most
    if shot.take_s is not None:
        return min(most, math.ceil(shot.takes * shot.take_s / strip.takes))
    film_s = scene.eighths * SECONDS_OF_AN_EIGHTH / strip.takes
    return min(most, math.ceil(film_s * Fraction(production.kit.recording.shooting_ratio)))


def gb_of(seconds: float, recording: Recording) -> float:
    """Return what so many seconds take up."""
    return seconds * recording.tb_per_h / 3.6


def copying(gb: float, recording: Recording) -> timedelta:
    """Return how long it takes to write every copy, one after the other."""
    return timedelta(seconds=math.ceil(gb * 1000 / recording.copy_mb_s) * recording.copies)


def proxy_min(seconds: float, recording: Recording) -> float:
    """Return the minutes on the link for proxies of so many seconds."""
    return seconds * recording.proxy_mbit_s / recording.downlink_mbit_s / 60


def orbit_units(production: Production, board: Board) -> Iterable[Unit]:
    """Return the units in orbit that a board has days of."""
    return (unit for unit in production.units if unit.is_orbit and days_of_unit(board, unit.id))
