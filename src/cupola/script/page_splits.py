"""Where a paragraph of action or a speech may be parted between two pages.

Measured on Final Draft's pages: only behind a sentence, or between the parts of a speech; two lines at least on either side.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from cupola.script.wrap import wrapped

FEWEST_LINES = 2
_SHORTEST_LAST_LINE = 12
_SHORTEST_REST = 16
_FEWEST_TO_PART_INSIDE = 3
_MOST_PLACES = 24
_SPOKEN = frozenset({"dialogue", "lyric"})
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]}]*\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One paragraph of a block, without emphasis marks, to be set in lines of `width` characters."""

    kind: str
    text: str
    width: int

    def lines(self) -> list[str]:
        return wrapped(self.text, self.width)

    def height_to(self, offset: int) -> int:
        """Lines of what stands before an offset."""
        return len(wrapped(self.text[:offset].rstrip(), self.width))

    def parted(self, offset: int) -> tuple[Part, Part]:
        return (
            Part(kind=self.kind, text=self.text[:offset].rstrip(), width=self.width),
            Part(kind=self.kind, text=self.text[offset:], width=self.width),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """What stays above and what goes below; `top` and `bottom` are the lines of each, `is_sentence` where one ends there."""

    above: tuple[Part, ...]
    below: tuple[Part, ...]
    top: tuple[str, ...]
    bottom: tuple[str, ...]
    part: int
    is_sentence: bool

    @property
    def content_above(self) -> int:
        """Lines above that are not the cue."""
        return len(self.top) - (self.above[0].kind == "cue")


def set_in_lines(parts: tuple[Part, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lines of some parts, and of what kind each line is."""
    if len(parts) == 1:
        only = tuple(parts[0].lines())
        return only, (parts[0].kind,) * len(only)
    lines: list[str] = []
    kinds: list[str] = []
    for part in parts:
        own = part.lines()
        lines += own
        kinds += [part.kind] * len(own)
    return tuple(lines), tuple(kinds)


def best_split(parts: tuple[Part, ...], room: int, *, allow_short_end: bool = False) -> Split | None:
    """Return the best place to part a block so that at most `room` lines stay above; None where there is none.

    Action fills the page, but does not leave a last line of a word or two, unless `allow_short_end` and the page is full with
    it. A speech prefers the end of a sentence, then a rest that does not look lost, then a full page.
    """
    if room < FEWEST_LINES:
        return None
    splits = [split for split in _splits(parts, room) if min(split.content_above, len(split.bottom)) >= FEWEST_LINES]
    if parts[0].kind == "action":
        whole = [split for split in splits if _ends_well(split, room, allow_short_end)]
        return max(whole, key=lambda split: (len(split.top), -abs(len(split.top) - len(split.bottom))), default=None)
    return max(splits, key=lambda split: _rank(split, splits), default=None)


def _ends_well(split: Split, room: int, allow_short_end: bool) -> bool:
    return len(split.top[-1].strip()) > _SHORTEST_LAST_LINE or (allow_short_end and len(split.top) == room)


def _rank(split: Split, splits: list[Split]) -> tuple[bool, bool, int, int, int]:
    spoken = [line for part in split.below if part.kind in _SPOKEN for line in part.lines()]
    runs_on = any(
        other.is_sentence and other.part == split.part and len(other.above[-1].text) < len(split.above[-1].text)
        for other in splits
        if len(other.top) == len(split.top)
    )
    is_long = bool(spoken) and min(len(spoken[0]), len(spoken[-1])) >= _SHORTEST_REST
    is_not_lost = len(spoken) >= 3 or (split.is_sentence and (runs_on or is_long))
    balance = abs(split.content_above - len(split.bottom))
    return split.is_sentence, is_not_lost, len(split.top), -balance, sum(len(part.text) for part in split.above)


def _splits(parts: tuple[Part, ...], room: int) -> Iterator[Split]:
    """The last places that may part a block and leave at most `room` lines above."""
    for index, offset in _places(parts, room)[-_MOST_PLACES:]:
        if offset:
            first, second = parts[index].parted(offset)
            yield _split((*parts[:index], first), (second, *parts[index + 1 :]), index, is_sentence=True)
        else:
            yield _split(parts[: index + 1], parts[index + 1 :], index, is_sentence=False)


def _places(parts: tuple[Part, ...], room: int) -> list[tuple[int, int]]:
    """Where a block may be parted: the index of a part, and the offset in it, 0 for behind it."""
    places: list[tuple[int, int]] = []
    above = 0
    for index, part in enumerate(parts):
        height = len(part.lines())
        ends = _sentence_ends(part, height)
        fitting = bisect_right(ends, room - above, key=part.height_to)
        places += [(index, offset) for offset in ends[:fitting]]
        above += height
        if above > room:
            break
        if index + 1 < len(parts):
            places.append((index, 0))
    return places


def _split(above: tuple[Part, ...], below: tuple[Part, ...], part: int, *, is_sentence: bool) -> Split:
    return Split(
        above=above, below=below, top=set_in_lines(above)[0], bottom=set_in_lines(below)[0], part=part, is_sentence=is_sentence
    )


def _sentence_ends(part: Part, height: int) -> list[int]:
    if part.kind != "action" and (part.kind not in _SPOKEN or height < _FEWEST_TO_PART_INSIDE):
        return []
    return [found.end() for found in _SENTENCE_END.finditer(part.text) if found.end() < len(part.text)]
