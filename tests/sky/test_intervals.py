"""Interval algebra against a scan of whole seconds: a set of integers is the authority."""

import doctest

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cupola.sky import intervals
from cupola.sky.intervals import (
    as_intervals,
    at_least,
    complement,
    contains,
    dilate,
    erode,
    intersect,
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


def test_the_empty_set_is_an_operand_like_any_other():
    never, a = intervals.NEVER, as_intervals([(1, 2)])
    assert union().tolist() == union(never, never).tolist() == intersect(a, never).tolist() == []
    assert subtract(never, a).tolist() == []
    assert complement(never, (0, 5)).tolist() == [[0, 5]]
    assert complement(as_intervals([(0, 5)]), (0, 5)).tolist() == []


def test_the_examples_in_the_module_run():
    assert doctest.testmod(intervals).failed == 0
