"""What the explorer says of a group: its figures, and those of its parts.

Everything here rests on posted ranges read once (`ranges.Group`); words and drawings
are made elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from careers.jobs.facets import NOT_STATED

from .criteria import BANDS, PayCriteria, wider
from .distribution import Estimates, Ranges, density, estimate, interval
from .ranges import Group, speaks_of_samples


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one group, in dollars per its unit. Percentiles are at 10, 25, 50, 75, 90 %;
    both they and the interval of the median are None below the minimum sample."""

    listings: int
    employers: int
    percentiles: tuple[float, ...] | None
    interval: tuple[float, float] | None

    @property
    def is_enough(self) -> bool:
        return self.percentiles is not None

    @property
    def p10(self) -> float | None:
        return self.percentiles[0] if self.percentiles else None

    @property
    def p25(self) -> float | None:
        return self.percentiles[1] if self.percentiles else None

    @property
    def median(self) -> float | None:
        return self.percentiles[2] if self.percentiles else None

    @property
    def p75(self) -> float | None:
        return self.percentiles[3] if self.percentiles else None

    @property
    def p90(self) -> float | None:
        return self.percentiles[4] if self.percentiles else None


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a facet, or one quarter, with the figures of its ranges."""

    value: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Difference:
    """Of two medians, first less second, with its 95 % interval."""

    dollars: float
    interval: tuple[float, float]

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no doubt which median is the higher."""
        return self.interval[0] > 0 or self.interval[1] < 0


class Explored:
    """A group and what is read off it; each reading is made when it is asked for."""

    def __init__(
        self, criteria: PayCriteria, *, is_sample: bool, has_parts: bool = True
    ) -> None:
        self.criteria = criteria
        self.is_sample = is_sample
        self.group = Group.of(criteria, is_sample=is_sample, has_codes=has_parts)

    @cached_property
    def estimates(self) -> Estimates:
        return estimate(self.group.ranges)

    @cached_property
    def figures(self) -> Figures:
        return figures_of(self.estimates)[0]

    def density(self, edges: np.ndarray) -> np.ndarray:
        """The share of the group's posted pay in each bin between edges."""
        return density(self.group.ranges, edges)

    def by(self, facet: str) -> list[Part]:
        """The group's parts by a facet, whatever value of it the group asks for.

        What does not state the fact comes last; nothing is said of empty values.
        """
        whole = self
        if self.criteria.values(facet):
            whole = Explored(self.criteria.without(facet), is_sample=self.is_sample)
        members = whole.group.members(facet)
        parts = _parts(
            whole.group.ranges, members.rows, members.numbers, members.values
        )
        parts = [part for part in parts if part.figures.listings]
        if facet == "experience":
            order = {value: place for place, value in enumerate(BANDS)}
            return sorted(parts, key=lambda part: order.get(part.value, len(order)))
        return sorted(parts, key=_highest_median_first)

    def quarters(self) -> list[Part]:
        """The group's parts by the quarter of posting, oldest first: "2026 Q3"."""
        quarters = self.group.quarters
        if not len(quarters):
            return []
        first, last = int(quarters.min()), int(quarters.max())
        names = [f"{n // 4} Q{n % 4 + 1}" for n in range(first, last + 1)]
        return _parts(
            self.group.ranges, np.arange(len(quarters)), quarters - first, names
        )

    def wider(self) -> "Explored | None":
        """The nearest broader group with enough ranges, where this has too few."""
        for criteria in wider(self.criteria):
            explored = Explored(criteria, is_sample=self.is_sample)
            if explored.figures.is_enough:
                return explored
        return None


def explore(criteria: PayCriteria, *, has_parts: bool = True) -> Explored:
    """Real listings; a site that has only samples speaks of those.

    Without ``has_parts`` only the group's own figures can be read, which is quicker.
    """
    return Explored(criteria, is_sample=speaks_of_samples(), has_parts=has_parts)


def difference(first: Explored, second: Explored) -> Difference | None:
    """How far two groups' medians are apart; None where one has too few ranges.

    Each draw has the same employers in both groups, so that those who post in both
    do not blur the difference.
    """
    if not (first.figures.median and second.figures.median):
        return None
    both = [first.group.ranges, second.group.ranges]
    found = estimate(
        Ranges(
            np.concatenate([ranges.low for ranges in both]),
            np.concatenate([ranges.high for ranges in both]),
            np.concatenate([ranges.employers for ranges in both]),
        ),
        np.repeat([0, 1], [len(ranges) for ranges in both]),
        2,
        has_medians=True,
    )
    low, high = interval(found.medians[0] - found.medians[1])
    return Difference(first.figures.median - second.figures.median, (low, high))


def figures_of(estimates: Estimates) -> list[Figures]:
    """The figures of each group of an estimate."""
    return [
        Figures(
            int(estimates.listings[n]),
            int(estimates.employers[n]),
            None if np.isnan(percentiles[0]) else tuple(percentiles.tolist()),
            None if np.isnan(interval[0]) else (float(interval[0]), float(interval[1])),
        )
        for n, (percentiles, interval) in enumerate(
            zip(estimates.percentiles, estimates.intervals, strict=True)
        )
    ]


def _parts(
    ranges: Ranges, rows: np.ndarray, numbers: np.ndarray, values: Sequence[str]
) -> list[Part]:
    if not values:
        return []
    of_members = Ranges(ranges.low[rows], ranges.high[rows], ranges.employers[rows])
    found = figures_of(estimate(of_members, numbers, len(values)))
    return [Part(value, figures) for value, figures in zip(values, found, strict=True)]


def _highest_median_first(part: Part) -> tuple[bool, float, int, str]:
    return (
        part.value == NOT_STATED,
        -(part.figures.median or 0.0),
        -part.figures.listings,
        part.value,
    )
