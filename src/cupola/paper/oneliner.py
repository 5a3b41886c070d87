"""The one-liner: a board as people carry it about, one line for each strip, a bar for each day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cupola.model import Board, Day, Production, Unit
from cupola.paper.colours import StripColour
from cupola.paper.strips import StripLine, day_zone, days_in_order, pages_of, scenes_of, strip_lines
from cupola.paper.wording import clock, date_text, zone_name


@dataclass(frozen=True, kw_only=True, slots=True)
class OneLinerDay:
    """One shooting day: where and when, its strips, and what they come to; clocks are those of the place, in `tz`."""

    day: Day
    unit: Unit
    of: int
    date: str
    call: str
    wrap: str
    tz: str
    zone: str
    places: tuple[str, ...]
    strips: tuple[StripLine, ...]

    @property
    def pages(self) -> str:
        return pages_of(self.strips)

    @property
    def scenes(self) -> int:
        return scenes_of(self.strips)


@dataclass(frozen=True, kw_only=True, slots=True)
class OneLiner:
    """All days of a board, unit by unit, and the scenes that stand on none."""

    title: str
    board: str
    days: tuple[OneLinerDay, ...]
    boneyard: tuple[str, ...]


def one_liner(production: Production, board: Board) -> OneLiner:
    """Return the one-liner of a board."""
    days = days_in_order(production, board)
    return OneLiner(
        title=production.title,
        board=board.title,
        days=tuple(one_liner_day(production, board, day) for day in days),
        boneyard=board.boneyard,
    )


def one_liner_day(
    production: Production, board: Board, day: Day, *, table: Mapping[str, StripColour] | None = None
) -> OneLinerDay:
    """Return one shooting day as a one-liner has it."""
    unit = production.unit(day.unit)
    strips, zone = strip_lines(production, board, day, table=table), day_zone(production, day)
    return OneLinerDay(
        day=day,
        unit=unit,
        of=sum(other.unit == day.unit for other in board.days),
        date=date_text(day.date),
        call=clock(day.call_utc, zone),
        wrap=clock(day.wrap_utc, zone),
        tz=zone,
        zone=zone_name(day.call_utc, zone),
        places=tuple(dict.fromkeys(line.place.name for line in strips)),
        strips=strips,
    )
