"""What a board owes performers beyond a day's pay, one by one: what `check` reports as priced and `money` books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from cupola.model import CastMember, Day, Production, Unit
from cupola.rules.calendar import holiday_name
from cupola.rules.limits import holiday_country
from cupola.rules.packs import packs_of
from cupola.rules.people import Stint, pauses, run_lengths, stints
from cupola.rules.premiums import MEAL, Exchanged, MealPenalty, Premium, Premiums, day_pay, exchange_of, premiums_of, worked_min
from cupola.rules.said import minutes_between

DueKind = Literal["overtime", "night premium", "meal penalty", "forced call", "days in row", "holidays"]
KINDS: tuple[DueKind, ...] = ("overtime", "night premium", "meal penalty", "forced call", "days in row", "holidays")
"""Every kind of due, by the name of the rule that reports it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """One performer's premium on one day: how many minutes it is for, what it costs (None: no price known), and why.

    `minutes` are the overtime, the hours of the night, how late the meal was, or how much rest was missing; 0 for a whole day.
    """

    kind: DueKind
    who: str
    unit: str
    day: date
    minutes: int
    cents: int | None
    clause: str


def dues(production: Production, days: Sequence[Day], exchange: Exchanged | None = None) -> tuple[Due, ...]:
    """Return every premium that the days of a board owe performers on Earth, by kind, day and board id.

    `exchange` turns money of a pack into minor units of the production's currency; without it the production's own rates of
    exchange do.
    """
    known = exchange or exchange_of(production)
    if not any(_speaks(production, unit) for unit in production.units) and not any(member.packs for member in production.cast):
        return ()
    rows = {
        unit.id: _numbered(sorted((day for day in days if day.unit == unit.id), key=lambda day: day.date))
        for unit in production.units
    }
    found = [due for member in production.cast for due in _of_member(production, days, member, rows, known)]
    return tuple(sorted(found, key=lambda due: (KINDS.index(due.kind), due.day, due.unit)))


def _speaks(production: Production, unit: Unit) -> bool:
    names = {"overtime", "night_premium", "meal_penalty", "forced_call", "week", "holiday"}
    return any(article.name in names for pack in packs_of(production, unit) for article in pack.articles)


def _numbered(days: Sequence[Day]) -> dict[date, int]:
    return dict(zip((day.date for day in days), run_lengths(days), strict=True))


def _of_member(
    production: Production, days: Sequence[Day], member: CastMember, rows: dict[str, dict[date, int]], exchange: Exchanged
) -> Iterator[Due]:
    own = stints(production, days, member.id)
    premiums = {unit_id: premiums_of(production, production.unit(unit_id), member) for unit_id in {s.unit.id for s in own}}
    for stint in own:
        premium = premiums[stint.unit.id]
        yield from _overtime(stint, member, premium)
        yield from _night(stint, member, premium)
        yield from _meals(stint, member, premium, exchange)
        yield from _whole_days(production, stint, member, premium, rows[stint.unit.id][stint.day.date])
    yield from _forced_calls(production, own, member, premiums, exchange)


def _due(kind: DueKind, stint: Stint, member: CastMember, minutes: float, cents: int | None, clause: str) -> Due:
    return Due(
        kind=kind,
        who=member.id,
        unit=stint.unit.id,
        day=stint.day.date,
        minutes=-int(-minutes // 1),
        cents=cents,
        clause=clause,
    )


def _overtime(stint: Stint, member: CastMember, premiums: Premiums) -> Iterator[Due]:
    if member.deal and member.deal.overtime:
        return
    worked = worked_min(stint.day, member.id)
    over = [(worked - after, each.clause) for each in premiums.overtime for after, _ in each.steps[:1] if worked > after]
    if over:
        pay = day_pay(member)
        cents = None if pay is None else premiums.overtime_cents(worked, pay)
        yield _due("overtime", stint, member, max(over)[0], cents, max(over)[1])


def _night(stint: Stint, member: CastMember, premiums: Premiums) -> Iterator[Due]:
    minutes = max((night.minutes(stint.unit, stint.start_utc, stint.end_utc) for night in premiums.nights), default=0.0)
    if minutes > 0:
        straight = min((each.straight_min for each in premiums.overtime), default=480)
        pay = day_pay(member)
        hour = None if pay is None else Fraction(pay * 60, straight)
        cents = None if hour is None else premiums.night_cents(stint.unit, stint.start_utc, stint.end_utc, hour)
        yield _due("night premium", stint, member, minutes, cents, premiums.nights[0].premium.clause)


def _meals(stint: Stint, member: CastMember, premiums: Premiums, exchange: Exchanged) -> Iterator[Due]:
    late = max((late_min(stint, penalty) for penalty in premiums.meals), default=0.0)
    if late > 0:
        yield _due("meal penalty", stint, member, late, premiums.meal_cents(late, exchange), premiums.meals[0].clause)


def late_min(stint: Stint, penalty: MealPenalty) -> float:
    """Return by how many minutes a person's meals come late in all: the first counts from their call, others from the last."""
    meals = sorted(
        (banner.start_utc, banner.end_utc)
        for banner in stint.day.banners
        if banner.text == MEAL and stint.start_utc <= banner.start_utc < stint.end_utc
    )
    late, since, within = 0.0, stint.start_utc, penalty.within_min
    for start, end in meals:
        late += max(0.0, minutes_between(since, start) - within)
        since, within = end, penalty.next_within_min or 10_000
    return late + max(0.0, minutes_between(since, stint.end_utc) - within)


def _forced_calls(
    production: Production, own: Sequence[Stint], member: CastMember, premiums: dict[str, Premiums], exchange: Exchanged
) -> Iterator[Due]:
    seen: set[datetime] = set()
    for unit_id, premium in premiums.items():
        for pack in packs_of(production, production.unit(unit_id), member):
            if not any(pack.named("forced_call")):
                continue
            for rest in pack.named("rest"):
                for pause in pauses(production, member, own, pack, rest):
                    if pause.is_short and pause.after.unit.id == unit_id and pause.after.start_utc not in seen:
                        seen.add(pause.after.start_utc)
                        pay = day_pay(member)
                        cents = None if pay is None else premium.forced_call_cents(pay, exchange)
                        missing = pause.needed - pause.minutes
                        yield _due("forced call", pause.after, member, missing, cents, pause.clause)


def _whole_days(production: Production, stint: Stint, member: CastMember, premiums: Premiums, number: int) -> Iterator[Due]:
    sixth = premiums.day_in_row(number)
    if sixth is not None:
        yield _due("days in row", stint, member, 0, _extra(sixth, member), sixth.clause)
    if premiums.holiday is not None:
        country = holiday_country(production, stint.unit, stint.day)
        if holiday_name(country, stint.day.date):
            yield _due("holidays", stint, member, 0, _extra(premiums.holiday, member), premiums.holiday.clause)


def _extra(premium: Premium, member: CastMember) -> int | None:
    pay = day_pay(member)
    return None if pay is None else premium.extra_cents(pay)
