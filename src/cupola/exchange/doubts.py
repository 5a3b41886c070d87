"""Can a station's orbit files be trusted? Each by itself, sets pair by pair in time, and sets beside ephemerides.

Invented or edited sets circulate; their checksums may be right and their numbers are not. A real orbit turns its node
at the rate that the Earth's oblateness gives, counts its revolutions, and is where the set before it foretold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

import numpy as np

from cupola.errors import OrbitError
from cupola.model import Elements, Manoeuvre, OrbitEphemeris, Station
from cupola.sky.ageing import edge_p95_s
from cupola.sky.almanac import EARTH_EQUATOR_KM
from cupola.sky.elements import drift_deg_day, major_km, propagate
from cupola.sky.frames import to_teme
from cupola.sky.published import Published, carried
from cupola.sky.stations import station_of_object
from cupola.sky.timescale import DAY_S, Span, elapsed_s

NODE_DEG, NODE_DEG_DAY = 0.02, 0.01
"""How far the node may stray from where J2 alone brings it: at once, and for each day between the epochs."""
TILT_DEG = 0.02
BOOST_REVS_DAY = 3e-5
"""Air drag only ever raises the mean motion; a fall by more than this is a manoeuvre."""
FAR_TIMES_P95, FAR_KM = 3.0, 25.0
REVS_WRAP = 100_000


LOWEST_KM = 150.0
"""Nothing stays in orbit whose lowest height is less than this."""
STRAY_KM, LONGEST_STEP_S = 1.0, 900.0
"""From one state of an ephemeris to the next a body strays from pull and oblateness by metres, in a burn by a hundred."""


def station_doubts(station: Station) -> tuple[str, ...]:
    """Return what a person should know before trusting a station's orbit files, sets and ephemerides and burns together."""
    said = [*doubts(station.elements, manoeuvres=station.manoeuvres)]
    for ephemeris in station.ephemerides:
        said += _uneven(ephemeris)
        said += _apart(ephemeris, station.elements)
    return tuple(said)


def doubts(elements: Iterable[Elements], *, manoeuvres: Iterable[Manoeuvre] = ()) -> tuple[str, ...]:
    """Return what a person should know before trusting element sets: one sentence each, none where all agree.

    A logged burn between two sets explains why they differ in mean motion and place.
    """
    sets = sorted(elements, key=lambda one: one.epoch_utc)
    alone = [sentence for one in sets for sentence in _alone(one)]
    names = sorted({one.norad_cat_id for one in sets})
    if len(names) > 1:
        listed = ", ".join(map(str, names))
        return (*alone, f"The sets are of {len(names)} objects (catalogue numbers {listed}): a station is one.")
    burns = tuple(manoeuvres)
    return (*alone, *(sentence for before, after in pairwise(sets) for sentence in _between(before, after, burns)))


def _alone(one: Elements) -> Iterator[str]:
    """Say what is wrong with a set by itself: an orbit through the air, or one that the station of that number never flew."""
    head = f"The set of {one.epoch_utc:%Y-%m-%d %H:%M}"
    low, high = (major_km(one) * (1 + way * one.eccentricity) - EARTH_EQUATOR_KM for way in (-1, 1))
    if low < LOWEST_KM:
        yield f"{head} has its lowest point at {low:.0f} km: nothing stays in orbit there."
    kind = station_of_object(one.norad_cat_id)
    if kind is None or kind.tilt_deg is None or kind.heights_km is None:
        return
    least, most = kind.tilt_deg
    if not least <= one.inclination_deg <= most:
        yield f"{head} has an inclination of {one.inclination_deg:.4f}°, and the {kind.name} flies at {least:g}° to {most:g}°."
    bottom, top = kind.heights_km
    if low < bottom or high > top:
        yield f"{head} flies at {low:.0f} to {high:.0f} km, and the {kind.name} flies at {bottom:g} to {top:g} km."


def _uneven(ephemeris: OrbitEphemeris) -> Iterator[str]:
    """Say where a state of an ephemeris is not where the one before it leads: an edited number, or two files in one."""
    for segment in ephemeris.segments:
        rows = np.array(segment.rows)
        t, span = rows[:, 0], Span(start_utc=segment.epoch_utc, end_utc=segment.epoch_utc + timedelta(days=1))
        km, km_s = to_teme(segment.frame, span, t, rows[:, 1:4], rows[:, 4:7])
        step = np.diff(t)
        near = np.flatnonzero((step > 0) & (step <= LONGEST_STEP_S))
        off = np.linalg.norm(carried(km[near], km_s[near], step[near]) - km[near + 1], axis=1)
        if len(near) and off.max() > STRAY_KM:
            (at,) = span.utc([t[near[int(np.argmax(off > STRAY_KM))] + 1]])
            yield (
                f"In the ephemeris made {ephemeris.created_utc:%Y-%m-%d} {int((off > STRAY_KM).sum())} states are not where "
                f"those before them lead, by up to {off.max():.0f} km; the first is of {at:%Y-%m-%d %H:%M:%S} UTC."
            )


def _apart(ephemeris: OrbitEphemeris, elements: Iterable[Elements]) -> Iterator[str]:
    """Say which sets are elsewhere than an ephemeris at their own epochs."""
    for one in elements:
        span = Span(start_utc=one.epoch_utc, end_utc=one.epoch_utc + timedelta(minutes=1))
        for segment in ephemeris.segments:
            published = Published.of(ephemeris, segment, span)
            if not published.start_s <= 0 <= published.end_s:
                continue
            (there, speed), (here, _) = published.states(np.zeros(1)), propagate(one, np.zeros(1))
            km = float(np.linalg.norm(here - there))
            days = abs(elapsed_s(published.outline.epoch_utc, one.epoch_utc)) / DAY_S
            if km > max(FAR_KM, FAR_TIMES_P95 * float(edge_p95_s(np.array(days), one)) * float(np.linalg.norm(speed))):
                yield f"The set of {one.epoch_utc:%Y-%m-%d %H:%M} is {km:.0f} km from where the ephemeris has the station then."


def _between(before: Elements, after: Elements, burns: tuple[Manoeuvre, ...]) -> Iterator[str]:
    days = elapsed_s(before.epoch_utc, after.epoch_utc) / DAY_S
    pair = f"the sets of {before.epoch_utc:%Y-%m-%d %H:%M} and {after.epoch_utc:%Y-%m-%d %H:%M}"
    if days == 0:
        if before != after:
            yield f"Two different sets have the same epoch, {before.epoch_utc:%Y-%m-%d %H:%M:%S} UTC."
        return
    yield from _node(before, after, days, pair)
    yield from _revolutions(before, after, days, pair)
    if not any(burn.start_utc < after.epoch_utc and burn.end_utc > before.epoch_utc for burn in burns):
        yield from _mean_motion(before, after, days, pair)
        yield from _position(before, after, days, pair)


def _node(before: Elements, after: Elements, days: float, pair: str) -> Iterator[str]:
    moved = (after.ra_of_asc_node_deg - before.ra_of_asc_node_deg + 180) % 360 - 180
    due = days * (drift_deg_day(before)[0] + drift_deg_day(after)[0]) / 2
    off = (moved - due + 180) % 360 - 180
    if abs(off) > NODE_DEG + NODE_DEG_DAY * days:
        yield f"Between {pair} the ascending node is {off:+.2f}° from where the Earth's oblateness brings it."
    tilt = after.inclination_deg - before.inclination_deg
    if abs(tilt) > TILT_DEG:
        yield f"Between {pair} the inclination changes by {tilt:+.4f}°."


def _revolutions(before: Elements, after: Elements, days: float, pair: str) -> Iterator[str]:
    if not (before.rev_at_epoch and after.rev_at_epoch):
        return
    rate = (before.mean_motion + after.mean_motion + (drift_deg_day(before)[1] + drift_deg_day(after)[1]) / 360) / 2
    due = round(days * rate + _turned(before) - _turned(after))
    counted = (after.rev_at_epoch - before.rev_at_epoch) % REVS_WRAP
    if (counted - due + 1) % REVS_WRAP > 2:
        yield f"Between {pair} the revolution number grows by {counted}, and the mean motion makes it {due}."


def _turned(one: Elements) -> float:
    """Return what part of its revolution, from the ascending node on, the object has made at the epoch."""
    return (one.arg_of_pericenter_deg + one.mean_anomaly_deg) / 360 % 1


def _mean_motion(before: Elements, after: Elements, days: float, pair: str) -> Iterator[str]:
    change = after.mean_motion - before.mean_motion
    drag = 2 * max(before.mean_motion_dot, after.mean_motion_dot, 0.0) * days
    if change < -BOOST_REVS_DAY:
        yield f"Between {pair} the mean motion falls by {-change:.5f} revolutions a day: the orbit was raised between them."
    elif change > 3 * drag + BOOST_REVS_DAY:
        yield f"Between {pair} the mean motion rises by {change:.5f} revolutions a day, more than drag explains."


def _position(before: Elements, after: Elements, days: float, pair: str) -> Iterator[str]:
    try:
        (foretold, speed), (found, _) = propagate(before, np.array([days * DAY_S])), propagate(after, np.zeros(1))
    except OrbitError:
        yield f"The set of {before.epoch_utc:%Y-%m-%d %H:%M} cannot be carried to the epoch of the next."
        return
    km = float(np.linalg.norm(found - foretold))
    usual_s = float(edge_p95_s(np.array(days), before))
    if km > max(FAR_KM, FAR_TIMES_P95 * usual_s * float(np.linalg.norm(speed))):
        yield f"At the second epoch {pair} are {km:.0f} km apart, far more than a forecast of {days:.1f} days errs."
