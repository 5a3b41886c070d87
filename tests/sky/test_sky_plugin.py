"""A light condition that an installed package brings: found by its entry point, read in a note, searched like our own."""

import json
import os
import subprocess
import sys

import pytest

PACKAGE = '''
"""Three lights of a small package: a plain function, one with bounds, one that gives times."""

import numpy as np

from cupola.model import Condition


def noon(t, view):
    """The Sun is higher than 30°."""
    from cupola.sky.earth import sun_altitude_deg
    return sun_altitude_deg(t, view) - 30.0


noon.step_s, noon.unit, noon.where = 3600.0, "", "ground"


def above_north(t, view):
    """The station is so many degrees north of the equator."""
    latitude, _, _ = view.ephemeris.subpoint(t)
    return latitude


above_north.step_s, above_north.unit, above_north.where = 300.0, "deg", "aboard"


def _shifts(clause, place, almanac):
    begin = float(clause.argument)
    return np.array([[begin, begin + 3600.0]])


SHIFT = Condition(name="bus shift", holds="the bus is there", where="ground", arguments=("hour",), build=_shifts)
SAME = Condition(name="dusk", holds="never", where="ground", build=_shifts)
'''
POINTS = "[cupola.conditions]\nharsh-noon = sunny:noon\nnorth = sunny:above_north\nbus = sunny:SHIFT\nsame = sunny:SAME\n"
SCRIPT = """
import json, sys
from datetime import UTC, datetime, timedelta
from cupola.exchange.tle import parse_tle
from cupola.model import Place, Station, condition_named
from cupola.script import parse_light
from cupola.sky import find_windows, why_none

start = datetime(2022, 6, 20, tzinfo=UTC)
place = Place(id="m", name="Moscow", hub="", unit="", lat_deg=55.75, lon_deg=37.62, tz="Europe/Moscow")
one = "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994"
two = "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594"
station = Station(name="ISS", elements=parse_tle(one + chr(10) + two))
def found(text, where=place, start=start, hours=24):
    light = parse_light(text)
    assert parse_light(str(light)) == light
    windows = find_windows(light, where, start=start, end=start + timedelta(hours=hours))
    return [[w.open_utc.isoformat(), w.close_utc.isoformat(), w.why] for w in windows]
flight = datetime(2021, 10, 5, tzinfo=UTC)
print(json.dumps({
    "noon": found("harsh noon"), "not": found("day, not harsh noon"), "bus": found("bus shift 7200"),
    "north": found("north 40..50°", station, flight, 3), "south": found("not north", station, flight, 3),
    "dusk": condition_named("dusk").holds, "holds": condition_named("harsh noon").holds,
    "why": why_none(parse_light("north >= 60°"), station, start=flight, end=flight + timedelta(hours=3)),
}))
"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    """The package as pip would lay it down: a module and its metadata, on the path of a fresh interpreter."""
    site = tmp_path_factory.mktemp("site")
    (site / "sunny.py").write_text(PACKAGE)
    info = site / "sunny-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sunny\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_plain_function_of_time_is_a_light(answer):
    ((opens, closes, why),) = answer["noon"]
    assert (opens[11:16], closes[11:16]) == ("04:48", "14:13")
    assert why == "harsh noon"
    assert answer["holds"] == "The Sun is higher than 30°"


def test_it_joins_with_our_own_words(answer):
    assert [each[0][:16] for each in answer["not"]][1:] == [answer["noon"][0][1][:16]]


def test_its_value_keeps_the_bounds_that_are_asked(answer):
    lengths = [each[2] for each in answer["north"]]
    assert lengths
    assert set(lengths) == {"north 40..50°"}
    assert len(answer["north"]) == 4
    assert len(answer["south"]) == 2


def test_a_builder_may_give_the_times_themselves(answer):
    assert [each[:2] for each in answer["bus"]] == [["2022-06-20T02:00:00+00:00", "2022-06-20T03:00:00+00:00"]]


def test_a_light_of_our_own_is_not_replaced(answer):
    assert answer["dusk"].startswith("evening")


def test_why_there_is_none_is_said_in_its_unit(answer):
    """The orbit is inclined by 51.6°, so geodetic 60° is missed by 8°, and 60 days on still is."""
    assert "8.2° are missing" in answer["why"] or "8.1° are missing" in answer["why"]
    assert answer["why"].endswith("Nor is there one in the 60 days before or after.")


def test_packages_are_asked_only_for_a_word_that_nobody_knows():
    code = (
        "from cupola.model.conditions import plugged_in\nfrom cupola.script import parse_light\n"
        "parse_light('dusk, not golden hour'); print(plugged_in.cache_info().currsize)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"
