"""What a cast member is paid for the days of one unit: work, holds, one drop and pick-up, travel."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cupola.model import CastMember


@dataclass(frozen=True, kw_only=True, slots=True)
class Engagement:
    """The days of one cast member in one unit.

    `holds` are the unit's work days, paid and idle, between the first and last day of work. A dropped gap is unpaid:
    `dropped_after` is the last day before it, `picked_up` the first after it.
    """

    cast: str
    work: tuple[date, ...]
    holds: tuple[date, ...]
    dropped_after: date | None = None
    picked_up: date | None = None


def engagement(member: CastMember, worked: Sequence[date], calendar: Sequence[date]) -> Engagement:
    """Return the work and hold days of a member who works on `worked`, out of the unit's work days `calendar`.

    The one gap that may be dropped is that with the most holds among gaps of at least `member.drop_days` calendar days; the
    earliest of equals. Both sequences are sorted.
    """
    if not worked:
        return Engagement(cast=member.id, work=(), holds=())
    days = frozenset(worked)
    holds = [day for day in calendar if worked[0] < day < worked[-1] and day not in days]
    drop = _best_gap(member, worked, holds)
    if drop is None:
        return Engagement(cast=member.id, work=tuple(worked), holds=tuple(holds))
    kept = tuple(day for day in holds if not drop[0] < day < drop[1])
    return Engagement(cast=member.id, work=tuple(worked), holds=kept, dropped_after=drop[0], picked_up=drop[1])


def _best_gap(member: CastMember, worked: Sequence[date], holds: Sequence[date]) -> tuple[date, date] | None:
    """Return the gap whose drop saves most holds, as the work days on either side; None where no drop is allowed or saves."""
    if member.drop_days is None:
        return None
    best, saved = None, 0
    for before, after in itertools.pairwise(worked):
        if (after - before).days - 1 >= member.drop_days:
            count = sum(before < day < after for day in holds)
            if count > saved:
                best, saved = (before, after), count
    return best


def journeys(member: CastMember, hubs: Sequence[str]) -> tuple[str, ...]:
    """Return the hubs a member travels to, given the hub of each work day in order: one journey for each stay away."""
    stays = [hub for before, hub in zip(["", *hubs], hubs, strict=False) if hub != before]
    return tuple(hub for hub in stays if hub != member.home_hub)
