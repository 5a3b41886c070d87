"""The edit that other programs read back: OpenTimelineIO's own reader and its CMX 3600 adapter are the authority."""

import itertools
import json
from pathlib import Path

import opentimelineio as otio
import pytest

from cupola.errors import BoardError
from cupola.exchange.exporters import exporter_named
from cupola.exchange.timeline import FPS, Clip, Timeline, timeline, to_edl, to_otio
from cupola.files import read_board, read_production
from cupola.model import Board, Production

CHALLENGE = Path(__file__).parents[2] / "examples" / "the-challenge"


@pytest.fixture(scope="module")
def film() -> tuple[Production, Board]:
    production = read_production(CHALLENGE)
    return production, read_board(CHALLENGE / "boards" / "agreed.json", production)


def test_a_page_is_a_minute(film: tuple[Production, Board]) -> None:
    line = timeline(*film)
    eighths = sum(scene.eighths for scene in film[0].script.scenes)
    assert sum(clip.length for clip in line.clips) == eighths * 60 * FPS // 8
    assert [clip.name for clip in line.clips] == [scene.number for scene in film[0].script.scenes]


def test_opentimelineio_reads_back_clips_lengths_and_windows(film: tuple[Production, Board]) -> None:
    line = timeline(*film)
    read = otio.adapters.read_from_string(to_otio(line).decode(), "otio_json")
    (track,) = read.tracks
    assert [(clip.name, clip.duration().value) for clip in track] == [(clip.name, clip.length) for clip in line.clips]
    assert [clip.range_in_parent().start_time.value for clip in track] == [clip.start for clip in line.clips]
    markers = {marker.name: dict(marker.metadata["cupola"]) for clip in track for marker in clip.markers}
    lit = [strip for strip in film[1].strips if strip.window is not None]
    assert len(markers) == len(lit)
    for strip in lit:
        facts = markers[f"{strip.id}: roll {strip.roll_utc:%Y-%m-%d %H:%M:%S} UTC"]
        assert strip.window is not None
        assert facts["opens"] == f"{strip.window.open_utc:%Y-%m-%dT%H:%M:%SZ}"


def test_the_cmx_3600_adapter_reads_back_the_same_edit(film: tuple[Production, Board]) -> None:
    line = timeline(*film)
    read = otio.adapters.read_from_string(to_edl(line).decode(), "cmx_3600", rate=FPS)
    (track,) = read.tracks
    assert [(clip.name, clip.duration().to_frames()) for clip in track] == [(clip.name, clip.length) for clip in line.clips]
    assert sum(len(clip.markers) for clip in track) == sum(len(clip.markers) for clip in line.clips)


def test_a_heading_of_several_lines_stays_one_comment() -> None:
    line = Timeline(title="A\nB", clips=(Clip(name="1\n002", heading="INT.\r\nROOM", start=0, length=24),))
    lines = to_edl(line).decode().split("\r\n")
    assert lines[0] == "TITLE: A B"
    assert lines[3:7] == [
        "001  AX       V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00",
        "* FROM CLIP NAME: 1 002",
        "* COMMENT: INT. ROOM",
        "",
    ]


def test_tracks_are_cut_at_the_antimeridian_and_hold_every_roll_aboard(film: tuple[Production, Board]) -> None:
    """RFC 7946, 3.1.9: a line that crosses the antimeridian is cut there; 4: positions are longitude, latitude."""
    document = json.loads(exporter_named("geojson").write(*film))
    assert document["type"] == "FeatureCollection"
    for feature in document["features"]:
        if feature["geometry"]["type"] == "LineString":
            lons = [lon for lon, _ in feature["geometry"]["coordinates"]]
            assert max(abs(a - b) for a, b in itertools.pairwise(lons)) < 180
            assert all(abs(lat) < 51.9 for _, lat in feature["geometry"]["coordinates"])  # the station's inclination: 51.64°
    rolls = [feature for feature in document["features"] if feature["properties"]["kind"] == "roll"]
    assert len(rolls) == sum(len(day.strips) for day in film[1].days if day.unit == "orbit")


def test_a_globe_gets_the_flight_and_its_rolls(film: tuple[Production, Board]) -> None:
    """CZML guide: the first packet is the document; sampled positions are time, longitude, latitude, height in metres."""
    document, station, *labels = json.loads(exporter_named("czml").write(*film))
    assert document["id"] == "document"
    assert document["version"] == "1.0"
    samples = station["position"]["cartographicDegrees"]
    heights = samples[3::4]
    assert len(samples) % 4 == 0
    assert 410_000 < min(heights) < max(heights) < 445_000
    assert len({label["id"] for label in labels}) == len(labels)


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(BoardError, match="known: ics, otio, edl, omc, uss, sex, msd, csv, xlsx, geojson, czml"):
        exporter_named("avi")
