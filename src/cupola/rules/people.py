"""When a person works: on which days, from when to when, with how much rest between."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cupola.model import Article, CastMember, Day, Pack, Production, Unit
from cupola.rules.packs import packs_of
from cupola.rules.premiums import present
from cupola.rules.said import minutes_between

OVERNIGHT = "overnight"
NEARBY = "nearby exterior"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stint:
    """One person's day: present from `start_utc` to `end_utc` on a day of a unit, at a hub."""

    day: Day
    unit: Unit
    hub: str
    start_utc: datetime
    end_utc: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """The rest of a person between two stints, in minutes, and the shortest that a pack allows there."""

    before: Stint
    after: Stint
    minutes: float
    needed: int
    clause: str

    @property
    def is_short(self) -> bool:
        return self.minutes < self.needed


def stints(production: Production, days: Iterable[Day], cast_id: str) -> list[Stint]:
    """Return a person's days on Earth in order of time."""
    found = []
    for day in days:
        unit, span = production.unit(day.unit), present(day, cast_id)
        if span is not None and not unit.is_orbit:
            hub = production.place(day.strips[0].place).hub
            found.append(Stint(day=day, unit=unit, hub=hub, start_utc=span[0], end_utc=span[1]))
    return sorted(found, key=lambda stint: stint.start_utc)


def pauses(production: Production, member: CastMember, own: Sequence[Stint], pack: Pack, rest: Article) -> list[Pause]:
    """Return a person's rests from day to day under one pack, its exceptions used where they may be, the earliest first."""
    found: list[Pause] = []
    exceptions = list(pack.named("rest_exception"))
    used: dict[int, list[date]] = {number: [] for number in range(len(exceptions))}
    last: date | None = None
    for before, after in itertools.pairwise(own):
        minutes, needed, clause = minutes_between(before.end_utc, after.start_utc), rest.minutes("min_h"), rest.clause
        for number, exception in enumerate(exceptions):
            follows = "apart" in exception and last == before.day.date
            if minutes >= needed or follows or not _allows(exception, production, member, before, after, used[number]):
                continue
            if exception.minutes("min_h") < needed:
                needed, clause = exception.minutes("min_h"), exception.clause
            if minutes >= needed:
                used[number].append(after.day.date)
                last = after.day.date
        found.append(Pause(before=before, after=after, minutes=minutes, needed=needed, clause=clause))
    return found


def _allows(
    exception: Article, production: Production, member: CastMember, before: Stint, after: Stint, used: Sequence[date]
) -> bool:
    """Whether an exception to the rest may be used between two stints: the kind of location, and how often it was used."""
    window = round(exception.number("in_days"))
    recent = sum((after.day.date - day).days < window for day in used)
    overnight = bool(member.home_hub) and member.home_hub not in (before.hub, after.hub)
    if exception.text("where") == OVERNIGHT:
        fits = overnight
    else:
        fits = not overnight and all(_has_exterior(production, stint.day) for stint in (before, after))
    return fits and recent < exception.number("times")


def _has_exterior(production: Production, day: Day) -> bool:
    scenes = {scene.number: scene for scene in production.script.scenes}
    return any("EXT" in scenes[strip.scene].int_ext for strip in day.strips if strip.scene in scenes)


def run_lengths(days: Sequence[Day]) -> list[int]:
    """Return for each shooting day of a unit (in order of dates) which one in a row it is, 1-based."""
    found: list[int] = []
    for number, day in enumerate(days):
        follows = number > 0 and (day.date - days[number - 1].date).days <= 1
        found.append(found[-1] + (day.date != days[number - 1].date) if follows else 1)
    return found


def packs_of_person(production: Production, unit: Unit, member: CastMember) -> tuple[Pack, ...]:
    """Return the packs that hold for a person in a unit."""
    return packs_of(production, unit, member)
