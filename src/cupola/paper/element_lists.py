"""Element reports and the lists of scenes, cast, locations and props, as tables of words ready to be set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cupola.model import ANY_LIGHT, Board, Production, Scene, pages_text
from cupola.paper.colours import StripColour, colours_of, strip_colour
from cupola.paper.elements import CAST, PLACES, ElementUse, categories_of, element_uses
from cupola.paper.strips import days_of_unit
from cupola.paper.wording import count_text, short_date

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
    none: str = "None."


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


def element_report(production: Production, board: Board) -> Listing:
    """Return every element of every category, with its scenes, pages and days."""
    uses, numbers = element_uses(production, board), day_numbers(board)
    sections = (_uses(category, [use for use in uses if use.category == category], numbers) for category in categories_of(uses))
    return Listing(what="element report", sections=tuple(sections))


def prop_list(production: Production, board: Board) -> Listing:
    """Return the props with their scenes, pages and days."""
    uses = [use for use in element_uses(production, board) if use.category == "prop"]
    section = _uses("prop", uses, day_numbers(board), none="No scene notes a prop: write [[prop: name]] into the script.")
    return Listing(what="prop list", sections=(section,))


def _uses(category: str, uses: Sequence[ElementUse], numbers: Numbers, *, none: str = "None.") -> Section:
    return Section(
        title=category.capitalize(),
        note=count_text(len(uses), "entry").replace("entrys", "entries"),
        head=("No", category.capitalize(), "Scenes", "Pages", "Days", "First", "Last", "On shooting days"),
        widths=(8, 1.0, 1.2, 14, 10, 18, 18, 1.0),
        right=frozenset({3, 4}),
        bold=1,
        rows=tuple(
            Row(
                cells=(
                    use.number or str(n),
                    use.name,
                    f"{len(use.scenes)}: {', '.join(use.scenes)}",
                    pages_text(use.eighths),
                    str(len(use.days)),
                    short_date(use.first) if use.first else "",
                    short_date(use.last) if use.last else "",
                    days_text(use.days, numbers),
                ),
                warn=not use.days,
            )
            for n, use in enumerate(uses, 1)
        ),
        none=none,
    )


def day_numbers(board: Board) -> Numbers:
    """Return the number of each shooting day by unit and date."""
    return {(day.unit, day.date): day.number for day in board.days}


def days_text(days: Iterable[tuple[str, object]], numbers: Numbers) -> str:
    """Write shooting days unit by unit, runs as spans; `on no day` where there are none.

    >>> days_text([("main", 1), ("main", 2), ("orbit", 2)], {("main", 1): 4, ("main", 2): 5, ("orbit", 2): 9})
    'main 4-5; orbit 9'
    """
    units: dict[str, list[int]] = {}
    for unit, day in days:
        units.setdefault(unit, []).append(numbers[unit, day])
    return "; ".join(f"{unit} {_spans(sorted(found))}" for unit, found in units.items()) or "on no day"


def _spans(numbers: Sequence[int]) -> str:
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)


def scene_list(production: Production, board: Board) -> Listing:
    """Return every scene in script order: heading, length, cast, place, and the days it is shot on."""
    numbers, colours = day_numbers(board), colours_of(production)
    shot: dict[str, list[tuple[str, object]]] = {}
    for day in board.days:
        for strip in day.strips:
            shot.setdefault(strip.scene, []).append((day.unit, day.date))
    ids = {member.id: str(member.board_id) for member in production.cast}
    rows = [_scene(production, scene, shot.get(scene.number, []), numbers, ids, colours) for scene in production.script.scenes]
    total = pages_text(sum(scene.eighths for scene in production.script.scenes))
    section = Section(
        head=("Scene", "I/E", "Set", "D/N", "Day", "Pages", "Cast", "Place", "Shot on", "Synopsis"),
        widths=(14, 10, 1.3, 28, 11, 13, 26, 34, 34, 1.5),
        right=frozenset({5}),
        rows=tuple(rows),
        total=("", "", count_text(len(rows), "scene"), "", "", total, "", "", "", ""),
    )
    return Listing(what="scene list", sections=(section,), lying=True)


def _scene(
    production: Production,
    scene: Scene,
    days: Sequence[tuple[str, object]],
    numbers: Numbers,
    ids: Mapping[str, str],
    colours: Mapping[str, StripColour],
) -> Row:
    place = production.place_for(scene.number)
    light = scene.shots[0].light if scene.shots else ANY_LIGHT
    cast = sorted(scene.cast, key=lambda name: (int(ids.get(name, 10**6)), name))
    return Row(
        cells=(
            scene.number,
            scene.int_ext,
            scene.place_words,
            scene.time_of_day,
            scene.script_day + ("?" if scene.script_day and scene.script_day_guessed else ""),
            pages_text(scene.eighths),
            ", ".join(ids.get(name, name) for name in cast),
            place.name,
            days_text(dict.fromkeys(days), numbers),
            scene.synopsis,
        ),
        colour=strip_colour(scene, light, aboard=production.unit(place.unit).is_orbit, table=colours),
        warn=not days,
    )


def cast_list(production: Production, board: Board) -> Listing:
    """Return the cast by board number: who plays, in which scenes, from when to when."""
    uses = {use.name: use for use in element_uses(production, board) if use.category == CAST}
    numbers = day_numbers(board)
    named = any(member.name for member in production.cast)
    rows = [
        _member((str(member.board_id), member.id, *((member.name,) if named else ())), uses.get(member.id), numbers)
        for member in sorted(production.cast, key=lambda member: member.board_id)
    ]
    known = {member.id for member in production.cast}
    rows += [_member(("", use.name, *(("",) if named else ())), use, numbers) for use in uses.values() if use.name not in known]
    section = Section(
        head=("No", "Role", *(("Played by, or who it is",) if named else ()), "Scenes", "Pages", "Days", "First", "Last", "On"),
        widths=(8, 30, *((1.0,) if named else ()), 1.2, 13, 10, 17, 17, 1.0),
        right=frozenset({4, 5} if named else {3, 4}),
        bold=1,
        rows=tuple(rows),
        none="No scene has a speaking part.",
    )
    return Listing(what="cast list", sections=(section,))


def _member(head: tuple[str, ...], use: ElementUse | None, numbers: Numbers) -> Row:
    if use is None:
        return Row(cells=(*head, "none", "", "", "", "", ""))
    first, last = (short_date(day) if day else "" for day in (use.first, use.last))
    scenes = f"{len(use.scenes)}: {', '.join(use.scenes)}"
    cells = (*head, scenes, pages_text(use.eighths), str(len(use.days)), first, last, days_text(use.days, numbers))
    return Row(cells=cells, warn=not use.days)


def location_list(production: Production, board: Board) -> Listing:
    """Return the places unit by unit: where they are, their sets, their scenes and the days they are needed."""
    uses = {use.name: use for use in element_uses(production, board) if use.category == PLACES}
    sections = [
        _places(
            production,
            unit.id,
            uses,
            day_numbers(board),
            f"Unit {unit.id}",
            count_text(len(days_of_unit(board, unit.id)), "shooting day"),
        )
        for unit in production.units
    ]
    return Listing(what="location list", sections=tuple(trimmed(section) for section in sections if section.rows), lying=True)


def _places(
    production: Production, unit: str, uses: Mapping[str, ElementUse], numbers: Numbers, title: str, note: str
) -> Section:
    where = dict(production.place_of)
    rows = []
    for place in production.places:
        use = uses.get(place.name)
        if place.unit != unit or use is None:
            continue
        sets = dict.fromkeys(s.place_words for s in production.script.scenes if where[s.number] == place.id)
        own = [day for day in use.days if day[0] == unit]
        told = (place.address, place.parking and f"parking: {place.parking}", place.hospital and f"hospital: {place.hospital}")
        rows.append(
            Row(
                cells=(
                    place.name,
                    place.hub,
                    "" if production.unit(unit).is_orbit else f"{place.lat_deg:.4f}, {place.lon_deg:.4f}",
                    "; ".join(text for text in told if text),
                    "; ".join(sets),
                    f"{len(use.scenes)}: {', '.join(use.scenes)}",
                    pages_text(use.eighths),
                    days_text(own, numbers),
                ),
                warn=not own,
            )
        )
    return Section(
        title=title,
        note=note,
        head=("Place", "Hub", "North, east", "Address", "Sets", "Scenes", "Pages", "Shooting days"),
        widths=(40, 24, 30, 34, 1.4, 1.2, 13, 28),
        right=frozenset({6}),
        rows=tuple(rows),
    )


LISTINGS: Mapping[str, Callable[[Production, Board], Listing]] = {
    "elements": element_report,
    "scenes": scene_list,
    "cast": cast_list,
    "locations": location_list,
    "props": prop_list,
}
"""Every list by the name that people call it."""
