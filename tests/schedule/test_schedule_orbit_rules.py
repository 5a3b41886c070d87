"""The rules of an orbit unit, one micro-instance each (`aboard`); its optimum stands in a comment and is proven by hand."""

from __future__ import annotations

import dataclasses
import random
from datetime import timedelta

import pytest
from aboard import DAY_CENTS, DAYLIGHT, MIDNIGHT, SUNRISE, WALKS, at, case_of, cheapest, flight, unit, violations, window

from cupola.model import (
    Precedence,
)
from cupola.model.outside import outings
from cupola.money import cost
from cupola.schedule.orbit import OrbitCase, orbit_cents, orbit_days
from cupola.schedule.orbit_counting import is_too_few, least_rigs, reach
from cupola.schedule.orbit_earliest import finish_earliest
from cupola.schedule.orbit_fill import filled, hold
from cupola.schedule.orbit_greedy import lay_out
from cupola.schedule.orbit_search import orbit_bound
from cupola.schedule.stop import Halt


def test_one_camera_shoots_one_strip_at_a_time() -> None:
    # a day has 120 min; a rig takes 15 and each strip 60, so two strips of one module do not fit on a day: 15 + 120 > 120
    production = flight([{"place": "A", "minutes": 60, "cast": [who]} for who in ("HERO", "HOST")], unit())
    placing = cheapest(case_of(production))
    assert placing is not None
    assert len({spot.day for spot in placing.spots.values()}) == 2
    # 50 min each do fit: 15 + 100 <= 120, and one day is a day and a rig cheaper than two
    shorter = flight([{"place": "A", "minutes": 50, "cast": [who]} for who in ("HERO", "HOST")], unit())
    placing = cheapest(case_of(shorter))
    assert placing is not None
    # 1 day + 1 rig of 3 slots (DIR) + 2 strips of 10 slots (DIR and one of the cast)
    assert orbit_cents(case_of(shorter), placing) == DAY_CENTS + 3 * 100 + 2 * 10 * 200
    assert violations(shorter, placing) == ()


def test_a_module_is_rigged_before_its_first_strip_each_day() -> None:
    # two modules on one day cost two rigs: 15 + 40 + 15 + 40 = 110 <= 120 min; a second day would cost 100,000
    production = flight([{"place": place, "minutes": 40} for place in "AB"], unit())
    placing = cheapest(case_of(production))
    assert placing is not None
    assert sorted(module for module, _ in placing.rigs) == ["A", "B"]
    assert len({day for _, day in placing.rigs}) == 1
    assert violations(production, placing) == ()
    # 50 min each: 15 + 50 + 15 + 50 = 130 > 120, so it must be two days
    longer = flight([{"place": place, "minutes": 50} for place in "AB"], unit())
    placing = cheapest(case_of(longer))
    assert placing is not None
    assert len({spot.day for spot in placing.spots.values()}) == 2


def test_work_keeps_to_the_blocks_of_its_crew() -> None:
    # two blocks of an hour: the rig and a strip of 50 min need 65, so the rig stands in the first, the strip in the second
    production = flight([{"place": "A", "minutes": 50}], unit(days=1, blocks="08:00-09:00 10:00-11:00"))
    placing = cheapest(case_of(production))
    assert placing is not None
    assert placing.spots[0].slot >= 120
    # 65 min fit in neither
    assert cheapest(case_of(flight([{"place": "A", "minutes": 65}], unit(days=1, blocks="08:00-09:00 10:00-11:00")))) is None


def test_each_take_of_a_sunrise_has_a_pass_of_its_own() -> None:
    # two takes, sunrises at 08:40 and 10:10: both are needed, in order; with one sunrise there is no board
    production = flight([{"place": "A", "minutes": 30, "light": SUNRISE, "takes": 2, "take_s": 60}], unit(1, "08:00-11:00"))
    passes = (window(8.66, 8.70), window(10.16, 10.20))
    placing = cheapest(case_of(production, {"1": passes}))
    assert placing is not None
    assert [placing.spots[w].window for w in (0, 1)] == list(passes)
    assert violations(production, placing, {"1": passes}) == ()
    assert cheapest(case_of(production, {"1": passes[:1]})) is None


def test_a_long_light_holds_the_whole_roll() -> None:
    # daylight 09:00-09:30; a roll of 20 min and 10 of preparation: it rolls between 09:00 and 09:10
    production = flight([{"place": "A", "minutes": 30, "light": DAYLIGHT, "take_s": 1200}], unit(1, "08:00-11:00"))
    placing = cheapest(case_of(production, {"1": (window(9, 9.5),)}))
    assert placing is not None
    assert at(9) <= placing.spots[0].roll_utc <= at(9 + 1 / 6)
    assert violations(production, placing, {"1": (window(9, 9.5),)}) == ()


def test_an_order_is_kept() -> None:
    # scene 2 before scene 1; one of them on each day, for both do not fit on one (see above)
    production = flight([{"place": "A", "minutes": 60}] * 2, unit(), order=(Precedence(first="2", then="1"),))
    placing = cheapest(case_of(production))
    assert placing is not None
    assert placing.spots[1].day < placing.spots[0].day


def test_nobody_works_longer_than_the_packs_allow() -> None:
    # film-12h says nothing aboard; the crew day of the station allows 10.5 h: three strips of 100 min and more do fit, and
    # four of 100 min each day of 12 h would be 6.7 h; eight of them are 13.3 h for DIR and need a second day
    packs = {"packs": ("station-crew-day",)}
    long = unit(2, "06:00-21:25")
    production = flight(
        [{"place": "A", "minutes": 95}] * 7, dataclasses.replace(long, first_utc=MIDNIGHT - timedelta(days=1)), **packs
    )
    case = case_of(production)
    assert case.work_s == 630 * 60
    placing = cheapest(case)
    assert placing is not None
    worked = [sum(case.seconds[w][d] for w, spot in placing.spots.items() if spot.day == d) for d in range(3)]
    assert max(worked) <= 630 * 60  # 7 x 95 min = 665 > 630: not all on one day
    assert violations(production, placing) == ()


def test_work_outside_lies_in_a_spacewalk_of_its_pair() -> None:
    # flight day 2 is the first: suits 60 min, the strip 60, back 30, within the waking day; one spacewalk of 10 crew-hours
    production = flight([{"place": "OUT", "minutes": 60, "cast": ["HERO", "HOST"]}], unit(3, walks=WALKS))
    case = case_of(production)
    placing = cheapest(case)
    assert placing is not None
    assert [spot.day >= 1 for spot in placing.spots.values()] == [True]
    # 1 day, no rig, the strip's 12 slots of ACT and COS (the pair has its own camera), 10 crew-hours
    assert orbit_cents(case, placing) == DAY_CENTS + 12 * 200 + 10 * 1200
    (day,) = orbit_days(case, placing)
    assert [banner.text for banner in day.banners] == ["Prebreathe and suits", "Spacewalk 1: ACT, COS", "Back inside"]
    (outing,) = outings(day.banners)
    assert (outing.out_utc - outing.suits_utc, outing.back_utc - outing.in_utc) == (timedelta(hours=1), timedelta(minutes=30))
    assert violations(production, placing) == ()


def test_a_spacewalk_is_no_longer_than_the_suits_last() -> None:
    # three strips of 50 min are 150 > 120 min outside: two spacewalks, two days apart: flight days 2 and 4 of four
    scenes: list[dict[str, object]] = [{"place": "OUT", "minutes": 50, "cast": ["HERO"]}] * 3
    placing = cheapest(case_of(flight(scenes, unit(4, walks=WALKS))))
    assert placing is not None
    assert sorted(placing.walks) == [1, 3]
    # with three days there is no second one
    assert cheapest(case_of(flight(scenes, unit(3, walks=WALKS)))) is None


def test_the_pair_does_nothing_else_and_rests_the_day_after() -> None:
    # three days; outside must be day 2, so HERO's scene inside stands on day 1, or on day 2 clear of the suits: cheapest is
    # day 2 in one crew day with the spacewalk, for day 3 is a day of rest
    production = flight(
        [{"place": "OUT", "minutes": 60, "cast": ["HERO"]}, {"place": "A", "minutes": 60, "cast": ["HERO"]}],
        unit(2, walks=dataclasses.replace(WALKS, rest_days=5)),
    )
    case = case_of(production)
    placing = cheapest(case)
    assert placing is not None
    walk, inside = placing.walks[1], placing.spots[1]
    assert inside.day < 1 or inside.slot >= walk.back + 6 or case.end(1, inside) <= walk.out - 12
    assert violations(production, placing) == ()
    # DIR's own scene may be shot while they are out
    alone = flight([{"place": "OUT", "minutes": 60, "cast": ["HERO"]}, {"place": "A", "minutes": 60}], unit(2, walks=WALKS))
    assert cheapest(case_of(alone)) is not None


def test_outside_and_inside_are_still_one_camera() -> None:
    # 08:00-10:00 inside; DIR's scene of 60 min with its rig of 15 and an hour outside never overlap
    production = flight(
        [{"place": "OUT", "minutes": 60, "cast": ["HERO"]}, {"place": "A", "minutes": 60}], unit(2, walks=WALKS)
    )
    placing = cheapest(case_of(production))
    assert placing is not None
    assert violations(production, placing) == ()
    assert len({spot.day for spot in placing.spots.values()}) == 1


def test_the_camera_is_put_away_after_the_last_strip() -> None:
    # a restow of 20 min: 15 + 2 x 45 = 105 fit in 120 min, 15 + 2 x 45 + 20 do not
    production = flight([{"place": "A", "minutes": 45}] * 2, unit())
    case = case_of(production)
    tidy = dataclasses.replace(case, restow_slots=4)
    one, two = cheapest(case), cheapest(tidy)
    assert one is not None
    assert two is not None
    assert len({spot.day for spot in one.spots.values()}) == 1
    assert len({spot.day for spot in two.spots.values()}) == 2
    for w, spot in two.spots.items():
        assert tidy.end(w, spot) <= two.restows[spot.day]


def test_nothing_is_filmed_right_after_docking() -> None:
    # the pack's blackout is 120 min from the start of the span: docked at 08:00, the first slot is 10:00
    docked = dataclasses.replace(unit(1, "08:00-12:00"), first_utc=at(8))
    production = flight([{"place": "A", "minutes": 30}], docked, packs=("station-crew-day",))
    placing = cheapest(case_of(production))
    assert placing is not None
    assert min(placing.rigs.values()) >= 120
    assert violations(production, placing) == ()


def test_newcomers_take_longer_on_their_first_days() -> None:
    # 60 min and the rig's 15 fit in the 120 min of either day; but on the first everything takes a newcomer twice as long,
    # 120 + 15 > 120: so it stands on the second, or nowhere where there is no second
    newcomers = {"stretch": (2.0, 1.0)}
    for days, day in ((2, 1), (1, None)):
        flown = unit(days)
        assert flown.station is not None
        flown = dataclasses.replace(flown, station=dataclasses.replace(flown.station, **newcomers))
        production = flight([{"place": "A", "minutes": 60}], flown)
        placing = cheapest(case_of(production))
        assert (placing.spots[0].day if placing else None) == day
        assert placing is None or violations(production, placing) == ()


def test_a_family_of_one_light_has_no_more_time_than_its_windows() -> None:
    # daylight 08:30-09:00 on each of three days, two strips that roll 20 min in it, and rest of the days free: 40 min do not
    # fit in 30, so two strips need two days although a day has 120 min; three strips need all three
    for count in (2, 3):
        scenes: list[dict[str, object]] = [
            {"place": "A", "minutes": 25, "light": DAYLIGHT, "take_s": 1200} for _ in range(count)
        ]
        passes = tuple(window(8.5, 9, day) for day in range(3))
        production = flight(scenes, unit(3))
        windows = {str(n): passes for n in range(1, count + 1)}
        case = case_of(production, windows)
        found = finish_earliest(case, limit=1, seed=1, halt=Halt())
        assert found is not None
        assert {spot.day for spot in found.placing.spots.values()} == set(range(count))
        assert found.bound == found.half_days
        assert violations(production, found.placing, windows) == ()


def brute_force_half_days(case: OrbitCase) -> int:
    """The fewest half-days by trying every order and every spot: no solver, no energy, minutes as sets of slots."""
    best = 99

    def put(w: int, taken: frozenset[tuple[int, int]], rigged: dict[tuple[str, int], int], last: int) -> None:
        nonlocal best
        if last >= best:
            return
        if w == len(case.works):
            best = last
            return
        place = case.works[w].place
        for spot in case.spots[w]:
            own = {(spot.day, s) for s in range(spot.slot, case.end(w, spot))}
            if taken & own:
                continue
            reach = max(last, case.half(w, spot))
            rig = rigged.get((place, spot.day))
            if rig is not None:
                if rig + case.rig_slots <= spot.slot:
                    put(w + 1, taken | own, rigged, reach)
                continue
            for start in case.rig_starts[spot.day]:
                span = {(spot.day, s) for s in range(start, start + case.rig_slots)}
                if start + case.rig_slots <= spot.slot and not (span & (taken | own)):
                    put(w + 1, taken | own | span, {**rigged, (place, spot.day): start}, reach)

    put(0, frozenset(), {}, -1)
    return best + 1


@pytest.mark.parametrize("seed", range(12))
def test_small_flights_finish_as_early_as_brute_force(seed: int) -> None:
    R = random.Random(seed)
    scenes: list[dict[str, object]] = [
        {"place": R.choice("AB"), "minutes": R.choice((10, 15, 20)), "cast": R.sample(["HERO", "HOST"], R.randint(0, 2))}
        for _ in range(3)
    ]
    production = flight(scenes, unit(2, "08:00-08:30 09:00-09:25", rig_min=10))
    case = case_of(production)
    found = finish_earliest(case, limit=2, seed=1, halt=Halt())
    expected = brute_force_half_days(case)
    for end in range(expected, 5):
        assert not is_too_few(case, end, halt=Halt(), seed=1)
    if found is None:
        assert expected == 100
    else:
        assert (found.half_days, found.proven) == (expected, True)
        assert violations(production, found.placing) == ()


@pytest.mark.parametrize("seed", range(8))
def test_random_flights_with_spacewalks_break_no_rule(seed: int) -> None:
    R = random.Random(f"walks {seed}")
    scenes: list[dict[str, object]] = [
        {
            "place": R.choice(("A", "B", "OUT")),
            "minutes": R.choice((20, 35, 50)),
            "cast": R.sample(["HERO", "HOST"], R.randint(0, 2)),
        }
        for _ in range(7)
    ]
    production = flight(scenes, unit(6, "08:00-12:00 13:00-16:00", walks=WALKS), packs=("station-crew-day",))
    case = case_of(production)
    greedy = lay_out(case)
    best = cheapest(case)
    assert best is not None
    for placing in (best, *([greedy] if greedy else [])):
        assert violations(production, placing) == ()
        assert cost(production, orbit_days(case, placing)).total_cents == pytest.approx(orbit_cents(case, placing), abs=50)
    assert orbit_bound(case, limit=1, seed=1, halt=Halt()) <= orbit_cents(case, best)
    assert greedy is None or orbit_cents(case, best) <= orbit_cents(case, greedy)


def test_slots_that_no_lengths_fill_are_not_counted_on() -> None:
    # three strips of 50 min (10 slots), a rig of 3, a block of 24 slots each half-day: 33 slots are fewer than 48, but a block
    # holds at most two strips and the rig: 23. So one half-day is too few and two are enough: two strips, then one
    production = flight([{"place": "A", "minutes": 50}] * 3, unit(1, "08:00-10:00 11:00-13:00"))
    case = case_of(production)
    assert reach([10, 10, 10, 3, 3], 24) == 23
    assert is_too_few(case, 1, halt=Halt(), seed=1)
    assert not is_too_few(case, 2, halt=Halt(), seed=1)
    assert least_rigs(case, 2) == 1


def test_every_module_is_counted_with_a_rig() -> None:
    # two strips of 9 slots and two rigs of 3 are 24: they fill a block of 24 slots; 10 slots each are 26 and do not
    for minutes, too_few in ((45, False), (50, True)):
        production = flight([{"place": place, "minutes": minutes} for place in "AB"], unit(2))
        assert is_too_few(case_of(production), 1, halt=Halt(), seed=1) is too_few
        assert least_rigs(case_of(production), 4) == 2


@pytest.mark.parametrize("seed", range(6))
def test_everything_put_into_few_half_days_breaks_no_rule(seed: int) -> None:
    R = random.Random(f"fill {seed}")
    scenes: list[dict[str, object]] = [
        {
            "place": R.choice(("A", "B", "OUT")),
            "minutes": R.choice((20, 35, 50)),
            "cast": R.sample(["HERO", "HOST"], R.randint(0, 2)),
        }
        for _ in range(7)
    ]
    wishes = (Precedence(first="5", then="2"),)
    production = flight(scenes, unit(6, "08:00-12:00 13:00-16:00", walks=WALKS), packs=("station-crew-day",), order=wishes)
    space = hold(case_of(production), range(12))
    assert space is not None
    placing, steps = filled(space, steps=2000, seed=1, halt=Halt())
    assert placing is not None
    assert violations(production, placing) == ()
    assert 0 < steps <= 2000
