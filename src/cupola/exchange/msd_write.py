"""A schedule → a file of Movie Magic Scheduling 6 (.msd); one that came from such a file has all that the file had."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import cupola
from cupola.errors import ScheduleError
from cupola.exchange.msd import BOARDS, CALENDARS, CATEGORIES, ELEMENTS, FACTS, LISTS, PRODUCTION, SHEETS, UNLISTED
from cupola.exchange.msd_boards import BANNER, GROUPS, STRIP
from cupola.exchange.msd_calendars import node_of
from cupola.exchange.msd_container import FIELD, HEADER, Container, Section, new_header, packed, to_bytes
from cupola.exchange.msd_names import word_of
from cupola.exchange.msd_xml import at, element, parsed, restored, sayable, strings, text_of, unpacked
from cupola.exchange.schedule_file import Category, Item, Schedule, Sheet, StripBoard, UnitBoard
from cupola.script.categories import CATEGORY_TABLE
from cupola.strangers import Node

_NAMES = {"wrangler": "Animal Wrangler"}
_ORDER = {CATEGORIES: "Categories", ELEMENTS: "Elements", SHEETS: "BreakdownSheets", CALENDARS: "Calendars"}
_NEW = {PRODUCTION: PRODUCTION, **_ORDER, BOARDS: BOARDS}
"""Sections of a new file by the name of their XML element, and their names in the map."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_UNLISTED_WORDS = {word: name for word, name in FACTS.values() if name in UNLISTED}
_HEADING = {word: attribute for attribute, (word, _) in FACTS.items()}


def to_msd(schedule: Schedule) -> bytes:
    """Return a schedule as an .msd file: `parse_msd` reads it as the same schedule, its notes aside.

    Rules for holds and drops, days off of a person, and events that are no days off have no known place in the format. Raises
    ScheduleError where what the schedule carries of another .msd file is broken.
    """
    return _Writer(schedule).data()


class _Writer:
    """Writes one schedule; names that the format needs to be different are made so."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.items = {item.id: item for item in schedule.items if sayable(item.name).strip()}
        self.categories = {one.id: _name_of(one) for one in schedule.categories}
        self.sheets = {sheet.id: sheet for sheet in schedule.sheets}
        self.numbers = _numbers(schedule.scenes)
        self.calendars = _apart({one.id: one.name for one in schedule.calendars}, "Calendar")

    def data(self) -> bytes:
        carried = unpacked(self.schedule.header)
        try:
            header = base64.b64decode(carried["header"]) if carried else new_header("Cupola", cupola.__version__)
            sections = [self.section(one) for one in carried.get("sections", [])]
        except (binascii.Error, KeyError, TypeError, ValueError) as fault:
            rule = f"what a schedule carries of an .msd file is whole: {type(fault).__name__}"
            raise ScheduleError(rule, remedy="import the .msd file anew", file=self.schedule.file) from None
        found = {section.root for section in sections}
        sections += [self.filled(root, Node(name=root), {"name": name}) for root, name in _NEW.items() if root not in found]
        return to_bytes(Container(header=header[: HEADER - 8].ljust(HEADER - 8, b"\0"), sections=tuple(sections)))

    def section(self, said: dict[str, Any]) -> Section:
        rest = base64.b64decode(said["rest"])[:FIELD].ljust(FIELD, b"\0")
        head: dict[str, Any] = {**{key: str(said[key]) for key in ("name", "type", "version")}, "rest": rest}
        if "root" in said:
            return self.filled(str(said["root"]), parsed(str(said["xml"]), file=self.schedule.file), head)
        return Section(**head, packed=bool(said["packed"]), data=base64.b64decode(said["data"]))

    def filled(self, root: str, node: Node, head: dict[str, Any]) -> Section:
        """Return a section with its list filled in."""
        if root == PRODUCTION:
            self.title(node)
        if root in LISTS:
            at(node, LISTS[root][:1]).content.extend(self.entries(root))
        if root == BOARDS and not node.first("StripBoardMgrPreferences") and self.schedule.boards:
            active = element("Property", {"Name": "ActiveStripBoard", "Value": self.schedule.boards[0].name})
            node.content.insert(0, element("StripBoardMgrPreferences", {}, element("PropertyList", {}, active)))
        return Section(**head, root=root, data=packed(_HEAD + text_of(node)))

    def title(self, node: Node) -> None:
        """Put the title into the facts of the production."""
        found = [one for one in node.within() if one.name == "Property" and one.attributes.get("Name") == "PictureTitle"]
        if found:
            found[0].attributes["Value"] = self.schedule.project
        elif self.schedule.project:
            title = element("Property", {"Name": "PictureTitle", "Value": self.schedule.project})
            at(node, ("PropertyList",)).content.append(title)

    def entries(self, root: str) -> Iterable[Node]:
        if root == CATEGORIES:
            return self.category_list()
        if root == ELEMENTS:
            return self.elements()
        if root == SHEETS:
            return [self.sheet(sheet, number) for number, sheet in enumerate(self.schedule.scenes, 1)]
        if root == CALENDARS:
            return [node_of(calendar, self.calendars[calendar.id]) for calendar in self.schedule.calendars]
        return self.boards()

    def category_list(self) -> Iterator[Node]:
        """Yield each category once; those of INT, EXT, day and night only where a file listed them."""
        seen: set[str] = set()
        for one in self.schedule.categories:
            name = self.categories[one.id]
            if name not in seen and (name not in UNLISTED or unpacked(one.extra).get("listed")):
                seen.add(name)
                yield restored(element("Category", {"Name": name}), one.extra)

    def elements(self) -> Iterator[Node]:
        """Yield each element once, by category and name."""
        seen: set[tuple[str, str]] = set()
        for item in self.items.values():
            kind, name = self.kind(item), sayable(item.name)
            if (kind, name) not in seen and (kind not in UNLISTED or unpacked(item.extra).get("listed")):
                seen.add((kind, name))
                yield restored(element("Element", {"CategoryName": kind, "Name": name, "BoardID": item.board_id}), item.extra)

    def kind(self, item: Item) -> str:
        """Return the name of the category of an item."""
        return self.categories.get(item.category, sayable(item.category))

    def sheet(self, sheet: Sheet, number: int) -> Node:
        own = [self.items[name] for name in sheet.items if name in self.items]
        heads: dict[str, Item] = {}
        for item in own:
            if item.word in _HEADING:
                heads.setdefault(_HEADING[item.word], item)
        refs_said = unpacked(sheet.extra).get("refs")
        beside: dict[str, Any] = refs_said if isinstance(refs_said, dict) else {}
        hours, minutes = divmod(round(sheet.minutes), 60)
        attributes = {
            "BDSID": self.numbers[sheet.id],
            "Scenes": sheet.number,
            "SheetNumber": str(number),
            **{attribute: item.name for attribute, item in heads.items()},
            "Synopsis": sheet.synopsis,
            "NumScriptPages": str(sheet.eighths),
            "ScriptPageNumbers": sheet.script_page,
            "EstimateTimeB": str(hours),
            "EstimateTimeA": str(minutes),
            "Comments": sheet.comments,
        }
        refs = [
            element("ElementRef", {"CategoryName": self.kind(item), "ElementName": item.name, **strings(beside.get(item.id))})
            for item in own
            if item.id in beside or item not in heads.values()
        ]
        return restored(element("BreakdownSheet", attributes, element("ElementRefs", {}, *refs)), sheet.extra)

    def boards(self) -> Iterator[Node]:
        """Yield each board, and one of its own for each further unit that shoots: the format has one list of days a board."""
        found: dict[str, tuple[StripBoard, list[UnitBoard]]] = {}
        for board in self.schedule.boards:
            main, *others = board.shooting or [None]
            found[board.id] = (board, [unit for unit in board.units if unit == main or unit not in board.shooting])
            found |= {f"{board.id}\0{n}": (board, [unit]) for n, unit in enumerate(others) if unit}
        wishes = {id: board.name if id == board.id else f"{board.name} - {own[0].name}" for id, (board, own) in found.items()}
        names = _apart(wishes, "Board")
        for id, (board, own) in found.items():
            yield self.board(board, names[id], own)

    def board(self, board: StripBoard, name: str, units: Sequence[UnitBoard]) -> Node:
        lost = unpacked(board.extra).get("calendar")
        calendar = self.calendars.get(board.calendar, lost if isinstance(lost, str) else "")
        parts = [self.part(number, [unit for unit in units if unit.is_boneyard == bool(number)]) for number in (0, 1)]
        return restored(element("StripBoard", {"Name": name, "CalendarName": calendar}, *parts), board.extra)

    def part(self, number: int, units: Sequence[UnitBoard]) -> Node:
        """Return a part of a board: its days, and what stands on none."""
        outer, day, rest = GROUPS[number]
        node = element(outer, {})
        for unit in sorted(units, key=lambda unit: not unit.days):
            said = unpacked(unit.extra)
            strips, heads = said.get("strips"), said.get("heads")
            beside: dict[str, Any] = strips if isinstance(strips, dict) else {}
            own = [strings(head) for head in heads] if isinstance(heads, list) else []
            for count, ids in enumerate(unit.days):
                node.content.append(element(day, own[count] if count < len(own) else {}, *self.strips(ids, beside)))
            if unit.loose or f"/{rest}" in unit.id:
                node.content.append(element(rest, strings(said.get("attributes")), *self.strips(unit.loose, beside)))
            else:
                restored(node, unit.extra)
        return node

    def strips(self, ids: Sequence[str], beside: Mapping[str, Any]) -> list[Node]:
        return [self.strip(id, beside) for id in ids if id in self.sheets]

    def strip(self, id: str, beside: Mapping[str, Any]) -> Node:
        sheet = self.sheets[id]
        if sheet.kind == "scene":
            return element(STRIP, {"BDSID": self.numbers[id], **strings(beside.get(id))})
        other = unpacked(sheet.extra).get("strip")
        if isinstance(other, str):
            return parsed(other, file=self.schedule.file)
        return restored(element(BANNER, {"Text": sheet.text}), sheet.extra)


def _name_of(category: Category) -> str:
    """Return the name of a category as Movie Magic has it: its own where that tells what it is."""
    if category.word in _UNLISTED_WORDS:
        return _UNLISTED_WORDS[category.word]
    own = " ".join(sayable(category.name).split())
    known = CATEGORY_TABLE.get(category.word)
    if word_of(own) == category.word or known is None:
        return category.name if own and sayable(category.name) == category.name else own or "Other"
    return _NAMES.get(category.word, known.name)


def _apart(wishes: Mapping[str, str], otherwise: str) -> dict[str, str]:
    """Return a name for each id of which no two are alike: the one it has, else that with a number."""
    found: dict[str, str] = {}
    for id, wish in wishes.items():
        name = first = sayable(wish) or otherwise
        count = 1
        while name in found.values():
            count += 1
            name = f"{first} ({count})"
        found[id] = name
    return found


def _numbers(scenes: Sequence[Sheet]) -> dict[str, str]:
    """Return a BDSID for each sheet: its id where that is a number, else the next that no sheet has."""
    taken = {sheet.id for sheet in scenes}
    found: dict[str, str] = {}
    free = 1_000_000_000
    for sheet in scenes:
        found[sheet.id] = sheet.id
        if not (sheet.id.isascii() and sheet.id.isdigit()):
            free += 1
            while str(free) in taken:
                free += 1
            found[sheet.id] = str(free)
    return found
