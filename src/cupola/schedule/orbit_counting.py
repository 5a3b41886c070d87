"""Half-days that are too few by counting alone: slots of classes of work against slots of blocks, and a rig for each module.

The mathematics stand in docs/explanation/orbit-unit.md. A linear program says which rows to add up, and how often each; that
the sum is a contradiction is then found in whole numbers, so that no rounding is believed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from cupola.schedule.orbit_case import OrbitCase
from cupola.schedule.stop import Halt, cp_solver

Key = tuple[str, int, int]
"""("work", class, cell) for thousandths of the slots of a class in a cell; ("rig", module, cell) for a rig in it."""

FINE = 1000
"""Slots are counted in thousandths where a newcomer's slots are longer."""
WEIGHT = 1_000_000
"""Multipliers of rows are rounded to this part of one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A rule that every placing keeps: the sum of coefficient times variable is at least `least`."""

    terms: Mapping[Key, int]
    least: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Counting:
    """Rows over whole variables between 0 and `most`; `rigs` are the rigs among them."""

    most: Mapping[Key, int]
    rows: Sequence[Row]

    @property
    def rigs(self) -> list[Key]:
        """The variables that are rigs."""
        return [key for key in self.most if key[0] == "rig"]


def counting(case: OrbitCase, end: int) -> Counting:
    """Return what can be counted of the work inside before half-day `end`."""
    cells = [k for k, cell in enumerate(case.cells) if cell.half < end and not cell.is_out]
    kinds = _kinds(case, set(cells))
    rows: list[Row] = []
    roomy = [k for k in cells if case.cells[k].last - case.cells[k].first >= case.rig_slots]
    most: dict[Key, int] = {("rig", m, k): 1 for m in range(len(case.modules)) for k in roomy}
    for c, kind in enumerate(kinds):
        most |= {("work", c, k): kind.slots for k in kind.cells}
        rows.append(Row(terms={("work", c, k): 1 for k in kind.cells}, least=kind.slots))
        rows += _rigged(case, kind, c, most)
    for k in cells:
        rows += _shared(case, kinds, k, most)
    return Counting(most=most, rows=rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kind:
    """Work of one module, crew and light that can stand in the same cells: its rows, and the fewest slots they take."""

    module: int
    works: tuple[int, ...]
    cells: tuple[int, ...]
    slots: int


def _kinds(case: OrbitCase, cells: set[int]) -> list[_Kind]:
    same: dict[tuple[object, ...], list[int]] = {}
    for w, work in enumerate(case.works):
        if not case.is_out[w]:
            where = tuple(sorted({case.cell(w, spot) for spot in case.spots[w]} & cells))
            same.setdefault((case.modules.index(work.place), frozenset(work.crew), work.light, where), []).append(w)
    return [
        _Kind(module=key[0], works=tuple(works), cells=key[3], slots=sum(min(case.slots[w]) for w in works))  # type: ignore[arg-type]
        for key, works in same.items()
    ]


def _rigged(case: OrbitCase, kind: _Kind, c: int, most: Mapping[Key, int]) -> Iterator[Row]:
    """Yield, for each cell of a class, that what stands up to it on its date is no more than its module is rigged for."""
    for k in kind.cells:
        here = [e for e in range(k + 1) if case.cells[e].day == case.cells[k].day]
        rigs: dict[Key, int] = {("rig", kind.module, e): kind.slots for e in here if ("rig", kind.module, e) in most}
        yield Row(terms=rigs | {("work", c, e): -1 for e in here if e in kind.cells}, least=0)


def _shared(case: OrbitCase, kinds: Sequence[_Kind], k: int, most: Mapping[Key, int]) -> Iterator[Row]:
    """Yield, for each family of classes in a cell, that they take no more slots than they can cover."""
    here = {c: kind for c, kind in enumerate(kinds) if k in kind.cells}
    block = range(case.cells[k].first, case.cells[k].last)
    rigs: dict[Key, int] = {("rig", m, k): -FINE * case.rig_slots for m in range(len(case.modules)) if ("rig", m, k) in most}
    for family in [*_families(case, here), tuple(here)]:
        whole = len(family) == len(here)
        rows = [w for c in family for w in here[c].works]
        lengths = [case.slots[w][case.cells[k].day] for w in rows]
        lengths += [case.rig_slots] * len(rigs) if whole else []
        room = sum(reach(lengths, len(run)) for run in ([block] if whole else _runs(case, rows, k)))
        terms: dict[Key, int] = {("work", c, k): -_stretch(case, here[c], k) for c in family}
        yield Row(terms=terms | (rigs if whole else {}), least=-FINE * room)


def _families(case: OrbitCase, here: Mapping[int, _Kind]) -> list[tuple[int, ...]]:
    """Return classes that need the same people or more, those in one light, and those in any light that is asked for."""
    crew = {c: frozenset(case.works[kind.works[0]].crew) for c, kind in here.items()}
    light = {c: case.works[kind.works[0]].light for c, kind in here.items()}
    people = [tuple(c for c in here if each <= crew[c]) for each in crew.values()]
    lit = [tuple(c for c in here if light[c] == each) for each in light.values() if not each.is_any]
    both = [tuple(c for c in family if not light[c].is_any) for family in people]
    return sorted({family for family in (*people, *lit, *both) if 0 < len(family) < len(here)})


def _stretch(case: OrbitCase, kind: _Kind, k: int) -> int:
    """Return how many thousandths of a slot each slot of a class takes at least on the date of a cell."""
    return min(FINE * case.slots[w][case.cells[k].day] // min(case.slots[w]) for w in kind.works)


def _runs(case: OrbitCase, rows: Sequence[int], k: int) -> list[range]:
    """Return the longest runs of slots of a cell that spots of some work cover: no piece is in two of them."""
    covered = sorted(
        {s for w in rows for spot in case.spots[w] if case.cell(w, spot) == k for s in range(spot.slot, case.end(w, spot))}
    )
    runs: list[range] = []
    for slot in covered:
        if runs and runs[-1].stop == slot:
            runs[-1] = range(runs[-1].start, slot + 1)
        else:
            runs.append(range(slot, slot + 1))
    return runs


def reach(lengths: Sequence[int], room: int) -> int:
    """Return how much of some room can be filled at most with whole lengths, each used once.

    >>> reach([6, 6, 5], 14)
    12
    """
    sums = 1
    for length in lengths:
        sums |= sums << length
    return (sums & ((1 << (room + 1)) - 1)).bit_length() - 1


def is_too_few(case: OrbitCase, end: int, *, halt: Halt, seed: int) -> bool:
    """Whether counting proves that not all work fits before half-day `end`: by added rows, and by CP-SAT, both."""
    rules = counting(case, end)
    return proven_least(rules, {}, _multipliers(rules, {})) > 0 and _cp_sat_agrees(rules, halt, seed)


def least_rigs(case: OrbitCase, end: int) -> int:
    """Return a number of rigs that no placing before half-day `end` can do with less of."""
    rules = counting(case, end)
    cost = dict.fromkeys(rules.rigs, 1)
    return max(0, -(-proven_least(rules, cost, _multipliers(rules, cost)) // WEIGHT))


def proven_least(rules: Counting, cost: Mapping[Key, int], multipliers: Sequence[int]) -> int:
    """Return what no placing costs less than, in millionths: rows times whole numbers, added up. Without cost, 1 or more is
    a contradiction.
    """
    total = sum(times * row.least for times, row in zip(multipliers, rules.rows, strict=True))
    left = {key: WEIGHT * cost.get(key, 0) for key in rules.most}
    for times, row in zip(multipliers, rules.rows, strict=True):
        for key, factor in row.terms.items() if times else ():
            left[key] -= times * factor
    return total + sum(min(0, each) * rules.most[key] for key, each in left.items())


def _multipliers(rules: Counting, cost: Mapping[Key, int]) -> list[int]:
    """Return how often to add up each row: the prices of the rows in the linear program, where each may be broken at a cost."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    broken = 1.0 if not cost else float(len(rules.rigs) + 1)
    variables = {key: solver.NumVar(0, most, "") for key, most in rules.most.items()}
    posted = []
    for row in rules.rows:
        constraint = solver.Constraint(row.least, solver.infinity())
        for key, factor in row.terms.items():
            constraint.SetCoefficient(variables[key], factor)
        if row.least > 0:
            short = solver.NumVar(0, solver.infinity(), "")
            constraint.SetCoefficient(short, 1)
            solver.Objective().SetCoefficient(short, broken)
        posted.append(constraint)
    for key, each in cost.items():
        solver.Objective().SetCoefficient(variables[key], each)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return [0] * len(rules.rows)
    return [max(0, round(WEIGHT * constraint.dual_value())) for constraint in posted]


def _cp_sat_agrees(rules: Counting, halt: Halt, seed: int) -> bool:
    """Whether CP-SAT, which is told no multiplier, finds no whole numbers either that keep all rows."""
    model = cp_model.CpModel()
    variables = {key: model.new_int_var(0, most, "") for key, most in rules.most.items()}
    for row in rules.rows:
        model.add(sum(factor * variables[key] for key, factor in row.terms.items()) >= row.least)
    solver = cp_solver(limit=1.0, seed=seed)
    solver.parameters.linearization_level = 2
    return halt.solve(solver, model) == cp_model.INFEASIBLE
