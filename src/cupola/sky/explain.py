"""Why there is no window, and how old the elements are, said so that a person knows what to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from cupola.model import Clause, Light, Place, Station
from cupola.sky.ageing import edge_p95_s, edge_s
from cupola.sky.almanac import Almanac
from cupola.sky.conditions import StationView
from cupola.sky.earth import EARTH, GroundView
from cupola.sky.intervals import Intervals, intersect
from cupola.sky.orbit import Ephemeris
from cupola.sky.spells import check_clauses, closest_s, earth_spells, looked_at, orbit_spells
from cupola.sky.sun import zone_of
from cupola.sky.timescale import DAY_S, Span, elapsed_s
from cupola.sky.words import Aboard, OnGround

FRESH_DAYS = 3.0
"""Elements younger than this throughout a span are not worth a remark."""
YEAR_DAYS = 365.25


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Case:
    """A light that was looked for, with when each of its clauses holds."""

    light: Light
    where: Station | Place
    seen: Aboard | OnGround
    span: Span
    spells: Mapping[Clause, Intervals]

    @property
    def together(self) -> Intervals:
        return self.without(None)

    def without(self, clause: Clause | None) -> Intervals:
        """Return when all clauses but one hold."""
        rest = [self.spells[other] for other in self.light.clauses if other != clause]
        return intersect(*rest) if rest else np.array([[0.0, self.span.length_s]])

    def moment(self, at_s: float) -> str:
        """Return an instant as people say it there: UTC aboard, local time on the ground."""
        (at,) = self.span.utc([at_s])
        if isinstance(self.where, Place):
            local = at.astimezone(zone_of(self.where))
            return f"{local.day} {local:%b %Y, %H:%M} local time"
        return f"{at.day} {at:%b %Y, %H:%M:%S} UTC"


def why_none(light: Light, where: Station | Place, *, start: datetime, end: datetime, at_least_s: float = 0.0) -> str:
    """Say in a sentence or two why a light has no window of `at_least_s` seconds, and what comes closest.

    Where there is such a window after all, the sentence says that. Raises as `find_windows` does.
    """
    if light.is_any:
        return "Any light will do, so the whole span is one window."
    case = _looked_for(light, where, start, end)
    never = [clause for clause in light.clauses if not len(case.spells[clause])]
    if never:
        return _never(case, never[0])
    if not len(case.together):
        return _never_together(case)
    return _longest(case, at_least_s)


def _looked_for(light: Light, where: Station | Place, start: datetime, end: datetime) -> Case:
    check_clauses(light.clauses, where)
    span = Span(start_utc=start, end_utc=end)
    if isinstance(where, Station):
        ephemeris = Ephemeris.over(where.elements[0], start, end)
        spells = orbit_spells(light.clauses, where, ephemeris)
        return Case(light=light, where=where, seen=Aboard(station=where, ephemeris=ephemeris), span=span, spells=spells)
    almanac = Almanac.over(start, end)
    spells = earth_spells(light.clauses, where, almanac)
    return Case(light=light, where=where, seen=OnGround(place=where, almanac=almanac), span=span, spells=spells)


def _never(case: Case, clause: Clause) -> str:
    """Say that one clause never holds, and describe the instant that comes closest to it."""
    first, last = case.moment(0.0), case.moment(case.span.length_s)
    at = _closest(case, clause)
    state = case.seen.state(clause, at)
    return f"“{clause}” never holds between {first} and {last}. It comes closest on {case.moment(at)}: {state}."


def _closest(case: Case, clause: Clause) -> float:
    """Return the second at which a clause that never holds comes closest to holding."""
    span_s = case.span.length_s
    if isinstance(case.seen, OnGround):
        return closest_s(EARTH[clause.condition], GroundView.of(case.seen.place, case.seen.almanac), 1, span_s)
    measures, sites = looked_at(clause, case.seen.station)
    view = StationView.of(case.seen.station, case.seen.ephemeris, sites)
    return closest_s(measures, view, max(1, len(sites)), span_s)


def _never_together(case: Case) -> str:
    """Say that the clauses never meet, which one to give up, and by how little they miss each other."""
    clauses = case.light.clauses
    gains = [float(np.diff(case.without(clause)).sum()) for clause in clauses]
    worst = clauses[int(np.argmax(gains))]
    rest = case.without(worst)
    if not len(rest):
        return f"{_listed(case)} each hold at times, but never together, and giving up one of them is not enough."
    early, late = _nearest_miss(rest, case.spells[worst])
    gap = duration(late - early)
    return (
        f"{_listed(case)} each hold at times, but never together; without “{worst}” there are {len(rest)} windows. "
        f"They miss each other least on {case.moment(early)}, by {gap}."
    )


def _nearest_miss(a: Intervals, b: Intervals) -> tuple[float, float]:
    """Return the end of the earlier and the start of the later of the two disjoint spells that lie closest."""
    gaps = np.concatenate((_gaps(a, b), _gaps(b, a)))
    early, late = gaps[int(np.argmin(gaps[:, 1] - gaps[:, 0]))]
    return float(early), float(late)


def _gaps(first: Intervals, then: Intervals) -> Intervals:
    """Return for each spell of one set its end and the next start in the other set, where there is one."""
    following = np.searchsorted(then[:, 0], first[:, 1], side="left")
    has = following < len(then)
    return np.column_stack((first[has, 1], then[following[has], 0]))


def _longest(case: Case, at_least_s: float) -> str:
    """Say how long the longest window is, and which clause makes it short."""
    times = case.together
    lengths = np.diff(times).ravel()
    best = int(np.argmax(lengths))
    longest = f"{duration(lengths[best])}, from {case.moment(times[best, 0])}"
    enough = int((lengths >= at_least_s).sum())
    if enough:
        return (
            f"There {'is 1 window' if enough == 1 else f'are {enough} windows'} of {case.light}; the longest lasts {longest}."
        )
    text = f"No window of {case.light} lasts {duration(at_least_s)}: the longest of {len(times)} lasts {longest}."
    if len(case.light.clauses) < 2:
        return text
    without = {clause: float(np.diff(case.without(clause)).max()) for clause in case.light.clauses}
    tight = max(without, key=lambda clause: without[clause])
    return f"{text} Without “{tight}” it would last {duration(without[tight])}."


def _listed(case: Case) -> str:
    names = [f"“{clause}”" for clause in case.light.clauses]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def age_note(station: Station, start: datetime, end: datetime) -> str | None:
    """Say how old the station's elements are over a span, and what that does to its windows; None while fresh."""
    if not station.elements:
        return f"{station.name} has no orbital elements: add an orbit file with at least one set."
    elements = station.elements[0]
    since = np.array([elapsed_s(elements.epoch_utc, at) for at in (start, end)]) / DAY_S
    oldest = float(np.abs(since).max())
    youngest = 0.0 if since[0] <= 0 <= since[1] else float(np.abs(since).min())
    if oldest <= FRESH_DAYS:
        return None
    fetch = f"Fetch a set published near {start:%Y-%m-%d} and run again."
    if youngest > station.trust_days:
        age = f"{span_of_days(youngest)} {'old at the first window' if since[0] > 0 else 'younger than the last window'}"
        return f"The elements of {elements.epoch_utc:%Y-%m-%d} are {age}: no window is firm. {fetch}"
    off, rare = (float(f(np.array(oldest), elements)) for f in (edge_s, edge_p95_s))
    far = "last" if abs(since[1]) >= abs(since[0]) else "first"
    text = (
        f"The elements of {elements.epoch_utc:%Y-%m-%d} are {span_of_days(oldest)} from the {far} window: "
        f"edges there may be off by {off:.0f} s, one time in twenty by {rare:.0f} s."
    )
    if oldest > station.trust_days:
        text += f" Windows more than {station.trust_days:g} days from the elements are not firm."
    return f"{text} {fetch}"


def span_of_days(days: float) -> str:
    """Return an age in days, or in years from one year on."""
    return f"{days / YEAR_DAYS:.1f} years" if days >= YEAR_DAYS else f"{days:.1f} days"


def duration(seconds: float) -> str:
    """Return a length of time as people say it, in two units at most."""
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    if whole < 7200:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
