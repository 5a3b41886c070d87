"""Budgets counted again by plain loops that share nothing with `money`; fringes, shares, credits and hires proven by hand."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cupola.errors import RateError
from cupola.files import read_board, read_production
from cupola.model import Board, FixedLine, Production, Rate
from cupola.model.budget import AccountRange, BudgetPlan, Charge, Credit, Estimate, Fringe, Hire, PlaceTerms
from cupola.model.money import Deal, Exchange, Quote
from cupola.money import best_drop, budget, compare_budgets, cost, drops, film_chart
from cupola.money.extras import hired
from cupola.money.fringes import by_year

ROOT = Path(__file__).parents[2]
CAST = (AccountRange(first="1400", last="1400"),)


def eur(units: int) -> Rate:
    return Rate(cents=units * 100, currency="EUR", source="invented")


@pytest.fixture(scope="module")
def challenge() -> tuple[Production, Board]:
    production = read_production(ROOT / "examples/the-challenge")
    return production, read_board(ROOT / "examples/the-challenge/boards/agreed.json", production)


def rounded(value: Fraction) -> int:
    return math.floor(value + Fraction(1, 2))


def recounted(production: Production, board: Board) -> int:
    """The gross of a budget in minor units, by loops: board, fixed lines, then everything the budget adds."""
    plan, total = production.budget, board.cost.total_cents
    pay: dict[str, dict[int, int]] = {}
    spared = sum(line.cents for line in board.cost.lines if "8000" <= line.account <= "8999")
    for line in board.cost.lines:
        if line.kind in ("work", "hold", "week", "overtime"):
            pay.setdefault(line.who, {}).setdefault(2022, 0)
            pay[line.who][2022] += line.cents
    added = 0
    earth = next(unit for unit in production.units if not unit.is_orbit)
    days = sorted((day for day in board.days if day.unit == earth.id), key=lambda day: day.date)
    for member in production.cast:
        if member.deal and member.deal.agency_percent:
            added += rounded(sum(pay[member.id].values()) * member.deal.agency_percent / 100)
        if member.deal and member.deal.per_diem:
            added += away(production, member, days, earth) * member.deal.per_diem.cents
    for terms in plan.places:
        added += terms.prep_days * (terms.prep.cents if terms.prep else 0)
        added += terms.strike_days * (terms.strike.cents if terms.strike else 0)
        added += terms.restore.cents if terms.restore else 0
    kept = (days[-1].date - days[0].date).days + 1
    added += sum((kept // 7 * 4 + min(kept % 7, 4)) * hire.rate.cents for hire in plan.hires)
    extras = 18 * len(days) * 400_000
    flight = production.unit("orbit")
    food = math.ceil((flight.last_utc - flight.first_utc).total_seconds() / 86400) * 2 * 2000 * 7250
    added += extras + 30 * 3 * 900_000 + food
    spared += food
    director = next(line.cents for line in board.cost.lines if line.account == "1300")
    for percent, cutoff in ((Fraction(22), 156_500_000), (Fraction("2.9"), 103_200_000)):
        added += rounded(percent / 100 * min(director, cutoff))
        added += sum(rounded(percent / 100 * min(sum(years.values()), cutoff)) for years in pay.values())
    everybody = director + sum(sum(years.values()) for years in pay.values())
    added += rounded(Fraction("5.1") / 100 * everybody) + rounded(Fraction("5.1") / 100 * extras)
    return total + added + rounded(Fraction(3, 100) * (total + added - spared))


def away(production: Production, member, days, unit) -> int:
    """Calendar days from home: each work day elsewhere, and all dates between two of them, unless the gap was dropped."""
    own = [(d.date, production.place(d.strips[0].place).hub) for d in days if any(member.id in s.cast for s in d.strips)]
    best, dropped = 0, None
    for (a, _), (b, _) in itertools.pairwise(own):
        idle = [a + timedelta(days=n) for n in range(1, (b - a).days)]
        paid = sum(day.weekday() not in unit.days_off for day in idle)
        if member.drop_days and len(idle) >= member.drop_days and paid > best:
            best, dropped = paid, a
    found: set[date] = {day for day, hub in own if hub != member.home_hub}
    for (a, here), (b, there) in itertools.pairwise(own):
        if member.home_hub not in (here, there) and a != dropped:
            found |= {a + timedelta(days=n) for n in range((b - a).days)}
    return len(found)


def test_the_budget_of_the_challenge_is_the_one_counted_by_hand(challenge) -> None:
    production, board = challenge
    assert not any(line.kind == "penalty" for line in budget(production, board).lines)
    assert budget(production, board).gross.likely == recounted(production, board)


def test_the_lines_of_a_board_are_those_of_its_cost(challenge) -> None:
    production, board = challenge
    made = budget(production, board)
    assert sum(line.cost.likely for line in made.lines if line.direct) == board.cost.total_cents
    assert cost(production, board.days) == board.cost
    ids = {strip.id for strip in board.strips}
    for line in made.lines:
        assert set(line.strips) <= ids
        if line.kind in ("work", "place", "crew hours"):
            assert line.strips
            assert line.days


def test_every_account_is_the_sum_of_its_lines_and_each_line_is_on_one(challenge) -> None:
    made = budget(*challenge)
    numbers = [number for account in made.accounts for number in account.lines]
    assert sorted(numbers) == list(range(len(made.lines)))
    for account in made.accounts:
        assert account.cost.likely == sum(made.lines[number].cost.likely for number in account.lines)
    assert made.above.likely + made.below.likely == sum(line.cost.likely for line in made.lines)


def test_a_range_stays_a_range_up_to_the_total(challenge) -> None:
    # a star's pay reported at 30 to 60 M USD (Variety, 2020) at 72.5: 2,175 to 4,350 M RUB, 45 M likely
    production, board = challenge
    quote = Quote(
        currency="USD", low=Fraction(30 * 10**6), likely=Fraction(45 * 10**6), high=Fraction(60 * 10**6), per=Fraction("72.5")
    )
    star = Rate(cents=45 * 7250 * 10**6, currency="RUB", source="reported", quote=quote)
    charge = Charge(account="1400", text="Star", amount=(Fraction(1),), rate=star)
    plan = BudgetPlan(charges=(charge,), contingency_percent=Fraction(10))
    with_star, without = (budget(replace(production, budget=replace(plan, charges=each)), board) for each in ((charge,), ()))
    spread = with_star.gross - without.gross
    assert spread == Estimate(low=239_250_000_000, likely=358_875_000_000, high=478_500_000_000)
    assert next(each for each in with_star.accounts if each.number == "1400").cost.is_range


def small(challenge, **plan) -> tuple:
    """The challenge with day deals alone, and no fringes and charges but the given ones."""
    production, board = challenge
    cast = tuple(replace(each, deal=None) for each in production.cast)
    return replace(production, cast=cast, budget=BudgetPlan(**plan)), board


def test_a_fringe_stops_at_its_cutoff_for_each_person(challenge) -> None:
    production, board = small(
        challenge,
        fringes=(Fringe(id="f", text="F", percent=Fraction(10), accounts=CAST, cutoff=rub(500_000)),),
    )
    made = budget(production, board)
    pay: dict[str, int] = {}
    for line in board.cost.lines:
        if line.account == "1400":
            pay[line.who] = pay.get(line.who, 0) + line.cents
    found = {line.who: line.cost.likely for line in made.lines if line.kind == "fringe"}
    assert found == {who: rounded(Fraction(min(cents, 50_000_000), 10)) for who, cents in pay.items()}
    assert max(found.values()) == 5_000_000


def rub(units: int) -> Rate:
    return Rate(cents=units * 100, currency="RUB", source="invented")


def test_who_is_lent_by_a_company_bears_no_fringe_but_a_fee(challenge) -> None:
    production, board = small(
        challenge,
        fringes=(Fringe(id="f", text="F", percent=Fraction(10), accounts=CAST),),
    )
    cast = tuple(
        replace(each, deal=Deal(loan_out_percent=Fraction("2.5"))) if each.id == "INNA" else each for each in production.cast
    )
    made = budget(replace(production, cast=cast), board)
    inna = sum(line.cents for line in board.cost.lines if line.who == "INNA" and line.account == "1400")
    rest = sum(line.cents for line in board.cost.lines if line.account == "1400") - inna
    assert [line.cost.likely for line in made.lines if line.kind == "loan-out"] == [rounded(inna * Fraction("0.025"))]
    assert [line.cost.likely for line in made.lines if line.kind == "fringe"] == [rounded(Fraction(rest, 10))]


def test_pay_over_new_year_is_spread_by_its_days(challenge) -> None:
    made = budget(*challenge)
    line = next(line for line in made.lines if line.kind == "work")
    days = tuple(date(2021, 12, 30) + timedelta(days=n) for n in range(5))  # two days in 2021, three in 2022
    spread = by_year([replace(line, days=days, cost=Estimate(low=1001, likely=1001, high=1001))], [0])
    assert {year: part.likely for year, part in spread.items()} == {2021: 400, 2022: 601}


@pytest.mark.parametrize(
    ("by", "days", "paid"),
    [("day", 10, 10), ("week", 7, 1), ("week", 8, 2), ("4-day week", 3, 3), ("4-day week", 7, 4), ("4-day week", 13, 8)],
)
def test_gear_is_hired_by_day_week_and_four_day_week(by: str, days: int, paid: int) -> None:
    hire = Hire(account="3300", text="Camera", unit="main", by=by, rate=eur(100))  # type: ignore[arg-type]
    assert hired(hire, days) == paid


def test_a_credit_comes_back_up_to_its_cap(challenge) -> None:
    accounts = (AccountRange(first="2000", last="2999"),)
    credit = Credit(text="Rebate", percent=Fraction(20), accounts=accounts, cap=rub(1_000_000))
    spent = sum(line.cents for line in challenge[1].cost.lines if "2000" <= line.account <= "2999")
    for given, back in ((credit, 100_000_000), (replace(credit, cap=None), rounded(Fraction(spent, 5)))):
        made = budget(*small(challenge, credits=(given,)))
        assert made.gross.likely - made.net.likely == back
    assert budget(*small(challenge, credits=(replace(credit, least=rub(10**9)),))).credits == ()


def test_contingency_spares_what_it_is_told_to_and_the_bond_lies_on_both(challenge) -> None:
    spared = (AccountRange(first="8000", last="8999"), AccountRange(first="7900", last="7900"))
    plan = {"contingency_percent": Fraction(10), "bond_percent": Fraction(3), "spared": spared}
    made = budget(*small(challenge, **plan))
    base = sum(c.cents for c in challenge[1].cost.lines if not "8000" <= c.account <= "8999" and c.account != "7900")
    contingency = rounded(Fraction(base, 10))
    bond = rounded((base + contingency) * Fraction(3, 100))
    assert (made.contingency.cost.likely, made.bond.cost.likely) == (contingency, bond)
    assert made.gross.likely == challenge[1].cost.total_cents + contingency + bond


def test_a_charge_follows_the_board(challenge) -> None:
    amounts = ("days.main", "span_days.orbit", "strips.orbit", "worked.INNA", "crew_hours.orbit")
    charges = tuple(Charge(account="2500", text=name, amount=(name, Fraction(2)), rate=rub(1)) for name in amounts)
    production, board = small(challenge, charges=charges)
    made = {line.text: line.amount for line in budget(production, board).lines if line.kind == "charge"}
    main = [day for day in board.days if day.unit == "main"]
    aboard = [strip for day in board.days if day.unit == "orbit" for strip in day.strips]
    zone = ZoneInfo("UTC")
    assert made["days.main"] == 2 * len(main)
    assert made["span_days.orbit"] == 24  # 5 October 12:22 to 17 October 01:14 is 11.5 days, and twelve begun
    assert made["strips.orbit"] == 2 * len(aboard)
    assert made["worked.INNA"] == 2 * sum(any("INNA" in strip.cast for strip in day.strips) for day in main)
    hours = sum(line.amount for line in board.cost.lines if line.unit == "hour" and line.kind != "fixed")
    assert float(made["crew_hours.orbit"]) == pytest.approx(2 * hours, abs=0.2)
    assert production.unit("orbit").first_utc.astimezone(zone).day == 5


def test_a_group_can_be_left_out(challenge) -> None:
    charge = Charge(account="2500", text="Helicopter", amount=(Fraction(1),), rate=rub(9), group="wishes")
    production, board = small(challenge, charges=(charge,))
    assert budget(production, board).groups == (("wishes", Estimate(low=900, likely=900, high=900)),)
    without = replace(production, budget=replace(production.budget, without=("wishes",)))
    assert budget(without, board).gross.likely == board.cost.total_cents


def test_places_are_prepared_struck_and_restored_once(challenge) -> None:
    terms = PlaceTerms(place="hospital", prep_days=3, prep=rub(10), strike_days=2, strike=rub(20), restore=rub(50))
    made = budget(*small(challenge, places=(terms,)))
    assert sum(line.cost.likely for line in made.lines if line.who == "hospital" and not line.direct) == 100 * (30 + 40 + 50)
    never = budget(*small(challenge, places=(replace(terms, place="nowhere"),)))
    assert not [line for line in never.lines if line.kind in ("prep", "strike", "restore")]


def test_an_account_that_the_chart_lacks_is_refused(challenge) -> None:
    production, board = small(challenge)
    wrong = FixedLine(account="0900", text="Odd", amount=1, unit="allow", rate=rub(1), line=7)
    with pytest.raises(RateError, match="no such account") as caught:
        budget(replace(production, fixed=(*production.fixed, wrong)), board)
    assert caught.value.line == 7


def test_a_best_drop_is_the_one_the_cost_takes(challenge) -> None:
    # without her drop INNA would be held on every work day of the unit between her days
    production, board = challenge
    unit = production.unit("main")
    found = best_drop(production, unit, board.days, "INNA")
    assert found is not None
    never = tuple(replace(each, drop_days=None) if each.id == "INNA" else each for each in production.cast)
    dearer = cost(replace(production, cast=never), board.days).total_cents
    assert dearer - board.cost.total_cents == found.saved_cents == found.saved_days * 15_000_000
    worked = sorted(d.date for d in board.days if d.unit == "main" and any("INNA" in s.cast for s in d.strips))
    assert found.first - timedelta(days=1) in worked
    assert found.last + timedelta(days=1) in worked
    assert not any(found.first <= day <= found.last for day in worked)
    assert found.text.startswith("dropping INNA ")
    assert best_drop(replace(production, cast=never), unit, board.days, "INNA") is None


def test_all_drops_are_told_and_the_best_comes_first(challenge) -> None:
    production, board = challenge
    free = tuple(replace(each, drop_days=1) for each in production.cast)
    found = drops(replace(production, cast=free), production.unit("main"), board.days, "KIM")
    assert len(found) > 1
    assert found[0].saved_cents == max(each.saved_cents for each in found)
    assert drops(production, production.unit("orbit"), board.days, "INNA") == ()


def test_four_budgets_stand_side_by_side_and_no_five(challenge) -> None:
    made = budget(*challenge)
    cheaper = budget(*small(challenge))
    found = compare_budgets([("a", made), ("b", cheaper)])
    assert found.gross[1].likely - found.gross[0].likely == sum(each.more[1] for each in found.accounts) - (
        made.overhead.cost.likely if made.overhead else 0
    )
    with pytest.raises(RateError, match="one to 4"):
        compare_budgets([("a", made)] * 5)
    with pytest.raises(RateError, match="one currency"):
        compare_budgets([("a", made), ("b", replace(made, currency="EUR"))])


def test_the_chart_books_an_account_on_the_nearest_below_it() -> None:
    chart = film_chart()
    found = {number: chart.account(number) for number in ("1100", "1199", "8010", "8115", "0500", "9100")}
    assert {n: each.number if each else None for n, each in found.items()} == {
        "1100": "1100",
        "1199": "1100",
        "8010": "8000",
        "8115": "8110",
        "0500": None,
        "9100": None,
    }
    assert all(chart.account(number) for _, number in chart.kinds)


def test_a_penalty_needs_a_rate_of_exchange(challenge) -> None:
    # SAG-AFTRA's penalties are in USD: without a rate of exchange nobody can say what they are in roubles
    production, board = challenge
    late = replace(production, packs=(*production.packs, "sag-aftra-theatrical"))
    with_rate = {line.text for line in budget(late, board).lines if line.kind == "penalty"}
    none = replace(late, budget=replace(late.budget, exchanges=()))
    without = {line.text for line in budget(none, board).lines if line.kind == "penalty"}
    assert without <= with_rate
    assert isinstance(late.budget.exchanges[0], Exchange)
