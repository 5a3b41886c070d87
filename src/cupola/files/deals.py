"""Deals of the cast, as production.toml writes them beside the day rates."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cupola.files.documents import CastDoc
from cupola.files.folder import Toml
from cupola.files.locate import KeyPath
from cupola.model.money import Deal

if TYPE_CHECKING:
    from cupola.files.people import Priced


def percent(number: float) -> Fraction:
    """Return a figure as it is written, exactly.

    >>> percent(21.7)
    Fraction(217, 10)
    """
    return Fraction(str(number))


def deal_of(deal: CastDoc, path: KeyPath, priced: Priced, toml: Toml) -> Deal | None:
    """Return what a cast member's deal says beyond day rates; None where it says nothing.

    Raises ProductionError where the price that a kind of deal needs is missing.
    """
    needed = {"weekly": "week", "run": "week", "flat": "flat"}.get(deal.deal)
    if needed and getattr(deal, needed) is None:
        remedy = f'add {needed} = "25000 EUR"'
        raise toml.wrong(path, f"a {deal.deal} deal needs its price: {needed}", value=deal.id, remedy=remedy)
    if deal.overtime is not None and not deal.straight_h:
        rule, remedy = "overtime begins after the hours of a day", "add straight_h = 10"
        raise toml.wrong((*path, "overtime"), rule, value=deal.id, remedy=remedy)
    made = Deal(
        kind=deal.deal,
        week=priced(deal.week, (*path, "week")),
        flat=priced(deal.flat, (*path, "flat")),
        guarantee_days=deal.guarantee_days,
        straight_min=round(deal.straight_h * 60),
        overtime=priced(deal.overtime, (*path, "overtime")),
        per_diem=priced(deal.per_diem, (*path, "per_diem")),
        rehearsal=priced(deal.rehearsal, (*path, "rehearsal")),
        rehearsal_days=deal.rehearsal_days,
        fitting=priced(deal.fitting, (*path, "fitting")),
        fitting_days=deal.fitting_days,
        agency_percent=percent(deal.agency_percent),
        loan_out_percent=None if deal.loan_out_percent is None else percent(deal.loan_out_percent),
    )
    return None if made == Deal() else made
