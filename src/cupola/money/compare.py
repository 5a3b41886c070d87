"""Up to four budgets side by side, account by account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cupola.errors import RateError
from cupola.model.budget import NOTHING, Budget, Estimate, Section

MOST = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedAccount:
    """One account in each of the budgets; nothing where a budget does not have it."""

    number: str
    title: str
    section: Section
    costs: tuple[Estimate, ...]

    @property
    def more(self) -> tuple[int, ...]:
        """By how much each budget's likely figure is above the first one's."""
        return tuple(cost.likely - self.costs[0].likely for cost in self.costs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Budgets side by side: their names, their accounts, their gross and net totals."""

    currency: str
    names: tuple[str, ...]
    accounts: tuple[ComparedAccount, ...]
    gross: tuple[Estimate, ...]
    net: tuple[Estimate, ...]


def compare_budgets(budgets: Sequence[tuple[str, Budget]]) -> Comparison:
    """Return named budgets side by side; raises RateError for more than four, none, or different currencies."""
    if not 1 <= len(budgets) <= MOST:
        raise RateError(f"one to {MOST} budgets are compared at a time", value=len(budgets), remedy="leave some out")
    currencies = dict.fromkeys(each.currency for _, each in budgets)
    if len(currencies) > 1:
        rule, remedy = "budgets are compared in one currency", "plan the other production in the same currency"
        raise RateError(rule, value=", ".join(currencies), remedy=remedy)
    known = {each.number: each for _, made in budgets for each in made.accounts}
    return Comparison(
        currency=next(iter(currencies)),
        names=tuple(name for name, _ in budgets),
        accounts=tuple(
            ComparedAccount(
                number=number,
                title=known[number].title,
                section=known[number].section,
                costs=tuple(account_cost(made, number) for _, made in budgets),
            )
            for number in sorted(known)
        ),
        gross=tuple(made.gross for _, made in budgets),
        net=tuple(made.net for _, made in budgets),
    )


def account_cost(made: Budget, number: str) -> Estimate:
    """Return what an account of a budget costs; nothing where it has none of that number."""
    return next((each.cost for each in made.accounts if each.number == number), NOTHING)
