"""One small board for each rule of an Earth unit, with its cheapest cost proven in a comment, and judged by `rules`."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest

from cupola.errors import NothingFits
from cupola.model import (
    ANY_LIGHT,
    Board,
    CastMember,
    Clause,
    Dates,
    Light,
    Pin,
    Place,
    Precedence,
    Production,
    Rate,
    Scene,
    Script,
    Shot,
    Split,
    Together,
    Unit,
    Window,
)
from cupola.model.money import Deal
from cupola.model.work import works_of
from cupola.rules import broken, check
from cupola.schedule import Stop, solve
from cupola.schedule.neighbourhood import Neighbourhood

FIRST = date(2027, 5, 3)  # a Monday
QUICK = Stop(seconds=0.3, fuse=False)
DAY, MOVE, WAGE, HOLD = 1_000, 400, 100, 60

Windows = dict[str, tuple[Window, ...]]


def rate(euros: int) -> Rate:
    return Rate(cents=euros * 100, currency="EUR", source="invented")


def euros(board: Board) -> int:
    return board.cost.total_cents // 100


def scene(number: str, where: str, minutes: int, *cast: str, light: str = "", outside: bool = False) -> Scene:
    wanted = Light(clauses=(Clause(condition=light),)) if light else ANY_LIGHT
    return Scene(
        number=number,
        heading=where,
        int_ext="EXT" if outside else "INT",
        hub=where,
        set=where,
        time_of_day="",
        eighths=8,
        cast=cast,
        shots=(Shot(scene=number, light=wanted, work_min=minutes, line=int(number)),),
        line=int(number),
        end_line=int(number),
    )


def film(*scenes: Scene, days: int = 6, places: tuple[Place, ...] = (), cast: tuple[CastMember, ...] = ()) -> Production:
    """A film of one unit that shoots seven-hour days (and a meal) at 1,000 a day; people are paid 100 a day, 60 for a hold."""
    names = dict.fromkeys(each.hub for each in scenes)
    people = dict.fromkeys(name for each in scenes for name in each.cast)
    known = {member.id for member in cast}
    return Production(
        title="Tiny",
        folder="",
        currency="EUR",
        script=Script(file="tiny", title="Tiny", scenes=scenes),
        units=(
            Unit(
                id="main",
                kind="earth",
                first_utc=datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC),
                last_utc=datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=days),
                day_min=480,
                days_off=(),
                day_rate=rate(DAY),
                move_rate=rate(MOVE),
            ),
        ),
        places=places or tuple(Place(id=name, name=name, hub=name, unit="main") for name in names),
        cast=(
            *cast,
            *(
                CastMember(id=name, board_id=k + 1, work=rate(WAGE), hold=rate(HOLD))
                for k, name in enumerate(people)
                if name not in known
            ),
        ),
        place_of=tuple((each.number, each.hub) for each in scenes),
    )


def solved(production: Production, windows: Windows | None = None) -> Board:
    """Solve, and let `rules` say that nothing is broken."""
    board = solve(production, windows or {}, stop=QUICK, seed=1)
    assert broken(check(production, board, windows or {})) == ()
    return board


def on(board: Board, strip: str) -> date:
    return next(day.date for day in board.days for each in day.strips if each.id == strip)


def with_unit(production: Production, **changes: object) -> Production:
    return dataclasses.replace(production, units=(dataclasses.replace(production.units[0], **changes),))  # type: ignore[arg-type]


def with_place(production: Production, name: str, **changes: object) -> Production:
    places = tuple(
        dataclasses.replace(place, **changes) if place.id == name else place  # type: ignore[arg-type]
        for place in production.places
    )
    return dataclasses.replace(production, places=places)


def test_two_scenes_of_three_hours_share_a_day() -> None:
    # 6 h of work fit into 7: one day and one wage each are needed by any board, 1,000 + 100
    assert euros(solved(film(scene("1", "A", 180, "X"), scene("2", "A", 180, "X")))) == 1_100


def test_a_day_stays_in_one_hub() -> None:
    # A and B are two hubs: two days, one move between them, X works twice: 2,000 + 400 + 200
    assert euros(solved(film(scene("1", "A", 120, "X"), scene("2", "B", 120, "X")))) == 2_600


def test_what_is_long_makes_a_second_day() -> None:
    # 3 × 3 h are 9 h, more than one day's 7: two days, and X works on both: 2,000 + 200
    scenes = [scene(str(n), "A", 180, "X") for n in (1, 2, 3)]
    assert euros(solved(film(*scenes))) == 2_200


def test_a_hold_is_paid_and_one_long_gap_is_dropped() -> None:
    # X works on days 1 and 12 (pinned by the windows of a light); the gap of 10 days may be dropped: no hold is paid
    lit = {n: (window(day, 6, 20),) for n, day in (("1", 0), ("2", 11))}
    scenes = [scene(n, "A", 120, "X", light="day") for n in ("1", "2")]
    dropped = film(*scenes, days=12, cast=(CastMember(id="X", board_id=1, work=rate(WAGE), hold=rate(HOLD), drop_days=10),))
    assert euros(solved(dropped, lit)) == 2_200
    # without the drop ten work days of the unit lie between: 2,200 + 10 × 60
    kept = film(*scenes, days=12)
    assert euros(solved(kept, lit)) == 2_800


def window(day: int, start_h: float, end_h: float) -> Window:
    midnight = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=day)
    opens, closes = midnight + timedelta(hours=start_h), midnight + timedelta(hours=end_h)
    return Window(open_utc=opens, close_utc=closes, edge_s=0, firm=True, why="light")


def test_a_take_needs_its_light() -> None:
    # golden light only on day 4 from 19:00 to 20:00: the scene stands there, whatever else; one day, one wage
    board = solved(film(scene("1", "A", 40, "X", light="golden hour")), {"1": (window(3, 19, 20),)})
    assert (euros(board), on(board, "1")) == (1_100, FIRST + timedelta(days=3))


def test_order_may_be_kept_within_a_day() -> None:
    # both fit into one day with 2 before 1: no second day is needed, 1,100
    wished = dataclasses.replace(
        film(scene("1", "A", 120, "X"), scene("2", "A", 120, "X")), order=(Precedence(first="2", then="1"),)
    )
    board = solved(wished)
    assert euros(board) == 1_100
    assert [strip.id for strip in board.strips] == ["2", "1"]


def test_order_over_days_costs_what_it_must() -> None:
    # A-B-A: scene 1 (A) before 2 (B) before 3 (A) forbids to shoot 1 and 3 together: three days, two moves; nobody is held
    wished = dataclasses.replace(
        film(scene("1", "A", 120), scene("2", "B", 120), scene("3", "A", 120)),
        order=(Precedence(first="1", then="2"), Precedence(first="2", then="3")),
    )
    assert euros(solved(wished)) == 3 * DAY + 2 * MOVE


def test_a_split_scene_is_shot_in_its_parts() -> None:
    # 5 h beside two scenes of 3 h 35: no two of them fit into 7 h, three days. In parts of 3/8 and 5/8, on the grain of five
    # minutes, it is 1 h 55 and 3 h 10, of which one fits beside each of the others: two days, and X works on both; 12 h 15 of
    # work do not fit into one
    scenes = (scene("1", "A", 300, "X"), scene("2", "A", 215), scene("3", "A", 215))
    whole, parted = film(*scenes), dataclasses.replace(film(*scenes), splits=(Split(scene="1", eighths=(3, 5)),))
    assert [work.id for work in works_of(parted)] == ["1PT1", "1PT2", "2", "3"]
    assert euros(solved(whole)) == 3 * DAY + WAGE
    assert euros(solved(parted)) == 2 * DAY + 2 * WAGE


def test_scenes_shot_together_stand_one_after_the_other() -> None:
    # 1, 2, 3 h 20 and 4, 1 h 40 each: alone, {2, 4} share any day; together 1 and 2 take one day, and 3 and 4 another.
    # A piece of 6 h 40 leaves no room for 20 min more: two days at least, for the work is 10 h; X works on one.
    scenes = (scene("1", "A", 200, "X"), scene("2", "A", 100), scene("3", "A", 200), scene("4", "A", 100, "X"))
    wished = dataclasses.replace(film(*scenes), together=(Together(scenes=("1", "4")),))
    board = solved(wished)
    assert euros(board) == 2 * DAY + WAGE
    day = next(day for day in board.days if any(strip.id == "1" for strip in day.strips))
    ids = [strip.id for strip in day.strips]
    assert ids.index("4") == ids.index("1") + 1


def test_a_cover_set_is_kept_until_the_last_exterior() -> None:
    # the exterior B can only be shot on day 4; the cover set A waits for it: two days, one move, and A on day 5 or 6
    lit = {"2": (window(3, 6, 20),)}
    free = film(scene("1", "A", 120), scene("2", "B", 120, light="day", outside=True))
    board = solved(with_place(free, "A", covers=("B",)), lit)
    assert euros(board) == 2 * DAY + MOVE
    assert on(board, "1") > on(board, "2") == FIRST + timedelta(days=3)
    # solved without the wish, with A to be had on day 1 alone, it is a board that breaks exactly this rule
    early = solve(with_place(free, "A", permits=(Dates(first=FIRST, last=FIRST),)), lit, stop=QUICK, seed=1)
    assert {v.rule for v in check(with_place(free, "A", covers=("B",)), early, lit)} == {"cover sets"}
    # where A can only be had on day 2, an interior at B needs no cover, and an exterior has no board
    lit["1"] = (window(1, 6, 20),)
    for outside in (False, True):
        fixed = film(scene("1", "A", 120, light="day"), scene("2", "B", 120, light="day", outside=outside))
        board = solve(with_place(fixed, "A", covers=("B",)), lit, stop=QUICK, seed=1)
        assert len(board.strips) == (1 if outside else 2)


def test_a_permit_says_the_only_dates() -> None:
    # the permit is for day 5 alone: one day, one wage, and no other date
    permit = Dates(first=FIRST + timedelta(days=4), last=FIRST + timedelta(days=4))
    board = solved(with_place(film(scene("1", "A", 120, "X")), "A", permits=(permit,)))
    assert (euros(board), on(board, "1")) == (1_100, FIRST + timedelta(days=4))


def test_a_place_is_used_in_its_hours() -> None:
    # 2 × 2 h 30 in hours from 10:00 to 13:00: one a day, so two days; X works on both
    scenes = (scene("1", "A", 150, "X"), scene("2", "A", 150, "X"))
    board = solved(with_place(film(*scenes), "A", hours=(time(10), time(13))))
    assert euros(board) == 2 * DAY + 2 * WAGE


def test_nothing_rolls_in_quiet_hours() -> None:
    # quiet from 09:00 to 15:00: of two pieces of 3 h, called at 08:00 for 8 h, none fits before 09:00, one from 15:00 on;
    # called at 15:00 both fit into the evening: one day
    scenes = (scene("1", "A", 180, "X"), scene("2", "A", 180, "X"))
    board = solved(with_place(film(*scenes), "A", quiet=(time(9), time(15))))
    assert euros(board) == 1_100
    assert all(strip.roll_utc.hour >= 15 for strip in board.strips)


def test_a_minor_works_short_days() -> None:
    # the Directive lets a child of seven work two hours on a school day and seven on a free one (94/33/EC, Article 8): three
    # pieces of two hours are three days from Monday to Friday, and one where Saturday is there
    child = CastMember(id="X", board_id=1, work=rate(WAGE), hold=rate(HOLD), born=date(2020, 5, 3))
    scenes = [scene(str(n), "A", 120, "X") for n in (1, 2, 3)]
    school = dataclasses.replace(film(*scenes, days=5, cast=(child,)), packs=("minors-eu",))
    assert euros(solved(school)) == 3 * DAY + 3 * WAGE
    board = solved(dataclasses.replace(film(*scenes, days=6, cast=(child,)), packs=("minors-eu",)))
    assert (euros(board), on(board, "1").weekday()) == (DAY + WAGE, 5)


def test_a_day_is_called_on_its_date() -> None:
    # the light opens at 06:00 on day 4: that is no end of day 3, which would be called at 06:00 on the morning after
    board = solved(film(scene("1", "A", 120, "X", light="day")), {"1": (window(3, 6, 20),)})
    assert [day.date for day in board.days] == [FIRST + timedelta(days=3)]


def test_a_week_needs_its_rest() -> None:
    # seven scenes of 7 h in ten days: with 36 h of rest in any seven dates the seventh day is not the seventh date;
    # seven days, 7,000, and the pause costs nothing since nobody is held
    scenes = [scene(str(n), "A", 300) for n in range(1, 8)]
    board = solved(dataclasses.replace(film(*scenes, days=10), packs=("week-6-day",)))
    assert euros(board) == 7 * DAY
    assert (board.days[-1].date - board.days[0].date).days >= 7


def test_a_weekly_deal_is_paid_by_started_weeks() -> None:
    # days 1 and 8 by the windows: eight calendar days are two started weeks, 2 × 500, and no hold
    lit = {n: (window(day, 6, 20),) for n, day in (("1", 0), ("2", 7))}
    deal = CastMember(id="X", board_id=1, deal=Deal(kind="weekly", week=rate(500)))
    board = solved(film(*[scene(n, "A", 120, "X", light="day") for n in ("1", "2")], days=9, cast=(deal,)), lit)
    assert euros(board) == 2 * DAY + 2 * 500


def test_a_guarantee_is_paid_whether_worked_or_not() -> None:
    # one day of work, three guaranteed: 1,000 + 100 + 2 × 60
    deal = CastMember(id="X", board_id=1, work=rate(WAGE), hold=rate(HOLD), deal=Deal(guarantee_days=3))
    assert euros(solved(film(scene("1", "A", 120, "X"), cast=(deal,)))) == DAY + WAGE + 2 * HOLD


def test_overtime_is_paid_by_started_tenths() -> None:
    # X is on set for 5 h, 4 h of them straight: ten tenths at 6 each (a tenth of 60); 1,000 + 100 + 60
    deal = Deal(straight_min=240, overtime=rate(60), loan_out_percent=None, agency_percent=Fraction(0))
    member = CastMember(id="X", board_id=1, work=rate(WAGE), hold=rate(HOLD), deal=deal)
    assert euros(solved(film(scene("1", "A", 300, "X"), cast=(member,)))) == DAY + WAGE + 60


def test_somebody_away_and_a_place_that_is_closed_are_waited_for() -> None:
    # one day and one wage are needed by any board; X is away on days 1 to 3, A is closed on day 4: day 5 is the first
    away = Dates(first=FIRST, last=FIRST + timedelta(days=2))
    shut = Dates(first=FIRST + timedelta(days=3), last=FIRST + timedelta(days=3))
    member = CastMember(id="X", board_id=1, work=rate(WAGE), hold=rate(HOLD), away=(away,))
    board = solved(with_place(film(scene("1", "A", 120, "X"), cast=(member,)), "A", closed=(shut,)))
    assert (euros(board), on(board, "1")) == (DAY + WAGE, FIRST + timedelta(days=4))


def test_two_pins_cost_the_holds_between_them() -> None:
    # 2 h each would share a day for 1,100; pinned to days 2 and 5 they are two days, two wages, and two holds between
    days = [FIRST + timedelta(days=1), FIRST + timedelta(days=4)]
    pins = tuple(Pin(strip=str(n), day=day) for n, day in enumerate(days, 1))
    board = solved(dataclasses.replace(film(scene("1", "A", 120, "X"), scene("2", "A", 120, "X")), pins=pins))
    assert euros(board) == 2 * DAY + 2 * WAGE + 2 * HOLD
    assert [on(board, "1"), on(board, "2")] == days


@pytest.mark.parametrize(("minutes", "most", "days"), [(60, 2, 1), (60, 1, 2), (195, 2, 1), (200, 2, 2)])
def test_a_second_set_is_counted_and_relit(minutes: int, most: int, days: int) -> None:
    # two scenes in two sets of one place, 30 min to relight, 7 h beside the meal: 2 × 3 h 15 and the relight fill a day, 2 ×
    # 3 h 20 do not; with one set a day there are two days whatever the hours. X works on each day, and none lies between
    rooms = [dataclasses.replace(scene(n, "A", minutes, "X"), set=f"room {n}") for n in ("1", "2")]
    assert euros(solved(with_unit(film(*rooms), max_sets=most))) == days * (DAY + WAGE)


@pytest.mark.parametrize(("minutes", "cost"), [(180, DAY + WAGE + MOVE), (185, 2 * DAY + 2 * WAGE)])
def test_a_move_within_a_hub_takes_its_hour_and_its_money(minutes: int, cost: int) -> None:
    # A and B in one hub, an hour apart: 2 × 3 h and the move are the 7 h of a day; 5 min more each are two days, and from one
    # day to the next in the same hub no move is paid
    places = tuple(Place(id=name, name=name, hub="H", unit="main") for name in ("A", "B"))
    assert euros(solved(film(scene("1", "A", minutes, "X"), scene("2", "B", minutes, "X"), places=places))) == cost


@pytest.mark.parametrize(("minutes", "days"), [(180, 1), (185, 2)])
def test_a_day_over_six_hours_needs_its_meal(minutes: int, days: int) -> None:
    # seven hours from call to wrap: 2 × 3 h need no meal and fit; 2 × 3 h 05 are over six hours and have one of an hour: 7 h 10
    scenes = [scene(n, "A", minutes, "X") for n in ("1", "2")]
    assert euros(solved(with_unit(film(*scenes), day_min=420))) == days * (DAY + WAGE)


def test_after_a_night_the_next_call_waits_for_the_rest() -> None:
    # the night ends at midnight after day 1; light of day 2 closes at 09:00, 9 h later, and 12 h are needed: day 3, X is held
    lit = {"1": (window(0, 22, 24),), "2": (window(1, 6, 9), window(2, 6, 9))}
    scenes = (scene("1", "A", 120, "X", light="night"), scene("2", "A", 120, "X", light="day"))
    board = solved(film(*scenes), lit)
    assert (euros(board), on(board, "2")) == (2 * DAY + 2 * WAGE + HOLD, FIRST + timedelta(days=2))


@pytest.mark.parametrize(("packs", "held"), [((), 0), (("night-to-day",), 1)])
def test_a_morning_after_a_night_needs_the_longer_rest(packs: tuple[str, ...], held: int) -> None:
    # wrap at 01:00 at the earliest, light from 10:00 to 12:00: 9 h are enough for a rest of 8, but not for the 24 of the pack
    lit = {"1": (window(0, 23, 26),), "2": (window(1, 10, 12), window(2, 10, 12))}
    scenes = (scene("1", "A", 120, "X", light="night"), scene("2", "A", 120, "X", light="day"))
    made = dataclasses.replace(with_unit(film(*scenes), rest_min=480), packs=packs)
    assert euros(solved(made, lit)) == 2 * DAY + 2 * WAGE + held * HOLD


def test_a_sixth_day_in_a_row_is_not_worked() -> None:
    # six scenes of 5 h are six days (two are 10 h); with five days in a row a date between stays free, and costs nothing where
    # nobody is held
    scenes = [scene(str(n), "A", 300) for n in range(1, 7)]
    board = solved(dataclasses.replace(film(*scenes, days=10), packs=("week-5-day",)))
    assert euros(board) == 6 * DAY
    assert (board.days[-1].date - board.days[0].date).days >= 6


def test_each_stay_away_from_home_is_a_journey() -> None:
    # X lives at A: B, A, B in this order are two stays away, 50 each; three days, two moves, three wages, no date between
    member = CastMember(id="X", board_id=1, work=rate(WAGE), hold=rate(HOLD), travel=rate(50), home_hub="A")
    scenes = (scene("1", "B", 120, "X"), scene("2", "A", 120, "X"), scene("3", "B", 120, "X"))
    order = (Precedence(first="1", then="2"), Precedence(first="2", then="3"))
    assert euros(solved(film(*scenes[:2], cast=(member,)))) == 2 * DAY + MOVE + 2 * WAGE + 50
    ordered = dataclasses.replace(film(*scenes, cast=(member,)), order=order)
    assert euros(solved(ordered)) == 3 * DAY + 2 * MOVE + 3 * WAGE + 2 * 50


def two_units() -> Production:
    """Two units with a scene of X each, in two hubs."""
    production = film(scene("1", "A", 120, "X"), scene("2", "B", 120, "X"), days=3)
    second = dataclasses.replace(production.units[0], id="second")
    return dataclasses.replace(with_place(production, "B", unit="second"), units=(*production.units, second))


def test_nobody_is_in_two_units_on_one_date_and_travel_needs_a_day() -> None:
    # of three dates only 1 and 3 leave the day between that the journey from A to B needs: 2 × 1,000 + 2 × 100, and no hold,
    # for holds are counted within a unit
    board = solved(two_units())
    assert euros(board) == 2 * DAY + 2 * WAGE
    assert abs((on(board, "1") - on(board, "2")).days) == 2


def test_units_that_share_a_hub_may_share_people_from_one_day_to_the_next() -> None:
    # two dates are enough where nobody travels
    board = solved(with_place(dataclasses.replace(two_units()), "B", hub="A"))
    assert abs((on(board, "1") - on(board, "2")).days) >= 1


def test_what_a_neighbourhood_keeps_stays_to_the_minute() -> None:
    production = film(*[scene(str(n), "A" if n < 4 else "B", 200, "X") for n in range(1, 7)], days=12)
    start = solved(production)
    frozen = start.days[1].date
    keep = Neighbourhood(frozen_before=frozen, keep_days=frozenset({("main", start.days[-1].date)}))
    board = solve(production, {}, stop=QUICK, seed=5, start=start, within=keep)
    assert (board.days[0], board.days[-1].strips) == (start.days[0], start.days[-1].strips)
    assert board.cost.total_cents <= start.cost.total_cents
    assert broken(check(production, board, {})) == ()


def test_only_swapped_days_keep_their_company() -> None:
    production = film(*[scene(str(n), "AB"[n % 2], 200, f"X{n % 3}") for n in range(1, 9)], days=12)
    start = solved(production)
    board = solve(production, {}, stop=QUICK, seed=2, start=start, within=Neighbourhood(only_swap_days=True))
    groups = {frozenset(strip.id for strip in day.strips) for day in start.days}
    assert {frozenset(strip.id for strip in day.strips) for day in board.days} == groups


def test_an_order_that_is_kept_is_never_turned_round() -> None:
    production = film(*[scene(str(n), "AB"[n % 2], 200, f"X{n % 3}") for n in range(1, 9)], days=12)
    start = solved(production)
    board = solve(production, {}, stop=QUICK, seed=2, start=start, within=Neighbourhood(keep_order=True))
    before = {strip.id: day.date for day in start.days for strip in day.strips}
    after = {strip.id: day.date for day in board.days for strip in day.strips}
    assert all(after[a] <= after[b] for a in before for b in before if before[a] < before[b])


def test_a_unit_that_may_not_change_is_as_it_was() -> None:
    production = two_units()
    start = solved(production)
    board = solve(production, {}, stop=QUICK, seed=9, start=start, within=Neighbourhood(units=frozenset({"second"})))
    assert [day for day in board.days if day.unit == "main"] == [day for day in start.days if day.unit == "main"]


def test_a_pin_against_a_permit_is_named() -> None:
    permit = Dates(first=FIRST + timedelta(days=40), last=FIRST + timedelta(days=41))
    with pytest.raises(NothingFits):
        solved(with_place(film(scene("1", "A", 120, "X")), "A", permits=(permit,)))
