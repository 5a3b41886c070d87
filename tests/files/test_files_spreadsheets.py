"""A spreadsheet becomes a production, and its board goes back into the same columns; a mapping file says what they are."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from cupola.errors import CupolaError, ScheduleError
from cupola.exchange.spreadsheet.mapping import ColumnMap
from cupola.files import read_production
from cupola.files.columns_toml import columns_text, read_columns
from cupola.files.imported import import_schedule
from cupola.files.spreadsheets import board_spreadsheet, starter_columns

MONDAY = date(2027, 3, 1)
PLAN = (
    "Маяк;;;;;;;;;\n№ сцены;Инт/Нат;Объект;Режим;Содержание;Страницы;Актёры;Реквизит;Дата;Моё\n"
    "1;НАТ;ПИРС;День;Анна ждёт.;2 4/8;1. АННА, 2. ИВО;зонт, лодка;01.04.2027;перенести?\n"
    "2;ИНТ;КАФЕ;День;;3;2. ИВО;;02.04.2027;\n3;ИНТ;КАФЕ;Ночь;;0 1/8;;;05.04.2027;=1+1\n"
)


@pytest.fixture
def plan(tmp_path):
    (tmp_path / "plan.csv").write_bytes(PLAN.encode("cp1251"))
    return tmp_path / "plan.csv"


def test_a_spreadsheet_becomes_a_production_with_its_board(plan, tmp_path):
    made = import_schedule(plan, tmp_path / "film", start=MONDAY)
    script = made.production.script
    assert [scene.heading for scene in script.scenes] == ["НАТ. ПИРС - День", "ИНТ. КАФЕ - День", "ИНТ. КАФЕ - Ночь"]
    assert [scene.int_ext for scene in script.scenes] == ["EXT", "INT", "INT"]
    assert [scene.eighths for scene in script.scenes] == [20, 24, 1]
    assert script.scenes[0].cast == ("АННА", "ИВО")
    ((_, board),) = made.boards
    assert [day.date for day in board.days] == [date(2027, 4, 1), date(2027, 4, 2), date(2027, 4, 5)]
    assert any("“Моё”" in note for note in made.notes)
    assert any("Cyrillic" in note for note in made.notes)


def test_its_board_goes_back_into_the_same_columns_with_what_was_only_carried(plan, tmp_path):
    made = import_schedule(plan, tmp_path / "film", start=MONDAY)
    ((_, board),) = made.boards
    data, notes = board_spreadsheet("csv", made.production, board, tmp_path / "film")
    assert any("minutes" in note for note in notes)
    rows = list(csv.reader(io.StringIO(data.decode("cp1251"), newline=""), delimiter=";"))
    came = list(csv.reader(io.StringIO(PLAN, newline=""), delimiter=";"))
    dates = {"01.04.2027": "2027-04-01", "02.04.2027": "2027-04-02", "05.04.2027": "2027-04-05"}
    assert rows[1:] == [[dates.get(cell, "'=1+1" if cell == "=1+1" else cell) for cell in row] for row in came[1:]]
    book, _ = board_spreadsheet("xlsx", made.production, board, tmp_path / "film")
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert [cell.value for cell in sheet[2]] == came[1]
    assert sheet["I3"].value.date() == date(2027, 4, 1)
    assert read_production(tmp_path / "film") == made.production


def test_what_comes_back_is_imported_as_the_same_film(plan, tmp_path):
    made = import_schedule(plan, tmp_path / "film", start=MONDAY)
    ((_, board),) = made.boards
    for form in ("csv", "xlsx"):
        data, _ = board_spreadsheet(form, made.production, board, tmp_path / "film")
        (tmp_path / f"again.{form}").write_bytes(data)
        again = import_schedule(
            tmp_path / f"again.{form}", tmp_path / form, start=MONDAY, mapping=tmp_path / "film" / "columns.toml"
        )
        assert again.production.script.scenes == made.production.script.scenes
        assert again.boards[0][1].days == board.days


def test_a_mapping_file_comes_back(tmp_path):
    asked = ColumnMap(
        columns=(("№", "scene"), ('Wo "genau"', "set"), ("C", "category Drones")),
        sheet="Plan",
        header_row=3,
        separator="\t",
        encoding="koi8-r",
        dates="month day year",
        lists="line",
        days="rows",
        fill_down=("day", "date"),
        cast=(("1", "ANNA"), ("12A", "IVO")),
    )
    (tmp_path / "m.toml").write_text(columns_text(asked, head=("Why.",)), encoding="utf-8")
    assert read_columns(tmp_path / "m.toml") == asked


@pytest.mark.parametrize(
    ("text", "rule", "remedy"),
    [
        ('[columns]\n"A" = "sceen"', "holds a fact of a scene", 'did you mean "scene"'),
        ("[columns]\nA = 3", "holds a fact", "category Drones"),
        ('seperator = ";"', "no such key", 'did you mean "separator"'),
        ('separator = "abc"', "one sign", ""),
        ('encoding = "utf8"', "encoding is one of", 'did you mean "utf-8"'),
        ('dates = "DMY"', "dates is one of", ""),
        ("header_row = true", "number of the row", "write 0"),
        ('header_row = 0\n[columns]\n"Scene" = "scene"', "by their letters", "A"),
        ('fill_down = ["set"]', "can count for the rows below", ""),
        ("[cast]\n1 = 2", "has a name", ""),
        ("columns = 3", "is a table", ""),
        ("sheet = [", "not TOML", ""),
    ],
)
def test_a_slip_in_a_mapping_is_named_by_its_line(tmp_path, text, rule, remedy):
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CupolaError) as caught:
        read_columns(tmp_path / "m.toml")
    assert rule in caught.value.rule
    assert remedy in caught.value.remedy
    assert caught.value.line


def test_a_starter_says_what_is_known_and_what_was_meant(tmp_path):
    (tmp_path / "plan.csv").write_text("Sceen,Ort,Props,Lenses\n1,PIER,lamp,35 mm\n", encoding="utf-8")
    with pytest.raises(ScheduleError, match="has a row of heads") as caught:
        import_schedule(tmp_path / "plan.csv", tmp_path / "film", start=MONDAY)
    assert "--write-mapping" in caught.value.remedy
    text = starter_columns(tmp_path / "plan.csv")
    assert '"Sceen" = "keep"' in text
    assert 'did you mean "scene' in text.casefold()
    assert '"Props" = "prop"' in text
    filled = text.replace('"Sceen" = "keep"', '"Sceen" = "scene"').replace('"Ort" = "keep"', '"Ort" = "set"')
    (tmp_path / "columns.toml").write_text(filled, encoding="utf-8")
    made = import_schedule(tmp_path / "plan.csv", tmp_path / "film", start=MONDAY, mapping=tmp_path / "columns.toml")
    assert [scene.heading for scene in made.production.script.scenes] == ["PIER"]
    assert not (tmp_path / "film" / "boards").exists()
