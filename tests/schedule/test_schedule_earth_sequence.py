"""The order and the call of a day: small days whose only order is worked out in a comment, and every order of random ones."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import datetime, time, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from test_schedule_earth_rules import DAY, FIRST, MOVE, UTC, WAGE, Windows, euros, film, scene, solved, with_unit

from cupola.model import Precedence, Production, Scene, Window
from cupola.model.work import works_of
from cupola.schedule.earth import earth_case
from cupola.schedule.earth_days import fits
from cupola.schedule.kernel_day import sequence
from cupola.schedule.kernel_problem import MAX_DAY

LIGHTS = {"day": (6, 20), "noon": (11, 13), "night": (20, 30)}
"""Hours of the first date, and of every other, in which a light is there."""
GRID_S = 300


def lit(number: str, light: str, days: int) -> Windows:
    midnight = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    first, last = LIGHTS[light]
    opens = [midnight + timedelta(days=d, hours=first) for d in range(-1, days)]
    length = timedelta(hours=last - first)
    return {number: tuple(Window(open_utc=at, close_utc=at + length, edge_s=0, firm=True, why=light) for at in opens)}


def at_set(name: str, one: Scene) -> Scene:
    return dataclasses.replace(one, set=name)


def test_the_night_comes_last_and_its_set_is_lit_once() -> None:
    # B by day (60), relight (60), A by day (40), A by night (100): 260 min, called at 17:20 so that A's day scene ends with the
    # light at 20:00. Any other order changes the set twice, or has a wait: longer than the 260 min there are. One day.
    scenes = (
        at_set("A", scene("1", "H", 40, "X", light="day")),
        at_set("B", scene("2", "H", 60, "X", light="day")),
        at_set("A", scene("3", "H", 100, "X", light="night")),
    )
    production = with_unit(film(*scenes, days=2), day_min=260, relight_min=60)
    board = solved(production, lit("1", "day", 2) | lit("2", "day", 2) | lit("3", "night", 2))
    assert euros(board) == DAY + WAGE
    assert [strip.id for strip in board.days[0].strips] == ["2", "1", "3"]
    assert board.days[0].call_utc.time() == time(17, 20)
    assert board.days[0].wrap_utc.time() == time(21, 40)


def test_a_late_wrap_pushes_the_next_call() -> None:
    # the night scene opens at 20:00 and wraps at 23:00; the other comes after it, in another hub, and there are two dates:
    # with 12 h of rest its day is called at 11:00 instead of 08:00. Two days, one move, one wage a day.
    production = film(scene("1", "A", 180, "X", light="night"), scene("2", "B", 300, "X"), days=2)
    production = dataclasses.replace(production, order=(Precedence(first="1", then="2", why="damage"),))
    board = solved(with_unit(production, rest_min=720), lit("1", "night", 2))
    assert euros(board) == 2 * (DAY + WAGE) + MOVE
    assert [day.call_utc.time() for day in board.days] == [time(20), time(11)]


def test_a_call_is_not_pushed_out_of_the_light() -> None:
    # as above, but what follows needs the noon and takes all of it: it is called at 11:00, and with 13 h of rest on the third
    # date only
    scenes = (scene("1", "A", 180, "X", light="night"), scene("2", "B", 120, "X", light="noon"))
    production = dataclasses.replace(film(*scenes, days=3), order=(Precedence(first="1", then="2", why="damage"),))
    windows = lit("1", "night", 3) | lit("2", "noon", 3)
    on_time = solved(with_unit(production, rest_min=720), windows)
    late = solved(with_unit(production, rest_min=780), windows)
    assert [day.date.day - FIRST.day for day in on_time.days] == [0, 1]
    assert [day.date.day - FIRST.day for day in late.days] == [0, 2]


def shortest_s(production: Production, windows: Windows, limit_s: int) -> int | None:
    """The shortest day on which all scenes have their light, by trying each order from each call, or None over the limit."""
    unit = production.unit("main")
    midnight = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    scenes = production.script.scenes
    minutes = {one.number: one.shots[0].work_min for one in scenes}
    spans = {
        number: [
            ((w.open_utc - midnight).total_seconds(), (w.close_utc - midnight).total_seconds())
            for w in own
            if w.open_utc >= midnight + timedelta(hours=2)  # what opened before is the night of the date before
        ]
        for number, own in windows.items()
    }

    def rolls(number: str, at: float) -> float | None:
        length = minutes[number] * 60
        starts = [max(at, a) for a, b in spans.get(number, [(0, 1e9)]) if max(at, a) + length <= b]
        return min(starts, default=None)

    best = None
    for order in itertools.permutations(scenes):
        for call in range(0, 24 * 3600, GRID_S):
            t, meal, before = float(call), False, None
            for one in order:
                start = t + (unit.relight_min * 60 if before and before != one.set else 0)
                roll = rolls(one.number, start)
                if roll is not None and not meal and roll + minutes[one.number] * 60 - call > 6 * 3600:
                    meal = True
                    roll = rolls(one.number, start + unit.meal_min * 60)
                if roll is None or (before is None and roll - call >= GRID_S):
                    break
                t, before = roll + minutes[one.number] * 60, one.set
            else:
                if t - call <= limit_s and (best is None or t - call < best):
                    best = int(t - call)
    return best


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.sampled_from(["", "day", "noon", "night"]), st.sampled_from([20, 40, 60, 90])),
        min_size=2,
        max_size=4,
    ),
    st.sampled_from([240, 360, 480, 600]),
)
def test_a_day_is_refused_only_where_no_order_and_no_call_would_do(drawn: list[tuple[str, str, int]], day_min: int) -> None:
    scenes = [
        at_set(name, scene(str(k), "H", minutes, "X", light=light)) for k, (name, light, minutes) in enumerate(drawn, start=1)
    ]
    production = with_unit(film(*scenes, days=1), day_min=day_min, relight_min=45, max_sets=3)
    windows: Windows = {}
    for k, (_, light, _) in enumerate(drawn, start=1):
        windows |= lit(str(k), light, 1) if light else {}
    best = shortest_s(production, windows, day_min * 60)
    case = earth_case(production, production.units[0], works_of(production), windows)
    assert fits(case, 0, range(len(drawn))) == (best is not None)
    if best is not None:
        run = np.empty((4, MAX_DAY), np.int64)
        _, call, wrap = sequence(case.tables, 0, np.arange(len(drawn)), len(drawn), run)
        assert best <= wrap - call + GRID_S
        assert wrap - call <= day_min * 60
