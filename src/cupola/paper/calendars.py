"""Calendars (RFC 5545): one for each person, one for each unit, one of the light that the board waits for.

An event keeps its UID from board to board, so that importing a newer calendar moves events instead of doubling them: a
unit's day is known by its number, a person's call by that day, a window by its strip. Times are UTC, which every program shows
in the time of where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from icalendar import Calendar, Event, vText

import cupola
from cupola.model import Board, Day, Production, Strip
from cupola.paper.calendar_updates import numbered, sent_events
from cupola.paper.strips import StripLine, day_zone, days_in_order, pages_of, strip_lines
from cupola.paper.wording import clock, clock_s, zone_name

LIGHT = "light.ics"
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def calendars(production: Production, board: Board, sent: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return calendars by file name: `unit-main.ics`, `person-INNA.ics`, `light.ics`.

    `sent` are those that people have: an event that changed since has a higher SEQUENCE, one that is gone is cancelled. The
    same board and the same calendars sent give the same bytes.
    """
    sheaf = _Sheaf(production=production, board=board, sent=sent or {})
    for name, title, events in _groups(production, board):
        sheaf.put(name, title, events)
    for name in sorted(sent or {}):
        sheaf.put_gone(name)
    return sheaf.files


def is_calendar(name: str) -> bool:
    """Whether a file has a name that `calendars` gives."""
    return name == LIGHT or (name.startswith(("unit-", "person-")) and name.endswith(".ics"))


def _groups(production: Production, board: Board) -> Iterator[tuple[str, str, Iterable[Event]]]:
    """Yield each calendar's file, title and events."""
    days = days_in_order(production, board)
    for unit in production.units:
        own = [day for day in days if day.unit == unit.id]
        if own:
            events = (_unit_day(production, board, day) for day in own)
            yield f"unit-{_word(unit.id)}.ics", f"{production.title}: unit {unit.id}", events
    for member in production.cast:
        own = [day for day in days if any(member.id in strip.cast for strip in day.strips)]
        if own:
            events = (_call(production, board, day, member.id) for day in own)
            yield f"person-{_word(member.id)}.ics", f"{production.title}: {member.name or member.id}", events
    lit = [(day, strip) for day in days for strip in day.strips if strip.window is not None]
    if lit:
        windows = (_light(production, board, day, strip) for day, strip in lit)
        yield LIGHT, f"{production.title}: light", windows


@dataclass(kw_only=True, slots=True)
class _Sheaf:
    """Calendars being written beside those that were sent."""

    production: Production
    board: Board
    sent: Mapping[str, bytes]
    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, name: str, title: str, events: Iterable[Event]) -> None:
        old = sent_events(self.sent.get(name, b""), f"{_word(self.production.title)}-")
        self.files[name] = _calendar(self.production, self.board, title, numbered(events, old))

    def put_gone(self, name: str) -> None:
        """Write a calendar of which nothing is left: a person who is not on the board any more."""
        old = sent_events(self.sent[name], f"{_word(self.production.title)}-")
        if name not in self.files and old:
            self.files[name] = _calendar(self.production, self.board, f"{self.production.title}: no longer", numbered((), old))


def _calendar(production: Production, board: Board, name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//Cupola//Cupola {cupola.__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", vText(_plain(name)))
    calendar.add("x-wr-caldesc", vText(_plain(f"{production.title}, {board.title}")))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(production: Production, board: Board, key: str, start: datetime, end: datetime) -> Event:
    """Return an event whose UID says what it is, not when; times in UTC, stamped with the board's first call."""
    event = Event()
    event.add("uid", f"{_word(production.title)}-{key}@cupola")
    event.add("dtstamp", min(day.call_utc for day in board.days))
    event.add("dtstart", start)
    event.add("dtend", end)
    return event


def _unit_day(production: Production, board: Board, day: Day) -> Event:
    lines = strip_lines(production, board, day)
    event = _event(production, board, f"unit-{_word(day.unit)}-{day.number}", day.call_utc, day.wrap_utc)
    pages = f", {pages_of(lines)} pages" if any(line.eighths for line in lines) else ""
    _say(event, "summary", f"{production.title}: {day.unit} day {day.number}{pages}")
    _say(event, "location", ", ".join(dict.fromkeys(line.place.name for line in lines)))
    _say(event, "description", "\n".join(_strip_text(line) for line in lines))
    _at_place(event, production, day)
    return event


def _call(production: Production, board: Board, day: Day, cast_id: str) -> Event:
    lines = [line for line in strip_lines(production, board, day) if cast_id in line.strip.cast]
    first, last = lines[0].strip.start_utc, max(line.strip.end_utc for line in lines)
    event = _event(production, board, f"call-{_word(cast_id)}-{_word(day.unit)}-{day.number}", first, last)
    scenes = ", ".join(dict.fromkeys(line.number for line in lines))
    _say(event, "summary", f"{production.title}: on set, scenes {scenes}")
    _say(event, "location", ", ".join(dict.fromkeys(line.place.name for line in lines)))
    tz = day_zone(production, day)
    head = f"Unit call {clock(day.call_utc, tz)} {zone_name(day.call_utc, tz)}; wrap {clock(day.wrap_utc, tz)}"
    _say(event, "description", "\n".join([head, *(_strip_text(line) for line in lines)]))
    _at_place(event, production, day)
    return event


def _light(production: Production, board: Board, day: Day, strip: Strip) -> Event:
    window = strip.window
    assert window is not None, f"strip {strip.id} has no window"
    line = next(line for line in strip_lines(production, board, day) if line.strip.id == strip.id)
    event = _event(production, board, f"light-{_word(strip.id)}", window.open_utc, window.close_utc)
    _say(event, "summary", f"{line.number} {line.asked}: roll {clock_s(strip.roll_utc)} UTC")
    _say(event, "location", line.place.name)
    uncertain = "" if window.firm else "\nNot firm: the elements are older than they can be trusted."
    _say(
        event,
        "description",
        f"Window {clock_s(window.open_utc)}-{clock_s(window.close_utc)} UTC ±{window.edge_s:.0f} s\n"
        f"Roll {clock_s(strip.roll_utc)}, cut {clock_s(strip.cut_utc)} UTC\nScript line {line.line}{uncertain}",
    )
    event.add("transp", "TRANSPARENT")
    return event


def _say(event: Event, key: str, text: str) -> None:
    event.add(key, _plain(text))


def _plain(text: str) -> str:
    """Return a text as RFC 5545, 3.3.11 lets it be: with line breaks, and nothing else that cannot be seen."""
    return _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _at_place(event: Event, production: Production, day: Day) -> None:
    place = production.place(day.strips[0].place) if day.strips else None
    if place is not None and not production.unit(day.unit).is_orbit and (place.lat_deg or place.lon_deg):
        event.add("geo", (place.lat_deg, place.lon_deg))


def _strip_text(line: StripLine) -> str:
    pages = f" {line.pages}" if line.pages else ""
    light = f" · {line.light}" if line.light else ""
    return f"{line.start} {line.number} {line.int_ext}. {line.set} - {line.time_of_day}{pages} · {line.cast_text}{light}"


def _word(text: str) -> str:
    """Write a text as part of an UID or a file's name; different texts keep different words."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else f"_{ord(sign):x}_" for sign in text)
