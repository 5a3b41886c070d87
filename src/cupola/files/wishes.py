"""Pins, precedences, merges, splits and cover sets: what people wish of a board, checked against the script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time

from cupola.errors import ProductionError
from cupola.files.documents import OrderDoc, PinDoc, SplitDoc, TogetherDoc
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath
from cupola.model import Pin, Place, Precedence, Production, Script, Split, Together
from cupola.model.work import works_of


def order_of(wishes: Sequence[OrderDoc], script: Script, toml: Toml) -> tuple[Precedence, ...]:
    """Return the precedences among scenes that are not omitted; raises ProductionError for one the script does not have."""
    numbers = [*(scene.number for scene in script.scenes), *script.omitted]
    for index, wish in enumerate(wishes):
        for key, number in (("first", wish.first), ("then", wish.then)):
            if number not in numbers:
                remedy = did_you_mean(number, numbers, "write its number as the script does")
                raise toml.wrong(("order", index, key), "the script has no such scene", value=number, remedy=remedy)
        if wish.first == wish.then:
            rule, remedy = "a scene cannot come before itself", "name another scene"
            raise toml.wrong(("order", index), rule, value=wish.first, remedy=remedy)
    cut = set(script.omitted)
    return tuple(
        Precedence(first=wish.first, then=wish.then, why=wish.why) for wish in wishes if not cut & {wish.first, wish.then}
    )


def together_of(wishes: Sequence[TogetherDoc], script: Script, at: Mapping[str, Place], toml: Toml) -> tuple[Together, ...]:
    """Return the scenes shot together, omitted ones left out.

    Raises ProductionError for a scene the script does not have, one in two groups, and scenes that are not at one place.
    """
    found: list[Together] = []
    taken: set[str] = set()
    for index, wish in enumerate(wishes):
        path = ("together", index, "scenes")
        for number in wish.scenes:
            _known(number, script, path, toml)
            if number in taken:
                rule, remedy = "a scene is shot together with others once", "put all of them into one [[together]]"
                raise toml.wrong(path, rule, value=number, remedy=remedy)
            taken.add(number)
        scenes = tuple(number for number in wish.scenes if number in at)
        places = {at[number].id for number in scenes}
        if len(places) > 1:
            rule, remedy = "scenes shot together are at one place", "leave out those that are elsewhere"
            raise toml.wrong(path, rule, value=", ".join(sorted(places)), remedy=remedy)
        if len(scenes) > 1:
            found.append(Together(scenes=scenes, why=wish.why))
    return tuple(found)


def splits_of(wishes: Sequence[SplitDoc], script: Script, toml: Toml) -> tuple[Split, ...]:
    """Return the scenes shot in parts, omitted ones left out.

    Raises ProductionError for a scene the script does not have, one split twice, and parts that are not the whole scene.
    """
    eighths = {scene.number: scene.eighths for scene in script.scenes}
    found: dict[str, Split] = {}
    for index, wish in enumerate(wishes):
        path = ("split", index)
        _known(wish.scene, script, (*path, "scene"), toml)
        if wish.scene in found:
            rule, remedy = "a scene is split once", "write all of its parts in one [[split]]"
            raise toml.wrong((*path, "scene"), rule, value=wish.scene, remedy=remedy)
        if wish.scene in eighths:
            whole = eighths[wish.scene]
            if sum(wish.eighths) != whole:
                rule, remedy = "the parts of a scene have its eighths", f"scene {wish.scene} has {whole} eighths in all"
                raise toml.wrong((*path, "eighths"), rule, value=sum(wish.eighths), remedy=remedy)
            found[wish.scene] = Split(scene=wish.scene, eighths=wish.eighths, why=wish.why)
    return tuple(found.values())


def check_covers(places: Sequence[Place], toml: Toml) -> None:
    """Raise ProductionError for a cover set that covers no place, itself, or one of another unit."""
    units = {place.id: place.unit for place in places}
    for number, place in enumerate(places):
        for index, name in enumerate(place.covers):
            path = ("place", number, "covers", index)
            if name not in units:
                raise toml.wrong(path, "there is no such place", value=name, remedy=did_you_mean(name, units, "name its id"))
            if name == place.id or units[name] != place.unit:
                rule, remedy = "a cover set stands by for another place of its unit", f"name a place of unit {place.unit}"
                raise toml.wrong(path, rule, value=name, remedy=remedy)


def _known(number: str, script: Script, path: KeyPath, toml: Toml) -> None:
    numbers = [*(scene.number for scene in script.scenes), *script.omitted]
    if number not in numbers:
        remedy = did_you_mean(number, numbers, "write its number as the script does")
        raise toml.wrong(path, "the script has no such scene", value=number, remedy=remedy)


def pins_of(production: Production, wishes: Sequence[PinDoc], toml: Toml) -> Production:
    """Return the production with the pins of its file; raises ProductionError at the first that names no strip.

    Pins of scenes that are omitted wait until these are back.
    """
    pins: list[Pin] = []
    cut = set(production.script.omitted)
    for index, wish in enumerate(wishes):
        if any(wish.strip == scene or wish.strip.startswith((f"{scene}/", f"{scene}-", f"{scene}PT")) for scene in cut):
            continue
        try:
            pins += expanded(production, Pin(strip=wish.strip, day=wish.day, start=wish.start, why=wish.why))
        except ProductionError as error:
            raise toml.wrong(("pin", index, "strip"), error.rule, value=error.value, remedy=error.remedy) from None
    return replace(production, pins=tuple(pins))


def with_pins(production: Production, words: Sequence[str]) -> Production:
    """Return the production with pins as one types them: `42=2021-10-09`, `42/A-2=2021-10-09T14:00`.

    A strip that was pinned before gets the new pin. Raises ProductionError with the word that cannot be read.
    """
    pins = {pin.strip: pin for pin in production.pins}
    for word in words:
        for pin in expanded(production, _typed(word)):
            pins[pin.strip] = pin
    return replace(production, pins=tuple(pins.values()))


def _typed(word: str) -> Pin:
    strip, _, when = word.partition("=")
    day, _, clock = when.strip().replace(" ", "T").partition("T")
    try:
        return Pin(strip=strip.strip(), day=date.fromisoformat(day), start=time.fromisoformat(clock) if clock else None)
    except ValueError:
        rule, remedy = "a pin is a strip and a date", "write it as 42=2021-10-09, or 42=2021-10-09T14:00"
        raise ProductionError(rule, value=word, remedy=remedy) from None


def expanded(production: Production, pin: Pin) -> Iterator[Pin]:
    """Yield the pin, or one for each part where it names a scene or shot that is shot in several parts.

    Raises ProductionError where no strip of that name is in the script.
    """
    works = works_of(production)
    ids = [work.id for work in works]
    parts = [work.id for work in works if work.id == pin.strip] or [work.id for work in works if work.shot == pin.strip]
    if not parts:
        remedy = did_you_mean(pin.strip, ids, "write it as the board does: 42, 42/A, or 42/A-2")
        raise ProductionError("a pin names a strip of the script", value=pin.strip, remedy=remedy)
    for part in parts:
        yield replace(pin, strip=part)
