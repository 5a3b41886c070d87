"""Windows aboard, drawn: a row for each day, midnight to midnight, and the ground under one of the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cupola.model import Window
from cupola.paper.markup import Child, Markup, el, join, path
from cupola.paper.orbit_day import clipped, revolution_at
from cupola.paper.picture import (
    LEFT,
    WIDTH,
    Aboard,
    Drawing,
    Row,
    bar,
    dates_text,
    hours,
    hue_of,
    lanes_key,
    letter_of,
    pages,
    rows_of,
    windows_bars,
)
from cupola.paper.svg_map import HEIGHT, Labels, Spot, anomaly, on_map, split_at_date_line, target_mark, track_between, world
from cupola.paper.svg_orbit import signed
from cupola.paper.wording import short_date

if TYPE_CHECKING:
    from datetime import date, datetime

HEAD, BAND, THIN, SPACE = 30.0, 9.0, 3.4, 13.0
FEW_LANES, LABEL = 4, 11.0
GLYPH = 4.8
LONG_S = 900.0
"""On a map with several lights only shorter windows are drawn: a night is half the track."""


def timelines(sky: Aboard) -> list[Drawing]:
    """Draw the windows of a flight over orbital day and night, with crew day, contact and the anomaly below.

    As many days stand in one drawing as a printed page can hold.
    """
    key, key_height = lanes_key(sky.lanes, 0)
    marks, marks_height = _marks(sky, key_height + 4)
    head, height = key_height + marks_height + HEAD, _row_height(sky)
    dates = dates_of(sky)
    beta = el("text", "β · night", x=WIDTH, y=head - 9, class_="axis", text_anchor="end")
    drawings = []
    for some in pages(dates, head, height):
        rows = rows_of(some, sky.tz, head, height)
        bottom = head + len(rows) * height - SPACE + 4
        drawn = [_row(row, sky, _lane_height(sky)) for row in rows]
        body = join([key, marks, hours(rows, sky.tz, head, bottom), beta, drawn])
        note = f"{sky.flight.station}, one row a day. A window is as wide as it lasts, hollow where it is not firm."
        drawings.append(Drawing(title=dates_text(some), note=note, width=WIDTH, height=bottom + 2, body=body))
    return drawings


def dates_of(sky: Aboard) -> list[date]:
    """Return the dates of a flight in the zone of its clock."""
    zone = ZoneInfo(sky.tz)
    first, last = (at.astimezone(zone).date() for at in (sky.flight.start_utc, sky.flight.end_utc))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _lane_height(sky: Aboard) -> float:
    return 9.0 if len(sky.lanes) <= FEW_LANES else 7.5


def _row_height(sky: Aboard) -> float:
    thin = 1 + (sky.contacts is not None) + (sky.saa is not None)
    return _labelled(sky) + len(sky.lanes) * (_lane_height(sky) + 1.5) + BAND + thin * (THIN + 1.2) + SPACE


def _labelled(sky: Aboard) -> float:
    """Height for the times over a lane that is alone."""
    return LABEL if len(sky.lanes) == 1 else 0.0


def _marks(sky: Aboard, top: float) -> tuple[Markup, float]:
    """Draw the key to the bands, on one line."""
    names = [("dark", "orbital night"), ("sunlit", "orbital day"), ("twilight", "sunrise or sunset"), ("crew", "crew day")]
    names += [("contact", "contact")] if sky.contacts is not None else []
    names += [("anomaly", "South Atlantic Anomaly")] if sky.saa is not None else []
    x, marks = 0.0, []
    for class_, text in names:
        marks += [
            el("rect", x=x, y=top + 3, width=22, height=7, class_=class_),
            el("text", text, x=x + 29, y=top + 11, class_="axis"),
        ]
        x += 29 + 5.8 * len(text) + 22
    return el("g", marks), 22.0


def _row(row: Row, sky: Aboard, lane: float) -> Markup:
    whole = clipped([(sky.flight.start_utc, sky.flight.end_utc)], row.start, row.end)
    y = row.top + _labelled(sky)
    lanes: list[Child] = []
    for index, one in enumerate(sky.lanes):
        lanes.append(windows_bars(row, one, hue_of(index), y, lane))
        if len(sky.lanes) > 1:
            lanes.append(el("text", letter_of(index), x=LEFT - 7, y=y + lane - 1, class_="letter small", text_anchor="end"))
        y += lane + 1.5
    band = y + 1
    thin = band + BAND + 1.5
    strips = [("crew", sky.crew), ("contact", sky.contacts), ("anomaly", sky.saa)]
    drawn: list[Child] = []
    for class_, spans in strips:
        if spans is not None:
            drawn += [bar(row, span, thin, THIN, class_) for one in whole for span in clipped(spans, *one)]
            thin += THIN + 1.2
    return el(
        "g",
        el("text", short_date(row.date), x=0, y=band + BAND - 0.5, class_="row"),
        lanes,
        _times(row, sky.lanes[0].windows) if len(sky.lanes) == 1 else None,
        [bar(row, span, band, BAND, "sunlit") for span in whole],
        [bar(row, span, band, BAND, "dark") for one in whole for span in clipped(sky.flight.nights, *one)],
        [bar(row, span, band, BAND, "twilight") for one in whole for span in clipped(sky.twilights, *one)],
        drawn,
        _figures(row, sky, band + BAND - 0.5),
    )


def _times(row: Row, windows: Sequence[Window]) -> Child:
    """Write when windows open, on the clock of the picture, as far as there is room."""
    zone, free, texts = ZoneInfo("UTC"), -1.0, []
    for window in windows:
        if row.start <= window.open_utc < row.end:
            x = row.x(window.open_utc)
            if x >= free and x + 5 * GLYPH <= WIDTH:
                texts.append(el("text", f"{window.open_utc.astimezone(zone):%H:%M}", x=x, y=row.top + 8, class_="tag"))
                free = x + 5 * GLYPH + 4
    return texts


def _figures(row: Row, sky: Aboard, y: float) -> Child:
    """Beta angle and night of the revolution in the middle of a day."""
    inside = clipped([(sky.flight.start_utc, sky.flight.end_utc)], row.start, row.end)
    at = inside[0][0] + (inside[0][1] - inside[0][0]) / 2 if inside else row.start
    revolution = revolution_at(sky.flight.revolutions, at)
    if revolution is None:
        return None
    text = f"{signed(revolution.beta_deg)}° · {revolution.night_min:.0f} min"
    return el("text", text, x=WIDTH, y=y, class_="row", text_anchor="end")


def day_map(sky: Aboard) -> Drawing:
    """Draw the ground track of one day, with the ground under each window."""
    (row,) = rows_of([sky.day], sky.tz, 0, 0)
    start, end = max(row.start, sky.flight.start_utc), min(row.end, sky.flight.end_utc)
    there = [(index, each) for index, lane in enumerate(sky.lanes) for each in lane.windows if start <= each.open_utc < end]
    shown = [(index, each) for index, each in there if len(sky.lanes) == 1 or each.length_s <= LONG_S]
    tracks = [(n, each, track_between(sky.flight.track, each.open_utc, each.close_utc)) for n, each in shown]
    labels = Labels()
    for _, _, spots in tracks:
        labels.keep_clear(spots)
    asked = " ".join(lane.light for lane in sky.lanes).casefold()
    targets = [target for target in sky.station.targets if target.name.casefold() in asked]
    body = join(
        [
            world(),
            anomaly(sky.station, labels),
            [_line(spots, "track") for spots in [track_between(sky.flight.track, start, end)] if spots],
            [_line(spots, "under", hue_of(index)) for index, _, spots in tracks],
            [target_mark(target.name, (target.lon_deg, target.lat_deg), labels) for target in targets],
            [_opening(index, window.open_utc, spots, labels, sky) for index, window, spots in tracks if spots],
            el("rect", x=0.5, y=0.5, width=WIDTH - 1, height=HEIGHT - 1, class_="edge"),
        ]
    )
    clipped_body = el("svg", body, width=WIDTH, height=HEIGHT, overflow="hidden", class_="map")
    note = f"{len(tracks)} windows, with the time at which they open ({sky.tz}). The thin line is the track of the day."
    if len(shown) < len(there):
        note += f" {len(there) - len(shown)} windows of more than {LONG_S / 60:.0f} minutes are left out."
    return Drawing(title=f"The ground below on {short_date(sky.day)}", note=note, width=WIDTH, height=HEIGHT, body=clipped_body)


def _line(spots: Sequence[Spot], class_: str, hue: str | None = None) -> Child:
    return [el("path", d=path(map(on_map, line)), class_=class_, stroke=hue) for line in split_at_date_line(spots)]


def _opening(index: int, at: datetime, spots: Sequence[Spot], labels: Labels, sky: Aboard) -> Markup:
    x, y = on_map(spots[0])
    letter = f"{letter_of(index)} " if len(sky.lanes) > 1 else ""
    text = f"{letter}{at.astimezone(ZoneInfo(sky.tz)):%H:%M}"
    dot = el("circle", cx=x, cy=y, r=3, class_="start", fill=hue_of(index))
    if not labels.has_room(text, (x, y), glyph=5.6):
        return dot
    text_x, text_y, anchor = labels.place(text, (x, y), glyph=5.6)
    return el("g", dot, el("text", text, x=text_x, y=text_y, text_anchor=anchor, class_="shot-name"))
