"""The root finder on functions whose roots are known in closed form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.sky.find import find_roots, find_spells
from cupola.sky.intervals import as_intervals, complement, contains, intersect

SPAN_S = 20_000.0


def cosine_spells(period, phase, level):
    """When cos(2π(t - phase)/period) is above a level."""
    half = period * np.arccos(level) / (2 * np.pi)
    peaks = phase + period * np.arange(-2, SPAN_S / period + 2)
    return intersect(as_intervals(np.column_stack((peaks - half, peaks + half))), as_intervals([(0, SPAN_S)]))


@given(st.floats(3000, 9000), st.floats(0, 9000), st.floats(-0.9999, 0.9999))
def test_spells_of_a_wave_are_exact_and_complete_on_coarse_steps(period, phase, level):
    (ours,) = find_spells(lambda t, row: np.cos(2 * np.pi * (t - phase) / period) - level, span_s=SPAN_S, step_s=period / 4)
    exact = cosine_spells(period, phase, level)
    exact = exact[exact[:, 1] - exact[:, 0] > 0.5]
    ours = ours[ours[:, 1] - ours[:, 0] > 0.5 - 1e-3]
    assert len(ours) >= len(exact)
    for middle in exact.mean(axis=1):
        assert contains(ours, middle)
    matched = ours[contains(exact, ours.mean(axis=1))]
    np.testing.assert_allclose(matched, exact, atol=2e-3)


@pytest.mark.parametrize("lasting_s", [0.2, 1.0, 5.0, 60.0])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_grazing_event_between_two_samples_is_found(lasting_s, sign):
    period, step = 5578.0, 600.0
    level = np.cos(np.pi * lasting_s / period)
    for phase in np.linspace(0, step, 23):
        (spells,) = find_spells(
            lambda t, row, at=phase: sign * (np.cos(2 * np.pi * (t - at - 3000) / period) - level),
            span_s=SPAN_S,
            step_s=step,
        )
        events = spells if sign > 0 else complement(spells, (0, SPAN_S))
        exact = cosine_spells(period, phase + 3000, level)
        np.testing.assert_allclose(events, exact, atol=5e-3)


def test_a_corner_that_dips_through_zero_between_samples_is_found():
    for phase in np.linspace(0, 30, 31):
        (outside,) = find_spells(lambda t, row, at=phase: np.abs(t - 300 - at) - 1.0, span_s=900, step_s=30)
        np.testing.assert_allclose(outside, [[0, 299 + phase], [301 + phase, 900]], atol=1e-3)


def test_rows_are_searched_together_and_answered_apart():
    phases = np.array([0.0, 700.0, 1400.0])

    def margin(t, row):
        return np.cos(2 * np.pi * (t - phases[row]) / 5000) - 0.5

    together = find_spells(margin, rows=3, span_s=SPAN_S, step_s=300)
    for phase, spells in zip(phases, together, strict=True):
        np.testing.assert_allclose(spells, cosine_spells(5000, phase, 0.5), atol=1e-3)


def test_spells_are_cut_at_the_ends_of_the_span_and_never_beyond():
    (always,) = find_spells(lambda t, row: np.ones_like(t), span_s=100, step_s=30)
    (never,) = find_spells(lambda t, row: -np.ones_like(t), span_s=100, step_s=30)
    (late,) = find_spells(lambda t, row: t - 99.5, span_s=100, step_s=30)
    (beyond,) = find_spells(lambda t, row: t - 100.5, span_s=100, step_s=30)
    assert always.tolist() == [[0, 100]]
    assert len(never) == len(beyond) == 0
    np.testing.assert_allclose(late, [[99.5, 100]], atol=1e-3)


@given(st.floats(-0.999, 0.999), st.floats(0.1, 9))
def test_roots_are_bracketed_to_the_tolerance_even_where_the_function_is_flat(root, steep):
    def flat(x, which):
        return (x - root) ** 3 * steep

    lo, hi = np.array([-1.0]), np.array([1.0])
    (x,) = find_roots(flat, lo, hi, flat(lo, 0), flat(hi, 0), tol_s=1e-6)
    assert abs(x - root) <= 1e-6
