"""A schedule → Movie Magic's Scheduling EXport (.sex): scenes, lengths and elements, for it has no place for more."""

from __future__ import annotations

import json
import struct

from cupola.errors import ScheduleError
from cupola.exchange.eight_bit import encoded, encoding_for
from cupola.exchange.msd_names import STANDARD
from cupola.exchange.schedule_file import Item, Schedule, Sheet
from cupola.exchange.sex import (
    CARRIED,
    CATEGORIES,
    ELEMENT,
    END,
    HEADING,
    LENGTH,
    LONGEST_HEADING,
    LONGEST_TEXT,
    MAGIC,
    MARK,
    MOST_SCENES,
    SCENE,
    facts_of,
    heading_of,
)

_LABELS = {word: label for label, word in STANDARD.items()}


def to_sex(schedule: Schedule) -> bytes:
    """Return a schedule as a .sex file: no days, no order, no calendars, no banners, no numbers of the cast.

    Text is Western (Windows 1252) where that holds it, else Cyrillic (Windows 1251); what neither has loses its accent or
    becomes a question mark. Raises ScheduleError for more scenes than such a file can number.
    """
    if len(schedule.scenes) > MOST_SCENES:
        rule = f"a .sex file has at most {MOST_SCENES} scenes"
        raise ScheduleError(rule, value=len(schedule.scenes), remedy="export it as .uss", file=schedule.file)
    return _Writer(schedule).data()


class _Writer:
    def __init__(self, schedule: Schedule) -> None:
        self.scenes = schedule.scenes
        self.items = {item.id: item for item in schedule.items}
        self.labels, self.at, self.prose = _labels(schedule)
        texts = [*self.labels, *(text for sheet in self.scenes for text in self.texts(sheet))]
        self.alphabet = encoding_for(texts)

    def texts(self, sheet: Sheet) -> list[str]:
        return [self.heading(sheet), *(text for _, text in self.elements(sheet))]

    def heading(self, sheet: Sheet) -> str:
        return "\t".join((_line(sheet.script_page), _line(sheet.number), self.slugline(sheet), ""))

    def slugline(self, sheet: Sheet) -> str:
        """Return the slugline as it came where it still says what the sheet says, else a new one."""
        facts: dict[str, str] = {}
        listed: set[str] = set()
        for item in self.own(sheet):
            if item.word in HEADING and _line(item.name) and item.word not in facts:
                facts[item.word] = _line(item.name)
                listed |= {item.word} if item.category not in HEADING and item.category in self.at else set()
        carried = _carried(sheet)
        said = facts_of(carried)
        is_true = all(fact in listed or said.get(fact) == facts.get(fact) for fact in HEADING)
        return carried if carried and is_true else heading_of(facts)

    def elements(self, sheet: Sheet) -> list[tuple[int, str]]:
        """Return what a sheet needs, each with the number of its category, in the order of the sheet."""
        prose = (("synopsis", sheet.synopsis), ("comment", sheet.comments))
        found = [(self.prose[word], text) for word, text in prose if text.strip()]
        return found + [(self.at[item.category], item.name) for item in self.own(sheet) if item.category in self.at]

    def own(self, sheet: Sheet) -> list[Item]:
        return [self.items[name] for name in sheet.items if name in self.items]

    def data(self) -> bytes:
        found = [MAGIC, _record(CATEGORIES, b"".join(self.bytes(label) + b"\0" for label in self.labels))]
        for number, sheet in enumerate(self.scenes, 1):
            at = struct.pack(">H", number)
            found.append(_record(SCENE, at + self.bytes(self.heading(sheet), LONGEST_HEADING)))
            found.extend(_record(ELEMENT, at + struct.pack(">H", n) + self.bytes(text)) for n, text in self.elements(sheet))
            found.append(_record(LENGTH, at + struct.pack(">HH", *divmod(sheet.eighths, 8))))
        return b"".join((*found, struct.pack(">H", END)))

    def bytes(self, text: str, most: int = LONGEST_TEXT) -> bytes:
        return encoded(text.replace("\0", " "), self.alphabet)[:most]


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack(">HIH", MARK, len(body) + 2, kind) + body


def _line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())


def _carried(sheet: Sheet) -> str:
    """Return the slugline that a sheet of a .sex file came with; empty where it did not."""
    value = next((json.loads(value) for key, value in sheet.extra if key == CARRIED), None)
    heading = value.get("heading") if isinstance(value, dict) else None
    return _line(heading) if isinstance(heading, str) else ""


def _labels(schedule: Schedule) -> tuple[list[str], dict[str, int], dict[str, int]]:
    """Return the names of the categories, the number of each by its id, and those of synopsis and comments.

    Categories of a .sex file stay as they were. What a slugline says is no category.
    """
    labels: list[str] = []
    at: dict[str, int] = {}
    if any(key == CARRIED for key, _ in schedule.header):
        listed = [one for one in schedule.categories if one.id not in HEADING]
        labels = [one.name for one in listed]
        at = {one.id: number for number, one in enumerate(listed)}
    else:
        labels = list(STANDARD)
        listed = [one for one in schedule.categories if one.word not in HEADING]
        at = {one.id: _place(labels, _LABELS.get(one.word) or _line(one.name) or one.word or "Other") for one in listed}
    prose = {one.word: at[one.id] for one in reversed(listed) if one.word in ("synopsis", "comment")}
    if any(sheet.synopsis.strip() for sheet in schedule.scenes):
        prose.setdefault("synopsis", _place(labels, "Synopsis"))
    if any(sheet.comments.strip() for sheet in schedule.scenes):
        prose.setdefault("comment", _place(labels, "Comments"))
    return labels, at, prose


def _place(labels: list[str], label: str) -> int:
    """Return where a name stands in the list, with it added where it does not."""
    if label not in labels:
        labels.append(label)
    return labels.index(label)
