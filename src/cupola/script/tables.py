"""The word tables of the script room: TOML beside the code, each with its source and date."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_table(name: str) -> dict[str, Any]:
    """Return a table that comes with Cupola: `categories`, `suggestions`, `complexity`, `script_days`, `people`."""
    return tomllib.loads((files("cupola.script") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text with spaces, `_` for a space within a word."""
    return frozenset(word.replace("_", " ") for word in text.split())
