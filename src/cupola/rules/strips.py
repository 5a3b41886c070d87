"""Rules of a strip: it is there once, in its span, long enough, and with time to get to it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from cupola.model import Day, Unit, Violation
from cupola.model.outside import RESTOW
from cupola.model.work import stretch_on, workdays
from cupola.rules.case import Case


def check_every_scene(case: Case) -> Iterator[Violation]:
    """Every strip of the script stands on the board exactly once, and no other."""
    found = Counter(strip.id for strip in case.board.strips)
    for work in case.works.values():
        if found[work.id] == 0:
            yield Violation(
                rule="every scene",
                message=f"strip {work.id} ({work.set}, script line {work.line}) is on no day",
                strips=(work.id,),
                remedy="Give it a day, or cut the scene from the script.",
            )
    for strip_id, count in found.items():
        if strip_id not in case.works or count > 1:
            what = f"stands on the board {count} times" if strip_id in case.works else "is in no scene of the script"
            yield Violation(rule="every scene", message=f"strip {strip_id} {what}", strips=(strip_id,), remedy="Remove it.")


def check_span(case: Case) -> Iterator[Violation]:
    """Every strip lies in its unit's span, on a day that is not off, at its own place, with its own cast."""
    for day in case.board.days:
        unit = case.production.unit(day.unit)
        if day.date not in workdays(unit):
            yield Violation(
                rule="span",
                message=f"{day.date} is no work day of unit {unit.id}",
                strips=tuple(strip.id for strip in day.strips),
                day=day.date,
                remedy=f"Unit {unit.id} works {workdays(unit)[0]} to {workdays(unit)[-1]}, days off left out.",
            )
        for strip in day.strips:
            if strip.start_utc < unit.first_utc or strip.end_utc > unit.last_utc:
                yield Violation(
                    rule="span",
                    message=f"strip {strip.id} lies outside unit {unit.id}'s span {unit.first_utc} to {unit.last_utc}",
                    strips=(strip.id,),
                    day=day.date,
                    remedy="Move it inside the span.",
                )
            work = case.works.get(strip.id)
            if work and (work.unit, work.place, set(work.cast)) != (day.unit, strip.place, set(strip.cast)):
                yield Violation(
                    rule="span",
                    message=f"strip {strip.id} needs unit {work.unit}, place {work.place} and cast {', '.join(work.cast)}",
                    strips=(strip.id,),
                    day=day.date,
                    remedy="Put it back where its scene is set.",
                )


def check_long_enough(case: Case) -> Iterator[Violation]:
    """Every strip has the time its work needs, before, during and after the roll."""
    for day in case.board.days:
        stretch = stretch_on(case.production.unit(day.unit), day.date)
        for strip in day.strips:
            work = case.works.get(strip.id)
            if work is None:
                continue
            have = (strip.roll_utc - strip.start_utc, strip.cut_utc - strip.roll_utc, strip.end_utc - strip.cut_utc)
            need = (work.prepared_s(stretch), work.rolled_s(stretch), work.reset_s)
            short = [n - round(h.total_seconds()) for h, n in zip(have, need, strict=True) if h.total_seconds() < n]
            if short:
                yield Violation(
                    rule="long enough",
                    message=f"strip {strip.id} is {sum(short) // 60 + 1} min short of the time its work needs",
                    strips=(strip.id,),
                    day=day.date,
                    remedy=f"Give it {sum(need) // 60} min in all, or write [[minutes: …]] in the scene.",
                )


def check_one_place(case: Case) -> Iterator[Violation]:
    """A unit shoots one strip at a time, and nobody is in two places at once or in two units on one date."""
    for day in case.board.days:
        ordered = sorted(day.strips, key=lambda strip: strip.start_utc)
        for before, after in itertools.pairwise(ordered):
            if after.start_utc < before.end_utc:
                yield Violation(
                    rule="one place at a time",
                    message=f"strips {before.id} and {after.id} of unit {day.unit} overlap",
                    strips=(before.id, after.id),
                    day=day.date,
                    remedy=f"Start {after.id} at {before.end_utc:%H:%M} UTC or later.",
                )
    for first, second in itertools.combinations(case.board.days, 2):
        if first.date == second.date and first.unit != second.unit:
            shared = sorted(cast_of(first) & cast_of(second))
            if shared:
                yield Violation(
                    rule="one place at a time",
                    message=f"{', '.join(shared)} in units {first.unit} and {second.unit} on {first.date}",
                    who=", ".join(shared),
                    day=first.date,
                    remedy="Move one of the scenes to another day.",
                )


def cast_of(day: Day) -> set[str]:
    """Return everybody called on a day."""
    return {name for strip in day.strips for name in strip.cast}


def check_between_sets(case: Case) -> Iterator[Violation]:
    """There is time to relight between sets, to move between places, and to rig a module before its first strip."""
    for unit in case.production.units:
        for day in case.days(unit):
            yield from _rigged(case, unit, day) if unit.is_orbit else _moved(case, unit, day)


def _moved(case: Case, unit: Unit, day: Day) -> Iterator[Violation]:
    hubs = sorted({case.production.place(strip.place).hub for strip in day.strips})
    if len(hubs) > 1:
        yield Violation(
            rule="between sets",
            message=f"one day cannot hold {' and '.join(hubs)}",
            day=day.date,
            strips=tuple(strip.id for strip in day.strips),
            remedy="Shoot one hub a day.",
        )
    sets_used = {case.works[strip.id].set for strip in day.strips if strip.id in case.works}
    if len(sets_used) > unit.max_sets:
        yield Violation(
            rule="between sets",
            message=f"{day.date} uses {len(sets_used)} sets, {unit.max_sets} allowed",
            who=f"unit {unit.id}",
            day=day.date,
            clause=f"max_sets of unit {unit.id} in production.toml",
            remedy="Take a set to another day.",
        )
    for before, after in itertools.pairwise(day.strips):
        sets = [case.works[strip.id].set if strip.id in case.works else "" for strip in (before, after)]
        need = unit.move_min if before.place != after.place else unit.relight_min if sets[0] != sets[1] else 0
        have = (after.start_utc - before.end_utc).total_seconds() / 60
        if 0 <= have < need:
            yield Violation(
                rule="between sets",
                message=f"{have:.0f} min from {before.id} to {after.id}, {need} needed",
                strips=(before.id, after.id),
                day=day.date,
                remedy=f"Start {after.id} {need - have:.0f} min later.",
            )


def _rigged(case: Case, unit: Unit, day: Day) -> Iterator[Violation]:
    assert unit.station is not None, f"unit {unit.id} has no station"
    need = timedelta(minutes=unit.station.rig_min)
    inside = [strip.place for strip in day.strips if not case.production.place(strip.place).outside]
    for place in dict.fromkeys(inside):
        first = min(strip.start_utc for strip in day.strips if strip.place == place)
        name = case.production.place(place).name
        rigs = [banner for banner in day.banners if banner.text == f"Rig {name}"]
        if not any(banner.end_utc - banner.start_utc >= need and banner.end_utc <= first for banner in rigs):
            yield Violation(
                rule="between sets",
                message=f"{name} is not rigged before its first strip on {day.date}",
                day=day.date,
                remedy=f"Leave {unit.station.rig_min} min for the rig before {first:%H:%M} UTC.",
            )
    camera = [banner for banner in day.banners if banner.text == RESTOW or banner.text.startswith("Rig ")]
    for banner, strip in itertools.product(camera, day.strips):
        if banner.start_utc < strip.end_utc and strip.start_utc < banner.end_utc:
            yield Violation(
                rule="one place at a time",
                message=f"“{banner.text}” overlaps strip {strip.id}",
                strips=(strip.id,),
                day=day.date,
                remedy="There is one camera: move one of them.",
            )
    for rig, other in itertools.combinations(camera, 2):
        if rig.start_utc < other.end_utc and other.start_utc < rig.end_utc:
            yield Violation(
                rule="one place at a time",
                message=f"“{rig.text}” overlaps “{other.text}” on {day.date}",
                day=day.date,
                remedy="There is one camera: move one of them.",
            )
