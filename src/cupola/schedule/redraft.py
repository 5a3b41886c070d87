"""A board after a new draft of the script: every strip is still there, on its day, in the boneyard, or marked as cut."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from cupola.model import Board, Day, Omitted, Production, Strip
from cupola.model.work import Work, works_of
from cupola.money import cost


def redrafted(board: Board, production: Production, renamed: Mapping[str, str], *, forget: Collection[str] = ()) -> Board:
    """Return a board of the old draft as a board of the new one, whose production is given.

    `renamed` has the new number of each scene that has another. Strips stay on their days, with the cast and place that
    their scenes have now; those of cut scenes go to `omitted`, those of new scenes to the boneyard, and those of scenes that
    are back from `omitted` to where they stood. Cut scenes in `forget` are taken off for good. Nothing is moved or planned:
    the cost is counted anew, and no bound is known until the board is planned again.
    """
    works = {work.id: work for work in works_of(production)}
    sorting = _Sorting(works, renamed)
    days = [sorting.day(day) for day in board.days]
    for entry in board.omitted:
        sorting.back(days, entry)
    days = [day for day in days if day.strips]
    kept = _counted(tuple(days))
    on_board = {strip.id for day in kept for strip in day.strips}
    cut = tuple(entry for entry in sorting.omitted if entry.strip.scene not in forget)
    return replace(
        board,
        days=kept,
        boneyard=tuple(name for name in works if name not in on_board),
        omitted=cut,
        cost=cost(production, kept),
        bounds=(),
        provenance=replace(board.provenance, production_digest=production.digest, stopped="redrafted"),
    )


@dataclass(kw_only=False, slots=True)
class _Sorting:
    """Says of each strip whether it has a place on its day still."""

    works: Mapping[str, Work]
    renamed: Mapping[str, str]
    omitted: list[Omitted] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def day(self, day: Day) -> Day:
        strips = []
        for strip in day.strips:
            now = self.now(strip, day.unit)
            if now is None:
                self.omitted.append(Omitted(strip=self.named(strip), unit=day.unit, date=day.date))
            else:
                strips.append(now)
        return replace(day, strips=tuple(strips))

    def back(self, days: list[Day], entry: Omitted) -> None:
        """Put a strip whose scene is back on the day it stood on, where that day is still there."""
        now = self.now(entry.strip, entry.unit)
        at = next((at for at, day in enumerate(days) if (day.unit, day.date) == (entry.unit, entry.date)), -1)
        if now is None:
            self.omitted.append(replace(entry, strip=self.named(entry.strip)))
        elif at >= 0:
            strips = sorted((*days[at].strips, now), key=lambda strip: strip.start_utc)
            days[at] = replace(days[at], strips=tuple(strips))

    def named(self, strip: Strip) -> Strip:
        """Return a strip under the number its scene has now."""
        number = self.renamed.get(strip.scene, strip.scene)
        rename = f"{number}{strip.id.removeprefix(strip.scene)}"
        return replace(strip, id=rename, scene=number, shot=f"{number}{strip.shot.removeprefix(strip.scene)}")

    def now(self, strip: Strip, unit: str) -> Strip | None:
        """Return a strip with what its scene says now, None where the scene was cut, changed its unit, or needs it no more.

        A shot that is made in more or fewer parts than before keeps its strips, one for each part there is.
        """
        named = self.named(strip)
        work = self.works.get(named.id)
        if work is None or work.id in self.seen:
            parts = (one for one in self.works.values() if one.shot == named.shot and one.id not in self.seen)
            work = next(parts, None)
        if work is None or work.unit != unit:
            return None
        self.seen.add(work.id)
        window = None if work.light.is_any else named.window
        return replace(
            named,
            id=work.id,
            shot=work.shot,
            take=work.take,
            takes=work.takes,
            place=work.place,
            cast=work.cast,
            window=window,
        )


def _counted(days: tuple[Day, ...]) -> tuple[Day, ...]:
    """Count the days of each unit anew, in the order of their dates."""
    counted: dict[str, int] = {}
    found = []
    for day in days:
        counted[day.unit] = counted.get(day.unit, 0) + 1
        found.append(replace(day, number=counted[day.unit]))
    return tuple(found)
