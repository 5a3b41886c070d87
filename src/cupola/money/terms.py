"""What a day of a cast member costs, as plain figures: the only prices that the search knows of people."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.model import CastMember, Production, Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """Prices of one cast member in one unit, in minor units of the production's currency.

    A day deal has `work` and `hold` cents a day; a weekly deal has `week` cents for each started week from first to last day
    (a dropped gap left out) and no day prices; a flat deal has neither, for no order changes it. At least
    `guarantee_days` are paid. A gap of at least `drop_days` calendar days may be dropped once (-1: never). Beyond
    `straight_min` from call to release every started tenth of an hour costs `overtime` cents.
    """

    work: int = 0
    hold: int = 0
    travel: int = 0
    week: int = 0
    guarantee_days: int = 0
    drop_days: int = -1
    straight_min: int = 0
    overtime: int = 0


def terms(production: Production, member: CastMember, unit: Unit) -> Terms:
    """Return the prices of a cast member in a unit."""
    return Terms(
        work=member.work.cents if member.work else 0,
        hold=member.hold.cents if member.hold else 0,
        travel=member.travel.cents if member.travel else 0,
        drop_days=-1 if member.drop_days is None else member.drop_days,
    )
