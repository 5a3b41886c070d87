"""A board: strips on days, what it costs, and how near it is to the cheapest one there can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cupola.model.light import Window
from cupola.model.money import Cost
from cupola.model.production import Launch


@dataclass(frozen=True, kw_only=True, slots=True)
class Strip:
    """A scene, or one take of it, at its time on the board.

    `id` is `42`, `42/A`, or `42/A-2` for the second of several passes. The set works on it from `start_utc` to
    `end_utc`; the camera runs
    between `roll_utc` and `cut_utc`, which lie in `window` where the light was asked for (None: any light).
    """

    id: str
    scene: str
    shot: str
    take: int
    takes: int
    place: str
    cast: tuple[str, ...]
    start_utc: datetime
    roll_utc: datetime
    cut_utc: datetime
    end_utc: datetime
    window: Window | None = None
    pinned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Omitted:
    """A strip whose scene was cut, and the day it stood on, until a person takes it off the board for good."""

    strip: Strip
    unit: str
    date: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Banner:
    """Something on the board that is no scene: a rig, a meal, a company move."""

    text: str
    start_utc: datetime
    end_utc: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A shooting day of one unit: `number` counts the unit's days from 1; strips stand in the order they are shot."""

    unit: str
    date: date
    number: int
    call_utc: datetime
    wrap_utc: datetime
    strips: tuple[Strip, ...]
    banners: tuple[Banner, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """No board can cost less than `cents`; `method` says how that is known, `unit` for which unit."""

    unit: str
    cents: int
    method: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """A rule that a board breaks: who, when, by how much, by which clause, and the nearest remedy.

    `kind` is broken (cannot be shot so), priced (may be, at a premium) or note (to be known, nothing is wrong). `cost_cents`
    is what it costs in minor units of the production's currency, None where nobody has put a price on it.
    """

    rule: str
    message: str
    strips: tuple[str, ...] = ()
    who: str = ""
    day: date | None = None
    clause: str = ""
    remedy: str = ""
    kind: Literal["broken", "priced", "note"] = "broken"
    cost_cents: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What a board was made from, so that the same inputs give the same bytes."""

    production_digest: str
    cupola_version: str
    seed: int
    effort: str
    stopped: str = "limit"


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """An ordered schedule of all units, its cost, its bounds, the strips that stand on no day, and those that were cut.

    `launches` are the units that it lets begin on another date than the production says.
    """

    title: str
    days: tuple[Day, ...]
    boneyard: tuple[str, ...] = ()
    omitted: tuple[Omitted, ...] = ()
    cost: Cost
    bounds: tuple[Bound, ...] = ()
    launches: tuple[Launch, ...] = ()
    provenance: Provenance

    @property
    def strips(self) -> tuple[Strip, ...]:
        return tuple(strip for day in self.days for strip in day.strips)

    @property
    def bound_cents(self) -> int:
        """No board of these wishes costs less than this, fixed lines included."""
        fixed = self.cost.total_cents - self.cost.controllable_cents
        return fixed + sum(bound.cents for bound in self.bounds)

    @property
    def gap(self) -> float:
        """Share of the whole cost that is not proven necessary: 0 is proven cheapest, 1 where strips are on no day."""
        total = self.cost.total_cents
        if self.boneyard:
            return 1.0
        return max(0.0, (total - self.bound_cents) / total) if total else 0.0

    @property
    def gap_controllable(self) -> float:
        """The same share of the cost that the order of shooting can change at all: the honest figure."""
        fixed = self.cost.total_cents - self.cost.controllable_cents
        controllable = self.cost.controllable_cents
        if self.boneyard:
            return 1.0
        return max(0.0, (controllable - (self.bound_cents - fixed)) / controllable) if controllable else 0.0
