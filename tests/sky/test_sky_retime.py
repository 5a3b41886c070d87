"""Newer elements: the gap of October 2021, in which the station was raised and MS-18 turned it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.exchange.orbit_file import parse_orbit
from cupola.files import read_board, read_production
from cupola.model import Clause, Light, Window
from cupola.rules import check
from cupola.sky import find_windows, windows_for
from cupola.sky.elements import propagate
from cupola.sky.retime import match, outside_s, retime, retimed, shift_s, with_orbit

FOLDER = Path(__file__).parents[2] / "examples" / "the-challenge"
UNDOCKING = datetime(2021, 10, 17, 1, 14, tzinfo=UTC)
SUNRISE = Light(clauses=(Clause(condition="orbital sunrise"),))


@pytest.fixture(scope="module")
def production():
    return read_production(FOLDER)


@pytest.fixture(scope="module")
def board(production):
    return read_board(FOLDER / "boards/agreed.json", production)


@pytest.fixture(scope="module")
def later():
    return parse_orbit((FOLDER / "orbit-later.json").read_bytes()).elements


@pytest.fixture(scope="module")
def newer(production, later):
    return with_orbit(production, elements=later)


@pytest.fixture(scope="module")
def retiming(production, board, newer):
    return retime(production, board, newer=newer)


def off_s(old, new, at):
    """How many seconds apart two sets have the station, along its track."""
    (a, _), (b, speed) = (propagate(one, np.array([(at - one.epoch_utc).total_seconds()])) for one in (old, new))
    return float(np.linalg.norm(a - b) / np.linalg.norm(speed))


def test_the_planning_set_is_as_far_off_as_the_public_record_has_it(production, later):
    """NORAD sets of 2021 days 277, 281 and 290, verified by checksum and revolution number: 26 km and 835 km apart."""
    planned = production.unit("orbit").station.station.elements[0]
    assert off_s(planned, later[0], later[0].epoch_utc) == pytest.approx(3.4, abs=0.05)
    undocked = next(one for one in later if f"{one.epoch_utc:%d %H}" == "17 04")
    assert off_s(planned, undocked, undocked.epoch_utc) == pytest.approx(109, abs=0.5)


def test_windows_move_by_what_the_station_is_late(production, later, retiming):
    """3.4 s on 8 October, and 105 s in the hour of undocking on the way to the 109 s of the set published after it."""
    planned = production.unit("orbit").station.station.elements[0]
    undocked = next(one for one in later if f"{one.epoch_utc:%d %H}" == "17 04")
    sunrises, sunsets = ([move for move in retiming.moved if move.shot == shot] for shot in ("22", "53"))
    eighth = min(sunrises, key=lambda move: abs(move.new.open_utc - datetime(2021, 10, 8, 17, 31, tzinfo=UTC)))
    assert eighth.shift_s == pytest.approx(3.4, abs=0.1)
    for last in (sunrises[-1], sunsets[-1]):
        assert UNDOCKING - last.new.open_utc < timedelta(hours=1)
        assert last.shift_s == pytest.approx(off_s(planned, undocked, last.new.open_utc), abs=3)
        assert last.shift_s == pytest.approx(105, abs=3)


def test_each_window_has_one_partner_and_none_is_lost(production, newer, retiming):
    unit = production.unit("orbit")
    stations = [each.unit("orbit").station.station for each in (production, newer)]
    old, new = (find_windows(SUNRISE, station, start=unit.first_utc, end=unit.last_utc) for station in stations)
    moves = [move for move in retiming.windows if move.shot == "22"]
    assert [move.old for move in moves if move.old] == list(old)
    assert [move.new for move in moves if move.new] == list(new)


def test_takes_that_fall_outside_are_named_with_a_roll_that_would_do(retiming):
    assert [take.strip.id for take in retiming.outside] == ["97-2", "49-2"]
    for take in retiming.outside:
        length = take.strip.cut_utc - take.strip.roll_utc
        assert take.outside_s == outside_s(take.strip.roll_utc, take.strip.cut_utc, take.new) > 0
        assert outside_s(take.roll_utc, take.roll_utc + length, take.nearest) == 0
        assert take.same_pass


def test_the_retimed_board_breaks_no_rule_of_light_and_moves_only_what_must(production, board, newer, retiming):
    made = retimed(production, board, retiming)
    assert made.rolled == ("97-2", "49-2")
    assert made.left == ()
    windows = {}
    for unit in newer.units:
        if unit.station:
            shots = [shot for scene in newer.script.scenes for shot in scene.shots if newer.unit_for(scene.number) == unit]
            found = windows_for((s.light for s in shots), unit.station.station, start=unit.first_utc, end=unit.last_utc)
            windows |= {shot.id: found[shot.light] for shot in shots}
    orbit = [day for day in made.board.days if day.unit == "orbit"]
    broken = [each for each in check(newer, replace(made.board, days=tuple(orbit)), windows) if each.strips]
    aboard = {strip.id for day in orbit for strip in day.strips}
    assert [each for each in broken if set(each.strips) & aboard and each.rule in ("light", "crew day", "one place")] == []
    before = {strip.id: strip for strip in board.strips}
    for strip in made.board.strips:
        same = replace(before[strip.id], window=strip.window) == strip
        assert same is (strip.id not in made.rolled)


def test_a_take_that_has_no_room_stays_and_says_why(production, board, newer, retiming):
    take = next(take for take in retiming.outside if take.strip.id == "49-2")
    after = replace(take.strip, id="wedge", start_utc=take.strip.end_utc, end_utc=take.strip.end_utc + timedelta(minutes=5))
    days = tuple(replace(day, strips=(*day.strips, after)) if take.strip in day.strips else day for day in board.days)
    made = retimed(production, replace(board, days=days), retiming)
    assert dict(made.left)["49-2"] == "strip wedge is in the way"
    kept = next(strip for strip in made.board.strips if strip.id == "49-2")
    assert (kept.roll_utc, kept.window) == (take.strip.roll_utc, take.new)


def test_the_same_elements_move_nothing(production, board):
    still = retime(production, board, newer=production)
    assert still.largest_shift_s == 0
    assert [*still.outside, *still.vanished, *still.appeared] == []


def test_newer_sets_put_older_ephemerides_out_of_force_and_alone_forgets_all(production, later):
    joined = with_orbit(production, elements=later).unit("orbit").station.station
    alone = with_orbit(production, elements=later, keep=False).unit("orbit").station.station
    assert len(joined.elements) == len(later) + 1
    assert alone.elements == later


def _windows(starts):
    at = datetime(2021, 10, 5, tzinfo=UTC)
    return [
        Window(open_utc=at + timedelta(seconds=s), close_utc=at + timedelta(seconds=s + 120), edge_s=1, firm=True, why="")
        for s in starts
    ]


@given(st.lists(st.integers(0, 200), unique=True, max_size=30), st.integers(-900, 900), st.data())
def test_windows_an_orbit_apart_find_their_partners_again(orbits, late_s, data):
    """However many vanish: what is left is matched with what it was, and shifted by as much."""
    starts = sorted(orbit * 5580 for orbit in orbits)
    gone = data.draw(st.sets(st.sampled_from(starts))) if starts else set()
    old, new = _windows(starts), _windows([start + late_s for start in starts if start not in gone])
    pairs = match(old, new)
    assert sum(b is None for _, b in pairs) == len(gone)
    assert all(a is not None for a, _ in pairs)
    assert {shift_s(a, b) for a, b in pairs if a and b} <= {float(late_s)}
