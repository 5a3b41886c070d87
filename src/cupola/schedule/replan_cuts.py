"""What the kernel says of an assignment: the smallest sets of strips that it cannot shoot where they stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cupola.schedule.kernel import judge
from cupola.schedule.replan_model import Pair, Task


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Pieces that cannot all stand on their slots; `alone`: only where nothing else stands on those slots."""

    pairs: tuple[Pair, ...]
    alone: bool = False


@dataclass(slots=True)
class Judge:
    """Asks the kernel about a unit, and remembers what it said.

    `trusted[d]` is a set of pieces that slot d is known to hold, as it did on the old board, where the rules had no word to
    say: the kernel puts days in order by a rule of its own and need not find that order. `good` are whole assignments that it
    could shoot: what it finds at fault in a part of one is a limit of that rule, and only the very day is refused.
    """

    task: Task
    trusted: Mapping[int, frozenset[int]] = field(default_factory=dict)
    known: dict[tuple[Pair, ...], int] = field(default_factory=dict)
    good: list[frozenset[Pair]] = field(default_factory=list)

    def bad(self, pairs: Iterable[Pair]) -> int:
        """Return by how many minutes the kernel finds these pieces on these slots, and no others, at fault."""
        key = tuple(sorted(pairs))
        if key not in self.known:
            slots = np.full(len(self.task.case.works), -1, np.int64)
            for i, d in key:
                slots[i] = d
            self.known[key] = int(judge(self.task.case.problem, slots)[1])
        return self.known[key]

    def cents(self, slots: Mapping[int, int]) -> tuple[int, dict[tuple[Pair, ...], int]]:
        """Return what an assignment costs by the kernel, and what unit, places and moves of each day cost."""
        day = np.full(len(self.task.case.works), -1, np.int64)
        days: dict[int, list[Pair]] = {}
        for i, d in sorted(slots.items()):
            day[i] = d
            days.setdefault(d, []).append((i, d))
        total, _, judged, *_ = judge(self.task.case.problem, day)
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
        least = self._least(pairs, 0)
        items = frozenset(i for i, _ in least)
        if items <= self.trusted.get(d, frozenset()) or self._is_part_of_good(least):
            return [Conflict(pairs=tuple(pairs), alone=True)]
        same = [[(i, e) for i in items] for e in range(len(self.task.case.dates)) if e != d and self._may(items, e)]
        others = [
            day
            for day in same
            if self.bad(day) and not items <= self.trusted.get(day[0][1], frozenset()) and not self._is_part_of_good(day)
        ]
        return [Conflict(pairs=tuple(least)), *(Conflict(pairs=tuple(day)) for day in others)]

    def _is_part_of_good(self, pairs: Iterable[Pair]) -> bool:
        return any(set(pairs) <= whole for whole in self.good)

    def _may(self, items: frozenset[int], d: int) -> bool:
        return not items & self.task.frozen and all(self.task.case.problem.ok[i, d] for i in items)

    def _between(self, before: Sequence[Pair], after: Sequence[Pair]) -> list[Conflict]:
        """What two days on end lack: rest."""
        allowed = self.bad(before) + self.bad(after)
        if self.bad([*before, *after]) <= allowed or {i for i, _ in (*before, *after)} <= self.task.frozen:
            return []
        if allowed:
            return [Conflict(pairs=(*before, *after), alone=True)]
        least = self._least([*before, *after], 0)
        if self._is_part_of_good(least):
            return [Conflict(pairs=(*before, *after), alone=True)]
        return [Conflict(pairs=tuple(least))]

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
