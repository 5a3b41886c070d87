"""How a board was found, kept beside it: what the clock said is no part of the board itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from cupola.errors import CupolaError
from cupola.files.folder import BOARD_LIMIT, read_limited
from cupola.files.write import write_text

Step = tuple[float, int | None, int | None, str]
"""Seconds of search, cost and bound in minor units (None: not known yet), and what happened."""


def log_path(board: Path) -> Path:
    """Return where the log of a board's search is kept."""
    return board.with_suffix(".search")


def write_log(steps: Sequence[Step], board: Path) -> Path:
    """Write the steps that led to a saved board."""
    document = {"board": sha256(board.read_bytes()).hexdigest(), "steps": steps}
    return write_text(log_path(board), json.dumps(document, ensure_ascii=False) + "\n")


def read_log(board: Path) -> tuple[Step, ...]:
    """Return the steps that led to a saved board; none where the log is missing, spoilt, or of another board."""
    try:
        document = json.loads(read_limited(log_path(board), BOARD_LIMIT))
        if document["board"] != sha256(board.read_bytes()).hexdigest():
            return ()
        return tuple((float(at), _cents(cost), _cents(bound), str(text)) for at, cost, bound, text in document["steps"])
    except (CupolaError, OSError, ValueError, KeyError, TypeError):
        return ()


def _cents(value: object) -> int | None:
    if value is None or isinstance(value, int):
        return value
    raise TypeError(f"cents are whole numbers, not {value!r}")
