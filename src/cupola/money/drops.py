"""The best break of a performer's engagement: which gap to drop, what it saves, and which gaps come next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cupola.model import CastMember, Day, Production, Unit
from cupola.model.work import workdays
from cupola.money.contracts import contracted
from cupola.money.deals import Gap, chosen, engagement, gaps
from cupola.money.people import Worked, cast_days, member_lines
from cupola.money.prices import unit_days

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drop:
    """A break in one performer's engagement: off from `first` to `last`, both included, and picked up on the day after.

    `saved_cents` is what the whole deal costs less than without any drop, `saved_days` how many paid idle days are gone.
    """

    cast: str
    unit: str
    first: date
    last: date
    calendar_days: int
    saved_days: int
    saved_cents: int

    @property
    def text(self) -> str:
        """The finding without its price: `dropping INNA 12-27 June saves 9 hold days`."""
        days = f"{self.saved_days} hold day{'' if self.saved_days == 1 else 's'}"
        return f"dropping {self.cast} {span_text(self.first, self.last)} saves {days}"


def best_drop(production: Production, unit: Unit, days: Sequence[Day], cast_id: str) -> Drop | None:
    """Return the break that makes a performer's deal in a unit cheapest; None where the contract or the board allows none.

    It is exact: every gap between two work days that is long enough in calendar days is priced. Raises KeyError for a role
    that nobody plays.
    """
    every = drops(production, unit, days, cast_id)
    return every[0] if every else None


def drops(production: Production, unit: Unit, days: Sequence[Day], cast_id: str) -> tuple[Drop, ...]:
    """Return every break that the contract allows and that saves something, the best first."""
    member = contracted(production, production.member(cast_id))
    worked = cast_days(production, unit_days(unit, days)).get(cast_id, [])
    if unit.is_orbit or not worked:
        return ()
    calendar = workdays(unit)
    dates = [each.day for each in worked]
    held = engagement(replace(member, drop_days=None), dates, calendar)
    before = _cents(replace(member, drop_days=None), worked, calendar)
    found: list[tuple[Gap, Drop]] = []
    for gap in gaps(member, dates, held.holds):
        if chosen(member, (gap,)) is None:
            continue
        alone = replace(member, drop_days=gap.calendar_days)
        saved = before - _cents_with(alone, worked, calendar, gap)
        made = Drop(
            cast=cast_id,
            unit=unit.id,
            first=gap.before + ONE_DAY,
            last=gap.after - ONE_DAY,
            calendar_days=gap.calendar_days,
            saved_days=gap.holds,
            saved_cents=saved,
        )
        found.append((gap, made))
    best = chosen(member, [gap for gap, _ in found])
    ranked = sorted(found, key=lambda each: (each[0] != best, -each[1].saved_cents, each[0].before))
    return tuple(made for _, made in ranked)


def _cents(member: CastMember, worked: Sequence[Worked], calendar: Sequence[date]) -> int:
    return sum(each.cost.likely for each in member_lines(member, worked, calendar))


def _cents_with(member: CastMember, worked: Sequence[Worked], calendar: Sequence[date], gap: Gap) -> int:
    """Price a deal with one gap dropped: work days and holds on either side of it, and nothing between."""
    idle = [day for day in calendar if not gap.before < day < gap.after]
    bare = engagement(replace(member, drop_days=None), [each.day for each in worked], idle)
    days = bare.calendar_days - gap.calendar_days
    return sum(each.cost.likely for each in member_lines(member, worked, idle, replace(bare, calendar_days=days)))


def span_text(first: date, last: date) -> str:
    """Write a span of dates: `12-27 June`, `28 June-4 July`.

    >>> span_text(date(2022, 6, 12), date(2022, 6, 27)), span_text(date(2022, 6, 28), date(2022, 7, 4))
    ('12-27 June', '28 June-4 July')
    """
    if first == last:
        return f"{first.day} {first:%B}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{last.day} {last:%B}"
    return f"{first.day} {first:%B}-{last.day} {last:%B}"
