"""How far the median of posted pay would move with other employers: a bootstrap.

Listings of one employer resemble each other, so employers are resampled and not
listings: the cluster bootstrap (Davison & Hinkley, Bootstrap Methods and their
Application, 1997, section 3.8). A draw takes as many employers as the call has, with
replacement, and every group of the call is computed from that same draw, as domains of
one sample are. An employer drawn m times has a share in proportion to m times its
number of ranges, held to the cap of ``employer_shares.capped`` with the k distinct
employers drawn.

No draw reads the ranges again. Each employer's own distribution function is taken at
the edges of a grid around the median, once; a draw is then a product of matrices, and
its median is where the drawn function crosses one half, on a straight line between two
edges. So a draw's median is precise to one cell of the grid. The grid covers about
eight standard errors of the median in half of ``FEWEST_CELLS`` cells or more (widths
are powers of two): a cell is under a tenth of the 95 % interval's width where a normal
law holds, and far under it in calls of a few groups.

With a hundred employers and more, none of which weighs much, the draws' law is normal
for all that can be seen, and `linear_interval` says the same for a tenth of the work:
it takes the standard error of the share at the median, with employers as clusters, and
reads the mixture so much below and above one half (Woodruff, Confidence intervals for
medians and other position measures, 1952).
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .employer_shares import LARGEST_SHARE, capped
from .mixture import (
    Bins,
    Floats,
    Ints,
    Mixture,
    masses,
    share_at_or_below,
    share_below,
)

Singles = NDArray[np.float32]

#: Cells of a grid, and numbers in all grids of a call (cells times employers).
FEWEST_CELLS, MOST_CELLS, MOST_NUMBERS = 48, 512, 2**18
#: Half the width of the first grid, in standard errors of the share at the median.
REACH = 4.0
#: A 95 % interval of a normal law reaches so many standard errors to each side.
NORMAL_REACH = 1.96
#: The law is taken for normal from so many employers, none heavier than this share.
NORMAL_FROM, NORMAL_SHARE = 100, 0.05
#: Rows of a product at a time.
ROWS = 16
#: What shares in single precision may lose over thousands of employers.
TIE = 2e-6
#: A grid is drawn again, finer, where the draws' medians use less than this of it.
USED = 0.25


@dataclass(frozen=True)
class Group:
    """The ranges of one group, of k employers numbered from 0.

    ``low``, ``high`` and ``employer`` are one per range. ``numbers`` (k) are the
    employers' numbers in the call, ``counts`` (k) their ranges, ``shares`` (k) what
    they weigh.
    """

    low: Floats
    high: Floats
    employer: Ints
    numbers: Ints
    counts: Floats
    shares: Floats

    @classmethod
    def of(cls, low: Floats, high: Floats, numbers: Ints, several: int) -> Self:
        """A group, from its ranges' employers as numbered from 0 to ``several``."""
        counts = np.bincount(numbers, minlength=several)
        present = np.flatnonzero(counts)
        inside = np.zeros(several, np.int64)
        inside[present] = np.arange(len(present))
        of_each = counts[present].astype(float)
        shares = capped(of_each[None, :])[0] if len(present) else of_each
        return cls(low, high, inside[numbers], present, of_each, shares)

    @cached_property
    def mixture(self) -> Mixture:
        weight = (self.shares / self.counts)[self.employer]
        return Mixture(self.low, self.high, weight)

    @cached_property
    def median(self) -> float:
        return self.mixture.at(0.5)

    @property
    def is_normal(self) -> bool:
        """Whether its employers are so many and so alike that no draw is needed."""
        many = len(self.numbers) >= NORMAL_FROM
        return many and float(self.shares.max()) <= NORMAL_SHARE


@dataclass(frozen=True, slots=True)
class Draws:
    """What the draws make of a group's employers, whatever the grid.

    ``times`` (k, draws) is how often each took an employer, ``totals`` (draws) counts
    the ranges drawn. ``held`` numbers the draws in which some employer passes the cap;
    ``shares`` (k, held) has all employers' shares there.
    """

    times: Singles
    totals: Floats
    held: Ints
    shares: Singles


@dataclass(frozen=True, slots=True)
class Resamples:
    """How often each draw takes each employer of a call, and the most of that.

    ``times`` is (employers, draws).
    """

    times: Singles
    most: float


def resampled(employers: int, draws: int, seed: int) -> Resamples:
    """Draw as many employers as there are, with replacement, ``draws`` times."""
    picks = np.random.default_rng(seed).integers(
        0, employers, size=(draws, employers), dtype=np.uint32
    )
    times = np.empty((draws, employers), np.float32)
    for row, drawn in enumerate(picks):
        times[row] = np.bincount(drawn, minlength=employers)
    return Resamples(np.ascontiguousarray(times.T), float(times.max()))


def medians(group: Group, resamples: Resamples, several: int) -> Floats:
    """The median of each draw; nan for a draw that took no employer of the group.

    ``several`` counts the employers of all groups of the call together: the more, the
    coarser the grids.
    """
    cells = min(max(MOST_NUMBERS // several, FEWEST_CELLS), MOST_CELLS)
    draws = _drawn(group.counts, resamples.times[group.numbers], resamples.most)
    if not draws.totals.any():
        return np.full(len(draws.totals), np.nan)
    # Figures between which nearly every draw's median lies.
    least, largest = _reaching(group, REACH)
    found, is_covered = _crossings(group, draws, Bins.over(least, largest, cells))
    if not is_covered:
        least, largest = float(group.low.min()), float(group.high.max())
        found, _ = _crossings(group, draws, Bins.over(least, largest, cells))
    cell = (largest - least) / cells
    low, high = float(np.nanmin(found)) - cell, float(np.nanmax(found)) + cell
    if high - low < USED * (largest - least):
        finer, is_covered = _crossings(group, draws, Bins.over(low, high, cells))
        found = finer if is_covered else found
    return found


def _drawn(counts: Floats, times: Singles, most: float) -> Draws:
    totals = np.einsum("e,ed->d", counts.astype(np.float32), times).astype(np.float64)
    present = np.flatnonzero(totals)
    # Only the largest employers can pass the cap, in the draw that took them most.
    least = LARGEST_SHARE * totals[present].min(initial=math.inf)
    large = np.flatnonzero(counts * most > least)
    passes = counts[large, None] * times[large] > LARGEST_SHARE * totals
    held = np.flatnonzero(passes.any(axis=0))
    amounts = times[:, held].T * counts
    shares = capped(amounts) if len(held) else amounts
    return Draws(times, totals, held, shares.T.astype(np.float32))


def linear_interval(group: Group) -> tuple[float, float]:
    """The 95 % interval of the median, without draws."""
    return _reaching(group, NORMAL_REACH)


def _reaching(group: Group, errors: float) -> tuple[float, float]:
    """The mixture's figures so many standard errors of the share around the median.

    The share at or below the median moves from draw to draw by the standard error of a
    weighted mean over employers.
    """
    at = share_at_or_below(group.low, group.high, group.median)
    of_each = np.bincount(group.employer, at, len(group.counts)) / group.counts
    mean = np.sum(group.shares * of_each)
    error = math.sqrt(np.sum((group.shares * (of_each - mean)) ** 2))
    reach = errors * error
    return group.mixture.at(max(0.5 - reach, 0.0)), group.mixture.at(0.5 + reach)


def _crossings(group: Group, draws: Draws, bins: Bins) -> tuple[Floats, bool]:
    """Where each draw's function reaches one half, and whether all do in the bins."""
    shares = _functions(group, draws, bins)
    reached = shares >= 0.5 - TIE
    present = draws.totals > 0
    is_covered = bool((reached[-1] & ~reached[0])[present].all())
    every = np.arange(len(present))
    edge = np.maximum(reached.argmax(axis=0), 1)
    before, after = shares[edge - 1, every], shares[edge, every]
    part = (0.5 - before) / np.maximum(after - before, TIE)
    found = bins.edges[edge - 1] + np.clip(part, 0.0, 1.0) * bins.size
    return np.where(present, found, np.nan), is_covered


def _functions(group: Group, draws: Draws, bins: Bins) -> Floats:
    """Each draw's distribution function below each edge: (edges, draws)."""
    low, high, employer, size = group.low, group.high, group.employer, len(group.counts)
    bottom, top = float(bins.edges[0]), float(bins.edges[-1])
    around = np.flatnonzero((low < bottom) & (high > top))
    rate = 1 / (high[around] - low[around])
    lines = np.empty((2, size), np.float32)
    lines[0] = np.bincount(employer, share_below(low, high, bottom), size)
    lines[1] = np.bincount(employer[around], rate, size) * bins.size
    # Ranges with an end on the grid are few, and so are their employers.
    starts = (low >= bottom) & (low <= top)
    on_grid = np.flatnonzero(starts | ((high >= bottom) & (high <= top)))
    seen = np.zeros(size, bool)
    seen[employer[on_grid]] = True
    some = np.flatnonzero(seen)
    column = np.cumsum(seen)[employer[on_grid]] - 1
    table, _ = masses(
        low[on_grid], high[on_grid], np.ones(len(on_grid)), bins, column, len(some)
    )
    bends = table.astype(np.float32)
    found = _summed(lines, bends, draws.times, draws.times[some])
    found /= np.maximum(draws.totals, 1)
    if len(draws.held):
        of_each = (draws.shares / group.counts[:, None]).astype(np.float32)
        found[:, draws.held] = _summed(lines, bends, of_each, of_each[some])
    return found


def _summed(lines: Singles, bends: Singles, factors: Singles, some: Singles) -> Floats:
    """Employers' functions below each edge, times their factors: (edges, draws).

    ``lines`` is (2, employers): what lies below the first edge, and what ranges that
    reach beyond both outermost edges add in every cell. ``bends`` (cells, some of the
    employers) is what the others add.
    """
    start, rise = _product(lines, factors)
    added = np.zeros((len(bends) + 1, len(start)))
    added[1:] = _product(bends, some)
    return start + added.cumsum(axis=0) + rise * np.arange(len(added))[:, None]


def _product(left: Singles, right: Singles) -> Floats:
    """The product of two matrices, summed from blocks.

    numpy hands products over 2**18 multiplications to several threads, which wait for
    each other: with other processes on the machine, many times longer than the product
    takes.
    """
    product = np.zeros((left.shape[0], right.shape[1]))
    step = max(2**18 // (min(len(left), ROWS) * max(right.shape[1], 1)), 1)
    for row in range(0, left.shape[0], ROWS):
        rows = slice(row, row + ROWS)
        for begin in range(0, left.shape[1], step):
            inner = slice(begin, begin + step)
            product[rows] += left[rows, inner] @ right[inner]
    return product
