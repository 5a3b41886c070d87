"""Movie Magic's .msd: what is read, that everything else comes back, and that what is written is read again as the same.

The container and the words of its XML are those that two independent public readers of real files describe: Stripboard Studio
(nebelwerfer41, MIT; its changed files were opened in Movie Magic 6.02.413) and Lemon Schedule's msd_probe.py.
"""

import json
import os
import struct
import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import ScheduleError
from cupola.exchange.msd import parse_msd
from cupola.exchange.msd_write import to_msd
from cupola.exchange.schedule_file import Calendar, Category, Event, Item, Schedule, Sheet, StripBoard, UnitBoard
from cupola.exchange.uss import parse_uss
from cupola.exchange.uss_write import to_uss

PRODUCTION = """<ProductionInfo><PropertyList><Property Name="PictureTitle" Value="HARBOUR &amp; SEA"/>
<Property Name="Director" Value="A. Pavlova"/></PropertyList></ProductionInfo>"""
CATEGORIES = """<CategoryMgr SortBy="Name"><CategoryList><Category Name="Cast Members" SortOrder="0"/>
<Category Name="Props" SortOrder="1"/><Category Name="Set" SortOrder="2"/><Category Name="Weather Cover" SortOrder="3"/>
</CategoryList><CategoryPreferences Colour="7"/></CategoryMgr>"""
ELEMENTS = """<ElementMgr><Elements>
<Element CategoryName="Cast Members" Name="Anna" BoardID="1" SortOrder="4">
<Property Name="Drop"><![CDATA[<10>]]></Property></Element>
<Element CategoryName="Cast Members" Name="Пётр" BoardID="2"/><Element CategoryName="Props" Name="Lamp"/>
<Element CategoryName="Set" Name="PIER"/></Elements></ElementMgr>"""
SHEETS = """<BreakdownSheetMgr><BreakdownSheets>
<BreakdownSheet BDSID="5303519550" SheetNumber="1" Scenes="1, 3" IE="EXT" DN="Day" Set="PIER" Location="Stage 1"
 NumScriptPages="18" ScriptPageNumbers="1-3" EstimateTimeB="2"
 EstimateTimeA="30" Synopsis="They &lt;meet&gt;." Comments="a&#10;b" Mood="grey">
<ElementRefs><ElementRef CategoryName="Cast Members" ElementName="Anna" Quantity="2"/>
<ElementRef CategoryName="Props" ElementName="Lamp"/></ElementRefs><Attachments><Attachment Path="x.jpg"/></Attachments>
</BreakdownSheet>
<BreakdownSheet BDSID="5303519551" SheetNumber="2" Scenes="5" IE="INT" DN="Night" Set="CAFÉ" NumScriptPages="3">
<ElementRefs><ElementRef CategoryName="Cast Members" ElementName="Пётр"/></ElementRefs></BreakdownSheet>
<BreakdownSheet BDSID="5303519552" SheetNumber="3" Scenes="5" Set="CAFÉ" NumScriptPages="1"/>
</BreakdownSheets></BreakdownSheetMgr>"""
CALENDARS = """<CalendarMgr><CalendarMgrPreferences/><Calendars><Calendar Name="5 Day Week"><ScheduleDates>
<ScheduleDate Name="ProductionPrepStartDate" Date="06/02/2008"/><ScheduleDate Name="ProductionStartDate" Date="06/17/2008"/>
</ScheduleDates><SpecialDays>
<SpecialDay Date="07/04/2008" Off="0" CompanyTravel="0" Holiday="1" ExceptionWorkday="0"/>
<SpecialDay Date="06/21/2008" Off="0" CompanyTravel="0" Holiday="0" ExceptionWorkday="1"/></SpecialDays>
<DaysOff Sun="1" Mon="0" Tue="0" Wed="0" Thu="0" Fri="0" Sat="1"/></Calendar></Calendars></CalendarMgr>"""
BOARDS = """<StripBoardMgr><StripBoardMgrPreferences>
<PropertyList><Property Name="ActiveStripBoard" Value="First"/></PropertyList>
</StripBoardMgrPreferences><StripBoards>
<StripBoard Name="First" SortOrder="0" CalendarName="5 Day Week"><Description>draft</Description>
<ScheduledStrips><ScheduleDay Marker="one"><BDSStrip BDSID="5303519551"/><BannerStrip Text="COMPANY MOVE" FontSize="12"/>
<BDSStrip BDSID="5303519550" Locked="1"/></ScheduleDay><ScheduleDay/><RemainingScheduledStrips/></ScheduledStrips>
<UnscheduledStrips><RemainingUnscheduledStrips><BDSStrip BDSID="5303519552"/><NoteStrip Text="?"/></RemainingUnscheduledStrips>
</UnscheduledStrips></StripBoard></StripBoards></StripBoardMgr>"""
LAYOUT = "<Layout><StripBoardLayouts/></Layout>"
PICTURE = b";C:\\stills\\anna.jpg\xff\xd8\xff\xe0JFIF\0<Not>xml"
SECTIONS = (PRODUCTION, CATEGORIES, ELEMENTS, SHEETS, CALENDARS, BOARDS, LAYOUT)


def deflated(text):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(text.encode()) + packer.flush()


def msd(*sections):
    """An .msd file as Movie Magic lays it out, from texts (packed) and bytes (as they are)."""
    head = b"/********* EPSF FILE ********/ ".ljust(64, b"\0")
    head += b"".join(text.ljust(64, b"\0") for text in (b"00.01.001", b"EPS Schedule File", b"06.00.000")) + b"\0\0\0\7"
    tail = b"".join(
        text.ljust(64, b"\0") for text in (b"Movie Magic Scheduling 6", b"06.02.413", b"10/10/2009 05:29:03:301 GMT")
    )
    body, table, at = b"", b"", 716
    for number, section in enumerate(sections):
        data = deflated(section) if isinstance(section, str) else section
        block = b"/********* EPSF SECTION *********/ " + bytes(32) + bytes([isinstance(section, str)]) + data
        names = b"".join(text.ljust(64, b"\0") for text in (b"Section %d" % number, b"MMS", b"06.00.000", b"odd"))
        table += b"/********* EPSF SECTION MAP *********/ ".ljust(68, b"\0") + struct.pack(">II", at, len(block)) + names
        body, at = body + block, at + len(block)
    return (head + struct.pack(">II", at, len(sections)) + tail).ljust(716, b"\0") + body + table


def parts(data):
    """The sections of a file by the name of their XML element, picked apart without the code under test."""
    start, count = struct.unpack_from(">II", data, 260)
    found = []
    for number in range(count):
        entry = data[start + number * 332 : start + (number + 1) * 332]
        at, length = struct.unpack_from(">II", entry, 68)
        found.append((entry[76:], data[at : at + length]))
    return found


FILM = msd(*SECTIONS, PICTURE)


def facts(schedule, sheet):
    items = {item.id: item for item in schedule.items}
    return [(items[name].word, items[name].name) for name in sheet.items]


def test_sheets_are_read_with_pages_time_and_what_they_need():
    schedule = parse_msd(FILM, file="film.msd")
    assert schedule.title == "HARBOUR & SEA"
    first, second, third = schedule.scenes
    assert (first.number, first.eighths, first.minutes, first.script_page) == ("1, 3", 18, 150, "1-3")
    assert (first.synopsis, first.comments) == ("They <meet>.", "a\nb")
    assert facts(schedule, first) == [
        ("int/ext", "EXT"),
        ("set", "PIER"),
        ("day/night", "Day"),
        ("location", "Stage 1"),
        ("cast", "Anna"),
        ("prop", "Lamp"),
    ]
    assert facts(schedule, second) == [("int/ext", "INT"), ("set", "CAFÉ"), ("day/night", "Night"), ("cast", "Пётр")]
    assert (second.number, third.number) == ("5", "5")
    assert [item.board_id for item in schedule.items if item.word == "cast"] == ["1", "2"]


def test_boards_are_read_with_days_banners_and_boneyard():
    schedule = parse_msd(FILM)
    (board,) = schedule.boards
    main, bone = (unit for unit in board.units if unit.days or unit.loose)
    sheets = {sheet.id: sheet for sheet in schedule.sheets}
    assert [[sheets[name].number or sheets[name].text for name in day] for day in main.days] == [
        ["5", "COMPANY MOVE", "1, 3"],
        [],
    ]
    assert bone.is_boneyard
    assert [sheets[name].number or sheets[name].text for name in bone.loose] == ["5", "NoteStrip"]
    assert board.shooting == (main,)


def test_calendars_are_read_with_start_weekdays_and_days_off():
    schedule = parse_msd(FILM)
    calendar = schedule.calendar_of(schedule.boards[0])
    assert (calendar.start, calendar.days_off, calendar.dates_off) == (date(2008, 6, 17), (5, 6), (date(2008, 7, 4),))
    assert calendar.workdays(14)[-1] == date(2008, 7, 7)
    assert any("2008-06-21" in note for note in schedule.notes)


def test_what_was_read_is_written_back_and_read_as_the_same():
    read = parse_msd(FILM, file="film.msd")
    again = parse_msd(to_msd(read), file="film.msd")
    assert again == read
    assert to_msd(again) == to_msd(read)


def test_what_nobody_reads_comes_back_byte_for_byte():
    out = to_msd(parse_msd(FILM))
    assert out[:260] + out[268:716] == FILM[:260] + FILM[268:716]
    before, after = parts(FILM), parts(out)
    assert [entry for entry, _ in after] == [entry for entry, _ in before]
    assert [block for _, block in after[-2:]] == [block for _, block in before[-2:]]


@pytest.mark.parametrize(
    "said",
    ['Director" Value="A. Pavlova"', 'Colour="7"', 'SortOrder="4"', "&lt;10&gt;", 'Mood="grey"', 'Quantity="2"',
     "Attachment Path", 'Marker="one"', 'FontSize="12"', 'Locked="1"', "<Description>draft</Description>",
     "NoteStrip", "ActiveStripBoard",
     'ProductionPrepStartDate" Date="06/02/2008"', 'Holiday="0" ExceptionWorkday="1"', "StripBoardLayouts"],
)  # fmt: skip
def test_unknown_attributes_and_elements_are_carried(said):
    texts = [zlib.decompress(block[68:], -15).decode() for _, block in parts(to_msd(parse_msd(FILM)))[:-1]]
    assert any(said in text for text in texts)


def test_a_schedule_goes_through_the_other_standard_and_back():
    read = parse_msd(FILM)
    again = parse_msd(to_msd(parse_uss(to_uss(read))))
    assert told(again) == told(read)
    before, after = parts(to_msd(read)), parts(to_msd(again))
    assert [block for _, block in after[-2:]] == [block for _, block in before[-2:]]


def test_a_new_file_has_the_managers_that_readers_ask_for():
    harbour = parse_uss((Path(__file__).parent / "uss" / "harbour.uss").read_bytes())
    data = to_msd(harbour)
    roots = [zlib.decompress(block[68:], -15).decode().split("<")[2].split()[0].strip(">") for _, block in parts(data)]
    assert roots == ["ProductionInfo", "CategoryMgr", "ElementMgr", "BreakdownSheetMgr", "CalendarMgr", "StripBoardMgr"]
    read, given = told(parse_msd(data)), told(harbour)
    assert (read[0], read[1], read[3]) == (given[0], given[1], given[3])
    boards = {name: days for name, days, _ in read[2]}
    assert boards["First Pass"] == {name: days for name, days, _ in given[2]}["First Pass"]
    assert [boards["Two Units"], boards["Two Units - Second Unit"]] == [[days] for days in given[2][2][1]]


def broken(**texts):
    return msd(*(texts.get(text[1:10], text) for text in SECTIONS))


BOMB = "<ElementMgr><Elements>" + " " * (9 * 2**20) + "</Elements></ElementMgr>"
ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]><ElementMgr>&a;</ElementMgr>'
CASES = [
    (b"", "starts with EPSF FILE"),
    (b"PK\3\4", "starts with EPSF FILE"),
    (FILM[:700], "cut short"),
    (FILM[:-400], "cut short or broken"),
    (FILM[: FILM.rindex(b"EPSF SECTION MAP")], "cut short or broken"),
    (FILM[:716] + b"x" + FILM[717:], "starts with EPSF SECTION"),
    (msd(*SECTIONS[:3]), "categories, elements, breakdown sheets and boards"),
    (msd(*SECTIONS, CATEGORIES), "stands once"),
    (broken(ElementMg=BOMB), "at most 4 MB"),
    (broken(ElementMg=ENTITY), "no ElementMgr"),
    (broken(ElementMg="<ElementMgr><Elements>"), "not sound XML"),
    (broken(ElementMg=ELEMENTS.replace("Lamp", "").replace("Anna", "")), "a name of its own"),
    (broken(Breakdown=SHEETS.replace("5303519551", "5303519550")), "a BDSID of its own"),
    (broken(Breakdown="<BreakdownSheetMgr/>"), "at least one breakdown sheet"),
    (broken(CalendarM=CALENDARS.replace('Name="5 Day Week"', "")), "a calendar has a name"),
    (broken(StripBoar=BOARDS.replace('Name="First" ', "")), "a board has a name"),
    (broken(StripBoar=BOARDS.replace("<ScheduleDay/>", "<ScheduleDay/>" * 1200)), "at most 1100 days"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "rule"), CASES, ids=[rule for _, rule in CASES])
def test_what_is_broken_is_refused_in_one_message(data, rule):
    with pytest.raises(ScheduleError) as caught:
        parse_msd(data, file="a.msd")
    assert rule in f"{caught.value.rule}: {caught.value.value}"
    assert caught.value.file == "a.msd"
    assert caught.value.remedy


def read(data):
    with suppress(ScheduleError):
        schedule = parse_msd(data)
        assert parse_msd(to_msd(schedule)).scenes


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(FILM)), st.binary(max_size=8))
def test_any_bytes_are_read_or_refused(at, noise):
    read(noise + FILM[len(noise) :])
    read(FILM[:at] + noise + FILM[at + len(noise) :])
    read(FILM[:at])
    read(FILM[:at] + noise + FILM[at:])


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 5), st.integers(0, 3000), st.sampled_from(["", '"', "x", "9", "=", "<Day/>", "&#9;", " Name='a'", "/>"]))
def test_any_change_of_the_text_is_read_or_refused(number, at, noise):
    texts = list(SECTIONS)
    at %= len(texts[number])
    texts[number] = texts[number][:at] + noise + texts[number][at + 1 :]
    read(msd(*texts))


CARRIED = st.recursive(
    st.none() | st.integers() | st.text(max_size=6), lambda x: st.lists(x, max_size=2) | st.dictionaries(st.text(max_size=8), x)
)
KEYS = st.sampled_from(
    (
        "attributes",
        "inside",
        "refs",
        "strips",
        "heads",
        "strip",
        "dates",
        "specials",
        "days_off",
        "listed",
        "header",
        "sections",
    )
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, CARRIED, max_size=4))
def test_whatever_another_program_carries_is_written_or_refused(value):
    harbour = parse_uss((Path(__file__).parent / "uss" / "harbour.uss").read_bytes())
    extra = (("_msd", json.dumps(value)),)
    some = replace(
        harbour,
        sheets=tuple(replace(one, extra=extra) for one in harbour.sheets),
        items=tuple(replace(one, extra=extra) for one in harbour.items),
        categories=tuple(replace(one, extra=extra) for one in harbour.categories),
        calendars=tuple(replace(one, extra=extra) for one in harbour.calendars),
        boards=tuple(
            replace(one, extra=extra, units=tuple(replace(unit, extra=extra) for unit in one.units)) for one in harbour.boards
        ),
    )
    for schedule in (some, replace(harbour, header=extra)):
        with suppress(ScheduleError):
            to_msd(schedule)


WORDS = {"cast": "Actors", "prop": "Props", "set": "Sets", "int/ext": "I/E", "day/night": "D/N", "weather": "Weather"}
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6).filter(str.strip) | st.sampled_from(
    ["Пётр", "ANNA", '"Q" & <A>', "a\nb", " x "]
)


@st.composite
def schedules(draw):
    """A schedule as any program may have it, with what this format has a place for."""
    categories = tuple(Category(id=f"c{n}", word=word, name=name, ucid=n) for n, (word, name) in enumerate(WORDS.items()))
    chosen = draw(st.lists(st.tuples(st.sampled_from(categories), NAMES), max_size=6, unique=True))
    items = tuple(
        Item(id=f"i{n}", category=one.id, word=one.word, name=name, board_id=str(n)) for n, (one, name) in enumerate(chosen)
    )
    count = draw(st.integers(1, 5))
    sheets = tuple(
        Sheet(
            id=draw(st.sampled_from([f"s{n}", str(70 + n)])),
            kind="scene" if n == 0 or draw(st.booleans()) else "banner",
            number=draw(NAMES),
            text=draw(NAMES),
            synopsis=draw(NAMES),
            eighths=draw(st.integers(0, 99)),
            minutes=float(draw(st.integers(0, 900))),
            items=tuple(draw(st.lists(st.sampled_from([item.id for item in items]), unique=True))) if items else (),
        )
        for n in range(count)
    )
    ids = st.sampled_from([sheet.id for sheet in sheets])
    days = tuple(tuple(day) for day in draw(st.lists(st.lists(ids, min_size=1, max_size=3), max_size=4)))
    units = [
        UnitBoard(id="u", name="stripboard", days=days),
        UnitBoard(id="b", name="boneyard", loose=tuple(draw(st.lists(ids, max_size=2)))),
    ]
    start = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    off = draw(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=3, unique=True))
    events = (Event(date=start, kind="start"), *(Event(date=day, kind="day off", name="Holiday") for day in off))
    calendar = Calendar(id="k", name=draw(NAMES), start=start, days_off=(5, 6), events=events)
    board = StripBoard(id="s", name=draw(NAMES), calendar="k", units=tuple(units))
    return Schedule(
        file="", id="x", name="", project=draw(NAMES), header=(), sheets=sheets, categories=categories, items=items,
        boards=(board,), calendars=(calendar,),
    )  # fmt: skip


def told(schedule):
    """What a schedule says, in words of the trade and not in ids."""
    items = {item.id: item for item in schedule.items}
    sheets = {sheet.id: sheet for sheet in schedule.sheets}

    def line(name):
        one = sheets[name]
        if one.kind == "banner":
            return one.text
        needs = {(items[n].word, items[n].name.strip(), items[n].board_id * (items[n].word == "cast")) for n in one.items}
        return (one.number, one.synopsis, one.comments, one.eighths, round(one.minutes), one.script_page, frozenset(needs))

    return (
        schedule.title,
        [line(sheet.id) for sheet in schedule.scenes],
        [
            (board.name, [[[line(name) for name in day] for day in unit.days] for unit in board.shooting],
             [line(name) for unit in board.units for name in unit.loose])
            for board in schedule.boards
        ],
        [(one.name, one.start, one.days_off, one.dates_off) for one in schedule.calendars],
    )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(schedules())
def test_what_is_written_is_read_again_as_the_same(schedule):
    read = parse_msd(to_msd(schedule))
    assert parse_msd(to_msd(read)) == read
    assert told(read) == told(schedule)


DEMO = "samples/Wonderful Life Demo.msd of nebelwerfer41/stripboard-studio"


def test_the_makers_own_demo_counts_as_its_readers_say():
    """The figures are those of that repository's tests/parser.html: sheets, elements, boards, days, and the active board's."""
    if not os.environ.get("CUPOLA_MSD_WONDERFUL"):
        pytest.skip(f"needs CUPOLA_MSD_WONDERFUL, the path of {DEMO}")
    data = Path(os.environ["CUPOLA_MSD_WONDERFUL"]).read_bytes()
    schedule = parse_msd(data)
    assert schedule.title == "IT'S A WONDERFUL LIFE"
    assert (len(schedule.scenes), len(schedule.boards), len(schedule.calendars)) == (146, 3, 3)
    assert sum(board.day_count for board in schedule.boards) == 87
    board = next(board for board in schedule.boards if board.name == "Actor Scenario")
    sheets = {sheet.id: sheet for sheet in schedule.sheets}
    strips = [sheets[name].kind for unit in board.shooting for day in unit.days for name in day]
    assert (strips.count("scene"), strips.count("banner")) == (132, 12)
    dates = schedule.calendar_of(board).workdays(board.day_count)
    assert (dates[0], dates[-1]) == (date(2008, 6, 17), date(2008, 7, 30))
    assert parse_msd(to_msd(schedule)) == schedule
