"""The station of October 2021 and the referees: Skyfield with JPL's DE421."""

import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cupola.exchange.omm import parse_omm
from cupola.model import Clause, Light, Relay, Station, Target

ROOT = Path(__file__).parents[2]
START = datetime(2021, 10, 5, tzinfo=UTC)
END = datetime(2021, 10, 17, tzinfo=UTC)

SAA = ((-50, 300), (-41, 349), (-23, 5), (-2, 341), (1, 318), (-3, 300), (-8, 283), (-20, 273), (-30, 275))
"""Hubble model 7 as `spacetelescope/costools` has it (saamodel.py)."""


@pytest.fixture(scope="session")
def elements():
    """The set published on the eve of the flight, 2021 day 277."""
    (planning,) = parse_omm((ROOT / "examples/the-challenge/orbit.json").read_text())
    return planning


@pytest.fixture(scope="session")
def station(elements):
    return Station(
        name="ISS",
        elements=(elements,),
        targets=(
            Target(name="Petropavlovsk-Kamchatsky", lat_deg=53.05, lon_deg=158.65),
            Target(name="Moscow", lat_deg=55.75, lon_deg=37.62),
            Target(name="Baikonur", lat_deg=45.62, lon_deg=63.31),
        ),
        relays=(
            Relay(name="TDRS-E", lon_deg=-41),
            Relay(name="TDRS-W", lon_deg=-174),
            Relay(name="Shchyolkovo", lat_deg=55.95, lon_deg=37.97),
        ),
        saa=SAA,
    )


@pytest.fixture(scope="session")
def asking():
    """Write a light as people do: `asking("orbital day", "over Moscow")`."""

    def light(*words):
        return Light(
            clauses=tuple(
                Clause(condition="over", argument=word[5:]) if word.startswith("over ") else Clause(condition=word)
                for word in words
            )
        )

    return light


@pytest.fixture(scope="session")
def skyfield():
    """Skyfield's time scale and the bodies of DE421."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from skyfield.api import Loader, load
        from skyfield_data import get_skyfield_data_path

        bodies = Loader(get_skyfield_data_path(), expire=False, verbose=False)("de421.bsp")
    yield load.timescale(builtin=True), bodies
    bodies.close()
