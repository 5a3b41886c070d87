"""Calendars of Movie Magic: when shooting starts, days of the week off, and single days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from cupola.exchange.msd_xml import carried, element, restored, strings, unpacked
from cupola.exchange.schedule_file import Calendar, Event
from cupola.strangers import Node

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
START = "ProductionStartDate"
FLAGS: Mapping[str, str] = {"Holiday": "Holiday", "CompanyTravel": "Company travel", "Off": ""}
"""Flags of a day on which is not shot, and what we call it."""

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def date_of(text: str) -> date | None:
    """Return a date as Movie Magic writes it, month first; None where it is none.

    >>> date_of("06/17/2008")
    datetime.date(2008, 6, 17)
    """
    found = _DATE.fullmatch(text.strip())
    try:
        day = date(int(found[3]), int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


def calendar_of(node: Node, notes: list[str]) -> Calendar:
    """Return a calendar; what it says beside its start and its days off is carried."""
    name = node.attributes.get("Name", "")
    start: date | None = None
    dates: list[dict[str, str]] = []
    for one in _entries(node, "ScheduleDates", "ScheduleDate"):
        day = date_of(one.get("Date", ""))
        if one.get("Name") == START and day and start is None and len(one) == 2:
            start = day
        else:
            dates.append(one)
    events = [Event(date=start, kind="start")] if start else []
    specials: list[dict[str, str]] = []
    for one in _entries(node, "SpecialDays", "SpecialDay"):
        event = _day_off(one)
        if event:
            events.append(event)
        else:
            specials.append(one)
    off = _days_off(node)
    for one in specials:
        day = date_of(one.get("Date", ""))
        if day and one.get("ExceptionWorkday") == "1" and day.weekday() in off:
            notes.append(f"Calendar “{name}” works on {day}, a day of the week that is off: Cupola keeps that, and does not.")
    days = next(node.all("DaysOff"), None)
    beside = {key: text for key, text in days.attributes.items() if key not in WEEKDAYS} if days else {}
    return Calendar(
        id=name,
        name=name,
        start=start,
        days_off=off,
        events=tuple(events),
        extra=carried(
            node, ("Name",), ("ScheduleDates", "SpecialDays", "DaysOff"), dates=dates, specials=specials, days_off=beside
        ),
    )


def _entries(node: Node, inner: str, name: str) -> list[dict[str, str]]:
    found = node.first(inner)
    return [one.attributes for one in found.all(name)] if found else []


def _days_off(node: Node) -> tuple[int, ...]:
    found = node.first("DaysOff")
    return tuple(number for number, name in enumerate(WEEKDAYS) if found and found.attributes.get(name) == "1")


def _day_off(said: Mapping[str, str]) -> Event | None:
    """Return a day off; None for a day that is none, or that says more than that."""
    day = date_of(said.get("Date", ""))
    flags = [flag for flag in FLAGS if said.get(flag) == "1"]
    plain = all(text == "0" for key, text in said.items() if key not in ("Date", *flags))
    return Event(date=day, kind="day off", name=FLAGS[flags[0]]) if day and len(flags) == 1 and plain else None


def node_of(calendar: Calendar, name: str) -> Node:
    """Return a calendar as Movie Magic has it, under that name."""
    found = unpacked(calendar.extra)
    start = [element("ScheduleDate", {"Name": START, "Date": _text(calendar.start)})] if calendar.start else []
    dates = [*start, *_carried(found, "dates", "ScheduleDate")]
    specials = [_special(event) for event in calendar.events if event.kind == "day off"]
    off = {name: "1" if number in calendar.days_off else "0" for number, name in enumerate(WEEKDAYS)}
    return restored(
        element(
            "Calendar",
            {"Name": name},
            element("ScheduleDates", {}, *dates),
            element("SpecialDays", {}, *specials, *_carried(found, "specials", "SpecialDay")),
            element("DaysOff", {**off, **strings(found.get("days_off"))}),
        ),
        calendar.extra,
    )


def _special(event: Event) -> Node:
    flag = next((flag for flag, name in FLAGS.items() if name == event.name), "Off")
    flags = {name: "1" if name == flag else "0" for name in ("Off", "CompanyTravel", "Holiday", "ExceptionWorkday")}
    return element("SpecialDay", {"Date": _text(event.date), **flags})


def _carried(found: Mapping[str, Any], key: str, name: str) -> list[Node]:
    values = found.get(key)
    return [element(name, strings(value)) for value in (values if isinstance(values, list) else ())]


def _text(day: date) -> str:
    return f"{day:%m/%d}/{day.year:04d}"
