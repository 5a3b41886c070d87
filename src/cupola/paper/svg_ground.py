"""Windows on Earth, drawn: a row for each local day, with night, blue hour, golden hour and day behind the windows."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from cupola.paper.markup import Child, Markup, el, join
from cupola.paper.orbit_day import clipped
from cupola.paper.picture import (
    WIDTH,
    Drawing,
    OnGround,
    Row,
    bar,
    dates_text,
    hours,
    hue_of,
    lanes_key,
    pages,
    rows_of,
    windows_bars,
)
from cupola.paper.wording import short_date

HEAD, BAND, SPACE, LANE = 30.0, 10.0, 4.5, 5.0


def timelines(sky: OnGround) -> list[Drawing]:
    """Draw the windows at a place over the light of its days, as many in one drawing as a printed page can hold."""
    key, key_height = lanes_key(sky.lanes, 0)
    marks = _marks(key_height + 4)
    head = key_height + 22 + HEAD
    zone = ZoneInfo(sky.tz)
    first, last = (at.astimezone(zone).date() for at in (sky.start_utc, sky.end_utc - timedelta(seconds=1)))
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    height = len(sky.lanes) * (LANE + 1.2) + BAND + SPACE
    count = el("text", "windows", x=WIDTH, y=head - 9, class_="axis", text_anchor="end")
    drawings = []
    for some in pages(dates, head, height):
        rows = rows_of(some, sky.tz, head, height)
        bottom = head + len(rows) * height - SPACE + 4
        body = join([key, marks, hours(rows, sky.tz, head, bottom), count, [_row(row, sky) for row in rows]])
        note = f"{sky.place}, one row a day, on the clock there. Coloured lines over a day are the windows."
        title = f"{sky.place}, {dates_text(some)}"
        drawings.append(Drawing(title=title, note=note, width=WIDTH, height=bottom + 2, body=body))
    return drawings


def _marks(top: float) -> Markup:
    x, marks = 0.0, []
    names = [("dark", "night"), ("blue", "blue hour"), ("golden", "golden hour"), ("sunlit", "day")]
    for class_, text in names:
        marks += [
            el("rect", x=x, y=top + 3, width=22, height=7, class_=class_),
            el("text", text, x=x + 29, y=top + 11, class_="axis"),
        ]
        x += 29 + 5.8 * len(text) + 22
    return el("g", marks)


def _row(row: Row, sky: OnGround) -> Markup:
    y = row.top
    lanes: list[Child] = []
    for index, lane in enumerate(sky.lanes):
        lanes.append(windows_bars(row, lane, hue_of(index), y, LANE))
        y += LANE + 1.2
    inside = clipped([(sky.start_utc, sky.end_utc)], row.start, row.end)
    counts = sum(1 for lane in sky.lanes for window in lane.windows if row.start <= window.open_utc < row.end)
    return el(
        "g",
        el("text", short_date(row.date), x=0, y=y + BAND - 1.5, class_="row"),
        [bar(row, span, y, BAND, "dark") for span in inside],
        [bar(row, part, y, BAND, name) for name, spans in sky.bands for one in inside for part in clipped(spans, *one)],
        lanes,
        el("text", str(counts) if counts else "–", x=WIDTH, y=y + BAND - 1.5, class_="axis", text_anchor="end"),
    )
