"""Keys that the Universal Schedule Standard asks for and Cupola only carries, and what stands where nobody says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

ROOT = "universalScheduleStandard"
CREATED: Mapping[str, Any] = {"created": "1970-01-01T00:00:00.000Z"}
ITEM: Mapping[str, Any] = {**CREATED, "isIdLock": False, "linkedElements": []}
HEADER: Mapping[str, Any] = {
    "author": None,
    "company": None,
    **CREATED,
    "episode": None,
    "episodeName": None,
    "description": None,
    "schedColor": None,
    "schedDate": None,
    "scriptColor": None,
    "scriptDate": None,
    "season": None,
    "source": "Cupola",
    "ussVersion": "1.0.0",
}


def event_id(kind: str, day: date) -> str:
    """Return the id of an event that has none."""
    return f"{kind} {day}"
