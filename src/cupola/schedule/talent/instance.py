"""Scenes, who is in them, what their days cost: and the smaller instance with the same best orders."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cupola.errors import BoardError
from cupola.schedule.talent.bits import U, price_table
from cupola.schedule.talent.bounds import Case

WORD = 64
"""Scenes and people that a state can hold."""
Person = Hashable


@dataclass(frozen=True, kw_only=True)
class Instance:
    """One thing after the other: who is in each (`casts`), how many days it takes, what a day of a person costs (`wages`).

    A person is paid from the first to the last own thing. `before` are pairs of positions: the first one must come earlier.
    Raises BoardError where the parts do not fit or the pairs form a circle.
    """

    casts: tuple[frozenset[Person], ...]
    days: tuple[int, ...]
    wages: Mapping[Person, int]
    before: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        n = len(self.casts)
        if len(self.days) != n:
            raise BoardError("every cast has its days", value=f"{n} casts, {len(self.days)} days", remedy="give one for each")
        for days in self.days:
            if days < 0:
                raise BoardError("days are not negative", value=days, remedy="give 0 or more")
        for person in sorted({p for cast in self.casts for p in cast}, key=str):
            if self.wages.get(person, -1) < 0:
                raise BoardError(
                    "everybody has a wage, 0 or more", value=f"{person}: {self.wages.get(person)}", remedy="give it in wages"
                )
        for a, b in self.before:
            if not (0 <= a < n and 0 <= b < n and a != b):
                raise BoardError("a wish of order names two positions", value=(a, b), remedy=f"give numbers from 0 to {n - 1}")
        self.first_order()

    @property
    def worked(self) -> int:
        """Wages of the days that people work: what no order can save."""
        return sum(self.wages[p] * days for cast, days in zip(self.casts, self.days, strict=True) for p in cast)

    def wages_of(self, order: Iterable[int]) -> int:
        """Return what everybody is paid in an order, holds included."""
        now, first, last = 0, dict[Person, int](), dict[Person, int]()
        for s in order:
            for person in self.casts[s]:
                first.setdefault(person, now)
                last[person] = now + self.days[s]
            now += self.days[s]
        return sum(self.wages[person] * (last[person] - first[person]) for person in first)

    def first_order(self) -> tuple[int, ...]:
        """Return an order that keeps every wish, by position where it is free."""
        waiting = {s: {a for a, b in self.before if b == s} for s in range(len(self.casts))}
        order: list[int] = []
        while waiting:
            ready = next((s for s, earlier in waiting.items() if not earlier), None)
            if ready is None:
                raise BoardError("wishes of order form no circle", value=sorted(waiting), remedy="give one of them up")
            order.append(ready)
            del waiting[ready]
            for earlier in waiting.values():
                earlier.discard(ready)
        return tuple(order)


@dataclass(frozen=True, kw_only=True)
class Reduced:
    """What is left to order: equal casts merged (`groups`), who can never wait left out, and `loose` what has nobody else.

    `partial` is whether people were left out only because a word is too short: then bounds hold and orders are re-priced.
    """

    case: Case
    groups: tuple[tuple[int, ...], ...]
    loose: tuple[int, ...]
    partial: bool

    def whole(self, order: Sequence[int]) -> tuple[int, ...]:
        """Return the order of the instance that an order of the groups stands for; who has no other scene comes last."""
        return tuple(s for group in order for s in self.groups[group]) + self.loose


def reduced(instance: Instance) -> Reduced:
    """Return the smaller instance: the same holds for every order of it, and a best order among them."""
    bound_scenes = {s for pair in instance.before for s in pair}
    groups = [[s] for s in range(len(instance.casts))]
    casts = [frozenset(p for p in cast if instance.wages[p]) for cast in instance.casts]
    while True:
        merged: dict[object, list[int]] = {}
        for group, cast in zip(groups, casts, strict=True):
            merged.setdefault(cast if group[0] not in bound_scenes else (cast, group[0]), []).extend(group)
        kept = {group[0]: cast for group, cast in zip(groups, casts, strict=True)}
        groups = list(merged.values())
        casts = [kept[group[0]] for group in groups]
        seen: dict[Person, int] = {}
        for cast in casts:
            for person in cast:
                seen[person] = seen.get(person, 0) + 1
        shared = [frozenset(p for p in cast if seen[p] > 1) for cast in casts]
        if shared == casts:
            break
        casts = shared
    is_loose = [not cast and group[0] not in bound_scenes for group, cast in zip(groups, casts, strict=True)]
    rows = sorted((len(casts[g]), groups[g][0], g) for g in range(len(groups)) if not is_loose[g])
    order = [g for _, _, g in rows]
    loose = tuple(s for g in range(len(groups)) if is_loose[g] for s in groups[g])
    return _with_case(instance, [tuple(groups[g]) for g in order], [casts[g] for g in order], loose)


def _with_case(
    instance: Instance, groups: list[tuple[int, ...]], casts: list[frozenset[Person]], loose: tuple[int, ...]
) -> Reduced:
    days = [sum(instance.days[s] for s in group) for group in groups]
    weight: dict[Person, int] = {}
    for cast, length in zip(casts, days, strict=True):
        for person in cast:
            weight[person] = weight.get(person, 0) + instance.wages[person] * length
    people = sorted(weight, key=lambda person: (-weight[person], str(person)))
    partial, people = len(people) > WORD, people[:WORD]
    number = {person: k for k, person in enumerate(people)}
    n = len(groups)
    wages = np.array([instance.wages[person] for person in people], np.int64)
    cast_bits = [sum(1 << number[p] for p in cast if p in number) for cast in casts]
    where = {s: g for g, group in enumerate(groups) for s in group}
    before, after = [0] * n, [0] * n
    if n <= WORD:
        for a, b in instance.before:
            before[where[b]] |= 1 << where[a]
            after[where[a]] |= 1 << where[b]
    own = [sum(1 << s for s in range(min(n, WORD)) if cast_bits[s] >> a & 1) for a in range(len(people))]
    case = Case(
        cast=np.array(cast_bits, U),
        days=np.array(days, np.int64),
        scenes=np.array(own, U),
        hold=np.outer(wages, np.array(days, np.int64)),
        table=price_table(wages),
        before=np.array(before, U),
        after=np.array(after, U),
        free=not instance.before,
    )
    return Reduced(case=case, groups=tuple(groups), loose=loose, partial=partial)
