"""Micro-flights for tests of an orbit unit: one crew, two modules, prices that can be added up by hand.

The unit is one crew: DIR behind the camera, ACT and COS before it; modules A and B; a rig of 15 minutes; no stretch. A slot is
five minutes. Prices are such that an hour of anybody costs 1200 cents (100 a slot) and a crew day 100,000.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from cupola.model import (
    ANY_LIGHT,
    Board,
    CastMember,
    Clause,
    CrewMember,
    Light,
    Place,
    Production,
    Provenance,
    Rate,
    Scene,
    Script,
    Shot,
    Spacewalks,
    Station,
    StationUnit,
    Unit,
    Window,
)
from cupola.model.work import works_of
from cupola.money import cost
from cupola.rules import check
from cupola.schedule.orbit import OrbitCase, Placing, build, orbit_case, orbit_days, placing_from
from cupola.schedule.stop import cp_solver

MIDNIGHT = datetime(2027, 5, 3, tzinfo=UTC)
RATE = Rate(cents=1200, currency="EUR", source="invented")
DAY_CENTS = 100_000
WALKS = Spacewalks(
    pairs=(("ACT", "COS"),),
    longest_min=120,
    before_min=60,
    after_min=30,
    overhead_h=10,
    first_flight_day=2,
    spacing_days=2,
    rest_days=1,
    rate=RATE,
)


def unit(days: int = 2, blocks: str = "08:00-10:00", walks: Spacewalks | None = None, rig_min: int = 15) -> Unit:
    spans = tuple(tuple(map(time.fromisoformat, block.split("-"))) for block in blocks.split())
    crew = tuple(
        CrewMember(id=name, name=name, duty="", blocks=spans, hour=RATE, operates=name == "DIR")  # type: ignore[arg-type]
        for name in ("DIR", "ACT", "COS")
    )
    station = StationUnit(
        station=Station(name="ISS"), crew=crew, rig_min=rig_min, prep_min=5, reset_min=0, stretch=(1.0,), spacewalks=walks
    )
    day_rate = Rate(cents=DAY_CENTS, currency="EUR", source="invented")
    return Unit(
        id="orbit",
        kind="orbit",
        first_utc=MIDNIGHT,
        last_utc=MIDNIGHT + timedelta(days=days),
        days_off=(),
        day_rate=day_rate,
        station=station,
    )


def flight(scenes: list[dict[str, object]], flown: Unit, **more: object) -> Production:
    """A production of scenes given as place, minutes, cast, light, takes."""
    made, place_of = [], []
    for number, entry in enumerate(scenes, 1):
        light = entry.get("light", ANY_LIGHT)
        shot = Shot(
            scene=str(number), light=light, takes=entry.get("takes", 1), take_s=entry.get("take_s"), work_min=entry["minutes"]
        )  # type: ignore[arg-type]
        made.append(
            Scene(
                number=str(number),
                heading="",
                int_ext="INT",
                hub="ISS",
                set=str(entry["place"]),
                time_of_day="",
                eighths=1,
                cast=tuple(entry.get("cast", ())),  # type: ignore[arg-type, call-overload]
                shots=(shot,),
                line=number,
                end_line=number,
            )
        )
        place_of.append((str(number), str(entry["place"])))
    return Production(
        title="Flight",
        folder="",
        currency="EUR",
        script=Script(file="", title="", scenes=tuple(made)),
        units=(flown,),
        places=tuple(Place(id=name, name=name, hub="ISS", unit="orbit", outside=name == "OUT") for name in ("A", "B", "OUT")),
        cast=(CastMember(id="HERO", board_id=1, aboard="ACT"), CastMember(id="HOST", board_id=2, aboard="COS")),
        place_of=tuple(place_of),
        **more,  # type: ignore[arg-type]
    )


Windows = dict[str, tuple[Window, ...]]


def case_of(production: Production, windows: Windows | None = None) -> OrbitCase:
    return orbit_case(production, production.units[0], works_of(production), windows or {})


def cheapest(case: OrbitCase) -> Placing | None:
    """The proven cheapest placing; None where there is none."""
    m = build(case)
    solver = cp_solver(limit=20, seed=1)
    status = solver.solve(m.model)
    assert solver.status_name(status) in ("OPTIMAL", "INFEASIBLE")
    return placing_from(case, m, solver.value) if solver.status_name(status) == "OPTIMAL" else None


def violations(production: Production, placing: Placing, windows: Windows | None = None) -> tuple[str, ...]:
    days = orbit_days(case_of(production, windows), placing)
    paper = Provenance(production_digest="", cupola_version="", seed=1, effort="")
    board = Board(title="", days=days, cost=cost(production, days), provenance=paper)
    return tuple(each.message for each in check(production, board, windows or {}))


def at(hour: float, day: int = 0) -> datetime:
    return MIDNIGHT + timedelta(days=day, hours=hour)


def window(opens: float, closes: float, day: int = 0) -> Window:
    return Window(open_utc=at(opens, day), close_utc=at(closes, day), edge_s=0, firm=True, why="invented")


SUNRISE = Light(clauses=(Clause(condition="orbital sunrise"),))
DAYLIGHT = Light(clauses=(Clause(condition="orbital day"),))
