"""Movie Magic's Scheduling EXport (.sex) → a schedule: its scenes and what they need; such a file has no days and no order.

Four letters `SSI*`, then records: the mark 35 in 16 bits, a length in 32, and in it the kind in 16, high byte first throughout.
Kind 0 is the list of categories, each name with a zero behind it; the others name their scene by its number from 1: kind 1 is
its heading `page TAB number TAB slugline`, kind 2 an element with its category, kind 3 the length in pages and eighths. The
mark 32767 ends a file; not every program writes it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from cupola.errors import ScheduleError
from cupola.exchange.eight_bit import alphabet_of, decoded
from cupola.exchange.msd_names import category
from cupola.exchange.schedule_file import Category, Extra, Item, Schedule, Sheet
from cupola.script.headings import split_heading

MAGIC = b"SSI*"
MARK, END = 0x23, 0x7FFF
CATEGORIES, SCENE, ELEMENT, LENGTH = 0, 1, 2, 3
LARGEST = 8 * 2**20
MOST_SCENES = 10_000
MOST_PAGES = 500
LONGEST_TEXT = 20_000
LONGEST_HEADING = 500
MOST_ELEMENTS = 100_000
CARRIED = "_sex"
"""The key under which a schedule carries what only this format says."""

WORLD, SET, TIME = "int/ext", "set", "day/night"
HEADING = (WORLD, SET, TIME)
"""What a slugline says, as ids of categories that the file does not list."""

_NAMES = {WORLD: "INT/EXT", SET: "Set", TIME: "Day/Night"}
_SAVE = "write the .sex file anew with the program that it came from"


def parse_sex(data: bytes, *, file: str = "") -> Schedule:
    """Parse a Scheduling EXport; raises ScheduleError, and nothing else, with the byte at which a slip is."""
    scenes = _Reader(data=data, file=file).scenes()
    if not scenes.scenes:
        raise ScheduleError("a schedule has at least one scene", value="none", remedy=_SAVE, file=file)
    return _schedule(scenes, file)


@dataclass(kw_only=True, slots=True)
class _Scene:
    """A scene as its records tell it; `elements` are numbers of categories with texts."""

    heading: bytes
    eighths: int = 0
    elements: list[tuple[int, bytes]] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class _Scenes:
    labels: list[bytes] = field(default_factory=list)
    scenes: dict[int, _Scene] = field(default_factory=dict)
    strange: int = 0
    elements: int = 0

    @property
    def texts(self) -> Iterator[bytes]:
        yield from self.labels
        for scene in self.scenes.values():
            yield scene.heading
            yield from (text for _, text in scene.elements)


@dataclass(kw_only=True, slots=True)
class _Reader:
    data: bytes
    file: str
    at: int = len(MAGIC)
    found: _Scenes = field(default_factory=_Scenes)

    def scenes(self) -> _Scenes:
        if not self.data.startswith(MAGIC):
            raise self.wrong("a .sex file starts with SSI*", self.data[:8], remedy="is this the right file?")
        if len(self.data) > LARGEST:
            raise self.wrong(
                f"a .sex file holds at most {LARGEST // 2**20} MB", len(self.data), remedy="is this the right file?"
            )
        if self.data[4:6] == b"\0\0":
            self.bare_labels()
        while self.at < len(self.data):
            if self.number(self.at) == END:
                break
            self.record()
        return self.found

    def bare_labels(self) -> None:
        """Read a list of categories that stands behind ten zeros and in no record, as some programs write it."""
        end = self.data.find(b"\0\0\0#", 14)
        if end < 0 or any(self.data[4:14]):
            raise self.wrong("a record starts with the mark 35", self.number(self.at))
        self.found.labels = self.data[14:end].split(b"\0")
        self.at = end + 2

    def record(self) -> None:
        if self.number(self.at) != MARK:
            raise self.wrong("a record starts with the mark 35", self.number(self.at))
        length = self.number(self.at + 2, 4)
        body = self.data[self.at + 6 : self.at + 6 + length]
        if length < 2 or len(body) < length:
            raise self.wrong("a record is as long as it says: the file is cut short", length)
        kind = struct.unpack_from(">H", body)[0]
        if kind == CATEGORIES:
            self.found.labels = body[2:].rstrip(b"\0").split(b"\0")
        elif kind in (SCENE, ELEMENT, LENGTH):
            self.of_scene(kind, body)
        else:
            self.found.strange += 1
        self.at += 6 + length

    def of_scene(self, kind: int, body: bytes) -> None:
        number, rest = self.number_in(body, 2), body[4:]
        if kind == SCENE:
            if number in self.found.scenes or len(self.found.scenes) >= MOST_SCENES:
                raise self.wrong(f"each of at most {MOST_SCENES} scenes has a number of its own", number)
            self.found.scenes[number] = _Scene(heading=self.text(rest, LONGEST_HEADING))
            return
        scene = self.found.scenes.get(number)
        if scene is None:
            raise self.wrong("a record belongs to a scene that stands before it", number)
        if kind == ELEMENT:
            self.found.elements += 1
            if self.found.elements > MOST_ELEMENTS:
                raise self.wrong(f"a schedule has at most {MOST_ELEMENTS} elements", self.found.elements)
            scene.elements.append((self.number_in(body, 4), self.text(rest[2:])))
            return
        pages, eighths = self.number_in(body, 4), self.number_in(body, 6)
        if pages * 8 + eighths > MOST_PAGES * 8:
            raise self.wrong(f"a scene has at most {MOST_PAGES} pages", f"{pages} {eighths}/8")
        scene.eighths = pages * 8 + eighths

    def text(self, body: bytes, most: int = LONGEST_TEXT) -> bytes:
        text = body.split(b"\0")[0]
        if len(text) > most:
            raise self.wrong(f"a text has at most {most} characters", len(text))
        return text

    def number(self, at: int, size: int = 2) -> int:
        """Return a number of the file."""
        if at + size > len(self.data):
            raise self.wrong("a record is whole: the file is cut short", f"{len(self.data)} bytes")
        return int.from_bytes(self.data[at : at + size], "big")

    def number_in(self, body: bytes, at: int) -> int:
        if at + 2 > len(body):
            raise self.wrong("a record is whole: the file is cut short", f"a record of {len(body)} bytes")
        return int.from_bytes(body[at : at + 2], "big")

    def wrong(self, rule: str, value: object, *, remedy: str = _SAVE) -> ScheduleError:
        return ScheduleError(f"byte {self.at}: {rule}", value=value, remedy=remedy, file=self.file)


def facts_of(heading: str) -> dict[str, str]:
    """Return what a slugline says: INT or EXT, set and time of day, each where it says one.

    >>> facts_of("EXT. LONDON - BRIDGE - NIGHT")
    {'int/ext': 'EXT', 'set': 'LONDON - BRIDGE', 'day/night': 'NIGHT'}
    """
    place = split_heading(" ".join(heading.split()))
    where = place.set if place.hub == place.set or not place.hub else f"{place.hub} - {place.set}"
    said = {WORLD: place.int_ext, SET: where, TIME: place.time_of_day}
    return {fact: text for fact, text in said.items() if text}


def heading_of(facts: dict[str, str]) -> str:
    """Return a slugline that says these facts."""
    place = " - ".join(facts[fact] for fact in (SET, TIME) if facts.get(fact))
    return f"{facts[WORLD]}. {place}".strip() if facts.get(WORLD) else place


def _schedule(found: _Scenes, file: str) -> Schedule:
    alphabet = alphabet_of(found.texts)
    labels = [decoded(label, alphabet) for label in found.labels]
    most = max((number for scene in found.scenes.values() for number, _ in scene.elements), default=-1)
    names = [*labels, *(f"Category {number}" for number in range(len(labels), min(most, 999) + 1))]
    build = _Build([category(name, number, id=str(number)) for number, name in enumerate(names)])
    sheets = [build.sheet(number, scene, alphabet) for number, scene in enumerate(found.scenes.values(), 1)]
    notes = [f"{found.strange} records of a kind that nobody knows are left out."] if found.strange else []
    if len(names) > len(labels):
        notes.append("The file names fewer categories than it uses; the rest have numbers for names.")
    if not any(sheet.eighths for sheet in sheets):
        notes.append("The file says no length of any scene.")
    used = {item.category for item in build.items.values()}
    heads = [category(_NAMES[fact], 0, id=fact) for fact in HEADING if fact in used]
    return Schedule(
        file=file,
        id="sex",
        name=PurePath(file).stem,
        project="",
        header=((CARRIED, json.dumps({"labels": len(names)})),),
        sheets=tuple(sheets),
        categories=(*build.categories, *heads),
        items=tuple(build.items.values()),
        notes=tuple(notes),
    )


class _Build:
    """Makes sheets, and an item for each thing that some sheet needs."""

    def __init__(self, categories: list[Category]) -> None:
        self.categories = categories
        self.items: dict[str, Item] = {}

    def sheet(self, number: int, scene: _Scene, alphabet: str) -> Sheet:
        page, name, *slug = f"{decoded(scene.heading, alphabet)}\t\t".split("\t")
        heading = " ".join(" ".join(slug).split())
        texts: dict[str, list[str]] = {"synopsis": [], "comment": []}
        own: dict[str, None] = {}
        for at, raw in scene.elements:
            text = decoded(raw, alphabet).strip()
            if not text or at >= len(self.categories):
                continue
            word = self.categories[at].word
            if word in texts:
                texts[word].append(text)
            else:
                own[self.item(self.categories[at].id, word, text)] = None
        facts = facts_of(heading)
        listed = {self.items[name].word: self.items[name].name for name in reversed(own)}
        heads = [self.item(fact, fact, text) for fact, text in facts.items() if fact not in listed]
        shown = {fact: listed.get(fact, facts.get(fact, "")) for fact in HEADING}
        return Sheet(
            id=str(number),
            kind="scene",
            number=name.strip(),
            synopsis=" ".join(texts["synopsis"]),
            comments=" ".join(texts["comment"]),
            eighths=scene.eighths,
            script_page=page.strip(),
            items=(*heads, *own),
            extra=_heading_extra(heading, shown),
        )

    def item(self, category_id: str, word: str, name: str) -> str:
        id = f"{category_id}/{name}"
        if id not in self.items:
            self.items[id] = Item(id=id, category=category_id, word=word, name=name, may_drop=False)
        return id


def _heading_extra(heading: str, facts: dict[str, str]) -> Extra:
    """Carry a slugline that cannot be told from what it says."""
    return ((CARRIED, json.dumps({"heading": heading}, sort_keys=True)),) if heading_of(facts) != heading else ()
