"""Aboard: the crew day, the first days, small modules, what does not fly, and spacewalks, each on a small board."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from small import MONDAY, ORBIT, at, flown, rules, shooting_day, strip, verdict

from cupola.model import Banner, Board, Day, Element, Production, Spacewalks, Strip, Unit
from cupola.model.outside import Outing, outing_banners

DAY_FIVE = MONDAY + timedelta(days=4)
WALKERS = dataclasses.replace(
    ORBIT,
    station=dataclasses.replace(
        ORBIT.station,  # type: ignore[type-var]  # a unit aboard has one
        spacewalks=Spacewalks(pairs=(("ANYA", "BOB"),), longest_min=420, before_min=150, after_min=60, first_flight_day=1),
    ),
)


def crew_day(*spans: tuple[float, float], day: date = DAY_FIVE, place: str = "lab", cast: tuple[str, ...] = ("ANA",)) -> Day:
    strips = [strip(f"{day:%d}.{n}", day, a, b, cast=cast, place=place) for n, (a, b) in enumerate(spans)]
    return shooting_day(day, spans[0][0], spans[-1][1], *strips, unit="orbit")


def hours(first: float, count: int) -> list[tuple[float, float]]:
    return [(first + n, first + n + 1) for n in range(count)]


def test_nobody_films_more_than_the_crew_day_allows() -> None:
    # station-crew-day: 10.5 h for one person. Eleven hours from 06:00 are half an hour too many; ten are not.
    found = verdict(flown([crew_day(*hours(6, 11))], packs=["station-crew-day"]))
    assert {each.rule for each in found} == {"crew day"}
    assert found[0].remedy == "Take 30 min to another day."
    assert rules(flown([crew_day(*hours(6, 10))], packs=["station-crew-day"])) == []


def test_exercise_and_the_meal_are_left_in_the_day() -> None:
    # Awake from 06:00 to 21:30 are 15.5 h; 2.5 h of exercise and an hour's meal leave 12 h. Thirteen are an hour too many.
    pack = ["station-crew-day", "not station-crew-day.work"]
    assert rules(flown([crew_day(*hours(6, 12))], packs=pack)) == []
    found = [each for each in verdict(flown([crew_day(*hours(6, 13))], packs=pack)) if each.rule == "exercise"]
    assert {each.who for each in found} == {"CAM", "ANYA"}
    assert found[0].remedy == "Take 60 min of Camera's work to another day."


def test_nobody_films_right_after_a_docking() -> None:
    # The span begins with the docking, on Monday at 06:30 here: two hours of leak checks end at 08:30.
    unit = dataclasses.replace(ORBIT, first_utc=at(MONDAY, 6.5))
    found = verdict(flown([crew_day((8, 9), day=MONDAY)], packs=["station-crew-day"], unit=unit))
    assert [each.rule for each in found] == ["blackout", "blackout"], "the rig and the strip"
    assert found[0].remedy == "Begin it at 08:30 UTC or later."
    assert rules(flown([crew_day((8.5, 9), day=MONDAY)], packs=["station-crew-day"], unit=unit)) == []


def test_the_first_days_take_twice_as_long() -> None:
    # adaptation: x2.0 on flight days 1 to 3, then x1.4. A unit without a stretch of its own gives an hour's work an hour.
    for day, need in [(MONDAY, "2 h"), (DAY_FIVE, "85 min")]:
        found = verdict(flown([crew_day((8, 9), day=day)], packs=["adaptation"]))
        assert [each.rule for each in found] == ["adaptation"]
        assert f"{need} needed" in found[0].message


def test_the_cupola_holds_an_operator_and_an_actor() -> None:
    pack = ["station-film", "not station-film.restow", "not station-film.noise"]
    assert rules(flown([crew_day((9, 10), place="cupola")], packs=pack)) == []
    found = verdict(flown([crew_day((9, 10), place="cupola", cast=("ANA", "BEN"))], packs=pack))
    assert [each.rule for each in found] == ["cupola"]
    assert "needs 3 people in Cupola (CAM, ANYA, BOB): 2 fit" in found[0].message


def test_an_escort_stands_by_in_the_other_segment() -> None:
    # The host of the US segment works from 09:00 to 12:00.
    pack = ["station-film", "not station-film.restow", "not station-film.noise"]
    found = verdict(flown([crew_day((11.5, 12.5), place="cupola")], packs=pack))
    assert [each.rule for each in found] == ["escort"]
    assert found[0].remedy == "Move it to 09:00-12:00 UTC, the hours of Host."


@pytest.mark.parametrize(
    ("name", "place", "rule"),
    [
        ("jib arm 1.2 m", "zvezda", "hatch"),
        ("panel 60 cm x 1,2 m", "zvezda", ""),
        ("jib arm 1.2 m", "lab", ""),
        ("hairspray", "lab", "materials"),
        ("talcum Powder", "lab", "materials"),
        ("matchbox car", "lab", ""),
    ],
)
def test_what_neither_passes_the_hatch_nor_flies(name: str, place: str, rule: str) -> None:
    # The Russian hatches are 0.80 m clear: the smallest size of a thing must pass. NASA-STD-6001: no aerosols, no loose powder.
    pack = ["station-film", "not station-film.restow", "not station-film.noise"]
    made = flown([crew_day((9, 10), place=place)], packs=pack, elements=[Element(category="prop", name=name, line=1)])
    assert rules(made) == ([rule] if rule else [])


def test_modules_are_put_back_after_the_last_strip() -> None:
    pack = ["station-film", "not station-film.noise"]
    day = crew_day((9, 10))
    assert rules(flown([day], packs=pack)) == ["restow"]
    stowed = Banner(text="Restow", start_utc=at(DAY_FIVE, 10), end_utc=at(DAY_FIVE, 10.25))
    assert rules(flown([dataclasses.replace(day, banners=(stowed,))], packs=pack)) == []


def test_a_loud_module_is_a_note_and_breaks_nothing() -> None:
    found = verdict(flown([crew_day((9, 10), place="zvezda")], packs=["station-film", "not station-film.restow"]))
    assert [(each.rule, each.kind) for each in found] == [("noise", "note")]
    assert "ADR" in found[0].remedy


def walk(
    day: date = DAY_FIVE,
    *,
    suits: float = 7.5,
    out: float = 10,
    back_in: float = 14,
    free: float = 15,
    pair: tuple[str, ...] = ("ANYA", "BOB"),
    others: tuple[Strip, ...] = (),
) -> Day:
    outing = Outing(
        number=1, pair=pair, suits_utc=at(day, suits), out_utc=at(day, out), in_utc=at(day, back_in), back_utc=at(day, free)
    )
    shot = strip(f"out{day:%d}", day, out, out + 1, cast=("ANA", "BEN"), place="out")
    made = shooting_day(day, suits, free, *sorted((shot, *others), key=lambda one: one.start_utc), unit="orbit")
    return dataclasses.replace(made, banners=outing_banners(outing))


def outside(*days: Day, packs: tuple[str, ...] = (), unit: Unit = WALKERS) -> tuple[Production, Board]:
    return flown(days, packs=packs, unit=unit)


def test_a_spacewalk_of_a_pair_within_its_hours_is_allowed() -> None:
    assert rules(outside(walk())) == []


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (outside(walk(back_in=17.5, free=18.5)), "7.5 h outside, 7 h allowed"),
        (outside(walk(back_in=17, free=18), packs=("spacewalk-us",)), "7 h outside, 6.5 h allowed"),
        (outside(walk(suits=8)), "2 h to prebreathe and suit up, 2.5 h needed"),
        (outside(walk(free=14.5)), "30 min to come back in, 60 min needed"),
        (outside(walk(pair=("ANYA", "BOB", "CAM"))), "who are no pair"),
        (outside(walk(others=(strip("in", DAY_FIVE, 8, 9, place="lab"),))), "strip in needs ANYA, who is on a spacewalk"),
        (outside(walk(), walk(DAY_FIVE + timedelta(days=2))), "3 days apart needed"),
        (outside(walk(), crew_day((9, 10), day=DAY_FIVE + timedelta(days=1))), "ANYA, who rests after the spacewalk"),
        (outside(walk(MONDAY), packs=("spacewalk-orlan",)), "within 1 day of the docking"),
        (outside(crew_day((9, 10), place="out")), "with no spacewalk of ANYA"),
    ],
)
def test_what_a_spacewalk_breaks(made: tuple[Production, Board], said: str) -> None:
    # Pairs, seven hours in an Orlan and 6.5 in a US suit, prebreathing, a day of rest, three days apart, none within a day of
    # a docking: the packs' clauses; 2.5 h before and 1 h after are this unit's own.
    found = verdict(made)
    assert {each.rule for each in found} == {"spacewalk"}
    assert any(said in each.message for each in found), [each.message for each in found]


def test_nobody_goes_outside_in_the_first_three_days() -> None:
    # NASA plans no spacewalk before flight day 4.
    third = walk(MONDAY + timedelta(days=2))
    stretched = dataclasses.replace(WALKERS, station=dataclasses.replace(WALKERS.station, stretch=(2.0, 2.0, 2.0, 1.4)))  # type: ignore[type-var]
    found = [each for each in verdict(outside(third, packs=("adaptation",), unit=stretched)) if each.rule == "adaptation"]
    assert [each.remedy for each in found] == ["Go outside on 2027-06-10 or later."]
