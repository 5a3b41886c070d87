"""The station of production.toml: its kind, burns, attitudes, panes and shutters, and orbit files of every sort."""

from datetime import UTC, datetime, timedelta

import pytest

from cupola.errors import ProductionError
from cupola.exchange.oem import to_oem
from cupola.files import read_production
from cupola.model import OrbitEphemeris, States
from cupola.sky.orbit import ephemeris_of, propagate

MORE = """
[[manoeuvre]]
start = 2021-10-06T10:00:00Z
duration_s = 236
dv_m_s = 0.4
note = "reboost"
source = "flight plan"

[[attitude]]
start = 2021-10-07T00:00:00Z
name = "-XVV"
roll_deg = 2

[[pane]]
id = "Cupola"
mask = [[0, 60], [180, 30]]

[[pane]]
id = "hatch"
look = [1, 0, 0]
up = [0, 0, -1]
half_angle_deg = 20
source = "drawing 7"

[[shutter]]
pane = ["cupola", "cupola-1"]
start = 2021-10-06T08:00:00Z
end = 2021-10-06T12:00:00Z
"""


@pytest.fixture
def station(folder):
    def read(more=""):
        file = folder / "production.toml"
        file.write_text(file.read_text() + more)
        return next(unit.station.station for unit in read_production(folder).units if unit.station)

    return read


def test_without_a_word_the_station_is_the_iss_in_its_usual_attitude(station):
    found = station()
    assert len(found.panes) > 10
    assert found.pane("CUPOLA").look == (0.0, 0.0, 1.0)
    (usual,) = found.attitudes
    assert (usual.yaw_deg, usual.pitch_deg, usual.roll_deg, usual.from_utc) == (-4.0, -3.0, 0.0, None)
    assert found.manoeuvres == ()


def test_burns_attitudes_panes_and_shutters_are_read(station):
    found = station(MORE)
    (burn,) = found.manoeuvres
    assert burn.end_utc - burn.start_utc == timedelta(seconds=236)
    assert (burn.dv_m_s, burn.note, burn.source) == (0.4, "reboost", "flight plan")
    usual, back = found.attitudes
    assert (back.from_utc, back.yaw_deg, back.roll_deg) == (datetime(2021, 10, 7, tzinfo=UTC), 180.0, 2.0)
    assert usual.yaw_deg == -4.0
    cupola, hatch = found.pane("cupola"), found.pane("hatch")
    assert (cupola.mask, cupola.look, cupola.size_m) == (((0, 60), (180, 30)), (0.0, 0.0, 1.0), 0.8)
    assert dict(cupola.sources)["mask"] == "estimate"
    assert dict(hatch.sources)["look"] == "drawing 7"
    assert cupola.closed == ((datetime(2021, 10, 6, 8, tzinfo=UTC), datetime(2021, 10, 6, 12, tzinfo=UTC)),)
    assert found.pane("cupola-2").closed == ()


def test_a_station_of_ones_own_has_only_what_is_given(station, change):
    change('name = "ISS"', 'name = "Hope"\nkind = "own"')
    found = station(MORE.replace('["cupola", "cupola-1"]', '"hatch"'))
    assert [pane.id for pane in found.panes] == ["Cupola", "hatch"]
    assert len(found.attitudes) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("up = [0, 0, -1]", "up = [-2, 0, 0]", "looks one way, and up is another"),
        ("look = [1, 0, 0]", "look = [0, 0, 0]", "looks one way, and up is another"),
        ('["cupola", ', '["copula", ', 'did you mean "cupola"'),
        ("end = 2021-10-06T12", "end = 2021-10-06T02", "opens after it is shut"),
        ("duration_s = 236", "end = 2021-10-01T00:00:00Z", "ends after it starts"),
        ("half_angle_deg = 20", "half_angle_deg = 220", "less than or equal to 180"),
        ("[[shutter]]", "[[shuter]]", 'did you mean "shutter"'),
        ('name = "-XVV"', 'hold = "LVHL"', 'did you mean "LVLH"'),
    ],
)
def test_what_cannot_be_is_said_with_its_line(station, old, new, said):
    with pytest.raises(ProductionError) as error:
        station(MORE.replace(old, new))
    assert said in str(error.value)
    assert error.value.line > 1


def test_an_unknown_kind_of_station_is_answered_with_those_there_are(station, change):
    change('name = "ISS"', 'name = "ISS"\nkind = "isss"')
    with pytest.raises(ProductionError, match="kind of station"):
        station()


def test_an_ephemeris_alone_is_enough_and_answers_for_the_span_it_covers(folder, station):
    """Made from SGP4 states every four minutes, as a file in the folder."""
    (elements,) = station().elements
    t = range(0, 4 * 86400, 240)
    start = datetime(2021, 10, 5, tzinfo=UTC)
    import numpy as np

    since = np.array(t) + (start - elements.epoch_utc).total_seconds()
    rows = tuple(map(tuple, np.column_stack((np.array(t, dtype=float), *propagate(elements, since))).tolist()))
    segment = States(frame="TEME", epoch_utc=start, rows=rows, useable_s=(rows[0][0], rows[-1][0]))
    made = OrbitEphemeris(object_name="ISS", object_id="", created_utc=start, originator="test", segments=(segment,))
    (folder / "orbit.tle").write_text(to_oem(made))
    found = station()
    assert (found.elements, len(found.ephemerides)) == ((), 1)
    ephemeris = ephemeris_of(found, start, start + timedelta(days=3))
    at = np.linspace(0, 3 * 86400, 500)
    off = np.linalg.norm(ephemeris.position_km(at) - propagate(elements, at + since[0])[0], axis=1)
    assert 1000 * off.max() < 2.0, "metres: SGP4's own velocities are centimetres a second off its path"
