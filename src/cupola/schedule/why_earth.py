"""Whether the work of an Earth unit could fit while some wishes are kept: one model in which each wish is a switch.

A relaxation: what it refuses is impossible, so that a no is a proof.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from cupola.model import Production, Unit, Window
from cupola.model.work import Work, workdays
from cupola.schedule.earth import EarthCase, earth_case
from cupola.schedule.stop import Halt, cp_solver
from cupola.schedule.why_wishes import Wish, wishes_of, without

Bools = NDArray[np.bool_]
Windows = Mapping[str, Sequence[Window]]

HOURLY = ("light", "place hours", "minor", "pin")
"""Kinds of wishes that are about the time of day: two of them may clash though each alone has its hours on a date."""


@dataclass(frozen=True, slots=True)
class EarthWishes:
    """An Earth unit with all its wishes: `case` keeps none; `against[i][d]` are sets of wishes that, kept, forbid a date."""

    production: Production
    unit: Unit
    works: tuple[Work, ...]
    case: EarthCase
    wishes: tuple[Wish, ...]
    against: tuple[tuple[tuple[frozenset[Wish], ...], ...], ...]

    def can_alone(self, i: int, kept: frozenset[Wish]) -> bool:
        """Whether a piece could be shot at all, on a day of its own."""
        p = self.case.problem
        if ("day length", self.unit.id) in kept and int(p.prep_s[i] + p.roll_s[i]) > int(p.day_s):
            return False
        return any(not any(wishes <= kept for wishes in forbidding) for forbidding in self.against[i])

    def model(self, rows: Collection[int] | None = None) -> WishModel:
        """Return the model of all pieces together, or of some: what those alone cannot, all together cannot either."""
        return WishModel(self, range(len(self.case.works)) if rows is None else sorted(rows))

    def touched(self, wishes: Collection[Wish]) -> frozenset[int]:
        """Return the pieces that some wishes are about by name: a strip, a shot, two scenes; people's and places' too."""
        found: set[int] = set()
        for i, piece in enumerate(self.case.pieces):
            own: set[Wish] = {("dates", name) for part in piece.parts for name in part.cast}
            own |= {(kind, part.place) for part in piece.parts for kind in ("closed", "permits")}
            own |= _own(piece.parts, piece.work.cast)
            scenes = {part.scene for part in piece.parts}
            ordered = any(kind == "order" and scenes & set(who.split(" before ")) for kind, who in wishes)
            if ordered or own & set(wishes):
                found.add(i)
        return frozenset(found)


def earth_wishes(production: Production, unit: Unit, works: Sequence[Work], windows: Windows) -> EarthWishes:
    """Return an Earth unit whose wishes can be switched on and off."""
    wishes = wishes_of(production, unit, works)
    kinds = [kind for kind in HOURLY if any(own == kind for own, _ in wishes) and (kind != "pin" or _has_start(production))]
    rooms: dict[tuple[str, ...], Bools] = {}
    case = _case(production, unit, works, windows, [])
    for size in range(1, len(kinds) + 1):
        for kept in itertools.combinations(kinds, size):
            hourly = [wish for wish in wishes if wish[0] in kept]
            rooms[kept] = _case(production, unit, works, windows, hourly).problem.ok.astype(bool)
    calendar = frozenset(workdays(unit))
    against = [
        [tuple(_against(production, unit, calendar, case, wishes, rooms, i, d)) for d in range(len(case.dates))]
        for i in range(len(case.works))
    ]
    return EarthWishes(production, unit, tuple(works), case, wishes, tuple(tuple(row) for row in against))


def _has_start(production: Production) -> bool:
    return any(pin.start is not None for pin in production.pins)


def _case(
    production: Production,
    unit: Unit,
    works: Sequence[Work],
    windows: Windows,
    kept: Collection[Wish],
) -> EarthCase:
    eased, own, lit = without(production, unit, works, kept)
    return earth_case(eased, own, lit, windows)


def _against(
    production: Production,
    unit: Unit,
    calendar: Collection[date],
    case: EarthCase,
    wishes: Sequence[Wish],
    rooms: Mapping[tuple[str, ...], Bools],
    i: int,
    d: int,
) -> Iterator[frozenset[Wish]]:
    """Yield the sets of wishes that keep piece i off date d."""
    day, piece = case.dates[d], case.pieces[i]
    if day not in calendar:
        yield frozenset([("days off", unit.id)])
    names = {name for part in piece.parts for name in part.cast}
    for name in names:
        if any(day in span for span in production.member(name).away):
            yield frozenset([("dates", name)])
    for place in {part.place for part in piece.parts}:
        if any(day in span for span in production.place(place).closed):
            yield frozenset([("closed", place)])
        permits = production.place(place).permits
        if permits and not any(day in span for span in permits):
            yield frozenset([("permits", place)])
    ids = {part.id for part in piece.parts}
    for pin in production.pins:
        if pin.strip in ids and pin.day != day:
            yield frozenset([("pin", pin.strip)])
    own = _own(piece.parts, names)
    found: list[frozenset[Wish]] = []
    for kept, ok in rooms.items():
        if not ok[i, d] and not ("pin" in kept and any(pin.strip in ids and pin.day != day for pin in production.pins)):
            which = frozenset(wish for wish in wishes if wish[0] in kept and wish in own)
            if which and not any(smaller <= which for smaller in found):
                found.append(which)
    yield from found


def _own(parts: Sequence[Work], names: Collection[str]) -> set[Wish]:
    own: set[Wish] = {("minor", name) for name in names}
    for part in parts:
        own |= {("light", part.shot), ("place hours", part.place), ("pin", part.id)}
    return own


class WishModel:
    """All pieces of a unit on dates, and a switch for each wish."""

    def __init__(self, asked: EarthWishes, rows: Sequence[int]) -> None:
        self.asked, self.rows, self.p = asked, rows, asked.case.problem
        self.model = model = cp_model.CpModel()
        self.kept = {wish: model.new_bool_var("") for wish in asked.wishes}
        slots = range(len(asked.case.dates))
        self.on = {(i, d): model.new_bool_var("") for i in self.rows for d in slots}
        for i in self.rows:
            model.add_exactly_one(self.on[i, d] for d in slots)
            for d in slots:
                for wishes in asked.against[i][d]:
                    model.add_bool_or([self.on[i, d].negated(), *(self.kept[wish].negated() for wish in wishes)])
        for d in slots:
            self._add_day(d)
        self._add_rest()
        self._add_order()
        self._add_rows()

    def suspects(self) -> tuple[Wish, ...] | None:
        """Return wishes among which a clash is, seldom many too many; None where all can be kept, or nobody knows.

        One worker and no objective: with either, the solver may name every wish (or-tools 3943, 3102). It may name wrong ones
        as well (5141), so whoever asks has to ask again.
        """
        model = self.model.clone()
        switches = {wish: model.get_bool_var_from_proto_index(switch.index) for wish, switch in self.kept.items()}
        model.add_assumptions(switches.values())
        solver = cp_solver(limit=4.0, seed=1)
        solver.parameters.cp_model_presolve = False
        solver.parameters.linearization_level = 0
        if Halt().solve(solver, model) != cp_model.INFEASIBLE:
            return None
        named = set(solver.sufficient_assumptions_for_infeasibility())
        return tuple(wish for wish, switch in switches.items() if switch.index in named)

    def can(self, kept: frozenset[Wish], setup: int) -> bool:
        """Whether all pieces could fit while these wishes are kept; `setup` sets the solver up differently."""
        model = self.model.clone()
        for wish, switch in self.kept.items():
            model.add(model.get_bool_var_from_proto_index(switch.index) == int(wish in kept))
        return is_solvable(model, setup)

    def _switch(self, kind: str) -> list[cp_model.IntVar]:
        wish = (kind, self.asked.unit.id)
        return [self.kept[wish]] if wish in self.kept else []

    def _add_day(self, d: int) -> None:
        """One hub, so many sets, so many minutes."""
        p, model = self.p, self.model
        rows = self.rows
        hubs = {h: model.new_bool_var("") for h in sorted({int(h) for h in p.hub})}
        model.add_at_most_one(hubs.values())
        for i in rows:
            model.add_implication(self.on[i, d], hubs[int(p.hub[p.place[i]])])
        minutes = sum(int(p.prep_s[i] + p.roll_s[i]) // 60 * self.on[i, d] for i in rows)
        most = max(int(p.meal_within_s), int(p.day_s - p.meal_s)) // 60
        model.add(minutes <= most).only_enforce_if(self._switch("day length"))
        relight, sets = self.asked.unit.relight_min, {int(s) for s in p.set_no}
        if not relight or len(sets) < 2 or any(len(piece.sets) > 1 for piece in self.asked.case.pieces):
            return
        used = {s: model.new_bool_var("") for s in sorted(sets)}
        places = {l: model.new_bool_var("") for l in range(len(p.hub))}
        for i in rows:
            model.add_implication(self.on[i, d], used[int(p.set_no[i])])
            model.add_implication(self.on[i, d], places[int(p.place[i])])
        lit = minutes + relight * sum(used.values()) - relight * sum(places.values())
        model.add(lit <= most).only_enforce_if([*self._switch("day length"), *self._switch("relight")])

    def _add_order(self) -> None:
        by_scene: dict[str, list[int]] = {}
        for i in self.rows:
            by_scene.setdefault(self.asked.case.pieces[i].work.scene, []).append(i)
        slots = range(len(self.asked.case.dates))
        days: dict[int, cp_model.LinearExpr | int] = {}
        for (kind, who), switch in self.kept.items():
            first, _, then = who.partition(" before ")
            if kind != "order":
                continue
            for a, b in itertools.product(by_scene.get(first, ()), by_scene.get(then, ())):
                for i in (a, b):
                    if i not in days:
                        days[i] = self.model.new_int_var(0, len(slots) - 1, "")
                        self.model.add(days[i] == sum(d * self.on[i, d] for d in slots))
                self.model.add(days[a] <= days[b]).only_enforce_if(switch)

    def _add_rows(self) -> None:
        most = int(self.p.days_in_row)
        switch, dates = self._switch("days in a row"), self.p.date_no.tolist()
        if not most or not switch:
            return
        used = [self.model.new_bool_var("") for _ in dates]
        for (_, d), on in self.on.items():
            self.model.add_implication(on, used[d])
        for d in range(len(dates) - most):
            if dates[d + most] - dates[d] == most:
                self.model.add(sum(used[d : d + most + 1]) <= most).only_enforce_if(switch)

    def _add_rest(self) -> None:
        """Work whose light ends late, and the next date work whose light comes early: no call between them rests enough.

        The earliest end and the latest start of each piece come from its light; both wishes of light are in the clause.
        """
        p, case = self.p, self.asked.case
        lit = [
            i
            for i in self.rows
            if (piece := case.pieces[i]) and ("light", piece.work.shot) in self.kept and len(piece.parts) == 1
        ]
        if not lit or not self._switch("rest"):
            return
        rolls = _case(
            self.asked.production,
            self.asked.unit,
            self.asked.works,
            case.windows,
            [wish for wish in self.asked.wishes if wish[0] == "light"],
        ).problem
        for d in range(len(case.dates) - 1):
            if p.date_no[d + 1] - p.date_no[d] > 1:
                continue
            ends = {i: at for i in lit if (at := _earliest_end(rolls, i, d)) is not None}
            starts = {j: at for j in lit if (at := _latest_start(rolls, j, d + 1)) is not None}
            for (i, end), (j, start) in itertools.product(ends.items(), starts.items()):
                if start - end < int(p.rest_s):
                    lights = [("light", case.pieces[k].work.shot) for k in (i, j)]
                    wishes = [*(self.kept[wish] for wish in dict.fromkeys(lights)), *self._switch("rest")]
                    both = [self.on[i, d].negated(), self.on[j, d + 1].negated()]
                    self.model.add_bool_or([*both, *(switch.negated() for switch in wishes)])


def _earliest_end(p: object, i: int, d: int) -> int | None:
    opens, closes, roll = p.open_s[i, d], p.close_s[i, d], int(p.roll_s[i])  # type: ignore[attr-defined]
    ends = [int(a) + roll for a, b in zip(opens, closes, strict=True) if b - a >= roll]
    return min(ends) + int(p.midnight_s[d]) if ends else None  # type: ignore[attr-defined]


def _latest_start(p: object, i: int, d: int) -> int | None:
    opens, closes, roll = p.open_s[i, d], p.close_s[i, d], int(p.roll_s[i])  # type: ignore[attr-defined]
    starts = [int(b) - roll - int(p.prep_s[i]) for a, b in zip(opens, closes, strict=True) if b - a >= roll]  # type: ignore[attr-defined]
    return max(starts) + int(p.midnight_s[d]) if starts else None  # type: ignore[attr-defined]


def is_solvable(model: cp_model.CpModel, setup: int) -> bool:
    """Ask CP-SAT, presolve on for one setup and off for the other; only a proof of the contrary counts as no."""
    solver = cp_solver(limit=2.0, seed=setup + 1)
    solver.parameters.cp_model_presolve = setup == 1
    solver.parameters.linearization_level = 1 if setup else 0
    solver.parameters.stop_after_first_solution = True
    return Halt().solve(solver, model) != cp_model.INFEASIBLE
