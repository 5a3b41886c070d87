"""What each change aboard saved: the changes of a flight undone one after another, from the better board back to the old one.

Every board between is priced as a whole, so the prices add up to what all changes of the unit saved.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cupola.model import Board, Day, Production, Strip, Window
from cupola.model.work import works_of
from cupola.money import cost
from cupola.money.aboard import is_rig
from cupola.rules import broken, check
from cupola.schedule.orbit import build, orbit_case, orbit_days
from cupola.schedule.orbit_search import PACK_LIMIT, asked
from cupola.schedule.replan_count import Changes, Move
from cupola.schedule.stop import Halt

Windows = Mapping[str, Sequence[Window]]
Lay = Callable[[date, frozenset[str]], Day | None]
"""Makes a day of a date and the strips on it."""
EFFORT = 6.0
"""Deterministic seconds after which no more days are packed anew."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Changes that are undone together: strips that went to other dates, and dates whose strips stand at other times."""

    moves: tuple[Move, ...] = ()
    retimed: tuple[date, ...] = ()

    @property
    def dates(self) -> frozenset[date]:
        return frozenset(day for move in self.moves for day in (move.was, move.now) if day) | frozenset(self.retimed)

    @property
    def was(self) -> date | None:
        """The date that all its strips come from; None where there are several, or none."""
        return _only({*(move.was for move in self.moves), *self.retimed})

    @property
    def now(self) -> date | None:
        """The date that all its strips went to; None where there are several, or none."""
        return _only({*(move.now for move in self.moves), *self.retimed})


def undone_in_turn(
    production: Production, windows: Windows, old: Board, new: Board, unit: str, changes: Changes
) -> Iterator[tuple[Piece, int]]:
    """Yield the changes of an orbit unit, and how much dearer the board became as each was undone after those before it.

    Changes that no board that keeps the rules can be without come as one piece.
    """
    flight = _Flight(production, windows, old, new, unit)
    left = list(_pieces(flight, changes))
    undone: list[Piece] = []
    board = new
    while left:
        found = next(flight.without(undone, left), None) or next(flight.without(undone, _together(left)), None)
        piece, other = found or (_joined(left), flight.board(flight.old.values()))
        yield piece, other.cost.total_cents - board.cost.total_cents
        board = other
        undone.append(piece)
        left = [each for each in left if not _is_part(each, piece)]


class _Flight:
    """An orbit unit on two boards, and the boards between them. All other units stand as on the new one."""

    def __init__(self, production: Production, windows: Windows, old: Board, new: Board, unit: str) -> None:
        self.production, self.windows, self.whole, self.unit = production, windows, new, unit
        self.old = {day.date: day for day in old.days if day.unit == unit}
        self.new = {day.date: day for day in new.days if day.unit == unit}
        self.rig_of = {place.name: place.id for place in production.places}
        faults = (fault for board in (old, new) for fault in broken(check(production, board, windows)))
        self._anew = _Anew(production, windows, unit)
        self.known = {(fault.rule, fault.message) for fault in faults}

    def board(self, days: Iterable[Day]) -> Board:
        """Return the board with these days of the unit, priced as a whole."""
        own = sorted(days, key=lambda day: day.date)
        own = [dataclasses.replace(day, number=number) for number, day in enumerate(own, 1)]
        others = [day for day in self.whole.days if day.unit != self.unit]
        every = tuple(sorted((*others, *own), key=lambda day: (day.date, day.unit)))
        return dataclasses.replace(self.whole, days=every, cost=cost(self.production, every), bounds=())

    def without(self, undone: Sequence[Piece], candidates: Iterable[Piece]) -> Iterator[tuple[Piece, Board]]:
        """Yield the candidates that can be undone next, each with a board that keeps the rules without it.

        Days on which only some changes are undone keep the times of the new board where they can, else those of the old one,
        else they are packed anew.
        """
        for piece in candidates:
            for lay in (self._as_new, self._as_old, self._anew.day):
                days = self._days((*undone, piece), lay)
                other = None if days is None else self.board(days)
                if other is not None and self._keeps_the_rules(other):
                    yield piece, other
                    break

    def _keeps_the_rules(self, board: Board) -> bool:
        found = broken(check(self.production, board, self.windows))
        return all((fault.rule, fault.message) in self.known for fault in found)

    def _days(self, undone: Sequence[Piece], lay: Lay) -> list[Day] | None:
        """Return the days with some changes undone, those that neither board has as `lay` makes them; None where it cannot."""
        at = {strip.id: on for on, day in self.new.items() for strip in day.strips}
        for move in (move for piece in undone for move in piece.moves):
            at.pop(move.strip, None)
            if move.was:
                at[move.strip] = move.was
        retimed = {on for piece in undone for on in piece.retimed}
        days: list[Day] = []
        for on in sorted(set(at.values())):
            names = frozenset(name for name, day in at.items() if day == on)
            before, after = self.old.get(on), self.new.get(on)
            known = (before, after) if on in retimed else (after, before)
            same = next((day for day in known if day and names == {strip.id for strip in day.strips}), None)
            day = same or lay(on, names)
            if day is None:
                return None
            days.append(day)
        return days

    def _as_new(self, on: date, names: frozenset[str]) -> Day:
        return self._mixed(names, [day for day in (self.new.get(on), self.old.get(on)) if day])

    def _as_old(self, on: date, names: frozenset[str]) -> Day:
        return self._mixed(names, [day for day in (self.old.get(on), self.new.get(on)) if day])

    def _mixed(self, names: frozenset[str], sources: Sequence[Day]) -> Day:
        """Return a day with strips of several days of its date, each as the first of them that has it."""
        found: dict[str, Strip] = {}
        for strip in (strip for day in sources for strip in day.strips if strip.id in names):
            found.setdefault(strip.id, strip)
        strips = tuple(sorted(found.values(), key=lambda strip: strip.start_utc))
        places = {strip.place for strip in strips}
        banners = {banner.text: banner for day in reversed(sources) for banner in day.banners}
        kept = [banner for banner in banners.values() if not is_rig(banner) or self._is_used(banner.text, places)]
        return dataclasses.replace(
            sources[0],
            call_utc=min([strip.start_utc for strip in strips] + [banner.start_utc for banner in kept]),
            wrap_utc=max([strip.end_utc for strip in strips] + [banner.end_utc for banner in kept]),
            strips=strips,
            banners=tuple(sorted(kept, key=lambda banner: banner.start_utc)),
        )

    def _is_used(self, rig: str, places: Collection[str]) -> bool:
        """Whether a rig is of a module that is filmed in; what is no module's stays."""
        module = self.rig_of.get(rig.partition(" ")[2])
        return module is None or module in places


class _Anew:
    """Packs a day of an orbit unit anew as cheaply as it can; what was asked before is known, and the effort has an end."""

    def __init__(self, production: Production, windows: Windows, unit: str) -> None:
        works = [work for work in works_of(production) if work.unit == unit]
        self.case = orbit_case(production, production.unit(unit), works, windows)
        self.row = {work.id: w for w, work in enumerate(works)}
        self.known: dict[tuple[date, frozenset[str]], Day | None] = {}
        self.spent = 0.0

    def day(self, on: date, names: frozenset[str]) -> Day | None:
        """Return a day with these strips; None where none was found, where one is outside, or where the effort is spent."""
        if (on, names) not in self.known:
            self.known[on, names] = self._packed(on, names)
        return self.known[on, names]

    def _packed(self, on: date, names: frozenset[str]) -> Day | None:
        if on not in self.case.dates or not names <= self.row.keys() or self.spent >= EFFORT:
            return None
        rows = sorted(self.row[name] for name in names)
        if any(self.case.is_out[w] for w in rows):
            return None
        part = self.case.part(rows, {self.case.dates.index(on)}, {})
        if not all(part.spots):
            return None
        placing, seconds = asked(part, build(part), limit=PACK_LIMIT, seed=1, halt=Halt())
        self.spent += seconds
        return next(iter(orbit_days(part, placing)), None) if placing else None


def _pieces(flight: _Flight, changes: Changes) -> Iterator[Piece]:
    """Yield the smallest pieces: strips between two dates, all that share a date that only one board has, retimed days."""
    groups: dict[tuple[date | None, date | None], list[Move]] = {}
    for move in changes.moved:
        if move.unit == flight.unit:
            groups.setdefault((move.was, move.now), []).append(move)
    lone = flight.old.keys() ^ flight.new.keys()
    yield from _connected([Piece(moves=tuple(moves)) for moves in groups.values()], lone)
    for on in sorted(flight.old.keys() & flight.new.keys()):
        before, after = flight.old[on], flight.new[on]
        same = {strip.id for strip in before.strips} == {strip.id for strip in after.strips}
        if same and dataclasses.replace(before, number=after.number) != after:
            yield Piece(retimed=(on,))


def _connected(pieces: Sequence[Piece], by: Collection[date] | None = None) -> Iterator[Piece]:
    """Yield pieces joined that share a date, or one of some dates."""
    joined: list[Piece] = []
    for piece in pieces:
        touching = [each for each in joined if any(by is None or on in by for on in each.dates & piece.dates)]
        joined = [*(each for each in joined if each not in touching), _joined([*touching, piece])]
    yield from joined


def _together(left: Sequence[Piece]) -> Iterator[Piece]:
    """Yield what has to go together where nothing can go alone: pairs that share a date, then all that hang together."""
    for a, b in itertools.combinations(left, 2):
        if a.dates & b.dates:
            yield _joined([a, b])
    yield from _connected(left)


def _joined(pieces: Iterable[Piece]) -> Piece:
    every = list(pieces)
    return Piece(
        moves=tuple(move for each in every for move in each.moves),
        retimed=tuple(on for each in every for on in each.retimed),
    )


def _is_part(small: Piece, large: Piece) -> bool:
    return set(small.moves) <= set(large.moves) and set(small.retimed) <= set(large.retimed)


def _only(dates: set[date | None]) -> date | None:
    return next(iter(dates)) if len(dates) == 1 else None
