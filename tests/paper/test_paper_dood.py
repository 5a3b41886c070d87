"""The day out of days against a case worked by hand, in the trade's codes.

Codes as Movie Magic Scheduling prints them: SW start, W work, WF finish, SWF all in one day, H hold, WD work and drop,
PW pick up and work. The gap to be dropped is that of the SAG-AFTRA day performer: ten calendar days, once.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sample

from cupola.model import Board, CastMember, Cost, Day, Production, Provenance, Scene, Script, Strip
from cupola.money import cost
from cupola.paper import day_out_of_days

MONDAY = date(2022, 6, 6)


def june(day: int) -> date:
    return date(2022, 6, day)


def film(worked: dict[str, list[int]], drops: dict[str, int | None]) -> tuple[Production, Board]:
    """A unit of six-day weeks in June 2022; `worked` says who works on which dates."""
    base = sample.production()
    unit = replace(base.unit("main"), first_utc=_moscow(june(6)), last_utc=_moscow(june(26)))
    dates = sorted({day for days in worked.values() for day in days})
    scenes = tuple(_scene(str(day), tuple(who for who, days in worked.items() if day in days)) for day in dates)
    production = replace(
        base,
        script=Script(file="s.fountain", title="Micro", scenes=scenes),
        units=(unit,),
        cast=tuple(
            CastMember(id=who, board_id=n, work=sample.rate(100), hold=sample.rate(50), drop_days=drops[who])
            for n, who in enumerate(worked, 1)
        ),
        fixed=(),
        place_of=tuple((scene.number, "star-city") for scene in scenes),
    )
    days = tuple(_day(n, june(int(scene.number)), scene) for n, scene in enumerate(scenes, 1))
    made = Provenance(production_digest="", cupola_version="0", seed=1, effort="")
    return production, Board(title="Micro", days=days, cost=Cost(currency="RUB", lines=()), provenance=made)


def _moscow(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo("Europe/Moscow"))


def _scene(number: str, cast: tuple[str, ...]) -> Scene:
    return Scene(
        number=number,
        heading="INT. HALL - DAY",
        int_ext="INT",
        hub="HALL",
        set="HALL",
        time_of_day="DAY",
        eighths=8,
        cast=cast,
        shots=(),
        line=1,
        end_line=2,
    )


def _day(number: int, day: date, scene: Scene) -> Day:
    call = _moscow(day) + timedelta(hours=8)
    strip = Strip(
        id=scene.number,
        scene=scene.number,
        shot=scene.number,
        take=1,
        takes=1,
        place="star-city",
        cast=scene.cast,
        start_utc=call,
        roll_utc=call,
        cut_utc=call + timedelta(hours=4),
        end_utc=call + timedelta(hours=4),
    )
    return Day(unit="main", date=day, number=number, call_utc=call, wrap_utc=call + timedelta(hours=5), strips=(strip,))


def test_codes_of_a_case_worked_by_hand() -> None:
    # Work days of the unit, Sundays off:   6 7 8 9 10 11 | 13 14 15 16 17 18 | 20 21 22 23 24 25
    # Shot on                               6 7   9                             20 21
    # ANN works 6 7 20 21. Between 7 and 20 lie 12 calendar days (8-19), 10 allow a drop: dropped after 7, picked up on 20.
    # BEN works 6 9 21. Gaps: 2 days (7, 8) and 11 days (10-20): the second is dropped, 7 and 8 are held.
    # CAT works 6 21 and has no drop in her deal: every work day between is held, 7-11, 13-18 and 20: 12 holds.
    # DAN works the 9th alone.
    production, board = film(
        {"ANN": [6, 7, 20, 21], "BEN": [6, 9, 21], "CAT": [6, 21], "DAN": [9]},
        {"ANN": 10, "BEN": 10, "CAT": None, "DAN": 10},
    )
    (table,) = day_out_of_days(production, board).units
    codes = {row.cast: dict(zip([day.day for day in table.dates], row.codes, strict=True)) for row in table.rows}
    assert [day.day for day in table.dates] == [6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 20, 21]
    assert table.numbers == (1, 2, None, 3, *[None] * 8, 4, 5)
    assert {day: code for day, code in codes["ANN"].items() if code} == {6: "SW", 7: "WD", 20: "PW", 21: "WF"}
    assert {day: code for day, code in codes["BEN"].items() if code} == {6: "SW", 7: "H", 8: "H", 9: "WD", 21: "PWF"}
    assert codes["CAT"] == {6: "SW", 21: "WF"} | {day.day: "H" for day in table.dates[1:-1]}
    assert {day: code for day, code in codes["DAN"].items() if code} == {9: "SWF"}
    totals = {row.cast: (row.work, row.hold, row.total, row.start.day, row.finish.day) for row in table.rows}
    assert totals == {"ANN": (4, 0, 4, 6, 21), "BEN": (3, 2, 5, 6, 21), "CAT": (2, 12, 14, 6, 21), "DAN": (1, 0, 1, 9, 9)}


def test_only_the_longest_gap_is_dropped() -> None:
    # ANN works 6 8 13 20: gaps of 1, 4 (9-12) and 6 (14-19) calendar days; 4 allow a drop; the last holds 5 work days.
    production, board = film({"ANN": [6, 8, 13, 20]}, {"ANN": 4})
    (table,) = day_out_of_days(production, board).units
    assert dict(zip([day.day for day in table.dates], table.rows[0].codes, strict=True)) == {
        6: "SW",
        7: "H",
        8: "W",
        9: "H",
        10: "H",
        11: "H",
        13: "WD",
        20: "PWF",
    }


def test_started_and_dropped_on_one_day() -> None:
    production, board = film({"ANN": [6, 20], "BEN": [7]}, {"ANN": 10, "BEN": None})
    (table,) = day_out_of_days(production, board).units
    assert table.rows[0].codes == ("SWD", "", "PWF")
    assert day_out_of_days(production, board).code("ANN", "main", june(6)) == "SWD"
    assert day_out_of_days(production, board).code("BEN", "main", june(6)) == ""


def test_holds_are_those_that_are_paid() -> None:
    production, board = sample.production(), sample.board()
    paid = {line.who: line.amount for line in cost(production, board.days).lines if line.kind == "hold"}
    main = next(table for table in day_out_of_days(production, board).units if table.unit == "main")
    assert paid == {row.cast: row.hold for row in main.rows if row.hold}
