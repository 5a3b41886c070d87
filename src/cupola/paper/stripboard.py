"""The stripboard on paper: a row for each strip in its colour, a column for each of the cast, a bar for each day and week."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cupola.model import Banner, Board, Day, Production, Unit
from cupola.paper.colours import StripColour
from cupola.paper.oneliner import OneLinerDay, one_liner_day
from cupola.paper.strips import StripLine, days_of_unit

MOST_COLUMNS = 30
"""Columns of cast that a page holds and a person can still follow; the rest stand in one last column."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of the cast: the number on the board and the role."""

    number: str
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StripRow:
    """A strip: its line, the columns its cast stands in, and the numbers that have no column."""

    line: StripLine
    in_columns: tuple[bool, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BannerRow:
    """A banner between strips."""

    banner: Banner


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """A week that ends with a day: its number (ISO 8601), and the shooting days since the last one ended."""

    number: int
    days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardDay:
    """A day of the board; `week` is the week that ends with it, if one does."""

    head: OneLinerDay
    rows: tuple[StripRow | BannerRow, ...]
    week: Week | None


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitBoard:
    """One unit's board."""

    unit: Unit
    columns: tuple[Column, ...]
    days: tuple[BoardDay, ...]


def unit_boards(
    production: Production, board: Board, *, table: Mapping[str, StripColour] | None = None
) -> tuple[UnitBoard, ...]:
    """Return the boards of the units that shoot, in the production's order, strips in the colours of `table`, else in
    the production's own.
    """
    return tuple(_unit_board(production, board, unit, table) for unit in production.units if days_of_unit(board, unit.id))


def _unit_board(production: Production, board: Board, unit: Unit, table: Mapping[str, StripColour] | None) -> UnitBoard:
    days = days_of_unit(board, unit.id)
    on_board = {name for day in days for strip in day.strips for name in strip.cast}
    cast = sorted((m for m in production.cast if m.id in on_board), key=lambda member: member.board_id)[:MOST_COLUMNS]
    columns = tuple(Column(number=str(member.board_id), role=member.id) for member in cast)
    found: list[BoardDay] = []
    for day, later in itertools.zip_longest(days, days[1:]):
        head = one_liner_day(production, board, day, table=table)
        ends_week = later is None or later.date.isocalendar()[:2] != day.date.isocalendar()[:2]
        found.append(
            BoardDay(
                head=head,
                rows=_rows(day, head, columns),
                week=_week(found, day) if ends_week else None,
            )
        )
    return UnitBoard(unit=unit, columns=columns, days=tuple(found))


def _rows(day: Day, head: OneLinerDay, columns: tuple[Column, ...]) -> tuple[StripRow | BannerRow, ...]:
    marks: list[tuple[datetime, int, StripRow | BannerRow]] = []
    known = {column.number for column in columns}
    for line in head.strips:
        row = StripRow(
            line=line,
            in_columns=tuple(column.number in line.cast for column in columns),
            others=tuple(number for number in line.cast if number not in known),
        )
        marks.append((line.strip.start_utc, 1, row))
    for banner in day.banners:
        marks.append((banner.start_utc, 0, BannerRow(banner=banner)))
    return tuple(row for _, _, row in sorted(marks, key=lambda mark: mark[:2]))


def _week(before: list[BoardDay], day: Day) -> Week:
    """Return the week that a day ends, with its days since the last bar of a week."""
    own = list(itertools.takewhile(lambda d: d.week is None, reversed(before)))
    return Week(number=day.date.isocalendar().week, days=len(own) + 1)
