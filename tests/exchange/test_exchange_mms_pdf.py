"""Movie Magic's two printed reports as one schedule.

No public sample of the reports is at hand; their lines are those that public readers of them look for: "Shoot Day # 28 Tuesday,
January 17, 2017", "End Day # 27 Monday, January 16, 2017 -- Total Pages: 2 6/8", "Scene # 7, 9", "16pt3" and "N.NAME"
(parse_shootsked.py for BGBoard, and a parser of schedules in JavaScript), "End of Shooting Day 1 -- Tuesday, 21 May 2024".
"""

import json
from contextlib import suppress
from datetime import date

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import ScheduleError
from cupola.exchange.mms_pdf import date_in, parse_mms_pdfs
from cupola.exchange.mmsx import refuse_mmsx


def pdf(rows, tmp_path_factory):
    """A PDF of rows, each a list of texts with their distance from the left in points."""
    source = """#set page(width: 612pt, height: 792pt, margin: 40pt)
#set text(size: 9pt)
#let rows = json(bytes(sys.inputs.rows))
#for row in rows { if row == "page" { pagebreak() } else { block(height: 12pt, below: 0pt, width: 100%,
  { for field in row { place(dx: field.at(0) * 1pt, text(field.at(1))) } }) } }"""
    file = tmp_path_factory.mktemp("pdf") / "a.typ"
    file.write_text(source, encoding="utf-8")
    return typst.compile(file, sys_inputs={"rows": json.dumps(rows)})


def sheet(number, *, scene, set_, pages, synopsis, columns):
    """A breakdown sheet as rows."""
    rows = [
        [(0, "HARBOUR LIGHTS"), (400, "Breakdown Sheet")],
        [(0, f"Sheet: {number}"), (150, f"Scenes: {scene}"), (300, f"Pages: {pages}")],
        [(0, "Int/Ext: EXT"), (150, f"Set: {set_}"), (400, "Day/Night: Day")],
        [(0, f"Synopsis: {synopsis}")],
        [(0, "Location: Old port"), (300, "Script Day: D1")],
    ]
    heads = list(columns)
    rows.append([(200 * n, name) for n, name in enumerate(heads)])
    depth = max(len(names) for names in columns.values())
    for line in range(depth):
        rows.append([(200 * n, columns[name][line]) for n, name in enumerate(heads) if line < len(columns[name])])
    return [*rows, "page"]


SHEETS = [
    *sheet(1, scene="1", set_="PIER", pages="2 4/8", synopsis="Anna waits.",
           columns={"Cast Members": ["1. ANNA", "2.ПЁТР"], "Props": ["Lamp", "Rope, 20 m"]}),
    *sheet(2, scene="7, 9", set_="LIGHTHOUSE", pages="3/8", synopsis="Rain.", columns={"Cast Members": ["1. ANNA"]}),
    *sheet(3, scene="16pt3", set_="PIER", pages="1", synopsis="The end.", columns={"Vehicles": ["Boat"]}),
    *sheet(4, scene="20", set_="SEA", pages="1/8", synopsis="Never shot.", columns={"Vehicles": ["Boat"]}),
]  # fmt: skip
SCHEDULE = [
    [(0, "HARBOUR LIGHTS"), (400, "Shooting Schedule")],
    [(0, "Shoot Day # 1 Monday, October 27, 2025")],
    [(0, "EXT"), (60, "LIGHTHOUSE"), (300, "Day"), (400, "3/8 Pgs.")],
    [(0, "Scene # 7, 9"), (150, "Rain.")],
    [(0, "Cast Members"), (300, "Props")],
    [(0, "1. ANNA")],
    [(0, "Scene # 16pt3"), (150, "The end.")],
    "page",
    [(0, "Scene # 16pt3 (Continued)")],
    [(0, "End Day # 1 Monday, October 27, 2025 -- Total Pages: 1 3/8")],
    [(0, "Shoot Day # 2 Wednesday, October 29, 2025")],
    [(0, "Scene # 1"), (150, "Anna waits.")],
    [(0, "Scene # 99"), (150, "Not broken down.")],
    [(0, "End Day # 2 Wednesday, October 29, 2025 -- Total Pages: 2 4/8")],
]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    return pdf(SHEETS, tmp_path_factory), pdf(SCHEDULE, tmp_path_factory)


def test_days_come_from_the_one_and_sheets_from_the_other(reports):
    breakdown, schedule = reports
    read = parse_mms_pdfs(breakdown, schedule, file="b.pdf", other_file="s.pdf")
    sheets = {one.id: one for one in read.sheets}
    items = {one.id: one for one in read.items}
    (board,) = read.boards
    (unit,) = board.shooting
    assert [[sheets[id].number for id in day] for day in unit.days] == [["7, 9", "16pt3"], ["1", "99"]]
    assert [sheets[id].number for one in board.units for id in one.loose] == ["20"]
    assert [(one.number, one.eighths, one.synopsis) for one in read.sheets] == [
        ("1", 20, "Anna waits."),
        ("7, 9", 3, "Rain."),
        ("16pt3", 8, "The end."),
        ("20", 1, "Never shot."),
        ("99", 0, ""),
    ]
    assert [(items[id].word, items[id].name, items[id].board_id) for id in read.sheets[0].items] == [
        ("int/ext", "EXT", ""),
        ("set", "PIER", ""),
        ("day/night", "Day", ""),
        ("location", "Old port", ""),
        ("script day", "D1", ""),
        ("cast", "ANNA", "1"),
        ("prop", "Lamp", ""),
        ("cast", "ПЁТР", "2"),
        ("prop", "Rope, 20 m", ""),
    ]
    assert any("Scene 99" in note for note in read.notes)
    calendar = read.calendar_of(board)
    assert calendar.workdays(2) == (date(2025, 10, 27), date(2025, 10, 29))
    assert parse_mms_pdfs(schedule, breakdown, file="b.pdf", other_file="s.pdf") == read


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday, January 17, 2017", date(2017, 1, 17)),
        ("Tuesday, 21 May 2024 -- 5 6/8 pages", date(2024, 5, 21)),
        ("Tue, Jun 17, 2008", date(2008, 6, 17)),
        ("Stage 4", None),
        ("February 30, 2024", None),
    ],
)
def test_dates_are_read_as_they_are_printed(text, day):
    assert date_in(text) == day


def test_a_schedule_that_only_ends_its_days_is_read(reports, tmp_path_factory):
    rows = [[(0, "Scene #")], [(0, "1")], [(0, "End of Shooting Day 1 -- Tuesday, 21 May 2024 -- 2 4/8 pages")]]
    read = parse_mms_pdfs(pdf(rows, tmp_path_factory), reports[0])
    (unit,) = read.boards[0].shooting
    sheets = {one.id: one.number for one in read.sheets}
    assert [[sheets[id] for id in day] for day in unit.days] == [["1"]]
    assert read.calendars[0].start == date(2024, 5, 21)


def test_two_of_a_kind_and_no_report_at_all_are_refused(reports, tmp_path_factory):
    breakdown, schedule = reports
    empty = pdf([[(0, "A letter to the producers")]], tmp_path_factory)
    for one, other, value in (
        (breakdown, breakdown, "neither has"),
        (schedule, schedule, "both have"),
        (schedule, empty, "none"),
        (b"not a PDF", schedule, ""),
    ):
        with pytest.raises(ScheduleError) as caught:
            parse_mms_pdfs(one, other, file="a.pdf", other_file="b.pdf")
        assert value in str(caught.value.value or "")
        assert "PDF" in caught.value.remedy


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=8))
def test_a_broken_pdf_is_read_or_refused(reports, at, noise):
    breakdown, schedule = reports
    for one, other in ((breakdown[:at] + noise + breakdown[at + len(noise) :], schedule), (breakdown, schedule[:at])):
        with suppress(ScheduleError):
            parse_mms_pdfs(one, other)


def test_what_is_encrypted_is_refused_with_the_way_round():
    said = str(refuse_mmsx("films/show.mmsx"))
    assert "show.mmsx" in said
    assert "encrypts it" in said
    assert "--with" in said
