"""The default shooting time of a scene: its eighths at a standard pace, times what makes it slow.

Only facts count: the heading, the light, the cast, and elements that a note, a tag or production.toml names; suggestions do
not. Each factor comes with the fact it was known by.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cupola.model.script import Scene, pages_text
from cupola.script.categories import background_of
from cupola.script.light_words import LIGHT_WORDS
from cupola.script.names import folded
from cupola.script.tables import read_table

_DATA = read_table("complexity")
PAGE_MIN: int = _DATA["pace"]["page_min"]
"""Minutes a page takes where nothing makes it slow."""
MOST: float = _DATA["pace"]["most"]
"""No scene is slower than this many times the standard pace by default."""
_LEAST_MIN: int = _DATA["pace"]["least_min"]
_GRAIN_MIN: int = _DATA["pace"]["grain_min"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Factor:
    """One row of the table: by how much a scene takes longer, known by any of the facts that are named; `source` says why."""

    word: str
    factor: float
    source: str
    group: str = ""
    categories: frozenset[str] = frozenset()
    words: re.Pattern[str] | None = None
    roles: frozenset[str] = frozenset()
    heading: frozenset[str] = frozenset()
    time: re.Pattern[str] | None = None
    background: int = 0
    condition: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """A factor that a scene takes, and the fact that it was known by."""

    word: str
    factor: float
    why: str

    def __str__(self) -> str:
        return f"{self.factor:g} {self.word}"


def complexity_of(scene: Scene) -> tuple[float, tuple[Reason, ...]]:
    """Return by how much a scene is slower than the standard pace, 1.0 to 4.0, and each factor with the fact behind it."""
    found: dict[str, Reason] = {}
    for row in FACTORS:
        why = _why(row, scene)
        key = row.group or row.word
        if why and (key not in found or found[key].factor < row.factor):
            found[key] = Reason(word=row.word, factor=row.factor, why=why)
    reasons = tuple(found.values())
    return min(MOST, round(math.prod(reason.factor for reason in reasons), 3)), reasons


def default_minutes(scene: Scene) -> int:
    """Return the minutes of a scene at the standard pace times its complexity, in steps of five, never below twenty."""
    factor, _ = complexity_of(scene)
    minutes = max(_LEAST_MIN, scene.eighths * PAGE_MIN / 8 * factor)
    return math.ceil(minutes / _GRAIN_MIN - 1e-9) * _GRAIN_MIN


def with_facts(scene: Scene) -> Scene:
    """Return a scene whose cast, elements or eighths have changed, with its extras, its minutes and who is only named."""
    there = {*scene.cast, *scene.voices}
    counted = replace(
        scene,
        background=background_of(scene.elements),
        mentioned=tuple(name for name in scene.mentioned if name not in there),
    )
    return timed(counted)


def timed(scene: Scene) -> Scene:
    """Return a scene with its default minutes, and with how many times slower than the pace it goes."""
    return replace(scene, minutes=default_minutes(scene), slowness=complexity_of(scene)[0])


def is_eva(scene: Scene) -> bool:
    """Whether a scene plays outside a station: its heading says EVA, as a place or as EVA-DAY or EVA-NIGHT."""
    (eva,) = (row for row in FACTORS if row.word == "EVA")
    return bool(_why_of_heading(eva, scene))


def minutes_text(scene: Scene) -> str:
    """Write how the minutes of a scene came about: `3 4/8 × 1.5 stunt × 1.2 crowd`."""
    factor, reasons = complexity_of(scene)
    text = " × ".join([pages_text(scene.eighths), *map(str, reasons)])
    capped = math.prod(reason.factor for reason in reasons) > MOST + 1e-9
    return f"{text}, at most × {factor:g}" if capped else text


def _why(row: Factor, scene: Scene) -> str:
    for one in scene.elements:
        if not one.suggested and (one.category in row.categories or (row.words and row.words.search(folded(one.name)))):
            return f"{one.category}: {one.name}"
    for name in scene.cast if row.roles else ():
        if not row.roles.isdisjoint(folded(name).split()):
            return name
    if why := _why_of_heading(row, scene):
        return why
    if row.background and (scene.background or 0) >= row.background:
        return f"{scene.background} extras"
    if row.condition and scene.int_ext in {"EXT", "INT/EXT"} and LIGHT_WORDS.get(scene.light_word) == row.condition:
        return f"{scene.int_ext} {scene.light_word}"
    return ""


def _why_of_heading(row: Factor, scene: Scene) -> str:
    for part in scene.path if row.heading else ():
        if not row.heading.isdisjoint(piece.strip() for piece in part.split("/")):
            return part
    return scene.time_of_day if row.time and row.time.search(scene.time_of_day) else ""


def _row(row: dict[str, object]) -> Factor:
    def words(key: str) -> frozenset[str]:
        value = row.get(key, ())
        assert isinstance(value, Iterable)
        return frozenset(value)

    def pattern(key: str) -> re.Pattern[str] | None:
        listed = sorted(map(folded, words(key)), key=len, reverse=True)
        text = "|".join(map(re.escape, listed))
        return re.compile(rf"(?<!\w)(?:{text})(?!\w)", re.IGNORECASE) if text else None

    plain = {key: row[key] for key in ("word", "factor", "source", "group", "background", "condition") if key in row}
    return Factor(
        **plain,  # type: ignore[arg-type]
        categories=words("categories"),
        words=pattern("words"),
        roles=frozenset(map(folded, words("roles"))),
        heading=words("heading"),
        time=pattern("time"),
    )


FACTORS: tuple[Factor, ...] = tuple(map(_row, _DATA["factor"]))
"""Every factor, in the order of the table."""
