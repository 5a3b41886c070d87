"""Public holidays and school days, by the country in which a unit shoots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from cupola.model import Article

WEEKEND = (5, 6)


@cache
def country_of(tz: str) -> str:
    """Return the ISO 3166 code of the country whose time a zone of the IANA list is; empty where it is nobody's (UTC)."""
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if not line.startswith("#") and columns[2] == tz:
            return columns[0]
    return ""


@cache
def holiday_name(country: str, day: date) -> str:
    """Return what is celebrated in a country on a date, in English where there is a choice; empty where nothing is.

    `country` is an ISO 3166 code, with a part of the country behind a dash: `ES-GA`, `US-CA`.
    """
    import holidays  # a third of a second that only a pack with holidays is worth

    code, _, part = country.partition("-")
    try:
        found = holidays.country_holidays(code, subdiv=part or None, years=day.year)
    except (NotImplementedError, KeyError):
        return ""
    return str(found.get(day) or "")


def is_country(code: str) -> bool:
    """Whether there is a calendar of public holidays for a code."""
    import holidays

    country, _, part = code.partition("-")
    known = holidays.list_supported_countries(include_aliases=False)
    return country in known and (not part or part in known[country])


def is_school_day(day: date, tz: str, articles: Sequence[Article]) -> bool:
    """Whether there is school on a date: no weekend, no public holiday, no month in which an article says it is out."""
    if day.weekday() in WEEKEND or any(day.month in article.numbers("months_off") for article in articles):
        return False
    return not any(holiday_name(article.text("country") or country_of(tz), day) for article in articles)
