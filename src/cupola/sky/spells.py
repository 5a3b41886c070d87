"""When each thing asked of the light holds, for all that is asked at one place, over one ephemeris."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Protocol, TypeVar

import numpy as np

from cupola.errors import LightError, OrbitError
from cupola.model import EARTH_CONDITIONS, ORBIT_CONDITIONS, Clause, Place, Station, Target
from cupola.sky.almanac import Almanac
from cupola.sky.conditions import ORBIT, Measure, Sites, StationView
from cupola.sky.earth import EARTH, GroundView
from cupola.sky.find import Rows, find_spells
from cupola.sky.intervals import Intervals, intersect, union
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import Array

V = TypeVar("V", bound="View")

DISH_SEES = ORBIT["over"][:1]
"""A ground station hears the station while it is above the mask: the first measure of a target below."""
CLOSEST_STEP_S = 5.0
CLOSEST_SAMPLES = 250_000


class View(Protocol):
    """What a measure looks at, and how to look from some of its rows."""

    def at(self: V, row: Rows, /) -> V: ...


def check_clauses(clauses: Iterable[Clause], where: Station | Place) -> None:
    """Raise LightError or OrbitError for a clause that cannot be asked at this place, with what can."""
    known = ORBIT_CONDITIONS if isinstance(where, Station) else EARTH_CONDITIONS
    for clause in clauses:
        if clause.condition not in known:
            raise _unknown(clause, where)
        if isinstance(where, Station):
            _check_station_has(clause, where)
    if isinstance(where, Station) and not where.elements:
        raise OrbitError(
            f"{where.name} has orbital elements, or its light cannot be known",
            remedy="Add an orbit file with at least one element set.",
        )


def _unknown(clause: Clause, where: Station | Place) -> LightError:
    aboard = isinstance(where, Station)
    here, there = (ORBIT_CONDITIONS, EARTH_CONDITIONS) if aboard else (EARTH_CONDITIONS, ORBIT_CONDITIONS)
    world, other = ("aboard a station", "on Earth") if aboard else ("on Earth", "aboard a station")
    if clause.condition in there:
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


def _check_station_has(clause: Clause, station: Station) -> None:
    if clause.condition == "over" and station.target(clause.argument) is None:
        names = ", ".join(target.name for target in station.targets)
        raise LightError(
            f"“over” names a ground target of {station.name}",
            value=str(clause),
            remedy=f"Known targets: {names}." if names else "The station has no targets yet: add one with its coordinates.",
        )
    if clause.condition == "in contact" and not station.relays:
        raise LightError(
            f"“in contact” needs a relay satellite or ground station that {station.name} can be heard by",
            value=str(clause),
            remedy="Add at least one relay to the station: a longitude for a geostationary one, a latitude too for a dish.",
        )
    if clause.condition == "outside saa" and not station.saa:
        raise LightError(
            f"“outside saa” needs the outline of the South Atlantic Anomaly for {station.name}",
            value=str(clause),
            remedy="Give the station `saa` as a list of [latitude, east longitude] corners.",
        )


def earth_spells(clauses: Iterable[Clause], place: Place, almanac: Almanac) -> dict[Clause, Intervals]:
    """Return when each clause holds at a place, in seconds of the almanac's span."""
    view = GroundView.of(place, almanac)
    return {clause: hold(EARTH[clause.condition], view, 1, almanac.span.length_s)[0] for clause in clauses}


def orbit_spells(clauses: Iterable[Clause], station: Station, ephemeris: Ephemeris) -> dict[Clause, Intervals]:
    """Return when each clause holds aboard a station, in seconds of the ephemeris' span; targets are sought together."""
    asked = tuple(dict.fromkeys(clauses))
    view = StationView.of(station, ephemeris)
    over = {clause: target for clause in asked if (target := target_of(clause, station)) is not None}
    sites = Sites.of_targets(tuple(over.values()))
    found = dict(zip(over, site_spells(ORBIT["over"], sites, station, ephemeris), strict=True))
    for clause in asked:
        if clause.condition == "in contact":
            found[clause] = contact_spells(station, ephemeris)
        elif clause not in found:
            found[clause] = hold(ORBIT[clause.condition], view, 1, ephemeris.span.length_s)[0]
    return found


def target_of(clause: Clause, station: Station) -> Target | None:
    """Return the ground target that a clause names; None for a clause of another kind."""
    return station.target(clause.argument) if clause.condition == "over" else None


def looked_at(clause: Clause, station: Station) -> tuple[tuple[Measure[StationView], ...], Sites]:
    """Return the measures of a clause and the sites they look at: its target, the relays, or none."""
    if clause.condition == "in contact":
        satellites = Sites.of_satellites(station.relays)
        return (ORBIT["in contact"], satellites) if len(satellites) else (DISH_SEES, Sites.of_stations(station.relays))
    target = target_of(clause, station)
    return ORBIT[clause.condition], Sites.of_targets(() if target is None else (target,))


def contact_spells(station: Station, ephemeris: Ephemeris) -> Intervals:
    """Return when any relay satellite or ground station sees the station."""
    satellites = site_spells(ORBIT["in contact"], Sites.of_satellites(station.relays), station, ephemeris)
    dishes = site_spells(DISH_SEES, Sites.of_stations(station.relays), station, ephemeris)
    return union(*satellites, *dishes)


def site_spells(
    measures: Sequence[Measure[StationView]], sites: Sites, station: Station, ephemeris: Ephemeris
) -> list[Intervals]:
    """Return for each site when all the measures are positive."""
    if not len(sites):
        return []
    return hold(measures, StationView.of(station, ephemeris, sites), len(sites), ephemeris.span.length_s)


def hold(measures: Sequence[Measure[V]], view: V, rows: int, span_s: float) -> list[Intervals]:
    """Return for each row of a view when all the measures are positive."""
    tables = [
        find_spells(partial(_seen_from, measure, view), rows=rows, span_s=span_s, step_s=measure.step_s) for measure in measures
    ]
    return intersect_rows(tables, span_s)


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


def closest_s(measures: Sequence[Measure[V]], view: V, rows: int, span_s: float) -> float:
    """Return the second at which measures that never hold together come closest to it, to a few seconds.

    Each is weighed by how much it varies over the span, so that kilometres and radians can be compared.
    """
    step = max(CLOSEST_STEP_S, span_s / CLOSEST_SAMPLES)
    t, row = np.arange(0.0, span_s, step)[None, :], np.arange(rows)[:, None]
    values = [np.broadcast_to(_seen_from(measure, view, t, row), (rows, t.size)) for measure in measures]
    worst = np.min([value / (value.std() or 1.0) for value in values], axis=0)
    return float(t[0, int(np.argmax(worst.max(axis=0)))])
