"""What holds cost at least, over every order in which the hubs of an Earth unit may be visited.

Whoever works before a visit to a hub and after it is paid all through it, unless the one gap that a contract lets drop lies
there. How much of that is a hold depends on how many days of the hub they work, which its program trades against its
other costs. So a share of each wage is moved from days worked to all days of a hub: the program is asked again at these wages,
every order is weighed with what comes out, and any shares give a true bound. The mathematics is in docs/explanation/bounds.md.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numba import njit

from cupola.schedule.bound_counts import by_cases
from cupola.schedule.bound_master import WORK_PER_S, Counts, Master
from cupola.schedule.bound_pricing import Floats
from cupola.schedule.earth import EarthCase
from cupola.schedule.kernel import Ints

MOST_ORDERS = 10_000
"""Orders of visits that are weighed one by one; where a board has more visits than these, its moves speak for it."""
MOST_VISITS = 12
MOST_HUBS = 7
PATIENCE = 12
"""Shares that are tried without a better bound before the search for them ends."""
SHARE_A_TRY = 0.06
"""Share of the effort that the hubs' programs may take for one set of shares."""
FRESH = 3
"""Every so many tries the shares are those of one order alone; else half of those before stays."""


class Orders:
    """Rows of visits to the hubs, and what each costs at least: the best that any shares tried so far have shown."""

    def __init__(self, case: EarthCase, counts: Sequence[Counts], people: Sequence[Sequence[int]], pieces: Ints) -> None:
        """`people` are those of each hub; `pieces` (people, hubs) says how many pieces of work each has there."""
        p = case.problem
        self.hubs, self.move = len(counts), float(p.move_cents)
        A = len(p.work_cents)
        self.days = np.array([count.days[0] for count in counts])
        self.local = np.zeros((A, self.hubs), np.bool_)
        self.least = np.zeros((A, self.hubs))
        for h, (count, own) in enumerate(zip(counts, people, strict=True)):
            for (least, _), a in zip(count.person, own, strict=True):
                self.local[a, h], self.least[a, h] = True, least
        self.most = np.minimum(self.days[None, :], pieces)
        self.hold = held_cents(case)
        self.shared = np.minimum(self.hold, p.work_cents.astype(np.float64))
        self.drops = np.asarray(p.drop_days) >= 0
        self.rows = {m: _rows_of_visits(self.hubs, m) for m in range(self.hubs, self.longest + 1)}
        self.cents = {m: np.zeros(len(rows)) for m, rows in self.rows.items()}

    @cached_property
    def longest(self) -> int:
        """The most visits of rows that are weighed one by one."""
        known = self.hubs
        while known < MOST_VISITS and _count_of_rows(self.hubs, known + 1) <= MOST_ORDERS:
            known += 1
        return known

    def prices(self, shares: Floats) -> tuple[Floats, Floats]:
        """Return what each person adds to each hub: inside their span (people, hubs), and outside it (nought or less)."""
        inside = np.where(
            self.local,
            (self.hold[:, None] - shares) * (self.days[None, :] - self.most),
            self.hold[:, None] * self.days[None, :],
        )
        return inside, -shares * np.where(self.local, self.days[None, :] - self.least, 0.0)

    def weigh(self, shares: Floats, hubs: Sequence[float]) -> int:
        """Take in what the hubs cost with these shares of the wages moved; return the steps of work that it took."""
        inside, outside = self.prices(shares)
        base = sum(hubs) + float((shares * self.local * self.days[None, :]).sum())
        work = 0
        for m, rows in self.rows.items():
            found = np.empty(len(rows))
            work += int(weigh_rows(rows, self.local, self.drops, inside, outside, found))
            self.cents[m] = np.maximum(self.cents[m], base + found + self.move * (m - 1))
        return work

    def worst(self) -> tuple[float, Ints]:
        """Return the least cost of any row, and the row."""
        m = min(self.cents, key=lambda m: (float(self.cents[m].min()), m))
        at = int(self.cents[m].argmin())
        return float(self.cents[m][at]), self.rows[m][at]

    def inside(self, row: Ints, shares: Floats) -> Floats:
        """Return, for each person and hub, 1 where the person is paid all through it in the cheapest way, else 0."""
        marked = np.zeros(self.local.shape)
        inside, outside = self.prices(shares)
        mark_row(row, self.local, self.drops, inside, outside, marked)
        return marked


def held_cents(case: EarthCase) -> Floats:
    """Return what a hold of each person costs: nought by the week, and where guaranteed days are in the bound already."""
    p = case.problem
    own = np.array([(p.cast == a).any(axis=1).sum() for a in range(len(p.work_cents))], np.int64)
    return np.where((p.week_cents > 0) | (p.guarantee_days > own), 0, p.hold_cents).astype(np.float64)


def orders_bound(
    case: EarthCase,
    masters: Sequence[Master],
    counts: Sequence[Counts],
    least: Sequence[float],
    *,
    limit: float,
    stopped: Callable[[], bool] = lambda: False,
    on_bound: Callable[[float], None] = lambda _: None,
) -> float:
    """Return cents below which the days of a unit, its moves and its holds cannot be had.

    `masters`, `counts` and `least` are the hubs' own programs, whole numbers and bounds. Takes about `limit` deterministic
    seconds. Nought where there is one hub only, or too many to try every order.
    """
    if not 2 <= len(masters) <= MOST_HUBS:
        return 0.0
    people = [master.hubs[0].people for master in masters]
    orders = Orders(case, counts, people, _pieces(case, masters))
    shares = np.zeros(orders.local.shape)
    spent = orders.weigh(shares, least) / WORK_PER_S
    beyond = sum(least) + orders.move * orders.longest
    best = min(orders.worst()[0], beyond)
    on_bound(best)
    idle, weight = 0, sum(len(master.items) for master in masters)
    for k in itertools.count():
        cents, row = orders.worst()
        if stopped() or spent >= limit or idle >= PATIENCE or cents >= beyond:
            return best
        wanted = orders.shared[:, None] * orders.inside(row, shares) * orders.local
        shares = wanted if k % FRESH == 0 else (shares + wanted) / 2
        before = sum(master.spent for master in masters)
        costs = [
            _hub_at(case, master, count, shares[:, h], limit * SHARE_A_TRY * len(master.items) / weight, stopped)
            for h, (master, count) in enumerate(zip(masters, counts, strict=True))
        ]
        spent += sum(master.spent for master in masters) - before + orders.weigh(shares, costs) / WORK_PER_S
        found = min(orders.worst()[0], beyond)
        idle = 0 if found > best else idle + 1
        best = max(best, found)
        on_bound(best)
    raise AssertionError


def warm_orders() -> None:
    """Load the compiled weighing of orders, or compile it where it never ran before."""
    nobody, nothing = np.zeros((0, 1), np.bool_), np.zeros((0, 1))
    weigh_rows(np.zeros((1, 1), np.int64), nobody, np.zeros(0, np.bool_), nothing, nothing, np.zeros(1))
    mark_row(np.zeros(1, np.int64), nobody, np.zeros(0, np.bool_), nothing, nothing, nothing)


def _hub_at(
    case: EarthCase, master: Master, counts: Counts, shares: Floats, limit: float, stopped: Callable[[], bool]
) -> float:
    """Return what a hub's days cost at least where these shares of the wages are paid otherwise."""
    work = case.problem.work_cents
    master.charge(0, {a: float(work[a] - shares[a]) for a in master.hubs[0].people})
    return by_cases(master, counts, limit=limit, stopped=stopped)


def _pieces(case: EarthCase, masters: Sequence[Master]) -> Ints:
    """Return how many pieces of work each person has in each hub."""
    cast = case.problem.cast
    people = range(len(case.problem.work_cents))
    counted = [[int((cast[list(master.items)] == a).any(axis=1).sum()) for master in masters] for a in people]
    return np.array(counted, np.int64).reshape(len(people), len(masters))


def _count_of_rows(hubs: int, visits: int) -> int:
    """Return how many rows of so many visits reach every hub, no hub twice running, a row and its mirror counted once."""
    total = 0
    for left_out in range(hubs):
        kept = hubs - left_out
        total += (-1) ** left_out * math.comb(hubs, left_out) * kept * int((kept - 1) ** (visits - 1))
    return -(-total // 2)


def _rows_of_visits(hubs: int, visits: int) -> Ints:
    """Return every row of so many visits that reaches every hub, no hub twice running; of a row and its mirror one."""
    found: list[tuple[int, ...]] = []

    def extend(row: tuple[int, ...], missing: frozenset[int]) -> None:
        if len(missing) > visits - len(row):
            return
        if len(row) == visits:
            if row <= row[::-1]:
                found.append(row)
            return
        for hub in range(hubs):
            if not row or hub != row[-1]:
                extend((*row, hub), missing - {hub})

    extend((), frozenset(range(hubs)))
    return np.array(found, np.int64).reshape(-1, visits)


@njit(cache=True, nogil=True)
def weigh_rows(rows, local, drops, inside, outside, cents):  # type: ignore[no-untyped-def]
    """Fill `cents` with what people add to each row of visits at least; return the steps of work."""
    unused = np.zeros(local.shape)
    work = 0
    for x in range(len(rows)):
        cents[x], steps = _row_cents(rows[x], local, drops, inside, outside, unused, False)
        work += steps
    return work


@njit(cache=True, nogil=True)
def mark_row(row, local, drops, inside, outside, marked):  # type: ignore[no-untyped-def]
    """Fill `marked` (people, hubs) with 1 where the cheapest way through a row has a person paid all through a hub."""
    return _row_cents(row, local, drops, inside, outside, marked, True)


@njit(cache=True, nogil=True)
def _row_cents(row, local, drops, inside, outside, marked, want):  # type: ignore[no-untyped-def]
    """The least that people add to one row of visits, and the steps of work.

    Each person is given one visit of each hub they have work in (more would only make their span longer), and one gap
    between two visits that follow each other in it. A hub is inside the span where all its visits are strictly between the
    first and the last of these and none is in the gap, its two ends included.
    """
    m = len(row)
    A, H = local.shape
    visits_of = np.zeros(H, np.int64)  # as bits
    times = np.zeros(H, np.int64)
    for k in range(m):
        visits_of[row[k]] |= 1 << k
        times[row[k]] += 1
    total = 0.0
    steps = 0
    for a in range(A):
        ways = 1
        for h in range(H):
            if local[a, h]:
                ways *= times[h]
        least = np.inf
        for way in range(ways):
            rest = way
            worked = 0
            for h in range(H):
                if local[a, h]:
                    nth = rest % times[h]
                    rest //= times[h]
                    for k in range(m):
                        if visits_of[h] >> k & 1:
                            if nth == 0:
                                worked |= 1 << k
                            nth -= 1
            if worked == 0:
                least = 0.0
                break
            first = 0
            while not worked >> first & 1:
                first += 1
            last = m - 1
            while not worked >> last & 1:
                last -= 1
            span = 0
            for k in range(first + 1, last):
                span |= 1 << k
            begin = -1 if not drops[a] or first == last else first
            while True:
                paid = span
                if begin >= 0:  # a gap from this visit to the next of theirs
                    end = begin + 1
                    while not worked >> end & 1:
                        end += 1
                    for k in range(begin, end + 1):
                        paid &= ~(1 << k)
                cents = 0.0
                for h in range(H):
                    cents += inside[a, h] if visits_of[h] & ~paid == 0 else outside[a, h]
                steps += H
                if cents < least:
                    least = cents
                    if want:
                        for h in range(H):
                            marked[a, h] = 1.0 if visits_of[h] & ~paid == 0 else 0.0
                if begin < 0:
                    break
                begin = end
                if begin >= last:
                    break
        total += least
    return total, steps
