"""How old what a station's orbit is known from gets over a span, and what that does to its windows, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from cupola.errors import OrbitError
from cupola.model import Station
from cupola.sky.ageing import edge_p95_s, edge_s
from cupola.sky.course import Stretch, stretches_of
from cupola.sky.timescale import DAY_S, Span

FRESH_DAYS = 3.0
"""Elements younger than this throughout a span are not worth a remark."""
YEAR_DAYS = 365.25


@dataclass(frozen=True, kw_only=True, slots=True)
class Age:
    """How old a source gets in the time it answers for: in days, where that is, and how young it is at best."""

    source: Stretch
    oldest: float
    at_s: float
    youngest: float

    @classmethod
    def of(cls, source: Stretch, span: Span) -> Age:
        """Return the age of a source within a span."""
        epoch = span.seconds(source.elements.epoch_utc)
        edges = max(0.0, source.start_s), min(span.length_s, source.end_s)
        at = max(edges, key=lambda edge: abs(edge - epoch))
        inside = edges[0] <= epoch <= edges[1]
        youngest = 0.0 if inside else min(abs(edge - epoch) for edge in edges)
        return cls(source=source, oldest=abs(at - epoch) / DAY_S, at_s=at, youngest=youngest / DAY_S)


def age_note(station: Station, start: datetime, end: datetime) -> str | None:
    """Say how old the station's elements are over a span, and what that does to its windows; None while fresh.

    Of several sets and ephemerides it speaks of the one that gets oldest before another takes over.
    """
    if not (station.elements or station.ephemerides):
        return f"{station.name} has no orbital elements: add an orbit file with at least one set."
    span = Span(start_utc=start, end_utc=end)
    try:
        ages = [Age.of(source, span) for source in stretches_of(station, span, 0.0)]
    except OrbitError:
        return None  # the search says it, with what to do
    worst = max(ages, key=lambda age: age.oldest)
    return None if worst.oldest <= FRESH_DAYS else _note(worst, min(age.youngest for age in ages), station, span)


def _note(age: Age, youngest: float, station: Station, span: Span) -> str:
    elements = age.source.elements
    name = "elements of" if elements in station.elements else "ephemeris made on"
    verb = "are" if elements in station.elements else "is"
    (at,) = span.utc([age.at_s])
    fetch = f"Fetch a set published near {span.start_utc if age.at_s in (0.0, span.length_s) else at:%Y-%m-%d} and run again."
    source = f"The {name} {elements.epoch_utc:%Y-%m-%d} {verb}"
    if youngest > station.trust_days:
        is_past = elements.epoch_utc < span.start_utc
        old = f"{span_of_days(youngest)} {'old at the first window' if is_past else 'younger than the last window'}"
        return f"{source} {old}: no window is firm. {fetch}"
    off, rare = (float(f(np.array(age.oldest), elements, station)) for f in (edge_s, edge_p95_s))
    far = {0.0: "the first window", span.length_s: "the last window"}.get(age.at_s, f"the windows of {at:%Y-%m-%d}")
    text = f"{source} {span_of_days(age.oldest)} from {far}: edges there may be off by {off:.0f} s"
    text += "." if station.plan_with == "p95" else f", one time in twenty by {rare:.0f} s."
    if age.oldest > station.trust_days:
        text += f" Windows more than {station.trust_days:g} days from the elements are not firm."
    return f"{text} {fetch}"


def span_of_days(days: float) -> str:
    """Return an age in days, or in years from one year on."""
    return f"{days / YEAR_DAYS:.1f} years" if days >= YEAR_DAYS else f"{days:.1f} days"
