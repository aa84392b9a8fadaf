"""Percentiles of posted ranges, held to plain arithmetic."""

from bisect import bisect_left
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from careers.salaries.bootstrap import MOST_CELLS, resampled
from careers.salaries.distribution import (
    DRAWS,
    LARGEST_SHARE,
    SEED,
    SHARES,
    Ranges,
    density,
    estimate,
    percentiles,
    rank,
    weights,
)


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


# ---------------------------------------------------------------- by plain arithmetic


def shares_by_hand(counts):
    """Shares of employers, capped one at a time, as exact fractions."""
    present = [name for name, count in counts.items() if count]
    cap = max(Fraction(1, 4), Fraction(1, len(present)))
    share = {name: Fraction(counts[name], sum(counts.values())) for name in present}
    held = set()
    while over := {name for name in present if share[name] > cap}:
        held |= over
        rest = sum(counts[name] for name in present if name not in held)
        for name in present:
            if name in held:
                share[name] = cap
            else:
                share[name] = (1 - cap * len(held)) * Fraction(counts[name], rest)
    return share


def percentile_by_hand(rows, share):
    """The least figure at which the mixture of ``(low, high, weight)`` reaches it."""

    def reached(x, *, before=False):
        total = Fraction(0)
        for low, high, weight in rows:
            if low == high:
                total += weight * (x > low if before else x >= low)
            else:
                total += weight * min(max((x - low) / (high - low), 0), 1)
        return total

    knots = sorted({end for low, high, _ in rows for end in (low, high)})
    place = bisect_left(knots, share, key=reached)
    knot = knots[place]
    if not place or reached(knot, before=True) <= share:
        return knot
    last, before = knots[place - 1], reached(knots[place - 1])
    part = (share - before) / (reached(knot, before=True) - before)
    return last + part * (knot - last)


def weighted_by_hand(group, times=None):
    """Rows of ``(low, high, weight)`` of ``(low, high, employer)``, in fractions."""
    counts = Counter(employer for *_, employer in group)
    drawn = {
        name: count * (1 if times is None else times[name])
        for name, count in counts.items()
    }
    share = shares_by_hand(drawn)
    return [
        (Fraction(low), Fraction(high), share[employer] / counts[employer])
        for low, high, employer in group
        if employer in share
    ]


def ranges_of(group):
    low, high, employers = zip(*group, strict=True)
    return Ranges(np.array(low, float), np.array(high, float), np.array(employers))


cents = st.one_of(
    st.integers(20_000, 60_000).map(lambda n: n * 2),
    st.sampled_from([40_000, 50_000, 60_000, 62_500, 80_000]),
    st.integers(1_000_000, 100_000_000).map(lambda n: n / 100),
    st.integers(725, 15_000).map(lambda n: n / 100),
)
widths = st.one_of(
    st.just(0), st.sampled_from([0.01, 0.25, 5_000, 20_000]), st.integers(1, 900_000)
)
posted = st.builds(
    lambda low, width, employer: (low, round(low + width, 2), employer),
    cents,
    widths,
    st.one_of(st.integers(1, 4), st.integers(1, 30), st.just(10**12)),
)
groups_ = st.lists(posted, min_size=5, max_size=40).filter(
    lambda group: len({employer for *_, employer in group}) >= 4
)


@given(group=groups_)
@examples(max_examples=300, deadline=None)
def test_percentiles_are_exact_to_the_cent(group):
    found = estimate(ranges_of(group), draws=0).percentiles[0]
    rows = weighted_by_hand(group)
    for share, pay in zip(SHARES, found, strict=True):
        assert pay == pytest.approx(
            float(percentile_by_hand(rows, Fraction(str(share)))), abs=0.005
        )


def test_percentiles_of_many_ranges_are_exact_to_the_cent():
    rng = np.random.default_rng(5)
    low = np.round(rng.lognormal(11, 0.4, 30_000), 2)
    low[::3] = np.round(low[::3], -3)
    width = np.round(low * rng.choice([0, 0, 0.1, 0.4, 2], len(low)), -2)
    width[::7] = 0.01
    weight = np.full(len(low), 1 / len(low))
    found = percentiles(low, low + width, weight, SHARES)
    for share, pay in zip(SHARES, found, strict=True):
        for aside, least, most in ((-0.005, 0, share), (0.005, share, 1)):
            reached = np.where(
                width == 0,
                low <= pay + aside,
                np.clip((pay + aside - low) / np.where(width == 0, 1, width), 0, 1),
            ).mean()
            assert least - 1e-12 <= reached <= most + 1e-12


@given(group=groups_, seed=st.integers(0, 5))
@examples(max_examples=40, deadline=None)
def test_each_draw_is_the_median_of_its_employers(group, seed):
    ranges = ranges_of(group)
    found = estimate(ranges, draws=12, seed=seed)
    names = sorted(set(ranges.employers.tolist()))
    drawn = resampled(len(names), 12, seed).times
    cell = 2 * (ranges.high.max() - ranges.low.min()) / MOST_CELLS + 0.01
    for draw, median in enumerate(found.medians[0]):
        times = {name: int(drawn[n, draw]) for n, name in enumerate(names)}
        exact = percentile_by_hand(weighted_by_hand(group, times), Fraction(1, 2))
        assert median == pytest.approx(float(exact), abs=cell)


def test_draws_of_many_employers_are_precise_to_a_cell_under_a_tenth_of_the_interval():
    rng = np.random.default_rng(8)
    employers = np.sort(rng.integers(0, 300, 3_000))
    level = rng.normal(62_000, 9_000, 300)[employers]
    low = np.round(level + rng.normal(0, 4_000, 3_000), -2)
    high = low + rng.choice([0, 5_000, 20_000], 3_000)
    ranges = Ranges(low, high, employers)
    found = estimate(ranges, draws=30, has_medians=True)
    width = np.ptp(found.intervals[0])
    numbers = np.unique(employers, return_inverse=True)[1]
    drawn = resampled(len(np.unique(employers)), 30, SEED).times
    for draw, median in enumerate(found.medians[0]):
        weight = drawn[numbers, draw].astype(float)
        (exact,) = percentiles(low, high, weight / weight.sum(), [0.5])
        assert median == pytest.approx(exact, abs=width / 10)


def test_the_interval_of_many_employers_is_that_of_their_draws():
    """So many employers need no draws: both ways give one interval."""
    rng = np.random.default_rng(9)
    employers = np.sort(rng.integers(0, 150, 1_500))
    level = rng.normal(62_000, 9_000, 150)[employers]
    low = np.round(level + rng.normal(0, 4_000, 1_500), -2)
    ranges = Ranges(low, low + rng.choice([0, 5_000, 20_000], 1_500), employers)
    quick = estimate(ranges)
    drawn = estimate(ranges, draws=2_000, has_medians=True)
    assert np.isnan(quick.medians).all()
    assert not np.isnan(drawn.medians).any()
    width = np.ptp(drawn.intervals[0])
    assert quick.intervals[0] == pytest.approx(drawn.intervals[0], abs=width / 10)


# ------------------------------------------------------------------------- the groups

FIVE = [(50_000, 70_000, n) for n in range(5)]


@pytest.mark.parametrize(
    ("group", "says"),
    [
        (FIVE, True),
        (FIVE[:4], False),
        ([(50_000, 70_000, n % 4) for n in range(5)], True),
        ([(50_000, 70_000, n % 3) for n in range(50)], False),
    ],
    ids=["five of five", "four of four", "five of four", "fifty of three"],
)
def test_nothing_is_said_below_the_minimum_sample(group, says):
    ranges = ranges_of(group)
    found = estimate(ranges)
    assert found.listings.tolist() == [len(group)]
    assert found.employers.tolist() == [len({employer for *_, employer in group})]
    for figures in (found.percentiles, found.intervals, found.medians):
        assert np.isnan(figures).all() == (not says)
    assert np.isnan(rank(ranges, 60_000)) == (not says)
    assert np.isnan(density(ranges, np.array([0, 1e6]))).all() == (not says)


def test_no_ranges_are_no_group():
    none = np.zeros(0)
    found = estimate(Ranges(none, none, none.astype(int)), groups=2)
    assert found.listings.tolist() == found.employers.tolist() == [0, 0]
    assert np.isnan(found.percentiles).all()
    assert found.medians.shape == (2, DRAWS)


def sample(employers=40, size=400, seed=2):
    rng = np.random.default_rng(seed)
    low = np.round(rng.normal(60_000, 12_000, size), -2)
    high = low + rng.choice([0, 8_000, 15_000], size)
    return Ranges(low, high, rng.integers(0, employers, size))


def test_groups_of_a_call_are_what_each_says_alone():
    ranges = sample()
    group = np.random.default_rng(4).integers(0, 3, len(ranges))
    together = estimate(ranges, group, 4)
    for row in range(3):
        mask = group == row
        part = Ranges(ranges.low[mask], ranges.high[mask], ranges.employers[mask])
        alone = estimate(part)
        assert together.percentiles[row] == pytest.approx(alone.percentiles[0])
        assert together.listings[row] == alone.listings[0]
        assert together.employers[row] == alone.employers[0]
    assert together.listings[3] == 0
    assert np.isnan(together.intervals[3]).all()


def test_a_draw_has_the_same_employers_in_every_group():
    ranges = sample()
    twice = Ranges(
        np.tile(ranges.low, 2), np.tile(ranges.high, 2), np.tile(ranges.employers, 2)
    )
    raised = Ranges(
        twice.low + np.repeat([0, 4_096], len(ranges)),
        twice.high + np.repeat([0, 4_096], len(ranges)),
        twice.employers,
    )
    found = estimate(raised, np.repeat([0, 1], len(ranges)), 2)
    assert found.medians[1] - found.medians[0] == pytest.approx(4_096, abs=0.1)


def test_order_of_ranges_changes_nothing_and_a_seed_repeats():
    ranges = sample()
    mixed = np.random.default_rng(9).permutation(len(ranges))
    found = estimate(ranges)
    again = estimate(
        Ranges(ranges.low[mixed], ranges.high[mixed], ranges.employers[mixed])
    )
    assert again.percentiles == pytest.approx(found.percentiles)
    assert again.medians == pytest.approx(found.medians, abs=0.1)
    assert (estimate(ranges).medians == found.medians).all()
    assert (estimate(ranges, seed=1).medians != found.medians).any()


def test_an_interval_is_the_middle_of_the_draws():
    ranges = sample(employers=90)
    # The few employers of the second group are missing from some draws.
    group = (ranges.employers < 4).astype(int)
    found = estimate(ranges, group, 2)
    assert np.isnan(found.medians).any(axis=1).tolist() == [False, True]
    middle = np.nanquantile(found.medians, [0.025, 0.975], axis=1).T
    assert found.intervals == pytest.approx(middle)
    inside = found.percentiles[:, SHARES.index(0.5)]
    assert (found.intervals[:, 0] < inside).all()
    assert (inside < found.intervals[:, 1]).all()


def test_an_interval_of_one_figure_has_no_width():
    found = estimate(ranges_of([(60_000, 60_000, n) for n in range(8)]))
    assert found.intervals[0] == pytest.approx([60_000, 60_000], abs=0.01)


def test_a_large_employer_does_not_carry_the_draws():
    crowd = [(200_000, 200_000, 0)] * 500
    found = estimate(ranges_of([*crowd, *((60_000, 60_000, n) for n in range(1, 30))]))
    assert np.nanmax(found.medians) == pytest.approx(60_000, abs=300)


@pytest.mark.parametrize(
    ("group", "groups", "message"),
    [
        ([0], 1, "one group"),
        ([0, 0, 0, 0, 1], 1, "from 0 to 0"),
        ([0, 0, 0, -1, 1], 2, "from 0 to 1"),
    ],
)
def test_groups_that_make_no_sense_are_refused(group, groups, message):
    with pytest.raises(ValueError, match=message):
        estimate(ranges_of(FIVE), np.array(group), groups)


@pytest.mark.parametrize(
    ("low", "high", "employers", "message"),
    [
        ([1.0], [2.0, 3.0], [1], "one lowest"),
        ([1.0], [2.0], [1, 2], "one lowest"),
        ([2.0], [1.0], [1], "lowest figure first"),
        ([1.0, np.nan], [1.0, 2.0], [1, 2], "lacks a figure"),
        ([1.0, 1.0], [1.0, np.inf], [1, 2], "lacks a figure"),
    ],
)
def test_ranges_that_cannot_be_are_refused(low, high, employers, message):
    with pytest.raises(ValueError, match=message):
        Ranges(np.array(low), np.array(high), np.array(employers))


# ------------------------------------------------------------------- rank and density


@pytest.mark.parametrize(
    ("pay", "share"),
    [(49_999, 0), (50_000, 0), (55_000, 0.2), (60_000, 0.6), (70_000, 1), (9e9, 1)],
)
def test_rank_is_the_share_at_or_below_a_figure(pay, share):
    ranges = ranges_of([*FIVE[:4], (60_000, 60_000, 9)])
    assert rank(ranges, pay) == pytest.approx(share)


@given(group=groups_, share=st.floats(0.01, 0.99))
@examples(max_examples=100, deadline=None)
def test_rank_undoes_a_percentile(group, share):
    ranges = ranges_of(group)
    weight = weights(ranges.employers)
    (pay,) = percentiles(ranges.low, ranges.high, weight, [share])
    assert rank(ranges, pay + 0.005) >= share - 1e-9
    assert rank(ranges, pay - 0.005) <= share + 1e-9


@given(
    group=groups_,
    edges=st.lists(st.integers(0, 1_900_000), min_size=2, max_size=12, unique=True),
)
@examples(max_examples=150, deadline=None)
def test_density_is_the_difference_of_ranks(group, edges):
    ranges = ranges_of(group)
    # Off the figures, where the two sides of an edge are the same.
    edges = np.sort(edges) + 0.005
    ranks = [rank(ranges, edge) for edge in edges]
    assert density(ranges, edges) == pytest.approx(np.diff(ranks), abs=1e-9)


def test_density_counts_a_figure_above_its_edge_and_the_last_edge_below():
    ranges = ranges_of([(pay, pay, n) for n, pay in enumerate((1, 2, 2, 3, 4))])
    assert density(ranges, np.array([1, 2, 3])) == pytest.approx([0.2, 0.6])


@pytest.mark.parametrize("edges", [[], [1], [2, 1], [1, 1]])
def test_edges_must_ascend(edges):
    with pytest.raises(ValueError, match="ascending"):
        density(ranges_of(FIVE), np.array(edges))
