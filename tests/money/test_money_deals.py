"""Deals beyond the day rate, each proven by counting on the fingers of a calendar. 3 May 2027 is a Monday; Sundays are off."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import invented
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.model import CastMember, Rate
from cupola.model.money import Deal
from cupola.money import Terms, engagement, terms
from cupola.money.deals import days_away
from cupola.money.people import Worked, member_lines, picture_weeks
from cupola.money.sums import half_up

MONDAY = date(2027, 5, 3)
CALENDAR = [MONDAY + timedelta(days=n) for n in range(42) if (MONDAY + timedelta(days=n)).weekday() != 6]


def eur(units: int) -> Rate:
    return Rate(cents=units * 100, currency="EUR", source="invented")


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def worked(*offsets: int, hours: float = 8, hub: str = "A") -> list[Worked]:
    return [Worked(day(n), hub, round(hours * 3600), (f"s{n}",)) for n in offsets]


def paid(member: CastMember, own: list[Worked]) -> dict[str, tuple[Fraction, int]]:
    return {each.kind: (each.amount, each.cost.likely) for each in member_lines(member, own, CALENDAR)}


def test_a_weekly_deal_pays_each_started_week() -> None:
    # Monday to Monday is 8 calendar days: two started weeks
    member = CastMember(id="A", board_id=1, deal=Deal(kind="weekly", week=eur(5000)))
    assert paid(member, worked(0, 7)) == {"week": (2, 1_000_000)}
    assert paid(member, worked(0, 6)) == {"week": (1, 500_000)}


def test_a_weekly_deal_drops_its_longest_gap() -> None:
    # works on days 0, 12 and 30: of 31 calendar days the 17 between 12 and 30 go, 14 are left: two weeks
    member = CastMember(id="A", board_id=1, drop_days=10, deal=Deal(kind="weekly", week=eur(5000)))
    assert paid(member, worked(0, 12, 30)) == {"week": (2, 1_000_000)}
    assert paid(replace(member, drop_days=None), worked(0, 12, 30)) == {"week": (5, 2_500_000)}


def test_guaranteed_days_are_paid_as_holds() -> None:
    # two days of work, no hold between, five guaranteed: three more at the rate of a hold
    member = CastMember(id="A", board_id=1, work=eur(900), hold=eur(400), deal=Deal(guarantee_days=5))
    assert paid(member, worked(0, 1)) == {"work": (2, 180_000), "hold": (3, 120_000)}
    # seven days from Monday to Monday: six work days of the unit between are holds, more than guaranteed
    assert paid(member, worked(0, 7)) == {"work": (2, 180_000), "hold": (5, 200_000)}


def test_a_guarantee_of_weeks() -> None:
    member = CastMember(id="A", board_id=1, deal=Deal(kind="weekly", week=eur(5000), guarantee_days=15))
    assert paid(member, worked(0)) == {"week": (3, 1_500_000)}


@pytest.mark.parametrize(
    ("hours", "tenths"),
    [(10, 0), (10.1, 1), (10.11, 2), (10.2, 2), (12, 20)],  # SAG-AFTRA pays overtime in started tenths of an hour (six minutes)
)
def test_overtime_is_paid_by_started_tenths(hours: float, tenths: int) -> None:
    member = CastMember(id="A", board_id=1, work=eur(900), deal=Deal(straight_min=600, overtime=eur(150)))
    found = paid(member, worked(0, hours=hours))
    assert found.get("overtime", (0, 0)) == (tenths, tenths * 1500)


def test_who_is_away_is_away_on_days_off_and_holds_too() -> None:
    # away Friday (4) and Tuesday (8), home on Wednesday (9), away on Friday (11): Friday to Tuesday, and Friday
    member = CastMember(id="A", board_id=1, home_hub="HOME")
    own = [*worked(4, 8, hub="FAR"), *worked(9, hub="HOME"), *worked(11, hub="FAR")]
    deal = engagement(member, [each.day for each in own], CALENDAR)
    assert days_away(member, deal, [each.hub for each in own]) == (*(day(n) for n in range(4, 9)), day(11))


def test_a_dropped_gap_is_spent_at_home() -> None:
    member = CastMember(id="A", board_id=1, home_hub="HOME", drop_days=10)
    own = worked(0, 1, 20, hub="FAR")
    deal = engagement(member, [each.day for each in own], CALENDAR)
    assert days_away(member, deal, ["FAR"] * 3) == (day(0), day(1), day(20))


@given(st.sets(st.integers(0, 41), min_size=1), st.integers(0, 30), st.sampled_from([None, 5, 10, 14]))
def test_the_drop_makes_a_day_deal_cheapest(offsets: set[int], guarantee: int, drop: int | None) -> None:
    own = worked(*(n for n in sorted(offsets) if day(n) in CALENDAR))
    if not own:
        return
    member = CastMember(id="A", board_id=1, work=eur(9), hold=eur(4), drop_days=drop, deal=Deal(guarantee_days=guarantee))
    total = sum(cents for _, cents in paid(member, own).values())
    dates = [each.day for each in own]
    options = [()] + [(a, b) for a, b in itertools.pairwise(dates) if drop and (b - a).days - 1 >= drop]
    costs = []
    for gap in options:
        idle = [d for d in CALENDAR if dates[0] < d < dates[-1] and d not in dates and not (gap and gap[0] < d < gap[1])]
        costs.append(900 * len(dates) + 400 * max(len(idle), guarantee - len(dates)))
    assert total == min(costs)


def test_terms_say_what_the_search_may_know() -> None:
    production, _ = invented.feature(scenes=4, cast=2, weeks=2)
    unit = production.units[0]
    day_deal = CastMember(
        id="A", board_id=1, work=eur(9), hold=eur(4), travel=eur(1), drop_days=10, deal=Deal(guarantee_days=5)
    )
    assert terms(production, day_deal, unit) == Terms(work=900, hold=400, travel=100, guarantee_days=5, drop_days=10)
    weekly = replace(day_deal, deal=Deal(kind="weekly", week=eur(50), straight_min=600, overtime=eur(3)))
    assert terms(production, weekly, unit) == Terms(travel=100, week=5000, drop_days=10, straight_min=600, overtime=30)
    flat = replace(day_deal, drop_days=None, deal=Deal(kind="flat", flat=eur(999)))
    assert terms(production, flat, unit) == Terms(travel=100)


def test_a_run_of_picture_counts_the_weeks_of_the_units_on_earth() -> None:
    production, _ = invented.feature(scenes=4, cast=2, weeks=2)
    unit = production.units[0]
    at = datetime(2027, 5, 3, tzinfo=UTC)
    spans = [(7, 1), (8, 2), (42, 6)]
    for days, weeks in spans:
        assert picture_weeks([replace(unit, first_utc=at, last_utc=at + timedelta(days=days))]) == weeks
    assert picture_weeks([]) == 0


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_half_up_is_never_off_by_more_than_a_half(value: Fraction) -> None:
    assert Fraction(-1, 2) < half_up(value) - value <= Fraction(1, 2)
