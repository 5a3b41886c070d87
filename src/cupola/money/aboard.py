"""What a board costs aboard: hours of the crew before and behind the camera, rigging, and spacewalks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cupola.model import Banner, CrewMember, Day, Production, Rate, Strip, Unit
from cupola.model.budget import BudgetLine
from cupola.model.outside import OUT, RESTOW, is_through_a_pane
from cupola.money.lines import line

RIG = "Rig"
"""The first word of a banner whose time is rigging a module."""

HOUR_S = 3600


def aboard_lines(production: Production, unit: Unit, days: Sequence[Day]) -> list[BudgetLine]:
    """Return the hours of each of the crew in a unit in orbit, and its spacewalks; `days` are its own, in order."""
    assert unit.station is not None, f"unit {unit.id} has no station"
    roles = {role.id: role.aboard for role in production.cast}
    unmanned = without_operators(production)
    lines: list[BudgetLine] = []
    for member in unit.station.crew:
        worked = [
            (day, strip)
            for day in days
            for strip in day.strips
            if (member.operates and strip.shot not in unmanned) or any(roles.get(role) == member.id for role in strip.cast)
        ]
        rigs = [(day, banner) for day in days for banner in day.banners if member.operates and is_rig(banner)]
        lines += _hours("crew hours", member, "before and behind the camera", worked)
        lines += _hours("rig", member, "rigging modules", rigs)
    return lines + _spacewalks(unit, days)


def is_rig(banner: Banner) -> bool:
    """Whether a banner is time that the operators rig a module, or put it back."""
    return banner.text.startswith((RIG, RESTOW))


def without_operators(production: Production) -> frozenset[str]:
    """Return the shots beyond the hatch that need nobody behind the camera inside: no light of theirs names a pane."""
    outside = {place.id for place in production.places if place.outside}
    if not outside:
        return frozenset()
    where = dict(production.place_of)
    return frozenset(
        shot.id
        for scene in production.script.scenes
        if where.get(scene.number) in outside
        for shot in scene.shots
        if not is_through_a_pane(shot.light)
    )


def _hours(
    kind: str, member: CrewMember, what: str, spans: Sequence[tuple[Day, Strip]] | Sequence[tuple[Day, Banner]]
) -> list[BudgetLine]:
    seconds = sum(round((span.end_utc - span.start_utc).total_seconds()) for _, span in spans)
    dates = tuple(dict.fromkeys(day.date for day, _ in spans))
    strips = tuple(span.id for _, span in spans if isinstance(span, Strip))
    amount = Fraction(seconds, HOUR_S)
    return line(kind, member.id, f"{member.name}, {what}", amount, "hour", member.hour, days=dates, strips=strips)


def _spacewalks(unit: Unit, days: Sequence[Day]) -> list[BudgetLine]:
    walks = unit.station.spacewalks if unit.station else None
    if walks is None:
        return []
    out = tuple(day.date for day in days for banner in day.banners if banner.text.startswith(f"{OUT} "))
    amount = spacewalk_hours(walks.overhead_h, len(out))
    text = "Spacewalks, crew-hours of everybody before and after"
    rate: Rate | None = walks.rate
    return line("spacewalk", unit.id, text, amount, "hour", rate, days=out)


def spacewalk_hours(overhead_h: float, count: int) -> Fraction:
    """Return the crew-hours round so many spacewalks, to the second."""
    return Fraction(round(overhead_h * HOUR_S) * count, HOUR_S)
