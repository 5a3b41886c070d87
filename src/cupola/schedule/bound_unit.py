"""What an Earth unit costs at least, proven in stages: each hub's days, all of them in one calendar, who waits in between.

The mathematics of every stage is in docs/explanation/bounds.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cupola.schedule.bound_master import Day
from cupola.schedule.bound_orders import orders_bound, warm_orders
from cupola.schedule.bound_shop import day_room_s, hubs_of
from cupola.schedule.bound_visits import visits_bound
from cupola.schedule.columns import hours_bound, hub_columns, whole_cents
from cupola.schedule.earth import EarthCase

HOURS = "hours of work and of each person, hub by hub"
COLUMNS = (
    "shooting days as columns, hub by hub (GLOP, compiled exact pricing, cuts on triples, cases of whole days), "
    "moves between hubs, journeys"
)
VISITS = (
    "shooting days as columns (GLOP, compiled exact pricing, cuts on triples, cases of whole days), "
    "visits of hubs in stretches of the calendar, journeys"
)
ORDERS = (
    "shooting days as columns (GLOP, compiled exact pricing, cuts on triples, cases of whole days), "
    "holds over every order of visits to the hubs, journeys"
)
SHARE_HUBS = 0.35
"""Share of the effort that the hubs alone may take; what they leave goes to the calendar and the orders."""
SHARE_VISITS = 0.4
"""Share of what is left by the hubs that the calendar may take."""


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitBound:
    """No board of a unit costs less than `cents` (minor units); `method` says how that is known."""

    cents: int
    method: str


def unit_bound(
    case: EarthCase,
    *,
    limit: float,
    halt: Callable[[], bool] = lambda: False,
    seeds: Iterable[Day] = (),
    upper: int | None = None,
    on_bound: Callable[[UnitBound], None] = lambda _: None,
) -> UnitBound:
    """Return a cost in minor units below which no board of an Earth unit is legal; fixed lines are left out.

    `limit` is in deterministic seconds, `seeds` are days of known boards (tuples of rows of `case.works`), `upper` is the
    cost of a known board: there the proof is complete. `on_bound` hears of each better bound. The same inputs and limit
    give the same bound; a `halt` keeps the best so far.
    """
    if not case.works:
        return UnitBound(cents=0, method=HOURS)
    seeds, hubs = tuple(seeds), hubs_of(case)
    least = {hub.number: hours_bound(hub) for hub in hubs}
    beside = people_floor(case)
    moves = int(case.problem.move_cents) * (len(hubs) - 1)
    best = UnitBound(cents=sum(least.values()) + moves + beside, method=HOURS)
    on_bound(best)

    def better(cents: int, method: str) -> None:
        nonlocal best
        if cents > best.cents:
            best = UnitBound(cents=cents, method=method)
            on_bound(best)

    masters, counts, spent = [], [], 0.0
    for hub in hubs:
        share = limit * SHARE_HUBS * len(hub.items) / len(case.works)
        least[hub.number], master, count = hub_columns(hub, seeds=seeds, limit=share, stopped=halt)
        masters.append(master)
        counts.append(count)
        spent += master.spent
        better(sum(least.values()) + moves + beside, COLUMNS)
    if not halt() and (upper is None or best.cents < upper):
        visits = visits_bound(
            case,
            masters,
            counts,
            limit=(limit - spent) * SHARE_VISITS,
            stopped=halt,
            on_bound=lambda cents: better(whole_cents(cents) + beside, VISITS),
        )
        better(whole_cents(visits) + beside, VISITS)
        spent += (limit - spent) * SHARE_VISITS if visits else 0.0
    if not halt() and (upper is None or best.cents < upper):
        orders = orders_bound(
            case,
            masters,
            counts,
            [float(least[hub.number]) for hub in hubs],
            limit=limit - spent,
            stopped=halt,
            on_bound=lambda cents: better(whole_cents(cents) + beside, ORDERS),
        )
        better(whole_cents(orders) + beside, ORDERS)
    return best


def warm_bound(case: EarthCase) -> None:
    """Load the compiled pricing, or compile it where it never ran before (about a quarter of a minute, once)."""
    if case.works:
        hub_columns(hubs_of(case)[0], limit=0.0)
        warm_orders()


def people_floor(case: EarthCase) -> int:
    """Return what people cost at least beside their work days, whatever the order.

    One journey to each hub away from home, the weeks of a weekly deal that their hours fill, the days of a guarantee that they
    can never work.
    """
    p = case.problem
    longest = day_room_s(case)
    total = 0
    for a in range(len(p.work_cents)):
        own = [i for i in range(len(case.works)) if a in p.cast[i]]
        if not own:
            continue
        hubs = {int(p.hub[p.place[i]]) for i in own}
        total += int(p.travel_cents[a]) * len(hubs - {int(p.home[a])})
        guarantee = int(p.guarantee_days[a])
        if p.week_cents[a]:
            days = -(-sum(int(p.prep_s[i] + p.roll_s[i]) for i in own) // longest)
            total += -(-max(1, days, guarantee) // 7) * int(p.week_cents[a])
        else:
            total += max(0, guarantee - len(own)) * int(p.hold_cents[a])
    return total
