"""A scene heading taken apart: INT or EXT, hub, set and time of day; the words that start one are a table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cupola.script.light_words import is_like_a_time, light_word, without_brackets

HEADING_WORDS: dict[str, str] = {
    "INT": "INT",
    "EXT": "EXT",
    "EST": "EST",
    "INT/EXT": "INT/EXT",
    "EXT/INT": "INT/EXT",
    "I/E": "INT/EXT",
    "E/I": "INT/EXT",
    "ИНТ": "INT",
    "НАТ": "EXT",
    "ЭКСТ": "EXT",
    "ИНТ/НАТ": "INT/EXT",
    "НАТ/ИНТ": "INT/EXT",
    "ИНТ/ЭКСТ": "INT/EXT",
    "ЭКСТ/ИНТ": "INT/EXT",
}
"""Words that start a scene heading, followed by a dot or a space, in any case; a dot may also stand before the stroke."""


def _pattern(words: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        "(" + "|".join(word.replace("/", r"\.? ?/ ?") for word in longest_first) + r")(?=[. ])[. ]*", re.IGNORECASE
    )


_PREFIX = _pattern(HEADING_WORDS)
_DASHES = str.maketrans("–—−", "---")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where and when a heading says a scene is. `set` is the hub where the heading names one place only."""

    int_ext: str
    hub: str
    set: str
    time_of_day: str


def is_heading(text: str) -> bool:
    """Whether a line starts as a scene heading does."""
    return _PREFIX.match(text) is not None


def split_number(text: str) -> tuple[str, str]:
    """Take the scene number off a heading: `("INT. HOUSE - DAY", "12A")`; `# #`, an omitted number, is taken off too."""
    text = text.rstrip()
    if not text.endswith("#"):
        return text, ""
    start = text.rfind("#", 0, -1)
    number = text[start + 1 : -1].strip()
    if start < 0 or not all(sign.isalnum() or sign in "-." for sign in number):
        return text, ""
    return text[:start].rstrip(), number


def split_heading(text: str) -> Place:
    """Take a heading without its number apart at its dashes: hub, sets between, and a time of day at the end, in capitals.

    >>> split_heading("INT. ISS - CUPOLA - ORBITAL SUNRISE")
    Place(int_ext='INT', hub='ISS', set='CUPOLA', time_of_day='ORBITAL SUNRISE')
    """
    int_ext, rest = _prefix(text.upper())
    parts = _parts(rest)
    places, time_of_day = _time_off(parts)
    hub = places[0] if places else ""
    return Place(int_ext=int_ext, hub=hub, set=" - ".join(places[1:]) or hub, time_of_day=time_of_day)


def _prefix(text: str) -> tuple[str, str]:
    found = _PREFIX.match(text)
    if not found:
        return "", text
    word = found.group(1).replace(".", "").replace(" ", "")
    return HEADING_WORDS[word], text[found.end() :]


def _parts(rest: str) -> list[str]:
    """Split at dashes; failing a dash before a time of day, at the dots or commas that some writers use."""
    plain = " ".join(rest.translate(_DASHES).split()).replace(" -- ", " - ")
    parts = [part for part in (part.strip(" -") for part in plain.split(" - ")) if part]
    if len(parts) == 1:
        for mark in (". ", ", ", "-"):
            before, found, last = parts[0].rstrip(" .").rpartition(mark)
            if found and before and light_word(last):
                sets = before.split(mark) if mark == ". " else [before]
                return [*(part.strip(" -") for part in sets), last.strip()]
    return parts


def _time_off(parts: list[str]) -> tuple[list[str], str]:
    """Take the time of day off the end; what follows it after a further dash (RAIN) goes with it."""
    for index in range(len(parts) - 1, 0, -1):
        if light_word(parts[index]):
            return parts[:index], without_brackets(parts[index]).strip(" .")
    if len(parts) > 1 and is_like_a_time(parts[-1]):
        return parts[:-1], parts[-1]
    return parts, ""
