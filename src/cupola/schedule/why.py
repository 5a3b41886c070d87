"""Why a scene is on its day: what every other date would cost, or who and what is in the way there."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from cupola.errors import BoardError, NothingFits
from cupola.model import Board, Pin, Production, Violation, Window
from cupola.model.work import Work, workdays, works_of
from cupola.schedule.compare import MoneyLine, money_lines
from cupola.schedule.replan import Option, replan
from cupola.schedule.replan_board import Rearranger, rearranger
from cupola.schedule.stop import Halt, Stop

Windows = Mapping[str, Sequence[Window]]
Verdict = Literal["here", "fits", "clash", "never"]

REPAIR_S = 4.0
"""Effort for the least that else would have to move."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A date on which a strip stands, or could stand.

    `verdict` is here; fits (nothing else moves, `cents` is what the board would cost more); clash (`why` says which rules it
    would break with everything else held); or never (`why` says who is away, what is closed, or that the light is not there).
    """

    date: date
    verdict: Verdict
    cents: int | None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """Why a strip is on its date: every date of its unit, with its price or what is in the way."""

    strip: str
    unit: str
    date: date | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WhatIf:
    """What would follow if strips were on another date.

    `never` says why they cannot be there at all. Else `faults` are the rules that are broken while everything else stays,
    `cents` and `lines` what the board would cost more, line by line (before, after); `repair` is the board with the fewest
    changes that has them there and keeps every rule, None where none was found (`clash` says why, where that is proven).
    """

    strips: tuple[str, ...]
    date: date
    never: tuple[str, ...] = ()
    faults: tuple[Violation, ...] = ()
    cents: int | None = None
    lines: tuple[MoneyLine, ...] = ()
    repair: Option | None = None
    clash: NothingFits | None = None


def strips_of(production: Production, name: str) -> tuple[Work, ...]:
    """Return the work of a scene, of a shot, or of one strip; raises BoardError where there is none of that name."""
    every = works_of(production)
    found = tuple(work for work in every if name in (work.id, work.shot)) or tuple(work for work in every if work.scene == name)
    if not found:
        raise BoardError(
            "no strip, shot or scene has that name", value=name, remedy="write it as the board does: 42, 42/A, 33-2"
        )
    return found


def why(production: Production, board: Board, windows: Windows, strip: str) -> Why:
    """Return what stands for the date of a strip, and against every other one; raises BoardError for an unknown strip."""
    work = strips_of(production, strip)[0]
    unit = production.unit(work.unit)
    on = next((day.date for day in board.days for each in day.strips if each.id == work.id), None)
    mover = None if unit.is_orbit else rearranger(production, board, windows, unit.id)
    choices = [_choice(production, mover, work, day, on, windows) for day in workdays(unit)]
    return Why(strip=work.id, unit=unit.id, date=on, choices=tuple(choices))


def _choice(
    production: Production, mover: Rearranger | None, work: Work, day: date, on: date | None, windows: Windows
) -> Choice:
    if day == on:
        return Choice(date=day, verdict="here", cents=0)
    never = obstacles(production, work, day, windows)
    if never:
        return Choice(date=day, verdict="never", cents=None, why=never)
    if mover is None:
        return Choice(date=day, verdict="fits", cents=None, why=("its light is there; ask for that day to hear the price",))
    moved = mover.board_with({work.id: day})
    faults = mover.new_faults(moved)
    if faults:
        return Choice(date=day, verdict="clash", cents=None, why=tuple(dict.fromkeys(fault.message for fault in faults)))
    return Choice(date=day, verdict="fits", cents=moved.cost.total_cents - mover.board.cost.total_cents)


def obstacles(production: Production, work: Work, day: date, windows: Windows) -> tuple[str, ...]:
    """Return what keeps a strip off a date whatever else moves: pin, cast, place, light."""
    unit, place = production.unit(work.unit), production.place(work.place)
    found = [f"pinned to {pin.day}" for pin in production.pins if pin.strip == work.id and pin.day != day]
    if day not in workdays(unit):
        found.append(f"unit {unit.id} does not work")
    if not unit.is_orbit:
        for name in work.cast:
            found += [
                f"{name} is away{f' ({away.why})' if away.why else ''}" for away in production.member(name).away if day in away
            ]
    found += [f"{place.name} is closed{f' ({span.why})' if span.why else ''}" for span in place.closed if day in span]
    if place.permits and not any(day in span for span in place.permits):
        found.append(f"no permit for {place.name}")
    if not work.light.is_any and not _is_lit(work, day, unit.tz, windows.get(work.shot, ())):
        found.append(f"no {work.light} long enough")
    return tuple(found)


def _is_lit(work: Work, day: date, tz: str, windows: Sequence[Window]) -> bool:
    """Whether a window that is long enough meets a date, or the small hours after it."""
    zone = ZoneInfo(tz)
    return any(
        (window.close_utc - window.open_utc).total_seconds() - 2 * window.edge_s >= work.roll_s
        and window.open_utc.astimezone(zone).date() <= day <= window.close_utc.astimezone(zone).date()
        for window in windows
    )


def what_if(
    production: Production,
    board: Board,
    windows: Windows,
    name: str,
    day: date,
    *,
    stop: Stop | None = None,
    seed: int = 1,
    halt: Halt | None = None,
) -> WhatIf:
    """Return what would follow if a strip, shot or scene were on a date: the price, the broken rules, the least repair."""
    works = strips_of(production, name)
    unit = production.unit(works[0].unit)
    strips = tuple(work.id for work in works)
    never = tuple(dict.fromkeys(f"{work.id}: {what}" for work in works for what in obstacles(production, work, day, windows)))
    if never:
        return WhatIf(strips=strips, date=day, never=never)
    faults: tuple[Violation, ...] = ()
    cents: int | None = None
    lines: tuple[MoneyLine, ...] = ()
    if not unit.is_orbit:
        mover = rearranger(production, board, windows, unit.id)
        held = mover.board_with(dict.fromkeys(strips, day))
        faults = mover.new_faults(held)
        cents = held.cost.total_cents - board.cost.total_cents
        lines = tuple(line for line in money_lines([board.cost, held.cost]) if line.differs)
        if not faults:
            return WhatIf(strips=strips, date=day, cents=cents, lines=lines)
    pins = (*(pin for pin in production.pins if pin.strip not in strips), *(Pin(strip=strip, day=day) for strip in strips))
    pinned = dataclasses.replace(production, pins=pins)
    try:
        options = replan(pinned, board, windows, stop=stop or Stop(seconds=REPAIR_S), seed=seed, halt=halt).options
    except NothingFits as clash:
        return WhatIf(strips=strips, date=day, faults=faults, cents=cents, lines=lines, clash=clash)
    repair = options[0]
    if unit.is_orbit:
        cents = repair.cents - board.cost.total_cents
        lines = tuple(line for line in money_lines([board.cost, repair.board.cost]) if line.differs)
    return WhatIf(strips=strips, date=day, faults=faults, cents=cents, lines=lines, repair=repair)
