"""The flight drawn: a row for each flight day with its nights, its crew day, and the strips in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cupola.model import Banner, Board, Day, FlightSky, Production, Strip, Unit
from cupola.paper.colours import MODULE_HUES
from cupola.paper.markup import Child, Markup, el, svg
from cupola.paper.orbit_day import Span, clipped, revolution_at, working_blocks
from cupola.paper.strips import days_of_unit, slug
from cupola.paper.wording import clock, short_date

DAY = timedelta(days=1)
WIDTH, LEFT, RIGHT = 1160.0, 92.0, 92.0
HEAD, ROW, LABELS, LANE, BAND = 26.0, 54.0, 20.0, 13.0, 9.0
MOST_ROWS = 31
"""Of a longer flight only the shooting days are drawn."""

GLYPH = 5.3
"""Width of a figure of the label's type, in the drawing's units."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One flight day: where it stands in the drawing, and its midnight."""

    top: float
    midnight: datetime
    day: Day | None

    def x(self, at: datetime) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * ((at - self.midnight) / DAY)

    @property
    def end(self) -> datetime:
        return self.midnight + DAY


def flight_days(production: Production, board: Board, unit: Unit, flight: FlightSky) -> Markup:
    """Draw a flight as one row for each UTC date, from midnight to midnight.

    Nights are dark on the lower band; the crew's working blocks are white; strips stand above the band in the
    colour of their module, with a tick for the window each one hangs on.
    """
    first, last = flight.start_utc.astimezone(UTC).date(), flight.end_utc.astimezone(UTC).date()
    days = {day.date: day for day in days_of_unit(board, unit.id)}
    hues = module_hues(production, board, unit)
    every = [first + n * DAY for n in range((last - first).days + 1)]
    dates = every if len(every) <= MOST_ROWS else sorted(days)
    rows = [Row(top=HEAD + n * ROW, midnight=_midnight(day), day=days.get(day)) for n, day in enumerate(dates)]
    drawn = [_row(row, (row.midnight.date() - first).days + 1, unit, flight, hues, production) for row in rows]
    label = f"{len(rows)} flight days of {flight.station}, {_count(days.values())} strips in their place"
    return svg(WIDTH, HEAD + len(rows) * ROW, _hours(len(rows)), drawn, label=label, class_="chart flight")


def module_hues(production: Production, board: Board, unit: Unit) -> dict[str, str]:
    """Return a colour for each place that a unit uses, in the order of the production's places."""
    used = {strip.place for day in days_of_unit(board, unit.id) for strip in day.strips}
    places = [place.id for place in production.places if place.id in used]
    return {place: MODULE_HUES[n % len(MODULE_HUES)] for n, place in enumerate(places)}


def module_key(production: Production, hues: Mapping[str, str]) -> Markup:
    """Return the key to the colours of a flight."""
    items = [el("li", el("i", style=f"background:{hue}"), production.place(place).name) for place, hue in hues.items()]
    marks = [
        el("li", el("i", class_="key-night"), "orbital night"),
        el("li", el("i", class_="key-day"), "orbital day"),
        el("li", el("i", class_="key-crew"), "the camera may run"),
        el("li", el("i", class_="key-rig"), "rig of a module"),
        el("li", el("i", class_="key-window"), "window of a strip"),
    ]
    return el("ul", items, marks, class_="key")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _count(days: Iterable[Day]) -> int:
    return sum(len(day.strips) for day in days)


def _hours(rows: int) -> Child:
    marks: list[Child] = []
    for hour in range(0, 25, 3):
        x = LEFT + (WIDTH - LEFT - RIGHT) * hour / 24
        marks += [
            el("line", x1=x, x2=x, y1=HEAD - 4, y2=HEAD + rows * ROW, class_="hour"),
            el("text", f"{hour:02d}", x=x, y=12, class_="axis", text_anchor="middle"),
        ]
    head = el("text", "UTC", x=0, y=12, class_="axis")
    beta = el("text", "β · night", x=WIDTH, y=12, class_="axis", text_anchor="end")
    return [head, marks, beta]


def _row(row: Row, number: int, unit: Unit, flight: FlightSky, hues: Mapping[str, str], production: Production) -> Markup:
    band = row.top + LABELS + LANE
    inside = clipped([(flight.start_utc, flight.end_utc)], row.midnight, row.end)
    nights = [span for whole in inside for span in clipped(flight.nights, *whole)]
    return el(
        "g",
        el("text", f"Flight day {number}", x=0, y=row.top + LABELS + 9, class_="row"),
        el("text", short_date(row.midnight.date()), x=0, y=row.top + LABELS + 23, class_="axis"),
        [_bar(row, span, row.top + LABELS - 3, LANE + 3, "crew") for span in _crew(row, unit)],
        [_bar(row, span, band, BAND, "sunlit") for span in inside],
        [_bar(row, span, band, BAND, "dark") for span in nights],
        [_rig(row, banner) for banner in row.day.banners] if row.day else None,
        _strips(row, hues, production) if row.day else None,
        _figures(row, flight, inside),
    )


def _crew(row: Row, unit: Unit) -> tuple[Span, ...]:
    day = row.day or Day(unit=unit.id, date=row.midnight.date(), number=0, call_utc=row.midnight, wrap_utc=row.end, strips=())
    return clipped(working_blocks(unit, day), row.midnight, row.end)


def _bar(row: Row, span: Span, y: float, height: float, class_: str) -> Markup:
    x = row.x(span[0])
    return el("rect", x=x, y=y, width=max(row.x(span[1]) - x, 0.6), height=height, class_=class_)


def _figures(row: Row, flight: FlightSky, inside: Sequence[Span]) -> Child:
    """Beta angle and night of the revolution in the middle of a day."""
    revolution = revolution_at(flight.revolutions, inside[0][0] + (inside[0][1] - inside[0][0]) / 2) if inside else None
    if revolution is None:
        return None
    text = f"{signed(revolution.beta_deg)}° · {revolution.night_min:.0f} min"
    return el("text", text, x=WIDTH, y=row.top + LABELS + 9, class_="row", text_anchor="end")


def _rig(row: Row, banner: Banner) -> Markup:
    x, width = row.x(banner.start_utc), row.x(banner.end_utc) - row.x(banner.start_utc)
    title = el("title", f"{banner.text} · {clock(banner.start_utc)}-{clock(banner.end_utc)} UTC")
    return el("rect", title, x=x + 0.4, y=row.top + LABELS + 1, width=max(width - 1.2, 1.2), height=LANE - 5, class_="rig")


def signed(degrees: float) -> str:
    """Write whole degrees with a true minus sign."""
    return f"{degrees:.0f}".replace("-", "−")


def _strips(row: Row, hues: Mapping[str, str], production: Production) -> Child:
    assert row.day is not None
    drawn: list[Child] = []
    taken = [-1.0, -1.0]
    for strip in sorted(row.day.strips, key=lambda strip: strip.start_utc):
        x, width = row.x(strip.start_utc), row.x(strip.end_utc) - row.x(strip.start_utc)
        middle, half = x + width / 2, len(strip.id) * GLYPH / 2 + 1
        level = next((n for n in (0, 1) if taken[n] <= middle - half), 1)
        taken[level] = middle + half
        drawn.append(_strip(row, strip, x, width, row.top + LABELS - 5 - 9 * level, hues[strip.place], production))
    return drawn


def _strip(row: Row, strip: Strip, x: float, width: float, text_y: float, hue: str, production: Production) -> Markup:
    top = row.top + LABELS
    place = production.place(strip.place).name
    title = f"{strip.id} · {place} · {clock(strip.start_utc)}-{clock(strip.end_utc)} UTC"
    if strip.window is not None:
        title += f" · {strip.window.why}"
    return el(
        "a",
        el("title", title),
        el("rect", x=x, y=top - 1, width=max(width - 0.8, 1.2), height=LANE - 1, fill=hue, class_="strip"),
        _window(row, strip) if strip.window else None,
        el("text", strip.id, x=x + width / 2, y=text_y, class_="tag", text_anchor="middle"),
        href=f"#{slug(strip.id)}",
    )


def _window(row: Row, strip: Strip) -> Markup:
    """The window on the band; a window of seconds keeps a width that can be seen."""
    assert strip.window is not None
    opens, closes = max(strip.window.open_utc, row.midnight), min(strip.window.close_utc, row.end)
    x, width = row.x(opens), max(row.x(closes) - row.x(opens), 1.6)
    return el("rect", x=x, y=row.top + LABELS + LANE + BAND + 1.5, width=width, height=3.2, class_="window")
