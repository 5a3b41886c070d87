"""The stripboard as HTML: strips in their colours, a bar for each day, the light window on each strip."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cupola.model import Banner, Board, Production, Unit
from cupola.paper.colours import STRIP_COLOURS, StripColour
from cupola.paper.markup import Child, Markup, el, join
from cupola.paper.oneliner import OneLinerDay, one_liner_day
from cupola.paper.strips import StripLine, days_of_unit, slug
from cupola.paper.wording import clock, clock_s, count_text, date_text, edge_text

HEAD = ("Scene", "I/E", "Set", "D/N", "Pages", "Cast", "Time", "Light")


def board_html(production: Production, board: Board) -> Markup:
    """Return the board, unit by unit and day by day, and the strips that stand on no day."""
    units = [_unit(production, board, unit) for unit in production.units if days_of_unit(board, unit.id)]
    return join([units, _boneyard(production, board), _omitted(board)])


def colour_css(table: Mapping[str, StripColour] = STRIP_COLOURS) -> str:
    """Return the style of every strip colour of a table."""
    return "\n".join(f".{colour_class(c.key)}{{background:{c.fill};color:{c.ink}}}" for c in table.values())


def colour_class(key: str) -> str:
    """Return the class of a strip colour.

    >>> colour_class("EXT NIGHT")
    'k-ext-night'
    """
    return "k-" + re.sub(r"[^a-z0-9]+", "-", key.casefold())


def colour_key(board_keys: set[str]) -> Markup:
    """Return the key to the strip colours that a board uses, in the table's order."""
    items = [el("li", el("i", class_=colour_class(key)), key.capitalize()) for key in STRIP_COLOURS if key in board_keys]
    return el("ul", items, class_="key")


def _unit(production: Production, board: Board, unit: Unit) -> Markup:
    days = [one_liner_day(production, board, day) for day in days_of_unit(board, unit.id)]
    keys = {line.colour.key for day in days for line in day.strips}
    widths = [el("col", class_=f"c-{name.casefold().replace('/', '')}") for name in HEAD]
    head = el("thead", el("tr", [el("th", name, scope="col") for name in HEAD]))
    title = unit_title(unit)
    return el(
        "div",
        el("h3", title, el("small", count_text(len(days), "shooting day"))),
        colour_key(keys),
        el("div", el("table", el("colgroup", widths), head, [_day(day) for day in days], class_="board"), class_="wide"),
        class_="unit",
    )


def unit_title(unit: Unit) -> str:
    """Name a unit as people do: Unit main, or Unit orbit aboard ISS."""
    return f"Unit {unit.id}" + (f" aboard {unit.station.station.name}" if unit.station else "")


def _day(day: OneLinerDay) -> Markup:
    strips = [(line.strip.start_utc, 1, _strip(line, day.tz)) for line in day.strips]
    banners = [(banner.start_utc, 0, _banner(banner, day.tz)) for banner in day.day.banners]
    rows = [row for _, _, row in sorted([*strips, *banners], key=lambda mark: mark[:2])]
    return el("tbody", _opening(day), rows, _closing(day), id=f"day-{day.unit.id}-{day.day.number}")


def _opening(day: OneLinerDay) -> Markup:
    number = el("b", f"Day {day.day.number}", el("small", f" of {day.of}"))
    where = " · ".join(day.places)
    times = el("span", f"call {day.call} – wrap {day.wrap} {day.zone}", class_="times")
    return el(
        "tr",
        el("th", number, el("span", day.date, class_="date"), el("span", where), times, colspan=len(HEAD), scope="rowgroup"),
        class_="opening",
    )


def _closing(day: OneLinerDay) -> Markup:
    count = f"{count_text(day.scenes, 'scene')}, {count_text(len(day.strips), 'strip')}"
    text = f"End of day {day.day.number} · {day.date} · {count} · {day.pages} pages"
    return el("tr", el("td", text, colspan=len(HEAD)), class_="closing")


def _banner(banner: Banner, tz: str) -> Markup:
    times = f"{clock(banner.start_utc, tz)}–{clock(banner.end_utc, tz)}"
    cells = [el("td", colspan=2), el("td", banner.text, colspan=4), el("td", times, class_="time"), el("td")]
    return el("tr", cells, class_="banner")


def _strip(line: StripLine, tz: str) -> Markup:
    synopsis = " · ".join(part for part in (line.part, line.synopsis) if part)
    cells = [
        el("th", line.number, class_="scene", scope="row", title=f"script line {line.line}"),
        el("td", "I/E" if "/" in line.int_ext else line.int_ext, class_="ie"),
        el("td", el("b", line.set), el("span", synopsis, class_="synopsis"), class_="set"),
        el("td", line.time_of_day, class_="dn"),
        el("td", line.pages, class_="pages"),
        el("td", line.cast_text, class_="cast"),
        el("td", f"{line.start}–{line.end}", el("span", minutes_text(line.minutes), class_="synopsis"), class_="time"),
        el("td", _light(line, tz), class_="light"),
    ]
    pin = " pinned" if line.strip.pinned else ""
    return el("tr", cells, class_=f"strip {colour_class(line.colour.key)}{pin}", id=slug(line.strip.id))


def minutes_text(minutes: int) -> str:
    """Write a length as hours and minutes.

    >>> minutes_text(45), minutes_text(125)
    ('45 min', '2 h 05')
    """
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d}"


def _light(line: StripLine, tz: str) -> Child:
    """The window, its edges, and the roll in it; the full line stands in the title."""
    strip = line.strip
    if strip.window is None:
        return None
    window = strip.window
    edge = el("em", edge_text(window.edge_s))
    times = f"{clock_s(window.open_utc, tz)}–{clock_s(window.close_utc, tz)} "
    loose = None if window.firm else el("strong", "not firm")
    run = f"roll {clock_s(strip.roll_utc, tz)} · cut {clock_s(strip.cut_utc, tz)}"
    return el(
        "div", el("span", times, edge, loose), _bar(line), el("span", run, class_="run"), title=line.light, class_="window"
    )


def _bar(line: StripLine) -> Markup:
    """The window as a rail, its uncertain edges dashed, roll to cut filled."""
    strip, window = line.strip, line.strip.window
    assert window is not None
    opens, length = window.open_utc, window.length_s
    edge = min(50.0, 100 * window.edge_s / length)
    left = 100 * (strip.roll_utc - opens).total_seconds() / length
    width = max(100 * (strip.cut_utc - strip.roll_utc).total_seconds() / length, 0.8)
    parts = [
        el("rect", x=0, y=3, width=100, height=2, class_="rail"),
        el("rect", x=0, y=0, width=max(edge, 0.4), height=8, class_="edge"),
        el("rect", x=100 - max(edge, 0.4), y=0, width=max(edge, 0.4), height=8, class_="edge"),
        el("rect", x=left, y=1, width=width, height=6, class_="take"),
    ]
    return el("svg", parts, viewBox="0 0 100 8", preserveAspectRatio="none", aria_hidden="true")


def _boneyard(production: Production, board: Board) -> Child:
    if not board.boneyard:
        return None
    items = [el("li", el("b", strip_id), " ", _where(production, strip_id)) for strip_id in board.boneyard]
    return el(
        "div",
        el("h3", "Boneyard", el("small", "strips that stand on no day")),
        el("ul", items, class_="boneyard"),
        class_="unit",
    )


def _omitted(board: Board) -> Child:
    if not board.omitted:
        return None
    items = [
        el("li", el("b", entry.strip.id), f" OMITTED, stood on {date_text(entry.date)} of unit {entry.unit}")
        for entry in board.omitted
    ]
    return el(
        "div",
        el("h3", "Omitted", el("small", "strips of scenes that were cut, until a person takes them off")),
        el("ul", items, class_="boneyard"),
        class_="unit",
    )


def _where(production: Production, strip_id: str) -> str:
    """The heading of the scene that a strip's id begins with; the longest scene number wins."""
    owners = [
        scene
        for scene in production.script.scenes
        if strip_id == scene.number or strip_id.startswith((f"{scene.number}/", f"{scene.number}-"))
    ]
    return max(owners, key=lambda scene: len(scene.number)).heading if owners else ""
