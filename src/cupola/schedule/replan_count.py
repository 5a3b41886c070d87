"""What changed from one board to another: strips on other dates, call days of the cast, and days that moved as wholes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cupola.model import Board


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """What a change counts: each strip that moves, each call day of a cast member that comes or goes, each decision.

    A decision is a strip that moves alone, or a run of days that all move by as many work days, each as a whole.
    """

    scenes: int = 1
    calls: int = 0
    days: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A strip and the dates it stood on before and stands on now; None where it is on no day."""

    strip: str
    unit: str
    was: date | None
    now: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """A run of days of a unit that moved as wholes by the same number of work days: `was[k]` became `now[k]`."""

    unit: str
    was: tuple[date, ...]
    now: tuple[date, ...]
    strips: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """All that a board has otherwise than another.

    `moved` are strips on another date, `retimed` strips on their date whose roll moved; `calls_new` and `calls_gone` are
    (cast member, date); `shifts` are runs of two days and more that moved as wholes.
    """

    moved: tuple[Move, ...]
    retimed: tuple[str, ...]
    calls_new: tuple[tuple[str, date], ...]
    calls_gone: tuple[tuple[str, date], ...]
    shifts: tuple[Shift, ...]

    @property
    def scenes(self) -> int:
        """How many strips moved to another date."""
        return len(self.moved)

    @property
    def calls(self) -> int:
        """How many call days of cast members came or went."""
        return len(self.calls_new) + len(self.calls_gone)

    @property
    def days(self) -> int:
        """How many decisions: runs of whole days, and strips that moved for themselves."""
        return len(self.shifts) + len(self.moved) - sum(len(shift.strips) for shift in self.shifts)

    def weighed(self, weights: Weights) -> int:
        """Return the changes as one figure."""
        return weights.scenes * self.scenes + weights.calls * self.calls + weights.days * self.days


def changes_between(old: Board, new: Board, *, calendars: Mapping[str, Sequence[date]] | None = None) -> Changes:
    """Return what `new` has otherwise than `old`; strips that only one of them knows count as moved.

    `calendars` are the work days of each unit, by which whole-day shifts are measured; by default the days of the boards.
    """
    was = {strip.id: (day.unit, day.date, strip) for day in old.days for strip in day.strips}
    now = {strip.id: (day.unit, day.date, strip) for day in new.days for strip in day.strips}
    moved = tuple(
        Move(
            strip=name,
            unit=(now.get(name) or was[name])[0],
            was=was[name][1] if name in was else None,
            now=now[name][1] if name in now else None,
        )
        for name in dict.fromkeys([*was, *now])
        if was.get(name, ("", None))[:2] != now.get(name, ("", None))[:2]
    )
    before, after = calls_of(old), calls_of(new)
    return Changes(
        moved=moved,
        retimed=tuple(
            name
            for name in was
            if name in now and was[name][:2] == now[name][:2] and _roll(was[name][2]) != _roll(now[name][2])
        ),
        calls_new=tuple(sorted(after - before)),
        calls_gone=tuple(sorted(before - after)),
        shifts=tuple(_shifts(old, new, moved, calendars or {})),
    )


def _roll(strip: object) -> object:
    return getattr(strip, "roll_utc", None)


def calls_of(board: Board) -> set[tuple[str, date]]:
    """Return every (cast member, date) on which somebody is called."""
    return {(name, day.date) for day in board.days for strip in day.strips for name in strip.cast}


def _shifts(old: Board, new: Board, moved: Sequence[Move], calendars: Mapping[str, Sequence[date]]) -> Iterable[Shift]:
    """Yield runs of whole days, neighbours among the old board's days, that moved by the same number of work days."""
    goes = {move.strip: move.now for move in moved}
    for unit in dict.fromkeys(day.unit for day in old.days):
        own = sorted((day for day in old.days if day.unit == unit), key=lambda day: day.date)
        dates = {day.date for board in (old, new) for day in board.days if day.unit == unit}
        calendar = sorted(dates | set(calendars.get(unit, ())))
        at = {day: n for n, day in enumerate(calendar)}
        run: list[tuple[date, date, tuple[str, ...]]] = []
        step: int | None = None
        for day in own:
            targets = {goes.get(strip.id, day.date) for strip in day.strips}
            target = next(iter(targets)) if len(targets) == 1 else None
            by = at[target] - at[day.date] if target is not None else 0
            if run and by != step:
                yield from _shift(unit, run)
                run = []
            step = by
            if by and target is not None:
                run.append((day.date, target, tuple(strip.id for strip in day.strips)))
        yield from _shift(unit, run)


def _shift(unit: str, run: Sequence[tuple[date, date, tuple[str, ...]]]) -> Iterable[Shift]:
    strips = tuple(name for _, _, names in run for name in names)
    if len(strips) > 1:
        yield Shift(unit=unit, was=tuple(a for a, _, _ in run), now=tuple(b for _, b, _ in run), strips=strips)
