"""The search for an orbit unit: a first placing by CP-SAT, then a few days at a time taken apart and put together better."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence

from ortools.sat.python import cp_model

from cupola.schedule.orbit_case import OrbitCase, Placing, orbit_cents
from cupola.schedule.orbit_model import Model, build, placing_from
from cupola.schedule.orbit_spots import DAY_SLOTS, Spot, at_slot
from cupola.schedule.stop import Halt, cp_solver

STEP_LIMIT = 0.35
"""Deterministic seconds for one step of the search."""
PACK_LIMIT = 0.2
"""Deterministic seconds to pack a few days anew."""
IDLE = 10
"""Steps without a gain after which a packing is given up."""
STEP_LEAST = 0.04
"""What a step counts at least: building and presolving take their time too."""
DAYS_SHARE = 0.6
"""How many steps change places among a few days only, which is a small model."""
HALF = 0.5
"""How many of the other steps free a few days, not modules."""
FEWER = 0.4
"""Share of the effort that may be spent on doing with fewer crew days, which is what costs most."""
ROUNDING = 1.0002
"""The model divides costs to whole numbers, downwards; a cost this near its bound is the same cost."""
Home = Mapping[int, Spot]
"""Where work stands on the board that a search begins at."""


def first_placing(case: OrbitCase, *, limit: float, seed: int, halt: Halt) -> Placing | None:
    """Return any placing of all work, or None where none was found in the limit."""
    m = build(case)
    solver = cp_solver(limit=limit, seed=seed)
    solver.parameters.stop_after_first_solution = True
    status = halt.solve(solver, m.model)
    return placing_from(case, m, solver.value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def most_placed(case: OrbitCase, *, limit: float, seed: int, halt: Halt) -> Placing:
    """Return a placing of as much work as could be placed in the limit; the rest is for the boneyard."""
    m = build(case, all_work=False)
    m.model.maximize(sum(m.on.values()))
    solver = cp_solver(limit=limit, seed=seed)
    status = halt.solve(solver, m.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return placing_from(case, m, solver.value)
    return Placing(spots={}, rigs={}, walks={}, restows={})


def improve(
    case: OrbitCase,
    placing: Placing,
    *,
    limit: float,
    seed: int,
    halt: Halt,
    enough: int = 0,
    found: Callable[[Placing], None] = lambda _: None,
    home: Home | None = None,
) -> Placing:
    """Return a cheaper placing after `limit` deterministic seconds: days, or one module's work, are freed in turn.

    The search ends where a placing costs no more than `enough` (a bound), the model's rounding given away. Of two that cost the
    same, the one with no more work away from `home` is taken.
    """
    R = random.Random(seed)
    best, spent = _fewer_days(case, placing, limit * FEWER, R, halt, found)
    while spent < limit and orbit_cents(case, best) > enough * ROUNDING and not halt():
        step = _days_anew if case.outside is None and R.random() < DAYS_SHARE else _anew
        other, seconds = step(case, best, R, halt)
        spent += seconds
        if other is not None and _rank(case, other, home or {}) <= _rank(case, best, home or {}):
            if orbit_cents(case, other) < orbit_cents(case, best):
                found(other)
            best = other
    return best


def _rank(case: OrbitCase, placing: Placing, home: Home) -> tuple[int, int]:
    """What makes one placing better than another: its cost, then how much work is away from where it stood."""
    return orbit_cents(case, placing), sum(at_slot(placing.spots[w]) != at_slot(spot) for w, spot in home.items())


def _fewer_days(
    case: OrbitCase, placing: Placing, limit: float, R: random.Random, halt: Halt, found: Callable[[Placing], None]
) -> tuple[Placing, float]:
    """Return a placing on fewer crew days, where that is cheaper, and the effort it took: the lightest day goes first."""
    best, spent = placing, 0.0
    while spent < limit and not halt():
        days = {spot.day for spot in best.spots.values()}
        load = {d: sum(case.slots[w][d] for w, spot in best.spots.items() if spot.day == d) for d in days}
        kept = days - {min(sorted(days), key=lambda d: load[d])}
        if not kept or sum(case.day_slots[d] for d in kept) < sum(min(each) for each in case.slots):
            break
        fewer, seconds = refitted(
            case, best, {2 * d + half for d in kept for half in (0, 1)}, limit=limit - spent, R=R, halt=halt
        )
        spent += seconds
        if fewer is None or orbit_cents(case, fewer) >= orbit_cents(case, best):
            break
        best = fewer
        found(best)
    return best, spent


def refitted(
    case: OrbitCase, placing: Placing, halves: Collection[int], *, limit: float, R: random.Random, halt: Halt
) -> tuple[Placing | None, float]:
    """Return a placing in some half-days alone, or None, and the effort it took.

    What stands elsewhere is taken out; then two or three days at a time are packed anew with as much as they can hold, until
    nothing is left out.
    """
    inside, spent = case.within(halves), 0.0
    best = _without(case, placing, {w for w, spot in placing.spots.items() if case.half(w, spot) not in halves})
    days, idle = sorted({half // 2 for half in halves}), 0
    while spent < limit and idle < IDLE and not halt():
        if len(best.spots) == len(case.works):
            return best, spent
        free = set(R.sample(days, min(len(days), R.choice((2, 2, 3)))))
        other, seconds = _repacked(inside, best, free, seed=R.randrange(1 << 30), halt=halt)
        spent += seconds
        idle = 0 if other and _camera_s(case, other) > _camera_s(case, best) else idle + 1
        best = other or best
    return (best if len(best.spots) == len(case.works) else None), spent


def _repacked(case: OrbitCase, best: Placing, free: set[int], *, seed: int, halt: Halt) -> tuple[Placing | None, float]:
    """Return a placing in which some days hold at least as much as before, and the effort it took."""
    rows = [w for w in range(len(case.works)) if w not in best.spots or best.spots[w].day in free]
    apart = case.outside is None or (not any(case.is_out[w] for w in rows) and not best.walks)
    part = case.part(rows, free, best.spots) if apart else case
    keep = {} if apart else {w: spot for w, spot in best.spots.items() if w not in rows}
    m = build(part, keep=keep, all_work=False)
    m.model.maximize(sum(max(part.slots[w]) * on for (w, _), on in m.on.items()))
    hint(part, m, only(best, rows, free) if apart else best)
    found, seconds = asked(part, m, limit=PACK_LIMIT, seed=seed, halt=halt)
    if found is None:
        return None, seconds
    other = joined(best, found, rows, free) if apart else found
    return (other if _camera_s(case, other) >= _camera_s(case, best) else None), seconds


def _camera_s(case: OrbitCase, placing: Placing) -> int:
    """Return for how many slots the camera is at work, each piece at its longest."""
    return sum(max(case.slots[w]) for w in placing.spots)


def _without(case: OrbitCase, placing: Placing, rows: Collection[int]) -> Placing:
    """Return a placing without some work, and without the rigs, restows and spacewalks that nothing needs any more."""
    spots = {w: spot for w, spot in placing.spots.items() if w not in rows}
    inside = {(case.works[w].place, spot.day) for w, spot in spots.items() if not case.is_out[w]}
    outside = {spot.day for w, spot in spots.items() if case.is_out[w]}
    return Placing(
        spots=spots,
        rigs={key: slot for key, slot in placing.rigs.items() if key in inside},
        walks={d: walk for d, walk in placing.walks.items() if d in outside},
        restows={d: slot for d, slot in placing.restows.items() if d in {day for _, day in inside}},
    )


def _anew(case: OrbitCase, best: Placing, R: random.Random, halt: Halt) -> tuple[Placing | None, float]:
    """Return a placing in which some work found a better day, and the effort it took."""
    m = build(case, keep=_kept(case, best, R))
    hint(case, m, best)
    return asked(case, m, limit=STEP_LIMIT, seed=R.randrange(1 << 30), halt=halt)


def _days_anew(case: OrbitCase, best: Placing, R: random.Random, halt: Halt) -> tuple[Placing | None, float]:
    """Return a placing in which the work of a few days changed places among them, and the effort it took: a small model."""
    days = sorted({spot.day for spot in best.spots.values()})
    free = set(R.sample(days, min(len(days), R.choice((2, 3, 4, 4)))))
    rows = [w for w in range(len(case.works)) if best.spots[w].day in free]
    part = case.part(rows, free, best.spots)
    m = build(part)
    hint(part, m, only(best, rows, free))
    other, seconds = asked(part, m, limit=STEP_LIMIT, seed=R.randrange(1 << 30), halt=halt)
    return (None if other is None else joined(best, other, rows, free)), seconds


def only(placing: Placing, rows: Sequence[int], days: Collection[int]) -> Placing:
    """Return what a placing has of some rows on some dates, the rows numbered anew."""
    return Placing(
        spots={number: placing.spots[w] for number, w in enumerate(rows) if w in placing.spots},
        rigs={key: slot for key, slot in placing.rigs.items() if key[1] in days},
        walks={d: walk for d, walk in placing.walks.items() if d in days},
        restows={d: slot for d, slot in placing.restows.items() if d in days},
    )


def joined(placing: Placing, part: Placing, rows: Sequence[int], days: Collection[int]) -> Placing:
    """Return a placing with that of some rows on some dates in place of its own."""
    others = {w: spot for w, spot in placing.spots.items() if w not in rows}
    return Placing(
        spots=others | {rows[number]: spot for number, spot in part.spots.items()},
        rigs={key: slot for key, slot in placing.rigs.items() if key[1] not in days} | dict(part.rigs),
        walks={d: walk for d, walk in placing.walks.items() if d not in days} | dict(part.walks),
        restows={d: slot for d, slot in placing.restows.items() if d not in days} | dict(part.restows),
    )


def asked(case: OrbitCase, m: Model, *, limit: float, seed: int, halt: Halt) -> tuple[Placing | None, float]:
    """Return what a model finds in `limit` deterministic seconds, and how many it took, its making counted."""
    solver = cp_solver(limit=limit, seed=seed)
    status = halt.solve(solver, m.model)
    if status == cp_model.UNKNOWN:
        return None, limit
    found = placing_from(case, m, solver.value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    return found, max(solver.response_proto.deterministic_time, STEP_LEAST)


def _kept(case: OrbitCase, best: Placing, R: random.Random) -> Mapping[int, Spot]:
    """Return the work that stays where it is: all but that of some days, or of a module or two and a day."""
    days = sorted({spot.day for spot in best.spots.values()})
    if R.random() < HALF:
        free_days = set(R.sample(days, min(len(days), R.choice([2, 3, 3, 4]))))
        free = {w for w, spot in best.spots.items() if spot.day in free_days}
    else:
        modules = set(R.sample(case.modules, min(len(case.modules), R.choice([1, 2]))))
        day = R.choice(days)
        free = {w for w, spot in best.spots.items() if case.works[w].place in modules or spot.day == day}
    return {w: spot for w, spot in best.spots.items() if w not in free}


def hint(case: OrbitCase, m: Model, best: Placing) -> None:
    """Tell a model of a placing to begin from."""
    for (w, k), on in m.on.items():
        m.model.add_hint(on, w in best.spots and case.cell(w, best.spots[w]) == k)
    for w, start in m.start.items():
        if w in best.spots:
            m.model.add_hint(start, best.spots[w].day * DAY_SLOTS + best.spots[w].slot)
    for (module, d), on in m.rig.items():
        m.model.add_hint(on, (module, d) in best.rigs)
    for key, slot in best.rigs.items():
        m.model.add_hint(m.rig_start[key], slot)
    for d, slot in best.restows.items():
        m.model.add_hint(m.restow_start[d], slot)
    for (d, p), on in m.walk.items():
        m.model.add_hint(on, d in best.walks and best.walks[d].pair == p)
    for d, walk in best.walks.items():
        m.model.add_hint(m.walk_out[d], walk.out)
        m.model.add_hint(m.walk_back[d], walk.back)


def orbit_bound(case: OrbitCase, *, limit: float, seed: int, halt: Halt) -> int:
    """Return a cost no placing can beat: the hours of each day shared, nothing asked of their order."""
    m = build(case, in_time=False)
    solver = cp_solver(limit=limit, seed=seed)
    # many small steps towards the optimum say nothing of the bound: look for the bound first
    solver.parameters.linearization_level = 2
    if halt.solve(solver, m.model) == cp_model.UNKNOWN and halt():
        return 0
    return max(0, int(solver.best_objective_bound)) * m.scale
