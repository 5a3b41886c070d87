"""Everything within a number of half-days: the case as arrays for the compiled search for room, and its answer as a placing.

Work outside comes first and stays; the hours of its pair, and of the camera, are closed for the work inside.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from cupola.schedule.kernel_fill import fill
from cupola.schedule.kernel_orbit import DAY, NEVER, NOWHERE, Bools, Orbit, Rooms, Shorts, ends_early, rooms
from cupola.schedule.kernel_problem import FAR, Ints
from cupola.schedule.orbit_case import OrbitCase, Placing
from cupola.schedule.orbit_greedy import Timeline, gone_out
from cupola.schedule.orbit_spots import SLOT_S, Spot, at_slot
from cupola.schedule.stop import Halt

ROUND = 2_000
"""Steps after which a hand that stops the search is seen."""
Rig = tuple[str, int]
"""A module and the number of a date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """An orbit unit within some half-days: `rows` are its work inside, `orbit` their arrays, `outside` what stands already."""

    case: OrbitCase
    rows: tuple[int, ...]
    orbit: Orbit
    outside: Timeline


def hold(case: OrbitCase, halves: Collection[int]) -> Hold | None:
    """Return the work of a case within some half-days, the work outside placed; None where no spacewalks were found for it."""
    inside = case.within(halves)
    outside = Timeline(taken=[set() for _ in case.dates])
    if case.outside is not None and not gone_out(inside, outside):
        return None
    rows = tuple(w for w, out in enumerate(case.is_out) if not out)
    return Hold(case=case, rows=rows, orbit=_orbit(inside, rows, outside), outside=outside)


def filled(space: Hold, *, steps: int, seed: int, halt: Halt) -> tuple[Placing | None, int]:
    """Return a placing of all work, or None where none was found in so many steps, and how many steps it took."""
    many = (space.orbit.after < NEVER).sum(axis=(1, 2))
    pool = np.array(sorted(range(len(space.rows)), key=lambda w: (-many[w], w)), np.int64)
    days = rooms(len(space.rows), len(space.case.modules), len(space.case.dates), pool, seed)
    return _settled(space, days, steps, halt)


def without_rig(space: Hold, placing: Placing, rig: Rig, *, steps: int, seed: int) -> tuple[Placing | None, int]:
    """Return a placing without one rig of a placing, and with no other than its own; None where none was found."""
    kept = placing.rigs.keys() - {rig}
    may_rig = np.array([[(module, d) in kept for d in range(len(space.case.dates))] for module in space.case.modules])
    number = {w: x for x, w in enumerate(space.rows)}
    order = sorted(space.rows, key=lambda w: at_slot(placing.spots[w]))
    out = [w for w in order if (space.case.works[w].place, placing.spots[w].day) == rig]
    days = rooms(
        len(space.rows), len(space.case.modules), len(space.case.dates), np.array([number[w] for w in out], np.int64), seed
    )
    for d in range(len(space.case.dates)):
        items = [(placing.spots[w].slot, number[w]) for w in order if placing.spots[w].day == d and w not in out]
        items += [
            (slot, len(space.rows) + space.case.modules.index(module)) for (module, e), slot in placing.rigs.items()
            if e == d and (module, e) != rig
        ]  # fmt: skip
        days.held[d] = len(items)
        days.items[d, : len(items)] = [item for _, item in sorted(items)]
        days.day[[item for _, item in items if item < len(space.rows)]] = d
    limited = Hold(case=space.case, rows=space.rows, orbit=space.orbit._replace(may_rig=may_rig), outside=space.outside)
    return _settled(limited, days, steps, Halt())


def _settled(space: Hold, days: Rooms, steps: int, halt: Halt) -> tuple[Placing | None, int]:
    """Run the search in rounds, between which a hand may end it."""
    spent = 0
    room = np.zeros((6, days.items.shape[1]), np.int64)
    while days.size[0] and spent < steps and not halt():
        made = int(fill(space.orbit, days, min(ROUND, steps - spent), room))
        spent += max(abs(made), 1)
        if made < 0:
            break
    return (None if days.size[0] else _placing(space, days)), spent


def _placing(space: Hold, days: Rooms) -> Placing:
    """Return the days as a placing: each item as early as can be, alike takes in their order, the camera put away at last."""
    case, n = space.case, len(space.rows)
    spots, rigs = dict(space.outside.spots), {}
    ends = np.zeros(days.items.shape[1], np.int64)
    for d, count in enumerate(days.held):
        ends_early(space.orbit, d, days.items[d], count, ends)
        for item, end in zip(days.items[d, :count], ends, strict=False):
            slot = int(end - space.orbit.length[item, d])
            if item >= n:
                rigs[case.modules[item - n], d] = slot
            else:
                w = space.rows[item]
                spots[w] = next(spot for spot in case.spots[w] if (spot.day, spot.slot) == (d, slot))
    inside = {spots[w].day for w in space.rows}
    restows = {d: _restow(case, space.outside, d) for d in sorted(inside)} if case.restow_slots else {}
    return Placing(spots=_in_order(case, spots), rigs=rigs, walks=space.outside.walks, restows=restows)


def _in_order(case: OrbitCase, spots: Mapping[int, Spot]) -> dict[int, Spot]:
    """Return spots with alike takes of a shot in the order of their numbers."""
    ordered = dict(spots)
    for takes in _alike(case):
        here = sorted((spots[w] for w in takes), key=at_slot)
        ordered |= dict(zip(takes, here, strict=True))
    return ordered


def _alike(case: OrbitCase) -> list[list[int]]:
    """Return the takes of each shot that has several, all with the same spots."""
    shots: dict[str, list[int]] = {}
    for w, work in enumerate(case.works):
        shots.setdefault(work.shot, []).append(w)
    return [takes for takes in shots.values() if len(takes) > 1 and _are_alike(case, takes)]


def _are_alike(case: OrbitCase, takes: list[int]) -> bool:
    wished = {w for pair in case.order for w in pair}
    return not wished.intersection(takes) and all(
        case.spots[w] == case.spots[takes[0]] and case.slots[w] == case.slots[takes[0]] for w in takes
    )


def _orbit(case: OrbitCase, rows: tuple[int, ...], outside: Timeline) -> Orbit:
    """Return the arrays of the work inside."""
    n, D = len(rows), len(case.dates)
    can = np.zeros((n + len(case.modules), D, DAY + 2), np.bool_)
    length = np.full((n + len(case.modules), D), case.rig_slots, np.int16)
    for x, w in enumerate(rows):
        length[x] = case.slots[w]
        for spot in case.spots[w]:
            can[x, spot.day, spot.slot] = _is_open(case, outside, w, spot)
    for d, starts in enumerate(case.rig_starts):
        closed = _closed(case, outside, d)
        can[n:, d, [slot for slot in starts if not closed.intersection(range(slot, slot + case.rig_slots))]] = True
    people = sorted({who for work in case.works for who in work.crew})
    work_s, busy_s = (_hours_left(case, outside, people, limit) for limit in (case.work_s, case.busy_s))
    operates = np.array([who in case.operators for who in people], np.bool_)
    before = _before(case, rows)
    return Orbit(
        after=_after(can),
        until=_until(can),
        length=length,
        module=np.array([case.modules.index(case.works[w].place) for w in rows], np.int64),
        may_rig=np.ones((len(case.modules), D), np.bool_),
        before=before,
        tied=np.asarray((before | before.T).any(axis=1), np.bool_),
        crew=np.array([[who in case.works[w].crew for who in people] for w in rows], np.bool_),
        seconds=np.array([case.seconds[w] for w in rows], np.int64),
        work_s=work_s,
        busy_s=busy_s - operates[:, None] * case.restow_slots * SLOT_S,
        rig_s=operates * case.rig_slots * SLOT_S,
        is_limited=case.work_s is not None or case.busy_s is not None,
        most=_most(can, length),
    )


def _most(can: Bools, length: Shorts) -> Ints:
    """Return how many slots of each date any item covers from one of its starts."""
    covered = np.zeros((can.shape[1], 2 * DAY), np.bool_)
    for item, d, slot in np.argwhere(can):
        covered[d, slot : slot + length[item, d]] = True
    return np.asarray(covered.sum(axis=1), np.int64)


def _after(can: Bools) -> Shorts:
    slots = np.where(can, np.arange(DAY + 2), NEVER)
    return np.asarray(np.minimum.accumulate(slots[:, :, ::-1], axis=2)[:, :, ::-1], np.int16)


def _until(can: Bools) -> Shorts:
    return np.asarray(np.maximum.accumulate(np.where(can, np.arange(DAY + 2), NOWHERE), axis=2), np.int16)


def _hours_left(case: OrbitCase, outside: Timeline, people: list[str], limit: int | None) -> Ints:
    worked = [[outside.worked.get((who, d), 0) for d in range(len(case.dates))] for who in people]
    done = np.array(worked, np.int64).reshape(len(people), len(case.dates))
    return np.asarray((FAR if limit is None else limit) - done, np.int64)


def _before(case: OrbitCase, rows: tuple[int, ...]) -> Bools:
    """Return which work inside comes before which; alike takes are put in order afterwards."""
    number = {w: x for x, w in enumerate(rows)}
    alike = {w for takes in _alike(case) for w in takes}
    before = np.zeros((len(rows), len(rows)), np.bool_)
    for a, b in case.in_order:
        if a in number and b in number and not (a in alike and b in alike):
            before[number[a], number[b]] = True
    return before


def _closed(case: OrbitCase, outside: Timeline, d: int) -> set[int]:
    """Return the slots of a date at which the camera or one of its operators is outside."""
    return outside.taken[d].union(*(outside.away.get((who, d), set()) for who in case.operators))


def _is_open(case: OrbitCase, outside: Timeline, w: int, spot: Spot) -> bool:
    """Whether a spot inside is clear of what is outside, in order with it, and leaves time to put the camera away."""
    span = range(spot.slot, case.end(w, spot))
    if outside.taken[spot.day].intersection(span):
        return False
    if any(outside.away.get((who, spot.day), set()).intersection(span) for who in case.works[w].crew):
        return False
    for a, b in case.order:
        first, then = (spot if x == w else outside.spots.get(x) for x in (a, b))
        if w in (a, b) and first and then and at_slot(then) < at_slot(first) + case.slots[a][first.day]:
            return False
    return not case.restow_slots or span.stop <= _restow(case, outside, spot.day)


def _restow(case: OrbitCase, outside: Timeline, d: int) -> int:
    """Return the last slot of a date at which the camera can begin to be put away; -1 if there is none."""
    closed = _closed(case, outside, d)
    spans = (range(slot, slot + case.restow_slots) for a, b in case.blocks[d] for slot in range(a, b - case.restow_slots + 1))
    return max((span.start for span in spans if not closed.intersection(span)), default=NOWHERE)
