"""Spreadsheets made to do harm, or broken: read or refused in one message that names the cell, and never anything else."""

import io
import zipfile
from contextlib import suppress
from time import process_time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import ScheduleError
from cupola.exchange.schedule_reader import parse_schedule
from cupola.exchange.spreadsheet.mapping import ColumnMap
from cupola.exchange.spreadsheet.read import parse_spreadsheet

SCENES = "Scene,Set,Pages,Day,Date,Minutes\n"
TYPES = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def workbook(**parts: bytes) -> bytes:
    """A workbook of openpyxl with some of its parts put in place of its own."""
    made = openpyxl.Workbook()
    made.active.append(["Scene", "Set"])
    made.active.append(["1", "PIER"])
    memory = io.BytesIO()
    made.save(memory)
    out = io.BytesIO()
    with zipfile.ZipFile(memory) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            stem = name.rsplit("/", 1)[-1].split(".", maxsplit=1)[0]
            new.writestr(name, parts.get(stem, old.read(name)))
    return out.getvalue()


def sheet(body: str) -> bytes:
    return workbook(sheet1=(TYPES + body + "</sheetData></worksheet>").encode())


HEADS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Scene</t></is></c><c r="B1" t="inlineStr"><is><t>Set</t></is></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>PIER</t></is></c></row>'
)


@pytest.mark.parametrize(
    ("row", "where", "rule", "value"),
    [
        ("1,PIER,one,,,", "x.csv:2: cell C2", "pages are written as 1 3/8", "'one'"),
        ("1,PIER,501 7/8,,,", "x.csv:2: cell C2", "pages are written", "501"),
        ("1,PIER,,Monday,,", "x.csv:2: cell D2", "a shooting day is a number from 1", "'Monday'"),
        ("1,PIER,,0,,", "x.csv:2: cell D2", "a shooting day is a number", "'0'"),
        ("1,PIER,,,31.2.2027,", "x.csv:2: cell E2", "a date is written as", "'31.2.2027'"),
        ("1,PIER,,,,soon", "x.csv:2: cell F2", "a time is written as 90", "'soon'"),
    ],
)
def test_a_slip_is_named_by_its_cell_with_rule_and_remedy(row, where, rule, value):
    with pytest.raises(ScheduleError) as caught:
        parse_spreadsheet((SCENES + row + "\n").encode(), file="x.csv")
    said = str(caught.value)
    assert said.startswith(where)
    assert rule in said
    assert value in said
    assert caught.value.remedy


def test_the_line_is_that_of_the_file_and_the_cell_that_of_the_sheet():
    text = 'Scene,Set,Pages\n1,"PIER\nEAST",1\n2,PIER,bad\n'
    with pytest.raises(ScheduleError, match=r"x.csv:4: cell C3"):
        parse_spreadsheet(text.encode(), file="x.csv")


def test_dates_a_century_apart_are_a_slip_of_the_pen():
    rows = "".join(f"{n},PIER,,,{n}.4.2027,\n" for n in range(1, 9)) + "9,PIER,,,9.4.2072,\n"
    with pytest.raises(ScheduleError, match=r"cell E10: the days of a board lie within 1100 days.*2072-04-09"):
        parse_spreadsheet((SCENES + rows).encode(), file="x.csv")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"Scene,Set\n" + b"x" * 3_000_000, "a line has at most 1,000,000 characters"),
        (b"Scene,Set\n1," + b"," * 900_000 + b"x\n", "at most 1,000 columns"),
        (b"Scene,Set\n" + b"1,A\n" * 30_000, "at most 20,000 rows"),
        (b'Scene,Set\n1,"PIER\n2,CAFE\n', "quotation marks that close"),
        (b'Scene,Set\n1,"' + b"x\n" * 100_000 + b'"\n', "field larger than field limit"),
        (b'Scene,Set\n1,"' + b"x\n" * 20_000 + b'"\n', "a cell has at most 20,000 characters"),
        (b"a,b\n1,2\n", "has a row of heads"),
        (b"", "has a row of heads"),
        (b"Scene,Set\n", "at least one scene"),
        (b"\xff\xfeS\x00c", "the file is text in utf-16"),
        (b"x" * (17 * 2**20), "at most 16 MB"),
    ],
)
def test_csv_that_nobody_wrote_is_refused_at_once(data, rule):
    start = process_time()
    with pytest.raises(ScheduleError, match=rule) as caught:
        parse_spreadsheet(data, file="x.csv")
    assert caught.value.remedy
    assert process_time() - start < 5.0


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (workbook(sheet1=TYPES.encode() + b" " * (30 * 2**20)), "at most 24 MB"),
        (sheet('<row><c r="A1"><v>1</v></c></row>' * 500_000), "at most 600,000 elements"),
        (sheet(HEADS + '<row r="3"><c r="XFD3"><v>1</v></c></row>'), "cell XFD3"),
        (
            sheet(HEADS + "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(3, 30_000))),
            "at most 20,000 rows",
        ),
        (sheet("<row>" * 100), "deep|not sound XML"),
        (workbook(workbook=b'<!DOCTYPE a [<!ENTITY b "b">]><workbook>&b;</workbook>'), "declares no document type"),
        (workbook(styles=b"<styleSheet><xf>"), "not sound XML"),
        (workbook(workbook=b"<workbook/>"), "1 to 40 sheets"),
        (workbook()[:500], "is a zip archive"),
        (b"PK\x03\x04", "is a zip archive"),
        (sheet(HEADS.replace("Scene", "Foo").replace("Set", "Bar")), "has a row of heads"),
    ],
)
def test_a_workbook_made_to_do_harm_is_refused(data, rule):
    start = process_time()
    with pytest.raises(ScheduleError, match=rule) as caught:
        parse_spreadsheet(data, file="x.xlsx")
    assert caught.value.remedy
    assert process_time() - start < 20.0


def test_a_merge_over_a_million_rows_fills_what_is_there():
    data = sheet(HEADS + '<row r="1000000"><c r="A1000000"><v>2</v></c></row>')
    whole = data.replace(b"x", b"x")
    merged = workbook(
        sheet1=(TYPES + HEADS + '<row r="1000000"><c r="A1000000"><v>2</v></c></row></sheetData><mergeCells>'
                + '<mergeCell ref="B2:B1048576"/>' * 5000 + "</mergeCells></worksheet>").encode()
    )  # fmt: skip
    assert len(parse_spreadsheet(whole, file="x.xlsx").sheets) == 2
    found = parse_spreadsheet(merged, file="x.xlsx")
    assert found.sheets[1].items == ("set/PIER",)


def test_hidden_sheets_wrong_references_and_odd_numbers_are_no_harm():
    body = HEADS + (
        '<row r="3"><c r="A3" t="s"><v>99999</v></c><c r="B3" t="s"><v>-1</v></c></row>'
        '<row r="4"><c r="A4"><v>1e400</v></c><c r="B4"><v>nan</v></c></row>'
        '<row r="5"><c r="A5" s="99"><v>2</v></c><c r="B5" t="b"><v>1</v></c></row>'
        '<row r="junk"><c r="junk"><v>7</v></c><c><v>x</v></c></row>'
    )
    found = parse_spreadsheet(sheet(body), file="x.xlsx")
    assert [one.number for one in found.scenes] == ["1", "1e400", "2", "7"]


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "does not read workbooks of Excel 97"),
        ("plan.ods", b"PK\x03\x04", "is a zip archive"),
        ("plan.uss", b"{}", "only a spreadsheet has columns to map"),
    ],
)
def test_what_is_none_is_refused(name, data, rule):
    with pytest.raises(ScheduleError, match=rule):
        parse_schedule(data, file=name, columns=ColumnMap() if name.endswith("uss") else None)


def attempt(data):
    with suppress(ScheduleError):
        parse_spreadsheet(data, file="x")


GOOD = (SCENES + '1,PIER,1 3/8,1,2027-04-01,90\n2,"CAFE, EAST",,2,2.4.2027,1:30\nEnd of day 2\n').encode()
BOOK = workbook()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(alphabet='Scen,Set;"\n\r\t =+-@1/8.x\x00жи', max_size=120).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    attempt(data)
    attempt(b"Scene,Set,Pages,Date,Day,Cast,Elements,Heading\n" + data)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([GOOD, BOOK]), st.integers(0, 6000), st.binary(max_size=6))
def test_a_broken_file_is_read_or_refused(data, at, noise):
    at %= len(data)
    attempt(data[:at] + noise + data[at + len(noise) :])
    attempt(data[:at])


XML = st.recursive(
    st.sampled_from(["<v>1</v>", "<is><t>x</t></is>", "<f>A1</f>", "x"]),
    lambda inner: st.builds(
        lambda name, ref, kind, parts: f'<{name} r="{ref}" t="{kind}" s="1">{"".join(parts)}</{name}>',
        st.sampled_from(["row", "c", "is", "v", "mergeCell"]),
        st.sampled_from(["", "A1", "B2", "2", "ZZZ9", "A0"]),
        st.sampled_from(["s", "n", "b", "e", "str", "inlineStr", "d"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(XML, max_size=5))
def test_any_sheet_of_xml_is_read_or_refused(parts):
    attempt(sheet(HEADS + "".join(parts)))
