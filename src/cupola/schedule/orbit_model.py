"""The model of an orbit unit for CP-SAT: one small function for each rule; its mathematics: docs/explanation/orbit-unit.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from cupola.schedule.orbit_case import OrbitCase, Placing, Walk, restow_cents
from cupola.schedule.orbit_spots import DAY_SLOTS, SLOT_S, Spot

Literal = cp_model.IntVar
Family = tuple[int, ...]
"""Rows of work that share a resource."""


@dataclass(slots=True)
class Model:
    """The CP-SAT model of an orbit unit, with the variables to read it by; costs are divided by `scale`.

    `on[w, k]` says that work w stands in cell k, `on_day[w, d]` has those of date d, `used[d]` that date d is a crew day,
    `rig[m, d]` that module m is rigged on it, `rig_in[m, k]` in cell k, `walk[d, p]` that pair p is outside. Starts are slots
    since the first date's midnight; of rigs, restows and spacewalks slots of their date. `taken[d]` are the intervals of the
    one camera.
    """

    model: cp_model.CpModel
    scale: int
    used: dict[int, Literal]
    rig: dict[tuple[str, int], Literal]
    on: dict[tuple[int, int], Literal] = field(default_factory=dict)
    start: dict[int, cp_model.IntVar] = field(default_factory=dict)
    rig_start: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    rig_in: dict[tuple[str, int], Literal] = field(default_factory=dict)
    walk: dict[tuple[int, int], Literal] = field(default_factory=dict)
    walk_out: dict[int, cp_model.IntVar] = field(default_factory=dict)
    walk_back: dict[int, cp_model.IntVar] = field(default_factory=dict)
    restow: dict[int, Literal] = field(default_factory=dict)
    restow_start: dict[int, cp_model.IntVar] = field(default_factory=dict)
    taken: dict[int, list[cp_model.IntervalVar]] = field(default_factory=dict)
    piece: dict[tuple[int, int], cp_model.IntervalVar] = field(default_factory=dict)

    on_day: dict[tuple[int, int], list[Literal]] = field(default_factory=dict)


def build(
    case: OrbitCase,
    *,
    keep: Mapping[int, Spot] | None = None,
    in_time: bool = True,
    all_work: bool = True,
    halves: int | None = None,
) -> Model:
    """Return the model of an orbit unit that looks for the cheapest placing.

    Work in `keep` stays in its spot. Without `in_time` strips only share the hours of a half-day (a relaxation, for the
    bound): then no two are asked to stand one after the other. Without `all_work` some may stay out. Nothing stands in half-day
    `halves` or later, where that is given.
    """
    scale = max(1, max([case.day_cents, case.rig_cents, *(c for row in case.cents for c in row)]) // 100_000)
    model = cp_model.CpModel()
    days = range(len(case.dates))
    m = Model(
        model=model,
        scale=scale,
        used={d: model.new_bool_var(f"used {d}") for d in days},
        rig={(name, d): model.new_bool_var(f"rig {name} {d}") for name in case.modules for d in days},
        taken={d: [] for d in days},
    )
    spots = _spots(case, keep or {}, halves)
    _post_rigs(case, m, in_time)
    _post_work(case, m, spots, in_time, all_work)
    _post_hours(case, m, spots)
    _post_restow(case, m, in_time)
    _post_work_limit(case, m)
    if case.outside is not None:
        _post_spacewalks(case, m, in_time)
    if in_time:
        _post_one_camera(m)
        _post_order(case, m)
    model.minimize(model_cents(case, m))
    return m


def _spots(case: OrbitCase, keep: Mapping[int, Spot], halves: int | None) -> list[dict[int, list[int]]]:
    """Return, for each piece of work, the slots at which it may start, by cell."""
    found: list[dict[int, list[int]]] = []
    for w in range(len(case.works)):
        by_cell: dict[int, list[int]] = {}
        for spot in (keep[w],) if w in keep else case.spots[w]:
            k = case.cell(w, spot)
            if halves is None or case.cells[k].half < halves:
                by_cell.setdefault(k, []).append(spot.slot)
        found.append(by_cell)
    return found


def model_cents(case: OrbitCase, m: Model) -> cp_model.LinearExprT:
    """What a placing costs in the model: every price a whole number of its scale, rounded down."""
    walks = case.outside.cents // m.scale * sum(m.walk.values()) if case.outside else 0
    return (
        sum(case.day_cents // m.scale * on for on in m.used.values())
        + sum(case.rig_cents // m.scale * on for on in m.rig.values())
        + sum(case.cents[w][case.cells[k].day] // m.scale * on for (w, k), on in m.on.items())
        + restow_cents(case) // m.scale * sum(m.restow.values())
        + walks
    )


def _post_rigs(case: OrbitCase, m: Model, in_time: bool) -> None:
    """A rig stands in one block of the operators, on a day that is used."""
    for (module, d), on in m.rig.items():
        m.model.add_implication(on, m.used[d])
        starts = {
            k: range(c.first, c.last - case.rig_slots + 1) for k, c in enumerate(case.cells) if c.day == d and not c.is_out
        }
        here = {k: m.model.new_bool_var("") for k, each in starts.items() if each}
        m.rig_in |= {(module, k): there for k, there in here.items()}
        m.model.add(sum(here.values()) == on)
        if in_time and here:
            every = [slot for k in here for slot in starts[k]]
            start = m.model.new_int_var_from_domain(cp_model.Domain.from_values(every), "")
            m.rig_start[module, d] = start
            for k, there in here.items():
                m.model.add_linear_expression_in_domain(start, cp_model.Domain.from_values(starts[k])).only_enforce_if(there)
            m.taken[d].append(m.model.new_optional_fixed_size_interval_var(start, case.rig_slots, on, ""))


def _post_work(case: OrbitCase, m: Model, spots: list[dict[int, list[int]]], in_time: bool, all_work: bool) -> None:
    """Each piece of work stands in exactly one spot, after its module is rigged on that day."""
    for w, by_cell in enumerate(spots):
        if in_time and by_cell:
            every = [case.cells[k].day * DAY_SLOTS + slot for k, slots in by_cell.items() for slot in slots]
            m.start[w] = m.model.new_int_var_from_domain(cp_model.Domain.from_values(every), "")
        for k, slots in by_cell.items():
            d, on = case.cells[k].day, m.model.new_bool_var("")
            m.on[w, k] = on
            m.on_day.setdefault((w, d), []).append(on)
            m.model.add_implication(on, m.used[d])
            if not case.is_out[w]:
                _post_rigged(case, m, w, k)
            if in_time:
                _post_spot(case, m, w, k, slots)
        choices = [m.on[w, k] for k in by_cell]
        if all_work:
            m.model.add_exactly_one(choices)
        else:
            m.model.add_at_most_one(choices)


def _post_rigged(case: OrbitCase, m: Model, w: int, k: int) -> None:
    """The module of a piece of work is rigged in its cell or an earlier one of the day."""
    place, d = case.works[w].place, case.cells[k].day
    m.model.add_implication(m.on[w, k], m.rig[place, d])
    here = [m.rig_in[place, e] for e in range(k + 1) if (place, e) in m.rig_in and case.cells[e].day == d]
    m.model.add_bool_or([m.on[w, k].negated(), *here])


def _post_spot(case: OrbitCase, m: Model, w: int, k: int, slots: list[int]) -> None:
    d, on, place = case.cells[k].day, m.on[w, k], case.works[w].place
    start = m.start[w] - d * DAY_SLOTS
    m.model.add_linear_expression_in_domain(start, cp_model.Domain.from_values(slots)).only_enforce_if(on)
    piece = m.model.new_optional_fixed_size_interval_var(start, case.slots[w][d], on, "")
    m.piece[w, k] = piece
    m.taken[d].append(piece)
    if (place, d) in m.rig_start:
        m.model.add(start >= m.rig_start[place, d] + case.rig_slots).only_enforce_if(on)


def _post_one_camera(m: Model) -> None:
    """Strips, rigs and the restow of a day never overlap: there is one camera."""
    for intervals in m.taken.values():
        m.model.add_no_overlap(intervals)


def _post_hours(case: OrbitCase, m: Model, spots: list[dict[int, list[int]]]) -> None:
    """Redundant energy rows: in each block no family of work takes longer than the slots that it can stand in at all."""
    for k, cell in enumerate(case.cells):
        if cell.is_out:
            continue
        room, long = cell.last - cell.first, {w: case.slots[w][cell.day] for w in range(len(case.works)) if (w, k) in m.on}
        rigs = [case.rig_slots * there for (_, e), there in m.rig_in.items() if e == k]
        m.model.add(sum(slots * m.on[w, k] for w, slots in long.items()) + sum(rigs) <= room * m.used[cell.day])
        for family in _families(case, list(long)):
            reach = len({s for w in family for slot in spots[w][k] for s in range(slot, slot + long[w])})
            if reach < min(room, sum(long[w] for w in family)):
                m.model.add(sum(long[w] * m.on[w, k] for w in family) <= reach)


def _families(case: OrbitCase, rows: list[int]) -> Iterator[Family]:
    """Yield families of work: those that need the same people or more, those in a light, those in the same light."""
    crews = {frozenset(case.works[w].crew) for w in rows}
    lights = {case.works[w].light for w in rows if not case.works[w].light.is_any}
    families = [tuple(w for w in rows if crew <= set(case.works[w].crew)) for crew in crews]
    families += [tuple(w for w in rows if case.works[w].light == light) for light in lights]
    families += [tuple(w for w in rows if not case.works[w].light.is_any)]
    yield from sorted({family for family in families if len(family) > 1})


def _post_work_limit(case: OrbitCase, m: Model) -> None:
    """Nobody works longer than the limit of a crew day, and the hours of exercise stay free of strips and rigs."""
    limits = [(limit, rigs) for limit, rigs in ((case.work_s, False), (case.busy_s, True)) if limit is not None]
    for limit, with_rigs in limits:
        for d in range(len(case.dates)):
            for who in sorted({name for work in case.works for name in work.crew}):
                own = [(w, on) for w, work in enumerate(case.works) if who in work.crew for on in m.on_day.get((w, d), ())]
                terms = [(case.seconds[w][d], on) for w, on in own]
                if with_rigs and who in case.operators:
                    terms += [(case.rig_slots * SLOT_S, on) for (_, e), on in m.rig.items() if e == d]
                    terms += [(case.restow_slots * SLOT_S, m.restow[d])] if d in m.restow else []
                if sum(seconds for seconds, _ in terms) > limit:
                    m.model.add(sum(seconds * on for seconds, on in terms) <= limit)


def _post_restow(case: OrbitCase, m: Model, in_time: bool) -> None:
    """The camera is put away after the last strip inside of each day."""
    if not case.restow_slots:
        return
    for d, blocks in enumerate(case.blocks):
        starts = [slot for a, b in blocks for slot in range(a, b - case.restow_slots + 1)]
        inside = [(w, on) for w in range(len(case.works)) if not case.is_out[w] for on in m.on_day.get((w, d), ())]
        on = m.restow[d] = m.model.new_bool_var("")
        for _, there in inside:
            m.model.add_implication(there, on)
        if not starts:
            m.model.add(on == 0)
        elif in_time:
            start = m.restow_start[d] = m.model.new_int_var_from_domain(cp_model.Domain.from_values(starts), "")
            m.taken[d].append(m.model.new_optional_fixed_size_interval_var(start, case.restow_slots, on, ""))
            for w, there in inside:
                m.model.add(start >= m.start[w] - d * DAY_SLOTS + case.slots[w][d]).only_enforce_if(there)


def _post_order(case: OrbitCase, m: Model) -> None:
    """Takes of one shot in their order (they are alike), and the production's own wishes of order."""
    for a, b in case.in_order:
        if a in m.start and b in m.start:
            m.model.add(m.start[b] >= m.start[a] + min(case.slots[a]))


def _post_spacewalks(case: OrbitCase, m: Model, in_time: bool) -> None:
    """At most one pair is outside on a date, and work outside needs a pair with everybody who is in its frame."""
    assert case.outside is not None, "a case without spacewalks has none to post"
    rows = [w for w, out in enumerate(case.is_out) if out]
    for d, span in enumerate(case.outside.span):
        pairs = [m.model.new_bool_var(f"walk {d} {p}") for p in range(len(case.outside.pairs))] if span else []
        m.walk |= {(d, p): on for p, on in enumerate(pairs)}
        m.model.add_at_most_one(pairs)
        for on in pairs:
            m.model.add_implication(on, m.used[d])
        for w in rows:
            for there in m.on_day.get((w, d), ()):
                m.model.add_bool_or([there.negated(), *(on for p, on in enumerate(pairs) if _may_hold(case, p, w))])
        load = sum(case.slots[w][d] * there for w in rows for there in m.on_day.get((w, d), ()))
        m.model.add(load <= case.outside.longest * sum(pairs))
        if in_time and span:
            _post_walk_times(case, m, d, span, pairs, rows)
    _post_spacing(case, m)
    _post_rest(case, m)


def _may_hold(case: OrbitCase, p: int, w: int) -> bool:
    """Whether a pair has everybody who is in the frame outside, and nobody who runs the camera inside for it."""
    assert case.outside is not None, "a case without spacewalks has no pairs"
    pair = case.outside.pairs[p]
    return case.frame[w] <= pair and not pair & (set(case.works[w].crew) - case.frame[w])


def _post_walk_times(case: OrbitCase, m: Model, d: int, span: tuple[int, int], pairs: list[Literal], rows: list[int]) -> None:
    """A spacewalk holds its strips and is not too long; from suits to back the pair does nothing else."""
    walks = case.outside
    assert walks is not None, "a case without spacewalks has none to post"
    out = m.walk_out[d] = m.model.new_int_var(span[0] + walks.before, span[1] - walks.after, "")
    back = m.walk_back[d] = m.model.new_int_var(span[0] + walks.before, span[1] - walks.after, "")
    length = m.model.new_int_var(0, walks.longest, "")
    m.model.add(back == out + length)
    for w in rows:
        for there in m.on_day.get((w, d), ()):
            start = m.start[w] - d * DAY_SLOTS
            m.model.add(start >= out).only_enforce_if(there)
            m.model.add(start + case.slots[w][d] <= back).only_enforce_if(there)
    away = m.model.new_int_var(0, walks.before + walks.longest + walks.after, "")
    m.model.add(away == length + walks.before + walks.after)
    for who in sorted(set().union(*walks.pairs)):
        own = [on for p, on in enumerate(pairs) if who in walks.pairs[p]]
        is_away = m.model.new_bool_var("")
        m.model.add(sum(own) == is_away)
        block = m.model.new_optional_interval_var(out - walks.before, away, back + walks.after, is_away, "")
        m.model.add_no_overlap([block, *_camera_of(case, m, d, who)])


def _camera_of(case: OrbitCase, m: Model, d: int, who: str) -> Iterator[cp_model.IntervalVar]:
    """Yield the intervals of a date that need somebody inside: strips, and rigs and the restow of an operator."""
    for (w, k), piece in m.piece.items():
        if case.cells[k].day == d and who in case.works[w].crew and not (case.is_out[w] and who in case.frame[w]):
            yield piece
    if who in case.operators:
        for (module, e), start in m.rig_start.items():
            if e == d:
                yield m.model.new_optional_fixed_size_interval_var(start, case.rig_slots, m.rig[module, e], "")
        if d in m.restow_start:
            yield m.model.new_optional_fixed_size_interval_var(m.restow_start[d], case.restow_slots, m.restow[d], "")


def _post_spacing(case: OrbitCase, m: Model) -> None:
    """From one spacewalk to the next there are the station's days."""
    assert case.outside is not None, "a case without spacewalks has none to space"
    for (d, p), first in m.walk.items():
        for (e, q), then in m.walk.items():
            days = (case.dates[e] - case.dates[d]).days
            rests = bool(case.outside.pairs[p] & case.outside.pairs[q]) and days <= case.outside.rest_days
            if days > 0 and (days < case.outside.spacing_days or rests):
                m.model.add_implication(first, then.negated())


def _post_rest(case: OrbitCase, m: Model) -> None:
    """A pair has its days of rest after a spacewalk."""
    assert case.outside is not None, "a case without spacewalks has none to rest from"
    for (d, p), out in m.walk.items():
        for (w, k), on in m.on.items():
            days = (case.dates[case.cells[k].day] - case.dates[d]).days
            if 0 < days <= case.outside.rest_days and case.outside.pairs[p] & set(case.works[w].crew):
                m.model.add_implication(out, on.negated())


def placing_from(case: OrbitCase, m: Model, value: Callable[[cp_model.IntVar], int]) -> Placing:
    """Read a solution of the model in time."""
    spots: dict[int, Spot] = {}
    for (w, k), on in m.on.items():
        if value(on):
            d = case.cells[k].day
            at = (d, value(m.start[w]) - d * DAY_SLOTS)
            spots[w] = next(spot for spot in case.spots[w] if (spot.day, spot.slot) == at)
    inside = {(case.works[w].place, spot.day) for w, spot in spots.items() if not case.is_out[w]}
    days = {d for _, d in inside}
    return Placing(
        spots=spots,
        rigs={key: value(start) for key, start in m.rig_start.items() if key in inside},
        walks=_walks(case, m, spots, value),
        restows={d: value(start) for d, start in m.restow_start.items() if d in days},
    )


def _walks(case: OrbitCase, m: Model, spots: Mapping[int, Spot], value: Callable[[cp_model.IntVar], int]) -> dict[int, Walk]:
    """Return the spacewalks of a solution, each as short as its strips allow."""
    walks: dict[int, Walk] = {}
    for (d, p), on in m.walk.items():
        own = [(spot.slot, case.end(w, spot)) for w, spot in spots.items() if case.is_out[w] and spot.day == d]
        if value(on) and own:
            walks[d] = Walk(pair=p, out=min(a for a, _ in own), back=max(b for _, b in own))
    return walks
