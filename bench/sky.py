"""Finding light in orbit: Cupola and its peers on the same elements, the same questions, in one run.

    .venv/bin/python bench/sky.py [--json] [--quick] [--curve] [--cold]

Each engine answers through its documented interface, warm, on one thread, in processor time of that thread; the best of
three runs counts (the slow ones run once). `missed` counts what a plain scan in small steps sees and the engine does
not. `--quick` leaves out the year, `--curve` adds how time and memory grow with the span and the number of targets, `--cold`
adds 200 shots of 6 clauses from the command line, each time in a fresh process.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from _sky_peers import Found, Orekit, Satkit, Skyfield
from cupola.exchange.tle import parse_tle
from cupola.model import Clause, Station, Target
from cupola.sky.below import OVER
from cupola.sky.fast import compiled_search
from cupola.sky.intervals import Intervals, complement
from cupola.sky.limb import disc_above_limb, sun_edge_above_limb
from cupola.sky.long import spells_by_piece
from cupola.sky.orbit import Ephemeris
from cupola.sky.spells import hold, spells_of
from cupola.sky.view import Sites, StationView

ONE = "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994"
TWO = "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594"
START = datetime(2021, 10, 5, tzinfo=UTC)
DAY_S = 86400.0
TOWNS = [(53.05, 158.65), (55.75, 37.62), (45.62, 63.31), (48.86, 2.35), (40.71, -74.01), (-33.92, 18.42)]
CONE_DEG, SUN_DEG = 30.0, 10.0
SAME_S = 90.0
"""Two edges nearer than this are the same event: engines with a round Earth or a point Sun are up to a minute off."""

OURS = ("numpy", "numba")
Engine = Callable[[], Found]


def targets() -> list[tuple[float, float]]:
    """Six towns and 94 points spread evenly between 51° north and south."""
    rng = np.random.default_rng(7)
    lat = np.degrees(np.arcsin(rng.uniform(-0.78, 0.78, 100 - len(TOWNS))))
    return [*TOWNS, *zip(lat.tolist(), rng.uniform(-180, 180, len(lat)).tolist(), strict=True)]


def iss(places: Sequence[Target] = ()) -> Station:
    return Station(name="ISS", elements=parse_tle(f"{ONE}\n{TWO}"), targets=tuple(places))


def cupola_shadow(days: float) -> Found:
    """Umbra and penumbra: the two rows that other engines give in two calls, or one of them not at all."""
    station = iss()
    ephemeris = Ephemeris.over(station.elements[0], START, START + timedelta(days=days))
    clauses = [Clause(condition="umbra"), Clause(condition="full sun")]
    spells = spells_of(clauses, station, ephemeris, ephemeris.span.length_s)
    return [spells[clauses[0]], complement(spells[clauses[1]], (0.0, ephemeris.span.length_s))]


def cupola_passes(days: float) -> Found:
    places = [Target(name=str(n), lat_deg=lat, lon_deg=lon) for n, (lat, lon) in enumerate(targets())]
    station = iss(places)
    ephemeris = Ephemeris.over(station.elements[0], START, START + timedelta(days=days))
    return hold(OVER, StationView.of(station, ephemeris, Sites.of_targets(places)), len(places), ephemeris.span.length_s)


def compiled(ask: Engine) -> Engine:
    def engine() -> Found:
        with compiled_search():
            return ask()

    return engine


def scan_shadow(days: float, step_s: float) -> Found:
    """The plain way: look every second, at both edges of the Sun's disc."""
    station = iss()
    ephemeris = Ephemeris.over(station.elements[0], START, START + timedelta(days=days))
    view = StationView.of(station, ephemeris)
    found = []
    for margin in (sun_edge_above_limb, whole_disc):
        dark = [
            margin(np.arange(at, min(at + DAY_S, days * DAY_S), step_s), view) <= 0 for at in np.arange(0, days * DAY_S, DAY_S)
        ]
        found.append(runs(np.arange(0, days * DAY_S, step_s), np.concatenate(dark)))
    return found


def whole_disc(t: np.ndarray, view: StationView) -> np.ndarray:
    return disc_above_limb(t, view, part=-1.0)


def scan_passes(days: float, step_s: float) -> Found:
    places = [Target(name=str(n), lat_deg=lat, lon_deg=lon) for n, (lat, lon) in enumerate(targets())]
    station = Station(name="ISS", elements=parse_tle(f"{ONE}\n{TWO}"), targets=tuple(places))
    ephemeris = Ephemeris.over(station.elements[0], START, START + timedelta(days=days))
    t = np.arange(0, days * DAY_S, step_s)
    found = []
    for place in places:
        view = StationView.of(station, ephemeris, Sites.of_targets((place,))).at(np.zeros(1, dtype=int))
        found.append(runs(t, np.all([measure.margin(t, view) > 0 for measure in OVER], axis=0)))
    return found


def runs(t: np.ndarray, holds: np.ndarray) -> Intervals:
    """Return the first and last sample of each run of true samples."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False])).astype(int)))
    return np.column_stack((t[edges[::2]], t[edges[1::2] - 1]))


def missed(truth: Found, found: Found) -> int:
    """Count what the scan sees and an engine has nothing near; rows that the engine does not know are left out."""
    count = 0
    for ours, theirs in zip(truth, found, strict=False):
        reach = np.searchsorted(theirs[:, 1] + SAME_S, ours[:, 0], side="right")
        near = (reach < len(theirs)) & (ours[:, 1] > theirs[np.minimum(reach, len(theirs) - 1), 0] - SAME_S)
        count += int((~near).sum())
    return count


def timed(engine: Engine, times: int) -> tuple[float, Found]:
    best, found = float("inf"), []
    for _ in range(times):
        begun = time.thread_time()
        found = engine()
        best = min(best, time.thread_time() - begun)
    return best, found


def compare(engines: dict[str, tuple[Engine, int]], truth: Found) -> dict[str, Any]:
    """Time every engine (how many times, best counts) and count what it misses; ratios are to our own two."""
    row: dict[str, Any] = {"seconds": {}, "missed": {}, "events": {}}
    for name, (engine, times) in engines.items():
        row["seconds"][name], found = timed(engine, times)
        row["missed"][name] = missed(truth, found)
        row["events"][name] = sum(map(len, found))
    row["ratio"] = {
        ours: {name: seconds / row["seconds"][ours] for name, seconds in row["seconds"].items() if name not in OURS}
        for ours in OURS
    }
    return row


def peers_at_hand() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for peer in (Skyfield, Satkit, Orekit):
        try:
            found[peer.__name__.casefold()] = peer(ONE, TWO, START)
        except ImportError:
            print(f"{peer.__name__.casefold()} is not installed: left out", file=sys.stderr)
    return found


def run(*, quick: bool) -> dict[str, dict[str, Any]]:
    peers = peers_at_hand()
    works = {}
    for days, step_s, times in ((12, 1.0, 3), *(() if quick else ((365, 1.0, 1),))):
        ask: Engine = lambda days=days: cupola_shadow(days)  # noqa: E731
        engines = {"numpy": (ask, 5), "numba": (compiled(ask), 5)}
        compiled(ask)()
        for name, peer in peers.items():
            peer.shadow(1)
            engines[name] = (lambda peer=peer, days=days: peer.shadow(days), 1 if name == "skyfield" else max(2, times))
        works[f"umbra and penumbra, {days} days"] = compare(engines, scan_shadow(days, step_s))
    ask = lambda: cupola_passes(12)  # noqa: E731
    compiled(ask)()
    engines = {"numpy": (ask, 5), "numba": (compiled(ask), 5)}
    if "skyfield" in peers:
        engines["skyfield"] = (lambda: peers["skyfield"].passes(12, targets(), CONE_DEG, SUN_DEG), 2)
    works["100 sunlit targets below, 12 days"] = compare(engines, scan_passes(12, 5.0))
    return works


CURVE = (
    (12, 100),
    (12, 1_000),
    (12, 10_000),
    (365, 100),
    (365, 1_000),
    (365, 10_000),
    (3652, 100),
    (3652, 1_000),
    (3652, 10_000),
)
"""Days and targets."""


def curve() -> list[dict[str, Any]]:
    """Time and memory as the span and the targets grow; compiled search, piece by piece, each in a process of its own."""
    rows = []
    for days, count in CURVE:
        code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import sky; sky.grown({days}, {count})"
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        rows.append(json.loads(run.stdout))
        print("{days:6d} days × {targets:6d} targets {seconds:9.2f} s {mb:7.0f} MB {windows:9d} windows".format(**rows[-1]))
    return rows


def grown(days: int, count: int) -> None:
    """Print what many targets over a long span cost; windows are counted and let go, piece by piece.

    The orbit is without drag: with it SGP4 lets the station fall in its tenth year, where a real one is reboosted.
    """
    rng = np.random.default_rng(7)
    lat, lon = np.degrees(np.arcsin(rng.uniform(-0.78, 0.78, count))), rng.uniform(-180, 180, count)
    places = enumerate(zip(lat.tolist(), lon.tolist(), strict=True))
    station = iss([Target(name=str(n), lat_deg=y, lon_deg=x) for n, (y, x) in places])
    kept_up = replace(station.elements[0], bstar=0.0, mean_motion_dot=0.0)
    station = replace(station, elements=(kept_up,))
    clauses = [Clause(condition="over", argument=str(n)) for n in range(count)]
    compiled(lambda: cupola_passes(1))()
    begun, windows, cut = time.thread_time(), 0, 0
    with compiled_search():
        for (begins, _), found in spells_by_piece(clauses, station, start=START, end=START + timedelta(days=days)):
            windows += sum(map(len, found.values()))
            cut += sum(len(times) and times[0, 0] == begins and begins > 0 for times in found.values())
    row = {"days": days, "targets": count, "seconds": time.thread_time() - begun, "windows": windows - int(cut)}
    print(json.dumps({**row, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


COLD_RUNS, COLD_GOAL_S, SEARCH_GOAL_S = 9, 0.8, 0.1


def cold() -> dict[str, float]:
    """Time 200 shots of 6 clauses over 12 days from the command line, and the search alone within one process.

    Every run is a process of its own; as in an installed package, modules are compiled, and numpy has one thread.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as compiled_modules:
        write_shots(Path(folder))
        ask = [str(Path(sys.executable).with_name("cupola")), "windows", folder, "--json"]
        around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        around |= {"PYTHONPYCACHEPREFIX": compiled_modules, "OPENBLAS_NUM_THREADS": "1"}
        subprocess.run(ask, capture_output=True, check=True, env=around)
        walls, cpus = [], []
        for _ in range(COLD_RUNS):
            before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(ask, capture_output=True, check=True, env=around)
            walls.append(time.perf_counter() - begun)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        load = os.getloadavg()[0]
        return {"cold_wall_s": min(walls), "cold_cpu_s": min(cpus), "search_s": search_s(folder), "load": load}


def search_s(folder: str) -> float:
    from cupola.cli.light import lit_shots
    from cupola.files import read_production
    from cupola.sky import windows_for
    from cupola.sky.known import _searched

    production = read_production(Path(folder))
    best = float("inf")
    for _ in range(5):
        begun = time.thread_time()
        _searched.cache_clear()
        for unit, where, shots in lit_shots(production):
            windows_for((shot.light for shot in shots), where, start=unit.first_utc, end=unit.last_utc)
        best = min(best, time.thread_time() - begun)
    return best


def write_shots(folder: Path) -> None:
    """Write a production of 200 shots aboard, each with six clauses, over ten targets."""
    text = "Title: Two hundred\n\n"
    for number in range(1, 201):
        sun = "orbital day" if number % 2 else "full sun"
        near = f"within {45 + number % 9} min of orbital {'sunrise' if number % 3 else 'sunset'}"
        light = f"over Town {number % 10}, {sun}, in contact, outside saa, {near}, not over Town {(number + 1) % 10}"
        text += f"EXT. ISS - CUPOLA - ORBITAL DAY #{number}#\n\n[[light: {light}]]\n\nGlass.\n\n"
    (folder / "script.fountain").write_text(text)
    (folder / "orbit.tle").write_text(f"ISS\n{ONE}\n{TWO}\n")
    places = "".join(
        f'[[target]]\nname = "Town {n}"\nlat_deg = {lat}\nlon_deg = {lon}\n\n' for n, (lat, lon) in enumerate(targets()[:10])
    )
    (folder / "production.toml").write_text(PRODUCTION + places)


PRODUCTION = """
[production]
title = "Two hundred"
currency = "EUR"
script = "script.fountain"
orbit = "orbit.tle"

[[unit]]
id = "aboard"
kind = "orbit"
first = 2021-10-05T00:00:00Z
last = 2021-10-17T00:00:00Z

[[place]]
id = "cupola"
name = "Cupola"
unit = "aboard"
sets = ["ISS - CUPOLA"]

[station]
name = "ISS"

[[crew]]
id = "operator"
name = "Operator"
duty = "camera"
blocks = ["08:00-18:00"]
operates = true

[[relay]]
name = "TDRS East"
lon_deg = -41.0

[[relay]]
name = "TDRS West"
lon_deg = -174.0

[[relay]]
name = "TDRS over the Indian Ocean"
lon_deg = 85.0

[saa]
polygon = [[-50, 300], [-41, 349], [-23, 5], [-2, 341], [1, 318], [-3, 300], [-8, 283], [-20, 273], [-30, 275]]

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="leave out the year")
    parser.add_argument("--curve", action="store_true", help="add how time and memory grow")
    parser.add_argument("--cold", action="store_true", help="add the command line, cold")
    asked = parser.parse_args()
    works = run(quick=asked.quick)
    if asked.json:
        more = {**({"cold": cold()} if asked.cold else {}), **({"curve": curve()} if asked.curve else {})}
        print(json.dumps({**works, **more}, indent=2))
        return
    print(f"{'work':40} {'engine':10} {'seconds':>9} {'numpy is':>9} {'numba is':>9} {'events':>7} {'missed':>7}")
    for work, row in works.items():
        for name, seconds in row["seconds"].items():
            times = [f"{row['ratio'][ours][name]:8.1f}×" if name not in OURS else f"{'':9}" for ours in OURS]
            print(f"{work:40} {name:10} {seconds:9.4f} {' '.join(times)} {row['events'][name]:7d} {row['missed'][name]:7d}")
            work = ""  # noqa: PLW2901
    if asked.cold:
        told = "{cold_wall_s:.2f} s cold ({cold_cpu_s:.2f} s of processor), search {search_s:.3f} s, load {load:.1f}"
        print(f"200 shots × 6 clauses × 12 days: {told.format(**cold())}; goal {COLD_GOAL_S} s and {SEARCH_GOAL_S} s")
    if asked.curve:
        curve()


if __name__ == "__main__":
    main()
