"""What moves with a launch, and which launch is taken."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import invented
import pytest

from cupola.errors import NothingFits, ProductionError
from cupola.model import CastMember, Dates, Launch, Pin, Production, Window
from cupola.rules import check
from cupola.schedule import Stop
from cupola.schedule.launch import at_launch, cheapest_launch, launches_of

BASE = invented.FIRST


def flown() -> tuple[Production, dict[str, tuple[Window, ...]]]:
    production, windows = invented.flight(scenes=6, days=6, page_min=40)
    any_light = tuple(
        dataclasses.replace(
            scene,
            shots=tuple(dataclasses.replace(shot, light=dataclasses.replace(shot.light, clauses=())) for shot in scene.shots),
        )
        for scene in production.script.scenes
    )
    script = dataclasses.replace(production.script, scenes=any_light)
    return dataclasses.replace(production, script=script), windows


def test_span_dates_and_pins_move_and_nothing_else() -> None:
    production, _ = flown()
    quarantine = Dates(first=date(2027, 4, 20), last=date(2027, 5, 2), why="quarantine", flight="orbit")
    theatre = Dates(first=date(2027, 6, 1), last=date(2027, 6, 2), why="theatre")
    cast = (dataclasses.replace(production.cast[0], away=(quarantine, theatre)), CastMember(id="OTHER", board_id=9))
    pins = (Pin(strip="1", day=BASE + timedelta(days=2)),)
    production = dataclasses.replace(production, cast=cast, pins=pins)
    later = at_launch(production, "orbit", BASE + timedelta(days=9))
    unit, moved = production.units[0], later.units[0]
    assert (moved.first_utc - unit.first_utc, moved.last_utc - unit.last_utc) == (timedelta(days=9), timedelta(days=9))
    assert later.cast[0].away == (dataclasses.replace(quarantine, first=date(2027, 4, 29), last=date(2027, 5, 11)), theatre)
    assert later.pins[0].day == BASE + timedelta(days=11)
    assert later.launched == (Launch(unit="orbit", date=BASE + timedelta(days=9)),)
    assert (later.script, later.places, moved.station) == (production.script, production.places, unit.station)


@pytest.mark.parametrize("days", [-400, -1, 1, 30])
def test_a_launch_there_and_back_is_the_same_production(days: int) -> None:
    production, _ = flown()
    back = at_launch(at_launch(production, "orbit", BASE + timedelta(days=days)), "orbit", BASE)
    assert dataclasses.replace(back, launched=()) == production


def test_a_unit_on_earth_is_not_launched() -> None:
    with pytest.raises(ProductionError) as caught:
        at_launch(invented.feature(scenes=6, cast=4, weeks=1)[0], "main", BASE)
    assert "orbit" in caught.value.rule


def test_the_launch_that_costs_least_is_taken() -> None:
    # both launches give the same days, so of equals the earlier one is taken
    production, _ = flown()
    launches = tuple(BASE + timedelta(days=days) for days in (0, 3))
    unit = dataclasses.replace(production.units[0], launches=launches)
    production = dataclasses.replace(production, units=(unit,))

    def no_windows(_: Production) -> Mapping[str, Sequence[Window]]:
        return {}

    found = cheapest_launch(production, "orbit", no_windows, stop=Stop(seconds=2, fuse=False))
    assert [each.launch for each in found.candidates] == list(launches)
    assert found.launch == min(found.candidates, key=lambda each: (each.left, each.cents or 0)).launch
    assert check(found.production, found.board, found.windows) == ()
    assert found.board.launches == found.production.launched


def test_one_launch_alone_is_fixed() -> None:
    production, _ = flown()
    assert launches_of(production.units[0]) == (BASE,)
    found = cheapest_launch(production, "orbit", lambda _: {}, stop=Stop(seconds=1, fuse=False))
    assert (found.launch, found.board.launches) == (BASE, ())


def test_a_launch_without_light_is_no_candidate() -> None:
    # light is asked for, and the sky has none on the first launch; on the second it has
    production, windows = invented.flight(scenes=4, days=5, seed=3, page_min=40)
    assert windows
    unit = dataclasses.replace(production.units[0], launches=(BASE, BASE + timedelta(days=1)))
    production = dataclasses.replace(production, units=(unit,))

    def sky(asked: Production) -> Mapping[str, Sequence[Window]]:
        return windows if asked.launched else {}

    found = cheapest_launch(production, "orbit", sky, stop=Stop(seconds=2, fuse=False))
    assert found.launch == BASE + timedelta(days=1)
    assert found.candidates[0].cents is None
    with pytest.raises(NothingFits):
        cheapest_launch(production, "orbit", lambda _: {}, stop=Stop(seconds=1, fuse=False))
