"""The stripboard and the breakdown sheets as PDF, by the same compiler as the other sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cupola.model import ANY_LIGHT, Board, Production
from cupola.paper.breakdown_sheet import BreakdownSheet, breakdown_sheets
from cupola.paper.colours import StripColour, colours_of, strip_colour
from cupola.paper.html_board import unit_title
from cupola.paper.pdf import Sheet, Standard, compiled
from cupola.paper.stripboard import BannerRow, BoardDay, StripRow, UnitBoard, unit_boards


def stripboard_pdf(
    production: Production,
    board: Board,
    *,
    table: Mapping[str, StripColour] | None = None,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the stripboard of every unit as a tagged PDF, lying pages, strips in the colours of `table`, else the film's."""
    values = {
        "film": production.title,
        "board": board.title,
        "units": [_unit(unit) for unit in unit_boards(production, board, table=table)],
        "boneyard": ", ".join(board.boneyard),
    }
    return compiled("stripboard.typ", f"{production.title}, stripboard", board, paper, standards, values)


def _unit(unit: UnitBoard) -> dict[str, Any]:
    return {
        "title": unit_title(unit.unit),
        "others": any(row.others for day in unit.days for row in day.rows if isinstance(row, StripRow)),
        "columns": [{"number": column.number, "role": column.role} for column in unit.columns],
        "days": [_day(day, unit) for day in unit.days],
    }


def _day(day: BoardDay, unit: UnitBoard) -> dict[str, Any]:
    head = day.head
    return {
        "number": str(head.day.number),
        "of": str(head.of),
        "date": head.date,
        "places": " · ".join(head.places),
        "call": head.call,
        "wrap": head.wrap,
        "zone": head.zone,
        "rows": [_row(row, unit) for row in day.rows],
        "end": day.end,
        "week": day.week,
    }


def _row(row: StripRow | BannerRow, unit: UnitBoard) -> dict[str, Any]:
    if isinstance(row, BannerRow):
        return {"text": row.text, "start": row.start, "end": row.end}
    line = row.line
    return {
        "scene": line.number + (f" {line.strip.take}/{line.strip.takes}" if line.strip.takes > 1 else ""),
        "ie": line.int_ext,
        "set": line.set,
        "synopsis": line.synopsis,
        "word": line.time_of_day,
        "pages": line.pages,
        "columns": [column.number if on else "" for column, on in zip(unit.columns, row.in_columns, strict=True)],
        "others": ", ".join(row.others),
        "time": f"{line.start}-{line.end}",
        "light": line.light if line.strip.window else "",
        "fill": line.colour.fill,
        "ink": line.colour.ink,
    }


def breakdown_pdf(production: Production, board: Board, *, paper: Sheet = "a4", standards: Sequence[Standard] = ()) -> bytes:
    """Return a breakdown sheet for every scene as a tagged PDF, one page for each where it fits."""
    values = {
        "film": production.title,
        "board": board.title,
        "sheets": [_sheet(production, sheet) for sheet in breakdown_sheets(production, board)],
    }
    return compiled("breakdown.typ", f"{production.title}, breakdown sheets", board, paper, standards, values)


def _sheet(production: Production, sheet: BreakdownSheet) -> dict[str, Any]:
    scene = sheet.scene
    light = scene.shots[0].light if scene.shots else ANY_LIGHT
    colour = strip_colour(scene, light, aboard=production.unit(sheet.unit).is_orbit, table=colours_of(production))
    return {
        "number": str(sheet.number),
        "scene": scene.number,
        "heading": scene.heading,
        "fill": colour.fill,
        "ink": colour.ink,
        "pages": sheet.pages,
        "page": str(scene.page),
        "day": scene.script_day + ("?" if scene.script_day and scene.script_day_guessed else ""),
        "minutes": f"{sheet.minutes} min",
        "place": sheet.place.name,
        "unit": sheet.unit,
        "line": str(scene.line),
        "days": "; ".join(sheet.days),
        "synopsis": scene.synopsis,
        "cast": [list(pair) for pair in sheet.cast],
        "shots": [list(shot) for shot in sheet.shots],
        "lists": [{"title": box.category.capitalize(), "things": list(box.things)} for box in sheet.lists],
    }
