"""A small production in a folder, half on Earth and half aboard, to be spoilt in one place at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = """\
Title: Probe

INT. HOUSE - KITCHEN - DAY #1#

ANNA pours.

ANNA
Coffee?

EXT. HOUSE - GARDEN - DUSK #2#

BORIS waits.

BORIS
No.

INT. ISS - CUPOLA - ORBITAL SUNRISE #3#

[[takes: 2]]
[[seconds: 45]]

ANNA looks down.

ANNA
Look.
"""

TOML = """\
[production]
title = "Probe"
currency = "EUR"
orbit = "orbit.tle"
rules = ["film-12h", "station-crew-day"]

[[unit]]
id = "main"
first = 2022-06-06
last = 2022-06-18
tz = "Europe/Paris"
day_rate = "12 000 EUR"

[[unit]]
id = "orbit"
kind = "orbit"
first = 2021-10-05T12:22:31Z
last = 2021-10-08T00:00:00Z
days_off = []

[station]
name = "ISS"

[[crew]]
id = "CAPTAIN"
name = "The captain"
blocks = ["08:00-13:00", "14:00-19:30"]
operates = true

[[place]]
id = "house"
unit = "main"
sets = ["HOUSE"]
lat_deg = 48.85
lon_deg = 2.35
day_rate = { rate = "900 EUR", source = "the owner's letter" }

[[place]]
id = "cupola"
unit = "orbit"
sets = ["ISS - CUPOLA"]

[[cast]]
id = "ANNA"
board_id = 1
aboard = "CAPTAIN"
work = "700 EUR"
away = [2022-06-10, { first = 2022-06-13, last = 2022-06-14, why = "theatre" }]

[[order]]
first = "1"
then = "2"

[[pin]]
strip = "3"
day = 2021-10-06
start = "09:00"

[[line]]
account = "8200"
text = "Kit"
amount = 13.75
unit = "kg"
rate = "100 EUR"

[[target]]
name = "Moscow"
lat_deg = 55.75
lon_deg = 37.62
"""

TLE = """\
ISS (ZARYA)
1 25544U 98067A   21277.86166359  .00005427  00000-0  10685-3 0  9994
2 25544  51.6453 160.4350 0004170  58.5851  39.6969 15.48931550305594
"""
"""The station's elements on the eve of the flight of October 2021, as public repositories keep them."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "script.fountain").write_text(SCRIPT)
    (tmp_path / "production.toml").write_text(TOML)
    (tmp_path / "orbit.tle").write_text(TLE)
    return tmp_path


@pytest.fixture
def change(folder: Path) -> Callable[[str, str], int]:
    """Put one text in place of another in production.toml and return the line on which it stands."""

    def changed(old: str, new: str) -> int:
        file = folder / "production.toml"
        text = file.read_text()
        assert text.count(old) >= 1, old
        file.write_text(text.replace(old, new, 1))
        return text[: text.index(old)].count("\n") + 1

    return changed
