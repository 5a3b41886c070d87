"""Costs as people read them: by account, what the order of shooting can change apart from what it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.model import Cost, CostLine
from cupola.money import film_chart
from cupola.paper.wording import has_minor


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
    """Return what an account is called; by the chart that comes with Cupola; empty where it has no such number.

    >>> account_title("1400"), account_title("8110 rigging"), account_title("x")
    ('Cast', 'Rigging aboard', '')
    """
    digits = next(iter(number.split()), "")
    account = film_chart().account(digits) if digits.isdigit() else None
    return account.title if account else ""
