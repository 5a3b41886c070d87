"""Files of Movie Magic Scheduling 10 (.mmsx, .MMS10): encrypted, and refused with the way round."""

from __future__ import annotations

from cupola.errors import ScheduleError

SUFFIXES = (".mmsx", ".mms10", ".mmx", ".mmsw")
WAY_ROUND = (
    "print its Breakdown and its Shooting Schedule report from Movie Magic to PDF, each to a file of its own, and import both: "
    "cupola import breakdown.pdf --with schedule.pdf; or import the .msd of an older Movie Magic, or a .uss, .sex or "
    "spreadsheet that another program made of it"
)
"""No menu is named: what the program calls them has changed, and its open formats are not documented."""


def refuse_mmsx(file: str) -> ScheduleError:
    """Return the error for a file that is locked, with what to export instead."""
    rule = "an .mmsx file cannot be read: Movie Magic Scheduling 10 encrypts it, and Cupola opens no locks"
    return ScheduleError(rule, value=file.rsplit("/", 1)[-1], remedy=WAY_ROUND, file=file)
