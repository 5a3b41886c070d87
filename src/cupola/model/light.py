"""Light as a requirement, and the windows in which light and place allow a take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

ORBIT_CONDITIONS: dict[str, str] = {
    "orbital day": "some of the Sun's disc is above the Earth's limb, seen from the station",
    "orbital night": "the station is in the umbra: no part of the Sun's disc is seen",
    "orbital sunrise": "the Sun's centre climbs from 1° below to 4° above the limb",
    "orbital sunset": "the Sun's centre sinks from 4° above to 1° below the limb",
    "over": "the named ground target is in view below, in daylight",
    "in contact": "a relay satellite or ground station of the production sees the station",
    "outside saa": "the ground track is outside the South Atlantic Anomaly",
}
"""What a take aboard a station may ask for; `over` takes the name of a ground target."""

EARTH_CONDITIONS: dict[str, str] = {
    "day": "the Sun's upper limb is above the horizon (altitude above -0.833°)",
    "night": "the Sun is more than 6° below the horizon",
    "dawn": "morning, Sun from 6° below to 6° above the horizon",
    "dusk": "evening, Sun from 6° above to 6° below the horizon",
    "golden hour": "morning or evening, Sun from 4° below to 6° above the horizon",
    "morning golden hour": "golden hour with the Sun climbing",
    "evening golden hour": "golden hour with the Sun sinking",
    "blue hour": "morning or evening, Sun from 6° to 4° below the horizon",
    "morning blue hour": "blue hour with the Sun climbing",
    "evening blue hour": "blue hour with the Sun sinking",
}
"""What a take on the ground may ask for."""

PASS_CONDITIONS = frozenset({"orbital sunrise", "orbital sunset", "over"})
"""Conditions that come once in an orbit for so short a time that each take needs a pass of its own."""

BRIEF_CONDITIONS = frozenset(EARTH_CONDITIONS) - {"day", "night"}
"""Conditions on Earth that last for minutes: only the takes must lie in them, not the preparation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One thing a take asks of the light; `argument` is the target of `over`."""

    condition: str
    argument: str = ""

    def __str__(self) -> str:
        return f"{self.condition} {self.argument}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Light:
    """All that a take asks of the light: every clause must hold from roll to cut. No clause: any light."""

    clauses: tuple[Clause, ...] = ()

    @property
    def is_any(self) -> bool:
        return not self.clauses

    @property
    def is_orbital(self) -> bool:
        return any(clause.condition in ORBIT_CONDITIONS for clause in self.clauses)

    @property
    def is_pass_bound(self) -> bool:
        """True where each take needs an orbit of its own."""
        return any(clause.condition in PASS_CONDITIONS for clause in self.clauses)

    @property
    def is_brief(self) -> bool:
        """True where the light on the ground lasts for minutes only."""
        return any(clause.condition in BRIEF_CONDITIONS for clause in self.clauses)

    def __str__(self) -> str:
        return ", ".join(map(str, self.clauses)) or "any light"


ANY_LIGHT = Light()


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A time within which a take must both begin and end.

    `open_utc` to `close_utc` is half-open, UTC. Either edge may be off by `edge_s` seconds, from the age of the
    elements and the shadow model. `firm` is False where the elements are older than they can be trusted.
    `why` names the light in the user's words.
    """

    open_utc: datetime
    close_utc: datetime
    edge_s: float
    firm: bool
    why: str

    def __post_init__(self) -> None:
        if self.open_utc.tzinfo is None or self.close_utc.tzinfo is None:
            raise ValueError("a window needs aware UTC datetimes")
        if not self.open_utc < self.close_utc:
            raise ValueError(f"a window must open before it closes: {self.open_utc} … {self.close_utc}")

    @property
    def length_s(self) -> float:
        return (self.close_utc - self.open_utc).total_seconds()

    @property
    def usable_s(self) -> float:
        """Seconds that are in the window even if both edges are off by `edge_s`; never below 0."""
        return max(0.0, self.length_s - 2 * self.edge_s)
