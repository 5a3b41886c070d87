"""Strangers' orbit files: whatever the bytes, an answer or an OrbitError, soon."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import OrbitError
from cupola.exchange.orbit_file import parse_orbit

EXAMPLE = Path(__file__).parents[2] / "examples/the-challenge/orbit-later.json"
TLE = (
    b"ISS\n1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994\n"
    b"2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594\n"
)
OEM = b"""CCSDS_OEM_VERS = 2.0
CREATION_DATE = 2022-02-11T18:53:27
ORIGINATOR = JSC
META_START
OBJECT_NAME = ISS
CENTER_NAME = EARTH
REF_FRAME = EME2000
TIME_SYSTEM = UTC
START_TIME = 2022-02-11T12:00:00
STOP_TIME = 2022-02-11T12:04:00
META_STOP
COMMENT  GMT057 Reboost        057:01:37:00.000             0.4     423.8     409.1
2022-02-11T12:00:00 -4945.204 -3625.970 -2944.743 1.192039 -5.672864 4.995932
2022-02-11T12:04:00 -4483.218 -4839.437 -1653.185 2.634791 -4.377414 5.701497
"""
XML = b"""<ndm><omm id="CCSDS_OMM_VERS" version="2.0"><body><segment><metadata><OBJECT_NAME>A</OBJECT_NAME></metadata>
<data><EPOCH>2021-03-22T13:21:09</EPOCH><MEAN_MOTION units="rev/day">15.5</MEAN_MOTION></data></segment></body></omm></ndm>"""
CSV = b"""\
EPOCH,OBJECT_NAME,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,NORAD_CAT_ID,BSTAR
2021-10-04T20:40:47.734176,ISS,15.4893155,.000417,51.6453,160.435,58.5851,39.6969,25544,.00010685
"""
CORPUS = [EXAMPLE.read_bytes()[:3000], TLE, OEM, XML, CSV]
PIECES = [
    b"nan",
    b"-",
    b"1e999",
    b"\xc2\xb2",
    b"[",
    b"{",
    b"<",
    b"]]>",
    b'"',
    b",",
    b"=",
    b"META_START\n",
    b"9" * 5000,
    b"\x00",
    b"\r",
]


def read(data):
    """What the file holds, or None where it is refused."""
    try:
        return parse_orbit(data, file="fuzz")
    except OrbitError:
        return None


@given(st.binary(max_size=400))
def test_any_bytes_are_an_orbit_or_an_orbit_error(data):
    read(data)


@given(st.text(max_size=300))
def test_any_text_is_an_orbit_or_an_orbit_error(text):
    read(text.encode("utf-8", "replace"))


@settings(max_examples=250)
@given(st.sampled_from(CORPUS), st.data())
def test_damaged_files_are_an_orbit_or_an_orbit_error(whole, data):
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        gone = data.draw(st.integers(0, 40))
        whole = whole[:at] + data.draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6))) + whole[at + gone :]
    read(whole)


def test_the_undamaged_corpus_is_read():
    assert [read(data) is not None for data in CORPUS] == [False, True, True, False, True], "cut JSON, and XML without all keys"


@pytest.mark.parametrize(
    "data",
    [
        b"1 " * 20_000_000,
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'[{"MEAN_MOTION": ' + b"9" * 100_000 + b"}]",
        b"CCSDS_OEM_VERS = " + b"9" * 10_000_000,
        b"EPOCH,MEAN_MOTION\n" + b'"' * 3_000_000,
        b"<ndm>" * 100_000,
        OEM + b"1" * 10_000_000,
    ],
    ids=["long line", "deep list", "deep object", "long number", "long key", "open quote", "deep xml", "long state"],
)
def test_files_made_to_do_harm_are_refused_at_once(data):
    begun = time.process_time()
    assert read(data) is None
    assert time.process_time() - begun < 3
