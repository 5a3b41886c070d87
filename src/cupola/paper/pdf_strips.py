"""Strips, banners and the bars of days as a template takes them, in the language of the document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cupola.model import Banner
from cupola.paper.callsheet_words import brief_light, light_words, pages_words, part_words, total_words
from cupola.paper.oneliner import OneLinerDay
from cupola.paper.phrases import Phrases
from cupola.paper.strips import MEAL, StripLine
from cupola.paper.wording import clock

SHORT = ("sfx", "vfx")
"""Categories that people write in capitals."""


def strip_values(line: StripLine, tz: str, say: Phrases) -> dict[str, Any]:
    """Return a strip with its light line; clocks are those of `tz`."""
    return {
        "scene": line.number,
        "of": _of(line, say),
        "ie": say.word("ie", line.int_ext),
        "set": line.set,
        "word": line.time_of_day,
        "part": part_words(line, say),
        "synopsis": line.synopsis,
        "pages": pages_words(line, say),
        "cast": line.cast_text,
        "start": line.start,
        "end": line.end,
        "light": light_words(line, tz, say),
        "brief": brief_light(line, tz, say),
        "lit": line.strip.window is not None,
        "fill": line.colour.fill,
        "ink": line.colour.ink,
    }


def _of(line: StripLine, say: Phrases) -> str:
    strip = line.strip
    return say.first("of-takes", take=strip.take, takes=strip.takes) if strip.takes > 1 else ""


def banner_values(banner: Banner, tz: str, say: Phrases) -> dict[str, str]:
    """Return a banner, its first words in the language of the document."""
    return {
        "text": say.word("banner", banner.text),
        "start": clock(banner.start_utc, tz),
        "end": clock(banner.end_utc, tz),
    }


def rows_of(
    lines: Sequence[StripLine],
    banners: Sequence[Banner],
    tz: str,
    say: Phrases,
    *,
    write: Callable[[StripLine], dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """Return strips and banners in the order of their times; `write` puts a strip into words, else `strip_values`."""
    written = write or (lambda line: strip_values(line, tz, say))
    rows = [(line.strip.start_utc, 1, written(line)) for line in lines]
    rows += [(banner.start_utc, 0, banner_values(banner, tz, say)) for banner in banners]
    return [row for _, _, row in sorted(rows, key=lambda mark: mark[:2])]


def but_meals(head: OneLinerDay) -> list[Banner]:
    """Return the banners of a day that a schedule shows: moves and rigs, not when people eat."""
    return [banner for banner in head.day.banners if banner.text != MEAL]


def day_values(head: OneLinerDay, say: Phrases) -> dict[str, str]:
    """Return the bars over and under a day."""
    zone = say.first.word("zone", head.zone)
    total = total_words(head.scenes, 0, sum(line.eighths for line in head.strips), head.pages, say)
    return {
        "title": say("shift-of", number=head.day.number, of=head.of),
        "date": say.date(head.day.date),
        "places": " · ".join(head.places),
        "hours": say.first("day-hours", call=head.call, wrap=head.wrap, zone=zone),
        "end": f"{say('day-end', number=head.day.number)} · {total}",
    }


def category_words(category: str, say: Phrases) -> str:
    """Name a category as the head of a list."""
    text = say.word("category", category)
    return text.upper() if text in SHORT else text[:1].upper() + text[1:]
