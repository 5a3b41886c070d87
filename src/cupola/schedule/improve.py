"""Better from a person's own board: what was changed, and what each change alone saved."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cupola.model import Board, Day, Production, Window
from cupola.model.work import workdays
from cupola.money import cost
from cupola.rules import broken, check
from cupola.schedule.improve_orbit import undone_in_turn
from cupola.schedule.neighbourhood import Neighbourhood
from cupola.schedule.replan_board import Rearranger, rearranger
from cupola.schedule.replan_count import Changes, Move, changes_between
from cupola.schedule.search import Listener, solve
from cupola.schedule.stop import Halt, Stop

Windows = Mapping[str, Sequence[Window]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Something that was changed: strips that went from one date to another, or that stand at other times of their date.

    On Earth, `saved_cents` is what the board would cost more if this alone were undone; None where it cannot be undone alone,
    because a rule would be broken then. Aboard, steps are undone one after another, and those that cannot be told apart are one
    step, so that `saved_cents` of a unit add up to what all its changes saved. `was` and `now` are None for no date, and for
    several.
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
        steps=steps_of(production, windows, priced, other, changes),
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


def steps_of(production: Production, windows: Windows, old: Board, board: Board, changes: Changes) -> tuple[Step, ...]:
    """Return the changes that led to a board as steps, those that saved most first; what cannot be undone alone comes last."""
    steps: list[Step] = []
    for unit in production.units:
        if unit.is_orbit:
            steps += _steps_aboard(production, windows, old, board, unit.id, changes)
        else:
            steps += _steps_on_earth(production, windows, board, unit.id, changes)
    return tuple(sorted(steps, key=lambda step: (step.saved_cents is None, -(step.saved_cents or 0), step.text)))


def _steps_on_earth(production: Production, windows: Windows, board: Board, unit: str, changes: Changes) -> Iterator[Step]:
    groups = _by_dates(move for move in changes.moved if move.unit == unit)
    mover = rearranger(production, board, windows, unit) if groups else None
    for (was, now), strips in groups.items():
        saved = _saved(mover, strips, was) if mover and was and now else None
        yield Step(unit=unit, strips=strips, was=was, now=now, text=_text(strips, was, now), saved_cents=saved)


def _steps_aboard(
    production: Production, windows: Windows, old: Board, board: Board, unit: str, changes: Changes
) -> Iterator[Step]:
    at = {day.date: day for day in board.days if day.unit == unit}
    for piece, saved in undone_in_turn(production, windows, old, board, unit, changes):
        groups = _by_dates(piece.moves)
        retimed = {on: tuple(strip.id for strip in at[on].strips) for on in piece.retimed}
        texts = [_text(strips, was, now) for (was, now), strips in groups.items()]
        texts += [f"{', '.join(strips)} at other times on {on}" for on, strips in retimed.items()]
        names = tuple(itertools.chain(*groups.values(), *retimed.values()))
        yield Step(unit=unit, strips=names, was=piece.was, now=piece.now, text="; ".join(texts), saved_cents=saved)


def _by_dates(moves: Iterable[Move]) -> dict[tuple[date | None, date | None], tuple[str, ...]]:
    """Return the strips that went from one date to another, by both dates."""
    groups: dict[tuple[date | None, date | None], tuple[str, ...]] = {}
    for move in moves:
        groups[move.was, move.now] = (*groups.get((move.was, move.now), ()), move.strip)
    return groups


def _text(strips: Sequence[str], was: date | None, now: date | None) -> str:
    return f"{', '.join(strips)} from {was or 'no day'} to {now or 'no day'}"


def _saved(mover: Rearranger, strips: Sequence[str], back_to: date) -> int | None:
    """What a board would cost more with these strips back on a date; None where a rule is in the way."""
    undone = mover.board_with(dict.fromkeys(strips, back_to))
    if mover.new_faults(undone):
        return None
    return undone.cost.total_cents - mover.board.cost.total_cents
