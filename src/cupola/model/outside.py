"""A spacewalk on a board: three banners, one after the other, say who is outside and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cupola.model.board import Banner
from cupola.model.condition import Condition
from cupola.model.conditions import condition_named
from cupola.model.light import Clause, Light

SUITS = "Prebreathe and suits"
OUT = "Spacewalk"
BACK = "Back inside"
RESTOW = "Restow"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outing:
    """One spacewalk of a crew day: suits from `suits_utc`, outside from `out_utc` to `in_utc`, free again at `back_utc`.

    `pair` are ids of the crew; neither of them can do anything else from `suits_utc` to `back_utc`.
    """

    number: int
    pair: tuple[str, ...]
    suits_utc: datetime
    out_utc: datetime
    in_utc: datetime
    back_utc: datetime


def outing_banners(outing: Outing) -> tuple[Banner, Banner, Banner]:
    """Return the three banners of a spacewalk."""
    return (
        Banner(text=SUITS, start_utc=outing.suits_utc, end_utc=outing.out_utc),
        Banner(text=f"{OUT} {outing.number}: {', '.join(outing.pair)}", start_utc=outing.out_utc, end_utc=outing.in_utc),
        Banner(text=BACK, start_utc=outing.in_utc, end_utc=outing.back_utc),
    )


def outings(banners: Sequence[Banner]) -> tuple[Outing, ...]:
    """Return the spacewalks that the banners of a day tell of, in order of time.

    What stands before and after is the nearest banner of its kind that touches; where there is none, that time is empty.
    """
    return tuple(
        _outing(banner, banners)
        for banner in sorted(banners, key=lambda one: one.start_utc)
        if banner.text.startswith(f"{OUT} ")
    )


def _outing(walk: Banner, banners: Sequence[Banner]) -> Outing:
    number, _, pair = walk.text.removeprefix(f"{OUT} ").partition(":")
    before = [one.start_utc for one in banners if one.text == SUITS and one.end_utc == walk.start_utc]
    after = [one.end_utc for one in banners if one.text == BACK and one.start_utc == walk.end_utc]
    return Outing(
        number=int(number) if number.strip().isdecimal() else 0,
        pair=tuple(name for each in pair.split(",") if (name := each.strip())),
        suits_utc=min(before, default=walk.start_utc),
        out_utc=walk.start_utc,
        in_utc=walk.end_utc,
        back_utc=max(after, default=walk.end_utc),
    )


def is_through_a_pane(light: Light) -> bool:
    """Whether a light names a pane: then the operators inside run the camera, wherever the cast is."""
    return any(_names_a_pane(clause, condition_named(clause.condition)) for clause in light.leaves)


def _names_a_pane(clause: Clause, known: Condition | None) -> bool:
    return known is not None and any(kind == "pane" for kind, _ in zip(known.kinds, clause.arguments, strict=False))
