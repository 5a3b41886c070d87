"""The form of a day as a workbook: the same values as TOML, times as Excel has them, and a slip told with its cell."""

import io
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sample
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import ProductionError
from cupola.files.documents_dpr import FormDoc
from cupola.files.dpr import XLSX, form_bytes, form_path, form_text, read_forms
from cupola.files.dpr_workbook import form_workbook, label, read_workbook
from cupola.paper.dpr import FilledDay, daily_report

BOARD, FILM = sample.board(), sample.production()
DAY = BOARD.days[3]
SHEET = "DPR"

texts = st.text(st.sampled_from("=+-@7aя\" ,;'"), min_size=1, max_size=9).map(str.strip).filter(bool)
clocks = st.times().map(lambda at: f"{at:%H:%M}")
spans = st.lists(clocks, min_size=2, max_size=2, unique=True).map("-".join)
counts, minutes = st.integers(0, 100_000), st.integers(0, 10_080)


def rows(optional: dict[str, st.SearchStrategy[Any]], **needed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(st.fixed_dictionaries(needed, optional=optional), max_size=8)


shot = {"complete": st.booleans(), "eighths": counts, "setups": counts, "seconds": counts, "note": texts}
whole_forms = st.fixed_dictionaries(
    {"unit": texts, "number": st.integers(1, 999)},
    optional={
        **dict.fromkeys(("call", "first_shot", "first_after_meal", "camera_wrap", "last_out"), clocks),
        "meal": spans,
        "notes": texts,
        "injuries": st.lists(texts, min_size=1, max_size=3),
        "scene": rows(shot, number=texts),
        "cast": rows({"came": clocks, "left": clocks, "meal": spans, "travel_min": minutes}, id=texts),
        "background": rows({}, name=texts, count=counts),
        "media": rows({"used": texts, "copies": counts}, card=texts),
        "delay": rows({}, minutes=minutes, why=texts),
    },
)


@settings(max_examples=40, deadline=None)
@given(whole_forms)
def test_a_form_reads_back_from_a_workbook_as_it_was(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    path = tmp_path_factory.mktemp("form") / "main-01.xlsx"
    path.write_bytes(form_workbook(data, title="A film", day=DAY.date, zone="Europe/Moscow"))
    assert FormDoc.model_validate(read_workbook(path, DAY.date).data) == FormDoc.model_validate(data)


def filled(folder: Path, fill: Callable[[Any], None]) -> tuple[FilledDay, ...]:
    """Read the form of the day after somebody filled it with a program that is not ours."""
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(FILM, BOARD, DAY, XLSX)))
    fill(book[SHEET])
    path = form_path(folder, DAY, XLSX)
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return read_forms(folder, FILM, BOARD, DAY)


def beside(sheet: Any, said: str) -> Any:
    """Return the cell to the right of a label."""
    return next(sheet.cell(row, 2) for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == said)


def below(sheet: Any, table: str, head: str, nth: int = 1) -> Any:
    """Return a cell of a table by its head."""
    top = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == table) + 1
    column = next(at for at in range(1, 9) if sheet.cell(top, at).value == head)
    return sheet.cell(top + nth, column)


def test_the_empty_workbook_says_what_the_empty_toml_says(tmp_path: Path) -> None:
    for at, day in enumerate(BOARD.days):
        forms = []
        for name, suffix in (("toml", ".toml"), ("xlsx", XLSX)):
            path = form_path(tmp_path / f"{name}-{at}", day, suffix)
            path.parent.mkdir(parents=True)
            path.write_bytes(form_bytes(FILM, BOARD, day, suffix))
            forms.append(read_forms(path.parents[1], FILM, BOARD, day))
        assert forms[0] == forms[1]
        assert forms[0][-1].scenes


def test_times_are_read_as_excel_has_them_and_as_text(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        beside(sheet, "First shot").value = time(8, 40)
        beside(sheet, "Meal").value = "12:30 – 13:30"
        camera = beside(sheet, "Camera wrap")
        camera.value, camera.number_format = 0.75, "General"
        beside(sheet, "Last out").value = 1 + 0.5 / 24
        below(sheet, "Cast", "Came").value = "7:10"
        below(sheet, "Scene", "Complete").value = True
        below(sheet, "Background", "Name").value = "passers-by"
        below(sheet, "Background", "Count").value = 12

    (found,) = filled(tmp_path, fill)
    # Moscow is UTC+3. A quarter before the day's end is 18:00; half an hour past 24:00 is of the next date (ECMA-376, 18.17.4).
    assert [f"{at:%d %H:%M}" for at in (found.first_shot, found.camera_wrap, found.last_out) if at] == [
        "14 05:40",
        "14 15:00",
        "14 21:30",
    ]
    assert found.meal is not None
    assert [f"{at:%H:%M}" for at in found.meal] == ["09:30", "10:30"]
    assert found.cast[0].came is not None
    assert f"{found.cast[0].came:%H:%M}" == "04:10"
    assert (found.scenes[0].complete, found.scenes[0].eighths, found.background) == (True, 12, (("passers-by", 12),))
    assert daily_report(FILM, BOARD, DAY, [found]).eighths.today == 12


def put(find: Callable[..., Any], *words: object, value: object) -> Callable[[Any], None]:
    def fill(sheet: Any) -> None:
        find(sheet, *words).value = value

    return fill


def relabel(old: str, new: str | None) -> Callable[[Any], None]:
    def fill(sheet: Any) -> None:
        beside(sheet, "Camera wrap").value = "18:00"
        next(cell for line in sheet.iter_rows() for cell in line if cell.value == old).value = new

    return fill


@pytest.mark.parametrize(
    ("fill", "cell", "rule", "value", "remedy"),
    [
        (put(beside, "First shot", value="8 o'clock"), "B7", "First shot must be a time of day", "8 o'clock", "08:40"),
        (put(beside, "Call", value=datetime(2022, 6, 14, 8)), "B6", "Call must be a time of day", "2022-06-14 08:00", "08:40"),
        (put(beside, "Meal", value="13:00"), "B8", "Meal must be a span of the day", "13:00", "13:00-14:00"),
        (put(beside, "Date", value="1 May 2022"), "B2", "this day is 2022-06-14 on the board", "1 May 2022", "date"),
        (put(beside, "Number", value=2), "B5", "this is the form of main:1", "main:2", "file's name"),
        (put(below, "Scene", "Number", value="99"), "A17", "the script has no such scene", "99", ""),
        (put(below, "Scene", "Eighths", value=13), "C17", "scene 7 has 12 of its 12 eighths left to shoot", 13, "before"),
        (put(below, "Scene", "Eighths", value=-1), "C17", "greater than or equal to 0", -1, "within these bounds"),
        (put(below, "Scene", "Setups", value="some"), "D17", "Setups must be a whole number", "some", "digits"),
        (put(below, "Scene", "Complete", value="perhaps"), "B17", "Complete must be yes or no", "perhaps", "yes or no"),
        (put(below, "Scene", "Number", value=None), "A17", "missing: Number of Scene", None, "fill the cell"),
        (put(below, "Scene", "Setups", value="=1+1"), "", "never computed are empty (D17)", None, "save it"),
        (relabel("Camera wrap", "Camera warp"), "A10", "no label of this form", "Camera warp", 'did you mean "Camera wrap"?'),
        (relabel("Camera wrap", None), "A10", "a value needs its label in column A", "18:00", "write the label"),
        (relabel("Setups", "Setup"), "D16", "no column of Scene", "Setup", 'did you mean "Setups"?'),
        (relabel("Last out", "Camera wrap"), "A11", "this label stands twice", "Camera wrap", "leave one"),
        (relabel("Number", "Notes"), "A12", "this label stands twice", "Notes", "leave one"),
    ],
)
def test_a_slip_is_told_with_its_cell(
    tmp_path: Path, fill: Callable[[Any], None], cell: str, rule: str, value: object, remedy: str
) -> None:
    with pytest.raises(ProductionError) as told:
        filled(tmp_path, fill)
    error = told.value
    assert error.file == str(form_path(tmp_path, DAY, XLSX))
    assert error.rule.startswith(f"cell {cell} of sheet “{SHEET}”: " if cell else f"sheet “{SHEET}”: ")
    assert rule in error.rule
    assert error.value == value
    assert error.remedy
    assert remedy in error.remedy


@settings(max_examples=60, deadline=None)
@given(
    row=st.integers(1, 60),
    column=st.integers(1, 8),
    value=texts | st.floats(allow_nan=False, allow_infinity=False) | st.dates(),
)
def test_whatever_a_cell_says_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, row: int, column: int, value: object
) -> None:
    def fill(sheet: Any) -> None:
        sheet.cell(row, column).value = f"'{value}" if str(value).startswith("=") else value

    folder = tmp_path_factory.mktemp("film")
    told: ProductionError | None = None
    found: tuple[FilledDay, ...] = ()
    try:
        found = filled(folder, fill)
    except ProductionError as error:
        told = error
    assert [each.number for each in found] == ([] if told else [1])
    assert told is None or ("sheet “DPR”" in told.rule and told.remedy)


def test_a_day_with_both_forms_is_refused(tmp_path: Path) -> None:
    toml = form_path(tmp_path, DAY)
    toml.parent.mkdir()
    toml.write_text(form_text(FILM, BOARD, DAY), encoding="utf-8")
    form_path(tmp_path, DAY, XLSX).write_bytes(form_bytes(FILM, BOARD, DAY, XLSX))
    with pytest.raises(ProductionError, match="a day has one form") as told:
        read_forms(tmp_path, FILM, BOARD, DAY)
    assert told.value.remedy == "keep main-01.toml or main-01.xlsx, take the other away"


def test_what_is_no_workbook_is_told_as_such(tmp_path: Path) -> None:
    path = form_path(tmp_path, DAY, XLSX)
    path.parent.mkdir()
    path.write_text("unit,main\n", encoding="utf-8")
    with pytest.raises(ProductionError) as told:
        read_forms(tmp_path, FILM, BOARD, DAY)
    assert told.value.file == str(path)
    assert ".xlsx" in told.value.remedy


def test_what_looks_like_a_formula_stays_text_and_labels_are_the_keys_of_toml() -> None:
    data = {"unit": "main", "number": 1, "notes": "=1+1", "delay": [{"minutes": 5, "why": "+HYPERLINK()"}]}
    made = form_workbook(data, title="=A1", day=DAY.date, zone="Europe/Moscow")
    sheet = openpyxl.load_workbook(io.BytesIO(made))[SHEET]
    found = {cell.value: cell.data_type for line in sheet.iter_rows() for cell in line if cell.value is not None}
    assert {found["=1+1"], found["+HYPERLINK()"], found["=A1"]} == {"s"}
    assert {label(key) for key in FormDoc.model_fields} <= set(found)
    assert made == form_workbook(data, title="=A1", day=DAY.date, zone="Europe/Moscow")
