"""Money as whole minor units of one ISO 4217 currency, and what a board costs line by line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """A price with where it comes from: `cents` are minor units of `currency`; `source` is a citation or
    "estimate"."""

    cents: int
    currency: str
    source: str = "estimate"
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class CostLine:
    """One line of a budget: `amount` × `rate_cents` = `cents`, on an account, with its source.

    `kind` is one of work, hold, travel, unit, move, place, crew hours, rig, fixed; `who` is the unit, person or
    place it is for.
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
