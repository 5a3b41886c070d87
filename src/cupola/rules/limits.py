"""Rule packs: limits as data, with clause, source and date; the strictest of all packs and the unit holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, time
from importlib.resources import files

from cupola.errors import ProductionError
from cupola.model import Production, Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """A figure that a rule compares with, in minutes, and the clause it comes from."""

    minutes: int
    clause: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What holds for one unit. `awake` are the wall-clock times between which anybody aboard may work.

    `week_rest` is the longest pause that any seven days must hold; `days_in_row` counts shooting days without a day off (its
    figure is a number of days); `night_rest` is the rest after a day that wraps past midnight.
    """

    rest: Limit
    day: Limit
    meal_within: Limit
    meal: Limit
    awake: tuple[time, time] | None = None
    awake_clause: str = ""
    work: Limit | None = None
    week_rest: Limit | None = None
    days_in_row: Limit | None = None
    night_rest: Limit | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MinorLimits:
    """What holds for a person under age on one date: local times between which they may be on set, and minutes a day."""

    earliest: time
    latest: time
    on_set: Limit
    work: Limit


def pack_names() -> tuple[str, ...]:
    """Return the ids of the packs that come with Cupola."""
    folder = files("cupola.rules") / "packs"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


def read_pack(name: str) -> dict[str, dict[str, str | int | float]]:
    """Return a pack's tables; raises ProductionError where there is no such pack."""
    if name not in pack_names():
        raise ProductionError(
            "a rule pack must be one that Cupola knows", value=name, remedy=f"Known packs: {', '.join(pack_names())}."
        )
    text = (files("cupola.rules") / "packs" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def limits_of(production: Production, unit: Unit) -> Limits:
    """Return the limits of a unit: its own figures, made stricter by each of the production's packs."""
    rest = Limit(minutes=unit.rest_min, clause=f"rest of unit {unit.id} in production.toml")
    day = Limit(minutes=unit.day_min, clause=f"day of unit {unit.id} in production.toml")
    within = Limit(minutes=360, clause=f"meal of unit {unit.id} in production.toml")
    meal = Limit(minutes=unit.meal_min, clause=f"meal of unit {unit.id} in production.toml")
    awake: tuple[time, time] | None = None
    awake_clause, work = "", None
    for pack in map(read_pack, production.packs):
        if not unit.is_orbit:
            rest = max(rest, _limit(pack, "rest", "min_h", 60) or rest, key=lambda limit: limit.minutes)
            day = min(day, _limit(pack, "day", "max_h", 60) or day, key=lambda limit: limit.minutes)
            within = min(within, _limit(pack, "meal", "within_h", 60) or within, key=lambda limit: limit.minutes)
            meal = max(meal, _limit(pack, "meal", "min_min", 1) or meal, key=lambda limit: limit.minutes)
        elif "awake" in pack:
            table = pack["awake"]
            awake = (time.fromisoformat(str(table["first"])), time.fromisoformat(str(table["last"])))
            awake_clause = str(table["clause"])
        if unit.is_orbit:
            work = _limit(pack, "work", "max_h", 60) or work
    return Limits(rest=rest, day=day, meal_within=within, meal=meal, awake=awake, awake_clause=awake_clause, work=work)


def minor_limits(production: Production, unit: Unit, cast_id: str, day: date) -> MinorLimits | None:
    """Return what holds for a cast member on a date, or None where they are of age (or no birthday is known)."""
    return None


def _limit(pack: dict[str, dict[str, str | int | float]], table: str, key: str, factor: int) -> Limit | None:
    if table not in pack or key not in pack[table]:
        return None
    return Limit(minutes=round(float(pack[table][key]) * factor), clause=str(pack[table]["clause"]))
