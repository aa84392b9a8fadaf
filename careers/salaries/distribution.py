"""Percentiles of posted ranges.

A posted range says that pay lies somewhere between two figures. So the pay of a group
is the equal-weight mixture of the uniform distributions over its ranges; a single
figure is a point mass. Its distribution function is a sum of ramps and steps, and a
percentile is the least pay at which that function reaches the share.

Pure: arrays in, numbers out. Units are whatever the ranges are in.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: No employer weighs more than this share of a group.
LARGEST_SHARE = 0.25


def weights(employers: NDArray[np.int64]) -> Floats:
    """Weights of listings, summing to 1, with each employer's share held to the cap.

    ``employers`` has one employer number per listing. What is cut from large
    employers goes to the others in proportion; with fewer than four employers the
    cap cannot hold, and each employer then weighs the same.
    """
    numbers, inverse, counts = np.unique(
        employers, return_inverse=True, return_counts=True
    )
    shares = counts / counts.sum()
    if len(numbers) * LARGEST_SHARE <= 1:
        equal: Floats = 1 / len(numbers) / counts[inverse]
        return equal
    capped = np.zeros(len(numbers), dtype=bool)
    while (shares > LARGEST_SHARE + 1e-12).any():
        capped |= shares > LARGEST_SHARE + 1e-12
        shares[capped] = LARGEST_SHARE
        rest = ~capped
        shares[rest] *= (1 - LARGEST_SHARE * capped.sum()) / shares[rest].sum()
    result: Floats = (shares / counts)[inverse]
    return result


def percentiles(
    low: Floats, high: Floats, weight: Floats, shares: Sequence[float]
) -> list[float]:
    """The pay at each share (0 to 1) of the mixture; arrays are one per listing.

    Raises ValueError where the arrays are empty, differ in length, or a range is
    inverted.
    """
    if not len(low) or len(low) != len(high) or len(low) != len(weight):
        raise ValueError("Give one lowest, highest and weight for each listing.")
    if (high < low).any():
        raise ValueError("A range ends below its start.")
    knots, after, before = _distribution(low, high, weight)
    return [_at(share, knots, after, before) for share in shares]


def _distribution(
    low: Floats, high: Floats, weight: Floats
) -> tuple[Floats, Floats, Floats]:
    """Knots in order, with the distribution function after and before each knot."""
    knots = np.unique(np.concatenate([low, high]))
    wide = high > low
    slope = np.zeros(len(knots))
    rate = weight[wide] / (high[wide] - low[wide])
    np.add.at(slope, np.searchsorted(knots, low[wide]), rate)
    np.add.at(slope, np.searchsorted(knots, high[wide]), -rate)
    steps = np.zeros(len(knots))
    np.add.at(steps, np.searchsorted(knots, low[~wide]), weight[~wide])
    ramps = np.concatenate([[0.0], np.cumsum(np.cumsum(slope)[:-1] * np.diff(knots))])
    after = ramps + np.cumsum(steps)
    return knots, after, after - steps


def _at(share: float, knots: Floats, after: Floats, before: Floats) -> float:
    """The least pay at which the distribution function is at least ``share``."""
    share = min(share, float(after[-1]))
    at = int(np.searchsorted(after, share - 1e-12))
    at = min(at, len(knots) - 1)
    if at == 0 or share >= before[at]:
        return float(knots[at])
    rise = before[at] - after[at - 1]
    part = (share - after[at - 1]) / rise
    return float(knots[at - 1] + part * (knots[at] - knots[at - 1]))
