"""Better from a person's own board: what was changed, and what each change alone saved."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cupola.model import Board, Day, Production, Window
from cupola.model.work import workdays
from cupola.money import cost
from cupola.rules import broken, check
from cupola.schedule.neighbourhood import Neighbourhood
from cupola.schedule.replan_board import Rearranger, rearranger
from cupola.schedule.replan_count import Changes, changes_between
from cupola.schedule.search import Listener, solve
from cupola.schedule.stop import Halt, Stop

Windows = Mapping[str, Sequence[Window]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Something that was changed: strips that went from one date to another, or two days that changed places.

    `saved_cents` is what the board would cost more if this alone were undone; None where it cannot be undone alone, because a
    rule would be broken then.
    """

    unit: str
    strips: tuple[str, ...]
    was: date | None
    now: date | None
    text: str
    saved_cents: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Improved:
    """A better board, or the same one where none was found; `before_cents` is what the person's board costs."""

    board: Board
    before_cents: int
    changes: Changes
    steps: tuple[Step, ...]

    @property
    def saved_cents(self) -> int:
        return self.before_cents - self.board.cost.total_cents


def improved(
    production: Production,
    board: Board,
    windows: Windows,
    *,
    within: Neighbourhood | None = None,
    stop: Stop | None = None,
    seed: int = 1,
    halt: Halt | None = None,
    on_progress: Listener = lambda _: None,
) -> Improved:
    """Return the cheapest board found around a person's board, and what each change saved.

    Strips that are pinned on the board or in the production, and whatever `within` keeps, are never touched. Where nothing
    cheaper is found, or the person's board keeps more rules, that board comes back as it is.
    """
    within = within or Neighbourhood()
    own_pins = frozenset(strip.id for strip in board.strips if strip.pinned)
    within = dataclasses.replace(within, pins=within.pins | own_pins)
    priced = dataclasses.replace(board, cost=cost(production, board.days))
    other = solve(
        production, windows, stop=stop or Stop(), seed=seed, on_progress=on_progress, halt=halt, start=priced, within=within
    )
    other = _with_old_days(production, priced, other)
    calendars = {unit.id: workdays(unit) for unit in production.units}
    faults = [len(broken(check(production, each, windows))) for each in (priced, other)]
    if (faults[1], other.cost.total_cents) >= (faults[0], priced.cost.total_cents):
        same = dataclasses.replace(priced, bounds=other.bounds)
        return Improved(board=same, before_cents=priced.cost.total_cents, changes=changes_between(board, board), steps=())
    changes = changes_between(priced, other, calendars=calendars)
    return Improved(
        board=other,
        before_cents=priced.cost.total_cents,
        changes=changes,
        steps=steps_of(production, windows, other, changes),
    )


def _with_old_days(production: Production, old: Board, new: Board) -> Board:
    """Return the new board with every day as it was that holds the same strips, where that costs no more."""
    known = {(day.unit, day.date, frozenset(strip.id for strip in day.strips)): day for day in old.days}

    def same(day: Day) -> Day:
        before = known.get((day.unit, day.date, frozenset(strip.id for strip in day.strips)))
        return day if before is None else dataclasses.replace(before, number=day.number)

    days = tuple(same(day) for day in new.days)
    priced = cost(production, days)
    return dataclasses.replace(new, days=days, cost=priced) if priced.total_cents <= new.cost.total_cents else new


def steps_of(production: Production, windows: Windows, board: Board, changes: Changes) -> tuple[Step, ...]:
    """Return the changes that led to a board as steps, those that saved most first; what cannot be undone alone comes last."""
    groups: dict[tuple[str, date | None, date | None], list[str]] = {}
    for move in changes.moved:
        groups.setdefault((move.unit, move.was, move.now), []).append(move.strip)
    movers: dict[str, Rearranger] = {}
    steps: list[Step] = []
    for (unit, was, now), strips in groups.items():
        if was is None or now is None or production.unit(unit).is_orbit:
            saved = None
        else:
            if unit not in movers:
                movers[unit] = rearranger(production, board, windows, unit)
            saved = _saved(movers[unit], strips, was)
        text = f"{', '.join(strips)} from {was or 'no day'} to {now or 'no day'}"
        steps.append(Step(unit=unit, strips=tuple(strips), was=was, now=now, text=text, saved_cents=saved))
    return tuple(sorted(steps, key=lambda step: (step.saved_cents is None, -(step.saved_cents or 0), step.text)))


def _saved(mover: Rearranger, strips: Sequence[str], back_to: date) -> int | None:
    """What a board would cost more with these strips back on a date; None where a rule is in the way."""
    undone = mover.board_with(dict.fromkeys(strips, back_to))
    if mover.new_faults(undone):
        return None
    return undone.cost.total_cents - mover.board.cost.total_cents
