"""The paragraphs of a screenplay in the groups in which an FDX file keeps them.

A unit is one paragraph with what Final Draft keeps inside it: the synopses of a heading, and notes. Two or more speeches side
by side are one `Dual`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from cupola.script.elements import (
    Boneyard,
    Cue,
    Dialogue,
    Heading,
    Lyric,
    NoteText,
    PageBreak,
    Paragraph,
    Parenthetical,
    Synopsis,
)
from cupola.strangers import Node

Key = tuple[Any, ...]

_ASIDES = (NoteText, Boneyard)
_SAID = (Dialogue, Parenthetical, Lyric)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A paragraph and the element it was read from; None for one that is new. `outer` is the child of `Content` around it."""

    paragraph: Paragraph
    node: Node | None = None
    outer: Node | None = None


@dataclass(kw_only=True, slots=True)
class Unit:
    """A paragraph, whether a page ends above it, and its synopses and notes; `main` is None for notes above the script."""

    main: Found | None
    breaks: bool = False
    asides: list[Found] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What must be equal for two units to be the same one, wherever they stand."""
        main = key_of(self.main.paragraph) if self.main else ()
        return (self.breaks, main, *(key_of(aside.paragraph) for aside in self.asides))

    @property
    def kind(self) -> Key:
        """What must be equal for one unit to become the other by a change of words."""
        one = self.main.paragraph if self.main else None
        return (type(one), getattr(one, "kind", ""), getattr(one, "level", 0), getattr(one, "omitted", False))


@dataclass(kw_only=True, slots=True)
class Dual:
    """Speeches that stand side by side."""

    units: list[Unit]

    @property
    def key(self) -> Key:
        return (Dual, *(unit.key for unit in self.units))

    @property
    def kind(self) -> Key:
        return (Dual,)


Item = Unit | Dual


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.compare and one.name not in ("line", "end_line", "column"))


def key_of(paragraph: Paragraph) -> Key:
    """Return all that a paragraph says, without the place it says it at."""
    kind: Any = type(paragraph)
    return (kind, *(getattr(paragraph, name) for name in _names(kind)))


def units_of(items: Iterable[Item]) -> Iterator[Unit]:
    """The units, those of speeches side by side one by one."""
    for item in items:
        yield from item.units if isinstance(item, Dual) else (item,)


def grouped(found: Iterable[Found]) -> list[Item]:
    """Put paragraphs in the groups in which an FDX file keeps them; a page that ends below the last one is left out."""
    grouping = _Grouping()
    for one in found:
        grouping.add(one)
    return grouping.items


class _Grouping:
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.last: Unit | None = None
        self.breaks = False
        self.open: Dual | None = None

    def add(self, one: Found) -> None:
        if isinstance(one.paragraph, PageBreak):
            self.breaks = True
        elif isinstance(one.paragraph, _ASIDES) or self.is_of_heading(one.paragraph):
            if not self.last:
                self.put(Unit(main=None))
            assert self.last is not None
            self.last.asides.append(one)
        else:
            unit = Unit(main=one, breaks=self.breaks)
            self.breaks = False
            self.put(unit)

    def is_of_heading(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a synopsis right below a heading."""
        if not isinstance(paragraph, Synopsis) or not self.last or not self.last.main:
            return False
        return isinstance(self.last.main.paragraph, Heading) and all(
            isinstance(aside.paragraph, Synopsis) for aside in self.last.asides
        )

    def put(self, unit: Unit) -> None:
        self.last = unit
        one = unit.main.paragraph if unit.main else None
        if isinstance(one, Cue) and one.dual:
            self.open = self.open or self.side_by_side()
        elif not isinstance(one, _SAID):
            self.open = None
        if self.open:
            self.open.units.append(unit)
        else:
            self.items.append(unit)

    def side_by_side(self) -> Dual:
        """Take the speech above off the list and open a group with it; a group of its own where there is no speech."""
        start = len(self.items)
        while start and isinstance(self.main_at(start - 1), _SAID):
            start -= 1
        if start and isinstance(self.main_at(start - 1), Cue):
            start -= 1
        else:
            start = len(self.items)
        dual = Dual(units=[unit for unit in self.items[start:] if isinstance(unit, Unit)])
        self.items[start:] = [dual]
        return dual

    def main_at(self, at: int) -> Paragraph | None:
        item = self.items[at]
        return item.main.paragraph if isinstance(item, Unit) and item.main else None
