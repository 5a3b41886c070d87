"""What the paper room carries with it in the package: style sheet, templates, the land of the world."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

Ring = tuple[tuple[float, float], ...]


@cache
def template(name: str) -> str:
    """Return the text of a template or style sheet of this package."""
    return files("cupola.paper").joinpath("templates", name).read_text("utf-8")


@cache
def land() -> tuple[Ring, ...]:
    """Return the land of the world as closed rings of (longitude, latitude) in degrees; see `data/README.md`."""
    rings = json.loads(files("cupola.paper").joinpath("data", "land.json").read_text("utf-8"))["rings"]
    return tuple(tuple(zip(ring[::2], ring[1::2], strict=True)) for ring in rings)
