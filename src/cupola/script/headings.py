"""A scene heading taken apart: INT or EXT, hub, set and time of day; the words are those of the word table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cupola.script.light_words import is_like_a_time, light_word, without_brackets
from cupola.script.words import WORDS, Words

_DASHES = str.maketrans("–—−", "---")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where and when a heading says a scene is. `set` is the hub where the heading names one place only."""

    int_ext: str
    hub: str
    set: str
    time_of_day: str


def is_heading(text: str, words: Words = WORDS) -> bool:
    """Whether a line starts as a scene heading does: with INT, EXT, INT/EXT, EST, or a word for them, and a dot or a space."""
    return text[:1] in words.initials and words.start.match(text) is not None


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


def split_heading(text: str, words: Words = WORDS) -> Place:
    """Take a heading without its number apart at its dashes: hub, sets between, and a time of day at the end, in capitals.

    A word of day or night may also stand first, or alone, as French headings have it (INT. JOUR - CUISINE).

    >>> split_heading("INT. ISS - CUPOLA - ORBITAL SUNRISE")
    Place(int_ext='INT', hub='ISS', set='CUPOLA', time_of_day='ORBITAL SUNRISE')
    """
    int_ext, rest = _prefix(text, words)
    places, time_of_day = _time_off(_parts(rest, words), words)
    hub = places[0] if places else ""
    return Place(int_ext=int_ext, hub=hub, set=" - ".join(places[1:]) or hub, time_of_day=time_of_day)


def _prefix(text: str, words: Words) -> tuple[str, str]:
    found = words.start.match(text)
    if not found:
        return "", text.upper()
    word = found.group().replace(".", "").replace(" ", "").upper()
    return words.kinds[word], text[found.end() :].upper()


_YEAR = re.compile(r"[.,] ?\d{4}S?[ .]*$")
"""The year of a period film behind the time of day: `HOUSE. DAY. 1868.`"""


def _parts(rest: str, words: Words) -> list[str]:
    """Split at dashes; failing a dash before a time of day, at the strokes, dots or commas that some writers use."""
    plain = " ".join(rest.translate(_DASHES).split()).replace(" -- ", " - ")
    parts = [part for part in (part.strip(" -") for part in plain.split(" - ")) if part]
    if len(parts) == 1:
        dated = _YEAR.sub("", parts[0]).rstrip(" .")
        for mark in (" / ", ". ", ", ", "-"):
            before, found, last = dated.rpartition(mark)
            word = light_word(last, words) if found and before else ""
            if word and word not in words.names:
                sets = before.split(mark) if mark == ". " else [before]
                return [*(part.strip(" -") for part in sets), last.strip()]
    return parts


def _time_off(parts: list[str], words: Words) -> tuple[list[str], str]:
    """Take the time of day off the end; what follows it after a further dash (RAIN) goes with it."""
    for index in range(len(parts) - 1, 0, -1):
        if light_word(parts[index], words):
            return parts[:index], without_brackets(parts[index]).strip(" .")
    if len(parts) > 1 and is_like_a_time(parts[-1], words):
        return parts[:-1], parts[-1]
    if parts and (first := parts[0].strip(" .")) in words.alone:
        return parts[1:], first
    return parts, ""
