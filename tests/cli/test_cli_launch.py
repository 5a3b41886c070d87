"""`examples/spacewalk`, and launch dates that may still change, from the command line."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FILM = Path(__file__).parents[2] / "examples" / "spacewalk"


def cupola(*words: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-c", "from cupola.cli import main; main()", *words]
    return subprocess.run(run, capture_output=True, text=True, check=False)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FILM, tmp_path / "spacewalk", ignore=shutil.ignore_patterns("boards", "paper")))


def test_a_launch_moves_the_flight_and_who_flies(film: Path) -> None:
    from cupola.files import read_production
    from cupola.model.launches import at_launch

    production = read_production(film)
    (flight,) = (unit for unit in production.units if unit.is_orbit)
    later = flight.launches[-1]
    moved = at_launch(production, flight.id, later)
    by = moved.unit(flight.id).first_utc - flight.first_utc
    assert by.days == (later - flight.first_utc.date()).days > 0
    for before, after in zip(production.cast, moved.cast, strict=True):
        for old, new in zip(before.away, after.away, strict=True):
            assert (new.first - old.first).days == (by.days if old.flight == flight.id else 0)


def test_plan_takes_a_launch_and_the_board_is_judged_by_it(film: Path) -> None:
    from cupola.files import read_production

    (flight,) = (unit for unit in read_production(film).units if unit.is_orbit)
    launch = flight.launches[-1].isoformat()
    planned = cupola("plan", str(film), "--time", "3", "--launch", launch, "--json")
    assert planned.returncode == 0, planned.stderr
    assert json.loads(planned.stdout)["violations"] == []
    checked = cupola("check", str(film), "plan", "--json")
    assert checked.returncode == 0, checked.stdout
    wrong = cupola("plan", str(film), "--launch", "1999-01-01")
    assert wrong.returncode == 2
    assert "1999-01-01" in wrong.stderr
    assert "Traceback" not in wrong.stderr
