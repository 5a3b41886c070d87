"""Every condition by its name: those of the two tables, and those that installed packages add."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from cupola.model.condition import Condition, World
from cupola.model.conditions_aboard import ABOARD
from cupola.model.conditions_ground import GROUND

GROUP = "cupola.conditions"
"""The entry-point group in which an installed package offers conditions of its own."""

BUILT_IN: dict[str, Condition] = {each.name: each for each in (*ABOARD, *GROUND)}
"""What Cupola itself knows."""


def condition_named(name: str) -> Condition | None:
    """Return the condition of a name (in lower case); None where neither Cupola nor a plug-in knows it."""
    return BUILT_IN.get(name) or plugged_in().get(name)


def all_conditions(world: World | None = None) -> Iterator[Condition]:
    """Yield every condition that can be asked aboard, or on the ground, or anywhere; the plug-ins' last."""
    for each in (*BUILT_IN.values(), *plugged_in().values()):
        if world is None or each.is_at(world):
            yield each


@cache
def plugged_in() -> Mapping[str, Condition]:
    """Return the conditions of installed packages; one that has a name of Cupola's own is left out.

    An entry point of the group `cupola.conditions` is a `Condition` with its `build`, or a plain function `f(t, view)`:
    positive while the light is there, with `step_s`, `unit` and `where` as attributes (how often to look, in what it counts,
    where it can be asked); the first line of its docstring says while what it holds, and the entry point's name is its name,
    hyphens read as spaces.
    """
    from importlib.metadata import entry_points

    found = (_plugged(point.name, point.load()) for point in entry_points(group=GROUP))
    return {each.name: each for each in found if each.name not in BUILT_IN}


def _plugged(name: str, thing: Any) -> Condition:
    if isinstance(thing, Condition):
        return thing
    words = " ".join(re.split(r"[-_\s]+", name.casefold()))
    holds = (thing.__doc__ or words).strip().splitlines()[0].rstrip(".")
    return Condition(name=words, holds=holds, where=thing.where, unit=thing.unit, least=0.0, build=thing)
