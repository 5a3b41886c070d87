"""The time zone of a place."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cupola.errors import LightError
from cupola.model import Place


def zone_of(place: Place) -> ZoneInfo:
    """Return the time zone of a place; raises LightError for a name that is not in the IANA list."""
    try:
        return ZoneInfo(place.tz)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise LightError(
            f"the time zone of {place.name} is a name of the IANA list",
            value=place.tz,
            remedy="Write it as continent and city, for instance Europe/Moscow.",
            line=place.line or None,
        ) from unknown
