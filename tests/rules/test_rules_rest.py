"""Rest, meals and weeks: one small board for each rule, its verdict proven in a comment from the published clause."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import MAIN, MONDAY, PLACES, euros, film, rules, shooting_day, strip, verdict

from cupola.model import CastMember, Day

TUESDAY = MONDAY + timedelta(days=1)


def run(dates: list[date], call: float = 8, wrap: float = 12) -> list[Day]:
    return [shooting_day(day, call, wrap) for day in dates]


def week(first: date, days: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(days)]


def test_eleven_hours_of_rest_are_the_directives() -> None:
    # Directive 2003/88/EC, Article 3: eleven consecutive hours. 20:59 to 08:00 is 11 h 1 min; 21:01 leaves 10 h 59 min.
    kept = [shooting_day(MONDAY, 16, 20 + 59 / 60), shooting_day(TUESDAY, 8, 12)]
    cut = [shooting_day(MONDAY, 16, 21 + 1 / 60), shooting_day(TUESDAY, 8, 12)]
    assert rules(film(kept, packs=["eu-working-time"])) == []
    found = verdict(film(cut, packs=["eu-working-time"]))
    assert [each.rule for each in found] == ["turnaround"]
    assert found[0].kind == "broken"
    assert "Article 3" in found[0].clause
    assert "Call at 08:01 on Tue 2027-06-08 (1 min later)" in found[0].remedy


def test_a_day_that_leaves_no_eleven_hours_is_too_long() -> None:
    # Article 3 again: 24 h less 11 h is 13 h. 07:00 to 20:06 is 13.1 h; its meal is begun after 5 h.
    long = shooting_day(MONDAY, 7, 20.1, strip("1", MONDAY, 7, 12), strip("2", MONDAY, 12.5, 17.5), meals=[(12, 12.5)])
    found = verdict(film([long], packs=["eu-working-time"]))
    assert [each.rule for each in found] == ["day length"]
    assert found[0].remedy == "Take 6 min of work to another day: strip 1 is 5 h."


def test_a_meal_later_than_six_hours_is_late() -> None:
    # film-12h: a meal within 6 h of call. 08:00 + 6 h = 14:00; one begun at 14:15 is 15 min late.
    late = shooting_day(MONDAY, 8, 16, strip("1", MONDAY, 8, 12), meals=[(14.25, 15)])
    found = verdict(film([late], packs=["film-12h"]))
    assert [each.rule for each in found] == ["meal"]
    assert found[0].remedy == "Begin it by 14:00, 15 min earlier."
    assert rules(film([dataclasses.replace(late, banners=())], packs=["film-12h"])) == ["meal"]
    in_time = shooting_day(MONDAY, 8, 16, strip("1", MONDAY, 8, 12), meals=[(14, 14.5)])
    assert rules(film([in_time], packs=["film-12h"])) == []


def test_seven_dates_without_a_weekly_rest() -> None:
    # Directive 2003/88/EC, Article 5: 24 + 11 h in each seven days. Six days 08:00-12:00 and a seventh: the longest pause
    # of the seven dates is 20 h. With the seventh left out, the pause from Saturday 12:00 to Monday 08:00 is 44 h.
    seven, six = week(MONDAY, 7), week(MONDAY, 6)
    found = verdict(film(run(seven), packs=["eu-working-time"]))
    assert [each.rule for each in found] == ["week rest"]
    assert "no rest of 35 h from Mon 2027-06-07 to Sun 2027-06-13" in found[0].message
    assert rules(film(run([*six, MONDAY + timedelta(days=7)]), packs=["eu-working-time"])) == []


def test_the_performers_weekly_rest_is_shorter_before_a_late_call() -> None:
    # SAG-AFTRA: 56 h, or 54 h before a call at 06:00 or later. Friday's wrap at 23:30 to Monday 06:00 is 54.5 h: kept. To
    # Monday 05:59 it is 54 h 29 min, and the call is early, so 56 h hold: broken on Sunday's successor.
    five_day = dataclasses.replace(MAIN, days_off=(5, 6))
    first = [shooting_day(day, 19.5, 23.5) for day in week(MONDAY, 5)]
    on_monday = MONDAY + timedelta(days=7)
    late, early = shooting_day(on_monday, 6, 10), shooting_day(on_monday, 5 + 59 / 60, 10)
    pack = ["sag-aftra-theatrical", "not sag-aftra-theatrical.night_premium"]
    cast = (CastMember(id="ANA", board_id=1), CastMember(id="BEN", board_id=2))
    packs_only = [*pack, "not sag-aftra-theatrical.overtime"]
    assert rules(film([*first, late], packs=packs_only, unit=five_day, cast=cast)) == []
    assert rules(film([*first, early], packs=packs_only, unit=five_day, cast=cast)) == ["week rest"]


def test_forty_eight_hours_are_an_average_over_four_months() -> None:
    # Directive 2003/88/EC, Articles 6 and 16: 48 h a week on average over four months (17 weeks: 816 h). Ten weeks of six
    # days of 13 h are 780 h: kept, though each week has 78. Eleven weeks are 858 h: 42 h too many.
    def weeks(n: int) -> list[Day]:
        days = [MONDAY + timedelta(days=7 * w + d) for w in range(n) for d in range(6)]
        return [shooting_day(day, 8, 21, strip(f"{k}", day, 8, 9), meals=[]) for k, day in enumerate(days)]

    pack = ["eu-working-time", "not eu-working-time.meal"]
    assert "week hours" not in rules(film(weeks(10), packs=pack))
    found = [each for each in verdict(film(weeks(11), packs=pack)) if each.rule == "week hours"]
    assert len(found) == 1
    assert found[0].message.startswith("50.5 h a week on average over 17 weeks")
    assert found[0].remedy == "Take 42 h of work out of these 119 days."


def test_a_seventh_day_in_a_row_is_priced() -> None:
    # week-6-day: a seventh day at double pay. ANA has 800 EUR a day: the seventh costs 800 EUR more.
    found = verdict(film(run(week(MONDAY, 7)), packs=["week-6-day"]))
    assert [(each.rule, each.kind, each.cost_cents) for each in found] == [("days in row", "priced", 80_000)]
    assert found[0].day == MONDAY + timedelta(days=6)


def test_a_sixth_day_in_a_row_costs_half_a_day_more_and_the_seventh_a_whole() -> None:
    # week-5-day: the sixth at 1.5, the seventh at 2: 400 + 800 EUR for ANA.
    found = verdict(film(run(week(MONDAY, 7)), packs=["week-5-day"]))
    assert [each.cost_cents for each in found] == [40_000, 80_000]


def test_a_night_is_not_followed_by_a_morning() -> None:
    # night-to-day: a wrap at 02:00 on Tuesday leaves 24 h before a call in the morning: 08:00 on Wednesday is 30 h, kept; on
    # Tuesday 11:00 it is 9 h, broken; at 14:00 it is no morning.
    night = shooting_day(MONDAY, 18, 26, strip("1", MONDAY, 18, 19), strip("2", MONDAY, 25, 26), meals=[(22, 23)])
    for after, expected in [
        (shooting_day(TUESDAY, 11, 15), ["night to day"]),
        (shooting_day(TUESDAY, 14, 18), []),
        (shooting_day(TUESDAY + timedelta(days=1), 8, 12), []),
    ]:
        assert rules(film([night, after], packs=["night-to-day"])) == expected


def test_a_public_holiday_is_off_or_paid_double() -> None:
    # 1 May is a holiday in Spain by law (Estatuto de los Trabajadores, art. 37.2; Real Decreto 2001/1983): Saturday in 2027.
    may_day = date(2027, 5, 1)
    unit = dataclasses.replace(MAIN, tz="Europe/Madrid")
    for pack, kind, cost in [("holidays", "broken", None), ("holidays-paid", "priced", 80_000)]:
        found = verdict(film(run([may_day]), packs=[pack], unit=unit))
        assert [(each.rule, each.kind, each.cost_cents) for each in found] == [("holidays", kind, cost)]
    assert rules(film(run([date(2027, 5, 4)]), packs=["holidays"], unit=unit)) == []


def test_a_person_who_changes_units_rests_between() -> None:
    # film-12h: 12 h. ANA ends at 20:00 with the main unit and begins at 07:00 with the second: 11 h.
    second = dataclasses.replace(MAIN, id="second")
    places = (*PLACES, dataclasses.replace(PLACES[0], id="yard", unit="second"))
    days = [
        shooting_day(MONDAY, 16, 20, strip("1", MONDAY, 16, 20)),
        shooting_day(TUESDAY, 7, 11, strip("2", TUESDAY, 7, 11, place="yard"), unit="second"),
    ]
    found = verdict(film(days, packs=["film-12h"], places=places, units=[second]))
    assert [each.rule for each in found] == ["rest"]
    assert found[0].who == "ANA"
    assert "Call ANA at 08:00 on Tue 2027-06-08" in found[0].remedy


def test_a_persons_own_pack_binds_the_person_alone() -> None:
    # eu-working-time for BEN only: 11 h. From 23:00 to 09:00 he has 10 h, and so has ANA, whom no pack protects.
    cast = (
        CastMember(id="ANA", board_id=1),
        CastMember(id="BEN", board_id=2, packs=("eu-working-time",)),
    )
    days = [
        shooting_day(MONDAY, 20, 23, strip("1", MONDAY, 20, 23, cast=["ANA", "BEN"])),
        shooting_day(TUESDAY, 9, 12, strip("2", TUESDAY, 9, 12, cast=["ANA", "BEN"])),
    ]
    found = verdict(film(days, cast=cast))
    assert [(each.rule, each.who) for each in found] == [("rest", "BEN")]


def test_a_gap_shorter_than_the_contracts_is_not_dropped() -> None:
    # SAG-AFTRA: a firm pick-up more than 14 calendar days away, shot outside the USA: 14 idle days. 7 to 18 June leaves 10.
    days = run([MONDAY, MONDAY + timedelta(days=11)], 14, 18)
    cast = (CastMember(id="ANA", board_id=1, work=euros(800), drop_days=10), CastMember(id="BEN", board_id=2))
    found = verdict(film(days, packs=["sag-aftra-theatrical"], cast=cast))
    assert [each.rule for each in found] == ["drop"]
    assert "pick ANA up 4 days later" in found[0].remedy
    usa = dataclasses.replace(MAIN, tz="America/New_York")
    assert rules(film(days, packs=["sag-aftra-theatrical"], cast=cast, unit=usa)) == []


@pytest.mark.parametrize("rule", ["turnaround", "rest"])
@given(wrap=st.integers(600, 1300), earlier=st.integers(0, 300), call=st.integers(300, 900))
def test_a_shorter_day_never_breaks_a_rest(rule: str, wrap: int, earlier: int, call: int) -> None:
    def broken(until: int) -> int:
        days = [
            shooting_day(MONDAY, 5, until / 60, strip("1", MONDAY, 5, 6)),
            shooting_day(TUESDAY, call / 60, call / 60 + 1),
        ]
        return rules(film(days, packs=["film-12h"])).count(rule)

    assert broken(wrap - earlier) <= broken(wrap)
