"""A new draft against the old one: which scene is which, what changed, and the new draft with the numbers of the board.

Numbers are locked from the first draft on: a scene keeps its number, a new one takes the number before it and a letter (12A), a
cut one stays in the script as OMITTED, with its number, until a person takes it out.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from cupola.script.categories import CAST_WORDS
from cupola.script.elements import Heading, NoteText, Paragraph, Screenplay, Tag
from cupola.script.emphasis import plain
from cupola.script.headings import is_heading
from cupola.script.likeness import Card, Match, matched
from cupola.script.notes import CATEGORIES, REVISION, key_of

COLOURS = ("White", "Blue", "Pink", "Yellow", "Green", "Goldenrod", "Buff", "Salmon", "Cherry", "Tan")
"""The papers of revisions in their order; after Tan they start again as Double White, Double Blue …"""
OMITTED = "OMITTED"
_TIMES = ("", "Double ", "Triple ", "Quadruple ")
_NUMBER = re.compile(r"([^\W\d_]*)(\d+)([^\W\d_]*)")
_UNTOUCHED = frozenset({"same", "omitted", "still omitted", "restored"})


def colour_after(colour: str) -> str:
    """Return the paper of the next revision.

    >>> colour_after("White"), colour_after("Tan"), colour_after("Double Tan")
    ('Blue', 'Double White', 'Triple White')
    """
    wanted = colour.casefold().split()
    order = [f"{times}{name}" for times in _TIMES for name in COLOURS]
    known = [name.casefold().split() for name in order]
    return order[(known.index(wanted) + 1) % len(order)] if wanted in known else COLOURS[1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What became of one scene: its number then and now (empty where it was not there), and what its text lost and won.

    `by` is what it was known by: number, heading or content. `kind` is same, changed, new, omitted, restored, still
    omitted, or taken out; `moved` where the scenes around it are others. `diff` has lines that start with -, + or two
    spaces.
    """

    old: str
    new: str
    kind: str
    by: str = ""
    moved: bool = False
    heading: str = ""
    heading_before: str = ""
    diff: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The number it has now."""
        return self.new or self.old

    @property
    def is_renumbered(self) -> bool:
        return bool(self.old and self.new and self.old != self.new)


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """A new draft, numbered as the board has it, and what became of every scene of both drafts, in the order of the new one."""

    screenplay: Screenplay
    colour: str
    changes: tuple[Change, ...]
    is_renumbered: bool

    def now(self, number: str) -> str:
        """Return the number that a scene of the old draft has in the new one."""
        return next((change.number for change in self.changes if change.old == number), number)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """A heading with what stands under it, and the number it goes by."""

    heading: Heading
    number: str
    body: tuple[Paragraph, ...]
    tags: tuple[Tag, ...] = ()

    @property
    def is_omitted(self) -> bool:
        return self.heading.omitted or plain(self.heading.text).strip(" .").upper() == OMITTED

    @property
    def lines(self) -> list[str]:
        """What an audience would see or hear of it, line by line; notes are no text of the scene."""
        said = (getattr(one, "name", "") or getattr(one, "text", "") for one in self.body if not isinstance(one, NoteText))
        return [plain(self.heading.text), *(line for text in said for line in plain(text).split("\n") if line)]

    @property
    def card(self) -> Card:
        return Card.of(self.number, plain(self.heading.text), self.lines[1:])


def revised(old: Screenplay, numbers: Sequence[str], new: Screenplay, *, colour: str) -> Revision:
    """Compare a new draft with the old one, whose scenes go by `numbers` (one for each heading, as the board has them).

    Nothing is lost: each scene of either draft is in one change, breakdown notes and tags of a scene go with it, and what was
    cut stays as a heading OMITTED.
    """
    head, before = _blocks(old, numbers)
    new_head, after = _blocks(new, [heading.number for heading in new.headings])
    pairs = {match.new: match for match in matched([one.card for one in before], [one.card for one in after])}
    numbered = _numbered(before, after, pairs)
    moved = _moved(pairs)
    changes: dict[int, Change] = {}
    blocks: list[_Block] = []
    for at, (block, number) in enumerate(zip(after, numbered, strict=True)):
        match = pairs.get(at)
        was = before[match.old] if match else None
        change = changes[at] = _change(block, number, was, match, at in moved)
        blocks.append(_carried(block, number, was, "" if change.kind in _UNTOUCHED else colour))
    kept = _kept(before, pairs, numbered)
    whole, told = _with_omitted(blocks, changes, before, pairs, kept)
    screenplay = _joined(new, new_head or (head if not after else ()), whole)
    is_renumbered = any(change.is_renumbered for change in told)
    return Revision(screenplay=screenplay, colour=colour, changes=told, is_renumbered=is_renumbered)


def _blocks(screenplay: Screenplay, numbers: Sequence[str]) -> tuple[tuple[Paragraph, ...], list[_Block]]:
    head: list[Paragraph] = []
    found: list[tuple[Heading, list[Paragraph]]] = []
    for paragraph in screenplay.paragraphs:
        if isinstance(paragraph, Heading):
            found.append((paragraph, []))
        else:
            (found[-1][1] if found else head).append(paragraph)
    tags: dict[int, list[Tag]] = {}
    for tag in screenplay.tags:
        tags.setdefault(tag.scene, []).append(tag)
    blocks = [
        _Block(heading=heading, number=number, body=tuple(body), tags=tuple(tags.get(at, ())))
        for at, ((heading, body), number) in enumerate(zip(found, numbers, strict=True), 1)
    ]
    return tuple(head), blocks


def _numbered(before: Sequence[_Block], after: Sequence[_Block], pairs: Mapping[int, Match]) -> list[str]:
    """Give every scene of the new draft its number: the one it writes, else that of the scene it was, else one between."""
    numbers = [block.number for block in after]
    taken = {number for number in numbers if number}
    for at, match in pairs.items():
        if not numbers[at] and before[match.old].number not in taken:
            numbers[at] = before[match.old].number
            taken.add(numbers[at])
    taken |= {block.number for block in before}
    last = ""
    for at, number in enumerate(numbers):
        numbers[at] = number or _between(last, taken)
        taken.add(numbers[at])
        last = numbers[at]
    return numbers


def _between(last: str, taken: set[str]) -> str:
    """Return a number for a scene behind another: 12A behind 12, 12B behind 12A, A1 before the first.

    >>> _between("12", {"12", "12A"}), _between("", {"1"})
    ('12B', 'A1')
    """
    found = _NUMBER.fullmatch(last)
    base = f"{found[1]}{found[2]}" if found else last
    names = (f"{base}{letters}" if base else f"{letters}1" for letters in _letters())
    return next(name for name in names if name not in taken)


def _letters() -> Iterator[str]:
    """Yield A to Z without I and O, which read as 1 and 0; then AA, AB and so on."""
    plain_letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    yield from plain_letters
    for times in count(1):
        yield from (plain_letters[(times - 1) % 24] * (1 + (times - 1) // 24) + letter for letter in plain_letters)


def _moved(pairs: Mapping[int, Match]) -> set[int]:
    """Return which scenes of the new draft stand elsewhere among those of both: all but the longest run that kept its order."""
    order = sorted(pairs)
    ends: list[int] = []
    places: list[int] = []
    for at in order:
        place = bisect_left(ends, pairs[at].old)
        ends[place : place + 1] = [pairs[at].old]
        places.append(place)
    moved, wanted = set(order), len(ends) - 1
    for at, place in zip(reversed(order), reversed(places), strict=True):
        if place == wanted:
            moved.discard(at)
            wanted -= 1
    return moved


def _carried(block: _Block, number: str, was: _Block | None, colour: str) -> _Block:
    """Return a scene of the new draft with its number, and with the breakdown notes and tags that it had and has no more.

    One that is new or changed is noted with the colour of its paper, where the file itself has no marks of revision.
    """
    heading = replace(block.heading, number=number)
    if block.is_omitted:
        return replace(block, heading=heading, number=number)
    line = heading.line
    is_marked = any(one.revision for one in (block.heading, *block.body))
    paper = [NoteText(text=f"{REVISION}: {colour}", line=line, end_line=line)] if colour and not is_marked else []
    if paper:
        block = replace(block, body=tuple(one for one in block.body if not _is_paper(one)))
    if was is None:
        return replace(block, heading=heading, number=number, body=(*paper, *block.body))
    said = {_subject(one) for one in block.body if isinstance(one, NoteText)}
    notes = [
        replace(one, line=line, end_line=line)
        for one in was.body
        if isinstance(one, NoteText) and key_of(one) and _subject(one) not in said and not (paper and _is_paper(one))
    ]
    tagged = {(tag.category, tag.name.casefold()) for tag in block.tags}
    tags = [tag for tag in was.tags if (tag.category, tag.name.casefold()) not in tagged]
    body = (*paper, *notes, *block.body)
    return replace(block, heading=heading, number=number, body=body, tags=(*block.tags, *tags))


def _is_paper(paragraph: Paragraph) -> bool:
    return isinstance(paragraph, NoteText) and key_of(paragraph) == REVISION


def _subject(note: NoteText) -> str:
    """Return what a note speaks of: a scene has one light, one of each figure and shot, but any number of props."""
    key = key_of(note)
    text = " ".join(note.text.casefold().split())
    if key == "shot":
        return text.partition(";")[0]
    return text if key in CATEGORIES or key in CAST_WORDS else key or text


def _change(block: _Block, number: str, was: _Block | None, match: Match | None, moved: bool) -> Change:
    heading = plain(block.heading.text)
    if was is None or match is None:
        kind = "still omitted" if block.is_omitted else "new"
        return Change(old="", new=number, kind=kind, heading=heading, diff=tuple(f"+ {line}" for line in block.lines))
    diff = tuple(line for line in difflib.ndiff(was.lines, block.lines) if line[0] != "?")
    kind = "same" if was.lines == block.lines else "changed"
    if was.is_omitted or block.is_omitted:
        kind = {(True, True): "still omitted", (True, False): "restored"}.get((was.is_omitted, block.is_omitted), "omitted")
    before = plain(was.heading.text)
    return Change(
        old=was.number,
        new=number,
        kind=kind,
        by=match.by,
        moved=moved,
        heading=heading,
        heading_before=before if before != heading else "",
        diff=() if kind in {"same", "still omitted"} else diff,
    )


def _kept(before: Sequence[_Block], pairs: Mapping[int, Match], numbers: Sequence[str]) -> dict[int, _Block]:
    """Return the scenes that were cut, as headings OMITTED under their own numbers, by their place in the old draft.

    An old heading OMITTED without a number stands for nothing, and goes.
    """
    found = {match.old for match in pairs.values()}
    taken = set(numbers)
    kept: dict[int, _Block] = {}
    for at, block in enumerate(before):
        if at in found or not block.number:
            continue
        number = block.number if block.number not in taken else _between(f"{block.number}-", taken)
        taken.add(number)
        heading = Heading(text=OMITTED, number=number, forced=not is_heading(OMITTED), omitted=True, line=0, end_line=0)
        kept[at] = _Block(heading=heading, number=number, body=())
    return kept


def _with_omitted(
    blocks: Sequence[_Block],
    changes: Mapping[int, Change],
    before: Sequence[_Block],
    pairs: Mapping[int, Match],
    kept: Mapping[int, _Block],
) -> tuple[list[_Block], tuple[Change, ...]]:
    """Put each scene that was cut behind the scene it stood behind, and tell all changes in that order."""
    now_at = {match.old: at for at, match in pairs.items()}
    behind: dict[int, list[int]] = {}
    place = -1
    for old in range(len(before)):
        if old in kept:
            behind.setdefault(place, []).append(old)
        else:
            place = now_at.get(old, place)
    whole: list[_Block] = []
    told: list[Change] = []
    for at in range(-1, len(blocks)):
        if at >= 0:
            whole.append(blocks[at])
            told.append(changes[at])
        for old in behind.get(at, ()):
            was = before[old]
            kind = "still omitted" if was.is_omitted else "omitted"
            diff = () if was.is_omitted else tuple(f"- {line}" for line in was.lines)
            whole.append(kept[old])
            told.append(Change(old=was.number, new=kept[old].number, kind=kind, heading=plain(was.heading.text), diff=diff))
    return whole, tuple(told)


def _joined(new: Screenplay, head: Sequence[Paragraph], blocks: Sequence[_Block]) -> Screenplay:
    paragraphs = (*head, *chain.from_iterable((block.heading, *block.body) for block in blocks))
    above = tuple(tag for tag in new.tags if tag.scene == 0)
    tags = tuple(
        replace(tag, scene=at, line=tag.line if tag in new.tags else block.heading.line)
        for at, block in enumerate(blocks, 1)
        for tag in block.tags
    )
    return replace(new, paragraphs=paragraphs, tags=(*above, *tags))
