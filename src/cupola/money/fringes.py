"""Fringes: what law and agreements put on top of pay, with cut-offs per person and picture, or per year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from cupola.model import Production
from cupola.model.budget import NOTHING, BudgetLine, Chart, Estimate, Fringe
from cupola.money.extras import PAY
from cupola.money.sums import percent_of

BY_HAND = frozenset({"fixed", "charge"})


def fringe_lines(production: Production, lines: Sequence[BudgetLine], chart: Chart) -> list[BudgetLine]:
    """Return the fringes on `lines`: one line for each block of the top sheet, or for each person where there is a cut-off.

    A fringe lies on pay of the cast, and on lines entered by hand, whose accounts it names. Who is lent by a company of
    their own bears none.
    """
    lent = {member.id for member in production.cast if member.deal and member.deal.loan_out_percent is not None}
    made: list[BudgetLine] = []
    for fringe in production.budget.fringes:
        bearing = [
            number
            for number, each in enumerate(lines)
            if each.kind in PAY | BY_HAND and each.who not in lent and any(each.account in span for span in fringe.accounts)
        ]
        if fringe.cutoff is None:
            made += _by_block(fringe, lines, bearing, chart)
        else:
            made += _by_person(fringe, lines, bearing, chart, fringe.cutoff.cents)
    return made


def _by_block(fringe: Fringe, lines: Sequence[BudgetLine], bearing: Sequence[int], chart: Chart) -> list[BudgetLine]:
    above = tuple(number for number in bearing if is_above(chart, lines[number].account))
    below = tuple(number for number in bearing if number not in above)
    made = []
    for kind, of in (("fringe-above", above), ("fringe-below", below)):
        if of:
            base = _sum(lines, of)
            made.append(_line(fringe, chart.booked(kind), "", fringe.text, fringe.percent, base, of))
    return made


def _by_person(
    fringe: Fringe, lines: Sequence[BudgetLine], bearing: Sequence[int], chart: Chart, cutoff: int
) -> list[BudgetLine]:
    people: dict[str, list[int]] = {}
    for number in bearing:
        people.setdefault(lines[number].who or lines[number].text, []).append(number)
    made = []
    for who, of in people.items():
        account = chart.booked("fringe-above" if is_above(chart, lines[of[0]].account) else "fringe-below")
        text = f"{fringe.text}, {who}"
        if fringe.per == "picture":
            base = cut(_sum(lines, of), cutoff)
            made.append(_line(fringe, account, who, text, fringe.percent, base, of, cutoff=cutoff))
        else:
            for year, pay in by_year(lines, of).items():
                base = cut(pay, cutoff)
                made.append(_line(fringe, account, who, f"{text}, {year}" if year else text, fringe.percent, base, ()))
    return made


def by_year(lines: Sequence[BudgetLine], of: Iterable[int]) -> Mapping[int, Estimate]:
    """Return pay by calendar year: a line's cost is spread over the years of its days by their number; 0 where it has none.

    What does not divide falls into the last year.
    """
    found: dict[int, Estimate] = {}
    for number in of:
        each = lines[number]
        years = [day.year for day in each.days] or [0]
        left, count = each.cost, len(years)
        for year in dict.fromkeys(years):
            share = Fraction(years.count(year), count)
            part = Estimate(
                low=int(each.cost.low * share), likely=int(each.cost.likely * share), high=int(each.cost.high * share)
            )
            part = left if year == years[-1] else part
            left = left - part
            found[year] = found.get(year, NOTHING) + part
    return found


def cut(pay: Estimate, cutoff: int) -> Estimate:
    """Return as much of somebody's pay as bears the fringe."""
    return Estimate(low=min(pay.low, cutoff), likely=min(pay.likely, cutoff), high=min(pay.high, cutoff))


def is_above(chart: Chart, number: str) -> bool:
    """Whether an account stands above the line."""
    account = chart.account(number)
    return account is not None and account.section == "above"


def _sum(lines: Sequence[BudgetLine], of: Iterable[int]) -> Estimate:
    return sum((lines[number].cost for number in of), NOTHING)


def _line(
    fringe: Fringe,
    account: str,
    who: str,
    text: str,
    percent: Fraction,
    base: Estimate,
    of: Sequence[int],
    *,
    cutoff: int | None = None,
) -> BudgetLine:
    return BudgetLine(
        account=account,
        kind="fringe",
        who=who,
        text=text,
        amount=percent,
        unit="%",
        rate=base,
        cost=percent_of(percent, base),
        source=fringe.source,
        of=tuple(of),
        cutoff=cutoff,
        line=fringe.line,
    )
