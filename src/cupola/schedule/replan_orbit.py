"""An orbit unit planned again: as many takes as can be stay on their dates and, of those, as many as can be at their minute."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ortools.sat.python import cp_model

from cupola.model import Day, Production, Unit, Window
from cupola.model.work import Work
from cupola.schedule.orbit import (
    DAY_SLOTS,
    Model,
    OrbitCase,
    Placing,
    Spot,
    build,
    orbit_case,
    orbit_cents,
    orbit_days,
    placing_from,
)
from cupola.schedule.orbit_search import hint, improve
from cupola.schedule.orbit_start import standing
from cupola.schedule.stop import Halt, cp_solver


@dataclass(frozen=True, kw_only=True, slots=True)
class FlightPlan:
    """Days of an orbit unit, how many strips moved to another date, and what is proven of it."""

    days: tuple[Day, ...]
    moved: int
    is_fewest: bool = False
    is_cheapest: bool = False


@dataclass(slots=True)
class FlightReplan:
    """An orbit unit that is planned again: its open work, and where each strip of it stood."""

    case: OrbitCase
    was: Mapping[int, Spot]
    shot: tuple[Day, ...]
    old: tuple[Day, ...]
    halt: Halt
    seed: int = 1

    def plans(self, *, limit: float) -> list[FlightPlan]:
        """Return the plan with the fewest changes, then cheaper ones; none where no placing was found."""
        if not self.case.works:
            return [FlightPlan(days=self.shot, moved=0, is_fewest=True, is_cheapest=True)]
        first = self._fewest(limit)
        if first is None:
            return []
        placing, moved, proven = first
        cheap, cheapest = self._cheapest(placing, moved, limit)
        better = improve(self.case, cheap, limit=limit / 4, seed=self.seed, halt=self.halt)
        plans = [FlightPlan(days=self._days(cheap), moved=moved, is_fewest=proven, is_cheapest=cheapest)]
        if orbit_cents(self.case, better) < orbit_cents(self.case, cheap):
            plans.append(FlightPlan(days=self._days(better), moved=self._moved(better)))
        return plans

    def _fewest(self, limit: float) -> tuple[Placing, int, bool] | None:
        m = build(self.case)
        moved = len(self.was) - sum(self._stays(m, w) for w in self.was)
        m.model.minimize((len(self.was) + 1) * moved + sum(self._retimed(m, w) for w in self.was))
        solver = cp_solver(limit=limit, seed=self.seed)
        status = self.halt.solve(solver, m.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        placing = placing_from(self.case, m, solver.value)
        count = self._moved(placing)
        return placing, count, count == 0 or self._is_refuted(count - 1, limit)

    def _is_refuted(self, most: int, limit: float) -> bool:
        m = build(self.case)
        m.model.clear_objective()  # type: ignore[no-untyped-call]
        m.model.add(len(self.was) - sum(self._stays(m, w) for w in self.was) <= most)
        return self._says_no(m, limit)

    def _cheapest(self, placing: Placing, most: int, limit: float) -> tuple[Placing, bool]:
        m = build(self.case)
        m.model.add(len(self.was) - sum(self._stays(m, w) for w in self.was) <= most)
        hint(self.case, m, placing)
        solver = cp_solver(limit=limit, seed=self.seed)
        status = self.halt.solve(solver, m.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return placing, False
        found = placing_from(self.case, m, solver.value)
        if orbit_cents(self.case, found) >= orbit_cents(self.case, placing):
            found = placing
        return found, status == cp_model.OPTIMAL and self._says_cheapest(round(solver.objective_value), most, limit)

    def _says_cheapest(self, value: int, most: int, limit: float) -> bool:
        """Ask a solver set up otherwise for a cheaper one, whole units of the model's scale apart."""
        m = build(self.case)
        m.model.add(len(self.was) - sum(self._stays(m, w) for w in self.was) <= most)
        solver = _otherwise(limit, self.seed)
        status = self.halt.solve(solver, m.model)
        return status == cp_model.OPTIMAL and round(solver.objective_value) == value

    def _says_no(self, m: Model, limit: float) -> bool:
        return self.halt.solve(_otherwise(limit, self.seed), m.model) == cp_model.INFEASIBLE

    def _stays(self, m: Model, w: int) -> cp_model.LinearExpr | int:
        """Return 1 where work w stands on its date."""
        return sum(on for (v, k), on in m.on.items() if v == w and self.case.cells[k].day == self.was[w].day)

    def _retimed(self, m: Model, w: int) -> cp_model.IntVar:
        """Return 1 where work w stands at another time than it did."""
        otherwise = m.model.new_bool_var("")
        if w in m.start:
            m.model.add(m.start[w] == self.was[w].day * DAY_SLOTS + self.was[w].slot).only_enforce_if(otherwise.negated())
        return otherwise

    def _moved(self, placing: Placing) -> int:
        return sum(placing.spots[w].day != spot.day for w, spot in self.was.items() if w in placing.spots)

    def _days(self, placing: Placing) -> tuple[Day, ...]:
        """Return the days of a placing; one on which nothing changed stands as it did."""
        known = {(day.date, frozenset((strip.id, strip.roll_utc) for strip in day.strips)): day for day in self.old}
        days = [
            known.get((day.date, frozenset((strip.id, strip.roll_utc) for strip in day.strips)), day)
            for day in orbit_days(self.case, placing)
        ]
        every = sorted((*self.shot, *days), key=lambda day: day.date)
        return tuple(dataclasses.replace(day, number=number) for number, day in enumerate(every, 1))


def flight_replan(
    production: Production,
    unit: Unit,
    works: Sequence[Work],
    windows: Mapping[str, Sequence[Window]],
    *,
    old: Sequence[Day],
    trusted: Sequence[Day],
    since: date | None,
    halt: Halt,
    seed: int,
) -> FlightReplan:
    """Return an orbit unit as it has to be planned again.

    `old` are its days as they were agreed (after a slip: moved with it); those before `since` are shot. `trusted` days may
    stand as they are where nothing on them changes.
    """
    shot = tuple(day for day in old if since is not None and day.date < since)
    done = {strip.id for day in shot for strip in day.strips}
    open_work = [work for work in works if work.id not in done]
    case = orbit_case(production, unit, open_work, windows)
    case = dataclasses.replace(
        case,
        spots=tuple(tuple(spot for spot in spots if since is None or case.dates[spot.day] >= since) for spots in case.spots),
    )
    strips = {strip.id: (day.date, strip) for day in old for strip in day.strips}
    was: dict[int, Spot] = {}
    spots = list(case.spots)
    for w, work in enumerate(case.works):
        if work.id in strips and strips[work.id][0] in case.dates:
            d = case.dates.index(strips[work.id][0])
            was[w], spots[w] = standing(case, w, d, strips[work.id][1], windows.get(work.shot, ()))
    return FlightReplan(
        case=dataclasses.replace(case, spots=tuple(spots)), was=was, shot=shot, old=tuple(trusted), halt=halt, seed=seed
    )


def _otherwise(limit: float, seed: int) -> cp_model.CpSolver:
    solver = cp_solver(limit=limit, seed=seed + 7)
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    return solver
