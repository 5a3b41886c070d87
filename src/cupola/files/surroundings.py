"""What stands round a place and what its water does: horizons and tides, from production.toml and the CSV files it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cupola.errors import LightError
from cupola.files import folder as home
from cupola.files.documents import PlaceDoc, ProductionDoc
from cupola.files.folder import Toml
from cupola.files.locate import KeyPath
from cupola.model import Place

Parts = list[tuple[str, bytes]]
"""Names and contents of the files that were read, for the digest of the production."""


def with_surroundings(folder: Path, doc: ProductionDoc, places: Sequence[Place], toml: Toml) -> tuple[tuple[Place, ...], Parts]:
    """Return the places with their horizons, directions and tides, and the files that were read for them.

    Raises ProductionError for a file that is missing or outside the folder, LightError with the line of a slip in one.
    """
    parts: Parts = []
    bodies = doc.sky.bodies if doc.sky else "erfa"
    found = [
        replace(
            place,
            horizon=_horizon(folder, entry, ("place", number), toml, parts),
            overlook_m=entry.overlook_m,
            directions=tuple(entry.directions.items()),
            tides=_tides(folder, entry, place, ("place", number), toml, parts),
            bodies=bodies,
        )
        for number, (entry, place) in enumerate(zip(doc.place, places, strict=True))
    ]
    return tuple(found), parts


def _horizon(folder: Path, entry: PlaceDoc, path: KeyPath, toml: Toml, parts: Parts) -> tuple[tuple[float, float], ...]:
    """Return a place's horizon, from its list or its file."""
    if not entry.horizon and not entry.horizon_file:
        return ()
    from cupola.sky.horizon import as_profile, parse_horizon

    if entry.horizon and entry.horizon_file:
        rule, remedy = "a place has one horizon", "keep horizon or horizon_file"
        raise toml.wrong((*path, "horizon_file"), rule, value=entry.horizon_file, remedy=remedy)
    if entry.horizon_file:
        text, file = _text(folder, entry.horizon_file, (*path, "horizon_file"), toml, parts)
        return parse_horizon(text, file=file)
    try:
        return as_profile(entry.horizon)
    except LightError as error:
        raise toml.wrong((*path, "horizon"), error.rule, value=error.value, remedy=error.remedy) from None


def _tides(
    folder: Path, entry: PlaceDoc, place: Place, path: KeyPath, toml: Toml, parts: Parts
) -> tuple[tuple[datetime, float], ...]:
    """Return a place's tide table; times without an offset are those of its own clock."""
    if not entry.tides:
        return ()
    from cupola.sky.tides import parse_tides

    text, file = _text(folder, entry.tides, (*path, "tides"), toml, parts)
    return parse_tides(text, zone=ZoneInfo(place.tz), file=file)


def _text(folder: Path, name: str, path: KeyPath, toml: Toml, parts: Parts) -> tuple[str, str]:
    """Return the text of a file of the folder and its name as a person would write it; it joins the parts once."""
    file = home.inside(folder, name, toml, path)
    data = home.read_limited(file, home.SKY_LIMIT)
    if name not in [known for known, _ in parts]:
        parts.append((name, data))
    return home.decoded(data, file), str(file)
