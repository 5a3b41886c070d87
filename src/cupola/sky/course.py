"""Which orbit file answers for which instant: the nearest element set, or the ephemeris where one covers.

Two sets are changed over halfway between their epochs, or at the logged burn that lies between them, so that no set is
carried across a burn while another is on the right side of it. An ephemeris goes before sets, because its maker's planned
burns are in it; of several the one made last. What lies past the ends of all orbit files is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from math import inf

import numpy as np

from cupola.errors import OrbitError
from cupola.model import Elements, Manoeuvre, Station
from cupola.sky.elements import evenly, propagate
from cupola.sky.published import Published
from cupola.sky.timescale import DAY_S, Array, Span, elapsed_s

States = tuple[Array, Array]
SAME_BURN_S = 600.0
"""A burn in the log and one in an ephemeris this near to each other are the same."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Stretch:
    """A time, half-open, SI seconds of a span, in which one source answers.

    `elements` date and number what the source says: for an ephemeris they are its orbit in outline. `states` gives TEME km and
    km/s at any instants of the stretch, `even` at nodes of even step; `breaks` are times (from, to) in which the path must
    not be smoothed over; `foreseen` are burns the source knows of.
    """

    start_s: float
    end_s: float
    elements: Elements
    states: Callable[[Array], States]
    even: Callable[[Array], States]
    breaks: tuple[tuple[float, float], ...] = ()
    foreseen: tuple[datetime, ...] = ()

    def knows(self, burn: Manoeuvre) -> bool:
        """Whether the source has a burn in it, as an ephemeris has the planned ones."""
        return any(abs((at - burn.start_utc).total_seconds()) <= SAME_BURN_S for at in self.foreseen)


def manoeuvre_between(station: Station, first_utc: datetime, then_utc: datetime) -> Manoeuvre | None:
    """Return the first logged burn that lies, even in part, between two instants in either order; None where none does.

    With the epoch of elements and an instant it says whether the elements can know the orbit then.
    """
    low, high = sorted((first_utc, then_utc))
    between = [burn for burn in station.manoeuvres if burn.start_utc < high and burn.end_utc > low]
    return min(between, key=lambda burn: burn.start_utc, default=None)


def stretches_of(station: Station, span: Span, margin_s: float) -> tuple[Stretch, ...]:
    """Return what answers over a span and a margin on either side, in order, without gaps.

    Raises OrbitError where no orbit file covers an instant of the span. The margin may run past the end of an ephemeris.
    """
    stretches = _of_sets(station, span)
    for ephemeris in sorted(station.ephemerides, key=lambda one: one.created_utc):
        for segment in ephemeris.segments:
            stretches = _overlaid(stretches, _of_segment(Published.of(ephemeris, segment, span)))
    return _covering(stretches, station, span, margin_s)


def stretch_of_set(elements: Elements, span: Span, start_s: float = -inf, end_s: float = inf) -> Stretch:
    """Return one element set as what answers for a time."""
    since = elapsed_s(elements.epoch_utc, span.start_utc)
    return Stretch(
        start_s=start_s,
        end_s=end_s,
        elements=elements,
        states=lambda t: propagate(elements, t + since),
        even=lambda t: evenly(elements, t + since),
    )


def _of_sets(station: Station, span: Span) -> list[Stretch]:
    by_epoch = {one.epoch_utc: one for one in reversed(station.elements)}
    sets = [by_epoch[epoch] for epoch in sorted(by_epoch)]
    changes = [span.seconds(change_over(a, b, station.manoeuvres)) for a, b in pairwise(sets)]
    edges = [-inf, *changes, inf]
    return [stretch_of_set(one, span, a, b) for one, (a, b) in zip(sets, pairwise(edges), strict=False)]


def change_over(before: Elements, after: Elements, manoeuvres: Iterable[Manoeuvre]) -> datetime:
    """Return when the later of two sets takes over: halfway, or as near to that as the burns between them allow."""
    middle = before.epoch_utc + (after.epoch_utc - before.epoch_utc) / 2
    burns = [burn for burn in manoeuvres if before.epoch_utc <= burn.start_utc and burn.end_utc <= after.epoch_utc]
    if not burns:
        return middle
    first, last = min(burn.start_utc for burn in burns), max(burn.end_utc for burn in burns)
    return min(max(middle, first), last)


def _of_segment(published: Published) -> Stretch:
    return Stretch(
        start_s=published.start_s,
        end_s=published.end_s,
        elements=published.outline,
        states=published.states,
        even=published.states,
        breaks=published.breaks,
        foreseen=published.foreseen,
    )


def _overlaid(below: list[Stretch], top: Stretch) -> list[Stretch]:
    """Return stretches with one laid over them."""
    cut = [replace(one, end_s=min(one.end_s, top.start_s)) for one in below]
    cut += [replace(one, start_s=max(one.start_s, top.end_s)) for one in below]
    return sorted([one for one in cut if one.start_s < one.end_s] + [top], key=lambda one: one.start_s)


def _covering(stretches: Sequence[Stretch], station: Station, span: Span, margin_s: float) -> tuple[Stretch, ...]:
    """Return the stretches of a span, the first and last drawn out over the margin; raises OrbitError for a gap."""
    near = [one for one in stretches if one.end_s >= 0 and one.start_s <= span.length_s]
    at = 0.0
    for one in near:
        if one.start_s > at:
            break
        at = max(at, one.end_s)
    if not near or at < span.length_s:
        raise _uncovered(station, span, at)
    wide = [one for one in stretches if one.end_s > -margin_s and one.start_s < span.length_s + margin_s]
    joined = [one for one in wide if one in near or _touches(one, wide)]
    joined[0] = replace(joined[0], start_s=min(joined[0].start_s, -margin_s))
    joined[-1] = replace(joined[-1], end_s=max(joined[-1].end_s, span.length_s + margin_s))
    return tuple(joined)


def _touches(one: Stretch, others: Sequence[Stretch]) -> bool:
    """Whether a stretch outside the span meets its neighbour without a gap."""
    return any(one.end_s == other.start_s or other.end_s == one.start_s for other in others if other is not one)


def _uncovered(station: Station, span: Span, at_s: float) -> OrbitError:
    if not (station.elements or station.ephemerides):
        remedy = "Add an orbit file with at least one element set, or an ephemeris."
        return OrbitError(f"{station.name} has orbital elements", remedy=remedy)
    (at,) = span.utc([at_s])
    first = min(one.epoch_utc + timedelta(seconds=one.useable_s[0]) for each in station.ephemerides for one in each.segments)
    last = max(one.epoch_utc + timedelta(seconds=one.useable_s[1]) for each in station.ephemerides for one in each.segments)
    return OrbitError(
        f"the ephemeris of {station.name} covers the whole span, and is never carried past its ends",
        value=f"nothing for {at:%Y-%m-%d %H:%M:%S} UTC; it covers {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC",
        remedy="Fetch the ephemeris of those dates, add an element set (TLE or OMM) for the rest, or shorten the unit's span.",
    )


def oldest_days(t: Array, stretch: Stretch, span: Span) -> Array:
    """Return how many days each instant lies from the epoch of its source."""
    return np.abs(t + elapsed_s(stretch.elements.epoch_utc, span.start_utc)) / DAY_S
