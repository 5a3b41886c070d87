"""Orbit ephemeris messages: KVN and XML, time systems and frames, NASA's remarks, and what is refused with its line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import OrbitError
from cupola.exchange.doubts import station_doubts
from cupola.exchange.manoeuvres import manoeuvres_of
from cupola.exchange.oem import parse_oem, to_oem
from cupola.exchange.oem_xml import parse_oem_xml
from cupola.exchange.orbit_file import parse_orbit
from cupola.model import OrbitEphemeris, States, Station, TrajectoryEvent

HEAD = """CCSDS_OEM_VERS = 2.0
CREATION_DATE = 2022-042T18:53:27.821Z
ORIGINATOR = JSC
"""
META = """META_START
OBJECT_NAME = ISS
OBJECT_ID = 1998-067-A
CENTER_NAME = EARTH
REF_FRAME = EME2000
TIME_SYSTEM = UTC
START_TIME = 2022-042T12:00:00.000Z
USEABLE_START_TIME = 2022-02-11T12:01:00
STOP_TIME = 2022-042T12:08:00.000Z
INTERPOLATION = HERMITE
INTERPOLATION_DEGREE = 5
META_STOP
"""
NASA_REMARKS = """COMMENT Units are in kg and m^2
COMMENT MASS=445386.00
COMMENT Orbits start at the ascending node epoch
COMMENT ISS first asc. node: EPOCH = 2022-02-11T12:08:41.500 $ ORBIT = 568 $ LAN(DEG) = -84.71503
COMMENT ISS last asc. node : EPOCH = 2022-02-26T11:10:09.027 $ ORBIT = 800 $ LAN(DEG) = -158.91754
COMMENT |       EVENT        |       TIG        | ORB |   DV    |   HA    |   HP    |
COMMENT |                    |       GMT        |     |   M/S   |   KM    |   KM    |
COMMENT =============================================================================
COMMENT  80P Launch            046:04:25:40.000             0.0     426.3     408.0
COMMENT                                                    (0.0)   (230.2)   (220.3)
COMMENT
COMMENT  GMT057 Reboost        057:01:37:00.000             0.4     423.8     409.1
COMMENT                                                    (1.3)   (228.8)   (220.9)
"""
"""From the head of NASA/JSC's public ISS.OEM_J2K_EPH file of 2022-02-11."""
DATA = """2022-042T12:00:00.000Z -4945.20488742583 -3625.97045086591 -2944.74334871861 1.19203952555 -5.672864205 4.995932119
2022-02-11T12:04:00 -4483.21818856420 -4839.43742604381 -1653.18505906639 2.63479158884966 -4.37741488899716 5.70149741803236
2022-02-11T12:08:00 -3695.68393055846 -5701.46153805761 -241.260823962786 3.888249635808 -2.761928217033 5.992626214253 0 0 0
"""
MATRIX = "\n".join(" ".join(["1e-4"] * n) for n in range(1, 7))
COVARIANCE = f"COVARIANCE_START\nEPOCH = 2022-02-11T12:00:00\nCOV_REF_FRAME = RTN\n{MATRIX}\nCOVARIANCE_STOP\n"
WHOLE = HEAD + META + NASA_REMARKS + DATA + COVARIANCE
MIDNIGHT = datetime(2022, 2, 11, tzinfo=UTC)


def xml_of(text):
    """The same ephemeris in the XML of NASA's site."""
    lines = text.splitlines()
    pairs = [line.split(" = ") for line in lines if " = " in line and not line.startswith(("COMMENT", "EPOCH", "COV"))]
    comments = [line.removeprefix("COMMENT").removeprefix(" ") for line in lines if line.startswith("COMMENT")]
    keys = "XYZ"
    names = [*keys, *(f"{key}_DOT" for key in keys)]
    states = []
    for line in DATA.splitlines():
        epoch, *numbers = line.split()
        units = ["km"] * 3 + ["km/s"] * 3
        cells = [f'<{k} units="{u}">{n}</{k}>' for k, u, n in zip(names, units, numbers[:6], strict=True)]
        states.append(f"<stateVector><EPOCH>{epoch}</EPOCH>{''.join(cells)}</stateVector>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ndm><oem id="CCSDS_OEM_VERS" version="2.0"><header>'
        + "".join(f"<{k}>{v}</{k}>" for k, v in pairs[1:3])
        + "</header><body><segment><metadata>"
        + "".join(f"<{k}>{v}</{k}>\n" for k, v in pairs[3:])
        + "</metadata><data>"
        + "".join(f"<COMMENT>{line.replace('&', '&amp;').replace('<', '&lt;')}</COMMENT>\n" for line in comments)
        + "\n".join(states)
        + "</data></segment></body></oem></ndm>"
    ).encode()


def test_what_nasa_publishes_is_read_whole():
    found = parse_oem(WHOLE, file="iss.txt")
    (segment,) = found.segments
    assert (found.object_name, found.object_id, found.originator) == ("ISS", "1998-067-A", "JSC")
    assert found.created_utc == datetime(2022, 2, 11, 18, 53, 27, 821000, tzinfo=UTC)
    assert (found.mass_kg, found.first_revolution) == (445386.0, 568)
    assert [row[0] for row in segment.rows] == [43200.0, 43440.0, 43680.0]
    assert (segment.epoch_utc, segment.frame, segment.useable_s) == (MIDNIGHT, "EME2000", (43260.0, 43680.0))
    assert segment.rows[1][1:4] == (-4483.21818856420, -4839.43742604381, -1653.18505906639)
    launch, reboost = found.events
    assert launch == TrajectoryEvent(
        name="80P Launch", at_utc=datetime(2022, 2, 15, 4, 25, 40, tzinfo=UTC), dv_m_s=0.0, apogee_km=426.3, perigee_km=408.0
    )
    assert (reboost.name, reboost.at_utc, reboost.dv_m_s) == ("GMT057 Reboost", datetime(2022, 2, 26, 1, 37, tzinfo=UTC), 0.4)
    (burn,) = manoeuvres_of(found)
    assert (burn.start_utc, burn.dv_m_s, burn.note) == (reboost.at_utc, 0.4, "GMT057 Reboost")
    assert "ISS first asc. node" in found.comments[3]


def test_xml_and_kvn_say_the_same():
    xml = parse_oem_xml(xml_of(WHOLE), file="iss")
    kvn = parse_oem(WHOLE, file="iss")
    assert replace(xml, comments=()) == replace(kvn, comments=())
    assert [line.strip() for line in xml.comments] == [line.strip() for line in kvn.comments]


def test_a_file_is_known_by_what_is_in_it():
    for data in (WHOLE.encode(), b"\xef\xbb\xbf" + WHOLE.encode(), WHOLE.replace("\n", "\r\n").encode(), xml_of(WHOLE)):
        found = parse_orbit(data, file="whatever.txt")
        assert found.ephemeris is not None
        assert found.ephemeris.mass_kg == 445386.0


def test_a_burn_ends_where_states_stop_coming_every_two_seconds():
    """As in the file of 11 February 2022: ignition 01:37:00, the last state of the burn 01:40:56.869."""
    times = [0.0, 240.0, 480.0, *np.arange(482.0, 716.5, 2.0), 716.869, 956.869]
    ignition = datetime(2022, 2, 26, 1, 29, tzinfo=UTC)
    rows = tuple((at, 7000.0, 0.0, 0.0, 0.0, 7.5, 0.0) for at in times)
    event = TrajectoryEvent(name="GMT057 Reboost", at_utc=datetime(2022, 2, 26, 1, 37, tzinfo=UTC), dv_m_s=0.4)
    segment = States(frame="TEME", epoch_utc=ignition, rows=rows, useable_s=(0.0, 956.869))
    found = OrbitEphemeris(
        object_name="ISS", object_id="", created_utc=MIDNIGHT, originator="JSC", segments=(segment,), events=(event,)
    )
    (burn,) = manoeuvres_of(found)
    assert burn.end_utc == datetime(2022, 2, 26, 1, 40, 56, 869000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("system", "offset_s"), [("UTC", 0.0), ("TAI", -37.0), ("TT", -69.184), ("TDT", -69.184), ("GPS", -18.0), ("TDB", -69.184)]
)
def test_time_systems_are_turned_into_utc(system, offset_s):
    """TAI − UTC was 37 s in 2022 (IERS Bulletin C); TT − TAI 32.184 s; GPS − TAI −19 s; TDB within 2 ms of TT."""
    text = (HEAD + META + DATA).replace("TIME_SYSTEM = UTC", f"TIME_SYSTEM = {system}")
    (segment,) = parse_oem(text).segments
    assert segment.rows[0][0] == pytest.approx(43200 + offset_s, abs=0.002 if system == "TDB" else 1e-9)
    assert segment.useable_s[0] == pytest.approx(43260 + offset_s, abs=0.002 if system == "TDB" else 1e-9)


def test_a_leap_second_is_a_second_like_others():
    """31 December 2016 had 86401 seconds."""
    rows = ["2016-12-31T23:59:00", "2016-12-31T23:59:60.5", "2017-01-01T00:01:00"]
    numbers = " 7000 0 0 0 7.5 0"
    meta = META.replace("2022-042T12:00:00.000Z", rows[0]).replace("2022-042T12:08:00.000Z", rows[2])
    meta = meta.replace("2022-02-11T12:01:00", rows[1])
    (segment,) = parse_oem(HEAD + meta + "".join(f"{row}{numbers}\n" for row in rows)).segments
    assert np.diff([row[0] for row in segment.rows]).tolist() == [60.5, 60.5]
    assert segment.epoch_utc + timedelta(seconds=segment.rows[0][0]) == datetime(2016, 12, 31, 23, 59, tzinfo=UTC)
    with pytest.raises(OrbitError, match="begins with an instant"):
        parse_oem(HEAD + META + DATA.replace("2022-02-11T12:04:00", "2022-02-11T23:59:60"))


@pytest.mark.parametrize(
    ("old", "new", "said", "at_the_place"),
    [
        ("CCSDS_OEM_VERS = 2.0\n", "", "begins with CCSDS_OEM_VERS", False),
        ("CCSDS_OEM_VERS = 2.0", "CCSDS_OEM_VERS = 9.0", "the version of an ephemeris is", False),
        ("CREATION_DATE = 2022-042", "CREATION_DATE = 2022-442", "CREATION_DATE is an instant", True),
        ("ORIGINATOR = JSC\n", "", "names who made it", False),
        ("ORIGINATOR = JSC", "ORIGINATOR JSC", "KEY = value", True),
        ("CENTER_NAME = EARTH", "CENTER_NAME = MARS", "centre of an orbit is EARTH", True),
        ("REF_FRAME = EME2000", "REF_FRAME = RTN", "one of EME2000, GCRF", True),
        ("TIME_SYSTEM = UTC", "TIME_SYSTEM = SCLK", "one of UTC, TAI", True),
        ("TIME_SYSTEM = UTC", "TIME_SYSTEM = UTC\nTIME_SYSTEM = UTC", "stands once", True),
        ("TIME_SYSTEM", "TIME_SISTEM", "TIME_SISTEM is no key of the meta", True),
        ("USEABLE_START_TIME = 2022-02-11T12:01:00", "USEABLE_START_TIME = 2022-02-11T13:01:00", "useable span", True),
        ("STOP_TIME = 2022-042T12:08:00.000Z", "STOP_TIME = 2022-042T13:08:00.000Z", "cover the whole useable span", True),
        ("INTERPOLATION_DEGREE = 5", "INTERPOLATION_DEGREE = 7.1", "a whole number from 1 to 99", True),
        ("INTERPOLATION = HERMITE", "INTERPOLATION = MAGIC", "INTERPOLATION is one of", True),
        ("META_STOP\n", "", "is no key|does not stand|KEY = value", False),
        ("COVARIANCE_STOP\n", "", "covariance block has no end", False),
        ("1e-4 1e-4\n", "1e-4 nan\n", "lower half", True),
        ("-4945.20488742583", "nan", "a state is an instant, three km", True),
        ("-4945.20488742583", "-4945204.88742583", "Are these metres", True),
        ("-4945.20488742583", "-45.2", "from the Earth's centre", True),
        ("-4945.20488742583", "-4_945.20488742583", "three km", True),
        ("2022-02-11T12:04:00", "2022-02-11T11:04:00", "in order of time", True),
        ("2022-02-11T12:04:00", "today", "begins with an instant", True),
        ("2022-02-11T12:08:00", "2022-02-11T12:58:00", "within a sixth of a revolution", True),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_a_remedy(old, new, said, at_the_place):
    assert old in WHOLE
    wrong = WHOLE.replace(old, new, 1)
    with pytest.raises(OrbitError, match=said) as error:
        parse_oem(wrong, file="iss.txt")
    assert error.value.file == "iss.txt"
    assert error.value.remedy
    if at_the_place:
        pairs = zip(WHOLE.splitlines(), wrong.splitlines(), strict=False)
        assert error.value.line == next(number for number, (a, b) in enumerate(pairs, 1) if a != b)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'<X units="km">', b'<X units="m">', "X is in km"),
        (b"<Y_DOT", b"<Y_DIT", "Y_DOT|mismatched"),
        (b"</metadata>", b"</metadata><metadata/>", "one metadata"),
        (b"<EPOCH>2022-042T12:00:00.000Z</EPOCH>", b"", "begins with an instant"),
        (b"<TIME_SYSTEM>", b"<TIME_SYSTEM>UTC</TIME_SYSTEM><TIME_SYSTEM>", "stands once"),
        (b"<ndm>", b"<!DOCTYPE ndm [<!ENTITY a 'b'>]><ndm>", "no document type"),
        (b"</ndm>", b"<oem/></ndm>", "one ephemeris"),
    ],
)
def test_what_is_wrong_in_xml_is_refused(old, new, said):
    data = xml_of(WHOLE)
    assert old in data
    with pytest.raises(OrbitError, match=said):
        parse_orbit(data.replace(old, new, 1), file="iss.xml")


def test_an_edited_state_is_doubted_and_real_ones_are_not():
    found = parse_oem(WHOLE)
    assert station_doubts(Station(name="ISS", ephemerides=(found,))) == ()
    edited = parse_oem(WHOLE.replace("-4839.43742604381", "-4809.43742604381"))
    (sentence,) = station_doubts(Station(name="ISS", ephemerides=(edited,)))
    assert "2 states are not where those before them lead" in sentence
    assert "2022-02-11 12:04:00 UTC" in sentence


seconds = st.lists(st.floats(1e-3, 240), min_size=2, max_size=8).map(lambda steps: np.cumsum(steps).tolist())
places = st.tuples(st.floats(5000, 40000), st.floats(5000, 40000), st.floats(-40000, 40000))
speeds = st.tuples(*[st.floats(-6, 6)] * 3)


@settings(max_examples=60)
@given(seconds, st.data(), st.sampled_from(["TEME", "EME2000", "GCRF", "ITRF", "TOD"]))
def test_whatever_is_written_is_read_back(times, data, frame):
    """Times to a tenth of a nanosecond, numbers to the last digit."""
    rows = tuple((at, *data.draw(places), *data.draw(speeds)) for at in times)
    segment = States(frame=frame, epoch_utc=MIDNIGHT, rows=rows, useable_s=(times[0], times[-1]))
    whole = OrbitEphemeris(
        object_name="ISS", object_id="1998-067-A", created_utc=MIDNIGHT, originator="JSC", segments=(segment, segment)
    )
    again = parse_oem(to_oem(whole))
    assert len(again.segments) == 2
    (one, _), (two, _) = whole.segments, again.segments
    assert [row[1:] for row in two.rows] == [row[1:] for row in one.rows]
    np.testing.assert_allclose([row[0] for row in two.rows], [row[0] for row in one.rows], rtol=0, atol=2e-10)
    assert (two.frame, two.epoch_utc) == (frame, MIDNIGHT)
