"""What a cast member is paid for the days of one unit: work, holds, one drop and pick-up, guarantees, weeks, journeys."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cupola.model import CastMember

WEEK = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Engagement:
    """The days of one cast member in one unit.

    `holds` are the unit's work days, paid and idle, between the first and last day of work. A dropped gap is unpaid:
    `dropped_after` is the last day before it, `picked_up` the first after it. `calendar_days` count all dates from first to
    last, the dropped gap left out; `guaranteed` are days paid only because the deal promises more than it got.
    """

    cast: str
    work: tuple[date, ...]
    holds: tuple[date, ...]
    dropped_after: date | None = None
    picked_up: date | None = None
    calendar_days: int = 0
    guaranteed: int = 0

    def weeks(self, guarantee_days: int = 0) -> int:
        """Return the started weeks that a weekly deal pays."""
        return -(-max(self.calendar_days, guarantee_days) // WEEK) if self.work else 0


class Gap(NamedTuple):
    """A stretch without work, by the work days on either side; how long it is, and what of it would be paid."""

    before: date
    after: date
    calendar_days: int
    holds: int


def engagement(member: CastMember, worked: Sequence[date], calendar: Sequence[date]) -> Engagement:
    """Return the work and hold days of a member who works on `worked`, out of the unit's work days `calendar`.

    The one gap that may be dropped is that which makes the deal cheapest among gaps of at least `member.drop_days` calendar
    days: by the day the one with most holds, by the week the longest; the earliest of equals. Both sequences are sorted.
    """
    if not worked:
        return Engagement(cast=member.id, work=(), holds=())
    days = frozenset(worked)
    holds = tuple(day for day in calendar if worked[0] < day < worked[-1] and day not in days)
    drop = chosen(member, gaps(member, worked, holds))
    if drop is not None:
        holds = tuple(day for day in holds if not drop.before < day < drop.after)
    guarantee = member.deal.guarantee_days if member.deal and member.deal.kind == "day" else 0
    return Engagement(
        cast=member.id,
        work=tuple(worked),
        holds=holds,
        dropped_after=drop.before if drop else None,
        picked_up=drop.after if drop else None,
        calendar_days=(worked[-1] - worked[0]).days + 1 - (drop.calendar_days if drop else 0),
        guaranteed=max(0, guarantee - len(worked) - len(holds)),
    )


def gaps(member: CastMember, worked: Sequence[date], holds: Sequence[date]) -> tuple[Gap, ...]:
    """Return the gaps that the deal lets be dropped, in order; none where it has no `drop_days`."""
    if member.drop_days is None:
        return ()
    return tuple(
        Gap(before, after, (after - before).days - 1, sum(before < day < after for day in holds))
        for before, after in itertools.pairwise(worked)
        if (after - before).days - 1 >= member.drop_days
    )


def chosen(member: CastMember, among: Sequence[Gap]) -> Gap | None:
    """Return the gap to drop, of those that may be; None where there is none, or none saves a paid day."""
    by_week = member.deal is not None and member.deal.kind == "weekly"
    best = max(among, key=lambda gap: gap.calendar_days if by_week else gap.holds, default=None)
    return best if best and (best.calendar_days if by_week else best.holds) else None


def stays(member: CastMember, hubs: Sequence[str]) -> tuple[int, ...]:
    """Return the places in `hubs` (the hub of each work day in order) at which a stay away from home begins."""
    return tuple(
        number
        for number, (before, hub) in enumerate(zip(["", *hubs], hubs, strict=False))
        if hub not in (before, member.home_hub)
    )


def journeys(member: CastMember, hubs: Sequence[str]) -> tuple[str, ...]:
    """Return the hubs a member travels to, given the hub of each work day in order: one journey for each stay away."""
    return tuple(hubs[number] for number in stays(member, hubs))


def days_away(member: CastMember, deal: Engagement, hubs: Sequence[str]) -> tuple[date, ...]:
    """Return the dates on which a member is away from home: work days there, and all dates between two of them.

    A dropped gap is spent at home. Without a home, nobody is away.
    """
    if not member.home_hub:
        return ()
    away = [day for day, hub in zip(deal.work, hubs, strict=True) if hub != member.home_hub]
    dates = set(away)
    for (before, here), (after, there) in itertools.pairwise(zip(deal.work, hubs, strict=True)):
        if member.home_hub not in (here, there) and before != deal.dropped_after:
            dates |= {date.fromordinal(n) for n in range(before.toordinal(), after.toordinal())}
    return tuple(sorted(dates))
