"""A first placing of an orbit unit in a blink: the hardest work first, each where its module is rigged already if it can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from cupola.schedule.orbit_case import OrbitCase, Placing, Walk
from cupola.schedule.orbit_model import build, placing_from
from cupola.schedule.orbit_spots import DAY_SLOTS, SLOT_S, Spot
from cupola.schedule.stop import cp_solver

WALKS_LIMIT = 1.0
"""Deterministic seconds to find the spacewalks, which come first."""


@dataclass(slots=True)
class Timeline:
    """What stands so far: slots taken on each day, rigs by module and day, a spot for each piece of work.

    `away` has the slots at which somebody is outside or rests from it, `worked` the seconds of somebody on a day.
    """

    taken: list[set[int]]
    rigs: dict[tuple[str, int], int] = field(default_factory=dict)
    spots: dict[int, Spot] = field(default_factory=dict)
    walks: Mapping[int, Walk] = field(default_factory=dict)
    away: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    worked: dict[tuple[str, int], int] = field(default_factory=dict)


def lay_out(case: OrbitCase, *, early: bool = False) -> Placing | None:
    """Return a placing of all work, or None where this simple rule finds none.

    An `early` one takes the first spot of all, not the first that needs no new rig.
    """
    board = Timeline(taken=[set(_last_slots(case, d)) for d in range(len(case.dates))])
    if case.outside is not None and not gone_out(case, board):
        return None
    rows: dict[str, list[int]] = {}
    for w, work in enumerate(case.works):
        if not case.is_out[w]:
            rows.setdefault(work.shot, []).append(w)
    hardest = sorted(rows, key=lambda shot: min(len(case.spots[w]) for w in rows[shot]) / len(rows[shot]))
    for shot in hardest:
        earliest = -1
        for w in rows[shot]:
            placed = _place(case, board, w, earliest, early)
            if placed is None:
                return None
            earliest = placed.day * DAY_SLOTS + case.end(w, placed)
    if any(_start(board, b) < _start(board, a) + case.slots[a][board.spots[a].day] for a, b in case.order):
        return None
    days = {spot.day for w, spot in board.spots.items() if not case.is_out[w]}
    restows = {d: _last_slots(case, d)[0] for d in days} if case.restow_slots else {}
    return Placing(spots=board.spots, rigs=board.rigs, walks=board.walks, restows=restows)


def _last_slots(case: OrbitCase, d: int) -> range:
    """Return the slots at the end of a crew day that are kept for the restow."""
    end = case.blocks[d][-1][1] if case.blocks[d] else 0
    return range(end - case.restow_slots, end)


def _start(board: Timeline, w: int) -> int:
    return board.spots[w].day * DAY_SLOTS + board.spots[w].slot


def gone_out(case: OrbitCase, board: Timeline) -> bool:
    """Put the work outside on the board, by CP-SAT; False where no spacewalks were found that hold it."""
    assert case.outside is not None, "a case without spacewalks has none to place"
    rows = [w for w, out in enumerate(case.is_out) if out]
    placing = _walks_alone(case, rows)
    if placing is None:
        return False
    board.walks = placing.walks
    for part, spot in placing.spots.items():
        w = rows[part]
        _put(case, board, w, spot)
    for d, walk in placing.walks.items():
        for who in case.outside.pairs[walk.pair]:
            board.away[who, d] = set(range(walk.out - case.outside.before, walk.back + case.outside.after))
            for e, date in enumerate(case.dates):
                if 0 < (date - case.dates[d]).days <= case.outside.rest_days:
                    board.away[who, e] = set(range(DAY_SLOTS))
    return True


def _walks_alone(case: OrbitCase, rows: list[int]) -> Placing | None:
    part = case.only(rows)
    m = build(part)
    solver = cp_solver(limit=WALKS_LIMIT, seed=1)
    status = solver.solve(m.model)
    return placing_from(part, m, solver.value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _place(case: OrbitCase, board: Timeline, w: int, earliest: int, early: bool) -> Spot | None:
    """Put one piece of work on the board: without a new rig where that can be, else with one; the first such spot."""
    module = case.works[w].place
    for rig_anew in (True,) if early else (False, True):
        for spot in case.spots[w]:
            if spot.day * DAY_SLOTS + spot.slot < earliest or not _is_free(case, board, w, spot):
                continue
            rigged = board.rigs.get((module, spot.day))
            if rigged is not None and rigged + case.rig_slots <= spot.slot:
                return _put(case, board, w, spot)
            if rig_anew and rigged is None:
                rig = _rig_before(case, board, spot)
                if rig is not None:
                    board.rigs[module, spot.day] = rig
                    board.taken[spot.day].update(range(rig, rig + case.rig_slots))
                    return _put(case, board, w, spot)
    return None


def _is_free(case: OrbitCase, board: Timeline, w: int, spot: Spot) -> bool:
    """Whether camera and crew are free in a spot, and nobody works longer than allowed."""
    span = range(spot.slot, case.end(w, spot))
    if board.taken[spot.day].intersection(span):
        return False
    for who in case.works[w].crew:
        worked = board.worked.get((who, spot.day), 0) + case.seconds[w][spot.day]
        busy = worked + (_rigging_s(case, board, spot.day) if who in case.operators else 0)
        if (case.work_s is not None and worked > case.work_s) or (case.busy_s is not None and busy > case.busy_s):
            return False
        if board.away and board.away.get((who, spot.day), set()).intersection(span):
            return False
    return True


def _rigging_s(case: OrbitCase, board: Timeline, d: int) -> int:
    """Return how long an operator rigs on a day, one more rig and the restow included."""
    return (case.rig_slots * (1 + sum(e == d for _, e in board.rigs)) + case.restow_slots) * SLOT_S


def _put(case: OrbitCase, board: Timeline, w: int, spot: Spot) -> Spot:
    board.taken[spot.day].update(range(spot.slot, case.end(w, spot)))
    board.spots[w] = spot
    for who in case.works[w].crew:
        board.worked[who, spot.day] = board.worked.get((who, spot.day), 0) + case.seconds[w][spot.day]
    return spot


def _rig_before(case: OrbitCase, board: Timeline, spot: Spot) -> int | None:
    """Return the earliest free slot for a rig that ends before the spot begins: early rigs serve the rest of the day."""
    away = set().union(*(board.away.get((who, spot.day), set()) for who in case.operators)) if board.away else set()
    for rig in case.rig_starts[spot.day]:
        span = range(rig, rig + case.rig_slots)
        if rig + case.rig_slots <= spot.slot and not board.taken[spot.day].intersection(span) and not away.intersection(span):
            return rig
    return None
