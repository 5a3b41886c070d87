"""Minors: the table of California (8 CCR 11760, Labor Code 1308.7) and Directive 94/33/EC, age by age."""

from __future__ import annotations

import dataclasses
from datetime import date, time, timedelta

import pytest
from small import CAST, MAIN, MONDAY, Made, film, rules, shooting_day, strip, verdict

from cupola.model import CastMember, Day, Strip
from cupola.rules import minor_limits

SCHOOL_DAY, SATURDAY = date(2027, 5, 5), date(2027, 5, 8)
HERE = dataclasses.replace(MAIN, tz="America/Los_Angeles")


def child(born: date) -> tuple[CastMember, ...]:
    return (CastMember(id="KID", board_id=3, born=born), *CAST)


@pytest.mark.parametrize(
    ("born", "work_min", "free_min", "set_min"),
    [
        (date(2027, 4, 10), 20, 20, 120),  # 25 days: 15 days to 6 months
        (date(2026, 8, 1), 120, 120, 270),  # 9 months
        (date(2024, 1, 1), 180, 180, 390),  # 3 years
        (date(2020, 1, 1), 240, 360, 510),  # 7 years
        (date(2015, 1, 1), 300, 420, 570),  # 12 years
        (date(2010, 1, 1), 360, 480, 630),  # 17 years
    ],
)
def test_the_table_of_california(born: date, work_min: int, free_min: int, set_min: int) -> None:
    # 8 CCR 11760 with a meal of half an hour on set: 20 min of 2 h; 2 of 4.5; 3 of 6.5; 4 (6 without school) of 8.5; 5 (7) of
    # 9.5; 6 (8) of 10.5. 5 May 2027 is a Wednesday, 8 May a Saturday.
    production, _ = film([], packs=["minors-california"], cast=child(born), unit=HERE)
    at_school = minor_limits(production, HERE, "KID", SCHOOL_DAY)
    free = minor_limits(production, HERE, "KID", SATURDAY)
    assert at_school is not None
    assert free is not None
    assert (at_school.work.minutes, free.work.minutes, at_school.on_set.minutes) == (work_min, free_min, set_min)


def test_a_birthday_moves_the_limit_on_its_day() -> None:
    # Six years old on 5 May 2027: the day before, 3 h; on the day, 4 h.
    production, _ = film([], packs=["minors-california"], cast=child(date(2021, 5, 5)), unit=HERE)
    before, on = (minor_limits(production, HERE, "KID", day) for day in (date(2027, 5, 4), date(2027, 5, 5)))
    assert before is not None
    assert on is not None
    assert (before.work.minutes, on.work.minutes) == (180, 240)


def test_of_age_without_birthday_or_without_pack_nothing_holds() -> None:
    grown = film([], packs=["minors-california"], cast=child(date(2009, 5, 5)), unit=HERE)[0]
    unknown = film([], packs=["minors-california"], unit=HERE)[0]
    free = film([], packs=[], cast=child(date(2015, 1, 1)), unit=HERE)[0]
    assert minor_limits(grown, HERE, "KID", SCHOOL_DAY) is None
    assert minor_limits(unknown, HERE, "ANA", SCHOOL_DAY) is None
    assert minor_limits(free, HERE, "KID", SCHOOL_DAY) is None


def test_the_evening_is_longer_before_a_day_without_school() -> None:
    # Labor Code 1308.7: 22:00, or 00:30 before a day without school. Wednesday is followed by school, Friday is not.
    production, _ = film([], packs=["minors-california"], cast=child(date(2015, 1, 1)), unit=HERE)
    wednesday, friday = (minor_limits(production, HERE, "KID", day) for day in (SCHOOL_DAY, date(2027, 5, 7)))
    assert wednesday is not None
    assert friday is not None
    assert (wednesday.latest, wednesday.latest_min) == (time(22), 1320)
    assert (friday.latest, friday.latest_min) == (time(0, 30), 1470)


def small(days: list[Day], born: date = date(2015, 1, 1), pack: str = "minors-eu") -> Made:
    return film(days, packs=[pack], cast=child(born))


def kid(number: str, day: date, start: float, end: float) -> Strip:
    return strip(number, day, start, end, cast=["KID"])


def test_a_child_under_fifteen_works_two_hours_on_a_school_day() -> None:
    # Directive 94/33/EC, Article 8(1)(b): two hours on a school day. 10:00-12:30 on a Monday in June is 30 min too many; on a
    # Saturday it is within the seven hours of a free day.
    found = verdict(small(days=[shooting_day(MONDAY, 10, 12.5, kid("1", MONDAY, 10, 12.5))]))
    assert [each.rule for each in found] == ["minor work"]
    assert found[0].remedy == "Take 30 min of KID's work to another day."
    saturday = MONDAY + timedelta(days=5)
    assert rules(small(days=[shooting_day(saturday, 10, 12.5, kid("1", saturday, 10, 12.5))])) == []


def test_a_child_does_not_work_after_eight_in_the_evening() -> None:
    # Directive 94/33/EC, Article 9(1)(a): none between 20:00 and 06:00.
    found = verdict(small(days=[shooting_day(MONDAY, 19, 20.5, kid("1", MONDAY, 19, 20.5))]))
    assert [each.rule for each in found] == ["minor hours"]
    assert found[0].remedy == "Release KID 30 min earlier: shoot their strips first."


def test_a_child_rests_fourteen_hours() -> None:
    # Directive 94/33/EC, Article 10(1)(a): fourteen consecutive hours. 19:00 to 08:00 is 13.
    tuesday = MONDAY + timedelta(days=1)
    days = [shooting_day(MONDAY, 18, 19, kid("1", MONDAY, 18, 19)), shooting_day(tuesday, 8, 9, kid("2", tuesday, 8, 9))]
    found = verdict(small(days=days))
    assert [each.rule for each in found] == ["minor rest"]
    assert found[0].remedy == "Begin with KID at 09:00 on Tue 2027-06-08."


def test_a_young_persons_week_has_forty_hours() -> None:
    # Directive 94/33/EC, Article 8(2): eight hours a day and forty a week at 15 to 17. Six days of 7 h are 42.
    days = [
        shooting_day(
            day,
            8,
            16,
            kid(f"{n}a", day, 8, 12),
            kid(f"{n}b", day, 13, 16),
            meals=[(12, 13)],
        )
        for n, day in enumerate(MONDAY + timedelta(days=k) for k in range(6))
    ]
    found = verdict(small(days=days, born=date(2011, 1, 1)))
    assert [each.rule for each in found] == ["minor week"]
    assert found[0].remedy == "Take 2 h of KID's work to another week."


def test_school_counts_on_set() -> None:
    # 8 CCR 11760, 9 to 15 years: 5 h of work, 3 h of school and a meal of 30 min within 9.5 h on set. 09:00-12:00 and
    # 17:00-19:00 leave a gap of 5 h, which holds school and meal: 10 h on set, 30 min too many. With the second strip at
    # 15:30-17:30 it is 8.5 h: the gap of 3.5 h holds both.
    def board(second: float) -> Made:
        day = shooting_day(
            SCHOOL_DAY,
            16,
            33,
            kid("1", SCHOOL_DAY, 16, 19),
            kid("2", SCHOOL_DAY, second, second + 2),
            meals=[(19, 20), (26.5, 27)],
        )
        return film([day], packs=["minors-california"], cast=child(date(2015, 1, 1)), unit=HERE)

    assert rules(board(22.5)) == []  # UTC: 09:00 in Los Angeles is 16:00
    found = verdict(board(24))
    assert [each.rule for each in found] == ["minor on set"]
    assert found[0].remedy == "Put KID's strips 30 min closer together, or on two days."
