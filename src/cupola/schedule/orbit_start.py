"""An orbit unit's search that begins at a board: where its strips stand, what may change, and what is best left alone."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from datetime import timedelta

from ortools.sat.python import cp_model

from cupola.model import Board, Strip, Window
from cupola.model.work import stretch_on
from cupola.schedule.neighbourhood import Neighbourhood
from cupola.schedule.orbit_case import OrbitCase, Placing, orbit_cents
from cupola.schedule.orbit_model import Model, build, model_cents, placing_from
from cupola.schedule.orbit_search import Home, hint
from cupola.schedule.orbit_spots import DAY_SLOTS, SLOT_S, Spot
from cupola.schedule.stop import Halt, cp_solver

Windows = Mapping[str, Sequence[Window]]


def around(case: OrbitCase, board: Board, within: Neighbourhood, windows: Windows) -> tuple[OrbitCase, Home]:
    """Return the case with only what may change around a board, and the spots that its strips stand in.

    Strips of a day that is kept have one spot alone, other work none on a date that is closed. Where only whole days may change
    places, strips keep their dates, for light and crew aboard are different on each.
    """
    unit = case.unit.id
    strips = {strip.id: (day, strip) for day in board.days if day.unit == unit for strip in day.strips}
    closed = {d for d, date in enumerate(case.dates) if within.is_closed(unit, date)}
    home: dict[int, Spot] = {}
    spots = [tuple(spot for spot in each if spot.day not in closed) for each in case.spots]
    for w, work in enumerate(case.works):
        day, strip = strips.get(work.id, (None, None))
        if day is None or strip is None or day.date not in case.dates:
            continue
        own, every = standing(case, w, case.dates.index(day.date), strip, windows.get(work.shot, ()))
        if (own.day, own.slot) in case.cell_at[w]:
            home[w] = own
        if within.keeps(day):
            spots[w] = (own,) if w in home else case.spots[w]
        else:
            spots[w] = tuple(spot for spot in every if spot.day not in closed)
            if within.only_swap_days:
                spots[w] = tuple(spot for spot in spots[w] if spot.day == own.day)
    order = _as_before(home) if within.keep_order else ()
    return dataclasses.replace(case, spots=tuple(spots), order=(*case.order, *order)), home


def _as_before(home: Home) -> tuple[tuple[int, int], ...]:
    """Return pairs of work of which the first stood on a day before the second, from each day to the next."""
    days = sorted({spot.day for spot in home.values()})
    rows = {d: sorted(w for w, spot in home.items() if spot.day == d) for d in days}
    return tuple((a, b) for d, e in itertools.pairwise(days) for a in rows[d] for b in rows[e])


def standing(case: OrbitCase, w: int, d: int, strip: Strip, windows: Sequence[Window]) -> tuple[Spot, tuple[Spot, ...]]:
    """Return the spot that a strip stands in, and all spots of its work, that one with the strip's own roll where it holds."""
    work = case.works[w]
    prep = timedelta(seconds=work.prepared_s(stretch_on(case.unit, case.dates[d])))
    slot = int((strip.roll_utc - prep - case.midnights[d]).total_seconds() // SLOT_S)
    own = Spot(day=d, slot=slot, roll_utc=strip.roll_utc, window=strip.window)
    lit = next((window for window in windows if _holds(window, strip, work.roll_s)), None)
    if not work.light.is_any and lit is None:
        return own, case.spots[w]
    own = dataclasses.replace(own, window=lit)
    return own, tuple(own if (spot.day, spot.slot) == (d, slot) else spot for spot in case.spots[w])


def _holds(window: Window, strip: Strip, roll_s: int) -> bool:
    edge = timedelta(seconds=window.edge_s)
    return window.open_utc + edge <= strip.roll_utc and strip.roll_utc + timedelta(seconds=roll_s) <= window.close_utc - edge


def begun(case: OrbitCase, home: Home, *, limit: float, seed: int, halt: Halt) -> Placing | None:
    """Return a placing with every strip where it stands, or else with few on other dates; None where none was found."""
    if len(home) == len(case.works) and all(spot in case.spots[w] for w, spot in home.items()):
        m = build(case, keep=home)
        solver = cp_solver(limit=limit / 2, seed=seed)
        if halt.solve(solver, m.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return placing_from(case, m, solver.value)
    m = build(case)
    m.model.minimize(_changes(m, home))
    solver = cp_solver(limit=limit / 2, seed=seed)
    status = halt.solve(solver, m.model)
    return placing_from(case, m, solver.value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def left_alone(case: OrbitCase, placing: Placing, home: Home, *, limit: float, seed: int, halt: Halt) -> Placing:
    """Return a placing that costs no more than another, with fewer strips away from where they stood if one was found."""
    m = build(case)
    hint(case, m, placing)
    m.model.add(model_cents(case, m) <= orbit_cents(case, placing) // m.scale)
    m.model.minimize(_changes(m, home))
    solver = cp_solver(limit=limit, seed=seed)
    if halt.solve(solver, m.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return placing
    found = placing_from(case, m, solver.value)
    return min(placing, found, key=lambda each: (orbit_cents(case, each), away(each, home)))


def away(placing: Placing, home: Home) -> tuple[int, int]:
    """Return how many strips are on other dates than they were, and how many at other times."""
    there = [(placing.spots[w], spot) for w, spot in home.items() if w in placing.spots]
    return sum(now.day != was.day for now, was in there), sum((now.day, now.slot) != (was.day, was.slot) for now, was in there)


def _changes(m: Model, home: Home) -> cp_model.LinearExprT:
    """Return what a change of date costs, which is more than a change of time of every strip."""
    moved = [m.on_day[w, spot.day] for w, spot in home.items() if (w, spot.day) in m.on_day]
    retimed = []
    for w, spot in home.items():
        if w in m.start:
            at = m.model.new_bool_var("")
            m.model.add(m.start[w] == spot.day * DAY_SLOTS + spot.slot).only_enforce_if(at.negated())
            retimed.append(at)
    return (len(home) + 1) * (len(moved) - sum(sum(on) for on in moved)) + sum(retimed)
