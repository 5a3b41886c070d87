"""Money as whole minor units of one ISO 4217 currency, and what a board costs line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

DealKind = Literal["day", "weekly", "flat", "run"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A price as it was written: low, likely and high in whole units of `currency`, with the exchange that turns it into ours.

    `per` is how many units of the production's currency one unit costs (1 where it is its own), on the date `on`.
    """

    currency: str
    low: Fraction
    likely: Fraction
    high: Fraction
    per: Fraction = Fraction(1)
    on: date | None = None

    @property
    def is_range(self) -> bool:
        return self.low != self.high


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """A price with where it comes from: `cents` are minor units of `currency`; `source` is a citation or
    "estimate".

    `cents` is the likely figure, rounded once. `quote` says more where there is more to say: a range, or another currency.
    `on` is the date the price is of, where somebody says so.
    """

    cents: int
    currency: str
    source: str = "estimate"
    line: int = 0
    quote: Quote | None = None
    on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """What one unit of a foreign currency costs: `per` units of the production's, on a date, by a source."""

    currency: str
    per: Fraction
    on: date
    source: str = "estimate"
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Deal:
    """How a cast member is paid, beyond the day rates `work` and `hold`.

    A weekly deal pays `week` for each started week, a flat one `flat` for the whole picture, a run-of-picture one `week` for
    every week of the Earth units' span, worked or not. At least `guarantee_days` are paid. Beyond `straight_min` on the set
    each started tenth of an hour costs a tenth of `overtime`. `per_diem` is for each day away from home, holds and days off
    included. `agency_percent` is an agent's fee on top of the pay; with `loan_out_percent` a company lends the person: its
    fee comes on top, and no fringes are owed.
    """

    kind: DealKind = "day"
    week: Rate | None = None
    flat: Rate | None = None
    guarantee_days: int = 0
    straight_min: int = 0
    overtime: Rate | None = None
    per_diem: Rate | None = None
    rehearsal: Rate | None = None
    rehearsal_days: int = 0
    fitting: Rate | None = None
    fitting_days: int = 0
    agency_percent: Fraction = Fraction(0)
    loan_out_percent: Fraction | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CostLine:
    """One line of a budget: `amount` × `rate_cents` = `cents`, on an account, with its source.

    `kind` is one of work, hold, week, overtime, travel, unit, move, place, crew hours, rig, spacewalk, fixed; `who` is the
    unit, person or place it is for.
    """

    account: str
    kind: str
    who: str
    text: str
    amount: float
    unit: str
    rate_cents: int
    cents: int
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a board costs, in minor units of `currency`."""

    currency: str
    lines: tuple[CostLine, ...]

    @property
    def total_cents(self) -> int:
        return sum(line.cents for line in self.lines)

    @property
    def controllable_cents(self) -> int:
        """The part that the order of shooting can change: all but the fixed lines."""
        return sum(line.cents for line in self.lines if line.kind != "fixed")
