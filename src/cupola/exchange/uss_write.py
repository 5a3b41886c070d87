"""A schedule → Universal Schedule Standard 1.0.0: every key that the standard asks for, and whatever a file had beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cupola.exchange.schedule_file import Calendar, Category, Event, Extra, Item, Schedule, Sheet, StripBoard, UnitBoard
from cupola.exchange.uss_keys import CREATED, HEADER, ITEM, ROOT, event_id

_EVENTS = {"start": "start", "day off": "dayOff", "event": "event"}


def to_uss(schedule: Schedule) -> bytes:
    """Return a schedule as a .uss file: `parse_uss` reads it as the same schedule, its notes aside."""
    root = {
        "id": schedule.id,
        "name": schedule.name,
        "project": _or_null(schedule.project),
        **_with(schedule.header, HEADER),
        "breakdowns": [_sheet(sheet) for sheet in schedule.sheets],
        "categories": [_category(category) for category in schedule.categories],
        "elements": [_item(item) for item in schedule.items],
        "stripboards": [_board(board) for board in schedule.boards],
        "calendars": [_calendar(calendar) for calendar in schedule.calendars],
    }
    return (json.dumps({ROOT: root}, ensure_ascii=False, indent=1) + "\n").encode()


def _or_null(text: str) -> str | None:
    return text or None


def _with(extra: Extra, keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return keys with their defaults, and what a file had in place of them and beside them."""
    return {**keys, **{key: json.loads(value) for key, value in extra}}


def _weekdays(days: Sequence[int]) -> list[int]:
    return [(day + 1) % 7 for day in days]


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "id": sheet.id,
        "type": sheet.kind,
        "scene": _or_null(sheet.number),
        "bannerText": _or_null(sheet.text),
        "description": _or_null(sheet.synopsis),
        "comments": _or_null(sheet.comments),
        "scriptPage": _or_null(sheet.script_page),
        "pages": _number(sheet.eighths / 8) if sheet.eighths or sheet.kind == "scene" else None,
        "duration": _number(round(sheet.minutes * 60_000, 3)) if sheet.minutes else None,
        "elements": list(sheet.items),
        **_with(sheet.extra, CREATED),
    }


def _category(category: Category) -> dict[str, Any]:
    return {"id": category.id, "name": category.name, "ucid": category.ucid, **_with(category.extra, CREATED)}


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "category": item.category,
        "name": item.name,
        "elementId": _or_null(item.board_id),
        "isDood": item.in_dood,
        "isHold": item.may_hold,
        "isDrop": item.may_drop,
        "dropDayCount": item.drop_days,
        "daysOff": _weekdays(item.days_off),
        "events": [_event(event) for event in item.events],
        **_with(item.extra, ITEM),
    }


def _event(event: Event) -> dict[str, Any]:
    extra = _with(event.extra, {"id": event_id(event.kind, event.date)})
    return {"type": _EVENTS[event.kind], "name": _or_null(event.name), "date": f"{event.date}T00:00:00.000Z", **extra}


def _board(board: StripBoard) -> dict[str, Any]:
    units = [_unit(unit) for unit in board.units]
    return {"id": board.id, "name": board.name, "calendar": _or_null(board.calendar), "boards": units, **_with(board.extra, {})}


def _unit(unit: UnitBoard) -> dict[str, Any]:
    ids = [list(day) for day in unit.days] if unit.days else list(unit.loose)
    return {"id": unit.id, "name": unit.name, "breakdownIds": ids, **_with(unit.extra, {})}


def _calendar(calendar: Calendar) -> dict[str, Any]:
    return {
        "id": calendar.id,
        "name": calendar.name,
        "daysOff": _weekdays(calendar.days_off),
        "events": [_event(event) for event in calendar.events],
        **_with(calendar.extra, {}),
    }
