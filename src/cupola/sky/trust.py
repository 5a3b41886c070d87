"""How far each window may be off, why, and whether the elements can be trusted that far.

An edge may be off by the sum of three: the age of what is in force (`ageing`), burns between its epoch and the window, and the
air, where light is asked that grazes it. A window is firm unless the elements are older than `trust_days`, or a burn lies
between them and the window that they do not know. A burn that an ephemeris has in it leaves the window firm: only what such
burns are usually missed by is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from cupola.model import Light, Manoeuvre, Place, Station, Window
from cupola.sky.ageing import AIR_S, PLANNED_SHARE, USUAL_BURN_M_S, burn_s, edge_s
from cupola.sky.almanac import Almanac
from cupola.sky.course import Stretch
from cupola.sky.known import ephemeris_over
from cupola.sky.orbit import Ephemeris
from cupola.sky.timescale import DAY_S, Array

EARTH_EDGE_S = 30.0
"""Edges on the ground: refraction and a horizon that is not level move the light by about half a minute."""
GRAZING = "visible "
"""How the names of lights begin that are looked at through the air."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """By how many seconds the edges of one window may be off, by cause; `burn` is the burn that weighs most."""

    age_days: float = 0.0
    age_s: float = 0.0
    burn_s: float = 0.0
    air_s: float = 0.0
    burn: Manoeuvre | None = None
    is_foreseen: bool = False
    firm: bool = True
    is_published: bool = False

    @property
    def edge_s(self) -> float:
        return round(self.age_s + self.burn_s + self.air_s, 1)

    @property
    def cause(self) -> str:
        """The larger cause, in words; all of them where several count."""
        return "; ".join(text for seconds, text in sorted(self._causes(), key=lambda one: -one[0]) if seconds >= 0.05)

    def _causes(self) -> Iterable[tuple[float, str]]:
        source = "ephemeris" if self.is_published else "elements"
        yield self.age_s, f"{source} {self.age_days:.1f} days old, ±{self.age_s:.1f} s" if self.age_s else ""
        yield self.air_s, f"light through the air, ±{self.air_s:.0f} s"
        if self.burn is not None:
            size = "of unknown size" if self.burn.dv_m_s is None else f"of {abs(self.burn.dv_m_s):g} m/s"
            known = "planned for" if self.is_foreseen else "not in the elements"
            yield self.burn_s, f"burn of {self.burn.start_utc:%d %b %H:%M} UTC {size}, {known}, ±{self.burn_s:.1f} s"


Moved = tuple[float, Manoeuvre | None, bool]
NO_BURN: Moved = (0.0, None, False)
GROUND = Trust(air_s=EARTH_EDGE_S)


def trust_of(light: Light, times: Array, where: Station | Place, sky: Ephemeris | Almanac) -> list[Trust]:
    """Return the trust in each of some spells (n, 2), in seconds of `sky`, of a light."""
    if isinstance(where, Place) or isinstance(sky, Almanac):
        return [GROUND] * len(times)
    age_days = sky.age_days(times.ravel()).reshape(times.shape).max(axis=1)
    age_s = edge_s(age_days, sky.elements, where)
    air_s = _air_s(light)
    lost = [bool(sky.across_burn(row).any()) for row in times] if sky.manoeuvres else [False] * len(times)
    burns = [_burn(row, sky) if sky.manoeuvres else NO_BURN for row in times]
    published = [_is_published(row, sky, where) for row in times] if where.ephemerides else [False] * len(times)
    rows = zip(age_days.tolist(), age_s.tolist(), burns, lost, published, strict=True)
    return [
        Trust(
            age_days=days,
            age_s=late,
            burn_s=off,
            air_s=air_s,
            burn=burn,
            is_foreseen=foreseen,
            firm=days <= where.trust_days and not gone,
            is_published=is_published,
        )
        for days, late, (off, burn, foreseen), gone, is_published in rows
    ]


def edges_of(light: Light, times: Array, where: Station | Place, sky: Ephemeris | Almanac) -> tuple[list[float], list[bool]]:
    """Return for each spell what its trust says of its edges and of being firm, without the reasons."""
    if isinstance(where, Place) or isinstance(sky, Almanac):
        return [EARTH_EDGE_S] * len(times), [True] * len(times)
    if sky.manoeuvres:
        trusts = trust_of(light, times, where, sky)
        return [one.edge_s for one in trusts], [one.firm for one in trusts]
    age_days = sky.age_days(times.ravel()).reshape(times.shape).max(axis=1)
    off_s = edge_s(age_days, sky.elements, where) + _air_s(light)
    return np.round(off_s, 1).tolist(), (age_days <= where.trust_days).tolist()


def trusts_in(
    windows: Iterable[Window], light: Light, where: Station | Place, *, searched: tuple[datetime, datetime] | None = None
) -> list[Trust]:
    """Return the trust in windows that one search found, in their order; raises OrbitError as the search does.

    `searched` is the span of that search, where it is at hand: what is known of it is used again.
    """
    found = tuple(windows)
    if isinstance(where, Place) or not found:
        return [GROUND] * len(found)
    first, last = searched or (min(one.open_utc for one in found), max(one.close_utc for one in found))
    sky = ephemeris_over(where, first, last)
    seconds = sky.span.seconds
    return trust_of(light, np.array([[seconds(one.open_utc), seconds(one.close_utc)] for one in found]), where, sky)


def _air_s(light: Light) -> float:
    return AIR_S if any(clause.condition.startswith(GRAZING) for clause in light.leaves) else 0.0


def _burn(spell: Array, sky: Ephemeris) -> Moved:
    """Return how many seconds the burns before a spell may move it, the burn that weighs most, and whether it is foreseen."""
    found = [parts for one in _stretches(spell, sky) if (parts := list(_burns(spell, one, sky)))]
    if not found:
        return NO_BURN
    most = max(found, key=lambda parts: sum(off for off, _, _ in parts))
    _, burn, is_foreseen = max(most, key=lambda part: part[0])
    return min(sum(off for off, _, _ in most), DAY_S / 2 / sky.elements.mean_motion), burn, is_foreseen


def _burns(spell: Array, stretch: Stretch, sky: Ephemeris) -> Iterator[tuple[float, Manoeuvre, bool]]:
    """Yield the burns between the epoch of a source and a spell, each with the seconds by which it may move the spell."""
    first, last = spell.tolist()
    epoch = sky.span.seconds(stretch.elements.epoch_utc)
    for burn in sky.manoeuvres:
        begins, ends = sky.span.seconds(burn.start_utc), sky.span.seconds(burn.end_utc)
        if min(epoch, first) < ends and max(epoch, last) > begins:
            is_foreseen = stretch.knows(burn)
            dv = USUAL_BURN_M_S if burn.dv_m_s is None else burn.dv_m_s
            since = max(abs(at - (begins + ends) / 2) for at in (first, last))
            off = burn_s(dv * (PLANNED_SHARE if is_foreseen else 1.0), np.array(since), stretch.elements)
            yield float(off), burn, is_foreseen


def _stretches(spell: Array, sky: Ephemeris) -> list[Stretch]:
    return [one for one in sky.stretches if one.start_s < spell[1] and one.end_s > spell[0]]


def _is_published(spell: Array, sky: Ephemeris, station: Station) -> bool:
    """Whether anything but an element set answers for a spell."""
    return any(one.elements not in station.elements for one in _stretches(spell, sky))
