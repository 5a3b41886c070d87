"""Every rule as one small function: production × board → what the board breaks."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cupola.model import Board, Day, Production, Strip, Unit, Violation, Window
from cupola.model.work import Work, crew_blocks, local, stretch_on, workdays, works_of
from cupola.rules.limits import Limits, limits_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A board before its judge: the production's own figures beside it, nothing of how the board was made.

    `windows` are the windows of each shot that asks for light, by shot id.
    """

    production: Production
    board: Board
    windows: Mapping[str, Sequence[Window]]
    works: Mapping[str, Work]
    limits: Mapping[str, Limits]

    def days(self, unit: Unit) -> list[Day]:
        """Return a unit's days in the order of their dates."""
        return sorted((day for day in self.board.days if day.unit == unit.id), key=lambda day: day.date)


Rule = Callable[[Case], Iterator[Violation]]


def check(production: Production, board: Board, windows: Mapping[str, Sequence[Window]]) -> tuple[Violation, ...]:
    """Return every rule that a board breaks, in the order of the rules; an empty tuple is a board that can be shot."""
    case = Case(
        production=production,
        board=board,
        windows=windows,
        works={work.id: work for work in works_of(production)},
        limits={unit.id: limits_of(production, unit) for unit in production.units},
    )
    return tuple(violation for rule in RULES for violation in rule(case))


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
            shared = sorted(_cast_of(first) & _cast_of(second))
            if shared:
                yield Violation(
                    rule="one place at a time",
                    message=f"{', '.join(shared)} in units {first.unit} and {second.unit} on {first.date}",
                    who=", ".join(shared),
                    day=first.date,
                    remedy="Move one of the scenes to another day.",
                )


def _cast_of(day: Day) -> set[str]:
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
    for place in dict.fromkeys(strip.place for strip in day.strips):
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
    for banner, strip in itertools.product(day.banners, day.strips):
        if banner.start_utc < strip.end_utc and strip.start_utc < banner.end_utc:
            yield Violation(
                rule="one place at a time",
                message=f"“{banner.text}” overlaps strip {strip.id}",
                strips=(strip.id,),
                day=day.date,
                remedy="There is one camera: move one of them.",
            )


def check_turnaround(case: Case) -> Iterator[Violation]:
    """From wrap to the next call there is the rest of the contract."""
    for unit in case.production.units:
        rest = case.limits[unit.id].rest
        for before, after in itertools.pairwise(case.days(unit)):
            have = (after.call_utc - before.wrap_utc).total_seconds() / 60
            if not unit.is_orbit and have < rest.minutes:
                yield Violation(
                    rule="turnaround",
                    message=f"{have / 60:.1f} h from wrap on {before.date} to call on {after.date}, "
                    f"{rest.minutes / 60:g} h needed",
                    who=f"unit {unit.id}",
                    day=after.date,
                    clause=rest.clause,
                    remedy=f"Call at {before.wrap_utc + timedelta(minutes=rest.minutes):%H:%M} UTC, or leave a day between.",
                )


def check_day_length(case: Case) -> Iterator[Violation]:
    """No day is longer than the contract's, and call and wrap hold all of its strips."""
    for unit in case.production.units:
        limit = case.limits[unit.id].day
        for day in case.days(unit):
            length = (day.wrap_utc - day.call_utc).total_seconds() / 60
            if not unit.is_orbit and length > limit.minutes:
                yield Violation(
                    rule="day length",
                    message=f"{day.date} is {length / 60:.1f} h from call to wrap, {limit.minutes / 60:g} h allowed",
                    who=f"unit {unit.id}",
                    day=day.date,
                    clause=limit.clause,
                    remedy=f"Take {length - limit.minutes:.0f} min of work to another day.",
                )
            for strip in day.strips:
                if strip.start_utc < day.call_utc or strip.end_utc > day.wrap_utc:
                    yield Violation(
                        rule="day length",
                        message=f"strip {strip.id} lies outside call {day.call_utc:%H:%M} and wrap {day.wrap_utc:%H:%M} UTC",
                        strips=(strip.id,),
                        day=day.date,
                        remedy="Call earlier or wrap later.",
                    )


def check_meal(case: Case) -> Iterator[Violation]:
    """A day longer than the meal limit has a meal that nothing else stands on."""
    for unit in case.production.units:
        limits = case.limits[unit.id]
        for day in case.days(unit):
            if unit.is_orbit or (day.wrap_utc - day.call_utc).total_seconds() / 60 <= limits.meal_within.minutes:
                continue
            meals = [banner for banner in day.banners if banner.text == "Meal"]
            if not any(_free(day, meal.start_utc, meal.end_utc, limits.meal.minutes) for meal in meals):
                yield Violation(
                    rule="meal",
                    message=f"{day.date} has no free meal of {limits.meal.minutes} min",
                    who=f"unit {unit.id}",
                    day=day.date,
                    clause=limits.meal_within.clause,
                    remedy=f"Leave {limits.meal.minutes} min between two strips.",
                )


def _free(day: Day, start: datetime, end: datetime, minutes: int) -> bool:
    long_enough = (end - start).total_seconds() / 60 >= minutes
    return long_enough and all(strip.end_utc <= start or end <= strip.start_utc for strip in day.strips)


def check_cast_dates(case: Case) -> Iterator[Violation]:
    """Nobody is called on a date on which he or she is away, and no place on a date on which it is closed."""
    for day in case.board.days:
        unit = case.production.unit(day.unit)
        for name in sorted(_cast_of(day)) if not unit.is_orbit else ():
            for away in case.production.member(name).away:
                if day.date in away:
                    yield Violation(
                        rule="cast dates",
                        message=f"{name} is away on {day.date} ({away.why or f'{away.first} to {away.last}'})",
                        who=name,
                        day=day.date,
                        strips=tuple(strip.id for strip in day.strips if name in strip.cast),
                        remedy=f"Shoot before {away.first} or after {away.last}.",
                    )
        for place_id in sorted({strip.place for strip in day.strips}):
            place = case.production.place(place_id)
            for closed in place.closed:
                if day.date in closed:
                    yield Violation(
                        rule="cast dates",
                        message=f"{place.name} is closed on {day.date} ({closed.why or f'{closed.first} to {closed.last}'})",
                        who=place.name,
                        day=day.date,
                        strips=tuple(strip.id for strip in day.strips if strip.place == place_id),
                        remedy=f"Shoot before {closed.first} or after {closed.last}.",
                    )


def check_crew_day(case: Case) -> Iterator[Violation]:
    """Aboard, every strip and rig lies in a working block of everybody it needs, within the crew's waking day."""
    for unit in case.production.units:
        if unit.station is None:
            continue
        operators = tuple(member.id for member in unit.station.crew if member.operates)
        for day in case.days(unit):
            for strip in day.strips:
                crew = case.works[strip.id].crew if strip.id in case.works else operators
                yield from _in_crew_day(case, unit, day, strip, crew)
            for banner in day.banners:
                if not _inside(crew_blocks(unit, day.date, operators), banner.start_utc, banner.end_utc):
                    yield Violation(
                        rule="crew day",
                        message=f"“{banner.text}” at {banner.start_utc:%H:%M} UTC lies outside the operators' working hours",
                        day=day.date,
                        remedy="Move it into a working block.",
                    )
            yield from _worked(case, unit, day)


def _inside(blocks: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime) -> bool:
    return any(a <= start and end <= b for a, b in blocks)


def _in_crew_day(case: Case, unit: Unit, day: Day, strip: Strip, crew: tuple[str, ...]) -> Iterator[Violation]:
    limits = case.limits[unit.id]
    if not _inside(crew_blocks(unit, day.date, crew), strip.start_utc, strip.end_utc):
        yield Violation(
            rule="crew day",
            message=f"strip {strip.id} at {strip.start_utc:%H:%M}-{strip.end_utc:%H:%M} UTC lies outside "
            f"the hours of {', '.join(crew)}",
            strips=(strip.id,),
            day=day.date,
            who=", ".join(crew),
            clause="working blocks of the crew in production.toml",
            remedy="Move it into a block that all of them share.",
        )
    if limits.awake:
        wake, lights_out = (local(unit, day.date, clock) for clock in limits.awake)
        if strip.start_utc < wake or strip.end_utc > lights_out:
            yield Violation(
                rule="crew day",
                message=f"strip {strip.id} lies in the crew's sleep",
                strips=(strip.id,),
                day=day.date,
                clause=limits.awake_clause,
                remedy=f"Shoot between {wake:%H:%M} and {lights_out:%H:%M} UTC.",
            )


def _worked(case: Case, unit: Unit, day: Day) -> Iterator[Violation]:
    limit = case.limits[unit.id].work
    if limit is None or unit.station is None:
        return
    for member in unit.station.crew:
        spans = [strip for strip in day.strips if strip.id in case.works and member.id in case.works[strip.id].crew]
        minutes = sum((strip.end_utc - strip.start_utc).total_seconds() for strip in spans) / 60
        if minutes > limit.minutes:
            yield Violation(
                rule="crew day",
                message=f"{member.name} works {minutes / 60:.1f} h on {day.date}, {limit.minutes / 60:g} h allowed",
                who=member.id,
                day=day.date,
                clause=limit.clause,
                remedy=f"Take {minutes - limit.minutes:.0f} min to another day.",
            )


def check_light(case: Case) -> Iterator[Violation]:
    """The camera rolls and cuts inside a window of its light, edges given away; takes that need a pass each have one each."""
    used: dict[tuple[str, Window], str] = {}
    for day in case.board.days:
        for strip in day.strips:
            work = case.works.get(strip.id)
            if work is None or work.light.is_any:
                continue
            yield from _in_light(case, day, strip, work)
            if strip.window is not None and work.light.is_pass_bound:
                other = used.setdefault((strip.shot, strip.window), strip.id)
                if other != strip.id:
                    yield Violation(
                        rule="light",
                        message=f"strips {other} and {strip.id} use the same pass",
                        strips=(other, strip.id),
                        day=day.date,
                        remedy="Every take of this light needs a pass of its own.",
                    )


def _in_light(case: Case, day: Day, strip: Strip, work: Work) -> Iterator[Violation]:
    window = strip.window
    wish = f"strip {strip.id} asks for {work.light} (script line {work.line})"
    if window is None or window not in case.windows.get(strip.shot, ()):
        yield Violation(
            rule="light",
            message=f"{wish}, and its window is not one that the sky gives{_moved_window(case, strip)}",
            strips=(strip.id,),
            day=day.date,
            remedy="Plan again, or take one of the windows that `cupola windows` lists.",
        )
        return
    edge = timedelta(seconds=window.edge_s)
    if strip.roll_utc < window.open_utc + edge or strip.cut_utc > window.close_utc - edge:
        yield Violation(
            rule="light",
            message=f"{wish}; {strip.roll_utc:%H:%M:%S}-{strip.cut_utc:%H:%M:%S} is not inside "
            f"{window.open_utc:%H:%M:%S}-{window.close_utc:%H:%M:%S} ±{window.edge_s:.0f} s",
            strips=(strip.id,),
            day=day.date,
            remedy="Roll inside the window, its uncertain edges left out.",
        )


def _moved_window(case: Case, strip: Strip) -> str:
    """Say how far the window of a strip has moved, where newer elements moved it, and whether the take is still inside."""
    if strip.window is None:
        return ""
    opened = strip.window.open_utc
    now = min(case.windows.get(strip.shot, ()), key=lambda w: abs(w.open_utc - opened), default=None)
    if now is None or now.open_utc > strip.window.close_utc or now.close_utc < opened:
        return ""
    edge = timedelta(seconds=now.edge_s)
    inside = now.open_utc + edge <= strip.roll_utc and strip.cut_utc <= now.close_utc - edge
    by = (now.open_utc - opened).total_seconds()
    return f": it moved {by:+.1f} s, roll and cut are {'still inside' if inside else 'now outside'}"


def check_pins(case: Case) -> Iterator[Violation]:
    """Pinned strips stand where a person put them."""
    on = {strip.id: (day, strip) for day in case.board.days for strip in day.strips}
    for pin in case.production.pins:
        if pin.strip not in on:
            continue
        day, strip = on[pin.strip]
        unit = case.production.unit(day.unit)
        late = pin.start is not None and strip.start_utc < local(unit, pin.day, pin.start)
        if day.date != pin.day or late:
            yield Violation(
                rule="pins",
                message=f"strip {pin.strip} is pinned to {pin.day}{f' {pin.start:%H:%M}' if pin.start else ''}",
                strips=(pin.strip,),
                day=day.date,
                remedy="Move it back, or take the pin out.",
            )


def check_order(case: Case) -> Iterator[Violation]:
    """Scenes that must come before others do."""
    for wish in case.production.order:
        ends = [strip.end_utc for strip in case.board.strips if strip.scene == wish.first]
        starts = [strip.start_utc for strip in case.board.strips if strip.scene == wish.then]
        if ends and starts and max(ends) > min(starts):
            yield Violation(
                rule="order",
                message=f"scene {wish.first} must be shot before scene {wish.then}{f' ({wish.why})' if wish.why else ''}",
                strips=(wish.first, wish.then),
                remedy="Swap them.",
            )


RULES: tuple[Rule, ...] = (
    check_every_scene,
    check_span,
    check_long_enough,
    check_one_place,
    check_between_sets,
    check_turnaround,
    check_day_length,
    check_meal,
    check_cast_dates,
    check_crew_day,
    check_light,
    check_pins,
    check_order,
)
