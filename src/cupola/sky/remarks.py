"""Why a window is one: each need of a light with what a person behind a camera wants to know of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cupola.model import AnyOf, Clause, First, Lasting, Light, Near, Need
from cupola.model.light import seconds_text
from cupola.sky.intervals import Intervals, contains
from cupola.sky.known import Known

NOTHING: Mapping[Clause, list[str]] = {}
Told = Mapping[Clause, list[str]]
"""What was said already of clauses, for the times in question."""


def why(times: Mapping[Light, Intervals], known: Known) -> dict[Light, list[str]]:
    """Return for each window (seconds of the span) of each light what makes it one; a clause of many lights is asked once."""
    told: dict[Light, dict[Clause, list[str]]] = {light: {} for light in times}
    for clause in dict.fromkeys(need for light in times for need in light.clauses if isinstance(need, Clause)):
        lights = [light for light in times if clause in light.clauses]
        facts = iter(known.facts(clause, np.concatenate([times[light] for light in lights])))
        for light in lights:
            told[light][clause] = [next(facts) for _ in times[light]]
    return {light: _all_of(light, each, known, told[light]) for light, each in times.items()}


def _all_of(light: Light, times: Intervals, known: Known, told: Told) -> list[str]:
    parts = [remarks(need, times, known, told) for need in light.clauses]
    return [", ".join(row) for row in zip(*parts, strict=True)]


def remarks(need: Need, times: Intervals, known: Known, told: Told = NOTHING) -> list[str]:
    """Return a need in words for each of some times at which it is met, with a fact about it where there is one."""
    words = str(need)
    if isinstance(need, Clause):
        return [_said(words, fact) for fact in told.get(need) or known.facts(need, times)]
    if isinstance(need, Light):
        return _all_of(need, times, known, NOTHING)
    if isinstance(need, AnyOf):
        return _choices(need, times, known)
    if isinstance(need, Near):
        return [_said(words, fact) for fact in _distances(need, times, known)]
    if isinstance(need, Lasting):
        inner = remarks(need.need, times, known)
        return [f"{text} for at least {seconds_text(need.at_least_s)}" for text in inner]
    if isinstance(need, First):
        numbers = np.searchsorted(known.met(need)[:, 1], times[:, 1] - 1e-6) + 1
        inner = remarks(need.need, times, known)
        return [f"window {n} of {need.count}: {text}" for n, text in zip(numbers.tolist(), inner, strict=True)]
    return [words] * len(times)


def _said(words: str, fact: str) -> str:
    return f"{words} ({fact})" if fact else words


def _choices(need: AnyOf, times: Intervals, known: Known) -> list[str]:
    """Name the alternatives that are met midway; where none is at that very instant, all of them."""
    middle = times.mean(axis=1)
    found: list[list[str]] = [[] for _ in middle]
    for choice in need.needs:
        meets = np.flatnonzero(contains(known.met(choice), middle))
        for at, text in zip(meets.tolist(), remarks(choice, times[meets], known), strict=True):
            found[at].append(text)
    return [" and ".join(texts) or str(need) for texts in found]


def _distances(need: Near, times: Intervals, known: Known) -> list[str]:
    """Say how far the middle of each time lies from the nearest spell of what it is near."""
    inner = known.met(need.need)
    middle = times.mean(axis=1)
    if not len(inner):
        return [""] * len(middle)
    after = np.searchsorted(inner[:, 0], middle, side="right")
    until = np.where(after < len(inner), inner[np.minimum(after, len(inner) - 1), 0] - middle, np.inf)
    since = np.where(after > 0, middle - inner[np.maximum(after - 1, 0), 1], np.inf)
    return [_distance(a, b) for a, b in zip(until.tolist(), since.tolist(), strict=True)]


def _distance(until_s: float, since_s: float) -> str:
    if since_s <= 0:
        return "during it"
    return f"{_lasting(until_s)} before it, midway" if until_s < since_s else f"{_lasting(since_s)} after it, midway"


def _lasting(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
