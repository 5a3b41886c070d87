"""What holds for a unit: its own figures beside those of every pack; the strictest counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cupola.model import Article, CastMember, Day, Pack, Production, Spacewalks, Unit
from cupola.model.work import stretch_on
from cupola.rules.calendar import country_of
from cupola.rules.packs import articles_of, packs_of

DAYS_OF_SIX_DAY_WEEK = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """A figure that a rule compares with, in minutes (or days), the clause it comes from, and whether money can buy it off."""

    minutes: int
    clause: str
    is_priced: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What holds for one unit. `awake` are the wall-clock times between which anybody aboard may work.

    `week_rest` is the pause that any seven dates must hold: days with none so long between them span six dates at most.
    `days_in_row` counts shooting days without a day off (its figure is a number of days); `night_rest` is the rest after a day
    that wraps past midnight, where the next call is before `night_call` (local time). `blackout` are UTC times, half-open, in
    which nobody films aboard: `after_docking` minutes from the start of the unit's span, `before_undocking` from its end, and
    those of its ephemerides' events. `exercise` is what each person keeps free of a crew day, meals included; `restow` is the
    time to put the modules back after the last strip of a crew day.
    """

    rest: Limit
    day: Limit
    meal_within: Limit
    meal: Limit
    awake: tuple[time, time] | None = None
    awake_clause: str = ""
    work: Limit | None = None
    week_rest: Limit | None = None
    days_in_row: Limit | None = None
    night_rest: Limit | None = None
    night_call: time = time(12, 0)
    blackout: tuple[tuple[datetime, datetime], ...] = ()
    blackout_clause: str = ""
    exercise: Limit | None = None
    after_docking: Limit | None = None
    before_undocking: Limit | None = None
    restow: Limit | None = None


def limits_of(production: Production, unit: Unit) -> Limits:
    """Return the limits of a unit: its own figures, made stricter by each of the packs that hold for it."""
    packs = packs_of(production, unit)
    if unit.is_orbit:
        return _aboard(unit, packs)
    nights = articles_of(packs, "night_rest")
    return Limits(
        rest=longest(rests(unit, packs)),
        day=shortest(day_lengths(unit, packs)),
        meal_within=shortest(meals_within(unit, packs)),
        meal=longest(meal_lengths(unit, packs)),
        week_rest=_strictest(longest, week_rests(unit, packs)),
        days_in_row=_strictest(shortest, days_in_row(packs)),
        night_rest=_strictest(longest, [limit(article, "min_h") for article in nights]),
        night_call=max((call for article in nights if (call := article.clock("call_before"))), default=time(12, 0)),
    )


def _aboard(unit: Unit, packs: Sequence[Pack]) -> Limits:
    """Return the limits of a crew day: the latest wake-up, the earliest lights out, the shortest work."""
    days = articles_of(packs, "awake")
    wakes = [clock for article in days if (clock := article.clock("first"))]
    sleeps = [clock for article in days if (clock := article.clock("last"))]
    sleeps += [_lights_out(max(wakes), article) for article in articles_of(packs, "sleep") if wakes]
    blackouts = articles_of(packs, "blackout")
    return Limits(
        rest=_own(unit, unit.rest_min, "rest"),
        day=_own(unit, unit.day_min, "day"),
        meal_within=_own(unit, 360, "meal"),
        meal=_own(unit, unit.meal_min, "meal"),
        awake=(max(wakes), min(sleeps)) if days else None,
        awake_clause=days[-1].clause if days else "",
        work=_strictest(shortest, [limit(article, "max_h") for article in articles_of(packs, "work")]),
        blackout=tuple(span for article in blackouts for span in blackout_spans(unit, article)),
        blackout_clause=blackouts[-1].clause if blackouts else "",
        exercise=_strictest(longest, [exercise(article) for article in articles_of(packs, "exercise")]),
        after_docking=_strictest(longest, [limit(article, "after_min") for article in blackouts]),
        before_undocking=_strictest(longest, [limit(article, "before_min") for article in blackouts]),
        restow=_strictest(longest, [limit(article, "min_min") for article in articles_of(packs, "restow")]),
    )


def _lights_out(wake: time, sleep: Article) -> time:
    """Return the latest lights out that leaves the sleep before the next wake-up."""
    return (datetime.combine(date(2000, 1, 2), wake) - timedelta(minutes=sleep.minutes("min_h"))).time()


def limit(article: Article, key: str, *, is_priced: bool = False) -> Limit:
    """Return a figure of an article as a limit."""
    return Limit(minutes=article.minutes(key), clause=article.clause, is_priced=is_priced)


def longest(limits: Sequence[Limit]) -> Limit:
    """Return the limit that asks for most; of equals the one without a price, then the first."""
    return max(limits, key=lambda each: (each.minutes, not each.is_priced))


def shortest(limits: Sequence[Limit]) -> Limit:
    """Return the limit that allows least; of equals the one without a price, then the first."""
    return min(limits, key=lambda each: (each.minutes, each.is_priced))


def _strictest(pick: Callable[[Sequence[Limit]], Limit], limits: Sequence[Limit]) -> Limit | None:
    return pick(limits) if limits else None


def _own(unit: Unit, minutes: int, what: str) -> Limit:
    return Limit(minutes=minutes, clause=f"{what} of unit {unit.id} in production.toml")


def rests(unit: Unit, packs: Sequence[Pack]) -> list[Limit]:
    """Return every rest from wrap to call that holds; one of a pack that prices a forced call can be bought off."""
    own = [_own(unit, unit.rest_min, "rest")]
    return own + [
        limit(each, "min_h", is_priced=any(pack.named("forced_call"))) for pack in packs for each in pack.named("rest")
    ]


def day_lengths(unit: Unit, packs: Sequence[Pack]) -> list[Limit]:
    """Return every length of a day that holds."""
    return [_own(unit, unit.day_min, "day"), *(limit(article, "max_h") for article in articles_of(packs, "day"))]


def meals_within(unit: Unit, packs: Sequence[Pack]) -> list[Limit]:
    """Return how soon after call the meal begins, by the unit (six hours) and by every pack that holds."""
    priced = [(article, any(pack.named("meal_penalty"))) for pack in packs for article in pack.named("meal")]
    own = [] if priced else [_own(unit, 360, "meal")]
    return own + [limit(article, "within_h", is_priced=is_priced) for article, is_priced in priced]


def meal_lengths(unit: Unit, packs: Sequence[Pack]) -> list[Limit]:
    """Return every length of the meal that holds."""
    return [_own(unit, unit.meal_min, "meal"), *(limit(article, "min_min") for article in articles_of(packs, "meal"))]


def week_rests(unit: Unit, packs: Sequence[Pack]) -> list[Limit]:
    """Return every weekly rest that holds for the unit's own week: the shorter one where it works six days or more."""
    six = 7 - len(unit.days_off) >= DAYS_OF_SIX_DAY_WEEK
    return [
        limit(article, "six_day_h" if six and "six_day_h" in article else "min_h")
        for article in articles_of(packs, "week_rest")
    ]


def days_in_row(packs: Sequence[Pack]) -> list[Limit]:
    """Return how many days in a row every pack allows; one with a premium for the next can be bought off."""
    return [
        Limit(
            minutes=round(article.number("days")),
            clause=article.clause,
            is_priced="sixth_factor" in article or "seventh_factor" in article,
        )
        for article in articles_of(packs, "week")
    ]


def exercise(article: Article) -> Limit:
    """Return what a crew day keeps free for exercise and meals."""
    return Limit(minutes=article.minutes("min_h") + article.minutes("meals_h"), clause=article.clause)


def blackout_spans(unit: Unit, article: Article) -> list[tuple[datetime, datetime]]:
    """Return the times round each docking and undocking in which nobody films: the unit's own, and those of its ephemerides.

    An orbit unit docks as its span begins and undocks as it ends.
    """
    after, before = timedelta(minutes=article.minutes("after_min")), timedelta(minutes=article.minutes("before_min"))
    spans = [(unit.first_utc, unit.first_utc + after), (unit.last_utc - before, unit.last_utc)]
    for name, at in traffic(unit):
        spans.append((at - before, at) if "undock" in name else (at, at + after))
    return sorted((a, b) for a, b in spans if a < b)


def traffic(unit: Unit) -> list[tuple[str, datetime]]:
    """Return the dockings and undockings that a unit's ephemerides list within its span, names in lower case."""
    ephemerides = unit.station.station.ephemerides if unit.station else ()
    events = [(event.name.casefold(), event.at_utc) for each in ephemerides for event in each.events]
    return [(name, at) for name, at in events if "dock" in name and unit.first_utc <= at < unit.last_utc]


def stretch_floor(production: Production, unit: Unit, day: date) -> float:
    """Return how much longer work takes on a flight day, by the unit's own figure or a pack's, whichever is more."""
    flight_day = flight_day_of(unit, day)
    steps = [article.numbers("stretch") for article in articles_of(packs_of(production, unit), "adaptation")]
    asked = [each[min(max(flight_day, 1), len(each)) - 1] for each in steps if each]
    return max([stretch_on(unit, day), *asked]) if unit.is_orbit else 1.0


def flight_day_of(unit: Unit, day: date) -> int:
    """Return the number of a flight day, 1 on the date on which the unit's span begins."""
    return (day - unit.first_utc.astimezone(ZoneInfo(unit.tz)).date()).days + 1


def spacewalks_of(production: Production, unit: Unit) -> Spacewalks | None:
    """Return how a unit goes outside: its own figures made stricter by packs; None where nobody does."""
    own = unit.station.spacewalks if unit.station else None
    if own is None:
        return None
    packs = packs_of(production, unit)
    walks, first = articles_of(packs, "spacewalk"), articles_of(packs, "adaptation")
    return replace(
        own,
        longest_min=min([own.longest_min, *(each.minutes("longest_h") for each in walks)]),
        before_min=max([own.before_min, *(each.minutes("before_min") for each in walks)]),
        after_min=max([own.after_min, *(each.minutes("after_min") for each in walks)]),
        overhead_h=max([own.overhead_h, *(each.number("overhead_h") for each in walks)]),
        first_flight_day=max([own.first_flight_day, *(round(each.number("walk_day")) for each in first)]),
        spacing_days=max([own.spacing_days, *(round(each.number("spacing_days")) for each in walks)]),
        rest_days=max([own.rest_days, *(round(each.number("rest_days")) for each in walks)]),
    )


def holiday_country(production: Production, unit: Unit, day: Day) -> str:
    """Return the country whose holidays count on a day: the one a pack names, else that of the place's time zone."""
    named = [country for each in articles_of(packs_of(production, unit), "holiday") if (country := each.text("country"))]
    tz = production.place(day.strips[0].place).tz if day.strips else unit.tz
    return named[-1] if named else country_of(tz) or country_of(unit.tz)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drop:
    """The shortest gap that a contract lets be dropped, in calendar days, how often in a picture, and the clause."""

    days: int
    times: int
    clause: str


def drop_of(production: Production, member: CastMember) -> Drop | None:
    """Return what the packs say of dropping a person and picking them up again; None where none speaks.

    A film is all-USA where every unit on Earth keeps the time of the USA.
    """
    earth = [unit for unit in production.units if not unit.is_orbit]
    articles = {id(article): article for unit in earth for article in articles_of(packs_of(production, unit, member), "drop")}
    key = "usa_days" if all(country_of(unit.tz) == "US" for unit in earth) else "else_days"
    found = [
        Drop(days=round(each.number(key)), times=round(each.number("times")), clause=each.clause) for each in articles.values()
    ]
    return max(found, key=lambda drop: drop.days) if found else None
