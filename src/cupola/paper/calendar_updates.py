"""A calendar beside the one that was sent before it: what changed has a higher SEQUENCE, what is gone is cancelled.

RFC 5545, 3.8.7.4: of two versions of an event the one with the higher SEQUENCE counts. A program that imported the older
file takes the newer event in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from icalendar import Calendar, Event

_VERSION = ("SEQUENCE", "DTSTAMP", "STATUS")
"""What says which version of an event it is, and nothing of the event."""
CANCELLED = "CANCELLED"
MOST_SEQUENCE = 1_000_000


def sent_events(data: bytes, prefix: str) -> dict[str, Event]:
    """Return the events of a calendar that was sent, by their UIDs, those that begin with `prefix`; none of a broken file."""
    with suppress(ValueError, KeyError, IndexError, AttributeError, TypeError):
        calendar = Calendar.from_ical(data.decode(errors="replace"))
        events = [one for one in calendar.walk("VEVENT") if isinstance(one, Event)]
        own = [event for event in events if str(event.get("UID", "")).startswith(prefix)]
        return {str(event["UID"]): event for event in own if _sequence(event) is not None and _facts(event)}
    return {}


def numbered(events: Iterable[Event], sent: dict[str, Event]) -> list[Event]:
    """Return events with their SEQUENCE after what was sent, and behind them those that are gone, cancelled."""
    made = []
    left = dict(sent)
    for event in events:
        old = left.pop(str(event["UID"]), None)
        event.add("sequence", _next(event, old))
        made.append(event)
    return [*made, *(_cancelled(old) for _, old in sorted(left.items()))]


def _next(event: Event, old: Event | None) -> int:
    if old is None:
        return 0
    is_same = _facts(event) == _facts(old) and not _is_cancelled(old)
    return (_sequence(old) or 0) + (not is_same)


def _cancelled(old: Event) -> Event:
    if _is_cancelled(old):
        return old
    event = old.copy()
    for key, value in (("SEQUENCE", (_sequence(old) or 0) + 1), ("STATUS", CANCELLED)):
        event.pop(key, None)
        event.add(key, value)
    return event


def _is_cancelled(event: Event) -> bool:
    return str(event.get("STATUS", "")).upper() == CANCELLED


def _sequence(event: Event) -> int | None:
    with suppress(ValueError, TypeError):
        found = int(event.get("SEQUENCE", 0))
        return found if 0 <= found <= MOST_SEQUENCE else None
    return None


def _facts(event: Event) -> bytes:
    """Return what an event says, whatever its version."""
    plain = event.copy()
    for key in _VERSION:
        plain.pop(key, None)
    return bytes(plain.to_ical())
