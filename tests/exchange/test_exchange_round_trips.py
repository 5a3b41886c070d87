"""Every format that goes both ways is equal when it comes back, and every export of a board is the same bytes.

Where another program reads a format, it is the authority: OpenTimelineIO and its CMX 3600 adapter, geojson-pydantic (RFC 7946),
czml3. The vendors' sample boards are compared where their files are at hand.
"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import opentimelineio as otio
import pytest
from czml3 import Packet
from geojson_pydantic import FeatureCollection

from cupola.exchange.board_schedule import schedule_of
from cupola.exchange.exporters import BUILT_IN, exporter_named
from cupola.exchange.msd_write import to_msd
from cupola.exchange.schedule_reader import parse_schedule
from cupola.exchange.sex_write import to_sex
from cupola.exchange.spreadsheet import to_csv, to_xlsx
from cupola.exchange.timeline import FPS
from cupola.exchange.uss_write import to_uss
from cupola.files import read_board, read_production
from cupola.paper.calendars import calendars

ROOT = Path(__file__).parents[2]
CHALLENGE = ROOT / "examples" / "the-challenge"
BOTH_WAYS = {"uss": to_uss, "sex": to_sex, "msd": to_msd, "csv": to_csv, "xlsx": to_xlsx}


@pytest.fixture(scope="module")
def film():
    production = read_production(CHALLENGE)
    return production, read_board(CHALLENGE / "boards" / "agreed.json", production)


def there_and_back(schedule, form):
    """Write a schedule and read it; what comes is what that format can say. Then again: that must be equal."""
    came = parse_schedule(BOTH_WAYS[form](schedule), file=f"film.{form}")
    return came, parse_schedule(BOTH_WAYS[form](came), file=f"film.{form}")


@pytest.mark.parametrize("form", BOTH_WAYS)
def test_what_a_format_can_say_comes_back_equal(film, form):
    came, again = there_and_back(schedule_of(*film), form)
    assert replace(again, notes=()) == replace(came, notes=())
    assert BOTH_WAYS[form](again) == BOTH_WAYS[form](came)


DIGESTS = """
import sys
from hashlib import sha256
from pathlib import Path
from cupola.exchange.exporters import BUILT_IN
from cupola.files import read_board, read_production
from cupola.paper.calendars import calendars
production = read_production(Path(sys.argv[1]))
board = read_board(Path(sys.argv[1]) / "boards" / "agreed.json", production)
for one in BUILT_IN:
    print(one.name, sha256(one.write(production, board)).hexdigest())
print("ics", sha256(b"".join(calendars(production, board).values())).hexdigest())
"""


def test_every_export_is_the_same_bytes_in_every_process(film):
    """Sets and hashes have another order in each process; a file may not."""
    here = {one.name: sha256(one.write(*film)).hexdigest() for one in BUILT_IN}
    here["ics"] = sha256(b"".join(calendars(*film).values())).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Vladivostok"}
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS, str(CHALLENGE)], env=environment, capture_output=True, text=True, check=True
    )
    assert dict(line.split() for line in done.stdout.splitlines()) == here


def test_opentimelineio_writes_the_same_timeline_again(film):
    text = exporter_named("otio").write(*film).decode()
    read = otio.adapters.read_from_string(text, "otio_json")
    assert otio.adapters.read_from_string(otio.adapters.write_to_string(read, "otio_json"), "otio_json").is_equivalent_to(read)
    assert json.loads(otio.adapters.write_to_string(read, "otio_json"))["tracks"]["children"][0]["children"]


def cut(read):
    """The clips of a timeline: name, start, length, and the markers with where they stand from the start of the clip."""
    (track,) = read.tracks
    return [
        (
            clip.name,
            clip.range_in_parent().start_time.to_frames(),
            clip.duration().to_frames(),
            sorted((clip.source_range.start_time - marker.marked_range.start_time).to_frames() for marker in clip.markers),
        )
        for clip in track
    ]


def test_both_adapters_read_the_same_cut_and_the_edl_survives_its_own_adapter(film):
    from_otio = otio.adapters.read_from_string(exporter_named("otio").write(*film).decode(), "otio_json")
    from_edl = otio.adapters.read_from_string(exporter_named("edl").write(*film).decode(), "cmx_3600", rate=FPS)
    assert [clip[:3] for clip in cut(from_otio)] == [clip[:3] for clip in cut(from_edl)]
    assert [len(clip[3]) for clip in cut(from_otio)] == [len(clip[3]) for clip in cut(from_edl)]
    again = otio.adapters.read_from_string(otio.adapters.write_to_string(from_edl, "cmx_3600", rate=FPS), "cmx_3600", rate=FPS)
    assert [clip[:3] for clip in cut(again)] == [clip[:3] for clip in cut(from_edl)]


def test_geojson_is_that_of_rfc_7946_and_comes_back_equal(film):
    document = json.loads(exporter_named("geojson").write(*film))
    read = FeatureCollection.model_validate(document)
    assert len(read.features) == len(document["features"]) > 0
    assert json.loads(read.model_dump_json(exclude_none=True)) == document
    for feature in document["features"]:
        points = feature["geometry"]["coordinates"]
        for lon, lat, *_ in points if feature["geometry"]["type"] == "LineString" else [points]:
            assert -180 <= lon <= 180  # 3.1.1: longitude, then latitude; section 4: degrees of WGS 84
            assert -90 <= lat <= 90


def test_every_czml_packet_is_one_that_czml3_knows_and_comes_back_equal(film):
    packets = json.loads(exporter_named("czml").write(*film))
    assert packets[0]["id"] == "document"
    for packet in packets:
        assert json.loads(str(Packet(**packet))) == packet


# --- the vendors' sample boards ------------------------------------------------------------------------------------------

VENDOR = [("CUPOLA_USS_FULL", 173, 1421), ("CUPOLA_USS_LARGE", 147, 758)]
"""Scenes and eighths of each public file, counted by a loop over its `breakdowns` of type scene (or strip)."""


def sample(variable):
    if not os.environ.get(variable):
        pytest.skip(f"needs {variable}, the path of a public sample file (bench/schedule_vendor.py says which)")
    return Path(os.environ[variable]).read_bytes()


@pytest.mark.parametrize("form", BOTH_WAYS)
@pytest.mark.parametrize(("variable", "scenes", "eighths"), VENDOR)
def test_a_vendors_board_goes_through_every_format(variable, scenes, eighths, form):
    data = sample(variable)
    root = json.loads(data)["universalScheduleStandard"]
    pages = [one["pages"] or 0 for one in root["breakdowns"] if one["type"] != "banner"]
    assert (len(pages), round(sum(pages) * 8)) == (scenes, eighths)
    read = parse_schedule(data, file="vendor.uss")
    came, again = there_and_back(read, form)
    assert replace(again, notes=()) == replace(came, notes=())
    assert len(came.scenes) == scenes
    assert sum(sheet.eighths for sheet in came.scenes) == eighths
    assert {sheet.number for sheet in came.scenes} == {" ".join(sheet.number.split()) for sheet in read.scenes}
    if form == "uss":
        assert replace(came, notes=(), file="") == replace(read, notes=(), file="")
    if form in ("csv", "xlsx", "msd"):
        board = next(one for one in read.boards if one.day_count > 1)
        back = next(one for one in came.boards if one.day_count > 1)
        assert back.day_count == board.day_count
        assert sum(map(len, back.shooting[0].days)) == sum(map(len, board.shooting[0].days))
