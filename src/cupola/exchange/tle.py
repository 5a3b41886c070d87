"""Two-line element sets, with or without a name line (TLE, 3LE): columns and checksums verified, epoch exact.

Source: the column table of Spacetrack Report #3 (Hoots and Roehrich, 1980) as revised by Vallado et al. (2006).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isnan

from cupola.errors import OrbitError
from cupola.exchange.ccsds import lines_of, number_of
from cupola.model import Elements

LINE_LENGTH = 69
EPOCH_TICK_US = 864
"""The epoch has eight decimals of a day; one unit of the last is exactly 864 microseconds."""
FETCH = "Fetch the set again: a line of elements is copied whole, column by column, or not at all."
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The first of five characters may stand for 10 to 33 (Alpha-5, without I and O)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a set, with where it stands."""

    text: str
    file: str
    number: int

    def wrong(self, rule: str, value: object = None) -> OrbitError:
        """Return an error that points at the line."""
        return OrbitError(rule, value=self.text if value is None else value, remedy=FETCH, file=self.file, line=self.number)

    def field(self, first: int, last: int) -> str:
        """Return the text of columns `first` to `last`, counted from 1, both included."""
        return self.text[first - 1 : last].strip()

    def number_in(self, first: int, last: int, what: str, *, before: str = "") -> float:
        """Return the number in some columns; `before` is what the format leaves out."""
        return self.as_number(before + self.field(first, last).replace(" ", "0"), what)

    def power_in(self, first: int, last: int, what: str) -> float:
        """Return a number with its decimal point left out and its power of ten at the end, like -11606-4."""
        text = self.field(first, last) or "0"
        sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("", text)
        if digits[-2:-1] in ("+", "-"):
            digits = f"{digits[:-2]}e{digits[-2:]}"
        return self.as_number(f"{sign}0.{digits.replace(' ', '')}", what)

    def as_number(self, text: str, what: str) -> float:
        """Return a number; raises OrbitError naming what it is for."""
        value = number_of(text)
        if isnan(value):
            raise self.wrong(f"{what} is a number", text)
        return value

    def whole(self, text: str, what: str) -> int:
        """Return a number of digits alone; raises OrbitError naming what it is for."""
        if not (text.isascii() and text.isdigit()):
            raise self.wrong(f"{what} is a whole number", text)
        return int(text)


def parse_tle(text: str, *, file: str = "") -> tuple[Elements, ...]:
    """Parse every element set of a text, in its order; raises OrbitError with the line of what is wrong."""
    sets: list[Elements] = []
    name = ""
    first: Line | None = None
    for number, raw in lines_of(text, file):
        line = Line(text=raw.rstrip(), file=file, number=number)
        if not line.text.strip() or line.text.startswith("#"):
            continue
        if first is not None:
            sets.append(_elements(_checked(first, "1"), _checked(line, "2"), name))
            name, first = "", None
        elif line.text.startswith("1 "):
            first = line
        elif line.text.startswith("2 "):
            raise line.wrong("line 2 of a set comes after its line 1")
        else:
            name = line.text.removeprefix("0 ").strip()
    if first is not None:
        raise first.wrong("line 1 of a set is followed by its line 2")
    if not sets:
        raise OrbitError("an orbit file holds at least one element set", remedy=FETCH, file=file)
    return tuple(sets)


def checksum(text: str) -> int:
    """Return the last digit that a line must have: its digits added up, a minus sign counting one, modulo ten."""
    return sum(1 if letter == "-" else int(letter) for letter in text[:68] if letter == "-" or letter in "0123456789") % 10


def _checked(line: Line, which: str) -> Line:
    """Return a line whose number, length and checksum are right."""
    if not line.text.startswith(f"{which} "):
        raise line.wrong(f"line {which} of a set begins with {which}")
    if len(line.text) != LINE_LENGTH:
        raise line.wrong(f"line {which} of a set has {LINE_LENGTH} characters", f"{len(line.text)} characters")
    if line.text[68] != str(checksum(line.text)):
        raise line.wrong(f"line {which} ends with its checksum, {checksum(line.text)}", line.text[68])
    return line


def _elements(one: Line, two: Line, name: str) -> Elements:
    if one.field(3, 7) != two.field(3, 7):
        raise two.wrong(f"both lines are of one object, {one.field(3, 7)}", two.field(3, 7))
    if one.field(63, 63) == "4":
        raise one.wrong("the elements are made for SGP4, not for SGP4-XP (ephemeris type 4)")
    number = _catalogue_number(one)
    return Elements(
        object_name=name or f"NORAD {number}",
        object_id=_designator(one),
        norad_cat_id=number,
        epoch_utc=_epoch(one),
        mean_motion=_within(two, "mean motion", two.number_in(53, 63, "mean motion"), 0.05, 20.0),
        eccentricity=two.number_in(27, 33, "eccentricity", before="0."),
        inclination_deg=_within(two, "inclination", two.number_in(9, 16, "inclination"), 0.0, 180.0),
        ra_of_asc_node_deg=_within(two, "ascending node", two.number_in(18, 25, "ascending node"), 0.0, 360.0),
        arg_of_pericenter_deg=_within(two, "argument of perigee", two.number_in(35, 42, "argument of perigee"), 0.0, 360.0),
        mean_anomaly_deg=_within(two, "mean anomaly", two.number_in(44, 51, "mean anomaly"), 0.0, 360.0),
        bstar=one.power_in(54, 61, "drag term"),
        mean_motion_dot=one.number_in(34, 43, "mean motion derivative"),
        mean_motion_ddot=one.power_in(45, 52, "second mean motion derivative"),
        element_set_no=one.whole(one.field(65, 68) or "0", "element number"),
        rev_at_epoch=two.whole(two.field(64, 68) or "0", "revolution number"),
    )


def _within(line: Line, what: str, value: float, least: float, most: float) -> float:
    if not least <= value <= most:
        raise line.wrong(f"{what} is from {least:g} to {most:g}", value)
    return value


def _catalogue_number(line: Line) -> int:
    text = line.field(3, 7)
    leading = LETTERS.find(text[:1])
    if len(text) == 5 and leading >= 0:
        text = f"{leading + 10}{text[1:]}"
    return line.whole(text, "catalogue number")


def _designator(line: Line) -> str:
    """Return the launch designator as the OMM writes it: 98067A is 1998-067A."""
    year, launch = line.field(10, 11), line.field(12, 17)
    return f"{_full_year(int(year))}-{launch}" if year.isascii() and year.isdigit() else launch


def _epoch(line: Line) -> datetime:
    year = line.whole(line.field(19, 20), "epoch year")
    day, _, fraction = line.field(21, 32).partition(".")
    days = line.whole(day.strip(), "epoch day")
    ticks = line.whole(fraction.strip().ljust(8, "0"), "epoch")
    _within(line, "epoch day", days, 1, 366)
    start = datetime(_full_year(year), 1, 1, tzinfo=UTC)
    return start + timedelta(days=days - 1, microseconds=EPOCH_TICK_US * ticks)


def _full_year(year: int) -> int:
    """Return a year of two digits in full: the first satellite flew in 1957."""
    return year + (1900 if year >= 57 else 2000)
