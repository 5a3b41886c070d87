"""Breakdown notes: what a writer or an assistant director says to Cupola between double square brackets.

    [[light: orbital sunrise, over Kamchatka]]  [[cast: ANNA, BORIS]]  [[prop: scalpel, lamp]]
    [[takes: 2]]  [[seconds: 45]]  [[minutes: 90]]  [[shot: A; light: orbital sunset; takes: 2; seconds: 45; the hand]]
    [[background: 40 villagers]]  [[script day: 3]]

A note that starts with no such word is a note like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

from cupola.errors import ScriptError
from cupola.model.light import Light
from cupola.model.script import Element
from cupola.script.categories import CAST_WORDS, CATEGORIES, DAY_WORDS, elements_of, listed
from cupola.script.elements import NoteText
from cupola.script.light_phrases import parse_light
from cupola.script.light_words import nearest
from cupola.script.script_days import parse_script_day

__all__ = ["CATEGORIES", "HIGHEST", "SceneNotes", "ShotNote", "key_of", "nearly_a_key", "read_notes"]

HIGHEST: dict[str, int] = {"takes": 99, "seconds": 3600, "minutes": 1440}
"""Numbers of a shot and the most each may be: takes, seconds of one take, minutes the set gives it."""

REVISION = "revision"
"""The word of a note that names the paper of a scene's last revision."""

_KEYS = dict.fromkeys(("light", "shot", REVISION, *HIGHEST, *CAST_WORDS, *DAY_WORDS, *CATEGORIES))
_LONGEST_KEY = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class ShotNote:
    """What notes say of one shot; None where they say nothing. `letter` is empty for the body of the scene."""

    letter: str = ""
    text: str = ""
    light: Light | None = None
    takes: int | None = None
    seconds: int | None = None
    minutes: int | None = None
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class SceneNotes:
    """All that the notes of one scene say.

    `body` has the light and numbers of the scene itself; `script_day` is as `parse_script_day` gives it, or None.
    """

    body: ShotNote
    shots: tuple[ShotNote, ...]
    cast: tuple[str, ...]
    elements: tuple[Element, ...]
    script_day: tuple[str, int] | None = None
    revision: str = ""


def key_of(note: NoteText) -> str:
    """Return the word a note starts with where it is one that Cupola reads; empty for an ordinary note."""
    key = _key(note.text)
    if key == "shot" and not _letter(note.text):
        return ""
    return key if key in _KEYS else ""


def nearly_a_key(note: NoteText) -> str:
    """Return the word that a note may have meant to start with (`lihgt`); empty where it is an ordinary note."""
    key = _key(note.text)
    if not key or key in _KEYS or " " in key:
        return ""
    return nearest(key, _KEYS)


def read_notes(notes: list[NoteText], *, file: str) -> SceneNotes:
    """Read the notes of one scene.

    Raises ScriptError for a number that is none, something said twice, or two shots of one letter; LightError for an unknown
    light.
    """
    fields: dict[str, tuple[str, int]] = {}
    shots: list[ShotNote] = []
    cast: list[str] = []
    elements: list[Element] = []
    for note in notes:
        key, value = key_of(note), note.text.partition(":")[2]
        if key == "shot":
            shots.append(_shot(note, taken=shots, file=file))
        elif key in CAST_WORDS:
            cast += listed(value)
        elif key in CATEGORIES:
            elements += elements_of(CATEGORIES[key], value, note.line)
        elif key:
            _put(fields, "script day" if key in DAY_WORDS else key, value, line=note.line, file=file, where="scene")
    day = fields.pop("script day", None)
    paper = fields.pop(REVISION, ("", 0))[0]
    body = _shot_note(fields, letter="", text="", line=0, file=file)
    return SceneNotes(
        body=body,
        shots=tuple(shots),
        cast=tuple(cast),
        elements=tuple(elements),
        script_day=parse_script_day(day[0], file=file, line=day[1]) if day else None,
        revision=" ".join(paper.split()),
    )


def _key(text: str) -> str:
    key, colon, _ = text[: _LONGEST_KEY + 1].partition(":")
    return " ".join(key.casefold().split()) if colon else ""


def _letter(text: str) -> str:
    """Return the letter of a shot note; other tools write [[SHOT: wide on the house]], which has none."""
    letter = text.partition(":")[2].partition(";")[0].strip()
    return letter if len(letter) <= 3 and letter.isalnum() else ""


def _shot(note: NoteText, *, taken: list[ShotNote], file: str) -> ShotNote:
    letter = _letter(note.text)
    if any(shot.letter.casefold() == letter.casefold() for shot in taken):
        rule, remedy = "each extra shot of a scene has a letter of its own", "Give one of the two another letter."
        raise ScriptError(rule, value=letter, remedy=remedy, file=file, line=note.line)
    fields: dict[str, tuple[str, int]] = {}
    texts: list[str] = []
    for part in note.text.split(";")[1:]:
        key, value = _key(part.strip()), part.partition(":")[2]
        if key == "light" or key in HIGHEST:
            _put(fields, key, value, line=note.line, file=file, where=f"shot {letter}")
        elif part.strip():
            texts.append(" ".join(part.split()))
    return _shot_note(fields, letter=letter, text="; ".join(texts), line=note.line, file=file)


def _put(fields: dict[str, tuple[str, int]], key: str, value: str, *, line: int, file: str, where: str) -> None:
    if key in fields:
        remedy = f"Line {fields[key][1]} says it already; take one out, or write [[shot: A; …]] for a further shot."
        raise ScriptError(f"a {where} has one {key} note", value=value.strip(), remedy=remedy, file=file, line=line)
    fields[key] = (value, line)


def _shot_note(fields: dict[str, tuple[str, int]], *, letter: str, text: str, line: int, file: str) -> ShotNote:
    light = parse_light(fields["light"][0], file=file, line=fields["light"][1]) if "light" in fields else None
    numbers = {key: _number(key, *fields[key], file=file) if key in fields else None for key in HIGHEST}
    return ShotNote(letter=letter, text=text, light=light, line=line, **numbers)


def _number(key: str, value: str, line: int, *, file: str) -> int:
    text = value.strip()
    is_number = text.isascii() and text.isdigit() and len(text) <= 6
    if is_number and 1 <= int(text) <= HIGHEST[key]:
        return int(text)
    remedy = f"Write digits alone: [[{key}: {min(3, HIGHEST[key])}]]."
    rule = f"{key} is a whole number from 1 to {HIGHEST[key]}"
    raise ScriptError(rule, value=text, remedy=remedy, file=file, line=line)
