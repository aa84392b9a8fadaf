"""Mixtures of uniform distributions, solved exactly and in time linear in their parts.

A range spreads its weight evenly from its lowest to its highest figure; a single figure
is a point mass. The distribution function F of a mixture is a sum of ramps and steps.
Sorting every end of every range would give it everywhere, but a percentile needs it
near one figure only: so the weight is added up in bins, which gives F at their edges,
and F is solved from single ranges only inside the bin that holds the percentile.

Pure: arrays in, numbers out. Units are whatever the ranges are in.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Shares closer than this are the same: what adding up a million weights may lose.
TIE = 1e-12
#: What running sums over single ranges may lose, where some are very narrow.
LOST = 1e-8
#: Ranges narrower than this, in their unit, are single figures: a tenth of a cent.
NARROWEST = 2.0**-10
#: Bins are no narrower than this: under a cent.
NARROWEST_BIN = 2.0**-7
#: Bins for the percentiles of a mixture: fewest, most, and ranges for each.
FEWEST_BINS, MOST_BINS, RANGES_PER_BIN = 16, 4096, 8

#: Ranges are read in blocks that stay in the processor's cache.
BLOCK = 8192


@dataclass(frozen=True, slots=True)
class Bins:
    """Neighbouring bins, each from its edge up to the next; the last has both ends.

    ``edges`` ascend, one more than there are bins. ``size`` is the width of even bins,
    a power of two with edges that are its multiples, so that finding a figure's bin
    rounds nothing; it is 0 where widths differ.
    """

    edges: Floats
    size: float = 0.0

    @classmethod
    def over(cls, least: float, largest: float, most: int) -> Self:
        """At most ``most`` + 1 even bins from ``least`` to above ``largest``."""
        narrow = max((largest - least) / most, NARROWEST_BIN)
        size = 2.0 ** math.ceil(math.log2(narrow))
        first, last = math.floor(least / size), math.floor(largest / size)
        return cls(size * np.arange(first, last + 2, dtype=np.float64), size)

    def __len__(self) -> int:
        return len(self.edges) - 1

    def holding(self, figures: Floats) -> Ints:
        """The bin of each figure; all must lie between the outermost edges."""
        if self.size:
            found = ((figures - self.edges[0]) / self.size).astype(np.int64)
        else:
            found = np.searchsorted(self.edges, figures, "right") - 1
        return np.minimum(found, len(self) - 1)


def share_at_or_below(low: Floats, high: Floats, figure: float | Floats) -> Floats:
    """Of each range, the share (0 to 1) that lies at or below ``figure``.

    A column of figures gives a row of shares for each.
    """
    return _share(low, high, figure, low <= figure)


def share_below(low: Floats, high: Floats, figure: float | Floats) -> Floats:
    """Of each range, the share below ``figure``: they differ for single figures."""
    return _share(low, high, figure, low < figure)


def _share(
    low: Floats, high: Floats, figure: float | Floats, of_single: NDArray[np.bool_]
) -> Floats:
    width = high - low
    share = (figure - low) / np.maximum(width, NARROWEST)
    np.minimum(np.maximum(share, 0.0, out=share), 1.0, out=share)
    single = np.flatnonzero(width < NARROWEST)
    share[..., single] = of_single[..., single]
    return share


def masses(
    low: Floats,
    high: Floats,
    weight: Floats,
    bins: Bins,
    column: Ints | None = None,
    columns: int = 1,
) -> tuple[Floats, Floats]:
    """Weight in each bin, and the rate there of the ranges that cover it whole.

    Both are (bins, columns): a range counts in its ``column``. Weight that lies outside
    the bins is left out. A rate is weight per unit of the range.
    """
    near = np.flatnonzero((high >= bins.edges[0]) & (low <= bins.edges[-1]))
    if len(near) < len(low):
        low, high, weight = low[near], high[near], weight[near]
        column = None if column is None else column[near]
    # One bin more takes the turns at the last edge, and is left out in the end.
    shape, length = (len(bins) + 1, columns), (len(bins) + 1) * columns
    mass, change = np.zeros(length), np.zeros(length)
    block = max(BLOCK, length)
    for begin in range(0, len(low), block):
        part = slice(begin, begin + block)
        places, parts, turns, changes = _ends(low[part], high[part], weight[part], bins)
        if column is not None:
            places = places * columns + column[part]
            turns = turns * columns + column[part]
        mass += np.bincount(places.ravel(), parts.ravel(), length)
        change += np.bincount(turns.ravel(), changes.ravel(), length)
    rates = change.reshape(shape)[:-1].cumsum(axis=0)
    return mass.reshape(shape)[:-1] + rates * np.diff(bins.edges)[:, None], rates


def _ends(
    low: Floats, high: Floats, weight: Floats, bins: Bins
) -> tuple[Ints, Floats, Ints, Floats]:
    """Bins where ranges begin and end: what each adds there, and to the rate after.

    (2, ranges) each: bins and the weight added to them, bins and the change of the rate
    from there on. A range covers the bins after its first whole, up to its last.
    """
    bottom, top = bins.edges[0], bins.edges[-1]
    start, end = np.clip(low, bottom, top), np.clip(high, bottom, top)
    places = np.stack([bins.holding(start), bins.holding(end)])
    first, last = places
    rate = weight / np.maximum(high - low, NARROWEST)
    within = np.flatnonzero(first == last)
    rate[within] = 0.0
    parts = np.stack([bins.edges[1:][first] - start, end - bins.edges[last]]) * rate
    parts[0, within] = _inside(low[within], high[within], weight[within], bins)
    # Steep ranges cover no bin whole: adding and taking their rates would leave a rest.
    rate *= last - first > 1
    return places, parts, np.stack([first + 1, last]), np.stack([rate, -rate])


def _inside(low: Floats, high: Floats, weight: Floats, bins: Bins) -> Floats:
    """Weight between the outermost edges of ranges that touch one bin only."""
    bottom, top = bins.edges[0], bins.edges[-1]
    width = high - low
    kept = np.minimum(high, top) - np.maximum(low, bottom)
    part = np.where(width < NARROWEST, 1.0, kept / np.maximum(width, NARROWEST))
    return weight * part


class Mixture:
    """A mixture of ranges; arrays are one per range, weights sum to 1."""

    def __init__(self, low: Floats, high: Floats, weight: Floats) -> None:
        self.low, self.high, self.weight = low, high, weight
        most = min(max(len(low) // RANGES_PER_BIN, FEWEST_BINS), MOST_BINS)
        self.bins = Bins.over(float(low.min()), float(high.max()), most)
        # The bins in which ranges begin and end, as small numbers: they are searched
        # for every percentile.
        self.first = self.bins.holding(low).astype(np.int16)
        self.last = self.bins.holding(high).astype(np.int16)
        mass, rates = masses(low, high, weight, self.bins)
        self.rates: Floats = rates[:, 0]
        self.below: Floats = np.concatenate([[0.0], np.cumsum(mass[:, 0])])
        self.found: dict[float, float] = {}

    def at(self, share: float) -> float:
        """The least figure at which the distribution function reaches ``share``."""
        if share not in self.found:
            self.found[share] = self._solved(share)
        return self.found[share]

    def _solved(self, share: float) -> float:
        if share <= TIE:
            return float(self.low.min())
        share = min(share, float(self.below[-1]))
        edge = max(int(np.searchsorted(self.below, share - TIE)), 1)
        place = min(edge, len(self.bins)) - 1
        low, high, weight = self._rows(place)
        left, covering = self.bins.edges[place], self.rates[place]
        start = self.below[place] - np.sum(weight * share_below(low, high, left))

        def reached(shares: Floats, figures: float | Floats) -> Floats:
            return start + (shares * weight).sum(-1) + covering * (figures - left)

        knots = self._near(place, share, low, high, weight)
        after = reached(share_at_or_below(low, high, knots[:, None]), knots)
        at = min(int(np.searchsorted(after, share - TIE)), len(knots) - 1)
        knot = float(knots[at])
        before = float(reached(share_below(low, high, knot), knot))
        if at == 0 or share >= before:
            return knot
        part = (share - after[at - 1]) / (before - after[at - 1])
        return float(knots[at - 1] + max(part, 0.0) * (knot - knots[at - 1]))

    def _rows(self, place: int) -> tuple[Floats, Floats, Floats]:
        """The ranges that begin or end inside one bin."""
        rows = np.flatnonzero((self.first == place) | (self.last == place))
        return self.low[rows], self.high[rows], self.weight[rows]

    def _near(
        self, place: int, share: float, low: Floats, high: Floats, weight: Floats
    ) -> Floats:
        """The ends of ranges in one bin between which ``share`` is reached, in order.

        Found by running sums, and so with those that are as near as these may err.
        """
        left, right = self.bins.edges[place], self.bins.edges[place + 1]
        width = high - low
        single = width < NARROWEST
        rate = weight / np.maximum(width, NARROWEST)
        rate[single] = 0.0
        # One more ramp stands for the ranges that cover the bin whole.
        rate = np.concatenate([rate, self.rates[place : place + 1]])
        knots = np.concatenate([np.maximum(low, left), [left], high, [right]])
        np.minimum(knots, right, out=knots)
        order = knots.argsort()
        knots = knots[order]
        slope = np.concatenate([rate, -rate])[order].cumsum()
        steps = np.concatenate([weight * single, np.zeros(len(low) + 2)])[order]
        steps[1:] += slope[:-1] * (knots[1:] - knots[:-1])
        after = self.below[place] + steps.cumsum()
        first, last = np.searchsorted(after, [share - LOST, share + LOST])
        near = knots[max(first - 1, 0) : last + 1]
        return near[np.concatenate([[True], near[1:] > near[:-1]])]


def percentiles(
    low: Floats, high: Floats, weight: Floats, shares: Sequence[float]
) -> list[float]:
    """The figure at each share (0 to 1) of the mixture; arrays are one per range.

    Raises ValueError where the arrays are empty, differ in length, or a range is
    inverted or has no figure.
    """
    if not len(low) or len(low) != len(high) or len(low) != len(weight):
        raise ValueError("Give one lowest, highest and weight for each listing.")
    check_ends(low, high)
    mixture = Mixture(low, high, weight)
    return [mixture.at(share) for share in shares]


def check_ends(low: Floats, high: Floats) -> None:
    """Raise ValueError, naming the mend, where a range cannot be."""
    if (high < low).any():
        raise ValueError("A range ends below its start: give its lowest figure first.")
    if len(low) and not math.isfinite(low.min() + high.max()):
        raise ValueError("A range lacks a figure: leave out what has no pay.")
