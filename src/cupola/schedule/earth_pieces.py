"""What moves as one on the board of an Earth unit: a strip, or the strips of scenes that are shot together."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from cupola.model import Production, Unit
from cupola.model.work import Work
from cupola.schedule.earth_windows import Span, both, minutes_up
from cupola.schedule.kernel_problem import FAR


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Work that moves as one: `work` stands for all `parts`, which start `offsets` seconds after it, one after the other.

    The piece rolls from the first part's roll to the last part's cut. `sets` are its sets in order.
    """

    work: Work
    parts: tuple[Work, ...]
    offsets: tuple[int, ...]
    sets: tuple[tuple[str, str], ...]

    def rolls(self, spans: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
        """Return the spans of the whole piece's roll, given those of each part's roll on a date."""
        if len(self.parts) == 1:
            return tuple(spans[0])
        starts: tuple[Span, ...] = ((0, FAR),)
        for part, offset, own in zip(self.parts, self.offsets, spans, strict=True):
            shift = offset + part.prep_s - self.work.prep_s
            roll = minutes_up(part.roll_s)
            starts = both(starts, [(a - shift, b - roll - shift + 1) for a, b in own])
        return tuple((a, min(FAR, b - 1 + self.work.roll_s)) for a, b in starts)


def pieces_of(production: Production, unit: Unit, works: Sequence[Work]) -> tuple[Piece, ...]:
    """Return the pieces of a unit's work in script order; scenes shot together are one, where the first of them stands."""
    groups = {scene: tuple(wish.scenes) for wish in production.together for scene in wish.scenes}
    by_scene: dict[str, list[Work]] = {}
    for work in works:
        by_scene.setdefault(work.scene, []).append(_in_minutes(work))
    found: list[Piece] = []
    done: set[str] = set()
    for work in works:
        scenes = [scene for scene in groups.get(work.scene, ()) if scene in by_scene]
        if len(scenes) < 2:
            found.append(single(_in_minutes(work)))
        elif work.scene not in done:
            done |= set(scenes)
            found.append(merged(unit, [each for scene in scenes for each in by_scene[scene]]))
    return tuple(found)


def _in_minutes(work: Work) -> Work:
    return dataclasses.replace(work, prep_s=minutes_up(work.prep_s), roll_s=minutes_up(work.roll_s))


def single(work: Work) -> Piece:
    """Return a piece of one strip."""
    return Piece(work=work, parts=(work,), offsets=(0,), sets=((work.place, work.set),))


def merged(unit: Unit, parts: Sequence[Work]) -> Piece:
    """Return the piece of several strips, one after the other with a relight between two sets, a move between two places."""
    offsets, at = [0], parts[0].prep_s + parts[0].roll_s + parts[0].reset_s
    for before, part in itertools.pairwise(parts):
        gap = unit.move_min if before.place != part.place else unit.relight_min if before.set != part.set else 0
        offsets.append(at + gap * 60)
        at += gap * 60 + part.prep_s + part.roll_s + part.reset_s
    first = parts[0]
    whole = dataclasses.replace(
        first,
        id="+".join(part.id for part in parts),
        cast=tuple(dict.fromkeys(name for part in parts for name in part.cast)),
        roll_s=at - first.prep_s,
        light=next((part.light for part in parts if not part.light.is_any), first.light),
    )
    sets = tuple(dict.fromkeys((part.place, part.set) for part in parts))
    return Piece(work=whole, parts=tuple(parts), offsets=tuple(offsets), sets=sets)
