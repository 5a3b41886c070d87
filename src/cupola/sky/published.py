"""A published ephemeris as a course: its states in TEME, its outline as elements, and where it jumps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

import numpy as np

from cupola.model import Elements, OrbitEphemeris, States
from cupola.sky.almanac import EARTH_EQUATOR_KM
from cupola.sky.elements import drift_deg_day
from cupola.sky.frames import to_teme
from cupola.sky.states import DENSE_S, Pieces
from cupola.sky.timescale import DAY_S, Array, Span

EARTH_MU_KM3_S2 = 398600.4418
EARTH_J2 = 1.08262668e-3
RUN_ON_STEP_S = 20.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Published:
    """One segment of an ephemeris over a span; times are SI seconds of the span.

    It answers between `start_s` and `end_s`. Past its states it runs on as a body does under the Earth's pull and its
    oblateness: a search looks some minutes past the ends of its span, and nothing found there is an answer.
    """

    span: Span
    frame: str
    pieces: Pieces
    start_s: float
    end_s: float
    outline: Elements
    foreseen: tuple[datetime, ...]

    @classmethod
    def of(cls, ephemeris: OrbitEphemeris, segment: States, span: Span) -> Published:
        """Return a segment of an ephemeris as it stands to a span."""
        rows = np.array(segment.rows)
        shift = span.seconds(segment.epoch_utc)
        pieces = Pieces.of(rows[:, 0] + shift, rows[:, 1:4], rows[:, 4:7])
        start, end = (at + shift for at in segment.useable_s)
        return cls(
            span=span,
            frame=segment.frame,
            pieces=pieces,
            start_s=start,
            end_s=end,
            outline=_outline(ephemeris, segment, pieces, span, start, end),
            foreseen=tuple(event.at_utc for event in ephemeris.events if event.dv_m_s),
        )

    def states(self, t: Array) -> tuple[Array, Array]:
        """Return TEME positions (km) and velocities (km/s) at instants."""
        first, last = self.pieces.t[0], self.pieces.t[-1]
        within = np.clip(t, first, last)
        km, km_s = to_teme(self.frame, self.span, within, *self.pieces.at(within))
        for beyond in (t < first, t > last):
            if beyond.any():
                at = int(np.flatnonzero(beyond)[0])
                km[beyond], km_s[beyond] = run_on(km[at], km_s[at], (t - within)[beyond])
        return km, km_s

    @property
    def breaks(self) -> tuple[tuple[float, float], ...]:
        """Where the path jumps, and burns under way."""
        return tuple(self._breaks())

    def _breaks(self) -> Iterator[tuple[float, float]]:
        t, first, last = self.pieces.t, self.pieces.first, self.pieces.last
        for a, b in zip(first, last, strict=True):
            if b - a >= 2 and t[b] - t[a] <= DENSE_S * (b - a):
                yield float(t[a]), float(t[b])
        yield from ((float(at), float(at)) for at in self.pieces.joints)


def run_on(km: Array, km_s: Array, dt_s: Array) -> tuple[Array, Array]:
    """Return where a body is so many seconds on (or back, if negative; one sign), under the Earth's pull and J2.

    Over twenty minutes of a station's path it is within 10 m. Fourth-order Runge and Kutta, 20 s a step.
    """
    far = float(dt_s[np.argmax(np.abs(dt_s))])
    steps = max(3, int(np.ceil(abs(far) / RUN_ON_STEP_S)))
    path = [np.concatenate((km, km_s))]
    for _ in range(steps):
        path.append(_stepped(path[-1], far / steps))
    forward = slice(None, None, 1 if far > 0 else -1)
    t, states = (far / steps * np.arange(steps + 1.0))[forward], np.array(path)[forward]
    return Pieces(t=t, km=states[:, :3], km_s=states[:, 3:], first=np.zeros(1, dtype=np.int64)).at(dt_s)


def carried(km: Array, km_s: Array, dt_s: Array) -> Array:
    """Return the positions (n, 3) of bodies, each so many seconds on from its state, as `run_on` moves them."""
    states = np.concatenate((km, km_s), axis=-1)
    steps = max(1, int(np.ceil(np.abs(dt_s).max() / RUN_ON_STEP_S))) if len(dt_s) else 1
    for _ in range(steps):
        states = _stepped(states, (dt_s / steps)[:, None])
    return states[:, :3]


def _stepped(states: Array, h: Array | float) -> Array:
    """Return states (…, 6) a step on."""
    a = _pulled(states)
    b = _pulled(states + h / 2 * a)
    c = _pulled(states + h / 2 * b)
    d = _pulled(states + h * c)
    return states + h / 6 * (a + 2 * b + 2 * c + d)


def _pulled(states: Array) -> Array:
    x = states[..., :3]
    square = (x * x).sum(-1, keepdims=True)
    bulge = 1.5 * EARTH_J2 * EARTH_EQUATOR_KM**2 / square
    above = 5 * x[..., 2:] ** 2 / square
    pull = -EARTH_MU_KM3_S2 / square**1.5 * x * (1 + bulge * (np.array([1.0, 1.0, 3.0]) - above))
    return np.concatenate((states[..., 3:], pull), axis=-1)


def _outline(ephemeris: OrbitEphemeris, segment: States, pieces: Pieces, span: Span, start_s: float, end_s: float) -> Elements:
    """Return an ephemeris's orbit in outline: what dates it and numbers its revolutions, and never says where it is.

    Its epoch is when it was made, or the nearest instant at which it answers.
    """
    epoch_s = min(max(span.seconds(ephemeris.created_utc), start_s), end_s)
    t = np.arange(pieces.t[0], pieces.t[-1], min(600.0, (pieces.t[-1] - pieces.t[0]) / 4))
    km, km_s = to_teme(segment.frame, span, t, *pieces.at(t))
    nodes = _ascending(t, km, km_s)
    first_km, first_km_s = km[0], km_s[0]
    pole = np.cross(first_km, first_km_s)
    pole /= np.linalg.norm(pole)
    rate = DAY_S / float(np.mean(np.diff(nodes))) if len(nodes) > 1 else _kepler_rate(first_km, first_km_s)
    turned = (epoch_s - nodes[0]) * rate / DAY_S if len(nodes) else 0.0
    (epoch,) = span.utc([epoch_s])
    outline = Elements(
        object_name=ephemeris.object_name,
        object_id=ephemeris.object_id,
        norad_cat_id=0,
        epoch_utc=epoch,
        mean_motion=rate,
        eccentricity=0.0,
        inclination_deg=float(np.degrees(np.arccos(pole[2]))),
        ra_of_asc_node_deg=float(np.degrees(np.arctan2(pole[0], -pole[1])) % 360),
        arg_of_pericenter_deg=0.0,
        mean_anomaly_deg=float(360 * (turned % 1)),
        bstar=0.0,
        rev_at_epoch=ephemeris.first_revolution + int(np.floor(turned)) if ephemeris.first_revolution else 0,
        source=ephemeris.source,
    )
    return replace(outline, mean_motion=rate - drift_deg_day(outline)[1] / 360)


def _ascending(t: Array, km: Array, km_s: Array) -> list[float]:
    """Return the ascending nodes among states some minutes apart, to a second or so."""
    found = []
    for a, b in pairwise(range(len(t))):
        if km[a, 2] < 0 <= km[b, 2]:
            z, w, h = km[a, 2], km_s[a, 2], t[b] - t[a]
            u = -z / (km[b, 2] - z)
            for _ in range(20):
                height = _cubic(u, z, km[b, 2], w * h, km_s[b, 2] * h)
                u -= height / (km[b, 2] - z)
            found.append(float(t[a] + u * h))
    return found


def _cubic(u: float, y0: float, y1: float, s0: float, s1: float) -> float:
    v = 1 - u
    return y0 + u * (u * (3 - 2 * u) * (y1 - y0) + v * (v * s0 - u * s1))


def _kepler_rate(km: Array, km_s: Array) -> float:
    """Return revolutions a day from one state."""
    energy = float(km_s @ km_s) / 2 - EARTH_MU_KM3_S2 / float(np.linalg.norm(km))
    major = max(EARTH_MU_KM3_S2 / (-2 * energy), 1000.0) if energy < 0 else 1e6
    return float(DAY_S / (2 * np.pi * np.sqrt(major**3 / EARTH_MU_KM3_S2)))
