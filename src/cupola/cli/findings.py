"""What a board breaks, what it owes and what is to be known, printed rule by rule with clause and fix."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cupola.cli.say import say

if TYPE_CHECKING:
    from cupola.model import Violation

HEADS = {"broken": "Broken", "priced": "Allowed, at a price", "note": "To know"}


def print_findings(violations: Sequence[Violation], currency: str) -> None:
    """Print violations by kind, rule and clause: each finding with its price, its fix below it."""
    for kind, head in HEADS.items():
        found = [violation for violation in violations if violation.kind == kind]
        if found:
            say(f"\n{head}")
        for (rule, clause), group in itertools.groupby(found, key=lambda one: (one.rule, one.clause)):
            say(f"  {rule}" + (f": {clause}" if clause else ""))
            _print_group(list(group), currency)
    say(ending(violations, currency))


def _print_group(group: Sequence[Violation], currency: str) -> None:
    """Print the findings of one clause; a fix that is the same for all of them stands once, below the last."""
    for violation, after in itertools.zip_longest(group, group[1:]):
        price = f" ({_money(violation.cost_cents, currency)})" if violation.cost_cents is not None else ""
        say(f"    {violation.message}{price}")
        if after is None or after.remedy != violation.remedy:
            say(f"      > {violation.remedy}")


def ending(violations: Sequence[Violation], currency: str) -> str:
    """Return the verdict in a line: how many rules are broken, and what the rest costs."""
    count = sum(violation.kind == "broken" for violation in violations)
    verdict = "No rule is broken." if not count else f"{count} rule{'s are' if count > 1 else ' is'} broken."
    priced = [violation for violation in violations if violation.kind == "priced"]
    if not priced:
        return verdict
    unknown = sum(violation.cost_cents is None for violation in priced)
    rest = f", {unknown} of them without a known price" if unknown else ""
    many = f"{len(priced)} premium{'s' if len(priced) > 1 else ''}"
    return f"{verdict} {many} on top of the day rates: {_money(premiums_cents(violations), currency)}{rest}."


def premiums_cents(violations: Sequence[Violation]) -> int:
    """Return what all priced violations cost, in minor units; those without a known price cost nothing here."""
    return sum(violation.cost_cents or 0 for violation in violations if violation.kind == "priced")


def _money(cents: int | None, currency: str) -> str:
    from cupola.paper.wording import money_text

    return money_text(cents or 0, currency)
