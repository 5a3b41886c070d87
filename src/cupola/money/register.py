"""Every rate of a production with where it is used: what `cupola rates` lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cupola.model import CastMember, Production, Rate, Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class RateUse:
    """A rate, whose it is (`unit main`, `cast INNA`) and for what (`day_rate`, `work`); `price` names a pack's entry."""

    whose: str
    what: str
    rate: Rate
    price: str = ""


def rates_of(production: Production) -> tuple[RateUse, ...]:
    """Return every rate of a production, in the order of its tables."""
    return tuple(_rates(production))


def _rates(production: Production) -> Iterator[RateUse]:
    for unit in production.units:
        yield from _of_unit(unit)
    for place in production.places:
        yield from _some(f"place {place.id}", day_rate=place.day_rate)
    for terms in production.budget.places:
        yield from _some(f"place {terms.place}", prep_rate=terms.prep, strike_rate=terms.strike, restore=terms.restore)
    for member in production.cast:
        yield from _of_member(member)
    for line in production.fixed:
        yield from _some(f"line {line.account} {line.text}", rate=line.rate)
    for charge in production.budget.charges:
        yield RateUse(whose=f"charge {charge.account} {charge.text}", what="rate", rate=charge.rate, price=charge.price)
    for hire in production.budget.hires:
        yield from _some(f"hire {hire.account} {hire.text}", rate=hire.rate)
    for fringe in production.budget.fringes:
        yield from _some(f"fringe {fringe.id}", cutoff=fringe.cutoff)
    for credit in production.budget.credits:
        yield from _some(f"credit {credit.text}", cap=credit.cap, least=credit.least)


def _of_unit(unit: Unit) -> Iterator[RateUse]:
    yield from _some(f"unit {unit.id}", day_rate=unit.day_rate, move_rate=unit.move_rate)
    if unit.station:
        for member in unit.station.crew:
            yield from _some(f"crew {member.id}", hour=member.hour)
        if unit.station.spacewalks:
            yield from _some(f"unit {unit.id}", spacewalks=unit.station.spacewalks.rate)


def _of_member(member: CastMember) -> Iterator[RateUse]:
    whose, deal = f"cast {member.id}", member.deal
    yield from _some(whose, work=member.work, hold=member.hold, travel=member.travel)
    if deal:
        yield from _some(whose, week=deal.week, flat=deal.flat, overtime=deal.overtime, per_diem=deal.per_diem)
        yield from _some(whose, rehearsal=deal.rehearsal, fitting=deal.fitting)


def _some(whose: str, **rates: Rate | None) -> Iterator[RateUse]:
    for what, rate in rates.items():
        if rate is not None:
            yield RateUse(whose=whose, what=what, rate=rate)
