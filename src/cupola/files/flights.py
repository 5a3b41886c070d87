"""Flights of production.toml: launch dates, what moves with a launch, and spacewalks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from cupola.errors import ProductionError
from cupola.files.documents import ProductionDoc, UnitDoc
from cupola.files.documents_flight import CrewDoc, SpacewalksDoc
from cupola.files.entries import DatesDoc
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath
from cupola.files.people import Priced
from cupola.model import CastMember, Place, Scene, Script, Spacewalks, Unit


def launches_of(unit: UnitDoc, path: KeyPath, toml: Toml) -> tuple[date, ...]:
    """Return the dates on which a unit may be launched, in order, each once; raises ProductionError for a unit on Earth."""
    if unit.launches and unit.kind != "orbit":
        rule, remedy = "only a unit in orbit is launched", f'take launches out, or write kind = "orbit" in unit {unit.id}'
        raise toml.wrong((*path, "launches"), rule, value=unit.id, remedy=remedy)
    return tuple(sorted(set(unit.launches)))


def spacewalks_of(stated: SpacewalksDoc | None, crew: Sequence[CrewDoc], priced: Priced, toml: Toml) -> Spacewalks | None:
    """Return the spacewalks of a station; raises ProductionError for a pair that is not two people aboard."""
    if stated is None:
        return None
    aboard = [member.id for member in crew]
    for number, pair in enumerate(stated.pairs):
        path: KeyPath = ("station", "spacewalks", "pairs", number)
        for name in pair:
            if name not in aboard:
                remedy = did_you_mean(name, aboard, "add a [[crew]] of that id")
                raise toml.wrong(path, "nobody of that id is aboard", value=name, remedy=remedy)
        if pair[0] == pair[1]:
            raise toml.wrong(path, "a spacewalk is made by two people", value=pair[0], remedy="name another second")
    return Spacewalks(
        pairs=stated.pairs,
        longest_min=stated.longest_min,
        before_min=stated.before_min,
        after_min=stated.after_min,
        overhead_h=stated.overhead_h,
        first_flight_day=stated.first_flight_day,
        spacing_days=stated.spacing_days,
        rest_days=stated.rest_days,
        rate=priced(stated.rate, ("station", "spacewalks", "rate")),
        source=stated.source,
    )


def check_flights(doc: ProductionDoc, units: Sequence[Unit], toml: Toml) -> None:
    """Raise ProductionError at dates that move with the launch of a unit that is not in orbit, or not there."""
    flown = [unit.id for unit in units if unit.is_orbit]
    for path, span in _spans(doc):
        if span.flight and span.flight not in flown:
            remedy = did_you_mean(span.flight, flown, "take flight out: no unit is in orbit")
            raise toml.wrong(path, "dates move with the launch of an orbit unit", value=span.flight, remedy=remedy)


def _spans(doc: ProductionDoc) -> Iterator[tuple[KeyPath, DatesDoc]]:
    """Yield every span of dates in the file, with where it stands."""
    for table in ("cast", "place", "unit"):
        for number, entry in enumerate(getattr(doc, table)):
            for key in ("away", "closed", "permits", "dates_off"):
                for index, span in enumerate(getattr(entry, key, ())):
                    yield (table, number, key, index), span


def check_outside(
    script: Script, at: Mapping[str, Place], units: Mapping[str, Unit], cast: Sequence[CastMember], toml: Toml
) -> None:
    """Raise ProductionError at a scene outside a station that no pair can play, or where nobody may go outside."""
    aboard = {member.id: member.aboard for member in cast if member.aboard}
    for scene in script.scenes:
        place = at[scene.number]
        if place.outside:
            station = units[place.unit].station
            if station is None or station.spacewalks is None:
                rule, remedy = f"place {place.id} is outside, and nobody may go there", "add [station.spacewalks] with pairs"
                raise ProductionError(rule, value=place.unit, remedy=remedy, file=toml.file, line=place.line or None)
            _check_pair(scene, {aboard[name] for name in scene.cast if name in aboard}, station.spacewalks, script.file)


def _check_pair(scene: Scene, out: set[str], walks: Spacewalks, file: str) -> None:
    if any(out <= set(pair) for pair in walks.pairs):
        return
    pairs = "; ".join(" and ".join(pair) for pair in walks.pairs)
    raise ProductionError(
        f"scene {scene.number} is outside, and no pair has all of its cast",
        value=", ".join(sorted(out)),
        remedy=f"pairs: {pairs}. Mark who is only heard (V.O.), or add a pair to [station.spacewalks]",
        file=file,
        line=scene.line,
    )
