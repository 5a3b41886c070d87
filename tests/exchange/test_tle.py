"""Two-line sets: columns, checksums and epochs, against the sgp4 package and Vallado's verification file."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import sgp4
from hypothesis import given
from hypothesis import strategies as st
from sgp4.api import Satrec

from cupola.errors import OrbitError
from cupola.exchange.omm import parse_omm, to_omm
from cupola.exchange.tle import checksum, parse_tle
from cupola.sky.orbit import propagate

ONE = "1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994"
TWO = "2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594"
SET = f"{ONE}\n{TWO}\n"


def with_checksum(line):
    return f"{line[:68]}{checksum(line)}"


def test_every_field_is_read_from_its_columns():
    (one,) = parse_tle(SET, file="orbit.tle")
    assert one.epoch_utc == datetime(2021, 10, 4, 20, 40, 47, 734176, tzinfo=UTC)
    assert (one.norad_cat_id, one.object_id, one.rev_at_epoch, one.element_set_no) == (25544, "1998-067A", 30559, 999)
    assert (one.inclination_deg, one.ra_of_asc_node_deg, one.eccentricity) == (51.6453, 160.435, 0.000417)
    assert (one.arg_of_pericenter_deg, one.mean_anomaly_deg, one.mean_motion) == (58.5851, 39.6969, 15.4893155)
    assert (one.mean_motion_dot, one.mean_motion_ddot, one.bstar) == (0.00005427, 0.0, 0.00010685)


def test_names_blank_lines_remarks_and_several_sets_are_understood():
    text = f"\ufeff# from an archive\r\n0 ISS (ZARYA)\r\n{ONE}\r\n{TWO}  \r\n\r\nISS\n{SET}{SET}"
    assert [one.object_name for one in parse_tle(text)] == ["ISS (ZARYA)", "ISS", "NORAD 25544"]


def test_positions_are_those_of_the_sgp4_package_for_vallados_sets_through_omm_too():
    """Every set with good checksums, near the Earth and far: within a millimetre at the ISS, the same through OMM."""
    text = (Path(sgp4.__file__).parent / "SGP4-VER.TLE").read_text()
    lines = [line[:69] for line in text.splitlines() if line[:2] in ("1 ", "2 ")]
    pairs = [pair for pair in zip(lines[::2], lines[1::2], strict=True) if all(x[68:] == str(checksum(x)) for x in pair)]
    assert len(pairs) == 30
    for pair in [*pairs, (ONE, TWO)]:
        (ours,) = parse_tle("\n".join(pair))
        assert parse_omm(to_omm(ours)) == (ours,)
        theirs = np.array(Satrec.twoline2rv(*pair).sgp4_tsince(100.0)[1])
        position, _ = propagate(parse_omm(to_omm(ours))[0], np.array([6000.0]))
        assert np.abs(position[0] - theirs).max() < 1e-6 * max(1.0, np.linalg.norm(theirs) / 7000)


@given(st.integers(0, 68), st.sampled_from("0123456789"))
def test_a_changed_digit_is_never_read_in_silence(column, digit):
    """A checksum modulo ten finds every single wrong digit."""
    if not ONE[column].isdigit() or ONE[column] == digit:
        return
    broken = ONE[:column] + digit + ONE[column + 1 :]
    with pytest.raises(OrbitError):
        parse_tle(f"{broken}\n{TWO}\n")


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        (f"{ONE[:-1]}5\n{TWO}", "line 1 ends with its checksum, 4", 1),
        (f"ISS\n{ONE}\n{TWO[:-1]}5", "line 2 ends with its checksum, 4", 3),
        (f"{ONE[:-1]}\n{TWO}", "line 1 of a set has 69 characters", 1),
        (f"{ONE}\n", "line 1 of a set is followed by its line 2", 1),
        (f"{ONE}\n{ONE}\n", "line 2 of a set begins with 2", 2),
        (f"{TWO}\n{ONE}\n", "comes after its line 1", 1),
        (f"{ONE}\n{with_checksum(TWO.replace('25544', '25545'))}", "both lines are of one object", 2),
        (f"{with_checksum(ONE[:62] + '4' + ONE[63:])}\n{TWO}", "SGP4-XP", 1),
        (f"{with_checksum(ONE[:18] + '21377' + ONE[23:])}\n{TWO}", "epoch day is from 1 to 366", 1),
        (f"{ONE}\n{with_checksum(TWO.replace('51.6453', '51,6453'))}", "inclination is a number", 2),
        (f"{ONE}\n{with_checksum(TWO.replace(' 51.6453', '251.6453'))}", "inclination is from 0 to 180", 2),
        ("", "at least one element set", None),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_a_remedy(text, said, line):
    with pytest.raises(OrbitError, match=said) as error:
        parse_tle(text, file="orbit.tle")
    assert (error.value.file, error.value.line) == ("orbit.tle", line)
    assert "Fetch" in error.value.remedy


def test_a_catalogue_number_beyond_five_digits_is_written_with_a_letter():
    """Alpha-5 of Space-Track: A is 10, Z is 33, I and O are left out; E8493 is 148493."""
    one, two = (with_checksum(line.replace("25544", "E8493")) for line in (ONE, TWO))
    assert parse_tle(f"{one}\n{two}")[0].norad_cat_id == 148493
    one, two = (with_checksum(line.replace("25544", "Z9999")) for line in (ONE, TWO))
    assert parse_tle(f"{one}\n{two}")[0].norad_cat_id == 339999


def test_the_century_of_a_year_turns_at_1957():
    old = with_checksum(ONE.replace("98067A   21277", "58002B   57277"))
    (one,) = parse_tle(f"{old}\n{TWO}")
    assert (one.object_id, one.epoch_utc.year) == ("1958-002B", 1957)
