"""New elements arrive: which windows moved and by how much, which takes fall outside theirs, and where those could go.

Windows of the old and the new elements are matched shot by shot: each with the nearest of the other, if they are nearest to
each other and less than half a revolution apart. What is left over on one side has vanished, on the other has appeared.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cupola.model import Board, Day, Elements, OrbitEphemeris, Production, Shot, Station, Strip, Unit, Window
from cupola.model.work import crew_blocks, works_of
from cupola.sky.timescale import elapsed_s
from cupola.sky.windows import windows_for

SAME_S = 1800.0
"""Windows whose middles lie farther apart are not the same one: a light comes once or twice in a revolution of 93 minutes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowMove:
    """A window of a shot by the old and by the new elements; None where one of the two does not have it."""

    shot: str
    unit: str
    old: Window | None
    new: Window | None

    @property
    def shift_s(self) -> float | None:
        """By how many seconds it comes later (below 0: earlier); None for one that vanished or appeared."""
        return None if self.old is None or self.new is None else shift_s(self.old, self.new)


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeMove:
    """A take on a board against the new windows of its light.

    `new` is what became of its window (None: vanished). `outside_s` is by how many seconds roll or cut lies outside it, the
    uncertain edges given away; 0 where the take fits. `nearest` is, for a take outside, the nearest window that would do, and
    `roll_utc` when to roll in it; None where no window of the span is long enough.
    """

    strip: Strip
    unit: str
    number: int
    old: Window
    new: Window | None
    outside_s: float
    nearest: Window | None = None
    roll_utc: datetime | None = None

    @property
    def fits(self) -> bool:
        return self.new is not None and self.outside_s == 0

    @property
    def shift_s(self) -> float | None:
        """By how many seconds its window comes later; None where it vanished."""
        return None if self.new is None else shift_s(self.old, self.new)

    @property
    def same_pass(self) -> bool:
        """Whether the take fits the same window again by a roll that is moved."""
        return self.nearest is not None and self.nearest == self.new


@dataclass(frozen=True, kw_only=True, slots=True)
class Retiming:
    """What new elements do to windows and takes; both in order of time."""

    windows: tuple[WindowMove, ...]
    takes: tuple[TakeMove, ...]

    @property
    def moved(self) -> tuple[WindowMove, ...]:
        return tuple(move for move in self.windows if move.shift_s is not None)

    @property
    def vanished(self) -> tuple[WindowMove, ...]:
        return tuple(move for move in self.windows if move.new is None)

    @property
    def appeared(self) -> tuple[WindowMove, ...]:
        return tuple(move for move in self.windows if move.old is None)

    @property
    def outside(self) -> tuple[TakeMove, ...]:
        return tuple(take for take in self.takes if not take.fits)

    @property
    def largest_shift_s(self) -> float:
        """The largest shift of any window, earlier or later, in seconds."""
        return max((abs(move.shift_s or 0.0) for move in self.moved), default=0.0)


def with_orbit(
    production: Production, *, elements: Iterable[Elements] = (), ephemerides: Iterable[OrbitEphemeris] = (), keep: bool = True
) -> Production:
    """Return a production whose stations know new elements or ephemerides.

    With `keep` they join those that it has: of several sets the nearest in epoch answers. An ephemeris that was made before
    a new set gives way to it. Without `keep` they take the place of all.
    """
    new_sets, new_tables = tuple(elements), tuple(ephemerides)
    units = tuple(_with_orbit(unit, new_sets, new_tables, keep) for unit in production.units)
    return replace(production, units=units)


def _with_orbit(unit: Unit, sets: tuple[Elements, ...], tables: tuple[OrbitEphemeris, ...], keep: bool) -> Unit:
    if unit.station is None:
        return unit
    station = unit.station.station
    newest = max((one.epoch_utc for one in sets), default=None)
    kept = [one for one in station.ephemerides if newest is None or one.created_utc > newest] if keep else []
    new = replace(
        station,
        elements=(*(station.elements if keep else ()), *sets),
        ephemerides=(*kept, *tables),
    )
    return replace(unit, station=replace(unit.station, station=new))


def retime(production: Production, board: Board, *, newer: Production) -> Retiming:
    """Return what the orbit of `newer` does to the windows of a production and the takes of its board.

    `newer` is the same production with other elements (`with_orbit`). Units on Earth stay out of it: no orbit moves their
    light. Raises LightError and OrbitError as the search does.
    """
    moves: list[WindowMove] = []
    takes: list[TakeMove] = []
    roll_s = _roll_s(production)
    for unit, then in zip(production.units, newer.units, strict=True):
        if unit.station is None or then.station is None:
            continue
        shots = _lit_shots(production, unit)
        old, new = (_windows(shots, each.station.station, unit) for each in (unit, then) if each.station)
        for shot in shots:
            moves += _matched(shot.id, unit.id, old[shot.id], new[shot.id])
        takes += _takes(board, unit, new, roll_s)
    return Retiming(
        windows=tuple(sorted(moves, key=lambda move: ((move.new or move.old).open_utc, move.shot))),  # type: ignore[union-attr]
        takes=tuple(sorted(takes, key=lambda take: take.strip.roll_utc)),
    )


def shift_s(old: Window, new: Window) -> float:
    """Return by how many seconds a window comes later: of its two edges the one that moved less.

    An edge that the end of the span cuts does not move, and one that a burn lengthens moves twice.
    """
    edges = elapsed_s(old.open_utc, new.open_utc), elapsed_s(old.close_utc, new.close_utc)
    moved = [edge for edge in edges if edge] or [0.0]
    return min(moved, key=abs)


def match(old: Sequence[Window], new: Sequence[Window]) -> list[tuple[Window | None, Window | None]]:
    """Return windows in pairs of the same one by old and by new elements, in order; None for what has no partner."""
    there, back = _nearest_of(old, new), _nearest_of(new, old)
    partner = {i: j for i, j in enumerate(there) if j is not None and back[j] == i}
    taken = set(partner.values())
    pairs: list[tuple[Window | None, Window | None]] = [
        (window, new[partner[index]] if index in partner else None) for index, window in enumerate(old)
    ]
    pairs += [(None, window) for index, window in enumerate(new) if index not in taken]
    return sorted(pairs, key=lambda pair: (pair[1] or pair[0]).open_utc)  # type: ignore[union-attr]


def _matched(shot: str, unit: str, old: Sequence[Window], new: Sequence[Window]) -> list[WindowMove]:
    return [WindowMove(shot=shot, unit=unit, old=a, new=b) for a, b in match(old, new)]


def _nearest_of(windows: Sequence[Window], others: Sequence[Window]) -> list[int | None]:
    """Return for each window the number of the other whose middle is nearest; None where none is less than SAME_S away."""
    middles = [_middle_s(other) for other in others]
    found: list[int | None] = []
    for at in map(_middle_s, windows):
        after = bisect_left(middles, at)
        near = min(range(max(0, after - 1), min(len(middles), after + 1)), key=lambda i: abs(middles[i] - at), default=None)
        found.append(near if near is not None and abs(middles[near] - at) < SAME_S else None)
    return found


def _middle_s(window: Window) -> float:
    return (window.open_utc.timestamp() + window.close_utc.timestamp()) / 2


def _lit_shots(production: Production, unit: Unit) -> list[Shot]:
    scenes = [scene for scene in production.script.scenes if production.unit_for(scene.number).id == unit.id]
    return [shot for scene in scenes for shot in scene.shots if not shot.light.is_any]


def _windows(shots: Sequence[Shot], station: Station, unit: Unit) -> dict[str, tuple[Window, ...]]:
    found = windows_for((shot.light for shot in shots), station, start=unit.first_utc, end=unit.last_utc)
    return {shot.id: found[shot.light] for shot in shots}


def _roll_s(production: Production) -> dict[str, int]:
    return {work.id: work.roll_s for work in works_of(production)}


def _takes(board: Board, unit: Unit, new: dict[str, tuple[Window, ...]], roll_s: dict[str, int]) -> list[TakeMove]:
    days = [day for day in board.days if day.unit == unit.id]
    rows = [(day, strip, strip.window) for day in days for strip in day.strips if strip.window and strip.id in roll_s]
    known = [(day, strip, old, new[strip.shot]) for day, strip, old in rows if strip.shot in new]
    now = {strip.id: _same(old, windows) for _, strip, old, windows in known}
    return [_take(day, strip, old, windows, now) for day, strip, old, windows in known]


def _same(old: Window, windows: Sequence[Window]) -> Window | None:
    (found,) = _nearest_of((old,), windows)
    return None if found is None else windows[found]


def _take(day: Day, strip: Strip, old: Window, windows: Sequence[Window], now: dict[str, Window | None]) -> TakeMove:
    new = now[strip.id]
    move = TakeMove(strip=strip, unit=day.unit, number=day.number, old=old, new=new, outside_s=0.0)
    out = outside_s(strip.roll_utc, strip.cut_utc, new) if new else 0.0
    if new and not out:
        return move
    length = strip.cut_utc - strip.roll_utc
    used = {window for take, window in now.items() if take != strip.id and take.rpartition("-")[0] == strip.shot}
    enough = [window for window in windows if timedelta(seconds=window.usable_s) >= length and window not in used]
    nearest = min(enough, key=lambda window: abs(_roll_in(window, strip, old) - strip.roll_utc), default=None)
    roll = _roll_in(nearest, strip, old) if nearest else None
    return replace(move, outside_s=out, nearest=nearest, roll_utc=roll)


def outside_s(roll: datetime, cut: datetime, window: Window) -> float:
    """Return by how many seconds a take reaches out of a window with its uncertain edges given away; 0 inside."""
    edge = timedelta(seconds=window.edge_s)
    over = max(window.open_utc + edge - roll, cut - (window.close_utc - edge))
    return max(0.0, over.total_seconds())


def _roll_in(window: Window, strip: Strip, old: Window) -> datetime:
    """Return when to roll in a window that is long enough, on a whole second: as far into it as in the old one, or as near to
    that as the uncertain edges allow."""
    edge, length = timedelta(seconds=window.edge_s), strip.cut_utc - strip.roll_utc
    wanted = window.open_utc + (strip.roll_utc - old.open_utc)
    first, last = window.open_utc + edge, window.close_utc - edge - length
    roll = min(max(wanted, first), last).replace(microsecond=0)
    return roll if roll >= first else roll + timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Retimed:
    """A board with the new windows in its strips: `rolled` are the ids of takes whose roll was moved, `left` those of takes
    that stay outside, with the reason."""

    board: Board
    rolled: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


def retimed(production: Production, board: Board, retiming: Retiming) -> Retimed:
    """Return a board with its takes' new windows.

    Takes inside keep their times. A take outside its window is moved as a whole, with its preparation, to where it fits the
    same window, if neither the strips and rigs of its day nor the crew's hours are in the way; else it stays as it is, with
    its new window if it has one, and is named. Nothing else changes.
    """
    moves = {take.strip.id: take for take in retiming.takes}
    rolled: list[str] = []
    left: list[tuple[str, str]] = []
    days = []
    for day in board.days:
        unit = production.unit(day.unit)
        strips = list(day.strips)
        for index, strip in enumerate(strips):
            move = moves.get(strip.id)
            if move is None:
                continue
            strips[index] = replace(strip, window=move.new or strip.window)
            if move.fits:
                continue
            placed = _placed(move, unit, replace(day, strips=tuple(strips)), production)
            if isinstance(placed, Strip):
                strips[index] = placed
                rolled.append(strip.id)
            else:
                left.append((strip.id, placed))
        days.append(_redrawn(day, strips))
    return Retimed(board=replace(board, days=tuple(days)), rolled=tuple(rolled), left=tuple(left))


def _redrawn(day: Day, strips: Sequence[Strip]) -> Day:
    """Return a day with strips put in; it wraps later where its last strip does."""
    if tuple(strips) == day.strips:
        return day
    ordered = tuple(sorted(strips, key=lambda strip: strip.start_utc))
    before, after = (max((strip.end_utc for strip in each), default=day.wrap_utc) for each in (day.strips, ordered))
    return replace(day, strips=ordered, wrap_utc=after if day.wrap_utc == before else max(day.wrap_utc, after))


def _placed(move: TakeMove, unit: Unit, day: Day, production: Production) -> Strip | str:
    """Return a take's strip where it fits the same window again, or why it cannot be put there."""
    if move.new is None:
        return "its window vanished"
    if not move.same_pass or move.roll_utc is None:
        return "its window is too short for the take"
    by = move.roll_utc - move.strip.roll_utc
    strip = move.strip
    times = {name: getattr(strip, name) + by for name in ("start_utc", "roll_utc", "cut_utc", "end_utc")}
    placed = replace(strip, window=move.new, **times)
    others = [(other.start_utc, other.end_utc, f"strip {other.id}") for other in day.strips if other.id != strip.id]
    others += [(banner.start_utc, banner.end_utc, f"“{banner.text}”") for banner in day.banners]
    for start, end, name in others:
        if start < placed.end_utc and placed.start_utc < end:
            return f"{name} is in the way"
    crew = next(work.crew for work in works_of(production) if work.id == strip.id)
    blocks = crew_blocks(unit, day.date, crew)
    if not any(a <= placed.start_utc and placed.end_utc <= b for a, b in blocks):
        return "the crew's hours do not allow it"
    return placed
