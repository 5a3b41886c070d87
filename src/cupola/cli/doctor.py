"""`cupola doctor`: which versions there are, what works, and what to do about the rest."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from cupola.cli.home import AsJson
from cupola.cli.say import BROKEN, GOOD, print_json, print_table, say

Probe = Callable[[], str]


def doctor(as_json: AsJson = False) -> int:
    """Say which versions there are and what works."""
    rows = [_asked(name, probe) for name, probe in PROBES]
    works = all(row["works"] for row in rows)
    if as_json:
        print_json({"works": works, "checks": rows})
    else:
        table = [[str(row["check"]), "yes" if row["works"] else "NO", str(row["detail"])] for row in rows]
        print_table("", ["Check", "Works", "Detail"], table)
        say("All is well." if works else "Install the project anew: make setup")
    return GOOD if works else BROKEN


def _asked(name: str, probe: Probe) -> dict[str, Any]:
    began = time.perf_counter()
    try:
        detail, works = probe(), True
    except Exception as error:
        detail, works = f"{type(error).__name__}: {error}", False
    return {"check": name, "works": works, "detail": detail, "seconds": round(time.perf_counter() - began, 2)}


def _versions() -> str:
    from importlib.metadata import version

    names = ("cupola", "numpy", "sgp4", "pyerfa", "ortools", "numba", "typst", "pydantic")
    return f"Python {sys.version.split()[0]}, " + ", ".join(f"{name} {version(name)}" for name in names)


def _zones() -> str:
    from zoneinfo import ZoneInfo, available_timezones

    at = datetime(2022, 9, 20, 12, tzinfo=UTC).astimezone(ZoneInfo("Asia/Qyzylorda"))
    return f"{len(available_timezones())} time zones, Baikonur at UTC{at:%z}"


def _script() -> str:
    from cupola.files.starter import STARTER_SCRIPT
    from cupola.script import parse_script

    return f"{len(parse_script(STARTER_SCRIPT.format(title='Probe'), file='').scenes)} scenes of the starter script"


def _sky() -> str:
    from cupola.model import Place
    from cupola.sky import sun_times

    place = Place(id="probe", name="Greenwich", hub="probe", unit="probe", lat_deg=51.4779)
    sun = sun_times(place, date.today())
    return f"sunrise at Greenwich today {sun.sunrise_utc:%H:%M} UTC" if sun.sunrise_utc else "no sunrise at Greenwich today"


def _packs() -> str:
    from cupola.rules import pack_names, read_pack

    return ", ".join(f"{name} ({read_pack(name).date})" for name in pack_names())


def _search() -> str:
    """Plan the starter script once: the compiled search is then in its cache."""
    from cupola.schedule import Stop, solve

    began = time.perf_counter()
    board = solve(_starter(), {}, stop=Stop(seconds=1.0), seed=1)
    return f"{len(board.strips)} strips on {len(board.days)} days in {time.perf_counter() - began:.1f} s, compiled code cached"


def _starter() -> Any:
    """Return the production of the starter script, any light for every shot."""
    import tempfile
    from pathlib import Path

    from cupola.cli.light import without_light
    from cupola.files import PRODUCTION_FILE, read_production, read_script, write_text
    from cupola.files.starter import STARTER_SCRIPT, starter_toml

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = write_text(folder / "script.fountain", STARTER_SCRIPT.format(title="Probe"))
        text = starter_toml(read_script(script), script_file=script.name, title="Probe", currency="EUR", start=date(2027, 6, 7))
        write_text(folder / PRODUCTION_FILE, text)
        return without_light(read_production(folder))


def _fonts() -> str:
    import typst

    text = '#set page(width: 60mm, height: 20mm)\n#set text(font: "Libertinus Serif")\nCupola — «Вызов» 08:00'
    pdf = typst.compile(text.encode())
    return f"a page of {len(pdf)} bytes with Latin and Cyrillic"


def _probes() -> Iterator[tuple[str, Probe]]:
    yield "versions", _versions
    yield "time zones", _zones
    yield "script", _script
    yield "sky", _sky
    yield "rule packs", _packs
    yield "search", _search
    yield "PDF and fonts", _fonts


PROBES = tuple(_probes())
