"""Crew procedures: for each visit of the camera to a module, what is done step by step, when, by whom and where.

Every time is the board's own: rigs and restows are its banners, lights and takes its strips. A step that the board gives no
time of its own says only when it begins.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cupola.model import Banner, Board, Day, KitItem, Production, Unit
from cupola.model.kit import KIT_KINDS
from cupola.model.outside import RESTOW, Outing, outings
from cupola.paper.callsheet_crew import RIG, needed_aboard
from cupola.paper.callsheet_words import edge_words, part_words
from cupola.paper.flight_data import DayData, TakeData, data_plan
from cupola.paper.phrases import ENGLISH, Phrases
from cupola.paper.strips import StripLine, strip_lines
from cupola.paper.wording import clock, clock_s, shot_of

Kind = Literal["stow", "move", "rig", "lights", "take", "reset", "restow", "copy", "suits", "outside", "back"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing to do; `end_utc` is None where the board gives it no time of its own."""

    kind: Kind
    start_utc: datetime
    end_utc: datetime | None
    who: tuple[str, ...]
    where: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Setup:
    """One visit of the camera to a place, or a spacewalk: its steps in order of time, and the strips that are shot."""

    title: str
    start_utc: datetime
    strips: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcedureDay:
    """A crew day's setups; `flight_day` counts from the day on which the unit's span begins, 1."""

    day: Day
    flight_day: int
    setups: tuple[Setup, ...]
    data: DayData


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedures:
    """What the crew of one unit works from."""

    unit: Unit
    days: tuple[ProcedureDay, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Visit:
    """Strips one after the other in one place, and the banners that belong to them."""

    place: str
    strips: tuple[StripLine, ...]
    rig: Banner | None
    rigged: Banner | None
    restow: Banner | None
    is_last: bool
    came_from: str


def procedures(production: Production, board: Board, unit: Unit, phrases: Phrases = ENGLISH) -> Procedures:
    """Return the crew procedures of an orbit unit, day by day, in the words of a language."""
    first = unit.first_utc.date()
    return Procedures(
        unit=unit,
        days=tuple(
            ProcedureDay(
                day=data.day,
                flight_day=(data.day.date - first).days + 1,
                setups=_setups(production, unit, strip_lines(production, board, data.day), data, phrases),
                data=data,
            )
            for data in data_plan(production, board, unit).days
        ),
    )


def _setups(production: Production, unit: Unit, lines: Sequence[StripLine], data: DayData, say: Phrases) -> tuple[Setup, ...]:
    takes = {take.strip.id: take for take in data.takes}
    visits = [_setup(production, unit, visit, takes, say) for visit in _visits(data.day, lines)]
    walks = [_walk(walk, say) for walk in outings(data.day.banners)]
    return (*sorted([*walks, *visits], key=lambda setup: setup.start_utc), *_after(production, unit, data, say))


def _after(production: Production, unit: Unit, data: DayData, say: Phrases) -> Iterable[Setup]:
    """Return the copying after a crew day's wrap, where anything was recorded."""
    if not data.cards:
        return
    copies = production.kit.recording.copies
    kit = tuple(_fetch(own) for own in _by_bag([item for item in production.kit.items if item.kind == "data"]))
    cards = ", ".join(card_name(card) for card in data.cards)
    lines = (
        say("do-copy", cards=cards, size=lambda one: size_text(data.gb, one), copies=copies),
        *kit,
        say("do-not-format", clock=clock(data.copied_utc)),
    )
    wrap = data.day.wrap_utc
    step = Step(kind="copy", start_utc=wrap, end_utc=data.copied_utc, who=operators_of(unit), where="", lines=lines)
    yield Setup(title=say("after-wrap"), start_utc=wrap, strips=(), steps=(step,))


def operators_of(unit: Unit) -> tuple[str, ...]:
    """Return who aboard runs the camera."""
    return tuple(member.id for member in unit.station.crew if member.operates) if unit.station else ()


def _visits(day: Day, lines: Sequence[StripLine]) -> Iterable[_Visit]:
    """Return the visits of a day in order; a rig belongs to the first visit to its place, a restow to the last of the day.

    A module rigged ahead, with other work between, is a visit of its own without strips.
    """
    groups = [(place, tuple(own)) for place, own in itertools.groupby(lines, key=lambda line: line.place.id)]
    restow = next((banner for banner in day.banners if banner.text == RESTOW), None)
    came_from = ""
    for at, (place, own) in enumerate(groups):
        rig = next((one for one in day.banners if one.text == f"{RIG}{own[0].place.name}"), None)
        is_first = place not in [other for other, _ in groups[:at]]
        is_ahead = rig is not None and is_first and _is_ahead(rig, day, own)
        if is_ahead:
            yield _Visit(
                place=own[0].place.name, strips=(), rig=rig, rigged=rig, restow=None, is_last=False, came_from=came_from
            )
            came_from = own[0].place.name
        yield _Visit(
            place=own[0].place.name,
            strips=own,
            rig=rig if is_first and not is_ahead else None,
            rigged=rig,
            restow=restow if at == len(groups) - 1 else None,
            is_last=place not in [other for other, _ in groups[at + 1 :]],
            came_from=came_from,
        )
        came_from = own[0].place.name


def _is_ahead(rig: Banner, day: Day, own: Sequence[StripLine]) -> bool:
    """Whether anything else is rigged or shot between a rig and the strips that it is for."""
    first = own[0].strip.start_utc
    others = [*(strip.start_utc for strip in day.strips), *(one.start_utc for one in day.banners if one.text.startswith(RIG))]
    return any(rig.start_utc < start < first for start in others)


def _setup(production: Production, unit: Unit, visit: _Visit, takes: dict[str, TakeData], say: Phrases) -> Setup:
    operators = operators_of(unit)
    steps = [
        *_opening(production, visit, operators, say),
        *(step for line in visit.strips for step in _strip_steps(production, unit, line, takes[line.strip.id], say)),
        *_closing(visit, operators, say),
    ]
    return Setup(
        title=visit.place if visit.strips else say("rigged-ahead", place=visit.place),
        start_utc=steps[0].start_utc,
        strips=tuple(line.strip.id for line in visit.strips),
        steps=tuple(steps),
    )


def _opening(production: Production, visit: _Visit, operators: tuple[str, ...], say: Phrases) -> Iterable[Step]:
    """Fetch the kit and rig, where the module is not rigged yet that day; else only come back to it."""
    props = _props(visit.strips, say)
    if visit.rig is None:
        first = visit.strips[0].strip.start_utc
        rigged = say("do-rigged", clock=clock(visit.rigged.end_utc)) if visit.rigged else say("do-no-rig")
        camera = (say("do-camera-from", place=visit.came_from),) if visit.came_from not in ("", visit.place) else ()
        lines = (rigged, *camera, *props)
        yield Step(kind="move", start_utc=first, end_utc=None, who=operators, where=visit.place, lines=lines)
        return
    fetched = (say("do-camera-free", place=visit.came_from),) if visit.came_from else _fetched(production, say)
    start = visit.rig.start_utc
    yield Step(
        kind="stow",
        start_utc=start,
        end_utc=None,
        who=operators,
        where=visit.place,
        lines=(*fetched, *props),
    )
    mounts = (say("do-mounts"),)
    yield Step(kind="rig", start_utc=start, end_utc=visit.rig.end_utc, who=operators, where=visit.place, lines=mounts)


def _fetched(production: Production, say: Phrases) -> tuple[str, ...]:
    """Say what the first rig of a day fetches, bag by bag; clothes, props and what copies are made with wait for their time."""
    items = [item for item in production.kit.items if item.kind not in ("data", "wardrobe", "prop")]
    return tuple(_fetch(own) for own in _by_bag(items)) or (say("do-fetch"),)


def _by_bag(items: Sequence[KitItem]) -> list[tuple[KitItem, ...]]:
    """Group kit by bag, each in the order of its kinds."""
    rank = {kind: n for n, kind in enumerate(KIT_KINDS)}
    ranked = sorted(items, key=lambda item: rank[item.kind])
    bags = dict.fromkeys((item.bag, item.module) for item in ranked)
    return [tuple(item for item in ranked if (item.bag, item.module) == bag) for bag in bags]


def _fetch(items: Sequence[KitItem]) -> str:
    names = "; ".join(item.name if item.count == 1 else f"{item.count} × {item.name}" for item in items)
    where = ", ".join(word for word in (items[0].bag, items[0].module) if word)
    return f"{where}: {names}" if where else names


def _props(lines: Sequence[StripLine], say: Phrases) -> tuple[str, ...]:
    named = dict.fromkeys(element.name for line in lines for element in line.scene.elements if element.category != "cast")
    return (say("do-props", things="; ".join(named)),) if named else ()


def _strip_steps(production: Production, unit: Unit, line: StripLine, take: TakeData, say: Phrases) -> Iterable[Step]:
    strip = line.strip
    who, where = needed_aboard(production, unit, strip), line.place.name
    if strip.start_utc < strip.roll_utc:
        text = f"{_named(line, say)}: {say.why(line.asked) if line.asked else say('any-light')}"
        yield Step(kind="lights", start_utc=strip.start_utc, end_utc=strip.roll_utc, who=who, where=where, lines=(text,))
    lines = (*_headed(line, say), *_window(line, say), _recorded(line, take, say))
    yield Step(kind="take", start_utc=strip.roll_utc, end_utc=strip.cut_utc, who=who, where=where, lines=lines)
    if strip.cut_utc < strip.end_utc:
        lines = (say("do-reset"),)
        yield Step(kind="reset", start_utc=strip.cut_utc, end_utc=strip.end_utc, who=who, where=where, lines=lines)


def _named(line: StripLine, say: Phrases) -> str:
    part = f", {part_words(line, say)}" if line.part else ""
    return f"{line.number} {line.set}{part}"


def _headed(line: StripLine, say: Phrases) -> tuple[str, ...]:
    cast = f" · {say('take-cast', cast=line.cast_text)}" if line.cast_text else ""
    return (f"{_named(line, say)}{cast}", *((line.synopsis,) if line.synopsis else ()))


def _window(line: StripLine, say: Phrases) -> tuple[str, ...]:
    window = line.strip.window
    if window is None:
        return ()
    span = f"{clock_s(window.open_utc)}-{clock_s(window.close_utc)} UTC"

    def times(one: Phrases) -> str:
        return f"{span} {edge_words(window, one)}{'' if window.firm else ', ' + one('take-wait')}"

    return (say("take-window", times=times, roll=clock_s(line.strip.roll_utc), cut=clock_s(line.strip.cut_utc)),)


def _recorded(line: StripLine, take: TakeData, say: Phrases) -> str:
    shot = shot_of(line.scene, line.strip)
    timed = shot is not None and (shot.light.is_pass_bound or shot.take_s is not None)
    return say(
        "take-records" if timed else "take-records-about",
        length=lambda one: length_text(take.seconds, one),
        cards=", ".join(card_name(card) for card in take.cards),
        size=lambda one: one("gigabytes", size=f"{take.gb:.0f}"),
    )


def card_name(card: int) -> str:
    """Name a card as its label does.

    >>> card_name(7)
    'C07'
    """
    return f"C{card:02d}"


def size_text(gb: float, say: Phrases = ENGLISH) -> str:
    """Write an amount of data, 1 TB = 1000 GB.

    >>> size_text(30750.0), size_text(68.4)
    ('30.75 TB', '68 GB')
    """
    say = say.figures
    if gb < 1000:
        return say("gigabytes", size=f"{gb:.0f}")
    text = f"{gb / 1000:.4g}"
    return say("terabytes", size=text.replace(".", ",") if say.is_russian else text)


def length_text(seconds: int, say: Phrases = ENGLISH) -> str:
    """Write a length of picture.

    >>> length_text(90), length_text(45), length_text(15870)
    ('1 min 30 s', '45 s', '4 h 25 min')
    """
    say = say.figures
    if seconds < 3600:
        minutes, rest = divmod(seconds, 60)
        whole = [say("minutes", minutes=minutes)] if minutes else []
        return " ".join([*whole, *([say("seconds", seconds=rest)] if rest or not minutes else [])])
    hours, minutes = divmod((seconds + 30) // 60, 60)
    return say("hours-minutes", hours=hours, minutes=f"{minutes:02d}")


def _closing(visit: _Visit, operators: tuple[str, ...], say: Phrases) -> Iterable[Step]:
    """Put back, where the camera does not come back to the module that day."""
    if not visit.is_last:
        return
    start, end = (visit.restow.start_utc, visit.restow.end_utc) if visit.restow else (visit.strips[-1].strip.end_utc, None)
    lines = (say("do-restow"),)
    yield Step(kind="restow", start_utc=start, end_utc=end, who=operators, where=visit.place, lines=lines)


def _walk(walk: Outing, say: Phrases) -> Setup:
    """A spacewalk as a setup of its own: suits, outside, back."""
    times: tuple[tuple[Kind, datetime, datetime, str], ...] = (
        ("suits", walk.suits_utc, walk.out_utc, "airlock"),
        ("outside", walk.out_utc, walk.in_utc, "outside"),
        ("back", walk.in_utc, walk.back_utc, "airlock"),
    )
    steps = tuple(
        Step(kind=kind, start_utc=start, end_utc=end, who=walk.pair, where=where, lines=(say(f"do-{kind}"),))
        for kind, start, end, where in times
        if start < end
    )
    title = say("spacewalk", number=walk.number)
    return Setup(title=title, start_utc=walk.suits_utc, strips=(), steps=steps)


def day_title(day: ProcedureDay, of: int, phrases: Phrases = ENGLISH) -> str:
    """Name a crew day for its page."""
    on = day.day.date
    return phrases.first(
        "flight-day-title",
        number=day.day.number,
        of=of,
        flight=day.flight_day,
        date=phrases.first.short_date(on),
        year=on.year,
    )


def crew_key(unit: Unit) -> tuple[tuple[str, str, str], ...]:
    """Return who the ids in a procedure are: id, name, duty."""
    return tuple((member.id, member.name, member.duty) for member in unit.station.crew) if unit.station else ()
