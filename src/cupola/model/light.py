"""Light as a requirement, and the windows in which light and place allow a take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import inf, isfinite
from typing import TypeAlias

from cupola.model.condition import unit_sign
from cupola.model.conditions import BUILT_IN, condition_named

ORBIT_CONDITIONS: dict[str, str] = {each.name: each.holds for each in BUILT_IN.values() if each.is_at("aboard")}
"""What a take aboard a station may ask for, and while what it holds."""

EARTH_CONDITIONS: dict[str, str] = {each.name: each.holds for each in BUILT_IN.values() if each.is_at("ground")}
"""What a take on the ground may ask for, and while what it holds."""

PASS_CONDITIONS = frozenset(each.name for each in BUILT_IN.values() if each.pass_bound)
"""Conditions that come once in an orbit for so short a time that each take needs a pass of its own."""

BRIEF_CONDITIONS = frozenset(each.name for each in BUILT_IN.values() if each.brief)
"""Conditions on Earth that last for minutes: only the takes must lie in them, not the preparation."""

KEYWORDS = frozenset(["and", "or", "not", "within", "before", "after", "for", "widened", "narrowed", "first", "next"])
"""Words that join needs; a name that has one of them is written in quotes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One thing a take asks of the light.

    `argument` is the name that the condition takes, the target of `over`; `more` are further ones. `least` and `most` are
    bounds in the unit of the condition; where both are None, those of its own hold.
    """

    condition: str
    argument: str = ""
    least: float | None = None
    most: float | None = None
    more: tuple[str, ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """All names that are given, in order."""
        return (self.argument, *self.more) if self.argument else self.more

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most value at which it holds, -inf and inf where it has no such bound."""
        low, high = self.least, self.most
        known = condition_named(self.condition) if low is None and high is None else None
        if known:
            low, high = known.least, known.most
        return -inf if low is None else low, inf if high is None else high

    @property
    def leaves(self) -> tuple[Clause, ...]:
        return (self,)

    @property
    def is_pass_bound(self) -> bool:
        known = condition_named(self.condition)
        return known is not None and known.pass_bound

    @property
    def is_brief(self) -> bool:
        known = condition_named(self.condition)
        return known is not None and known.brief

    def __str__(self) -> str:
        known = condition_named(self.condition)
        if known is None:
            return " ".join((self.condition, *map(quoted, self.arguments)))
        text = known.pattern.replace("{bounds}", bounds_text(self.least, self.most, known.unit))
        for n, kind in enumerate(known.kinds):
            name = self.arguments[n] if n < len(self.arguments) else ""
            text = text.replace(f"{{{kind}}}", quoted(name) if name else "", 1)
        return " ".join(text.split())


@dataclass(frozen=True, kw_only=True, slots=True)
class AnyOf:
    """A need that is met while at least one of several is."""

    needs: tuple[Need, ...]

    @property
    def leaves(self) -> tuple[Clause, ...]:
        return _leaves(self.needs)

    @property
    def is_pass_bound(self) -> bool:
        return bool(self.needs) and all(need.is_pass_bound for need in self.needs)

    @property
    def is_brief(self) -> bool:
        return bool(self.needs) and all(need.is_brief for need in self.needs)

    def __str__(self) -> str:
        return " or ".join(map(grouped, self.needs)) or "never"


@dataclass(frozen=True, kw_only=True, slots=True)
class OfOne:
    """What is made of one other need, and takes after it."""

    need: Need

    @property
    def leaves(self) -> tuple[Clause, ...]:
        return self.need.leaves

    @property
    def is_pass_bound(self) -> bool:
        return self.need.is_pass_bound

    @property
    def is_brief(self) -> bool:
        return self.need.is_brief


@dataclass(frozen=True, kw_only=True, slots=True)
class Not(OfOne):
    """A need that is met while another is not."""

    @property
    def is_pass_bound(self) -> bool:
        return False

    @property
    def is_brief(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"not {grouped(self.need)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Near(OfOne):
    """A need that is met within so many seconds of another: before it begins, after it ends, or both and meanwhile.

    `side` is `of`, `before` or `after`. Before and after leave out the time in which the other is met.
    """

    within_s: float
    side: str = "of"

    def __post_init__(self) -> None:
        if self.side not in ("of", "before", "after") or not 0 < self.within_s < inf:
            raise ValueError(f"near is some seconds of, before or after a need, not {self.within_s} s {self.side} it")

    def __str__(self) -> str:
        return f"within {seconds_text(self.within_s)} {self.side} {grouped(self.need)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lasting(OfOne):
    """A need that is met for at least so many seconds at a stretch."""

    at_least_s: float

    def __post_init__(self) -> None:
        if not 0 < self.at_least_s < inf:
            raise ValueError(f"a need lasts for some seconds, not {self.at_least_s}")

    def __str__(self) -> str:
        return f"{grouped(self.need)} for at least {seconds_text(self.at_least_s)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Widened(OfOne):
    """A need whose every spell begins `by_s` seconds earlier and ends as much later; below 0 it is narrowed."""

    by_s: float

    def __post_init__(self) -> None:
        if not self.by_s or not isfinite(self.by_s):
            raise ValueError(f"a need is widened or narrowed by some seconds, not {self.by_s}")

    def __str__(self) -> str:
        verb = "widened" if self.by_s > 0 else "narrowed"
        return f"{grouped(self.need)} {verb} by {seconds_text(abs(self.by_s))}"


@dataclass(frozen=True, kw_only=True, slots=True)
class First(OfOne):
    """The first `count` spells of another need that last at least `at_least_s`, in the span and from `after_utc` on.

    Where there are fewer than `count`, it is never met.
    """

    count: int = 1
    at_least_s: float = 0.0
    after_utc: datetime | None = None

    def __post_init__(self) -> None:
        if self.count < 1 or not 0 <= self.at_least_s < inf:
            raise ValueError(f"first is one spell or more of so many seconds, not {self.count} of {self.at_least_s} s")
        if self.after_utc is not None and self.after_utc.tzinfo is None:
            raise ValueError("the first spell after an instant needs an aware datetime")

    def __str__(self) -> str:
        windows = "window" if self.count == 1 else "windows"
        long = f" of at least {seconds_text(self.at_least_s)}" if self.at_least_s else ""
        after = f" after {instant_text(self.after_utc)}" if self.after_utc else ""
        return f"first {self.count} {windows}{long}{after} of {grouped(self.need)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Light:
    """All that a take asks of the light: every need must be met from roll to cut. No need: any light.

    A need is a clause, or what is made of others: AnyOf, Not, Near, Lasting, Widened, First, or a Light inside another.
    `leaves` are its clauses at any depth, each once.
    """

    clauses: tuple[Need, ...] = ()

    @property
    def leaves(self) -> tuple[Clause, ...]:
        return _leaves(self.clauses)

    @property
    def is_any(self) -> bool:
        return not self.clauses

    @property
    def is_orbital(self) -> bool:
        """True where something is asked that can be seen from a station only."""
        return any(known.where == "aboard" for known in map(condition_named, _names(self.leaves)) if known)

    @property
    def is_ground(self) -> bool:
        """True where something is asked that can be seen from the ground only."""
        return any(known.where == "ground" for known in map(condition_named, _names(self.leaves)) if known)

    @property
    def is_pass_bound(self) -> bool:
        """True where each take needs an orbit of its own."""
        return any(need.is_pass_bound for need in self.clauses)

    @property
    def is_brief(self) -> bool:
        """True where the light on the ground lasts for minutes only."""
        return any(need.is_brief for need in self.clauses)

    def __str__(self) -> str:
        return ", ".join(grouped(need) if isinstance(need, Light) else str(need) for need in self.clauses) or "any light"


Need: TypeAlias = Clause | AnyOf | Not | Near | Lasting | Widened | First | Light
"""What a light is made of."""

ANY_LIGHT = Light()


def _leaves(needs: tuple[Need, ...]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(leaf for need in needs for leaf in need.leaves))


def _names(clauses: tuple[Clause, ...]) -> Iterator[str]:
    return (clause.condition for clause in clauses)


def changed(need: Need, change: Callable[[Clause], Clause]) -> Need:
    """Return a need with every clause of it, at any depth, put through a function; needs that become alike stand once."""
    if isinstance(need, Clause):
        return change(need)
    if isinstance(need, OfOne):
        return replace(need, need=changed(need.need, change))
    if isinstance(need, AnyOf):
        return AnyOf(needs=tuple(dict.fromkeys(changed(each, change) for each in need.needs)))
    return Light(clauses=tuple(dict.fromkeys(changed(each, change) for each in need.clauses)))


def grouped(need: Need) -> str:
    """Write a need as a part of another: what is made of several stands in brackets."""
    return str(need) if isinstance(need, Clause) else f"({need})"


def quoted(name: str) -> str:
    """Write a name as a phrase needs it: in quotes where it would be read otherwise.

    >>> quoted("Kamchatka"), quoted("Port or Starboard"), quoted("Tokyo, Japan")
    ('Kamchatka', '"Port or Starboard"', '"Tokyo, Japan"')
    """
    words = name.casefold().split()
    is_plain = bool(words) and not KEYWORDS & set(words) and all(word.strip(".'’-")[:1].isalpha() for word in words)
    safe = is_plain and " ".join(name.split()) == name and not any(mark in name for mark in ',()"<>=…')
    return name if safe and ".." not in name else f'"{name}"'


def bounds_text(least: float | None, most: float | None, unit: str) -> str:
    """Write bounds as a phrase has them; empty where there are none.

    >>> bounds_text(20, 40, "deg"), bounds_text(None, -6, "deg"), bounds_text(25, None, "%")
    ('20..40°', '<= -6°', '>= 25%')
    """
    sign = unit_sign(unit)
    if least is None and most is None:
        return ""
    if most is None:
        return f">= {number_text(least)}{sign}"
    return f"<= {number_text(most)}{sign}" if least is None else f"{number_text(least)}..{number_text(most)}{sign}"


def number_text(value: float | None) -> str:
    """Write a number so that it reads back the same, and a whole one without a point."""
    assert value is not None
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def seconds_text(seconds: float) -> str:
    """Write a length of time as a phrase has it, in the longest unit of which it is a whole number.

    >>> seconds_text(1500), seconds_text(90), seconds_text(7200)
    ('25 min', '90 s', '2 h')
    """
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds % size == 0:
            return f"{number_text(seconds / size)} {unit}"
    return f"{number_text(seconds)} s"


def instant_text(at: datetime) -> str:
    """Write an instant in UTC as a phrase has it."""
    text = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{text.rstrip('0').rstrip('.') if at.microsecond else text[:19].removesuffix(':00')}Z"


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
