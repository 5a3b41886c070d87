"""Production and windows in, board out: every unit's search and bound, side by side on two cores."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date

import cupola
from cupola.errors import NothingFits
from cupola.model import Board, Bound, Day, Production, Provenance, Unit, Window
from cupola.model.work import Work, works_of
from cupola.money import cost
from cupola.schedule.columns import hub_bound
from cupola.schedule.earth import EarthCase, earth_case, earth_days
from cupola.schedule.earth_search import EarthPlan, pulled_forward, search, to_legal, warm
from cupola.schedule.explain import explain
from cupola.schedule.orbit import OrbitCase, Placing, orbit_case, orbit_cents, orbit_days
from cupola.schedule.orbit_greedy import lay_out
from cupola.schedule.orbit_search import first_placing, improve, most_placed, orbit_bound
from cupola.schedule.stop import CP_PER_S, Halt, Stop, moves_for

Windows = Mapping[str, Sequence[Window]]

FUSE = 1.5
"""How many times the limit's seconds a search may take by the clock before the fuse ends it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """One step of a search: seconds since its start, best cost and bound in minor units (None: not yet), what it is."""

    seconds: float
    cost_cents: int | None
    bound_cents: int | None
    text: str


Listener = Callable[[Progress], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class _News:
    """What a search tells the main thread: a unit's days and cost, or its bound."""

    unit: str
    text: str
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
) -> Board:
    """Return the cheapest board found, with a bound no board can beat.

    `windows` are by shot id, for every shot that asks for light. The same inputs, seed and `stop` give the same board.
    Work that found no place is in the boneyard. KeyboardInterrupt ends the search and keeps the best board. Raises
    NothingFits where it is proven that no board keeps every wish.
    """
    stop, halt = stop or Stop(), halt or Halt()
    run = _Run(production, windows, stop, seed, halt, on_progress)
    return run.board()


class _Run:
    """One call of `solve`: its units, its threads, and what is known so far."""

    def __init__(self, production: Production, windows: Windows, stop: Stop, seed: int, halt: Halt, listener: Listener) -> None:
        self.production, self.windows, self.stop, self.seed = production, windows, stop, seed
        self.halt, self.listener, self.began = halt, listener, time.monotonic()
        self.news: queue.Queue[_News] = queue.Queue()
        self.works: dict[str, list[Work]] = {unit.id: [] for unit in production.units}
        for work in works_of(production):
            self.works[work.unit].append(work)
        self.units = [unit for unit in production.units if self.works[unit.id]]
        self.cents: dict[str, int] = {}
        self.bounds: dict[str, int] = {}
        self.fixed = cost(production, ()).total_cents
        # an orbit unit and the Earth units each get a core; a unit alone has both, one for its bound
        both = any(u.is_orbit for u in self.units) and any(not u.is_orbit for u in self.units)
        self.search_s = stop.seconds * (0.55 if both else 0.8)
        self.bound_s = stop.seconds * (0.25 if both else 0.7)

    def board(self) -> Board:
        days, boneyard = self._searched()
        priced = cost(self.production, days)
        bounds = tuple(Bound(unit=unit.id, cents=self.bounds.get(unit.id, 0), method=_method(unit)) for unit in self.units)
        return Board(
            title=f"{self.production.title}, seed {self.seed}",
            days=days,
            boneyard=boneyard,
            cost=priced,
            bounds=bounds,
            provenance=Provenance(
                production_digest=self.production.digest,
                cupola_version=cupola.__version__,
                seed=self.seed,
                effort=self.stop.effort,
                stopped=self.halt.reason,
            ),
        )

    def _searched(self) -> tuple[tuple[Day, ...], tuple[str, ...]]:
        earth = [unit for unit in self.units if not unit.is_orbit]
        orbit = [unit for unit in self.units if unit.is_orbit]
        orbit_cases = {u.id: orbit_case(self.production, u, self.works[u.id], self.windows) for u in orbit}
        if self._impossible(orbit_cases):
            self._raise_clash()
        if earth:
            warm(self._earth_case(earth[0]))  # the clock must not run while compiled code is loaded, or made
        fuse = threading.Timer(self.stop.seconds * FUSE, self.halt.now, args=("clock",)) if self.stop.fuse else None
        if fuse:
            fuse.daemon = True
            fuse.start()
        try:
            with ThreadPoolExecutor(max_workers=2) as pool:
                tasks: list[Future[object]] = []
                if earth:
                    tasks.append(pool.submit(self._earth_plans, earth))
                tasks += [pool.submit(self._orbit_plan, orbit_cases[u.id]) for u in orbit]
                if earth:
                    tasks.append(pool.submit(self._earth_bounds, earth))
                self._listen(tasks)
                results = [task.result() for task in tasks]
        finally:
            if fuse:
                fuse.cancel()
        self._drain()
        days: list[Day] = []
        for result in results:
            if isinstance(result, list):
                days += result
        on_board = {strip.id for day in days for strip in day.strips}
        boneyard = tuple(work.id for works in self.works.values() for work in works if work.id not in on_board)
        if boneyard and self.halt.reason != "interrupted":
            self._raise_clash()
        return tuple(sorted(days, key=lambda day: (day.date, day.unit))), boneyard

    def _impossible(self, orbit_cases: Mapping[str, OrbitCase]) -> bool:
        """True where some piece of work can stand on no day at all."""
        if any(not spots for case in orbit_cases.values() for spots in case.spots):
            return True
        earth = (self._earth_case(unit) for unit in self.units if not unit.is_orbit)
        return any(not case.problem.ok.any(axis=1).all() for case in earth)

    def _raise_clash(self) -> None:
        for unit in self.units:
            clash = explain(self.production, unit, self.works[unit.id], self.windows)
            if isinstance(clash, NothingFits):
                raise clash

    def _listen(self, tasks: Sequence[Future[object]]) -> None:
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
            complete = all(unit.id in self.cents for unit in self.units)
            self.listener(
                Progress(
                    seconds=round(time.monotonic() - self.began, 2),
                    cost_cents=self.fixed + sum(self.cents.values()) if complete else None,
                    bound_cents=self.fixed + sum(self.bounds.values()) if self.bounds else None,
                    text=news.text,
                )
            )

    def _earth_case(self, unit: Unit, busy: Mapping[str, frozenset[date]] | None = None) -> EarthCase:
        return earth_case(self.production, unit, self.works[unit.id], self.windows, busy=busy)

    def _earth_plans(self, units: Sequence[Unit]) -> list[Day]:
        """Search the Earth units one after the other; who works in one is busy for the next on that date."""
        days: list[Day] = []
        weight = sum(len(self.works[unit.id]) for unit in units)
        for unit in units:
            busy: dict[str, frozenset[date]] = {}
            for day in days:
                for name in {name for strip in day.strips for name in strip.cast}:
                    busy[name] = busy.get(name, frozenset()) | {day.date}
            case = self._earth_case(unit, busy)
            share = len(self.works[unit.id]) / weight
            moves = moves_for(self.search_s * share, len(self.works[unit.id]))

            def found(plan: EarthPlan, unit: Unit = unit) -> None:
                if plan.bad == 0:
                    self.news.put(_News(unit=unit.id, cents=plan.cents, text=f"unit {unit.id}: board"))

            plan = to_legal(case, search(case, moves=moves, seed=self.seed, halt=self.halt, found=found))
            plan = pulled_forward(case, plan)
            days += earth_days(case, self.production, plan.slots)
        return days

    def _earth_bounds(self, units: Sequence[Unit]) -> None:
        """Bound the Earth units: each hub alone, the moves between hubs, a journey for each hub away from home."""
        weight = sum(len(self.works[unit.id]) for unit in units)
        for unit in units:
            case = self._earth_case(unit)
            problem = case.problem
            hubs = sorted({int(problem.hub[place]) for place in problem.place})
            hub_of = [int(problem.hub[place]) for place in problem.place]
            total = int(problem.move_cents) * (len(hubs) - 1)
            journeys = {(int(a), hub_of[i]) for i in range(len(case.works)) for a in problem.cast[i] if a >= 0}
            total += sum(int(problem.travel_cents[a]) for a, hub in journeys if hub != int(problem.home[a]))
            for hub in sorted(hubs, key=hub_of.count):
                limit = self.bound_s * CP_PER_S * hub_of.count(hub) / weight
                total += hub_bound(case, hub, limit=limit, stopped=self.halt)
                self.news.put(_News(unit=unit.id, bound=total, text=f"unit {unit.id}: bound"))

    def _orbit_plan(self, case: OrbitCase) -> list[Day]:
        limit = self.search_s * CP_PER_S

        def found(placing: Placing) -> None:
            self.news.put(_News(unit=case.unit.id, cents=orbit_cents(case, placing), text=f"unit {case.unit.id}: board"))

        placing = lay_out(case) or first_placing(case, limit=limit / 2, seed=self.seed, halt=self.halt)
        if placing is not None:
            found(placing)
        bound = orbit_bound(case, limit=self.bound_s * CP_PER_S, seed=self.seed, halt=self.halt)
        self.news.put(_News(unit=case.unit.id, bound=bound, text=f"unit {case.unit.id}: bound"))
        if placing is None:
            placing = most_placed(case, limit=limit / 2, seed=self.seed, halt=Halt())
        else:
            placing = improve(case, placing, limit=limit, seed=self.seed, halt=self.halt, enough=bound, found=found)
        return list(orbit_days(case, placing))


def _method(unit: Unit) -> str:
    if unit.is_orbit:
        return "CP-SAT on the hours of each day, the order within a day left free"
    return "shooting days as columns, hub by hub (GLOP, priced by CP-SAT), moves between hubs, journeys"
