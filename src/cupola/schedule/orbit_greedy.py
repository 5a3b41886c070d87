"""A first placing of an orbit unit in a blink: the hardest work first, each where its module is rigged already if it can be."""

from __future__ import annotations

from dataclasses import dataclass, field

from cupola.schedule.orbit import DAY_SLOTS, OrbitCase, Placing, Spot


@dataclass(slots=True)
class _Timeline:
    """What stands so far: slots taken on each day, rigs by module and day, a spot for each piece of work."""

    taken: list[set[int]]
    rigs: dict[tuple[str, int], int] = field(default_factory=dict)
    spots: dict[int, Spot] = field(default_factory=dict)


def lay_out(case: OrbitCase) -> Placing | None:
    """Return a placing of all work, or None where this simple rule finds none."""
    board = _Timeline(taken=[set() for _ in case.dates])
    shots = list(dict.fromkeys(work.shot for work in case.works))
    rows = {shot: [w for w, work in enumerate(case.works) if work.shot == shot] for shot in shots}
    hardest = sorted(shots, key=lambda shot: min(len(case.spots[w]) for w in rows[shot]) / len(rows[shot]))
    after = {b: a for a, b in case.order}
    for shot in hardest:
        earliest = -1
        for w in rows[shot]:
            placed = _place(case, board, w, earliest)
            if placed is None:
                return None
            earliest = placed.day * DAY_SLOTS + placed.slot + case.slots[w][placed.day]
    if any(_start(board, b) < _start(board, a) + case.slots[a][board.spots[a].day] for b, a in after.items()):
        return None
    return Placing(spots=board.spots, rigs=board.rigs)


def _start(board: _Timeline, w: int) -> int:
    return board.spots[w].day * DAY_SLOTS + board.spots[w].slot


def _place(case: OrbitCase, board: _Timeline, w: int, earliest: int) -> Spot | None:
    """Put one piece of work on the board: without a new rig where that can be, else with one; the first such spot."""
    module = case.works[w].place
    for rig_anew in (False, True):
        for spot in case.spots[w]:
            if spot.day * DAY_SLOTS + spot.slot < earliest:
                continue
            span = range(spot.slot, spot.slot + case.slots[w][spot.day])
            if board.taken[spot.day].intersection(span):
                continue
            rigged = board.rigs.get((module, spot.day))
            if rigged is not None and rigged + case.rig_slots <= spot.slot:
                return _put(board, w, spot, span)
            if rig_anew and rigged is None:
                rig = _rig_before(case, board, spot)
                if rig is not None:
                    board.rigs[module, spot.day] = rig
                    board.taken[spot.day].update(range(rig, rig + case.rig_slots))
                    return _put(board, w, spot, span)
    return None


def _put(board: _Timeline, w: int, spot: Spot, span: range) -> Spot:
    board.taken[spot.day].update(span)
    board.spots[w] = spot
    return spot


def _rig_before(case: OrbitCase, board: _Timeline, spot: Spot) -> int | None:
    """Return the earliest free slot for a rig that ends before the spot begins: early rigs serve the rest of the day."""
    for rig in case.rig_starts[spot.day]:
        if rig + case.rig_slots <= spot.slot and not board.taken[spot.day].intersection(range(rig, rig + case.rig_slots)):
            return rig
    return None
