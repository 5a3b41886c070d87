"""The crew's day and other people's timetables, as times of a span."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from cupola.errors import LightError
from cupola.model import Clause, Station, Timetable
from cupola.sky.below import unknown_name
from cupola.sky.hours import local_hours
from cupola.sky.intervals import Intervals, as_intervals, complement, union
from cupola.sky.measures import Line
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import Span


def crew_day(clause: Clause, station: Station, ephemeris: Ephemeris) -> Intervals:
    """Return the working hours of somebody aboard, or of anybody where nobody is named; raises LightError without any."""
    wanted = clause.argument.casefold()
    shifts = [shift for shift in station.shifts if not wanted or shift.name.casefold() == wanted]
    if not station.shifts:
        rule = f"“{clause.condition}” needs the working hours of somebody aboard {station.name}"
        raise LightError(rule, value=str(clause), remedy='Add a [[crew]] with blocks = ["08:00-12:30"].')
    if not shifts:
        raise unknown_name(clause, station, "crew member", [shift.name for shift in station.shifts])
    hours = [local_hours(first, last, ZoneInfo(shift.tz), ephemeris.span) for shift in shifts for first, last in shift.blocks]
    return union(*hours)


def in_timetable(clause: Clause, station: Station, ephemeris: Ephemeris) -> Intervals:
    """Return the times of a timetable of the station."""
    return timetable_times(_timetable(clause, station), ephemeris.span)


def out_of_timetable(clause: Clause, station: Station, ephemeris: Ephemeris) -> Intervals:
    """Return the times of the span that are in no entry of a timetable: keep-out times."""
    times = timetable_times(_timetable(clause, station), ephemeris.span)
    return complement(times, (0.0, ephemeris.span.length_s))


def timetable_times(timetable: Timetable, span: Span) -> Intervals:
    """Return the entries of a timetable in seconds of a span."""
    return as_intervals([(span.seconds(start), span.seconds(end)) for start, end in timetable.spans])


def _timetable(clause: Clause, station: Station) -> Timetable:
    wanted = clause.argument.casefold()
    found = next((each for each in station.timetables if each.name.casefold() == wanted), None)
    if found is None:
        raise unknown_name(clause, station, "timetable", [each.name for each in station.timetables])
    return found


LINES: dict[str, Line] = {"crew day": crew_day, "in timetable": in_timetable, "out of timetable": out_of_timetable}
