"""What a group of posted ranges says about pay: percentiles, and how sure they are.

A posted range says that pay lies somewhere between two figures. So the pay of a group
is the mixture of the uniform distributions over its ranges, each with the same weight
but for the cap on what one employer weighs; a single figure is a point mass. Its
percentiles are exact. Below ``FEWEST_LISTINGS`` or ``FEWEST_EMPLOYERS`` a group says
nothing, and its figures are nan.

Pure: arrays in, numbers out. Units are whatever the ranges are in; never mix them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .bootstrap import Group, linear_interval, medians, resampled
from .employer_shares import LARGEST_SHARE, numbered, weights
from .mixture import (
    Bins,
    Floats,
    Ints,
    check_ends,
    masses,
    percentiles,
    share_at_or_below,
)

__all__ = [
    "DRAWS",
    "FEWEST_EMPLOYERS",
    "FEWEST_LISTINGS",
    "LARGEST_SHARE",
    "SHARES",
    "Estimates",
    "Ranges",
    "density",
    "estimate",
    "interval",
    "percentiles",
    "rank",
    "weights",
]

SHARES = (0.10, 0.25, 0.50, 0.75, 0.90)
FEWEST_LISTINGS = 5
FEWEST_EMPLOYERS = 4
#: Resamples of the employers, for the interval of a median.
DRAWS = 200
#: The shares of the draws that an interval leaves out on each side.
OUTSIDE = 0.025
SEED = 20_260


@dataclass(frozen=True, slots=True)
class Ranges:
    """Posted ranges, one per element: both ends and the employer's number.

    Raises ValueError where the arrays differ in length, or a range is inverted or has
    no figure.
    """

    low: Floats
    high: Floats
    employers: Ints

    def __post_init__(self) -> None:
        if not len(self.low) == len(self.high) == len(self.employers):
            raise ValueError("Give one lowest, highest and employer for each range.")
        check_ends(self.low, self.high)

    def __len__(self) -> int:
        return len(self.low)

    @property
    def are_enough(self) -> bool:
        return (
            len(self) >= FEWEST_LISTINGS
            and numbered(self.employers)[1] >= FEWEST_EMPLOYERS
        )


@dataclass(frozen=True, slots=True)
class Estimates:
    """What G groups say, one row each, in the unit of their ranges.

    ``listings`` and ``employers`` (G) are the sample. ``percentiles`` (G, 5) are at
    ``SHARES``. ``intervals`` (G, 2) hold the middle 95 % of the medians of the draws,
    ``medians`` (G, draws); the same draw has the same employers in all groups of one
    call, so that medians may be subtracted draw by draw. All are nan below the minimum
    sample, and a median where the draw has no employer of the group or none was made.
    """

    listings: Ints
    employers: Ints
    percentiles: Floats
    intervals: Floats
    medians: Floats


def estimate(
    ranges: Ranges,
    group: Ints | None = None,
    groups: int = 1,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    has_medians: bool = False,
) -> Estimates:
    """Percentiles of each group, with a bootstrap interval of its median.

    ``group`` numbers from 0 the group of each element of ``ranges``: a range that
    stands in several groups is given once for each; without it all are in group 0.
    Elements already in the order of ``group`` are not sorted again. ``draws`` of 0
    leaves the interval out. The same arrays and ``seed`` give the same figures. Groups
    of many employers have intervals without draws, and ``medians`` only where
    ``has_medians`` asks for those of every group.

    Raises ValueError where ``group`` differs in length or numbers a group outside
    ``groups``.
    """
    if group is None:
        group = np.zeros(len(ranges), np.int64)
    if len(group) != len(ranges):
        raise ValueError("Give one group for each range.")
    if len(group) and not 0 <= group.min() <= group.max() < groups:
        raise ValueError(f"Number the groups from 0 to {groups - 1}.")
    number, several = numbered(ranges.employers)
    found = Estimates(
        listings=np.bincount(group, minlength=groups),
        employers=np.zeros(groups, np.int64),
        percentiles=np.full((groups, len(SHARES)), np.nan),
        intervals=np.full((groups, 2), np.nan),
        medians=np.full((groups, draws), np.nan),
    )
    parts = {}
    for row, (low, high, of_group) in enumerate(_rows(ranges, group, groups, number)):
        part = Group.of(low, high, of_group, several)
        found.employers[row] = len(part.numbers)
        if len(low) >= FEWEST_LISTINGS and len(part.numbers) >= FEWEST_EMPLOYERS:
            found.percentiles[row] = [part.mixture.at(share) for share in SHARES]
            parts[row] = part
    if not draws:
        return found
    drawn = {
        row: part for row, part in parts.items() if has_medians or not part.is_normal
    }
    if drawn:
        resamples = resampled(several, draws, seed)
        together = sum(len(part.numbers) for part in drawn.values())
        for row, part in drawn.items():
            found.medians[row] = medians(part, resamples, together)
        found.intervals[:] = _intervals(found.medians)
    for row, part in parts.items():
        if row not in drawn:
            found.intervals[row] = linear_interval(part)
    return found


def _rows(
    ranges: Ranges, group: Ints, groups: int, number: Ints
) -> Iterator[tuple[Floats, Floats, Ints]]:
    """Both ends and the employers of each group's ranges, group by group."""
    low, high = ranges.low, ranges.high
    if (group[1:] < group[:-1]).any():
        # Small integers are sorted by their digits, several times faster.
        narrow = group.astype(np.min_scalar_type(groups))
        order = np.argsort(narrow, kind="stable")
        low, high, number = low[order], high[order], number[order]
    stops = np.cumsum(np.bincount(group, minlength=groups))
    for start, stop in pairwise([0, *stops]):
        yield low[start:stop], high[start:stop], number[start:stop]


def _intervals(of_draws: Floats) -> Floats:
    """The middle of each row of draws, (G, 2); draws without a median are left out."""
    ordered = np.sort(of_draws, axis=1)  # nan last
    last = np.maximum(np.count_nonzero(~np.isnan(ordered), axis=1) - 1, 0)
    place = last[:, None] * np.array([OUTSIDE, 1 - OUTSIDE])
    below = place.astype(np.int64)
    above = np.minimum(below + 1, last[:, None])
    least = np.take_along_axis(ordered, below, axis=1)
    largest = np.take_along_axis(ordered, above, axis=1)
    return least + (place - below) * (largest - least)


def interval(of_draws: Floats) -> tuple[float, float]:
    """The middle 95 % of one row of draws, such as the differences of two medians."""
    least, largest = _intervals(of_draws[None, :])[0]
    return float(least), float(largest)


def rank(ranges: Ranges, pay: float) -> float:
    """The share (0 to 1) of the group at or below ``pay``; nan below the minimum."""
    if not ranges.are_enough:
        return np.nan
    at = share_at_or_below(ranges.low, ranges.high, pay)
    return float(np.clip(weights(ranges.employers) @ at, 0.0, 1.0))


def density(ranges: Ranges, edges: Floats) -> Floats:
    """The share (0 to 1) of the group between each edge and the next.

    ``edges`` ascend. A single figure on an edge counts in the bin above it, and on the
    last edge in the last bin; what lies outside the edges is left out, so that the sum
    may be less than 1. All are nan below the minimum sample.

    Raises ValueError where there are fewer than two edges or they do not ascend.
    """
    if len(edges) < 2 or not (edges[1:] > edges[:-1]).all():
        raise ValueError("Give two or more edges in ascending order.")
    if not ranges.are_enough:
        return np.full(len(edges) - 1, np.nan)
    weight = weights(ranges.employers)
    mass, _ = masses(ranges.low, ranges.high, weight, Bins(np.asarray(edges, float)))
    return np.maximum(mass[:, 0], 0.0)
