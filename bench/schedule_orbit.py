"""The earliest finish of an orbit unit: Cupola and CP-SAT alone on the same flights of twelve days, in one run.

    .venv/bin/python bench/schedule.py --only orbit [--json]

A flight has three people and one camera, five modules, 15 to 16 light cycles a day and an activity for each strip: any light
(58 %), orbital day (25 %), orbital night (5 %), or one terminator of eight minutes (12 %). The goals are lexicographic: all of
it fits, over in the earliest half-day, as few rigs as can be. The peer has the model an engineer would write first: the same
starts, one `no_overlap` for the camera, the last half-day to be minimised; no energy rows and no packing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from ortools.sat.python import cp_model

from _bench import Work
from cupola.model import (
    ANY_LIGHT,
    CastMember,
    Clause,
    CrewMember,
    Light,
    Place,
    Production,
    Scene,
    Script,
    Shot,
    Station,
    StationUnit,
    Unit,
    Window,
)
from cupola.model.work import works_of
from cupola.schedule.orbit import DAY_SLOTS, OrbitCase, orbit_case
from cupola.schedule.orbit_earliest import Earliest, finish_earliest
from cupola.schedule.orbit_fill import filled, hold
from cupola.schedule.stop import Halt

FIRST = datetime(2027, 5, 3, tzinfo=UTC)
DAYS = 12
PERIOD = timedelta(minutes=92.7)
DAYLIGHT = timedelta(minutes=56)
LIMIT = 8.0
"""Deterministic seconds for ours."""
CAP_S = 30.0
"""Seconds on the clock for CP-SAT alone, both cores."""

KINDS = {"any": 58, "orbital day": 25, "orbital sunrise": 12, "orbital night": 5}
MINUTES = {"any": (15, 20, 25, 30, 30, 40, 45, 60), "orbital sunrise": (5,)}
BLOCKS = {
    "DIR": ((8, 13), (14, 17), (18, 19)),
    "ACT": ((8, 13), (14, 16), (17, 19)),
    "COS": ((8, 9), (11, 13), (14, 19)),
}
"""Working hours between lunch, exercise and the morning's conference."""


def rows(*, quick: bool) -> list[Work]:
    """Return a row for each flight: 40 activities, and 80 unless it must be quick."""
    load_compiled()
    return [row(count, seed) for count in ((40,) if quick else (40, 80)) for seed in range(1 if quick else 5)]


def load_compiled() -> None:
    """Load the compiled search, or compile it, before the clock runs."""
    case = flight(10, 0)
    space = hold(case, range(2 * DAYS))
    assert space is not None
    filled(space, steps=1, seed=1, halt=Halt())


def row(count: int, seed: int) -> Work:
    """Return one flight as a row: `missed` counts the half-days between an engine's finish and our proven bound."""
    case = flight(count, seed)
    found: list[Earliest | None] = []

    def ours() -> Earliest | None:
        found[:] = [finish_earliest(case, limit=LIMIT, seed=1, halt=Halt())]
        return found[0]

    def missed(_: str, answer: object) -> int:
        bound = found[0].bound if found and found[0] else 0
        half_days = answer.half_days if isinstance(answer, Earliest) else int(str(answer))
        return half_days - bound

    peer: Callable[[], object] = lambda: by_cp_sat(case)  # noqa: E731 - a row wants a call without arguments
    return Work(
        name=f"orbit, {count} activities, seed {seed}: earliest half-day",
        ours=ours,
        peers={"CP-SAT alone": peer},
        missed=missed,
        once=True,
    )


def flight(count: int, seed: int) -> OrbitCase:
    """Return an invented flight of so many activities."""
    R = random.Random(f"orbit {count} {seed}")
    kinds = R.choices(list(KINDS), list(KINDS.values()), k=count)
    scenes, place_of = [], []
    for number, kind in enumerate(kinds, 1):
        module = R.choice("CZNRP" if kind == "any" else "CZ")
        minutes = R.choice(MINUTES.get(kind, (15, 20, 25, 30))) + R.choice((10, 15, 20))
        people = tuple(sorted(R.sample(["HERO", "HOST"], R.choice((1, 1, 2)))))
        scenes.append(_scene(str(number), module, kind, minutes, people))
        place_of.append((str(number), module))
    production = Production(
        title="Flight",
        folder="",
        currency="EUR",
        script=Script(file="invented", title="Flight", scenes=tuple(scenes)),
        units=(_unit(),),
        places=tuple(Place(id=m, name=m, hub="ISS", unit="orbit") for m in "CZNRP"),
        cast=(CastMember(id="HERO", board_id=1, aboard="ACT"), CastMember(id="HOST", board_id=2, aboard="COS")),
        place_of=tuple(place_of),
    )
    windows = {str(n): _windows(kind) for n, kind in enumerate(kinds, 1) if kind != "any"}
    return orbit_case(production, production.units[0], works_of(production), windows)


def _scene(number: str, module: str, kind: str, minutes: int, people: tuple[str, ...]) -> Scene:
    light = ANY_LIGHT if kind == "any" else Light(clauses=(Clause(condition=kind),))
    take_s = {"any": None, "orbital sunrise": 60}.get(kind, minutes * 60 // 2)
    shot = Shot(scene=number, light=light, take_s=take_s, work_min=minutes, line=int(number))
    return Scene(
        number=number,
        heading=f"INT. ISS - {module}",
        int_ext="INT",
        hub="ISS",
        set=module,
        time_of_day="",
        eighths=4,
        cast=people,
        shots=(shot,),
        line=int(number),
        end_line=int(number),
    )


def _unit() -> Unit:
    crew = tuple(
        CrewMember(id=name, name=name, duty="", blocks=tuple((time(a), time(b)) for a, b in blocks), operates=name == "DIR")
        for name, blocks in BLOCKS.items()
    )
    station = StationUnit(station=Station(name="ISS"), crew=crew, rig_min=10, stretch=(1.0,))
    return Unit(id="orbit", kind="orbit", first_utc=FIRST, last_utc=FIRST + timedelta(days=DAYS), days_off=(), station=station)


def _windows(kind: str) -> tuple[Window, ...]:
    rises = [FIRST + timedelta(minutes=13) + n * PERIOD for n in range(int(timedelta(days=DAYS) / PERIOD))]
    spans = {
        "orbital day": [(at, at + DAYLIGHT) for at in rises],
        "orbital night": [(at + DAYLIGHT, at + PERIOD) for at in rises],
        "orbital sunrise": [(at - timedelta(minutes=4), at + timedelta(minutes=4)) for at in rises],
    }[kind]
    return tuple(Window(open_utc=a, close_utc=b, edge_s=5, firm=True, why=kind) for a, b in spans)


def by_cp_sat(case: OrbitCase) -> int:
    """Return the number of half-days that CP-SAT alone comes to."""
    model = cp_model.CpModel()
    last = model.new_int_var(0, 2 * len(case.dates) - 1, "")
    rigged = {(m, d): model.new_bool_var("") for m in case.modules for d in range(len(case.dates))}
    rig_at = {(m, d): model.new_int_var(*_day_range(d), "") for m, d in rigged}
    camera = [model.new_optional_fixed_size_interval_var(rig_at[key], case.rig_slots, on, "") for key, on in rigged.items()]
    for key, on in rigged.items():
        starts = [key[1] * DAY_SLOTS + slot for slot in case.rig_starts[key[1]]]
        domain = cp_model.Domain.from_values(starts)
        model.add_linear_expression_in_domain(rig_at[key], domain).only_enforce_if(on)
    for w, work in enumerate(case.works):
        starts = sorted({spot.day * DAY_SLOTS + spot.slot for spot in case.spots[w]})
        start = model.new_int_var_from_domain(cp_model.Domain.from_values(starts), "")
        camera.append(model.new_fixed_size_interval_var(start, case.slots[w][0], ""))
        on = {k: model.new_bool_var("") for k in sorted({case.half(w, spot) for spot in case.spots[w]})}
        model.add_exactly_one(on.values())
        for k, there in on.items():
            mine = [spot.day * DAY_SLOTS + spot.slot for spot in case.spots[w] if case.half(w, spot) == k]
            model.add_linear_expression_in_domain(start, cp_model.Domain.from_values(mine)).only_enforce_if(there)
            model.add_implication(there, rigged[work.place, k // 2])
            model.add(start >= rig_at[work.place, k // 2] + case.rig_slots).only_enforce_if(there)
            model.add(last >= k).only_enforce_if(there)
    model.add_no_overlap(camera)
    model.minimize(last)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = CAP_S
    status = solver.solve(model)
    return int(solver.value(last)) + 1 if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else 2 * len(case.dates)


def _day_range(d: int) -> tuple[int, int]:
    return d * DAY_SLOTS, (d + 1) * DAY_SLOTS


if __name__ == "__main__":
    from _bench import run

    run(rows(quick=False))
