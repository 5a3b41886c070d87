"""The back of a call sheet: crew by department, vehicles, safety, and the hours of those under age."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from cupola.model import Day, Element, Production, Unit
from cupola.paper.strips import StripLine
from cupola.paper.wording import clock
from cupola.rules import minor_limits


@dataclass(frozen=True, kw_only=True, slots=True)
class CrewCall:
    """Somebody of the crew on the ground, with the call that is theirs."""

    department: str
    duty: str
    name: str
    phone: str
    call: str


@dataclass(frozen=True, kw_only=True, slots=True)
class VehicleCall:
    """A vehicle, with its own call."""

    name: str
    driver: str
    carries: str
    call: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Hazard:
    """What a safety bulletin is about (English, Russian), and how it is known in a scene: by category or by word."""

    number: str
    title: tuple[str, str]
    categories: frozenset[str]
    words: re.Pattern[str] | None

    def is_in(self, element: Element) -> bool:
        """Whether an element calls for the bulletin."""
        return element.category in self.categories or bool(self.words and self.words.search(element.name.casefold()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Bulletin:
    """A safety bulletin that the day calls for: by which things, in which scenes."""

    hazard: Hazard
    things: tuple[str, ...]
    scenes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MinorCall:
    """What holds today for somebody under age, in minutes and local times; `release_by` is what both leave."""

    board_id: str
    role: str
    earliest: time
    latest: time
    on_set_min: int
    work_min: int
    school_min: int
    release_by: str
    clause: str


def crew_calls(production: Production, unit: Unit, day: Day, tz: str) -> tuple[CrewCall, ...]:
    """Return the crew of a unit on Earth, department by department in the order of the production; nobody for one in orbit."""
    contacts = () if unit.is_orbit else production.desk.contacts
    own = [each for each in contacts if each.unit in ("", unit.id)]
    order = list(dict.fromkeys(each.department for each in own))
    return tuple(
        CrewCall(
            department=each.department,
            duty=each.duty,
            name=each.name,
            phone=each.phone,
            call=clock(day.call_utc - timedelta(minutes=each.early_min), tz),
        )
        for each in sorted(own, key=lambda each: order.index(each.department))
    )


def vehicle_calls(production: Production, unit: Unit, day: Day, tz: str) -> tuple[VehicleCall, ...]:
    """Return the vehicles of a unit on Earth; none for one in orbit."""
    return tuple(
        VehicleCall(
            name=each.name,
            driver=each.driver,
            carries=each.carries,
            call=clock(day.call_utc - timedelta(minutes=each.early_min), tz),
        )
        for each in (() if unit.is_orbit else production.desk.vehicles)
        if each.unit in ("", unit.id)
    )


@cache
def hazards() -> tuple[Hazard, ...]:
    """Return what safety bulletins are about, from `data/safety.toml`."""
    rows = tomllib.loads(files("cupola.paper").joinpath("data", "safety.toml").read_text("utf-8"))["hazard"]
    return tuple(
        Hazard(
            number=row["number"],
            title=tuple(row["title"]),
            categories=frozenset(row.get("categories", ())),
            words=re.compile("|".join(map(_pattern, row["words"]))) if "words" in row else None,
        )
        for row in rows
    )


def _pattern(word: str) -> str:
    stem = word.removesuffix("*").casefold()
    return rf"\b{re.escape(stem)}" + ("" if word.endswith("*") else r"\b")


def bulletins(lines: Sequence[StripLine]) -> tuple[Bulletin, ...]:
    """Return the safety bulletins that the scenes of a day call for, by number."""
    scenes = list({line.scene.number: line.scene for line in lines}.values())
    found = []
    for hazard in hazards():
        things = [(element.name, scene.number) for scene in scenes for element in scene.elements if hazard.is_in(element)]
        if things:
            names, numbers = (tuple(dict.fromkeys(each)) for each in zip(*things, strict=True))
            found.append(Bulletin(hazard=hazard, things=names, scenes=numbers))
    return tuple(found)


def minor_calls(
    production: Production, unit: Unit, day: Day, arrivals: Sequence[tuple[str, datetime]], tz: str
) -> tuple[MinorCall, ...]:
    """Return what holds for each of the called cast who is under age, by their time of arrival (role and UTC instant)."""
    calls = []
    for role, arrival in arrivals:
        limits = minor_limits(production, unit, role, day.date)
        if limits is None:
            continue
        midnight = datetime.combine(day.date, time(), tzinfo=ZoneInfo(tz))
        until = min(midnight + timedelta(minutes=limits.latest_min), arrival + timedelta(minutes=limits.on_set.minutes))
        calls.append(
            MinorCall(
                board_id=str(production.member(role).board_id),
                role=role,
                earliest=limits.earliest,
                latest=limits.latest,
                on_set_min=limits.on_set.minutes,
                work_min=limits.work.minutes,
                school_min=limits.school.minutes if limits.school else 0,
                release_by=clock(until, tz),
                clause=limits.on_set.clause,
            )
        )
    return tuple(calls)
