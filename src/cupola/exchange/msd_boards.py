"""Boards of Movie Magic: days of strips, strips on no day, and banners, which are strips with a text."""

from __future__ import annotations

from dataclasses import dataclass, field

from cupola.errors import ScheduleError
from cupola.exchange.msd_xml import carried, text_of
from cupola.exchange.schedule_file import BONEYARD, Sheet, StripBoard, UnitBoard
from cupola.strangers import Node

STRIP, BANNER = "BDSStrip", "BannerStrip"
GROUPS = (("ScheduledStrips", "ScheduleDay", "RemainingScheduledStrips"),
          ("UnscheduledStrips", "UnscheduledDay", "RemainingUnscheduledStrips"))  # fmt: skip
"""The two parts of a board, the boneyard second: what a day is called in it, and what stands on none."""

NAMES = ("stripboard", BONEYARD)
MOST_DAYS = 1100


@dataclass(kw_only=True, slots=True)
class Boards:
    """Reads boards, and keeps the banners that stand on them and what a reader should know."""

    file: str
    scenes: frozenset[str]
    calendars: frozenset[str]
    notes: list[str]
    banners: list[Sheet] = field(default_factory=list)

    def board(self, node: Node) -> StripBoard:
        name, calendar = node.attributes.get("Name", ""), node.attributes.get("CalendarName", "")
        if calendar and calendar not in self.calendars:
            self.notes.append(f"Board “{name}” names a calendar that the file does not have: “{calendar}”.")
        lost = {"calendar": calendar} if calendar not in self.calendars else {}
        units = [unit for number in (0, 1) for unit in self.units(node, name, number)]
        return StripBoard(
            id=name,
            name=name,
            calendar="" if lost else calendar,
            units=tuple(units),
            extra=carried(node, ("Name", "CalendarName"), [group[0] for group in GROUPS], **lost),
        )

    def units(self, node: Node, board: str, number: int) -> list[UnitBoard]:
        """Return the days of a part of a board, which the first part always has, and what stands on none."""
        outer, day, rest = GROUPS[number]
        part = node.first(outer) or Node(name=outer)
        days = list(part.all(day))
        if len(days) > MOST_DAYS:
            rule = f"a board has at most {MOST_DAYS} days"
            raise ScheduleError(rule, value=len(days), remedy="is this the right file?", file=self.file)
        found: list[UnitBoard] = []
        strips: dict[str, dict[str, str]] = {}
        if days or number == 0:
            ids = tuple(self.strips(one, board, strips) for one in days)
            heads = [one.attributes for one in days] if any(one.attributes for one in days) else []
            extra = carried(part, (), (day, rest), heads=heads, strips=strips)
            found.append(UnitBoard(id=f"{board}/{day}", name=NAMES[number], days=ids, extra=extra))
        for count, one in enumerate(part.all(rest)):
            beside: dict[str, dict[str, str]] = {}
            loose = self.strips(one, board, beside)
            if loose or one.attributes:
                extra = carried(Node(name=rest, attributes=one.attributes), (), strips=beside)
                id = f"{board}/{rest}" + (f" {count + 1}" if count else "")
                found.append(UnitBoard(id=id, name=NAMES[1] if number else "remaining", loose=loose, extra=extra))
        return found

    def strips(self, group: Node, board: str, beside: dict[str, dict[str, str]]) -> tuple[str, ...]:
        """Return the ids of the sheets of a group; what its strips say beside that goes into `beside`."""
        found = []
        for node in group.nodes:
            id = node.attributes.get("BDSID", "")
            if node.name != STRIP:
                id = self.banner(node)
            elif id not in self.scenes:
                self.notes.append(f"Board “{board}” has a strip of a sheet that the file does not have; it is left out.")
                continue
            elif len(node.attributes) > 1:
                beside[id] = {key: text for key, text in node.attributes.items() if key != "BDSID"}
            found.append(id)
        return tuple(found)

    def banner(self, node: Node) -> str:
        """Return the id of a new sheet for a banner; a strip of a kind that nobody knows is a banner with its name."""
        id = f"banner {len(self.banners) + 1}"
        while id in self.scenes:
            id += "'"
        if node.name == BANNER:
            text, extra = node.attributes.get("Text", ""), carried(node, ("Text",))
        else:
            text, extra = node.name, carried(Node(name=BANNER), (), strip=text_of(node))
        self.banners.append(Sheet(id=id, kind="banner", text=text, extra=extra))
        return id
