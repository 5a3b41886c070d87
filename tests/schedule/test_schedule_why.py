"""Why: every date has its price or its obstacle, repairs keep every rule, and a clash has no wish too many."""

from __future__ import annotations

import dataclasses
import random
from datetime import UTC, date, datetime, time, timedelta
from time import process_time

import invented
import pytest

from cupola.model import ANY_LIGHT, Board, Clause, Dates, Light, Pin, Precedence, Production, Scene, Window
from cupola.model.work import workdays, works_of
from cupola.rules import broken, check
from cupola.schedule import Stop, solve
from cupola.schedule.explain import clash_of, explain
from cupola.schedule.replan_board import rearranger
from cupola.schedule.why import what_if, why
from cupola.schedule.why_earth import earth_wishes

Film = tuple[Production, dict[str, tuple[Window, ...]], Board]


@pytest.fixture(scope="module")
def film() -> Film:
    production, windows = invented.feature(scenes=20, cast=6, weeks=3, seed=3)
    return production, windows, solve(production, windows, stop=Stop(seconds=2, fuse=False), seed=1)


def test_a_price_is_what_the_board_would_cost_more(film: Film) -> None:
    production, windows, board = film
    strip = board.strips[0].id
    answer = why(production, board, windows, strip)
    mover = rearranger(production, board, windows, "main")
    assert [choice.date for choice in answer.choices] == list(workdays(production.units[0]))
    assert sum(choice.verdict == "here" for choice in answer.choices) == 1
    for choice in answer.choices:
        moved = mover.board_with({strip: choice.date})
        assert (choice.verdict == "fits") == (choice.verdict != "here" and broken(check(production, moved, windows)) == ())
        if choice.cents is not None:
            assert choice.cents == moved.cost.total_cents - board.cost.total_cents


def test_who_is_away_is_named(film: Film) -> None:
    production, windows, board = film
    day = workdays(production.units[0])[-1]
    name = next(strip for strip in board.strips if strip.cast).cast[0]
    strip = next(strip.id for strip in board.strips if name in strip.cast)
    cast = tuple(
        dataclasses.replace(m, away=(*m.away, Dates(first=day, last=day, why="a wedding"))) if m.id == name else m
        for m in production.cast
    )
    answer = why(dataclasses.replace(production, cast=cast), board, windows, strip)
    last = next(choice for choice in answer.choices if choice.date == day)
    assert (last.verdict, last.why) == ("never", (f"{name} is away (a wedding)",))


def test_what_if_is_repaired_with_the_fewest_changes_and_keeps_every_rule(film: Film) -> None:
    production, windows, board = film
    strip = board.days[0].strips[0].id
    clashing = [each for each in why(production, board, windows, strip).choices if each.verdict == "clash"]
    asked = what_if(production, board, windows, strip, clashing[0].date, stop=Stop(seconds=3, fuse=False))
    assert asked.faults
    assert asked.repair is not None or asked.clash is not None
    if asked.repair is not None:
        days = {each.id: day.date for day in asked.repair.board.days for each in day.strips}
        assert days[strip] == clashing[0].date
        assert broken(check(production, asked.repair.board, windows)) == ()


def planted(wishes: int, seed: int) -> tuple[Production, dict[str, tuple[Window, ...]]]:
    """A feature with about so many wishes, among them pins of more work to one day than it holds."""
    production, windows = invented.feature(scenes=120, cast=24, weeks=8, seed=seed)
    R = random.Random(seed)
    days = workdays(production.units[0])
    scenes = [scene.number for scene in production.script.scenes]
    order = tuple(Precedence(first=a, then=b) for a, b in (sorted(R.sample(scenes, 2), key=int) for _ in range(wishes // 2)))
    away = Dates(first=days[3], last=days[5], why="theatre")
    cast = tuple(dataclasses.replace(member, away=(*member.away, away)) for member in production.cast)
    by_hub: dict[str, list[str]] = {}
    for work in works_of(production):
        if work.light == ANY_LIGHT:
            by_hub.setdefault(work.hub, []).append(work.id)
    crowded = max(by_hub.values(), key=len)[:16]
    pins = tuple(Pin(strip=strip, day=days[20]) for strip in crowded)
    free = [work.id for work in works_of(production) if work.light == ANY_LIGHT and work.id not in crowded]
    pins += tuple(Pin(strip=strip, day=days[24 + n % 16]) for n, strip in enumerate(free[: max(0, wishes // 2 - 80)]))
    return dataclasses.replace(production, order=order, cast=cast, pins=pins), windows


def test_a_clash_among_300_wishes_is_minimal_verified_and_quick() -> None:
    production, windows = planted(300, 1)
    unit, works = production.units[0], works_of(production)
    asked = earth_wishes(production, unit, works, windows)
    assert len(asked.wishes) >= 250
    began = process_time()
    found = clash_of(production, unit, works, windows)
    spent = process_time() - began
    assert found is not None
    core, strip = found
    oracle = asked.model()
    everything = frozenset(core)
    if strip:
        row = next(i for i, piece in enumerate(asked.case.pieces) if piece.work.id == strip)
        assert not asked.can_alone(row, everything)
        assert all(asked.can_alone(row, everything - {wish}) for wish in core)
    else:
        assert not oracle.can(everything, 1)
        assert all(oracle.can(everything - {wish}, 0) for wish in core)
    assert spent < 20  # seconds of this process; the bench has the honest figure


def test_a_night_and_the_dawn_after_it_clash_over_the_rest_between() -> None:
    production, windows = invented.feature(scenes=4, cast=2, weeks=1, seed=0)
    unit = dataclasses.replace(production.units[0], days_off=())
    days = workdays(unit)
    night, early = production.script.scenes[0], production.script.scenes[1]

    def lit(scene: Scene, kind: str) -> Scene:
        shots = tuple(
            dataclasses.replace(shot, light=Light(clauses=(Clause(condition=kind),)), work_min=120) for shot in scene.shots
        )
        return dataclasses.replace(scene, shots=shots)

    def at(day: date, hour: int, hours: int) -> Window:
        opens = datetime.combine(day, time(0), tzinfo=UTC) + timedelta(hours=hour)
        return Window(open_utc=opens, close_utc=opens + timedelta(hours=hours), edge_s=0, firm=True, why="")

    scenes = (lit(night, "night"), lit(early, "day"))
    windows = {
        night.number: tuple(at(day, 22, 4) for day in days),
        early.number: tuple(at(day, 9, 3) for day in days),
    }
    pins = (Pin(strip=night.number, day=days[0]), Pin(strip=early.number, day=days[1]))
    hub = {scene.number: production.place_of[0][1] for scene in scenes}
    film = dataclasses.replace(
        production,
        units=(unit,),
        script=dataclasses.replace(production.script, scenes=scenes),
        place_of=tuple(hub.items()),
        cast=tuple(dataclasses.replace(member, away=()) for member in production.cast),
        pins=pins,
    )
    # the night ends at midnight at the earliest, the morning's work begins at 10:00 at the latest: 10 hours, 12 needed
    clash = explain(film, unit, works_of(film), windows)
    assert clash is not None
    assert sorted(wish.split(":")[0] for wish in clash.wishes) == sorted(
        [
            "12 h of rest between days of unit main",
            f"strip {night.number} pinned to {days[0]}",
            f"strip {early.number} pinned to {days[1]}",
            f"the light of shot {night.number}",
            f"the light of shot {early.number}",
        ]
    )


def test_a_permit_is_a_wish_too() -> None:
    production, windows = invented.feature(scenes=4, cast=2, weeks=1, seed=0)
    unit = production.units[0]
    days = workdays(unit)
    scene = production.script.scenes[0].number
    where = dict(production.place_of)[scene]
    places = tuple(
        dataclasses.replace(place, permits=(Dates(first=days[0], last=days[1]),)) if place.id == where else place
        for place in production.places
    )
    film = dataclasses.replace(production, places=places, pins=(Pin(strip=scene, day=days[3]),))
    clash = explain(film, unit, works_of(film), windows)
    assert clash is not None
    assert any("permit" in wish for wish in clash.wishes)
    assert any("pinned" in wish for wish in clash.wishes)
    assert len(clash.wishes) == 2
