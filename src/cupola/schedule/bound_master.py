"""The linear program over shooting days, grown column by column until no day is left that would make it cheaper.

Rows: every piece of work once; no more days in a stretch of the calendar than it has dates; cuts (of any three pieces,
at most one day holds two); and how many days there are, and each person works, which are whole numbers. Every step gives a
bound that holds even where pricing was stopped early: the prices of the rows are worth what they say, less what the dearest
day exceeds its cost (Farley 1990; Lübbecke and Desrosiers 2005).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.linear_solver import pywraplp

from cupola.schedule.bound_pricing import Floats, Shop, dearest_days
from cupola.schedule.bound_shop import Hub
from cupola.schedule.kernel import Ints

WORK_PER_S = 75_000_000
"""Steps of compiled pricing that one deterministic second stands for."""
SPREAD = 0.5
SMOOTH = 0.6
CLOSE = 1e-5
LEAST_VIOLATION = 0.03
CUTS_A_ROUND = 20
CUTS_A_PIECE = 5
LARGEST_CUT_HUB = 150
ABSENT_CENTS = 50.0
"""How many times all work's cost a piece left out costs: only so that every program has a solution."""

Day = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A run of dates of the calendar, as slots; `room` is how many of them may be shooting days."""

    slots: tuple[int, ...]
    room: int


Range = tuple[float, float]
"""A whole number is at least the one and at most the other."""
ANY: Range = (0.0, float("inf"))


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What is known of one hub in whole numbers: its days, those in each stretch, and the days of each person."""

    days: Range = ANY
    stretch: tuple[Range, ...] = ()
    person: tuple[Range, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Prices:
    """Dual prices: of a piece, of a date in each stretch, of each cut (all at least nought); and of counts.

    `days` (hubs, 1 + stretches) and each row of `person` say what one day more in a hub, in a stretch of it, and of a
    person in it is worth: less than nought where there may be no more.
    """

    piece: Floats
    date: Floats
    fine: Floats
    days: Floats
    person: tuple[Floats, ...]

    def mixed(self, other: _Prices, share: float) -> _Prices:
        """Return `share` of these and the rest of the other's."""
        fine = self.fine if len(self.fine) == len(other.fine) else np.concatenate([self.fine, other.fine[len(self.fine) :]])
        return _Prices(
            piece=share * self.piece + (1 - share) * other.piece,
            date=share * self.date + (1 - share) * other.date,
            fine=share * fine + (1 - share) * other.fine,
            days=share * self.days + (1 - share) * other.days,
            person=tuple(share * mine + (1 - share) * theirs for mine, theirs in zip(self.person, other.person, strict=True)),
        )


class Master:
    """The days of some hubs in some stretches of the calendar, and the best bound known for them.

    `date_cents` is what a date of each stretch costs beside the day itself: its price where other hubs want it too.
    """

    def __init__(
        self,
        hubs: Sequence[Hub],
        stretches: Sequence[Stretch],
        *,
        stopped: Callable[[], bool],
        date_cents: Sequence[float] = (),
    ) -> None:
        self.hubs, self.stretches, self.stopped = list(hubs), tuple(stretches), stopped
        self.date_cents = tuple(date_cents) or (0.0,) * len(stretches)
        self.items = tuple(i for hub in hubs for i in hub.items)
        self.row = {i: x for x, i in enumerate(self.items)}
        self.hub_no = {i: h for h, hub in enumerate(hubs) for i in hub.items}
        self.shops = [[_within(hub.shop, stretch) for stretch in stretches] for hub in hubs]
        self.closed: frozenset[tuple[int, int]] = frozenset()
        self.work = 0
        self.cuts: list[Day] = []
        self.cut_rows: list[pywraplp.Constraint] = []
        self.columns: dict[tuple[int, Day], pywraplp.Variable] = {}
        self.cents: dict[Day, float] = {}
        self.best: _Prices | None = None
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.far = self.solver.infinity()
        self.once = [self.solver.Constraint(1, self.far) for _ in self.items]
        self.dates = [self.solver.Constraint(-self.far, stretch.room) for stretch in stretches]
        total = sum(self._cents((i,)) for i in self.items)
        for row in self.once:
            absent = self.solver.NumVar(0, self.far, "")
            row.SetCoefficient(absent, 1)
            self.solver.Objective().SetCoefficient(absent, ABSENT_CENTS * total)
        self.counts = [Counts() for _ in hubs]
        self.day_rows = [[self.solver.Constraint(0, self.far) for _ in range(1 + len(stretches))] for _ in hubs]
        self.person_rows = [[self.solver.Constraint(0, self.far) for _ in hub.people] for hub in hubs]
        self.idle_days = [[self._idle(rows[0], rows[1 + s]) for s in range(len(stretches))] for rows in self.day_rows]
        self.idle_people = [[self._idle(row) for row in rows] for rows in self.person_rows]
        for h in range(len(hubs)):
            self._charge_idle(h)
        self._found = np.empty((4096, max(len(hub.items) for hub in hubs) + 1), np.int64)
        self._worth = np.empty(4096)

    def _idle(self, *rows: pywraplp.Constraint) -> pywraplp.Variable:
        """Return one more of what these rows count, without any work: what it costs is the most that a count is worth."""
        more = self.solver.NumVar(0, self.far, "")
        for row in rows:
            row.SetCoefficient(more, 1)
        return more

    def _charge_idle(self, h: int) -> None:
        hub, objective = self.hubs[h], self.solver.Objective()
        for s, more in enumerate(self.idle_days[h]):
            objective.SetCoefficient(more, hub.least_day_cents + self.date_cents[s])
        for a, more in zip(hub.people, self.idle_people[h], strict=True):
            objective.SetCoefficient(more, hub.wage[a])

    def count(self, h: int, counts: Counts) -> None:
        """Let one hub have so many days, and each of its people so many of them."""
        self.counts[h], self.best = counts, None
        for row, (least, most) in zip(self.day_rows[h], self._ranges_of_days(h), strict=True):
            row.SetBounds(least, min(most, self.far))
        for row, (least, most) in zip(self.person_rows[h], self._ranges_of_people(h), strict=True):
            row.SetBounds(least, min(most, self.far))

    def _ranges_of_days(self, h: int) -> tuple[Range, ...]:
        return (self.counts[h].days, *(self.counts[h].stretch or (ANY,) * len(self.stretches)))

    def _ranges_of_people(self, h: int) -> tuple[Range, ...]:
        return self.counts[h].person or (ANY,) * len(self.hubs[h].people)

    def charge(self, h: int, wage: Mapping[int, float]) -> None:
        """Let the people of one hub cost so much a day."""
        self.hubs[h], self.best = replace(self.hubs[h], wage=wage), None
        for (stretch, day), variable in self.columns.items():
            if self.hub_no[day[0]] == h:
                self.cents.pop(day, None)
                self.solver.Objective().SetCoefficient(variable, self._cents(day) + self.date_cents[stretch])
        self._charge_idle(h)

    @property
    def spent(self) -> float:
        """Deterministic seconds of work done."""
        return self.work / WORK_PER_S

    def add(self, days: Iterable[tuple[int, Day]]) -> bool:
        """Take in columns (stretch, pieces); True where one was new."""
        count = len(self.columns)
        for stretch, day in days:
            if (stretch, day) not in self.columns:
                self._add(stretch, day)
        return len(self.columns) > count

    def _add(self, stretch: int, day: Day) -> None:
        variable = self.solver.NumVar(0, 0 if (self.hub_no[day[0]], stretch) in self.closed else self.far, "")
        self.solver.Objective().SetCoefficient(variable, self._cents(day) + self.date_cents[stretch])
        for i in day:
            self.once[self.row[i]].SetCoefficient(variable, 1)
        self.dates[stretch].SetCoefficient(variable, 1)
        h = self.hub_no[day[0]]
        self.day_rows[h][0].SetCoefficient(variable, 1)
        self.day_rows[h][1 + stretch].SetCoefficient(variable, 1)
        for x in self.hubs[h].rows_of(day):
            self.person_rows[h][x].SetCoefficient(variable, 1)
        held = set(day)
        for cut, row in zip(self.cuts, self.cut_rows, strict=True):
            if len(held.intersection(cut)) > 1:
                row.SetCoefficient(variable, 1)
        self.columns[stretch, day] = variable

    def _cents(self, day: Day) -> float:
        if day not in self.cents:
            hub = self.hubs[self.hub_no[day[0]]]
            self.cents[day] = hub.day_cents(day) + sum(hub.wage[a] for a in hub.cast_of(day))
        return self.cents[day]

    def close(self, cells: frozenset[tuple[int, int]]) -> None:
        """Let no day of a hub stand in a stretch, for each (hub, stretch) of `cells`; all others are open."""
        self.closed, self.best = cells, None
        for (stretch, day), variable in self.columns.items():
            variable.SetUb(0 if (self.hub_no[day[0]], stretch) in cells else self.far)

    def bound(self, *, limit: float, enough: float = float("inf")) -> float:
        """Return cents below which these days cannot be had, after at most `limit` deterministic seconds or at `enough`."""
        bound, until = 0.0, self.work + limit * WORK_PER_S
        while not self.stopped():
            lower, prices = self._solved()
            if prices is None:
                break
            tries = [prices] if self.best is None else [self.best.mixed(prices, SMOOTH), prices]
            grown = False
            for asked in tries:
                days, over = self._priced(asked, max(0.0, until - self.work))
                reached = self._reached(asked, over)
                if reached > bound or self.best is None:
                    bound, self.best = max(bound, reached), asked
                grown = self.add((s, day) for s, day in days if self._reduced(s, day, prices) < -1e-9 * lower)
                if grown:
                    break
            if not grown or self.work >= until or lower - bound < CLOSE * lower or bound >= enough:
                break
        return bound

    def _solved(self) -> tuple[float, _Prices | None]:
        """Return the cost of the days known so far and the prices that go with it; none where the solver lost its way."""
        if not self._is_solved():
            return 0.0, None
        prices = _Prices(
            piece=np.maximum(0.0, [row.dual_value() for row in self.once]),
            date=np.maximum(0.0, [-row.dual_value() for row in self.dates]),
            fine=np.maximum(0.0, np.array([-row.dual_value() for row in self.cut_rows], np.float64)),
            days=np.array([self._worths(self.day_rows[h], self._ranges_of_days(h)) for h in range(len(self.hubs))], np.float64),
            person=tuple(
                np.minimum(
                    np.array(self._worths(rows, self._ranges_of_people(h)), np.float64),
                    np.array([hub.wage[a] for a in hub.people], np.float64),
                )
                for h, (hub, rows) in enumerate(zip(self.hubs, self.person_rows, strict=True))
            ),
        )
        return float(self.solver.Objective().Value()), prices

    def _is_solved(self) -> bool:
        """Solve the program; where the solver loses its way from the last solution, once more from nothing."""
        self.work += 100_000 + 1_000 * len(self.columns)
        if self.solver.Solve() == pywraplp.Solver.OPTIMAL:
            return True
        afresh = pywraplp.MPSolverParameters()
        afresh.SetIntegerParam(afresh.INCREMENTALITY, afresh.INCREMENTALITY_OFF)
        self.work += 1_000_000
        return bool(self.solver.Solve(afresh) == pywraplp.Solver.OPTIMAL)

    @staticmethod
    def _worths(rows: Sequence[pywraplp.Constraint], ranges: Sequence[Range]) -> list[float]:
        """Return what one more of each count is worth: less than nought only where there is a most."""
        worths = [float(row.dual_value()) for row in rows]
        return [worth if np.isfinite(most) else max(0.0, worth) for worth, (_, most) in zip(worths, ranges, strict=True)]

    def _priced(self, prices: _Prices, left: float) -> tuple[list[tuple[int, Day]], list[list[float]]]:
        """Return days worth adding, and for each hub and stretch a number by which no day exceeds its cost and date."""
        days: list[tuple[int, Day]] = []
        over = [[0.0] * len(self.stretches) for _ in self.hubs]
        for h, hub in enumerate(self.hubs):
            rows = [self.row[i] for i in hub.items]
            wage = np.array([hub.wage[a] for a in hub.people], np.float64) - prices.person[h]
            cuts_of = self._cuts_of(hub)
            for s in range(len(self.stretches)):
                if (h, s) in self.closed:
                    continue
                beside = float(prices.date[s]) + self.date_cents[s] - self._day_worth(prices, h, s)
                found, worth, work = dearest_days(
                    self.shops[h][s],
                    prices.piece[rows],
                    wage,
                    cuts_of,
                    prices.fine,
                    beside,
                    SPREAD,
                    int(left) + 1_000_000,
                    self._found,
                    self._worth,
                )
                self.work += int(work)
                over[h][s] = max(0.0, float(worth) - beside)
                days += [(s, tuple(sorted(hub.items[x] for x in self._found[k] if x >= 0))) for k in range(found)]
        return days, over

    def _day_worth(self, prices: _Prices, h: int, s: int) -> float:
        """Return what a day of a hub in a stretch is worth for its count, never more than an idle one costs."""
        return min(float(prices.days[h][0] + prices.days[h][1 + s]), self.hubs[h].least_day_cents + self.date_cents[s])

    def _cuts_of(self, hub: Hub) -> Ints:
        own: list[list[int]] = [[] for _ in hub.items]
        at = {i: x for x, i in enumerate(hub.items)}
        for c, cut in enumerate(self.cuts):
            for i in cut:
                if i in at:
                    own[at[i]].append(c)
        width = max(1, *(len(row) + 1 for row in own))
        return np.array([[*row, *[-1] * (width - len(row))] for row in own], np.int64)

    def _reached(self, prices: _Prices, over: list[list[float]]) -> float:
        """The better of two bounds: a dearer date in each stretch, or all prices scaled down until no day exceeds its cost."""
        value = float(prices.piece.sum() - prices.fine.sum())
        value -= sum(stretch.room * float(date) for stretch, date in zip(self.stretches, prices.date, strict=True))
        for h in range(len(self.hubs)):
            value += sum(map(_worth_of, self._ranges_of_days(h), prices.days[h]))
            value += sum(map(_worth_of, self._ranges_of_people(h), prices.person[h]))
        dearer = sum(
            min(stretch.room, len(self.items)) * max(row[s] for row in over) for s, stretch in enumerate(self.stretches)
        )
        scale = min(
            hub.least_day_cents / (hub.least_day_cents + row[s]) if hub.least_day_cents + row[s] > 0 else 0.0
            for hub, row in zip(self.hubs, over, strict=True)
            for s in range(len(self.stretches))
        )
        return max(value - dearer, value * scale if value > 0 else 0.0)

    def _reduced(self, stretch: int, day: Day, prices: _Prices) -> float:
        held = set(day)
        fines = sum(prices.fine[c] for c, cut in enumerate(self.cuts) if prices.fine[c] > 0 and len(held.intersection(cut)) > 1)
        h = self.hub_no[day[0]]
        beside = self.date_cents[stretch] + prices.date[stretch] + fines - self._day_worth(prices, h, stretch)
        beside -= sum(prices.person[h][x] for x in self.hubs[h].rows_of(day))
        return float(self._cents(day) + beside - sum(prices.piece[self.row[i]] for i in day))

    def counted(self, h: int) -> tuple[list[float], list[float]]:
        """Return how many days one hub has, in all and in each stretch, and each person in it, after the last solution."""
        days, people = [0.0] * (1 + len(self.stretches)), [0.0] * len(self.hubs[h].people)
        for (stretch, day), share in self.shares().items():
            if self.hub_no[day[0]] == h:
                days[0] += share
                days[1 + stretch] += share
                for x in self.hubs[h].rows_of(day):
                    people[x] += share
        return days, people

    def shares(self) -> dict[tuple[int, Day], float]:
        """Return the columns in use and how much of each in the cheapest solution; none where the solver lost its way."""
        if not self._is_solved():
            return {}
        return {column: share for column, variable in self.columns.items() if (share := variable.solution_value()) > 1e-7}

    def cut(self) -> bool:
        """Add the cuts that the solution breaks most: of any three pieces at most one day holds two (Jepsen et al. 2008)."""
        shares = self.shares()
        new = [
            cut
            for hub in self.hubs
            if len(hub.items) <= LARGEST_CUT_HUB
            for cut in _broken(hub, shares)
            if cut not in self.cuts
        ]
        self.take_cuts(new)
        return bool(new)

    def take_cuts(self, cuts: Iterable[Day]) -> None:
        """Add cuts: of the pieces of each, at most one day holds two."""
        for cut in cuts:
            row = self.solver.Constraint(-self.far, 1)
            for (_, day), variable in self.columns.items():
                if len(set(day).intersection(cut)) > 1:
                    row.SetCoefficient(variable, 1)
            self.cuts.append(cut)
            self.cut_rows.append(row)


def _worth_of(count: Range, worth: float) -> float:
    """Return what a count is worth: its least where one more is wanted, its most where one less is."""
    return float(worth) * (count[0] if worth > 0 else count[1]) if worth else 0.0


def _within(shop: Shop, stretch: Stretch) -> Shop:
    """Return a hub's arrays for the dates of one stretch only."""
    bits = np.zeros_like(shop.dates[:1])
    for d in stretch.slots:
        bits[0, d // 64] |= np.uint64(1) << np.uint64(d % 64)
    dates = shop.dates & bits
    return shop._replace(dates=dates, sides=np.ascontiguousarray(shop.sides & np.asarray(dates.any(axis=1))[None, :]))


def _broken(hub: Hub, shares: dict[tuple[int, Day], float]) -> list[Day]:
    """Return triples of a hub's pieces of which more than one day holds two, the worst first, few to a piece."""
    at = {i: x for x, i in enumerate(hub.items)}
    own = [(day, share) for (_, day), share in shares.items() if day[0] in at]
    held = np.zeros((len(own), len(hub.items)))
    for row, (day, _) in enumerate(own):
        held[row, [at[i] for i in day]] = 1
    share = np.array([share for _, share in own])
    two = np.einsum("r,ri,rj->ij", share, held, held, optimize=True)
    three = np.einsum("ri,rj,rk->ijk", held * share[:, None], held, held, optimize=True)
    over = two[:, :, None] + two[:, None, :] + two[None, :, :] - 2 * three - 1
    rows = np.argwhere(over > LEAST_VIOLATION)
    rows = rows[(rows[:, 0] < rows[:, 1]) & (rows[:, 1] < rows[:, 2])]
    worst = sorted((-round(float(over[i, j, k]), 9), int(i), int(j), int(k)) for i, j, k in rows)
    uses: dict[int, int] = {}
    cuts: list[Day] = []
    for _, *triple in worst:
        if len(cuts) < CUTS_A_ROUND and all(uses.get(x, 0) < CUTS_A_PIECE for x in triple):
            cuts.append(tuple(hub.items[x] for x in triple))
            for x in triple:
                uses[x] = uses.get(x, 0) + 1
    return cuts
