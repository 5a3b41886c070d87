"""What no board of the vendor's film can beat, by two small dynamic programs that share no code with the search.

Both hold for boards with one stay at each location, those at home before those abroad, and without drops: a hold then depends
on who has begun and who has not ended, and that on which locations lie behind, not on their order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Stay:
    """A location: for each of its days (or its scenes) who is needed and how many eighths it has; abroad or at home."""

    cast: tuple[frozenset[str], ...]
    eighths: tuple[int, ...]
    is_abroad: bool


def fewest_days(stays: Iterable[Stay], most_eighths: int) -> int:
    """Return how many days the scenes need at least, location by location; a scene longer than a day is a day of its own."""
    return sum(days_of(stay, most_eighths) for stay in stays)


def days_of(stay: Stay, most_eighths: int) -> int:
    alone = [eighths for eighths in stay.eighths if eighths >= most_eighths]
    return len(alone) + math.ceil((sum(stay.eighths) - sum(alone)) / most_eighths)


def fewest_holds(stays: Sequence[Stay], most_eighths: int) -> int:
    """Return a number of hold days that no board over days of `most_eighths` goes below.

    Who was needed before a stay and is needed after it is paid on each of its days but at most as many as his scenes in it.
    """
    people = shared(stays)
    own = [{name: sum(name in cast for cast in stay.cast) for name in people} for stay in stays]
    where = {name: mask(n for n, counts in enumerate(own) if counts[name]) for name in people}
    days = [days_of(stay, most_eighths) for stay in stays]

    def paid(before: int, stay: int) -> int:
        after = before | 1 << stay
        through = (name for name in people if where[name] & before and where[name] & ~after)
        return sum(max(0, days[stay] - own[stay][name]) for name in through)

    return cheapest(stays, paid)


def best_order(stays: Sequence[Stay]) -> int:
    """Return the fewest hold days of any order of whole days, exactly; `cast` and `eighths` of a stay are those of its days."""
    at: list[list[int]] = []
    for stay in stays:
        first = at[-1][-1] + 1 if at else 0
        at.append(list(range(first, first + len(stay.cast))))
    cast = [names for stay in stays for names in stay.cast]
    needs = {
        name: mask(day for day, names in enumerate(cast) if name in names) for name in {n for names in cast for n in names}
    }
    masks = [need for need in needs.values() if need & (need - 1)]

    def idle(before: int, day: int) -> int:
        after = before | 1 << day
        return sum(1 for need in masks if need & before and need & ~after and not need >> day & 1)

    def paid(before: int, stay: int) -> int:
        done = mask(day for other, days in enumerate(at) if before >> other & 1 for day in days)
        best = {done: 0}
        for _ in at[stay]:
            best = steps(best, at[stay], idle)
        return min(best.values())

    return cheapest(stays, paid)


def cheapest(stays: Sequence[Stay], paid: Callable[[int, int], int]) -> int:
    """Return the cheapest way through all stays, those at home first; `paid` is of a set of stays and the next one."""
    best = {0: 0}
    for is_abroad in (False, True):
        group = [n for n, stay in enumerate(stays) if stay.is_abroad == is_abroad]
        for _ in group:
            best = steps(best, group, paid)
    return min(best.values())


def steps(best: Mapping[int, int], choices: Sequence[int], paid: Callable[[int, int], int]) -> dict[int, int]:
    """Return the cheapest way to each set of one more."""
    found: dict[int, int] = {}
    for before, cents in best.items():
        for one in choices:
            if not before >> one & 1:
                after = before | 1 << one
                found[after] = min(found.get(after, 1 << 60), cents + paid(before, one))
    return found


def shared(stays: Sequence[Stay]) -> list[str]:
    """Return who is needed at more than one location."""
    names = [frozenset[str]().union(*stay.cast) for stay in stays]
    return sorted(name for name in frozenset[str]().union(*names) if sum(name in each for each in names) > 1)


def mask(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)
