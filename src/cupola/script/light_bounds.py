"""Numbers in a light: lengths of time, and the bounds of a condition in its unit."""

from __future__ import annotations

import re
from functools import cache

_NUMBER = r"[-−+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_TO = r"(?:\.\.|…|to|–|-)"
_LOW, _HIGH = r">=|≥|>|at\s+least|above|more\s+than|from", r"<=|≤|<|at\s+most|below|less\s+than|up\s+to"
_TIMES = {"s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0, "min": 60.0, "minute": 60.0, "minutes": 60.0}
_TIMES |= {"h": 3600.0, "hour": 3600.0, "hours": 3600.0, "day": 86400.0, "days": 86400.0}

UNITS: dict[str, dict[str, float]] = {
    "deg": dict.fromkeys(("°", "deg", "degree", "degrees"), 1.0),
    "%": dict.fromkeys(("%", "percent", "per cent"), 1.0),
    "km": dict.fromkeys(("km", "kilometre", "kilometres"), 1.0),
    "s": _TIMES,
    "min": {word: seconds / 60 for word, seconds in _TIMES.items()},
    "h": {word: seconds / 3600 for word, seconds in _TIMES.items()},
}
"""How the units of conditions may be written, and how many of the unit each is."""

DURATION = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?(?:e[-+]?\d+)?)[\s-]*(?P<unit>{'|'.join(sorted(_TIMES, key=len)[::-1])})\b", re.I
)
"""A length of time."""


def read_seconds(found: re.Match[str]) -> float:
    """Return a length of time that `DURATION` has found, in seconds."""
    return float(found["number"]) * _TIMES[found["unit"].casefold()]


@cache
def bounds_pattern(unit: str) -> str:
    """Return the pattern of bounds in a unit, without groups: `20..40°`, `>= 10°`, `from 20 to 40`, `at most 5 km`."""
    one = rf"{_NUMBER}(?:\s*(?:{_words(unit)}))?"
    return rf"(?:(?:from\s+)?{one}\s*{_TO}\s*{one}|(?:{_LOW}|{_HIGH})\s*{one})"


def _words(unit: str) -> str:
    words = sorted((*UNITS.get(unit, {}), *([unit] if unit else [])), key=len, reverse=True)
    return "|".join(re.escape(word) + (r"\b" if word[-1:].isalpha() else "") for word in words) or r"\b\B"


def read_bounds(text: str, unit: str) -> tuple[float | None, float | None]:
    """Return the least and the most of bounds that `bounds_pattern` matches, in the unit; None where there is none.

    >>> read_bounds("20..40°", "deg"), read_bounds("at most 1.5 min", "s"), read_bounds("-6 to -4", "deg")
    ((20.0, 40.0), (None, 90.0), (-6.0, -4.0))
    """
    one = rf"({_NUMBER})(?:\s*({_words(unit)}))?"
    both = re.fullmatch(rf"(?:from\s+)?{one}\s*{_TO}\s*{one}", text, re.IGNORECASE)
    if both:
        low, low_word, high, high_word = both.groups()
        return _value(low, low_word or high_word, unit), _value(high, high_word or low_word, unit)
    single = re.fullmatch(rf"(?:(?P<high>{_HIGH})|{_LOW})\s*{one}", text, re.IGNORECASE)
    if not single:
        return None, None
    value = _value(single[2], single[3], unit)
    return (None, value) if single["high"] else (value, None)


def _value(number: str, word: str | None, unit: str) -> float:
    times = UNITS.get(unit, {}).get(" ".join((word or "").casefold().split()), 1.0)
    return float(number.replace("−", "-")) * times
