"""Boards laid out without any search: so many strips a day, in the order of the script."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cupola.model import Board, Cost, Day, Production, Provenance, Strip
from cupola.model.work import Work, workdays, works_of
from cupola.money import cost

MADE = Provenance(production_digest="", cupola_version="", seed=0, effort="by hand")


def laid_out(production: Production, each: int = 5, step: int = 1) -> Board:
    """Return a board with `each` strips of the first unit a day, on every `step`-th of its work days."""
    unit = production.units[0]
    works = [work for work in works_of(production) if work.unit == unit.id]
    dates = workdays(unit)[::step]
    days = []
    for number, start in enumerate(range(0, len(works), each), 1):
        at = datetime.combine(dates[number - 1], unit.call, tzinfo=UTC)
        strips = []
        for work in works[start : start + each]:
            strips.append(strip_of(work, at))
            at = strips[-1].end_utc
        first, last = strips[0].start_utc, strips[-1].end_utc
        day = Day(unit=unit.id, date=dates[number - 1], number=number, call_utc=first, wrap_utc=last, strips=tuple(strips))
        days.append(day)
    empty = Cost(currency=production.currency, lines=())
    board = Board(title="laid out", days=tuple(days), cost=empty, provenance=MADE)
    return Board(title=board.title, days=board.days, cost=cost(production, board.days), provenance=MADE)


def strip_of(work: Work, at: datetime) -> Strip:
    roll, cut = at + timedelta(seconds=work.prepared_s()), at + timedelta(seconds=work.prepared_s() + work.rolled_s())
    return Strip(
        id=work.id,
        scene=work.scene,
        shot=work.shot,
        take=work.take,
        takes=work.takes,
        place=work.place,
        cast=work.cast,
        start_utc=at,
        roll_utc=roll,
        cut_utc=cut,
        end_utc=at + timedelta(seconds=work.total_s()),
    )
