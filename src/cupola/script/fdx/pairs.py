"""Which paragraph of a screenplay is which paragraph of the file it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cupola.script.elements import Heading
from cupola.script.fdx.units import Dual, Item, units_of
from cupola.script.fdx.write import text_for
from cupola.strangers import Node

_WINDOW = 12
_ALIKE = 0.3


def paired(old: Sequence[Item], new: Sequence[Item]) -> Iterable[tuple[Item | None, Item | None]]:
    """Pair what is probably the same item with other words; all else goes, or is new."""
    rest = list(old)
    even = [one.kind for one in old] == [one.kind for one in new]
    for item in new:
        at = 0 if even else _best(rest, item)
        if at < 0:
            yield None, item
            continue
        for gone in rest[:at]:
            yield gone, None
        yield rest[at], item
        del rest[: at + 1]
    for gone in rest:
        yield gone, None


def _best(rest: Sequence[Item], item: Item) -> int:
    """The place of the item that is most alike; -1 where none is."""
    found, best = -1, _ALIKE
    for at, one in enumerate(rest[:_WINDOW]):
        likeness = _likeness(one, item) if one.kind == item.kind else 0.0
        if likeness > best:
            found, best = at, likeness
    return found


def _likeness(one: Item, other: Item) -> float:
    if isinstance(one, Dual) or isinstance(other, Dual) or not one.main or not other.main:
        return 0.5
    mine, yours = one.main.paragraph, other.main.paragraph
    if isinstance(mine, Heading) and isinstance(yours, Heading) and mine.number and mine.number == yours.number:
        return 1.0
    ours = set(text_for(mine).casefold().split()), set(text_for(yours).casefold().split())
    return len(ours[0] & ours[1]) / max(len(ours[0]), len(ours[1])) if ours[0] or ours[1] else 1.0


def wrapper(dual: Dual) -> Node | None:
    """The element in which speeches stand side by side, where all of them and nothing else stand in it."""
    outers = {id(unit.main.outer): unit.main.outer for unit in dual.units if unit.main}
    outer = next(iter(outers.values())) if len(outers) == 1 else None
    group = outer.first("DualDialogue") if outer else None
    if outer is None or group is None or sum(one.name == "DualDialogue" for one in outer.nodes) != 1:
        return None
    return group if [id(one) for one in group.all("Paragraph")] == [id(u.main.node) for u in dual.units if u.main] else None


def tail(item: Item, following: Item | None, *, is_top: bool) -> Node | None:
    """The element behind which what follows an item is written."""
    last = list(units_of([item]))[-1].main
    after = next(iter(units_of([following]))).main if following else None
    if not last or not is_top or (after and after.outer is last.outer):
        return last.node if last else None
    return last.outer
