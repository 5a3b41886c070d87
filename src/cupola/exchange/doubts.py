"""Do several element sets of one station agree? What they say is compared pair by pair, in order of their epochs.

Invented or edited sets circulate; their checksums may be right and their numbers are not. A real orbit turns its node
at the rate that the Earth's oblateness gives, counts its revolutions, and is where the set before it foretold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from cupola.errors import OrbitError
from cupola.model import Elements
from cupola.sky.ageing import edge_p95_s
from cupola.sky.orbit import drift_deg_day, propagate
from cupola.sky.timescale import DAY_S, elapsed_s

NODE_DEG, NODE_DEG_DAY = 0.02, 0.01
"""How far the node may stray from where J2 alone brings it: at once, and for each day between the epochs."""
TILT_DEG = 0.02
BOOST_REVS_DAY = 3e-5
"""Air drag only ever raises the mean motion; a fall by more than this is a manoeuvre."""
FAR_TIMES_P95, FAR_KM = 3.0, 25.0
REVS_WRAP = 100_000


def doubts(elements: Iterable[Elements]) -> tuple[str, ...]:
    """Return what a person should know before trusting several sets: one sentence each, none where all agree."""
    sets = sorted(elements, key=lambda one: one.epoch_utc)
    names = sorted({one.norad_cat_id for one in sets})
    if len(names) > 1:
        listed = ", ".join(map(str, names))
        return (f"The sets are of {len(names)} objects (catalogue numbers {listed}): a station is one.",)
    return tuple(sentence for before, after in pairwise(sets) for sentence in _between(before, after))


def _between(before: Elements, after: Elements) -> Iterator[str]:
    days = elapsed_s(before.epoch_utc, after.epoch_utc) / DAY_S
    pair = f"the sets of {before.epoch_utc:%Y-%m-%d %H:%M} and {after.epoch_utc:%Y-%m-%d %H:%M}"
    if days == 0:
        if before != after:
            yield f"Two different sets have the same epoch, {before.epoch_utc:%Y-%m-%d %H:%M:%S} UTC."
        return
    yield from _node(before, after, days, pair)
    yield from _revolutions(before, after, days, pair)
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
