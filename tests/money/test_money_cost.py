"""Money: engagements proven by hand, and every board counted again by plain loops that share nothing with `cost`."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.files import read_board, read_production
from cupola.model import Board, CastMember, Production, Rate, Window
from cupola.money import cost, engagement, hour_cents, journeys

Solved = tuple[Production, dict[str, tuple[Window, ...]], Board]
ROOT = Path(__file__).parents[2]
MONDAY = date(2027, 5, 3)
CALENDAR = [MONDAY + timedelta(days=n) for n in range(42) if (MONDAY + timedelta(days=n)).weekday() != 6]


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def test_days_between_first_and_last_are_held() -> None:
    # Monday and Friday worked: Tuesday, Wednesday, Thursday are paid idle days
    deal = engagement(CastMember(id="A", board_id=1), [day(0), day(4)], CALENDAR)
    assert (len(deal.work), len(deal.holds), deal.dropped_after) == (2, 3, None)


def test_a_day_off_is_no_hold() -> None:
    # Saturday and Monday worked: the Sunday between is no work day of the unit
    assert engagement(CastMember(id="A", board_id=1), [day(5), day(7)], CALENDAR).holds == ()


def test_only_a_gap_of_ten_calendar_days_is_dropped_and_only_one() -> None:
    # gaps: days 1-10 (10 calendar days, 9 work days), 12-23 (12 calendar days, 10 work days); the longer in holds goes
    member = CastMember(id="A", board_id=1, drop_days=10)
    deal = engagement(member, [day(0), day(11), day(24)], CALENDAR)
    first = [d for d in CALENDAR if day(0) < d < day(11)]
    second = [d for d in CALENDAR if day(11) < d < day(24)]
    assert (len(first), len(second)) == (9, 10)
    assert deal.holds == tuple(first)
    assert (deal.dropped_after, deal.picked_up) == (day(11), day(24))


def test_a_gap_of_nine_calendar_days_is_not_dropped() -> None:
    deal = engagement(CastMember(id="A", board_id=1, drop_days=10), [day(0), day(10)], CALENDAR)
    assert deal.dropped_after is None
    assert len(deal.holds) == 8  # ten days later less the Sunday between, less the two worked


@given(st.sets(st.integers(0, 41), min_size=1), st.sampled_from([None, 5, 10, 14]))
def test_work_holds_and_the_drop_fill_the_span_exactly(offsets: set[int], drop: int | None) -> None:
    worked = sorted(d for d in (day(n) for n in offsets) if d in CALENDAR)
    deal = engagement(CastMember(id="A", board_id=1, drop_days=drop), worked, CALENDAR)
    if not worked:
        assert deal.work == deal.holds == ()
        return
    span = [d for d in CALENDAR if worked[0] <= d <= worked[-1]]
    dropped = [d for d in span if deal.dropped_after and deal.dropped_after < d < deal.picked_up]  # type: ignore[operator]
    assert sorted([*deal.work, *deal.holds, *dropped]) == span


def test_a_journey_is_one_stay_away_from_home() -> None:
    member = CastMember(id="A", board_id=1, home_hub="MOSCOW")
    assert journeys(member, ["BAIKONUR", "BAIKONUR", "MOSCOW", "BAIKONUR"]) == ("BAIKONUR", "BAIKONUR")
    assert journeys(member, ["MOSCOW", "MOSCOW"]) == ()


@given(st.integers(0, 10**6), st.integers(0, 10**9))
def test_hours_are_rounded_half_up_to_a_minor_unit(seconds: int, cents: int) -> None:
    exact = seconds * cents
    rounded = hour_cents(seconds, Rate(cents=cents, currency="EUR"))
    assert -3600 < 2 * (rounded * 3600 - exact) <= 3600


def recount(production: Production, board: Board) -> int:
    """The controllable cost of a board, counted strip by strip with nothing but loops."""
    total = 0
    for unit in production.units:
        days = sorted((d for d in board.days if d.unit == unit.id), key=lambda d: d.date)
        total += len(days) * (unit.day_rate.cents if unit.day_rate else 0)
        hub = ""
        for d in days:
            seen: set[str] = set()
            last = ""
            for strip in d.strips:
                place = next(p for p in production.places if p.id == strip.place)
                if place.id not in seen and place.day_rate:
                    total += place.day_rate.cents
                seen.add(place.id)
                if last and place.id != last and unit.move_rate and not unit.is_orbit:
                    total += unit.move_rate.cents
                last = place.id
                if hub and place.hub != hub and unit.move_rate and not unit.is_orbit:
                    total += unit.move_rate.cents
                hub = place.hub
        if unit.station:
            links = {m.id: m.aboard for m in production.cast}
            for who in unit.station.crew:
                worked = rigged = 0
                for d in days:
                    for strip in d.strips:
                        outside = next(p.outside for p in production.places if p.id == strip.place)
                        shots = [shot for shot in production.script.scene(strip.scene).shots if shot.id == strip.shot]
                        films = who.operates and (not outside or "pane" in str(shots[0].light))
                        if films or who.id in [links[c] for c in strip.cast]:
                            worked += int((strip.end_utc - strip.start_utc).total_seconds())
                    for banner in d.banners:
                        if who.operates and banner.text.startswith(("Rig ", "Restow")):
                            rigged += int((banner.end_utc - banner.start_utc).total_seconds())
                rate = who.hour.cents if who.hour else 0
                total += int(worked * rate / 3600 + 0.5) + int(rigged * rate / 3600 + 0.5)
            walks = unit.station.spacewalks
            if walks and walks.rate:
                out = [banner for d in days for banner in d.banners if banner.text.startswith("Spacewalk ")]
                total += int(len(out) * walks.overhead_h * walks.rate.cents + 0.5)
            continue
        for member in production.cast:
            worked_days = [d.date for d in days if any(member.id in s.cast for s in d.strips)]
            if not worked_days:
                continue
            gaps = []
            for a, b in itertools.pairwise(worked_days):
                idle = [a + timedelta(days=n) for n in range(1, (b - a).days)]
                paid = [x for x in idle if x.weekday() not in unit.days_off]
                gaps.append((len(paid), len(idle)))
            holds = sum(paid for paid, _ in gaps)
            if member.drop_days is not None:
                holds -= max((paid for paid, idle in gaps if idle >= member.drop_days), default=0)
            total += len(worked_days) * (member.work.cents if member.work else 0)
            total += holds * (member.hold.cents if member.hold else 0)
            hub = ""
            for d in days:
                if any(member.id in s.cast for s in d.strips):
                    here = next(p.hub for p in production.places if p.id == d.strips[0].place)
                    if here not in (hub, member.home_hub) and member.travel:
                        total += member.travel.cents
                    hub = here
    return total


@pytest.mark.parametrize("which", ["earth", "flight"])
def test_a_board_costs_the_same_by_an_independent_count(which: str, request: pytest.FixtureRequest) -> None:
    production, _, board = request.getfixturevalue(which)
    assert cost(production, board.days).controllable_cents == recount(production, board)
    assert cost(production, board.days) == board.cost
    assert board.cost.total_cents > 0


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*/boards/*.json")), ids=lambda path: path.parts[-3])
def test_every_board_of_the_examples_costs_the_same_by_an_independent_count(path: Path) -> None:
    production = read_production(path.parents[1])
    board = read_board(path, production)
    assert board.cost.controllable_cents == recount(production, board)
    assert cost(production, board.days) == board.cost
