"""Pins and precedences: what people wish of a board, checked against the script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time

from cupola.errors import ProductionError
from cupola.files.documents import OrderDoc, PinDoc
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.model import Pin, Precedence, Production, Script
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


def pins_of(production: Production, wishes: Sequence[PinDoc], toml: Toml) -> Production:
    """Return the production with the pins of its file; raises ProductionError at the first that names no strip.

    Pins of scenes that are omitted wait until these are back.
    """
    pins: list[Pin] = []
    cut = set(production.script.omitted)
    for index, wish in enumerate(wishes):
        if any(wish.strip == scene or wish.strip.startswith((f"{scene}/", f"{scene}-")) for scene in cut):
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
