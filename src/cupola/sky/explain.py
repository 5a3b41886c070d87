"""Why there is no window: which need rules it out, by how much, and the nearest instant that would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from cupola.errors import CupolaError
from cupola.model import AnyOf, Clause, First, Lasting, Light, Near, Need, Not, Place, Station, Widened
from cupola.model.light import grouped
from cupola.sky.intervals import Intervals, at_least, intersect
from cupola.sky.known import Known, known_of, met_together
from cupola.sky.measures import Measure
from cupola.sky.spells import as_sights, closest_s, sights_of
from cupola.sky.sun import zone_of
from cupola.sky.timescale import Span

SEEK_ABOARD_DAYS, SEEK_GROUND_DAYS = 60.0, 366.0
"""How far before and after a span the nearest window is looked for."""
SEEK_STEP_DAYS = 4.0
"""How much of that is searched first; then twice as much at a time."""
LONGEST_S = 1e-3


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Case:
    """A light that was looked for, with what is known of its clauses."""

    light: Light
    known: Known

    @property
    def span(self) -> Span:
        return self.known.span

    @property
    def together(self) -> Intervals:
        return self.known.met(self.light)

    def without(self, need: Need) -> Intervals:
        """Return when all needs but one are met."""
        return self.known.met(Light(clauses=tuple(other for other in self.light.clauses if other != need)))

    def moment(self, at_s: float) -> str:
        """Return an instant as people say it there: UTC aboard, local time on the ground."""
        (at,) = self.span.utc([at_s])
        return moment(at, self.known.where)


def moment(at: datetime, where: Station | Place) -> str:
    """Return an instant as people say it at a place: UTC aboard, local time on the ground."""
    if isinstance(where, Place):
        local = at.astimezone(zone_of(where))
        return f"{local.day} {local:%b %Y, %H:%M} local time"
    return f"{at.day} {at:%b %Y, %H:%M:%S} UTC"


def why_none(light: Light, where: Station | Place, *, start: datetime, end: datetime, at_least_s: float = 0.0) -> str:
    """Say in a few sentences why a light has no window of `at_least_s` seconds, what comes closest, and when there is one.

    The nearest window outside the span is looked for 60 days around it aboard, a year on the ground. Where there is such a
    window within the span after all, it says that. Raises as `find_windows` does.
    """
    if light.is_any:
        return "Any light will do, so the whole span is one window."
    ((_, known),) = known_of((light,), where, start, end)
    case = Case(light=light, known=known)
    never = [need for need in light.clauses if not len(known.met(need))]
    if never:
        reason = _never(case, never[0])
    elif not len(case.together):
        reason = _never_together(case)
    else:
        reason = _longest(case, at_least_s)
        if (np.diff(case.together) >= at_least_s).any():
            return reason
    return f"{reason} {_nearest(case, at_least_s)}"


def _never(case: Case, need: Need) -> str:
    """Say that one need is never met, and what comes closest to it."""
    first, last = case.moment(0.0), case.moment(case.span.length_s)
    return f"“{need}” never holds between {first} and {last}. {_because(case, need)}"


def _because(case: Case, need: Need) -> str:
    """Say what rules a need out that is never met, or what comes closest to it."""
    known = case.known
    if isinstance(need, Clause):
        return _closest(case, need)
    if isinstance(need, AnyOf):
        return " ".join(f"Not “{each}”: {_because(case, each)}" for each in need.needs)
    if isinstance(need, Light):
        never = [each for each in need.clauses if not len(known.met(each))]
        inner = Case(light=need, known=known)
        return _because(case, never[0]) if never else _never_together(inner)
    if isinstance(need, Not):
        return f"“{need.need}” holds throughout."
    times = known.met(need.need)
    if not len(times):
        return _because(case, need.need)
    if isinstance(need, Lasting | First) and len(times) and need.at_least_s:
        long = at_least(times, need.at_least_s) if isinstance(need, First) else times[:0]
        asked = f"{need.count} of {duration(need.at_least_s)}" if isinstance(need, First) else duration(need.at_least_s)
        best = times[int(np.argmax(np.diff(times)))]
        most = f"{grouped(need.need)} lasts {duration(best[1] - best[0])} at most, from {case.moment(best[0])}"
        return f"Asked are {asked}; there are {len(long)}." if len(long) else f"Asked are {asked}; {most}."
    if isinstance(need, First):
        return f"Asked are {need.count} windows; there are {len(times)} in the span."
    if isinstance(need, Widened):
        best = times[int(np.argmax(np.diff(times)))]
        return f"“{need.need}” lasts {duration(best[1] - best[0])} at most, too short to be narrowed so far."
    assert isinstance(need, Near)
    return f"“{need.need}” holds, but nothing of the span lies {need.side} it so near."


def _closest(case: Case, clause: Clause) -> str:
    """Describe the instant at which a clause that never holds comes closest to holding."""
    known = case.known
    sought = sights_of(clause, known.where, known.sky)
    if isinstance(sought, np.ndarray):
        return "The times that are given for it lie outside."
    at, miss, measure = closest_s(as_sights(sought), known.sky.span.length_s)
    at_s = min(max(at - known.around_s, 0.0), case.span.length_s)
    state = known.seen.state(clause, at_s + known.around_s) or _missed(miss, measure)
    return f"It comes closest on {case.moment(at_s)}: {state}."


def _missed(miss: float, measure: Measure[object]) -> str:
    """Say by how much a measure misses, in the unit that people use."""
    if measure.unit == "rad":
        return f"{abs(np.degrees(miss)):.1f}° are missing"
    unit = {"deg": "°", "%": "%"}.get(measure.unit, f" {measure.unit}")
    return f"{abs(miss):.3g}{unit} are missing"


def _never_together(case: Case) -> str:
    """Say that the needs are never met together, which one to give up, and by how little they miss each other."""
    needs = case.light.clauses
    gains = [float(np.diff(case.without(need)).sum()) for need in needs]
    worst = needs[int(np.argmax(gains))]
    rest = case.without(worst)
    if not len(rest):
        return f"{_listed(case)} each hold at times, but never together, and giving up one of them is not enough."
    early, late = _nearest_miss(rest, case.known.met(worst))
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
    """Say how long the longest window is, and which need makes it short."""
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
    without = {need: float(np.diff(case.without(need)).max()) for need in case.light.clauses}
    tight = max(without, key=lambda need: without[need])
    return f"{text} Without “{tight}” it would last {duration(without[tight])}."


def _listed(case: Case) -> str:
    names = [f"“{need}”" for need in case.light.clauses]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _nearest(case: Case, at_least_s: float) -> str:
    """Say when the nearest window before or after the span is, as far as there is reason to look."""
    where, span = case.known.where, case.span
    far = SEEK_ABOARD_DAYS if isinstance(where, Station) else SEEK_GROUND_DAYS
    if any(map(_counts, case.light.clauses)):
        return "A longer span may have it."
    needs = _rarest_first(case)
    since = _sought(needs, where, at_least_s, lambda a, b: (span.start_utc - b, span.start_utc - a), far)
    until = _sought(needs, where, at_least_s, lambda a, b: (span.end_utc + a, span.end_utc + b), far)
    before = max((close for _, close in since), default=None)
    after = min((open_ for open_, _ in until), default=None)
    if before is None and after is None:
        return f"Nor is there one in the {far:.0f} days before or after."
    if after is None or (before is not None and span.start_utc - before < after - span.end_utc):
        assert before is not None
        return f"The nearest one lies before the span: it closes on {moment(before, where)}."
    return f"The nearest one lies after the span: it opens on {moment(after, where)}."


def _counts(need: Need) -> bool:
    """Whether a need counts windows from the start of a span, so that it means another thing in another span."""
    if isinstance(need, First):
        return True
    if isinstance(need, AnyOf | Light):
        return any(map(_counts, need.needs if isinstance(need, AnyOf) else need.clauses))
    return not isinstance(need, Clause) and _counts(need.need)


Stretch = Callable[[timedelta, timedelta], tuple[datetime, datetime]]


def _sought(
    needs: Sequence[Need], where: Station | Place, at_least_s: float, stretch: Stretch, far: float
) -> list[tuple[datetime, datetime]]:
    """Return windows in the nearest stretch of time that has any, going outward until `far` days or the end of the data."""
    gone, step = 0.0, SEEK_STEP_DAYS
    while gone < far:
        upto = min(gone + step, far)
        try:
            start, end = stretch(timedelta(days=gone), timedelta(days=upto))
            span, times = met_together(needs, where, start, end)
        except (CupolaError, OverflowError):
            return []
        times = at_least(times, max(at_least_s, LONGEST_S))
        if len(times):
            return list(zip(span.utc(times[:, 0]), span.utc(times[:, 1]), strict=True))
        gone, step = upto, 2 * step
    return []


def _rarest_first(case: Case) -> list[Need]:
    """Return the needs of a light, each time the one that leaves least of what those before it have left of the span."""
    left = {need: case.known.met(need) for need in case.light.clauses}
    order: list[Need] = []
    while left:
        least = min(left, key=lambda need: float(np.diff(left[need]).sum()))
        times = left.pop(least)
        order.append(least)
        if len(times):
            left = {need: intersect(times, each) for need, each in left.items()}
    return order


def duration(seconds: float) -> str:
    """Return a length of time as people say it, in two units at most."""
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    if whole < 7200:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
