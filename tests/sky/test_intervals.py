"""Interval algebra against a scan of whole seconds: a set of integers is the authority."""

import doctest

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cupola.sky import intervals
from cupola.sky.intervals import (
    after,
    as_intervals,
    at_least,
    before,
    complement,
    contains,
    dilate,
    erode,
    first,
    intersect,
    next_after,
    subtract,
    total_s,
    union,
)

SPAN = (0, 60)
pairs = st.lists(st.tuples(st.integers(0, 59), st.integers(1, 60)), max_size=8)
times = pairs.map(as_intervals)


def seconds(table):
    """Every whole second that is in the set."""
    return {second for start, end in table for second in range(int(start), int(end))}


def assert_normal(table):
    assert table.shape == (len(table), 2)
    assert (table[:, 0] < table[:, 1]).all()
    assert (table[1:, 0] > table[:-1, 1]).all()


@given(pairs)
def test_any_pairs_become_a_normal_set_with_the_same_seconds(raw):
    table = as_intervals(raw)
    assert_normal(table)
    assert seconds(table) == seconds(raw)


@given(times, times, times)
def test_union_intersection_and_difference_are_those_of_sets_of_seconds(a, b, c):
    for ours, theirs in (
        (union(a, b, c), seconds(a) | seconds(b) | seconds(c)),
        (intersect(a, b, c), seconds(a) & seconds(b) & seconds(c)),
        (subtract(a, b), seconds(a) - seconds(b)),
        (complement(a, SPAN), set(range(*SPAN)) - seconds(a)),
    ):
        assert_normal(ours)
        assert seconds(ours) == theirs
        assert total_s(ours) == len(theirs)


@given(times, times)
def test_de_morgan(a, b):
    def without(table):
        return complement(table, SPAN)

    np.testing.assert_array_equal(without(union(a, b)), intersect(without(a), without(b)))
    np.testing.assert_array_equal(without(intersect(a, b)), union(without(a), without(b)))
    np.testing.assert_array_equal(without(without(a)), a)


@given(times, st.integers(0, 9))
def test_dilation_reaches_each_second_within_its_distance_and_erosion_is_its_dual(a, by):
    wide = dilate(a, by)
    assert_normal(wide)
    assert seconds(wide) == {near for second in seconds(a) for near in range(second - by, second + by + 1)}
    far = (SPAN[0] - 2 * by, SPAN[1] + 2 * by)
    np.testing.assert_array_equal(intersect(erode(a, by), as_intervals([SPAN])), erode(a, by))
    inner = complement(dilate(complement(a, far), by), far)
    np.testing.assert_array_equal(erode(a, by), inner)


@given(times, st.integers(0, 20))
def test_at_least_keeps_whole_intervals_that_are_long_enough(a, least):
    assert at_least(a, least).tolist() == [[start, end] for start, end in a.tolist() if end - start >= least]


@given(times)
def test_an_instant_is_inside_from_the_start_of_an_interval_until_just_before_its_end(a):
    inside = contains(a, np.arange(*SPAN))
    assert set(np.flatnonzero(inside).tolist()) == seconds(a)


@given(times, st.integers(1, 20))
def test_before_and_after_are_the_seconds_that_lie_so_near_and_outside(a, within):
    near = seconds(a)
    whole = range(-30, 90)
    assert seconds(before(a, within)) == {t for t in whole if t not in near and near & set(range(t + 1, t + within + 1))}
    assert seconds(after(a, within)) == {t for t in whole if t not in near and near & set(range(t - within, t))}
    for table in (before(a, within), after(a, within)):
        assert_normal(table)
    both = union(before(a, within), a, after(a, within))
    np.testing.assert_array_equal(both, dilate(a, within))


@given(times, times, st.integers(0, 9))
def test_dilation_and_erosion_are_adjoint_and_dilation_goes_over_unions(a, b, by):
    """A dilated set lies in another exactly when the set lies in the other, eroded (the adjunction of morphology)."""

    def lies_in(part, whole):
        return subtract(part, whole).tolist() == []

    assert lies_in(dilate(a, by), b) == lies_in(a, erode(b, by))
    np.testing.assert_array_equal(dilate(union(a, b), by), union(dilate(a, by), dilate(b, by)))
    assert lies_in(erode(dilate(a, by), by), dilate(a, by))
    assert lies_in(a, erode(dilate(a, by), by))
    assert lies_in(dilate(erode(a, by), by), a)


@given(times, times, times)
def test_union_and_intersection_are_idempotent_and_absorb_and_distribute(a, b, c):
    same = np.testing.assert_array_equal
    same(union(a, a), a)
    same(intersect(a, a), a)
    same(union(a, intersect(a, b)), a)
    same(intersect(a, union(a, b)), a)
    same(intersect(a, union(b, c)), union(intersect(a, b), intersect(a, c)))
    same(union(a, intersect(b, c)), intersect(union(a, b), union(a, c)))


@given(times, st.integers(1, 4), st.integers(0, 9), st.integers(-5, 65))
def test_the_first_windows_of_a_length_from_an_instant_on_are_all_of_so_many_or_none(a, count, least, at):
    left = [[max(start, at), end] for start, end in a.tolist() if end > at]
    long = [each for each in left if each[1] - each[0] >= least]
    assert first(a, count, at_least_s=least, after_s=at).tolist() == (long[:count] if len(long) >= count else [])
    assert next_after(a, at).tolist() == left[:1]


def test_the_empty_set_is_an_operand_like_any_other():
    never, a = intervals.NEVER, as_intervals([(1, 2)])
    assert union().tolist() == union(never, never).tolist() == intersect(a, never).tolist() == []
    assert subtract(never, a).tolist() == []
    assert complement(never, (0, 5)).tolist() == [[0, 5]]
    assert complement(as_intervals([(0, 5)]), (0, 5)).tolist() == []


def test_the_examples_in_the_module_run():
    assert doctest.testmod(intervals).failed == 0
