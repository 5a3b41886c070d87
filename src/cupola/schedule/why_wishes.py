"""Wishes: what a person asked for and could give up, in the user's words, and a production without some of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from cupola.model import ANY_LIGHT, Dates, Place, Production, Unit
from cupola.model.work import Work
from cupola.rules import limits_of

Wish = tuple[str, str]
"""(kind, whom it concerns): ("light", "42"), ("dates", "INNA"), ("closed", "IL-76"), ("pin", "42"), ("rest", "main"), …"""

EASIEST = (
    "pin",
    "order",
    "relight",
    "light",
    "hours",
    "place hours",
    "permits",
    "closed",
    "days in a row",
    "dates",
    "minor",
    "rest",
    "day length",
    "days off",
)
"""What is usually easiest to give up, where no price says it better."""


def wishes_of(production: Production, unit: Unit, works: Sequence[Work]) -> tuple[Wish, ...]:
    """Return every wish that touches this work, the ones hardest to give up first."""
    people = {name for work in works for name in work.cast}
    places = [place for place in production.places if place.id in {work.place for work in works}]
    scenes = {work.scene for work in works}
    found: list[Wish] = []
    if unit.is_orbit:
        found += [("hours", name) for name in sorted({name for work in works for name in work.crew})]
    else:
        limits = limits_of(production, unit)
        found += [("days off", unit.id), ("day length", unit.id), ("rest", unit.id)]
        found += [("days in a row", unit.id)] if limits.days_in_row else []
        members = [member for member in production.cast if member.id in people]
        found += [("minor", member.id) for member in members if member.born is not None]
        found += [("dates", member.id) for member in members if member.away]
        found += [("closed", place.id) for place in places if place.closed]
        found += [("permits", place.id) for place in places if place.permits]
        found += [("place hours", place.id) for place in places if place.hours or place.quiet]
        found += [("relight", unit.id)] if unit.relight_min else []
    found += [("light", shot) for shot in sorted({work.shot for work in works if not work.light.is_any})]
    found += [("order", f"{w.first} before {w.then}") for w in production.order if {w.first, w.then} <= scenes]
    ids = {work.id for work in works}
    return (*found, *(("pin", pin.strip) for pin in production.pins if pin.strip in ids))


def words(production: Production, unit: Unit, wish: Wish) -> str:
    """Say a wish as the person who made it would."""
    kind, who = wish
    if kind == "light":
        shots = [shot for scene in production.script.scenes for shot in scene.shots if shot.id == who]
        return f"the light of shot {who}: {shots[0].light} (script line {shots[0].line})" if shots else f"the light of {who}"
    if kind == "dates":
        return f"{who}'s dates: away " + _spans(production.member(who).away)
    if kind == "minor":
        return f"{who} is under age (born {production.member(who).born})"
    if kind in ("closed", "permits", "place hours"):
        return _words_of_place(production.place(who), kind)
    if kind == "pin":
        pin = next(pin for pin in production.pins if pin.strip == who)
        return f"strip {who} pinned to {pin.day}" + (f" from {pin.start:%H:%M}" if pin.start else "") + _outside(unit, pin.day)
    if kind == "hours":
        member = next(m for m in unit.station.crew if m.id == who) if unit.station else None
        blocks = ", ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in member.blocks) if member else ""
        return f"{member.name if member else who}'s working hours: {blocks} UTC"
    if kind == "order":
        wish_of = next(w for w in production.order if f"{w.first} before {w.then}" == who)
        return f"scene {who}" + (f" ({wish_of.why})" if wish_of.why else "")
    return _words_of_unit(production, unit, kind)


def _outside(unit: Unit, day: date) -> str:
    """Say when a unit shoots where a date is not in its span."""
    first, last = (at.astimezone(ZoneInfo(unit.tz)).date() for at in (unit.first_utc, unit.last_utc - timedelta(seconds=1)))
    return "" if first <= day <= last else f", and unit {unit.id} shoots from {first} to {last}"


def _words_of_place(place: Place, kind: str) -> str:
    if kind == "closed":
        return f"{place.name} closed {_spans(place.closed)}"
    if kind == "permits":
        return f"{place.name} only with its permit: {_spans(place.permits)}"
    hours = f"open {place.hours[0]:%H:%M}-{place.hours[1]:%H:%M}" if place.hours else ""
    quiet = f"quiet {place.quiet[0]:%H:%M}-{place.quiet[1]:%H:%M}" if place.quiet else ""
    return f"the hours of {place.name}: " + ", ".join(text for text in (hours, quiet) if text)


def _words_of_unit(production: Production, unit: Unit, kind: str) -> str:
    if kind == "days off":
        return f"the days off of unit {unit.id}"
    if kind == "relight":
        return f"{unit.relight_min} min to relight another set, unit {unit.id}"
    limits = limits_of(production, unit)
    if kind == "rest":
        return f"{limits.rest.minutes / 60:g} h of rest between days of unit {unit.id}"
    if kind == "days in a row":
        return f"at most {limits.days_in_row.minutes if limits.days_in_row else 0} days in a row of unit {unit.id}"
    return f"the {limits.day.minutes / 60:g}-hour day of unit {unit.id}"


def _spans(spans: Sequence[Dates]) -> str:
    return ", ".join(f"{span.first} to {span.last}{f' {span.why}' if span.why else ''}" for span in spans)


def without(
    production: Production, unit: Unit, works: Sequence[Work], kept: Collection[Wish]
) -> tuple[Production, Unit, tuple[Work, ...]]:
    """Return the same production with every wish given up that is not kept; limits of rule packs stay as they are."""
    if unit.station is not None:
        all_day = ((time(0), time(23, 55)),)
        crew = tuple(
            member if ("hours", member.id) in kept else dataclasses.replace(member, blocks=all_day)
            for member in unit.station.crew
        )
        unit = dataclasses.replace(unit, station=dataclasses.replace(unit.station, crew=crew))
    else:
        if ("days off", unit.id) not in kept:
            unit = dataclasses.replace(unit, days_off=(), dates_off=())
        if ("relight", unit.id) not in kept:
            unit = dataclasses.replace(unit, relight_min=0)
    eased = dataclasses.replace(
        production,
        units=tuple(unit if other.id == unit.id else other for other in production.units),
        cast=tuple(
            dataclasses.replace(
                m,
                away=m.away if ("dates", m.id) in kept else (),
                born=m.born if ("minor", m.id) in kept else None,
            )
            for m in production.cast
        ),
        places=tuple(_eased_place(place, kept) for place in production.places),
        pins=tuple(pin for pin in production.pins if ("pin", pin.strip) in kept),
        order=tuple(w for w in production.order if ("order", f"{w.first} before {w.then}") in kept),
        packs=() if unit.is_orbit and not any(kind == "hours" for kind, _ in kept) else production.packs,
    )
    return eased, unit, tuple(work if ("light", work.shot) in kept else unlit(work) for work in works)


def unlit(work: Work) -> Work:
    """Return the work in any light."""
    return work if work.light.is_any else dataclasses.replace(work, light=ANY_LIGHT)


def _eased_place(place: Place, kept: Collection[Wish]) -> Place:
    has_hours = ("place hours", place.id) in kept
    return dataclasses.replace(
        place,
        closed=place.closed if ("closed", place.id) in kept else (),
        permits=place.permits if ("permits", place.id) in kept else (),
        hours=place.hours if has_hours else None,
        quiet=place.quiet if has_hours else None,
    )
