"""Production and windows in, board out: every unit's search and bound, side by side on two cores."""

from __future__ import annotations

import dataclasses
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

import cupola
from cupola.errors import NothingFits
from cupola.model import Board, Bound, Day, Pin, Production, Provenance, Unit, Window
from cupola.model.work import Work, works_of
from cupola.money import cost
from cupola.schedule.bound_unit import UnitBound, unit_bound, warm_bound
from cupola.schedule.earth import EarthCase, earth_case, earth_days
from cupola.schedule.earth_search import EarthPlan, nearest, pulled_forward, search, slots_of, to_legal, warm
from cupola.schedule.explain import explain
from cupola.schedule.kernel import is_kept
from cupola.schedule.neighbourhood import FREE, Neighbourhood, dates_on, kept_days
from cupola.schedule.orbit import OrbitCase, Placing, orbit_case, orbit_cents, orbit_days
from cupola.schedule.orbit_greedy import lay_out
from cupola.schedule.orbit_search import first_placing, improve, most_placed, orbit_bound
from cupola.schedule.orbit_start import around, begun, left_alone
from cupola.schedule.stop import CP_PER_S, Halt, Stop, moves_for

Windows = Mapping[str, Sequence[Window]]

ANNEALING = "annealing over dates"
PLACING = "CP-SAT, a few days at a time"
ORBIT_BOUND = "CP-SAT on the hours of each day, the order within a day left free"
PASSES = 2
"""How often units that share cast are searched in turn, each with the dates of the others."""
LARGE = 100
"""Pieces of work from which a board is worth a second search on the core that has done with the bound."""

ABOARD = 0.2
"""Share of the effort to begin at a board of an orbit unit, and again to leave alone what costs nothing to leave."""
FUSE = 1.5
"""How many times the limit's seconds a search may take by the clock before the fuse ends it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """One step of a search: seconds since its start, best cost and bound in minor units (None: not yet), what it is.

    `method` says how the step was made: "annealing", "columns", "CP-SAT" ...
    """

    seconds: float
    cost_cents: int | None
    bound_cents: int | None
    text: str
    method: str = ""


Listener = Callable[[Progress], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class _News:
    """What a search tells the main thread: a unit's days and cost, or its bound."""

    unit: str
    text: str
    method: str
    cents: int | None = None
    bound: int | None = None


def solve(
    production: Production,
    windows: Windows,
    *,
    stop: Stop | None = None,
    seed: int = 1,
    on_progress: Listener = lambda _: None,
    halt: Halt | None = None,
    start: Board | None = None,
    within: Neighbourhood | None = None,
) -> Board:
    """Return the cheapest board found, with a bound no board can beat.

    `windows` are by shot id, for every shot that asks for light. The same inputs, seed and `stop` give the same board. The
    search begins at `start`, where one is given, and changes of it only what `within` allows.
    Work that found no place is in the boneyard. KeyboardInterrupt ends the search and keeps the best board. Raises
    NothingFits where it is proven that no board keeps every wish.
    """
    stop, halt = stop or Stop(), halt or Halt()
    run = _Run(production, windows, stop, seed, halt, on_progress, start, within or FREE)
    return run.board()


class _Run:
    """One call of `solve`: its units, its threads, and what is known so far."""

    def __init__(
        self,
        production: Production,
        windows: Windows,
        stop: Stop,
        seed: int,
        halt: Halt,
        listener: Listener,
        start: Board | None,
        within: Neighbourhood,
    ) -> None:
        self.production, self.windows, self.stop, self.seed = production, windows, stop, seed
        self.halt, self.listener, self.began = halt, listener, time.monotonic()
        self.start, self.within = start, within
        self.news: queue.Queue[_News] = queue.Queue()
        self.works: dict[str, list[Work]] = {unit.id: [] for unit in production.units}
        for work in works_of(production):
            self.works[work.unit].append(work)
        self.units = [unit for unit in production.units if self.works[unit.id]]
        self.open = [unit for unit in self.units if start is None or within.may_change(unit.id)]
        self.kept = [day for unit in self.units if unit not in self.open for day in kept_days(start, within, unit.id)]
        self.fixed = cost(production, ()).total_cents
        self.cents = {unit.id: self._cents_of(unit) for unit in self.units if unit not in self.open}
        self.bounds: dict[str, int] = {}
        self.methods: dict[str, str] = {}
        # an orbit unit and the Earth units each get a core; a unit alone has both, one for its bound
        both = any(u.is_orbit for u in self.open) and any(not u.is_orbit for u in self.open)
        self.search_s = stop.seconds * (0.55 if both else 0.8)
        self.bound_s = stop.seconds * (
            0.25 if both else 0.85 if self._is_large() else 1.9
        )  # half the work, with a core to itself
        self.second_s = 0.0 if both else stop.seconds * 0.4

    def _is_large(self) -> bool:
        """Whether a unit is large enough for a second search on the core that has done with the bound."""
        return any(len(self.works[unit.id]) >= LARGE for unit in self.open if not unit.is_orbit)

    def _cents_of(self, unit: Unit) -> int:
        return cost(self.production, [day for day in self.kept if day.unit == unit.id]).total_cents - self.fixed

    def board(self) -> Board:
        days, boneyard = self._searched()
        priced = cost(self.production, days)
        bounds = tuple(
            Bound(unit=unit.id, cents=self.bounds.get(unit.id, 0), method=self.methods.get(unit.id, "nothing proven"))
            for unit in self.units
        )
        return Board(
            title=f"{self.production.title}, seed {self.seed}",
            days=days,
            boneyard=boneyard,
            cost=priced,
            bounds=bounds,
            launches=self.production.launched,
            provenance=Provenance(
                production_digest=self.production.digest,
                cupola_version=cupola.__version__,
                seed=self.seed,
                effort=self.stop.effort,
                stopped=self.halt.reason,
            ),
        )

    def _searched(self) -> tuple[tuple[Day, ...], tuple[str, ...]]:
        earth = [unit for unit in self.open if not unit.is_orbit]
        orbit = [unit for unit in self.open if unit.is_orbit]
        pinned = self._pinned()
        orbit_cases = {u.id: orbit_case(pinned, u, self.works[u.id], self.windows) for u in orbit}
        if self._impossible(orbit_cases, earth):
            self._raise_clash()
        if earth:
            if not is_kept():
                self._tell("the search is compiled, once on this machine: about a minute")
            warm(self._earth_case(earth[0]))  # the clock must not run while compiled code is loaded, or made
            warm_bound(self._earth_case(earth[0]))
        fuse = threading.Timer(self.stop.seconds * FUSE, self.halt.now, args=("clock",)) if self.stop.fuse else None
        if fuse:
            fuse.daemon = True
            fuse.start()
        try:
            with ThreadPoolExecutor(max_workers=2) as pool:
                plans = [pool.submit(self._earth_plans, earth)] if earth else []
                flights = [pool.submit(self._orbit_plan, orbit_cases[u.id]) for u in orbit]
                second = [pool.submit(self._bounds_then_second, earth, bool(orbit))] if earth else []
                self._listen([*plans, *flights, *second])
                days = [day for flight in flights for day in flight.result()]
                if earth:
                    days += self._earth_days(earth, plans[0].result(), second[0].result())
        finally:
            if fuse:
                fuse.cancel()
        self._drain()
        days += self.kept
        on_board = {strip.id for day in days for strip in day.strips}
        boneyard = tuple(work.id for works in self.works.values() for work in works if work.id not in on_board)
        if boneyard and self.halt.reason != "interrupted":
            self._raise_clash()
        return tuple(sorted(days, key=lambda day: (day.date, day.unit))), boneyard

    def _pinned(self) -> Production:
        """Return the production with a pin for every strip of an orbit unit whose date must stay."""
        if self.start is None:
            return self.production
        pins = []
        for unit in self.open:
            still = {strip.id for day in kept_days(self.start, self.within, unit.id) for strip in day.strips} | self.within.pins
            on = dates_on(self.start, unit.id)
            pins += [Pin(strip=name, day=on[name]) for name in sorted(still & set(on))] if unit.is_orbit else []
        return dataclasses.replace(self.production, pins=(*self.production.pins, *pins))

    def _impossible(self, orbit_cases: Mapping[str, OrbitCase], earth: Sequence[Unit]) -> bool:
        """True where some piece of work can stand on no day at all."""
        if any(not spots for case in orbit_cases.values() for spots in case.spots):
            return True
        return any(not self._earth_case(unit).problem.ok.any(axis=1).all() for unit in earth)

    def _raise_clash(self) -> None:
        for unit in self.units:
            clash = explain(self.production, unit, self.works[unit.id], self.windows)
            if isinstance(clash, NothingFits):
                raise clash

    def _listen(self, tasks: Sequence[Future[Any]]) -> None:
        """Wait for the searches, hand on their news, and turn Ctrl-C into a halt that keeps the best."""
        waiting = set(tasks)
        while waiting:
            try:
                _, waiting = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
                self._drain()
            except KeyboardInterrupt:
                self.halt.now("interrupted")

    def _drain(self) -> None:
        while True:
            try:
                news = self.news.get_nowait()
            except queue.Empty:
                return
            if news.cents is not None:
                self.cents[news.unit] = min(news.cents, self.cents.get(news.unit, news.cents))
            if news.bound is not None:
                self.bounds[news.unit] = max(news.bound, self.bounds.get(news.unit, 0))
            self._tell(news.text, news.method)

    def _tell(self, text: str, method: str = "") -> None:
        """Hand on what is known of all units together."""
        complete = all(unit.id in self.cents for unit in self.units)
        self.listener(
            Progress(
                seconds=round(time.monotonic() - self.began, 2),
                cost_cents=self.fixed + sum(self.cents.values()) if complete else None,
                bound_cents=self.fixed + sum(self.bounds.values()) if self.bounds else None,
                text=text,
                method=method,
            )
        )

    def _earth_case(self, unit: Unit, days: Sequence[Day] = ()) -> EarthCase:
        """Return an Earth unit as arrays; who works on `days`, those of other units, is busy there."""
        busy: dict[str, dict[date, str]] = {}
        hubs = {place.id: place.hub for place in self.production.places}
        for day in days:
            for strip in day.strips:
                for name in strip.cast:
                    busy.setdefault(name, {})[day.date] = hubs[strip.place]
        works = self.works[unit.id]
        return earth_case(self.production, unit, works, self.windows, busy=busy, start=self.start, within=self.within)

    def _plan(self, unit: Unit, others: Sequence[Day], seconds: float, seed: int, before: EarthPlan | None) -> EarthPlan:
        """Return the best plan of one Earth unit beside the days of the others, from the one before where there is one."""
        case = self._earth_case(unit, others)
        start = np.array(before.slots, np.int64) if before else slots_of(case, self.start, seed) if self.start else None
        if before is not None:
            start = np.array([nearest(case, i, slot) for i, slot in enumerate(before.slots)], np.int64)

        def found(plan: EarthPlan) -> None:
            if plan.bad == 0:
                self.news.put(_News(unit=unit.id, cents=plan.cents, text=f"unit {unit.id}: board", method=ANNEALING))

        moves = moves_for(seconds, len(case.works))
        return to_legal(case, search(case, moves=moves, seed=seed, halt=self.halt, found=found, start=start))

    def _earth_plans(self, units: Sequence[Unit]) -> dict[str, EarthPlan]:
        """Search the Earth units in turn: who works in one is busy in the others on that date; the best round of all counts."""
        weight = sum(len(self.works[unit.id]) for unit in units)
        passes = PASSES if len(units) > 1 else 1
        best: dict[str, EarthPlan] = {}
        now: dict[str, EarthPlan] = {}
        days: dict[str, tuple[Day, ...]] = {}
        for _ in range(passes):
            for unit in units:
                others = [day for name, own in days.items() if name != unit.id for day in own] + self._kept_on_earth()
                seconds = self.search_s * len(self.works[unit.id]) / weight / passes
                now[unit.id] = self._plan(unit, others, seconds, self.seed, now.get(unit.id))
                days[unit.id] = earth_days(self._earth_case(unit, others), self.production, now[unit.id].slots)
                if len(now) == len(units) and (not best or _rank(now) < _rank(best)):
                    best = dict(now)
        return best

    def _kept_on_earth(self) -> list[Day]:
        return [day for day in self.kept if not self.production.unit(day.unit).is_orbit]

    def _bounds_then_second(self, units: Sequence[Unit], beside_orbit: bool) -> EarthPlan | None:
        """Bound the Earth units, then search a large one that is alone a second time with another seed."""
        weight = sum(len(self.works[unit.id]) for unit in units)
        for unit in units:

            def better(bound: UnitBound, unit: Unit = unit) -> None:
                self.methods[unit.id] = bound.method
                self.news.put(_News(unit=unit.id, bound=bound.cents, text=f"unit {unit.id}: bound", method=bound.method))

            limit = self.bound_s * CP_PER_S * len(self.works[unit.id]) / weight
            case = earth_case(self.production, unit, self.works[unit.id], self.windows)
            unit_bound(case, limit=limit, halt=self.halt, on_bound=better)
        if beside_orbit or len(units) > 1 or not self._is_large() or self.halt():
            return None
        return self._plan(units[0], self._kept_on_earth(), self.second_s, self.seed + 1_000, None)

    def _earth_days(self, units: Sequence[Unit], plans: Mapping[str, EarthPlan], second: EarthPlan | None) -> list[Day]:
        """Return the days of the better plans, as early as they can be for the same money."""
        days: dict[str, tuple[Day, ...]] = {}
        alone = len(units) == 1
        for unit in units:
            others = [] if alone else [d for other in units if other is not unit for d in days.get(other.id, ())]
            case = self._earth_case(unit, others + self._kept_on_earth())
            plan = plans[unit.id] if second is None else min(plans[unit.id], second, key=lambda each: each.rank)
            if alone and self.start is None:
                plan = pulled_forward(case, plan)
            days[unit.id] = earth_days(case, self.production, plan.slots)
        return [day for own in days.values() for day in own]

    def _orbit_plan(self, case: OrbitCase) -> list[Day]:
        limit = self.search_s * CP_PER_S

        def found(placing: Placing) -> None:
            self.news.put(
                _News(unit=case.unit.id, cents=orbit_cents(case, placing), text=f"unit {case.unit.id}: board", method=PLACING)
            )

        whole, home, share = case, None, 0.0
        if self.start is not None:
            case, home = around(case, self.start, self.within, self.windows)
            share = limit * ABOARD
        placing = begun(case, home, limit=share, seed=self.seed, halt=self.halt) if home else None
        placing = placing or lay_out(case) or first_placing(case, limit=limit / 2, seed=self.seed, halt=self.halt)
        if placing is not None:
            found(placing)
        bound = orbit_bound(whole, limit=self.bound_s * CP_PER_S, seed=self.seed, halt=self.halt)
        self.methods[case.unit.id] = ORBIT_BOUND
        self.news.put(_News(unit=case.unit.id, bound=bound, text=f"unit {case.unit.id}: bound", method=ORBIT_BOUND))
        if placing is None:
            placing = most_placed(case, limit=limit / 2, seed=self.seed, halt=Halt())
        else:
            left = limit - 2 * share
            placing = improve(case, placing, limit=left, seed=self.seed, halt=self.halt, enough=bound, found=found, home=home)
            if home:
                placing = left_alone(case, placing, home, limit=share, seed=self.seed, halt=self.halt)
        return self._with_kept(case.unit.id, orbit_days(case, placing))

    def _with_kept(self, unit: str, days: Sequence[Day]) -> list[Day]:
        """Return the days of an orbit unit, those that are kept as they were."""
        kept = {day.date: day for day in kept_days(self.start, self.within, unit)}
        every = sorted((*kept.values(), *(day for day in days if day.date not in kept)), key=lambda day: day.date)
        return [dataclasses.replace(day, number=number) for number, day in enumerate(every, 1)]


def _rank(plans: Mapping[str, EarthPlan]) -> tuple[int, int, int]:
    """What makes one set of plans better than another: fewest pieces left out, least violation, least cost."""
    left_out = sum(slot < 0 for plan in plans.values() for slot in plan.slots)
    return left_out, sum(plan.bad for plan in plans.values()), sum(plan.cents for plan in plans.values())
