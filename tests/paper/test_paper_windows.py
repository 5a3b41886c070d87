"""Windows as a picture: everything drawn lies inside its drawing, and what it says is what the windows are."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from xml.dom.minidom import parseString

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.model import FlightSky, Revolution, Station, Target, TrackPoint, Window
from cupola.paper import svg_aboard, svg_ground
from cupola.paper.picture import (
    LEFT,
    PAGE,
    RIGHT,
    WIDTH,
    Aboard,
    Lane,
    OnGround,
    letter_of,
    pages,
    picture_html,
    picture_svg,
    rows_of,
)
from cupola.paper.svg_map import HEIGHT

START = datetime(2021, 10, 5, 12, tzinfo=UTC)
TURN = timedelta(minutes=93)
RECT = re.compile(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"')


def window(start, seconds=120, *, firm=True):
    return Window(open_utc=start, close_utc=start + timedelta(seconds=seconds), edge_s=1.5, firm=firm, why="orbital sunrise")


def aboard(lanes=1, days=3, drawn=()):
    end = START + timedelta(days=days)
    turns = int((end - START) / TURN)
    nights = tuple((START + n * TURN, START + n * TURN + timedelta(minutes=33)) for n in range(turns))
    revolutions = tuple(
        Revolution(number=n, start_utc=a, end_utc=a + TURN, beta_deg=-40, night_open_utc=a, night_close_utc=b)
        for n, (a, b) in enumerate(nights)
    )
    track = tuple(
        TrackPoint(
            at_utc=START + timedelta(minutes=n),
            lat_deg=51 * (n % 93 - 46) / 46,
            lon_deg=(n * 4) % 360 - 180,
            altitude_km=420,
            sunlit=True,
        )
        for n in range(days * 1440 + 1)
    )
    flight = FlightSky(
        station="ISS",
        start_utc=START,
        end_utc=end,
        revolutions=revolutions,
        nights=nights,
        track=track,
        elements_epoch_utc=START,
    )
    found = tuple(
        Lane(light=f"over Moscow {k}" if k else "orbital sunrise", shots=("22",), windows=tuple(window(b) for _, b in nights))
        for k in range(lanes)
    )
    values = {
        "station": Station(name="ISS", targets=(Target(name="Moscow", lat_deg=55.75, lon_deg=37.62),)),
        "flight": flight,
        "lanes": drawn or found,
        "twilights": nights[:2],
        "crew": ((START, START + timedelta(hours=5)),),
        "contacts": nights,
        "saa": None,
        "day": date(2021, 10, 6),
    }
    return Aboard(**values)


def ground(days=40):
    start = datetime(2022, 6, 5, 21, tzinfo=UTC)
    noons = [start + timedelta(days=n, hours=12) for n in range(days)]
    lane = Lane(light="day", shots=("10",), windows=tuple(window(noon, 3600) for noon in noons))
    bands = (("sunlit", tuple((noon - timedelta(hours=8), noon + timedelta(hours=8)) for noon in noons)),)
    return OnGround(
        place="Moscow", tz="Europe/Moscow", start_utc=start, end_utc=start + timedelta(days=days), lanes=(lane,), bands=bands
    )


@pytest.mark.parametrize("lanes", [1, 3, 9])
def test_nothing_is_drawn_outside_the_drawing_or_its_page(lanes):
    for drawing in (*svg_aboard.timelines(aboard(lanes, days=12)), *svg_ground.timelines(ground())):
        assert drawing.height <= PAGE + 10
        for x, y, width, height in (map(float, found) for found in RECT.findall(drawing.body)):
            assert 0 <= x <= x + width <= WIDTH + 2
            assert 0 <= y <= y + height <= drawing.height


def test_every_window_is_drawn_once_and_says_its_times():
    sky = aboard(days=3)
    drawn = "".join(drawing.body for drawing in svg_aboard.timelines(sky))
    for each in sky.lanes[0].windows:
        assert drawn.count(f"{each.open_utc:%d %b %H:%M:%S}-{each.close_utc:%H:%M:%S} UTC ±1.5 s") == 1 + _crosses_midnight(
            each
        )


def _crosses_midnight(each):
    return each.open_utc.date() != each.close_utc.date()


def test_a_window_that_is_not_firm_is_hollow():
    lane = Lane(light="orbital sunrise", shots=("22",), windows=(window(START + timedelta(hours=1), firm=False),))
    (drawing,) = svg_aboard.timelines(aboard(days=1, drawn=(lane,)))
    assert 'fill="#fff" stroke="#0072b2"' in drawing.body


def test_the_map_marks_the_windows_of_its_day_and_leaves_long_ones_out_among_others():
    sky = aboard(lanes=2)
    (lane, other) = sky.lanes
    long = Lane(light=other.light, shots=("3",), windows=tuple(window(each.open_utc, 1800) for each in other.windows))
    there = [each for each in lane.windows if each.open_utc.date() == sky.day]
    drawing = svg_aboard.day_map(aboard(drawn=(lane, long)))
    assert drawing.height == HEIGHT
    assert drawing.body.count('class="start"') == len(there)
    assert "windows of more than 15 minutes are left out" in drawing.note
    assert "Moscow" in svg_aboard.day_map(sky).body


def test_labels_of_a_map_do_not_overlap():
    body = svg_aboard.day_map(aboard()).body
    found = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)" class="shot-name">([^<]+)<', body)
    boxes = []
    for x, y, anchor, text in found:
        width = 5.6 * len(text)
        left = float(x) - {"start": 0, "middle": width / 2, "end": width}[anchor]
        boxes.append((left, float(y) - 9, left + width, float(y) + 2))
    for n, a in enumerate(boxes):
        for b in boxes[n + 1 :]:
            assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def test_files_stand_alone_and_let_nothing_in():
    drawings = [*svg_aboard.timelines(aboard()), svg_aboard.day_map(aboard())]
    page = picture_html("<b>Film</b> & co", "ISS", drawings, ["a note"])
    assert "<b>Film</b>" not in page
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r'(?:src|href)="', page)
    parseString(picture_svg("<b>Film</b> & co", "ISS", drawings, ["a note"]).encode())


def test_a_day_of_another_length_is_as_wide():
    """Clocks in Europe go forward on 27 March 2022: the day has 23 hours."""
    (row,) = rows_of([date(2022, 3, 27)], "Europe/Paris", 0, 10)
    assert row.end - row.start == timedelta(hours=23)
    assert (row.x(row.start), row.x(row.end)) == (LEFT, WIDTH - RIGHT)


@given(st.integers(1, 400), st.floats(20, 200), st.floats(5, 120))
def test_pages_hold_every_day_once_in_order(count, head, height):
    dates = [date(2022, 1, 1) + timedelta(days=n) for n in range(count)]
    parts = pages(dates, head, height)
    assert [day for part in parts for day in part] == dates
    assert all(head + len(part) * height <= PAGE or len(part) == 1 for part in parts)


def test_lanes_have_letters():
    assert [letter_of(n) for n in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
