"""One thing that can be asked of the light, in words and figures; how it is computed stands in the sky room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

World = Literal["aboard", "ground"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A condition by its name, in lower case, which has none of the words that join needs (and, or, not, within, before …).

    `holds` says in plain words while what it holds. `arguments` are the kinds of name it takes, in order (target, area, pane,
    relay, place, star, file …); a kind that ends in `?` may be left out. `unit` is that of its bounds (deg, km, %, s …), empty
    where there are none; `least` and `most` are the bounds where none are asked for, unless `bounds_from` says what gives them
    then (the target). Bounds that `wraps` go round the compass: 350..10°. `phrase` says where names and bounds
    stand: `sun {bounds} off pane {pane}`; left empty, they follow the name. A light that is `pass_bound` comes once in an
    orbit, so that each take needs a pass; a `brief` one lasts for minutes on the ground. `build` is the function of a plug-in.
    """

    name: str
    holds: str
    where: Literal["aboard", "ground", "both"]
    arguments: tuple[str, ...] = ()
    unit: str = ""
    least: float | None = None
    most: float | None = None
    wraps: bool = False
    bounds_from: str = ""
    phrase: str = ""
    pass_bound: bool = False
    brief: bool = False
    build: Callable[..., Any] | None = field(default=None, compare=False)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its arguments, without the mark of those that may be left out."""
        return tuple(kind.rstrip("?") for kind in self.arguments)

    @property
    def pattern(self) -> str:
        """The phrase, with a `{kind}` for each argument and `{bounds}` where it has any."""
        if self.phrase:
            return self.phrase
        return " ".join([self.name, *(f"{{{kind}}}" for kind in self.kinds), *(["{bounds}"] if self.unit else [])])

    @property
    def needs_bounds(self) -> bool:
        """Whether a phrase without bounds says too little."""
        return bool(self.unit) and self.least is None and self.most is None and not self.bounds_from

    @property
    def words(self) -> str:
        """The phrase as a page prints it: `over TARGET`, `sun MIN..MAX° off pane PANE`."""
        text = self.pattern
        for kind, given in zip(self.kinds, self.arguments, strict=True):
            text = text.replace(f"{{{kind}}}", f"[{kind.upper()}]" if given.endswith("?") else kind.upper())
        bounds = f"MIN..MAX{unit_sign(self.unit)}"
        return text.replace("{bounds}", bounds if self.needs_bounds else f"[{bounds}]")

    def is_at(self, world: World) -> bool:
        """Whether it can be asked aboard, or on the ground."""
        return self.where in (world, "both")


def unit_sign(unit: str) -> str:
    """Return a unit as it follows a number.

    >>> unit_sign("deg"), unit_sign("%"), unit_sign("km")
    ('°', '%', ' km')
    """
    return {"deg": "°", "%": "%", "": ""}.get(unit, f" {unit}")
