"""What the crew works from: procedures, kit, cards and the timeline, against the board and read back from the page."""

from __future__ import annotations

import io
import itertools
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pdfplumber
import pytest
import sample
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.model import Banner, Board, Kit, KitItem, Recording, Strip
from cupola.model.outside import Outing, outing_banners
from cupola.paper.flight import card_name, procedures
from cupola.paper.flight_data import DataPlan, copying, data_plan, gb_of, proxy_min, recorded_s
from cupola.paper.flight_kit import stowage_list
from cupola.paper.flight_lists import data_listing, kit_listing
from cupola.paper.flight_timeline import CELLS, timeline
from cupola.paper.pdf_flight import procedures_pdf, timeline_pdf
from cupola.paper.pdf_lists import listing_pdf
from cupola.rules import limits_of

UNIT = sample.production().unit("orbit")


def text_of(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return " ".join(" ".join((page.extract_text() or "").split()) for page in opened.pages)


def item(name: str, mass_kg: float, **more: object) -> KitItem:
    return KitItem(**{"id": name, "name": f"Предмет {name}", "mass_kg": mass_kg, **more})


KIT = Kit(
    items=(
        item("CAM", 2.4, count=2, kind="camera", bag="Bag 1", module="Nauka", up="Progress MS-17"),
        item("LAMP", 0.7, count=3, kind="light", bag="Bag 2", module="Nauka", up="Progress MS-17"),
        item("DRIVE", 0.31, count=2, kind="data", bag="Bag A", up="Soyuz MS-19", down="Soyuz MS-18"),
    ),
    limits_kg=(("Progress MS-17", 6.5), ("Soyuz MS-18", 1.0)),
)


def with_kit() -> tuple[sample.Production, Board]:
    return replace(sample.production(), kit=KIT), sample.board()


def with_walk() -> Board:
    """Return the board with a spacewalk of the hosts on its first day."""
    board = sample.board()
    day = board.days[0]
    at = [day.call_utc + timedelta(minutes=minutes) for minutes in (0, 60, 180, 210)]
    walk = Outing(number=1, pair=("host1", "host2"), suits_utc=at[0], out_utc=at[1], in_utc=at[2], back_utc=at[3])
    return replace(board, days=(replace(day, banners=(*day.banners, *outing_banners(walk))), *board.days[1:]))


# ------------------------------------------------------------------------------------------------------------- procedures


def test_every_strip_aboard_is_taken_once_at_the_times_of_the_board() -> None:
    production, board = sample.production(), sample.board()
    found = procedures(production, board, UNIT)
    for day in found.days:
        takes = [step for setup in day.setups for step in setup.steps if step.kind == "take"]
        assert [(step.start_utc, step.end_utc) for step in takes] == [(s.roll_utc, s.cut_utc) for s in day.day.strips]
        assert [s for setup in day.setups for s in setup.strips] == [strip.id for strip in day.day.strips]


def test_steps_follow_in_order_of_time_and_every_rig_of_the_board_is_one() -> None:
    production, board = sample.production(), sample.board()
    for day in procedures(production, board, UNIT).days:
        for setup in day.setups:
            assert all(a.start_utc <= b.start_utc for a, b in itertools.pairwise(setup.steps))
        starts = [setup.start_utc for setup in day.setups]
        assert starts == sorted(starts)
        rigs = sorted(step.start_utc for setup in day.setups for step in setup.steps if step.kind == "rig")
        assert rigs == sorted(banner.start_utc for banner in day.day.banners if banner.text.startswith("Rig "))


def test_each_place_is_restowed_once_a_day_after_its_last_strip() -> None:
    production, board = sample.production(), sample.board()
    for day in procedures(production, board, UNIT).days:
        restows = {step.where: step.start_utc for setup in day.setups for step in setup.steps if step.kind == "restow"}
        last = {production.place(strip.place).name: strip.end_utc for strip in day.day.strips}
        assert restows == last


def test_a_restow_on_the_board_has_its_times() -> None:
    production, board = sample.production(), sample.board()
    day = board.days[0]
    banner = Banner(text="Restow", start_utc=day.wrap_utc, end_utc=day.wrap_utc + timedelta(minutes=30))
    board = replace(board, days=(replace(day, banners=(*day.banners, banner)), *board.days[1:]))
    steps = [step for setup in procedures(production, board, UNIT).days[0].setups for step in setup.steps]
    timed = [step for step in steps if step.kind == "restow" and step.end_utc]
    assert [(step.start_utc, step.end_utc) for step in timed] == [(banner.start_utc, banner.end_utc)]


def test_whoever_runs_the_camera_and_plays_is_in_the_step() -> None:
    """Scene 58 has ZHENYA, GLEB and FOMIN, played by lead, host1 and host2; the director operates."""
    production, board = sample.production(), sample.board()
    steps = [step for day in procedures(production, board, UNIT).days for setup in day.setups for step in setup.steps]
    operation = [step for step in steps if step.kind == "take" and step.lines[0].startswith("58 ")]
    assert {step.who for step in operation} == {("director", "lead", "host1", "host2")}


def test_a_spacewalk_is_a_setup_of_the_pair() -> None:
    setups = procedures(sample.production(), with_walk(), UNIT).days[0].setups
    walk = next(setup for setup in setups if setup.title == "Spacewalk 1")
    assert [step.kind for step in walk.steps] == ["suits", "outside", "back"]
    assert {step.who for step in walk.steps} == {("host1", "host2")}


def test_procedures_are_read_back_from_the_page() -> None:
    production, _ = with_kit()
    board = with_walk()
    read = text_of(procedures_pdf(production, board, standards=("ua-1",)))
    for strip in board.strips:
        if strip.place in ("rassvet", "zvezda", "nauka", "cupola"):
            assert f"{strip.roll_utc:%H:%M}" in read
    assert "2 × Предмет CAM" in read
    assert "Spacewalk 1" in read
    assert procedures_pdf(production, board) == procedures_pdf(production, board)


# -------------------------------------------------------------------------------------------------------------------- kit


def test_masses_are_summed_by_bag_and_ship_against_the_limits() -> None:
    found = stowage_list(with_kit()[0])
    assert found.mass_kg == pytest.approx(2 * 2.4 + 3 * 0.7 + 2 * 0.31)
    loads = {(load.ship, load.way): load for load in found.loads}
    assert loads["Progress MS-17", "up"].mass_kg == pytest.approx(6.9)
    assert loads["Progress MS-17", "up"].margin_kg == pytest.approx(-0.4)
    assert loads["Soyuz MS-19", "up"].margin_kg is None
    assert loads["Soyuz MS-18", "down"].margin_kg == pytest.approx(0.38)


@given(st.lists(st.tuples(st.integers(0, 99999), st.integers(1, 9), st.sampled_from("AB"), st.sampled_from(["", "S1", "S2"]))))
def test_bags_and_ships_lose_no_gram(rows: list[tuple[int, int, str, str]]) -> None:
    items = tuple(item(str(n), grams / 1000, count=count, bag=bag, up=ship) for n, (grams, count, bag, ship) in enumerate(rows))
    found = stowage_list(replace(sample.production(), kit=Kit(items=items)))
    grams = sum(grams * count for grams, count, _, _ in rows)
    assert round(found.mass_kg * 1000) == grams == round(sum(bag.mass_kg for bag in found.bags) * 1000)
    flown = sum(grams * count for grams, count, _, ship in rows if ship)
    assert round(sum(load.mass_kg for load in found.loads) * 1000) == flown


def test_the_stowage_list_is_read_back_and_an_overload_is_said() -> None:
    production, board = with_kit()
    read = text_of(listing_pdf(production, board, kit_listing(production), standards=("ua-1",)))
    for thing in production.kit.items:
        assert thing.name in read
    assert "0.40 kg too much" in read
    assert "no limit given" in read
    empty = text_of(listing_pdf(sample.production(), board, kit_listing(sample.production()), standards=("ua-1",)))
    assert "No kit is listed" in empty


# ------------------------------------------------------------------------------------------------------------------- data


def test_thirty_hours_at_the_reported_rate_are_thirty_terabytes_and_a_quarter_of_an_hour_of_proxies() -> None:
    """30 h and about 30 TB came home in October 2021 (ria.ru/20211019); 30 h of 5 Mbit/s are 67.5 GB, 15 min at 600 Mbit/s."""
    how = Recording()
    assert gb_of(30 * 3600, how) == pytest.approx(30_000)
    assert proxy_min(30 * 3600, how) == pytest.approx(15)


def test_a_pass_is_recorded_whole_and_a_scene_by_the_shooting_ratio() -> None:
    production, board = sample.production(), sample.board()
    strips = {strip.id: strip for strip in board.strips}
    assert recorded_s(production, strips["42-1"]) == 45
    eighths = production.script.scene("2").eighths
    assert recorded_s(production, strips["2"]) == math.ceil(eighths * 7.5 * 45)


RECORDINGS = st.builds(
    Recording,
    tb_per_h=st.floats(0.05, 20),
    shooting_ratio=st.floats(1, 200),
    card_gb=st.floats(50, 4000),
    copies=st.integers(2, 4),
    copy_mb_s=st.floats(20, 2000),
)


def plan_of(recording: Recording) -> DataPlan:
    return data_plan(replace(sample.production(), kit=Kit(recording=recording)), sample.board(), UNIT)


@settings(max_examples=60, deadline=None)
@given(RECORDINGS)
def test_no_card_is_used_again_before_its_last_copy_exists(how: Recording) -> None:
    plan = plan_of(how)
    free: dict[int, datetime] = {}
    for day in plan.days:
        assert day.copied_utc >= day.day.wrap_utc + copying(day.gb, how)
        for take in day.takes:
            for card in take.cards:
                assert free.get(card, take.strip.roll_utc) <= take.strip.roll_utc
        free.update(dict.fromkeys(day.cards, day.copied_utc))
    assert plan.cards == len({card for day in plan.days for card in day.cards})


@settings(max_examples=60, deadline=None)
@given(RECORDINGS)
def test_the_cards_of_a_day_hold_it_and_not_one_is_too_many(how: Recording) -> None:
    for day in plan_of(how).days:
        assert day.gb == pytest.approx(sum(take.gb for take in day.takes))
        assert len(set(day.cards)) == len(day.cards)
        assert (len(day.cards) - 1) * how.card_gb - 1e-6 < day.gb <= len(day.cards) * how.card_gb + 1e-6


def test_the_data_plan_is_read_back_from_the_page() -> None:
    production, board = with_kit()
    plan = data_plan(production, board, UNIT)
    read = text_of(listing_pdf(production, board, data_listing(production, board), standards=("ua-1",)))
    for day in plan.days:
        for take in day.takes:
            assert f"{take.strip.id} {take.strip.roll_utc:%H:%M:%S}" in read
            assert all(card_name(card) in read for card in take.cards)
    assert "No card is formatted before every copy exists." in read


# --------------------------------------------------------------------------------------------------------------- timeline


def test_a_row_for_everybody_and_every_crew_day_fills_the_day() -> None:
    production, board = sample.production(), sample.board()
    days = timeline(production, board, UNIT, sample.flight())
    assert [day.date for day in days] == [UNIT.first_utc.date() + timedelta(days=n) for n in range(13)]
    for day in days:
        assert len(day.rows) == len(sample.crew())
        for row in day.rows:
            assert row.runs[0].first == 0
            assert row.runs[-1].end == CELLS
            assert all(a.end == b.first for a, b in itertools.pairwise(row.runs))


def covered(strip: Strip, start: datetime) -> set[int]:
    """Return the steps of five minutes that a strip touches, counted by hand."""
    step = timedelta(minutes=5)
    return {n for n in range(CELLS) if strip.start_utc < start + (n + 1) * step and start + n * step < strip.end_utc}


def test_a_strip_takes_the_steps_that_it_touches_in_the_rows_of_those_it_needs() -> None:
    production, board = sample.production(), sample.board()
    for day in timeline(production, board, UNIT, sample.flight()):
        for strip in day.day.strips if day.day else ():
            director = day.rows[0]
            cells = {n for run in director.runs if run.kind == "strip" for n in range(run.first, run.end)}
            assert covered(strip, day.start_utc) <= cells


def test_the_crew_sleeps_as_the_rules_say_and_only_while_aboard() -> None:
    """The pack station-crew-day: wake-up 06:00, lights out 21:30 UTC."""
    production, board = sample.production(), sample.board()
    assert limits_of(production, UNIT).awake is not None
    first, second, *_ = timeline(production, board, UNIT, sample.flight())
    asleep = [(run.first, run.end) for run in second.rows[0].runs if run.kind == "sleep"]
    assert asleep == [(0, 72), (258, 288)]
    docked = (sample.DOCKED - datetime(2021, 10, 5, tzinfo=UTC)) // timedelta(minutes=5)
    assert all(run.kind == "free" for run in first.rows[0].runs if run.end <= docked)


def test_a_spacewalk_stands_in_the_rows_of_the_pair_only() -> None:
    days = timeline(sample.production(), with_walk(), UNIT, sample.flight())
    day = next(day for day in days if day.day)
    outside = [any(run.kind == "outside" for run in row.runs) for row in day.rows]
    assert outside == [False, False, True, True]


def test_the_timeline_is_read_back_from_the_page() -> None:
    production, board = sample.production(), sample.board()
    pdf = timeline_pdf(production, board, flights=[sample.flight()], standards=("ua-1",))
    read = text_of(pdf)
    for day in timeline(production, board, UNIT):
        assert f"Flight day {day.number}," in read
        assert all(run.text in read for run in day.strips)
    assert pdf == timeline_pdf(production, board, flights=[sample.flight()], standards=("ua-1",))
    assert "not known" in text_of(timeline_pdf(production, board, standards=("ua-1",)))
