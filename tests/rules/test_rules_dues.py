"""What is owed beyond a day's pay: figures by the clauses of the union's public pages, worked out by hand."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import CAST, MAIN, MONDAY, Made, film, shooting_day, strip, verdict

from cupola.model.budget import BudgetPlan
from cupola.model.money import Exchange
from cupola.rules import Due, broken, dues, premiums_of

TUESDAY = MONDAY + timedelta(days=1)
SAG = ["sag-aftra-theatrical"]
DOLLARS = BudgetPlan(exchanges=(Exchange(currency="USD", per=Fraction("0.9"), on=date(2027, 6, 1), source="invented"),))


def owed(made: Made, kind: str) -> list[Due]:
    return [due for due in dues(made[0], made[1].days) if due.kind == kind]


def test_overtime_is_paid_in_tenths_of_an_hour() -> None:
    # 08:00-19:03 with a meal of 30 min is 10 h 33 min. Of 800 EUR for 8 h an hour is 100: hours 9 and 10 at 1.5 are 300; the
    # 33 min beyond are 6 started tenths at 2.0, 120. Together 420 EUR.
    day = shooting_day(MONDAY, 8, 19.05, strip("1", MONDAY, 8, 12), strip("2", MONDAY, 14.55, 19.05), meals=[(13, 13.5)])
    found = verdict(film([day], packs=SAG))
    assert [(each.rule, each.kind, each.cost_cents, each.who) for each in found] == [("overtime", "priced", 42_000, "ANA")]
    assert broken(found) == ()


def test_a_premium_alone_does_not_break_a_board() -> None:
    day = shooting_day(MONDAY, 8, 18, strip("1", MONDAY, 8, 12), strip("2", MONDAY, 14, 18), meals=[(13, 14)])
    assert {each.kind for each in verdict(film([day], packs=SAG))} == {"priced"}


@given(minutes=st.integers(0, 1200), more=st.integers(0, 60))
def test_overtime_grows_with_the_hours_and_is_nothing_within_eight(minutes: int, more: int) -> None:
    premiums = premiums_of(film([], packs=SAG)[0], MAIN)
    less, later = premiums.overtime_cents(minutes, 80_000), premiums.overtime_cents(minutes + more, 80_000)
    assert 0 <= less <= later
    assert (less == 0) == (minutes <= 480)


def test_a_forced_call_costs_a_day_or_the_figure_whichever_is_less() -> None:
    # ANA (800 EUR) and BEN (400 EUR) have 11 h instead of 12. 950 USD at 0.9 are 855 EUR: both are paid their day, 1,200 EUR.
    # At 0.5 they are 475 EUR: ANA is paid 475, BEN his 400.
    days = [
        shooting_day(MONDAY, 17, 20, strip("1", MONDAY, 17, 20, cast=["ANA", "BEN"])),
        shooting_day(TUESDAY, 7, 10, strip("2", TUESDAY, 7, 10, cast=["ANA", "BEN"])),
    ]
    made = film(days, packs=SAG)
    for per, cents in [("0.9", 120_000), ("0.5", 87_500)]:
        plan = BudgetPlan(exchanges=(dataclasses.replace(DOLLARS.exchanges[0], per=Fraction(per)),))
        found = verdict((dataclasses.replace(made[0], budget=plan), made[1]))
        assert [(each.rule, each.kind, each.cost_cents) for each in found] == [("forced call", "priced", cents)]
    unknown = verdict(made)
    assert [each.cost_cents for each in unknown] == [None], "nobody said what a dollar costs"
    assert unknown[0].remedy == "Call them 60 min later, or release them 60 min earlier the day before."


def test_eleven_hours_are_enough_twice_a_week_on_an_overnight_location() -> None:
    # SAG-AFTRA: 11 h on two non-consecutive days of a week on an overnight location. ANA lives in TOWN and works at FAR from
    # Monday to Saturday, 09:00-22:00 Mondays, Wednesdays and Fridays, 09:00-10:00 else: three rests of 11 h. The third is one
    # too many: from Friday to Saturday.
    days = []
    for n in range(6):
        day = MONDAY + timedelta(days=n)
        late = n % 2 == 0
        strips = [strip(f"{n}a", day, 9, 10, place="far")]
        strips += [strip(f"{n}b", day, 21, 22, place="far")] if late else []
        days.append(shooting_day(day, 9, 22 if late else 10, *strips, meals=[(13, 14)] if late else []))
    found = owed(film(days, packs=SAG), "forced call")
    assert [(due.who, due.day) for due in found] == [("ANA", MONDAY + timedelta(days=5))]
    at_home = [dataclasses.replace(member, home_hub="FAR") for member in CAST]
    assert len(owed(film(days, packs=SAG, cast=at_home), "forced call")) == 3


def test_ten_hours_are_enough_once_in_four_days_between_exteriors_nearby() -> None:
    # SAG-AFTRA: 10 h once every fourth day on a nearby location with exterior photography before and after. Three nights of
    # 10 h in a row: the first is allowed, the next two are forced calls.
    days = [
        shooting_day(
            MONDAY + timedelta(days=n),
            6,
            20,
            strip(f"{n}a", MONDAY + timedelta(days=n), 6, 7),
            strip(f"{n}b", MONDAY + timedelta(days=n), 19, 20),
            meals=[(11, 12), (17, 18)],
        )
        for n in range(4)
    ]
    outside = owed(film(days, packs=SAG, int_ext="EXT"), "forced call")
    assert [due.day for due in outside] == [MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)]
    assert len(owed(film(days, packs=SAG), "forced call")) == 3


@pytest.mark.parametrize(("late", "dollars"), [(0, 0), (1, 25), (30, 25), (31, 60), (60, 60), (61, 110), (120, 160)])
def test_a_late_meal_costs_by_the_half_hour(late: int, dollars: int) -> None:
    # SAG-AFTRA: 25 USD for the first half hour, 35 for the second, 50 for each further one, started ones counted whole.
    start = 14 + late / 60
    day = shooting_day(MONDAY, 8, 18, strip("1", MONDAY, 8, 12), strip("2", MONDAY, 17, 18), meals=[(start, start + 0.5)])
    made = film([day], packs=SAG)
    at_par = dataclasses.replace(
        made[0], budget=BudgetPlan(exchanges=(dataclasses.replace(DOLLARS.exchanges[0], per=Fraction(1)),))
    )
    found = [each for each in verdict((at_par, made[1])) if each.rule == "meal penalty"]
    assert [each.cost_cents for each in found] == ([dollars * 100] if dollars else [])


def test_hours_of_the_night_cost_a_tenth_more() -> None:
    # SAG-AFTRA: 10 % between 20:00 and 06:00. BEN works 18:00-22:00: two hours of the night, at 400 / 8 = 50 EUR an hour,
    # 10 EUR more.
    day = shooting_day(MONDAY, 18, 22, strip("1", MONDAY, 18, 22, cast=["BEN"]))
    found = verdict(film([day], packs=SAG))
    assert [(each.rule, each.cost_cents) for each in found] == [("night premium", 1_000)]


def test_the_labour_code_doubles_after_two_hours() -> None:
    # Labour Code of the Russian Federation, Article 152: the first two hours of overtime at one and a half, then double. A
    # shift is 12 h. 06:00-21:30 less a meal of 30 min are 15 h: of 800 EUR an hour is 66.67; 2 x 1.5 + 1 x 2 = 5 hours' pay.
    day = shooting_day(
        MONDAY, 6, 21.5, strip("1", MONDAY, 6, 11), strip("2", MONDAY, 12, 17), strip("3", MONDAY, 17, 21.5), meals=[(11, 11.5)]
    )
    found = owed(film([day], packs=["ru-shift-12h"]), "overtime")
    assert [(due.cents, due.minutes) for due in found] == [(33_333, 180)]


@given(st.permutations(["sag-aftra-theatrical", "ru-shift-12h", "week-5-day", "eu-working-time", "film-12h"]))
def test_the_order_of_packs_does_not_matter(packs: list[str]) -> None:
    days = [
        shooting_day(
            MONDAY + timedelta(days=n),
            7,
            21 + n / 2,
            strip(f"{n}a", MONDAY + timedelta(days=n), 7, 12),
            strip(f"{n}b", MONDAY + timedelta(days=n), 16, 21),
            meals=[(13.5, 14)],
        )
        for n in range(6)
    ]

    def found(names: list[str]) -> Counter[tuple[object, ...]]:
        return Counter((each.rule, each.day, each.kind, each.cost_cents) for each in verdict(film(days, packs=names)))

    assert found(packs) == found(sorted(packs))
