"""The pay that is usual for a role: the figures of the explorer, remembered.

They stand behind every pay strip, so that a card, the home page and the page of a role
show the same median.
"""

from dataclasses import dataclass

from django.core.cache import cache

from .criteria import PayCriteria
from .distribution import Ranges, estimate
from .explorer import figures_of
from .ranges import Group

CACHE_KEY = "salaries.usual.by-role"
CACHE_SECONDS = 300


@dataclass(frozen=True)
class UsualPay:
    """Yearly dollars, and what they rest on."""

    p25: float
    median: float
    p75: float
    listings: int
    employers: int


def by_role(*, is_sample: bool = False) -> dict[str, UsualPay]:
    """Role slug to its usual pay; roles with too few listings are not in it.

    Sample listings speak of sample listings only, and real ones of real ones.
    """
    key = f"{CACHE_KEY}.{'sample' if is_sample else 'real'}"
    found: dict[str, UsualPay] | None = cache.get(key)
    if found is None:
        found = _computed(is_sample=is_sample)
        cache.set(key, found, CACHE_SECONDS)
    return found


def _computed(*, is_sample: bool) -> dict[str, UsualPay]:
    """All roles from one reading of everything that is posted."""
    group = Group.of(PayCriteria(), is_sample=is_sample)
    roles = group.members("role")
    ranges = Ranges(
        group.ranges.low[roles.rows],
        group.ranges.high[roles.rows],
        group.ranges.employers[roles.rows],
    )
    found = estimate(ranges, roles.numbers, len(roles.values), draws=0)
    return {
        role: UsualPay(
            p25=figures.percentiles[1],
            median=figures.percentiles[2],
            p75=figures.percentiles[3],
            listings=figures.listings,
            employers=figures.employers,
        )
        for role, figures in zip(roles.values, figures_of(found), strict=True)
        if role and figures.percentiles
    }
