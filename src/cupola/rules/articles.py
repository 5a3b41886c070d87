"""What an article of a rule pack may say: its keys, of what kind each is, and how a slip is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from typing import Literal

from cupola.model import Rate
from cupola.model.currency import MINOR_DIGITS

_MONEY = re.compile(r"(\d+(?: \d{3})*(?:\.\d+)?) ([A-Z]{3})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """An article: what it says, its keys with the kind of each (a `?` behind it: may be left out), and where it holds."""

    says: str
    keys: Mapping[str, str]
    where: Literal["earth", "orbit", "both"] = "earth"
    many: bool = False
    pairs: tuple[tuple[str, str], ...] = field(default=())


def _number(low: float, high: float) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _whole(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _list_of(kind: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and bool(value) and all(kind(each) for each in value)


def _is_clock(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value))


def _is_money(value: object) -> bool:
    found = _MONEY.fullmatch(value) if isinstance(value, str) else None
    return found is not None and found[2] in MINOR_DIGITS and _decimals(found[1]) <= MINOR_DIGITS[found[2]]


def _decimals(amount: str) -> int:
    return len(amount.partition(".")[2])


def _is_location(value: object) -> bool:
    return value in ("overnight", "nearby exterior")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


KINDS: dict[str, tuple[Callable[[object], bool], str, str]] = {
    "hours": (_number(0, 336), "a number of hours from 0 to 336", "write 12, or 10.5"),
    "minutes": (_number(0, 10080), "a number of minutes from 0 to 10080", "write 30"),
    "step": (_whole(1, 600), "a whole number of minutes from 1 to 600", "write 6 for tenths of an hour"),
    "shift": (_number(1, 24), "a number of hours from 1 to 24", "write 8"),
    "location": (_is_location, "a kind of location", 'write "overnight" or "nearby exterior"'),
    "months": (_number(0, 1200), "an age in months from 0 to 1200", "write 72 for six years"),
    "metres": (_number(0, 100), "a length in metres from 0 to 100", "write 0.80"),
    "level": (_number(0, 200), "a level in dBA from 0 to 200", "write 60"),
    "days": (_whole(0, 366), "a whole number of days from 0 to 366", "write 6"),
    "weeks": (_whole(1, 53), "a whole number of weeks from 1 to 53", "write 17"),
    "count": (_whole(1, 1000), "a whole number from 1 to 1000", "write 2"),
    "factor": (_number(1, 10), "a factor from 1 to 10", "write 1.5"),
    "factors": (_list_of(_number(1, 10)), "a list of factors from 1 to 10", "write [1.5, 2.0]"),
    "hour list": (_list_of(_number(0, 336)), "a list of hours from 0 to 336", "write [8, 10]"),
    "month list": (_list_of(_whole(1, 12)), "a list of months from 1 to 12", "write [7, 8]"),
    "clock": (_is_clock, "a time of day", 'write "06:00"'),
    "money": (_is_money, "an amount of money with its currency", 'write "950 USD"'),
    "money list": (_list_of(_is_money), "a list of amounts of money", 'write ["25 USD", "35 USD"]'),
    "text": (_is_text, "a text", "write it in quotes"),
    "texts": (_list_of(_is_text), "a list of texts", 'write ["one", "two"]'),
    "flag": (_is_flag, "true or false", "write true"),
}
"""Each kind of figure: whether a value is one, what it is called, and what to do instead."""


ARTICLES: dict[str, Shape] = {
    "rest": Shape(says="hours from wrap to the next call, at least", keys={"min_h": "hours"}),
    "rest_exception": Shape(
        says="a shorter rest that is allowed now and then",
        keys={"min_h": "hours", "times": "count", "in_days": "days", "apart": "flag?", "where": "location"},
        many=True,
    ),
    "forced_call": Shape(
        says="what a performer is paid for a rest that is cut short, a day's pay at most", keys={"most": "money"}
    ),
    "day": Shape(says="hours from call to wrap, at most", keys={"max_h": "hours"}),
    "meal": Shape(
        says="the meal: within how many hours of call, how long, and how soon the next",
        keys={"within_h": "hours", "min_min": "minutes", "next_within_h": "hours?"},
    ),
    "meal_penalty": Shape(
        says="what each started step of a late meal costs for each performer; the last amount repeats",
        keys={"each": "money list", "step_min": "step"},
    ),
    "overtime": Shape(
        says="from which hours of work a performer's hour is paid how many times over, by started tenths",
        keys={"straight_h": "shift", "after_h": "hour list", "factors": "factors", "step_min": "step"},
        pairs=(("after_h", "factors"),),
    ),
    "night_premium": Shape(
        says="by how much an hour of the night is dearer",
        keys={"first": "clock", "last": "clock", "factor": "factor"},
    ),
    "week_rest": Shape(
        says="the pause that any seven days hold; shorter before a late call, and in a week of six days",
        keys={"min_h": "hours", "late_h": "hours?", "late_call": "clock?", "six_day_h": "hours?"},
        pairs=(("late_h", "late_call"),),
    ),
    "week": Shape(
        says="days in a row without a day off; beyond them a premium where there is a factor",
        keys={"days": "days", "sixth_factor": "factor?", "seventh_factor": "factor?"},
    ),
    "week_hours": Shape(
        says="hours of work a week, at most, on average over so many weeks",
        keys={"max_h": "hours", "over_weeks": "weeks"},
    ),
    "night_rest": Shape(
        says="the rest from a day that wraps past midnight to a call in the morning",
        keys={"min_h": "hours", "call_before": "clock"},
    ),
    "holiday": Shape(
        says="public holidays of the country where the unit shoots: off, or paid by a factor",
        keys={"country": "text?", "factor": "factor?"},
    ),
    "drop": Shape(
        says="the shortest gap that may be dropped unpaid, in calendar days, and how often in a picture",
        keys={"usa_days": "days", "else_days": "days", "times": "count", "leeway_h": "hours?"},
    ),
    "minor": Shape(
        says="what holds for a minor from one age to another",
        keys={
            "from_months": "months",
            "to_months": "months",
            "work_h": "hours",
            "free_work_h": "hours?",
            "set_h": "hours",
            "first": "clock",
            "last": "clock",
            "free_last": "clock?",
            "rest_h": "hours",
            "week_h": "hours",
            "free_week_h": "hours?",
            "school_h": "hours?",
            "meal_min": "minutes?",
        },
        many=True,
    ),
    "school": Shape(
        says="when school is out, beside weekends and public holidays",
        keys={"months_off": "month list", "country": "text?"},
    ),
    "awake": Shape(says="between wake-up and lights out aboard (UTC)", keys={"first": "clock", "last": "clock"}, where="orbit"),
    "sleep": Shape(says="hours of sleep aboard, at least", keys={"min_h": "hours"}, where="orbit"),
    "work": Shape(says="hours of filming for one person in a crew day, at most", keys={"max_h": "hours"}, where="orbit"),
    "exercise": Shape(
        says="hours of exercise and of meals that a crew day keeps free for each person",
        keys={"min_h": "hours", "meals_h": "hours?"},
        where="orbit",
    ),
    "blackout": Shape(
        says="minutes after a docking and before an undocking in which nobody films",
        keys={"after_min": "minutes", "before_min": "minutes"},
        where="orbit",
    ),
    "cupola": Shape(
        says="how many operators and how many people a small module holds",
        keys={"modules": "texts", "operators": "count", "people": "count"},
        where="orbit",
    ),
    "escort": Shape(
        says="modules of the other segment, where one of its crew stands by",
        keys={"modules": "texts", "duty": "text"},
        where="orbit",
    ),
    "hatch": Shape(
        says="the clear opening through which every rig must pass to some modules",
        keys={"clear_m": "metres", "modules": "texts"},
        where="orbit",
    ),
    "noise": Shape(
        says="how loud modules are, so that dialogue there is a guide track",
        keys={"modules": "texts", "dba": "level"},
        where="orbit",
    ),
    "materials": Shape(says="words of things that do not fly", keys={"words": "texts"}, where="orbit"),
    "restow": Shape(says="minutes to put a module back after its last strip", keys={"min_min": "minutes"}, where="orbit"),
    "adaptation": Shape(
        says="how much longer work takes, flight day by flight day, and the first day of a spacewalk",
        keys={"stretch": "factors", "walk_day": "days"},
        where="orbit",
    ),
    "spacewalk": Shape(
        says="a spacewalk: how many go, how long, what stands round it, and how far apart they are",
        keys={
            "people": "count",
            "longest_h": "hours",
            "before_min": "minutes",
            "after_min": "minutes",
            "overhead_h": "hours",
            "rest_days": "days",
            "spacing_days": "days",
            "docking_days": "days",
        },
        where="orbit",
    ),
}
"""Every article that a pack can have, in the order in which pages show them."""


def amount(text: str, source: str, line: int = 0) -> Rate:
    """Return money of a pack in minor units of its own currency.

    >>> amount("950 USD", "a union's page").cents
    95000
    """
    figure, _, code = text.rpartition(" ")
    cents = Decimal(figure.replace(" ", "")).scaleb(MINOR_DIGITS[code])
    return Rate(cents=int(cents), currency=code, source=source, line=line)


def clock_minutes(clock: time) -> int:
    """Return a time of day as minutes after midnight."""
    return clock.hour * 60 + clock.minute
