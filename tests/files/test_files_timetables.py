"""Areas, crew hours and timetables of production.toml, as the station has them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cupola.errors import LightError, ProductionError
from cupola.files import read_production

EXAMPLE = Path(__file__).parents[2] / "examples/the-challenge"
AREA = '\n[[area]]\nname = "Kamchatka"\npolygon = [[60, 160], [51, 156], [51, 159], [60, 166]]\n'
TABLE = '\n[[timetable]]\nname = "Ku"\nfile = "ku.csv"\n'


@pytest.fixture
def film(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "film")
    return tmp_path / "film"


def added(folder, text):
    file = folder / "production.toml"
    file.write_text(file.read_text() + text)
    return folder


def station_of(folder):
    return next(unit.station.station for unit in read_production(folder).units if unit.station)


def test_a_station_has_the_hours_of_its_crew(film):
    shifts = station_of(film).shifts
    assert [shift.name for shift in shifts][:2] == ["OPERATOR", "LEAD"]
    assert all(shift.blocks for shift in shifts)


def test_an_area_and_a_timetable_are_the_stations(film):
    (film / "ku.csv").write_text("aos,los\n2021-10-06T01:00Z,2021-10-06T01:40Z\n")
    before = read_production(film).digest
    station = station_of(added(film, AREA + TABLE))
    assert station.areas[0].corners[0] == (60, 160)
    span = (datetime(2021, 10, 6, 1, tzinfo=UTC), datetime(2021, 10, 6, 1, 40, tzinfo=UTC))
    assert (station.timetables[0].name, station.timetables[0].spans) == ("Ku", (span,))
    after = read_production(film).digest
    (film / "ku.csv").write_text("2021-10-06T01:00Z,2021-10-06T01:41Z\n")
    assert len({before, after, read_production(film).digest}) == 3


@pytest.mark.parametrize(
    ("text", "ku", "says"),
    [
        (TABLE, None, "this file is missing"),
        (TABLE.replace("ku.csv", "../ku.csv"), "", "only files in its own folder"),
        (TABLE, "start,end\nnever,always\n", "ku.csv:2"),
        (AREA.replace("[51, 159], ", "").replace("[60, 166]", ""), "", "polygon"),
        ('\n[[area]]\nname = "Ring"\npolygon = [[60, 0], [60, 120], [60, 240]]\n', "", "pole"),
    ],
)
def test_a_slip_is_one_message_with_its_place(film, text, ku, says):
    if ku is not None:
        (film / "ku.csv").write_text(ku)
    with pytest.raises((LightError, ProductionError)) as slip:
        read_production(added(film, text))
    assert says in str(slip.value)
