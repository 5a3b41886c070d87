"""A schedule's breakdown sheets as scenes of a script that nobody has sent: numbers, headings, cast and elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cupola.exchange.schedule_file import Item, Schedule, Sheet
from cupola.script.categories import CATEGORY_TABLE, listed
from cupola.script.elements import Heading, NoteText, Paragraph, Screenplay, Synopsis, TitleEntry
from cupola.script.fountain_text import to_fountain
from cupola.script.headings import split_heading
from cupola.script.names import folded

BASE, MAIN_UNIT = "base", "main"
LONGEST_NAME = 120

_WORLD = {
    word: start
    for start, words in {
        "INT.": "INT I INTERIOR",
        "EXT.": "EXT E EXTERIOR",
        "INT./EXT.": "INT/EXT EXT/INT I/E E/I INTERIOR/EXTERIOR EXTERIOR/INTERIOR",
        "ИНТ.": "ИНТ ИНТЕРЬЕР ПАВ",
        "НАТ.": "НАТ НАТУРА ЭКСТ",
        "ИНТ./НАТ.": "ИНТ/НАТ НАТ/ИНТ",
    }.items()
    for word in words.split()
}
_TIMES = {"D": "DAY", "N": "NIGHT", "Д": "ДЕНЬ", "Н": "НОЧЬ"}
_UNSAID = re.compile(r"[^\w.-]+|_+")
_CUT = frozenset({"OMITTED", "OMIT", "ВЫЧЕРКНУТО"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_SCRIPT_DAY = re.compile(r"[DN]?[1-9]\d{0,2}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedScene:
    """A sheet as a scene: what its heading says, and what only production.toml can say of it.

    `place` and `unit` are ids of the production; `eighths` and `minutes` are 0 where the file says none.
    """

    sheet: str
    number: str
    heading: str
    synopsis: str
    script_day: str
    eighths: int
    minutes: int
    cast: tuple[str, ...]
    elements: tuple[str, ...]
    unit: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedPlace:
    """A place of the production: `word` is the first part of the headings that are shot there, empty for the rest."""

    id: str
    name: str
    unit: str
    word: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedScript:
    """The scenes of a schedule in the order of its sheets, their places, the role of each item of cast, and notes."""

    scenes: tuple[ImportedScene, ...]
    places: tuple[ImportedPlace, ...]
    roles: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def line_of_text(text: str) -> str:
    """Return a text in one line, without control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def imported_script(schedule: Schedule, unit_of: Mapping[str, str]) -> ImportedScript:
    """Return a schedule's sheets as scenes; `unit_of` gives the unit of a sheet by its id, where that is not the main one."""
    items = {item.id: item for item in schedule.items}
    roles = _roles(schedule)
    numbers, notes = _numbers(schedule.scenes)
    places = _places(schedule, items, unit_of)
    scenes = []
    for sheet in schedule.scenes:
        own = [items[name] for name in sheet.items]
        place = places[unit_of.get(sheet.id, MAIN_UNIT), _name_of(own, "location")]
        scenes.append(
            ImportedScene(
                sheet=sheet.id,
                number=numbers[sheet.id],
                heading=_heading(own, place),
                synopsis=line_of_text(sheet.synopsis),
                script_day=_script_day(own),
                eighths=sheet.eighths,
                minutes=round(sheet.minutes),
                cast=tuple(dict.fromkeys(roles[item.id] for item in own if item.word == "cast")),
                elements=tuple(_elements(sheet, own)),
                unit=place.unit,
                place=place.id,
            )
        )
    return ImportedScript(scenes=tuple(scenes), places=tuple(places.values()), roles=tuple(roles.items()), notes=tuple(notes))


def fountain_of(title: str, source: str, scenes: Sequence[ImportedScene]) -> str:
    """Return scenes as Fountain: heading, number, synopsis and day of the story, and no word of what is said."""
    paragraphs: list[Paragraph] = []
    for scene in scenes:
        paragraphs.append(Heading(line=1, end_line=1, above=2, text=scene.heading, number=scene.number))
        if scene.synopsis:
            paragraphs.append(Synopsis(line=1, end_line=1, text=scene.synopsis))
        if scene.script_day:
            paragraphs.append(NoteText(line=1, end_line=1, text=f"script day: {scene.script_day}"))
    head = (("Title", title), ("Source", f"{source}: headings of its breakdown sheets, no text"))
    entries = tuple(TitleEntry(key=key, lines=(text,), line=1) for key, text in head)
    return to_fountain(Screenplay(file="script.fountain", title_page=entries, paragraphs=tuple(paragraphs)))


class _Names:
    """Gives names of which no two are alike, however they are spelled."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.used = {folded(name) for name in taken}
        self.next: dict[str, int] = {}

    def free(self, wish: str, other: str = "{wish} ({n})") -> str:
        """Return the wish where nobody has it, else the first of the others that is free."""
        name = wish
        while folded(name) in self.used:
            self.next[wish] = self.next.get(wish, 1) + 1
            name = other.format(wish=wish, n=self.next[wish])
        self.used.add(folded(name))
        return name


def _roles(schedule: Schedule) -> dict[str, str]:
    """Return a role for each item of cast: its name in one line, no two alike."""
    names = _Names()
    cast = [item for item in schedule.items if item.word == "cast"]
    return {
        item.id: names.free(line_of_text(item.name)[:LONGEST_NAME].strip() or f"ROLE {number}")
        for number, item in enumerate(cast, 1)
    }


def _numbers(scenes: Sequence[Sheet]) -> tuple[dict[str, str], list[str]]:
    """Return a scene number for each sheet: its own where a script can say it and no other sheet has it."""
    own = {sheet.id: _UNSAID.sub("-", sheet.number.strip()).strip("-.")[:LONGEST_NAME] for sheet in scenes}
    names, unnumbered = _Names(), _Names(own.values())
    numbers: dict[str, str] = {}
    notes: list[str] = []
    for count, sheet in enumerate(scenes, 1):
        wish = own[sheet.id]
        number = (
            names.free(wish, "{wish}.{n}") if wish else names.free(unnumbered.free(f"S{count}", "{wish}.{n}"), "{wish}.{n}")
        )
        numbers[sheet.id] = number
        if number != sheet.number:
            said = f"of scene “{line_of_text(sheet.number)}”" if sheet.number.strip() else "without a number"
            notes.append(f"A sheet {said} is scene {number}.")
    return numbers, notes


def _name_of(items: Sequence[Item], word: str) -> str:
    return next((line_of_text(item.name)[:LONGEST_NAME] for item in items if item.word == word), "")


def _set_of(items: Sequence[Item]) -> str:
    """Return the sets of a sheet in one; a sheet that names none is still somewhere."""
    return " / ".join(line_of_text(item.name)[:LONGEST_NAME] for item in items if item.word == "set").strip() or "NO SET"


def _places(schedule: Schedule, items: Mapping[str, Item], unit_of: Mapping[str, str]) -> dict[tuple[str, str], ImportedPlace]:
    """Return the place of each unit and location; the main unit without a location has one that takes every other set."""
    pairs: dict[tuple[str, str], None] = {}
    names = _Names([BASE])
    for sheet in schedule.scenes:
        own = [items[name] for name in sheet.items]
        pairs[unit_of.get(sheet.id, MAIN_UNIT), _name_of(own, "location")] = None
        names.used |= {folded(_set_of(own)), folded(_set_of(own).split(" - ")[0])}
    places = {(MAIN_UNIT, ""): ImportedPlace(id=BASE, name="Base", unit=MAIN_UNIT, word="")}
    for unit, location in pairs:
        if (unit, location) not in places:
            wish = location if unit == MAIN_UNIT else f"{unit}, {location}" if location else unit
            word = names.free(wish.replace(" - ", " / ").upper(), "{wish} {n}")
            places[unit, location] = ImportedPlace(id=word.lower(), name=location or f"Base of {unit}", unit=unit, word=word)
    return places


def _heading(items: Sequence[Item], place: ImportedPlace) -> str:
    world = _plain(_name_of(items, "int/ext"))
    time = _name_of(items, "day/night")
    parts = [part for part in (place.word, _set_of(items), _TIMES.get(_plain(time), time)) if part]
    text = " - ".join(parts)
    if world in _WORLD:
        return f"{_WORLD[world]} {text}"
    return text if text[:1].isalnum() and text.strip(" .").upper() not in _CUT else f"SET {text}"


def _plain(text: str) -> str:
    return text.upper().replace(".", "").replace(" ", "")


def words_of(item: Item) -> tuple[str, str]:
    """Return what an item of a heading means, alike for every way to write it: `НАТ` and `EXT`, `D` and `Day`."""
    plain = _plain(line_of_text(item.name))
    if item.word == "int/ext":
        return item.word, split_heading(f"{_WORLD.get(plain, plain)} X").int_ext or plain
    return item.word, _TIMES.get(plain, plain) if item.word == "day/night" else item.name


def _script_day(items: Sequence[Item]) -> str:
    name = _name_of(items, "script day")
    return name if _SCRIPT_DAY.fullmatch(name) else ""


def _elements(sheet: Sheet, items: Sequence[Item]) -> Iterable[str]:
    """Yield what a sheet needs beside its cast as production.toml writes it: `prop: umbrella`."""
    for item in items:
        name = line_of_text(item.name)
        known = CATEGORY_TABLE.get(item.word)
        if not name or not item.word or item.word == "cast" or (known and known.kind == "scene"):
            continue
        if known is None:
            name = f"{name} ({item.word})"
        word = item.word if known else "other"
        yield f"{word}: {name if len(listed(name)) == 1 or (known and known.kind == 'prose') else name.replace(',', ';')}"
    if comment := line_of_text(sheet.comments):
        yield f"comment: {comment}"
