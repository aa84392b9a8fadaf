"""The pay that is usual for a role, read off what listings post."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

import numpy as np

from careers.jobs.models import JobListing

from .distribution import percentiles, weights

WINDOW = timedelta(days=730)
FEWEST_LISTINGS = 5
FEWEST_EMPLOYERS = 4
CACHE_KEY = "salaries.usual.by-role"
CACHE_SECONDS = 600


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
    found = cache.get(key)
    if found is None:
        found = dict(_computed(is_sample=is_sample))
        cache.set(key, found, CACHE_SECONDS)
    return found


def _computed(*, is_sample):
    """One query: the ranges of each role, packed as 8-byte floats for numpy."""
    posted = (
        JobListing.objects.visible()
        .filter(
            is_sample=is_sample,
            yearly_maximum__isnull=False,
            posted_at__gte=timezone.now() - WINDOW,
        )
        .exclude(role="")
        .order_by()
        .values("role", "yearly_minimum", "yearly_maximum", "employer_id")
    )
    sql, params = posted.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT role, "
            "string_agg(float8send(yearly_minimum::float8), ''::bytea), "
            "string_agg(float8send(yearly_maximum::float8), ''::bytea), "
            "string_agg(int8send(employer_id), ''::bytea) "
            f"FROM ({sql}) AS posted GROUP BY role",
            params,
        )
        for role, low, high, employers in cursor.fetchall():
            usual = _usual(
                np.frombuffer(low, ">f8").astype(float),
                np.frombuffer(high, ">f8").astype(float),
                np.frombuffer(employers, ">i8").astype(np.int64),
            )
            if usual:
                yield role, usual


def _usual(low, high, employers):
    if len(low) < FEWEST_LISTINGS or len(np.unique(employers)) < FEWEST_EMPLOYERS:
        return None
    p25, median, p75 = percentiles(low, high, weights(employers), (0.25, 0.5, 0.75))
    return UsualPay(p25, median, p75, len(low), len(np.unique(employers)))
