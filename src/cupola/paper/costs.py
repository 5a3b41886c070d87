"""Costs as people read them: by account, what the order of shooting can change apart from what it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.model import Cost, CostLine
from cupola.paper.wording import has_minor

ACCOUNT_TITLES: tuple[tuple[int, int, str], ...] = (
    (1100, 1199, "Story"),
    (1200, 1299, "Producer"),
    (1300, 1399, "Director"),
    (1400, 1499, "Cast"),
    (1500, 1599, "Travel and living"),
    (1900, 1999, "Fringes above the line"),
    (2000, 2099, "Production staff, unit days"),
    (2100, 2199, "Extras"),
    (2200, 2299, "Art department"),
    (2300, 2399, "Construction"),
    (2500, 2599, "Set operations"),
    (2600, 2699, "Special effects"),
    (2700, 2799, "Set dressing"),
    (2800, 2899, "Props"),
    (2900, 3099, "Wardrobe"),
    (3100, 3199, "Make-up and hair"),
    (3200, 3299, "Electric"),
    (3300, 3399, "Camera"),
    (3400, 3499, "Sound"),
    (3500, 3599, "Transport, company moves"),
    (3600, 3699, "Places"),
    (3700, 3799, "Film and laboratory"),
    (3800, 3899, "Stages"),
    (4000, 4099, "Second unit"),
    (4100, 4199, "Tests"),
    (4900, 4999, "Fringes below the line"),
    (5000, 5999, "Post-production"),
    (6500, 6599, "Publicity"),
    (6700, 6799, "Insurance"),
    (6800, 6899, "Overhead"),
    (7500, 7599, "Fees"),
    (8000, 8099, "Seats"),
    (8100, 8109, "Crew hours aboard"),
    (8110, 8199, "Rigging aboard"),
    (8200, 8999, "Station"),
)
"""Ranges of the usual American chart of accounts, and 8000 on for what only a station has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """One account: its lines and their sum; `controllable_cents` is the part that is not fixed."""

    number: str
    title: str
    lines: tuple[CostLine, ...]

    @property
    def cents(self) -> int:
        return sum(line.cents for line in self.lines)

    @property
    def controllable_cents(self) -> int:
        return sum(line.cents for line in self.lines if line.kind != "fixed")


@dataclass(frozen=True, kw_only=True, slots=True)
class CostTable:
    """A cost by account in the order of their numbers; `kinds` sums it by kind; `sources` are numbered from 1."""

    currency: str
    accounts: tuple[Account, ...]
    kinds: tuple[tuple[str, int], ...]
    sources: tuple[str, ...]
    total_cents: int
    controllable_cents: int

    @property
    def fixed_cents(self) -> int:
        return self.total_cents - self.controllable_cents

    @property
    def minor(self) -> bool:
        """True where the column of amounts needs its decimals."""
        return any(has_minor(line.cents, self.currency) for account in self.accounts for line in account.lines)

    def source_number(self, line: CostLine) -> int:
        """Return the number of a line's source, from 1."""
        return self.sources.index(line.source) + 1


def cost_table(cost: Cost) -> CostTable:
    """Return a cost grouped for display; nothing is priced here."""
    accounts = {line.account: [other for other in cost.lines if other.account == line.account] for line in cost.lines}
    kinds = {line.kind: sum(other.cents for other in cost.lines if other.kind == line.kind) for line in cost.lines}
    return CostTable(
        currency=cost.currency,
        accounts=tuple(
            Account(number=number, title=account_title(number), lines=tuple(lines))
            for number, lines in sorted(accounts.items())
        ),
        kinds=tuple(kinds.items()),
        sources=tuple(dict.fromkeys(line.source for line in sorted(cost.lines, key=lambda line: line.account))),
        total_cents=cost.total_cents,
        controllable_cents=cost.controllable_cents,
    )


def account_title(number: str) -> str:
    """Return what an account is called; empty where the chart has no such number.

    >>> account_title("1400"), account_title("8110 rigging"), account_title("x")
    ('Cast', 'Rigging aboard', '')
    """
    digits = next(iter(number.split()), "")
    if not digits.isdigit():
        return ""
    return next((title for first, last, title in ACCOUNT_TITLES if first <= int(digits) <= last), "")
