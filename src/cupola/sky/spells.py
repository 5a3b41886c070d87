"""When each thing asked of the light holds, for all that is asked at one place, over one ephemeris."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from typing import Any, TypeAlias, TypeVar

import numpy as np

from cupola.errors import LightError, OrbitError
from cupola.model import Clause, Place, Station, all_conditions, condition_named
from cupola.model.condition import World
from cupola.sky.almanac import Almanac
from cupola.sky.conditions import ORBIT, Sites, StationView
from cupola.sky.earth import EARTH, GroundView
from cupola.sky.fast import found_fast
from cupola.sky.find import Rows, find_spells
from cupola.sky.intervals import Intervals, intersect, union
from cupola.sky.measures import Line, Measure, Sight, Sought, View, between
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import Array

V = TypeVar("V", bound=View)

CLOSEST_STEP_S = 5.0
CLOSEST_SAMPLES = 250_000

Sky: TypeAlias = Ephemeris | Almanac
"""What is known of a span: aboard the station's ephemeris, on the ground the almanac."""


def check_clauses(clauses: Iterable[Clause], where: Station | Place) -> None:
    """Raise LightError or OrbitError for a clause that cannot be asked at this place, with what can."""
    world = world_of(where)
    for clause in clauses:
        known = condition_named(clause.condition)
        if known is None or not known.is_at(world):
            raise _unknown(clause, where)
    if isinstance(where, Station) and not (where.elements or where.ephemerides):
        raise OrbitError(
            f"{where.name} has orbital elements, or its light cannot be known",
            remedy="Add an orbit file with at least one element set.",
        )


def world_of(where: Station | Place) -> World:
    """Return whether a light is asked for aboard or on the ground."""
    return "aboard" if isinstance(where, Station) else "ground"


def _unknown(clause: Clause, where: Station | Place) -> LightError:
    aboard = isinstance(where, Station)
    here = [each.name for each in all_conditions(world_of(where))]
    world, other = ("aboard a station", "on Earth") if aboard else ("on Earth", "aboard a station")
    if condition_named(clause.condition):
        return LightError(
            f"“{clause.condition}” is a light {other}, and {where.name} is {world}",
            value=str(clause),
            remedy=f"Ask for one of: {', '.join(here)}; or shoot the scene {other}.",
        )
    near = get_close_matches(clause.condition, here, n=1, cutoff=0.6)
    hint = f"Did you mean “{near[0]}”? " if near else ""
    return LightError(
        "every light asked for is one that Cupola knows",
        value=str(clause),
        remedy=f"{hint}Known {world}: {', '.join(here)}.",
    )


def sights_of(clause: Clause, where: Station | Place, sky: Sky) -> Sought:
    """Return what a clause seeks at a place: sights, or times; raises LightError where the place lacks what it needs."""
    line: Line | None = (ORBIT if isinstance(where, Station) else EARTH).get(clause.condition)
    if line is None:
        return _plugged_in(clause, where, sky)
    return Sight(measures=line, view=_view(where, sky)) if isinstance(line, tuple) else line(clause, where, sky)


def _view(where: Station | Place, sky: Sky) -> StationView | GroundView:
    if isinstance(where, Station):
        assert isinstance(sky, Ephemeris)
        return StationView.of(where, sky)
    assert isinstance(sky, Almanac)
    return GroundView.of(where, sky)


def _plugged_in(clause: Clause, where: Station | Place, sky: Sky) -> Sought:
    """Return what a plug-in seeks: its function of time is a measure, its builder is asked as our own are."""
    known = condition_named(clause.condition)
    if known is None or known.build is None:
        raise _unknown(clause, where)
    step_s = getattr(known.build, "step_s", None)
    if step_s is None:
        built: Sought = known.build(clause, where, sky)
        return built
    measures = between(known.build, clause, step_s=float(step_s), unit=known.unit)
    return Sight(measures=measures, view=_view(where, sky))


def earth_spells(clauses: Iterable[Clause], place: Place, almanac: Almanac) -> dict[Clause, Intervals]:
    """Return when each clause holds at a place, in seconds of the almanac's span."""
    return spells_of(clauses, place, almanac, almanac.span.length_s)


def orbit_spells(clauses: Iterable[Clause], station: Station, ephemeris: Ephemeris) -> dict[Clause, Intervals]:
    """Return when each clause holds aboard a station, in seconds of the ephemeris' span; targets are sought together."""
    return spells_of(clauses, station, ephemeris, ephemeris.span.length_s)


def spells_of(clauses: Iterable[Clause], where: Station | Place, sky: Sky, span_s: float) -> dict[Clause, Intervals]:
    """Return when each clause holds within the first `span_s` seconds; sights of the same measures are searched together."""
    found: dict[Clause, list[Intervals]] = {}
    groups: dict[int, list[tuple[Clause, Sight]]] = {}
    for clause in dict.fromkeys(clauses):
        found[clause] = []
        sought = sights_of(clause, where, sky)
        if isinstance(sought, np.ndarray):
            found[clause].append(intersect(sought, np.array([[0.0, span_s]])))
            continue
        for n, sight in enumerate(as_sights(sought)):
            groups.setdefault(id(sight.measures) if _has_sites(sight) else -len(groups) - n - 1, []).append((clause, sight))
    for group in groups.values():
        for clause, times in _held(group, span_s):
            found[clause].append(times)
    return {clause: sets[0] if len(sets) == 1 else union(*sets) for clause, sets in found.items()}


def spells_near(clause: Clause, where: Station | Place, sky: Sky, times: Intervals) -> Intervals:
    """Return when a clause holds within some short times (seconds of the sky's span), searched there and nowhere else."""
    sought = sights_of(clause, where, sky)
    if isinstance(sought, np.ndarray) or not len(times):
        return intersect(times, sought) if isinstance(sought, np.ndarray) else times
    length_s = float(np.diff(times).max())
    starts = np.minimum(times[:, 0], max(sky.span.length_s - length_s, 0.0))
    sets = [spells for sight in as_sights(sought) for spells in _held_from(sight, starts, length_s)]
    return intersect(union(*sets), times)


def _held_from(sight: Sight, starts: Array, length_s: float) -> list[Intervals]:
    """Return when each row of a sight holds within `length_s` of each start; a row and a start are one row of the search."""

    def margin(measure: Measure[Any], t: Array, row: Rows) -> Array:
        return _seen_from(measure, sight.view, t + starts[row // sight.rows], row % sight.rows)

    rows = sight.rows * len(starts)
    tables = [
        find_spells(partial(margin, measure), rows=rows, span_s=length_s, step_s=measure.step_s) for measure in sight.measures
    ]
    held = intersect_rows(tables, length_s) if tables else [np.array([[0.0, length_s]])] * rows
    return [times + starts[row // sight.rows] for row, times in enumerate(held)]


def as_sights(sought: Sight | Sequence[Sight]) -> Sequence[Sight]:
    """Return one sight, or several, as a sequence."""
    return (sought,) if isinstance(sought, Sight) else sought


def _has_sites(sight: Sight) -> bool:
    return isinstance(sight.view, StationView) and len(sight.view.sites) > 0


def _held(group: Sequence[tuple[Clause, Sight]], span_s: float) -> list[tuple[Clause, Intervals]]:
    """Return when each row of sights with the same measures holds, all rows searched as one view."""
    owners = [clause for clause, sight in group for _ in range(sight.rows)]
    first = group[0][1]
    view = first.view
    if len(group) > 1:
        view = replace(view, sites=Sites.joined([sight.view.sites for _, sight in group]))
    return list(zip(owners, hold(first.measures, view, len(owners), span_s), strict=True))


def hold(measures: Sequence[Measure[V]], view: V, rows: int, span_s: float) -> list[Intervals]:
    """Return for each row of a view when all the measures are positive."""
    tables = [_found(measure, view, rows, span_s) for measure in measures]
    return intersect_rows(tables, span_s) if tables else [np.array([[0.0, span_s]])] * rows


def _found(measure: Measure[V], view: V, rows: int, span_s: float) -> list[Intervals]:
    fast = found_fast(measure, view, rows, span_s)
    if fast is not None:
        return fast
    return find_spells(partial(_seen_from, measure, view), rows=rows, span_s=span_s, step_s=measure.step_s)


def _seen_from(measure: Measure[V], view: V, t: Array, row: Rows) -> Array:
    return measure.margin(t, view.at(row))


def intersect_rows(tables: Sequence[list[Intervals]], span_s: float) -> list[Intervals]:
    """Return for each row the times that are in all its sets; the rows are laid end to end and cut again."""
    if len(tables) == 1 or len(tables[0]) == 1:
        return [intersect(*sets) for sets in zip(*tables, strict=True)]
    stride = span_s + 1.0
    rows = len(tables[0])
    starts = stride * np.arange(rows)
    laid = [np.concatenate(sets) + np.repeat(starts, [len(of_row) for of_row in sets])[:, None] for sets in tables]
    common = intersect(*laid)
    row = (common[:, 0] // stride).astype(np.int64)
    return np.split(common - starts[row][:, None], np.searchsorted(row, np.arange(1, rows)))


def closest_s(sights: Sequence[Sight], span_s: float) -> tuple[float, float, Measure[Any]]:
    """Return the second at which sights that never hold come closest to it, and by how much which measure misses there.

    Each measure is weighed by how much it varies over the span, so that kilometres and radians can be compared. Good to a
    few seconds.
    """
    step = max(CLOSEST_STEP_S, span_s / CLOSEST_SAMPLES)
    t = np.arange(0.0, span_s, step)[None, :]
    best = (-np.inf, 0.0, 0.0, sights[0].measures[0])
    for sight in sights:
        row = np.arange(sight.rows)[:, None]
        shape = (sight.rows, t.size)
        values = [np.broadcast_to(_seen_from(each, sight.view, t, row), shape) for each in sight.measures]
        weighed = np.array([value / (value.std() or 1.0) for value in values])
        worst = weighed.min(axis=0)
        row_at, at = divmod(int(np.argmax(worst)), t.size)
        which = int(np.argmin(weighed[:, row_at, at]))
        if worst[row_at, at] > best[0]:
            best = (float(worst[row_at, at]), float(t[0, at]), float(values[which][row_at, at]), sight.measures[which])
    return best[1:]
