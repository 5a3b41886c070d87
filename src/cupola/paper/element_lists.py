"""Element reports and the lists of scenes, cast, locations and props, as tables of words ready to be set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from cupola.model import ANY_LIGHT, Board, Production, Scene, pages_text
from cupola.paper.callsheet_words import timing, unit_words
from cupola.paper.colours import StripColour, colours_of, strip_colour
from cupola.paper.elements import CAST, PLACES, ElementUse, categories_of, element_uses
from cupola.paper.pdf_strips import category_words
from cupola.paper.phrases import ENGLISH, Phrases
from cupola.paper.strips import days_of_unit

Width = int | float | None
"""Of a column: whole millimetres, a share of what is left (a float), or what its text takes (None)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of a list; `colour` is that of its first cell, `warn` marks one that needs somebody."""

    cells: tuple[str, ...]
    colour: StripColour | None = None
    warn: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A table under a title; `bold` is the column that is read first, `total` a last row, `none` what an empty one says."""

    title: str = ""
    note: str = ""
    head: tuple[str, ...]
    widths: tuple[Width, ...]
    rows: tuple[Row, ...]
    right: frozenset[int] = frozenset()
    bold: int = 0
    total: tuple[str, ...] = ()
    none: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A document made of tables; `lying` pages are wider than high."""

    what: str
    sections: tuple[Section, ...]
    intro: tuple[str, ...] = ()
    lying: bool = False


def trimmed(section: Section) -> Section:
    """Return a table without the columns in which no row says anything."""
    kept = [n for n in range(len(section.head)) if any(row.cells[n] for row in section.rows)]
    return replace(
        section,
        head=tuple(section.head[n] for n in kept),
        widths=tuple(section.widths[n] for n in kept),
        right=frozenset(at for at, n in enumerate(kept) if n in section.right),
        bold=kept.index(section.bold) if section.bold in kept else 0,
        rows=tuple(replace(row, cells=tuple(row.cells[n] for n in kept)) for row in section.rows),
        total=tuple(section.total[n] for n in kept) if section.total else (),
    )


Numbers = Mapping[tuple[str, object], int]
"""The number of a shooting day by unit and date."""


def element_report(production: Production, board: Board, phrases: Phrases = ENGLISH) -> Listing:
    """Return every element of every category, with its scenes, pages and days."""
    uses, numbers = element_uses(production, board), day_numbers(board)
    sections = (
        _uses(category, [use for use in uses if use.category == category], numbers, phrases) for category in categories_of(uses)
    )
    return Listing(what=phrases("element-report"), sections=tuple(sections))


def prop_list(production: Production, board: Board, phrases: Phrases = ENGLISH) -> Listing:
    """Return the props with their scenes, pages and days."""
    uses = [use for use in element_uses(production, board) if use.category == "prop"]
    section = replace(_uses("prop", uses, day_numbers(board), phrases), none=phrases("no-prop"))
    return Listing(what=phrases("prop-list"), sections=(section,))


def _uses(category: str, uses: Sequence[ElementUse], numbers: Numbers, say: Phrases) -> Section:
    title = category_words(category, say)
    return Section(
        title=title,
        note=say.count(len(uses), "entry"),
        head=(
            say("no"),
            title,
            say("in-scenes"),
            length_head(say),
            say("days"),
            say("first-day"),
            say("last-day"),
            say("on-days"),
        ),
        widths=(8, 1.1, 1.2, 14, 12, 20, 20, 1.0),
        right=frozenset({3, 4}),
        bold=1,
        rows=tuple(
            Row(
                cells=(
                    use.number or str(n),
                    use.name,
                    scenes_text(use.scenes),
                    length_words(use.eighths, say),
                    str(len(use.days)),
                    say.first.short_date(use.first) if use.first else "",
                    say.first.short_date(use.last) if use.last else "",
                    days_text(use.days, numbers, say),
                ),
                warn=not use.days,
            )
            for n, use in enumerate(uses, 1)
        ),
        none=say("none"),
    )


MANY = 4
"""More scenes than so many are counted behind their numbers."""


def scenes_text(scenes: Sequence[str]) -> str:
    """Write the numbers of scenes, and how many they are where nobody counts them at a glance.

    >>> scenes_text(["4", "5A"]), scenes_text(["1", "2", "3", "4", "5"])
    ('4, 5A', '1, 2, 3, 4, 5 (5)')
    """
    return ", ".join(scenes) + (f" ({len(scenes)})" if len(scenes) > MANY else "")


def length_head(say: Phrases) -> str:
    """Head the column of lengths: pages, in the Russian layout time on the screen."""
    return say("timing" if say.is_russian else "pages")


def length_words(eighths: int, say: Phrases) -> str:
    """Write how long something is on the page, in the Russian layout on the screen."""
    return timing(eighths) if say.is_russian else pages_text(eighths)


def day_numbers(board: Board) -> Numbers:
    """Return the number of each shooting day by unit and date."""
    return {(day.unit, day.date): day.number for day in board.days}


def days_text(days: Iterable[tuple[str, object]], numbers: Numbers, say: Phrases = ENGLISH) -> str:
    """Write shooting days unit by unit, runs as spans; `on no day` where there are none.

    >>> days_text([("main", 1), ("main", 2), ("orbit", 2)], {("main", 1): 4, ("main", 2): 5, ("orbit", 2): 9})
    'main 4-5; orbit 9'
    """
    units: dict[str, list[int]] = {}
    for unit, day in days:
        units.setdefault(unit, []).append(numbers[unit, day])
    return "; ".join(f"{unit} {_spans(sorted(found))}" for unit, found in units.items()) or say("no-day")


def _spans(numbers: Sequence[int]) -> str:
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)


def scene_list(production: Production, board: Board, phrases: Phrases = ENGLISH) -> Listing:
    """Return every scene in script order: heading, length, cast, place, and the days it is shot on."""
    numbers, colours = day_numbers(board), colours_of(production)
    shot: dict[str, list[tuple[str, object]]] = {}
    for day in board.days:
        for strip in day.strips:
            shot.setdefault(strip.scene, []).append((day.unit, day.date))
    ids = {member.id: str(member.board_id) for member in production.cast}
    say = phrases
    rows = [
        _scene(production, scene, shot.get(scene.number, []), numbers, ids, colours, say) for scene in production.script.scenes
    ]
    total = length_words(sum(scene.eighths for scene in production.script.scenes), say)
    section = Section(
        head=(
            say("scene"),
            say("ie"),
            say("set"),
            say("dn"),
            say("script-day-short"),
            length_head(say),
            say("cast-ids"),
            say("place"),
            say("shot-on"),
            say("synopsis"),
        ),
        widths=(14, 10, 1.3, 28, 11, 13, 26, 34, 34, 1.5),
        right=frozenset({5}),
        rows=tuple(rows),
        total=("", "", say.count(len(rows), "scene"), "", "", total, "", "", "", ""),
    )
    return Listing(what=say("scene-list"), sections=(section,), lying=True)


def _scene(
    production: Production,
    scene: Scene,
    days: Sequence[tuple[str, object]],
    numbers: Numbers,
    ids: Mapping[str, str],
    colours: Mapping[str, StripColour],
    say: Phrases,
) -> Row:
    place = production.place_for(scene.number)
    light = scene.shots[0].light if scene.shots else ANY_LIGHT
    cast = sorted(scene.cast, key=lambda name: (int(ids.get(name, 10**6)), name))
    return Row(
        cells=(
            scene.number,
            say.word("ie", scene.int_ext),
            scene.place_words,
            scene.time_of_day,
            scene.script_day + ("?" if scene.script_day and scene.script_day_guessed else ""),
            length_words(scene.eighths, say),
            ", ".join(ids.get(name, name) for name in cast),
            place.name,
            days_text(dict.fromkeys(days), numbers, say),
            scene.synopsis,
        ),
        colour=strip_colour(scene, light, aboard=production.unit(place.unit).is_orbit, table=colours),
        warn=not days,
    )


def cast_list(production: Production, board: Board, phrases: Phrases = ENGLISH) -> Listing:
    """Return the cast by board number: who plays, in which scenes, from when to when."""
    uses = {use.name: use for use in element_uses(production, board) if use.category == CAST}
    numbers = day_numbers(board)
    say, named = phrases, any(member.name for member in production.cast)
    rows = [
        _member((str(member.board_id), member.id, *((member.name,) if named else ())), uses.get(member.id), numbers, say)
        for member in sorted(production.cast, key=lambda member: member.board_id)
    ]
    known = {member.id for member in production.cast}
    rows += [
        _member(("", use.name, *(("",) if named else ())), use, numbers, say) for use in uses.values() if use.name not in known
    ]
    section = Section(
        head=(
            say("no"),
            say("role"),
            *((say("played-by-or-is"),) if named else ()),
            say("in-scenes"),
            length_head(say),
            say("days"),
            say("first-day"),
            say("last-day"),
            say("on-days"),
        ),
        widths=(8, 30, *((1.0,) if named else ()), 1.2, 13, 12, 20, 20, 1.0),
        right=frozenset({4, 5} if named else {3, 4}),
        bold=1,
        rows=tuple(rows),
        none=say("no-cast-at-all"),
    )
    return Listing(what=say("cast-list"), sections=(section,))


def _member(head: tuple[str, ...], use: ElementUse | None, numbers: Numbers, say: Phrases) -> Row:
    if use is None:
        return Row(cells=(*head, say("none"), "", "", "", "", ""))
    first, last = (say.first.short_date(day) if day else "" for day in (use.first, use.last))
    length, days = length_words(use.eighths, say), days_text(use.days, numbers, say)
    cells = (*head, scenes_text(use.scenes), length, str(len(use.days)), first, last, days)
    return Row(cells=cells, warn=not use.days)


def location_list(production: Production, board: Board, phrases: Phrases = ENGLISH) -> Listing:
    """Return the places unit by unit: where they are, their sets, their scenes and the days they are needed."""
    uses = {use.name: use for use in element_uses(production, board) if use.category == PLACES}
    sections = [
        _places(
            production,
            unit.id,
            uses,
            day_numbers(board),
            phrases.count(len(days_of_unit(board, unit.id)), "shooting-day"),
            phrases,
        )
        for unit in production.units
    ]
    kept = tuple(trimmed(section) for section in sections if section.rows)
    return Listing(what=phrases("location-list"), sections=kept, lying=True)


def _places(
    production: Production, unit: str, uses: Mapping[str, ElementUse], numbers: Numbers, note: str, say: Phrases
) -> Section:
    where = dict(production.place_of)
    rows = []
    for place in production.places:
        use = uses.get(place.name)
        if place.unit != unit or use is None:
            continue
        sets = dict.fromkeys(s.place_words for s in production.script.scenes if where[s.number] == place.id)
        own = [day for day in use.days if day[0] == unit]
        told = (
            place.address,
            place.parking and say("parking-at", place=place.parking),
            place.hospital and say("hospital-at", place=place.hospital),
        )
        rows.append(
            Row(
                cells=(
                    place.name,
                    place.hub,
                    "" if production.unit(unit).is_orbit else f"{place.lat_deg:.4f}, {place.lon_deg:.4f}",
                    "; ".join(text for text in told if text),
                    "; ".join(sets),
                    scenes_text(use.scenes),
                    length_words(use.eighths, say),
                    days_text(own, numbers, say),
                ),
                warn=not own,
            )
        )
    return Section(
        title=unit_words(production.unit(unit), say),
        note=note,
        head=(
            say("place"),
            say("hub"),
            say("north-east"),
            say("address"),
            say("sets"),
            say("in-scenes"),
            length_head(say),
            say("shooting-days"),
        ),
        widths=(40, 24, 30, 34, 1.4, 1.2, 13, 28),
        right=frozenset({6}),
        rows=tuple(rows),
    )


class Lister(Protocol):
    """What makes a list in a language."""

    def __call__(self, production: Production, board: Board, phrases: Phrases = ENGLISH, /) -> Listing: ...


LISTINGS: Mapping[str, Lister] = {
    "elements": element_report,
    "scenes": scene_list,
    "cast": cast_list,
    "locations": location_list,
    "props": prop_list,
}
"""Every list by the name that people call it."""
