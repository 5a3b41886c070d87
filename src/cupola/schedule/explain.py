"""Why nothing fits: wishes that clash, none of which can be left out of the list, each in the user's words.

A wish is something a person asked for and could give up: the light of a shot, somebody's dates, a pin, the length of
the day. The oracle answers whether a unit can be shot while some wishes are kept; a clash is reduced by QuickXplain
(Junker 2004) and then asked again on its own, by a solver set up differently.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import time

from ortools.sat.python import cp_model

from cupola.errors import NothingFits
from cupola.model import ANY_LIGHT, Production, Unit, Window
from cupola.model.work import Work
from cupola.schedule.earth import earth_case
from cupola.schedule.orbit import build, orbit_case
from cupola.schedule.stop import Halt, cp_solver

Wish = tuple[str, str]
"""(kind, whom it concerns): ("light", "42"), ("dates", "INNA"), ("closed", "IL-76"), ("pin", "42"), ("hours", "FOMIN"), …"""

Oracle = Callable[[frozenset[Wish], int], bool]
"""Says whether all work fits while these wishes are kept; the number sets the solver up differently."""

EASIEST = ("pin", "order", "light", "hours", "closed", "dates", "day length", "days off")


def explain(
    production: Production, unit: Unit, works: Sequence[Work], windows: Mapping[str, Sequence[Window]]
) -> NothingFits | None:
    """Return the clash that leaves a unit without a board, or None where none could be proven.

    First each piece of work is asked alone (who can never be shot at all), then all of them together.
    """
    for work in works:
        single = _clash(production, unit, [work], windows)
        if single is not None:
            return single
    return _clash(production, unit, works, windows)


def _clash(
    production: Production, unit: Unit, works: Sequence[Work], windows: Mapping[str, Sequence[Window]]
) -> NothingFits | None:
    wishes = wishes_of(production, unit, works)

    def can(kept: frozenset[Wish], setup: int) -> bool:
        return _fits(production, unit, works, windows, kept, setup)

    if can(frozenset(wishes), 0):
        return None
    if not can(frozenset(), 0):
        return NothingFits(
            f"unit {unit.id} is too short for its work even with every wish given up",
            wishes=(f"unit {unit.id}: {unit.first_utc:%Y-%m-%d} to {unit.last_utc:%Y-%m-%d}",),
            remedy="Lengthen the unit's span, or cut scenes.",
        )
    core = shortest(wishes, lambda kept: can(kept, 0))
    if can(frozenset(core), 1):
        return None
    easiest = min(core, key=lambda wish: EASIEST.index(wish[0]))
    what = f"strip {works[0].id}" if len(works) == 1 else f"unit {unit.id}"
    return NothingFits(
        f"{what} cannot be shot: these wishes clash",
        wishes=tuple(words(production, unit, wish) for wish in core),
        remedy=f"Give up one of them; the easiest is {words(production, unit, easiest)}.",
    )


def shortest(wishes: Sequence[Wish], can: Callable[[frozenset[Wish]], bool]) -> tuple[Wish, ...]:
    """Return a minimal clash: giving up any one of its wishes ends it. `can` must be False for all of them together."""

    def reduce(background: tuple[Wish, ...], changed: bool, rest: tuple[Wish, ...]) -> tuple[Wish, ...]:
        if changed and not can(frozenset(background)):
            return ()
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        left, right = rest[:half], rest[half:]
        from_right = reduce(background + left, bool(left), right)
        from_left = reduce(background + from_right, bool(from_right), left)
        return from_left + from_right

    return reduce((), False, tuple(wishes))


def wishes_of(production: Production, unit: Unit, works: Sequence[Work]) -> tuple[Wish, ...]:
    """Return every wish that touches this work, the ones hardest to give up first."""
    shots = {work.shot for work in works if not work.light.is_any}
    people = {name for work in works for name in work.cast}
    places = {work.place for work in works}
    ids, scenes = {work.id for work in works}, {work.scene for work in works}
    found: list[Wish] = []
    if unit.is_orbit:
        found += [("hours", name) for name in sorted({name for work in works for name in work.crew})]
    else:
        found += [("days off", unit.id), ("day length", unit.id)]
        found += [("dates", member.id) for member in production.cast if member.away and member.id in people]
        found += [("closed", place.id) for place in production.places if place.closed and place.id in places]
    found += [("light", shot) for shot in sorted(shots)]
    found += [("order", f"{w.first} before {w.then}") for w in production.order if {w.first, w.then} <= scenes]
    return (*found, *(("pin", pin.strip) for pin in production.pins if pin.strip in ids))


def words(production: Production, unit: Unit, wish: Wish) -> str:
    """Say a wish as the person who made it would."""
    kind, who = wish
    if kind == "light":
        shots = [shot for scene in production.script.scenes for shot in scene.shots if shot.id == who]
        return f"the light of shot {who}: {shots[0].light} (script line {shots[0].line})" if shots else f"the light of {who}"
    if kind == "dates":
        spans = ", ".join(f"{a.first} to {a.last}{f' {a.why}' if a.why else ''}" for a in production.member(who).away)
        return f"{who}'s dates: away {spans}"
    if kind == "closed":
        place = production.place(who)
        return f"{place.name} closed " + ", ".join(f"{c.first} to {c.last}" for c in place.closed)
    if kind == "pin":
        pin = next(pin for pin in production.pins if pin.strip == who)
        return f"strip {who} pinned to {pin.day}" + (f" from {pin.start:%H:%M}" if pin.start else "")
    if kind == "hours":
        member = next(m for m in unit.station.crew if m.id == who) if unit.station else None
        blocks = ", ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in member.blocks) if member else ""
        return f"{member.name if member else who}'s working hours: {blocks} UTC"
    if kind == "order":
        wish_of = next(w for w in production.order if f"{w.first} before {w.then}" == who)
        return f"scene {who}" + (f" ({wish_of.why})" if wish_of.why else "")
    if kind == "day length":
        return f"the {unit.day_min / 60:g}-hour day of unit {unit.id}"
    return f"the days off of unit {unit.id}"


def without(
    production: Production, unit: Unit, works: Sequence[Work], kept: frozenset[Wish]
) -> tuple[Production, Unit, tuple[Work, ...]]:
    """Return the same production with every wish given up that is not kept."""
    if unit.station is not None:
        all_day = ((time(0), time(23, 55)),)
        crew = tuple(
            member if ("hours", member.id) in kept else dataclasses.replace(member, blocks=all_day)
            for member in unit.station.crew
        )
        unit = dataclasses.replace(unit, station=dataclasses.replace(unit.station, crew=crew))
    elif ("days off", unit.id) not in kept:
        unit = dataclasses.replace(unit, days_off=(), dates_off=())
    eased = dataclasses.replace(
        production,
        units=tuple(unit if other.id == unit.id else other for other in production.units),
        cast=tuple(m if ("dates", m.id) in kept else dataclasses.replace(m, away=()) for m in production.cast),
        places=tuple(p if ("closed", p.id) in kept else dataclasses.replace(p, closed=()) for p in production.places),
        pins=tuple(pin for pin in production.pins if ("pin", pin.strip) in kept),
        order=tuple(w for w in production.order if ("order", f"{w.first} before {w.then}") in kept),
        packs=() if unit.is_orbit and not any(kind == "hours" for kind, _ in kept) else production.packs,
    )
    lit = tuple(
        work if work.light.is_any or ("light", work.shot) in kept else dataclasses.replace(work, light=ANY_LIGHT)
        for work in works
    )
    return eased, unit, lit


def _fits(
    production: Production,
    unit: Unit,
    works: Sequence[Work],
    windows: Mapping[str, Sequence[Window]],
    kept: frozenset[Wish],
    setup: int,
) -> bool:
    """Say whether the work could fit; a relaxation, so that False is a proof."""
    eased, unit, works = without(production, unit, works, kept)
    if unit.is_orbit:
        case = orbit_case(eased, unit, works, windows)
        if not all(case.spots):
            return False
        return len(works) == 1 or _solvable(build(case, in_time=False).model, setup)
    return _earth_fits(eased, unit, works, windows, ("day length", unit.id) in kept, setup)


def _earth_fits(
    production: Production,
    unit: Unit,
    works: Sequence[Work],
    windows: Mapping[str, Sequence[Window]],
    day_length: bool,
    setup: int,
) -> bool:
    problem = earth_case(production, unit, works, windows).problem
    if not problem.ok.any(axis=1).all():
        return False
    if len(works) == 1:
        return not day_length or int(problem.prep_s[0] + problem.roll_s[0]) <= int(problem.day_s)
    model = cp_model.CpModel()
    on = {(i, d): model.new_bool_var("") for i in range(len(works)) for d in problem.ok[i].nonzero()[0].tolist()}
    minutes = ((problem.prep_s + problem.roll_s) // 60).tolist()
    dates = range(problem.ok.shape[1])
    slot = [model.new_int_var(0, len(dates) - 1, "") for _ in works]
    for i in range(len(works)):
        model.add_exactly_one(on[i, d] for d in dates if (i, d) in on)
        model.add(slot[i] == sum(d * on[i, d] for d in dates if (i, d) in on))
    hubs = problem.hub[problem.place].tolist()
    for d in dates:
        here = [(i, on[i, d]) for i in range(len(works)) if (i, d) in on]
        if day_length:
            model.add(sum(minutes[i] * var for i, var in here) <= max(int(problem.day_s - problem.meal_s), 21_600) // 60)
        in_hub = {hub: model.new_bool_var("") for hub in set(hubs)}
        model.add_at_most_one(in_hub.values())
        for i, var in here:
            model.add_implication(var, in_hub[hubs[i]])
    for a, b in problem.order.tolist():
        model.add(slot[a] < slot[b])
    return _solvable(model, setup)


def _solvable(model: cp_model.CpModel, setup: int) -> bool:
    """Ask CP-SAT; only a proof of the contrary counts as no."""
    solver = cp_solver(limit=2.0, seed=setup + 1)
    solver.parameters.cp_model_presolve = setup == 0
    solver.parameters.stop_after_first_solution = True
    return Halt().solve(solver, model) != cp_model.INFEASIBLE
