"""Whether the search misses anything in a year: the ISS looked at every second, by SGP4 itself at every second.

    .venv/bin/python authorities/year_scan.py [--days 365]

For each light the plain scan says which seconds of the span have it. Each run of them must lie in one spell that the search
found, from less than a second before its first to less than a second after its last, and no spell of a second or more may lie
where the scan saw nothing. The scan knows nothing of nodes, steps or roots: it shares with the search only what a light is.

Of the year from 5 October 2021, found in November 2026 (nothing missed, nothing invented; an edge is off its second by 1.0001 s
at most, where a root is good to 0.1 ms):

    light              runs  spells  missed  extra
    umbra              5468    5468       0      0
    penumbra          10957   10957       0      0
    full sun           5490    5490       0      0
    in contact         5296    5296       0      0
    inside saa         3348    3350       0      0
    over Moscow         246     246       0      0
    over Baikonur       509     509       0      0
    over Cape Town      276     276       0      0

A spell shorter than a second may lie between two seconds: the scan does not see it.
"""

import argparse
from datetime import UTC, datetime, timedelta

import numpy as np

from cupola.exchange.tle import parse_tle
from cupola.model import Clause, Relay, Station, Target
from cupola.sky.elements import propagate
from cupola.sky.intervals import Intervals
from cupola.sky.orbit import Ephemeris
from cupola.sky.spells import as_sights, sights_of, spells_of
from cupola.sky.timescale import DAY_S, Array, elapsed_s

ONE = "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994"
TWO = "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594"
START = datetime(2021, 10, 5, tzinfo=UTC)
STATION = Station(
    name="ISS",
    elements=parse_tle(f"{ONE}\n{TWO}"),
    targets=(
        Target(name="Moscow", lat_deg=55.75, lon_deg=37.62),
        Target(name="Baikonur", lat_deg=45.62, lon_deg=63.31),
        Target(name="Cape Town", lat_deg=-33.92, lon_deg=18.42),
    ),
    relays=(Relay(name="East", lon_deg=-41.0), Relay(name="West", lon_deg=-174.0)),
    saa=((-50, 300), (-41, 349), (-23, 5), (-2, 341), (1, 318), (-3, 300), (-8, 283), (-20, 273), (-30, 275)),
)
LIGHTS = (
    *(Clause(condition=name) for name in ("umbra", "penumbra", "full sun", "in contact", "inside saa")),
    *(Clause(condition="over", argument=target.name) for target in STATION.targets),
)


SAME_S = 1e-3
"""Edges are good to 0.1 ms: a second that an edge falls on may be counted on either side."""


class EverySecond(Ephemeris):
    """A station whose place is asked of SGP4 for each instant."""

    def position_km(self, t: Array) -> Array:
        since = elapsed_s(self.elements.epoch_utc, self.span.start_utc)
        return propagate(self.elements, np.ravel(t) + since)[0].reshape(*np.shape(t), 3)


def seen(clause: Clause, sky: Ephemeris, t: Array) -> np.ndarray:
    """Return at which instants a light holds, from its margins alone."""
    holds = np.zeros(len(t), dtype=bool)
    for sight in as_sights(sights_of(clause, STATION, sky)):
        for row in range(sight.rows):
            view = sight.view.at(np.full(1, row))
            holds |= np.all([np.broadcast_to(measure.margin(t, view), t.shape) > 0 for measure in sight.measures], axis=0)
    return holds


def runs(t: Array, holds: np.ndarray) -> Intervals:
    """Return the first and the last second of each run of seconds with a light."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False])).astype(np.int8)))
    return np.column_stack((t[edges[::2]], t[edges[1::2] - 1]))


def compared(plain: Intervals, spells: Intervals, span_s: float) -> tuple[int, int, float]:
    """Return how many runs no spell has, how many spells of a second have no run, and how far an edge is off its second."""
    at = np.searchsorted(spells[:, 0] - SAME_S, plain[:, 0], side="right") - 1
    has = (at >= 0) & (plain[:, 1] < spells[np.maximum(at, 0), 1] + SAME_S)
    mine = spells[at[has]]
    early, late = plain[has, 0] - mine[:, 0], mine[:, 1] - plain[has, 1]
    within = (mine[:, 0] > 0) & (mine[:, 1] < span_s)
    off = max(early[within].max(initial=0.0), late[within].max(initial=0.0))
    extra = np.diff(np.delete(spells, at[has], axis=0)).ravel() >= 1.0
    return int((~has).sum()), int(extra.sum()), float(off)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--light", action="append", help="only this one of the lights (again for more)")
    asked = parser.parse_args()
    days, lights = asked.days, [one for one in LIGHTS if not asked.light or str(one) in asked.light]
    sky = Ephemeris.over(STATION.elements[0], START, START + timedelta(days=days))
    plain_sky = EverySecond(**{name: getattr(sky, name) for name in Ephemeris.__slots__})
    found = spells_of(lights, STATION, sky, sky.span.length_s)
    blocks: dict[Clause, list[np.ndarray]] = {clause: [] for clause in lights}
    for day in range(days):
        t = day * DAY_S + np.arange(0, DAY_S)
        for clause in lights:
            blocks[clause].append(seen(clause, plain_sky, t))
    print(f"{'light':16} {'runs':>7} {'spells':>7} {'missed':>7} {'extra':>7} {'edge off its second by at most, s':>34}")
    for clause in lights:
        plain = runs(np.arange(0, days * DAY_S), np.concatenate(blocks[clause]))
        missed, extra, off = compared(plain, found[clause], sky.span.length_s)
        print(f"{clause!s:16} {len(plain):7d} {len(found[clause]):7d} {missed:7d} {extra:7d} {off:34.4f}")


if __name__ == "__main__":
    main()
