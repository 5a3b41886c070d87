"""The judge: every rule, in order, on one board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cupola.model import Board, Production, Violation, Window
from cupola.model.work import works_of
from cupola.rules.aboard import check_adaptation, check_blackout, check_crew_day, check_exercise
from cupola.rules.case import Case, Rule
from cupola.rules.dates import check_cast_dates, check_permits, check_place_hours, check_sound_curfew
from cupola.rules.days import check_day_length, check_meal, check_turnaround
from cupola.rules.dues import dues
from cupola.rules.limits import limits_of
from cupola.rules.modules import check_cupola, check_escort, check_hatch, check_materials, check_noise, check_restow
from cupola.rules.packs import packs_of
from cupola.rules.performers import (
    check_drop,
    check_forced_call,
    check_journey,
    check_meal_penalty,
    check_night_premium,
    check_overtime,
    check_premium_days,
    check_rest,
)
from cupola.rules.strips import check_between_sets, check_every_scene, check_long_enough, check_one_place, check_span
from cupola.rules.walks import check_spacewalk
from cupola.rules.weeks import check_days_in_row, check_holidays, check_night_to_day, check_week_hours, check_week_rest
from cupola.rules.wishes import check_cover_sets, check_light, check_order, check_pins, check_together
from cupola.rules.young import check_minor_hours, check_minor_on_set, check_minor_rest, check_minor_week, check_minor_work


def check(production: Production, board: Board, windows: Mapping[str, Sequence[Window]]) -> tuple[Violation, ...]:
    """Return every rule that a board breaks, what it owes beyond a day's pay, and what is to be known, rule by rule.

    A board without a violation of the kind `broken` can be shot; see `broken`.
    """
    case = Case(
        production=production,
        board=board,
        windows=windows,
        works={work.id: work for work in works_of(production)},
        limits={unit.id: limits_of(production, unit) for unit in production.units},
        packs={unit.id: packs_of(production, unit) for unit in production.units},
        dues=dues(production, board.days),
    )
    return tuple(violation for rule in RULES for violation in rule(case))


def broken(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Return the violations for which a board cannot be shot: all that are neither priced nor a note."""
    return tuple(violation for violation in violations if violation.kind == "broken")


RULES: tuple[Rule, ...] = (
    check_every_scene,
    check_span,
    check_long_enough,
    check_one_place,
    check_between_sets,
    check_turnaround,
    check_day_length,
    check_meal,
    check_week_rest,
    check_days_in_row,
    check_week_hours,
    check_night_to_day,
    check_holidays,
    check_cast_dates,
    check_rest,
    check_journey,
    check_drop,
    check_permits,
    check_place_hours,
    check_sound_curfew,
    check_minor_hours,
    check_minor_work,
    check_minor_on_set,
    check_minor_rest,
    check_minor_week,
    check_crew_day,
    check_exercise,
    check_blackout,
    check_adaptation,
    check_cupola,
    check_escort,
    check_hatch,
    check_materials,
    check_restow,
    check_spacewalk,
    check_light,
    check_pins,
    check_order,
    check_cover_sets,
    check_together,
    check_overtime,
    check_night_premium,
    check_meal_penalty,
    check_forced_call,
    check_premium_days,
    check_noise,
)
