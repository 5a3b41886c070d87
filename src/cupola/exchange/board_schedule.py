"""A production and one of its boards → a schedule that other programs read: sheets, what they need, days, and their dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cupola.exchange.schedule_file import (
    BONEYARD,
    MAIN,
    Calendar,
    Category,
    Event,
    Item,
    Schedule,
    Sheet,
    StripBoard,
    UnitBoard,
)
from cupola.model import Board, Day, Production, Scene, Strip
from cupola.script.categories import CATEGORY_TABLE, ucid_of

_OWN_UCID = 500


def schedule_of(production: Production, board: Board) -> Schedule:
    """Return a board as a schedule.

    A scene is a sheet; one that is shot on several days is a sheet a day, `12PT1` and `12PT2`, with its eighths dealt out. The
    days of all units go by one calendar, whose work days are the dates on which some unit shoots.
    """
    return _Sheets(production=production, board=board).schedule()


def calendar_on(dates: Iterable[date], *, id: str, name: str) -> Calendar:
    """Return a calendar whose work days are these dates: weekdays without any are off, other dates between one by one."""
    worked = sorted(set(dates))
    span = [worked[0] + timedelta(days=n) for n in range((worked[-1] - worked[0]).days + 1)]
    weekdays = {day.weekday() for day in worked}
    off = tuple(n for n in range(7) if n not in weekdays and any(day.weekday() == n for day in span))
    single = [day for day in span if day not in set(worked) and day.weekday() not in off]
    events = (Event(date=worked[0], kind="start"), *(Event(date=day, kind="day off") for day in single))
    return Calendar(id=id, name=name, start=worked[0], days_off=off, events=events)


@dataclass(kw_only=True, slots=True)
class _Sheets:
    production: Production
    board: Board
    items: dict[str, Item] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    banners: list[Sheet] = field(default_factory=list)

    def schedule(self) -> Schedule:
        parts = self.parts()
        sheets = [sheet for scene in self.production.script.scenes for sheet in self.sheets(scene, parts.get(scene.number, []))]
        dates = sorted({day.date for day in self.board.days})
        calendars = (calendar_on(dates, id="calendar", name=self.board.title or "Shooting"),) if dates else ()
        placed = {(scene, day.date, day.unit): sheet for sheet, scene, day in self.of(parts)}
        units = [self.unit(unit, number, dates, placed) for number, unit in enumerate(self.units)]
        loose = tuple(scene.number for scene in self.production.script.scenes if scene.number not in parts)
        bone = UnitBoard(id=f"{BONEYARD} of the board", name=BONEYARD, loose=loose)
        strips = StripBoard(
            id="board", name=self.board.title or "Board", calendar=calendars[0].id if calendars else "", units=(*units, bone)
        )
        return Schedule(
            file="",
            id="cupola",
            name=self.board.title,
            project=self.production.title,
            header=(),
            sheets=(*sheets, *self.banners),
            categories=tuple(self.categories.values()),
            items=tuple(self.items.values()),
            boards=(strips,),
            calendars=calendars,
        )

    @property
    def units(self) -> list[str]:
        """The units that shoot, in the production's order."""
        return [unit.id for unit in self.production.units if any(day.unit == unit.id for day in self.board.days)]

    def parts(self) -> dict[str, list[Day]]:
        """Return the days on which each scene is shot, in order."""
        found: dict[str, list[Day]] = {}
        for day in sorted(self.board.days, key=lambda day: (day.date, day.unit)):
            for number in dict.fromkeys(strip.scene for strip in day.strips):
                found.setdefault(number, []).append(day)
        return found

    @staticmethod
    def of(parts: dict[str, list[Day]]) -> Iterator[tuple[str, str, Day]]:
        """Yield the id of the sheet for each scene on each of its days."""
        for number, days in parts.items():
            for count, day in enumerate(days, 1):
                yield f"{number}PT{count}" if len(days) > 1 else number, number, day

    def sheets(self, scene: Scene, days: Sequence[Day]) -> Iterator[Sheet]:
        """Yield the sheets of a scene: one, or one for each day."""
        own = tuple(self.needs(scene))
        shares = self.shares(scene, max(1, len(days)))
        for count, day in enumerate(days or [None], 1):
            strips = [strip for strip in day.strips if strip.scene == scene.number] if day else []
            name = f"{scene.number}PT{count}" if len(days) > 1 else scene.number
            yield Sheet(
                id=name,
                kind="scene",
                number=name,
                synopsis=scene.synopsis,
                eighths=shares[count - 1],
                minutes=_minutes(strips),
                script_page=str(scene.page),
                items=own,
            )

    def shares(self, scene: Scene, count: int) -> list[int]:
        """Deal the eighths of a scene out to its days, as the production says where it says so, else as even as it goes."""
        said = next((split.eighths for split in self.production.splits if split.scene == scene.number), ())
        if len(said) == count:
            return list(said)
        whole, rest = divmod(scene.eighths, count)
        return [whole + (number < rest) for number in range(count)]

    def needs(self, scene: Scene) -> Iterator[str]:
        for word, name in (
            ("int/ext", scene.int_ext),
            ("set", scene.place_words),
            ("day/night", scene.time_of_day),
            ("location", self.location(scene)),
            ("script day", scene.script_day),
        ):
            if name:
                yield self.item(word, name)
        for name in scene.cast:
            yield self.item("cast", name)
        for element in scene.elements:
            yield self.item(element.category, element.name)

    def location(self, scene: Scene) -> str:
        place = dict(self.production.place_of).get(scene.number, "")
        return next((one.name for one in self.production.places if one.id == place), "")

    def item(self, word: str, name: str) -> str:
        """Return the id of a thing that sheets need; roles with their number, their drop and their leave."""
        id = f"{word}/{name}"
        if id not in self.items:
            known = CATEGORY_TABLE.get(word)
            own = Category(id=word, word=word, name=known.name if known else word, ucid=_ucid(word, len(self.categories)))
            self.categories.setdefault(word, own)
            member = next((one for one in self.production.cast if one.id == name), None) if word == "cast" else None
            drop = member.drop_days if member else None
            self.items[id] = Item(
                id=id,
                category=word,
                word=word,
                name=name,
                board_id=str(member.board_id) if member else "",
                may_drop=drop is not None,
                drop_days=drop or 0,
            )
        return id

    def unit(self, unit: str, number: int, dates: Sequence[date], placed: dict[tuple[str, date, str], str]) -> UnitBoard:
        """Return the days of a unit, one for each date on which some unit shoots."""
        own = {day.date: day for day in self.board.days if day.unit == unit}
        days = tuple(tuple(self.strips(own[at], placed)) if at in own else () for at in dates)
        return UnitBoard(id=f"unit {unit}", name=unit if number else MAIN[0], days=days)

    def strips(self, day: Day, placed: dict[tuple[str, date, str], str]) -> Iterator[str]:
        """Yield the sheets of a day, each once, and its banners between them."""
        marks = [(strip.start_utc, 1, placed[strip.scene, day.date, day.unit]) for strip in day.strips]
        for banner in day.banners:
            id = f"banner {len(self.banners) + 1}"
            minutes = (banner.end_utc - banner.start_utc).total_seconds() / 60
            self.banners.append(Sheet(id=id, kind="banner", text=banner.text, minutes=minutes))
            marks.append((banner.start_utc, 0, id))
        yield from dict.fromkeys(id for _, _, id in sorted(marks))


def _minutes(strips: Sequence[Strip]) -> float:
    return round(sum((strip.end_utc - strip.start_utc).total_seconds() for strip in strips) / 60, 1)


def _ucid(word: str, count: int) -> int:
    known = ucid_of(word)
    return _OWN_UCID + count if known is None else known
