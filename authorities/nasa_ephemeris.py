"""Compare Cupola with what NASA writes into the head of its public ephemeris of the ISS: the first and the last ascending node.

The files (ISS.OEM_J2K_EPH.xml or .txt) are published by NASA/JSC's trajectory office, a fortnight of states every four minutes;
old ones lie in public repositories. None is kept here: give the path of one.

    .venv/bin/python authorities/nasa_ephemeris.py FILE...

NASA's longitudes take UT1 for UTC, so Cupola's are shown both ways: as they are, and with UT1 = UTC.
"""

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from cupola.exchange.doubts import station_doubts
from cupola.exchange.manoeuvres import manoeuvres_of
from cupola.exchange.orbit_file import parse_orbit
from cupola.model import Station
from cupola.sky.find import find_spells
from cupola.sky.orbit import Ephemeris, ephemeris_of
from cupola.sky.states import Pieces
from cupola.sky.timescale import mjd, tai_utc_s, ut1_tai_s

NODE = re.compile(r"(first|last) asc\. node\s*: EPOCH = (\S+) \$ ORBIT = (\d+) \$ LAN\(DEG\) = (\S+)")


def main(paths: list[str]) -> None:
    """Print a comparison for each file."""
    for path in paths:
        compare(Path(path))


def compare(path: Path) -> None:
    """Print what the file says of its nodes beside what Cupola finds, and how well its states interpolate."""
    published = parse_orbit(path.read_bytes(), file=path.name).ephemeris
    assert published is not None, "an ephemeris"
    station = Station(name=published.object_name, ephemerides=(published,), manoeuvres=manoeuvres_of(published))
    segment = published.segments[0]
    start, end = (segment.epoch_utc + timedelta(seconds=at) for at in segment.useable_s)
    ephemeris = ephemeris_of(station, start, end)
    north = find_spells(lambda t, _: ephemeris.position_km(t)[..., 2], rows=1, span_s=ephemeris.span.length_s, step_s=300)[0]
    nodes = north[north[:, 0] > 0, 0]
    print(f"{path.name}: {published.originator}, made {published.created_utc:%Y-%m-%d %H:%M} UTC, {len(segment.rows)} states")
    for line in published.comments:
        found = NODE.search(line)
        if found:
            say_node(found, ephemeris, nodes)
    for event in published.events:
        print(f"  {event.at_utc:%Y-%m-%d %H:%M:%S}  {event.name}  {event.dv_m_s:g} m/s")
    for burn in station.manoeuvres:
        print(f"  burn {burn.start_utc:%Y-%m-%d %H:%M:%S} to {burn.end_utc:%H:%M:%S} UTC, {burn.dv_m_s:g} m/s")
    halved(np.array(segment.rows))
    print("\n".join(f"  {sentence}" for sentence in station_doubts(station)) or "  no doubts")


def say_node(found: re.Match[str], ephemeris: Ephemeris, nodes: np.ndarray) -> None:
    """Print one node of the head beside the nearest one found."""
    which, at, orbit, longitude = found.groups()
    due = ephemeris.span.seconds(datetime.fromisoformat(at).replace(tzinfo=UTC))
    here = float(nodes[np.argmin(np.abs(nodes - due))])
    east = float(ephemeris.subpoint(np.array([here]))[1][0])
    (utc,) = ephemeris.span.utc([here])
    ut1_utc = float(ut1_tai_s(np.array([mjd(utc)]))[0]) + tai_utc_s(mjd(utc))
    print(
        f"  {which} node, orbit {orbit}: NASA {at} {longitude}°, Cupola {utc:%H:%M:%S.%f} ({1000 * (here - due):+.2f} ms) "
        f"{east:.5f}°, with UT1 = UTC {east + ut1_utc * 360 / 86164.1:.5f}°"
    )


def halved(rows: np.ndarray) -> None:
    """Print how far every other state lies from the polynomial through the rest: an error 256 times that at half the step."""
    step = np.diff(rows[:, 0])
    for seconds in (240.0, 2.0):
        runs = np.split(np.arange(len(rows)), np.flatnonzero(np.abs(step - seconds) > 1e-6) + 1)
        run = rows[max(runs, key=len)]
        if len(run) >= 40 and abs(run[1, 0] - run[0, 0] - seconds) < 1e-6:
            pieces = Pieces.of(run[::2, 0], run[::2, 1:4], run[::2, 4:7])
            middle = run[9:-9:2] if len(run) % 2 == 0 else run[9:-8:2]
            off = 1e6 * np.linalg.norm(pieces.at(middle[:, 0])[0] - middle[:, 1:4], axis=1)
            print(f"  every {2 * seconds:g} s: median {np.median(off):.6f} mm, most {off.max():.6f} mm")


if __name__ == "__main__":
    main(sys.argv[1:])
