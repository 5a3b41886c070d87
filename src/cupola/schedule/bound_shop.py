"""One hub of an Earth unit as arrays for pricing, and what a day in it costs."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cupola.schedule.bound_pricing import Bools, Shop
from cupola.schedule.earth import EarthCase
from cupola.schedule.kernel import Ints

MOST_GROUPS = 20_000
"""Groups of sets that are searched one by one; where a hub has more, a day may use any sets (which only lowers a bound)."""
MOST_SIDES = 64
DAY = 1_000_000
"""What a day costs where days are counted."""


@dataclass(frozen=True, kw_only=True)
class Hub:
    """The work of one hub: `items` are rows of the case's works, `people` rows of its cast, both in order.

    `wage` is what a work day of each person costs. Where only days are counted (`alike`) each costs the same.
    """

    case: EarthCase
    number: int
    items: tuple[int, ...]
    people: tuple[int, ...]
    wage: Mapping[int, float]
    shop: Shop
    alike: bool = False

    @cached_property
    def least_day_cents(self) -> float:
        """What the cheapest day costs without its cast."""
        return float(self.shop.fixed.min()) if len(self.shop.fixed) else 0.0

    @cached_property
    def _row(self) -> dict[int, int]:
        return {a: x for x, a in enumerate(self.people)}

    def rows_of(self, day: Sequence[int]) -> list[int]:
        """Return who works on a day of these pieces, as places in `people`, ascending."""
        return sorted(self._row[a] for a in self.cast_of(day))

    def cast_of(self, day: Sequence[int]) -> frozenset[int]:
        """Return who works on a day of these pieces."""
        return frozenset(int(a) for i in day for a in self.case.problem.cast[i] if int(a) in self.wage)

    def day_cents(self, day: Sequence[int]) -> int:
        """Return what a day of these pieces costs without its cast: the unit, its places, the moves between them."""
        if self.alike:
            return DAY
        p = self.case.problem
        places = {int(p.place[i]) for i in day}
        return int(p.unit_cents) + sum(int(p.place_cents[l]) for l in places) + int(p.move_cents) * (len(places) - 1)


def hubs_of(case: EarthCase) -> tuple[Hub, ...]:
    """Return the hubs in which a unit has work, those with least work first."""
    p = case.problem
    numbers = sorted({int(p.hub[place]) for place in p.place})
    hubs = [hub_of(case, number) for number in numbers]
    return tuple(sorted(hubs, key=lambda hub: (len(hub.items), hub.number)))


def hub_of(case: EarthCase, number: int) -> Hub:
    """Return one hub of a unit."""
    p = case.problem
    items = tuple(i for i in range(len(case.works)) if p.hub[p.place[i]] == number)
    people = tuple(sorted({int(a) for i in items for a in p.cast[i] if a >= 0}))
    wage = {a: float(p.work_cents[a]) for a in people}
    return Hub(case=case, number=number, items=items, people=people, wage=wage, shop=_shop(case, items, people))


def days_of(hub: Hub, person: int | None = None) -> Hub:
    """Return the work of a hub, or one person's in it, with every day at the same price and the cast for nothing."""
    items = tuple(i for i in hub.items if person is None or person in hub.case.problem.cast[i])
    shop = _shop(hub.case, items, ())
    alike = shop._replace(fixed=np.full(len(shop.fixed), float(DAY)))
    return Hub(case=hub.case, number=hub.number, items=items, people=(), wage={}, shop=alike, alike=True)


def day_room_s(case: EarthCase) -> int:
    """Return the seconds of a day that can hold work: up to the meal, or the whole day less the meal."""
    p = case.problem
    return max(int(p.meal_within_s), int(p.day_s - p.meal_s))


def least_relight_s(case: EarthCase) -> int:
    """Return the seconds that a change of set within a place takes at least: by way of another place it may be quicker."""
    return min(int(case.problem.relight_s), int(case.problem.move_s))


def _sets_of(case: EarthCase, i: int) -> set[int]:
    """Return the sets of a piece: more than one where scenes are shot as one strip."""
    return {int(s) for s in case.problem.sets[i] if s >= 0}


def _shop(case: EarthCase, items: Sequence[int], people: Sequence[int]) -> Shop:
    p = case.problem
    relight_s = least_relight_s(case)
    # a piece of several sets ends in another than it began in: it can save one change of set
    need_s = [max(0, int(p.prep_s[i] + p.roll_s[i]) - relight_s * int(len(_sets_of(case, i)) > 1)) for i in items]
    grain = int(np.gcd.reduce(np.array([*need_s, relight_s, int(p.move_s)]))) or 60
    sets = sorted({int(p.set_no[i]) for i in items})
    groups, room, fixed = _groups(case, items, sets)
    row = {a: x for x, a in enumerate(people)}  # where days alone are counted, nobody
    clash = clashes(case, items)
    loose = len(groups) == 1 and len(sets) > 1
    return Shop(
        need=_ints([s // grain for s in need_s]),
        set_no=_ints([sets.index(int(p.set_no[i])) for i in items]),
        cast=_rows([sorted({row[int(a)] for a in p.cast[i] if int(a) in row}) for i in items]),
        clash=clash,
        dates=_dates(p.ok[list(items)]),
        groups=_ints(groups),
        room=_ints([s // grain for s in room]),
        fixed=np.array(fixed, np.float64),
        loose=_ints([int(loose)] * len(groups)),
        sides=_sides(case, items, clash),
    )


def _ints(values: object) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int64)


def _rows(values: Sequence[Sequence[int]]) -> Ints:
    """Return rows of different length as one array, padded with -1."""
    width = max(1, *(len(row) for row in values))
    return _ints([[*row, *[-1] * (width - len(row))] for row in values])


def _groups(case: EarthCase, items: Sequence[int], sets: Sequence[int]) -> tuple[list[list[int]], list[int], list[int]]:
    """Return the groups of sets that one day can hold, the seconds each leaves for work, and what each costs."""
    p = case.problem
    place_of = {int(p.set_no[i]): int(p.place[i]) for i in items}
    day_s, most = day_room_s(case), min(int(p.max_sets), len(sets))
    count, term = 0, 1
    for size in range(1, most + 1):
        term = term * (len(sets) - size + 1) // size
        count += term
    if count > MOST_GROUPS:
        return [[-1]], [day_s], [int(p.unit_cents) + min(int(p.place_cents[l]) for l in place_of.values())]
    groups, room, fixed = [], [], []
    for size in range(1, most + 1):
        for group in itertools.combinations(range(len(sets)), size):
            places = {place_of[sets[s]] for s in group}
            left_s = day_s - (size - len(places)) * least_relight_s(case) - (len(places) - 1) * int(p.move_s)
            if left_s > 0:
                groups.append([*group, *[-1] * (most - size)])
                room.append(left_s)
                cents = sum(int(p.place_cents[l]) for l in places) + int(p.move_cents) * (len(places) - 1)
                fixed.append(int(p.unit_cents) + cents)
    return groups, room, fixed


def _dates(ok: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    """Return a bit for each date on which a piece can be shot, 64 dates a word."""
    n, T = ok.shape
    bits = np.zeros((n, max(1, -(-T // 64))), np.uint64)
    for i in range(n):
        for d in np.flatnonzero(ok[i]):
            bits[i, d // 64] |= np.uint64(1) << np.uint64(d % 64)
    return bits


def clashes(case: EarthCase, items: Sequence[int]) -> Bools:
    """Return which pairs no date can hold together: by cast, place and pin, or by their light."""
    ok = case.problem.ok[list(items)].astype(bool)
    clash = np.zeros((len(items), len(items)), np.bool_)
    for x, y in itertools.combinations(range(len(items)), 2):
        i, j = items[x], items[y]
        both = ok[x] & ok[y]
        if both.any():
            both &= _one_after_other(case, i, j) | _one_after_other(case, j, i)
        clash[x, y] = clash[y, x] = not both.any()
    return clash


def _one_after_other(case: EarthCase, i: int, j: int) -> Bools:
    """Say for each slot whether some windows let i roll, then j, within a day's length (meals and waits left out)."""
    p = case.problem
    least = p.roll_s[i] + p.prep_s[j]  # a change of set is left out: other pieces may stand between
    most = p.day_s - p.roll_s[j] - p.prep_s[i]
    first_open, first_close = p.open_s[i][:, :, None], p.close_s[i][:, :, None] - p.roll_s[i]
    then_open, then_close = p.open_s[j][:, None, :], p.close_s[j][:, None, :] - p.roll_s[j]
    possible = (first_open <= first_close) & (then_open <= then_close)
    earliest, latest = np.maximum(then_open - first_close, least), np.minimum(then_close - first_open, most)
    return np.asarray((possible & (earliest <= latest)).any(axis=(1, 2)))


def _sides(case: EarthCase, items: Sequence[int], clash: Bools) -> Bools:
    """Return the largest families of pieces whose light goes together; pieces of one light are one in this.

    Two lights go apart where each piece of one clashes with each of the other. Where there are very many families, one that
    holds all pieces stands for them.
    """
    p = case.problem
    lights: dict[bytes, list[int]] = {}
    for x, i in enumerate(items):
        lights.setdefault(p.open_s[i].tobytes() + p.close_s[i].tobytes(), []).append(x)
    kinds = list(lights.values())
    friends = [
        {k for k, other in enumerate(kinds) if k != l and not clash[np.ix_(kind, other)].all()} for l, kind in enumerate(kinds)
    ]
    families = list(itertools.islice(_cliques(set(range(len(kinds))), friends), MOST_SIDES + 1))
    if len(families) > MOST_SIDES:
        families = [set(range(len(kinds)))]
    sides = np.zeros((len(families), len(items)), np.bool_)
    for row, family in enumerate(sorted(map(sorted, families))):
        for kind in family:
            sides[row, kinds[kind]] = True
    return sides


def _cliques(among: set[int], friends: list[set[int]], clique: frozenset[int] = frozenset(), done: set[int] | None = None):  # type: ignore[no-untyped-def]
    """Yield the maximal sets of mutual friends (Bron and Kerbosch 1973)."""
    done = set() if done is None else done
    if not among and not done:
        yield set(clique)
        return
    pivot = max(sorted(among | done), key=lambda k: len(friends[k] & among))
    for k in sorted(among - friends[pivot]):
        yield from _cliques(among & friends[k], friends, clique | {k}, done & friends[k])
        among = among - {k}
        done = done | {k}
