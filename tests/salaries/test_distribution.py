"""Percentiles of posted ranges, held to plain arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from careers.salaries.distribution import LARGEST_SHARE, percentiles, weights


def arrays(ranges):
    low, high = np.array(ranges, dtype=float).T
    return low, high, np.full(len(ranges), 1 / len(ranges))


@pytest.mark.parametrize(
    ("ranges", "shares", "expected"),
    [
        ([(50, 50)], (0.1, 0.5, 0.9), [50, 50, 50]),
        ([(40, 60)], (0.25, 0.5, 0.75), [45, 50, 55]),
        ([(40, 60)], (0, 1), [40, 60]),
        ([(40, 50), (50, 60)], (0.25, 0.5, 0.75), [45, 50, 55]),
        ([(40, 60), (40, 60)], (0.25, 0.5, 0.75), [45, 50, 55]),
        ([(40, 60), (50, 50)], (0.25, 0.5, 0.75), [50, 50, 50]),
        ([(40, 60), (50, 50)], (0.125, 0.875), [45, 55]),
        ([(10, 20), (80, 90)], (0.25, 0.5, 0.75), [15, 20, 85]),
        ([(10, 10), (20, 20), (30, 30)], (0.3, 0.34, 0.67), [10, 20, 30]),
        ([(0, 100), (40, 50)], (0.2, 0.5, 0.75), [40, 45.454545, 50]),
    ],
)
def test_percentiles_are_read_off_the_mixture(ranges, shares, expected):
    found = percentiles(*arrays(ranges), shares)
    assert found == pytest.approx(expected, abs=1e-5)


def test_weight_moves_the_median():
    low = high = np.array([10.0, 20.0, 30.0])
    assert percentiles(low, high, np.array([0.6, 0.2, 0.2]), [0.5]) == [10.0]
    assert percentiles(low, high, np.array([0.2, 0.2, 0.6]), [0.5]) == [30.0]


@pytest.mark.parametrize(
    ("low", "high", "weight", "message"),
    [
        ([], [], [], "one lowest"),
        ([1.0], [2.0, 3.0], [1.0], "one lowest"),
        ([1.0], [2.0], [0.5, 0.5], "one lowest"),
        ([2.0], [1.0], [1.0], "ends below"),
    ],
)
def test_arrays_that_make_no_sense_are_refused(low, high, weight, message):
    with pytest.raises(ValueError, match=message):
        percentiles(np.array(low), np.array(high), np.array(weight), [0.5])


ends = st.integers(20_000, 150_000)
ranges_ = st.lists(
    st.tuples(ends, st.one_of(st.just(0), st.integers(0, 40_000))).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
    min_size=1,
    max_size=12,
)


def share_at_or_below(x, ranges):
    """The distribution function of the mixture, from its definition."""
    return np.mean(
        [
            float(x >= low) if low == high else min(1, max(0, (x - low) / (high - low)))
            for low, high in ranges
        ]
    )


@given(ranges=ranges_, share=st.floats(0.01, 0.99))
@examples(max_examples=200)
def test_a_percentile_is_the_least_pay_that_reaches_its_share(ranges, share):
    (at,) = percentiles(*arrays(ranges), [share])
    assert share_at_or_below(at + 0.01, ranges) >= share - 1e-9
    assert share_at_or_below(at - 0.01, ranges) <= share + 1e-9


@given(ranges=ranges_)
@examples(max_examples=100)
def test_percentiles_never_fall_and_stay_inside_the_ranges(ranges):
    found = percentiles(*arrays(ranges), [n / 20 for n in range(21)])
    assert found == sorted(found)
    assert found[0] == pytest.approx(min(low for low, _ in ranges))
    assert found[-1] == pytest.approx(max(high for _, high in ranges))


@pytest.mark.parametrize(
    ("employers", "shares"),
    [
        ([1], {1: 1.0}),
        ([1, 1, 1, 2], {1: 0.5, 2: 0.5}),
        ([1] * 9 + [2, 3, 4], {1: 0.25, 2: 0.25, 3: 0.25, 4: 0.25}),
        ([1, 2, 3, 4, 5], dict.fromkeys(range(1, 6), 0.2)),
        ([1] * 6 + [2, 3, 4, 5], {1: 0.25, 2: 0.1875, 3: 0.1875, 4: 0.1875, 5: 0.1875}),
    ],
)
def test_no_employer_weighs_more_than_a_quarter(employers, shares):
    numbers = np.array(employers)
    found = weights(numbers)
    assert {
        int(n): pytest.approx(found[numbers == n].sum()) for n in set(employers)
    } == shares


@given(st.lists(st.integers(1, 9), min_size=1, max_size=80))
@examples(max_examples=200)
def test_weights_sum_to_one_and_keep_the_cap_where_it_can_hold(employers):
    numbers = np.array(employers)
    found = weights(numbers)
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()
    several = np.unique(numbers)
    if len(several) >= 4:
        largest = max(found[numbers == n].sum() for n in several)
        assert largest <= LARGEST_SHARE + 1e-9
    for n in several:
        assert np.ptp(found[numbers == n]) == pytest.approx(0)
