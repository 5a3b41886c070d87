"""What can be counted on a board, by name, so that a line entered by hand may follow it: `days.main`, `weeks.main`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from cupola.model import Day, Production, Unit
from cupola.model.budget import Factor
from cupola.model.outside import OUT
from cupola.model.work import workdays
from cupola.money.aboard import aboard_lines
from cupola.money.deals import WEEK
from cupola.money.prices import company_moves, days_of, unit_days

OF_UNITS = ("days", "weeks", "strips", "moves", "span_days", "work_days", "crew_hours", "spacewalks")
"""Measures of a unit: its shooting days, the started weeks from the first to the last of them, strips, company moves, calendar
days and possible shooting days of its span, crew-hours of all aboard, spacewalks."""

OF_CAST = ("worked",)
"""Measures of a cast member: the days worked on Earth."""


def measure_names(units: Iterable[str], cast: Iterable[str]) -> tuple[str, ...]:
    """Return every measure a production has."""
    by_unit = [f"{measure}.{unit}" for unit in units for measure in OF_UNITS]
    return (*by_unit, *(f"{measure}.{who}" for who in cast for measure in OF_CAST))


def product(factors: Sequence[Factor], known: Mapping[str, Fraction], production: Production, days: Sequence[Day]) -> Fraction:
    """Return the product of numbers, globals and measures of a board; raises KeyError for a name nobody knows."""
    amount = Fraction(1)
    for factor in factors:
        amount *= measured(factor, known, production, days) if isinstance(factor, str) else factor
    return amount


def measured(name: str, known: Mapping[str, Fraction], production: Production, days: Sequence[Day]) -> Fraction:
    """Return what a name stands for; raises KeyError."""
    if name in known:
        return known[name]
    measure, _, of = name.partition(".")
    if measure in OF_CAST:
        earth = {unit.id for unit in production.units if not unit.is_orbit}
        return Fraction(len(days_of(production.member(of).id, [day for day in days if day.unit in earth])))
    unit = production.unit(of)
    return _of_unit(measure, production, unit, unit_days(unit, days))


def _of_unit(measure: str, production: Production, unit: Unit, days: Sequence[Day]) -> Fraction:
    if measure == "days":
        return Fraction(len(days))
    if measure == "weeks":
        return Fraction(-(-calendar_days([day.date for day in days]) // WEEK))
    if measure == "strips":
        return Fraction(sum(len(day.strips) for day in days))
    if measure == "moves":
        return Fraction(len(company_moves(production, days)))
    if measure == "span_days":
        return Fraction(-(-(unit.last_utc - unit.first_utc).total_seconds() // 86400))
    if measure == "work_days":
        return Fraction(len(workdays(unit)))
    if measure == "spacewalks":
        return Fraction(sum(banner.text.startswith(f"{OUT} ") for day in days for banner in day.banners))
    if measure == "crew_hours" and unit.is_orbit:
        lines = aboard_lines(production, unit, days)
        return sum((line.amount for line in lines if line.unit == "hour"), Fraction(0))
    raise KeyError(f"{measure}.{unit.id}")


def calendar_days(dates: Sequence[date]) -> int:
    """Return how many dates there are from the first to the last."""
    return (max(dates) - min(dates)).days + 1 if dates else 0
