"""Where the station is: whatever its orbit file, states a minute apart and the cubic between them (0.4 m off at worst)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import erfa
import numpy as np
import numpy.typing as npt

from cupola.model import Elements, Manoeuvre, Station
from cupola.sky.almanac import Almanac, hermite
from cupola.sky.course import Stretch, manoeuvre_between, oldest_days, stretch_of_set, stretches_of
from cupola.sky.elements import drift_deg_day, propagate, satrec
from cupola.sky.timescale import Array, Span

__all__ = ["Ephemeris", "drift_deg_day", "ephemeris_of", "manoeuvre_between", "propagate", "satrec"]

NODE_S = 60.0
MARGIN_S = 1200.0
"""Seconds before and after the span for which an ephemeris still answers, so that a search may look past its ends."""
ERFA_WGS84 = 1


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Ephemeris:
    """A station's positions over a span, with the Sun and the turning Earth: all that a light condition asks.

    Times are SI seconds since the span's start; vectors are kilometres, TEME unless said otherwise. `elements` are those in
    force at the start; of a published ephemeris they are its outline, good for its age and the numbers of its revolutions.
    `stretches` say what is in force when; `rough` are the minutes in which one gives way to another or a burn falls: there
    each instant is asked of its source.
    """

    elements: Elements
    almanac: Almanac
    first_node_s: float
    node_km: Array
    node_km_step: Array
    stretches: tuple[Stretch, ...] = ()
    rough: npt.NDArray[np.int64] | None = None
    manoeuvres: tuple[Manoeuvre, ...] = ()

    @classmethod
    def over(cls, elements: Elements, start: datetime, end: datetime, *, margin_s: float = MARGIN_S) -> Ephemeris:
        """Return the ephemeris of one element set over a span of aware datetimes; raises OrbitError."""
        almanac = Almanac.over(start, end)
        return cls._along((stretch_of_set(elements, almanac.span),), almanac, margin_s, ())

    @classmethod
    def _along(
        cls, stretches: Sequence[Stretch], almanac: Almanac, margin_s: float, manoeuvres: tuple[Manoeuvre, ...]
    ) -> Ephemeris:
        before = np.ceil(margin_s / NODE_S)
        t = NODE_S * np.arange(-before, np.ceil((almanac.span.length_s + margin_s) / NODE_S) + 1)
        position, velocity = _nodes(stretches, t)
        starts = np.array([one.start_s for one in stretches])
        force = max(0, int(np.searchsorted(starts, 0.0, side="right")) - 1)
        rough = _rough(stretches, t)
        return cls(
            elements=stretches[force].elements,
            almanac=almanac,
            first_node_s=float(t[0]),
            node_km=position,
            node_km_step=velocity * NODE_S,
            stretches=tuple(stretches),
            rough=rough if len(rough) else None,
            manoeuvres=manoeuvres,
        )

    @property
    def span(self) -> Span:
        return self.almanac.span

    def position_km(self, t: Array) -> Array:
        """Return the station's position."""
        x = (t - self.first_node_s) / NODE_S
        node = x.astype(np.int64)
        position = hermite(self.node_km, self.node_km_step, node, x - node)
        if self.rough is not None:
            asked = np.isin(node, self.rough)
            if asked.any():
                position[asked] = self._asked(t[asked])
        return position

    def _asked(self, t: Array) -> Array:
        """Return the position at single instants from the source in force."""
        position = np.empty((len(t), 3))
        force = self._force(t)
        for number in np.flatnonzero(np.bincount(force.ravel())):
            these = force == number
            position[these] = self.stretches[number].states(t[these])[0]
        return position

    def _force(self, t: Array) -> npt.NDArray[np.int64]:
        starts = np.array([one.start_s for one in self.stretches])
        found: npt.NDArray[np.int64] = np.clip(np.searchsorted(starts, t, side="right") - 1, 0, len(starts) - 1)
        return found

    def velocity_km_s(self, t: Array) -> Array:
        """Return the station's velocity, to 1 m/s (its direction to 0.01°)."""
        return self.position_km(t + 0.5) - self.position_km(t - 0.5)

    def fixed_km(self, t: Array) -> Array:
        """Return the station's Earth-fixed position."""
        return self.almanac.fixed(t, self.position_km(t))

    def subpoint(self, t: Array) -> tuple[Array, Array, Array]:
        """Return geodetic latitude and east longitude in degrees (-180 to 180), and the height in km above WGS84."""
        longitude, latitude, height = erfa.gc2gd(ERFA_WGS84, 1000 * self.fixed_km(t))
        return np.degrees(latitude), np.degrees(longitude), height / 1000

    def beta_deg(self, t: Array) -> Array:
        """Return the Sun's angle above the plane of the orbit, positive on the side of the orbit's own pole."""
        pole = np.cross(self.position_km(t), self.velocity_km_s(t))
        sun = self.almanac.sun_km(t)
        sine = (pole * sun).sum(-1) / np.linalg.norm(pole, axis=-1) / np.linalg.norm(sun, axis=-1)
        beta: Array = np.degrees(np.arcsin(sine))
        return beta

    def age_days(self, t: Array) -> Array:
        """Return how many days each instant lies from the epoch of the elements, or the making of the ephemeris, in force."""
        force, age = self._force(t), np.empty_like(t)
        for number in np.flatnonzero(np.bincount(force.ravel())):
            these = force == number
            age[these] = oldest_days(t[these], self.stretches[number], self.span)
        return age

    def across_burn(self, t: Array) -> npt.NDArray[np.bool_]:
        """Return at which instants a logged burn lies between the epoch in force and the instant, and is not in the source."""
        force, across = self._force(t), np.zeros(t.shape, dtype=bool)
        for number, stretch in enumerate(self.stretches):
            epoch = self.span.seconds(stretch.elements.epoch_utc)
            for burn in self.manoeuvres:
                if not stretch.knows(burn):
                    begins, ends = self.span.seconds(burn.start_utc), self.span.seconds(burn.end_utc)
                    across |= (force == number) & (np.minimum(t, epoch) < ends) & (np.maximum(t, epoch) > begins)
        return across


def ephemeris_of(station: Station, start: datetime, end: datetime, *, margin_s: float = MARGIN_S) -> Ephemeris:
    """Return a station's ephemeris over a span of aware datetimes, whatever its orbit files are.

    Published ephemerides answer where they cover, element sets elsewhere, the nearest in epoch on the right side of every
    logged burn. Raises OrbitError where no orbit file covers the whole span.
    """
    almanac = Almanac.over(start, end)
    stretches = stretches_of(station, almanac.span, margin_s)
    return Ephemeris._along(stretches, almanac, margin_s, station.manoeuvres)


def _nodes(stretches: Sequence[Stretch], t: Array) -> tuple[Array, Array]:
    """Return the states at evenly spaced nodes, each from the stretch in force."""
    if len(stretches) == 1:
        return stretches[0].even(t)
    starts = [int(np.searchsorted(t, one.start_s, side="left")) for one in stretches[1:]]
    edges = [0, *starts, len(t)]
    parts = [one.even(t[a:b]) for one, (a, b) in zip(stretches, pairwise(edges), strict=True) if a < b]
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _rough(stretches: Sequence[Stretch], t: Array) -> npt.NDArray[np.int64]:
    """Return the numbers of the intervals between nodes in which the path must not be smoothed over."""
    times = [(one.start_s, one.start_s) for one in stretches[1:]]
    times += [edge for one in stretches for edge in one.breaks]
    edges = [((a - t[0]) / NODE_S, (b - t[0]) / NODE_S) for a, b in times]
    cells = [np.arange(np.ceil(a) - 1, np.floor(b) + 1) for a, b in edges]
    return np.unique(np.concatenate(cells)).astype(np.int64) if cells else np.empty(0, dtype=np.int64)
