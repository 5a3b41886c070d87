"""A production's folder to one value: production.toml, the script, and the station's elements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cupola.errors import ProductionError, RateError
from cupola.files import folder as home
from cupola.files.budget import PlanReader
from cupola.files.desk import desk_of
from cupola.files.documents import ProductionDoc
from cupola.files.flights import check_flights, check_outside
from cupola.files.folder import Toml
from cupola.files.kit import colours_of, kit_of
from cupola.files.locate import KeyPath
from cupola.files.packs import own_packs_of
from cupola.files.people import Priced, cast_of
from cupola.files.places import places_of
from cupola.files.pricing import exchanges_of, pricing
from cupola.files.rates import currency_code
from cupola.files.scenes import nobody_aboard, with_light_of_units, with_overrides
from cupola.files.shape import shaped
from cupola.files.station import OrbitFiles
from cupola.files.surroundings import with_surroundings
from cupola.files.timetables import with_timetables
from cupola.files.units import places_built, units_of
from cupola.files.wishes import check_covers, order_of, pins_of, splits_of, together_of
from cupola.model import (
    Elements,
    Fact,
    FixedLine,
    OrbitEphemeris,
    Place,
    Production,
    Script,
    Unit,
)
from cupola.script.breakdown import break_down
from cupola.script.formats import parse_screenplay
from cupola.script.pdf_lines import Progress
from cupola.script.words import WORDS, Words

if TYPE_CHECKING:
    from cupola.exchange.orbit_file import OrbitFile
from cupola.script.roles import with_numbers


def read_production(folder: Path) -> Production:
    """Read a production's folder, checked as a whole.

    Raises ProductionError, RateError, ScriptError, OrbitError or LightError with file, line, value and remedy. Reads nothing
    outside the folder.
    """
    file = _production_file(folder)
    toml, raw = home.read_toml(file)
    doc = shaped(toml)
    _unique(doc, toml)
    currency = _currency(doc, toml)
    exchanges = exchanges_of(doc.currency, currency, toml)
    priced = pricing(currency, exchanges, toml)
    own_packs, packs = own_packs_of(folder, doc, toml)
    script, parts = _script(folder, doc, toml)
    orbit, orbits = _orbit(folder, doc, toml)
    units, timetables = with_timetables(folder, doc, units_of(doc, orbit, priced, toml), toml)
    places, surroundings = with_surroundings(folder, doc, places_built(doc, units, priced, toml), toml)
    by_unit = {unit.id: unit for unit in units}
    script = with_overrides(script, doc.scene, toml)
    place_of = places_of(script, places, toml)
    at = {number: next(place for place in places if place.id == name) for number, name in place_of}
    cast = cast_of(script, doc.cast, doc.crew, priced, toml, is_revised=doc.production.colour != "White")
    script = with_numbers(script, {member.id: member.board_id for member in cast})
    nobody_aboard(script, at, by_unit, cast)
    check_flights(doc, units, toml)
    check_covers(places, toml)
    check_outside(script, at, by_unit, cast, toml)
    script = with_light_of_units(script, at, by_unit, [target.name for target in doc.target])
    _coordinates(script, at, by_unit, doc, toml)
    production = Production(
        title=doc.production.title,
        folder=str(folder),
        currency=doc.production.currency,
        script=script,
        units=units,
        places=places,
        cast=cast,
        fixed=_fixed(doc, priced, toml),
        order=order_of(doc.order, script, toml),
        together=together_of(doc.together, script, at, toml),
        splits=splits_of(doc.split, script, toml),
        facts=tuple(Fact(text=fact.text, source=fact.source) for fact in doc.fact),
        budget=PlanReader(folder, doc, toml, priced, exchanges, units, cast).plan(),
        desk=desk_of(doc, toml),
        kit=kit_of(doc, toml),
        colours=colours_of(doc),
        packs=doc.production.rules,
        own_packs=own_packs,
        place_of=place_of,
        colour=doc.production.colour,
        digest=home.digest_of([(home.PRODUCTION_FILE, raw), *parts, *orbits, *surroundings, *timetables, *packs]),
    )
    return pins_of(production, doc.pin, toml)


def _production_file(folder: Path) -> Path:
    file = folder / home.PRODUCTION_FILE
    if file.is_file():
        return file
    rule = "a production is a folder with a production.toml"
    remedy = f"make one with: cupola new {folder}" if not folder.exists() else "look at the folder, or make one: cupola new DIR"
    raise ProductionError(rule, value=str(folder), remedy=remedy, file=str(file))


def _unique(doc: ProductionDoc, toml: Toml) -> None:
    """Refuse an id that stands twice in its list."""
    tables: dict[str, list[str]] = {
        "unit": [unit.id for unit in doc.unit],
        "place": [place.id for place in doc.place],
        "cast": [member.id for member in doc.cast],
        "crew": [member.id for member in doc.crew],
        "target": [target.name.casefold() for target in doc.target],
        "kit": [item.id for item in doc.kit],
    }
    for table, ids in tables.items():
        for number, name in enumerate(ids):
            if name in ids[:number]:
                before = toml.line((table, ids.index(name)))
                rule, remedy = f"each {table} has a name of its own", f"the first one is on line {before}: rename one"
                raise toml.wrong((table, number), rule, value=name, remedy=remedy)


def _currency(doc: ProductionDoc, toml: Toml) -> str:
    try:
        return currency_code(doc.production.currency)
    except RateError as error:
        path: KeyPath = ("production", "currency")
        raise toml.wrong(path, error.rule, value=error.value, remedy=error.remedy, kind=RateError) from None


def _script(folder: Path, doc: ProductionDoc, toml: Toml) -> tuple[Script, list[tuple[str, bytes]]]:
    name = doc.production.script
    path = home.inside(folder, name, toml, ("production", "script"))
    data = home.read_limited(path, home.SCRIPT_LIMIT)
    script = parsed_script(data, path, words=_words(doc))
    return script, [(name, data)]


def script_of(folder: Path) -> tuple[Path, Words]:
    """Return where a production's script is, and the words that start a heading in it; raises as `read_production` does."""
    toml, _ = home.read_toml(_production_file(folder))
    doc = shaped(toml)
    return home.inside(folder, doc.production.script, toml, ("production", "script")), _words(doc)


def _words(doc: ProductionDoc) -> Words:
    return WORDS.with_words(headings=doc.words.headings, times=doc.words.times)


def read_script(path: Path, *, progress: Progress | None = None) -> Script:
    """Read a script of any format that belongs to no production; `progress` is told of the pages of a PDF.

    Raises ScriptError or ProductionError.
    """
    return parsed_script(home.read_limited(path, home.SCRIPT_LIMIT), path, progress=progress)


def parsed_script(data: bytes, path: Path, *, progress: Progress | None = None, words: Words = WORDS) -> Script:
    """Return the script that the bytes of a file hold; raises ScriptError where there is no scene."""
    return break_down(parse_screenplay(data, file=str(path), progress=progress, words=words), words=words)


def _orbit(folder: Path, doc: ProductionDoc, toml: Toml) -> tuple[OrbitFiles, list[tuple[str, bytes]]]:
    """Return what all orbit files hold, in the order of the files."""
    elements: list[Elements] = []
    ephemerides: list[OrbitEphemeris] = []
    parts: list[tuple[str, bytes]] = []
    for number, name in enumerate(doc.production.orbit):
        path = home.inside(folder, name, toml, ("production", "orbit", number))
        data = home.read_limited(path, home.ORBIT_LIMIT)
        found = _parsed_orbit(data, str(path))
        elements += found.elements
        ephemerides += [found.ephemeris] if found.ephemeris else []
        parts.append((name, data))
    return OrbitFiles(elements=tuple(elements), ephemerides=tuple(ephemerides)), parts


def _parsed_orbit(data: bytes, file: str) -> OrbitFile:
    from cupola.exchange.orbit_file import parse_orbit

    return parse_orbit(data, file=file)


def _coordinates(script: Script, at: dict[str, Place], units: dict[str, Unit], doc: ProductionDoc, toml: Toml) -> None:
    """Refuse a place on Earth without coordinates where a scene asks for the Sun."""
    for number, place in enumerate(doc.place):
        if units[place.unit].is_orbit or (place.lat_deg is not None and place.lon_deg is not None):
            continue
        for scene in script.scenes:
            lights = [shot.light for shot in scene.shots if not shot.light.is_any]
            if at[scene.number].id == place.id and lights:
                rule = f"place {place.id} needs lat_deg and lon_deg: scene {scene.number} asks for {lights[0]}"
                raise toml.wrong(("place", number), rule, value=place.id, remedy="add both, in degrees north and east")


def _fixed(doc: ProductionDoc, priced: Priced, toml: Toml) -> tuple[FixedLine, ...]:
    lines = []
    for number, line in enumerate(doc.line):
        rate = priced(line.rate, ("line", number, "rate"))
        if rate is not None:
            lines.append(
                FixedLine(
                    account=line.account,
                    text=line.text,
                    amount=line.amount,
                    unit=line.unit,
                    rate=rate,
                    line=toml.line(("line", number)),
                )
            )
    return tuple(lines)


def is_production(folder: Path) -> bool:
    """Whether a folder holds a production."""
    return (folder / home.PRODUCTION_FILE).is_file()
