"""Schedules in spreadsheets: workbooks are made and read back by openpyxl, CSV files by Python's csv."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import ScheduleError
from cupola.exchange.board_schedule import calendar_on, schedule_of
from cupola.exchange.schedule_file import Category, Item, Schedule, Sheet, StripBoard, UnitBoard
from cupola.exchange.schedule_reader import parse_schedule
from cupola.exchange.spreadsheet.cells import cast_cell, list_cell, pages_cell, parse_pages, split_cast, split_list
from cupola.exchange.spreadsheet.columns import fact_of
from cupola.exchange.spreadsheet.csv_table import escaped, unescaped
from cupola.exchange.spreadsheet.mapping import ColumnMap
from cupola.exchange.spreadsheet.read import parse_spreadsheet
from cupola.exchange.spreadsheet.write import to_csv, to_xlsx, written
from cupola.files import read_board, read_production
from cupola.script.categories import CATEGORY_TABLE

EXAMPLES = Path(__file__).parents[2] / "examples"
HEAD = "Day,Date,Scene,I/E,Set,D/N,Synopsis,Pages,Cast,Props\n"
HARBOUR = HEAD + (
    '1,2027-04-01,1,EXT,PIER,DAY,"Anna waits, then leaves.",2 4/8,"1. ANNA, 2. IVO",umbrella\n'
    "2,2027-04-02,2,INT,CAFE,DAY,,3,2. IVO,\n"
    '2,2027-04-02,3,INT,CAFE,NIGHT,,1/8,,"lamp; cup, chipped"\n'
    ",,4,EXT,PIER,DAY,,1.375,ANNA,\n"
)


def read(text: str | bytes, asked: ColumnMap | None = None, file: str = "harbour.csv") -> Schedule:
    return parse_spreadsheet(text.encode() if isinstance(text, str) else text, file=file, asked=asked)


def book(rows, *, title="Plan", prepare=None) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if prepare:
        prepare(made)
    memory = io.BytesIO()
    made.save(memory)
    return memory.getvalue()


def names(schedule: Schedule, sheet: Sheet, word: str) -> list[str]:
    items = {item.id: item for item in schedule.items}
    return [items[id].name for id in sheet.items if items[id].word == word]


def test_a_sheet_says_scenes_days_cast_and_things():
    found = read(HARBOUR)
    first, second, third, fourth = found.scenes
    assert (first.number, first.eighths, first.synopsis) == ("1", 20, "Anna waits, then leaves.")
    assert [sheet.eighths for sheet in found.scenes] == [20, 24, 1, 11]
    assert names(found, first, "cast") == ["ANNA", "IVO"]
    assert names(found, third, "prop") == ["lamp", "cup, chipped"]
    assert {item.name: item.board_id for item in found.items if item.word == "cast"} == {"ANNA": "1", "IVO": "2"}
    (board,) = found.boards
    main, bone = board.units
    assert main.days == ((first.id,), (second.id, third.id))
    assert bone.loose == (fourth.id,)
    assert found.calendar_of(board).workdays(2) == (date(2027, 4, 1), date(2027, 4, 2))


def test_a_breakdown_without_days_has_no_board():
    found = read("Scene,Set,Pages\n1,PIER,1\n")
    assert found.boards == ()


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("Scene,I/E,Set,D/N,Pages,Cast ID", ["scene", "int/ext", "set", "day/night", "pages", "cast numbers"]),
        ("Scene #,INT/EXT,Location,Day/Night,Page Count,Characters", "scene int/ext location day/night pages cast"),
        ("Sc.,Slugline,Description,Pgs.,Est. Time,Script Day", "scene heading synopsis pages minutes script day"),
        ("№ сцены,Инт/Нат,Объект,Режим,Содержание,Актёры", "scene int/ext set day/night synopsis cast"),
        ("Массовка,Реквизит,Игровой транспорт,Костюм,Грим,Каскадёры", "background prop vehicle wardrobe makeup stunt"),
        ("Extras,Livestock,Hair & Makeup,Special FX,VFX,Set Dressing", "background animal makeup sfx vfx set dressing"),
        ("Shoot Day #,Дата съёмки,Unit,Смена,Место съёмки,Примечание", "day date unit day location note"),
    ],
)
def test_trade_words_are_known_in_two_languages(head, facts):
    found = [fact_of(word) for word in head.split(",")]
    assert " ".join(found) == (facts if isinstance(facts, str) else " ".join(facts))


def test_a_word_of_nobody_is_carried_for_each_row_and_comes_back_in_its_column():
    text = "Weather,Scene,Set,Mood\nrain,1,PIER,\n,2,CAFE,=blue\n"
    found = read(text)
    assert [json.loads(dict(sheet.extra).get("_table", "{}")) for sheet in found.sheets] == [
        {"Weather": "rain"},
        {"Mood": "=blue"},
    ]
    rows = list(csv.reader(io.StringIO(to_csv(found).decode("utf-8-sig"))))
    assert rows == [["Weather", "Scene", "Set", "Mood"], ["rain", "1", "PIER", ""], ["", "2", "CAFE", "'=blue"]]


def test_rows_that_end_days_make_a_board():
    text = (
        "Scene,Set,Pages\nMY FILM\n1,PIER,1\n2,PIER,2/8\n"
        '"End of Shooting Day 1 -- Thursday, April 1, 2027 -- 1 2/8 pages"\n'
        'Company move\n3,CAFE,1\n"End Day # 2 Friday, April 2, 2027"\nBoneyard\n4,CAFE,1\nTotal pages,,3 2/8\n'
    )
    found = read(text)
    (board,) = found.boards
    sheets = {sheet.id: sheet.number or sheet.text for sheet in found.sheets}
    assert [[sheets[id] for id in day] for day in board.units[0].days] == [["MY FILM", "1", "2"], ["Company move", "3"]]
    assert [sheets[id] for id in board.units[-1].loose] == ["4"]
    assert found.calendars[0].start == date(2027, 4, 1)
    assert any("total" in note for note in found.notes)
    assert read(to_csv(found)) == replace(found, notes=())


def test_rows_that_start_days_make_a_board():
    found = read("Сцена,Объект\nСъёмочный день 1 - 01.04.2027\n1,ПИРС\n2,ПИРС\nСъёмочный день 2 - 02.04.2027\n3,КАФЕ\n")
    assert found.boards[0].units[0].days == (("1", "2"), ("3",))
    assert found.calendars[0].workdays(2) == (date(2027, 4, 1), date(2027, 4, 2))


def test_numbers_of_the_cast_get_the_names_that_stand_with_them_elsewhere():
    found = read('Scene,Set,Cast\n1,PIER,"1. ANNA, 2. IVO"\n2,PIER,"1, 2, 9"\n')
    assert names(found, found.sheets[1], "cast") == ["ANNA", "IVO", "9"]
    found = read('Scene,Set,Cast ID\n1,PIER,"1,2"\n', ColumnMap(cast=(("1", "ANNA"),)))
    assert names(found, found.sheets[0], "cast") == ["ANNA", "2"]
    found = read('Scene,Set,Cast,Cast ID\n1,PIER,"ANNA, IVO","7, 8"\n')
    assert [(item.name, item.board_id) for item in found.items if item.word == "cast"] == [("ANNA", "7"), ("IVO", "8")]


def test_a_slugline_is_taken_apart():
    found = read('Scene,Heading\n1,INT. ISS - CUPOLA - NIGHT\n2,"somewhere, later"\n')
    assert names(found, found.sheets[0], "set") == ["ISS - CUPOLA"]
    assert names(found, found.sheets[0], "day/night") == ["NIGHT"]
    assert read(to_csv(found)) == found
    assert "somewhere, later" in to_csv(found).decode()


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("cp1251", b"")],
)
def test_every_alphabet_and_separator_is_told(encoding, mark):
    text = "Сцена;Объект;Реквизит\n1;ПИРС;зонт, лодка\n2;КАФЕ;самовар\n"
    found = read(mark + text.encode(encoding))
    assert names(found, found.sheets[0], "prop") == ["зонт", "лодка"]
    assert ("Cyrillic (Windows 1251)" in " ".join(found.notes)) == (encoding == "cp1251")
    assert read(text.replace(";", "\t").encode(encoding) if encoding == "cp1251" else mark + text.encode(encoding))


def test_excels_hint_quoted_lines_and_old_line_ends_are_read():
    assert read('sep=|\nScene|Set\n1|"PIER\nEAST"\n').sheets[0].items == ("set/PIER", "set/EAST")
    assert [sheet.number for sheet in read("Scene,Set\r1,A\r2,B\r").scenes] == ["1", "2"]
    assert read('Scene,Set,Synopsis\n1,A,"He said ""no"".\nShe left."\n').sheets[0].synopsis == 'He said "no".\nShe left.'


def test_a_mapping_says_what_columns_are_by_head_and_by_letter():
    text = "My plan\n\nNr,Ort,X\n1,PIER,lamp\n"
    asked = ColumnMap(columns=(("Nr", "scene"), ("Ort", "set"), ("C", "prop")), header_row=3)
    found = read(text, asked)
    assert names(found, found.sheets[0], "prop") == ["lamp"]
    assert read(to_csv(found, asked), asked) == found
    bare = ColumnMap(columns=(("A", "scene"), ("C", "set"), ("B", "category Drones")), header_row=0)
    found = read("1,big one,PIER\n", bare)
    assert [(one.word, one.name, one.ucid) for one in found.categories] == [("set", "Set", 0), ("drones", "Drones", 500)]
    assert to_csv(found, bare).decode("utf-8-sig") == "1,big one,PIER\r\n"


def test_dates_of_every_country_are_read():
    for text, day in (
        ("01.04.2027", "2027-04-01"),
        ("4/1/2027", "2027-04-01"),
        ("Thu 1 Apr 27", "2027-04-01"),
        ("Thursday, April 1, 2027", "2027-04-01"),
        ("1 апреля 2027", "2027-04-01"),
    ):
        assert str(read(f'Scene,Set,Date\n1,A,"{text}"\n').calendars[0].start) == day
    assert str(read("Scene,Set,Date\n1,A,4/1/2027\n2,A,13/1/2027\n").calendars[0].start) == "2027-01-04"
    asked = ColumnMap(dates="day month year")
    assert str(read("Scene,Set,Date\n1,A,4/1/2027\n", asked).calendars[0].start) == "2027-01-04"


# --- workbooks -----------------------------------------------------------------------------------------------------------


def test_a_workbook_of_openpyxl_is_read_with_dates_numbers_and_merged_days():
    def merge(made):
        made.active.merge_cells("A2:A3")
        made.create_sheet("Notes").append(["nothing here"])

    rows = [
        ["Date", "Scene", "Set", "Pages", "Cast", "Est. Time"],
        [datetime(2027, 4, 1), 1, "PIER", "1 3/8", "1. ANNA", 90],
        [None, "2A", "CAFE", 0.125, "1", timedelta(hours=1, minutes=30)],
        [datetime(2027, 4, 2), 3.0, "CAFE", datetime(2027, 3, 8), None, 12.5],  # 3/8 as Excel takes it in America
    ]
    found = parse_spreadsheet(book(rows, prepare=merge), file="a.xlsx")
    assert [sheet.number for sheet in found.scenes] == ["1", "2A", "3"]
    assert [sheet.eighths for sheet in found.scenes] == [11, 1, 3]
    assert [sheet.minutes for sheet in found.scenes] == [90, 90, 12.5]
    assert found.boards[0].units[0].days == (("1", "2"), ("3",))
    assert found.calendars[0].start == date(2027, 4, 1)
    assert parse_schedule(book(rows, prepare=merge), file="a.xlsx").sheets == found.sheets


def test_a_formula_counts_as_its_last_value_and_one_never_computed_is_told():
    found = parse_spreadsheet(book([["Scene", "Set", "Synopsis"], ["1", "PIER", "=A2&B2"]]), file="a.xlsx")
    assert found.sheets[0].synopsis == ""
    assert any("C2" in note for note in found.notes)


def test_dates_counted_from_1904_are_the_same_dates():
    def old_mac(made):
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    rows = [["Scene", "Set", "Date"], ["1", "PIER", datetime(2027, 4, 1)]]
    made = openpyxl.Workbook()
    old_mac(made)
    for row in rows:
        made.active.append(row)
    memory = io.BytesIO()
    made.save(memory)
    assert parse_spreadsheet(memory.getvalue(), file="a.xlsx").calendars[0].start == date(2027, 4, 1)


def test_the_sheet_most_like_a_schedule_is_read_or_the_one_that_is_asked_for():
    def more(made):
        cast = made.create_sheet("Cast")
        cast.append(["Number", "Name"])
        other = made.create_sheet("Reshoots")
        other.append(["Scene", "Set", "Pages", "Cast"])
        other.append(["R1", "ROOF", 1, None])

    data = book([["Scene", "Set"], ["1", "PIER"]], prepare=more)
    assert parse_spreadsheet(data, file="a.xlsx").sheets[0].number == "R1"
    assert parse_spreadsheet(data, file="a.xlsx", asked=ColumnMap(sheet="plan")).sheets[0].number == "1"
    with pytest.raises(ScheduleError, match="no such sheet") as caught:
        parse_spreadsheet(data, file="a.xlsx", asked=ColumnMap(sheet="Plan B"))
    assert "Plan, Cast, Reshoots" in caught.value.remedy


# --- out -----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def film():
    production = read_production(EXAMPLES / "the-challenge")
    return production, read_board(EXAMPLES / "the-challenge" / "boards" / "agreed.json", production)


def test_a_board_goes_out_with_every_strip_on_its_date(film):
    production, board = film
    schedule = schedule_of(production, board)
    rows = list(csv.DictReader(io.StringIO(to_csv(schedule).decode("utf-8-sig"))))
    found = {(row["Unit"], row["Date"], row["Scene"].split("PT")[0]) for row in rows if row["Scene"] and row["Date"]}
    assert found == {(day.unit, str(day.date), strip.scene) for day in board.days for strip in day.strips}
    eighths = sum(parse_pages(row["Pages"]) or 0 for row in rows)
    assert eighths == sum(scene.eighths for scene in production.script.scenes)


def test_openpyxl_reads_the_same_rows_from_the_workbook_as_stand_in_the_csv(film):
    schedule = schedule_of(*film)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(schedule))).active

    def text(value):
        return str(value.date()) if isinstance(value, datetime) else "" if value is None else str(value)

    rows = [[text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    said = written(schedule, ColumnMap(), is_csv=False)
    assert rows == [list(line) for line in said.lines]
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("write", [to_csv, to_xlsx])
def test_a_board_that_goes_out_comes_back_equal(film, write):
    schedule = schedule_of(*film)
    read_back = parse_spreadsheet(write(schedule), file="a")
    assert parse_spreadsheet(write(read_back), file="a") == read_back
    assert {(item.word, item.name, item.board_id) for item in read_back.items} == {
        (item.word, item.name, item.board_id) for item in schedule.items
    }
    dates = schedule.calendars[0].workdays(schedule.boards[0].day_count)
    assert read_back.calendars[0].workdays(len(dates)) == dates


def test_what_no_column_takes_is_said(film):
    asked = ColumnMap(columns=(("Scene", "scene"), ("Set", "set")))
    lost = written(schedule_of(*film), asked, is_csv=True).lost
    assert {"pages", "day", "unit", "cast", "prop"} <= set(lost)
    everything = ColumnMap(columns=(*asked.columns, ("All", "elements"), ("D", "date"), ("U", "unit"), ("P", "pages")))
    assert not {"prop", "unit", "day", "pages"} & set(written(schedule_of(*film), everything, is_csv=True).lost)


def test_no_cell_is_a_formula(film):
    found = read("Scene,Set,Synopsis\n1,A,'=1+1\n2,A,\"'+x\"\n3,A,'-\n4,A,'@b\n")
    assert [sheet.synopsis for sheet in found.sheets] == ["=1+1", "+x", "-", "@b"]
    cells = [cell for row in csv.reader(io.StringIO(to_csv(found).decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(found))).active
    cell = sheet["C2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


# --- algebra -------------------------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).map(str.strip)
WORDS = TEXT.filter(bool)
LINES = st.lists(WORDS, min_size=1, max_size=2).map("\n".join)
NAMES = st.one_of(WORDS, st.sampled_from(['a, b; "c"', '"', "=1", "-", "'=", "12", "3. X", "ИННА", "x\ny", "sep=;"])).filter(
    lambda text: text == text.strip() and bool(text)
)


@given(NAMES)
def test_an_escaped_text_is_no_formula_and_comes_back(text):
    assert escaped(text)[:1] not in tuple("=+-@\t\r\n")
    assert unescaped(escaped(text)) == text


@given(st.lists(NAMES, max_size=4), st.sampled_from([", ", "; ", "\n"]))
def test_a_list_comes_back(names, sign):
    assert split_list(list_cell(names, sign=sign)) == names


@given(st.lists(st.tuples(st.sampled_from(["", "1", "12A", "999"]), NAMES), max_size=4))
def test_a_cast_comes_back(cast):
    assert split_cast(cast_cell(cast)) == cast


@given(st.integers(0, 4000), st.booleans())
def test_pages_come_back(eighths, is_csv):
    text = pages_cell(eighths, is_csv=is_csv)
    assert (parse_pages(text) if text else 0) == eighths


@st.composite
def schedules(draw):
    """A schedule as a spreadsheet can say it: what its reader would return."""
    words = [word for word in CATEGORY_TABLE if word not in ("unit", "comment", "cast")]
    singles = ("int/ext", "set", "day/night", "location", "script day", "sequence")
    cast = draw(st.lists(NAMES, max_size=4, unique=True))
    numbered = draw(st.lists(st.booleans(), min_size=len(cast), max_size=len(cast)))
    items: dict[str, Item] = {}

    def item(word, category, name, number=""):
        made = Item(id=f"{word}/{name}", category=category, word=word, name=name, board_id=number, may_drop=False)
        return items.setdefault(made.id, made).id

    sheets = []
    for n in range(1, draw(st.integers(1, 6)) + 1):
        if n > 1 and draw(st.integers(0, 5)) == 0:
            sheets.append(Sheet(id=str(n), kind="banner", text=draw(LINES), minutes=float(draw(st.integers(0, 90)))))
            continue
        set_name = draw(WORDS)
        needs = {"set": [item("set", "set", set_name)]}
        for word in draw(st.lists(st.sampled_from(words), max_size=4, unique=True)):
            if word in singles:
                needs.setdefault(word, [item(word, word, draw(WORDS))])
            else:
                needs[word] = [item(word, word, name) for name in draw(st.lists(NAMES, min_size=1, max_size=2, unique=True))]
        roles = [pair for pair in zip(cast, numbered, range(1, 9), strict=False) if draw(st.booleans())]
        needs["cast"] = [item("cast", "cast", name, str(number) if is_numbered else "") for name, is_numbered, number in roles]
        if draw(st.booleans()):
            needs["drones"] = [item("drones", "Drones", draw(NAMES))]
        sheets.append(
            Sheet(
                id=str(n),
                kind="scene",
                number=draw(WORDS | st.just("")),
                synopsis=draw(LINES | st.just("")),
                comments=draw(LINES | st.just("")),
                eighths=draw(st.integers(0, 90)),
                minutes=draw(st.sampled_from([0.0, 45.0, 12.5])),
                script_page=draw(WORDS | st.just("")),
                items=tuple(id for _, ids in sorted(needs.items()) for id in ids),
            )
        )
    return sheets, items, draw(st.lists(st.integers(0, 4), min_size=len(sheets), max_size=len(sheets))), draw(st.booleans())


def normal(sheets, items, marks, is_two_units) -> Schedule:
    dates = {mark: date(2027, 4, mark) for mark in marks if mark}
    used = list(dict.fromkeys(id for sheet in sheets for id in sheet.items))
    keys = sorted(dates)
    units = {}
    for number, (sheet, mark) in enumerate(zip(sheets, marks, strict=True)):
        unit = "second" if is_two_units and number % 2 else "main"
        if mark:
            units.setdefault(unit, {}).setdefault(mark, []).append(sheet.id)
    made = [
        UnitBoard(
            id=f"unit {unit}",
            name="stripboard" if unit == "main" else unit,
            days=tuple(tuple(units[unit].get(key, ())) for key in keys),
        )
        for unit in ("main", "second")
        if unit in units
    ]
    loose = tuple(sheet.id for sheet, mark in zip(sheets, marks, strict=True) if not mark)
    bone = UnitBoard(id="boneyard of the board", name="boneyard", loose=loose)
    calendars = (calendar_on(dates.values(), id="calendar", name="a"),) if dates else ()
    return Schedule(
        file="a",
        id="table",
        name="a",
        project="",
        header=(),
        sheets=tuple(sheets),
        categories=tuple(
            Category(id=items[id].category, word=items[id].word, name="Drones", ucid=500)
            for id in used
            if items[id].word == "drones"
        ),
        items=tuple(items[id] for id in used),
        boards=(StripBoard(id="board", name="a", calendar="calendar", units=(*made, bone)),) if dates else (),
        calendars=calendars,
    )


def facts(schedule: Schedule):
    """What a schedule says, by where it says it: ids of sheets are their numbers in the order of the board."""
    items = {item.id: (item.word, item.name, item.board_id) for item in schedule.items}
    said = {
        sheet.id: (replace(sheet, id="", items=(), extra=()), sorted(items[id] for id in sheet.items))
        for sheet in schedule.sheets
    }
    boards = [
        (
            schedule.calendar_of(board).workdays(board.day_count),
            {unit.id: [[said[id] for id in day] for day in unit.days] for unit in board.units if unit.days},
        )
        for board in schedule.boards
    ]
    return boards, sorted(map(repr, said.values()))


@settings(max_examples=120, deadline=None)
@given(
    schedules(), st.sampled_from(["csv", "xlsx"]), st.sampled_from(["columns", "rows"]), st.sampled_from(["", ",", ";", "line"])
)
def test_a_schedule_that_goes_out_comes_back_equal(drawn, form, days, lists):
    schedule = normal(*drawn)
    heads = [(column.head, column.fact) for column in written(schedule, ColumnMap(), is_csv=False).columns]
    asked = ColumnMap(columns=tuple(heads), days=days, lists=lists)
    write = to_csv if form == "csv" else to_xlsx
    back = parse_spreadsheet(write(schedule, asked), file="a", asked=asked)
    assert facts(back) == facts(schedule)
    again = parse_spreadsheet(write(back, asked), file="a", asked=asked)
    assert again == back
    assert write(back, asked) == write(again, asked)
