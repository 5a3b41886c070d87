"""The stripboard, the one-liner, the shooting schedule and the breakdown sheets as PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cupola.model import ANY_LIGHT, Board, Production
from cupola.paper.breakdown_sheet import BreakdownSheet, Takes, breakdown_sheets
from cupola.paper.callsheet_words import timing, unit_words
from cupola.paper.colours import StripColour, colours_of, strip_colour
from cupola.paper.oneliner import OneLinerDay, one_liner
from cupola.paper.pdf import Sheet, Standard, compiled, span_of
from cupola.paper.pdf_strips import banner_values, but_meals, category_words, day_values, rows_of, strip_values
from cupola.paper.phrases import ENGLISH, Phrases
from cupola.paper.stripboard import BannerRow, BoardDay, StripRow, UnitBoard, unit_boards
from cupola.paper.strips import StripLine

CAST = "cast"
BOXES = (
    "background",
    "stunt",
    "prop",
    "set dressing",
    "wardrobe",
    "makeup",
    "vehicle",
    "animal",
    "sfx",
    "vfx",
    "sound",
    "special equipment",
)
"""Boxes that every breakdown sheet has, in their order; what is empty is left for the hand."""


def stripboard_pdf(
    production: Production,
    board: Board,
    *,
    table: Mapping[str, StripColour] | None = None,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the stripboard of every unit as a tagged PDF, lying pages, strips in the colours of `table`, else the film's."""
    values = {
        "film": production.title,
        "board": board.title,
        "units": [_unit(unit, phrases) for unit in unit_boards(production, board, table=table)],
        "boneyard": ", ".join(board.boneyard),
    }
    title = f"{production.title}, {phrases('stripboard').casefold()}"
    return compiled("stripboard.typ", title, board, paper, standards, values, phrases)


def _unit(unit: UnitBoard, say: Phrases) -> dict[str, Any]:
    rows = [row for day in unit.days for row in day.rows if isinstance(row, StripRow)]
    return {
        "title": unit_words(unit.unit, say),
        "others": any(row.others for row in rows),
        "lit": any(row.line.strip.window for row in rows),
        "columns": [{"number": column.number, "role": column.role} for column in unit.columns],
        "days": [_day(day, unit, say) for day in unit.days],
    }


def _day(day: BoardDay, unit: UnitBoard, say: Phrases) -> dict[str, Any]:
    week = ""
    if day.week is not None:
        week = f"{say('week-end', number=day.week.number)} · {say.count(day.week.days, 'day')}"
    return {**day_values(day.head, say), "rows": [_row(row, unit, day.head.tz, say) for row in day.rows], "week": week}


def _row(row: StripRow | BannerRow, unit: UnitBoard, tz: str, say: Phrases) -> dict[str, Any]:
    if isinstance(row, BannerRow):
        return banner_values(row.banner, tz, say)
    return {
        **strip_values(row.line, tz, say),
        "columns": [column.number if on else "" for column, on in zip(unit.columns, row.in_columns, strict=True)],
        "others": ", ".join(row.others),
    }


def one_liner_pdf(
    production: Production,
    board: Board,
    *,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the one-liner of a board as a tagged PDF; typst proves the `standards` asked for."""

    def day(line: OneLinerDay) -> dict[str, Any]:
        return {**day_values(line, phrases), "strips": rows_of(line.strips, but_meals(line), line.tz, phrases)}

    values = _by_unit(production, board, phrases, day)
    title = f"{production.title}, {phrases('one-liner').casefold()}"
    return compiled("one_liner.typ", title, board, paper, standards, values, phrases)


def shooting_schedule_pdf(
    production: Production,
    board: Board,
    *,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the shooting schedule as a tagged PDF: the one-liner with everything that each scene needs."""

    def day(line: OneLinerDay) -> dict[str, Any]:
        def strip(each: StripLine) -> dict[str, Any]:
            return {**strip_values(each, line.tz, phrases), "lists": _needs(production, each, phrases)}

        return {**day_values(line, phrases), "strips": rows_of(line.strips, but_meals(line), line.tz, phrases, write=strip)}

    values = _by_unit(production, board, phrases, day)
    title = f"{production.title}, {phrases('shooting-schedule').casefold()}"
    return compiled("shooting_schedule.typ", title, board, paper, standards, values, phrases)


def _by_unit(production: Production, board: Board, say: Phrases, day: Any) -> dict[str, Any]:
    lines = one_liner(production, board)
    units = dict.fromkeys(line.unit.id for line in lines.days)
    return {
        "film": lines.title,
        "board": lines.board,
        "span": span_of(board, say),
        "units": [
            {
                "title": unit_words(production.unit(unit), say),
                "days": [day(line) for line in lines.days if line.unit.id == unit],
            }
            for unit in units
        ],
        "boneyard": ", ".join(lines.boneyard),
    }


def _needs(production: Production, line: StripLine, say: Phrases) -> list[dict[str, str]]:
    """Return who plays, where, and every element of a scene by category."""
    numbers = {member.id: str(member.board_id) for member in production.cast}
    boxes: dict[str, list[str]] = {}
    if line.strip.cast:
        ranked = sorted(line.strip.cast, key=lambda name: (int(numbers.get(name, 10**6)), name))
        boxes[CAST] = [f"{numbers[name]}. {name}" if name in numbers else name for name in ranked]
    boxes["location"] = [line.place.name]
    for element in line.scene.elements:
        if element.category != CAST:
            boxes.setdefault(element.category, []).append(element.name)
    return [{"title": category_words(box, say), "things": ", ".join(things)} for box, things in boxes.items()]


def breakdown_pdf(
    production: Production,
    board: Board,
    *,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return a breakdown sheet for every scene as a tagged PDF, one page for each where it fits."""
    sheets = breakdown_sheets(production, board)
    values = {
        "film": production.title,
        "board": board.title,
        "sheets": [_sheet(production, sheet, len(sheets), phrases) for sheet in sheets],
    }
    title = f"{production.title}, {phrases('breakdown').casefold()}"
    return compiled("breakdown.typ", title, board, paper, standards, values, phrases)


def _sheet(production: Production, sheet: BreakdownSheet, of: int, say: Phrases) -> dict[str, Any]:
    scene = sheet.scene
    light = scene.shots[0].light if scene.shots else ANY_LIGHT
    colour = strip_colour(scene, light, aboard=production.unit(sheet.unit).is_orbit, table=colours_of(production))
    found = {box.category: list(box.things) for box in sheet.lists}
    names = [*BOXES, *(name for name in found if name not in BOXES)]
    return {
        "number": say("sheet-of", number=sheet.number, of=of),
        "scene": say("scene-number", number=scene.number),
        "heading": scene.heading,
        "fill": colour.fill,
        "ink": colour.ink,
        "pages": timing(scene.eighths) if say.is_russian else sheet.pages,
        "page": str(scene.page),
        "day": scene.script_day + ("?" if scene.script_day and scene.script_day_guessed else ""),
        "minutes": say.first("minutes", minutes=sheet.minutes),
        "place": sheet.place.name,
        "unit": sheet.unit,
        "line": str(scene.line),
        "days": "; ".join(
            say.first("unit-day", unit=day.unit, number=day.number, date=say.first.short_date(day.date)) for day in sheet.days
        ),
        "synopsis": scene.synopsis,
        "cast": [list(pair) for pair in sheet.cast],
        "shots": [[shot.shot, _light(shot, say), _takes(shot, say)] for shot in sheet.shots],
        "lists": [{"title": category_words(name, say), "things": found.get(name, [])} for name in names],
    }


def _light(shot: Takes, say: Phrases) -> str:
    return say("any-light") if shot.light.is_any else say.why(str(shot.light))


def _takes(shot: Takes, say: Phrases) -> str:
    count = say.count(shot.takes, "take")
    if shot.take_s is not None:
        return say("takes-of", takes=say.first.count(shot.takes, "take"), seconds=shot.take_s)
    return count if shot.takes > 1 else ""
