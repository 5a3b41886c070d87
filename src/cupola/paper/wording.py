"""Dates, clocks, money and light as people read them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from cupola.model import Scene, Shot, Strip

NO_MINOR_UNIT = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
THREE_PLACES = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies whose minor unit is not a hundredth (ISO 4217, list one)."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def date_text(day: date) -> str:
    """Write a date in full.

    >>> date_text(date(2021, 10, 5))
    'Tuesday 5 October 2021'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Write a date for a bar or a column.

    >>> short_date(date(2021, 10, 5))
    'Tue 5 Oct'
    """
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def clock(at: datetime, tz: str = "UTC") -> str:
    """Write hours and minutes in a zone."""
    return f"{at.astimezone(ZoneInfo(tz)):%H:%M}"


def clock_s(at: datetime, tz: str = "UTC") -> str:
    """Write hours, minutes and seconds in a zone."""
    return f"{at.astimezone(ZoneInfo(tz)):%H:%M:%S}"


def zone_name(at: datetime, tz: str) -> str:
    """Name a zone at an instant: UTC, MSK, or UTC+5 where the zone has only a number.

    >>> from datetime import timezone
    >>> noon = datetime(2022, 6, 1, 12, tzinfo=timezone.utc)
    >>> zone_name(noon, "Europe/Moscow"), zone_name(noon, "Asia/Tashkent")
    ('MSK', 'UTC+5')
    """
    local = at.astimezone(ZoneInfo(tz))
    name = local.tzname() or "UTC"
    if name[0] not in "+-":
        return name
    seconds = int(offset.total_seconds()) if (offset := local.utcoffset()) else 0
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"UTC{'-' if seconds < 0 else '+'}{hours}{f':{minutes:02d}' if minutes else ''}"


def money_text(cents: int, currency: str) -> str:
    """Write minor units with thousands apart and the ISO 4217 code; minor units of zero are dropped.

    >>> money_text(123456700, "RUB"), money_text(-150, "USD"), money_text(5000, "JPY")
    ('1,234,567 RUB', '-1.50 USD', '5,000 JPY')
    """
    return f"{amount_text(cents, currency)} {currency}"


def amount_text(cents: int, currency: str, *, minor: bool = False) -> str:
    """Write minor units with thousands apart, without the code; `minor` keeps minor units of zero, for a column."""
    places = minor_places(currency)
    whole, rest = divmod(abs(cents), 10**places)
    return f"{'-' if cents < 0 else ''}{whole:,}{f'.{rest:0{places}d}' if rest or (minor and places) else ''}"


def has_minor(cents: int, currency: str) -> bool:
    """True where an amount is not a whole number of the currency's units."""
    return bool(cents % 10 ** minor_places(currency))


def minor_places(currency: str) -> int:
    """Return how many decimals a currency has (ISO 4217)."""
    return 0 if currency in NO_MINOR_UNIT else 3 if currency in THREE_PLACES else 2


def whole_text(cents: int, currency: str) -> str:
    """Write an amount to the nearest whole unit, for a headline."""
    unit = 10 ** minor_places(currency)
    return f"{(2 * cents + unit) // (2 * unit):,}"


def share_text(share: float) -> str:
    """Write a share as a percentage with one decimal; a proven 0 is `0 %`, and what is not 0 never reads so."""
    if share <= 0:
        return "0 %"
    return f"{max(share * 100, 0.1):.1f} %"


def count_text(count: int, noun: str) -> str:
    """Write how many there are of something.

    >>> count_text(1, "scene"), count_text(4, "strip")
    ('1 scene', '4 strips')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def edge_text(edge_s: float) -> str:
    """Write how far an edge may be off.

    >>> edge_text(10.0), edge_text(2.5)
    ('±10 s', '±2.5 s')
    """
    return f"±{edge_s:.1f} s" if edge_s % 1 else f"±{edge_s:.0f} s"


def shot_of(scene: Scene, strip: Strip) -> Shot | None:
    """Return the shot that a strip is of; None where the scene no longer has it."""
    return next((shot for shot in scene.shots if strip.shot in (shot.id, shot.letter)), None)


def line_of(scene: Scene, strip: Strip) -> int:
    """Return the script line (1-based) that asked for a strip."""
    shot = shot_of(scene, strip)
    return shot.line if shot and shot.line else scene.line


def light_line(scene: Scene, strip: Strip, tz: str = "UTC") -> str:
    """Write a strip's light from the very window it was given, its roll and cut, and its line in the script.

    Reads `light 06:12:08-06:13:25 UTC ±10 s · roll 06:12:20 · cut 06:13:05 · script line 812`, with `not firm` where
    the elements are too old to be trusted. Without a window the light is any, and a strip rolled from start to end says
    no times again.
    """
    window = strip.window
    roll, cut = f"roll {clock_s(strip.roll_utc, tz)}", f"cut {clock_s(strip.cut_utc, tz)}"
    home = f"script line {line_of(scene, strip)}"
    if window is None and (strip.roll_utc, strip.cut_utc) == (strip.start_utc, strip.end_utc):
        return f"any light · {home}"
    if window is None:
        return " · ".join(["any light", roll, f"{cut} {zone_name(strip.cut_utc, tz)}", home])
    times = f"{clock_s(window.open_utc, tz)}-{clock_s(window.close_utc, tz)} {zone_name(window.open_utc, tz)}"
    firm = [] if window.firm else ["not firm"]
    return " · ".join([f"light {times} {edge_text(window.edge_s)}", *firm, roll, cut, home])
