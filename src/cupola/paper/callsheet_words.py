"""Strips and their light in the language of a call sheet."""

from __future__ import annotations

from cupola.model import Unit, Window
from cupola.paper.phrases import BOTH, Phrases
from cupola.paper.strips import StripLine
from cupola.paper.wording import clock_s, zone_name

EIGHTH_S = 7.5
"""A page of the script is a minute of film."""


def unit_words(unit: Unit, phrases: Phrases) -> str:
    """Name a unit as people do."""
    if unit.station is None:
        return phrases("unit", unit=unit.id)
    return phrases("unit-aboard", unit=unit.id, station=unit.station.station.name)


def part_words(line: StripLine, phrases: Phrases) -> str:
    """Say which pass or part of several a strip is; empty where it is the only one."""
    if not line.part:
        return ""
    return phrases(f"{line.part.partition(' ')[0]}-of", take=line.strip.take, takes=line.strip.takes)


def light_words(line: StripLine, tz: str, phrases: Phrases) -> str:
    """Write a strip's light line: in English to the letter as everywhere, in both languages in Russian with English marks."""
    if phrases.lang == "en":
        return line.light
    say, strip, russian = phrases, line.strip, Phrases(lang="ru")
    home = russian("script-line", line=line.line)
    times = [f"{_slashed(say, 'roll')} {clock_s(strip.roll_utc, tz)}", f"{_slashed(say, 'cut')} {clock_s(strip.cut_utc, tz)}"]
    if strip.window is None:
        whole = (strip.roll_utc, strip.cut_utc) == (strip.start_utc, strip.end_utc)
        return " · ".join([_slashed(say, "any-light"), *([] if whole else times), home])
    zone = russian.word("zone", zone_name(strip.window.open_utc, tz))
    span = f"{clock_s(strip.window.open_utc, tz)}-{clock_s(strip.window.close_utc, tz)} {zone}"
    firm = [] if strip.window.firm else [_slashed(say, "not-firm")]
    return " · ".join([f"{_slashed(say, 'light')} {span} {edge_words(strip.window, phrases.figures)}", *firm, *times, home])


def brief_light(line: StripLine, tz: str, phrases: Phrases) -> list[str]:
    """Write the window of a strip, and when it rolls, for a column headed so; nothing where any light will do."""
    say, strip = phrases.first, line.strip
    if strip.window is None:
        return []
    zone = say.word("zone", zone_name(strip.window.open_utc, tz))
    span = f"{clock_s(strip.window.open_utc, tz)}-{clock_s(strip.window.close_utc, tz)} {zone}"
    firm = [] if strip.window.firm else [say("not-firm")]
    rolled = f"{say('roll')} {clock_s(strip.roll_utc, tz)} · {say('cut')} {clock_s(strip.cut_utc, tz)}"
    return [" · ".join([f"{span} {edge_words(strip.window, say)}", *firm]), rolled]


def _slashed(phrases: Phrases, key: str) -> str:
    return phrases(key).replace(BOTH, "/")


def edge_words(window: Window, phrases: Phrases) -> str:
    """Write by how much the edges of a window may be off."""
    seconds: object = window.edge_s if window.edge_s % 1 else round(window.edge_s)
    return phrases("edge-seconds", seconds=seconds)


def length_words(seconds: float, phrases: Phrases) -> str:
    """Write a length of time in minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return phrases("minutes-seconds", minutes=minutes, seconds=f"{rest:02d}") if minutes else phrases("seconds", seconds=rest)


def hours_words(minutes: int, phrases: Phrases) -> str:
    """Write a length of time in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return phrases("minutes", minutes=rest)
    return phrases("hours-minutes", hours=hours, minutes=rest) if rest else phrases("hours", hours=hours)


def timing(eighths: int) -> str:
    """Write eighths as minutes and seconds of film.

    >>> timing(8), timing(3), timing(20)
    ('1:00', '0:23', '2:30')
    """
    minutes, seconds = divmod(int(eighths * EIGHTH_S + 0.5), 60)
    return f"{minutes}:{seconds:02d}"


def pages_words(line: StripLine, phrases: Phrases) -> str:
    """Write how much a strip counts: in pages, in the Russian layout in time on the screen."""
    if not phrases.is_russian:
        return line.pages
    return timing(line.eighths) if line.eighths else ""


def total_words(scenes: int, strips: int, eighths: int, pages: str, phrases: Phrases) -> str:
    """Write what a day comes to; without `strips` they are not counted."""
    much = phrases("total-timing", timing=timing(eighths)) if phrases.is_russian else phrases("total-pages", pages=pages)
    counted = [phrases.count(strips, "strip")] if strips else []
    return " · ".join([phrases.count(scenes, "scene"), *counted, much])
