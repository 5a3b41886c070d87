"""Stations that are known: their panes, how they are turned, and what orbit theirs must be, as data with sources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from cupola.model import Attitude, Pane

PACK = "stations.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class StationKind:
    """A kind of station: its usual attitude and its panes; for one that is unique, what orbit it flies.

    `tilt_deg` (inclination) and `heights_km` are the bounds within which its orbit lies, None where it may fly anywhere.
    """

    id: str
    name: str
    attitude: Attitude
    panes: tuple[Pane, ...]
    norad_cat_id: int | None = None
    tilt_deg: tuple[float, float] | None = None
    heights_km: tuple[float, float] | None = None


@cache
def station_kinds() -> dict[str, StationKind]:
    """Return every known kind of station by its id."""
    data = tomllib.loads(files("cupola.sky").joinpath(PACK).read_text(encoding="utf-8"))
    return {name: _kind(name, entry) for name, entry in data.items()}


def station_of_object(norad_cat_id: int) -> StationKind | None:
    """Return the known station with a catalogue number, None where it is none of them."""
    return next((kind for kind in station_kinds().values() if kind.norad_cat_id == norad_cat_id), None)


def _kind(name: str, entry: dict[str, Any]) -> StationKind:
    orbit = entry.get("orbit", {})
    return StationKind(
        id=name,
        name=entry["name"],
        attitude=Attitude(**entry["attitude"]),
        panes=tuple(map(_pane, entry["pane"])),
        norad_cat_id=orbit.get("norad_cat_id"),
        tilt_deg=tuple(orbit["tilt_deg"]) if orbit else None,
        heights_km=tuple(orbit["heights_km"]) if orbit else None,
    )


def _pane(entry: dict[str, Any]) -> Pane:
    values = dict(entry)
    sources = tuple(values.pop("sources").items())
    for key in ("look", "up"):
        values[key] = tuple(map(float, values[key]))
    values["mask"] = tuple((float(a), float(b)) for a, b in values.get("mask", ()))
    return Pane(**values, sources=sources)
