"""Boards of a few strips, clean but for what a test breaks: each strip is a scene that needs exactly its time."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from cupola.model import (
    Banner,
    Board,
    CastMember,
    Cost,
    CrewMember,
    Day,
    Element,
    Place,
    Production,
    Provenance,
    Rate,
    Scene,
    Script,
    Shot,
    Station,
    StationUnit,
    Strip,
    Unit,
    Violation,
)
from cupola.rules import check

MONDAY = date(2027, 6, 7)
Made = tuple[Production, Board]


def euros(amount: int) -> Rate:
    return Rate(cents=amount * 100, currency="EUR", source="invented")


def at(day: date, hour: float) -> datetime:
    """Return an hour of a date, UTC; hours beyond 24 are of the next one."""
    return datetime.combine(day, time(), UTC) + timedelta(hours=hour)


def strip(
    number: str, day: date, start: float, end: float, cast: Sequence[str] = ("ANA",), place: str = "stage", shot: float = 0.0
) -> Strip:
    """Return a strip of a scene; the camera runs all of it, or from `shot` hours after its start."""
    a, b = at(day, start), at(day, end)
    roll = a + timedelta(hours=shot)
    return Strip(
        id=number,
        scene=number,
        shot=number,
        take=1,
        takes=1,
        place=place,
        cast=tuple(cast),
        start_utc=a,
        roll_utc=roll,
        cut_utc=b,
        end_utc=b,
    )


def shooting_day(
    day: date, call: float, wrap: float, *strips: Strip, meals: Sequence[tuple[float, float]] = (), unit: str = "main"
) -> Day:
    """Return a day of a unit; without strips it has one of an hour at call."""
    return Day(
        unit=unit,
        date=day,
        number=1,
        call_utc=at(day, call),
        wrap_utc=at(day, wrap),
        strips=strips or (strip(f"{day:%d}{unit[0]}", day, call, call + 1),),
        banners=tuple(Banner(text="Meal", start_utc=at(day, a), end_utc=at(day, b)) for a, b in meals),
    )


MAIN = Unit(
    id="main",
    kind="earth",
    first_utc=at(MONDAY - timedelta(days=60), 0),
    last_utc=at(MONDAY + timedelta(days=200), 0),
    day_min=1440,
    rest_min=0,
    meal_min=30,
    relight_min=0,
    days_off=(),
)
ORBIT_CREW = (
    CrewMember(id="CAM", name="Camera", duty="operator", blocks=((time(6), time(22)),), operates=True),
    CrewMember(id="ANYA", name="Anya", duty="in frame", blocks=((time(6), time(22)),)),
    CrewMember(id="BOB", name="Bob", duty="in frame", blocks=((time(6), time(22)),)),
    CrewMember(id="HOST", name="Host", duty="escort of the US segment", blocks=((time(9), time(12)),)),
)
ORBIT = Unit(
    id="orbit",
    kind="orbit",
    first_utc=at(MONDAY, 0),
    last_utc=at(MONDAY + timedelta(days=30), 0),
    day_min=1440,
    days_off=(),
    station=StationUnit(station=Station(name="Test"), crew=ORBIT_CREW, rig_min=0, prep_min=0, reset_min=0, stretch=(1.0,)),
)
CAST = (
    CastMember(id="ANA", board_id=1, work=euros(800), home_hub="TOWN"),
    CastMember(id="BEN", board_id=2, work=euros(400), home_hub="TOWN"),
)
ABOARD = (
    CastMember(id="ANA", board_id=1, aboard="ANYA"),
    CastMember(id="BEN", board_id=2, aboard="BOB"),
)
PLACES = (
    Place(id="stage", name="Stage", hub="TOWN", unit="main"),
    Place(id="quay", name="Quay", hub="TOWN", unit="main"),
    Place(id="far", name="Far location", hub="FAR", unit="main"),
)
MODULES = (
    Place(id="lab", name="Lab", hub="STATION", unit="orbit"),
    Place(id="cupola", name="Cupola", hub="STATION", unit="orbit"),
    Place(id="zvezda", name="Zvezda", hub="STATION", unit="orbit"),
    Place(id="out", name="Outside", hub="STATION", unit="orbit", outside=True),
)


def film(
    days: Sequence[Day],
    *,
    packs: Sequence[str] = (),
    unit: Unit = MAIN,
    cast: Sequence[CastMember] = CAST,
    places: Sequence[Place] = PLACES,
    elements: Sequence[Element] = (),
    int_ext: str = "INT",
    units: Sequence[Unit] = (),
) -> tuple[Production, Board]:
    """Return a production that asks for exactly the strips of some days, and the board of them."""
    strips = [each for day in days for each in day.strips]
    scenes = tuple(
        Scene(
            number=each.scene,
            heading="INT. SET - DAY",
            int_ext=int_ext,
            hub="SET",
            set="SET",
            time_of_day="DAY",
            eighths=1,
            cast=each.cast,
            shots=(Shot(scene=each.scene, work_min=round((each.end_utc - each.start_utc).total_seconds() / 60), line=1),),
            elements=tuple(elements),
            line=1,
            end_line=1,
        )
        for each in strips
    )
    production = Production(
        title="Small",
        folder="",
        currency="EUR",
        script=Script(file="small", title="Small", scenes=scenes),
        units=(unit, *units),
        places=tuple(places),
        cast=tuple(cast),
        packs=tuple(packs),
        place_of=tuple((each.scene, each.place) for each in strips),
    )
    made = Provenance(production_digest="", cupola_version="", seed=0, effort="")
    return production, Board(title="Small", days=tuple(days), cost=Cost(currency="EUR", lines=()), provenance=made)


def flown(
    days: Sequence[Day], *, packs: Sequence[str] = (), unit: Unit = ORBIT, elements: Sequence[Element] = ()
) -> tuple[Production, Board]:
    """Return the same for a unit aboard, each module rigged in no time."""
    rigged = [
        dataclasses.replace(
            day,
            banners=(
                *(
                    Banner(
                        text=f"Rig {next(p.name for p in MODULES if p.id == name)}",
                        start_utc=day.call_utc,
                        end_utc=day.call_utc,
                    )
                    for name in dict.fromkeys(each.place for each in day.strips)
                    if name != "out"
                ),
                *day.banners,
            ),
        )
        for day in days
    ]
    return film(rigged, packs=packs, unit=unit, cast=ABOARD, places=MODULES, elements=elements)


def verdict(made: tuple[Production, Board]) -> list[Violation]:
    """Return all that a small board breaks or owes."""
    return list(check(*made, {}))


def rules(made: tuple[Production, Board]) -> list[str]:
    """Return the names of the rules that a small board breaks or owes by, in order."""
    return [found.rule for found in verdict(made)]
