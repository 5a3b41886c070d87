"""For each rule a board that breaks it and no other: the table is as long as the list of rules, or a test fails."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from small import CAST, MAIN, MONDAY, PLACES, Made, at, euros, film, flown, rules, shooting_day, strip, verdict
from test_rules_aboard import DAY_FIVE, crew_day, hours, outside, walk
from test_rules_minors import HERE, SCHOOL_DAY, child, kid, small
from test_rules_packs import HEAD, own
from test_rules_places import at_quay, covered
from test_rules_rest import run, week

from cupola.model import Banner, CastMember, Clause, Dates, Day, Element, Light, Pin, Precedence, Together
from cupola.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rules.md"
TUESDAY, SATURDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=5)
SAG = ["sag-aftra-theatrical"]
QUIET_STATION = ["station-film", "not station-film.restow", "not station-film.noise"]
SECOND = dataclasses.replace(MAIN, id="second")
YARD = dataclasses.replace(PLACES[0], id="yard", name="Yard", unit="second")
SIX_DAYS = own(f'{HEAD}[week]\ndays = 6\nclause = "six days in a row"\nsource = "invented"\n')


def one(*spans: tuple[float, float], meals: Sequence[tuple[float, float]] = (), **given: Any) -> Made:
    """A Monday of one strip for each span, from the first to the last of them."""
    strips = [strip(str(n), MONDAY, a, b) for n, (a, b) in enumerate(spans)]
    return film([shooting_day(MONDAY, spans[0][0], spans[-1][1], *strips, meals=meals)], **given)


def asking(made: Made, **wishes: Any) -> Made:
    return dataclasses.replace(made[0], **wishes), made[1]


def changed(made: Made, **changes: Any) -> Made:
    """The board with the first strip of its first day changed."""
    day = made[1].days[0]
    strips = (dataclasses.replace(day.strips[0], **changes), *day.strips[1:])
    return made[0], dataclasses.replace(made[1], days=(dataclasses.replace(day, strips=strips), *made[1].days[1:]))


def at_places(*names: str, apart: float = 1) -> Made:
    """A Monday with an hour at each place, so many hours apart; a move takes one."""
    starts = [8 + n * (1 + apart) for n in range(len(names))]
    strips = [strip(str(n), MONDAY, a, a + 1, place=name) for n, (a, name) in enumerate(zip(starts, names, strict=True))]
    return film([shooting_day(MONDAY, 8, starts[-1] + 1, *strips)])


def in_two_units(later: int, hub: str, start: float = 14) -> Made:
    """ANA works in TOWN with the main unit, and so many days later in a hub with the second."""
    after = MONDAY + timedelta(days=later)
    days = [
        shooting_day(MONDAY, 8, 12, strip("1", MONDAY, 8, 12)),
        shooting_day(after, start, start + 4, strip("2", after, start, start + 4, place="yard"), unit="second"),
    ]
    return film(days, places=(*PLACES, dataclasses.replace(YARD, hub=hub)), units=[SECOND])


def lit() -> Made:
    """A scene that asks for the night and has no window."""
    production, board = one((8, 9))
    (scene,) = production.script.scenes
    shot = dataclasses.replace(scene.shots[0], light=Light(clauses=(Clause(condition="night"),)))
    script = dataclasses.replace(production.script, scenes=(dataclasses.replace(scene, shots=(shot,)),))
    return dataclasses.replace(production, script=script), board


def rigged(*rigs: tuple[str, float, float]) -> Made:
    """An hour from 09:00 in the lab and one from 11:00 in Zvezda, with rigs from hour to hour."""
    made = flown(
        [
            shooting_day(
                DAY_FIVE,
                7,
                12,
                strip("1", DAY_FIVE, 9, 10, place="lab"),
                strip("2", DAY_FIVE, 11, 12, place="zvezda"),
                unit="orbit",
            )
        ]
    )
    banners = tuple(
        Banner(text=f"Rig {name}", start_utc=at(DAY_FIVE, first), end_utc=at(DAY_FIVE, last)) for name, first, last in rigs
    )
    return made[0], dataclasses.replace(made[1], days=(dataclasses.replace(made[1].days[0], banners=banners),))


def away() -> Made:
    cast = [dataclasses.replace(CAST[0], away=(Dates(first=MONDAY, last=MONDAY),)), CAST[1]]
    return one((8, 9), cast=cast)


def school_day() -> Made:
    day = shooting_day(
        SCHOOL_DAY, 16, 26, kid("1", SCHOOL_DAY, 16, 19), kid("2", SCHOOL_DAY, 24, 26), meals=[(19, 20), (21, 22)]
    )
    return film([day], packs=["minors-california"], cast=child(date(2015, 1, 1)), unit=HERE)


def young_week() -> Made:
    days = [
        shooting_day(day, 8, 16, kid(f"{n}a", day, 8, 12), kid(f"{n}b", day, 13, 16), meals=[(12, 13)])
        for n, day in enumerate(week(MONDAY, 6))
    ]
    return small(days, born=date(2011, 1, 1))


def long_weeks() -> Made:
    dates = [MONDAY + timedelta(days=7 * w + d) for w in range(11) for d in range(6)]
    days = [shooting_day(day, 8, 21, strip(f"{day}", day, 8, 9), meals=[(13, 13.5)]) for day in dates]
    return film(days, packs=["eu-working-time"])


def night_then_morning() -> Made:
    night = shooting_day(MONDAY, 18, 26, strip("1", MONDAY, 18, 19), strip("2", MONDAY, 25, 26), meals=[(22, 23)])
    return film([night, shooting_day(TUESDAY, 11, 15)], packs=["night-to-day"])


def short_gap() -> Made:
    cast = (CastMember(id="ANA", board_id=1, work=euros(800), drop_days=10), CastMember(id="BEN", board_id=2))
    return film(run([MONDAY, MONDAY + timedelta(days=11)], 14, 18), packs=SAG, cast=cast)


def on_may_day(pack: str) -> Made:
    return film(run([date(2027, 5, 1)]), packs=[pack], unit=dataclasses.replace(MAIN, tz="Europe/Madrid"))


def whole(day: date, call: float, wrap: float) -> Day:
    """A day of one strip from call to wrap."""
    return shooting_day(day, call, wrap, strip(f"{day}", day, call, wrap))


def of_two(first: Day, second: Day, *packs: str) -> Made:
    return film([first, second], packs=packs)


def carrying(name: str, place: str) -> Made:
    return flown([crew_day((9, 10), place=place)], packs=QUIET_STATION, elements=[Element(category="prop", name=name, line=1)])


def docked() -> Made:
    made = flown([crew_day((8, 9), day=MONDAY)], packs=["station-crew-day"])
    unit = dataclasses.replace(made[0].units[0], first_utc=at(MONDAY, 6.5))
    return dataclasses.replace(made[0], units=(unit,)), made[1]


KID_AT_NIGHT = [shooting_day(MONDAY, 19, 20.5, kid("1", MONDAY, 19, 20.5))]
KID_TOO_LONG = [shooting_day(MONDAY, 10, 12.5, kid("1", MONDAY, 10, 12.5))]
KID_TIRED = [shooting_day(MONDAY, 18, 19, kid("1", MONDAY, 18, 19)), shooting_day(TUESDAY, 8, 9, kid("2", TUESDAY, 8, 9))]

BROKEN: list[tuple[str, str, Made]] = [
    ("check_every_scene", "every scene", (one((8, 9), (9, 10))[0], one((8, 9))[1])),
    ("check_every_scene", "every scene", (one((8, 9))[0], one((8, 9), (9, 10))[1])),
    ("check_span", "span", one((8, 9), unit=dataclasses.replace(MAIN, days_off=(0,)))),
    ("check_span", "span", changed(one((8, 9)), cast=("BEN",))),
    ("check_long_enough", "long enough", changed(one((8, 9)), start_utc=at(MONDAY, 8.25), roll_utc=at(MONDAY, 8.25))),
    ("check_one_place", "one place at a time", one((8, 10), (9, 11))),
    ("check_one_place", "one place at a time", in_two_units(0, "TOWN")),
    ("check_between_sets", "between sets", at_places("stage", "far")),
    ("check_between_sets", "between sets", at_places("stage", "quay", apart=0.5)),
    ("check_between_sets", "between sets", rigged(("Lab", 7, 8))),
    ("check_between_sets", "one place at a time", rigged(("Lab", 7, 8), ("Zvezda", 9.5, 10.5))),
    ("check_between_sets", "one place at a time", rigged(("Lab", 7, 8), ("Zvezda", 7.5, 8.5))),
    ("check_turnaround", "turnaround", of_two(shooting_day(MONDAY, 18, 22), shooting_day(TUESDAY, 8, 12), "eu-working-time")),
    (
        "check_day_length",
        "day length",
        one((7, 12), (12.5, 17.5), (19.25, 20.25), meals=[(12, 12.5)], packs=["eu-working-time"]),
    ),
    ("check_meal", "meal", one((8, 12), (14, 16), packs=["film-12h"])),
    ("check_week_rest", "week rest", film(run(week(MONDAY, 7)), packs=["eu-working-time"])),
    ("check_days_in_row", "days in row", asking(film(run(week(MONDAY, 7)), packs=["mine.toml"]), own_packs=(SIX_DAYS,))),
    ("check_week_hours", "week hours", long_weeks()),
    ("check_night_to_day", "night to day", night_then_morning()),
    ("check_holidays", "holidays", on_may_day("holidays")),
    ("check_cast_dates", "cast dates", away()),
    ("check_cast_dates", "cast dates", at_quay(9, 11, closed=(Dates(first=MONDAY, last=MONDAY),))),
    ("check_rest", "rest", asking(in_two_units(1, "TOWN", start=-1), units=(MAIN, dataclasses.replace(SECOND, rest_min=720)))),
    ("check_journey", "journey", in_two_units(1, "FAR")),
    ("check_drop", "drop", short_gap()),
    ("check_permits", "permits", at_quay(9, 11, permits=(Dates(first=TUESDAY, last=TUESDAY),))),
    ("check_place_hours", "place hours", at_quay(3, 5, hours=(MAIN.first_utc.replace(hour=4).time(), at(MONDAY, 22).time()))),
    ("check_sound_curfew", "sound curfew", at_quay(6, 9, quiet=(at(MONDAY, 22).time(), at(MONDAY, 7).time()))),
    ("check_minor_hours", "minor hours", small(KID_AT_NIGHT)),
    ("check_minor_work", "minor work", small(KID_TOO_LONG)),
    ("check_minor_on_set", "minor on set", school_day()),
    ("check_minor_rest", "minor rest", small(KID_TIRED)),
    ("check_minor_week", "minor week", young_week()),
    ("check_crew_day", "crew day", flown([crew_day(*hours(6, 11))], packs=["station-crew-day"])),
    ("check_crew_day", "crew day", flown([crew_day((21.5, 22.5))])),
    ("check_exercise", "exercise", flown([crew_day(*hours(6, 13))], packs=["station-crew-day", "not station-crew-day.work"])),
    ("check_blackout", "blackout", docked()),
    ("check_adaptation", "adaptation", flown([crew_day((8, 9), day=MONDAY)], packs=["adaptation"])),
    ("check_cupola", "cupola", flown([crew_day((9, 10), place="cupola", cast=("ANA", "BEN"))], packs=QUIET_STATION)),
    ("check_escort", "escort", flown([crew_day((11.5, 12.5), place="cupola")], packs=QUIET_STATION)),
    ("check_hatch", "hatch", carrying("jib arm 1.2 m", "zvezda")),
    ("check_materials", "materials", carrying("hairspray", "lab")),
    ("check_restow", "restow", flown([crew_day((9, 10))], packs=["station-film", "not station-film.noise"])),
    ("check_spacewalk", "spacewalk", outside(walk(back_in=17.5, free=18.5))),
    ("check_light", "light", lit()),
    ("check_pins", "pins", asking(one((8, 9)), pins=(Pin(strip="0", day=TUESDAY),))),
    ("check_pins", "pins", asking(one((8, 9)), pins=(Pin(strip="0", day=MONDAY, start=at(MONDAY, 10).time()),))),
    ("check_order", "order", asking(one((8, 9), (9, 10)), order=(Precedence(first="1", then="0"),))),
    ("check_cover_sets", "cover sets", covered("EXT")),
    ("check_together", "together", asking(one((8, 9), (9, 10), (10, 11)), together=(Together(scenes=("0", "2")),))),
    ("check_overtime", "overtime", one((8, 12), (14.55, 19.05), meals=[(13, 13.5)], packs=SAG)),
    ("check_night_premium", "night premium", one((18, 22), packs=SAG)),
    ("check_meal_penalty", "meal penalty", one((8, 12), (15, 16), meals=[(14.25, 14.75)], packs=SAG)),
    ("check_forced_call", "forced call", of_two(whole(MONDAY, 17, 20), whole(TUESDAY, 7, 10), *SAG)),
    ("check_premium_days", "days in row", film(run(week(MONDAY, 7)), packs=["week-6-day"])),
    ("check_premium_days", "holidays", on_may_day("holidays-paid")),
    ("check_noise", "noise", flown([crew_day((9, 10), place="zvezda")], packs=["station-film", "not station-film.restow"])),
]
PRICED = {
    "check_overtime",
    "check_night_premium",
    "check_meal_penalty",
    "check_forced_call",
    "check_premium_days",
}


@pytest.mark.parametrize(("function", "rule", "made"), BROKEN, ids=[f"{rule}-{n}" for n, (_, rule, _) in enumerate(BROKEN)])
def test_a_broken_board_breaks_exactly_its_rule(function: str, rule: str, made: Made) -> None:
    found = verdict(made)
    assert {each.rule for each in found} == {rule}, [each.message for each in found]
    kind = "priced" if function in PRICED else "note" if rule == "noise" else "broken"
    assert {each.kind for each in found} == {kind}


def test_every_rule_is_broken_by_a_board_of_the_table() -> None:
    # The page of the rules says which names each function can report. It is generated from the code, and tests/docs keeps
    # it so.
    cells = [line.split(" | ") for line in PAGE.read_text().splitlines() if "| `check_" in line]
    reported = {(function.strip("`"), rule) for names, function, _ in cells for rule in names.strip("| ").split(", ")}
    assert {function for function, _ in reported} == {rule.__name__ for rule in RULES}
    assert {(function, rule) for function, rule, _ in BROKEN} == reported


def test_a_day_between_or_one_hub_is_journey_enough() -> None:
    assert rules(in_two_units(2, "FAR")) == []
    assert rules(in_two_units(1, "TOWN")) == []
    found = verdict(in_two_units(1, "FAR"))
    assert (found[0].who, found[0].day, found[0].strips) == ("ANA", TUESDAY, ("2",))
    assert found[0].remedy == "Shoot with ANA on Wed 2027-06-09 or later, or end with unit main a day earlier."


def test_rigs_one_after_the_other_are_one_camera() -> None:
    assert rules(rigged(("Lab", 7, 8), ("Zvezda", 8, 9))) == []
