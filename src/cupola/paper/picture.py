"""Windows as a picture: a row for each day with its bands of light, and for a station the ground track of one day.

What is drawn is given as values; the same drawings make a page (HTML with SVG inside) or one SVG file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cupola.model import FlightSky, Station, Window
from cupola.paper.markup import Child, Markup, el, join, number
from cupola.paper.orbit_day import Span
from cupola.paper.parts import template
from cupola.paper.wording import short_date

WIDTH, LEFT, RIGHT = 1160.0, 96.0, 92.0
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
MARGIN, GAP = 40.0, 34.0
PAGE = 830.0
"""How high a drawing may be to stand on a landscape page as wide as the paper."""
HUES = ("#0072b2", "#d55e00", "#009e73", "#a8468b", "#8a6d00", "#3f9fd0", "#6b4fa0", "#7a3b1d")
"""After Okabe and Ito: told apart by readers of any colour vision; each lane has its letter too."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """One light with its windows, and the shots that ask for it."""

    light: str
    shots: tuple[str, ...]
    windows: tuple[Window, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Aboard:
    """What is drawn of a station: lanes, and its sky over a span. `contacts` and `saa` are None where nobody knows them."""

    station: Station
    flight: FlightSky
    lanes: tuple[Lane, ...]
    twilights: tuple[Span, ...]
    crew: tuple[Span, ...]
    contacts: tuple[Span, ...] | None
    saa: tuple[Span, ...] | None
    day: date
    tz: str = "UTC"


@dataclass(frozen=True, kw_only=True, slots=True)
class OnGround:
    """What is drawn of a place on Earth: lanes, and the bands of its days by name (day, golden, blue) over a span."""

    place: str
    tz: str
    start_utc: datetime
    end_utc: datetime
    lanes: tuple[Lane, ...]
    bands: tuple[tuple[str, tuple[Span, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """A drawing of so many units by so many, with a title and a line below it."""

    title: str
    note: str
    width: float
    height: float
    body: Markup

    def at(self, x: float, y: float) -> Markup:
        """Return the drawing placed in another."""
        box = f"0 0 {number(self.width)} {number(self.height)}"
        return el("svg", self.body, x=x, y=y, width=self.width, height=self.height, viewBox=box, class_="chart")

    def alone(self) -> Markup:
        """Return the drawing for a page, as wide as its column."""
        box = f"0 0 {number(self.width)} {number(self.height)}"
        return el(
            "svg",
            el("title", self.title),
            self.body,
            viewBox=box,
            role="img",
            aria_label=self.title,
            class_="chart",
            preserveAspectRatio="xMinYMin",
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One local day: where it stands in the drawing, and when it starts and ends; a day of 23 or 25 hours is as wide."""

    top: float
    date: date
    start: datetime
    end: datetime

    def x(self, at: datetime) -> float:
        """Return where an instant stands."""
        return LEFT + (WIDTH - LEFT - RIGHT) * ((at - self.start) / (self.end - self.start))


def rows_of(dates: Sequence[date], tz: str, head: float, height: float) -> list[Row]:
    """Return a row for each date of a time zone, one below the other."""
    zone = ZoneInfo(tz)

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), zone).astimezone(UTC)

    return [
        Row(top=head + n * height, date=day, start=midnight(day), end=midnight(day + timedelta(days=1)))
        for n, day in enumerate(dates)
    ]


def pages(dates: Sequence[date], head: float, height: float) -> list[Sequence[date]]:
    """Return dates in parts of which each fits a page, a row for each date, all but the last alike."""
    most = max(1, int((PAGE - head) / height))
    parts = -(-len(dates) // most)
    size = -(-len(dates) // parts) if parts else 1
    return [dates[n : n + size] for n in range(0, len(dates), size)]


def dates_text(dates: Sequence[date]) -> str:
    """Write some days as a title has them."""
    first, last = short_date(dates[0]), short_date(dates[-1])
    return f"{first} {dates[0].year}" if first == last else f"{first} to {last} {dates[-1].year}"


def hours(rows: Sequence[Row], tz: str, head: float, bottom: float) -> Child:
    """Draw the hours of the clock over all rows."""
    marks: list[Child] = [el("text", tz.replace("_", " ").rpartition("/")[2], x=0, y=head - 9, class_="axis")]
    for hour in range(0, 25, 3):
        x = LEFT + (WIDTH - LEFT - RIGHT) * hour / 24
        marks += [
            el("line", x1=x, x2=x, y1=head - 4, y2=bottom, class_="hour"),
            el("text", f"{hour:02d}", x=x, y=head - 9, class_="axis", text_anchor="middle"),
        ]
    return marks if rows else None


def bar(row: Row, span: Span, y: float, height: float, class_: str, *, least: float = 0.6, fill: str | None = None) -> Child:
    """Draw the part of a span that lies in a row; None where none does."""
    start, end = max(span[0], row.start), min(span[1], row.end)
    if start >= end:
        return None
    x = row.x(start)
    return el("rect", x=x, y=y, width=max(row.x(end) - x, least), height=height, class_=class_, fill=fill)


def windows_bars(row: Row, lane: Lane, hue: str, y: float, height: float) -> Child:
    """Draw the windows of a lane in a row; one that is not firm is hollow."""
    marks: list[Child] = []
    for window in lane.windows:
        start, end = max(window.open_utc, row.start), min(window.close_utc, row.end)
        if start < end:
            x, width = row.x(start), max(row.x(end) - row.x(start), 2.0)
            title = el(
                "title", f"{window.open_utc:%d %b %H:%M:%S}-{window.close_utc:%H:%M:%S} UTC ±{window.edge_s:g} s · {window.why}"
            )
            fill, stroke = (hue, None) if window.firm else ("#fff", hue)
            marks.append(el("rect", title, x=x, y=y, width=width, height=height, fill=fill, stroke=stroke))
    return marks


def hue_of(index: int) -> str:
    """Return the colour of a lane."""
    return HUES[index % len(HUES)]


def letter_of(index: int) -> str:
    """Return the letter of a lane: A to Z, then AA.

    >>> letter_of(0), letter_of(25), letter_of(26)
    ('A', 'Z', 'AA')
    """
    return LETTERS[index] if index < 26 else letter_of(index // 26 - 1) + letter_of(index % 26)


def lanes_key(lanes: Sequence[Lane], top: float) -> tuple[Markup, float]:
    """Draw which lane is which, a line each, from `top` on; return it with the height it takes."""
    lines = []
    for index, lane in enumerate(lanes):
        y = top + 17 * index
        shots = _shots(lane.shots)
        count = f"{len(lane.windows)} window{'' if len(lane.windows) == 1 else 's'}"
        lines.append(
            [
                el("text", letter_of(index), x=0, y=y + 9, class_="letter"),
                el("rect", x=16, y=y, width=22, height=9, fill=hue_of(index)),
                el("text", _short(f"{lane.light}", 88), x=48, y=y + 9, class_="row"),
                el("text", f"{_short(shots, 58)} · {count}", x=WIDTH, y=y + 9, class_="axis", text_anchor="end"),
            ]
        )
    return el("g", lines), 17.0 * len(lanes)


def _shots(shots: Sequence[str]) -> str:
    return f"shot{'' if len(shots) == 1 else 's'} {', '.join(shots)}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' ,')}…"


def picture_html(title: str, under: str, drawings: Sequence[Drawing], notes: Sequence[str] = ()) -> str:
    """Return a page with drawings one below the other that needs nothing beside it and prints on A4 or letter, landscape."""
    head = [
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", Markup(f"\n{template('picture.css')}\n")),
    ]
    figures = [el("figure", el("figcaption", el("b", each.title), " ", each.note), each.alone()) for each in drawings]
    body = [el("header", el("h1", title), el("p", under)), figures, [el("p", note, class_="note") for note in notes]]
    return f"<!DOCTYPE html>\n{el('html', el('head', head), el('body', body), lang='en')}\n"


def picture_svg(title: str, under: str, drawings: Sequence[Drawing], notes: Sequence[str] = ()) -> str:
    """Return one SVG file with drawings one below the other."""
    y = MARGIN + 64
    parts: list[Child] = [
        el("text", title, x=MARGIN, y=MARGIN + 22, class_="head"),
        el("text", under, x=MARGIN, y=MARGIN + 44, class_="row"),
    ]
    for each in drawings:
        parts += [
            el("text", each.title, x=MARGIN, y=y + 14, class_="title"),
            el("text", each.note, x=MARGIN, y=y + 31, class_="axis"),
            each.at(MARGIN, y + 46),
        ]
        y += each.height + 46 + GAP
    for note in notes:
        parts.append(el("text", note, x=MARGIN, y=y, class_="axis"))
        y += 16
    width, height = WIDTH + 2 * MARGIN, y + MARGIN / 2
    style = el("style", Markup(template("picture.css")))
    paper = el("rect", width=width, height=height, fill="#fff")
    box = f"0 0 {number(width)} {number(height)}"
    root = el(
        "svg", el("title", title), style, paper, join(parts), viewBox=box, width=width, height=height,
        xmlns="http://www.w3.org/2000/svg", class_="chart",
    )  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'
