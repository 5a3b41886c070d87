"""What a contract asks for beyond a day's pay: the figures, and what they come to, for money and for `check` alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from cupola.model import Article, CastMember, Day, Production, Rate, Unit
from cupola.model.currency import MINOR_DIGITS
from cupola.rules.articles import amount
from cupola.rules.packs import articles_of, packs_of

MEAL = "Meal"
"""The text of the banner in which nobody works."""

Exchanged = Callable[[Rate], int | None]
"""Turns a rate of a pack into minor units of the production's currency; None where nobody says at what rate."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overtime:
    """Hours beyond `straight_min` of a day's pay: beyond each of `after_min` an hour costs a factor more, by started steps."""

    straight_min: int
    steps: tuple[tuple[int, Fraction], ...]
    step_min: int
    clause: str

    def cents(self, worked_min: int, day_cents: int) -> int:
        """Price a day of `worked_min` (meals left out) on top of its day's pay, rounded half up once."""
        whole = -(-worked_min // self.step_min)
        marks = [(-(-after // self.step_min), factor) for after, factor in self.steps]
        total = Fraction(0)
        for number, (start, factor) in enumerate(marks):
            end = marks[number + 1][0] if number + 1 < len(marks) else whole
            total += max(0, min(whole, end) - start) * factor
        return half_up(total * day_cents * self.step_min / self.straight_min)


@dataclass(frozen=True, kw_only=True, slots=True)
class MealPenalty:
    """What each started step of a late meal costs for one performer, in a currency of its own; the last amount repeats."""

    each: tuple[Rate, ...]
    step_min: int
    within_min: int
    next_within_min: int
    clause: str

    def rates(self, late_min: float) -> tuple[Rate, ...]:
        """Return the penalties of a meal that is so late, step by step."""
        steps = max(0, -int(-late_min // self.step_min))
        return tuple(self.each[min(n, len(self.each) - 1)] for n in range(steps))


@dataclass(frozen=True, kw_only=True, slots=True)
class Premium:
    """A factor on a day's or an hour's pay, with the clause that asks for it."""

    factor: Fraction
    clause: str

    def extra_cents(self, cents: int) -> int:
        """Return what comes on top of a pay, rounded half up."""
        return half_up((self.factor - 1) * cents)


@dataclass(frozen=True, kw_only=True, slots=True)
class Night:
    """Hours of the night (local clock, past midnight) that cost a factor more."""

    first: time
    last: time
    premium: Premium

    def minutes(self, unit: Unit, start: datetime, end: datetime) -> float:
        """Return how much of a time lies in the night of a unit's clock."""
        zone, total = ZoneInfo(unit.tz), timedelta(0)
        date = start.astimezone(zone).date() - timedelta(days=1)
        while date <= end.astimezone(zone).date():
            opens = datetime.combine(date, self.first, tzinfo=zone)
            closes = datetime.combine(date + timedelta(days=self.last <= self.first), self.last, tzinfo=zone)
            total += max(timedelta(0), min(end, closes) - max(start, opens))
            date += timedelta(days=1)
        return total.total_seconds() / 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Premiums:
    """What a unit or a person is paid beyond the day's pay. Of several packs the dearest counts, so each is a list.

    `forced_call` is the most that a rest cut short costs for each performer, a day's pay if that is less. `week_days` are
    days in a row at straight pay; `sixth` and `seventh` are for the sixth day in a row and for each one after it.
    """

    overtime: tuple[Overtime, ...] = ()
    meals: tuple[MealPenalty, ...] = ()
    forced_call: tuple[Rate, ...] = ()
    forced_call_clause: str = ""
    week_days: int = 0
    sixth: Premium | None = None
    seventh: Premium | None = None
    holiday: Premium | None = None
    nights: tuple[Night, ...] = ()

    def overtime_cents(self, worked_min: int, day_cents: int) -> int:
        """Price the overtime of one performer's day: the dearest of all packs."""
        return max((each.cents(worked_min, day_cents) for each in self.overtime), default=0)

    def forced_call_cents(self, day_cents: int, exchange: Exchanged) -> int | None:
        """Price one forced call: a day's pay or the figure, whichever is less; None where it cannot be exchanged."""
        most = [exchange(rate) for rate in self.forced_call]
        if not most or None in most:
            return None
        return min(day_cents, max(cents for cents in most if cents is not None))

    def meal_cents(self, late_min: float, exchange: Exchanged) -> int | None:
        """Price a meal so late for one performer: the dearest of all packs; None where it cannot be exchanged."""
        found = [[exchange(rate) for rate in penalty.rates(late_min)] for penalty in self.meals]
        if not found or any(cents is None for each in found for cents in each):
            return None
        return max(sum(cents for cents in each if cents is not None) for each in found)

    def day_in_row(self, number: int) -> Premium | None:
        """Return the premium of the `number`-th day in a row (1-based); None at straight pay."""
        if number == 6:
            return self.sixth
        return self.seventh if number > 6 else None

    def night_cents(self, unit: Unit, start: datetime, end: datetime, hour_cents: Fraction) -> int:
        """Price what lies in the night of hours worked, at `hour_cents` for a straight hour: the dearest of all packs."""
        return max((_night_cents(night, unit, start, end, hour_cents) for night in self.nights), default=0)


def premiums_of(production: Production, unit: Unit, member: CastMember | None = None) -> Premiums:
    """Return the premiums that hold for a unit, and for one person in it where one is given."""
    packs = packs_of(production, unit, member)
    weeks = articles_of(packs, "week")
    calls = articles_of(packs, "forced_call")
    return Premiums(
        overtime=tuple(map(_overtime, articles_of(packs, "overtime"))),
        meals=tuple(
            _meal_penalty(penalty, meal)
            for pack in packs
            for penalty in pack.named("meal_penalty")
            for meal in pack.named("meal")
        ),
        forced_call=tuple(amount(article.text("most"), article.source, article.line) for article in calls),
        forced_call_clause="; ".join(article.clause for article in calls),
        week_days=min((round(article.number("days")) for article in weeks), default=0),
        sixth=_dearest(weeks, "sixth_factor"),
        seventh=_dearest(weeks, "seventh_factor"),
        holiday=_dearest(articles_of(packs, "holiday"), "factor"),
        nights=tuple(map(_night, articles_of(packs, "night_premium"))),
    )


def present(day: Day, cast_id: str) -> tuple[datetime, datetime] | None:
    """Return when a performer is on a day's set: from the start of the first strip to the end of the last; None where not."""
    own = [strip for strip in day.strips if cast_id in strip.cast]
    return (min(strip.start_utc for strip in own), max(strip.end_utc for strip in own)) if own else None


def worked_min(day: Day, cast_id: str) -> int:
    """Return a performer's paid minutes of a day: presence less the meals that lie in it, rounded up."""
    span = present(day, cast_id)
    if span is None:
        return 0
    meals = [(banner.start_utc, banner.end_utc) for banner in day.banners if banner.text == MEAL]
    off = sum((max(timedelta(0), min(b, span[1]) - max(a, span[0])) for a, b in meals), timedelta(0))
    return -int(-(span[1] - span[0] - off).total_seconds() // 60)


def day_pay(member: CastMember) -> int | None:
    """Return a performer's pay for a day: the day's rate, or a fifth of a week's; None where neither is known."""
    week = member.deal.week if member.deal else None
    return member.work.cents if member.work else half_up(Fraction(week.cents, 5)) if week else None


def half_up(cents: Fraction) -> int:
    """Round to a whole minor unit, halves up."""
    return (2 * cents.numerator + cents.denominator) // (2 * cents.denominator)


def exchange_of(production: Production) -> Exchanged:
    """Return what turns money of a pack into the production's: its own currency, and those it has a rate of exchange for."""
    per = {each.currency: each.per for each in production.budget.exchanges}
    digits = MINOR_DIGITS[production.currency]

    def exchanged(rate: Rate) -> int | None:
        if rate.currency == production.currency:
            return rate.cents
        if rate.currency not in per:
            return None
        return half_up(Fraction(rate.cents, 10 ** MINOR_DIGITS[rate.currency]) * per[rate.currency] * 10**digits)

    return exchanged


def _overtime(article: Article) -> Overtime:
    factors = [_fraction(factor) for factor in article.numbers("factors")]
    after = [round(hours * 60) for hours in article.numbers("after_h")]
    return Overtime(
        straight_min=article.minutes("straight_h"),
        steps=tuple(sorted(zip(after, factors, strict=True))),
        step_min=article.minutes("step_min"),
        clause=article.clause,
    )


def _meal_penalty(penalty: Article, meal: Article) -> MealPenalty:
    return MealPenalty(
        each=tuple(amount(text, penalty.source, penalty.line) for text in penalty.words("each")),
        step_min=penalty.minutes("step_min"),
        within_min=meal.minutes("within_h"),
        next_within_min=meal.minutes("next_within_h"),
        clause=penalty.clause,
    )


def _dearest(articles: Sequence[Article], key: str) -> Premium | None:
    found = [Premium(factor=_fraction(each.number(key)), clause=each.clause) for each in articles if key in each]
    return max(found, key=lambda premium: premium.factor) if found else None


def _night(article: Article) -> Night:
    first, last = article.clock("first"), article.clock("last")
    assert first is not None, "the shape of an article asks for it"
    assert last is not None, "the shape of an article asks for it"
    return Night(first=first, last=last, premium=Premium(factor=_fraction(article.number("factor")), clause=article.clause))


def _night_cents(night: Night, unit: Unit, start: datetime, end: datetime, hour_cents: Fraction) -> int:
    seconds = round(night.minutes(unit, start, end) * 60)
    return half_up((night.premium.factor - 1) * hour_cents * seconds / 3600)


def _fraction(number: float) -> Fraction:
    return Fraction(str(number))
