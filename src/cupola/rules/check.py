"""The judge: every rule, in order, on one board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cupola.model import Board, Production, Violation, Window
from cupola.model.work import works_of
from cupola.rules.aboard import check_crew_day
from cupola.rules.case import Case, Rule
from cupola.rules.days import check_cast_dates, check_day_length, check_meal, check_turnaround
from cupola.rules.limits import limits_of
from cupola.rules.strips import check_between_sets, check_every_scene, check_long_enough, check_one_place, check_span
from cupola.rules.wishes import check_light, check_order, check_pins


def check(production: Production, board: Board, windows: Mapping[str, Sequence[Window]]) -> tuple[Violation, ...]:
    """Return every rule that a board breaks, in the order of the rules; an empty tuple is a board that can be shot."""
    case = Case(
        production=production,
        board=board,
        windows=windows,
        works={work.id: work for work in works_of(production)},
        limits={unit.id: limits_of(production, unit) for unit in production.units},
    )
    return tuple(violation for rule in RULES for violation in rule(case))


RULES: tuple[Rule, ...] = (
    check_every_scene,
    check_span,
    check_long_enough,
    check_one_place,
    check_between_sets,
    check_turnaround,
    check_day_length,
    check_meal,
    check_cast_dates,
    check_crew_day,
    check_light,
    check_pins,
    check_order,
)
