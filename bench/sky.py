"""Finding light in orbit: Cupola and its peers on the same elements, the same questions, in one run.

    .venv/bin/python bench/sky.py [--json] [--quick]

Each engine answers through its documented interface, warm, on one thread; the best of three runs counts (the slow
ones run once). `missed` counts what a plain scan in small steps sees and the engine does not. `--quick` leaves out
the year.
"""

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from cupola.exchange.tle import parse_tle
from cupola.model import Station, Target
from cupola.sky.conditions import ORBIT, Sites, StationView
from cupola.sky.intervals import Intervals
from cupola.sky.orbit import Ephemeris
from cupola.sky.spells import hold, site_spells

ONE = "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994"
TWO = "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594"
START = datetime(2021, 10, 5, tzinfo=UTC)
DAY_S = 86400.0
TOWNS = [(53.05, 158.65), (55.75, 37.62), (45.62, 63.31), (48.86, 2.35), (40.71, -74.01), (-33.92, 18.42)]
CONE_DEG, SUN_DEG = 30.0, 10.0
SAME_S = 90.0
"""Two edges nearer than this are the same event: engines with a round Earth or a point Sun are up to a minute off."""

Found = list[Intervals]
"""For each row (the station, or each target) the times found, seconds from the start."""
Engine = Callable[[], Found]


def targets() -> list[tuple[float, float]]:
    """Six towns and 94 points spread evenly between 51° north and south."""
    rng = np.random.default_rng(7)
    lat = np.degrees(np.arcsin(rng.uniform(-0.78, 0.78, 100 - len(TOWNS))))
    return [*TOWNS, *zip(lat.tolist(), rng.uniform(-180, 180, len(lat)).tolist(), strict=True)]


def cupola_nights(days: float) -> Found:
    station = Station(name="ISS", elements=parse_tle(f"{ONE}\n{TWO}"))
    ephemeris = Ephemeris.over(station.elements[0], START, START + timedelta(days=days))
    return hold(ORBIT["orbital night"], StationView.of(station, ephemeris), 1, ephemeris.span.length_s)


def cupola_passes(days: float) -> Found:
    places = [Target(name=str(n), lat_deg=lat, lon_deg=lon) for n, (lat, lon) in enumerate(targets())]
    station = Station(name="ISS", elements=parse_tle(f"{ONE}\n{TWO}"), targets=tuple(places))
    ephemeris = Ephemeris.over(station.elements[0], START, START + timedelta(days=days))
    return site_spells(ORBIT["over"], Sites.of_targets(places), station, ephemeris)


def scan_nights(days: float, step_s: float) -> Found:
    """The plain way: look every few seconds."""
    station = Station(name="ISS", elements=parse_tle(f"{ONE}\n{TWO}"))
    ephemeris = Ephemeris.over(station.elements[0], START, START + timedelta(days=days))
    view = StationView.of(station, ephemeris)
    t = np.arange(0, days * DAY_S, step_s)
    dark = np.concatenate([ORBIT["orbital night"][0].margin(part, view) > 0 for part in np.array_split(t, int(days) + 1)])
    return [runs(t, dark)]


def scan_passes(days: float, step_s: float) -> Found:
    places = [Target(name=str(n), lat_deg=lat, lon_deg=lon) for n, (lat, lon) in enumerate(targets())]
    station = Station(name="ISS", elements=parse_tle(f"{ONE}\n{TWO}"), targets=tuple(places))
    ephemeris = Ephemeris.over(station.elements[0], START, START + timedelta(days=days))
    t = np.arange(0, days * DAY_S, step_s)
    found = []
    for place in places:
        view = StationView.of(station, ephemeris, Sites.of_targets((place,))).at(np.zeros(1, dtype=int))
        found.append(runs(t, np.all([measure.margin(t, view) > 0 for measure in ORBIT["over"]], axis=0)))
    return found


def runs(t: np.ndarray, holds: np.ndarray) -> Intervals:
    """Return the first and last sample of each run of true samples."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False])).astype(int)))
    return np.column_stack((t[edges[::2]], t[edges[1::2] - 1]))


class Skyfield:
    """Skyfield by its documentation: `is_sunlit` with `find_discrete`, `find_events`, `find_risings`, `find_settings`."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from skyfield.api import EarthSatellite, Loader, load
            from skyfield_data import get_skyfield_data_path

            self.bodies = Loader(get_skyfield_data_path(), expire=False, verbose=False)("de421.bsp")
        self.scale = load.timescale(builtin=True)
        self.satellite = EarthSatellite(ONE, TWO, "ISS", self.scale)

    def seconds(self, times: Any) -> np.ndarray:
        return np.array([(at - START).total_seconds() for at in times.utc_datetime()])

    def ends(self, days: float) -> list[Any]:
        return [self.scale.from_datetime(START), self.scale.from_datetime(START + timedelta(days=days))]

    def nights(self, days: float) -> Found:
        from skyfield.searchlib import find_discrete

        def is_lit(t: Any) -> Any:
            return self.satellite.at(t).is_sunlit(self.bodies)

        is_lit.step_days = 0.005  # type: ignore[attr-defined]
        times, lit = find_discrete(*self.ends(days), is_lit)
        return [paired(self.seconds(times), np.asarray(lit) == 0, days)]

    def passes(self, days: float) -> Found:
        from skyfield import almanac
        from skyfield.api import wgs84

        first, last = self.ends(days)
        found = []
        for lat, lon in targets():
            site = wgs84.latlon(lat, lon)
            times, kinds = self.satellite.find_events(site, first, last, altitude_degrees=CONE_DEG)
            at = self.seconds(times)
            observer = self.bodies["earth"] + site
            rises, is_rise = almanac.find_risings(observer, self.bodies["sun"], first, last, horizon_degrees=SUN_DEG)
            sets, is_set = almanac.find_settings(observer, self.bodies["sun"], first, last, horizon_degrees=SUN_DEG)
            up, down = self.seconds(rises)[is_rise], self.seconds(sets)[is_set]
            crossings = np.concatenate((up, down))
            order = np.argsort(crossings)
            light = paired(crossings[order], (np.arange(len(crossings)) < len(up))[order], days)
            above = paired(at[kinds != 1], kinds[kinds != 1] == 0, days)
            found.append(np.array([pair for a in above for pair in met(a, light)]).reshape(-1, 2))
        return found


def met(one: np.ndarray, others: Intervals) -> list[tuple[float, float]]:
    parts = [(max(one[0], start), min(one[1], end)) for start, end in others]
    return [(start, end) for start, end in parts if start < end]


def paired(at: np.ndarray, opens: np.ndarray, days: float) -> Intervals:
    """Pair events that open and close, and cut what is open at either end."""
    edges = [*([] if not len(at) or opens[0] else [0.0]), *at, *([] if not len(at) or not opens[-1] else [days * DAY_S])]
    return np.array(edges).reshape(-1, 2)


class Satkit:
    """satkit has the shadow and no finder: its shadow function on 60 s, then bisection, all edges at once."""

    def __init__(self) -> None:
        import satkit

        self.kit = satkit
        (self.elements,) = satkit.TLE.from_lines([ONE, TWO])
        self.start = satkit.time(START.year, START.month, START.day)

    def is_dark(self, t: np.ndarray) -> np.ndarray:
        at = [self.start + self.kit.duration.from_seconds(float(second)) for second in t]
        position, _ = self.kit.sgp4(self.elements, at)
        sun = self.kit.sun.pos_mod(at)
        return np.array([self.kit.sun.shadowfunc(a, b) <= 0 for a, b in zip(sun, position, strict=True)])

    def nights(self, days: float) -> Found:
        t = np.arange(0, days * DAY_S + 1, 60.0)
        dark = self.is_dark(t)
        edge = np.flatnonzero(dark[1:] != dark[:-1])
        lo, hi = t[edge], t[edge + 1]
        for _ in range(16):
            middle = (lo + hi) / 2
            same = self.is_dark(middle) == dark[edge]
            lo, hi = np.where(same, middle, lo), np.where(same, hi, middle)
        return [paired((lo + hi) / 2, ~dark[edge], days)]


def missed(truth: Found, found: Found) -> int:
    """Count what the scan sees and an engine has nothing near."""
    return sum(
        not any(start - SAME_S < b and a < end + SAME_S for a, b in theirs)
        for ours, theirs in zip(truth, found, strict=True)
        for start, end in ours
    )


def timed(engine: Engine, times: int) -> tuple[float, Found]:
    best, found = float("inf"), []
    for _ in range(times):
        begun = time.perf_counter()
        found = engine()
        best = min(best, time.perf_counter() - begun)
    return best, found


def compare(ours: Engine, peers: dict[str, Engine], truth: Found, *, peer_times: int = 3) -> dict[str, Any]:
    ours_s, found = timed(ours, 3)
    row: dict[str, Any] = {"ours_s": ours_s, "peers": {}, "ratio": {}, "missed": {"cupola": missed(truth, found)}}
    for name, engine in peers.items():
        peer_s, theirs = timed(engine, peer_times)
        row["peers"][name] = peer_s
        row["ratio"][name] = peer_s / ours_s
        row["missed"][name] = missed(truth, theirs)
    row["events"] = sum(map(len, found))
    return row


def run(*, quick: bool) -> dict[str, dict[str, Any]]:
    skyfield = Skyfield()
    nights: dict[str, Callable[[float], Found]] = {"skyfield": skyfield.nights}
    try:
        nights["satkit"] = Satkit().nights
    except ImportError:
        print("satkit is not installed: left out", file=sys.stderr)
    works = {}
    for days, step_s, times in ((12, 1.0, 3), *(() if quick else ((365, 5.0, 1),))):
        peers = {name: (lambda find=find, days=days: find(days)) for name, find in nights.items()}
        truth = scan_nights(days, step_s)
        works[f"umbra edges, {days} days"] = compare(lambda days=days: cupola_nights(days), peers, truth, peer_times=times)
    truth = scan_passes(12, 5.0)
    works["100 targets in daylight below, 12 days"] = compare(
        lambda: cupola_passes(12), {"skyfield": lambda: skyfield.passes(12)}, truth
    )
    return works


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="leave out the year")
    asked = parser.parse_args()
    works = run(quick=asked.quick)
    if asked.json:
        print(json.dumps(works, indent=2))
        return
    print(f"{'work':40} {'engine':10} {'seconds':>9} {'ratio':>8} {'missed':>7}")
    for work, row in works.items():
        print(f"{work:40} {'cupola':10} {row['ours_s']:9.4f} {'':8} {row['missed']['cupola']:7d}")
        for name, peer_s in row["peers"].items():
            print(f"{'':40} {name:10} {peer_s:9.3f} {row['ratio'][name]:7.1f}× {row['missed'][name]:7d}")


if __name__ == "__main__":
    main()
