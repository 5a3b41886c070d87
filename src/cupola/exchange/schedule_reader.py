"""Which program wrote a schedule: told by its first bytes, and read."""

from __future__ import annotations

from cupola.errors import ScheduleError
from cupola.exchange.mms_pdf import REPRINT, parse_mms_pdfs
from cupola.exchange.mmsx import SUFFIXES, refuse_mmsx
from cupola.exchange.msd import parse_msd
from cupola.exchange.msd_container import FILE_MARK
from cupola.exchange.schedule_file import Schedule
from cupola.exchange.sex import MAGIC, parse_sex
from cupola.exchange.spreadsheet.mapping import ColumnMap
from cupola.exchange.spreadsheet.read import parse_spreadsheet
from cupola.exchange.spreadsheet.xlsx_table import is_workbook
from cupola.exchange.uss import parse_uss

KNOWN = (
    "Universal Schedule Standard (.uss), Movie Magic's .msd or .sex, its Breakdown and Shooting Schedule reports as PDF, "
    "and spreadsheets (.csv, .xlsx)"
)
TABLES = (".csv", ".tsv", ".txt")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def is_spreadsheet(data: bytes, file: str) -> bool:
    """Whether a file is a spreadsheet: a workbook by its first bytes, CSV by its name."""
    return is_workbook(data) or file.casefold().endswith(TABLES)


def parse_schedule(
    data: bytes, *, file: str, other: bytes | None = None, other_file: str = "", columns: ColumnMap | None = None
) -> Schedule:
    """Parse a schedule of any program that is known; a PDF needs the `other` of its pair, `columns` are a spreadsheet's.

    Raises ScheduleError.

    Files of Movie Magic 10 are encrypted, and refused with what to export instead.
    """
    if b"%PDF-" in data[:1024]:
        if other is None:
            rule, remedy = "a printed schedule is two reports", f"{REPRINT}, and give the second: --with schedule.pdf"
            raise ScheduleError(rule, value="one PDF", remedy=remedy, file=file)
        return parse_mms_pdfs(data, other, file=file, other_file=other_file)
    if other is not None:
        raise ScheduleError("only a printed report has a second one", value=other_file, remedy="leave --with out", file=file)
    if columns is not None and not is_spreadsheet(data, file):
        rule, remedy = "only a spreadsheet has columns to map", "leave --mapping out"
        raise ScheduleError(rule, value=_name(file), remedy=remedy, file=file)
    if data.startswith(MAGIC):
        return parse_sex(data, file=file)
    if data.startswith(FILE_MARK):
        return parse_msd(data, file=file)
    if file.casefold().endswith(SUFFIXES):
        raise refuse_mmsx(file)
    if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" or file.casefold().endswith((".uss", ".json")):
        return parse_uss(data, file=file)
    if is_spreadsheet(data, file):
        return parse_spreadsheet(data, file=file, asked=columns)
    if data.startswith(_OLD_OFFICE):
        rule, remedy = "Cupola does not read workbooks of Excel 97 (.xls)", "save it as .xlsx, or its sheet as CSV UTF-8"
        raise ScheduleError(rule, value=_name(file), remedy=remedy, file=file)
    raise ScheduleError("Cupola does not know this kind of schedule", value=_name(file), remedy=f"it reads {KNOWN}", file=file)


def _name(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", 1)[-1]
