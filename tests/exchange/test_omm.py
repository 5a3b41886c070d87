"""Mean-elements messages: JSON as two sites write it, KVN as the standard has it, and what is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sgp4 import omm
from sgp4.api import Satrec

from cupola.errors import OrbitError
from cupola.exchange.omm import parse_omm, to_omm
from cupola.model import Elements
from cupola.sky.orbit import propagate

EXAMPLE = Path(__file__).parents[2] / "examples/the-challenge"

KVN = """CCSDS_OMM_VERS = 3.0
COMMENT made by hand
COMMENT for a test
CREATION_DATE = 2021-10-04T22:00:00
ORIGINATOR = NOBODY
OBJECT_NAME = ISS (ZARYA)
OBJECT_ID = 1998-067A
CENTER_NAME = EARTH
REF_FRAME = TEME
TIME_SYSTEM = UTC
MEAN_ELEMENT_THEORY = SGP4
EPOCH = 2021-277T20:40:47.734176
MEAN_MOTION = 15.4893155 [rev/day]
ECCENTRICITY = 0.000417
INCLINATION = 51.6453 [deg]
RA_OF_ASC_NODE = 160.4350 [deg]
ARG_OF_PERICENTER = 58.5851
MEAN_ANOMALY = 39.6969
EPHEMERIS_TYPE = 0
CLASSIFICATION_TYPE = U
NORAD_CAT_ID = 25544
ELEMENT_SET_NO = 999
REV_AT_EPOCH = 30559
BSTAR = 0.00010685
MEAN_MOTION_DOT = 0.00005427
MEAN_MOTION_DDOT = 0
"""


def planning():
    (one,) = parse_omm((EXAMPLE / "orbit.json").read_text(), file="orbit.json")
    return one


def as_json(**changes):
    """The example as one object of text and numbers, with some keys changed or (None) left out."""
    values = json.loads((EXAMPLE / "orbit.json").read_text())[0] | changes
    return json.dumps({key: value for key, value in values.items() if value is not None}, indent=1)


def test_the_examples_are_the_eight_sets_of_the_shoot():
    later = parse_omm((EXAMPLE / "orbit-later.json").read_text())
    days = [one.epoch_utc.timetuple().tm_yday for one in (planning(), *later)]
    assert days == [277, 281, 288, 289, 290, 290, 290, 292]
    assert {one.norad_cat_id for one in later} == {25544}
    assert all("checksums verified" in one.source for one in (planning(), *later))


def test_kvn_and_json_say_the_same():
    (one,) = parse_omm(KVN)
    assert one == replace(planning(), source="made by hand for a test")
    assert parse_omm(KVN + KVN) == (one, one)


def test_one_object_a_list_and_numbers_as_text_are_understood():
    texts = {key: str(value) for key, value in json.loads(as_json()).items()}
    for text in (as_json(), f"[{as_json()}]", json.dumps([texts]), "\ufeff" + as_json()):
        assert parse_omm(text) == (planning(),)
    assert len(parse_omm(f"[{as_json()},\n {as_json()}]")) == 2


def test_the_sgp4_package_reads_what_is_written_and_flies_the_same_orbit():
    fields = json.loads(to_omm(planning()))[0] | {"CLASSIFICATION_TYPE": "U", "EPHEMERIS_TYPE": 0}
    sat = Satrec()
    omm.initialize(sat, fields)
    minutes = np.linspace(0, 17280, 50)
    theirs = np.array([sat.sgp4_tsince(minute)[1] for minute in minutes])
    position, _ = propagate(planning(), minutes * 60)
    assert np.abs(position - theirs).max() < 1e-6


instants = st.datetimes(datetime(1958, 1, 1), datetime(2056, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
angles = st.floats(0, 360)
sets = st.builds(
    Elements,
    object_name=st.text(min_size=1).map(str.strip).filter(bool),
    object_id=st.just("1998-067A"),
    norad_cat_id=st.integers(0, 999_999_999),
    epoch_utc=instants,
    mean_motion=st.floats(0.05, 20),
    eccentricity=st.floats(0, 0.999),
    inclination_deg=st.floats(0, 180),
    ra_of_asc_node_deg=angles,
    arg_of_pericenter_deg=angles,
    mean_anomaly_deg=angles,
    bstar=st.floats(-1, 1),
    mean_motion_dot=st.floats(-1, 1),
    mean_motion_ddot=st.floats(-1, 1),
    element_set_no=st.integers(0, 9999),
    rev_at_epoch=st.integers(0, 99_999),
    source=st.text(),
)


@given(st.lists(sets, min_size=1, max_size=3))
def test_whatever_is_written_is_read_back_to_the_last_digit(elements):
    assert parse_omm(to_omm(elements)) == tuple(elements)


def test_an_epoch_with_a_zone_is_turned_to_utc():
    (one,) = parse_omm(as_json(EPOCH="2021-10-04T23:40:47.734176+03:00"))
    assert one.epoch_utc - planning().epoch_utc == timedelta(0)
    assert parse_omm(as_json(EPOCH="2021-10-04T20:40:47.734176Z"))[0].epoch_utc == planning().epoch_utc


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ECCENTRICITY": 1.2}, "ECCENTRICITY is a number from 0 to 1"),
        ({"MEAN_MOTION": "fast"}, "MEAN_MOTION is a number from 0.05 to 20"),
        ({"MEAN_MOTION": None}, "an element set has MEAN_MOTION"),
        ({"INCLINATION": True}, "INCLINATION is a number"),
        ({"NORAD_CAT_ID": 25544.5}, "NORAD_CAT_ID is a whole number"),
        ({"BSTAR": "nan"}, "BSTAR is a number"),
        ({"EPOCH": "yesterday"}, "EPOCH is an instant"),
        ({"OBJECT_NAME": ""}, "names its object"),
        ({"TIME_SYSTEM": "GPS"}, "TIME_SYSTEM is UTC"),
        ({"REF_FRAME": "EME2000"}, "REF_FRAME is TEME"),
        ({"MEAN_ELEMENT_THEORY": "DSST"}, "MEAN_ELEMENT_THEORY is SGP4"),
        ({"EPHEMERIS_TYPE": 4}, "SGP4-XP"),
    ],
)
def test_a_wrong_key_is_named_with_its_line_and_a_remedy(changes, said):
    text = as_json(**changes)
    (key,) = changes
    with pytest.raises(OrbitError, match=said) as error:
        parse_omm(text, file="orbit.json")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if f'"{key}"' in line] or [1]
    assert (error.value.file, error.value.line) == ("orbit.json", lines[0])
    assert error.value.remedy


def as_xml(unit="deg"):
    """The example as Celestrak's XML: an ndm of messages, values in nested elements."""
    values = json.loads((EXAMPLE / "orbit.json").read_text())[0]
    said = {key: str(value) for key, value in values.items() if key != "CCSDS_OMM_VERS"}
    about = [key for key in said if key in ("OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM")]
    mean = [key for key in said if key not in about]

    def cells(keys):
        return "".join(
            f'<{key} units="{unit}">{said[key]}</{key}>\n' if key == "INCLINATION" else f"<{key}>{said[key]}</{key}>\n"
            for key in keys
        )

    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<ndm><omm id="CCSDS_OMM_VERS" version="3.0"><body><segment>\n'
        f"<metadata>{cells(about)}</metadata><data><meanElements>{cells(mean)}</meanElements>"
        "<userDefinedParameters><USER_DEFINED parameter='A'>1</USER_DEFINED><USER_DEFINED parameter='B'>2</USER_DEFINED>"
        "</userDefinedParameters></data></segment></body></omm></ndm>"
    )


def as_csv(**changes):
    """The example as Space-Track's CSV, every cell in quotes."""
    values = json.loads(as_json(**changes))
    lines = [",".join(f'"{each}"' for each in row) for row in (values, values.values())]
    return "\n".join(lines) + "\n"


def test_xml_and_csv_say_the_same_as_json():
    assert parse_omm(as_xml()) == (planning(),)
    assert parse_omm(as_csv()) == (planning(),)
    assert len(parse_omm(as_csv() + as_csv().splitlines()[1] + "\n")) == 2


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        (as_xml(unit="rad"), "INCLINATION is in deg", None),
        (as_xml().replace("<MEAN_MOTION>", "<MEAN_MOTION>1</MEAN_MOTION><MEAN_MOTION>"), "stands once", None),
        (as_xml().replace("<ndm>", "<!DOCTYPE a><ndm>"), "no document type", 2),
        (as_csv(MEAN_MOTION="fast"), "MEAN_MOTION is a number", 2),
        (as_csv() + "1,2\n", "as many cells", 3),
        (KVN.replace("51.6453 [deg]", "0.9014 [rad]"), "INCLINATION is in deg", 15),
    ],
)
def test_what_is_wrong_in_xml_csv_and_units_is_named(text, said, line):
    with pytest.raises(OrbitError, match=said) as error:
        parse_omm(text, file="orbit")
    assert line is None or error.value.line == line


ONE = "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994"
TWO = "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594"


def test_a_message_that_says_one_thing_twice_says_it_alike():
    """As Space-Track writes them: period in minutes, axis in km, and the two lines beside the elements."""
    same = {"PERIOD": "92.968", "SEMIMAJOR_AXIS": "6797.934", "TLE_LINE1": ONE, "TLE_LINE2": TWO}
    assert parse_omm(as_json(**same)) == (planning(),)
    for key, value in (
        ("PERIOD", "95.0"),
        ("SEMIMAJOR_AXIS", "6900"),
        ("MEAN_ANOMALY", 50.0),
        ("EPOCH", "2021-10-05T00:00:00"),
    ):
        with pytest.raises(OrbitError, match=f"{key} .*contradicts itself"):
            parse_omm(as_json(**(same | {key: value})))


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ('[{"EPOCH": 1,]', "this is not JSON", 1),
        ("[1, 2]", "an OMM is an object", 1),
        ("[", "the list has no end", 1),
        ("[]", "at least one element set", None),
        ("", "at least one element set", None),
        ("<?xml version='1.0'?>", "not sound XML", 1),
        ("CCSDS_OMM_VERS = 3.0\nhello", "KEY = value", 2),
    ],
)
def test_a_text_that_is_no_message_is_refused(text, said, line):
    with pytest.raises(OrbitError, match=said) as error:
        parse_omm(text, file="orbit.json")
    assert error.value.line == line
