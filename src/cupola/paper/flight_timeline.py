"""The crew's timeline: a row for everybody aboard and every crew day, in steps of five minutes, under day and night outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cupola.model import Board, Day, FlightSky, Production, Unit
from cupola.model.work import local
from cupola.paper.callsheet_crew import CrewRow, crew_rows
from cupola.paper.orbit_day import Span, clipped
from cupola.paper.strips import days_of_unit
from cupola.rules import limits_of

GRAIN = timedelta(minutes=5)
CELLS = 288
"""Steps of a day."""

KINDS = ("sleep", "free", "block", "rig", "strip", "suits", "outside")
"""What a step may be; of several, the later one in this order is written."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Steps in a row of one kind, from `first` to `end` (half-open, of 288); `text` names the strip."""

    kind: str
    first: int
    end: int
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineRow:
    """One person's crew day: runs that fill it, and minutes in strips, rigs and spacewalks."""

    who: str
    runs: tuple[Run, ...]
    busy_min: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineDay:
    """A crew day from midnight to midnight of the unit; `nights` are cut to it, `day` is None where nothing is shot."""

    number: int
    date: date
    day: Day | None
    start_utc: datetime
    nights: tuple[Span, ...]
    rows: tuple[TimelineRow, ...]
    strips: tuple[Run, ...]

    @property
    def end_utc(self) -> datetime:
        return self.start_utc + CELLS * GRAIN


def timeline(production: Production, board: Board, unit: Unit, flight: FlightSky | None = None) -> tuple[TimelineDay, ...]:
    """Return a crew day for each date of a unit's span aboard, in order; flight days count from 1."""
    first = unit.first_utc.astimezone(local(unit, unit.first_utc.date(), time()).tzinfo).date()
    last = (unit.last_utc - GRAIN).astimezone(local(unit, first, time()).tzinfo).date()
    days = {day.date: day for day in days_of_unit(board, unit.id)}
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return tuple(_day(production, unit, n, on, days.get(on), flight) for n, on in enumerate(dates, 1))


def _day(production: Production, unit: Unit, number: int, on: date, day: Day | None, flight: FlightSky | None) -> TimelineDay:
    start = local(unit, on, time()).astimezone(UTC)
    asleep = _asleep(production, unit, on)
    empty = Day(unit=unit.id, date=on, number=number, call_utc=start, wrap_utc=start, strips=())
    rows = crew_rows(production, unit, day or empty)
    strips = [(strip.start_utc, strip.end_utc, strip.id) for strip in day.strips] if day else []
    return TimelineDay(
        number=number,
        date=on,
        day=day,
        start_utc=start,
        nights=clipped(flight.nights, start, start + CELLS * GRAIN) if flight else (),
        rows=tuple(_row(row, start, asleep, unit) for row in rows),
        strips=tuple(Run(kind="strip", first=_floor(a, start), end=_ceil(b, start), text=text) for a, b, text in strips),
    )


def _asleep(production: Production, unit: Unit, on: date) -> tuple[Span, ...]:
    """Return the crew's sleep on a date, from the rules that hold; empty where no rule says when it is."""
    awake = limits_of(production, unit).awake
    if awake is None:
        return ()
    wake, rest = (local(unit, on, clock).astimezone(UTC) for clock in awake)
    midnight = local(unit, on, time()).astimezone(UTC)
    return ((midnight, wake), (rest, midnight + CELLS * GRAIN))


def _row(row: CrewRow, start: datetime, asleep: Sequence[Span], unit: Unit) -> TimelineRow:
    cells: list[tuple[str, str]] = [("free", "")] * CELLS

    def paint(kind: str, spans: Sequence[Span], text: str = "") -> None:
        for a, b in spans:
            for at in range(max(0, _floor(a, start)), min(CELLS, _ceil(b, start))):
                if KINDS.index(kind) >= KINDS.index(cells[at][0]) or kind == "sleep":
                    cells[at] = (kind, text)

    paint("sleep", _aboard(asleep, unit))
    paint("block", _aboard(row.blocks, unit))
    paint("rig", row.rigs)
    for strip, a, b in row.strips:
        paint("strip", [(a, b)], strip)
    paint("suits", row.suits)
    paint("outside", row.outside)
    return TimelineRow(who=row.name, runs=_runs(cells), busy_min=row.busy_min)


def _aboard(spans: Sequence[Span], unit: Unit) -> tuple[Span, ...]:
    return clipped(spans, unit.first_utc, unit.last_utc)


def _runs(cells: Sequence[tuple[str, str]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for at, (kind, text) in enumerate(cells):
        if runs and (runs[-1].kind, runs[-1].text) == (kind, text):
            runs[-1] = Run(kind=kind, first=runs[-1].first, end=at + 1, text=text)
        else:
            runs.append(Run(kind=kind, first=at, end=at + 1, text=text))
    return tuple(runs)


def _floor(at: datetime, start: datetime) -> int:
    return (at - start) // GRAIN


def _ceil(at: datetime, start: datetime) -> int:
    return -((start - at) // GRAIN)
