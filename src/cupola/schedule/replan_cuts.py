"""What the kernel says of an assignment: the smallest sets of strips that it cannot shoot where they stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from cupola.schedule.kernel_problem import Problem
from cupola.schedule.kernel_state import judge_packed
from cupola.schedule.replan_model import Pair, Task

Pairs = tuple[Pair, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Pieces that cannot all stand on their slots, `unless` one of those stands there too.

    A day that has no order has none with a piece more either. But a day has one call: a piece more may move it, and with it
    the rest between two days. `alone`: only where nothing else stands on those slots.
    """

    pairs: Pairs
    alone: bool = False
    unless: Pairs = ()

    def forbids(self, whole: frozenset[Pair]) -> bool:
        """Whether an assignment that holds a conflict of this kind, not `alone`, is cut off by it."""
        return whole.issuperset(self.pairs) and whole.isdisjoint(self.unless)


@dataclass(kw_only=True)
class Judge:
    """Asks the kernel about a unit, and remembers what it said.

    `trusted[d]` is a set of pieces that slot d is known to hold, as it did on the old board, where the rules had no word to
    say: the kernel puts days in order by a rule of its own and need not find that order. `good` are whole assignments that it
    could shoot: what it finds at fault in a part of one is a limit of that rule, and only the very day is refused.
    """

    task: Task
    trusted: Mapping[int, frozenset[int]] = field(default_factory=dict)
    known: dict[Pairs, int] = field(default_factory=dict)
    good: list[frozenset[Pair]] = field(default_factory=list)

    def bad(self, pairs: Iterable[Pair]) -> int:
        """Return by how many minutes the kernel finds these pieces on these slots, and no others, at fault."""
        key = tuple(sorted(pairs))
        if key not in self.known:
            slots = np.full(len(self.task.case.works), -1, np.int64)
            for i, d in key:
                slots[i] = d
            self.known[key] = int(judge_packed(self.task.case.tables, slots)[1])
        return self.known[key]

    def cents(self, slots: Mapping[int, int]) -> tuple[int, dict[Pairs, int]]:
        """Return what an assignment costs by the kernel, and what unit, places and moves of each day cost."""
        day = np.full(len(self.task.case.works), -1, np.int64)
        days: dict[int, list[Pair]] = {}
        for i, d in sorted(slots.items()):
            day[i] = d
            days.setdefault(d, []).append((i, d))
        total, _, judged, *_ = judge_packed(self.task.case.tables, day)
        return int(total), {tuple(pairs): int(judged[d, 0]) for d, pairs in days.items()}

    def conflicts(self, slots: Mapping[int, int]) -> list[Conflict]:
        """Return what keeps an assignment (piece to slot) from being shot; nothing where the kernel can shoot it."""
        days: dict[int, list[Pair]] = {}
        for i, d in sorted(slots.items()):
            days.setdefault(d, []).append((i, d))
        found: list[Conflict] = []
        sound: list[int] = []
        for d in sorted(days):
            if self._is_given(d, days[d]) or self.bad(days[d]) == 0:
                sound.append(d)
            else:
                found += self._of_day(d, days[d])
        for before, after in itertools.pairwise(sorted(days)):
            if before in sound and after in sound:
                found += self._between(days[before], days[after])
        everything = [pair for d in days for pair in days[d]]
        if not found and self.bad(everything) > sum(self.bad(days[d]) for d in days):
            pairs = tuple(self._least(everything, self.bad(self._frozen(everything))))
            found.append(Conflict(pairs=pairs))
        return found

    def _is_given(self, d: int, pairs: Sequence[Pair]) -> bool:
        items = frozenset(i for i, _ in pairs)
        return items == self.trusted.get(d) or items <= self.task.frozen

    def _frozen(self, pairs: Iterable[Pair]) -> list[Pair]:
        return [pair for pair in pairs if pair[0] in self.task.frozen]

    def _of_day(self, d: int, pairs: Sequence[Pair]) -> list[Conflict]:
        """What one day cannot hold, and the same on every other day that cannot hold it either."""
        least = tuple(self._least(pairs, 0))
        found = self._spread(least, frozenset(pairs))
        if not found:
            return [Conflict(pairs=tuple(pairs), alone=True)]
        items = [i for i, _ in least]
        for e in range(len(self.task.case.dates)):
            elsewhere = tuple((i, e) for i in items)
            if self.kinds[e] != self.kinds[d] and self._may(elsewhere) and self.bad(elsewhere):
                found += self._kept([self._conflict(elsewhere)])
        return found

    def _between(self, before: Sequence[Pair], after: Sequence[Pair]) -> list[Conflict]:
        """What two days on end lack: rest."""
        allowed = self.bad(before) + self.bad(after)
        if self.bad([*before, *after]) <= allowed or {i for i, _ in (*before, *after)} <= self.task.frozen:
            return []
        found = [] if allowed else self._spread(tuple(self._least([*before, *after], 0)), frozenset([*before, *after]))
        return found or [Conflict(pairs=(*before, *after), alone=True)]

    # ----------------------------------------------------------------------------------- what follows from one conflict

    @cached_property
    def kinds(self) -> tuple[int, ...]:
        """A number for each slot: days of the same number run alike, whatever stands on them."""
        return kinds_of(self.task.case.problem)

    def _spread(self, least: Pairs, whole: frozenset[Pair]) -> list[Conflict]:
        """A conflict, the same on all slots that run alike, and the very days it was found in where it would let them pass.

        Nothing where it would cut off what is known to be good.
        """
        conflict = self._conflict(least)
        if not self._kept([conflict]):
            return []
        rest = [] if conflict.forbids(whole) else [Conflict(pairs=tuple(sorted(whole)), alone=True)]
        return [*self._kept([conflict, *self._moved(conflict)]), *rest]

    def is_doubtful(self, conflict: Conflict) -> bool:
        """Whether its pieces do stand on their slots in something that can be shot: then only what it says `unless` is true."""
        return any(whole.issuperset(conflict.pairs) for whole in (*self._trusted_days, *self.good))

    @property
    def _trusted_days(self) -> list[frozenset[Pair]]:
        return [frozenset((i, d) for i in items) for d, items in self.trusted.items()]

    def _kept(self, conflicts: Iterable[Conflict]) -> list[Conflict]:
        """Those conflicts that cut off neither a day of the old board without fault nor an assignment that can be shot."""
        wholes = (*self._trusted_days, *self.good)
        return [one for one in conflicts if not any(one.forbids(whole) for whole in wholes)]

    def _conflict(self, pairs: Pairs) -> Conflict:
        """Return the conflict of these pairs; of two days, unless a piece that does not make it worse stands there as well."""
        if len({d for _, d in pairs}) == 1:
            return Conflict(pairs=pairs)
        fault, items = self.bad(pairs), {i for i, _ in pairs}
        more = (
            (j, d)
            for d in sorted({d for _, d in pairs})
            for j in self._near(next(i for i, e in pairs if e == d))
            if j not in items and self.task.case.problem.ok[j, d]
        )
        return Conflict(pairs=pairs, unless=tuple(pair for pair in more if self.bad((*pairs, pair)) <= fault))

    def _near(self, i: int) -> list[int]:
        """The pieces of the same hub, which alone can share a day."""
        p = self.task.case.problem
        return [int(j) for j in np.flatnonzero(p.hub[p.place] == p.hub[p.place[i]])]

    def _moved(self, conflict: Conflict) -> Iterator[Conflict]:
        """Yield a conflict on all other slots that run like its own and lie as far apart."""
        dates, slots = self.task.case.problem.date_no, sorted({d for _, d in conflict.pairs})
        for by in range(-slots[0], len(dates) - slots[-1]):
            alike = all(self.kinds[d] == self.kinds[d + by] for d in slots)
            alike = alike and len({int(dates[d + by] - dates[d]) for d in slots}) == 1
            pairs = tuple((i, d + by) for i, d in conflict.pairs)
            if by and alike and self._may(pairs):
                yield Conflict(pairs=pairs, unless=tuple((i, d + by) for i, d in conflict.unless))

    def _may(self, pairs: Pairs) -> bool:
        return not any(i in self.task.frozen or not self.task.case.problem.ok[i, d] for i, d in pairs)

    def _least(self, pairs: Sequence[Pair], allowed: int) -> list[Pair]:
        """Return a part of these pairs that is at fault still, from which none can be left out; frozen ones stay."""
        kept = list(pairs)
        for pair in sorted(pairs, key=lambda pair: self.task.case.problem.roll_s[pair[0]]):
            if pair[0] in self.task.frozen:
                continue
            fewer = [other for other in kept if other != pair]
            if self.bad(fewer) > allowed:
                kept = fewer
        return kept


def kinds_of(problem: Problem) -> tuple[int, ...]:
    """Return a number for each slot, the same for slots with the same windows at the same clock times, and the same limits."""
    tables = (problem.open_s, problem.close_s, problem.brief, problem.free)
    minors = (problem.minor_set_s, problem.minor_work_s, problem.minor_beside_s)
    numbers: dict[bytes, int] = {}
    return tuple(
        numbers.setdefault(
            b"".join([*(table[:, d].tobytes() for table in (*tables, *minors)), problem.given[d].tobytes()]), len(numbers)
        )
        for d in range(len(problem.date_no))
    )
