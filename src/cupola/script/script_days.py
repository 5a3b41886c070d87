"""The day of the story on which each scene plays: noted by a person, else guessed from light and from words of time.

D3 is the third day, N3 its night. A day is counted on at a morning after an evening or a night, and at words such as NEXT DAY.
Flashbacks are FB and count nothing on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cupola.errors import ScriptError
from cupola.model.light import ORBIT_CONDITIONS
from cupola.model.script import Scene
from cupola.script.elements import Action, Centred, Paragraph, Transition
from cupola.script.light_words import LIGHT_WORDS, SAME_WORDS, light_word
from cupola.script.tables import read_table, words_of

FLASHBACK = "FB"

_DATA = read_table("script_days")
_HOUR: dict[str, int] = {word: hour for hour, words in enumerate(_DATA["hours"].values()) for word in words_of(words)}
_DAY, _LAST_LIGHT, _NIGHT = 1, 3, 4
_BY_LIGHT = {"dawn": 0, "morning golden hour": 0, "morning blue hour": 0, "day": _DAY, "night": _NIGHT}


def _any_of(words: Sequence[str], behind: str = "") -> re.Pattern[str]:
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest)}){behind}(?!\w)")


_NEXT = _any_of(_DATA["day"]["next"])
_SAME = _any_of(_DATA["day"]["same"])
_COUNTED = _any_of(_DATA["day"]["counted"], r"\W{0,2}(\d{1,3})")
_FLASHBACK = _any_of(_DATA["flashback"]["words"])
_OPENING = _any_of(_DATA["flashback"]["opening"])
_CLOSING = _any_of(_DATA["flashback"]["closing"])
_TITLE = re.compile(rf"(?:{'|'.join(_DATA['title']['words'])})\b")
_DASH = re.compile(r" +[-–—]+ +|[([,]")
_NOTED = re.compile(r"(?:(?:DAY|NIGHT|ДЕНЬ|НОЧЬ) *)?([DNДН]?)\W?(\d{1,3})([A-Z]?)")
_LETTERS = {"Д": "D", "Н": "N"}
_MARK_LENGTH = 80
_HEADING_LENGTH = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class ScriptDay:
    """The day of one scene as paper has it ("D3", "N3", "FB"); `is_guess` unless the script notes it."""

    text: str
    is_guess: bool


def parse_script_day(text: str, *, file: str, line: int) -> tuple[str, int]:
    """Read a noted day: `3`, `D3`, `Night 3`, `FB`.

    Returns its letter, empty where none is said, and its number, 0 for a flashback (whose letter is FB). Raises ScriptError
    where it is none of these.
    """
    bare = " ".join(text.upper().split())
    if bare.startswith(FLASHBACK) or bare in _DATA["flashback"]["words"]:
        return FLASHBACK, 0
    found = _NOTED.fullmatch(bare)
    if not found or not int(found[2]):
        remedy = "Write the number of the day: [[script day: 3]], or FB for a flashback."
        raise ScriptError("a script day is a number from 1 to 999", value=text.strip(), remedy=remedy, file=file, line=line)
    letter = "N" if bare.startswith(("NIGHT", "НОЧЬ")) else "D" if bare.startswith(("DAY", "ДЕНЬ")) else found[1]
    return _LETTERS.get(letter, letter), int(found[2])


class DayCount:
    """Counts the days of a story, scene after scene; `paragraphs` are those of the whole script."""

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self.day = 1
        self.hour = -1
        self.is_flashback = False
        self.marks = {one.line: mark for one in paragraphs if (mark := _mark(one))}
        self.closings_left = sum(mark == "closing" for mark in self.marks.values())
        self.flashback_scenes = 0

    def of(self, scene: Scene, body: Sequence[Paragraph], noted: tuple[str, int] | None) -> ScriptDay:
        """Return the day of the next scene; `noted` is what a note says of it, as `parse_script_day` gives it."""
        words = _time_words(scene)
        goes_on = light_word(scene.time_of_day) in SAME_WORDS
        hour = _hour_of(scene.light_word)
        if noted:
            self._set(noted, hour)
        else:
            self.is_flashback = self._is_flashback(words, goes_on=goes_on)
            if not self.is_flashback:
                self._advance(words, hour, goes_on=goes_on, is_jump=any(map(_is_title_of_a_further_day, body)))
        self.flashback_scenes = max(0, self.flashback_scenes - 1)
        self._read_marks(body)
        if self.is_flashback:
            return ScriptDay(text=FLASHBACK, is_guess=noted is None)
        letter = noted[0] if noted and noted[0] else "N" if self.hour == _NIGHT else "D"
        return ScriptDay(text=f"{letter}{self.day}", is_guess=noted is None)

    def _is_flashback(self, words: str, *, goes_on: bool) -> bool:
        if _CLOSING.search(words):
            self.flashback_scenes = 0
            return False
        return self.flashback_scenes > 0 or bool(_FLASHBACK.search(words)) or (self.is_flashback and goes_on)

    def _set(self, noted: tuple[str, int], hour: int) -> None:
        self.is_flashback = noted[0] == FLASHBACK
        if not self.is_flashback:
            self.day = noted[1]
            self.hour = hour if hour >= 0 else self.hour

    def _advance(self, words: str, hour: int, *, goes_on: bool, is_jump: bool) -> None:
        counted = _COUNTED.search(words)
        if counted and int(counted[1]):
            self.day = int(counted[1])
        elif is_jump or _NEXT.search(words) or (not goes_on and not _SAME.search(words) and self._is_morning_after(hour)):
            self.day += 1
        self.hour = hour if hour >= 0 else self.hour

    def _is_morning_after(self, hour: int) -> bool:
        """Whether a light comes round again: a morning or a day after an evening, a first light after an afternoon."""
        if hour < 0 or self.hour < 0:
            return False
        return (self.hour >= _LAST_LIGHT and hour < _LAST_LIGHT) or (self.hour > _DAY and hour < _DAY)

    def _read_marks(self, body: Sequence[Paragraph]) -> None:
        """Follow the lines that open and close a stretch of flashbacks; one that nothing closes is one scene long."""
        for mark in (self.marks[one.line] for one in body if one.line in self.marks) if self.marks else ():
            if mark == "closing":
                self.closings_left -= 1
                self.flashback_scenes = 0
            else:
                self.flashback_scenes = 10**9 if self.closings_left else 1


def _hour_of(word: str) -> int:
    """Where in a day a word of light stands, -1 where it says nothing: orbital days are no days of the story."""
    light = LIGHT_WORDS.get(word, "orbital")
    by_light = -1 if light in ORBIT_CONDITIONS or light == "orbital" else _BY_LIGHT.get(light, _LAST_LIGHT)
    return _HOUR.get(word, by_light)


def _mark(one: Paragraph) -> str:
    """Whether a paragraph is a line that opens or closes a stretch of flashbacks."""
    if not isinstance(one, Transition | Action | Centred) or len(one.text) > _MARK_LENGTH:
        return ""
    if isinstance(one, Action) and not one.text.isupper():
        return ""
    text = one.text.upper()
    return "closing" if _CLOSING.search(text) else "opening" if _OPENING.search(text) else ""


def _is_title_of_a_further_day(one: Paragraph) -> bool:
    if not isinstance(one, Action | Centred) or len(one.text) > _MARK_LENGTH or not one.text[:2].isupper():
        return False
    text = one.text.upper()
    return bool((isinstance(one, Centred) or _TITLE.match(text)) and _NEXT.search(text))


def _time_words(scene: Scene) -> str:
    """What stands in a heading behind its places, in capitals."""
    parts = _DASH.split(scene.heading.upper(), 1) if len(scene.heading) <= _HEADING_LENGTH else []
    words = " ".join(parts[1].split()) if len(parts) > 1 else ""
    for place in scene.path[1:]:
        words = words.replace(place, " ")
    return words
