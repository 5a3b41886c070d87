"""What the room says when there is no window, and of elements that have aged."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cupola.model import ANY_LIGHT, Place, Target
from cupola.sky import age_note, find_windows, why_none
from cupola.sky.ageing import edge_p95_s, edge_s

START, END = datetime(2021, 10, 5, tzinfo=UTC), datetime(2021, 10, 17, tzinfo=UTC)
TROMSO = Place(id="t", name="Tromsø", hub="", unit="", lat_deg=69.65, lon_deg=18.96, tz="Europe/Oslo")


def test_a_clause_that_never_holds_is_named_with_the_instant_that_comes_closest(asking):
    """The midnight Sun of 2 June stands 22.15° (its declination) less 90° - 69.65° over the north."""
    june = datetime(2022, 6, 1, tzinfo=UTC)
    text = why_none(asking("night"), TROMSO, start=june, end=june + timedelta(days=30))
    assert text.startswith("“night” never holds between 1 Jun 2022, 02:00 local time and 1 Jul 2022, 02:00 local time.")
    assert (
        "It comes closest on 2 Jun 2022, 00:41 local time: the Sun's centre is at 1.8°. The nearest one lies before the "
        in text
    )


def test_a_season_without_night_says_how_high_the_sun_stays(station, asking):
    start = datetime(2021, 12, 13, tzinfo=UTC)
    text = why_none(asking("orbital night"), station, start=start, end=start + timedelta(days=2))
    assert "“orbital night” never holds" in text
    assert "° above the limb." in text or "° below the limb." in text


def test_a_target_that_is_never_passed_says_how_near_the_station_comes(station, asking):
    north = replace(station, targets=(Target(name="Svalbard", lat_deg=78.2, lon_deg=15.6, min_sun_deg=-90),))
    text = why_none(asking("over Svalbard"), north, start=START, end=END)
    assert "“over Svalbard” never holds" in text
    assert "the station is " in text
    assert "below the horizon there" in text


@pytest.mark.parametrize("relays", [slice(0, 2), slice(2, 3)])
def test_a_span_without_contact_or_within_the_anomaly_says_what_is_in_the_way(station, asking, relays):
    some = replace(station, relays=station.relays[relays])
    windows = find_windows(asking("in contact"), some, start=START, end=END)
    gap = (windows[1].close_utc, windows[2].open_utc)
    text = why_none(asking("in contact"), some, start=gap[0] + timedelta(seconds=9), end=gap[1] - timedelta(seconds=9))
    assert "“in contact” never holds" in text
    assert "the Earth is between the station and every relay. The nearest one lies " in text
    clear = find_windows(asking("outside saa"), station, start=START, end=END)
    inside = (clear[0].close_utc + timedelta(seconds=9), clear[1].open_utc - timedelta(seconds=9))
    text = why_none(asking("outside saa"), station, start=inside[0], end=inside[1])
    assert "the ground track is inside the South Atlantic Anomaly. The nearest one lies " in text


def test_clauses_that_never_meet_are_told_apart_and_their_nearest_miss_given(station, asking):
    text = why_none(asking("orbital night", "over Moscow"), station, start=START, end=END)
    assert text.startswith("“orbital night” and “over Moscow” each hold at times, but never together; without ")
    assert "They miss each other least on " in text
    nights = find_windows(asking("orbital night"), station, start=START, end=END)
    passes = find_windows(asking("over Moscow"), station, start=START, end=END)
    gap = min(max((b.open_utc - a.close_utc), (a.open_utc - b.close_utc)) for a in nights for b in passes)
    minutes, seconds = divmod(round(gap.total_seconds()), 60)
    assert f"by {minutes} min {seconds} s." in text


def test_windows_that_are_too_short_say_how_long_they_are_and_which_clause_makes_them_so(station, asking):
    light = asking("over Moscow", "in contact")
    windows = find_windows(light, station, start=START, end=END)
    longest = max(windows, key=lambda window: window.length_s)
    text = why_none(light, station, start=START, end=END, at_least_s=600)
    assert "No window of over Moscow, in contact lasts 10 min" in text
    assert f"{round(longest.length_s) // 60} min" in text
    assert f"{longest.open_utc:%H:%M:%S} UTC" in text
    assert "Without “over Moscow” it would last" in text


def test_where_there_are_windows_after_all_it_says_so(station, asking):
    assert why_none(asking("orbital night"), station, start=START, end=END).startswith("There are 186 windows")
    assert "whole span" in why_none(ANY_LIGHT, station, start=START, end=END)


def test_fresh_elements_are_not_worth_a_remark(station):
    epoch = station.elements[0].epoch_utc
    assert age_note(station, epoch - timedelta(days=1), epoch + timedelta(days=2.9)) is None


@pytest.mark.parametrize(
    ("first", "days", "said"),
    [
        (0.5, 11.5, "are 12.0 days from the last window: edges there may be off by 14 s, one time in twenty by 227 s."),
        (9, 12, "Windows more than 15 days from the elements are not firm."),
        (1132, 10, "are 3.1 years old at the first window: no window is firm. Fetch a set published near 2024-11-09"),
        (-40, 10, "are 30.0 days younger than the last window: no window is firm."),
    ],
)
def test_the_age_of_elements_is_said_in_words_with_what_to_do(station, first, days, said):
    start = station.elements[0].epoch_utc + timedelta(days=first)
    note = age_note(station, start, start + timedelta(days=days))
    assert note.startswith("The elements of 2021-10-04 ")
    assert said in note
    assert "run again." in note


def test_a_station_without_elements_is_told_so(station):
    assert "no orbital elements" in age_note(replace(station, elements=()), START, END)


def test_edges_follow_the_table_of_forecast_errors(elements):
    """493 ISS sets of 2017: median 0.1, 0.6, 3.8, 14 s and 95 % 1, 26, 107, 227 s at 1, 3, 7, 12 days."""
    days = np.array([0.0, 1, 3, 7, 12])
    np.testing.assert_allclose(edge_s(days, elements), [1, 1, 1, 3.8, 14], rtol=1e-9)
    np.testing.assert_allclose(edge_p95_s(days, elements), [1, 1, 26, 107, 227], rtol=1e-9)
    many = edge_s(np.linspace(0, 4000, 500), elements)
    assert (np.diff(many) >= 0).all()
    assert many.max() == pytest.approx(92.97 * 60 / 2, abs=2)


def test_naming_the_room_imports_nothing_heavy():
    code = "import sys, cupola.sky; print([m for m in ('numpy', 'erfa', 'sgp4') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_finding_windows_needs_no_scipy_no_astropy_no_numba():
    code = (
        "import sys, cupola.sky.windows, cupola.sky.explain, cupola.sky.flight, cupola.sky.sun;"
        "print([m for m in ('scipy', 'astropy', 'numba', 'skyfield', 'pandas') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
