"""Every solved board keeps every rule; every hand-broken board breaks exactly the rule that was broken."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta

from cupola.model import Board, Dates, Day, Pin, Precedence, Production, Strip, Window
from cupola.rules import check, limits_of

Solved = tuple[Production, dict[str, tuple[Window, ...]], Board]


def with_day(board: Board, n: int, change: Callable[[Day], Day]) -> Board:
    days = list(board.days)
    days[n] = change(days[n])
    return dataclasses.replace(board, days=tuple(days))


def with_strip(board: Board, strip_id: str, change: Callable[[Strip], Strip]) -> Board:
    def on(day: Day) -> Day:
        return dataclasses.replace(day, strips=tuple(change(strip) if strip.id == strip_id else strip for strip in day.strips))

    return dataclasses.replace(board, days=tuple(map(on, board.days)))


def shifted(strip: Strip, by: timedelta) -> Strip:
    return dataclasses.replace(
        strip,
        start_utc=strip.start_utc + by,
        roll_utc=strip.roll_utc + by,
        cut_utc=strip.cut_utc + by,
        end_utc=strip.end_utc + by,
    )


def broken(solved: Solved, board: Board, production: Production | None = None) -> set[str]:
    return {violation.rule for violation in check(production or solved[0], board, solved[1])}


def test_a_solved_earth_board_breaks_nothing(earth: Solved) -> None:
    assert check(earth[0], earth[2], earth[1]) == ()
    assert earth[2].boneyard == ()


def test_a_solved_flight_breaks_nothing(flight: Solved) -> None:
    assert check(flight[0], flight[2], flight[1]) == ()
    assert flight[2].boneyard == ()


def test_a_strip_taken_off_the_board_is_missed(earth: Solved) -> None:
    board = with_day(earth[2], 0, lambda day: dataclasses.replace(day, strips=day.strips[:-1]))
    assert broken(earth, board) == {"every scene"}


def test_a_strip_that_stands_twice_is_found(flight: Solved) -> None:
    twice = flight[2].days[0].strips[0]
    last = flight[2].days[-1]
    copy = shifted(twice, last.wrap_utc - twice.start_utc)
    board = with_day(flight[2], -1, lambda day: dataclasses.replace(day, strips=(*day.strips, copy), wrap_utc=copy.end_utc))
    assert "every scene" in broken(flight, board)


def test_two_strips_at_once_are_found(earth: Solved) -> None:
    day = next(day for day in earth[2].days if len(day.strips) > 1 and all(s.window is None for s in day.strips))
    second = day.strips[1]
    back = timedelta(seconds=-((second.start_utc - day.strips[0].start_utc).total_seconds()))
    assert broken(earth, with_strip(earth[2], second.id, lambda s: shifted(s, back))) >= {"one place at a time"}


def test_a_hurried_strip_is_too_short(earth: Solved) -> None:
    strip = next(strip for strip in earth[2].strips if strip.window is None)
    board = with_strip(
        earth[2],
        strip.id,
        lambda s: dataclasses.replace(s, cut_utc=s.cut_utc - timedelta(minutes=5), end_utc=s.end_utc - timedelta(minutes=5)),
    )
    assert broken(earth, board) == {"long enough"}


def test_too_little_rest_is_found_with_its_clause(earth: Solved) -> None:
    first, second = earth[2].days[:2]
    assert (second.date - first.date).days == 1, "the invented board works on two days in a row"
    late = second.call_utc - timedelta(hours=11, minutes=59)
    board = with_day(
        earth[2],
        0,
        lambda day: dataclasses.replace(
            day, wrap_utc=max(late, day.wrap_utc), call_utc=max(day.call_utc, late - timedelta(hours=11))
        ),
    )
    found = [v for v in check(earth[0], board, earth[1]) if v.rule == "turnaround"]
    assert len(found) == 1
    assert found[0].clause == "rest of unit main in production.toml"


def test_a_day_that_runs_past_the_next_call_is_said_as_such(earth: Solved) -> None:
    board = with_day(
        earth[2], 0, lambda day: dataclasses.replace(day, wrap_utc=earth[2].days[1].call_utc + timedelta(minutes=90))
    )
    found = [v.message for v in check(earth[0], board, earth[1]) if v.rule == "turnaround"]
    assert found == [
        f"the day of {board.days[0].date} wraps 90 min after the call on {board.days[1].date}, no rest between, 12 h needed"
    ]


def test_a_day_a_minute_longer_than_the_units_own_is_too_long(earth: Solved) -> None:
    lengths = [(day.wrap_utc - day.call_utc).total_seconds() / 60 for day in earth[2].days]
    assert max(lengths) <= 720
    unit = dataclasses.replace(earth[0].units[0], day_min=int(max(lengths)) - 1)
    found = check(dataclasses.replace(earth[0], units=(unit,)), earth[2], earth[1])
    assert {v.rule for v in found} == {"day length"}
    assert len(found) == sum(length > unit.day_min for length in lengths)


def test_a_long_day_without_its_meal_is_found(earth: Solved) -> None:
    n = next(n for n, day in enumerate(earth[2].days) if any(b.text == "Meal" for b in day.banners))
    board = with_day(earth[2], n, lambda day: dataclasses.replace(day, banners=()))
    assert broken(earth, board) == {"meal"}


def test_somebody_away_is_named(earth: Solved) -> None:
    day = earth[2].days[0]
    name = day.strips[0].cast[0]
    away = Dates(first=day.date, last=day.date, why="a wedding")
    cast = tuple(dataclasses.replace(m, away=(away,)) if m.id == name else m for m in earth[0].cast)
    found = check(dataclasses.replace(earth[0], cast=cast), earth[2], earth[1])
    assert {v.rule for v in found} == {"cast dates"}
    assert f"{name} is away on {day.date} (a wedding)" in found[0].message


def test_a_closed_place_is_named(earth: Solved) -> None:
    day = earth[2].days[0]
    where = day.strips[0].place
    places = tuple(
        dataclasses.replace(p, closed=(Dates(first=day.date, last=day.date),)) if p.id == where else p for p in earth[0].places
    )
    assert broken(earth, earth[2], dataclasses.replace(earth[0], places=places)) == {"cast dates"}


def test_rolling_outside_the_window_is_found(earth: Solved) -> None:
    strip = next(s for s in earth[2].strips if s.window is not None)
    assert strip.window is not None
    into = strip.window.open_utc - strip.roll_utc
    window_only = with_strip(earth[2], strip.id, lambda s: shifted(s, into))
    assert "light" in broken(earth, window_only)


def test_a_window_the_sky_never_gave_is_found(flight: Solved) -> None:
    strip = next(s for s in flight[2].strips if s.window is not None)
    assert strip.window is not None
    invented = dataclasses.replace(strip.window, edge_s=strip.window.edge_s + 1e-3)
    board = with_strip(flight[2], strip.id, lambda s: dataclasses.replace(s, window=invented))
    assert broken(flight, board) == {"light"}


def test_three_takes_use_three_passes(flight: Solved) -> None:
    takes = [s for s in flight[2].strips if s.takes == 3 and s.window and s.window.why == "sunrise"]
    assert len(takes) >= 3
    by_shot = {s.shot: [t.window for t in takes if t.shot == s.shot] for s in takes}
    assert all(len(set(windows)) == 3 for windows in by_shot.values())


def test_work_outside_the_crew_day_is_found(flight: Solved) -> None:
    day = flight[2].days[-1]
    strip = day.strips[-1]
    night = day.wrap_utc.replace(hour=22, minute=0, second=0)
    moved = with_strip(flight[2], strip.id, lambda s: shifted(s, night - s.start_utc))
    board = with_day(moved, -1, lambda d: dataclasses.replace(d, wrap_utc=night + timedelta(hours=3)))
    assert "crew day" in broken(flight, board)


def test_too_many_sets_in_a_day_are_found(earth: Solved) -> None:
    unit = dataclasses.replace(earth[0].units[0], max_sets=1)
    found = check(dataclasses.replace(earth[0], units=(unit,)), earth[2], earth[1])
    assert {v.rule for v in found} == {"between sets"}
    assert all("sets, 1 allowed" in v.message for v in found)


def test_a_window_that_newer_elements_moved_says_by_how_much(flight: Solved) -> None:
    strip = next(s for s in flight[2].strips if s.window is not None)
    later = timedelta(seconds=31)
    moved = tuple(
        dataclasses.replace(w, open_utc=w.open_utc + later, close_utc=w.close_utc + later) for w in flight[1][strip.shot]
    )
    found = check(flight[0], flight[2], {**flight[1], strip.shot: moved})
    assert {v.rule for v in found} == {"light"}
    assert all("it moved +31.0 s, roll and cut are " in v.message for v in found)


def test_a_module_that_nobody_rigged_is_found(flight: Solved) -> None:
    board = with_day(flight[2], 0, lambda day: dataclasses.replace(day, banners=()))
    assert broken(flight, board) == {"between sets"}


def test_a_moved_pin_is_found(earth: Solved) -> None:
    strip = earth[2].days[0].strips[0]
    pin = Pin(strip=strip.id, day=earth[2].days[-1].date)
    assert broken(earth, earth[2], dataclasses.replace(earth[0], pins=(pin,))) == {"pins"}


def test_a_broken_wish_of_order_is_found(earth: Solved) -> None:
    first, last = earth[2].days[0].strips[0].scene, earth[2].days[-1].strips[-1].scene
    wish = Precedence(first=last, then=first, why="his beard")
    found = check(dataclasses.replace(earth[0], order=(wish,)), earth[2], earth[1])
    assert [v.rule for v in found] == ["order"]
    assert "his beard" in found[0].message


def test_a_strip_outside_the_span_is_found(flight: Solved) -> None:
    unit = flight[0].units[0]
    short = dataclasses.replace(unit, last_utc=flight[2].days[-1].strips[-1].end_utc - timedelta(minutes=1))
    assert "span" in broken(flight, flight[2], dataclasses.replace(flight[0], units=(short,)))


def test_the_strictest_limit_holds(earth: Solved) -> None:
    unit = dataclasses.replace(earth[0].units[0], rest_min=11 * 60, day_min=14 * 60)
    limits = limits_of(earth[0], unit)
    assert (limits.rest.minutes, limits.day.minutes) == (720, 720)
    assert "12 hours" in limits.rest.clause
    stricter = limits_of(earth[0], dataclasses.replace(unit, rest_min=13 * 60, day_min=10 * 60))
    assert (stricter.rest.minutes, stricter.day.minutes) == (780, 600)
