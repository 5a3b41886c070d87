"""Horizons, directions and tide tables of places, from production.toml and the CSV files it names."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cupola.errors import CupolaError
from cupola.files import read_production

EXAMPLE = Path(__file__).parents[2] / "examples/ten-shots"


@pytest.fixture
def film(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "film")
    return tmp_path / "film"


def change(folder, old, new):
    file = folder / "production.toml"
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def test_a_place_has_its_directions_its_horizon_and_its_water(film):
    production = read_production(film)
    town, beach, wall = (production.place(name) for name in ("old town", "la caleta", "levante"))
    assert dict(town.directions) == {"Calle del Faro": 256.0, "church front": 310.0}
    assert town.horizon[0] == (0.0, 9.0)
    assert beach.horizon == ()
    assert beach.tides[0] == (datetime(2021, 10, 4, 17, 41, tzinfo=UTC), beach.tides[0][1])
    assert wall.overlook_m == 9
    assert {place.bodies for place in production.places} == {"erfa"}


def test_a_horizon_may_stand_in_a_file_and_jpl_may_be_asked_for(film):
    (film / "roofs.csv").write_text("azimuth_deg,altitude_deg\n270,4\n90,12.5\n")
    change(film, 'tides = "tides.csv"', 'tides = "tides.csv"\nhorizon_file = "roofs.csv"')
    (film / "production.toml").write_text((film / "production.toml").read_text() + '\n[sky]\nbodies = "jpl"\n')
    production = read_production(film)
    assert production.place("la caleta").horizon == ((90.0, 12.5), (270.0, 4.0))
    assert {place.bodies for place in production.places} == {"jpl"}


def test_a_changed_tide_is_a_changed_production(film):
    before = read_production(film).digest
    tides = film / "tides.csv"
    tides.write_text(tides.read_text().replace("3.", "2."))
    assert read_production(film).digest != before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('tides = "tides.csv"', 'tides = "water.csv"', "this file is missing"),
        ('tides = "tides.csv"', 'tides = "../tides.csv"', "only files in its own folder"),
        ('tides = "tides.csv"', 'horizon_file = "tides.csv"', "azimuth"),
        ("overlook_m = 9", "horizon = [[10, 95]]", "less than or equal to 90"),
        ("overlook_m = 9", "horizon = [[10, 5], [10, 6]]", "one altitude at each azimuth"),
        ('"the crane" = 79', '"the crane" = 400', "less than or equal to 360"),
        ("overlook_m = 9", "overlok_m = 9", "unknown key"),
    ],
)
def test_what_is_wrong_is_said_with_its_file_and_line(film, old, new, says):
    change(film, old, new)
    with pytest.raises(CupolaError, match=says) as error:
        read_production(film)
    assert error.value.file
    assert error.value.line


def test_a_slip_in_the_tide_table_points_at_its_own_line(film):
    tides = film / "tides.csv"
    tides.write_text(tides.read_text().replace("2021-10-05T01:17", "2021-10-05 about one", 1) + "soon,3\n")
    with pytest.raises(CupolaError) as error:
        read_production(film)
    assert error.value.file.endswith("tides.csv")
    assert error.value.line
