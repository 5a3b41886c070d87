"""Which program wrote a schedule: told by its first bytes, and read."""

from __future__ import annotations

from cupola.errors import ScheduleError
from cupola.exchange.mms_pdf import REPRINT, parse_mms_pdfs
from cupola.exchange.mmsx import SUFFIXES, refuse_mmsx
from cupola.exchange.msd import parse_msd
from cupola.exchange.msd_container import FILE_MARK
from cupola.exchange.schedule_file import Schedule
from cupola.exchange.sex import MAGIC, parse_sex
from cupola.exchange.uss import parse_uss

KNOWN = "Universal Schedule Standard (.uss), Movie Magic's .msd or .sex, or its Breakdown and Shooting Schedule reports as PDF"


def parse_schedule(data: bytes, *, file: str, other: bytes | None = None, other_file: str = "") -> Schedule:
    """Parse a schedule of any program that is known; a PDF needs the `other` of its pair. Raises ScheduleError.

    Files of Movie Magic 10 are encrypted, and refused with what to export instead.
    """
    if b"%PDF-" in data[:1024]:
        if other is None:
            rule, remedy = "a printed schedule is two reports", f"{REPRINT}, and give the second: --with schedule.pdf"
            raise ScheduleError(rule, value="one PDF", remedy=remedy, file=file)
        return parse_mms_pdfs(data, other, file=file, other_file=other_file)
    if other is not None:
        raise ScheduleError("only a printed report has a second one", value=other_file, remedy="leave --with out", file=file)
    if data.startswith(MAGIC):
        return parse_sex(data, file=file)
    if data.startswith(FILE_MARK):
        return parse_msd(data, file=file)
    if file.casefold().endswith(SUFFIXES):
        raise refuse_mmsx(file)
    if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" or file.casefold().endswith((".uss", ".json")):
        return parse_uss(data, file=file)
    name = file.replace("\\", "/").rsplit("/", 1)[-1]
    raise ScheduleError("Cupola does not know this kind of schedule", value=name, remedy=f"it reads {KNOWN}", file=file)
