"""Whole lights against a scan of every second: a row of true and false is the authority."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.model import AnyOf, Clause, First, Lasting, Light, Near, Not, Place, Widened
from cupola.sky import find_windows, windows_for
from cupola.sky.algebra import met, reach_s
from cupola.sky.intervals import as_intervals, contains, intersect, total_s
from cupola.sky.timescale import Span

START = datetime(2021, 10, 5, tzinfo=UTC)
LENGTH_S, FAR_S = 120, 400
SPAN = Span(start_utc=START, end_utc=START + timedelta(seconds=LENGTH_S))
A, B, C = (Clause(condition=name) for name in ("orbital day", "in contact", "outside saa"))
WHOLE = np.arange(-FAR_S, LENGTH_S + FAR_S)
pairs = st.lists(st.tuples(st.integers(-FAR_S, LENGTH_S + FAR_S), st.integers(1, 90)), max_size=12)
times = pairs.map(lambda raw: as_intervals([(a, min(a + long, LENGTH_S + FAR_S)) for a, long in raw]))
seconds = st.integers(1, 40).map(float)


def grown(inner):
    several = st.lists(inner, min_size=2, max_size=3, unique=True).map(tuple)
    return st.one_of(
        several.map(lambda each: AnyOf(needs=each)),
        several.map(lambda each: Light(clauses=each)),
        inner.map(lambda need: Not(need=need)),
        st.builds(Near, need=inner, within_s=seconds, side=st.sampled_from(["of", "before", "after"])),
        st.builds(Lasting, need=inner, at_least_s=seconds),
        st.builds(Widened, need=inner, by_s=seconds | seconds.map(lambda x: -x)),
    )


local = st.recursive(st.sampled_from([A, B, C]), grown, max_leaves=5).filter(lambda need: reach_s(need) < FAR_S)


def scan(need, truth):
    """Every second of the whole, true where the need is met: nothing but loops over seconds."""
    if isinstance(need, Clause):
        return truth[need]
    if isinstance(need, AnyOf):
        return np.any([scan(each, truth) for each in need.needs], axis=0)
    if isinstance(need, Light):
        return np.all([scan(each, truth) for each in need.clauses], axis=0)
    inner = scan(need.need, truth)
    n = len(inner)
    if isinstance(need, Not):
        return ~inner
    if isinstance(need, Near):
        w = int(need.within_s)
        ahead = np.array([inner[t + 1 : t + w + 1].any() for t in range(n)])
        behind = np.array([inner[max(0, t - w) : t].any() for t in range(n)])
        return {"of": inner | ahead | behind, "before": ~inner & ahead, "after": ~inner & behind}[need.side]
    if isinstance(need, Widened):
        w = int(abs(need.by_s))
        if need.by_s > 0:
            return np.array([inner[max(0, t - w) : t + w + 1].any() for t in range(n)])
        return np.array([t >= w and t + w < n and inner[t - w : t + w + 1].all() for t in range(n)])
    runs, found = [], np.zeros(n, dtype=bool)
    for t in range(n):
        if inner[t] and (t == 0 or not inner[t - 1]):
            runs.append([t, t])
        if inner[t]:
            runs[-1][1] = t + 1
    for a, b in runs:
        found[a:b] = b - a >= need.at_least_s
    return found


@given(local, times, times, times)
def test_a_whole_light_is_what_a_scan_of_every_second_says_up_to_the_ends_of_the_span(need, a, b, c):
    spells = {A: a, B: b, C: c}
    truth = {clause: contains(spell, WHOLE) for clause, spell in spells.items()}
    inside = (WHOLE >= 0) & (WHOLE < LENGTH_S)
    expected = scan(need, truth)[inside]
    found = met(need, spells, SPAN, around_s=FAR_S)
    np.testing.assert_array_equal(contains(found, np.arange(LENGTH_S)), expected)
    assert total_s(found) == expected.sum()


@given(local, times, times, times)
def test_a_light_reaches_no_farther_than_it_says(need, a, b, c):
    """What lies beyond its reach changes nothing within the span."""
    reach = reach_s(need)
    cut = as_intervals([(-reach, LENGTH_S + reach)])
    near = {clause: intersect(spell, cut) for clause, spell in ((A, a), (B, b), (C, c))}
    wide = met(need, {A: a, B: b, C: c}, SPAN, around_s=FAR_S)
    np.testing.assert_array_equal(met(need, near, SPAN, around_s=reach), wide)


@given(times, st.integers(1, 4), st.integers(0, 40), st.none() | st.integers(-50, 150))
def test_the_first_windows_are_counted_from_the_start_of_the_span_or_from_an_instant_in_it(a, count, least, at):
    after = None if at is None else START + timedelta(seconds=at)
    need = First(need=A, count=count, at_least_s=float(least), after_utc=after)
    found = met(need, {A: a}, SPAN, around_s=FAR_S)
    begin = max(0, at or 0)
    left = [[max(x, begin), min(y, LENGTH_S)] for x, y in a.tolist() if min(y, LENGTH_S) > max(x, begin)]
    long = [each for each in left if each[1] - each[0] >= least]
    assert found.tolist() == (long[:count] if len(long) >= count else [])


def test_a_night_that_the_span_cuts_counts_with_its_whole_length(station, asking):
    """A night of 33 min is still one of at least 25 where the span begins 15 min into it."""
    night = find_windows(asking("orbital night"), station, start=START, end=START + timedelta(hours=4))[1]
    begin = night.open_utc + timedelta(minutes=15)
    long = Light(clauses=(Lasting(need=Clause(condition="orbital night"), at_least_s=1500.0),))
    (first, *_) = find_windows(long, station, start=begin, end=begin + timedelta(hours=2))
    assert first.open_utc == begin
    assert abs(first.close_utc - night.close_utc) < timedelta(milliseconds=1)
    soon = Light(clauses=(Near(need=Clause(condition="orbital sunrise"), within_s=600.0, side="before"),))
    sunrise = find_windows(asking("orbital sunrise"), station, start=START, end=START + timedelta(hours=4))[1]
    end = sunrise.open_utc - timedelta(minutes=3)
    *_, last = find_windows(soon, station, start=START, end=end)
    assert last.close_utc == end
    assert abs(last.open_utc - (sunrise.open_utc - timedelta(minutes=10))) < timedelta(milliseconds=1)


def test_nights_of_25_minutes_end_with_13_october(station):
    """Of the nights of the flight 34.0 min shrink to 22.9; at least 25 min last none that begins after 13 October."""
    long = Light(clauses=(Lasting(need=Clause(condition="orbital night"), at_least_s=1500.0),))
    windows = find_windows(long, station, start=datetime(2021, 10, 5, 12, 22, tzinfo=UTC), end=START + timedelta(days=12))
    assert all(window.length_s >= 1500 or window.open_utc.day == 5 for window in windows)
    assert windows[-1].open_utc.date() <= datetime(2021, 10, 13, tzinfo=UTC).date()
    assert "for at least 25 min" in windows[0].why


def test_what_other_lights_reach_for_moves_no_edge_of_a_light(station, asking):
    night = asking("orbital night")
    near = Light(clauses=(Near(need=Clause(condition="orbital sunrise"), within_s=300.0),))
    end = START + timedelta(days=2)
    assert windows_for((night, near), station, start=START, end=end)[night] == find_windows(
        night, station, start=START, end=end
    )


@pytest.mark.parametrize("where", ["aboard", "ground"])
def test_a_choice_names_what_is_met_and_a_near_light_how_far_off_it_is(station, where):
    moscow = Place(id="m", name="Moscow", hub="", unit="", lat_deg=55.75, lon_deg=37.62, tz="Europe/Moscow")
    if where == "aboard":
        over = tuple(Clause(condition="over", argument=name) for name in ("Moscow", "Baikonur"))
        light, place = (
            Light(clauses=(AnyOf(needs=over), Near(need=Clause(condition="orbital night"), within_s=5400.0))),
            station,
        )
    else:
        light = Light(clauses=(AnyOf(needs=(Clause(condition="dawn"), Clause(condition="dusk"))),))
        place = moscow
    windows = find_windows(light, place, start=START, end=START + timedelta(days=3))
    assert windows
    said = {window.why.split(" (")[0] for window in windows}
    assert said <= ({"over Moscow", "over Baikonur"} if where == "aboard" else {"dawn", "dusk"})
    assert len(said) == 2
    if where == "aboard":
        assert all("it, midway)" in window.why for window in windows)
