"""Sets that disagree: the real ones of October 2021, and the same with one number edited."""

from dataclasses import replace
from pathlib import Path

import pytest

from cupola.exchange.doubts import doubts
from cupola.exchange.omm import parse_omm

EXAMPLE = Path(__file__).parents[2] / "examples/the-challenge"


@pytest.fixture(scope="module")
def shoot():
    return tuple(one for name in ("orbit.json", "orbit-later.json") for one in parse_omm((EXAMPLE / name).read_text()))


def test_the_reboost_of_october_2021_is_the_only_thing_said_of_the_real_sets(shoot):
    """The mean motion fell from 15.48953 to 15.48693 between the sets of 8 and 15 October."""
    (sentence,) = doubts(reversed(shoot))
    assert "2021-10-08 17:31 and 2021-10-15 16:50" in sentence
    assert "falls by 0.00260" in sentence
    assert "raised" in sentence


def test_sets_that_agree_and_a_single_set_raise_no_doubt(shoot):
    assert doubts(shoot[:2]) == doubts(shoot[2:]) == doubts(shoot[:1]) == doubts(()) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ra_of_asc_node_deg": 142.3}, "the ascending node is +1.00°"),
        ({"inclination_deg": 51.70}, "the inclination changes by +0.0547°"),
        ({"rev_at_epoch": 30700}, "the revolution number grows by 141, and the mean motion makes it 60"),
        ({"mean_motion": 15.4920}, "more than drag explains"),
        ({"mean_anomaly_deg": 41.6}, "km apart"),
    ],
)
def test_one_edited_number_is_doubted(shoot, change, said):
    found = doubts((shoot[0], replace(shoot[1], **change)))
    assert any(said in sentence for sentence in found), found


def test_sets_of_two_objects_or_of_one_epoch_are_doubted(shoot):
    assert "2 objects" in doubts((shoot[0], replace(shoot[1], norad_cat_id=49043)))[0]
    assert "same epoch" in doubts((shoot[0], replace(shoot[0], bstar=0.0)))[0]
    assert doubts((shoot[0], shoot[0])) == ()
