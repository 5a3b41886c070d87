"""Solved boards that several tests judge; made once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent / "schedule"))

import invented

from cupola.model import Board, Production, Window
from cupola.schedule import Stop, solve

# a busy machine is no failure; in continuous integration the same examples are tried each time
settings.register_profile("cupola", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("cupola")

Solved = tuple[Production, dict[str, tuple[Window, ...]], Board]


@pytest.fixture(scope="session")
def earth() -> Solved:
    production, windows = invented.feature(scenes=40, cast=10, weeks=4)
    return production, windows, solve(production, windows, stop=Stop(seconds=6, fuse=False), seed=3)


@pytest.fixture(scope="session")
def flight() -> Solved:
    production, windows = invented.flight(scenes=16, days=5, page_min=60)
    return production, windows, solve(production, windows, stop=Stop(seconds=4, fuse=False), seed=3)
