"""Rules of what was asked for: the light of a take, pins, the order of scenes, cover sets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from cupola.model import Day, Strip, Violation, Window
from cupola.model.work import Work, local
from cupola.rules.case import Case


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


def check_cover_sets(case: Case) -> Iterator[Violation]:
    """The last work at a cover set is not on an earlier date than the last exterior that it stands by for, in one unit."""
    outside = {scene.number for scene in case.production.script.scenes if "EXT" in scene.int_ext.upper()}
    for unit in case.production.units:
        at = [(day.date, strip) for day in case.days(unit) for strip in day.strips]
        for cover in case.production.places:
            inside = [(day, strip) for day, strip in at if strip.place == cover.id]
            exteriors = [(day, strip) for day, strip in at if strip.place in cover.covers and strip.scene in outside]
            if not inside or not exteriors or inside[-1][0] >= exteriors[-1][0]:
                continue
            (done, kept), (last, exposed) = inside[-1], exteriors[-1]
            where = case.production.place(exposed.place).name
            yield Violation(
                rule="cover sets",
                message=f"{cover.name} is the cover set of {where}, and its last work is on {done}: in bad weather strip "
                f"{exposed.id} on {last} has nowhere to go",
                strips=(kept.id, exposed.id),
                who=cover.name,
                day=last,
                clause=f"covers of place {cover.id} in production.toml",
                remedy=f"Keep work at {cover.name} for {last} or later, or shoot {exposed.id} by {done}.",
            )


def check_together(case: Case) -> Iterator[Violation]:
    """Scenes of one sheet are shot on one day, one after the other, as they stand in the wish."""
    at = {strip.id: (day.date, number) for day in case.board.days for number, strip in enumerate(_in_order(day))}
    for wish in case.production.together:
        strips = [strip for scene in wish.scenes for strip in case.board.strips if strip.scene == scene]
        if len({strip.scene for strip in strips}) < 2:
            continue
        days = {at[strip.id][0] for strip in strips}
        numbers = [at[strip.id][1] for strip in strips]
        if len(days) > 1 or max(numbers) - min(numbers) >= len(numbers):
            yield Violation(
                rule="together",
                message=f"scenes {', '.join(wish.scenes)} are one sheet{f' ({wish.why})' if wish.why else ''} and stand apart",
                strips=tuple(strip.id for strip in strips),
                remedy=f"Put them one after the other on {min(days)}.",
            )


def _in_order(day: Day) -> list[Strip]:
    return sorted(day.strips, key=lambda strip: strip.start_utc)
