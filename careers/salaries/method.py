"""How pay is read, in numbers: each figure of the page of the method is the code's."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from careers.jobs.pay import HOURS_PER_YEAR
from careers.jobs.presentation.money import money

from .bootstrap import NORMAL_FROM, NORMAL_SHARE
from .criteria import WINDOW, WINDOWS, PayCriteria
from .distribution import (
    DRAWS,
    FEWEST_EMPLOYERS,
    FEWEST_LISTINGS,
    LARGEST_SHARE,
    Ranges,
    estimate,
    weights,
)
from .explorer import explore, figures_of
from .explorer_page import left_out_words
from .models import OfficialWage
from .models.posted_range import LEAST_YEARLY, MOST_YEARLY

#: The worked example: employer, lowest and highest pay a year. One has most listings.
EXAMPLE = (
    ("A", 52_000, 60_000),
    ("A", 54_000, 62_000),
    ("A", 55_000, 65_000),
    ("B", 58_000, 58_000),
    ("C", 60_000, 80_000),
    ("D", 66_000, 78_000),
    ("E", 48_000, 56_000),
)


@dataclass(frozen=True)
class ExampleRow:
    employer: str
    low: str
    high: str
    weight: str


class Method:
    """What the page of the method prints."""

    fewest_listings = FEWEST_LISTINGS
    fewest_employers = FEWEST_EMPLOYERS
    largest_share = round(LARGEST_SHARE * 100)
    draws = DRAWS
    normal_from = NORMAL_FROM
    normal_share = round(NORMAL_SHARE * 100)
    #: What `make bench ONLY=salaries` measures of the interval.
    trial_employers, trial_held = 25, 91
    windows = WINDOWS
    window = WINDOW
    hours_per_year = HOURS_PER_YEAR
    least_yearly = LEAST_YEARLY
    most_yearly = MOST_YEARLY

    @cached_property
    def _explored(self):
        return explore(PayCriteria())

    @property
    def is_sample(self):
        return self._explored.is_sample

    @property
    def counted(self):
        return len(self._explored.group)

    @property
    def employers(self):
        return len(np.unique(self._explored.group.ranges.employers))

    @property
    def left_out(self):
        return left_out_words(self._explored.group.left_out)

    @property
    def left_out_total(self):
        return sum(self._explored.group.left_out.values())

    @cached_property
    def _wages(self):
        return OfficialWage.objects.order_by("pk").first()

    @property
    def official_date(self):
        return self._wages.release if self._wages else ""

    @property
    def official_count(self):
        return OfficialWage.objects.values("soc").distinct().count()

    @cached_property
    def example(self):
        """The figures of a small group, from the estimator itself."""
        names, low, high = zip(*EXAMPLE, strict=True)
        employers = np.unique(names, return_inverse=True)[1]
        ranges = Ranges(np.array(low, float), np.array(high, float), employers)
        (figures,) = figures_of(estimate(ranges))
        weighing = weights(employers)
        words = [money(round(value)) for value in figures.percentiles]
        return {
            "rows": [
                ExampleRow(name, money(a), money(b), f"{weight:.1%}")
                for (name, a, b), weight in zip(EXAMPLE, weighing, strict=True)
            ],
            **dict(zip(("p10", "p25", "median", "p75", "p90"), words, strict=True)),
            "interval": tuple(money(round(value)) for value in figures.interval),
            "listings": figures.listings,
            "employers": figures.employers,
        }
