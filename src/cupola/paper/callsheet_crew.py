"""The crew day of each person aboard as rows of a timeline: working blocks, strips, rigs, and time outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cupola.model import CrewMember, Day, Production, Strip, Unit
from cupola.model.outside import BACK, OUT, RESTOW, SUITS, Outing, outings
from cupola.model.work import crew_of_shot, local
from cupola.paper.orbit_day import Span
from cupola.paper.wording import shot_of

RIG = "Rig "


@dataclass(frozen=True, kw_only=True, slots=True)
class CrewRow:
    """One person's crew day, in UTC: hours of work, the strips that need them (id, start, end), rigs, and time outside.

    `suits` is before and after the hatch is open, `outside` while it is.
    """

    name: str
    blocks: tuple[Span, ...]
    strips: tuple[tuple[str, datetime, datetime], ...]
    rigs: tuple[Span, ...]
    suits: tuple[Span, ...]
    outside: tuple[Span, ...]

    @property
    def busy_min(self) -> int:
        """Minutes in strips, rigs and spacewalks together."""
        spans = [*((a, b) for _, a, b in self.strips), *self.rigs, *self.suits, *self.outside]
        return round(sum((b - a).total_seconds() for a, b in spans) / 60)


def crew_rows(production: Production, unit: Unit, day: Day) -> tuple[CrewRow, ...]:
    """Return a row for everybody aboard, in the order of the production; none for a unit on Earth."""
    if unit.station is None:
        return ()
    needed = {strip.id: needed_aboard(production, unit, strip) for strip in day.strips}
    walks = outings(day.banners)
    return tuple(_row(member, unit, day, needed, walks) for member in unit.station.crew)


def needed_aboard(production: Production, unit: Unit, strip: Strip) -> tuple[str, ...]:
    """Return who of the crew a strip needs: those who run the camera, and those in frame."""
    in_frame = [member.aboard for member in production.cast if member.id in strip.cast and member.aboard]
    shot = shot_of(production.script.scene(strip.scene), strip)
    if shot is None or unit.station is None:
        return tuple(in_frame)
    return crew_of_shot(shot, production.place(strip.place), unit, in_frame)


def _row(member: CrewMember, unit: Unit, day: Day, needed: dict[str, tuple[str, ...]], walks: Sequence[Outing]) -> CrewRow:
    own = [walk for walk in walks if member.id in walk.pair]
    rigs = [banner for banner in day.banners if banner.text.startswith(RIG) or banner.text == RESTOW]
    zone = ZoneInfo("UTC")
    return CrewRow(
        name=member.name,
        blocks=tuple(
            (local(unit, day.date, a).astimezone(zone), local(unit, day.date, b).astimezone(zone)) for a, b in member.blocks
        ),
        strips=tuple((strip.id, strip.start_utc, strip.end_utc) for strip in day.strips if member.id in needed[strip.id]),
        rigs=tuple((banner.start_utc, banner.end_utc) for banner in rigs) if member.operates else (),
        suits=tuple(
            span for walk in own for span in ((walk.suits_utc, walk.out_utc), (walk.in_utc, walk.back_utc)) if span[0] < span[1]
        ),
        outside=tuple((walk.out_utc, walk.in_utc) for walk in own),
    )


def is_of_a_walk(text: str) -> bool:
    """Whether a banner belongs to a spacewalk."""
    return text in (SUITS, BACK) or text.startswith(f"{OUT} ")
