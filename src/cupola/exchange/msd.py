"""A file of Movie Magic Scheduling 5 or 6 (.msd) → a schedule.

Read are the managers of categories, elements, breakdown sheets, stripboards and calendars, and the title. Everything else, from
layouts and pictures to attributes that nobody knows, is carried and written back. `NumScriptPages` is a number of eighths: in
Entertainment Partners' demo the sheets of fifty script pages then have fifty pages, and forty-two where its last digit is taken
for the eighths, as other readers do.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cupola.errors import ScheduleError
from cupola.exchange.msd_boards import Boards
from cupola.exchange.msd_calendars import calendar_of
from cupola.exchange.msd_container import SAVE, Container, Section, read_container, xml_of
from cupola.exchange.msd_names import category
from cupola.exchange.msd_xml import CARRIED, carried, text_of, without
from cupola.exchange.schedule_file import Calendar, Category, Item, Schedule, Sheet
from cupola.strangers import Node, read_xml

CATEGORIES, ELEMENTS, SHEETS = "CategoryMgr", "ElementMgr", "BreakdownSheetMgr"
BOARDS, CALENDARS, PRODUCTION = "StripBoardMgr", "CalendarMgr", "ProductionInfo"
LISTS: Mapping[str, tuple[str, str]] = {
    CATEGORIES: ("CategoryList", "Category"),
    ELEMENTS: ("Elements", "Element"),
    SHEETS: ("BreakdownSheets", "BreakdownSheet"),
    BOARDS: ("StripBoards", "StripBoard"),
    CALENDARS: ("Calendars", "Calendar"),
}
"""The managers that are read: where their list stands, and what is in it."""

FACTS: Mapping[str, tuple[str, str]] = {
    "IE": ("int/ext", "INT/EXT"),
    "Set": ("set", "Set"),
    "DN": ("day/night", "Day/Night"),
    "Location": ("location", "Location"),
    "ScriptDay": ("script day", "Script Day"),
    "Unit": ("unit", "Unit"),
    "Sequence": ("sequence", "Sequence"),
}
"""Attributes of a sheet that are elements elsewhere: our word, and the name of the category."""

UNLISTED = ("INT/EXT", "Day/Night")
"""Categories of what headings say that Movie Magic does not list."""

MOST_ENTRIES = 10_000
MOST_EIGHTHS = 4000
MOST_XML = 8 * 2**20

_TEXTS = ("Scenes", "Synopsis", "Comments", "ScriptPageNumbers")
_COUNT = re.compile(r"[0-9]{1,4}")


def parse_msd(data: bytes, *, file: str = "") -> Schedule:
    """Parse a Movie Magic schedule; raises ScheduleError, and nothing else."""
    return _Reader(container=read_container(data, file=file), file=file).schedule()


@dataclass(kw_only=True, slots=True)
class _Reader:
    container: Container
    file: str
    roots: dict[str, Node] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def schedule(self) -> Schedule:
        self.unpack()
        self.read_categories()
        self.read_elements()
        sheets = self.sheets()
        calendars = self.calendars()
        boards = Boards(
            file=self.file,
            scenes=frozenset(sheet.id for sheet in sheets),
            calendars=frozenset(one.id for one in calendars),
            notes=self.notes,
        )
        found = tuple(boards.board(node) for node in self.entries(BOARDS))
        if "" in {board.id for board in found} or len({board.id for board in found}) < len(found):
            raise self.wrong("a board has a name of its own", [board.name for board in found])
        last = [item for item in self.items.values() if item.category in UNLISTED]
        listed = [item for item in self.items.values() if item.category not in UNLISTED]
        return Schedule(
            file=self.file,
            id="msd",
            name="",
            project=self.title,
            header=((CARRIED, json.dumps(self.whole())),),
            sheets=(*sheets, *boards.banners),
            categories=(*self.categories.values(), *(category(name, 0) for name in UNLISTED if name not in self.categories)),
            items=(*listed, *last),
            boards=found,
            calendars=calendars,
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def wrong(self, rule: str, value: object = None) -> ScheduleError:
        return ScheduleError(rule, value=value, remedy=SAVE, file=self.file)

    def unpack(self) -> None:
        total = 0
        for section in self.container.sections:
            if section.root not in (*LISTS, PRODUCTION):
                continue
            if section.root in self.roots:
                raise self.wrong("a section stands once in the file", section.root)
            xml = xml_of(section, file=self.file)
            total += len(xml)
            if total > MOST_XML:
                raise self.wrong(f"a schedule holds at most {MOST_XML // 2**20} MB of text", f"{total / 2**20:.1f} MB")
            self.roots[section.root] = read_xml(xml, file=self.file, error=ScheduleError)
        missing = [root for root in (CATEGORIES, ELEMENTS, SHEETS, BOARDS) if root not in self.roots]
        if missing:
            raise self.wrong("a schedule has categories, elements, breakdown sheets and boards", f"no {', '.join(missing)}")

    def entries(self, root: str) -> Iterator[Node]:
        """Yield what a manager lists."""
        inner, name = LISTS[root]
        found = self.roots[root].first(inner) if root in self.roots else None
        nodes = list(found.all(name)) if found else []
        if len(nodes) > MOST_ENTRIES:
            raise self.wrong(f"{root} lists at most {MOST_ENTRIES} entries", len(nodes))
        return iter(nodes)

    @property
    def title(self) -> str:
        root = self.roots.get(PRODUCTION)
        found = (node for node in root.within() if node.name == "Property") if root else ()
        return next((one.attributes.get("Value", "") for one in found if one.attributes.get("Name") == "PictureTitle"), "")

    def read_categories(self) -> None:
        for number, node in enumerate(self.entries(CATEGORIES)):
            name = node.attributes.get("Name", "")
            if not name or name in self.categories:
                raise self.wrong("a category has a name of its own", name)
            made = category(name, number)
            extra = carried(node, ("Name",), listed=name in UNLISTED)
            self.categories[name] = Category(id=name, word=made.word, name=name, ucid=made.ucid, extra=extra)

    def read_elements(self) -> None:
        for node in self.entries(ELEMENTS):
            kind, name = node.attributes.get("CategoryName", ""), node.attributes.get("Name", "")
            id = f"{kind}/{name}"
            if not name or id in self.items:
                raise self.wrong("an element has a name of its own in its category", id)
            extra = carried(node, ("CategoryName", "Name", "BoardID"), listed=kind in UNLISTED)
            self.items[id] = self.item(kind, name, board_id=node.attributes.get("BoardID", "").strip(), extra=extra)

    def item(self, kind: str, name: str, **more: Any) -> Item:
        known = self.categories.get(kind)
        if known is None and kind not in UNLISTED:
            self.notes.append(f"“{name}” is in no category of the file and is left out of the breakdown.")
        word = known.word if known else category(kind, 0).word if kind in UNLISTED else ""
        return Item(id=f"{kind}/{name}", category=kind, word=word, name=name, may_drop=False, **more)

    def used(self, kind: str, name: str) -> str:
        """Return the id of an element that a sheet names, made where the file does not list it."""
        id = f"{kind}/{name}"
        if id not in self.items:
            self.items[id] = self.item(kind, name)
        return id

    def sheets(self) -> list[Sheet]:
        found = [self.sheet(node) for node in self.entries(SHEETS)]
        if not found:
            raise self.wrong("a schedule has at least one breakdown sheet", "none")
        if len({sheet.id for sheet in found}) < len(found):
            raise self.wrong("a breakdown sheet has a BDSID of its own", "one stands twice")
        return found

    def sheet(self, node: Node) -> Sheet:
        said, known = node.attributes, {"BDSID", *_TEXTS, *FACTS}
        id = said.get("BDSID", "")
        if not id:
            raise self.wrong("a breakdown sheet has a BDSID", said.get("Scenes"))
        counts = {name: self.count(said[name]) for name in ("NumScriptPages", "EstimateTimeA", "EstimateTimeB") if name in said}
        known |= {name for name, count in counts.items() if count is not None}
        if counts.get("NumScriptPages", 0) is None:
            self.notes.append(f"Sheet {said.get('Scenes', id)} has “{said['NumScriptPages']}” eighths: read as none.")
        heads = {self.fact(attribute, said[attribute].strip()): None for attribute in FACTS if said.get(attribute, "").strip()}
        refs, own = self.refs(node, heads)
        return Sheet(
            id=id,
            kind="scene",
            number=said.get("Scenes", ""),
            synopsis=said.get("Synopsis", ""),
            comments=said.get("Comments", ""),
            eighths=counts.get("NumScriptPages") or 0,
            minutes=float((counts.get("EstimateTimeB") or 0) * 60 + (counts.get("EstimateTimeA") or 0)),
            script_page=said.get("ScriptPageNumbers", ""),
            items=tuple({**heads, **own}),
            extra=carried(node, known, ("ElementRefs",), refs=refs),
        )

    @staticmethod
    def count(text: str) -> int | None:
        """Return a number as Movie Magic writes it; 0 where nothing stands, None where something else does."""
        found = _COUNT.fullmatch(text.strip() or "0")
        return int(found.group()) if found and int(found.group()) <= MOST_EIGHTHS else None

    def fact(self, attribute: str, text: str) -> str:
        word, name = FACTS[attribute]
        kind = next((one.id for one in self.categories.values() if one.word == word), name)
        if kind not in self.categories and kind not in UNLISTED:
            self.categories[kind] = category(kind, 0)
        return self.used(kind, text)

    def refs(self, node: Node, heads: Mapping[str, None]) -> tuple[dict[str, dict[str, str]], dict[str, None]]:
        """Return what the references of a sheet say beside element and category, by the element, and the elements."""
        beside: dict[str, dict[str, str]] = {}
        own: dict[str, None] = {}
        inner = node.first("ElementRefs")
        for ref in inner.all("ElementRef") if inner else ():
            name = ref.attributes.get("ElementName", "")
            if not name or len(own) >= MOST_ENTRIES:
                raise self.wrong(
                    f"a sheet names at most {MOST_ENTRIES} elements, each by its name", node.attributes.get("Scenes")
                )
            id = self.used(ref.attributes.get("CategoryName", ""), name)
            more = {key: text for key, text in ref.attributes.items() if key not in ("CategoryName", "ElementName")}
            if more or id in heads:
                beside[id] = more
            own[id] = None
        return beside, own

    def calendars(self) -> tuple[Calendar, ...]:
        found = tuple(calendar_of(node, self.notes) for node in self.entries(CALENDARS))
        if "" in {one.id for one in found} or len({one.id for one in found}) < len(found):
            raise self.wrong("a calendar has a name of its own", [one.name for one in found])
        return found

    def whole(self) -> dict[str, Any]:
        """Return all that is not read: the header, sections that nobody knows, and the managers without their lists."""
        return {"header": _text(self.container.header), "sections": [self.section(one) for one in self.container.sections]}

    def section(self, section: Section) -> dict[str, Any]:
        head = {"name": section.name, "type": section.type, "version": section.version, "rest": _text(section.rest)}
        root = self.roots.get(section.root)
        if root is None:
            return {**head, "packed": section.packed, "data": _text(section.data)}
        if section.root in LISTS:
            inner, name = LISTS[section.root]
            without(root, (inner,), name)
        return {**head, "root": section.root, "xml": text_of(root)}


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
