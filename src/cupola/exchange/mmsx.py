"""Files of Movie Magic Scheduling 10 (.mmsx, .MMS10): encrypted, and refused with the way round."""

from __future__ import annotations

from cupola.errors import ScheduleError

SUFFIXES = (".mmsx", ".mms10", ".mmx", ".mmsw")
WAY_ROUND = (
    "in Movie Magic choose File > Export > Scheduling Export (.sex) for the breakdown, or print the Breakdown and the Shooting "
    "Schedule reports to PDF and import both: cupola import breakdown.pdf --with schedule.pdf; "
    "a program that opens it may also write .uss"
)


def refuse_mmsx(file: str) -> ScheduleError:
    """Return the error for a file that is locked, with what to export instead."""
    rule = "an .mmsx file cannot be read: Movie Magic Scheduling 10 encrypts it, and Cupola opens no locks"
    return ScheduleError(rule, value=file.rsplit("/", 1)[-1], remedy=WAY_ROUND, file=file)
