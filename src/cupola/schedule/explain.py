"""Why nothing fits: wishes that clash, none of which can be left out of the list, each in the user's words.

A wish is something a person asked for and could give up: the light of a shot, somebody's dates, a pin, the rest between days.
The oracle answers whether a unit can be shot while some wishes are kept; a clash is reduced by QuickXplain (Junker 2004) and
then asked again on its own, by a solver set up differently. Each wish of it is priced: the cheapest board without that one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cupola.errors import NothingFits
from cupola.model import Production, Unit, Window
from cupola.model.work import Work
from cupola.schedule.earth import earth_case
from cupola.schedule.earth_search import search
from cupola.schedule.orbit import build, orbit_case, orbit_cents
from cupola.schedule.orbit_greedy import lay_out
from cupola.schedule.stop import Halt, moves_for
from cupola.schedule.why_earth import EarthWishes, earth_wishes, is_solvable
from cupola.schedule.why_wishes import EASIEST, Wish, wishes_of, without, words

__all__ = ["Oracle", "Wish", "clash_of", "explain", "prices_of", "shortest", "wishes_of", "without", "words"]

Oracle = Callable[[frozenset[Wish], int], bool]
"""Says whether all work fits while these wishes are kept; the number sets the solver up differently."""

PRICE_S = 0.4
"""Effort for the board without one wish: enough to compare wishes, not to plan by."""


def explain(
    production: Production, unit: Unit, works: Sequence[Work], windows: Mapping[str, Sequence[Window]]
) -> NothingFits | None:
    """Return the clash that leaves a unit without a board, or None where none could be proven."""
    found = clash_of(production, unit, works, windows)
    if found is None:
        return None
    core, strip = found
    if not core:
        return NothingFits(
            f"unit {unit.id} is too short for its work even with every wish given up",
            wishes=(f"unit {unit.id}: {unit.first_utc:%Y-%m-%d} to {unit.last_utc:%Y-%m-%d}",),
            remedy="Lengthen the unit's span, or cut scenes.",
        )
    priced = prices_of(production, unit, works, windows, core)
    known = {wish: cents for wish, cents in priced.items() if cents is not None}
    what = f"strip {strip}" if strip else f"unit {unit.id}"
    return NothingFits(
        f"{what} cannot be shot: " + ("these wishes clash" if len(core) > 1 else "one wish is in the way"),
        wishes=tuple(words(production, unit, wish) for wish in core),
        remedy=_remedy(production, unit, core, known),
    )


def _remedy(production: Production, unit: Unit, core: Sequence[Wish], known: Mapping[Wish, int]) -> str:
    if len(core) == 1:
        return "Change it, or give it up."
    easiest = min(core, key=lambda wish: EASIEST.index(wish[0]))
    if len(set(known.values())) > 1:
        cheapest = min(core, key=lambda wish: (known.get(wish, 1 << 62), EASIEST.index(wish[0])))
        return f"Give up one of them; the cheapest is {words(production, unit, cheapest)}."
    return f"Give up one of them; the easiest is {words(production, unit, easiest)}."


def clash_of(
    production: Production, unit: Unit, works: Sequence[Work], windows: Mapping[str, Sequence[Window]]
) -> tuple[tuple[Wish, ...], str] | None:
    """Return wishes that clash, none too many, and the strip that they keep off every date (empty: they clash over all work).

    No wishes at all means that the work does not fit even without any. None where no clash could be proven.
    """
    if unit.is_orbit:
        for work in works:
            core = _core(wishes_of(production, unit, [work]), _orbit_oracle(production, unit, [work], windows))
            if core is not None:
                return core, work.id
        core = _core(wishes_of(production, unit, works), _orbit_oracle(production, unit, works, windows))
        return None if core is None else (core, "")
    asked = earth_wishes(production, unit, works, windows)
    for i, piece in enumerate(asked.case.pieces):
        core = _core(asked.wishes, _alone(asked, i))
        if core is not None:
            return core, piece.work.id
    core = _together(asked)
    return None if core is None else (core, "")


def _together(asked: EarthWishes) -> tuple[Wish, ...] | None:
    """Return a minimal clash of all pieces together: in a small model of the pieces it is about, where that will do."""
    whole = asked.model()
    suspects = whole.suspects()
    if suspects is None:
        return None
    few = asked.model(asked.touched(suspects))
    for model, wishes in ((few, suspects), (whole, suspects), (whole, asked.wishes)):
        if model.rows and not model.can(frozenset(wishes), 0):
            return _core(wishes, model.can)
    return None


def _alone(asked: EarthWishes, i: int) -> Oracle:
    return lambda kept, _: asked.can_alone(i, kept)


def _core(wishes: Sequence[Wish], can: Oracle) -> tuple[Wish, ...] | None:
    """Return a minimal clash, asked again by another setup; None where there is none, or the second answer differs."""
    if can(frozenset(wishes), 0):
        return None
    if not can(frozenset(), 0):
        return () if not can(frozenset(), 1) else None
    core = shortest(wishes, lambda kept: can(kept, 0))
    return None if can(frozenset(core), 1) else core


def shortest(wishes: Sequence[Wish], can: Callable[[frozenset[Wish]], bool]) -> tuple[Wish, ...]:
    """Return a minimal clash: giving up any one of its wishes ends it. `can` must be False for all of them together."""

    def reduce(background: tuple[Wish, ...], changed: bool, rest: tuple[Wish, ...]) -> tuple[Wish, ...]:
        if changed and not can(frozenset(background)):
            return ()
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        left, right = rest[:half], rest[half:]
        from_right = reduce(background + left, bool(left), right)
        from_left = reduce(background + from_right, bool(from_right), left)
        return from_left + from_right

    return reduce((), False, tuple(wishes))


def prices_of(
    production: Production,
    unit: Unit,
    works: Sequence[Work],
    windows: Mapping[str, Sequence[Window]],
    core: Sequence[Wish],
    *,
    seconds: float = PRICE_S,
) -> dict[Wish, int | None]:
    """Return what the unit's board costs with each wish of a clash given up alone, found by a short search.

    None where no board was found then: another clash may be behind this one, or the limit of a rule pack stands.
    """
    every = wishes_of(production, unit, works)
    prices: dict[Wish, int | None] = {}
    for wish in core:
        eased, own, lit = without(production, unit, works, [other for other in every if other != wish])
        if unit.is_orbit:
            placing = lay_out(orbit_case(eased, own, lit, windows))
            prices[wish] = None if placing is None else orbit_cents(orbit_case(eased, own, lit, windows), placing)
            continue
        case = earth_case(eased, own, lit, windows)
        if not case.problem.ok.any(axis=1).all():
            prices[wish] = None
            continue
        plan = search(case, moves=moves_for(seconds, len(lit)), seed=1, halt=Halt())
        prices[wish] = plan.cents if plan.bad == 0 and min(plan.slots) >= 0 else None
    return prices


def _orbit_oracle(production: Production, unit: Unit, works: Sequence[Work], windows: Mapping[str, Sequence[Window]]) -> Oracle:
    def can(kept: frozenset[Wish], setup: int) -> bool:
        eased, own, lit = without(production, unit, works, kept)
        case = orbit_case(eased, own, lit, windows)
        if not all(case.spots):
            return False
        return len(works) == 1 or is_solvable(build(case, in_time=False).model, setup)

    return can
