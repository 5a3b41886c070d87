"""Rules of a station's modules: how many fit, who stands by, what passes a hatch, what may not fly, what is heard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cupola.model import Article, Day, Element, Place, Strip, Unit, Violation
from cupola.model.outside import RESTOW
from cupola.model.work import crew_blocks
from cupola.rules.case import Case
from cupola.rules.said import length, minutes_between

_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|m)\b", re.IGNORECASE)
_METRES = {"mm": 0.001, "cm": 0.01, "m": 1.0}


def _is_module(place: Place, article: Article) -> bool:
    """Whether a place is one of the modules of an article, by its name or id."""
    words = {place.id.casefold(), place.name.casefold()}
    return any(
        module.casefold() in word.split() or module.casefold() == word for module in article.words("modules") for word in words
    )


def _strips(case: Case, unit: Unit) -> Iterator[tuple[Day, Strip, Place]]:
    for day in case.days(unit):
        for strip in day.strips:
            yield day, strip, case.production.place(strip.place)


def check_cupola(case: Case) -> Iterator[Violation]:
    """A module of a few cubic metres holds one operator and part of one actor."""
    for unit in case.production.units:
        for article in case.articles(unit, "cupola"):
            operating = {member.id for member in unit.station.crew if member.operates} if unit.station else set()
            most, people = round(article.number("operators")), round(article.number("people"))
            crowded: dict[tuple[str, tuple[str, ...]], list[tuple[Day, Strip, Place]]] = {}
            for day, strip, place in _strips(case, unit):
                crew = case.works[strip.id].crew if strip.id in case.works else ()
                behind = sum(who in operating for who in crew)
                if _is_module(place, article) and (behind > most or len(crew) > people):
                    crowded.setdefault((strip.scene, crew), []).append((day, strip, place))
            for (scene, crew), found in crowded.items():
                yield Violation(
                    rule="cupola",
                    message=f"scene {scene} needs {len(crew)} people in {found[0][2].name} ({', '.join(crew)}): "
                    f"{people} fit, {most} of them behind the camera",
                    strips=tuple(strip.id for _, strip, _ in found),
                    who=", ".join(crew),
                    day=found[0][0].date,
                    clause=article.clause,
                    remedy=f"Set scene {scene} in a larger module, or leave {max(1, len(crew) - people)} of them out of it.",
                )


def check_escort(case: Case) -> Iterator[Violation]:
    """In the other segment one of its own crew stands by."""
    for unit in case.production.units:
        for article in case.articles(unit, "escort"):
            word = article.text("duty").casefold()
            crew = unit.station.crew if unit.station else ()
            escorts = [member for member in crew if word in f"{member.duty} {member.name}".casefold()]
            for day, strip, place in _strips(case, unit):
                blocks = [block for member in escorts for block in crew_blocks(unit, day.date, (member.id,))]
                if _is_module(place, article) and not any(a <= strip.start_utc and strip.end_utc <= b for a, b in blocks):
                    free = ", ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in blocks)
                    yield Violation(
                        rule="escort",
                        message=f"nobody stands by in {place.name} at {strip.start_utc:%H:%M}-{strip.end_utc:%H:%M} UTC "
                        f"(strip {strip.id})",
                        strips=(strip.id,),
                        day=day.date,
                        clause=article.clause,
                        remedy=f"Move it to {free} UTC, the hours of {', '.join(member.name for member in escorts)}."
                        if free
                        else f"Add a [[crew]] whose duty says {article.text('duty')}.",
                    )


def check_hatch(case: Case) -> Iterator[Violation]:
    """Every rig passes the hatches on its way: nothing with a size in its name is larger than the opening."""
    for unit in case.production.units:
        for article in case.articles(unit, "hatch"):
            for day, strip, place in _strips(case, unit):
                for element, metres in _sized(_elements(case, strip)) if _is_module(place, article) else ():
                    if metres > article.number("clear_m"):
                        yield Violation(
                            rule="hatch",
                            message=f"{element.name} cannot pass the hatch to {place.name}, {article.number('clear_m'):.2f} m",
                            strips=(strip.id,),
                            day=day.date,
                            clause=article.clause,
                            remedy=f"Take one that comes apart in pieces of at most {article.number('clear_m'):.2f} m, "
                            f"or set scene {strip.scene} on the other side of the hatch.",
                        )


def _sized(elements: tuple[Element, ...]) -> Iterator[tuple[Element, float]]:
    """Yield the elements whose name says a size, with their smallest one in metres: that is what must pass."""
    for element in elements:
        sizes = [float(number.replace(",", ".")) * _METRES[unit.lower()] for number, unit in _SIZE.findall(element.name)]
        if sizes:
            yield element, min(sizes)


def _elements(case: Case, strip: Strip) -> tuple[Element, ...]:
    return next((scene.elements for scene in case.production.script.scenes if scene.number == strip.scene), ())


def check_materials(case: Case) -> Iterator[Violation]:
    """Nothing aboard sprays, dusts, shatters, smokes or burns."""
    for unit in case.production.units:
        for article in case.articles(unit, "materials"):
            banned = re.compile(rf"\b({'|'.join(map(re.escape, article.words('words')))})s?\b", re.IGNORECASE)
            seen: set[tuple[str, str]] = set()
            for day, strip, _ in _strips(case, unit):
                for element in _elements(case, strip):
                    found = banned.search(element.name)
                    if found and (strip.scene, element.name) not in seen:
                        seen.add((strip.scene, element.name))
                        yield Violation(
                            rule="materials",
                            message=f"scene {strip.scene} has {element.name} ({element.category}) aboard: "
                            f"{found[1].lower()} does not fly",
                            strips=(strip.id,),
                            day=day.date,
                            clause=article.clause,
                            remedy=f"Take {element.name} out, make it of something that flies, or add it in post.",
                        )


def check_restow(case: Case) -> Iterator[Violation]:
    """After the last strip of a crew day the modules are put back as their inventory has them."""
    for unit in case.production.units:
        limit = case.limits[unit.id].restow
        for day in case.days(unit) if limit else ():
            inside = [strip for strip in day.strips if not case.production.place(strip.place).outside]
            if not inside or limit is None:
                continue
            last = max(strip.end_utc for strip in inside)
            stowed = [banner for banner in day.banners if banner.text == RESTOW and banner.start_utc >= last]
            if not any(minutes_between(banner.start_utc, banner.end_utc) >= limit.minutes for banner in stowed):
                yield Violation(
                    rule="restow",
                    message=f"nobody puts the modules back after {last:%H:%M} UTC on {day.date}",
                    day=day.date,
                    clause=limit.clause,
                    remedy=f"Leave {length(limit.minutes)} for a banner “{RESTOW}” after the last strip.",
                )


def check_noise(case: Case) -> Iterator[Violation]:
    """Where a module is loud, dialogue is a guide track: a note for each module, nothing to mend."""
    for unit in case.production.units:
        for article in case.articles(unit, "noise"):
            loud: dict[str, list[str]] = {}
            speaking = {scene.number for scene in case.production.script.scenes if scene.cast or scene.voices}
            for _, strip, place in _strips(case, unit):
                if _is_module(place, article) and strip.scene in speaking:
                    loud.setdefault(place.name, []).append(strip.id)
            for name, strips in loud.items():
                yield Violation(
                    rule="noise",
                    message=f"{name} has {article.number('dba'):g} dBA or more: the sound of {len(strips)} "
                    f"{'strip is' if len(strips) == 1 else 'strips is'} a guide track",
                    strips=tuple(strips),
                    who=name,
                    clause=article.clause,
                    remedy="Plan the dialogue for re-recording (ADR), and record a minute of the module's own tone.",
                    kind="note",
                )
