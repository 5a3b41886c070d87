"""The light of a whole flight: its revolutions with their beta angle and night, and the track over the ground."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from cupola.errors import OrbitError
from cupola.model import Elements, FlightSky, Revolution, Station, TrackPoint
from cupola.sky.conditions import StationView, north_of_equator, sun_edge_above_limb, sun_edge_below_limb
from cupola.sky.find import find_spells
from cupola.sky.intervals import Intervals, as_intervals, intersect
from cupola.sky.measures import Measure
from cupola.sky.orbit import Ephemeris, drift_deg_day, ephemeris_of
from cupola.sky.spells import hold
from cupola.sky.timescale import DAY_S, Array, Span, elapsed_s

NORTH = Measure(margin=north_of_equator, step_s=300, unit="km")
IN_UMBRA = (Measure(margin=sun_edge_below_limb, step_s=300, unit="rad"),)


def flight_sky(station: Station, *, start: datetime, end: datetime, track_step_s: float = 60) -> FlightSky:
    """Return the light of a flight between two aware UTC datetimes.

    Revolutions run from ascending node to ascending node and are whole, so the first may begin before `start` and
    the last end after `end`; each carries the night that begins in it. Nights (umbra) and track are cut to the span.
    Where a published ephemeris ends with the span, its first and last revolution are left out.
    Raises OrbitError for a station without usable elements.
    """
    span = Span(start_utc=start, end_utc=end)
    wide = _around(station, span)
    elements = wide.elements
    offset = elapsed_s(wide.span.start_utc, start)
    inside = as_intervals([(offset, offset + span.length_s)])
    view = StationView.of(station, wide)
    nights = hold(IN_UMBRA, view, 1, wide.span.length_s)[0]
    revolutions = [rev for rev in _revolutions(view, nights) if rev.start_utc < end and rev.end_utc > start]
    cut = intersect(nights, inside)
    return FlightSky(
        station=station.name,
        start_utc=start,
        end_utc=end,
        revolutions=tuple(revolutions),
        nights=tuple(zip(wide.span.utc(cut[:, 0]), wide.span.utc(cut[:, 1]), strict=True)),
        track=_track(view, offset + np.arange(0.0, span.length_s, track_step_s)),
        elements_epoch_utc=elements.epoch_utc,
    )


def _around(station: Station, span: Span) -> Ephemeris:
    """Return the ephemeris of a span and one and a half revolutions around it, or of the span alone if no more is known."""
    ephemeris = ephemeris_of(station, span.start_utc, span.end_utc)
    beyond = 1.5 * DAY_S / ephemeris.elements.mean_motion
    try:
        return ephemeris_of(station, *span.utc([-beyond, span.length_s + beyond]))
    except OrbitError:
        return ephemeris


def _revolutions(view: StationView, nights: Intervals) -> list[Revolution]:
    """Return every whole revolution of an ephemeris, node to node."""
    span = view.ephemeris.span
    north = find_spells(lambda t, _row: NORTH.margin(t, view), rows=1, span_s=span.length_s, step_s=NORTH.step_s)[0]
    nodes = north[north[:, 0] > 0, 0]
    at = span.utc(nodes)
    numbers = revolution_numbers(view.ephemeris.elements, nodes + elapsed_s(view.ephemeris.elements.epoch_utc, span.start_utc))
    first_night = np.searchsorted(nights[:, 0], nodes).tolist()
    opens, closes = span.utc(nights[:, 0]), span.utc(nights[:, 1])
    beta = view.ephemeris.beta_deg(nodes).tolist()
    revolutions = []
    for k in range(len(nodes) - 1):
        night = first_night[k] if first_night[k] < first_night[k + 1] else None
        revolutions.append(
            Revolution(
                number=numbers[k],
                start_utc=at[k],
                end_utc=at[k + 1],
                beta_deg=beta[k],
                night_open_utc=None if night is None else opens[night],
                night_close_utc=None if night is None else closes[night],
            )
        )
    return revolutions


def revolution_numbers(elements: Elements, node_since_epoch_s: Array) -> list[int]:
    """Return the number of the revolution that each ascending node begins, counted on from that at the epoch.

    Node n lies whole turns of the argument of latitude from the epoch, so the nearest whole number is taken.
    """
    turned = (elements.arg_of_pericenter_deg + elements.mean_anomaly_deg) / 360 % 1
    days = node_since_epoch_s / DAY_S
    _, perigee_deg_day = drift_deg_day(elements)
    turns = turned + days * (elements.mean_motion + perigee_deg_day / 360 + elements.mean_motion_dot * days)
    return [elements.rev_at_epoch + round(turn) for turn in turns.tolist()]


def _track(view: StationView, t: Array) -> tuple[TrackPoint, ...]:
    latitude, longitude, height = view.ephemeris.subpoint(t)
    lit = sun_edge_above_limb(t, view) > 0
    rows = zip(view.ephemeris.span.utc(t), latitude.tolist(), longitude.tolist(), height.tolist(), lit.tolist(), strict=True)
    return tuple(TrackPoint(at_utc=at, lat_deg=y, lon_deg=x, altitude_km=h, sunlit=sun) for at, y, x, h, sun in rows)
